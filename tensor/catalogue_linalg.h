// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: linear algebra.
#pragma once

#include <string_view>

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> linalg_rows();

namespace op {

extern Binary mm, bmm, mv, dot, matmul;
using ProductAndSum =
    Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const Scalar&, const Scalar&)>;
using ProductAndSumInplace =
    Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&, const Scalar&, const Scalar&)>;
extern ProductAndSum addmm, baddbmm, addbmm, addmv, addr;
extern ProductAndSumInplace addmm_, baddbmm_, addbmm_, addmv_, addr_;
extern Binary outer, ger, inner, vdot, kron;
extern Op<Tensor(const Tensor&, const Tensor&, IntArrayRef, IntArrayRef)> tensordot;
extern Op<Tensor(TensorList)> linalg_multi_dot, chain_matmul;
extern Op<Tensor(std::string_view, TensorList, std::optional<IntArrayRef>)> einsum;
extern Unary trace;
extern Op<Tensor(const Tensor&, const Tensor&, int64_t)> linalg_cross;
extern Op<Tensor(const Tensor&, const Tensor&, std::optional<int64_t>)> cross;
extern Op<Tensor(const Tensor&, const Tensor&, double, std::optional<int64_t>)> cdist,
    cdist_forward;
extern Op<Tensor(const Tensor&, int64_t)> matrix_power, linalg_matrix_power;

}  // namespace op
}  // namespace cutaway
