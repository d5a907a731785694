// SPDX-License-Identifier: MIT
//
// All CPU kernels that the catalogue names. A kernel may rely on what the public function checked:
// arguments are defined, shapes fit, dtypes are equal where the op promotes. It allocates its
// result, runs the loop, and knows nothing of autograd.
//
// PyTorch counterpart: ATen/native/cpu/.
#pragma once

#include "kernels_activation.h"
#include "kernels_arrange.h"
#include "kernels_binary.h"
#include "kernels_compare.h"
#include "kernels_copy.h"
#include "kernels_create.h"
#include "kernels_decompose.h"
#include "kernels_gather.h"
#include "kernels_index.h"
#include "kernels_linalg.h"
#include "kernels_mask.h"
#include "kernels_nn.h"
#include "kernels_optimizer.h"
#include "kernels_pointwise.h"
#include "kernels_random.h"
#include "kernels_reduce.h"
#include "kernels_scan.h"
#include "kernels_sort.h"
#include "kernels_statistics.h"
#include "kernels_triangle.h"
#include "kernels_unary.h"
#include "kernels_view.h"
