// SPDX-License-Identifier: MIT
//
// Flags of the example programs. A program asks for each flag once, where it wants the value; that
// one line is also its declaration, its default and its line in --help:
//
//     static void train(CommandLine& flags) {
//       const int64_t epochs = flags.epochs(5);
//       const int64_t seed = flags.seed();
//       const double lr = flags.real("lr", 1e-3, "learning rate", {.min = 0});
//       const bool quiet = flags.on("quiet", "print only the last line");
//       flags.finish();  // answers --help, refuses what nobody asked for
//       ...
//     }
//     int main(int argc, char** argv) {
//       return run_program(argc, argv, "Trains a multi-layer perceptron on MNIST.", train);
//     }
//
// Promise: `--name value` and `--name=value` are the same and the last one wins; a bad command line
// ends the program with one line and status 2 before it has done anything.
// PyTorch counterpart: argparse, as pytorch/examples use it.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace cutaway::examples {

struct IntegerRange {
  int64_t min = std::numeric_limits<int64_t>::min();
  int64_t max = std::numeric_limits<int64_t>::max();
};
struct RealRange {
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
};

/// The command line is wrong; what() is one line that says how. A program throws it itself where
/// two flags contradict each other.
class UsageError : public std::exception {
 public:
  explicit UsageError(std::string message) : message_(std::move(message)) {}
  const char* what() const noexcept override { return message_.c_str(); }

 private:
  std::string message_;
};

/// --help was given; what() is the text to show.
class HelpRequest : public std::exception {
 public:
  explicit HelpRequest(std::string text) : text_(std::move(text)) {}
  const char* what() const noexcept override { return text_.c_str(); }

 private:
  std::string text_;
};

class CommandLine {
 public:
  /// `arguments` without the program's name; `summary` is the sentence on top of --help.
  CommandLine(std::string program, std::string summary, std::vector<std::string> arguments);

  // Each of these declares the flag --name and returns its value, or `fallback` where it is absent
  // (or wrong: finish() reports it). `help` is one short line.
  std::string text(const std::string& name, const std::string& fallback, const std::string& help);
  int64_t integer(const std::string& name, int64_t fallback, const std::string& help,
                  IntegerRange range = {});
  double real(const std::string& name, double fallback, const std::string& help,
              RealRange range = {});
  bool on(const std::string& name, const std::string& help);  ///< a switch; absent means false
  /// The word that belongs to no flag (`ops max`: "max"), or "". To be declared after all flags.
  std::string word(const std::string& name, const std::string& help);

  // The flags that many programs have, so that they read alike.
  int64_t seed();                    ///< --seed N, 0 or more (default 0)
  int64_t threads();                 ///< --threads N; 0, the default, means all cores
  int64_t epochs(int64_t fallback);  ///< --epochs N, 0 or more
  std::string data_directory();      ///< --data DIR, else $CUTAWAY_DATA, else "data"
  std::string out_directory();       ///< --out DIR (default build/out/NAME); is not created

  /// Whether --name stands on the command line.
  bool given(const std::string& name) const;

  /// To be called after the last declaration and before any work. Throws HelpRequest for --help and
  /// UsageError for the first mistake: a bad value, an unknown flag, a stray argument.
  void finish();
  bool finished() const { return finished_; }

  const std::string& program() const { return program_; }

 private:
  struct Flag {
    std::string name, placeholder, help;  // "epochs", "N", "passes over ... (default 5)"
  };
  struct Argument {
    std::string word;
    bool claimed = false;  // some declaration has understood it
  };

  void declare(const std::string& name, const std::string& placeholder, const std::string& help);
  bool take_value(const std::string& name, std::string& value);
  void complain(const std::string& message);
  std::string help_text() const;
  std::string nearest_flag(const std::string& word) const;

  std::string program_, summary_;
  std::vector<Argument> arguments_;
  std::vector<Flag> flags_;
  std::vector<Flag> words_;
  std::string first_mistake_;
  bool finished_ = false;
};

/// main() of every example: runs `body` and returns the exit status.
///   0  it returned, or --help was shown
///   1  it threw: cutaway::Error, out of memory, any other std::exception; one line on stderr, into
///      which a message of several is joined
///   2  the command line is wrong; one line on stderr
int run_program(int argc, const char* const* argv, const std::string& summary,
                const std::function<void(CommandLine&)>& body);

}  // namespace cutaway::examples
