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

// One per file. Each has its functions in a namespace of its own, since they bear the names of ops:
// sort_derivatives::sort is what autograd does for sort.
// clang-format off
namespace activation_derivatives { void install(); }
namespace arrange_derivatives { void install(); }
namespace binary_derivatives { void install(); }
namespace copy_derivatives { void install(); }
namespace decompose_derivatives { void install(); }
namespace gather_derivatives { void install(); }
namespace index_derivatives { void install(); }
namespace linalg_derivatives { void install(); }
namespace nn_derivatives { void install(); }
namespace pointwise_derivatives { void install(); }
namespace random_derivatives { void install(); }
namespace reduce_derivatives { void install(); }
namespace scan_derivatives { void install(); }
namespace sort_derivatives { void install(); }
namespace spectral_derivatives { void install(); }
namespace split_derivatives { void install(); }
namespace statistics_derivatives { void install(); }
namespace triangle_derivatives { void install(); }
namespace unary_derivatives { void install(); }
namespace view_derivatives { void install(); }
// clang-format on

}  // namespace cutaway::autograd
