// SPDX-License-Identifier: MIT
//
// Kernels that fill memory with numbers of the less common distributions. They work as those of
// random_fill.h do: out[0 .. n) is contiguous, the generator's mutex is held throughout, the
// numbers are PyTorch's (Note [Same random numbers as PyTorch], tensor/generator.h), and the caller
// has checked the parameters. All are computed in float64 and rounded to T at the end.
//
// T is a type of real numbers; geometric_fill also takes the integers.
// PyTorch counterpart: ATen/core/TransformationHelper.h, sample_poisson in
// ATen/native/Distributions.cpp.
#pragma once

#include <cstdint>

#include "../generator.h"

namespace cutaway::inline v0_1::cpu {

/// exponential_(lambda): density lambda exp(-lambda x) for x >= 0.
template <class T>
void exponential_fill(T* out, int64_t n, double lambda, Generator& generator);

/// geometric_(p): how many trials of probability p it takes to see the first success: 1, 2, ...
template <class T>
void geometric_fill(T* out, int64_t n, double p, Generator& generator);

/// log_normal_(mean, std): e to a normal number.
template <class T>
void log_normal_fill(T* out, int64_t n, double mean, double std, Generator& generator);

/// cauchy_(median, sigma): the tangent of an angle uniform in (-pi/2, pi/2), scaled and shifted.
template <class T>
void cauchy_fill(T* out, int64_t n, double median, double sigma, Generator& generator);

/// poisson(rate), with a rate for each element: the number of events in a time in which so many are
/// expected. Throws at the first rate below 0; the elements before it are drawn.
template <class T>
void poisson_fill(T* out, const T* rate, int64_t n, Generator& generator);

}  // namespace cutaway::cpu
