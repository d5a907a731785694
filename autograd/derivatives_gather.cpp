// SPDX-License-Identifier: MIT
//
// Gradients of reading and writing at given positions: what was read from gets the gradient added
// where it was read; what was written to gets none where it was overwritten.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "record.h"

namespace cutaway::inline v0_1::autograd::gather_derivatives {
namespace {

/// A list of index tensors, saved.
class SavedIndices {
 public:
  explicit SavedIndices(TensorList indices) {
    for (const Tensor& index : indices) saved_.push_back(save(index));
  }
  std::vector<Tensor> unpack(const Node& node) const {
    std::vector<Tensor> indices;
    for (const SavedTensor& index : saved_) indices.push_back(index.unpack(node));
    return indices;
  }

 private:
  std::vector<SavedTensor> saved_;
};

Tensor index(const Tensor& x, TensorList indices) {
  return record({"IndexBackward0", "indices..."}, {&x}, below_autograd(op::index, x, indices),
                [sizes = x.sizes(), saved = SavedIndices(indices)](const Node& node,
                                                                   const Tensor& grad) -> Grads {
                  return {index_put_(zeros(sizes, grad.dtype()), saved.unpack(node), grad, true)};
                });
}

const Tensor& index_put_(const Tensor& self, TensorList indices, const Tensor& values,
                         bool accumulate) {
  InplaceRecord history({&self, &values});
  below_autograd(op::index_put_, self, indices, values, accumulate);
  return history.record(
      {"IndexPutBackward0", "indices..."},
      [saved = SavedIndices(indices), accumulate](const Node& node, const Tensor& grad) -> Grads {
        const std::vector<Tensor> where = saved.unpack(node);
        Grads grads(2);
        if (node.needs(0)) {
          grads[0] = accumulate ? grad : index_put(grad, where, zeros({}, grad.dtype()));
        }
        if (node.needs(1)) grads[1] = cutaway::index(grad, where);
        return grads;
      });
}

// ---- Along one dimension ----

Tensor gather(const Tensor& x, int64_t dim, const Tensor& index, bool sparse_grad) {
  return record({"GatherBackward0", "index, self"}, {&x},
                below_autograd(op::gather, x, dim, index, sparse_grad),
                [sizes = x.sizes(), dim, index = save(index), self = save(x)](
                    const Node& node, const Tensor& grad) -> Grads {
                  const Tensor places = unpack_all(node, index, self)[0];
                  return {scatter_add_(zeros(sizes, grad.dtype()), dim, places, grad)};
                });
}

const Tensor& scatter_(const Tensor& self, int64_t dim, const Tensor& index, const Tensor& src) {
  InplaceRecord history({&self, &src});
  below_autograd(op::scatter_, self, dim, index, src);
  return history.record({"ScatterBackward0", "index"},
                        [dim, saved = save(index)](const Node& node, const Tensor& grad) -> Grads {
                          const Tensor places = saved.unpack(node);
                          return {node.needs(0) ? cutaway::scatter(grad, dim, places, 0) : Tensor(),
                                  node.needs(1) ? cutaway::gather(grad, dim, places) : Tensor()};
                        });
}

const Tensor& scatter_add_(const Tensor& self, int64_t dim, const Tensor& index,
                           const Tensor& src) {
  InplaceRecord history({&self, &src});
  below_autograd(op::scatter_add_, self, dim, index, src);
  return history.record(
      {"ScatterAddBackward0", "index"},
      [dim, index = save_for(src, index)](const Node& node, const Tensor& grad) -> Grads {
        const Tensor places = index.unpack(node);
        return {grad, node.needs(1) ? cutaway::gather(grad, dim, places) : Tensor()};
      });
}

/// What the gradients of scatter_reduce_ are made of: the arguments and the result.
struct Scattered {
  Tensor self, src, result, index;
  int64_t dim;
  bool include_self;

  Tensor gathered(const Tensor& x) const { return cutaway::gather(x, dim, index); }
  Tensor added_to(const Tensor& x, const Tensor& values) const {
    return cutaway::scatter_add(x, dim, index, values);
  }
};

Grads sum_grads(const Scattered& s, const Tensor& grad) { return {grad, s.gathered(grad)}; }

Grads mean_grads(const Scattered& s, const Tensor& grad) {
  const Tensor before = s.include_self ? ones_like(s.self) : zeros_like(s.self);
  const Tensor counts = s.added_to(before, ones_like(s.src));
  const Tensor share = grad / masked_fill(counts, counts.eq(0), 1);
  return {share, s.gathered(share)};
}

// The gradient of an extremum is shared by all that are equal to it.
Grads extremum_grads(const Scattered& s, const Tensor& grad) {
  const Tensor self_is_it = s.self.eq(s.result).to(grad.dtype());
  const Tensor src_is_it = s.src.eq(s.gathered(s.result)).to(grad.dtype());
  const Tensor share = grad / s.added_to(self_is_it, src_is_it);
  return {self_is_it * share, src_is_it * s.gathered(share)};
}

// The gradient of one factor is the product of the others: the result divided by it, or, where it
// is the only zero, the product without it.
Grads prod_grads(const Scattered& s, const Tensor& grad) {
  const Tensor self_or_1 = masked_fill(s.self, s.self.eq(0), 1);
  const Tensor without_self =
      cutaway::scatter_reduce(self_or_1, s.dim, s.index, s.src, "prod", s.include_self);
  const Tensor is_zero = s.src.eq(0);
  const Tensor zeros_there = s.gathered(s.added_to(zeros_like(s.self), is_zero.to(s.self.dtype())));
  const Tensor only_zero = mul(is_zero, zeros_there.eq(1));
  const Tensor without_zero = cutaway::scatter_reduce(
      s.self, s.dim, s.index, masked_fill(s.src, only_zero, 1), "prod", s.include_self);
  const Tensor by_division = s.gathered(grad * s.result) / masked_fill(s.src, is_zero, 1);
  return {grad * without_self / self_or_1,
          where(only_zero, s.gathered(grad * without_zero), by_division)};
}

const Tensor& scatter_reduce_(const Tensor& self, int64_t dim, const Tensor& index,
                              const Tensor& src, std::string_view reduce, bool include_self) {
  InplaceRecord history({&self, &src});
  const Tensor before = history.needs(0) || history.needs(1) ? self.clone() : Tensor();
  below_autograd(op::scatter_reduce_, self, dim, index, src, reduce, include_self);
  return history.record({"ScatterReduceBackward0", "index, self, src, result"},
                        [dim, include_self, saved_index = save(index), saved_self = save(before),
                         saved_src = save(src), saved_result = save_output(self),
                         how = std::string(reduce)](const Node& node, const Tensor& grad) -> Grads {
                          const auto [places, x, source, result] =
                              unpack_all(node, saved_index, saved_self, saved_src, saved_result);
                          const Scattered s{x, source, result, places, dim, include_self};
                          Grads grads = how == "sum"    ? sum_grads(s, grad)
                                        : how == "mean" ? mean_grads(s, grad)
                                        : how == "prod" ? prod_grads(s, grad)
                                                        : extremum_grads(s, grad);
                          if (!include_self) grads[0] = cutaway::scatter(grads[0], dim, s.index, 0);
                          return grads;
                        });
}

}  // namespace

void install() {
  op::index.set_kernel(Key::Autograd, index);
  op::index_put_.set_kernel(Key::Autograd, index_put_);
  op::gather.set_kernel(Key::Autograd, gather);
  op::scatter_.set_kernel(Key::Autograd, scatter_);
  op::scatter_add_.set_kernel(Key::Autograd, scatter_add_);
  op::scatter_reduce_.set_kernel(Key::Autograd, scatter_reduce_);
}

}  // namespace cutaway::autograd::gather_derivatives
