// SPDX-License-Identifier: MIT
//
// All of tensor/, in reading order: what a tensor is made of, who runs an op, the ops themselves,
// and the machinery below them.
#pragma once

// clang-format off
// What a tensor is.
#include "check.h"
#include "dtype.h"
#include "scalar.h"
#include "shape.h"
#include "allocator.h"
#include "live_count.h"
#include "storage.h"
#include "inference_mode.h"
#include "tensor_impl.h"
#include "tensor.h"
#include "state_dict.h"

// Who runs an op.
#include "dispatch_key.h"
#include "dispatch.h"
#include "catalogue.h"
#include "observe.h"
#include "trace.h"

// The ops, topic by topic.
#include "ops.h"
#include "out.h"
#include "linalg.h"
#include "indexing.h"
#include "printing.h"
#include "describe.h"

// What the kernels stand on.
#include "destination.h"
#include "loops.h"
#include "memory_format.h"
#include "parallel.h"
#include "generator.h"
#include "type_name.h"
#include "version.h"
// clang-format on
