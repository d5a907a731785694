// SPDX-License-Identifier: MIT
#include "derivatives.h"

namespace cutaway::inline v0_1::autograd {

void install_derivatives() {
  static const bool installed = [] {
    install_activation_derivatives();
    install_arrange_derivatives();
    install_binary_derivatives();
    install_copy_derivatives();
    install_decompose_derivatives();
    install_gather_derivatives();
    install_index_derivatives();
    install_linalg_derivatives();
    install_nn_derivatives();
    install_pointwise_derivatives();
    install_random_derivatives();
    install_reduce_derivatives();
    install_scan_derivatives();
    install_sort_derivatives();
    install_spectral_derivatives();
    install_split_derivatives();
    install_statistics_derivatives();
    install_triangle_derivatives();
    install_unary_derivatives();
    install_view_derivatives();
    return true;
  }();
  static_cast<void>(installed);
}

}  // namespace cutaway::autograd
