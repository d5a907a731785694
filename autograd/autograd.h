// SPDX-License-Identifier: MIT
//
// Everything in autograd/, in reading order: the graph, what a tensor knows of it, how ops write it,
// how backward() walks it.
#pragma once

// clang-format off: reading order, not alphabetical
#include "node.h"
#include "variable.h"
#include "accumulate_grad.h"
#include "saved_tensor.h"
#include "grad_mode.h"
#include "inplace_view.h"
#include "record.h"
#include "derivatives.h"
#include "engine.h"
#include "gradcheck.h"
