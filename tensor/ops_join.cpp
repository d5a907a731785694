// SPDX-License-Identifier: MIT
#include "ops_join.h"

#include <numeric>

#include "catalogue.h"
#include "factories.h"
#include "loops.h"
#include "ops_copy.h"
#include "ops_index.h"
#include "ops_pointwise.h"
#include "views.h"
#include "views_split.h"

namespace cutaway::inline v0_1 {
namespace {

void check_not_empty(const char* name, TensorList tensors) {
  check(!tensors.empty(), name, " expects a non-empty TensorList");
}

Tensor as_column(const Tensor& tensor) {
  return tensor.dim() < 2 ? reshape(tensor, {tensor.numel(), 1}) : tensor;
}

void check_vector(const Tensor& tensor) {
  check(tensor.dim() == 1, "Expect a 1D vector, but got shape ", tensor.sizes());
}

/// Appends to `all` the ways to go on from `chosen` to r places.
void choose(std::vector<int64_t>& all, std::vector<int64_t>& chosen, int64_t first, int64_t count,
            size_t r, bool with_replacement) {
  if (chosen.size() == r) {
    all.insert(all.end(), chosen.begin(), chosen.end());
    return;
  }
  for (int64_t i = first; i < count; ++i) {
    chosen.push_back(i);
    choose(all, chosen, with_replacement ? i : i + 1, count, r, with_replacement);
    chosen.pop_back();
  }
}

}  // namespace

Tensor hstack(TensorList tensors) {
  check_not_empty("hstack", tensors);
  const std::vector<Tensor> parts = atleast_1d(tensors);
  return cat(parts, parts[0].dim() == 1 ? 0 : 1);
}
Tensor vstack(TensorList tensors) {
  check_not_empty("vstack", tensors);
  return cat(atleast_2d(tensors), 0);
}
Tensor row_stack(TensorList tensors) { return vstack(tensors); }
Tensor dstack(TensorList tensors) {
  check_not_empty("dstack", tensors);
  return cat(atleast_3d(tensors), 2);
}
Tensor column_stack(TensorList tensors) {
  check_not_empty("column_stack", tensors);
  std::vector<Tensor> columns;
  for (const Tensor& tensor : tensors) columns.push_back(as_column(tensor));
  return hstack(columns);
}

Tensor block_diag(TensorList tensors) {
  if (tensors.empty()) return empty({1, 0});
  int64_t rows = 0, columns = 0;
  for (int64_t i = 0; i < tensors.size(); ++i) {
    check(tensors[i].dim() <= 2,
          "torch.block_diag: Input tensors must have 2 or fewer dimensions. Input ", i, " has ",
          tensors[i].dim(), " dimensions");
    const Tensor block = atleast_2d(tensors[i]);
    rows += block.sizes()[0];
    columns += block.sizes()[1];
  }
  const Tensor result = zeros({rows, columns}, result_type(tensors));
  int64_t row = 0, column = 0;
  for (const Tensor& tensor : tensors) {
    const Tensor block = atleast_2d(tensor);
    const int64_t height = block.sizes()[0], width = block.sizes()[1];
    copy_(narrow(narrow(result, 0, row, height), 1, column, width), block);
    row += height;
    column += width;
  }
  return result;
}

Tensor cartesian_prod(TensorList tensors) {
  check_not_empty("meshgrid", tensors);
  DimVector sizes;
  for (const Tensor& tensor : tensors) {
    check_vector(tensor);
    check(tensor.dtype() == tensors[0].dtype(),
          "meshgrid expects all tensors to have the same dtype");
    sizes.push_back(tensor.numel());
  }
  if (tensors.size() == 1) return tensors[0];
  std::vector<Tensor> columns;  // each tensor repeated over the dimensions of the others
  for (int64_t i = 0; i < tensors.size(); ++i) {
    DimVector along(tensors.size(), 1);
    along[i] = -1;
    columns.push_back(reshape(expand(reshape(tensors[i], along), sizes), -1));
  }
  return stack(columns, 1);
}

Tensor combinations(const Tensor& self, int64_t r, bool with_replacement) {
  check_vector(self);
  check(r >= 0, "Expect a non-negative number, but got ", r);
  if (r == 0) return empty({0}, self.dtype());
  std::vector<int64_t> all, chosen;
  choose(all, chosen, 0, self.numel(), static_cast<size_t>(r), with_replacement);
  const int64_t count = static_cast<int64_t>(all.size()) / r;
  return op::unsafe_view(index_select(self, 0, tensor_from(all)), {count, r});
}

}  // namespace cutaway
