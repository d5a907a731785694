// SPDX-License-Identifier: MIT
//
// Module: the name of its class, and its text.
#include <cstdlib>
#include <memory>

#include "module.h"

#if defined(__cpp_rtti) && __has_include(<cxxabi.h>)
#include <cxxabi.h>

#include <typeinfo>
#endif

namespace cutaway::nn {

#if defined(__cpp_rtti) && __has_include(<cxxabi.h>)

/// "cutaway::nn::Linear" without what leads to it: "Linear". Colons inside the brackets of a
/// template or function do not count.
static std::string without_namespaces(const std::string& full_name) {
  size_t begin = 0;
  int depth = 0;
  for (size_t i = 0; i < full_name.size(); ++i) {
    const char c = full_name[i];
    if (c == '<' || c == '(') ++depth;
    if (c == '>' || c == ')') --depth;
    if (c == ':' && depth == 0) begin = i + 1;
  }
  return full_name.substr(begin);
}

std::string Module::name() const {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> full_name(
      abi::__cxa_demangle(typeid(*this).name(), nullptr, nullptr, &status), std::free);
  return full_name ? without_namespaces(full_name.get()) : "Module";
}

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
