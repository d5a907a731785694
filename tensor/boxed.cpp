// SPDX-License-Identifier: MIT
#include "boxed.h"

namespace cutaway::detail {

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

}  // namespace cutaway::detail
