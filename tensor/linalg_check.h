// SPDX-License-Identifier: MIT
//
// What the functions of linear algebra ask of their arguments, in PyTorch's words. `name` is the
// function's name in messages: "linalg.inv".
#pragma once

#include "check.h"
#include "tensor.h"

namespace cutaway::inline v0_1 {

/// At least two dimensions.
void check_matrix(const char* name, const Tensor& a);
/// The same, and the last two are equal.
void check_square(const char* name, const Tensor& a);
/// A floating-point tensor; float16 and bfloat16 are refused later, by the kernel.
void check_float(const char* name, const Tensor& a);
/// float32 or float64, at once.
void check_full_precision(const char* name, const Tensor& a);
/// What the older functions (cholesky_solve, triangular_solve) ask of A X = B.
void check_old_system(const char* name, const Tensor& b, const Tensor& a);
/// Bools have no product, but where a or b is empty none is computed, and nothing is refused.
void check_not_bool(const Tensor& a, const Tensor& b, const char* kernel);
/// That integer matrices can be multiplied by these.
void check_factors_fit(DType dtype, const Scalar& beta, const Scalar& alpha);
/// Whether addmm and its kin have no product to add to `self`, an integer or bool tensor.
bool lacks_product(const Tensor& self, const Tensor& a, const Tensor& b);
/// What is then left of them: beta * self in `sizes`, and alpha is not looked at. Throws where beta
/// would make another dtype of it: 2.5 of integers, 1 of bools ("result type Float can't be cast to
/// the desired output type Int"), unless the result is empty.
Tensor without_product(const Tensor& self, IntArrayRef sizes, const Scalar& beta);
/// Index of the first matrix of a batch that `info` says has failed, or nothing.
std::optional<int64_t> first_failure(const Tensor& info);
/// "(Batch element 3): ", or nothing for a single matrix.
std::string batch_element(const Tensor& info, int64_t index);

/// Throws a Kind "name: (Batch element 1): " and what explain(info of that matrix) says, unless all
/// of info is zero.
template <class Kind = LinAlgError, class Explain>
void check_info(const char* name, const Tensor& info, const Explain& explain) {
  if (const std::optional<int64_t> failed = first_failure(info)) {
    const int64_t where = info.data<int32_t>()[*failed];
    detail::fail<Kind>(name, ": ", batch_element(info, *failed), explain(where));
  }
}

/// "name: The solver failed because the input matrix is singular."
void check_solved(const char* name, const Tensor& info);
/// "name: The diagonal element 2 is zero, the inversion could not be completed ..."
void check_inverted(const char* name, const Tensor& info);
/// "name: ... the input is not positive-definite ..."
void check_definite(const char* name, const Tensor& info);

}  // namespace cutaway
