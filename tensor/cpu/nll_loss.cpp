// SPDX-License-Identifier: MIT
//
// Kernels of the negative log likelihood. One element per sample is read (forward) or written
// (backward), so a plain loop does; sums are carried in double.
//
//     forward:   l_i = -w[t_i] * x[i, t_i]      result: l, sum(l), or sum(l) / sum_i w[t_i]
//     backward:  d[i, t_i] = -w[t_i] * g        g: the gradient of l_i
#include "../check.h"
#include "../factories.h"
#include "../ops_nn.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {
namespace {

/// The samples as the loops want them: x(i, c) for i < count, c < classes. A single sample, (C), is
/// a batch of one.
template <class T>
struct Samples {
  Samples(const Tensor& self, const Tensor& target_classes, const std::optional<Tensor>& weight,
          int64_t ignored)
      : count(self.dim() == 1 ? 1 : self.size(0)),
        classes(self.size(-1)),
        row_stride(self.dim() == 1 ? 0 : self.stride(0)),
        class_stride(self.stride(-1)),
        target(target_classes.data<int64_t>()),
        target_stride(target_classes.dim() == 0 ? 0 : target_classes.stride(0)),
        ignore_index(ignored) {
    if (weight && weight->defined()) {
      weights = weight->data<T>();
      weight_stride = weight->stride(0);
    }
  }

  /// Calls visit(i, class, weight) for every sample that is not ignored.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (int64_t i = 0; i < count; ++i) {
      const int64_t t = target[i * target_stride];
      if (t == ignore_index) continue;
      check_index(0 <= t && t < classes, "Target ", t, " is out of bounds.");
      visit(i, t, weights == nullptr ? T(1) : weights[t * weight_stride]);
    }
  }

  int64_t count, classes, row_stride, class_stride;
  const int64_t* target;
  int64_t target_stride;
  const T* weights = nullptr;  // none: all 1
  int64_t weight_stride = 0;
  int64_t ignore_index;
};

}  // namespace

std::tuple<Tensor, Tensor> nll_loss_forward(const Tensor& self, const Tensor& target,
                                            const std::optional<Tensor>& weight, int64_t reduction,
                                            int64_t ignore_index) {
  const bool per_sample = reduction == static_cast<int64_t>(Reduction::None);
  const bool mean = reduction == static_cast<int64_t>(Reduction::Mean);
  const DimVector sizes = per_sample && self.dim() == 2 ? DimVector{self.size(0)} : DimVector();
  const Tensor output = cutaway::empty(sizes, self.dtype());
  const Tensor total_weight = cutaway::empty({}, self.dtype());
  visit_floating(self.dtype(), "nll_loss_out_frame", [&]<class T>(TypeTag<T>) {
    const Samples<T> samples(self, target, weight, ignore_index);
    const T* x = self.data<T>();
    const auto at = [&](int64_t i, int64_t c) {
      return x[i * samples.row_stride + c * samples.class_stride];
    };
    if (per_sample) {
      cpu::zero_(output);
      T* out = output.data<T>();
      samples.for_each([&](int64_t i, int64_t c, T w) { out[i] = -w * at(i, c); });
      *total_weight.data<T>() = T(0);  // has no meaning here
      return;
    }
    double loss = 0;
    double total = 0;
    samples.for_each([&](int64_t i, int64_t c, T w) {
      loss -= static_cast<double>(w) * static_cast<double>(at(i, c));
      total += static_cast<double>(w);
    });
    *output.data<T>() = static_cast<T>(mean ? loss / total : loss);  // all ignored: 0 / 0
    *total_weight.data<T>() = static_cast<T>(total);
  });
  return {output, total_weight};
}

Tensor nll_loss_backward(const Tensor& grad_output, const Tensor& self, const Tensor& target,
                         const std::optional<Tensor>& weight, int64_t reduction,
                         int64_t ignore_index, const Tensor& total_weight) {
  const Tensor grad_input = cutaway::empty(self.sizes(), self.dtype());
  cpu::zero_(grad_input);
  visit_floating(self.dtype(), "nll_loss_backward_out_frame", [&]<class T>(TypeTag<T>) {
    const Samples<T> samples(grad_input, target, weight, ignore_index);
    const T* grad = grad_output.data<T>();
    // A gradient for each sample, or one for all.
    const bool per_sample =
        reduction == static_cast<int64_t>(Reduction::None) && grad_output.dim() == 1;
    const int64_t grad_stride = per_sample ? grad_output.stride(0) : 0;
    const T divisor =
        reduction == static_cast<int64_t>(Reduction::Mean) ? *total_weight.data<T>() : T(1);
    T* out = grad_input.data<T>();
    samples.for_each([&](int64_t i, int64_t c, T w) {
      out[i * samples.row_stride + c] = -w * (grad[i * grad_stride] / divisor);
    });
  });
  return grad_input;
}

}  // namespace cutaway::cpu
