// SPDX-License-Identifier: MIT
//
// Tensor: the handle that users hold. Copying it copies a pointer; two handles may mean the same
// tensor. All data and geometry live in TensorImpl.
//
// Every method that computes is one line: it calls the function of the same name in ops_*.h,
// factories.h or views.h, where the contract is written. Methods that speak of gradients are
// declared here and defined in autograd/variable.cpp, so that this folder works without that one:
// linking fails, with their names, only for a program that calls them.
//
// A const Tensor is a handle that cannot be pointed elsewhere; the elements can still be written,
// which is why in-place methods are const, as in PyTorch.
//
// PyTorch counterpart: ATen/core/Tensor.h (torch.Tensor).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "dtype.h"
#include "scalar.h"
#include "shape.h"
#include "tensor_impl.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

namespace autograd {
class Node;
class RemovableHandle;
struct TensorHook;
struct PostAccumulateHook;
}  // namespace autograd
class Generator;
class Tensor;
namespace indexing {
class TensorIndex;
}

using TensorList = ArrayRef<Tensor>;

class Tensor {
 public:
  /// The undefined tensor: no impl. PyTorch's None.
  Tensor() = default;
  explicit Tensor(std::shared_ptr<TensorImpl> impl) : impl_(std::move(impl)) {}

  // ---- What it is ----
  bool defined() const { return impl_ != nullptr; }
  /// Whether both handles mean one and the same tensor (Python's `is`).
  bool is_same(const Tensor& other) const { return impl_ == other.impl_; }
  int64_t dim() const { return ref().sizes().size(); }
  /// Size of one dimension; negative counts from the end. Throws IndexError.
  int64_t size(int64_t dim) const { return sizes()[wrap_dim_of(dim)]; }
  int64_t stride(int64_t dim) const { return strides()[wrap_dim_of(dim)]; }
  const DimVector& sizes() const { return ref().sizes(); }
  const DimVector& strides() const { return ref().strides(); }
  int64_t storage_offset() const { return ref().storage_offset(); }
  int64_t numel() const { return ref().numel(); }
  DType dtype() const { return ref().dtype(); }
  int64_t element_size() const { return size_of(dtype()); }
  bool is_contiguous() const { return ref().is_contiguous(); }
  bool is_floating_point() const { return cutaway::is_floating_point(dtype()); }
  /// Whether it shares the memory of another tensor that it was made from (PyTorch's _is_view()).
  bool is_view() const { return ref().base() != nullptr; }
  const Storage& storage() const { return ref().storage(); }
  KeySet keys() const { return ref().keys(); }
  /// How many in-place writes this tensor and its views have seen (PyTorch's _version).
  /// Throws for an inference tensor.
  uint32_t version() const;
  /// Whether it was made in inference mode: inference_mode.h.
  bool is_inference() const { return ref().is_inference(); }
  void bump_version() const { ref().bump_version(); }
  TensorImpl* impl() const { return impl_.get(); }
  const std::shared_ptr<TensorImpl>& impl_ptr() const { return impl_; }
  /// Whether nobody else can see this memory: the only handle, and no view. Then it may be reused.
  bool is_sole_owner() const {
    // The impl refers to its storage twice: by itself and through the version counter.
    return impl_.use_count() == 1 && storage().use_count() == 2;
  }

  // ---- Its elements ----
  /// Address of the first element. Throws where T is not the tensor's dtype.
  template <class T>
  T* data() const {
    if (dtype_of<T> != dtype()) [[unlikely]]
      fail_data_type(dtype_of<T>);
    return reinterpret_cast<T*>(ref().data());
  }
  std::byte* raw_data() const { return ref().data(); }
  /// The value of a one-element tensor. Throws for any other number of elements.
  Scalar item() const;
  template <class T>
  T item() const {
    return item().to<T>();
  }

  // ---- Gradients: defined in autograd/variable.cpp ----
  /// Whether gradients flow to this tensor. (Defined here: false where autograd is absent.)
  bool requires_grad() const {
    const AutogradMetaInterface* meta = ref().nearest_autograd_meta();
    return meta != nullptr && meta->requires_grad(*this);
  }
  /// Starts (or stops) collecting gradients in this leaf. Throws for integer dtypes and non-leaves.
  const Tensor& requires_grad_(bool requires_grad = true) const;
  /// Whether it was made by the user rather than computed: only leaves collect `grad`.
  bool is_leaf() const;
  /// The gradient collected so far; undefined before the first backward.
  const Tensor& grad() const;
  void set_grad(const Tensor& grad) const;
  /// Makes this tensor another one (memory, shape, dtype) without becoming another object: handles,
  /// grad and the optimizers that hold it stay. PyTorch's `x.data = data`. Not for views.
  void set_data(const Tensor& data) const;
  /// The same memory without history, and with a version counter of its own: what is written to it
  /// goes unnoticed by autograd. PyTorch's `x.data`. Prefer detach().
  Tensor variable_data() const;
  /// The node that computed this tensor; null for a leaf.
  std::shared_ptr<autograd::Node> grad_fn() const;
  /// Which output of grad_fn this tensor is.
  int64_t output_nr() const;
  /// Walks the graph behind this tensor and adds d(this)/d(leaf) to every leaf's grad, or to that
  /// of `inputs` alone. A scalar needs no `gradient`. See autograd/engine.h.
  void backward(const Tensor& gradient = {}, std::optional<bool> retain_graph = {},
                bool create_graph = false, std::optional<TensorList> inputs = {}) const;
  /// Calls `hook`, a Tensor(const Tensor& grad), with each gradient of this tensor; the gradient it
  /// returns takes the place of that, an undefined one leaves it. Errors call the hook `name`.
  /// Callers include autograd/hooks.h, which turns any function into a TensorHook.
  autograd::RemovableHandle register_hook(autograd::TensorHook hook, std::string name = {}) const;
  /// Calls `hook`, a void(const Tensor& leaf), each time backward has added to this leaf's grad.
  autograd::RemovableHandle register_post_accumulate_grad_hook(autograd::PostAccumulateHook hook,
                                                               std::string name = {}) const;
  /// Keeps the gradient of this computed tensor in its grad, as leaves do; nothing for a leaf.
  void retain_grad() const;
  bool retains_grad() const;
  /// Forgets how this tensor was computed: it becomes a leaf that requires no gradient.
  const Tensor& detach_() const;

  // ---- Conversion and copying: ops_copy.h ----
  Tensor to(DType dtype, bool copy = false) const;
  Tensor to(const Tensor& other, bool copy = false) const;
  Tensor type_as(const Tensor& other) const;
  Tensor clone() const;
  Tensor contiguous() const;
  /// The same memory, cut off from the graph.
  Tensor detach() const;
  const Tensor& copy_(const Tensor& source) const;
  const Tensor& fill_(const Scalar& value) const;
  const Tensor& zero_() const;

  // ---- Views: views.h, views_split.h, views_inplace.h ----
  Tensor view(IntArrayRef sizes) const;
  Tensor reshape(IntArrayRef sizes) const;
  Tensor flatten(int64_t start_dim = 0, int64_t end_dim = -1) const;
  Tensor permute(IntArrayRef dims) const;
  Tensor transpose(int64_t dim0, int64_t dim1) const;
  Tensor t() const;
  Tensor expand(IntArrayRef sizes) const;
  Tensor expand_as(const Tensor& other) const;
  Tensor squeeze() const;
  Tensor squeeze(int64_t dim) const;
  Tensor unsqueeze(int64_t dim) const;
  Tensor select(int64_t dim, int64_t index) const;
  Tensor slice(int64_t dim, std::optional<int64_t> start = {}, std::optional<int64_t> end = {},
               int64_t step = 1) const;
  Tensor narrow(int64_t dim, int64_t start, int64_t length) const;
  Tensor as_strided(IntArrayRef sizes, IntArrayRef strides,
                    std::optional<int64_t> storage_offset = {}) const;
  Tensor view(DType dtype) const;
  Tensor view_as(const Tensor& other) const;
  Tensor reshape_as(const Tensor& other) const;
  Tensor ravel() const;
  Tensor unflatten(int64_t dim, IntArrayRef sizes) const;
  Tensor swapaxes(int64_t dim0, int64_t dim1) const;
  Tensor swapdims(int64_t dim0, int64_t dim1) const;
  Tensor movedim(IntArrayRef source, IntArrayRef destination) const;
  Tensor movedim(int64_t source, int64_t destination) const;
  Tensor moveaxis(IntArrayRef source, IntArrayRef destination) const;
  Tensor moveaxis(int64_t source, int64_t destination) const;
  Tensor mT() const;
  Tensor mH() const;
  Tensor adjoint() const;
  Tensor T() const;
  Tensor H() const;
  Tensor broadcast_to(IntArrayRef sizes) const;
  Tensor squeeze(IntArrayRef dims) const;
  Tensor narrow_copy(int64_t dim, int64_t start, int64_t length) const;
  Tensor diagonal(int64_t offset = 0, int64_t dim1 = 0, int64_t dim2 = 1) const;
  Tensor unfold(int64_t dimension, int64_t size, int64_t step) const;
  bool is_same_size(const Tensor& other) const;
  std::vector<Tensor> split(int64_t split_size, int64_t dim = 0) const;
  std::vector<Tensor> split(IntArrayRef split_sizes, int64_t dim = 0) const;
  std::vector<Tensor> split_with_sizes(IntArrayRef split_sizes, int64_t dim = 0) const;
  std::vector<Tensor> chunk(int64_t chunks, int64_t dim = 0) const;
  std::vector<Tensor> tensor_split(int64_t sections, int64_t dim = 0) const;
  std::vector<Tensor> tensor_split(IntArrayRef indices, int64_t dim = 0) const;
  std::vector<Tensor> hsplit(int64_t sections) const;
  std::vector<Tensor> hsplit(IntArrayRef indices) const;
  std::vector<Tensor> vsplit(int64_t sections) const;
  std::vector<Tensor> vsplit(IntArrayRef indices) const;
  std::vector<Tensor> dsplit(int64_t sections) const;
  std::vector<Tensor> dsplit(IntArrayRef indices) const;
  std::vector<Tensor> unbind(int64_t dim = 0) const;
  const Tensor& squeeze_() const;
  const Tensor& squeeze_(int64_t dim) const;
  const Tensor& squeeze_(IntArrayRef dims) const;
  const Tensor& unsqueeze_(int64_t dim) const;
  const Tensor& transpose_(int64_t dim0, int64_t dim1) const;
  const Tensor& swapaxes_(int64_t dim0, int64_t dim1) const;
  const Tensor& swapdims_(int64_t dim0, int64_t dim1) const;
  const Tensor& t_() const;
  const Tensor& resize_(IntArrayRef sizes) const;
  /// x[i] is x.select(0, i).
  Tensor operator[](int64_t index) const;

  // ---- Triangles and diagonals: ops_triangle.h ----
  Tensor tril(int64_t diagonal = 0) const;
  const Tensor& tril_(int64_t diagonal = 0) const;
  Tensor triu(int64_t diagonal = 0) const;
  const Tensor& triu_(int64_t diagonal = 0) const;
  Tensor diag(int64_t diagonal = 0) const;
  Tensor diag_embed(int64_t offset = 0, int64_t dim1 = -2, int64_t dim2 = -1) const;
  Tensor diagflat(int64_t offset = 0) const;

  // ---- Sorting and searching: ops_sort.h, ops_search.h ----
  std::tuple<Tensor, Tensor> sort(int64_t dim = -1, bool descending = false) const;
  Tensor argsort(int64_t dim = -1, bool descending = false) const;
  Tensor msort() const;
  std::tuple<Tensor, Tensor> topk(int64_t k, int64_t dim = -1, bool largest = true,
                                  bool sorted = true) const;
  std::tuple<Tensor, Tensor, Tensor> unique(bool sorted = true, bool return_inverse = false,
                                            bool return_counts = false,
                                            std::optional<int64_t> dim = {}) const;
  std::tuple<Tensor, Tensor, Tensor> unique_consecutive(bool return_inverse = false,
                                                        bool return_counts = false,
                                                        std::optional<int64_t> dim = {}) const;
  Tensor bincount(const Tensor& weights, int64_t minlength = 0) const;
  Tensor bincount(int64_t minlength = 0) const;
  Tensor histc(int64_t bins = 100, const Scalar& min = 0, const Scalar& max = 0) const;

  // ---- New tensors of the same dtype: factories.h ----
  Tensor new_empty(IntArrayRef sizes, std::optional<DType> dtype = {}) const;
  Tensor new_zeros(IntArrayRef sizes, std::optional<DType> dtype = {}) const;
  Tensor new_ones(IntArrayRef sizes, std::optional<DType> dtype = {}) const;
  Tensor new_full(IntArrayRef sizes, const Scalar& value, std::optional<DType> dtype = {}) const;

  // clang-format off
  // ---- Functions of one tensor: ops_unary.h, ops_compare.h ----
  Tensor exp() const, exp2() const, expm1() const, log() const, log2() const, log10() const,
      log1p() const, sqrt() const, rsqrt() const, reciprocal() const, sin() const, cos() const,
      tan() const, asin() const, acos() const, atan() const, sinh() const, cosh() const, tanh()
      const, asinh() const, acosh() const, atanh() const, sinc() const, deg2rad() const, rad2deg()
      const, erf() const, erfc() const, erfinv() const, lgamma() const, digamma() const, i0()
      const, sigmoid() const, ceil() const, floor() const, trunc() const, round() const, frac()
      const, abs() const, sign() const, neg() const, absolute() const, negative() const, fix()
      const, sgn() const, arcsin() const, arccos() const, arctan() const, arcsinh() const,
      arccosh() const, arctanh() const, square() const, relu() const, positive() const, signbit()
      const, bitwise_not() const, logical_not() const, isnan() const, isinf() const, isposinf()
      const, isneginf() const, isfinite() const, isreal() const;
  Tensor round(int64_t decimals) const;
  Tensor polygamma(int64_t n) const;
  Tensor mvlgamma(int64_t p) const;
  Tensor logit(std::optional<double> eps = {}) const;
  Tensor nan_to_num(std::optional<double> nan = {}, std::optional<double> posinf = {},
      std::optional<double> neginf = {}) const;
  const Tensor &exp_() const, &exp2_() const, &expm1_() const, &log_() const, &log2_() const,
      &log10_() const, &log1p_() const, &sqrt_() const, &rsqrt_() const, &reciprocal_() const,
      &sin_() const, &cos_() const, &tan_() const, &asin_() const, &acos_() const, &atan_() const,
      &sinh_() const, &cosh_() const, &tanh_() const, &asinh_() const, &acosh_() const, &atanh_()
      const, &sinc_() const, &deg2rad_() const, &rad2deg_() const, &erf_() const, &erfc_() const,
      &erfinv_() const, &lgamma_() const, &digamma_() const, &i0_() const, &sigmoid_() const,
      &ceil_() const, &floor_() const, &trunc_() const, &round_() const, &frac_() const, &abs_()
      const, &sign_() const, &neg_() const, &absolute_() const, &negative_() const, &fix_() const,
      &sgn_() const, &arcsin_() const, &arccos_() const, &arctan_() const, &arcsinh_() const,
      &arccosh_() const, &arctanh_() const, &square_() const, &relu_() const, &bitwise_not_()
      const, &logical_not_() const;
  const Tensor& round_(int64_t decimals) const;
  const Tensor& polygamma_(int64_t n) const;
  const Tensor& logit_(std::optional<double> eps = {}) const;
  const Tensor& nan_to_num_(std::optional<double> nan = {}, std::optional<double> posinf = {},
      std::optional<double> neginf = {}) const;

  // ---- Arithmetic: ops_pointwise.h ----
  Tensor add(const Tensor& other, const Scalar& alpha = 1) const;
  Tensor add(const Scalar& other, const Scalar& alpha = 1) const;
  Tensor sub(const Tensor& other, const Scalar& alpha = 1) const;
  Tensor sub(const Scalar& other, const Scalar& alpha = 1) const;
  Tensor mul(const Tensor& other) const, mul(const Scalar& other) const;
  Tensor div(const Tensor& other) const, div(const Scalar& other) const;
  Tensor div(const Tensor& other, std::optional<std::string_view> rounding_mode) const;
  Tensor div(const Scalar& other, std::optional<std::string_view> rounding_mode) const;
  Tensor floor_divide(const Tensor& other) const, floor_divide(const Scalar& other) const;
  Tensor remainder(const Tensor& other) const, remainder(const Scalar& other) const;
  Tensor fmod(const Tensor& other) const, fmod(const Scalar& other) const;
  Tensor pow(const Tensor& exponent) const, pow(const Scalar& exponent) const;
  Tensor float_power(const Tensor& exponent) const, float_power(const Scalar& exponent) const;
  Tensor lerp(const Tensor& end, const Tensor& weight) const;
  Tensor lerp(const Tensor& end, const Scalar& weight) const;
  Tensor addcmul(const Tensor& tensor1, const Tensor& tensor2, const Scalar& value = 1) const;
  Tensor addcdiv(const Tensor& tensor1, const Tensor& tensor2, const Scalar& value = 1) const;
  const Tensor& add_(const Tensor& other, const Scalar& alpha = 1) const;
  const Tensor& add_(const Scalar& other, const Scalar& alpha = 1) const;
  const Tensor& sub_(const Tensor& other, const Scalar& alpha = 1) const;
  const Tensor& sub_(const Scalar& other, const Scalar& alpha = 1) const;
  const Tensor &mul_(const Tensor& other) const, &mul_(const Scalar& other) const;
  const Tensor &div_(const Tensor& other) const, &div_(const Scalar& other) const;
  const Tensor& div_(const Tensor& other, std::optional<std::string_view> rounding_mode) const;
  const Tensor& div_(const Scalar& other, std::optional<std::string_view> rounding_mode) const;
  const Tensor &floor_divide_(const Tensor& other) const, &floor_divide_(const Scalar& other) const;
  const Tensor &remainder_(const Tensor& other) const, &remainder_(const Scalar& other) const;
  const Tensor &fmod_(const Tensor& other) const, &fmod_(const Scalar& other) const;
  const Tensor &pow_(const Tensor& exponent) const, &pow_(const Scalar& exponent) const;
  const Tensor &float_power_(const Tensor& exponent) const, &float_power_(const Scalar& exponent)
      const;
  const Tensor& lerp_(const Tensor& end, const Tensor& weight) const;
  const Tensor& lerp_(const Tensor& end, const Scalar& weight) const;
  const Tensor& addcmul_(const Tensor& tensor1, const Tensor& tensor2, const Scalar& value = 1)
      const;
  const Tensor& addcdiv_(const Tensor& tensor1, const Tensor& tensor2, const Scalar& value = 1)
      const;

  // ---- Comparisons, logic, bits: ops_compare.h, ops_bitwise.h ----
  Tensor eq(const Tensor& other) const, eq(const Scalar& other) const;
  Tensor ne(const Tensor& other) const, ne(const Scalar& other) const;
  Tensor lt(const Tensor& other) const, lt(const Scalar& other) const;
  Tensor le(const Tensor& other) const, le(const Scalar& other) const;
  Tensor gt(const Tensor& other) const, gt(const Scalar& other) const;
  Tensor ge(const Tensor& other) const, ge(const Scalar& other) const;
  Tensor logical_and(const Tensor& other) const;
  Tensor logical_or(const Tensor& other) const;
  Tensor logical_xor(const Tensor& other) const;
  Tensor bitwise_and(const Tensor& other) const, bitwise_and(const Scalar& other) const;
  Tensor bitwise_or(const Tensor& other) const, bitwise_or(const Scalar& other) const;
  Tensor bitwise_xor(const Tensor& other) const, bitwise_xor(const Scalar& other) const;
  Tensor bitwise_left_shift(const Tensor& other) const, bitwise_left_shift(const Scalar& other)
      const;
  Tensor bitwise_right_shift(const Tensor& other) const, bitwise_right_shift(const Scalar& other)
      const;
  Tensor gcd(const Tensor& other) const;
  Tensor lcm(const Tensor& other) const;
  Tensor isclose(const Tensor& other, double rtol = 1e-5, double atol = 1e-8, bool equal_nan =
      false) const;
  bool allclose(const Tensor& other, double rtol = 1e-5, double atol = 1e-8, bool equal_nan =
      false) const;
  bool equal(const Tensor& other) const;
  const Tensor &eq_(const Tensor& other) const, &eq_(const Scalar& other) const;
  const Tensor &ne_(const Tensor& other) const, &ne_(const Scalar& other) const;
  const Tensor &lt_(const Tensor& other) const, &lt_(const Scalar& other) const;
  const Tensor &le_(const Tensor& other) const, &le_(const Scalar& other) const;
  const Tensor &gt_(const Tensor& other) const, &gt_(const Scalar& other) const;
  const Tensor &ge_(const Tensor& other) const, &ge_(const Scalar& other) const;
  const Tensor& logical_and_(const Tensor& other) const;
  const Tensor& logical_or_(const Tensor& other) const;
  const Tensor& logical_xor_(const Tensor& other) const;
  const Tensor &bitwise_and_(const Tensor& other) const, &bitwise_and_(const Scalar& other) const;
  const Tensor &bitwise_or_(const Tensor& other) const, &bitwise_or_(const Scalar& other) const;
  const Tensor &bitwise_xor_(const Tensor& other) const, &bitwise_xor_(const Scalar& other) const;
  const Tensor &bitwise_left_shift_(const Tensor& other) const, &bitwise_left_shift_(const Scalar&
      other) const;
  const Tensor &bitwise_right_shift_(const Tensor& other) const, &bitwise_right_shift_(const
      Scalar& other) const;
  const Tensor& gcd_(const Tensor& other) const;
  const Tensor& lcm_(const Tensor& other) const;

  // ---- Functions of two tensors, limits: ops_binary.h ----
  Tensor atan2(const Tensor& other) const;
  Tensor arctan2(const Tensor& other) const;
  Tensor hypot(const Tensor& other) const;
  Tensor copysign(const Tensor& other) const, copysign(const Scalar& other) const;
  Tensor nextafter(const Tensor& other) const;
  Tensor logaddexp(const Tensor& other) const;
  Tensor logaddexp2(const Tensor& other) const;
  Tensor xlogy(const Tensor& other) const, xlogy(const Scalar& other) const;
  Tensor ldexp(const Tensor& other) const;
  Tensor heaviside(const Tensor& values) const;
  Tensor minimum(const Tensor& other) const;
  Tensor maximum(const Tensor& other) const;
  Tensor fmin(const Tensor& other) const;
  Tensor fmax(const Tensor& other) const;
  Tensor clamp(const std::optional<Scalar>& min, const std::optional<Scalar>& max = {}) const;
  Tensor clamp(const std::optional<Tensor>& min, const std::optional<Tensor>& max = {}) const;
  Tensor clip(const std::optional<Scalar>& min, const std::optional<Scalar>& max = {}) const;
  Tensor clip(const std::optional<Tensor>& min, const std::optional<Tensor>& max = {}) const;
  Tensor clamp_min(const Scalar& min) const, clamp_min(const Tensor& min) const;
  Tensor clamp_max(const Scalar& max) const, clamp_max(const Tensor& max) const;
  const Tensor& atan2_(const Tensor& other) const;
  const Tensor& arctan2_(const Tensor& other) const;
  const Tensor& hypot_(const Tensor& other) const;
  const Tensor &copysign_(const Tensor& other) const, &copysign_(const Scalar& other) const;
  const Tensor& nextafter_(const Tensor& other) const;
  const Tensor &xlogy_(const Tensor& other) const, &xlogy_(const Scalar& other) const;
  const Tensor& ldexp_(const Tensor& other) const;
  const Tensor& heaviside_(const Tensor& values) const;
  const Tensor& clamp_(const std::optional<Scalar>& min, const std::optional<Scalar>& max = {})
      const;
  const Tensor& clamp_(const std::optional<Tensor>& min, const std::optional<Tensor>& max = {})
      const;
  const Tensor& clip_(const std::optional<Scalar>& min, const std::optional<Scalar>& max = {})
      const;
  const Tensor& clip_(const std::optional<Tensor>& min, const std::optional<Tensor>& max = {})
      const;
  const Tensor &clamp_min_(const Scalar& min) const, &clamp_min_(const Tensor& min) const;
  const Tensor &clamp_max_(const Scalar& max) const, &clamp_max_(const Tensor& max) const;
  // clang-format on

  // ---- Reductions: ops_reduce.h ----
  Tensor sum(std::optional<DType> dtype = {}) const;
  Tensor sum(IntArrayRef dims, bool keepdim = false, std::optional<DType> dtype = {}) const;
  Tensor mean(std::optional<DType> dtype = {}) const;
  Tensor mean(IntArrayRef dims, bool keepdim = false, std::optional<DType> dtype = {}) const;
  Tensor max() const;
  std::tuple<Tensor, Tensor> max(int64_t dim, bool keepdim = false) const;
  Tensor argmax(std::optional<int64_t> dim = {}, bool keepdim = false) const;
  Tensor nansum(IntArrayRef dims = {}, bool keepdim = false, std::optional<DType> dtype = {}) const;
  Tensor nanmean(IntArrayRef dims = {}, bool keepdim = false,
                 std::optional<DType> dtype = {}) const;
  Tensor prod(std::optional<DType> dtype = {}) const;
  Tensor prod(int64_t dim, bool keepdim = false, std::optional<DType> dtype = {}) const;
  Tensor min() const;
  std::tuple<Tensor, Tensor> min(int64_t dim, bool keepdim = false) const;
  Tensor amax(IntArrayRef dims = {}, bool keepdim = false) const;
  Tensor amin(IntArrayRef dims = {}, bool keepdim = false) const;
  std::tuple<Tensor, Tensor> aminmax(std::optional<int64_t> dim = {}, bool keepdim = false) const;
  Tensor argmin(std::optional<int64_t> dim = {}, bool keepdim = false) const;
  Tensor any() const;
  Tensor any(int64_t dim, bool keepdim = false) const;
  Tensor any(IntArrayRef dims, bool keepdim = false) const;
  Tensor all() const;
  Tensor all(int64_t dim, bool keepdim = false) const;
  Tensor all(IntArrayRef dims, bool keepdim = false) const;
  Tensor count_nonzero(std::optional<int64_t> dim = {}) const;
  Tensor count_nonzero(IntArrayRef dims) const;

  // ---- Statistics: ops_statistics.h ----
  Tensor var(IntArrayRef dims = {}, const std::optional<Scalar>& correction = {},
             bool keepdim = false) const;
  Tensor std(IntArrayRef dims = {}, const std::optional<Scalar>& correction = {},
             bool keepdim = false) const;
  Tensor norm(const Scalar& p = 2) const;
  Tensor norm(const std::optional<Scalar>& p, IntArrayRef dims, bool keepdim = false) const;
  Tensor dist(const Tensor& other, const Scalar& p = 2) const;
  Tensor logsumexp(IntArrayRef dims, bool keepdim = false) const;
  Tensor median() const;
  std::tuple<Tensor, Tensor> median(int64_t dim, bool keepdim = false) const;
  Tensor nanmedian() const;
  std::tuple<Tensor, Tensor> nanmedian(int64_t dim, bool keepdim = false) const;
  std::tuple<Tensor, Tensor> kthvalue(int64_t k, int64_t dim = -1, bool keepdim = false) const;
  std::tuple<Tensor, Tensor> mode(int64_t dim = -1, bool keepdim = false) const;
  Tensor quantile(const Tensor& q, std::optional<int64_t> dim = {}, bool keepdim = false,
                  std::string_view interpolation = "linear") const;
  Tensor quantile(double q, std::optional<int64_t> dim = {}, bool keepdim = false,
                  std::string_view interpolation = "linear") const;
  Tensor nanquantile(const Tensor& q, std::optional<int64_t> dim = {}, bool keepdim = false,
                     std::string_view interpolation = "linear") const;
  Tensor nanquantile(double q, std::optional<int64_t> dim = {}, bool keepdim = false,
                     std::string_view interpolation = "linear") const;
  Tensor cov(int64_t correction = 1, const std::optional<Tensor>& fweights = {},
             const std::optional<Tensor>& aweights = {}) const;
  Tensor corrcoef() const;

  // ---- Scans: ops_scan.h ----
  Tensor cumsum(int64_t dim, std::optional<DType> dtype = {}) const;
  Tensor cumprod(int64_t dim, std::optional<DType> dtype = {}) const;
  Tensor logcumsumexp(int64_t dim) const;
  std::tuple<Tensor, Tensor> cummax(int64_t dim) const;
  std::tuple<Tensor, Tensor> cummin(int64_t dim) const;
  Tensor diff(int64_t n = 1, int64_t dim = -1, const std::optional<Tensor>& prepend = {},
              const std::optional<Tensor>& append = {}) const;

  // ---- Linear algebra: ops_linalg.h, ops_product.h, ops_decompose.h ----
  Tensor mm(const Tensor& mat2) const;
  Tensor bmm(const Tensor& mat2) const;
  Tensor mv(const Tensor& vec) const;
  Tensor dot(const Tensor& other) const;
  Tensor matmul(const Tensor& other) const;
  Tensor outer(const Tensor& vec2) const;
  Tensor inner(const Tensor& other) const;
  Tensor trace() const;
  Tensor matrix_power(int64_t n) const;
  Tensor inverse() const;
  Tensor det() const;
  Tensor logdet() const;
  Tensor cholesky(bool upper = false) const;
  const Tensor& addmm_(const Tensor& mat1, const Tensor& mat2, const Scalar& beta = 1,
                       const Scalar& alpha = 1) const;
  const Tensor& baddbmm_(const Tensor& batch1, const Tensor& batch2, const Scalar& beta = 1,
                         const Scalar& alpha = 1) const;

  // ---- The square brackets: indexing.h (include it to use them) ----
  /// x.index({1, Slice(2), None, mask}): Python's x[1, 2:, None, mask].
  Tensor index(ArrayRef<indexing::TensorIndex> indices) const;
  /// x.index_put_({1, mask}, value): Python's x[1, mask] = value.
  const Tensor& index_put_(ArrayRef<indexing::TensorIndex> indices, const Tensor& value) const;
  const Tensor& index_put_(ArrayRef<indexing::TensorIndex> indices, const Scalar& value) const;

  // ---- Advanced indexing: ops_advanced_index.h ----
  const Tensor& index_put_(TensorList indices, const Tensor& values, bool accumulate) const;
  Tensor index_put(TensorList indices, const Tensor& values, bool accumulate = false) const;

  // ---- Along one dimension, by index: ops_gather.h, ops_index.h ----
  Tensor gather(int64_t dim, const Tensor& index) const;
  Tensor scatter(int64_t dim, const Tensor& index, const Tensor& src) const;
  Tensor scatter(int64_t dim, const Tensor& index, const Scalar& value) const;
  Tensor scatter_add(int64_t dim, const Tensor& index, const Tensor& src) const;
  Tensor scatter_reduce(int64_t dim, const Tensor& index, const Tensor& src,
                        std::string_view reduce, bool include_self = true) const;
  const Tensor& scatter_(int64_t dim, const Tensor& index, const Tensor& src) const;
  const Tensor& scatter_(int64_t dim, const Tensor& index, const Scalar& value) const;
  const Tensor& scatter_add_(int64_t dim, const Tensor& index, const Tensor& src) const;
  const Tensor& scatter_reduce_(int64_t dim, const Tensor& index, const Tensor& src,
                                std::string_view reduce, bool include_self = true) const;
  Tensor take(const Tensor& index) const;
  Tensor take_along_dim(const Tensor& indices, std::optional<int64_t> dim = {}) const;
  const Tensor& put_(const Tensor& index, const Tensor& source, bool accumulate = false) const;
  Tensor index_select(int64_t dim, const Tensor& index) const;
  Tensor index_add(int64_t dim, const Tensor& index, const Tensor& source,
                   const Scalar& alpha = 1) const;
  Tensor index_copy(int64_t dim, const Tensor& index, const Tensor& source) const;
  Tensor index_fill(int64_t dim, const Tensor& index, const Scalar& value) const;
  Tensor index_fill(int64_t dim, const Tensor& index, const Tensor& value) const;
  Tensor index_reduce(int64_t dim, const Tensor& index, const Tensor& source,
                      std::string_view reduce, bool include_self = true) const;
  const Tensor& index_add_(int64_t dim, const Tensor& index, const Tensor& source,
                           const Scalar& alpha = 1) const;
  const Tensor& index_copy_(int64_t dim, const Tensor& index, const Tensor& source) const;
  const Tensor& index_fill_(int64_t dim, const Tensor& index, const Scalar& value) const;
  const Tensor& index_fill_(int64_t dim, const Tensor& index, const Tensor& value) const;
  const Tensor& index_reduce_(int64_t dim, const Tensor& index, const Tensor& source,
                              std::string_view reduce, bool include_self = true) const;

  // ---- Masks: ops_mask.h ----
  Tensor nonzero() const;
  Tensor argwhere() const;
  Tensor masked_fill(const Tensor& mask, const Tensor& value) const;
  Tensor masked_fill(const Tensor& mask, const Scalar& value) const;
  const Tensor& masked_fill_(const Tensor& mask, const Tensor& value) const;
  const Tensor& masked_fill_(const Tensor& mask, const Scalar& value) const;
  Tensor masked_select(const Tensor& mask) const;
  Tensor masked_scatter(const Tensor& mask, const Tensor& source) const;
  const Tensor& masked_scatter_(const Tensor& mask, const Tensor& source) const;

  // ---- In another order, or several times: ops_arrange.h ----
  Tensor flip(IntArrayRef dims) const;
  Tensor fliplr() const;
  Tensor flipud() const;
  Tensor rot90(int64_t k = 1, IntArrayRef dims = {0, 1}) const;
  Tensor roll(IntArrayRef shifts, IntArrayRef dims = {}) const;
  Tensor repeat(IntArrayRef repeats) const;
  Tensor tile(IntArrayRef dims) const;
  Tensor repeat_interleave(int64_t repeats, std::optional<int64_t> dim = {},
                           std::optional<int64_t> output_size = {}) const;
  Tensor repeat_interleave(const Tensor& repeats, std::optional<int64_t> dim = {},
                           std::optional<int64_t> output_size = {}) const;

  // ---- Softmax: ops_nn.h ----
  Tensor softmax(int64_t dim, std::optional<DType> dtype = {}) const;
  Tensor log_softmax(int64_t dim, std::optional<DType> dtype = {}) const;

  // ---- Random numbers, in place: ops_random.h ----
  const Tensor& uniform_(double from = 0, double to = 1, Generator* generator = nullptr) const;
  const Tensor& normal_(double mean = 0, double std = 1, Generator* generator = nullptr) const;
  const Tensor& random_(Generator* generator = nullptr) const;
  const Tensor& random_(int64_t to, Generator* generator = nullptr) const;
  const Tensor& random_(int64_t from, int64_t to, Generator* generator = nullptr) const;
  const Tensor& bernoulli_(double p = 0.5, Generator* generator = nullptr) const;
  const Tensor& bernoulli_(const Tensor& p, Generator* generator = nullptr) const;
  const Tensor& exponential_(double lambd = 1, Generator* generator = nullptr) const;
  const Tensor& geometric_(double p, Generator* generator = nullptr) const;
  const Tensor& log_normal_(double mean = 1, double std = 2, Generator* generator = nullptr) const;
  const Tensor& cauchy_(double median = 0, double sigma = 1, Generator* generator = nullptr) const;

  // ---- Random numbers that depend on the tensor ----
  Tensor bernoulli(Generator* generator = nullptr) const;
  Tensor bernoulli(double p, Generator* generator = nullptr) const;
  Tensor multinomial(int64_t num_samples, bool replacement = false,
                     Generator* generator = nullptr) const;

 private:
  /// The impl. Throws for the undefined tensor.
  TensorImpl& ref() const {
    if (!impl_) [[unlikely]]
      fail_undefined();
    return *impl_;
  }
  [[noreturn]] static void fail_undefined();
  int64_t wrap_dim_of(int64_t dim) const;
  [[noreturn]] void fail_data_type(DType wanted) const;

  std::shared_ptr<TensorImpl> impl_;
};

}  // namespace cutaway

#include "macros_on.h"
