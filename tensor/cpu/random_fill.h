// SPDX-License-Identifier: MIT
//
// Kernels that fill memory with random numbers: out[0 .. n) is contiguous, of dtype T, and takes
// its values from `generator`, whose mutex is held from the first draw to the last. The numbers are
// PyTorch's, by the rules in Note [Same random numbers as PyTorch] (tensor/generator.h).
//
// A kernel does not check its arguments: the function that calls it has seen to n >= 0, from <= to,
// std >= 0 and 0 <= p <= 1. Checked here are the range of integer_range, because its rules belong
// to dtypes, and the probabilities of bernoulli_each_fill, one by one as they are met. For memory
// that is not contiguous, fill a buffer and copy it in the order the Note gives; normal_ then takes
// normal_fill_one_by_one.
//
// T is a type of real numbers for uniform and normal, and any of the library's dtypes for the
// others. PyTorch counterpart: ATen/native/cpu/DistributionTemplates.h, randperm_cpu.
// The other distributions are in distribution_fill.h.
#pragma once

#include <cstdint>
#include <optional>

#include "../generator.h"
#include "../half.h"

namespace cutaway::inline v0_1::cpu {

/// uniform_(from, to): real numbers in [from, to).
template <class T>
void uniform_fill(T* out, int64_t n, double from, double to, Generator& generator);

/// normal_(mean, std) of a contiguous tensor: by blocks from 16 elements on.
template <class T>
void normal_fill(T* out, int64_t n, double mean, double std, Generator& generator);
template <>
void normal_fill(Half* out, int64_t n, double mean, double std, Generator& generator);
template <>
void normal_fill(BFloat16* out, int64_t n, double mean, double std, Generator& generator);

/// normal_(mean, std) of any other tensor: one by one, whatever n.
template <class T>
void normal_fill_one_by_one(T* out, int64_t n, double mean, double std, Generator& generator);

/// random_(): integers from 0 to the largest of T (for floats: to 2^24 or 2^53, inclusive).
template <class T>
void random_fill(T* out, int64_t n, Generator& generator);

/// The integers first, first + 1, ..., first + count - 1. A count of 0 stands for 2^64.
struct IntegerRange {
  int64_t first;
  uint64_t count;
};

/// The range of random_(from, to) for T; without `to` it goes up to the largest of T. Throws
/// PyTorch's errors for an empty range and for bounds that T cannot hold.
template <class T>
IntegerRange integer_range(int64_t from, std::optional<int64_t> to);

/// random_(from, to), randint: integers of `range`.
template <class T>
void random_from_to_fill(T* out, int64_t n, IntegerRange range, Generator& generator);

/// randperm(n): the numbers 0 .. n - 1, shuffled.
void randperm_fill(int64_t* out, int64_t n, Generator& generator);

/// bernoulli_(p): 1 with probability p, else 0. Dropout's masks are bernoulli_(1 - p).
template <class T>
void bernoulli_fill(T* out, int64_t n, double p, Generator& generator);

/// bernoulli_(p) with a probability for each element. P: float or double. Throws at the first that
/// is not in [0, 1]; the elements before it are drawn.
template <class T, class P>
void bernoulli_each_fill(T* out, const P* p, int64_t n, Generator& generator);

}  // namespace cutaway::cpu
