// SPDX-License-Identifier: MIT
//
// Views that come several at a time: a tensor cut into parts, and tensors made to fit each other.
// No element is moved. The parts of split, chunk and unbind share one node of the graph, so that
// autograd refuses to write through them.
//
// PyTorch counterpart: ATen/native/TensorShape.cpp, ATen/native/TensorTransformations.h.
#pragma once

#include <string_view>
#include <vector>

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// Parts of split_size along dim; the last may be shorter.
std::vector<Tensor> split(const Tensor& self, int64_t split_size, int64_t dim = 0);
/// Parts of the given sizes, whose sum must be the size of dim.
std::vector<Tensor> split_with_sizes(const Tensor& self, IntArrayRef split_sizes, int64_t dim = 0);
std::vector<Tensor> split(const Tensor& self, IntArrayRef split_sizes, int64_t dim = 0);
/// At most `chunks` parts of equal size, but for the last.
std::vector<Tensor> chunk(const Tensor& self, int64_t chunks, int64_t dim = 0);
/// Exactly `sections` parts whose sizes differ by one at most; or parts that end before each of the
/// indices, by the rules of slices.
std::vector<Tensor> tensor_split(const Tensor& self, int64_t sections, int64_t dim = 0);
std::vector<Tensor> tensor_split(const Tensor& self, IntArrayRef indices, int64_t dim = 0);
/// tensor_split along dimension 1 (0 of a 1-d tensor), 0, 2; sections must divide its size.
std::vector<Tensor> hsplit(const Tensor& self, int64_t sections);
std::vector<Tensor> hsplit(const Tensor& self, IntArrayRef indices);
std::vector<Tensor> vsplit(const Tensor& self, int64_t sections);
std::vector<Tensor> vsplit(const Tensor& self, IntArrayRef indices);
std::vector<Tensor> dsplit(const Tensor& self, int64_t sections);
std::vector<Tensor> dsplit(const Tensor& self, IntArrayRef indices);
/// All slices along dim, which disappears.
std::vector<Tensor> unbind(const Tensor& self, int64_t dim = 0);

/// All expanded to the shape that they broadcast to.
std::vector<Tensor> broadcast_tensors(TensorList tensors);
/// The coordinates of a grid: result i has the values of tensors[i] (0-d or 1-d) along dimension i
/// and repeats them along the others. indexing "xy": the first two dimensions are exchanged.
std::vector<Tensor> meshgrid(TensorList tensors, std::string_view indexing = "ij");
std::vector<Tensor> atleast_1d(TensorList tensors);
std::vector<Tensor> atleast_2d(TensorList tensors);
std::vector<Tensor> atleast_3d(TensorList tensors);

}  // namespace cutaway
