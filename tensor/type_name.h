// SPDX-License-Identifier: MIT
//
// type_name: what a class is called in its source, for texts that name it (a module's repr, the
// node of a custom function). "cutaway::nn::Linear" is "Linear".
//
// PyTorch counterpart: c10/util/Type.h (demangle). Where the compiler has no type names, or none
// that can be read, the fallback stands for all of them.
#pragma once

#include <string>
#ifdef __cpp_rtti  // with -fno-rtti there are no type names
#include <typeinfo>

#include "version.h"
#endif

namespace cutaway::inline v0_1 {

/// The name without the namespaces and classes that lead to it.
#ifdef __cpp_rtti
std::string type_name(const std::type_info& type, const char* fallback);

/// The name of Class itself.
template <class Class>
std::string type_name_of(const char* fallback) {
  return type_name(typeid(Class), fallback);
}
#else
template <class Class>
std::string type_name_of(const char* fallback) {
  return fallback;
}
#endif

}  // namespace cutaway
