// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: reading and writing at given positions. `Tensor?[]` is a TensorList in
// which an undefined tensor stands for None.
#pragma once

#include "catalogue_signatures.h"

namespace cutaway {

/// These rows, for all_ops().
ArrayRef<OpBase*> gather_rows();

namespace op {

extern Op<Tensor(const Tensor&, TensorList)> index;
extern Op<const Tensor&(const Tensor&, TensorList, const Tensor&, bool)> index_put_;
extern Op<Tensor(const Tensor&, TensorList, const Tensor&, bool)> index_put;

}  // namespace op
}  // namespace cutaway
