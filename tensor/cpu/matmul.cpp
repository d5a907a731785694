// SPDX-License-Identifier: MIT
//
// Kernels of the matrix products: each but addr hands pointers and strides to gemm.
#include <algorithm>

#include "../destination.h"
#include "../dtype.h"
#include "../factories.h"
#include "../ops_compare.h"
#include "../ops_pointwise.h"
#include "../parallel.h"
#include "gemm.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {

/// The matrix in the last two dimensions of a tensor.
template <class T, class Element>
static MatrixView<Element> matrix(const Tensor& tensor, Element* data) {
  return {data, tensor.stride(-2), tensor.stride(-1)};
}
template <class T>
static MatrixView<const T> input(const Tensor& tensor, int64_t offset = 0) {
  return matrix<T, const T>(tensor, tensor.data<T>() + (tensor.numel() == 0 ? 0 : offset));
}
template <class T>
static MatrixView<T> output(const Tensor& tensor, int64_t offset = 0) {
  return matrix<T, T>(tensor, tensor.data<T>() + (tensor.numel() == 0 ? 0 : offset));
}

Tensor mm(const Tensor& self, const Tensor& mat2) {
  const int64_t m = self.sizes()[0], k = self.sizes()[1], n = mat2.sizes()[1];
  Tensor result = room_for({m, n}, self.dtype());
  visit_numeric(self.dtype(), "addmm_impl_cpu_", [&]<class T>(TypeTag<T>) {
    gemm<T>(m, n, k, T(1), input<T>(self), input<T>(mat2), T(0), output<T>(result));
  });
  return result;
}

Tensor addmm(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta,
             const Scalar& alpha) {
  const int64_t m = mat1.sizes()[0], k = mat1.sizes()[1], n = mat2.sizes()[1];
  Tensor result = room_for({m, n}, mat1.dtype());
  // The result starts as self, which gemm scales and adds to; with beta = 0 self is not even read.
  if (!beta.equals(0)) cpu::copy_(result, self);
  visit_numeric(mat1.dtype(), "addmm_impl_cpu_", [&]<class T>(TypeTag<T>) {
    gemm<T>(m, n, k, alpha.to<T>(), input<T>(mat1), input<T>(mat2), beta.to<T>(),
            output<T>(result));
  });
  return result;
}

/// x times a number, which for bools is one.
static Tensor scaled(const Tensor& x, const Scalar& factor) {
  if (factor.equals(1)) return x;
  return x.dtype() == kBool ? x * Scalar(!factor.equals(0)) : x * factor;
}

// Nothing is summed: each element is one product, which the pointwise ops know for every dtype.
Tensor addr(const Tensor& self, const Tensor& vec1, const Tensor& vec2, const Scalar& beta,
            const Scalar& alpha) {
  const Tensor start = cpu::expand(self, {vec1.sizes()[0], vec2.sizes()[0]});
  const Tensor product = scaled(vec1, alpha).unsqueeze(1) * vec2;
  // With beta = 0 self decides how the result lies in memory, but its values have no say.
  if (beta.equals(0)) return cutaway::where(zeros({}, kBool), start, product);
  return scaled(start, beta) + product;
}

Tensor bmm(const Tensor& self, const Tensor& mat2) {
  const int64_t batch = self.sizes()[0];
  const int64_t m = self.sizes()[1], k = self.sizes()[2], n = mat2.sizes()[2];
  Tensor result = room_for({batch, m, n}, self.dtype());
  visit_numeric(self.dtype(), "bmm", [&]<class T>(TypeTag<T>) {
    // Several threads each take whole products where there are enough of them; a gemm inside one
    // runs inline. A single product is shared out by gemm itself.
    const int64_t work = m * n * k;
    const int64_t grain = work > 0 ? std::max<int64_t>(1, 200000 / work) : batch;
    parallel_for(0, batch, grain, [&](int64_t begin, int64_t end) {
      for (int64_t b = begin; b < end; ++b) {
        gemm<T>(m, n, k, T(1), input<T>(self, b * self.strides()[0]),
                input<T>(mat2, b * mat2.strides()[0]), T(0),
                output<T>(result, b * result.strides()[0]));
      }
    });
  });
  return result;
}

Tensor baddbmm(const Tensor& self, const Tensor& batch1, const Tensor& batch2, const Scalar& beta,
               const Scalar& alpha) {
  const int64_t batch = batch1.sizes()[0];
  const int64_t m = batch1.sizes()[1], k = batch1.sizes()[2], n = batch2.sizes()[2];
  Tensor result = room_for({batch, m, n}, batch1.dtype());
  if (!beta.equals(0)) cpu::copy_(result, self);  // as addmm
  visit_numeric(batch1.dtype(), "baddbmm", [&]<class T>(TypeTag<T>) {
    const int64_t work = m * n * k;
    const int64_t grain = work > 0 ? std::max<int64_t>(1, 200000 / work) : batch;
    parallel_for(0, batch, grain, [&](int64_t begin, int64_t end) {
      for (int64_t b = begin; b < end; ++b) {
        gemm<T>(m, n, k, alpha.to<T>(), input<T>(batch1, b * batch1.strides()[0]),
                input<T>(batch2, b * batch2.strides()[0]), beta.to<T>(),
                output<T>(result, b * result.strides()[0]));
      }
    });
  });
  return result;
}

Tensor addmv(const Tensor& self, const Tensor& mat, const Tensor& vec, const Scalar& beta,
             const Scalar& alpha) {
  const int64_t m = mat.sizes()[0], k = mat.sizes()[1];
  Tensor result = dense_room_for(m, mat.dtype());
  if (!beta.equals(0)) cpu::copy_(result, self);
  visit_numeric(mat.dtype(), "addmv_impl_cpu", [&]<class T>(TypeTag<T>) {
    const MatrixView<const T> column = {vec.data<T>(), vec.strides()[0], 1};
    gemm<T>(m, 1, k, alpha.to<T>(), input<T>(mat), column, beta.to<T>(), {result.data<T>(), 1, 1});
  });
  return result;
}

Tensor mv(const Tensor& self, const Tensor& vec) {
  const int64_t m = self.sizes()[0], k = self.sizes()[1];
  Tensor result = dense_room_for(m, self.dtype());
  visit_numeric(self.dtype(), "addmv_impl_cpu", [&]<class T>(TypeTag<T>) {
    const MatrixView<const T> column = {vec.data<T>(), vec.strides()[0], 1};
    gemm<T>(m, 1, k, T(1), input<T>(self), column, T(0), {result.data<T>(), 1, 1});
  });
  return result;
}

Tensor dot(const Tensor& self, const Tensor& other) {
  const int64_t k = self.numel();
  Tensor result = dense_room_for(IntArrayRef(), self.dtype());
  visit_numeric(self.dtype(), "dot", [&]<class T>(TypeTag<T>) {
    const MatrixView<const T> row = {self.data<T>(), 1, self.strides()[0]};
    const MatrixView<const T> column = {other.data<T>(), other.strides()[0], 1};
    gemm<T>(1, 1, k, T(1), row, column, T(0), {result.data<T>(), 1, 1});
  });
  return result;
}

}  // namespace cutaway::cpu
