// SPDX-License-Identifier: MIT
//
// A folder for the files of one test, gone with the object.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <string>

#include "../../io/bytes.h"
#include "../../tensor/check.h"

namespace cutaway::io {

class TemporaryFolder {
 public:
  TemporaryFolder() : path_((std::filesystem::temp_directory_path() / "cutaway.XXXXXX").string()) {
    check(::mkdtemp(path_.data()) != nullptr, "cannot create the folder ", path_);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::string& path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  /// Writes a file, without the library, and returns its path.
  std::string put(const std::string& name, std::span<const uint8_t> bytes) const {
    // Not over an old file: some file systems then wait for the disk, against a loss of power.
    std::filesystem::remove(file(name));
    std::ofstream(file(name), std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    return file(name);
  }
  size_t entries() const {
    const auto all = std::filesystem::directory_iterator(path_);
    return static_cast<size_t>(std::distance(begin(all), end(all)));
  }

 private:
  std::string path_;
};

/// The message of the Error that the call throws; "" where it throws none.
template <class Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error.message();
  }
  return "";
}

}  // namespace cutaway::io
