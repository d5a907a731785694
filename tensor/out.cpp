// SPDX-License-Identifier: MIT
#include "out.h"

#include "boxed.h"
#include "catalogue.h"
#include "check.h"
#include "loops.h"
#include "operands.h"
#include "out_dtype.h"
#include "views_inplace.h"

namespace cutaway::inline v0_1 {
namespace {

/// Gives out the result's sizes, and its order in memory if that leaves no gaps.
void resize_like(const Tensor& out, const Tensor& result) {
  resize_(out, result.sizes());
  if (is_non_overlapping_and_dense(result.sizes(), result.strides())) {
    out.impl()->set_geometry(result.sizes(), result.strides(), out.storage_offset());
  }
}

void check_no_history(const OpBase& op, const Tensor& tensor) {
  check(!(keys_of(tensor) - excluded_keys()).has(Key::Autograd), "", op.short_name(),
        "(): functions with out=... arguments don't support automatic differentiation, but one of "
        "the arguments requires grad.");
}

}  // namespace

namespace detail {

OutCall::OutCall(const OpBase& op, const Tensor& out) : op_(op), out_(out) {
  check_defined(out, 0, "out");
  check_no_history(op, out);
  check_no_internal_overlap(out);
}

void OutCall::read(const Tensor& argument) {
  if (!argument.defined()) return;
  check_no_history(op_, argument);
  check_no_partial_overlap(out_, argument);
  shares_memory_ = shares_memory_ || argument.storage() == out_.storage();
}

std::optional<DType> OutCall::told(std::optional<DType> given) const {
  return given || !goes_by_out(op_, out_.dtype()) ? given : out_.dtype();
}

void OutCall::store(Tensor result) const {
  if (result.is_same(out_)) return out_.bump_version();
  check_dtype_of_out(op_, result.dtype(), out_.dtype());
  // A view of what was offered, or of an argument that is `out`: not to be read while it is
  // written.
  if (result.storage() == out_.storage()) result = result.clone();
  if (out_.sizes() != result.sizes()) resize_like(out_, result);
  op::copy_(out_, result);
}

}  // namespace detail

// ---- Boxed ----

namespace {

/// The place of "ScalarType? dtype=None" among the parameters of the schema; -1: nowhere.
int64_t dtype_parameter(const OpBase& op) {
  const std::string_view schema = op.schema();
  const size_t place = schema.find("ScalarType? dtype");
  if (place == std::string_view::npos) return -1;
  int64_t before = 0;
  for (size_t i = schema.find('('); i < place; ++i) {
    before += schema.substr(i, 2) == ", " && schema.substr(i, 4) != ", *,";
  }
  return before;
}

void read(detail::OutCall& call, const Values& arguments) {
  for (const Value& argument : arguments) {
    if (const Tensor* tensor = std::get_if<Tensor>(&argument)) call.read(*tensor);
    if (const auto* list = std::get_if<std::vector<Tensor>>(&argument))
      call.read(TensorList(*list));
  }
}

}  // namespace

void call_boxed_out(const OpBase& op, const Values& arguments, TensorList outs) {
  std::vector<detail::OutCall> calls;
  for (const Tensor& out : outs) read(calls.emplace_back(op, out), arguments);
  const ExcludeKeys without_history(Key::Autograd);
  const Offer offer(calls.size() == 1 ? calls[0].offered() : nullptr);

  Values given = arguments;
  const int64_t dtype = dtype_parameter(op);
  if (dtype >= 0 && std::holds_alternative<std::monostate>(given[static_cast<size_t>(dtype)])) {
    if (const std::optional<DType> told = calls[0].told(std::optional<DType>()))
      given[static_cast<size_t>(dtype)] = *told;
  }
  const Values results = op.call_boxed(given);
  check_type(results.size() == calls.size(), "", op.name(), "(): argument 'out' must be ",
             results.size(), " tensors, not ", calls.size());
  for (size_t i = 0; i < calls.size(); ++i) {
    const Tensor* result = std::get_if<Tensor>(&results[i]);
    check_type(result != nullptr, "", op.name(), "() has no out form: ", op.schema());
    calls[i].store(*result);
  }
}

}  // namespace cutaway
