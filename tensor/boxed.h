// SPDX-License-Identifier: MIT
//
// Boxing: calling an op whose signature is known only at run time. A Value holds one argument or
// result of any type that a schema can name; unbox_and_call checks a list of them against an Op's
// C++ signature and calls it.
//
// Rules: an int is taken where a float is asked for, any number where a Scalar is, and also where a
// Tensor is, unless it comes first (`add(x, 2)`: the number becomes a wrapped one, which has little
// say in promotion). None stands for an absent optional and for an empty list of ints. Anything
// else of the wrong type throws TypeError with the op's schema.
//
// PyTorch counterpart: ATen/core/ivalue.h, ATen/core/boxing/impl/make_boxed_from_unboxed_functor.h.
#pragma once

#include <tuple>
#include <variant>
#include <vector>

#include "dispatch.h"
#include "factories.h"
#include "scalar.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

class Generator;

/// std::monostate is None.
using Value = std::variant<std::monostate, Tensor, std::vector<Tensor>, bool, int64_t, double,
                           std::vector<int64_t>, DType, std::string, Generator*>;

struct Values : std::vector<Value> {
  using std::vector<Value>::vector;
};

namespace detail {

/// Throws TypeError: "mul(): argument 2 must be Tensor, not int (schema: mul(...) -> Tensor)".
[[noreturn]] void fail_unbox(const OpBase& op, size_t position, const char* wanted,
                             const Value& given);

/// Unboxer<T>::get(value) gives an object that converts to a parameter of type T, or throws.
template <class T>
struct Unboxer;

struct UnboxSite {
  const OpBase& op;
  size_t position;
  const Value& value;
  template <class T>
  const T& as(const char* wanted) const {
    if (const T* found = std::get_if<T>(&value)) return *found;
    fail_unbox(op, position, wanted, value);
  }
};

/// A tensor that was given, or made of a number that was given in its place.
struct TensorArgument {
  const Tensor* given;
  Tensor made;
  // Implicit: it stands for the parameter
  operator const Tensor&() const { return given != nullptr ? *given : made; }
};
template <>
struct Unboxer<Tensor> {
  static TensorArgument get(const UnboxSite& site);
};
template <>
struct Unboxer<TensorList> {
  static TensorList get(const UnboxSite& site);
};
template <>
struct Unboxer<IntArrayRef> {
  static IntArrayRef get(const UnboxSite& site);
};
template <>
struct Unboxer<bool> {
  static bool get(const UnboxSite& site);
};
template <>
struct Unboxer<int64_t> {
  static int64_t get(const UnboxSite& site);
};
template <>
struct Unboxer<double> {
  static double get(const UnboxSite& site);
};
template <>
struct Unboxer<Scalar> {
  static Scalar get(const UnboxSite& site);
};
template <>
struct Unboxer<DType> {
  static DType get(const UnboxSite& site);
};
template <>
struct Unboxer<std::string_view> {
  static std::string_view get(const UnboxSite& site);
};
template <>
struct Unboxer<Generator*> {
  static Generator* get(const UnboxSite& site);
};
template <class T>
struct Unboxer<std::optional<T>> {
  static std::optional<T> get(const UnboxSite& site) {
    if (std::holds_alternative<std::monostate>(site.value)) return std::nullopt;
    return Unboxer<T>::get(site);
  }
};

void box(Values& results, const Tensor& result);
void box(Values& results, const std::vector<Tensor>& result);
void box(Values& results, bool result);
void box(Values& results, int64_t result);
void box(Values& results, double result);
template <class... T>
void box(Values& results, const std::tuple<T...>& result) {
  std::apply([&](const auto&... each) { (box(results, each), ...); }, result);
}

void check_argument_count(const OpBase& op, size_t given, size_t wanted);

}  // namespace detail

template <class Result, class... Args>
Values Op<Result(Args...)>::unbox_and_call(const OpBase& op, const Values& arguments) {
  detail::check_argument_count(op, arguments.size(), sizeof...(Args));
  const Op& self = static_cast<const Op&>(op);
  Values results;
  [&]<size_t... position>(std::index_sequence<position...>) {
    detail::box(results, self.call_checked(detail::Unboxer<std::remove_cvref_t<Args>>::get(
                             detail::UnboxSite{op, position, arguments[position]})...));
  }
  (std::index_sequence_for<Args...>{});
  return results;
}

}  // namespace cutaway

#include "macros_on.h"
