// SPDX-License-Identifier: MIT
#include "type_name.h"

#include <cstdlib>
#include <memory>

#if __has_include(<cxxabi.h>)
#include <cxxabi.h>
#endif

namespace cutaway::inline v0_1 {

#ifndef __cpp_rtti
#elif __has_include(<cxxabi.h>)

/// Colons inside the brackets of a template or function do not count.
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

std::string type_name(const std::type_info& type, const char* fallback) {
  int status = 0;
  const std::unique_ptr<char, void (*)(void*)> full_name(
      abi::__cxa_demangle(type.name(), nullptr, nullptr, &status), std::free);
  return full_name ? without_namespaces(full_name.get()) : fallback;
}

#else

std::string type_name(const std::type_info&, const char* fallback) { return fallback; }

#endif

}  // namespace cutaway
