// SPDX-License-Identifier: MIT
//
// Module: the name of its class, and its text.
#include "../tensor/type_name.h"
#include "module.h"

namespace cutaway::inline v0_1::nn {

#ifdef __cpp_rtti
std::string Module::name() const { return type_name(typeid(*this), "Module"); }
#else
std::string Module::name() const { return "Module"; }
#endif

std::string indented(const std::string& text) {
  std::string result;
  for (const char c : text) {
    result += c;
    if (c == '\n') result += "  ";
  }
  return result;
}

std::string Module::repr() const {
  const std::string extra = extra_repr();
  if (children_.empty() && extra.find('\n') == std::string::npos) return name() + "(" + extra + ")";
  std::string lines = extra.empty() ? "" : "\n" + extra;
  for (const auto& [child_name, child] : children_) {
    lines += "\n(" + child_name + "): " + child->repr();
  }
  return name() + "(" + indented(lines) + "\n)";
}

}  // namespace cutaway::nn
