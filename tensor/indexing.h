// SPDX-License-Identifier: MIT
//
// The square brackets: x.index({1, Slice(0, 5, 2), None, Ellipsis, mask}) is Python's
// x[1, 0:5:2, None, ..., mask], and x.index_put_({...}, value) is x[...] = value.
//
//     using namespace cutaway::indexing;
//     x.index({0})                       the first slice: a view
//     x.index({Ellipsis, Slice(1)})      all but the first column: a view
//     x.index({None})                    a new dimension of size 1 in front: a view
//     x.index({rows, columns})           integer tensors, broadcast together: a copy
//     x.index({mask})                    the elements where a bool tensor is true: a copy
//     x.index_put_({mask}, 0)            writes them
//
// Each index but None, Ellipsis and bool consumes one dimension (a mask: as many as it has), from
// the left; Ellipsis stands for the dimensions that are left over. Integers, slices, None and
// Ellipsis are taken first, and give a view (basic indexing). If tensors are among the indices,
// the view is then gathered from by them (advanced indexing, op index.Tensor): the dimensions they
// index are replaced by the shape they broadcast to, in the place of the first if they stand next
// to each other, else in front. A 0-d integer tensor is an integer; true and false add a dimension
// of size 1 or 0.
//
// Throws IndexError: "too many indices for tensor of dimension 2", "index 5 is out of bounds for
// dimension 0 with size 3", and what ops_index.h says of index.
//
// PyTorch counterpart: torch::indexing, ATen/TensorIndexing.h. Left out: the string "..." for
// Ellipsis.
#pragma once

#include <concepts>
#include <optional>
#include <variant>

#include "tensor.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1::indexing {

inline constexpr std::nullopt_t None = std::nullopt;

struct EllipsisType {};
inline constexpr EllipsisType Ellipsis;

/// start:stop:step. A bound left out (None) is the end of the dimension; negative ones count from
/// there; step is positive.
struct Slice {
  Slice(std::optional<int64_t> first = None, std::optional<int64_t> end = None,
        std::optional<int64_t> by = None)
      : start(first), stop(end), step(by.value_or(1)) {}
  std::optional<int64_t> start, stop;
  int64_t step;
};

/// One of the things that may stand between the brackets.
class TensorIndex {
 public:
  using Kinds = std::variant<std::nullopt_t, EllipsisType, int64_t, bool, Slice, Tensor>;

  // Implicit: x.index({1, None, Slice(2)})
  TensorIndex(std::nullopt_t none);
  TensorIndex(EllipsisType ellipsis);
  template <std::integral Int>
  TensorIndex(Int integer) : TensorIndex(static_cast<int64_t>(integer)) {}
  TensorIndex(int64_t integer);
  TensorIndex(bool boolean);
  TensorIndex(const Slice& slice);
  TensorIndex(const Tensor& tensor);

  const Kinds& kind() const { return kind_; }

 private:
  Kinds kind_;
};

/// x[indices]. A view of self, unless tensors or bools are among the indices.
Tensor get_item(const Tensor& self, ArrayRef<TensorIndex> indices);
/// x[indices] = value. The value is broadcast; leading sizes of 1 that it has too many are ignored.
/// It is converted to self's dtype, but not where tensors index ("Index put requires the source and
/// destination dtypes match, ...").
void set_item(const Tensor& self, ArrayRef<TensorIndex> indices, const Tensor& value);
void set_item(const Tensor& self, ArrayRef<TensorIndex> indices, const Scalar& value);

}  // namespace cutaway::indexing

#include "macros_on.h"
