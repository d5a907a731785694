// SPDX-License-Identifier: MIT
//
// Errors. A check that fails throws one of six exception types, whose names and texts are the
// ones a PyTorch user knows. The message is built only when a check fails, so a check costs one
// branch:
//
//     check(a.dim() == 2, "mat1 must be a matrix, got ", a.dim(), "-D tensor");
//     check_index(dim < rank, "Dimension out of range ...");
//
// Promise: the library reports every bad input by throwing one of these types; it never exits,
// prints or asserts. `message()` is the bare text; `what()` adds the source line that refused, and
// notes on the way the error took.
// PyTorch counterpart: TORCH_CHECK, TORCH_CHECK_INDEX, ... in c10/util/Exception.h.
#pragma once

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>

#include "version.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

/// A place in the source. Stands in for std::source_location, which clang 14 does not have.
struct SourceLine {
  const char* file = "";
  int line = 0;
  static constexpr SourceLine here(const char* file = __builtin_FILE(),
                                   int line = __builtin_LINE()) {
    return {file, line};
  }
};

/// Base of all errors thrown by the library; Python sees RuntimeError.
class Error : public std::exception {
 public:
  explicit Error(std::string message, SourceLine where = SourceLine::here());
  /// The text alone, equal to PyTorch's where PyTorch has one.
  const std::string& message() const noexcept { return message_; }
  /// The text, then " [file:line]" of the check that failed, then notes.
  const char* what() const noexcept override { return what_.c_str(); }
  /// Adds a line to what(): where the error passed on its way to the caller.
  void add_note(std::string_view note) { what_.append("\n  ").append(note); }

 private:
  std::string message_;
  std::string what_;
};

/// An index or dimension outside its range.
class IndexError : public Error {
 public:
  using Error::Error;
};
/// An argument of the wrong type or dtype.
class TypeError : public Error {
 public:
  using Error::Error;
};
/// An argument of the right type with a value that makes no sense.
class ValueError : public Error {
 public:
  using Error::Error;
};
/// A matrix that is singular or otherwise cannot be decomposed: what Python calls
/// torch.linalg.LinAlgError.
class LinAlgError : public Error {
 public:
  using Error::Error;
};
/// A valid request that this library does not serve.
class NotImplementedError : public Error {
 public:
  using Error::Error;
};

namespace detail {

void append(std::string& out, std::string_view part);
void append(std::string& out, char part);
void append(std::string& out, bool part);
void append(std::string& out, double part);  ///< shortest text that reads back the same
void append(std::string& out, long long part);
void append(std::string& out, unsigned long long part);

/// Anything else that can be joined into a message provides `to_string(x)` in its own namespace.
template <class T>
void append_any(std::string& out, const T& part) {
  if constexpr (std::is_same_v<T, bool> || std::is_same_v<T, char>) {
    append(out, part);
  } else if constexpr (std::is_floating_point_v<T>) {
    append(out, static_cast<double>(part));
  } else if constexpr (std::is_integral_v<T> && std::is_signed_v<T>) {
    append(out, static_cast<long long>(part));
  } else if constexpr (std::is_integral_v<T>) {
    append(out, static_cast<unsigned long long>(part));
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    append(out, std::string_view(part));
  } else {
    append(out, to_string(part));
  }
}

/// The first part of a message; its implicit construction notes where the check stands.
struct Message {
  Message(const char* part, SourceLine line = SourceLine::here()) : text(part), where(line) {}
  Message(const std::string& part, SourceLine line = SourceLine::here())
      : text(part), where(line) {}

  std::string_view text;
  SourceLine where;
};

template <class Kind, class... Parts>
[[noreturn, gnu::cold, gnu::noinline]] void fail(Message first, const Parts&... parts) {
  std::string text(first.text);
  (append_any(text, parts), ...);
  throw Kind(std::move(text), first.where);
}

}  // namespace detail

/// Joins the parts into one string, as an error message would: `join("dim ", 3, " of ", shape)`.
template <class... Parts>
std::string join(const Parts&... parts) {
  std::string text;
  (detail::append_any(text, parts), ...);
  return text;
}

/// Throws Error with the joined parts unless `condition` holds.
template <class... Parts>
void check(bool condition, detail::Message first, const Parts&... parts) {
  if (!condition) [[unlikely]]
    detail::fail<Error>(first, parts...);
}
/// As check, but throws IndexError.
template <class... Parts>
void check_index(bool condition, detail::Message first, const Parts&... parts) {
  if (!condition) [[unlikely]]
    detail::fail<IndexError>(first, parts...);
}
/// As check, but throws TypeError.
template <class... Parts>
void check_type(bool condition, detail::Message first, const Parts&... parts) {
  if (!condition) [[unlikely]]
    detail::fail<TypeError>(first, parts...);
}
/// As check, but throws ValueError.
template <class... Parts>
void check_value(bool condition, detail::Message first, const Parts&... parts) {
  if (!condition) [[unlikely]]
    detail::fail<ValueError>(first, parts...);
}
/// As check, but throws LinAlgError.
template <class... Parts>
void check_linalg(bool condition, detail::Message first, const Parts&... parts) {
  if (!condition) [[unlikely]]
    detail::fail<LinAlgError>(first, parts...);
}
/// As check, but throws NotImplementedError.
template <class... Parts>
void check_implemented(bool condition, detail::Message first, const Parts&... parts) {
  if (!condition) [[unlikely]]
    detail::fail<NotImplementedError>(first, parts...);
}

}  // namespace cutaway

#include "macros_on.h"
