// SPDX-License-Identifier: MIT
//
// Random numbers, equal to PyTorch's for the same seed (see Note [Same random numbers as PyTorch]
// in generator.h). A null generator means the default one, which manual_seed(seed) seeds.
//
// Everything that is drawn in place (name_) loses its gradient: the old values no longer matter.
// PyTorch counterpart: ATen/native/Distributions.cpp, Dropout.cpp, torch.rand, torch.randn, ...
#pragma once

#include "generator.h"
#include "tensor.h"

namespace cutaway::inline v0_1 {

// ---- In place ----

/// Every element uniform in [from, to). Floating point only.
const Tensor& uniform_(const Tensor& self, double from = 0, double to = 1,
                       Generator* generator = nullptr);
/// Every element from the normal distribution. Throws "normal expects std >= 0.0, but found std
/// -1".
const Tensor& normal_(const Tensor& self, double mean = 0, double std = 1,
                      Generator* generator = nullptr);
/// Every element a whole number from 0 to the largest of the dtype (of floats: up to which none is
/// missing).
const Tensor& random_(const Tensor& self, Generator* generator = nullptr);
/// Every element a whole number in [0, to).
const Tensor& random_(const Tensor& self, int64_t to, Generator* generator = nullptr);
/// Every element a whole number in [from, to); without `to`, up to the largest of the dtype.
const Tensor& random_(const Tensor& self, int64_t from, std::optional<int64_t> to,
                      Generator* generator = nullptr);
inline const Tensor& random_(const Tensor& self, int64_t from, int64_t to,
                             Generator* generator = nullptr) {
  return random_(self, from, std::optional<int64_t>(to), generator);
}
/// Every element 1 with probability p, else 0. Any dtype.
const Tensor& bernoulli_(const Tensor& self, double p = 0.5, Generator* generator = nullptr);
/// The same with a probability for each element; p is floating point and broadcasts to self.
const Tensor& bernoulli_(const Tensor& self, const Tensor& p, Generator* generator = nullptr);
/// Density lambd exp(-lambd x). Floating point only, lambd > 0.
const Tensor& exponential_(const Tensor& self, double lambd = 1, Generator* generator = nullptr);
/// How many trials it takes to see the first success, each having probability p in (0, 1). Any
/// dtype but bool.
const Tensor& geometric_(const Tensor& self, double p, Generator* generator = nullptr);
/// exp of a normal number. Floating point only, std > 0.
const Tensor& log_normal_(const Tensor& self, double mean = 1, double std = 2,
                          Generator* generator = nullptr);
/// Density sigma / pi / ((x - median)^2 + sigma^2). Floating point only, sigma > 0.
const Tensor& cauchy_(const Tensor& self, double median = 0, double sigma = 1,
                      Generator* generator = nullptr);

// ---- New tensors ----

/// Uniform in [0, 1).
Tensor rand(IntArrayRef size, std::optional<DType> dtype = {}, Generator* generator = nullptr);
/// Normal with mean 0 and variance 1.
Tensor randn(IntArrayRef size, std::optional<DType> dtype = {}, Generator* generator = nullptr);
/// Whole numbers in [low, high); int64 unless told.
Tensor randint(int64_t low, int64_t high, IntArrayRef size, std::optional<DType> dtype = {},
               Generator* generator = nullptr);
/// Whole numbers in [0, high).
Tensor randint(int64_t high, IntArrayRef size, std::optional<DType> dtype = {},
               Generator* generator = nullptr);
/// A random order of 0 .. n-1; int64 unless told.
Tensor randperm(int64_t n, std::optional<DType> dtype = {}, Generator* generator = nullptr);

/// As rand, randn and randint; shape, dtype unless told, and layout where self is dense, as self's.
Tensor rand_like(const Tensor& self, std::optional<DType> dtype = {},
                 Generator* generator = nullptr);
Tensor randn_like(const Tensor& self, std::optional<DType> dtype = {},
                  Generator* generator = nullptr);
Tensor randint_like(const Tensor& self, int64_t low, int64_t high, std::optional<DType> dtype = {},
                    Generator* generator = nullptr);
Tensor randint_like(const Tensor& self, int64_t high, std::optional<DType> dtype = {},
                    Generator* generator = nullptr);
/// `high` is a 0-d tensor.
Tensor randint_like(const Tensor& self, const Tensor& high, std::optional<DType> dtype = {},
                    Generator* generator = nullptr);

/// Normal numbers, each with its own mean, or deviation, or both, which broadcast. The result is
/// contiguous and has the dtype of `mean`, if that is a tensor, else of `std`.
Tensor normal(const Tensor& mean, double std = 1, Generator* generator = nullptr);
Tensor normal(double mean, const Tensor& std, Generator* generator = nullptr);
Tensor normal(const Tensor& mean, const Tensor& std, Generator* generator = nullptr);
Tensor normal(double mean, double std, IntArrayRef size, std::optional<DType> dtype = {},
              Generator* generator = nullptr);

/// 1 with probability self[i], else 0: shape and dtype of self, contiguous.
Tensor bernoulli(const Tensor& self, Generator* generator = nullptr);
/// 1 with probability p, else 0: shape and dtype of self, contiguous.
Tensor bernoulli(const Tensor& self, double p, Generator* generator = nullptr);
/// The number of events where self[i] are expected: shape and dtype of self, contiguous.
Tensor poisson(const Tensor& self, Generator* generator = nullptr);
/// num_samples categories for each row of self, (N, C) -> (N, S) or (C) -> (S), int64; category c
/// with a probability in proportion to self[n][c]. Without replacement no category comes twice.
Tensor multinomial(const Tensor& self, int64_t num_samples, bool replacement = false,
                   Generator* generator = nullptr);

// ---- Dropout ----
//
// N. Srivastava et al.: Dropout: a simple way to prevent neural networks from overfitting (2014).

/// In training, every element 0 with probability p, else divided by 1 - p, so that its expected
/// value stays; otherwise the input itself.
Tensor dropout(const Tensor& input, double p, bool train);
const Tensor& dropout_(const Tensor& self, double p, bool train);
/// Drops whole channels: one number decides for all of input[n][c].
Tensor feature_dropout(const Tensor& input, double p, bool train);
const Tensor& feature_dropout_(const Tensor& self, double p, bool train);
/// Sets elements to the value SELU saturates at, then scales and shifts, so that mean and variance
/// stay. G. Klambauer et al.: Self-normalizing neural networks (2017).
Tensor alpha_dropout(const Tensor& input, double p, bool train);
const Tensor& alpha_dropout_(const Tensor& self, double p, bool train);
Tensor feature_alpha_dropout(const Tensor& input, double p, bool train);
const Tensor& feature_alpha_dropout_(const Tensor& self, double p, bool train);

}  // namespace cutaway
