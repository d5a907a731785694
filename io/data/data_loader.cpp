// SPDX-License-Identifier: MIT
#include "data_loader.h"

#include <utility>
#include <vector>

#include "../../tensor/check.h"
#include "../../tensor/checked_math.h"
#include "prefetcher.h"

namespace cutaway::inline v0_1::io {

static std::shared_ptr<const Sampler> make_sampler(const Dataset& dataset,
                                                   const DataLoaderOptions& options) {
  check_value(options.sampler == nullptr || !options.shuffle,
              "sampler option is mutually exclusive with shuffle");
  if (options.sampler != nullptr) return options.sampler;
  if (!options.shuffle) return std::make_shared<SequentialSampler>(dataset.size());
  return std::make_shared<RandomSampler>(dataset.size(), options.generator);
}

DataLoader::DataLoader(std::shared_ptr<const Dataset> dataset, DataLoaderOptions options)
    : dataset_(std::move(dataset)),
      options_(std::move(options)),
      batch_sampler_(make_sampler(*dataset_, options_), options_.batch_size, options_.drop_last) {
  check_value(options_.num_workers >= 0,
              "num_workers option should be non-negative; use "
              "num_workers=0 to disable multiprocessing.");
  check_value(options_.prefetch_factor > 0, "prefetch_factor option should be positive, but got ",
              options_.prefetch_factor);
  check_value(checked_mul(options_.num_workers, options_.prefetch_factor).has_value(),
              "num_workers * prefetch_factor is too large");
}

DataLoader::DataLoader(const Dataset& dataset, DataLoaderOptions options)
    : DataLoader(std::shared_ptr<const Dataset>(std::shared_ptr<void>(), &dataset),  // owns nothing
                 std::move(options)) {}

class DataLoader::Iterator::Epoch {
 public:
  Epoch(std::shared_ptr<const Dataset> dataset, const DataLoaderOptions& options,
        const BatchSampler& batch_sampler)
      : dataset_(std::move(dataset)),
        batch_sampler_(batch_sampler),
        batches_(batch_sampler.batches()),
        prefetcher_(
            static_cast<int64_t>(batches_.size()),
            [this](int64_t number) {
              return dataset_->get_batch(batches_[static_cast<size_t>(number)]);
            },
            options.num_workers, options.num_workers * options.prefetch_factor) {}

  /// Puts the next batch into `batch`; false where there is none.
  bool next(Example& batch) {
    batch = {};  // so that its memory can serve again
    if (number_ == batches_.size()) {
      finish();
      return false;
    }
    const auto length = static_cast<int64_t>(batches_[number_++].size());
    if (length < batch_sampler_.batch_size()) finish();
    batch = prefetcher_.next();
    return true;
  }

 private:
  void finish() {
    if (!std::exchange(finished_, true)) batch_sampler_.finish();
  }

  std::shared_ptr<const Dataset> dataset_;
  BatchSampler batch_sampler_;
  std::vector<std::vector<int64_t>> batches_;
  size_t number_ = 0;  // of the next batch
  bool finished_ = false;
  Prefetcher prefetcher_;  // last: its threads use the members above
};

DataLoader::Iterator DataLoader::begin() const {
  // PyTorch would seed its workers by this number.
  draw_seed(options_.generator != nullptr ? *options_.generator : default_generator());
  return Iterator(std::make_shared<Iterator::Epoch>(dataset_, options_, batch_sampler_));
}

DataLoader::Iterator& DataLoader::Iterator::operator++() {
  if (!epoch_->next(batch_)) epoch_.reset();
  return *this;
}

}  // namespace cutaway::io
