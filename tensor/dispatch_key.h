// SPDX-License-Identifier: MIT
//
// Keys and key sets. A key names somebody who can serve an op: a device, or a feature that wraps
// the devices, such as autograd. Every tensor carries the set of keys that concern it; the
// dispatcher (dispatch.h) unites the sets of an op's arguments and calls the highest.
//
// A thread can exclude keys: autograd excludes itself while it calls the kernel below, and no-grad
// mode is nothing but the Autograd key excluded.
//
// PyTorch counterpart: c10/core/DispatchKey.h, DispatchKeySet.h, impl/LocalDispatchKeySet.h.
#pragma once

#include <bit>
#include <cstdint>

#include "version.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

/// In the order in which they are served: the highest present key first.
enum class Key : uint8_t { CPU, CUDA, Sparse, Autograd };

inline constexpr int kKeyCount = 4;
inline const char* name_of(Key key) {
  constexpr const char* names[kKeyCount] = {"CPU", "CUDA", "Sparse", "Autograd"};
  return names[static_cast<int>(key)];
}

/// A set of keys, one bit each.
class KeySet {
 public:
  constexpr KeySet() = default;
  // Implicit: one key is a set of one
  constexpr KeySet(Key key) : bits_(static_cast<uint8_t>(1U << static_cast<unsigned>(key))) {}
  static constexpr KeySet all() { return KeySet(static_cast<uint8_t>((1U << kKeyCount) - 1)); }

  constexpr bool has(Key key) const { return (bits_ & KeySet(key).bits_) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr KeySet operator|(KeySet other) const {
    return KeySet(static_cast<uint8_t>(bits_ | other.bits_));
  }
  constexpr KeySet operator-(KeySet other) const {
    return KeySet(static_cast<uint8_t>(bits_ & ~other.bits_));
  }
  /// The key that serves the set. The empty set (an op without tensor arguments) is served by CPU.
  constexpr Key highest() const {
    return bits_ == 0 ? Key::CPU : static_cast<Key>(std::bit_width(bits_) - 1);
  }

 private:
  constexpr explicit KeySet(uint8_t bits) : bits_(bits) {}
  uint8_t bits_ = 0;
};

namespace detail {
// Visible: one for all, though the library is shared and its host compiled with
// -fvisibility=hidden.
[[gnu::visibility("default")]] inline constinit thread_local KeySet excluded_keys;
}

/// The keys that this thread takes away from every dispatch.
inline KeySet excluded_keys() { return detail::excluded_keys; }

/// Excludes a set of keys on this thread until the end of the scope.
class ExcludeKeys {
 public:
  explicit ExcludeKeys(KeySet keys) : before_(detail::excluded_keys) {
    detail::excluded_keys = before_ | keys;
  }
  ~ExcludeKeys() { detail::excluded_keys = before_; }
  ExcludeKeys(const ExcludeKeys&) = delete;
  ExcludeKeys& operator=(const ExcludeKeys&) = delete;

 private:
  KeySet before_;
};

/// Lets excluded keys take part again until the end of the scope: enable_grad inside no_grad.
class IncludeKeys {
 public:
  explicit IncludeKeys(KeySet keys) : before_(detail::excluded_keys) {
    detail::excluded_keys = before_ - keys;
  }
  ~IncludeKeys() { detail::excluded_keys = before_; }
  IncludeKeys(const IncludeKeys&) = delete;
  IncludeKeys& operator=(const IncludeKeys&) = delete;

 private:
  KeySet before_;
};

}  // namespace cutaway

#include "macros_on.h"
