// SPDX-License-Identifier: MIT
//
// Where the tests find their expected values: fixture_path("random.txt") is the path of that file
// in the folder $CUTAWAY_TEST_DIR, or else in tests/fixtures/ (make runs the tests from the root of
// the repository). Throws with both places named when the file is in neither.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>

#include "../tensor/check.h"

namespace cutaway {

inline std::string fixture_path(const std::string& name) {
  const char* folder = std::getenv("CUTAWAY_TEST_DIR");
  if (folder != nullptr) {
    std::filesystem::path path = std::filesystem::path(folder) / name;
    if (std::filesystem::exists(path)) return path.string();
  }
  std::filesystem::path path = std::filesystem::path("tests/fixtures") / name;
  check(std::filesystem::exists(path), "fixture ", name, " not found in $CUTAWAY_TEST_DIR (",
        folder == nullptr ? "not set" : folder, ") nor in ",
        std::filesystem::absolute(path).parent_path().string(),
        "; run the tests from the root of the repository, or set CUTAWAY_TEST_DIR to the folder "
        "tests/fixtures");
  return path.string();
}

}  // namespace cutaway
