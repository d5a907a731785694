// SPDX-License-Identifier: MIT
//
// The system calls that io/file.cpp makes, as a table of function pointers. Outside tests the table
// always holds the real calls. A test puts its own functions there to make the k-th call fail, or
// write one byte at a time, and so sees what a full disk or a dying one would do (SQLite tests its
// file layer this way). Not for users; change the table only while no other thread reads or writes
// files.
//
// The calls are POSIX's; a system without them needs another table and nothing else.
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <cstddef>

#include "../tensor/version.h"

namespace cutaway::inline v0_1::io::detail {

struct FileSystemCalls {
  int (*open)(const char* path, int flags, mode_t mode);
  int (*close)(int descriptor);
  ssize_t (*pread)(int descriptor, void* to, size_t count, off_t offset);
  ssize_t (*write)(int descriptor, const void* from, size_t count);
  int (*fsync)(int descriptor);
  int (*fstat)(int descriptor, struct stat* status);
  int (*fchmod)(int descriptor, mode_t mode);
  int (*stat)(const char* path, struct stat* status);
  int (*rename)(const char* from, const char* to);
  int (*unlink)(const char* path);
  int (*mkdir)(const char* path, mode_t mode);
  void* (*mmap)(void* at, size_t length, int protection, int flags, int descriptor, off_t offset);
};

extern FileSystemCalls file_system_calls;

}  // namespace cutaway::io::detail
