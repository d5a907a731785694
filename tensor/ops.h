// SPDX-License-Identifier: MIT
//
// All public functions on tensors, topic by topic. Each checks its arguments, works out what the
// result must be, and calls its row of the catalogue.
#pragma once

#include "einsum.h"
#include "factories.h"
#include "ops_advanced_index.h"
#include "ops_arrange.h"
#include "ops_copy.h"
#include "ops_decompose.h"
#include "ops_gather.h"
#include "ops_index.h"
#include "ops_join.h"
#include "ops_linalg.h"
#include "ops_mask.h"
#include "ops_nn.h"
#include "ops_pad.h"
#include "ops_pointwise.h"
#include "ops_product.h"
#include "ops_random.h"
#include "ops_reduce.h"
#include "ops_search.h"
#include "ops_sort.h"
#include "ops_triangle.h"
#include "views.h"
#include "views_inplace.h"
#include "views_split.h"
