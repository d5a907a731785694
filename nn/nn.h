// SPDX-License-Identifier: MIT
//
// Everything in nn/, in reading order: what a module is, one layer with its initial weights, the
// functions behind the layers, then the other modules.
#pragma once

// clang-format off
#include "module.h"
#include "linear.h"
#include "init.h"
#include "functional.h"
#include "activation.h"
#include "flatten.h"
#include "container.h"
#include "loss.h"
