// SPDX-License-Identifier: MIT
#include "ops_gather.h"

#include <algorithm>

#include "catalogue.h"
#include "factories.h"
#include "loops.h"
#include "operands.h"
#include "ops_advanced_index.h"
#include "ops_compare.h"
#include "ops_copy.h"
#include "views.h"

namespace cutaway::inline v0_1 {
namespace {

void check_index_dtype(const char* name, const Tensor& index) {
  check(index.numel() == 0 || index.dtype() == kInt64 || index.dtype() == kInt32, name,
        "(): Expected dtype int32/int64 for index");
}

/// Whether the shape is nowhere larger than `limit`, but along `dim`.
bool fits_but_for(int64_t dim, IntArrayRef sizes, IntArrayRef limit) {
  for (int64_t d = 0; d < sizes.size(); ++d) {
    if (d != dim && sizes[d] > limit[d]) return false;
  }
  return true;
}

/// The part of src that index covers.
Tensor covered(const Tensor& src, IntArrayRef sizes) {
  Tensor part = src;
  for (int64_t d = 0; d < sizes.size(); ++d) {
    if (part.sizes()[d] > sizes[d]) part = narrow(part, d, 0, sizes[d]);
  }
  return part;
}

/// Checked arguments of a scatter: all of one rank, at least 1.
struct ScatterArguments {
  ScatterArguments(const char* name, const Tensor& target, int64_t along, const Tensor& places,
                   const Tensor* source) {
    dim = wrap_dim(along, target.dim());
    check_index_dtype(name, places);
    check(source == nullptr || target.dtype() == source->dtype(), name,
          "(): Expected self.dtype to be equal to src.dtype");
    check_no_internal_overlap(target);
    check_no_overlap(target, places);
    if (source != nullptr) check_no_overlap(target, *source);
    self = atleast_1d(target);
    index = atleast_1d(places).to(kInt64);
    src = empty(index.sizes(), target.dtype());  // where nothing is written
    if (places.numel() == 0) {
      if (source != nullptr && source->sizes() == places.sizes()) src = atleast_1d(*source);
      return;
    }
    check(index.dim() == self.dim(),
          "Index tensor must have the same number of dimensions as self tensor");
    const bool fits = fits_but_for(dim, index.sizes(), self.sizes());
    if (source == nullptr) {
      check(fits, "Expected index ", index.sizes(), " to be no larger than self ", self.sizes(),
            " apart from dimension ", dim);
      return;
    }
    src = atleast_1d(*source);
    check(index.dim() == src.dim(),
          "Index tensor must have the same number of dimensions as src tensor");
    check(fits && fits_but_for(-1, index.sizes(), src.sizes()), "Expected index ", index.sizes(),
          " to be no larger than self ", self.sizes(), " apart from dimension ", dim,
          " and to be no larger size than src ", src.sizes());
    src = covered(src, index.sizes());
  }

  int64_t dim;
  Tensor self, index, src;
};

/// The value as a tensor that goes with every index.
Tensor repeated(const Scalar& value, const Tensor& self, const Tensor& index) {
  const Scalar written = index.numel() == 0 ? Scalar(0) : value;  // what is not need not fit
  return expand(scalar_tensor(written, self.dtype()), index.sizes());
}

/// scatter's old names of two reductions.
std::string_view modern_name(std::string_view reduce) {
  check(reduce == "add" || reduce == "multiply", "reduce argument must be either add or multiply.");
  return reduce == "add" ? "sum" : "prod";
}

/// An index through the whole tensor must be int64 and inside.
void check_flat_index(const char* name, const Tensor& self, const Tensor& index) {
  check(index.dtype() == kInt64, name, "(): Expected a long tensor for index, but got ",
        index.dtype());
  const Tensor dense = index.detach().contiguous();
  const int64_t count = self.numel();
  for (int64_t i = 0; i < dense.numel(); ++i) {
    const int64_t value = dense.data<int64_t>()[i];
    check_index(-count <= value && value < count, "out of range: tried to access index ", value,
                " on a tensor of ", count, " elements.");
  }
}

}  // namespace

Tensor gather(const Tensor& self, int64_t dim, const Tensor& index, bool sparse_grad) {
  check_implemented(!sparse_grad, "gather: sparse gradients are not supported");
  dim = wrap_dim(dim, self.dim());
  if (index.numel() == 0) return op::gather(self, dim, index, false);
  check_index_dtype("gather", index);
  const Tensor source = atleast_1d(self);
  const Tensor places = atleast_1d(index).to(kInt64);
  check(places.dim() == source.dim(),
        "Index tensor must have the same number of dimensions as input tensor");
  for (int64_t d = 0; d < places.dim(); ++d) {
    check(d == dim || places.sizes()[d] <= source.sizes()[d], "Size does not match at dimension ",
          d, " expected index ", index.sizes(), " to be no larger than self ", self.sizes(),
          " apart from dimension ", dim);
  }
  const Tensor result = op::gather(source, dim, places, false);
  return index.dim() == 0 ? squeeze(result, 0) : result;
}

const Tensor& scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
  check_may_write(self, src);
  const ScatterArguments to("scatter", self, dim, index, &src);
  op::scatter_(to.self, to.dim, to.index, to.src);
  return self;
}
const Tensor& scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value) {
  check_may_write(self);
  const ScatterArguments to("scatter", self, dim, index, nullptr);
  op::scatter_(to.self, to.dim, to.index, repeated(value, self, to.index));
  return self;
}
const Tensor& scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src,
                       std::string_view reduce) {
  check_may_write(self, index, src);
  const ScatterArguments to("scatter", self, dim, index, &src);
  const std::string_view name = modern_name(reduce);
  op::scatter_reduce_(to.self, to.dim, to.index, to.src, name, true);
  return self;
}
const Tensor& scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value,
                       std::string_view reduce) {
  check_may_write(self, index);
  const ScatterArguments to("scatter", self, dim, index, nullptr);
  const std::string_view name = modern_name(reduce);
  op::scatter_reduce_(to.self, to.dim, to.index, repeated(value, self, to.index), name, true);
  return self;
}

Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
  return scatter_(op::contiguous_copy(self), dim, index, src);
}
Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value) {
  return scatter_(op::contiguous_copy(self), dim, index, value);
}
Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src,
               std::string_view reduce) {
  return scatter_(op::contiguous_copy(self), dim, index, src, reduce);
}
Tensor scatter(const Tensor& self, int64_t dim, const Tensor& index, const Scalar& value,
               std::string_view reduce) {
  return scatter_(op::contiguous_copy(self), dim, index, value, reduce);
}

const Tensor& scatter_add_(const Tensor& self, int64_t dim, const Tensor& index,
                           const Tensor& src) {
  check_may_write(self, src);
  const ScatterArguments to("scatter", self, dim, index, &src);
  op::scatter_add_(to.self, to.dim, to.index, to.src);
  return self;
}
Tensor scatter_add(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
  return scatter_add_(op::contiguous_copy(self), dim, index, src);
}

const Tensor& scatter_reduce_(const Tensor& self, int64_t dim, const Tensor& index,
                              const Tensor& src, std::string_view reduce, bool include_self) {
  check_may_write(self, src);
  const ScatterArguments to("scatter", self, dim, index, &src);
  const std::string_view known[] = {"sum", "prod", "mean", "amax", "amin"};
  check(std::find(std::begin(known), std::end(known), reduce) != std::end(known),
        "reduce argument must be either sum, prod, mean, amax or amin, got ", reduce);
  op::scatter_reduce_(to.self, to.dim, to.index, to.src, reduce, include_self);
  return self;
}
Tensor scatter_reduce(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src,
                      std::string_view reduce, bool include_self) {
  return scatter_reduce_(op::contiguous_copy(self), dim, index, src, reduce, include_self);
}

Tensor take(const Tensor& self, const Tensor& index) {
  check(index.dtype() == kInt64, "take(): Expected a long tensor for index, but got ",
        index.dtype());
  check_index(self.numel() > 0 || index.numel() == 0, "take(): tried to take from an empty tensor");
  check_flat_index("take", self, index);
  return cutaway::index(reshape(self, -1), {contiguous(index)});
}

const Tensor& put_(const Tensor& self, const Tensor& index, const Tensor& source, bool accumulate) {
  check_may_write(self, source);
  check(index.dtype() == kInt64, "put_(): Expected a long tensor for index, but got ",
        index.dtype());
  check(self.dtype() == source.dtype(),
        "put_(): self and source expected to have the same dtype, but got self.dtype = ",
        self.dtype(), " and source.dtype = ", source.dtype());
  check_index(index.numel() == source.numel(),
              "put_(): Expected source and index to have the same number of elements, but got "
              "source.numel() = ",
              source.numel(), ", index.numel() = ", index.numel());
  check_no_internal_overlap(self);
  check_no_overlap(self, index);
  check_no_overlap(self, source);
  check_flat_index("put_", self, index);
  const Tensor places = reshape(index, -1);
  const Tensor values = reshape(source, -1);
  if (self.is_contiguous()) {
    index_put_(view(self, -1), {places}, values, accumulate);
  } else {
    copy_(self, view(index_put_(view(op::contiguous_copy(self), -1), {places}, values, accumulate),
                     self.sizes()));
  }
  return self;
}
Tensor put(const Tensor& self, const Tensor& index, const Tensor& source, bool accumulate) {
  return put_(clone(self), index, source, accumulate);
}

Tensor take_along_dim(const Tensor& self, const Tensor& indices, std::optional<int64_t> dim) {
  check(indices.dtype() == kInt64,
        "torch.take_along_dim(): dtype of indices should be Long but got ", indices.dtype());
  if (!dim) return take_along_dim(reshape(self, -1), reshape(indices, -1), 0);
  check(self.dim() == indices.dim(),
        "torch.take_along_dim(): input and indices should have the same number of dimensions, but "
        "got ",
        self.dim(), " dimensions for input, and ", indices.dim(), " dimensions for indices");
  const int64_t along = wrap_dim(*dim, self.dim());
  if (self.dim() == 0) return gather(self, 0, indices);
  // Both broadcast in the other dimensions: each as if the other had its size along dim.
  DimVector other = indices.sizes();
  other[along] = self.sizes()[along];
  const DimVector source_sizes = broadcast_shapes(self.sizes(), other);
  other = self.sizes();
  other[along] = indices.sizes()[along];
  const DimVector index_sizes = broadcast_shapes(indices.sizes(), other);
  const int64_t size = self.sizes()[along];
  check(size > 0 || indices.numel() == 0, "ZeroDivisionError");  // index modulo size, in PyTorch
  const Tensor places = where(indices.lt(0), indices.add(size), indices);
  return gather(expand(self, source_sizes), along, expand(places, index_sizes));
}

}  // namespace cutaway
