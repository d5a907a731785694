// SPDX-License-Identifier: MIT
//
// Everything in autograd/, in reading order: the graph (node) and who may listen to it (hooks),
// what a tensor knows of it (variable), how an op writes into it (record, saved_tensor), every
// gradient (derivatives_*.cpp), and who walks it (engine, accumulate_grad). In-place writes are a
// story of their own (inplace_view), and so is finding what went wrong (anomaly).
//
// PyTorch counterpart: torch/csrc/autograd/.
#pragma once

// clang-format off
#include "small_list.h"
#include "node.h"
#include "hooks.h"
#include "variable.h"
#include "accumulate_grad.h"
#include "saved_tensor_hooks.h"
#include "saved_tensor.h"
#include "grad_mode.h"
#include "inplace_view.h"
#include "record.h"
#include "derivatives.h"
#include "visits.h"
#include "engine.h"
#include "function.h"
#include "activation_checkpoint.h"
#include "jacobian.h"
#include "anomaly.h"
#include "gradcheck.h"
#include "profiler.h"
#include "graph_layout.h"
#include "graph.h"
