// SPDX-License-Identifier: MIT
//
// Loops over elements whose place is computed. `elements` shows a tensor in the shape of the index,
// with stride 0 along the dimensions that the index picks along; `offsets` (int64, the same shape)
// says how many steps of so many bytes further the element meant lies:
//
//     element(i) = *(address of elements[i] + offsets[i] * step)
//
// index, index_put_, gather and the scatter family are these two loops.
#pragma once

#include <cstring>

#include "../loops.h"

namespace cutaway::inline v0_1::cpu {

/// The memory of `self` from its first element on, in another shape.
inline Tensor seen_as(const Tensor& self, IntArrayRef sizes, IntArrayRef strides) {
  return Tensor(make_pooled<TensorImpl>(self.impl_ptr(), sizes, strides, self.storage_offset()));
}

/// result[i] = element(i)
inline void read_at_offsets(const Tensor& result, const Tensor& elements, const Tensor& offsets,
                            int64_t step = 1) {
  visit_size(result.dtype(), [&]<class T>(TypeTag<T>) {
    const auto row = [step](std::byte* const* data, const int64_t* strides, int64_t n) {
      if (strides[2] == 0 && cutaway::detail::is_dense<T>(strides[0]) &&
          cutaway::detail::is_dense<T>(strides[1])) {
        // A run of neighbours behind one offset
        const std::byte* source = data[1] + cutaway::detail::element<int64_t>(data[2], 0) * step;
        std::memcpy(data[0], source, static_cast<size_t>(n) * sizeof(T));
        return;
      }
      if (cutaway::detail::is_dense<T>(strides[0]) &&
          cutaway::detail::is_dense<int64_t>(strides[2])) {
        T* to = reinterpret_cast<T*>(data[0]);
        const int64_t* offset = reinterpret_cast<const int64_t*>(data[2]);
        for (int64_t i = 0; i < n; ++i) {
          to[i] = cutaway::detail::element<T>(data[1], i * strides[1] + offset[i] * step);
        }
        return;
      }
      for (int64_t i = 0; i < n; ++i) {
        const int64_t offset = cutaway::detail::element<int64_t>(data[2], i * strides[2]) * step;
        cutaway::detail::element<T>(data[0], i * strides[0]) =
            cutaway::detail::element<T>(data[1], i * strides[1] + offset);
      }
    };
    run_rows(LoopPlan({&result, &elements, &offsets}), RowFunction(row));
  });
}

/// element(i) = combine(element(i), values[i]), one after the other on one thread: an element may
/// be named twice.
template <class T, class Combine>
void write_at_offsets(const Tensor& elements, const Tensor& values, const Tensor& offsets,
                      const Combine& combine, int64_t step = 1) {
  const LoopPlan plan({&elements, &values, &offsets});
  const auto row = [&combine, step](std::byte* const* data, const int64_t* strides, int64_t n) {
    for (int64_t i = 0; i < n; ++i) {
      const int64_t offset = cutaway::detail::element<int64_t>(data[2], i * strides[2]) * step;
      T& target = cutaway::detail::element<T>(data[0], i * strides[0] + offset);
      target = combine(target, cutaway::detail::element<T>(data[1], i * strides[1]));
    }
  };
  run_rows(plan, RowFunction(row), plan.numel);
}

/// element(i) = values[i]
inline void put_at_offsets(const Tensor& elements, const Tensor& values, const Tensor& offsets,
                           int64_t step = 1) {
  visit_size(elements.dtype(), [&]<class T>(TypeTag<T>) {
    write_at_offsets<T>(
        elements, values, offsets, [](T, T value) { return value; }, step);
  });
}

}  // namespace cutaway::cpu
