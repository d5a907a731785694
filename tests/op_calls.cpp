// SPDX-License-Identifier: MIT
#include "op_calls.h"

#include <map>

#include "../tensor/catalogue.h"
#include "../tensor/ops.h"

namespace cutaway {
namespace {

using Call = Values (*)(const Values& v);

// ---- Arguments by type ----

const Tensor& tensor(const Value& value) { return std::get<Tensor>(value); }
const std::vector<Tensor>& tensors(const Value& value) {
  return std::get<std::vector<Tensor>>(value);
}
const std::vector<int64_t>& ints(const Value& value) {
  return std::get<std::vector<int64_t>>(value);
}
int64_t integer(const Value& value) { return std::get<int64_t>(value); }
bool boolean(const Value& value) { return std::get<bool>(value); }
bool is_none(const Value& value) { return std::holds_alternative<std::monostate>(value); }
bool is_tensor(const Value& value) { return std::holds_alternative<Tensor>(value); }
Generator* generator(const Value& value) {
  return is_none(value) ? nullptr : std::get<Generator*>(value);
}

Scalar number(const Value& value) {
  if (const bool* flag = std::get_if<bool>(&value)) return *flag;
  if (const int64_t* whole = std::get_if<int64_t>(&value)) return *whole;
  return std::get<double>(value);
}
double real(const Value& value) { return number(value).to<double>(); }
template <class T>
std::optional<T> optional(const Value& value) {
  return is_none(value) ? std::nullopt : std::optional<T>(std::get<T>(value));
}
std::optional<DType> dtype(const Value& value) { return optional<DType>(value); }

// ---- Results ----

template <class R>
Values box(const R& result) {
  Values values;
  detail::box(values, result);
  return values;
}

// ---- Functions of one shape ----

template <Tensor (*Function)(const Tensor&)>
Values unary(const Values& v) {
  return box(Function(tensor(v[0])));
}
template <const Tensor& (*Function)(const Tensor&)>
Values unary_in_place(const Values& v) {
  return box(Function(tensor(v[0])));
}
/// The second operand may be a number.
template <Tensor (*WithTensor)(const Tensor&, const Tensor&),
          Tensor (*WithNumber)(const Tensor&, const Scalar&)>
Values binary(const Values& v) {
  return box(is_tensor(v[1]) ? WithTensor(tensor(v[0]), tensor(v[1]))
                             : WithNumber(tensor(v[0]), number(v[1])));
}
template <Tensor (*Function)(const Tensor&, const Tensor&)>
Values product(const Values& v) {
  return box(Function(tensor(v[0]), tensor(v[1])));
}
template <Tensor (*Function)(const Tensor&, IntArrayRef)>
Values with_ints(const Values& v) {
  return box(Function(tensor(v[0]), ints(v[1])));
}
template <Tensor (*Function)(const Tensor&, int64_t)>
Values with_dim(const Values& v) {
  return box(Function(tensor(v[0]), integer(v[1])));
}
template <Tensor (*Function)(const Tensor&, int64_t, int64_t)>
Values with_two(const Values& v) {
  return box(Function(tensor(v[0]), integer(v[1]), integer(v[2])));
}
template <Tensor (*Function)(IntArrayRef, std::optional<DType>)>
Values factory(const Values& v) {
  return box(Function(ints(v[0]), dtype(v[1])));
}
template <Tensor (*Function)(const Tensor&, std::optional<DType>)>
Values factory_like(const Values& v) {
  return box(Function(tensor(v[0]), dtype(v[1])));
}

const std::map<std::string, Call> calls = {
    // Creating
    {"empty", factory<empty>},
    {"zeros", factory<zeros>},
    {"ones", factory<ones>},
    {"empty_strided",
     [](const Values& v) { return box(empty_strided(ints(v[0]), ints(v[1]), dtype(v[2]))); }},
    {"full", [](const Values& v) { return box(full(ints(v[0]), number(v[1]), dtype(v[2]))); }},
    {"arange",
     [](const Values& v) {
       return box(arange(number(v[0]), number(v[1]), number(v[2]), dtype(v[3])));
     }},
    {"empty_like", factory_like<empty_like>},
    {"zeros_like", factory_like<zeros_like>},
    {"ones_like", factory_like<ones_like>},
    {"full_like",
     [](const Values& v) { return box(full_like(tensor(v[0]), number(v[1]), dtype(v[2]))); }},
    // Random
    {"uniform_",
     [](const Values& v) {
       return box(uniform_(tensor(v[0]), real(v[1]), real(v[2]), generator(v[3])));
     }},
    {"normal_",
     [](const Values& v) {
       return box(normal_(tensor(v[0]), real(v[1]), real(v[2]), generator(v[3])));
     }},
    {"random_",
     [](const Values& v) {
       return box(random_(tensor(v[0]), integer(v[1]), integer(v[2]), generator(v[3])));
     }},
    {"rand", [](const Values& v) { return box(rand(ints(v[0]), dtype(v[1]), generator(v[2]))); }},
    {"randn", [](const Values& v) { return box(randn(ints(v[0]), dtype(v[1]), generator(v[2]))); }},
    {"randint",
     [](const Values& v) {
       return box(randint(integer(v[0]), integer(v[1]), ints(v[2]), dtype(v[3]), generator(v[4])));
     }},
    {"randperm",
     [](const Values& v) { return box(randperm(integer(v[0]), dtype(v[1]), generator(v[2]))); }},
    // Copying
    {"copy_", [](const Values& v) { return box(copy_(tensor(v[0]), tensor(v[1]))); }},
    {"fill_", [](const Values& v) { return box(fill_(tensor(v[0]), number(v[1]))); }},
    {"zero_", unary_in_place<zero_>},
    {"clone", unary<clone>},
    {"contiguous", unary<contiguous>},
    {"detach", unary<detach>},
    {"_to_copy", [](const Values& v) { return box(to(tensor(v[0]), *dtype(v[1]), true)); }},
    // Views
    {"view", with_ints<view>},
    {"reshape", with_ints<reshape>},
    {"permute", with_ints<permute>},
    {"expand", with_ints<expand>},
    {"transpose", with_two<transpose>},
    {"flatten", with_two<flatten>},
    {"select", with_two<select>},
    {"t", unary<t>},
    {"squeeze", unary<squeeze>},
    {"squeeze.dim", with_dim<squeeze>},
    {"unsqueeze", with_dim<unsqueeze>},
    {"slice",
     [](const Values& v) {
       return box(slice(tensor(v[0]), integer(v[1]), integer(v[2]), integer(v[3]), integer(v[4])));
     }},
    {"narrow",
     [](const Values& v) {
       return box(narrow(tensor(v[0]), integer(v[1]), integer(v[2]), integer(v[3])));
     }},
    {"as_strided",
     [](const Values& v) {
       return box(as_strided(tensor(v[0]), ints(v[1]), ints(v[2]), integer(v[3])));
     }},
    // Pointwise
    {"add",
     [](const Values& v) {
       return box(is_tensor(v[1]) ? add(tensor(v[0]), tensor(v[1]), number(v[2]))
                                  : add(tensor(v[0]), number(v[1]), number(v[2])));
     }},
    {"sub",
     [](const Values& v) {
       return box(is_tensor(v[1]) ? sub(tensor(v[0]), tensor(v[1]), number(v[2]))
                                  : sub(tensor(v[0]), number(v[1]), number(v[2])));
     }},
    {"mul", binary<mul, mul>},
    {"div", binary<div, div>},
    {"pow.Tensor_Tensor", product<pow>},
    {"pow.Tensor_Scalar", [](const Values& v) { return box(pow(tensor(v[0]), number(v[1]))); }},
    {"neg", unary<neg>},
    {"exp", unary<exp>},
    {"log", unary<log>},
    {"sqrt", unary<sqrt>},
    {"relu", unary<relu>},
    {"threshold_backward",
     [](const Values& v) {
       return box(threshold_backward(tensor(v[0]), tensor(v[1]), number(v[2])));
     }},
    {"eq", binary<eq, eq>},
    {"ne", binary<ne, ne>},
    {"lt", binary<lt, lt>},
    {"le", binary<le, le>},
    {"gt", binary<gt, gt>},
    {"ge", binary<ge, ge>},
    {"where",
     [](const Values& v) {
       return box(is_tensor(v[2]) ? where(tensor(v[0]), tensor(v[1]), tensor(v[2]))
                                  : where(tensor(v[0]), tensor(v[1]), number(v[2])));
     }},
    {"add_",
     [](const Values& v) {
       return box(is_tensor(v[1]) ? add_(tensor(v[0]), tensor(v[1]), number(v[2]))
                                  : add_(tensor(v[0]), number(v[1]), number(v[2])));
     }},
    {"sub_",
     [](const Values& v) {
       return box(is_tensor(v[1]) ? sub_(tensor(v[0]), tensor(v[1]), number(v[2]))
                                  : sub_(tensor(v[0]), number(v[1]), number(v[2])));
     }},
    {"mul_",
     [](const Values& v) {
       return box(is_tensor(v[1]) ? mul_(tensor(v[0]), tensor(v[1]))
                                  : mul_(tensor(v[0]), number(v[1])));
     }},
    {"div_",
     [](const Values& v) {
       return box(is_tensor(v[1]) ? div_(tensor(v[0]), tensor(v[1]))
                                  : div_(tensor(v[0]), number(v[1])));
     }},
    {"neg_", unary_in_place<neg_>},
    {"exp_", unary_in_place<exp_>},
    {"sqrt_", unary_in_place<sqrt_>},
    {"relu_", unary_in_place<relu_>},
    {"equal", [](const Values& v) { return box(equal(tensor(v[0]), tensor(v[1]))); }},
    // Reductions
    {"sum",
     [](const Values& v) {
       return box(sum(tensor(v[0]), ints(v[1]), boolean(v[2]), dtype(v[3])));
     }},
    {"mean",
     [](const Values& v) {
       return box(mean(tensor(v[0]), ints(v[1]), boolean(v[2]), dtype(v[3])));
     }},
    {"max", unary<max>},
    {"max.dim",
     [](const Values& v) { return box(max(tensor(v[0]), integer(v[1]), boolean(v[2]))); }},
    {"argmax",
     [](const Values& v) {
       return box(argmax(tensor(v[0]), optional<int64_t>(v[1]), boolean(v[2])));
     }},
    // Linear algebra
    {"mm", product<mm>},
    {"bmm", product<bmm>},
    {"mv", product<mv>},
    {"dot", product<dot>},
    {"matmul", product<matmul>},
    {"addmm",
     [](const Values& v) {
       return box(addmm(tensor(v[0]), tensor(v[1]), tensor(v[2]), number(v[3]), number(v[4])));
     }},
    // Indexing and joining
    {"index_select",
     [](const Values& v) { return box(index_select(tensor(v[0]), integer(v[1]), tensor(v[2]))); }},
    {"index_add",
     [](const Values& v) {
       return box(index_add(tensor(v[0]), integer(v[1]), tensor(v[2]), tensor(v[3]), number(v[4])));
     }},
    {"cat", [](const Values& v) { return box(cat(tensors(v[0]), integer(v[1]))); }},
    {"stack", [](const Values& v) { return box(stack(tensors(v[0]), integer(v[1]))); }},
    {"select_backward",
     [](const Values& v) {
       return box(select_backward(tensor(v[0]), ints(v[1]), integer(v[2]), integer(v[3])));
     }},
    {"slice_backward",
     [](const Values& v) {
       return box(slice_backward(tensor(v[0]), ints(v[1]), integer(v[2]), integer(v[3]),
                                 integer(v[4]), integer(v[5])));
     }},
    {"as_strided_backward",
     [](const Values& v) {
       return box(
           as_strided_backward(tensor(v[0]), ints(v[1]), ints(v[2]), ints(v[3]), integer(v[4])));
     }},
    // Softmax and losses
    {"log_softmax", with_dim<log_softmax>},
    {"_log_softmax_backward_data",
     [](const Values& v) {
       return box(log_softmax_backward(tensor(v[0]), tensor(v[1]), integer(v[2])));
     }},
    {"nll_loss_forward",
     [](const Values& v) {
       return box(nll_loss_forward(tensor(v[0]), tensor(v[1]), optional<Tensor>(v[2]),
                                   static_cast<Reduction>(integer(v[3])), integer(v[4])));
     }},
    {"nll_loss_backward",
     [](const Values& v) {
       return box(nll_loss_backward(tensor(v[0]), tensor(v[1]), tensor(v[2]),
                                    optional<Tensor>(v[3]), static_cast<Reduction>(integer(v[4])),
                                    integer(v[5]), tensor(v[6])));
     }},
    // Optimizer steps: no function stands in front of them
    {"_fused_sgd_", [](const Values& v) { return find_op("_fused_sgd_")->call_boxed(v); }},
    {"_fused_adam_", [](const Values& v) { return find_op("_fused_adam_")->call_boxed(v); }},
};

}  // namespace

Values call_public(const std::string& name, const Values& arguments) {
  const auto found = calls.find(name);
  check(found != calls.end(), "tests/op_calls.cpp names no public function for the row ", name);
  return found->second(arguments);
}

}  // namespace cutaway
