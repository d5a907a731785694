// SPDX-License-Identifier: MIT
//
// through_float: float16 and bfloat16 for kernels that know only float32 and float64.
//
//     constinit Unary exp{"exp(Tensor self) -> Tensor", cpu::through_float<cpu::exp>};
//
// gives the row a kernel that calls cpu::exp; but where an argument is float16 or bfloat16, it
// calls it with float32 copies and rounds the float32 results to that dtype. Results of other
// dtypes (indices, bools) stay as they are. An in-place kernel's result is rounded into its first
// argument. Where the call names a dtype, as sum(x, dtype=float16), that one decides: x is rounded
// to float16 or bfloat16 first, the kernel is told float32 instead, and its result rounded; any
// other dtype it is just told.
//
// The results are those of PyTorch, whose loops convert element by element and compute in float32
// too ("opmath"). The copies cost two passes over the memory; ops for which that matters convert in
// their own loops (+ - * / and comparisons: elementwise.cpp). Not for kernels that write to other
// arguments than the first, nor for arguments of several floating dtypes.
//
// PyTorch counterpart: at::opmath_type (ATen/OpMathType.h), the reduced-float paths of its kernels.
#pragma once

#include <optional>
#include <tuple>
#include <vector>

#include "../loops.h"
#include "kernels_copy.h"
#include "kernels_view.h"

namespace cutaway::inline v0_1::cpu {
namespace detail {

// ---- The 16-bit dtype of an argument, if it is or names one ----

inline std::optional<DType> half_of(std::optional<DType> dtype) {
  return dtype && is_half(*dtype) ? dtype : std::nullopt;
}
inline std::optional<DType> half_of(const Tensor& tensor) {
  return tensor.defined() ? half_of(tensor.dtype()) : std::nullopt;
}
inline std::optional<DType> half_of(const std::optional<Tensor>& tensor) {
  return tensor ? half_of(*tensor) : std::nullopt;
}
inline std::optional<DType> half_of(TensorList tensors) {
  for (const Tensor& tensor : tensors) {
    if (half_of(tensor)) return tensor.dtype();
  }
  return std::nullopt;
}
template <class T>
std::optional<DType> half_of(const T&) {
  return std::nullopt;
}

/// The dtype that the call asks for in so many words.
inline std::optional<DType> asked_dtype(std::optional<DType> dtype) { return dtype; }
template <class T>
std::optional<DType> asked_dtype(const T&) {
  return std::nullopt;
}

// ---- An argument as the kernel gets it ----

/// What is expanded stays so: there is less to convert, and the layout of a result depends on it.
inline Tensor widen(const Tensor& tensor) {
  if (!half_of(tensor)) return tensor;
  DimVector once = tensor.sizes();
  for (int64_t d = 0; d < tensor.dim(); ++d)
    if (tensor.strides()[d] == 0 && once[d] > 1) once[d] = 1;
  const Tensor source = cpu::as_strided(tensor, once, tensor.strides(), tensor.storage_offset());
  const Tensor wide = empty_for(once, kFloat32, {&source});
  cpu::copy_(wide, source);
  return cpu::expand(wide, tensor.sizes());
}
inline std::optional<Tensor> widen(const std::optional<Tensor>& tensor) {
  return tensor ? std::optional<Tensor>(widen(*tensor)) : std::nullopt;
}
inline std::vector<Tensor> widen(TensorList tensors) {
  std::vector<Tensor> wide;
  for (const Tensor& tensor : tensors) wide.push_back(widen(tensor));
  return wide;
}
inline std::optional<DType> widen(std::optional<DType> dtype) {
  return half_of(dtype) ? kFloat32 : dtype;
}
template <class T>
const T& widen(const T& other) {
  return other;
}

/// As widen, of what is left of a tensor in the dtype that the call asks for.
inline Tensor widen_as(const Tensor& tensor, std::optional<DType> asked) {
  const bool rounds = half_of(asked) && tensor.defined() && tensor.dtype() != *asked;
  return widen(rounds ? cpu::to_copy(tensor, *asked) : tensor);
}
template <class T>
decltype(auto) widen_as(const T& other, std::optional<DType>) {
  return widen(other);
}

// ---- A result as the caller gets it ----

inline Tensor rounded(const Tensor& result, DType dtype) {
  if (result.dtype() != kFloat32 || !is_half(dtype)) return result;
  return cpu::to_copy(result, dtype);
}
inline std::vector<Tensor> rounded(std::vector<Tensor> results, DType dtype) {
  for (Tensor& result : results) result = rounded(result, dtype);
  return results;
}
template <class T>
T rounded(const T& other, DType) {
  return other;
}
template <class... T>
std::tuple<T...> rounded(const std::tuple<T...>& results, DType dtype) {
  const auto each = [dtype](const T&... result) { return std::tuple(rounded(result, dtype)...); };
  return std::apply(each, results);
}

/// The call with float32 in place of `half`. Depends on the signature only: rows share its code.
template <class R, class... Args>
[[gnu::noinline]] R call_in_float(R (*kernel)(Args...), DType half, std::optional<DType> asked,
                                  const std::remove_reference_t<Args>&... args) {
  if constexpr (std::is_same_v<R, const Tensor&>) {
    const auto in_float = [&](const Tensor& self, const auto&... rest) -> const Tensor& {
      const Tensor wide = widen(self);
      kernel(wide, widen(rest)...);
      return cpu::copy_(self, wide);
    };
    return in_float(args...);
  } else {
    return rounded(kernel(widen_as(args, asked)...), asked.value_or(half));
  }
}

template <auto kernel, class Signature = decltype(kernel)>
struct ThroughFloat;

template <auto kernel, class R, class... Args>
struct ThroughFloat<kernel, R (*)(Args...)> {
  static R call(Args... args) {
    std::optional<DType> half, asked;
    ((half = half ? half : half_of(args)), ...);
    ((asked = asked ? asked : asked_dtype(args)), ...);
    if (!half) return kernel(std::forward<Args>(args)...);
    return call_in_float<R, Args...>(kernel, *half, asked, args...);
  }
};

}  // namespace detail

/// The kernel, serving float16 and bfloat16 too.
template <auto kernel>
inline constexpr auto through_float = &detail::ThroughFloat<kernel>::call;

}  // namespace cutaway::cpu
