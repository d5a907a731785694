// SPDX-License-Identifier: MIT
//
// The loader: PyTorch's order for PyTorch's seed, the same batches with any number of workers, and
// a clean end however the loop ends.
#include "../../io/data/data_loader.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <thread>
#include <vector>

#include "../../tensor/factories.h"
#include "../../tensor/parallel.h"
#include "../fixture_path.h"
#include "temporary_folder.h"

namespace cutaway::io {
namespace {

/// Example i is (i, -i). Counts what is asked of it, and fails where told to.
class Numbers : public Dataset {
 public:
  explicit Numbers(int64_t size, int64_t bad = -1) : size_(size), bad_(bad) {}
  int64_t size() const override { return size_; }
  Example get(int64_t index) const override {
    check_value(index != bad_, "example ", index, " is bad");
    return {scalar_tensor(index, kInt64), scalar_tensor(-index, kInt64)};
  }
  Example get_batch(IntArrayRef indices) const override {
    ++batches_made;
    {
      const std::lock_guard lock(mutex);
      threads.insert(std::this_thread::get_id());
      all_inline = all_inline && in_parallel_region();
    }
    return Dataset::get_batch(indices);
  }

  mutable std::atomic<int64_t> batches_made{0};
  mutable std::mutex mutex;
  mutable std::set<std::thread::id> threads;
  mutable bool all_inline = true;

 private:
  int64_t size_;
  int64_t bad_;
};

/// "6 7 1 , 4 2 0": the data of the batches of an epoch, at most `stop_after` of them.
std::string one_epoch(const DataLoader& loader, int64_t stop_after = 0) {
  std::string text;
  int64_t batches = 0;
  for (const Example& batch : loader) {
    if (batches > 0) text += ", ";
    for (int64_t i = 0; i < batch.data.size(0); ++i) {
      const int64_t number = batch.data.data<int64_t>()[i];
      EXPECT_EQ(batch.target.data<int64_t>()[i], -number);
      text += join(number, " ");
    }
    if (++batches == stop_after) break;
  }
  return text;
}

TEST(DataLoader, OrderIsPyTorchs) {
  std::ifstream file(fixture_path("data_loader.txt"));
  int epochs = 0;
  Generator own;
  for (std::string line; std::getline(file, line);) {
    if (line[0] == '#') continue;
    const size_t equals = line.find('=');
    const size_t bar = line.find('|');
    std::map<std::string, uint64_t> asked;  // "seed 0 size 10 ..."
    std::istringstream words(line.substr(0, equals));
    for (std::string name; words >> name;) words >> asked[name];
    const auto number = [&](const char* name) { return static_cast<int64_t>(asked.at(name)); };

    const bool given = asked.at("given") != 0;
    Generator& generator = given ? own : default_generator();
    const Numbers numbers(number("size"));
    // Workers change nothing, so the fixture holds for any number of them.
    for (int64_t workers : {0, 3}) {
      const std::vector<uint8_t> state = generator.get_state();
      if (asked.at("epoch") == 0) generator.manual_seed(asked.at("seed"));
      const DataLoader loader(numbers, {.batch_size = number("batch_size"),
                                        .shuffle = asked.at("shuffle") != 0,
                                        .drop_last = asked.at("drop_last") != 0,
                                        .num_workers = workers,
                                        .generator = given ? &own : nullptr});
      const std::string expected = line.substr(equals + 2, bar - equals - 2);
      EXPECT_EQ(one_epoch(loader, number("stop_after")), expected == " " ? "" : expected) << line;
      EXPECT_EQ(draw_seed(generator), std::stoull(line.substr(bar + 1))) << line;
      if (workers == 0) generator.set_state(state);
    }
    ++epochs;
  }
  EXPECT_EQ(epochs, 147);
}

TEST(DataLoader, SizeIsTheNumberOfBatches) {
  const Numbers ten(10);
  EXPECT_EQ(DataLoader(ten).size(), 10);
  EXPECT_EQ(DataLoader(ten, {.batch_size = 3}).size(), 4);
  EXPECT_EQ(DataLoader(ten, {.batch_size = 3, .drop_last = true}).size(), 3);
  EXPECT_EQ(DataLoader(ten, {.batch_size = 5}).size(), 2);
  EXPECT_EQ(DataLoader(ten, {.batch_size = 11}).size(), 1);
  EXPECT_EQ(DataLoader(ten, {.batch_size = 11, .drop_last = true}).size(), 0);
}

TEST(DataLoader, AnEpochIsReplayedFromTheGeneratorsState) {
  const Numbers numbers(100);
  const DataLoader loader(numbers, {.batch_size = 7, .shuffle = true, .num_workers = 2});
  manual_seed(5);
  const std::string first = one_epoch(loader);
  const std::vector<uint8_t> state = default_generator().get_state();
  const std::string second = one_epoch(loader);
  EXPECT_NE(first, second);
  default_generator().set_state(state);
  EXPECT_EQ(one_epoch(DataLoader(numbers, {.batch_size = 7, .shuffle = true})), second);
}

TEST(DataLoader, WorkersMakeTheSameBatches) {
  const auto numbers = std::make_shared<Numbers>(500);
  std::string expected;
  for (int64_t workers : {0, 1, 3, 8}) {
    for (int64_t prefetch_factor : {1, 2, 100}) {
      manual_seed(11);
      const std::string batches =
          one_epoch(DataLoader(numbers, {.batch_size = 3,
                                         .shuffle = true,
                                         .num_workers = workers,
                                         .prefetch_factor = prefetch_factor}));
      if (expected.empty()) expected = batches;
      EXPECT_EQ(batches, expected) << workers << " workers";
    }
  }
}

TEST(DataLoader, WorkersAreOtherThreadsAndLeaveThePoolAlone) {
  const Numbers numbers(200);
  one_epoch(DataLoader(numbers, {.num_workers = 3}));
  EXPECT_EQ(numbers.threads.count(std::this_thread::get_id()), 0u);
  EXPECT_TRUE(numbers.all_inline);
  EXPECT_FALSE(in_parallel_region());

  const Numbers others(5);
  one_epoch(DataLoader(others));
  EXPECT_EQ(others.threads, std::set<std::thread::id>{std::this_thread::get_id()});
}

TEST(DataLoader, WorkersAreNotFurtherAheadThanAsked) {
  const Numbers numbers(1000);
  const DataLoader loader(numbers, {.num_workers = 2, .prefetch_factor = 3});
  int64_t taken = 0;
  for (const Example& batch : loader) {
    EXPECT_EQ(batch.data.item<int64_t>(), taken);
    ++taken;
    if (taken % 100 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    EXPECT_LE(numbers.batches_made, taken + 2 * 3);
  }
  EXPECT_EQ(taken, 1000);
  EXPECT_EQ(numbers.batches_made, 1000);
}

TEST(DataLoader, ALoopMayBeLeftEarly) {
  for (int64_t workers : {0, 1, 3}) {
    for (int64_t batches : {1, 2, 7}) {
      const Numbers numbers(50);
      const DataLoader loader(numbers, {.batch_size = 2, .num_workers = workers});
      const std::string text = one_epoch(loader, batches);
      EXPECT_EQ(text.substr(0, 4), "0 1 ");
      EXPECT_LE(numbers.batches_made, batches + 2 * workers);
      // And the next loop starts anew.
      EXPECT_EQ(one_epoch(loader, batches), text);
    }
  }
}

TEST(DataLoader, ExceptionsReachTheLoop) {
  for (int64_t workers : {0, 1, 3}) {
    const Numbers numbers(20, /*bad=*/9);
    const DataLoader loader(numbers, {.batch_size = 2, .num_workers = workers});
    int64_t batches = 0;
    const auto loop = [&] {
      for (const Example& batch : loader) batches += batch.data.size(0) / 2;
    };
    EXPECT_THROW(loop(), ValueError);
    EXPECT_EQ(batches, 4) << "the batches before the bad one were delivered";
    EXPECT_EQ(error_of(loop), "example 9 is bad");
  }
}

TEST(DataLoader, SeveralLoopsRunAtOnce) {
  const Numbers numbers(6);
  const DataLoader loader(numbers, {.batch_size = 2, .num_workers = 2});
  std::string text;
  for (const Example& outer : loader) {
    text += join(outer.data.data<int64_t>()[0], ": ");
    for (const Example& inner : loader) text += join(inner.data.data<int64_t>()[1], " ");
  }
  EXPECT_EQ(text, "0: 1 3 5 2: 1 3 5 4: 1 3 5 ");
}

TEST(DataLoader, IteratorOutlivesTheLoader) {
  auto loader = std::make_unique<DataLoader>(std::make_shared<Numbers>(9),
                                             DataLoaderOptions{.batch_size = 4, .num_workers = 1});
  DataLoader::Iterator iterator = loader->begin();
  loader.reset();
  std::string text;
  for (; iterator != std::default_sentinel; ++iterator) text += join(iterator->data.size(0), " ");
  EXPECT_EQ(text, "4 4 1 ");
}

TEST(DataLoader, TakesASamplerOfYourOwn) {
  struct Backwards : Sampler {
    int64_t size() const override { return 4; }
    std::vector<int64_t> order() const override { return {3, 2, 1, 0}; }
  };
  const Numbers numbers(4);
  const auto sampler = std::make_shared<Backwards>();
  EXPECT_EQ(one_epoch(DataLoader(numbers, {.batch_size = 3, .sampler = sampler})), "3 2 1 , 0 ");
  EXPECT_EQ(error_of([&] { DataLoader(numbers, {.shuffle = true, .sampler = sampler}); }),
            "sampler option is mutually exclusive with shuffle");
}

TEST(DataLoader, RefusesOptionsThatMakeNoSense) {
  const Numbers numbers(4);
  const auto message = [&](const DataLoaderOptions& options) {
    return error_of([&] { DataLoader(numbers, options); });
  };
  EXPECT_EQ(message({.batch_size = 0}),
            "batch_size should be a positive integer value, but got batch_size=0");
  EXPECT_EQ(message({.num_workers = -1}),
            "num_workers option should be non-negative; use num_workers=0 to disable "
            "multiprocessing.");
  EXPECT_EQ(message({.prefetch_factor = 0}),
            "prefetch_factor option should be positive, but got 0");
  EXPECT_EQ(message({.num_workers = INT64_MAX, .prefetch_factor = 2}),
            "num_workers * prefetch_factor is too large");
  EXPECT_EQ(error_of([] {
              const Numbers none(0);
              DataLoader(none, {.shuffle = true});
            }),
            "num_samples should be a positive integer value, but got num_samples=0");
  const Numbers none(0);
  EXPECT_EQ(one_epoch(DataLoader(none, {.num_workers = 2})), "");
}

TEST(BatchSampler, CutsTheOrder) {
  using Batches = std::vector<std::vector<int64_t>>;
  const auto ten = std::make_shared<SequentialSampler>(10);
  EXPECT_EQ(BatchSampler(ten, 4).batches(), (Batches{{0, 1, 2, 3}, {4, 5, 6, 7}, {8, 9}}));
  EXPECT_EQ(BatchSampler(ten, 4, true).batches(), (Batches{{0, 1, 2, 3}, {4, 5, 6, 7}}));
  EXPECT_EQ(BatchSampler(ten, 5, true).batches().size(), 2u);
  EXPECT_EQ(BatchSampler(ten, 4, true).size(), 2);
  EXPECT_EQ(BatchSampler(ten, INT64_MAX).size(), 1);
  EXPECT_EQ(BatchSampler(ten, INT64_MAX).batches().size(), 1u);
}

}  // namespace
}  // namespace cutaway::io
