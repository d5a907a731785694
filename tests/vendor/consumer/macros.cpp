// SPDX-License-Identifier: MIT
//
// A program that defines macros after it has included the standard library, which would put some of
// them away: the headers get over these as well, and give back each that they have put away
// themselves.
#include <algorithm>
#include <any>
#include <array>
#include <atomic>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <typeinfo>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <variant>
#include <vector>

#undef min
#undef max
#undef abs
#undef round
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define abs(x) ((x) > 0 ? (x) : -(x))
#define round(x) ((x) >= 0 ? 1 : -1)

#include <cutaway.h>

#if !defined(min) || !defined(max) || !defined(abs) || !defined(round) || !defined(check)
#error "a header has not given back a macro with arguments"
#endif
static_assert(sizeof(T) == sizeof(Bool) && H + None + CPU + CUDA == 3);
