// SPDX-License-Identifier: MIT
//
// All of io/, in reading order: files, checkpoints, data sets.
#pragma once

// clang-format off

// Bytes and files.
#include "bytes.h"
#include "file.h"
#include "checksum.h"
#include "inflate.h"

// Checkpoints.
#include "checkpoint.h"
#include "checkpoint_layout.h"

// Data sets, and the way from a data set to batches.
#include "data/dataset.h"
#include "data/idx.h"
#include "data/mnist.h"
#include "data/stroke_digits.h"
#include "data/pgm.h"
#include "data/sampler.h"
#include "data/prefetcher.h"
#include "data/data_loader.h"

// Pictures of numbers.
#include "plot/line_plot.h"
