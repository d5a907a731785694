// SPDX-License-Identifier: MIT
//
// Loops: how a kernel written for one element runs over tensors of any shape and layout.
//
//     Tensor out = empty_for(sizes, dtype, {&a, &b});
//     loop<float, float, float>(out, a, b, [](float x, float y) { return x * y; });
//
// A LoopPlan holds, for every operand, a pointer and one stride per dimension (0 where the operand
// is broadcast). Planning sorts the dimensions so that the innermost one has the smallest steps,
// and merges neighbours that can be walked as one; a contiguous tensor of any shape becomes one
// long row. run_rows then cuts the index range into chunks for the threads and calls a row function
// for each innermost run. Row functions come in a few shapes (all dense, one side constant, any
// stride), so that the compiler can vectorise the common ones.
//
// Operand 0 is the one written; the others broadcast to its shape.
// PyTorch counterpart: ATen/TensorIterator.h, ATen/native/cpu/Loops.h.
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <utility>

#include "cpu/simd.h"
#include "parallel.h"
#include "tensor.h"

#include "macros_off.h"  // T, min, max and check are ours from here on

namespace cutaway::inline v0_1 {

struct LoopPlan {
  static constexpr int kMaxOperands = 5;

  explicit LoopPlan(std::initializer_list<const Tensor*> operands);

  int operand_count = 0;
  int64_t numel = 0;
  DimVector sizes;                              // innermost dimension first
  std::array<DimVector, kMaxOperands> strides;  // in bytes, innermost first
  std::array<std::byte*, kMaxOperands> data = {};
};

/// Elements worth handing to another thread when each costs about a nanosecond (PyTorch's
/// GRAIN_SIZE).
inline constexpr int64_t kLoopGrain = 32768;

/// An uninitialised result of the given sizes whose dimensions are ordered in memory as those of
/// the inputs are: transposed inputs give a transposed result, as in PyTorch.
Tensor empty_for(IntArrayRef sizes, DType dtype, std::initializer_list<const Tensor*> inputs);

/// A tensor that is written must not look at one element twice, nor at part of an input. Throw
/// "unsupported operation: ... Please clone() the tensor before performing the operation."
void check_no_internal_overlap(const Tensor& written);
void check_no_partial_overlap(const Tensor& written, const Tensor& read);
/// Where reading and writing go in different orders: nor may it look at the same memory as an
/// input.
void check_no_overlap(const Tensor& written, const Tensor& read);

/// A reference to a row function: row(data, strides, n) handles n elements, where operand k has its
/// first element at data[k] and steps by strides[k] bytes.
class RowFunction {
 public:
  template <class F>
  explicit RowFunction(const F& row)
      : object_(&row),
        call_([](const void* object, std::byte* const* data, const int64_t* strides, int64_t n,
                 int64_t rows, const int64_t* row_steps) {
          std::array<std::byte*, LoopPlan::kMaxOperands> next;
          for (;;) {
            (*static_cast<const F*>(object))(data, strides, n);
            if (--rows == 0) return;
            for (size_t k = 0; k < next.size(); ++k) next[k] = data[k] + row_steps[k];
            data = next.data();
          }
        }) {}

  /// Calls it for at least one row of n elements; in each next one, operand k starts row_steps[k]
  /// bytes further on. One call for many rows, since each may be short.
  void operator()(std::byte* const* data, const int64_t* strides, int64_t n, int64_t rows,
                  const int64_t* row_steps) const {
    call_(object_, data, strides, n, rows, row_steps);
  }

 private:
  const void* object_;
  void (*call_)(const void*, std::byte* const*, const int64_t*, int64_t, int64_t, const int64_t*);
};

/// Calls the row function for every innermost run of the plan, on several threads where there are
/// more than `grain` elements.
void run_rows(const LoopPlan& plan, RowFunction row, int64_t grain = kLoopGrain);

namespace detail {

template <class T>
T& element(std::byte* data, int64_t byte_offset) {
  return *reinterpret_cast<T*>(data + byte_offset);
}

template <class T>
bool is_dense(int64_t stride) {
  return stride == static_cast<int64_t>(sizeof(T));
}

/// Elements that lie side by side: out[i] = f(in[i]...), the loop that the compiler vectorises. It
/// calls a copy of f, so that the numbers in f are plainly not among those that are written.
template <class F, class Out, class... In>
[[gnu::always_inline]] inline void dense_row(const F& f, int64_t n, Out* out, const In*... in) {
  const F function = f;
#ifndef __clang__
#pragma GCC ivdep  // out is an input or apart from it: see check_no_partial_overlap
#endif
  for (int64_t i = 0; i < n; ++i) out[i] = function(in[i]...);
}

#if defined(__GNUC__) && defined(__x86_64__)
/// The same with 32-byte vectors. Without fused multiply-add, so that the results are the same
/// bits.
template <class F, class Out, class... In>
[[gnu::target("avx2")]] void dense_row_avx2(const F& f, int64_t n, Out* out, const In*... in) {
  dense_row(f, n, out, in...);
}
#endif

/// With the widest vectors there are for floating point; elsewhere not, since each version of a
/// loop has to be compiled. A row too short for two of them is done before the call would be.
template <class F, class Out, class... In>
void run_dense_row(const F& f, int64_t n, Out* out, const In*... in) {
#if defined(__GNUC__) && defined(__x86_64__)
  if constexpr ((is_real_v<In> || ...)) {
    if (n >= 16 && cpu::get_cpu_capability() != cpu::CpuCapability::kDefault) {
      return dense_row_avx2(f, n, out, in...);
    }
  }
#endif
  dense_row(f, n, out, in...);
}

/// One row of out[i] = f(in[i]...); operand 0 is out.
template <class Out, class... In, class F, size_t... k>
void strided_row(std::byte* const* data, const int64_t* strides, int64_t n, const F& f,
                 std::index_sequence<k...>) {
  // Copies: for all the compiler knows, what is written might be the strides themselves.
  std::byte* const first[] = {data[0], data[k + 1]...};
  const int64_t step[] = {strides[0], strides[k + 1]...};
  for (int64_t i = 0; i < n; ++i) {
    element<Out>(first[0], i * step[0]) = f(element<In>(first[k + 1], i * step[k + 1])...);
  }
}

template <class Out, class... In, class F, size_t... k>
void pointwise_row(std::byte* const* data, const int64_t* strides, int64_t n, const F& f,
                   std::index_sequence<k...> inputs) {
  const bool all_dense = is_dense<Out>(strides[0]) && (is_dense<In>(strides[k + 1]) && ...);
  Out* out = reinterpret_cast<Out*>(data[0]);
  if (all_dense) return run_dense_row(f, n, out, reinterpret_cast<const In*>(data[k + 1])...);
  strided_row<Out, In...>(data, strides, n, f, inputs);
}

/// One input, which may be a single number all along the row.
template <class Out, class A, class F>
void unary_row(std::byte* const* data, const int64_t* strides, int64_t n, const F& f) {
  if (is_dense<Out>(strides[0]) && strides[1] == 0) {
    Out* const out = reinterpret_cast<Out*>(data[0]);
    const Out value = f(element<A>(data[1], 0));
    for (int64_t i = 0; i < n; ++i) out[i] = value;
    return;
  }
  pointwise_row<Out, A>(data, strides, n, f, std::make_index_sequence<1>());
}

/// Two inputs: one of them may be a single number all along the row.
template <class Out, class A, class B, class F>
void binary_row(std::byte* const* data, const int64_t* strides, int64_t n, const F& f) {
  Out* out = reinterpret_cast<Out*>(data[0]);
  const A* a = reinterpret_cast<const A*>(data[1]);
  const B* b = reinterpret_cast<const B*>(data[2]);
  if (is_dense<Out>(strides[0]) && is_dense<A>(strides[1]) && strides[2] == 0) {
    return run_dense_row([f, number = *b](A x) { return f(x, number); }, n, out, a);
  }
  if (is_dense<Out>(strides[0]) && strides[1] == 0 && is_dense<B>(strides[2])) {
    return run_dense_row([f, number = *a](B y) { return f(number, y); }, n, out, b);
  }
  pointwise_row<Out, A, B>(data, strides, n, f, std::make_index_sequence<2>());
}

}  // namespace detail

/// out[i] = f(a[i])
template <class Out, class A, class F>
void loop(const Tensor& out, const Tensor& a, const F& f, int64_t grain = kLoopGrain) {
  run_rows(LoopPlan({&out, &a}),
           RowFunction([&f](std::byte* const* data, const int64_t* strides, int64_t n) {
             detail::unary_row<Out, A>(data, strides, n, f);
           }),
           grain);
}

/// out[i] = f(a[i], b[i])
template <class Out, class A, class B, class F>
void loop(const Tensor& out, const Tensor& a, const Tensor& b, const F& f,
          int64_t grain = kLoopGrain) {
  run_rows(LoopPlan({&out, &a, &b}),
           RowFunction([&f](std::byte* const* data, const int64_t* strides, int64_t n) {
             detail::binary_row<Out, A, B>(data, strides, n, f);
           }),
           grain);
}

/// out[i] = f(a[i], b[i], c[i])
template <class Out, class A, class B, class C, class F>
void loop(const Tensor& out, const Tensor& a, const Tensor& b, const Tensor& c, const F& f,
          int64_t grain = kLoopGrain) {
  run_rows(LoopPlan({&out, &a, &b, &c}),
           RowFunction([&f](std::byte* const* data, const int64_t* strides, int64_t n) {
             detail::pointwise_row<Out, A, B, C>(data, strides, n, f,
                                                 std::make_index_sequence<3>());
           }),
           grain);
}

/// The same for functions whose call costs more than the loop around it (sin, lgamma, ...): nothing
/// to vectorise, so one loop for all layouts; and few elements are worth a thread.
template <class Out, class... In, class F, class... Inputs>
void call_loop(const F& f, const Tensor& out, const Inputs&... inputs) {
  static_assert(sizeof...(In) == sizeof...(Inputs));
  run_rows(LoopPlan({&out, &inputs...}),
           RowFunction([&f](std::byte* const* data, const int64_t* strides, int64_t n) {
             detail::strided_row<Out, In...>(data, strides, n, f,
                                             std::make_index_sequence<sizeof...(In)>());
           }),
           kLoopGrain / 8);
}

}  // namespace cutaway

#include "macros_on.h"
