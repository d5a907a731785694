// SPDX-License-Identifier: MIT
//
// All CPU kernels that the catalogue names. A kernel may rely on what the public function checked:
// arguments are defined, shapes fit, dtypes are equal where the op promotes. It allocates its
// result, runs the loop, and knows nothing of autograd.
//
// PyTorch counterpart: ATen/native/cpu/.
#pragma once

#include <tuple>

#include "../tensor.h"

namespace cutaway::cpu {

// factory.cpp
Tensor empty(IntArrayRef size, std::optional<DType> dtype);
Tensor empty_strided(IntArrayRef size, IntArrayRef stride, std::optional<DType> dtype);
Tensor arange(const Scalar& start, const Scalar& end, const Scalar& step,
              std::optional<DType> dtype);

// copy.cpp
const Tensor& copy_(const Tensor& self, const Tensor& source);
const Tensor& fill_(const Tensor& self, const Scalar& value);
const Tensor& zero_(const Tensor& self);
Tensor clone(const Tensor& self);
Tensor to_copy(const Tensor& self, DType dtype);

// alias.cpp
Tensor detach(const Tensor& self);
Tensor view(const Tensor& self, IntArrayRef size);
Tensor permute(const Tensor& self, IntArrayRef dims);
Tensor transpose(const Tensor& self, int64_t dim0, int64_t dim1);
Tensor t(const Tensor& self);
Tensor expand(const Tensor& self, IntArrayRef size);
Tensor squeeze(const Tensor& self);
Tensor squeeze_dim(const Tensor& self, int64_t dim);
Tensor unsqueeze(const Tensor& self, int64_t dim);
Tensor select(const Tensor& self, int64_t dim, int64_t index);
Tensor slice(const Tensor& self, int64_t dim, int64_t start, int64_t end, int64_t step);
Tensor as_strided(const Tensor& self, IntArrayRef size, IntArrayRef stride, int64_t storage_offset);

// elementwise.cpp, unary.cpp, power.cpp, compare.cpp
Tensor add(const Tensor& self, const Tensor& other, const Scalar& alpha);
Tensor sub(const Tensor& self, const Tensor& other, const Scalar& alpha);
Tensor mul(const Tensor& self, const Tensor& other);
Tensor div(const Tensor& self, const Tensor& other);
Tensor pow(const Tensor& self, const Tensor& exponent);
Tensor pow_scalar(const Tensor& self, const Scalar& exponent);
Tensor neg(const Tensor& self);
Tensor exp(const Tensor& self);
Tensor log(const Tensor& self);
Tensor sqrt(const Tensor& self);
Tensor relu(const Tensor& self);
Tensor threshold_backward(const Tensor& grad, const Tensor& self, const Scalar& threshold);
Tensor eq(const Tensor& self, const Tensor& other);
Tensor ne(const Tensor& self, const Tensor& other);
Tensor lt(const Tensor& self, const Tensor& other);
Tensor le(const Tensor& self, const Tensor& other);
Tensor gt(const Tensor& self, const Tensor& other);
Tensor ge(const Tensor& self, const Tensor& other);
Tensor where(const Tensor& condition, const Tensor& self, const Tensor& other);
const Tensor& add_(const Tensor& self, const Tensor& other, const Scalar& alpha);
const Tensor& sub_(const Tensor& self, const Tensor& other, const Scalar& alpha);
const Tensor& mul_(const Tensor& self, const Tensor& other);
const Tensor& div_(const Tensor& self, const Tensor& other);
const Tensor& neg_(const Tensor& self);
const Tensor& exp_(const Tensor& self);
const Tensor& sqrt_(const Tensor& self);
const Tensor& relu_(const Tensor& self);
bool equal(const Tensor& self, const Tensor& other);

// reduce.cpp, extremum.cpp; dims are wrapped; none means all
Tensor sum(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype);
Tensor mean(const Tensor& self, IntArrayRef dims, bool keepdim, std::optional<DType> dtype);
Tensor max(const Tensor& self);
std::tuple<Tensor, Tensor> max_dim(const Tensor& self, int64_t dim, bool keepdim);
Tensor argmax(const Tensor& self, std::optional<int64_t> dim, bool keepdim);

// matmul.cpp
Tensor mm(const Tensor& self, const Tensor& mat2);
Tensor addmm(const Tensor& self, const Tensor& mat1, const Tensor& mat2, const Scalar& beta,
             const Scalar& alpha);
Tensor bmm(const Tensor& self, const Tensor& mat2);
Tensor mv(const Tensor& self, const Tensor& vec);
Tensor dot(const Tensor& self, const Tensor& other);

// gather.cpp
Tensor index_select(const Tensor& self, int64_t dim, const Tensor& index);
Tensor index_add(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& source,
                 const Scalar& alpha);
Tensor cat(TensorList tensors, int64_t dim);
Tensor stack(TensorList tensors, int64_t dim);
Tensor select_backward(const Tensor& grad, IntArrayRef input_sizes, int64_t dim, int64_t index);
Tensor slice_backward(const Tensor& grad, IntArrayRef input_sizes, int64_t dim, int64_t start,
                      int64_t end, int64_t step);
Tensor as_strided_backward(const Tensor& grad, IntArrayRef input_sizes, IntArrayRef sizes,
                           IntArrayRef strides, int64_t offset);

// softmax.cpp, nll_loss.cpp
Tensor log_softmax(const Tensor& self, int64_t dim);
Tensor log_softmax_backward(const Tensor& grad_output, const Tensor& output, int64_t dim);
std::tuple<Tensor, Tensor> nll_loss_forward(const Tensor& self, const Tensor& target,
                                            const std::optional<Tensor>& weight, int64_t reduction,
                                            int64_t ignore_index);
Tensor nll_loss_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target,
                         const std::optional<Tensor>& weight, int64_t reduction,
                         int64_t ignore_index, const Tensor& total_weight);

// random.cpp
const Tensor& uniform_(const Tensor& self, double from, double to, Generator* generator);
const Tensor& normal_(const Tensor& self, double mean, double std, Generator* generator);
const Tensor& random_(const Tensor& self, int64_t from, int64_t to, Generator* generator);
Tensor randperm(int64_t n, std::optional<DType> dtype, Generator* generator);

// optimizer_step.cpp
const Tensor& fused_sgd_(const Tensor& param, const Tensor& grad,
                         const std::optional<Tensor>& momentum_buffer, double lr, double momentum,
                         double dampening, double weight_decay, bool nesterov, bool maximize,
                         bool is_first_step);
const Tensor& fused_adam_(const Tensor& param, const Tensor& grad, const Tensor& exp_avg,
                          const Tensor& exp_avg_sq, const std::optional<Tensor>& max_exp_avg_sq,
                          int64_t step, double lr, double beta1, double beta2, double eps,
                          double weight_decay, bool decoupled_weight_decay, bool maximize);

}  // namespace cutaway::cpu
