// SPDX-License-Identifier: MIT
//
// The version of the library. CMakeLists.txt says the same, and so does `git describe` at a
// release; tests/vendor compares them.
//
// PyTorch counterpart: torch/version.h, torch.__version__.
#pragma once

namespace cutaway::inline v0_1 {

inline constexpr int kVersionMajor = 0, kVersionMinor = 1, kVersionPatch = 0;
inline constexpr const char* kVersion = "0.1.0";

}  // namespace cutaway
