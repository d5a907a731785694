// SPDX-License-Identifier: MIT
#include "ops_reduce.h"

#include "catalogue.h"
#include "views.h"

namespace cutaway {
namespace {

/// The dimensions to reduce, counted from the front; an empty list means all. A 0-d tensor counts
/// as having one.
DimVector dims_to_reduce(const Tensor& self, IntArrayRef dims) {
  DimVector wrapped = wrap_dims(dims, self.dim());
  if (self.dim() == 0) return {0};
  if (wrapped.empty()) {
    for (int64_t d = 0; d < self.dim(); ++d) wrapped.push_back(d);
  }
  return wrapped;
}

void check_not_empty(const Tensor& self, int64_t dim, const char* name) {
  check_index(self.dim() == 0 || self.sizes()[dim] != 0, name, "(): Expected reduction dim ", dim,
              " to have non-zero size.");
}

}  // namespace

Tensor sum(const Tensor& self, std::optional<DType> dtype) {
  return op::sum(self, {}, false, dtype);  // no dims: over everything
}

Tensor sum(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  return op::sum(self, dims_to_reduce(self, dims), keepdim, dtype);
}

namespace {

void check_mean_dtype(const Tensor& self, std::optional<DType> dtype) {
  const DType result = dtype.value_or(self.dtype());
  check(is_floating_point(result), "mean(): could not infer output dtype. ",
        dtype ? "Optional" : "Input",
        " dtype must be either a floating point or complex dtype. Got: ", result);
}

}  // namespace

Tensor mean(const Tensor& self, std::optional<DType> dtype) {
  check_mean_dtype(self, dtype);
  return op::mean(self, {}, false, dtype);
}

Tensor mean(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  check_mean_dtype(self, dtype);
  return op::mean(self, dims_to_reduce(self, dims), keepdim, dtype);
}

Tensor max(const Tensor& self) {
  check(self.numel() > 0,
        "max(): Expected reduction dim to be specified for input.numel() == 0. Specify the "
        "reduction dim with the 'dim' argument.");
  return op::max(self);
}

std::tuple<Tensor, Tensor> max(const Tensor& self, int64_t dim, bool keepdim) {
  dim = wrap_dim(dim, self.dim());
  check_not_empty(self, dim, "max");
  return op::max_dim(self, dim, keepdim);
}

Tensor argmax(const Tensor& self, std::optional<int64_t> dim, bool keepdim) {
  check(self.dtype() != kBool, "argmax(): does not support bool input");
  if (dim) {
    dim = wrap_dim(*dim, self.dim());
    check_not_empty(self, *dim, "argmax");
  } else {
    check_index(self.numel() > 0,
                "argmax(): Expected reduction dim to be specified for input.numel() == 0.");
  }
  return op::argmax(self, dim, keepdim);
}

Tensor sum_to_size(const Tensor& self, IntArrayRef sizes) {
  check(is_expandable_to(sizes, self.sizes()), "size {", sizes, "} is not expandable to size {",
        self.sizes(), "}.");
  if (sizes == self.sizes()) return self;
  DimVector dims;  // those that broadcasting added (leading ones) or stretched
  const int64_t leading = self.dim() - sizes.size();
  for (int64_t d = 0; d < self.dim(); ++d) {
    if (d < leading || (sizes[d - leading] == 1 && self.sizes()[d] != 1)) dims.push_back(d);
  }
  return view(sum(self, dims, true), sizes);
}

}  // namespace cutaway
