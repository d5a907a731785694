// SPDX-License-Identifier: MIT
//
// The catalogue: every op of the library, one row each. The rows (schema and CPU kernel) stand in
// catalogue.cpp; here are their names, for those who call them: ops_*.cpp through the dispatcher,
// autograd/ to add its column.
//
// PyTorch counterpart: aten/src/ATen/native/native_functions.yaml.
#pragma once

#include <string_view>
#include <tuple>

#include "dispatch.h"

namespace cutaway {

/// All rows, in the order of the catalogue.
ArrayRef<OpBase*> all_ops();
/// The row of that name, or null.
const OpBase* find_op(std::string_view name);

namespace op {

// Signatures that many rows share.
using Unary = Op<Tensor(const Tensor&)>;
using Binary = Op<Tensor(const Tensor&, const Tensor&)>;
using BinaryAlpha = Op<Tensor(const Tensor&, const Tensor&, const Scalar&)>;
using UnaryInplace = Op<const Tensor&(const Tensor&)>;
using BinaryInplace = Op<const Tensor&(const Tensor&, const Tensor&)>;
using BinaryAlphaInplace = Op<const Tensor&(const Tensor&, const Tensor&, const Scalar&)>;

// Creating
extern Op<Tensor(IntArrayRef, std::optional<DType>)> empty, zeros, ones;
extern Op<Tensor(IntArrayRef, IntArrayRef, std::optional<DType>)> empty_strided;
extern Op<Tensor(IntArrayRef, const Scalar&, std::optional<DType>)> full;
extern Op<Tensor(const Scalar&, const Scalar&, const Scalar&, std::optional<DType>)> arange;
extern Op<Tensor(const Tensor&, std::optional<DType>)> empty_like, zeros_like, ones_like;
extern Op<Tensor(const Tensor&, const Scalar&, std::optional<DType>)> full_like;

// Random
extern Op<const Tensor&(const Tensor&, double, double, Generator*)> uniform_, normal_;
extern Op<const Tensor&(const Tensor&, int64_t, int64_t, Generator*)> random_;
extern Op<Tensor(IntArrayRef, std::optional<DType>, Generator*)> rand, randn;
extern Op<Tensor(int64_t, int64_t, IntArrayRef, std::optional<DType>, Generator*)> randint;
extern Op<Tensor(int64_t, std::optional<DType>, Generator*)> randperm;

// Copying
extern BinaryInplace copy_;
extern Op<const Tensor&(const Tensor&, const Scalar&)> fill_;
extern UnaryInplace zero_;
extern Unary clone, contiguous, detach;
extern Op<Tensor(const Tensor&, DType)> to_copy;

// Views
extern Op<Tensor(const Tensor&, IntArrayRef)> view, reshape, permute, expand;
extern Op<Tensor(const Tensor&, int64_t, int64_t)> transpose, flatten, select;
extern Unary t, squeeze;
extern Op<Tensor(const Tensor&, int64_t)> squeeze_dim, unsqueeze;
extern Op<Tensor(const Tensor&, int64_t, int64_t, int64_t, int64_t)> slice;
extern Op<Tensor(const Tensor&, int64_t, int64_t, int64_t)> narrow;
extern Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef, int64_t)> as_strided;

// Pointwise
extern BinaryAlpha add, sub;
extern Binary mul, div, pow;
extern Op<Tensor(const Tensor&, const Scalar&)> pow_scalar;
extern Unary neg, exp, log, sqrt, relu;
extern Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> threshold_backward;
extern Binary eq, ne, lt, le, gt, ge;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> where;
extern BinaryAlphaInplace add_, sub_;
extern BinaryInplace mul_, div_;
extern UnaryInplace neg_, exp_, sqrt_, relu_;
extern Op<bool(const Tensor&, const Tensor&)> equal;

// Reductions. An empty list of dims means all of them.
extern Op<Tensor(const Tensor&, IntArrayRef, bool, std::optional<DType>)> sum, mean;
extern Unary max;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, bool)> max_dim;
extern Op<Tensor(const Tensor&, std::optional<int64_t>, bool)> argmax;

// Linear algebra
extern Binary mm, bmm, mv, dot, matmul;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const Scalar&, const Scalar&)> addmm;

// Indexing and joining
extern Op<Tensor(const Tensor&, int64_t, const Tensor&)> index_select;
extern Op<Tensor(const Tensor&, int64_t, const Tensor&, const Tensor&, const Scalar&)> index_add;
extern Op<Tensor(TensorList, int64_t)> cat, stack;
extern Op<Tensor(const Tensor&, IntArrayRef, int64_t, int64_t)> select_backward;
extern Op<Tensor(const Tensor&, IntArrayRef, int64_t, int64_t, int64_t, int64_t)> slice_backward;
extern Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef, IntArrayRef, int64_t)>
    as_strided_backward;

// Softmax and losses
extern Op<Tensor(const Tensor&, int64_t)> log_softmax;
extern Op<Tensor(const Tensor&, const Tensor&, int64_t)> log_softmax_backward;
extern Op<std::tuple<Tensor, Tensor>(const Tensor&, const Tensor&, const std::optional<Tensor>&,
                                     int64_t, int64_t)>
    nll_loss_forward;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const std::optional<Tensor>&, int64_t,
                 int64_t, const Tensor&)>
    nll_loss_backward;

// One step of an optimizer in one pass over the memory
extern Op<const Tensor&(const Tensor&, const Tensor&, const std::optional<Tensor>&, double, double,
                        double, double, bool, bool, bool)>
    fused_sgd_;
extern Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&, const Tensor&,
                        const std::optional<Tensor>&, int64_t, double, double, double, double,
                        double, bool, bool)>
    fused_adam_;

}  // namespace op
}  // namespace cutaway
