// SPDX-License-Identifier: MIT
//
// Runs a built example program as its user would, with its output going to files. The programs lie
// in $CUTAWAY_BIN, which `make test` sets, or else in build/bin. $CUTAWAY_DATA is hidden from them,
// so that they use their stand-in for a data set unless --data is among the arguments.
#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <regex>
#include <string>
#include <vector>

#include "../../io/file.h"
#include "../../tensor/check.h"
#include "../io/temporary_folder.h"

namespace cutaway::examples {

using Arguments = std::vector<std::string>;

inline Arguments operator+(Arguments first, const Arguments& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

inline std::string path_of_program(const std::string& name) {
  const char* const folder = std::getenv("CUTAWAY_BIN");
  const std::string path = join(folder != nullptr ? folder : "build/bin", "/", name);
  check(std::filesystem::exists(path), "the program ", path,
        " is not built; run `make test`, or set CUTAWAY_BIN to the folder of the programs");
  return path;
}

/// What a program that has ended left behind.
struct Ended {
  int status = -1;  // its exit status, or minus the signal that ended it
  std::string out, err;

  /// The last line of `out`, without its line break.
  std::string last_line() const {
    const size_t end = out.find_last_not_of('\n') + 1;
    const size_t begin = out.rfind('\n', end == 0 ? 0 : end - 1);
    return out.substr(begin == std::string::npos ? 0 : begin + 1,
                      end - (begin == std::string::npos ? 0 : begin + 1));
  }
};

class RunningProgram {
 public:
  RunningProgram(const std::string& name, const Arguments& arguments) {
    Arguments words = Arguments{path_of_program(name)} + arguments;
    Arguments settings;
    for (char** setting = environ; *setting != nullptr; ++setting) {
      const std::string text = *setting;
      if (!text.starts_with("CUTAWAY_DATA=") && !text.starts_with("TERM=")) {
        settings.push_back(text);
      }
    }
    settings.push_back("CUTAWAY_DATA=" + folder_.file("no_data"));
    settings.push_back("TERM=xterm");  // escape codes must not depend on it alone

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, folder_.file("out").c_str(), kFlags, 0600);
    posix_spawn_file_actions_addopen(&actions, 2, folder_.file("err").c_str(), kFlags, 0600);
    const int error = posix_spawn(&process_, words[0].c_str(), &actions, nullptr,
                                  pointers(words).data(), pointers(settings).data());
    posix_spawn_file_actions_destroy(&actions);
    if (error != 0) process_ = -1;
    check(error == 0, "cannot start ", words[0]);
  }
  ~RunningProgram() {
    if (process_ <= 0) return;
    send(SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  pid_t process() const { return process_; }
  void send(int signal) const { ::kill(process_, signal); }

  /// Sends SIGSTOP and waits until it has taken effect. False where the program has ended.
  bool freeze() {
    send(SIGSTOP);
    int status = 0;
    ::waitpid(process_, &status, WUNTRACED);
    if (!WIFSTOPPED(status)) take(status);
    return WIFSTOPPED(status);
  }

  /// Whether it has ended; does not wait.
  bool has_ended() {
    int status = 0;
    if (process_ > 0 && ::waitpid(process_, &status, WNOHANG) == process_) take(status);
    return process_ <= 0;
  }

  Ended wait() {
    int status = 0;
    if (process_ > 0) {
      ::waitpid(process_, &status, 0);
      take(status);
    }
    return {status_, io::read_text_file(folder_.file("out")),
            io::read_text_file(folder_.file("err"))};
  }

 private:
  void take(int status) {
    status_ = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
    process_ = -1;
  }
  static std::vector<char*> pointers(Arguments& words) {
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
  }

  io::TemporaryFolder folder_;
  pid_t process_ = -1;
  int status_ = -1;
};

inline Ended run(const std::string& name, const Arguments& arguments) {
  return RunningProgram(name, arguments).wait();
}

// ---- What runs must have in common ----

/// Names and contents of the files in a folder; nothing where there is no folder.
inline std::map<std::string, io::Bytes> contents_of(const std::string& folder) {
  std::map<std::string, io::Bytes> files;
  if (!std::filesystem::is_directory(folder)) return files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    files[entry.path().filename().string()] =
        entry.is_regular_file() ? io::read_file(entry.path().string()) : io::Bytes();
  }
  return files;
}

/// The last line without the one number that is a matter of speed. It must be as promised.
inline std::string result_of(const Ended& ended) {
  const std::string line = ended.last_line();
  static const std::regex form(
      R"((test_accuracy=[01]\.\d{4} test_loss=\d+\.\d{6} )train_seconds=\d+\.\d (seed=\d+))");
  std::smatch parts;
  if (ended.status == 0 && std::regex_match(line, parts, form)) return parts.str(1) + parts.str(2);
  ADD_FAILURE() << "status " << ended.status << "\n" << ended.out << ended.err;
  return "";
}

/// Every file of `expected` is among `files`, byte for byte.
inline void expect_same_files(const std::map<std::string, io::Bytes>& files,
                              const std::map<std::string, io::Bytes>& expected) {
  for (const auto& [name, bytes] : expected) {
    const auto found = files.find(name);
    ASSERT_NE(found, files.end()) << name << " is not there";
    EXPECT_TRUE(found->second == bytes) << name << " differs";
  }
}

/// Bad input: that exit status, one line on stderr that has `fragment` in it, nothing else done,
/// and the folder `out` stays as it was.
inline void expect_refusal(int status, const std::string& fragment, const std::string& program,
                           const Arguments& arguments, const std::string& out) {
  std::string command = program;
  for (const std::string& word : arguments) command += " " + word;
  SCOPED_TRACE(command);
  const bool existed = std::filesystem::exists(out);
  const auto before = contents_of(out);
  const Ended ended = run(program, arguments + Arguments{"--out", out});
  EXPECT_EQ(ended.status, status) << ended.out << ended.err;
  EXPECT_TRUE(ended.err.starts_with(program + ": ")) << ended.err;
  EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1) << ended.err;
  EXPECT_TRUE(ended.err.ends_with("\n")) << ended.err;
  EXPECT_NE(ended.err.find(fragment), std::string::npos) << ended.err << "lacks: " << fragment;
  if (status == 2) {
    EXPECT_EQ(ended.out, "");
  }
  EXPECT_EQ(std::filesystem::exists(out), existed) << out;
  EXPECT_TRUE(contents_of(out) == before) << "something was written to " << out;
}

}  // namespace cutaway::examples
