// SPDX-License-Identifier: MIT
//
// The version of the library, and that of C++ which it needs. CMakeLists.txt says the same, and so
// does `git describe` at a release; tests/vendor compares them.
//
// A header that needs no other of ours includes this one (tests/lint.py). So whatever is included
// first, a compiler without C++20 says so before it says anything else.
//
// PyTorch counterpart: torch/version.h, torch.__version__.
#pragma once

#if __cplusplus < 202002L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 202002L)
#error "Cutaway is C++20: compile with -std=c++20 (g++ 12, clang 14 or newer), by MSVC /std:c++20"
#endif

namespace cutaway::inline v0_1 {

inline constexpr int kVersionMajor = 0, kVersionMinor = 1, kVersionPatch = 0;
inline constexpr const char* kVersion = "0.1.0";

}  // namespace cutaway
