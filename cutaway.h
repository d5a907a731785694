// SPDX-License-Identifier: MIT
//
// All of Cutaway: tensors, autograd, modules, optimizers, files. The folders one by one:
// tensor/all.h, autograd/autograd.h, nn/nn.h, optim/optim.h, io/io.h.
#pragma once

#include "autograd/autograd.h"
#include "io/io.h"
#include "nn/nn.h"
#include "optim/optim.h"
#include "tensor/all.h"
