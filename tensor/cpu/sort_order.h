// SPDX-License-Identifier: MIT
//
// The order in which elements are sorted, as the order of unsigned integers: sort_key(a) <
// sort_key(b) where a stands before b, and equal keys where neither does. Then sorting is radix
// sorting, for every dtype.
//
// The order is PyTorch's: NaN stands behind everything, whatever its bits, and -0.0 beside 0.0.
//
// A float's bits, read as an integer, already order numbers of the same sign: exponent before
// mantissa. The sign bit on top is 1 for the smaller ones, so it is flipped; and negative numbers
// grow in size as they fall, so all their bits are. (Herf, "Radix tricks", 2001.)
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <type_traits>
#include <vector>

#include "../dtype.h"

namespace cutaway::inline v0_1::cpu {

template <size_t bytes>
using UnsignedOf = std::conditional_t<
    bytes == 1, uint8_t,
    std::conditional_t<bytes == 2, uint16_t, std::conditional_t<bytes == 4, uint32_t, uint64_t>>>;

template <class T>
using SortKey = UnsignedOf<sizeof(T)>;

template <class T>
SortKey<T> sort_key(T value) {
  using Key = SortKey<T>;
  constexpr Key kTop = static_cast<Key>(Key{1} << (8 * sizeof(Key) - 1));
  if constexpr (is_real_v<T>) {
    if (value != value) return static_cast<Key>(~Key{0});
    const Key bits = value == 0 ? Key{0} : std::bit_cast<Key>(value);
    return static_cast<Key>((bits & kTop) != 0 ? ~bits : bits | kTop);
  } else if constexpr (std::is_signed_v<T>) {
    return static_cast<Key>(static_cast<Key>(value) ^ kTop);
  } else {
    return static_cast<Key>(value);
  }
}

/// An element on its way: its key, and where it stood.
template <class Key, class Index>
struct SortEntry {
  Key key;
  Index index;
};

/// Sorts by key, equal keys by index, which must rise at first. `room` is for as many entries more.
///
/// Least significant byte first: each pass deals the entries into 256 boxes by one byte of the key
/// and keeps the order within a box, so that after the last pass they are sorted. A byte that all
/// keys share needs no pass. Few entries are quicker inserted one by one.
template <class Key, class Index>
void radix_sort(SortEntry<Key, Index>* entries, SortEntry<Key, Index>* room, int64_t n) {
  using Entry = SortEntry<Key, Index>;
  constexpr int64_t kFew = 48;
  if (n <= kFew) {
    for (int64_t i = 1; i < n; ++i) {
      const Entry entry = entries[i];
      int64_t j = i;
      for (; j > 0 && entries[j - 1].key > entry.key; --j) entries[j] = entries[j - 1];
      entries[j] = entry;
    }
    return;
  }
  constexpr size_t kPasses = sizeof(Key);
  std::vector<int64_t> counts(kPasses * 256, 0);  // (pass, byte)
  for (int64_t i = 0; i < n; ++i) {
    for (size_t pass = 0; pass < kPasses; ++pass) {
      ++counts[pass * 256 + (static_cast<uint64_t>(entries[i].key) >> (8 * pass) & 255)];
    }
  }
  Entry* from = entries;
  Entry* to = room;
  for (size_t pass = 0; pass < kPasses; ++pass) {
    int64_t* next = counts.data() + pass * 256;
    const auto byte_of = [pass](const Entry& entry) {
      return static_cast<uint64_t>(entry.key) >> (8 * pass) & 255;
    };
    if (next[byte_of(from[0])] == n) continue;
    int64_t begin = 0;
    for (size_t byte = 0; byte < 256; ++byte) begin += std::exchange(next[byte], begin);
    for (int64_t i = 0; i < n; ++i) to[next[byte_of(from[i])]++] = from[i];
    std::swap(from, to);
  }
  if (from != entries) std::copy(from, from + n, entries);
}

}  // namespace cutaway::cpu
