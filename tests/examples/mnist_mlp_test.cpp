// SPDX-License-Identifier: MIT
//
// The program examples/mnist_mlp.cpp from the outside: it gives the same numbers whatever the
// number of threads, loses nothing when it is killed, and answers every bad input with one line and
// the right exit status. All on drawn digits, and few of them.
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

/// Names and contents of the files in a folder; nothing where there is no folder.
std::map<std::string, Bytes> contents_of(const std::string& folder) {
  std::map<std::string, Bytes> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    files[entry.path().filename().string()] =
        entry.is_regular_file() ? io::read_file(entry.path().string()) : Bytes();
  }
  return files;
}

/// The last line without the one number that is a matter of speed. It must be as promised.
std::string result_of(const Ended& ended) {
  const std::string line = ended.last_line();
  static const std::regex form(
      R"((test_accuracy=[01]\.\d{4} test_loss=\d+\.\d{6} )train_seconds=\d+\.\d (seed=\d+))");
  std::smatch parts;
  if (ended.status == 0 && std::regex_match(line, parts, form)) return parts.str(1) + parts.str(2);
  ADD_FAILURE() << "status " << ended.status << "\n" << ended.out << ended.err;
  return "";
}

/// Holds a run to what the files and the last line of another are.
void expect_same_files(const std::map<std::string, Bytes>& files,
                       const std::map<std::string, Bytes>& expected) {
  for (const auto& [name, bytes] : expected) {
    const auto found = files.find(name);
    ASSERT_NE(found, files.end()) << name << " is not there";
    EXPECT_EQ(found->second == bytes, true) << name << " differs";
  }
}

/// Bad input: that exit status, one line that has `fragment` in it, and `out` stays as it was.
void expect_refusal(int status, const std::string& fragment, const Arguments& arguments,
                    const std::string& out) {
  std::string command = "mnist_mlp";
  for (const std::string& word : arguments) command += " " + word;
  SCOPED_TRACE(command);
  const bool existed = fs::exists(out);
  const auto before = contents_of(out);
  const Ended ended = run_mnist(arguments + Arguments{"--out", out});
  EXPECT_EQ(ended.status, status) << ended.out << ended.err;
  EXPECT_TRUE(ended.err.starts_with("mnist_mlp: ")) << ended.err;
  EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1) << ended.err;
  EXPECT_TRUE(ended.err.ends_with("\n")) << ended.err;
  EXPECT_NE(ended.err.find(fragment), std::string::npos) << ended.err << "lacks: " << fragment;
  if (status == 2) EXPECT_EQ(ended.out, "");
  EXPECT_EQ(fs::exists(out), existed) << out;
  EXPECT_TRUE(contents_of(out) == before) << "something was written to " << out;
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
  EXPECT_EQ(trained_->err, "");
  for (const char c : trained_->out) {
    EXPECT_TRUE(c == '\n' || (c >= ' ' && c <= '~')) << "byte " << int{c};
  }
  EXPECT_NE(trained_->out.find("\nepoch 2/2  loss "), std::string::npos) << trained_->out;
  EXPECT_TRUE(trained_->out.starts_with("Data: no MNIST in '")) << trained_->out;
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
  EXPECT_TRUE(file.tensors.at("model.fc1.weight").eq(weight).all().item<bool>());
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
  for (int attempt = 0; killed_anywhere < 6 || killed_while_saving < 6; ++attempt) {
    ASSERT_LT(attempt, 100) << killed_anywhere << " and " << killed_while_saving << " kills";
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
    }
    if (fs::exists(saved)) {
      EXPECT_LE(io::load_checkpoint(saved).tensors.at("history").size(0), 25);
    }
  }

  const auto left = contents_of(out);
  EXPECT_TRUE(std::ranges::any_of(left, [](const auto& file) {
    return is_temporary(file.first, "mnist_mlp.ckpt");
  })) << "no kill has hit the program while it saved";
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
  EXPECT_GT(std::stod(parts.str(2)), 0.3);
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

// ---- Bad checkpoints ----

TEST_F(MnistMlp, RefusesDamagedAndForeignCheckpoints) {
  const TemporaryFolder folder;
  const auto refused = [&](const std::string& path, const std::string& fragment) {
    expect_refusal(1, fragment, {"--resume", path}, folder.file("out"));
  };
  refused(folder.file("missing.ckpt"), folder.file("missing.ckpt"));
  const Bytes whole = io::read_file(checkpoint());
  for (const size_t length : {size_t{0}, size_t{63}, size_t{64}, whole.size() - 1}) {
    const auto end = whole.begin() + static_cast<std::ptrdiff_t>(length);
    refused(folder.put("short.ckpt", Bytes(whole.begin(), end)), "short.ckpt");
  }
  for (const size_t place :
       {size_t{0}, size_t{20}, size_t{100}, whole.size() / 2, whole.size() - 1}) {
    Bytes altered = whole;
    altered[place] ^= 0x10;
    refused(folder.put("altered.ckpt", altered), "altered.ckpt");
  }
  refused(trained("digit.pgm"), "digit.pgm");

  const std::string foreign = folder.file("foreign.ckpt");
  const auto refused_changed = [&](const std::function<void(io::Checkpoint&)>& change,
                                   const std::string& fragment) {
    io::Checkpoint file = io::load_checkpoint(checkpoint());
    change(file);
    io::save_checkpoint(foreign, file);
    refused(foreign, fragment);
  };
  const std::string start = "foreign.ckpt: not a checkpoint of this program: ";
  refused_changed([](auto& file) { file.metadata.clear(); },
                  start + "the checkpoint has no metadata 'seed'");
  refused_changed([](auto& file) { file.metadata["lr"] = "fast"; }, start);
  refused_changed([](auto& file) { file.metadata["optimizer"] = "lion"; }, start);
  refused_changed([](auto& file) { file.metadata["batch_size"] = "0"; }, start);
  refused_changed([](auto& file) { file.metadata["optimizer"] = "sgd"; }, start);
  refused_changed([](auto& file) { file.tensors = StateDict(); }, start);
  refused_changed(
      [](auto& file) {
        file.tensors.insert("history", zeros({2, 3}, kFloat64));
      },
      start);
  refused_changed([](auto& file) { file.tensors.insert("rng_state", zeros({9}, kUInt8)); }, start);
  refused_changed([](auto& file) { file.tensors.insert("rng_state", zeros({5056})); }, start);
  refused_changed(
      [](auto& file) {
        file.tensors.insert("model.fc1.weight", zeros({2, 2}));
      },
      start + "Error(s) in loading state_dict for Net: size mismatch for fc1.weight");
  refused_changed([](auto& file) { file.tensors.insert("model.fc3.bias", zeros({2})); },
                  start + "Error(s) in loading state_dict for Net: Unexpected key(s)");
}

// ---- Bad data sets ----

/// The bytes of an IDX file of bytes.
Bytes idx(const std::vector<uint8_t>& sizes, const Bytes& elements) {
  Bytes bytes = {0, 0, 8, static_cast<uint8_t>(sizes.size())};
  for (const uint8_t size : sizes) bytes.insert(bytes.end(), {0, 0, 0, size});
  bytes.insert(bytes.end(), elements.begin(), elements.end());
  return bytes;
}

/// The same as a .gz file, of one block that is not compressed (RFC 1951, section 3.2.4).
Bytes gzip(const Bytes& bytes) {
  const auto append = [](Bytes& to, uint64_t value, int count) {
    for (int i = 0; i < count; ++i) to.push_back(static_cast<uint8_t>(value >> (8 * i)));
  };
  Bytes file = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255, 1};
  append(file, bytes.size(), 2);
  append(file, ~bytes.size(), 2);
  file.insert(file.end(), bytes.begin(), bytes.end());
  append(file, io::crc32(bytes), 4);
  append(file, bytes.size(), 4);
  return file;
}

Bytes first_bytes(Bytes bytes, size_t count) {
  bytes.resize(count);
  return bytes;
}

class MnistMlpData : public testing::Test {
 protected:
  static constexpr uint8_t kTrain = 40, kTest = 20;

  MnistMlpData() {
    put_half("train", kTrain, 1);
    put_half("t10k", kTest, 2);
  }
  void put_half(const std::string& half, uint8_t count, uint64_t seed) {
    const io::DigitImages digits = io::draw_stroke_digits(count, seed);
    data_.put(half + "-images-idx3-ubyte.gz", gzip(idx({count, 28, 28}, digits.pixels)));
    data_.put(half + "-labels-idx1-ubyte", idx({count}, digits.labels));
  }
  /// Puts bad bytes in the place of a file, holds the program to its refusal, and heals the set.
  void expect_refused(const std::string& name, const Bytes& bad, const std::string& fragment) {
    const Bytes good = io::read_file(data_.file(name));
    data_.put(name, bad);
    expect_refusal(1, data_.file(name) + ": " + fragment, {"--data", data_.path()},
                   folder_.file("out"));
    data_.put(name, good);
  }
  Bytes file(const std::string& name) const { return io::read_file(data_.file(name)); }

  TemporaryFolder data_, folder_;
  const std::string train_images_ = "train-images-idx3-ubyte.gz";
  const std::string train_labels_ = "train-labels-idx1-ubyte";
  const std::string test_labels_ = "t10k-labels-idx1-ubyte";
};

TEST_F(MnistMlpData, TrainsOnWhatIsInTheFolder) {
  const Arguments arguments = {"--data", data_.path(), "--epochs",
                               "1",      "--out",      folder_.file("out")};
  const Ended all = run_mnist(arguments);
  EXPECT_NE(result_of(all), "");
  EXPECT_NE(all.out.find("40 images to train on, 20 to test with"), std::string::npos) << all.out;
  const Ended some = run_mnist(arguments + Arguments{"--train-images", "30"});
  EXPECT_NE(some.out.find("30 images to train on, 20 to test with"), std::string::npos) << some.out;
  EXPECT_NE(result_of(some), result_of(all));
}

TEST_F(MnistMlpData, RefusesDamagedFiles) {
  const Bytes images = file(train_images_), labels = file(train_labels_);
  for (const size_t length : {size_t{5}, size_t{400}, images.size() - 1}) {
    expect_refused(train_images_, first_bytes(images, length), "");
  }
  Bytes flipped = images;
  flipped[images.size() / 2] ^= 0x40;
  expect_refused(train_images_, flipped, "");
  for (const size_t length : {size_t{0}, size_t{3}, size_t{6}, labels.size() - 1}) {
    expect_refused(train_labels_, first_bytes(labels, length), "");
  }
  Bytes not_idx = labels;
  not_idx[0] = 1;
  expect_refused(train_labels_, not_idx, "not an IDX file");
  Bytes other_rank = labels;
  other_rank[3] = 17;
  expect_refused(train_labels_, other_rank, "expected 1 to ");
  expect_refused(train_labels_, idx({40, 1}, Bytes(40)), "expected uint8 labels of shape [N]");
  expect_refused(train_images_, gzip(idx({40, 2, 2}, Bytes(160))),
                 "expected uint8 images of shape [N, 28, 28]");
}

TEST_F(MnistMlpData, RefusesSetsThatDoNotFitTogether) {
  expect_refused(train_labels_, idx({39}, Bytes(39)), "expected 40 labels, one for each image in");
  expect_refused(test_labels_, idx({21}, Bytes(21)), "expected 20 labels, one for each image in");
  Bytes wrong = file(test_labels_);
  wrong[8 + 7] = 10;
  expect_refused(test_labels_, wrong, "expected labels 0 to 9, found 10 at index 7");
  // Files that are each in order, and no images at all.
  data_.put(train_images_, gzip(idx({0, 28, 28}, {})));
  data_.put(train_labels_, idx({0}, {}));
  expect_refusal(1, "", {"--data", data_.path()}, folder_.file("out"));
}

TEST_F(MnistMlpData, RefusesMissingFiles) {
  const std::string out = folder_.file("out");
  expect_refusal(1, folder_.file("none"), {"--data", folder_.file("none")}, out);
  expect_refusal(1, "train-images-idx3-ubyte", {"--data", folder_.path()}, out);
  fs::remove(data_.file(test_labels_));
  expect_refusal(1, data_.file(test_labels_), {"--data", data_.path()}, out);
}

// ---- Bad places to write to ----

TEST_F(MnistMlpData, RefusesPlacesItCannotWriteTo) {
  const Arguments arguments = {"--data", data_.path()};
  const std::string file = folder_.put("file", Bytes{1});
  expect_refusal(1, "cannot create the folder '" + file + "'", arguments, file);
  expect_refusal(1, "cannot create the folder '" + file, arguments, file + "/below");
  EXPECT_EQ(fs::file_size(file), 1u);
  // The losses are written after training too, but a bad path is noticed before.
  const Ended ended = run_mnist(arguments + Arguments{"--out", folder_.file("out"), "--losses",
                                                      folder_.file("none/losses.txt")});
  EXPECT_EQ(ended.status, 1);
  EXPECT_EQ(std::ranges::count(ended.err, '\n'), 1) << ended.err;
  EXPECT_EQ(ended.out.find("epoch 1"), std::string::npos) << ended.out;
}

TEST_F(MnistMlpData, RefusesAFolderWithoutPermission) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere; run this as another user";
  const std::string out = folder_.file("read_only");
  fs::create_directory(out);
  fs::permissions(out, fs::perms::owner_read | fs::perms::owner_exec);
  expect_refusal(1, out, {"--data", data_.path()}, out);
  fs::permissions(out, fs::perms::owner_all);
}

}  // namespace
}  // namespace cutaway::examples
