// SPDX-License-Identifier: MIT
//
// Gradients of random numbers. A number that was drawn does not change with what was there before,
// nor, as PyTorch has it, with the parameters of its distribution: all gradients are zero.
#include "../tensor/catalogue_random.h"
#include "../tensor/factories.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::random_derivatives {
namespace {

/// The gradient of an op on one tensor that it draws anew.
Grads zero_gradient(const Node&, const Tensor& grad) { return {zeros_like(grad)}; }

/// The same for two tensors; the engine sums the zeros of the wider one down to the other's shape.
Grads zero_gradients(const Node& node, const Tensor& grad) {
  return {node.needs(0) ? zeros_like(grad) : Tensor(), node.needs(1) ? zeros_like(grad) : Tensor()};
}

/// The kernel of an in-place row: calls the row below autograd and records a node of that name.
template <class... Args>
const Tensor& drawn_in_place(const char* name, const Op<const Tensor&(const Tensor&, Args...)>& row,
                             const Tensor& self, Args... args) {
  InplaceRecord history({&self});
  below_autograd(row, self, args...);
  return history.record(name, zero_gradient);
}

const Tensor& uniform_(const Tensor& self, double from, double to, Generator* generator) {
  return drawn_in_place("UniformBackward0", op::uniform_, self, from, to, generator);
}

const Tensor& normal_(const Tensor& self, double mean, double std, Generator* generator) {
  return drawn_in_place("NormalBackward0", op::normal_, self, mean, std, generator);
}

const Tensor& random_from_(const Tensor& self, int64_t from, std::optional<int64_t> to,
                           Generator* generator) {
  return drawn_in_place("RandomBackward0", op::random_from_, self, from, to, generator);
}

const Tensor& random_to_(const Tensor& self, int64_t to, Generator* generator) {
  return drawn_in_place("RandomBackward1", op::random_to_, self, to, generator);
}

const Tensor& random_(const Tensor& self, Generator* generator) {
  return drawn_in_place("RandomBackward2", op::random_, self, generator);
}

const Tensor& bernoulli_float_(const Tensor& self, double p, Generator* generator) {
  return drawn_in_place("BernoulliBackward2", op::bernoulli_float_, self, p, generator);
}

const Tensor& exponential_(const Tensor& self, double lambd, Generator* generator) {
  return drawn_in_place("ExponentialBackward0", op::exponential_, self, lambd, generator);
}

const Tensor& geometric_(const Tensor& self, double p, Generator* generator) {
  return drawn_in_place("GeometricBackward0", op::geometric_, self, p, generator);
}

const Tensor& log_normal_(const Tensor& self, double mean, double std, Generator* generator) {
  return drawn_in_place("LogNormalBackward0", op::log_normal_, self, mean, std, generator);
}

const Tensor& cauchy_(const Tensor& self, double median, double sigma, Generator* generator) {
  return drawn_in_place("CauchyBackward0", op::cauchy_, self, median, sigma, generator);
}

const Tensor& bernoulli_tensor_(const Tensor& self, const Tensor& p, Generator* generator) {
  InplaceRecord history({&self, &p});
  below_autograd(op::bernoulli_tensor_, self, p, generator);
  return history.record("BernoulliBackward1", zero_gradients);
}

Tensor bernoulli(const Tensor& self, Generator* generator) {
  return record("BernoulliBackward0", {&self}, below_autograd(op::bernoulli, self, generator),
                zero_gradient);
}

Tensor poisson(const Tensor& self, Generator* generator) {
  return record("PoissonBackward0", {&self}, below_autograd(op::poisson, self, generator),
                zero_gradient);
}

Tensor normal_tensor_float(const Tensor& mean, double std, Generator* generator) {
  return record("NormalBackward1", {&mean},
                below_autograd(op::normal_tensor_float, mean, std, generator), zero_gradient);
}

Tensor normal_float_tensor(double mean, const Tensor& std, Generator* generator) {
  return record("NormalBackward2", {&std},
                below_autograd(op::normal_float_tensor, mean, std, generator), zero_gradient);
}

Tensor normal_tensor_tensor(const Tensor& mean, const Tensor& std, Generator* generator) {
  return record("NormalBackward3", {&mean, &std},
                below_autograd(op::normal_tensor_tensor, mean, std, generator), zero_gradients);
}

}  // namespace

void install() {
  op::uniform_.set_kernel(Key::Autograd, uniform_);
  op::normal_.set_kernel(Key::Autograd, normal_);
  op::random_from_.set_kernel(Key::Autograd, random_from_);
  op::random_to_.set_kernel(Key::Autograd, random_to_);
  op::random_.set_kernel(Key::Autograd, random_);
  op::bernoulli_float_.set_kernel(Key::Autograd, bernoulli_float_);
  op::exponential_.set_kernel(Key::Autograd, exponential_);
  op::geometric_.set_kernel(Key::Autograd, geometric_);
  op::log_normal_.set_kernel(Key::Autograd, log_normal_);
  op::cauchy_.set_kernel(Key::Autograd, cauchy_);
  op::bernoulli_tensor_.set_kernel(Key::Autograd, bernoulli_tensor_);
  op::bernoulli.set_kernel(Key::Autograd, bernoulli);
  op::poisson.set_kernel(Key::Autograd, poisson);
  op::normal_tensor_float.set_kernel(Key::Autograd, normal_tensor_float);
  op::normal_float_tensor.set_kernel(Key::Autograd, normal_float_tensor);
  op::normal_tensor_tensor.set_kernel(Key::Autograd, normal_tensor_tensor);
}

}  // namespace cutaway::autograd::random_derivatives
