// SPDX-License-Identifier: MIT
#include "derivatives.h"

namespace cutaway::inline v0_1::autograd {

void install_derivatives() {
  static const bool installed = [] {
    activation_derivatives::install();
    arrange_derivatives::install();
    binary_derivatives::install();
    copy_derivatives::install();
    decompose_derivatives::install();
    gather_derivatives::install();
    index_derivatives::install();
    linalg_derivatives::install();
    nn_derivatives::install();
    pointwise_derivatives::install();
    random_derivatives::install();
    reduce_derivatives::install();
    scan_derivatives::install();
    sort_derivatives::install();
    spectral_derivatives::install();
    split_derivatives::install();
    statistics_derivatives::install();
    triangle_derivatives::install();
    unary_derivatives::install();
    view_derivatives::install();
    return true;
  }();
  static_cast<void>(installed);
}

}  // namespace cutaway::autograd
