// SPDX-License-Identifier: MIT
//
// The catalogue: every op of the library, one row each. A row (catalogue_<topic>.cpp) names the
// schema, the public function that callers by name go through, and the CPU kernel:
//
//     constinit Binary mul{"mul(Tensor self, Tensor other) -> Tensor", cutaway::mul, cpu::mul};
//
// The names of the rows (op::mul) stand in catalogue_<topic>.h, for those who call them: ops_*.cpp
// through the dispatcher, autograd/ to add its column.
//
// Every row is constant-initialised: the table exists before the program starts, and no code runs
// to build it.
//
// PyTorch counterpart: aten/src/ATen/native/native_functions.yaml.
#pragma once

#include <string_view>

#include "catalogue_activation.h"
#include "catalogue_arrange.h"
#include "catalogue_binary.h"
#include "catalogue_bitwise.h"
#include "catalogue_compare.h"
#include "catalogue_copy.h"
#include "catalogue_create.h"
#include "catalogue_decompose.h"
#include "catalogue_gather.h"
#include "catalogue_index.h"
#include "catalogue_linalg.h"
#include "catalogue_mask.h"
#include "catalogue_nn.h"
#include "catalogue_optimizer.h"
#include "catalogue_pointwise.h"
#include "catalogue_random.h"
#include "catalogue_reduce.h"
#include "catalogue_scan.h"
#include "catalogue_sort.h"
#include "catalogue_split.h"
#include "catalogue_statistics.h"
#include "catalogue_triangle.h"
#include "catalogue_unary.h"
#include "catalogue_view.h"

namespace cutaway::inline v0_1 {

/// All rows, topic by topic.
ArrayRef<OpBase*> all_ops();
/// The row of that name ("max", "max.dim"), or null.
const OpBase* find_op(std::string_view name);

}  // namespace cutaway
