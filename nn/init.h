// SPDX-License-Identifier: MIT
//
// Initialisation: how the weights of a network start. Random weights break the symmetry between
// units; their scale decides whether signals (and gradients) keep their size from layer to layer.
//
// Every function fills the tensor in place, records no gradient and returns the tensor. With the
// same seed the numbers are PyTorch's. A null generator means the default one.
//
// fan_in, fan_out: how many inputs one output element depends on, and the other way round. A weight
// of shape (out, in, kernel...) has fan_in = in * kernel..., fan_out = out * kernel...
//
// Papers: X. Glorot, Y. Bengio: Understanding the difficulty of training deep feedforward neural
// networks (2010): xavier. K. He et al.: Delving deep into rectifiers (2015): kaiming.
// PyTorch counterpart: torch.nn.init. Left out: orthogonal_, sparse_, eye_, dirac_.
#pragma once

#include <cstdint>
#include <optional>

#include "../tensor/tensor.h"

namespace cutaway::inline v0_1::nn::init {

const Tensor& uniform_(const Tensor& tensor, double a = 0, double b = 1,
                       Generator* generator = nullptr);
const Tensor& normal_(const Tensor& tensor, double mean = 0, double std = 1,
                      Generator* generator = nullptr);
/// The normal distribution cut off outside [a, b]: what falls outside is drawn again. PyTorch warns
/// where the mean lies far outside; we do not.
const Tensor& trunc_normal_(const Tensor& tensor, double mean = 0, double std = 1, double a = -2,
                            double b = 2, Generator* generator = nullptr);
const Tensor& constant_(const Tensor& tensor, const Scalar& value);
const Tensor& zeros_(const Tensor& tensor);
const Tensor& ones_(const Tensor& tensor);

struct Fans {
  int64_t fan_in;
  int64_t fan_out;
};
/// Throws ValueError for a tensor with fewer than 2 dimensions.
Fans calculate_fan_in_and_fan_out(const Tensor& tensor);

/// What follows the layer. Linear stands for convolutions and for no function at all.
enum class Nonlinearity { Linear, Sigmoid, Tanh, ReLU, LeakyReLU, SELU };
/// By how much the weights must be larger to make up for what the nonlinearity takes away. `param`:
/// the negative slope of LeakyReLU, 0.01 unless given.
double calculate_gain(Nonlinearity nonlinearity, std::optional<double> param = {});

/// Variance 2 / (fan_in + fan_out), times gain squared.
const Tensor& xavier_uniform_(const Tensor& tensor, double gain = 1,
                              Generator* generator = nullptr);
const Tensor& xavier_normal_(const Tensor& tensor, double gain = 1, Generator* generator = nullptr);

enum class FanMode { FanIn, FanOut };
struct KaimingOptions {
  double a = 0;                                         // the negative slope of LeakyReLU
  FanMode mode = FanMode::FanIn;                        // FanIn keeps signals, FanOut gradients
  Nonlinearity nonlinearity = Nonlinearity::LeakyReLU;  // with slope 0 that is ReLU
  Generator* generator = nullptr;
};
/// Variance gain^2 / fan. A tensor without elements stays as it is.
const Tensor& kaiming_uniform_(const Tensor& tensor, const KaimingOptions& options = {});
const Tensor& kaiming_normal_(const Tensor& tensor, const KaimingOptions& options = {});

}  // namespace cutaway::nn::init
