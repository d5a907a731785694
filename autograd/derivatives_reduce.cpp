// SPDX-License-Identifier: MIT
//
// Gradients of the reductions: the gradient of one result goes to all the elements it came from.
#include "../tensor/catalogue.h"
#include "../tensor/ops.h"
#include "derivatives.h"
#include "grad_mode.h"
#include "record.h"
#include "reduced.h"

namespace cutaway::inline v0_1::autograd::reduce_derivatives {
namespace {

Tensor sum(const Tensor& x, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  return record(dims.empty() ? "SumBackward0" : "SumBackward1", {&x},
                below_autograd(op::sum, x, dims, keepdim, dtype),
                [reduced = Reduced(x, dims, keepdim)](const Node&, const Tensor& grad) -> Grads {
                  return {reduced.with_dims(grad).expand(reduced.sizes)};
                });
}

Tensor mean(const Tensor& x, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  return record(dims.empty() ? "MeanBackward0" : "MeanBackward1", {&x},
                below_autograd(op::mean, x, dims, keepdim, dtype),
                [reduced = Reduced(x, dims, keepdim)](const Node&, const Tensor& grad) -> Grads {
                  return {reduced.with_dims(grad).expand(reduced.sizes) / reduced.count()};
                });
}

Tensor nansum(const Tensor& x, IntArrayRef dims, bool keepdim, std::optional<DType> dtype) {
  return record({"NansumBackward0", "self"}, {&x},
                below_autograd(op::nansum, x, dims, keepdim, dtype),
                [x = save(x), reduced = Reduced(x, dims, keepdim)](const Node& node,
                                                                   const Tensor& grad) -> Grads {
                  const Tensor value = x.unpack(node).detach();
                  return {where(eq(value, value), reduced.with_dims(grad), 0)};
                });
}

// d result / d x[k] = result / x[k], which will not do where an element is 0. There it is the
// product of the elements before k and of those behind: two running products.
Tensor product_of_others(const Tensor& x, int64_t dim) {
  const int64_t n = x.size(dim);
  const Tensor from_end = arange(n - 1, -1, -1);
  DimVector one_size(x.sizes());
  one_size[dim] = 1;
  const Tensor one = ones(one_size, x.dtype());
  const auto product_before = [&](const Tensor& line) {
    return cat({one, line.narrow(dim, 0, n - 1)}, dim).cumprod(dim);
  };
  const Tensor behind = product_before(x.index_select(dim, from_end)).index_select(dim, from_end);
  return product_before(x) * behind;
}

Tensor prod_backward(const Tensor& grad, const Tensor& x, const Tensor& result, int64_t dim) {
  if (x.dim() == 0) return grad;
  if (all(x.detach()).item<bool>()) return grad * (result / x);
  return x.size(dim) == 1 ? grad : grad * product_of_others(x, dim);
}

Tensor prod(const Tensor& x, std::optional<DType> dtype) {
  const Tensor result = below_autograd(op::prod, x, dtype);
  return record(
      {"ProdBackward0", "self, result"}, {&x}, result,
      [x = save(x), result = save_output(result)](const Node& node, const Tensor& grad) -> Grads {
        const auto [in, out] = unpack_all(node, x, result);
        if (in.dim() == 0) return {grad.to(in.dtype())};
        const Tensor flat = in.to(out.dtype()).reshape({-1});
        return {prod_backward(grad, flat, out, 0).reshape(in.sizes()).to(in.dtype())};
      });
}

Tensor prod_dim(const Tensor& x, int64_t dim, bool keepdim, std::optional<DType> dtype) {
  const Tensor result = below_autograd(op::prod_dim, x, dim, keepdim, dtype);
  return record(
      {"ProdBackward1", "self, result"}, {&x}, result,
      [x = save(x), result = save_output(result), dim, reduced = Reduced(x, dim, keepdim)](
          const Node& node, const Tensor& grad) -> Grads {
        const auto [in, out] = unpack_all(node, x, result);
        return {
            prod_backward(reduced.with_dims(grad), in.to(out.dtype()), reduced.with_dims(out), dim)
                .to(in.dtype())};
      });
}

// ---- Extremes ----

/// How an extreme's gradient is shared: share_evenly, or as follows.
using Share = Tensor (*)(const Tensor&, const Tensor&, const Tensor&, const Reduced&);

/// By the elements that equal it: none does where it is NaN.
Tensor share_among_equal(const Tensor& grad, const Tensor& x, const Tensor& extreme,
                         const Reduced& reduced) {
  const Tensor mask = eq(x.detach(), reduced.with_dims(extreme.detach()));
  return share_by_count(reduced.with_dims(grad), mask, reduced);
}

/// An op whose one result is a value of x: row(x, arguments...).
template <class Row, class... Arguments>
Tensor shared_extreme(const char* name, Share share, const Row& row, const Reduced& reduced,
                      const Tensor& x, Arguments... arguments) {
  const Tensor result = below_autograd(row, x, arguments...);
  return record({name, "self, result"}, {&x}, result,
                [x = save(x), result = save_output(result), reduced, share](
                    const Node& node, const Tensor& grad) -> Grads {
                  const auto [in, extreme] = unpack_all(node, x, result);
                  return {share(grad, in, extreme, reduced)};
                });
}

Tensor max(const Tensor& x) {
  return shared_extreme("MaxBackward1", share_evenly, op::max, Reduced(x), x);
}
Tensor min(const Tensor& x) {
  return shared_extreme("MinBackward1", share_evenly, op::min, Reduced(x), x);
}
Tensor amax(const Tensor& x, IntArrayRef dims, bool keepdim) {
  return shared_extreme("AmaxBackward0", share_among_equal, op::amax, Reduced(x, dims, keepdim), x,
                        dims, keepdim);
}
Tensor amin(const Tensor& x, IntArrayRef dims, bool keepdim) {
  return shared_extreme("AminBackward0", share_among_equal, op::amin, Reduced(x, dims, keepdim), x,
                        dims, keepdim);
}
Tensor median(const Tensor& x) {
  return shared_extreme("MedianBackward0", share_evenly, op::median, Reduced(x), x);
}
Tensor nanmedian(const Tensor& x) {
  return shared_extreme("NanmedianBackward0", share_evenly, op::nanmedian, Reduced(x), x);
}

std::tuple<Tensor, Tensor> aminmax(const Tensor& x, std::optional<int64_t> dim, bool keepdim) {
  const std::tuple<Tensor, Tensor> results = below_autograd(op::aminmax, x, dim, keepdim);
  return record_both({"AminmaxBackward0", "self, max, min"}, {&x}, results,
                     [x = save(x), max = save_output(std::get<1>(results), 1),
                      min = save_output(std::get<0>(results)),
                      reduced = Reduced(x, dim ? DimVector{*dim} : DimVector(), keepdim)](
                         const Node& node, const Grads& grads) -> Grads {
                       const std::array saved = unpack_all(node, x, max, min);
                       const auto share = [&](const Tensor& grad, const Tensor& extreme) {
                         if (!grad.defined()) return Tensor();
                         return share_among_equal(grad, saved[0], extreme, reduced);
                       };
                       return {total(share(grads[0], saved[2]), share(grads[1], saved[1]))};
                     });
}

/// An op that gives (values, indices) along `dim`: the gradient goes to the place.
template <class Row, class... Arguments>
std::tuple<Tensor, Tensor> chosen(const char* name, const Row& row, const Reduced& reduced,
                                  const Tensor& x, Arguments... arguments) {
  const auto [values, indices] = below_autograd(row, x, arguments...);
  Tensor recorded =
      record({name, "indices"}, {&x}, values,
             [indices = save(indices), reduced](const Node& node, const Tensor& grad) -> Grads {
               return {to_chosen(grad, indices.unpack(node), reduced)};
             });
  return {std::move(recorded), indices};
}

std::tuple<Tensor, Tensor> max_dim(const Tensor& x, int64_t dim, bool keepdim) {
  return chosen("MaxBackward0", op::max_dim, Reduced(x, dim, keepdim), x, dim, keepdim);
}
std::tuple<Tensor, Tensor> min_dim(const Tensor& x, int64_t dim, bool keepdim) {
  return chosen("MinBackward0", op::min_dim, Reduced(x, dim, keepdim), x, dim, keepdim);
}
std::tuple<Tensor, Tensor> median_dim(const Tensor& x, int64_t dim, bool keepdim) {
  return chosen("MedianBackward1", op::median_dim, Reduced(x, dim, keepdim), x, dim, keepdim);
}
std::tuple<Tensor, Tensor> nanmedian_dim(const Tensor& x, int64_t dim, bool keepdim) {
  return chosen("NanmedianBackward1", op::nanmedian_dim, Reduced(x, dim, keepdim), x, dim, keepdim);
}
std::tuple<Tensor, Tensor> kthvalue(const Tensor& x, int64_t k, int64_t dim, bool keepdim) {
  return chosen("KthvalueBackward0", op::kthvalue, Reduced(x, dim, keepdim), x, k, dim, keepdim);
}
std::tuple<Tensor, Tensor> mode(const Tensor& x, int64_t dim, bool keepdim) {
  return chosen("ModeBackward0", op::mode, Reduced(x, dim, keepdim), x, dim, keepdim);
}

}  // namespace

void install() {
  op::sum.set_kernel(Key::Autograd, sum);
  op::mean.set_kernel(Key::Autograd, mean);
  op::nansum.set_kernel(Key::Autograd, nansum);
  op::prod.set_kernel(Key::Autograd, prod);
  op::prod_dim.set_kernel(Key::Autograd, prod_dim);
  op::max.set_kernel(Key::Autograd, max);
  op::min.set_kernel(Key::Autograd, min);
  op::amax.set_kernel(Key::Autograd, amax);
  op::amin.set_kernel(Key::Autograd, amin);
  op::aminmax.set_kernel(Key::Autograd, aminmax);
  op::max_dim.set_kernel(Key::Autograd, max_dim);
  op::min_dim.set_kernel(Key::Autograd, min_dim);
  op::median.set_kernel(Key::Autograd, median);
  op::nanmedian.set_kernel(Key::Autograd, nanmedian);
  op::median_dim.set_kernel(Key::Autograd, median_dim);
  op::nanmedian_dim.set_kernel(Key::Autograd, nanmedian_dim);
  op::kthvalue.set_kernel(Key::Autograd, kthvalue);
  op::mode.set_kernel(Key::Autograd, mode);
}

}  // namespace cutaway::autograd::reduce_derivatives
