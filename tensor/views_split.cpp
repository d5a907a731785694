// SPDX-License-Identifier: MIT
#include "views_split.h"

#include <numeric>
#include <string>

#include "catalogue.h"
#include "check.h"
#include "views.h"

namespace cutaway::inline v0_1 {

std::vector<Tensor> split(const Tensor& self, int64_t split_size, int64_t dim) {
  check(self.dim() > 0, "split expects at least a 1-dimensional tensor");
  check(split_size >= 0,
        "split expects split_size be non-negative, but got split_size=", split_size);
  dim = wrap_dim(dim, self.dim());
  const int64_t length = self.sizes()[dim];
  check(split_size > 0 || length == 0,
        "split_size can only be 0 if dimension size is 0, but got dimension size of ", length);
  return op::split(self, split_size, dim);
}

std::vector<Tensor> split_with_sizes(const Tensor& self, IntArrayRef split_sizes, int64_t dim) {
  check(self.dim() > 0, "split expects at least a 1-dimensional tensor");
  const int64_t length = self.size(dim);
  int64_t rest = length;  // counted down, so that no sum can overflow
  for (int64_t size : split_sizes) {
    check(size >= 0,
          "split_with_sizes expects split_sizes have only non-negative entries, but got "
          "split_sizes=",
          split_sizes);
    rest = rest < size ? -1 : rest - size;
    if (rest < 0) break;
  }
  check(rest == 0, "split_with_sizes expects split_sizes to sum exactly to ", length,
        " (input tensor's size at dimension ", dim, "), but got split_sizes=", split_sizes);
  return op::split_with_sizes(self, split_sizes, wrap_dim(dim, self.dim()));
}
std::vector<Tensor> split(const Tensor& self, IntArrayRef split_sizes, int64_t dim) {
  return split_with_sizes(self, split_sizes, dim);
}

std::vector<Tensor> chunk(const Tensor& self, int64_t chunks, int64_t dim) {
  check(self.dim() > 0, "chunk expects at least a 1-dimensional tensor");
  check(chunks > 0, "chunk expects `chunks` to be greater than 0, got: ", chunks);
  dim = wrap_dim(dim, self.dim());
  const int64_t length = self.sizes()[dim];
  if (length > 0) return op::split(self, (length - 1) / chunks + 1, dim);
  // Nothing to share out, but as many parts as asked for.
  return op::split_with_sizes(self, std::vector<int64_t>(static_cast<size_t>(chunks), 0), dim);
}

static int64_t dim_to_split(const Tensor& self, int64_t dim) {
  check(self.dim() > 0, "tensor_split expected at least a 1-dimensional tensor, but got a tensor ",
        "with ", self.dim(), " dims");
  return wrap_dim(dim, self.dim());
}

std::vector<Tensor> tensor_split(const Tensor& self, int64_t sections, int64_t dim) {
  dim = dim_to_split(self, dim);
  check(sections > 0, "number of sections must be larger than 0, got ", sections);
  const int64_t length = self.sizes()[dim];
  std::vector<Tensor> parts;
  int64_t start = 0;
  for (int64_t i = 0; i < sections; ++i) {
    const int64_t end = start + length / sections + (i < length % sections ? 1 : 0);
    parts.push_back(slice(self, dim, start, end));
    start = end;
  }
  return parts;
}

std::vector<Tensor> tensor_split(const Tensor& self, IntArrayRef indices, int64_t dim) {
  dim = dim_to_split(self, dim);
  std::vector<Tensor> parts;
  int64_t start = 0;
  for (int64_t end : indices) {
    parts.push_back(slice(self, dim, start, end));
    start = end;
  }
  parts.push_back(slice(self, dim, start));
  return parts;
}

/// Checks for hsplit, vsplit, dsplit: enough dimensions, and sections that divide.
static void check_rank(const char* name, const Tensor& self, int64_t wanted) {
  check(self.dim() >= wanted, "torch.", name, " requires a tensor with at least ", wanted,
        " dimension, but got a tensor with ", self.dim(), " dimensions!");
}
static void check_divisible(const char* name, const Tensor& self, int64_t dim, int64_t sections) {
  const int64_t length = self.sizes()[dim];
  check(sections != 0 && length % sections == 0, "torch.", name,
        " attempted to split along dimension ", dim, ", but the size of the dimension ", length,
        " is not divisible by the split_size ", sections, "!");
}

std::vector<Tensor> hsplit(const Tensor& self, int64_t sections) {
  check_rank("hsplit", self, 1);
  const int64_t dim = self.dim() == 1 ? 0 : 1;
  check_divisible("hsplit", self, dim, sections);
  return tensor_split(self, sections, dim);
}
std::vector<Tensor> hsplit(const Tensor& self, IntArrayRef indices) {
  check_rank("hsplit", self, 1);
  return tensor_split(self, indices, self.dim() == 1 ? 0 : 1);
}
std::vector<Tensor> vsplit(const Tensor& self, int64_t sections) {
  check_rank("vsplit", self, 2);
  check_divisible("vsplit", self, 0, sections);
  return tensor_split(self, sections, 0);
}
std::vector<Tensor> vsplit(const Tensor& self, IntArrayRef indices) {
  check_rank("vsplit", self, 2);
  return tensor_split(self, indices, 0);
}
std::vector<Tensor> dsplit(const Tensor& self, int64_t sections) {
  check_rank("dsplit", self, 3);
  check_divisible("dsplit", self, 2, sections);
  return tensor_split(self, sections, 2);
}
std::vector<Tensor> dsplit(const Tensor& self, IntArrayRef indices) {
  check_rank("dsplit", self, 3);
  return tensor_split(self, indices, 2);
}

std::vector<Tensor> unbind(const Tensor& self, int64_t dim) {
  dim = wrap_dim(dim, self.dim());
  check_index(self.dim() > 0, "Dimension specified as ", dim, " but tensor has no dimensions");
  return op::unbind(self, dim);
}

std::vector<Tensor> broadcast_tensors(TensorList tensors) {
  DimVector shape;
  for (const Tensor& tensor : tensors) shape = broadcast_shapes(shape, tensor.sizes());
  std::vector<Tensor> expanded;
  for (const Tensor& tensor : tensors) {
    expanded.push_back(tensor.sizes() == shape ? tensor : expand(tensor, shape));
  }
  return expanded;
}

std::vector<Tensor> meshgrid(TensorList tensors, std::string_view indexing) {
  check(!tensors.empty(), "meshgrid expects a non-empty TensorList");
  DimVector shape;
  for (const Tensor& tensor : tensors) {
    check(tensor.dtype() == tensors[0].dtype(),
          "meshgrid expects all tensors to have the same dtype");
    check(tensor.dim() <= 1,
          "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: one of shape ",
          tensor.sizes());
    shape.push_back(tensor.numel());
  }
  check(indexing == "xy" || indexing == "ij",
        "torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: ", indexing);
  const bool exchanged = indexing == "xy" && tensors.size() >= 2;
  if (exchanged) std::swap(shape[0], shape[1]);

  std::vector<Tensor> grids;
  for (int64_t i = 0; i < tensors.size(); ++i) {
    DimVector along(tensors.size(), 1);
    along[exchanged && i < 2 ? 1 - i : i] = tensors[i].numel();
    grids.push_back(expand(view(tensors[i], along), shape));
  }
  return grids;
}

template <class F>
static std::vector<Tensor> each(TensorList tensors, const F& f) {
  std::vector<Tensor> results;
  for (const Tensor& tensor : tensors) results.push_back(f(tensor));
  return results;
}
std::vector<Tensor> atleast_1d(TensorList tensors) {
  return each(tensors, [](const Tensor& tensor) { return atleast_1d(tensor); });
}
std::vector<Tensor> atleast_2d(TensorList tensors) {
  return each(tensors, [](const Tensor& tensor) { return atleast_2d(tensor); });
}
std::vector<Tensor> atleast_3d(TensorList tensors) {
  return each(tensors, [](const Tensor& tensor) { return atleast_3d(tensor); });
}

}  // namespace cutaway
