// SPDX-License-Identifier: MIT
//
// Files: what goes in comes out, errors say what to do, and no failure of any single system call
// leaves half a file, a temporary file or an open descriptor behind.
#include "../../io/file.h"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string_view>
#include <thread>
#include <vector>

#include "../../io/file_system_calls.h"
#include "temporary_folder.h"

namespace cutaway::io {
namespace {

// ---- faults -------------------------------------------------------------------------------------

using detail::file_system_calls;
using detail::FileSystemCalls;

/// While an object of this type lives, every system call of the library asks `decide` first.
class Faults {
 public:
  /// Given the name of a call and its number from 1: the errno with which it fails, 0 for none.
  using Decide = std::function<int(std::string_view name, int number)>;

  explicit Faults(Decide decide, size_t max_transfer = SIZE_MAX) {
    real_ = file_system_calls;
    decide_ = std::move(decide);
    max_transfer_ = max_transfer;
    calls_ = 0;
    file_system_calls = {
        .open = [](const char* path, int flags,
                   mode_t mode) { return fails("open") ? -1 : real_.open(path, flags, mode); },
        .close =
            [](int descriptor) {
              const int result = real_.close(descriptor);  // done even where it reports an error
              return fails("close") ? -1 : result;
            },
        .pread = [](int descriptor, void* to, size_t count, off_t offset) -> ssize_t {
          if (fails("pread")) return -1;
          return real_.pread(descriptor, to, std::min(count, max_transfer_), offset);
        },
        .write = [](int descriptor, const void* from, size_t count) -> ssize_t {
          if (fails("write")) return -1;
          return real_.write(descriptor, from, std::min(count, max_transfer_));
        },
        .fsync = [](int descriptor) { return fails("fsync") ? -1 : real_.fsync(descriptor); },
        .fstat =
            [](int descriptor, struct stat* status) {
              return fails("fstat") ? -1 : real_.fstat(descriptor, status);
            },
        .fchmod = [](int descriptor,
                     mode_t mode) { return fails("fchmod") ? -1 : real_.fchmod(descriptor, mode); },
        .stat = [](const char* path,
                   struct stat* status) { return fails("stat") ? -1 : real_.stat(path, status); },
        .rename = [](const char* from,
                     const char* to) { return fails("rename") ? -1 : real_.rename(from, to); },
        .unlink = [](const char* path) { return fails("unlink") ? -1 : real_.unlink(path); },
        .mkdir = [](const char* path,
                    mode_t mode) { return fails("mkdir") ? -1 : real_.mkdir(path, mode); },
        .mmap =
            [](void* at, size_t length, int protection, int flags, int descriptor, off_t offset) {
              return fails("mmap") ? MAP_FAILED
                                   : real_.mmap(at, length, protection, flags, descriptor, offset);
            },
    };
  }
  ~Faults() { file_system_calls = real_; }
  Faults(const Faults&) = delete;
  Faults& operator=(const Faults&) = delete;

  int calls() const { return calls_; }

 private:
  static bool fails(std::string_view name) {
    const int before = errno;
    const int error = decide_(name, ++calls_);
    errno = error == 0 ? before : error;
    return error != 0;
  }

  static inline FileSystemCalls real_{};
  static inline Decide decide_;
  static inline size_t max_transfer_ = 0;
  static inline int calls_ = 0;
};

// ---- a folder for each test ---------------------------------------------------------------------

class File : public ::testing::Test {
 protected:
  std::string path(const std::string& name) const { return temporary_.file(name); }
  size_t entries() const { return temporary_.entries(); }

  const TemporaryFolder temporary_;
  const std::string folder_ = temporary_.path();
};

size_t open_descriptors() {
  const std::string folder = "/proc/self/fd";
  if (!std::filesystem::exists(folder)) return 0;  // not Linux: the check is void
  const auto all = std::filesystem::directory_iterator(folder);
  return static_cast<size_t>(std::distance(begin(all), end(all)));
}

std::string text_of(std::span<const uint8_t> bytes) { return {bytes.begin(), bytes.end()}; }

// ---- reading ------------------------------------------------------------------------------------

TEST_F(File, WhatGoesInComesOut) {
  Bytes bytes(100000);
  for (size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<uint8_t>(i * 7 >> 3);
  write_file_atomically(path("a"), bytes);
  EXPECT_EQ(read_file(path("a")), bytes);
  EXPECT_EQ(read_file(path("a"), bytes.size()), bytes);

  write_file_atomically(path("a"), "shorter");
  EXPECT_EQ(read_text_file(path("a")), "shorter");
  write_file_atomically(path("a"), "");
  EXPECT_EQ(read_file(path("a")), Bytes());
  EXPECT_EQ(entries(), 1u);
}

TEST_F(File, ReadsAnyRangeAndNothingBeyond) {
  write_file_atomically(path("a"), "0123456789");
  const InputFile file(path("a"));
  EXPECT_EQ(file.size(), 10u);
  Bytes part(4);
  file.read_exactly(6, part);
  EXPECT_EQ(text_of(part), "6789");
  file.read_exactly(10, {});
  EXPECT_EQ(error_of([&] { file.read_exactly(7, part); }),
            "'" + path("a") +
                "' ends too early: expected 4 bytes at offset 7, but the file has 10 bytes. It is "
                "damaged or incomplete; get it again.");
  EXPECT_NE(error_of([&] { file.read_exactly(UINT64_MAX - 1, part); }), "");
}

TEST_F(File, ReadingErrorsSayWhatToDo) {
  EXPECT_EQ(error_of([&] { read_file(path("none")); }),
            "cannot read '" + path("none") +
                "': No such file or directory (expected a readable file). Check the path; a "
                "relative one starts at the folder in which the program runs.");
  EXPECT_EQ(
      error_of([&] { read_file(folder_); }),
      "cannot read '" + folder_ + "': it is a folder (expected a file). Give the path of a file.");
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  EXPECT_EQ(error_of([&] { read_file(path("pipe")); }),
            "cannot read '" + path("pipe") +
                "': it is a pipe or a device (expected a file). Give the path of a file.");
  write_file_atomically(path("a"), "0123456789");
  EXPECT_EQ(error_of([&] { read_file(path("a"), 9); }),
            "'" + path("a") +
                "' is too large: it has 10 bytes, expected at most 9. Check that it is the right "
                "file.");
  EXPECT_EQ(error_of([&] { read_file(""); }), "a file name must not be empty");
  EXPECT_EQ(error_of([&] { read_file(std::string("a\0b", 3)); }),
            "file name 'a...' has a zero byte in it");
  EXPECT_THROW(read_file(path("none")), IoError);
}

TEST_F(File, AFileThatShrinksWhileReadIsAnError) {
  write_file_atomically(path("a"), "0123456789");
  const InputFile file(path("a"));
  std::filesystem::resize_file(path("a"), 3);
  Bytes all(10);
  EXPECT_EQ(error_of([&] { file.read_exactly(0, all); }),
            "'" + path("a") +
                "' became shorter while it was read: it had 10 bytes and now ends at 3. Another "
                "program is writing it; try again later.");
}

TEST_F(File, MappedFile) {
  write_file_atomically(path("a"), "old content");
  const MappedFile old(path("a"));
  EXPECT_EQ(text_of(old.bytes()), "old content");
  EXPECT_EQ(old.size(), 11u);
  EXPECT_EQ(reinterpret_cast<uintptr_t>(old.data()) % 64, 0u);

  write_file_atomically(path("a"), "new");
  EXPECT_EQ(text_of(old.bytes()), "old content") << "a map must outlive the file's replacement";
  EXPECT_EQ(text_of(MappedFile(path("a")).bytes()), "new");

  write_file_atomically(path("empty"), "");
  EXPECT_EQ(MappedFile(path("empty")).size(), 0u);
  EXPECT_THROW(MappedFile(path("none")), IoError);
}

// ---- writing ------------------------------------------------------------------------------------

TEST_F(File, PiecesAppearTogetherOrNotAtAll) {
  write_file_atomically(path("a"), "old");
  {
    AtomicFile file(path("a"));
    file.write("head");
    file.write(Bytes{'t', 'a', 'i', 'l'});
    EXPECT_EQ(read_text_file(path("a")), "old");
    EXPECT_EQ(entries(), 2u);  // the old file and the temporary one
    file.commit();
    EXPECT_EQ(read_text_file(path("a")), "headtail");
    EXPECT_EQ(error_of([&] { file.write("more"); }),
              "cannot write '" + path("a") + "': it was committed, or an error ended it");
    EXPECT_EQ(error_of([&] { file.commit(); }),
              "cannot commit '" + path("a") + "': it was committed, or an error ended it");
  }
  {
    AtomicFile file(path("a"));
    file.write("never committed");
  }
  EXPECT_EQ(read_text_file(path("a")), "headtail");
  EXPECT_EQ(entries(), 1u);
}

TEST_F(File, WritingErrorsSayWhatToDo) {
  EXPECT_EQ(error_of([&] { write_file_atomically(path("none/a"), "x"); }),
            "cannot write '" + path("none/a") +
                "': No such file or directory (expected a writable place with enough room). Check "
                "the path; a relative one starts at the folder in which the program runs.");
  const std::string is_folder = "': it names a folder (expected a file). Add a file name.";
  EXPECT_EQ(error_of([&] { write_file_atomically(folder_, "x"); }),
            "cannot write '" + folder_ + is_folder);
  EXPECT_EQ(error_of([&] { write_file_atomically(path("a/"), "x"); }),
            "cannot write '" + path("a/") + is_folder);
  EXPECT_EQ(entries(), 0u);
}

TEST_F(File, KeepsThePermissionsOfTheFileItReplaces) {
  const auto mode_of = [](const std::string& name) {
    struct stat status {};
    ::stat(name.c_str(), &status);
    return status.st_mode & 0777;
  };
  write_file_atomically(path("a"), "x");
  for (const mode_t mode : {0600u, 0666u, 0751u}) {
    ASSERT_EQ(::chmod(path("a").c_str(), mode), 0);
    write_file_atomically(path("a"), "y");
    EXPECT_EQ(mode_of(path("a")), mode);
  }
}

TEST_F(File, LongNamesAndRelativeNames) {
  const std::string longest(255, 'n');
  write_file_atomically(path(longest), "x");
  EXPECT_EQ(read_text_file(path(longest)), "x");

  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder_);
  write_file_atomically("relative", "y");
  std::filesystem::current_path(before);
  EXPECT_EQ(read_text_file(path("relative")), "y");
}

TEST_F(File, ManyWritersOfOneFile) {
  std::vector<std::thread> writers;
  for (char letter = 'a'; letter < 'a' + 8; ++letter) {
    writers.emplace_back([this, letter] {
      for (int i = 0; i < 5; ++i) write_file_atomically(path("f"), std::string(10000, letter));
    });
  }
  for (std::thread& writer : writers) writer.join();
  const std::string content = read_text_file(path("f"));
  EXPECT_EQ(content, std::string(10000, content.at(0)));
  EXPECT_EQ(entries(), 1u);
}

// ---- when the system fails ----------------------------------------------------------------------

void write_two_pieces(const std::string& name) {
  AtomicFile file(name);
  file.write("new ");
  file.write("content");
  file.commit();
}

TEST_F(File, NoSingleFailureLosesAFile) {
  const size_t descriptors = open_descriptors();
  std::string kept;      // the calls whose failure left the old file in place
  std::string replaced;  // those after which the new one was there
  for (int k = 1;; ++k) {
    write_file_atomically(path("a"), "old content");
    std::string error, failed;
    {
      const Faults faults([&](std::string_view name, int number) {
        if (number != k) return 0;
        failed = name;
        return ENOSPC;
      });
      error = error_of([&] { write_two_pieces(path("a")); });
    }
    if (failed.empty()) break;  // there is no k-th call: all of them were tried
    const std::string content = read_text_file(path("a"));
    if (content == "old content") {
      kept += failed + " ";
      EXPECT_EQ(error, "cannot write '" + path("a") +
                           "': No space left on device (expected a writable place with enough "
                           "room). Free some space or choose another folder.");
    } else {
      replaced += failed + " ";
      EXPECT_EQ(content, "new content") << "call " << k;
      EXPECT_EQ(error, failed == "close"
                           ? ""
                           : "cannot flush '" + folder_ +
                                 "': No space left on device (expected the folder to reach the "
                                 "disk; the file is complete, but a power failure may undo it). "
                                 "Free some space or choose another folder.");
    }
    EXPECT_EQ(entries(), 1u) << "a temporary file is left after call " << k;
  }
  EXPECT_EQ(kept, "stat open fchmod write write fsync close rename ");
  EXPECT_EQ(replaced, "open fsync close ");  // of the folder
  EXPECT_EQ(open_descriptors(), descriptors);
}

TEST_F(File, ADyingDiskLeavesTheOldFileOrTheNew) {
  const size_t descriptors = open_descriptors();
  bool failed = true;
  for (int k = 1; failed; ++k) {
    write_file_atomically(path("a"), "old content");
    {
      const Faults faults([&](std::string_view, int number) { return number >= k ? EIO : 0; });
      error_of([&] { write_two_pieces(path("a")); });
      failed = faults.calls() >= k;
    }
    EXPECT_EQ(read_text_file(path("a")), k <= 8 ? "old content" : "new content") << "call " << k;
  }
  EXPECT_EQ(open_descriptors(), descriptors);
}

TEST_F(File, EveryFailureOfReadingIsReported) {
  write_file_atomically(path("a"), "content");
  const size_t descriptors = open_descriptors();
  for (const std::string_view call : {"open", "fstat", "pread", "mmap"}) {
    const Faults faults([&](std::string_view name, int) { return name == call ? EIO : 0; });
    EXPECT_EQ(error_of([&] {
                if (call == "mmap")
                  MappedFile file(path("a"));
                else
                  read_file(path("a"));
              }),
              "cannot read '" + path("a") +
                  "': Input/output error (expected a readable file). Check the disk and the path.");
  }
  EXPECT_EQ(open_descriptors(), descriptors);
}

TEST_F(File, NothingMayFollowAFailedWrite) {
  write_file_atomically(path("a"), "old");
  AtomicFile file(path("a"));
  {
    const Faults faults([](std::string_view name, int) { return name == "write" ? EIO : 0; });
    EXPECT_THROW(file.write("new"), IoError);
  }
  EXPECT_EQ(entries(), 1u);
  EXPECT_THROW(file.write("new"), Error);
  EXPECT_THROW(file.commit(), Error);
  EXPECT_EQ(read_text_file(path("a")), "old");
}

TEST_F(File, LeftOverTemporaryFilesAreSteppedOver) {
  {
    const Faults faults([](std::string_view, int number) { return number == 2 ? EEXIST : 0; });
    write_two_pieces(path("a"));  // call 1 was stat, 2 and 3 tried to create a temporary file
  }
  EXPECT_EQ(read_text_file(path("a")), "new content");
  const Faults faults([](std::string_view name, int) { return name == "open" ? EEXIST : 0; });
  EXPECT_NE(error_of([&] { write_two_pieces(path("a")); }), "");  // and it does end
}

TEST_F(File, SignalsAndShortTransfersDoNotMatter) {
  int interruptions = 0;
  const auto interrupt_every_second = [&](std::string_view name, int number) {
    const bool waits = name == "open" || name == "pread" || name == "write" || name == "fsync" ||
                       name == "close";  // the others are never interrupted
    if (!waits || number % 2 != 0) return 0;
    ++interruptions;
    return EINTR;
  };
  const Faults faults(interrupt_every_second, 1);
  write_two_pieces(path("a"));
  write_two_pieces(path("a"));
  EXPECT_EQ(read_text_file(path("a")), "new content");
  EXPECT_EQ(entries(), 1u);
  EXPECT_GT(interruptions, 20);
}

// ---- folders ------------------------------------------------------------------------------------

TEST_F(File, Folders) {
  EXPECT_FALSE(exists(path("a")));
  create_folder(path("a/b//c/"));
  EXPECT_TRUE(is_folder(path("a/b/c")));
  create_folder(path("a/b/c"));  // it exists: no error
  write_file_atomically(path("a/b/file"), "x");
  EXPECT_TRUE(exists(path("a/b/file")));
  EXPECT_FALSE(is_folder(path("a/b/file")));
  EXPECT_EQ(error_of([&] { create_folder(path("a/b/file/d")); }),
            "cannot create the folder '" + path("a/b/file") +
                "': File exists (expected a writable parent and no file of this name). Check the "
                "disk and the path.");
  EXPECT_TRUE(remove_file(path("a/b/file")));
  EXPECT_FALSE(remove_file(path("a/b/file")));
  EXPECT_NE(error_of([&] { remove_file(path("a/b")); }), "");
  EXPECT_TRUE(is_folder(path("a/b")));
}

}  // namespace
}  // namespace cutaway::io
