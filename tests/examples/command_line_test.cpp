// SPDX-License-Identifier: MIT
#include "../../examples/shared/command_line.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <new>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "../../tensor/check.h"

namespace cutaway::examples {
namespace {

/// What a program with some flags of every kind sees.
struct Seen {
  int64_t epochs, seed, threads;
  double lr;
  std::string optimizer, data, out;
  bool quiet, given_lr;
};

Seen read_flags(CommandLine& flags) {
  Seen seen{};
  seen.epochs = flags.epochs(5);
  seen.lr = flags.real("lr", 0.001, "learning rate", {.min = 0, .max = 10});
  seen.optimizer = flags.text("optimizer", "adam", "adam or sgd");
  seen.quiet = flags.on("quiet", "print only the last line");
  seen.seed = flags.seed();
  seen.threads = flags.threads();
  seen.data = flags.data_directory();
  seen.out = flags.out_directory();
  seen.given_lr = flags.given("lr");
  flags.finish();
  return seen;
}

/// Puts $CUTAWAY_DATA back as it was: tests that run later look for data there.
class DataVariable {
 public:
  DataVariable() {
    const char* const value = std::getenv("CUTAWAY_DATA");
    if (value != nullptr) value_ = value;
  }
  ~DataVariable() {
    if (value_) {
      setenv("CUTAWAY_DATA", value_->c_str(), 1);
    } else {
      unsetenv("CUTAWAY_DATA");
    }
  }
  DataVariable(const DataVariable&) = delete;
  DataVariable& operator=(const DataVariable&) = delete;

 private:
  std::optional<std::string> value_;
};

Seen parse(std::vector<std::string> arguments) {
  const DataVariable restored;
  unsetenv("CUTAWAY_DATA");
  CommandLine flags("mnist_mlp", "Trains an MLP.", std::move(arguments));
  return read_flags(flags);
}

std::string usage_error(std::vector<std::string> arguments) {
  try {
    parse(std::move(arguments));
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no error";
}

TEST(CommandLine, AbsentFlagsHaveTheirDefaults) {
  const Seen seen = parse({});
  EXPECT_EQ(seen.epochs, 5);
  EXPECT_EQ(seen.seed, 0);
  EXPECT_EQ(seen.threads, 0);
  EXPECT_EQ(seen.lr, 0.001);
  EXPECT_EQ(seen.optimizer, "adam");
  EXPECT_EQ(seen.data, "data");
  EXPECT_EQ(seen.out, "build/out/mnist_mlp");
  EXPECT_FALSE(seen.quiet);
  EXPECT_FALSE(seen.given_lr);
}

TEST(CommandLine, ReadsValuesAfterASpaceAndAfterAnEqualsSign) {
  const Seen seen = parse({"--epochs", "7", "--lr=0.5", "--quiet", "--optimizer=", "--data", "/d",
                           "--seed=9223372036854775807", "--out=a=b", "--threads", "2"});
  EXPECT_EQ(seen.epochs, 7);
  EXPECT_EQ(seen.lr, 0.5);
  EXPECT_TRUE(seen.quiet);
  EXPECT_EQ(seen.optimizer, "");
  EXPECT_EQ(seen.data, "/d");
  EXPECT_EQ(seen.seed, INT64_MAX);
  EXPECT_EQ(seen.out, "a=b");
  EXPECT_EQ(seen.threads, 2);
  EXPECT_TRUE(seen.given_lr);
}

TEST(CommandLine, TheLastOfTwoValuesWins) {
  EXPECT_EQ(parse({"--epochs=7", "--epochs", "8"}).epochs, 8);
  EXPECT_EQ(parse({"--epochs", "8", "--epochs=7"}).epochs, 7);
}

TEST(CommandLine, AValueMayBeginWithOneDash) {
  EXPECT_EQ(parse({"--optimizer", "-1"}).optimizer, "-1");
  EXPECT_EQ(parse({"--optimizer=--x"}).optimizer, "--x");
  EXPECT_EQ(parse({"--optimizer", "-h"}).optimizer, "-h");
}

TEST(CommandLine, DataComesFromTheFlagThenTheEnvironment) {
  const DataVariable restored;
  setenv("CUTAWAY_DATA", "/from/environment", 1);
  CommandLine without("p", "", {}), with("p", "", {"--data=/from/flag"});
  EXPECT_EQ(without.data_directory(), "/from/environment");
  EXPECT_EQ(with.data_directory(), "/from/flag");
  setenv("CUTAWAY_DATA", "", 1);
  CommandLine empty("p", "", {});
  EXPECT_EQ(empty.data_directory(), "data");
}

TEST(CommandLine, SaysWhatIsWrong) {
  EXPECT_EQ(usage_error({"--foo"}), "unknown flag --foo (see --help)");
  EXPECT_EQ(usage_error({"--foo=3"}), "unknown flag --foo (see --help)");
  EXPECT_EQ(usage_error({"--epoch", "3"}),
            "unknown flag --epoch, did you mean --epochs? (see --help)");
  EXPECT_EQ(usage_error({"-seed=3"}), "unknown flag -seed, did you mean --seed? (see --help)");
  EXPECT_EQ(usage_error({"--xy"}), "unknown flag --xy (see --help)");  // not --lr
  EXPECT_EQ(usage_error({"mnist"}), "unexpected argument 'mnist' (see --help)");
  EXPECT_EQ(usage_error({"--quiet", "yes"}), "unexpected argument 'yes' (see --help)");
  EXPECT_EQ(usage_error({"--epochs"}), "--epochs needs a value (see --help)");
  EXPECT_EQ(usage_error({"--out", "--seed", "3"}), "--out needs a value (see --help)");
  EXPECT_EQ(usage_error({"--quiet=no"}), "--quiet takes no value (see --help)");
  for (const std::string word : {"x", "", "3x", "2.5", " 3", "0x10"}) {
    EXPECT_EQ(usage_error({"--epochs=" + word}),
              "--epochs needs a whole number, got '" + word + "' (see --help)");
  }
  for (const std::string word : {"x", "", "3x", "nan", "inf", "1e999"}) {
    EXPECT_EQ(usage_error({"--lr", word}), "--lr needs a number, got '" + word + "' (see --help)");
  }
  EXPECT_EQ(usage_error({"--epochs", "-1"}), "--epochs must be at least 0, got -1 (see --help)");
  EXPECT_EQ(usage_error({"--threads", "1025"}),
            "--threads must be at most 1024, got 1025 (see --help)");
  EXPECT_EQ(usage_error({"--seed=9223372036854775808"}),
            "--seed is out of range, got 9223372036854775808 (see --help)");
  EXPECT_EQ(usage_error({"--lr=-0.5"}), "--lr must be at least 0, got -0.5 (see --help)");
  EXPECT_EQ(usage_error({"--lr=11"}), "--lr must be at most 10, got 11 (see --help)");
}

TEST(CommandLine, HelpListsEveryFlagAligned) {
  for (const char* help : {"--help", "-h"}) {
    try {
      parse({"--epochs=bad", help});
      FAIL();
    } catch (const HelpRequest& request) {
      EXPECT_STREQ(
          request.what(),
          "usage: mnist_mlp [flags]\n"
          "\n"
          "Trains an MLP.\n"
          "\n"
          "flags:\n"
          "  --epochs N        passes over the training data (default 5)\n"
          "  --lr X            learning rate (default 0.001)\n"
          "  --optimizer TEXT  adam or sgd (default adam)\n"
          "  --quiet           print only the last line\n"
          "  --seed N          seed of every random choice (default 0)\n"
          "  --threads N       threads to compute with, 0 for all cores (default 0)\n"
          "  --data DIR        where the data sets lie (default $CUTAWAY_DATA, else data)\n"
          "  --out DIR         where to write (default build/out/mnist_mlp)\n"
          "  --help            show this text\n");
    }
  }
}

TEST(CommandLine, RefusesAProgramThatDeclaresAFlagTwiceOrTooLate) {
  CommandLine flags("p", "", {});
  flags.seed();
  EXPECT_THROW(flags.integer("seed", 1, "again"), Error);
  flags.finish();
  EXPECT_THROW(flags.on("late", ""), Error);
}

/// Status and output of a whole program.
struct Outcome {
  int status;
  std::string out, err;
};

Outcome run(std::vector<const char*> argv, const std::function<void(CommandLine&)>& body) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  Outcome outcome;
  outcome.status = run_program(static_cast<int>(argv.size()), argv.data(), "Does this.", body);
  outcome.out = testing::internal::GetCapturedStdout();
  outcome.err = testing::internal::GetCapturedStderr();
  return outcome;
}

TEST(RunProgram, ReturnsZeroWhereTheBodyReturns) {
  const Outcome outcome = run({"build/bin/mlp", "--seed", "3"}, [](CommandLine& flags) {
    std::printf("%s %d\n", flags.program().c_str(), static_cast<int>(flags.seed()));
    flags.finish();
  });
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "mlp 3\n");
  EXPECT_EQ(outcome.err, "");
}

TEST(RunProgram, ShowsHelpOnStandardOutput) {
  const Outcome outcome = run({"mlp", "--help"}, [](CommandLine& flags) { flags.finish(); });
  EXPECT_EQ(outcome.status, 0);
  EXPECT_EQ(outcome.out, "usage: mlp [flags]\n\nDoes this.\n\nflags:\n  --help  show this text\n");
  EXPECT_EQ(outcome.err, "");
}

TEST(RunProgram, ReportsUsageErrorsWithStatusTwo) {
  bool worked = false;
  const Outcome outcome = run({"/bin/mlp", "--foo"}, [&](CommandLine& flags) {
    flags.finish();
    worked = true;
  });
  EXPECT_EQ(outcome.status, 2);
  EXPECT_EQ(outcome.out, "");
  EXPECT_EQ(outcome.err, "mlp: unknown flag --foo (see --help)\n");
  EXPECT_FALSE(worked);
}

TEST(RunProgram, ReportsErrorsWithStatusOne) {
  const auto status_and_line = [](const std::function<void()>& fail) {
    const Outcome outcome = run({"mlp"}, [&](CommandLine& flags) {
      flags.finish();
      fail();
    });
    return std::to_string(outcome.status) + " " + outcome.err;
  };
  EXPECT_EQ(status_and_line([] { check_value(false, "bad ", 7); }), "1 mlp: bad 7\n");
  EXPECT_EQ(status_and_line([] { throw std::bad_alloc(); }), "1 mlp: out of memory\n");
  EXPECT_EQ(status_and_line([] { throw std::runtime_error("other"); }), "1 mlp: other\n");
}

TEST(RunProgram, NoticesAProgramThatNeverFinishesItsFlags) {
  const Outcome outcome = run({"mlp"}, [](CommandLine&) {});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.err, "mlp: the program never called flags.finish()\n");
}

TEST(RunProgram, WorksWithoutAnyArguments) {
  EXPECT_EQ(run_program(0, nullptr, "", [](CommandLine& flags) { flags.finish(); }), 0);
}

}  // namespace
}  // namespace cutaway::examples
