// SPDX-License-Identifier: MIT
//
// Everything in optim/, in reading order: what optimizers have in common, then each of them.
#pragma once

// clang-format off
#include "optimizer.h"
#include "sgd.h"
#include "adam.h"
