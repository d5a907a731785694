// SPDX-License-Identifier: MIT
//
// The one door to the file system.
//
// Reading is checked: a missing file, a folder, a file larger than the caller allows or one that
// ends too early is an IoError which names the path, the reason and what to do. Reads cut short or
// interrupted by a signal are continued.
//
// Writing is atomic. The new content goes into a temporary file in the same folder, is flushed to
// the disk and then renamed over the old file:
//
//     AtomicFile file("model.ckpt");       //  creates .model.ckpt.tmp.PID.N
//     file.write(header);                  //  as many pieces as you like, nothing is concatenated
//     file.write(weights);
//     file.commit();                       //  fsync, rename, fsync of the folder
//
// At every moment, whatever fails, `model.ckpt` is either the whole old file or the whole new one.
// A failure, or leaving the scope without commit(), removes the temporary file. Only a killed
// process or a dead disk can leave one behind; it may be deleted.
//
// PyTorch counterpart: caffe2/serialize/file_adapter and torch.serialization._open_file; PyTorch
// overwrites in place. Left out: pipes and devices, systems without POSIX calls. A symbolic link
// that is written to is replaced, not followed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "../tensor/check.h"
#include "bytes.h"

namespace cutaway::inline v0_1::io {

/// The operating system refused a request about a file.
class IoError : public Error {
 public:
  using Error::Error;
};

/// Largest file that the readers below load into memory unless told otherwise: 4 GiB.
inline constexpr uint64_t kMaxFileBytes = uint64_t{1} << 32;

/// The whole content of the file, which may have at most `max_bytes` bytes.
Bytes read_file(const std::string& path, uint64_t max_bytes = kMaxFileBytes);
/// The same, as text; the bytes are not looked at.
std::string read_text_file(const std::string& path, uint64_t max_bytes = kMaxFileBytes);

/// Replaces the file by the bytes, or creates it; see AtomicFile.
void write_file_atomically(const std::string& path, std::span<const uint8_t> bytes);
void write_file_atomically(const std::string& path, std::string_view text);

/// Whether there is a file or a folder of this name that we may look at.
bool exists(const std::string& path);
bool is_folder(const std::string& path);

/// Creates the folder and those above it that are missing (mkdir -p); no error where it exists.
void create_folder(const std::string& path);

/// Removes the file; false where there was none.
bool remove_file(const std::string& path);

/// A file opened for reading at any place.
class InputFile {
 public:
  explicit InputFile(const std::string& path);
  ~InputFile();
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;

  /// Its size when it was opened.
  uint64_t size() const { return size_; }
  /// Fills `out` with the bytes at `offset`; an error where the file ends before.
  void read_exactly(uint64_t offset, std::span<uint8_t> out) const;

 private:
  friend class MappedFile;
  std::string path_;
  int descriptor_ = -1;
  uint64_t size_ = 0;
};

/// A file as memory: pages are loaded when they are first touched. The memory is private: what is
/// written to it is seen here alone and never reaches the file. As with every mapped file, if
/// another program shortens the file meanwhile, touching the lost part ends the process (SIGBUS).
/// AtomicFile never shortens a file, so what it replaces stays readable here.
class MappedFile {
 public:
  explicit MappedFile(const std::string& path);
  ~MappedFile();
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;

  /// Null for an empty file; otherwise aligned to a page.
  uint8_t* data() { return data_; }
  const uint8_t* data() const { return data_; }
  size_t size() const { return size_; }
  std::span<const uint8_t> bytes() const { return {data_, size_}; }

 private:
  uint8_t* data_ = nullptr;
  size_t size_ = 0;
};

/// A file being written, invisible under its name until commit(); see the top of this file. The
/// permissions of a file that it replaces are kept.
class AtomicFile {
 public:
  explicit AtomicFile(const std::string& path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;

  void write(std::span<const uint8_t> bytes);
  void write(std::string_view text);
  /// Puts the file in its place. After this, or after any error, the object takes no more calls.
  void commit();

 private:
  void create_temporary(unsigned permissions);
  bool close_descriptor() noexcept;
  void discard() noexcept;
  [[noreturn]] void give_up();

  std::string path_;
  std::string temporary_;  // empty while there is no temporary file
  int descriptor_ = -1;
};

}  // namespace cutaway::io
