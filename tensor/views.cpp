// SPDX-License-Identifier: MIT
#include "views.h"

#include <algorithm>
#include <limits>

#include "catalogue.h"
#include "check.h"
#include "ops_copy.h"

namespace cutaway::inline v0_1 {

Tensor view(const Tensor& self, IntArrayRef size) { return op::view(self, size); }
Tensor view_as(const Tensor& self, const Tensor& other) { return view(self, other.sizes()); }

/// "... to view Float as Double (different element sizes)"
static std::string reading(DType from, DType to) {
  return join(" to view ", from, " as ", to, " (different element sizes)");
}

Tensor view(const Tensor& self, DType dtype) {
  const int64_t from = self.element_size();
  const int64_t to = size_of(dtype);
  if (from == to) return op::view_dtype(self, dtype);
  const std::string what = reading(self.dtype(), dtype);
  const int64_t last = self.dim() - 1;
  check(last >= 0, "self.dim() cannot be 0", what);
  if (to > from) {
    const int64_t ratio = to / from;
    check(self.sizes()[last] % ratio == 0, "self.size(-1) must be divisible by ", ratio, what,
          ", but got ", self.sizes()[last]);
    check(self.storage_offset() % ratio == 0, "self.storage_offset() must be divisible by ", ratio,
          what, ", but got ", self.storage_offset());
  }
  check(self.strides()[last] == 1, "self.stride(-1) must be 1", what, ", but got ",
        self.strides()[last]);
  for (int64_t d = 0; to > from && d < last; ++d) {
    const int64_t ratio = to / from;
    check(self.strides()[d] % ratio == 0, "self.stride(", d, ") must be divisible by ", ratio, what,
          ", but got ", self.strides()[d]);
  }
  return op::view_dtype(self, dtype);
}

Tensor reshape(const Tensor& self, IntArrayRef size) {
  const DimVector sizes = infer_size(size, self.numel());
  if (view_strides(self.sizes(), self.strides(), sizes)) return op::view(self, sizes);
  return op::unsafe_view(contiguous(self), sizes);
}

Tensor reshape_as(const Tensor& self, const Tensor& other) { return reshape(self, other.sizes()); }
Tensor ravel(const Tensor& self) { return reshape(contiguous(self), -1); }

Tensor unflatten(const Tensor& self, int64_t dim, IntArrayRef sizes) {
  dim = wrap_dim(dim, self.dim());
  check(!sizes.empty(), "unflatten: sizes must be non-empty");
  DimVector parts;
  try {
    parts = infer_size(sizes, self.size(dim));
  } catch (const Error& error) {
    check(error.message().find("is invalid for input of size") != std::string::npos,
          "unflatten got an unexpected error:\n", error.message());
    throw Error(join("unflatten: Provided sizes ", sizes, " don't multiply up to the size of dim ",
                     dim, " (", self.size(dim), ") in the input tensor"));
  }
  DimVector shape = self.sizes();
  shape.erase(dim);
  for (int64_t i = 0; i < parts.size(); ++i) shape.insert(dim + i, parts[i]);
  return view(self, shape);
}

Tensor flatten(const Tensor& self, int64_t start_dim, int64_t end_dim) {
  const int64_t start = wrap_dim(start_dim, self.dim());
  const int64_t end = wrap_dim(end_dim, self.dim());
  check(start <= end, "flatten() has invalid args: start_dim cannot come after end_dim");
  if (self.dim() == 0) return reshape(self, 1);
  if (start == end) return self;
  const IntArrayRef old = self.sizes();
  DimVector sizes({old.begin(), start});
  sizes.push_back(numel_of({old.begin() + start, end - start + 1}));
  for (int64_t d = end + 1; d < old.size(); ++d) sizes.push_back(old[d]);
  return reshape(self, sizes);
}

Tensor permute(const Tensor& self, IntArrayRef dims) {
  check(dims.size() == self.dim(),
        "permute(sparse_coo): number of dimensions in the tensor input does "
        "not match the length of the desired ordering of dimensions i.e. input.dim() = ",
        self.dim(), " is not equal to len(dims) = ", dims.size());
  DimVector wrapped;
  for (int64_t dim : dims) wrapped.push_back(wrap_dim(dim, self.dim()));
  for (int64_t i = 0; i < wrapped.size(); ++i) {
    for (int64_t j = 0; j < i; ++j) {
      check(wrapped[i] != wrapped[j], "permute(): duplicate dims are not allowed.");
    }
  }
  return op::permute(self, wrapped);
}

Tensor transpose(const Tensor& self, int64_t dim0, int64_t dim1) {
  dim0 = wrap_dim(dim0, self.dim());
  return op::transpose(self, dim0, wrap_dim(dim1, self.dim()));
}

Tensor movedim(const Tensor& self, IntArrayRef source, IntArrayRef destination) {
  check(source.size() == destination.size(),
        "movedim: Invalid source or destination dims: source (", source,
        " dims) should contain the same number of dims as destination (", destination, " dims)");
  const auto wrapped = [&self](const char* name, IntArrayRef dims) {
    DimVector result;
    for (int64_t dim : dims) {
      const int64_t d = wrap_dim(dim, self.dim());
      check(std::find(result.begin(), result.end(), d) == result.end(),
            "movedim: repeated dim in `", name, "` (", dims, ")");
      result.push_back(d);
    }
    return result;
  };
  const DimVector from = wrapped("source", source);
  const DimVector to = wrapped("destination", destination);
  if (self.dim() == 0) return alias(self);
  // The moved ones have their places; the others fill the free places in order.
  DimVector order(self.dim(), -1);
  for (int64_t i = 0; i < from.size(); ++i) order[to[i]] = from[i];
  int64_t place = 0;
  for (int64_t d = 0; d < self.dim(); ++d) {
    if (std::find(from.begin(), from.end(), d) != from.end()) continue;
    while (order[place] >= 0) ++place;
    order[place] = d;
  }
  return op::permute(self, order);
}
Tensor movedim(const Tensor& self, int64_t source, int64_t destination) {
  return movedim(self, IntArrayRef(source), IntArrayRef(destination));
}

/// The last two dimensions exchanged; `what` is the notation that asked for it.
static Tensor transpose_matrices(const Tensor& self, const char* what) {
  if (self.dim() == 0) return self;
  check(self.dim() >= 2, "tensor.", what,
        " is only supported on matrices or batches of matrices. Got ", self.dim(), "-D tensor.");
  return op::transpose(self, self.dim() - 2, self.dim() - 1);
}
Tensor mT(const Tensor& self) { return transpose_matrices(self, "mT"); }
Tensor mH(const Tensor& self) { return transpose_matrices(self, "mH"); }
Tensor adjoint(const Tensor& self) { return transpose_matrices(self, "adjoint()"); }

Tensor matrix_H(const Tensor& self) {
  check(self.dim() == 0 || self.dim() == 2,
        "tensor.H is only supported on matrices (2-D tensors). Got ", self.dim(), "-D tensor.",
        self.dim() > 2 ? " For batches of matrices, consider using tensor.mH" : "");
  return transpose_matrices(self, "H");
}

Tensor numpy_T(const Tensor& self) {
  DimVector reversed;
  for (int64_t d = self.dim() - 1; d >= 0; --d) reversed.push_back(d);
  return op::permute(self, reversed);
}

Tensor t(const Tensor& self) {
  check(self.dim() <= 2, "t() expects a tensor with <= 2 dimensions, but self is ", self.dim(),
        "D");
  return op::t(self);
}

Tensor expand(const Tensor& self, IntArrayRef size) { return op::expand(self, size); }
Tensor expand_as(const Tensor& self, const Tensor& other) { return expand(self, other.sizes()); }
Tensor broadcast_to(const Tensor& self, IntArrayRef size) { return expand(self, size); }

Tensor squeeze(const Tensor& self) { return op::squeeze(self); }
Tensor squeeze(const Tensor& self, int64_t dim) {
  return op::squeeze_dim(self, wrap_dim(dim, self.dim()));
}
Tensor squeeze(const Tensor& self, IntArrayRef dims) {
  return op::squeeze_dims(self, wrap_dims(dims, self.dim()));
}
Tensor unsqueeze(const Tensor& self, int64_t dim) {
  return op::unsqueeze(self, wrap_dim(dim, self.dim() + 1));
}

Tensor select(const Tensor& self, int64_t dim, int64_t index) {
  check_index(self.dim() > 0, "select() cannot be applied to a 0-dim tensor.");
  const int64_t d = wrap_dim(dim, self.dim());
  const int64_t size = self.sizes()[d];
  check_index(-size <= index && index < size, "select(): index ", index,
              " out of range for tensor of size ", self.sizes(), " at dimension ", d);
  return op::select(self, d, index < 0 ? index + size : index);
}

Tensor slice(const Tensor& self, int64_t dim, std::optional<int64_t> start,
             std::optional<int64_t> end, int64_t step) {
  check_index(self.dim() > 0, "slice() cannot be applied to a 0-dim tensor.");
  const int64_t d = wrap_dim(dim, self.dim());
  check(step > 0, "slice step must be positive");
  return op::slice(self, d, start.value_or(0), end.value_or(std::numeric_limits<int64_t>::max()),
                   step);
}

Tensor narrow(const Tensor& self, int64_t dim, int64_t start, int64_t length) {
  check(self.dim() > 0, "narrow() cannot be applied to a 0-dim tensor.");
  check(length >= 0, "narrow(): length must be non-negative.");
  const int64_t d = wrap_dim(dim, self.dim());
  const int64_t size = self.sizes()[d];
  check_index(-size <= start && start <= size, "start out of range (expected to be in range of [",
              -size, ", ", size, "], but got ", start, ")");
  if (start < 0) start += size;
  check(start <= size - length, "start (", start, ") + length (", length,
        ") exceeds dimension size (", size, ").");
  return op::slice(self, d, start, start + length, 1);
}

Tensor narrow_copy(const Tensor& self, int64_t dim, int64_t start, int64_t length) {
  // A length below 0 gets PyTorch's other message here.
  check(self.dim() == 0 || length >= 0, "start (", start, ") + length (", length,
        ") exceeds dimension size (", self.dim() == 0 ? 0 : self.size(dim), ").");
  const Tensor part = narrow(self, dim, start, length);
  return copy_(op::empty(part.sizes(), part.dtype()), part);
}

Tensor diagonal(const Tensor& self, int64_t offset, int64_t dim1, int64_t dim2) {
  const int64_t rows = wrap_dim(dim1, self.dim());
  const int64_t columns = wrap_dim(dim2, self.dim());
  check(rows != columns, "diagonal dimensions cannot be identical ", dim1, ", ", dim2);
  return op::diagonal(self, offset, rows, columns);
}

Tensor unfold(const Tensor& self, int64_t dimension, int64_t size, int64_t step) {
  const int64_t d = wrap_dim(dimension, self.dim());
  const int64_t length = self.dim() == 0 ? 1 : self.sizes()[d];
  check(size <= length, "maximum size for tensor at dimension ", d, " is ", length, " but size is ",
        size);
  check(size >= 0, "size is ", size, " but must be >= 0");
  check(step > 0, "step is ", step, " but must be > 0");
  return op::unfold(self, d, size, step);
}

Tensor atleast_1d(const Tensor& self) { return self.dim() == 0 ? reshape(self, 1) : self; }
Tensor atleast_2d(const Tensor& self) {
  if (self.dim() == 0) return reshape(self, {1, 1});
  return self.dim() == 1 ? unsqueeze(self, 0) : self;
}
Tensor atleast_3d(const Tensor& self) {
  if (self.dim() == 0) return reshape(self, {1, 1, 1});
  if (self.dim() == 1) return unsqueeze(unsqueeze(self, 0), -1);
  return self.dim() == 2 ? unsqueeze(self, -1) : self;
}

bool is_same_size(const Tensor& self, const Tensor& other) { return self.sizes() == other.sizes(); }
Tensor alias(const Tensor& self) { return op::alias(self); }

Tensor as_strided(const Tensor& self, IntArrayRef size, IntArrayRef stride,
                  std::optional<int64_t> storage_offset) {
  return op::as_strided(self, size, stride, storage_offset.value_or(self.storage_offset()));
}

}  // namespace cutaway
