// SPDX-License-Identifier: MIT
#include "out_dtype.h"

#include <string>

#include "check.h"

namespace cutaway::inline v0_1 {
namespace {

/// Which dtypes of out will do, besides the result's.
enum class Takes { Same, WhatCanHold, BoolOrByte, Anything };

/// What the ops named (with a space around each; "max" stands for all overloads that are not named
/// by themselves) say of an out whose dtype will not do. %r and %o stand for the dtypes of result
/// and out, %R and %O for their C++ names, %n for the op, %f for whether the result is int32.
struct Rule {
  std::string_view ops;
  std::string_view complaint;
  Takes takes = Takes::Same;
};

constexpr Rule kOtherwise = {"", "result type %r can't be cast to the desired output type %o",
                             Takes::WhatCanHold};

// clang-format off
constexpr Rule kRules[] = {
    {" clamp.Tensor clip.Tensor clamp_min.Tensor clamp_max.Tensor max.other min.other lerp.Scalar ",
     kOtherwise.complaint, Takes::WhatCanHold},
    {" addmm addmv aminmax argmax argmin argsort baddbmm block_diag bmm cross gather index_add"
     " index_copy index_put index_reduce inverse isin linalg_cholesky linalg_cross linalg_det"
     " linalg_eigvalsh linalg_inv linalg_lu_solve linalg_solve linalg_svdvals linalg_vector_norm"
     " log_softmax lu_solve lu_unpack matmul max.dim mean min.dim mm msort norm qr scatter"
     " scatter_add scatter_reduce slogdet softmax sort sum take_along_dim topk triangular_solve"
     " tril triu ",
     "Expected out tensor to have dtype %R, but got %O instead"},
    {" abs absolute bitwise_not ceil clamp clamp_max clamp_min clip elu fix floor frac gelu"
     " hardsigmoid hardswish hardtanh leaky_relu lerp.Tensor mish neg negative round sgn sign silu"
     " softplus trunc ",
     "Found dtype %o but expected %r"},
    {" arange empty eye full linspace logspace ones rand randint randn randperm zeros ",
     "dtype %r does not match dtype of out parameter (%o)"},
    {" cat column_stack concat concatenate dstack hstack row_stack stack vstack ",
     "torch.cat(): input types can't be cast to the desired output type %o", Takes::WhatCanHold},
    {" cholesky cholesky_inverse cholesky_solve ",
     "%n: Expected result to be safely castable from %r dtype, but got result with dtype %o",
     Takes::WhatCanHold},
    {" matrix_power linalg_matrix_power ",
     "matrix_power: Expected result to be safely castable from %r dtype, but got result with "
     "dtype %o", Takes::WhatCanHold},
    {" diag ", "diag: result type %r can't be cast to the desired out= type %o",
     Takes::WhatCanHold},
    {" linalg_pinv ",
     "linalg.pinv: Expected result to be safely castable from %r dtype, but got result with "
     "dtype %o", Takes::WhatCanHold},
    {" linalg_matrix_rank ",
     "torch.linalg.matrix_rank: Expected result to be safely castable from %r dtype, but got "
     "result with dtype %o", Takes::WhatCanHold},
    {" logsumexp ",
     "logsumexp(): Expected floating point type for result tensor, but got: %o",
     Takes::WhatCanHold},
    {" any all ", "%n only supports bool tensor for result, got: %o", Takes::BoolOrByte},
    {" bernoulli ", "", Takes::Anything},
    {" normal ", "\"normal_kernel_cpu\" not implemented for '%o'", Takes::WhatCanHold},
    {" heaviside ", "heaviside is not yet implemented for tensors with different dtypes."},
    {" bucketize searchsorted ",
     "torch.searchsorted(): output tensor's dtype is wrong, it can only be Int(int32) or "
     "Long(int64) depending on whether out_int32 flag is True, but we got output tensor's dtype "
     "%o and out_int32 flag is %f"},
    {" kthvalue median nanmedian mode narrow_copy ",  // our words
     "%n(): expected an out of dtype %r but got %o"},
    {" amax amin ",
     "Expected the dtype for input and out to match, but got %r for input's dtype and %o for "
     "out's dtype."},
    {" cummax cummin logcumsumexp ", "expected scalar_type %r but found %o"},
    {" linalg_solve_triangular log_sigmoid ", "expected scalar type %r but found %o"},
    {" quantile nanquantile ", "quantile() out tensor must be same dtype as the input tensor"},
    {" signbit isneginf isposinf ", "%n does not support non-boolean outputs."},
    {" float_power ",
     "the output given to float_power has dtype %o but the operation's result requires dtype %r"},
    {" mv ", "addmv input tensors must have the same dtype, but got %o, %r, and %r"},
    {" dot vdot ", "result dtype %o does not match input dtype %r"},
    {" addbmm ", "self and mat2 must have the same dtype, but got %o and %r"},
    {" inner tensordot ",
     "tensordot: Expected the output tensor to have dtype %r, but got an output tensor with "
     "dtype %o"},
    {" linalg_multi_dot ", "multi_dot(): expected out tensor to have dtype %R but got %O"},
    {" index ", "index_out: self (%r) and result (%o) must have the same scalar type"},
    {" index_select masked_select ", "%n(): self and result must have the same scalar type"},
    {" take ",
     "take(): self and out expected to have the same dtype, but got self.dtype = %r and "
     "out.dtype = %o"},
    {" where ", "Expected out type to be %r but got %o"},
    {" nonzero ", "nonzero: Expected out tensor to have scalar type %r but got scalar type%o"},
    {" nan_to_num ", "nan_to_num: dtype of out: %o should be same as input: %r"},
    {" histc ",
     "torch.histogram: input tensor and hist tensor should have the same dtype, but got input %R "
     "and hist %O"},
    {" multinomial ", "multinomial expects %r tensor out, got: %o"},
    {" svd ", "torch.svd: Expected out tensor to have dtype %r but got %o instead"},
};

constexpr std::string_view kGoByOut =
    " arange cumprod cumsum empty eye full linspace logspace nansum ones prod rand randint randn"
    " randperm sum zeros ";
constexpr std::string_view kGoByFloatingOut = " mean nanmean ";
// clang-format on

/// Whether `name` is among `names`, which have a space around each.
bool lists(std::string_view names, std::string_view name) {
  for (size_t found = names.find(name); found != std::string_view::npos;
       found = names.find(name, found + 1)) {
    if (names[found - 1] == ' ' && names[found + name.size()] == ' ') return true;
  }
  return false;
}

const Rule& rule_of(const OpBase& op) {
  for (const std::string_view name : {op.name(), op.short_name()}) {
    for (const Rule& rule : kRules) {
      if (lists(rule.ops, name)) return rule;
    }
  }
  return kOtherwise;
}

bool takes(Takes which, DType result, DType out) {
  switch (which) {
    case Takes::WhatCanHold:
      return can_cast(result, out);
    case Takes::BoolOrByte:
      return out == kBool || out == kUInt8;
    default:
      return which == Takes::Anything;
  }
}

std::string complaint(const Rule& rule, const OpBase& op, DType result, DType out) {
  std::string text;
  for (size_t i = 0; i < rule.complaint.size(); ++i) {
    const char letter = rule.complaint[i];
    const char code = letter == '%' ? rule.complaint[++i] : ' ';
    if (letter != '%') text += letter;
    if (code == 'r') text += to_string(result);
    if (code == 'o') text += to_string(out);
    if (code == 'R') text += cpp_name_of(result);
    if (code == 'O') text += cpp_name_of(out);
    if (code == 'n') text += op.short_name();
    if (code == 'f') text += result == kInt32 ? "True" : "False";
  }
  return text;
}

}  // namespace

void check_dtype_of_out(const OpBase& op, DType result, DType out) {
  if (result == out) return;
  const Rule& rule = rule_of(op);
  if (!takes(rule.takes, result, out)) throw Error(complaint(rule, op, result, out));
}

bool goes_by_out(const OpBase& op, DType out) {
  return lists(kGoByOut, op.short_name()) ||
         (is_floating_point(out) && lists(kGoByFloatingOut, op.short_name()));
}

}  // namespace cutaway
