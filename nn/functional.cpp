// SPDX-License-Identifier: MIT
#include "functional.h"

#include "../tensor/check.h"
#include "../tensor/ops.h"

namespace cutaway::inline v0_1::nn::functional {

Tensor linear(const Tensor& input, const Tensor& weight, const Tensor& bias) {
  // addmm adds the bias while it multiplies, but takes matrices only: leading dimensions become
  // one.
  if (bias.defined() && input.dim() == 2) return addmm(bias, input, weight.t());
  if (bias.defined() && input.dim() > 0 && input.is_contiguous()) {
    DimVector sizes = input.sizes();
    const int64_t in_features = sizes.back();
    sizes.resize(sizes.size() - 1);
    const Tensor rows = input.view({numel_of(sizes), in_features});
    sizes.push_back(weight.size(0));
    return addmm(bias, rows, weight.t()).view(sizes);
  }
  const Tensor product = matmul(input, weight.t());
  return bias.defined() ? product + bias : product;
}

Tensor relu(const Tensor& input, bool inplace) {
  return inplace ? cutaway::relu_(input) : cutaway::relu(input);
}

Tensor log_softmax(const Tensor& input, int64_t dim) { return cutaway::log_softmax(input, dim); }

Tensor nll_loss(const Tensor& input, const Tensor& target, const NLLLossOptions& options) {
  return cutaway::nll_loss(input, target, options.weight, options.reduction, options.ignore_index);
}

// ---- Cross entropy ----

/// Where the classes stand in the shape of an input: (C), (N, C) or (N, C, d1, ...).
static int64_t class_dim_of(const Tensor& input) { return input.dim() == 1 ? 0 : 1; }

/// The class weights (C), shaped so that they broadcast against (N, C, d1, ...).
static Tensor along_classes(const Tensor& weight, const Tensor& input) {
  DimVector sizes(input.dim(), 1);
  sizes[class_dim_of(input)] = weight.numel();
  return weight.view(sizes);
}

static void check_label_smoothing(double label_smoothing) {
  check(0 <= label_smoothing && label_smoothing <= 1,
        "label_smoothing must be between 0.0 and 1.0. Got: ", label_smoothing);
}

/// Targets that are probabilities: -sum_c weight[c] * target[c] * log_probability[c] per sample.
/// The mean is over samples, whatever their weights.
static Tensor cross_entropy_of_probabilities(const Tensor& log_probability, const Tensor& target,
                                             const CrossEntropyLossOptions& options) {
  const int64_t class_dim = class_dim_of(log_probability);
  const int64_t classes = log_probability.size(class_dim);
  const Tensor& weight = options.weight;
  check(!weight.defined() || (weight.dim() == 1 && weight.numel() == classes),
        "cross_entropy: weight tensor should be defined either for all ", classes,
        " classes or no classes but got weight tensor of shape: ",
        weight.defined() ? weight.sizes() : DimVector());

  Tensor probability = target;
  if (options.label_smoothing > 0) {
    check_label_smoothing(options.label_smoothing);
    probability = target * (1 - options.label_smoothing) +
                  options.label_smoothing / static_cast<double>(classes);
  }
  Tensor terms = log_probability * probability;
  if (weight.defined()) terms = terms * along_classes(weight, log_probability);

  if (options.reduction == Reduction::None) return -terms.sum(class_dim);
  if (options.reduction == Reduction::Sum) return -terms.sum();
  // 0 / 0 where there is no sample, and no class to count samples by.
  const double samples =
      terms.numel() == 0 ? 0 : static_cast<double>(terms.numel()) / static_cast<double>(classes);
  return -terms.sum() / samples;
}

/// Smoothed class targets: as if a part `label_smoothing` of each target were the same probability
/// for every class, so that (1 - smoothing) * nll_loss + smoothing / C * (loss summed over
/// classes).
static Tensor smoothed_cross_entropy(const Tensor& log_probability, const Tensor& target,
                                     const CrossEntropyLossOptions& options) {
  check_label_smoothing(options.label_smoothing);
  const int64_t class_dim = class_dim_of(log_probability);
  const Tensor& weight = options.weight;
  const Tensor nll =
      cutaway::nll_loss(log_probability, target, weight, options.reduction, options.ignore_index);

  Tensor over_classes =
      -(weight.defined() ? log_probability * along_classes(weight, log_probability)
                         : log_probability)
           .sum(class_dim);
  // A sample given as (C) may have its target as (1).
  const Tensor classes = target.reshape(over_classes.sizes()).to(kInt64);
  const Tensor ignored = classes == options.ignore_index;
  over_classes = where(ignored, 0, over_classes);

  Tensor smooth = over_classes;
  if (options.reduction == Reduction::Sum) smooth = over_classes.sum();
  if (options.reduction == Reduction::Mean) {
    // The mean, as nll_loss has it: divided by the weights of the targets.
    Tensor counted = (classes != options.ignore_index).to(log_probability.dtype());
    if (weight.defined()) {
      const Tensor flat = where(ignored, 0, classes).reshape({classes.numel()});
      counted = counted * weight.index_select(0, flat).reshape(classes.sizes());
    }
    smooth = over_classes.sum() / counted.sum();
  }
  const double share =
      options.label_smoothing / static_cast<double>(log_probability.size(class_dim));
  return (1 - options.label_smoothing) * nll + smooth * share;
}

Tensor cross_entropy(const Tensor& input, const Tensor& target,
                     const CrossEntropyLossOptions& options) {
  const bool is_probability = input.sizes() == target.sizes();
  check(!is_probability || target.is_floating_point(),
        "Expected floating point type for target with class probabilities, got ", target.dtype());
  check(!is_probability || options.ignore_index < 0,
        "ignore_index is not supported for floating point target");

  const Tensor log_probability = cutaway::log_softmax(input, class_dim_of(input));
  if (is_probability) return cross_entropy_of_probabilities(log_probability, target, options);
  if (options.label_smoothing > 0) return smoothed_cross_entropy(log_probability, target, options);
  return cutaway::nll_loss(log_probability, target, options.weight, options.reduction,
                           options.ignore_index);
}

Tensor mse_loss(const Tensor& input, const Tensor& target, const MSELossOptions& options) {
  const Tensor difference = input - target;
  const Tensor squares = difference * difference;
  if (options.reduction == Reduction::None) return squares;
  return options.reduction == Reduction::Mean ? squares.mean() : squares.sum();
}

}  // namespace cutaway::nn::functional
