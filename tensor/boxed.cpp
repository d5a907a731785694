// SPDX-License-Identifier: MIT
#include "boxed.h"

#include "factories.h"

namespace cutaway::inline v0_1::detail {

static const char* type_name(const Value& value) {
  constexpr const char* names[] = {"None", "Tensor",   "tuple of Tensors", "bool",
                                   "int",  "float",    "tuple of ints",    "dtype",
                                   "str",  "Generator"};
  static_assert(std::size(names) == std::variant_size_v<Value>);
  return names[value.index()];
}

void fail_unbox(const OpBase& op, size_t position, const char* wanted, const Value& given) {
  throw TypeError(join(op.name(), "(): argument (position ", position + 1, ") must be ", wanted,
                       ", not ", type_name(given), " (schema: ", op.schema(), ")"));
}

void check_argument_count(const OpBase& op, size_t given, size_t wanted) {
  check_type(given == wanted, op.schema(), " takes ", wanted, " arguments, got ", given);
}

// ---- Arguments ----

static bool is_none(const UnboxSite& site) {
  return std::holds_alternative<std::monostate>(site.value);
}

TensorArgument Unboxer<Tensor>::get(const UnboxSite& site) {
  if (const Tensor* tensor = std::get_if<Tensor>(&site.value)) return {tensor, {}};
  const bool is_number = std::holds_alternative<bool>(site.value) ||
                         std::holds_alternative<int64_t>(site.value) ||
                         std::holds_alternative<double>(site.value);
  if (site.position == 0 || !is_number) fail_unbox(site.op, site.position, "Tensor", site.value);
  return {nullptr, wrapped_number(Unboxer<Scalar>::get(site))};
}
TensorList Unboxer<TensorList>::get(const UnboxSite& site) {
  return site.as<std::vector<Tensor>>("tuple of Tensors");
}
IntArrayRef Unboxer<IntArrayRef>::get(const UnboxSite& site) {
  if (is_none(site)) return {};
  return site.as<std::vector<int64_t>>("tuple of ints");
}
bool Unboxer<bool>::get(const UnboxSite& site) { return site.as<bool>("bool"); }
int64_t Unboxer<int64_t>::get(const UnboxSite& site) { return site.as<int64_t>("int"); }
double Unboxer<double>::get(const UnboxSite& site) {
  if (const int64_t* integer = std::get_if<int64_t>(&site.value))
    return static_cast<double>(*integer);
  return site.as<double>("float");
}
Scalar Unboxer<Scalar>::get(const UnboxSite& site) {
  if (const bool* boolean = std::get_if<bool>(&site.value)) return *boolean;
  if (const int64_t* integer = std::get_if<int64_t>(&site.value)) return *integer;
  return site.as<double>("Number");
}
DType Unboxer<DType>::get(const UnboxSite& site) { return site.as<DType>("dtype"); }
std::string_view Unboxer<std::string_view>::get(const UnboxSite& site) {
  return site.as<std::string>("str");
}
Generator* Unboxer<Generator*>::get(const UnboxSite& site) {
  return is_none(site) ? nullptr : site.as<Generator*>("Generator");
}

// ---- Results ----

void box(Values& results, const Tensor& result) { results.emplace_back(result); }
void box(Values& results, const std::vector<Tensor>& result) { results.emplace_back(result); }
void box(Values& results, bool result) { results.emplace_back(result); }
void box(Values& results, int64_t result) { results.emplace_back(result); }
void box(Values& results, double result) { results.emplace_back(result); }

}  // namespace cutaway::detail
