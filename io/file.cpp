// SPDX-License-Identifier: MIT
#include "file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <system_error>

#include "../tensor/checked_math.h"
#include "file_system_calls.h"

namespace cutaway::inline v0_1::io {

namespace detail {

// open() takes a variable number of arguments, so its address does not fit the table.
static int open_with_mode(const char* path, int flags, mode_t mode) {
  return ::open(path, flags, mode);
}

constinit FileSystemCalls file_system_calls = {
    .open = &open_with_mode,
    .close = &::close,
    .pread = &::pread,
    .write = &::write,
    .fsync = &::fsync,
    .fstat = &::fstat,
    .fchmod = &::fchmod,
    .stat = &::stat,
    .rename = &std::rename,
    .unlink = &::unlink,
    .mkdir = &::mkdir,
    .mmap = &::mmap,
};

}  // namespace detail

namespace {

detail::FileSystemCalls& sys = detail::file_system_calls;

/// Repeats a system call for as long as a signal interrupts it.
template <class Call>
auto uninterrupted(Call call) {
  auto result = call();
  while (result == -1 && errno == EINTR) result = call();
  return result;
}

/// Systems refuse or cut off transfers near 2 GiB; larger ones go in pieces.
constexpr size_t kMaxTransfer = size_t{1} << 30;

const char* advice(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return "Check the path; a relative one starts at the folder in which the program runs.";
    case EACCES:
    case EPERM:
    case EROFS:
      return "Check the permissions of the file and of its folder.";
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return "Free some space or choose another folder.";
    case EMFILE:
    case ENFILE:
      return "Too many files are open; close some or raise the limit (ulimit -n).";
    default:
      return "Check the disk and the path.";
  }
}

/// Throws for the system call that has just failed; errno says why.
[[noreturn]] void fail_call(const char* doing, const std::string& path, const char* expected) {
  const int error = errno;
  cutaway::detail::fail<IoError>("cannot ", doing, " '", path,
                                 "': ", std::generic_category().message(error), " (expected ",
                                 expected, "). ", advice(error));
}
[[noreturn]] void fail_reading(const std::string& path) {
  fail_call("read", path, "a readable file");
}
[[noreturn]] void fail_writing(const std::string& path) {
  fail_call("write", path, "a writable place with enough room");
}

/// A path that the system would read as another one is refused: C strings end at a zero byte.
void check_path(const std::string& path) {
  check_value(!path.empty(), "a file name must not be empty");
  check_value(path.find('\0') == std::string::npos, "file name '", path.c_str(),
              "...' has a zero byte in it");
}

std::string folder_of(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return ".";
  return path.substr(0, std::max(slash, size_t{1}));  // "/file" lies in "/"
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

// ---- reading ------------------------------------------------------------------------------------

InputFile::InputFile(const std::string& path) : path_(path) {
  check_path(path);
  // O_NONBLOCK: opening a pipe must not wait for its writer. It changes nothing for a file.
  constexpr int kFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK;
  descriptor_ = uninterrupted([&] { return sys.open(path.c_str(), kFlags, 0); });
  if (descriptor_ < 0) fail_reading(path);

  struct stat status {};
  const bool known = sys.fstat(descriptor_, &status) == 0;
  if (known && S_ISREG(status.st_mode)) {
    size_ = static_cast<uint64_t>(status.st_size);
    return;
  }
  const int error = errno;
  sys.close(descriptor_);
  errno = error;
  if (!known) fail_reading(path);
  cutaway::detail::fail<IoError>("cannot read '", path, "': it is ",
                                 S_ISDIR(status.st_mode) ? "a folder" : "a pipe or a device",
                                 " (expected a file). Give the path of a file.");
}

InputFile::~InputFile() { sys.close(descriptor_); }

void InputFile::read_exactly(uint64_t offset, std::span<uint8_t> out) const {
  if (!range_fits(offset, out.size(), size_)) {
    cutaway::detail::fail<IoError>("'", path_, "' ends too early: expected ", out.size(),
                                   " bytes at offset ", offset, ", but the file has ", size_,
                                   " bytes. It is damaged or incomplete; get it again.");
  }
  while (!out.empty()) {
    const size_t piece = std::min(out.size(), kMaxTransfer);
    const ssize_t got = uninterrupted(
        [&] { return sys.pread(descriptor_, out.data(), piece, static_cast<off_t>(offset)); });
    if (got < 0) fail_reading(path_);
    if (got == 0) {
      cutaway::detail::fail<IoError>("'", path_, "' became shorter while it was read: it had ",
                                     size_, " bytes and now ends at ", offset,
                                     ". Another program is writing it; try again later.");
    }
    offset += static_cast<uint64_t>(got);
    out = out.subspan(static_cast<size_t>(got));
  }
}

template <class Container>
static Container read_whole(const std::string& path, uint64_t max_bytes) {
  const InputFile file(path);
  if (file.size() > max_bytes) {
    cutaway::detail::fail<IoError>("'", path, "' is too large: it has ", file.size(),
                                   " bytes, expected at most ", max_bytes,
                                   ". Check that it is the right file.");
  }
  Container content(static_cast<size_t>(file.size()), {});
  file.read_exactly(0, {reinterpret_cast<uint8_t*>(content.data()), content.size()});
  return content;
}

Bytes read_file(const std::string& path, uint64_t max_bytes) {
  return read_whole<Bytes>(path, max_bytes);
}
std::string read_text_file(const std::string& path, uint64_t max_bytes) {
  return read_whole<std::string>(path, max_bytes);
}

MappedFile::MappedFile(const std::string& path) {
  const InputFile file(path);
  size_ = static_cast<size_t>(file.size());
  if (size_ == 0) return;  // mmap refuses a length of zero
  constexpr int kProtection = PROT_READ | PROT_WRITE;
  void* address = sys.mmap(nullptr, size_, kProtection, MAP_PRIVATE, file.descriptor_, 0);
  if (address == MAP_FAILED) fail_reading(path);
  data_ = static_cast<uint8_t*>(address);
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(data_, size_);
}

// ---- writing ------------------------------------------------------------------------------------

AtomicFile::AtomicFile(const std::string& path) : path_(path) {
  check_path(path);
  struct stat old {};
  const bool replaces = sys.stat(path.c_str(), &old) == 0;
  if (!replaces && errno != ENOENT) fail_writing(path);
  if (name_of(path).empty() || (replaces && S_ISDIR(old.st_mode))) {
    cutaway::detail::fail<IoError>("cannot write '", path,
                                   "': it names a folder (expected a file). Add a file name.");
  }
  if (replaces) {
    create_temporary(old.st_mode & 0777);
    // open() has taken the umask away from the mode; put the old file's permissions back.
    if (sys.fchmod(descriptor_, old.st_mode & 0777) != 0) give_up();
  } else {
    create_temporary(0666);  // less the umask, as for any new file
  }
}

void AtomicFile::create_temporary(unsigned permissions) {
  static std::atomic<unsigned> counter = 0;
  constexpr int kFlags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC;
  // A name may have 255 bytes, so a long one is cut before the rest is added.
  const std::string prefix = join(folder_of(path_), "/.", name_of(path_).substr(0, 200), ".tmp.",
                                  static_cast<long long>(::getpid()), ".");
  // EEXIST: a process that was killed had our number and left its file behind. Take the next name.
  int names_left = 1000;
  do {
    temporary_ = join(prefix, counter.fetch_add(1));
    descriptor_ = uninterrupted([&] { return sys.open(temporary_.c_str(), kFlags, permissions); });
  } while (descriptor_ < 0 && errno == EEXIST && --names_left > 0);
  if (descriptor_ >= 0) return;
  temporary_.clear();
  fail_writing(path_);
}

AtomicFile::~AtomicFile() { discard(); }

void AtomicFile::write(std::span<const uint8_t> bytes) {
  check(descriptor_ >= 0, "cannot write '", path_, "': it was committed, or an error ended it");
  while (!bytes.empty()) {
    const size_t piece = std::min(bytes.size(), kMaxTransfer);
    const ssize_t done = uninterrupted([&] { return sys.write(descriptor_, bytes.data(), piece); });
    if (done <= 0) give_up();
    bytes = bytes.subspan(static_cast<size_t>(done));
  }
}

void AtomicFile::write(std::string_view text) {
  write(std::span(reinterpret_cast<const uint8_t*>(text.data()), text.size()));
}

void AtomicFile::commit() {
  check(descriptor_ >= 0, "cannot commit '", path_, "': it was committed, or an error ended it");
  // A failed fsync is final: the system may have dropped the data, so a second try proves nothing.
  if (uninterrupted([&] { return sys.fsync(descriptor_); }) != 0) give_up();
  if (!close_descriptor()) give_up();
  if (sys.rename(temporary_.c_str(), path_.c_str()) != 0) give_up();
  temporary_.clear();

  // The new name is an entry of the folder, which must reach the disk as well. Some file systems
  // cannot flush a folder (EINVAL); there is nothing more to do then.
  const std::string folder = folder_of(path_);
  constexpr int kFlags = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
  const int descriptor = uninterrupted([&] { return sys.open(folder.c_str(), kFlags, 0); });
  const bool flushed =
      descriptor >= 0 &&
      (uninterrupted([&] { return sys.fsync(descriptor); }) == 0 || errno == EINVAL);
  const int error = errno;
  if (descriptor >= 0) sys.close(descriptor);
  errno = error;
  if (!flushed) {
    fail_call(
        "flush", folder,
        "the folder to reach the disk; the file is complete, but a power failure may undo it");
  }
}

/// False where the system reports that earlier writes were lost. The descriptor is gone either way;
/// EINTR means no more than that.
bool AtomicFile::close_descriptor() noexcept {
  const int descriptor = descriptor_;
  descriptor_ = -1;
  return sys.close(descriptor) == 0 || errno == EINTR;
}

void AtomicFile::discard() noexcept {
  if (descriptor_ >= 0) close_descriptor();
  if (!temporary_.empty()) sys.unlink(temporary_.c_str());
  temporary_.clear();
}

void AtomicFile::give_up() {
  const int error = errno;
  discard();
  errno = error;
  fail_writing(path_);
}

void write_file_atomically(const std::string& path, std::span<const uint8_t> bytes) {
  AtomicFile file(path);
  file.write(bytes);
  file.commit();
}

void write_file_atomically(const std::string& path, std::string_view text) {
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

// ---- folders ------------------------------------------------------------------------------------

bool exists(const std::string& path) {
  check_path(path);
  struct stat status {};
  return sys.stat(path.c_str(), &status) == 0;
}

bool is_folder(const std::string& path) {
  check_path(path);
  struct stat status {};
  return sys.stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

void create_folder(const std::string& path) {
  check_path(path);
  // "a/b/c": a, then a/b, then a/b/c. What exists already is no error; mkdir alone cannot tell,
  // because on a read-only parent it reports that instead.
  for (size_t slash = 0; slash != std::string::npos;) {
    slash = path.find('/', slash + 1);
    const std::string part = path.substr(0, slash);
    if (sys.mkdir(part.c_str(), 0777) == 0) continue;
    const int error = errno;
    if (is_folder(part)) continue;
    errno = error;
    fail_call("create the folder", part, "a writable parent and no file of this name");
  }
}

bool remove_file(const std::string& path) {
  check_path(path);
  if (sys.unlink(path.c_str()) == 0) return true;
  if (errno == ENOENT) return false;
  fail_call("remove", path, "a file in a writable folder");
}

}  // namespace cutaway::io
