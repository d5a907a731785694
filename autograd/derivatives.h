// SPDX-License-Identifier: MIT
//
// The derivatives: every gradient of the library, by topic, each beside its forward call
// (derivatives_*.cpp). They are the Autograd column of the catalogue, and are put there by the
// first requires_grad_(): a program that never asks for a gradient never has them.
//
// PyTorch counterpart: tools/autograd/derivatives.yaml.
#pragma once

#include "../tensor/version.h"

namespace cutaway::inline v0_1::autograd {

/// Fills the Autograd column of the catalogue; does nothing the second time. Thread-safe.
void install_derivatives();

// One per file.
void install_activation_derivatives();
void install_arrange_derivatives();
void install_binary_derivatives();
void install_copy_derivatives();
void install_decompose_derivatives();
void install_gather_derivatives();
void install_index_derivatives();
void install_linalg_derivatives();
void install_nn_derivatives();
void install_pointwise_derivatives();
void install_random_derivatives();
void install_reduce_derivatives();
void install_scan_derivatives();
void install_sort_derivatives();
void install_spectral_derivatives();
void install_split_derivatives();
void install_statistics_derivatives();
void install_triangle_derivatives();
void install_unary_derivatives();
void install_view_derivatives();

}  // namespace cutaway::autograd
