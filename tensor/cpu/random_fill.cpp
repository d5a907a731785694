// SPDX-License-Identifier: MIT
#include "random_fill.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <mutex>
#include <type_traits>
#include <utility>

#include "../check.h"
#include "normal_block.h"
#include "random_draw.h"

namespace cutaway::inline v0_1::cpu {
namespace {

using Lock = std::lock_guard<std::mutex>;

}  // namespace

// ---- real numbers ------------------------------------------------------------------------------

template <class T>
void uniform_fill(T* out, int64_t n, double from, double to, Generator& generator) {
  Lock lock(generator.mutex());
  using A = Arithmetic<T>;
  const A low = static_cast<A>(from);
  const A width = static_cast<A>(to) - low;
  const T first = static_cast<T>(low);
  const T end = static_cast<T>(static_cast<A>(to));
  for (int64_t i = 0; i < n; ++i) {
    const T value = std::fma(unit<A>(generator), width, low);
    out[i] = value == end ? first : value;  // rounding may reach `to`, which is not in the range
  }
}

template <class T>
void normal_fill(T* out, int64_t n, double mean, double std, Generator& generator) {
  if (n < 16) return normal_fill_one_by_one(out, n, mean, std, generator);
  Lock lock(generator.mutex());
  for (int64_t i = 0; i < n; ++i) out[i] = unit<T>(generator);
  normal_blocks(out, n / 16, static_cast<T>(mean), static_cast<T>(std));
  if (n % 16 != 0) {  // the last block overlaps the one before, and gets new numbers
    T* last = out + (n - 16);
    for (int i = 0; i < 16; ++i) last[i] = unit<T>(generator);
    normal_blocks(last, 1, static_cast<T>(mean), static_cast<T>(std));
  }
}

/// The 16-bit types: each block is made in float, with numbers of its own, and rounded. (So the
/// last elements of a size that is no multiple of 16 are drawn once, by the overlapping block.)
template <class T>
void normal_fill_rounded(T* out, int64_t n, double mean, double std, Generator& generator) {
  if (n < 16) return normal_fill_one_by_one(out, n, mean, std, generator);
  Lock lock(generator.mutex());
  const auto fill_block = [&](T* block) {
    float values[16];
    for (float& value : values) value = unit<float>(generator);
    normal_blocks(values, 1, static_cast<float>(mean), static_cast<float>(std));
    std::copy(std::begin(values), std::end(values), block);
  };
  for (int64_t i = 0; i + 16 <= n; i += 16) fill_block(out + i);
  if (n % 16 != 0) fill_block(out + (n - 16));
}
template <>
void normal_fill(Half* out, int64_t n, double mean, double std, Generator& generator) {
  normal_fill_rounded(out, n, mean, std, generator);
}
template <>
void normal_fill(BFloat16* out, int64_t n, double mean, double std, Generator& generator) {
  normal_fill_rounded(out, n, mean, std, generator);
}

template <class T>
void normal_fill_one_by_one(T* out, int64_t n, double mean, double std, Generator& generator) {
  Lock lock(generator.mutex());
  for (int64_t i = 0; i < n; ++i) out[i] = static_cast<T>(normal_number(generator, mean, std));
}

// ---- integers ----------------------------------------------------------------------------------

template <class T>
void random_fill(T* out, int64_t n, Generator& generator) {
  Lock lock(generator.mutex());
  // Values 0 .. largest, where largest is 2^digits - 1 for integers and 2^digits for floats.
  constexpr uint64_t power = uint64_t{1} << std::numeric_limits<T>::digits;
  constexpr uint64_t count = is_real_v<T> ? power + 1 : power;
  for (int64_t i = 0; i < n; ++i) {
    uint64_t bits = sizeof(T) == 8 ? generator.random64() : generator.random();
    out[i] = static_cast<T>(bits % count);
  }
}

template <class T>
void random_from_to_fill(T* out, int64_t n, IntegerRange range, Generator& generator) {
  Lock lock(generator.mutex());
  // Unsigned arithmetic wraps around modulo 2^64, so that any `first` and `count` will do.
  auto shifted = [&](uint64_t offset) {
    return static_cast<T>(static_cast<int64_t>(static_cast<uint64_t>(range.first) + offset));
  };
  // The remainder favours small numbers a little: for a range below 2^28, by less than 2^28 / 2^32.
  if (range.count == 0) {
    for (int64_t i = 0; i < n; ++i) out[i] = shifted(generator.random64());
  } else if (range.count >= uint64_t{1} << 28) {
    for (int64_t i = 0; i < n; ++i) out[i] = shifted(generator.random64() % range.count);
  } else {
    const uint32_t count = static_cast<uint32_t>(range.count);
    for (int64_t i = 0; i < n; ++i) out[i] = shifted(generator.random() % count);
  }
}

// The bounds of random_(from, to) for T = float, double: integers beyond 2^digits are not all
// numbers of T, and a bound that rounds out of the range is moved in by one step of T. PyTorch
// tests the rounding at from + 1 and to - 1; so do we, for the same numbers.
namespace {

/// x rounded to T and back, unless that leaves int64_t (then nothing is to be moved).
template <class T>
std::optional<int64_t> rounded(int64_t x) {
  const Arithmetic<T> value = static_cast<T>(x);
  if (value >= static_cast<Arithmetic<T>>(0x1p63)) return std::nullopt;
  return static_cast<int64_t>(value);
}

/// The distance between neighbours of T near x, an integer beyond 2^digits.
template <class T>
int64_t step(int64_t x) {
  uint64_t magnitude = x < 0 ? uint64_t{0} - static_cast<uint64_t>(x) : static_cast<uint64_t>(x);
  return int64_t{1} << (std::bit_width(magnitude) - std::numeric_limits<T>::digits);
}

template <class T>
int64_t move_from(int64_t from) {
  if (from == std::numeric_limits<int64_t>::max()) return from;
  std::optional<int64_t> value = rounded<T>(from + 1);
  return value && *value < from ? *value + step<T>(from + 1) : from;
}

template <class T>
int64_t move_to(int64_t to) {
  std::optional<int64_t> value = rounded<T>(to - 1);
  return value && *value >= to ? *value - step<T>(to - 1) : to;
}

/// The name PyTorch's errors use for T: the one C++ has for it.
template <class T>
constexpr const char* dtype_name = std::is_same_v<T, bool>      ? "bool"
                                   : std::is_same_v<T, uint8_t> ? "unsigned char"
                                   : std::is_same_v<T, int8_t>  ? "signed char"
                                   : std::is_same_v<T, int16_t> ? "short int"
                                   : std::is_same_v<T, int32_t> ? "int"
                                                                : "long int";

/// The largest integer random_(from) may give: of floats, the largest below which none is missing.
template <class T>
constexpr int64_t largest() {
  if constexpr (is_real_v<T>) return int64_t{1} << std::numeric_limits<T>::digits;
  return static_cast<int64_t>(std::numeric_limits<T>::max());
}

}  // namespace

template <class T>
IntegerRange integer_range(int64_t from, std::optional<int64_t> to) {
  constexpr bool is_float = is_real_v<T>;
  if (!to && from == std::numeric_limits<int64_t>::lowest()) {
    check_implemented(!std::is_same_v<T, Half>,
                      "\"random_full_64_bits_range_kernel_cpu\" not implemented for 'Half'");
    check(is_float || std::is_same_v<T, int64_t>,
          "random_full_64_bits_range_kernel_cpu handles only int64, double, float and bfloat16");
    return {0, 0};
  }

  int64_t last = largest<T>();  // inclusive: to itself may not fit
  if (to) {
    check(from < *to, "random_ expects 'from' to be less than 'to', but got from=", from,
          " >= to=", *to);
    last = *to - 1;
  }
  if constexpr (std::is_same_v<T, Half>) {  // the one real type that does not reach all of int64
    constexpr int64_t limit = 65504;
    check(from >= -limit && from <= limit, "from is out of bounds for c10::Half");
    check(last >= -limit && last <= limit, "to - 1 is out of bounds for c10::Half");
  }
  if constexpr (is_float) {
    from = move_from<T>(from);
    if (to) {
      int64_t moved_to = move_to<T>(*to);
      check(from < moved_to,
            "random_ expects 'from' casted to dtype to be less than 'to' casted to dtype, but got "
            "from=",
            from, " >= to=", moved_to);
      last = moved_to - 1;
    } else {
      check(from < last,
            "random_ expects 'from' casted to dtype to be less than or equal to 'to_inc' casted to "
            "dtype, but got from=",
            from, " > to_inc=", last);
    }
  } else {
    constexpr int64_t lowest = static_cast<int64_t>(std::numeric_limits<T>::lowest());
    check(from >= lowest && from <= largest<T>(), "from is out of bounds for ", dtype_name<T>);
    check(last >= lowest && last <= largest<T>(), "to - 1 is out of bounds for ", dtype_name<T>);
  }
  return {from, static_cast<uint64_t>(last) - static_cast<uint64_t>(from) + 1};
}

// Fisher and Yates's shuffle, forwards: place i gets one of the n - i numbers not yet placed. From
// about 2^32 / 20 on the remainder of a 32-bit draw would be too uneven, and PyTorch turns to long
// draws and to the variant that needs no numbers in place beforehand: i enters at place j <= i, and
// the number that stood there moves to place i.
void randperm_fill(int64_t* out, int64_t n, Generator& generator) {
  Lock lock(generator.mutex());
  if (n < std::numeric_limits<uint32_t>::max() / 20) {
    for (int64_t i = 0; i < n; ++i) out[i] = i;
    for (int64_t i = 0; i < n - 1; ++i)
      std::swap(out[i], out[i + generator.random() % static_cast<uint32_t>(n - i)]);
    return;
  }
  for (int64_t i = 0; i < n; ++i) {
    uint64_t j = generator.random64() % static_cast<uint64_t>(i + 1);
    out[i] = i;
    out[i] = out[j];
    out[j] = i;
  }
}

// ---- bernoulli ---------------------------------------------------------------------------------

template <class T>
void bernoulli_fill(T* out, int64_t n, double p, Generator& generator) {
  Lock lock(generator.mutex());
  for (int64_t i = 0; i < n; ++i) out[i] = static_cast<T>(unit<double>(generator) < p);
}

template <class T, class P>
void bernoulli_each_fill(T* out, const P* p, int64_t n, Generator& generator) {
  Lock lock(generator.mutex());
  for (int64_t i = 0; i < n; ++i) {
    check(
        p[i] >= 0 && p[i] <= 1,
        "Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be "
        "improved?  If so, please report an enhancement request to PyTorch.)");
    out[i] = static_cast<T>(unit<P>(generator) < p[i]);
  }
}

// ---- the dtypes --------------------------------------------------------------------------------

template void uniform_fill(Half*, int64_t, double, double, Generator&);
template void uniform_fill(BFloat16*, int64_t, double, double, Generator&);
template void uniform_fill(float*, int64_t, double, double, Generator&);
template void uniform_fill(double*, int64_t, double, double, Generator&);
template void normal_fill(float*, int64_t, double, double, Generator&);
template void normal_fill(double*, int64_t, double, double, Generator&);
template void normal_fill_one_by_one(Half*, int64_t, double, double, Generator&);
template void normal_fill_one_by_one(BFloat16*, int64_t, double, double, Generator&);
template void normal_fill_one_by_one(float*, int64_t, double, double, Generator&);
template void normal_fill_one_by_one(double*, int64_t, double, double, Generator&);

template void random_fill(bool*, int64_t, Generator&);
template void random_fill(uint8_t*, int64_t, Generator&);
template void random_fill(int8_t*, int64_t, Generator&);
template void random_fill(int16_t*, int64_t, Generator&);
template void random_fill(int32_t*, int64_t, Generator&);
template void random_fill(int64_t*, int64_t, Generator&);
template void random_fill(Half*, int64_t, Generator&);
template void random_fill(BFloat16*, int64_t, Generator&);
template void random_fill(float*, int64_t, Generator&);
template void random_fill(double*, int64_t, Generator&);

template IntegerRange integer_range<bool>(int64_t, std::optional<int64_t>);
template IntegerRange integer_range<uint8_t>(int64_t, std::optional<int64_t>);
template IntegerRange integer_range<int8_t>(int64_t, std::optional<int64_t>);
template IntegerRange integer_range<int16_t>(int64_t, std::optional<int64_t>);
template IntegerRange integer_range<int32_t>(int64_t, std::optional<int64_t>);
template IntegerRange integer_range<int64_t>(int64_t, std::optional<int64_t>);
template IntegerRange integer_range<Half>(int64_t, std::optional<int64_t>);
template IntegerRange integer_range<BFloat16>(int64_t, std::optional<int64_t>);
template IntegerRange integer_range<float>(int64_t, std::optional<int64_t>);
template IntegerRange integer_range<double>(int64_t, std::optional<int64_t>);

template void random_from_to_fill(bool*, int64_t, IntegerRange, Generator&);
template void random_from_to_fill(uint8_t*, int64_t, IntegerRange, Generator&);
template void random_from_to_fill(int8_t*, int64_t, IntegerRange, Generator&);
template void random_from_to_fill(int16_t*, int64_t, IntegerRange, Generator&);
template void random_from_to_fill(int32_t*, int64_t, IntegerRange, Generator&);
template void random_from_to_fill(int64_t*, int64_t, IntegerRange, Generator&);
template void random_from_to_fill(Half*, int64_t, IntegerRange, Generator&);
template void random_from_to_fill(BFloat16*, int64_t, IntegerRange, Generator&);
template void random_from_to_fill(float*, int64_t, IntegerRange, Generator&);
template void random_from_to_fill(double*, int64_t, IntegerRange, Generator&);

template void bernoulli_fill(bool*, int64_t, double, Generator&);
template void bernoulli_fill(uint8_t*, int64_t, double, Generator&);
template void bernoulli_fill(int8_t*, int64_t, double, Generator&);
template void bernoulli_fill(int16_t*, int64_t, double, Generator&);
template void bernoulli_fill(int32_t*, int64_t, double, Generator&);
template void bernoulli_fill(int64_t*, int64_t, double, Generator&);
template void bernoulli_fill(Half*, int64_t, double, Generator&);
template void bernoulli_fill(BFloat16*, int64_t, double, Generator&);
template void bernoulli_fill(float*, int64_t, double, Generator&);
template void bernoulli_fill(double*, int64_t, double, Generator&);

template void bernoulli_each_fill(bool*, const float*, int64_t, Generator&);
template void bernoulli_each_fill(uint8_t*, const float*, int64_t, Generator&);
template void bernoulli_each_fill(int8_t*, const float*, int64_t, Generator&);
template void bernoulli_each_fill(int16_t*, const float*, int64_t, Generator&);
template void bernoulli_each_fill(int32_t*, const float*, int64_t, Generator&);
template void bernoulli_each_fill(int64_t*, const float*, int64_t, Generator&);
template void bernoulli_each_fill(Half*, const float*, int64_t, Generator&);
template void bernoulli_each_fill(BFloat16*, const float*, int64_t, Generator&);
template void bernoulli_each_fill(float*, const float*, int64_t, Generator&);
template void bernoulli_each_fill(double*, const float*, int64_t, Generator&);
template void bernoulli_each_fill(bool*, const double*, int64_t, Generator&);
template void bernoulli_each_fill(uint8_t*, const double*, int64_t, Generator&);
template void bernoulli_each_fill(int8_t*, const double*, int64_t, Generator&);
template void bernoulli_each_fill(int16_t*, const double*, int64_t, Generator&);
template void bernoulli_each_fill(int32_t*, const double*, int64_t, Generator&);
template void bernoulli_each_fill(int64_t*, const double*, int64_t, Generator&);
template void bernoulli_each_fill(Half*, const double*, int64_t, Generator&);
template void bernoulli_each_fill(BFloat16*, const double*, int64_t, Generator&);
template void bernoulli_each_fill(float*, const double*, int64_t, Generator&);
template void bernoulli_each_fill(double*, const double*, int64_t, Generator&);

}  // namespace cutaway::cpu
