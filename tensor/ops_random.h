// SPDX-License-Identifier: MIT
//
// Random numbers, equal to PyTorch's for the same seed (see Note [Same random numbers as PyTorch]
// in generator.h). A null generator means the default one, which manual_seed(seed) seeds.
//
// PyTorch counterpart: ATen/native/Distributions.cpp, torch.rand, torch.randn, ...
#pragma once

#include "generator.h"
#include "tensor.h"

namespace cutaway {

/// Every element uniform in [from, to). Floating point only.
const Tensor& uniform_(const Tensor& self, double from = 0, double to = 1,
                       Generator* generator = nullptr);
/// Every element from the normal distribution. Throws "normal expects std >= 0.0, but found std
/// -1".
const Tensor& normal_(const Tensor& self, double mean = 0, double std = 1,
                      Generator* generator = nullptr);
/// Every element a whole number in [from, to).
const Tensor& random_(const Tensor& self, int64_t from, int64_t to, Generator* generator = nullptr);

/// Uniform in [0, 1).
Tensor rand(IntArrayRef size, std::optional<DType> dtype = {}, Generator* generator = nullptr);
/// Normal with mean 0 and variance 1.
Tensor randn(IntArrayRef size, std::optional<DType> dtype = {}, Generator* generator = nullptr);
/// Whole numbers in [low, high); int64 unless told.
Tensor randint(int64_t low, int64_t high, IntArrayRef size, std::optional<DType> dtype = {},
               Generator* generator = nullptr);
inline Tensor randint(int64_t high, IntArrayRef size, std::optional<DType> dtype = {},
                      Generator* generator = nullptr) {
  return randint(0, high, size, dtype, generator);
}
/// A random order of 0 .. n-1; int64 unless told.
Tensor randperm(int64_t n, std::optional<DType> dtype = {}, Generator* generator = nullptr);

}  // namespace cutaway
