// SPDX-License-Identifier: MIT
//
// The program examples/mnist_mlp.cpp from the outside: it gives the same numbers whatever the
// number of threads, loses nothing when it is killed, and refuses bad command lines and images. All
// on drawn digits, and few of them. What it does with damaged files: mnist_mlp_refusal_test.cpp.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <random>
#include <regex>
#include <string>
#include <thread>
#include <vector>

#include "../../io/checkpoint.h"
#include "../../io/checksum.h"
#include "../../io/data/pgm.h"
#include "../../io/data/stroke_digits.h"
#include "../../tensor/all.h"
#include "program_run.h"

namespace cutaway::examples {
namespace {

using io::Bytes;
using io::TemporaryFolder;
namespace fs = std::filesystem;

Ended run_mnist(const Arguments& arguments) { return run("mnist_mlp", arguments); }

void expect_refusal(int status, const std::string& fragment, const Arguments& arguments,
                    const std::string& out) {
  examples::expect_refusal(status, fragment, "mnist_mlp", arguments, out);
}

// ---- One run that many tests look at ----

class MnistMlp : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    trained_ = new Ended(
        run_mnist({"--epochs", "2", "--train-images", "3000", "--out", folder_->file("trained")}));
  }
  static void TearDownTestSuite() {
    delete trained_;
    delete folder_;
  }
  void SetUp() override { ASSERT_EQ(trained_->status, 0) << trained_->out << trained_->err; }

  static std::string trained(const std::string& name) { return folder_->file("trained/" + name); }
  static std::string checkpoint() { return trained("mnist_mlp.ckpt"); }

  static TemporaryFolder* folder_;
  static Ended* trained_;
};
TemporaryFolder* MnistMlp::folder_ = nullptr;
Ended* MnistMlp::trained_ = nullptr;

TEST_F(MnistMlp, WritesPlainTextWhereThereIsNoTerminal) {
  // Steps so small and many that on a terminal the line would be redrawn.
  const TemporaryFolder folder;
  const Ended ended = run_mnist({"--epochs", "1", "--batch-size", "8", "--out", folder.path()});
  EXPECT_NE(result_of(ended), "");
  EXPECT_EQ(ended.err, "");
  for (const char c : ended.out) {
    ASSERT_TRUE(c == '\n' || (c >= ' ' && c <= '~')) << "byte " << int{c};
  }
  EXPECT_NE(ended.out.find("\nepoch 1/1  loss "), std::string::npos) << ended.out;
  EXPECT_TRUE(ended.out.starts_with("Data: no MNIST in '")) << ended.out;
}

TEST_F(MnistMlp, LearnsAndLeavesFourFiles) {
  const std::string result = result_of(*trained_);
  EXPECT_GT(std::stod(result.substr(result.find('=') + 1)), 0.8) << result;
  const auto files = contents_of(folder_->file("trained"));
  std::string names;
  for (const auto& [name, bytes] : files) names += name + " ";
  EXPECT_EQ(names, "digit.pgm history.csv loss.svg mnist_mlp.ckpt ");
  const std::string history = io::read_text_file(trained("history.csv"));
  EXPECT_TRUE(std::regex_match(
      history, std::regex("epoch,train_loss,train_accuracy,test_loss,test_accuracy\n"
                          "1(,\\d\\.\\d+){4}\n2(,\\d\\.\\d+){4}\n")))
      << history;
}

TEST_F(MnistMlp, ZeroEpochsWriteTheUntrainedModel) {
  const TemporaryFolder folder;
  const Ended ended = run_mnist({"--epochs", "0", "--out", folder.path()});
  EXPECT_NE(result_of(ended), "");
  const io::Checkpoint file = io::load_checkpoint(folder.file("mnist_mlp.ckpt"));
  manual_seed(0);
  const double bound = 1.0 / 28;  // of nn.Linear(784, ...): 1 / sqrt(784)
  const Tensor weight = empty({256, 784});
  uniform_(weight, -bound, bound);
  EXPECT_EQ(file.tensors.at("model.fc1.weight").ne(weight).sum().item<int64_t>(), 0);
  EXPECT_EQ(file.tensors.at("history").size(0), 0);
}

// ---- The same numbers, always ----

TEST_F(MnistMlp, ThreadsAndWorkersChangeNothing) {
  const TemporaryFolder folder;
  const Arguments arguments = {"--epochs", "2", "--train-images", "1000", "--out", folder.path()};
  std::string expected_result;
  std::map<std::string, Bytes> expected_files;
  for (const std::string threads : {"1", "2"}) {
    for (const std::string workers : {"0", "1", "3"}) {
      SCOPED_TRACE("--threads " + threads + " --workers " + workers);
      const Ended ended =
          run_mnist(arguments + Arguments{"--threads", threads, "--workers", workers});
      const std::string result = result_of(ended);
      const auto files = contents_of(folder.path());
      if (expected_files.empty()) {
        expected_result = result;
        expected_files = files;
        ASSERT_EQ(files.size(), 4u);
      }
      EXPECT_EQ(result, expected_result);
      EXPECT_EQ(files.size(), 4u);
      expect_same_files(files, expected_files);
    }
  }
  const Ended other = run_mnist(arguments + Arguments{"--seed", "1"});
  EXPECT_NE(result_of(other), expected_result);
  EXPECT_FALSE(contents_of(folder.path()).at("mnist_mlp.ckpt") ==
               expected_files.at("mnist_mlp.ckpt"));
}

// ---- Killed and resumed ----

bool is_temporary(const std::string& name, const std::string& of) {
  return name.starts_with("." + of + ".tmp.");
}

/// Kills the program while it saves its checkpoint for the n-th time or, if that moment is missed,
/// a later time. False where the program has ended by itself.
bool kill_while_saving(RunningProgram& program, const std::string& folder, int n) {
  const std::string prefix = join(".mnist_mlp.ckpt.tmp.", program.process(), ".");
  std::string last_seen;
  while (!program.has_ended()) {
    std::this_thread::sleep_for(std::chrono::microseconds(50));
    if (!fs::exists(folder)) continue;
    std::string seen;
    for (const auto& entry : fs::directory_iterator(folder)) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(prefix)) seen = name;
    }
    if (seen.empty() || seen == last_seen) continue;
    last_seen = seen;
    if (--n > 0) continue;
    if (!program.freeze()) return false;
    if (fs::exists(folder + "/" + seen)) return program.send(SIGKILL), true;
    program.send(SIGCONT);
  }
  return false;
}

TEST_F(MnistMlp, KilledAtAnyMomentItGoesOnWhereItStopped) {
  const TemporaryFolder folder;
  const Arguments arguments = {"--epochs", "25", "--train-images", "320", "--batch-size", "32"};
  const Ended whole = run_mnist(arguments + Arguments{"--out", folder.file("whole")});
  const std::string expected_result = result_of(whole);
  const auto expected_files = contents_of(folder.file("whole"));
  ASSERT_EQ(expected_files.size(), 4u);

  const std::string out = folder.file("killed");
  const std::string saved = out + "/mnist_mlp.ckpt";
  std::mt19937 moments(0);
  int killed_anywhere = 0, killed_while_saving = 0;
  bool left_a_temporary_file = false;  // a kill has really hit the program while it saved
  int64_t epochs_saved = -1;           // by the checkpoint; -1 while there is none
  for (int attempt = 0; killed_anywhere < 6 || killed_while_saving < 6; ++attempt) {
    ASSERT_LT(attempt, 40) << killed_anywhere << " and " << killed_while_saving << " kills";
    const Arguments resume =
        fs::exists(saved) ? Arguments{"--epochs", "25", "--resume", saved} : arguments;
    RunningProgram program(
        "mnist_mlp", resume + Arguments{"--out", out, "--workers", std::to_string(attempt % 3)});
    const bool aimed = killed_while_saving <= killed_anywhere;
    if (aimed) {
      kill_while_saving(program, out, static_cast<int>(1 + moments() % 3));
    } else {
      std::this_thread::sleep_for(std::chrono::microseconds(moments() % 200'000));
      program.send(SIGKILL);
    }
    const Ended ended = program.wait();
    if (ended.status == 0) {  // it was faster; again from the start
      EXPECT_EQ(result_of(ended), expected_result);
      expect_same_files(contents_of(out), expected_files);
      fs::remove_all(out);
      epochs_saved = -1;
      continue;
    }
    ASSERT_EQ(ended.status, -SIGKILL) << ended.out << ended.err;
    EXPECT_EQ(ended.err, "");
    (aimed ? killed_while_saving : killed_anywhere) += 1;
    for (const auto& [name, bytes] : contents_of(out)) {
      bool is_expected = expected_files.contains(name);
      for (const auto& [file, unused] : expected_files) {
        is_expected = is_expected || is_temporary(name, file);
      }
      EXPECT_TRUE(is_expected) << name;
      left_a_temporary_file = left_a_temporary_file || is_temporary(name, "mnist_mlp.ckpt");
    }
    // What was saved once is never lost.
    ASSERT_TRUE(fs::exists(saved) || epochs_saved == -1);
    if (!fs::exists(saved)) continue;
    const int64_t epochs = io::load_checkpoint(saved).tensors.at("history").size(0);
    EXPECT_GE(epochs, epochs_saved);
    epochs_saved = epochs;
  }

  EXPECT_TRUE(left_a_temporary_file);
  const Arguments resume =
      fs::exists(saved) ? Arguments{"--epochs", "25", "--resume", saved} : arguments;
  EXPECT_EQ(result_of(run_mnist(resume + Arguments{"--out", out})), expected_result);
  expect_same_files(contents_of(out), expected_files);
}

TEST_F(MnistMlp, ResumedAfterItsLastEpochItOnlyReports) {
  const TemporaryFolder folder;
  const Ended again =
      run_mnist({"--resume", checkpoint(), "--epochs", "1", "--out", folder.path()});
  EXPECT_EQ(result_of(again), result_of(*trained_));
  expect_same_files(contents_of(folder.path()), contents_of(folder_->file("trained")));
}

// ---- Predicting ----

TEST_F(MnistMlp, PredictsTheDigitItWrote) {
  const Ended ended =
      run_mnist({"--predict", trained("digit.pgm"), "--out", folder_->file("trained")});
  EXPECT_EQ(ended.status, 0) << ended.err;
  std::smatch parts;
  const std::string line = ended.last_line();
  ASSERT_TRUE(std::regex_match(line, parts, std::regex(R"(digit=(\d) probability=([01]\.\d{4}))")))
      << line;
  const io::DigitImages test_set = io::draw_stroke_digits(1, 2);
  EXPECT_EQ(parts.str(1), std::to_string(test_set.labels[0]));
  const StateDict weights = io::load_checkpoint(checkpoint()).tensors;
  const Tensor image = tensor_from(test_set.pixels, {784, 1}).to(kFloat32) / 255;
  const auto layer = [&](const std::string& name, const Tensor& x) {
    return weights.at("model." + name + ".weight").matmul(x) +
           weights.at("model." + name + ".bias").reshape({-1, 1});
  };
  const Tensor scores = layer("fc2", layer("fc1", image).relu());  // (10, 1)
  const Tensor probability = (scores.exp() / scores.exp().sum())[test_set.labels[0]];
  EXPECT_NEAR(std::stod(parts.str(2)), probability.item<double>(), 1e-4);
  EXPECT_TRUE(io::decode_pgm(io::read_file(trained("digit.pgm"))).pixels == test_set.pixels);
  // The checkpoint can also be named.
  const Ended named = run_mnist({"--predict", trained("digit.pgm"), "--resume", checkpoint()});
  EXPECT_EQ(named.out, ended.out);
}

TEST_F(MnistMlp, RefusesToPredictFromBadFiles) {
  const TemporaryFolder folder;
  const std::string out = folder_->file("trained");
  const auto refused = [&](const std::string& image, const std::string& fragment) {
    expect_refusal(1, fragment, {"--predict", image}, out);
  };
  const Bytes pgm = io::read_file(trained("digit.pgm"));
  refused(folder.file("missing.pgm"), folder.file("missing.pgm"));
  refused(folder.path(), "it is a folder");
  refused(folder.put("wide.pgm", io::encode_pgm({29, 28, Bytes(29 * 28)})),
          "wide.pgm: expected an image of 28 x 28 pixels, light on dark, got 29 x 28");
  refused(folder.put("empty.pgm", Bytes()), "empty.pgm: PGM image: ");
  refused(folder.put("short.pgm", Bytes(pgm.begin(), pgm.end() - 1)), "short.pgm: PGM image: ");
  refused(folder.put("text.pgm", Bytes{'h', 'e', 'l', 'l', 'o'}), "text.pgm: PGM image: ");
  expect_refusal(1, folder.file("none/mnist_mlp.ckpt"), {"--predict", trained("digit.pgm")},
                 folder.file("none"));
  expect_refusal(1, "digit.pgm",
                 {"--predict", trained("digit.pgm"), "--resume", trained("digit.pgm")}, out);
}

// ---- Bad command lines ----

TEST_F(MnistMlp, RefusesBadCommandLines) {
  const TemporaryFolder folder;
  const auto refused = [&](const Arguments& arguments, const std::string& fragment) {
    expect_refusal(2, fragment, arguments, folder.file("out"));
  };
  refused({"--epoch", "3"}, "unknown flag --epoch, did you mean --epochs?");
  refused({"train"}, "unexpected argument 'train'");
  refused({"--epochs", "three"}, "--epochs needs a whole number, got 'three'");
  refused({"--epochs", "-1"}, "--epochs must be at least 0");
  refused({"--batch-size=0"}, "--batch-size must be at least 1");
  refused({"--lr", "nan"}, "--lr needs a number, got 'nan'");
  refused({"--lr"}, "--lr needs a value");
  refused({"--workers", "-2"}, "--workers must be at least 0");
  refused({"--optimizer", "lion"}, "--optimizer must be adam or sgd, not 'lion'");
}

TEST_F(MnistMlp, RefusesToResumeWithOtherSettings) {
  const TemporaryFolder folder;
  for (const Arguments& flag : std::vector<Arguments>{{"--seed", "1"},
                                                      {"--batch-size", "32"},
                                                      {"--optimizer", "sgd"},
                                                      {"--lr", "0.01"},
                                                      {"--no-shuffle"},
                                                      {"--train-images", "2000"}}) {
    expect_refusal(2, flag[0] + " cannot be changed when resuming",
                   Arguments{"--resume", checkpoint()} + flag, folder.file("out"));
  }
  const Ended same = run_mnist({"--resume", checkpoint(), "--seed", "0", "--lr", "1e-3", "--epochs",
                                "0", "--out", folder.file("out")});
  EXPECT_EQ(result_of(same), result_of(*trained_));
}

}  // namespace
}  // namespace cutaway::examples
