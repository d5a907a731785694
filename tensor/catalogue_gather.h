// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: reading and writing at given positions. `Tensor?[]` is a TensorList in
// which an undefined tensor stands for None.
#pragma once

#include <string_view>

#include "catalogue_signatures.h"

namespace cutaway::inline v0_1 {

/// These rows, for all_ops().
ArrayRef<OpBase*> gather_rows();

namespace op {

using IndexPut = Op<Tensor(const Tensor&, TensorList, const Tensor&, bool)>;
using IndexPutInplace = Op<const Tensor&(const Tensor&, TensorList, const Tensor&, bool)>;
// The scatter family: self, dim, index, and what is written.
template <class... Written>
using Scatter = Op<Tensor(const Tensor&, int64_t, const Tensor&, Written...)>;
template <class... Written>
using ScatterInplace = Op<const Tensor&(const Tensor&, int64_t, const Tensor&, Written...)>;

extern Op<Tensor(const Tensor&, TensorList)> index;
extern IndexPut index_put;
extern IndexPutInplace index_put_;

extern Scatter<bool> gather;
extern Scatter<const Tensor&> scatter, scatter_add, index_copy;
extern ScatterInplace<const Tensor&> scatter_, scatter_add_, index_copy_;
extern Scatter<const Scalar&> scatter_value, index_fill;
extern ScatterInplace<const Scalar&> scatter_value_, index_fill_;
extern Scatter<const Tensor&> index_fill_tensor;
extern ScatterInplace<const Tensor&> index_fill_tensor_;
extern Scatter<const Tensor&, std::string_view> scatter_with;
extern ScatterInplace<const Tensor&, std::string_view> scatter_with_;
extern Scatter<const Scalar&, std::string_view> scatter_value_with;
extern ScatterInplace<const Scalar&, std::string_view> scatter_value_with_;
extern Scatter<const Tensor&, std::string_view, bool> scatter_reduce, index_reduce;
extern ScatterInplace<const Tensor&, std::string_view, bool> scatter_reduce_, index_reduce_;
extern ScatterInplace<const Tensor&, const Scalar&> index_add_;

extern Binary take;
extern Op<Tensor(const Tensor&, const Tensor&, const Tensor&, bool)> put;
extern Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&, bool)> put_;
extern Op<Tensor(const Tensor&, const Tensor&, std::optional<int64_t>)> take_along_dim;

}  // namespace op
}  // namespace cutaway
