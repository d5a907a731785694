// SPDX-License-Identifier: MIT
//
// The inner step of a large normal_(): a block of 16 uniform numbers becomes 16 normal ones, by the
// method of G. E. P. Box and M. E. Muller (Ann. Math. Statist. 29, 1958):
//
//     u1 in (0, 1], u2 in [0, 1):   r = sqrt(-2 log u1),  t = 2 pi u2
//     r cos t and r sin t are two independent normal numbers.
//
// In a block x, the pair number j < 8 takes u1 = 1 - x[j] and u2 = x[j + 8] and leaves its two
// results in the same places, times std, plus mean (fused, one rounding).
//
// float32 follows PyTorch's AVX2 kernel to the last bit on every machine: log, sin and cos are the
// single-precision polynomials of S. L. Moshier's Cephes library, and every a * b + c in them is
// rounded once, as that kernel's compiler arranged it. float64 uses the C++ library's functions, so
// there an unusual library may differ in the last bit.
// PyTorch counterpart: NormalFill16 in ATen/native/cpu/DistributionTemplates.h.
#pragma once

#include <cstdint>

#include "../version.h"

namespace cutaway::inline v0_1::cpu {

/// Turns data[0 .. 16 * blocks), uniform in [0, 1), into normal numbers, block by block.
void normal_blocks(float* data, int64_t blocks, float mean, float std);
void normal_blocks(double* data, int64_t blocks, double mean, double std);

}  // namespace cutaway::cpu
