// SPDX-License-Identifier: MIT
#include "ops_reduce.h"

#include "catalogue.h"
#include "ops_compare.h"
#include "ops_copy.h"
#include "ops_pointwise.h"
#include "reduced_dims.h"
#include "views.h"

namespace cutaway::inline v0_1 {
namespace {

/// Throws where the extreme of no element is asked for.
void check_has_elements(const Tensor& self, const char* function) {
  check(
      self.numel() > 0, function,
      ": Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim "
      "with the 'dim' argument.");
}

}  // namespace

Tensor sum(const Tensor& self, std::optional<DType> dtype) {
  return op::sum(self, {}, false, dtype);  // no dims: over everything
}

// No dims mean all of them. Python's x.sum(), too, comes in here.
Tensor sum(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  if (dims.empty() && !keepdim) return sum(self, dtype);
  return op::sum(self, dims_to_reduce(self, dims), keepdim, dtype);
}

static void check_mean_dtype(const Tensor& self, std::optional<DType> dtype, const char* function) {
  const DType result = dtype.value_or(self.dtype());
  check(is_floating_point(result), function, ": could not infer output dtype. ",
        dtype ? "Optional" : "Input",
        " dtype must be either a floating point or complex dtype. Got: ", result);
}

Tensor mean(const Tensor& self, std::optional<DType> dtype) {
  check_mean_dtype(self, dtype, "mean()");
  return op::mean(self, {}, false, dtype);
}

Tensor mean(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  if (dims.empty() && !keepdim) return mean(self, dtype);
  check_mean_dtype(self, dtype, "mean()");
  return op::mean(self, dims_to_reduce(self, dims), keepdim, dtype);
}

Tensor nansum(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  return op::nansum(self, dims_to_reduce(self, dims), keepdim, dtype);
}

Tensor nanmean(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  check(self.is_floating_point(),
        "nanmean(): expected input to have floating point or complex dtype but got ", self.dtype());
  check_mean_dtype(self, dtype, "nanmean()");
  const Tensor numbers = sum(self.eq(self).detach(), dims, keepdim);  // NaN is not equal to itself
  return div(nansum(self, dims, keepdim, dtype), numbers);
}

Tensor prod(const Tensor& self, std::optional<DType> dtype) { return op::prod(self, dtype); }

Tensor prod(const Tensor& self, int64_t dim, bool keepdim, std::optional<DType> dtype) {
  return op::prod_dim(self, wrap_dim(dim, self.dim()), keepdim, dtype);
}

Tensor max(const Tensor& self) {
  check_has_elements(self, "max()");
  return op::max(self);
}

Tensor min(const Tensor& self) {
  check_has_elements(self, "min()");
  return op::min(self);
}

static DimVector dims_of_extreme(const Tensor& self, IntArrayRef dims, const char* function) {
  if (dims.empty()) check_has_elements(self, function);
  for (const int64_t dim : dims) {
    check_index(self.dim() == 0 || self.size(dim) != 0, function, ": Expected reduction dim ", dim,
                " to have non-zero size.");
  }
  return dims_to_reduce(self, dims);
}

Tensor amax(const Tensor& self, IntArrayRef dims, bool keepdim) {
  return op::amax(self, dims_of_extreme(self, dims, "amax()"), keepdim);
}

Tensor amin(const Tensor& self, IntArrayRef dims, bool keepdim) {
  return op::amin(self, dims_of_extreme(self, dims, "amin()"), keepdim);
}

std::tuple<Tensor, Tensor> aminmax(const Tensor& self, std::optional<int64_t> dim, bool keepdim) {
  if (dim) {
    dim = wrap_dim(*dim, self.dim());
    check_not_empty(self, *dim, "aminmax");
  } else {
    check(self.numel() > 0,
          "aminmax(): cannot compute aminmax over an empty dimension as the operation has no "
          "identity.");
  }
  return op::aminmax(self, dim, keepdim);
}

std::tuple<Tensor, Tensor> max(const Tensor& self, int64_t dim, bool keepdim) {
  dim = wrap_dim(dim, self.dim());
  check_not_empty(self, dim, "max()");
  return op::max_dim(self, dim, keepdim);
}

std::tuple<Tensor, Tensor> min(const Tensor& self, int64_t dim, bool keepdim) {
  dim = wrap_dim(dim, self.dim());
  check_not_empty(self, dim, "min()");
  return op::min_dim(self, dim, keepdim);
}

static std::optional<int64_t> dim_of_place(const Tensor& self, std::optional<int64_t> dim,
                                           const char* function) {
  check(self.dtype() != kBool, function, ": does not support bool input");
  if (!dim) {
    check_index(self.numel() > 0, function,
                ": Expected reduction dim to be specified for input.numel() == 0.");
    return dim;
  }
  const int64_t wrapped = wrap_dim(*dim, self.dim());
  check_not_empty(self, wrapped, function);
  return wrapped;
}

Tensor argmax(const Tensor& self, std::optional<int64_t> dim, bool keepdim) {
  return op::argmax(self, dim_of_place(self, dim, "argmax()"), keepdim);
}

Tensor argmin(const Tensor& self, std::optional<int64_t> dim, bool keepdim) {
  return op::argmin(self, dim_of_place(self, dim, "argmin()"), keepdim);
}

/// Each element by itself: whether it is not 0.
static Tensor truth(const Tensor& self) {
  return to(ne(self, 0), self.dtype() == kUInt8 ? kUInt8 : kBool);
}

Tensor any(const Tensor& self) { return op::any(self, IntArrayRef(), false); }
Tensor any(const Tensor& self, int64_t dim, bool keepdim) {
  return op::any(self, dims_to_reduce(self, dim), keepdim);
}
Tensor any(const Tensor& self, std::optional<IntArrayRef> dims, bool keepdim) {
  if (dims && dims->empty()) return truth(self).contiguous();
  return op::any(self, dims_to_reduce(self, dims.value_or(IntArrayRef())), keepdim);
}

Tensor all(const Tensor& self) { return op::all(self, IntArrayRef(), false); }
Tensor all(const Tensor& self, int64_t dim, bool keepdim) {
  return op::all(self, dims_to_reduce(self, dim), keepdim);
}
Tensor all(const Tensor& self, std::optional<IntArrayRef> dims, bool keepdim) {
  if (dims && dims->empty()) return truth(self).contiguous();
  return op::all(self, dims_to_reduce(self, dims.value_or(IntArrayRef())), keepdim);
}

Tensor count_nonzero(const Tensor& self, std::optional<int64_t> dim) {
  return count_nonzero(self, dim ? IntArrayRef(*dim) : IntArrayRef());
}
Tensor count_nonzero(const Tensor& self, IntArrayRef dims) {
  return op::count_nonzero(self, dims_to_reduce(self, dims));
}

Tensor sum_to_size(const Tensor& self, IntArrayRef sizes) {
  check(is_expandable_to(sizes, self.sizes()), "size {", sizes, "} is not expandable to size {",
        self.sizes(), "}.");
  if (sizes == self.sizes()) return self;
  if (sizes.empty()) return sum(self);
  DimVector dims;  // those that broadcasting added (leading ones) or stretched
  const int64_t leading = self.dim() - sizes.size();
  for (int64_t d = 0; d < self.dim(); ++d) {
    if (d < leading || (sizes[d - leading] == 1 && self.sizes()[d] != 1)) dims.push_back(d);
  }
  const Tensor result = sum(self, dims, true);
  return leading > 0 ? view(result, sizes) : result;
}

}  // namespace cutaway
