// SPDX-License-Identifier: MIT
//
// Writing slices that an index tensor names. Declared in ops_index.h.
#include "catalogue_copy.h"
#include "factories.h"
#include "loops.h"
#include "operands.h"
#include "ops_advanced_index.h"
#include "ops_copy.h"
#include "ops_gather.h"
#include "ops_index.h"
#include "ops_mask.h"
#include "views.h"

namespace cutaway::inline v0_1 {
namespace {

int64_t size_along(const Tensor& self, int64_t dim) {
  return self.dim() == 0 ? 1 : self.sizes()[dim];
}

/// Throws for the first index outside [low, size).
void check_bounds(const char* prefix, const Tensor& index, int64_t dim, int64_t low, int64_t size) {
  const Tensor dense = index.detach().contiguous();
  for (int64_t i = 0; i < dense.numel(); ++i) {
    const int64_t value = dense.data<int64_t>()[i];
    check_index(low <= value && value < size, prefix, "index ", value,
                " is out of bounds for dimension ", dim, " with size ", size);
  }
}

/// The index for dimension `dim` in the list that index_put_ takes.
std::vector<Tensor> only_along(int64_t dim, const Tensor& index) {
  std::vector<Tensor> indices(static_cast<size_t>(dim));
  indices.push_back(reshape(index, -1));
  return indices;
}

/// Sizes without one.
DimVector slice_sizes(const Tensor& self, int64_t dim) {
  DimVector sizes = self.sizes();
  if (dim < sizes.size()) sizes.erase(dim);
  return sizes;
}

/// "3, 4": the text of index_copy_'s message about them.
std::string bare(IntArrayRef sizes) {
  const std::string text = to_string(sizes);
  return text.substr(1, text.size() - 2);
}

/// Returns dim, counted from the front.
int64_t check_fill_index(const Tensor& self, int64_t dim, const Tensor& index,
                         const Scalar& value) {
  check_index(index.dtype() == kInt64, "index_fill_(): Expected dtype int64 for index.");
  check_no_overlap(self, index);
  dim = wrap_dim(dim, self.dim());
  check(index.dim() <= 1, "Index has to be a vector/scalar");
  check_fits(value, self.dtype());
  const int64_t size = size_along(self, dim);
  check_bounds("", index, dim, -size, size);
  return dim;
}

}  // namespace

const Tensor& index_add_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                         const Scalar& alpha) {
  check_may_write(self, source);
  check_no_overlap(self, index);
  check_no_overlap(self, source);
  return store(self, index_add(before_write(self, source), dim, index, source, alpha));
}

const Tensor& index_copy_(const Tensor& self, int64_t dim, const Tensor& index,
                          const Tensor& source) {
  check_may_write(self, source);
  dim = wrap_dim(dim, self.dim());
  check_index(index.dim() <= 1, "index_copy_(): Index should have dimension 1 or 0 (got ",
              index.dim(), ")");
  check_index(source.dim() > 0 || index.numel() == 1,
              "index_copy_(): When source is scalar, index should have one element (got ",
              index.numel(), ")");
  check_index(source.dim() == self.dim() || source.dim() == 0 || self.dim() == 0,
              "index_copy_(): When source and destination are not scalars, their dimensionality "
              "must match. Source dimensionality (",
              source.dim(), "), destination dimensionality (", self.dim(), ")");
  check(index.dtype() == kInt64, "index_copy_(): Expected a long tensor for index, but got ",
        index.dtype());
  check(self.dtype() == source.dtype(),
        "index_copy_(): self and source expected to have the same dtype, but got (self) ",
        self.dtype(), " and (source) ", source.dtype());
  const DimVector wanted = slice_sizes(self, dim), given = slice_sizes(source, dim);
  check(wanted == given,
        "index_copy_(): Source/destination tensor must have same slice shapes. Destination slice "
        "shape: ",
        bare(wanted), " at dimension ", dim, " and source slice shape: ", bare(given),
        " at dimension 0.");
  check_index(source.dim() == 0 || index.numel() == source.sizes()[dim],
              "index_copy_(): Number of indices (", index.numel(),
              ") should be equal to source.size(dim) (", size_along(source, dim), ")");
  check_bounds("index_copy_(): ", index, dim, 0, size_along(self, dim));
  check_no_internal_overlap(self);
  index_put_(atleast_1d(self), only_along(dim, index), atleast_1d(source));
  return self;
}
Tensor index_copy(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source) {
  return index_copy_(op::contiguous_copy(self), dim, index, source);
}

const Tensor& index_fill_(const Tensor& self, int64_t dim, const Tensor& index,
                          const Scalar& value) {
  check_may_write(self);
  dim = check_fill_index(self, dim, index, value);
  index_put_(atleast_1d(self), only_along(dim, index), scalar_tensor(value, self.dtype()));
  return self;
}
const Tensor& index_fill_(const Tensor& self, int64_t dim, const Tensor& index,
                          const Tensor& value) {
  check_may_write(self, value);
  check(value.dim() == 0,
        "index_fill_ only supports a 0-dimensional value tensor, but got tensor with ", value.dim(),
        " dimension(s).");
  dim = check_fill_index(self, dim, index, value.item());
  // By a mask: an index that comes twice still takes its part of the gradient once.
  const Tensor chosen = zeros({size_along(self, dim)}, kBool);
  index_put_(chosen, {reshape(index, -1)}, scalar_tensor(true, kBool));
  DimVector sizes(self.dim(), 1);
  if (self.dim() > 0) sizes[dim] = -1;
  return masked_fill_(self, reshape(chosen, sizes), value);
}
Tensor index_fill(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value) {
  return index_fill_(clone(self), dim, index, value);
}
Tensor index_fill(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& value) {
  return index_fill_(clone(self), dim, index, value);
}

Tensor index_reduce(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                    std::string_view reduce, bool include_self) {
  return index_reduce_(op::contiguous_copy(self), dim, index, source, reduce, include_self);
}

}  // namespace cutaway
