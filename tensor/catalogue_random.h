// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: random numbers.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> random_rows();

namespace op {

extern Op<const Tensor&(const Tensor&, double, double, Generator*)> uniform_, normal_, log_normal_,
    cauchy_;
extern Op<const Tensor&(const Tensor&, Generator*)> random_;
extern Op<const Tensor&(const Tensor&, int64_t, Generator*)> random_to_;
extern Op<const Tensor&(const Tensor&, int64_t, std::optional<int64_t>, Generator*)> random_from_;
extern Op<const Tensor&(const Tensor&, double, Generator*)> bernoulli_float_, exponential_,
    geometric_;
extern Op<const Tensor&(const Tensor&, const Tensor&, Generator*)> bernoulli_tensor_;
extern Op<Tensor(IntArrayRef, std::optional<DType>, Generator*)> rand, randn;
extern Op<Tensor(int64_t, IntArrayRef, std::optional<DType>, Generator*)> randint;
extern Op<Tensor(int64_t, int64_t, IntArrayRef, std::optional<DType>, Generator*)> randint_low;
extern Op<Tensor(int64_t, std::optional<DType>, Generator*)> randperm;
extern Op<Tensor(const Tensor&, std::optional<DType>, Generator*)> rand_like, randn_like;
extern Op<Tensor(const Tensor&, int64_t, std::optional<DType>, Generator*)> randint_like;
extern Op<Tensor(const Tensor&, int64_t, int64_t, std::optional<DType>, Generator*)>
    randint_like_low;
extern Op<Tensor(const Tensor&, const Tensor&, std::optional<DType>, Generator*)>
    randint_like_tensor;
extern Op<Tensor(const Tensor&, double, Generator*)> normal_tensor_float, bernoulli_p;
extern Op<Tensor(double, const Tensor&, Generator*)> normal_float_tensor;
extern Op<Tensor(const Tensor&, const Tensor&, Generator*)> normal_tensor_tensor;
extern Op<Tensor(double, double, IntArrayRef, std::optional<DType>, Generator*)> normal_float_float;
extern Op<Tensor(const Tensor&, Generator*)> bernoulli, poisson;
extern Op<Tensor(const Tensor&, int64_t, bool, Generator*)> multinomial;
extern Op<Tensor(const Tensor&, double, bool)> dropout, feature_dropout, alpha_dropout,
    feature_alpha_dropout;
extern Op<const Tensor&(const Tensor&, double, bool)> dropout_, feature_dropout_, alpha_dropout_,
    feature_alpha_dropout_;

}  // namespace op
}  // namespace cutaway
