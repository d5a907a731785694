// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: functions of one tensor.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> unary_rows();

namespace op {

extern Unary exp, exp2, expm1, log, log2, log10, log1p, sqrt, rsqrt, reciprocal, sin, cos, tan,
    asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh, sinc, deg2rad, rad2deg, erf, erfc,
    erfinv, lgamma, digamma, i0, sigmoid, neg, abs, sign, ceil, floor, trunc, round, frac,
    special_i1, positive, signbit, square, absolute, negative, fix, sgn, arcsin, arccos, arctan,
    arcsinh, arccosh, arctanh;
extern UnaryInplace exp_, exp2_, expm1_, log_, log2_, log10_, log1p_, sqrt_, rsqrt_, reciprocal_,
    sin_, cos_, tan_, asin_, acos_, atan_, sinh_, cosh_, tanh_, asinh_, acosh_, atanh_, sinc_,
    deg2rad_, rad2deg_, erf_, erfc_, erfinv_, lgamma_, digamma_, i0_, sigmoid_, neg_, abs_, sign_,
    ceil_, floor_, trunc_, round_, frac_, square_, absolute_, negative_, fix_, sgn_, arcsin_,
    arccos_, arctan_, arcsinh_, arccosh_, arctanh_;
extern Op<Tensor(int64_t, const Tensor&)> polygamma;
extern Op<const Tensor&(const Tensor&, int64_t)> polygamma_, round_decimals_;
extern Op<Tensor(const Tensor&, int64_t)> mvlgamma, round_decimals;
extern Op<Tensor(const Tensor&, std::optional<double>)> logit;
extern Op<const Tensor&(const Tensor&, std::optional<double>)> logit_;
extern Op<Tensor(const Tensor&, std::optional<double>, std::optional<double>,
                 std::optional<double>)>
    nan_to_num;
extern Op<const Tensor&(const Tensor&, std::optional<double>, std::optional<double>,
                        std::optional<double>)>
    nan_to_num_;

}  // namespace op
}  // namespace cutaway
