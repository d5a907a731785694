// SPDX-License-Identifier: MIT
//
// The rows. Every object here is constant-initialised: the table exists before the program starts,
// and no code runs to build it.
#include "catalogue.h"

#include "boxed.h"
#include "cpu/kernels.h"
#include "cpu/through_float.h"
#include "factories.h"
#include "ops.h"

namespace cutaway {
namespace op {

// clang-format off
// ---- Creating ----
constinit Op<Tensor(IntArrayRef, std::optional<DType>)> empty{"empty(int[] size, *, ScalarType? dtype=None) -> Tensor", cpu::empty, not_differentiable};
constinit Op<Tensor(IntArrayRef, IntArrayRef, std::optional<DType>)> empty_strided{"empty_strided(int[] size, int[] stride, *, ScalarType? dtype=None) -> Tensor", cpu::empty_strided, not_differentiable};
constinit Op<Tensor(IntArrayRef, std::optional<DType>)> zeros{"zeros(int[] size, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::zeros)};
constinit Op<Tensor(IntArrayRef, std::optional<DType>)> ones{"ones(int[] size, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::ones)};
constinit Op<Tensor(IntArrayRef, const Scalar&, std::optional<DType>)> full{"full(int[] size, Scalar fill_value, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::full)};
constinit Op<Tensor(const Scalar&, const Scalar&, const Scalar&, std::optional<DType>)> arange{"arange(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None) -> Tensor", cpu::arange, not_differentiable};
constinit Op<Tensor(const Tensor&, std::optional<DType>)> empty_like{"empty_like(Tensor self, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::empty_like)};
constinit Op<Tensor(const Tensor&, std::optional<DType>)> zeros_like{"zeros_like(Tensor self, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::zeros_like)};
constinit Op<Tensor(const Tensor&, std::optional<DType>)> ones_like{"ones_like(Tensor self, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::ones_like)};
constinit Op<Tensor(const Tensor&, const Scalar&, std::optional<DType>)> full_like{"full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None) -> Tensor", composite(cutaway::full_like)};

// ---- Random ----
constinit Op<const Tensor&(const Tensor&, double, double, Generator*)> uniform_{"uniform_(Tensor(a!) self, float from=0, float to=1, *, Generator? generator=None) -> Tensor(a!)", cpu::uniform_};
constinit Op<const Tensor&(const Tensor&, double, double, Generator*)> normal_{"normal_(Tensor(a!) self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor(a!)", cpu::normal_};
constinit Op<const Tensor&(const Tensor&, int64_t, int64_t, Generator*)> random_{"random_(Tensor(a!) self, int from, int to, *, Generator? generator=None) -> Tensor(a!)", cpu::random_};
constinit Op<Tensor(IntArrayRef, std::optional<DType>, Generator*)> rand{"rand(int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite(cutaway::rand)};
constinit Op<Tensor(IntArrayRef, std::optional<DType>, Generator*)> randn{"randn(int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite(cutaway::randn)};
constinit Op<Tensor(int64_t, int64_t, IntArrayRef, std::optional<DType>, Generator*)> randint{"randint(int low, int high, int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite<Tensor, int64_t, int64_t, IntArrayRef, std::optional<DType>, Generator*>(cutaway::randint)};
constinit Op<Tensor(int64_t, std::optional<DType>, Generator*)> randperm{"randperm(int n, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", cpu::randperm, not_differentiable};

// ---- Copying ----
constinit BinaryInplace copy_{"copy_(Tensor(a!) self, Tensor src) -> Tensor(a!)", cpu::copy_};
constinit Op<const Tensor&(const Tensor&, const Scalar&)> fill_{"fill_(Tensor(a!) self, Scalar value) -> Tensor(a!)", cpu::fill_};
constinit UnaryInplace zero_{"zero_(Tensor(a!) self) -> Tensor(a!)", cpu::zero_};
constinit Unary clone{"clone(Tensor self) -> Tensor", cpu::clone};
constinit Unary contiguous{"contiguous(Tensor(a) self) -> Tensor(a)", composite(cutaway::contiguous)};
constinit Unary detach{"detach(Tensor(a) self) -> Tensor(a)", cpu::detach, not_differentiable};
constinit Op<Tensor(const Tensor&, DType)> to_copy{"_to_copy(Tensor self, ScalarType dtype) -> Tensor", cpu::to_copy};

// ---- Views ----
constinit Op<Tensor(const Tensor&, IntArrayRef)> view{"view(Tensor(a) self, int[] size) -> Tensor(a)", cpu::view};
constinit Op<Tensor(const Tensor&, IntArrayRef)> reshape{"reshape(Tensor(a) self, int[] shape) -> Tensor(a)", composite(cutaway::reshape)};
constinit Op<Tensor(const Tensor&, IntArrayRef)> permute{"permute(Tensor(a) self, int[] dims) -> Tensor(a)", cpu::permute};
constinit Op<Tensor(const Tensor&, IntArrayRef)> expand{"expand(Tensor(a) self, int[] size) -> Tensor(a)", cpu::expand};
constinit Op<Tensor(const Tensor&, int64_t, int64_t)> transpose{"transpose(Tensor(a) self, int dim0, int dim1) -> Tensor(a)", cpu::transpose};
constinit Op<Tensor(const Tensor&, int64_t, int64_t)> flatten{"flatten(Tensor(a) self, int start_dim=0, int end_dim=-1) -> Tensor(a)", composite(cutaway::flatten)};
constinit Op<Tensor(const Tensor&, int64_t, int64_t)> select{"select(Tensor(a) self, int dim, int index) -> Tensor(a)", cpu::select};
constinit Unary t{"t(Tensor(a) self) -> Tensor(a)", cpu::t};
constinit Unary squeeze{"squeeze(Tensor(a) self) -> Tensor(a)", cpu::squeeze};
constinit Op<Tensor(const Tensor&, int64_t)> squeeze_dim{"squeeze.dim(Tensor(a) self, int dim) -> Tensor(a)", cpu::squeeze_dim};
constinit Op<Tensor(const Tensor&, int64_t)> unsqueeze{"unsqueeze(Tensor(a) self, int dim) -> Tensor(a)", cpu::unsqueeze};
constinit Op<Tensor(const Tensor&, int64_t, int64_t, int64_t, int64_t)> slice{"slice(Tensor(a) self, int dim, int start, int end, int step=1) -> Tensor(a)", cpu::slice};
constinit Op<Tensor(const Tensor&, int64_t, int64_t, int64_t)> narrow{"narrow(Tensor(a) self, int dim, int start, int length) -> Tensor(a)", composite(cutaway::narrow)};
constinit Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef, int64_t)> as_strided{"as_strided(Tensor(a) self, int[] size, int[] stride, int storage_offset) -> Tensor(a)", cpu::as_strided};

// ---- Pointwise ----
constinit BinaryAlpha add{"add(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", cpu::add};
constinit BinaryAlpha sub{"sub(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor", cpu::sub};
constinit Binary mul{"mul(Tensor self, Tensor other) -> Tensor", cpu::mul};
constinit Binary div{"div(Tensor self, Tensor other) -> Tensor", cpu::div};
constinit Binary pow{"pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor", cpu::through_float<cpu::pow>};
constinit Op<Tensor(const Tensor&, const Scalar&)> pow_scalar{"pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor", cpu::through_float<cpu::pow_scalar>};
constinit Unary neg{"neg(Tensor self) -> Tensor", cpu::through_float<cpu::neg>};
constinit Unary exp{"exp(Tensor self) -> Tensor", cpu::through_float<cpu::exp>};
constinit Unary log{"log(Tensor self) -> Tensor", cpu::through_float<cpu::log>};
constinit Unary sqrt{"sqrt(Tensor self) -> Tensor", cpu::through_float<cpu::sqrt>};
constinit Unary relu{"relu(Tensor self) -> Tensor", cpu::through_float<cpu::relu>};
constinit Op<Tensor(const Tensor&, const Tensor&, const Scalar&)> threshold_backward{"threshold_backward(Tensor grad_output, Tensor self, Scalar threshold) -> Tensor", cpu::through_float<cpu::threshold_backward>};
constinit Binary eq{"eq(Tensor self, Tensor other) -> Tensor", cpu::eq, not_differentiable};
constinit Binary ne{"ne(Tensor self, Tensor other) -> Tensor", cpu::ne, not_differentiable};
constinit Binary lt{"lt(Tensor self, Tensor other) -> Tensor", cpu::lt, not_differentiable};
constinit Binary le{"le(Tensor self, Tensor other) -> Tensor", cpu::le, not_differentiable};
constinit Binary gt{"gt(Tensor self, Tensor other) -> Tensor", cpu::gt, not_differentiable};
constinit Binary ge{"ge(Tensor self, Tensor other) -> Tensor", cpu::ge, not_differentiable};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&)> where{"where(Tensor condition, Tensor self, Tensor other) -> Tensor", cpu::where};
constinit BinaryAlphaInplace add_{"add_(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)", cpu::add_};
constinit BinaryAlphaInplace sub_{"sub_(Tensor(a!) self, Tensor other, *, Scalar alpha=1) -> Tensor(a!)", cpu::sub_};
constinit BinaryInplace mul_{"mul_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cpu::mul_};
constinit BinaryInplace div_{"div_(Tensor(a!) self, Tensor other) -> Tensor(a!)", cpu::div_};
constinit UnaryInplace neg_{"neg_(Tensor(a!) self) -> Tensor(a!)", cpu::through_float<cpu::neg_>};
constinit UnaryInplace exp_{"exp_(Tensor(a!) self) -> Tensor(a!)", cpu::through_float<cpu::exp_>};
constinit UnaryInplace sqrt_{"sqrt_(Tensor(a!) self) -> Tensor(a!)", cpu::through_float<cpu::sqrt_>};
constinit UnaryInplace relu_{"relu_(Tensor(a!) self) -> Tensor(a!)", cpu::through_float<cpu::relu_>};
constinit Op<bool(const Tensor&, const Tensor&)> equal{"equal(Tensor self, Tensor other) -> bool", cpu::equal, not_differentiable};

// ---- Reductions ----
constinit Op<Tensor(const Tensor&, IntArrayRef, bool, std::optional<DType>)> sum{"sum(Tensor self, int[] dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", cpu::through_float<cpu::sum>};
constinit Op<Tensor(const Tensor&, IntArrayRef, bool, std::optional<DType>)> mean{"mean(Tensor self, int[] dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor", cpu::through_float<cpu::mean>};
constinit Unary max{"max(Tensor self) -> Tensor", cpu::through_float<cpu::max>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, int64_t, bool)> max_dim{"max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)", cpu::through_float<cpu::max_dim>};
constinit Op<Tensor(const Tensor&, std::optional<int64_t>, bool)> argmax{"argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor", cpu::through_float<cpu::argmax>, not_differentiable};

// ---- Linear algebra ----
constinit Binary mm{"mm(Tensor self, Tensor mat2) -> Tensor", cpu::through_float<cpu::mm>};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const Scalar&, const Scalar&)> addmm{"addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor", cpu::through_float<cpu::addmm>};
constinit Binary bmm{"bmm(Tensor self, Tensor mat2) -> Tensor", cpu::through_float<cpu::bmm>};
constinit Binary mv{"mv(Tensor self, Tensor vec) -> Tensor", cpu::through_float<cpu::mv>};
constinit Binary dot{"dot(Tensor self, Tensor tensor) -> Tensor", cpu::through_float<cpu::dot>};
constinit Binary matmul{"matmul(Tensor self, Tensor other) -> Tensor", composite(cutaway::matmul)};

// ---- Indexing and joining ----
constinit Op<Tensor(const Tensor&, int64_t, const Tensor&)> index_select{"index_select(Tensor self, int dim, Tensor index) -> Tensor", cpu::index_select};
constinit Op<Tensor(const Tensor&, int64_t, const Tensor&, const Tensor&, const Scalar&)> index_add{"index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor", cpu::index_add};
constinit Op<Tensor(TensorList, int64_t)> cat{"cat(Tensor[] tensors, int dim=0) -> Tensor", cpu::cat};
constinit Op<Tensor(TensorList, int64_t)> stack{"stack(Tensor[] tensors, int dim=0) -> Tensor", cpu::stack};
constinit Op<Tensor(const Tensor&, IntArrayRef, int64_t, int64_t)> select_backward{"select_backward(Tensor grad_output, int[] input_sizes, int dim, int index) -> Tensor", cpu::select_backward};
constinit Op<Tensor(const Tensor&, IntArrayRef, int64_t, int64_t, int64_t, int64_t)> slice_backward{"slice_backward(Tensor grad_output, int[] input_sizes, int dim, int start, int end, int step) -> Tensor", cpu::slice_backward};
constinit Op<Tensor(const Tensor&, IntArrayRef, IntArrayRef, IntArrayRef, int64_t)> as_strided_backward{"as_strided_backward(Tensor grad_output, int[] input_sizes, int[] size, int[] stride, int offset) -> Tensor", cpu::as_strided_backward};

// ---- Softmax and losses ----
constinit Op<Tensor(const Tensor&, int64_t)> log_softmax{"log_softmax(Tensor self, int dim) -> Tensor", cpu::through_float<cpu::log_softmax>};
constinit Op<Tensor(const Tensor&, const Tensor&, int64_t)> log_softmax_backward{"_log_softmax_backward_data(Tensor grad_output, Tensor output, int dim) -> Tensor", cpu::through_float<cpu::log_softmax_backward>};
constinit Op<std::tuple<Tensor, Tensor>(const Tensor&, const Tensor&, const std::optional<Tensor>&, int64_t, int64_t)> nll_loss_forward{"nll_loss_forward(Tensor self, Tensor target, Tensor? weight, int reduction, int ignore_index) -> (Tensor output, Tensor total_weight)", cpu::through_float<cpu::nll_loss_forward>};
constinit Op<Tensor(const Tensor&, const Tensor&, const Tensor&, const std::optional<Tensor>&, int64_t, int64_t, const Tensor&)> nll_loss_backward{"nll_loss_backward(Tensor grad_output, Tensor self, Tensor target, Tensor? weight, int reduction, int ignore_index, Tensor total_weight) -> Tensor", cpu::through_float<cpu::nll_loss_backward>};

// ---- Optimizer steps ----
constinit Op<const Tensor&(const Tensor&, const Tensor&, const std::optional<Tensor>&, double, double, double, double, bool, bool, bool)> fused_sgd_{"_fused_sgd_(Tensor(a!) self, Tensor grad, Tensor? momentum_buffer, float lr, float momentum, float dampening, float weight_decay, bool nesterov, bool maximize, bool is_first_step) -> Tensor(a!)", cpu::fused_sgd_, not_differentiable};
constinit Op<const Tensor&(const Tensor&, const Tensor&, const Tensor&, const Tensor&, const std::optional<Tensor>&, int64_t, double, double, double, double, double, bool, bool)> fused_adam_{"_fused_adam_(Tensor(a!) self, Tensor grad, Tensor exp_avg, Tensor exp_avg_sq, Tensor? max_exp_avg_sq, int step, float lr, float beta1, float beta2, float eps, float weight_decay, bool decoupled_weight_decay, bool maximize) -> Tensor(a!)", cpu::fused_adam_, not_differentiable};
// clang-format on

}  // namespace op

static constinit OpBase* const rows[] = {
    &op::empty,
    &op::empty_strided,
    &op::zeros,
    &op::ones,
    &op::full,
    &op::arange,
    &op::empty_like,
    &op::zeros_like,
    &op::ones_like,
    &op::full_like,
    &op::uniform_,
    &op::normal_,
    &op::random_,
    &op::rand,
    &op::randn,
    &op::randint,
    &op::randperm,
    &op::copy_,
    &op::fill_,
    &op::zero_,
    &op::clone,
    &op::contiguous,
    &op::detach,
    &op::to_copy,
    &op::view,
    &op::reshape,
    &op::permute,
    &op::expand,
    &op::transpose,
    &op::flatten,
    &op::select,
    &op::t,
    &op::squeeze,
    &op::squeeze_dim,
    &op::unsqueeze,
    &op::slice,
    &op::narrow,
    &op::as_strided,
    &op::add,
    &op::sub,
    &op::mul,
    &op::div,
    &op::pow,
    &op::pow_scalar,
    &op::neg,
    &op::exp,
    &op::log,
    &op::sqrt,
    &op::relu,
    &op::threshold_backward,
    &op::eq,
    &op::ne,
    &op::lt,
    &op::le,
    &op::gt,
    &op::ge,
    &op::where,
    &op::add_,
    &op::sub_,
    &op::mul_,
    &op::div_,
    &op::neg_,
    &op::exp_,
    &op::sqrt_,
    &op::relu_,
    &op::equal,
    &op::sum,
    &op::mean,
    &op::max,
    &op::max_dim,
    &op::argmax,
    &op::mm,
    &op::addmm,
    &op::bmm,
    &op::mv,
    &op::dot,
    &op::matmul,
    &op::index_select,
    &op::index_add,
    &op::cat,
    &op::stack,
    &op::select_backward,
    &op::slice_backward,
    &op::as_strided_backward,
    &op::log_softmax,
    &op::log_softmax_backward,
    &op::nll_loss_forward,
    &op::nll_loss_backward,
    &op::fused_sgd_,
    &op::fused_adam_,
};

ArrayRef<OpBase*> all_ops() { return {rows, static_cast<int64_t>(std::size(rows))}; }

const OpBase* find_op(std::string_view name) {
  for (const OpBase* row : rows) {
    if (row->name() == name) return row;
  }
  return nullptr;
}

}  // namespace cutaway
