// SPDX-License-Identifier: MIT
#include "sampler.h"

#include <algorithm>
#include <mutex>
#include <numeric>
#include <utility>

#include "../../tensor/check.h"
#include "../../tensor/ops_random.h"

namespace cutaway::inline v0_1::io {

// Note [The order of shuffled examples]
// ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
// A script that calls manual_seed(0), makes a model and shuffles its data should see the examples
// in PyTorch's order, epoch after epoch. So each epoch draws what PyTorch draws:
//
//     by whom         no generator given              a generator given
//     DataLoader      draw_seed(default generator)    draw_seed(generator)
//     RandomSampler   s = draw_seed(default), then    randperm(n, generator)
//                     randperm(n, Generator(s))
//     at the end                                      randperm(n, generator), not used
//
// The loader's number seeds the workers of PyTorch; it has no use here but to be drawn. The last
// randperm comes from RandomSampler's way to fill up num_samples with permutations: when n of n
// samples are delivered it takes 0 from one more. It is drawn when the sampler is asked for an
// index beyond the last, so with the last batch if that is not full, else after it.

uint64_t draw_seed(Generator& generator) {
  const std::lock_guard lock(generator.mutex());
  return generator.random64() & (~uint64_t{0} >> 1);
}

static std::vector<int64_t> random_permutation(int64_t size, Generator& generator) {
  const Tensor permutation = randperm(size, kInt64, &generator);
  const int64_t* values = permutation.data<int64_t>();
  return {values, values + size};
}

std::vector<int64_t> SequentialSampler::order() const {
  std::vector<int64_t> order(static_cast<size_t>(size_));
  std::iota(order.begin(), order.end(), 0);
  return order;
}

RandomSampler::RandomSampler(int64_t size, Generator* generator)
    : size_(size), generator_(generator) {
  check_value(size > 0,
              "num_samples should be a positive integer value, but got num_samples=", size);
}

std::vector<int64_t> RandomSampler::order() const {
  if (generator_ != nullptr) return random_permutation(size_, *generator_);
  Generator of_this_epoch(draw_seed(default_generator()));
  return random_permutation(size_, of_this_epoch);
}

void RandomSampler::finish() const {
  if (generator_ != nullptr) random_permutation(size_, *generator_);
}

BatchSampler::BatchSampler(std::shared_ptr<const Sampler> sampler, int64_t batch_size,
                           bool drop_last)
    : sampler_(std::move(sampler)), batch_size_(batch_size), drop_last_(drop_last) {
  check_value(batch_size > 0,
              "batch_size should be a positive integer value, but got batch_size=", batch_size);
}

int64_t BatchSampler::size() const {
  const int64_t full = sampler_->size() / batch_size_;
  return drop_last_ || sampler_->size() % batch_size_ == 0 ? full : full + 1;
}

std::vector<std::vector<int64_t>> BatchSampler::batches() const {
  const std::vector<int64_t> order = sampler_->order();
  std::vector<std::vector<int64_t>> batches;
  for (auto begin = order.begin(); begin != order.end();) {
    const int64_t length = std::min(batch_size_, order.end() - begin);
    if (length == batch_size_ || !drop_last_) batches.emplace_back(begin, begin + length);
    begin += length;
  }
  return batches;
}

}  // namespace cutaway::io
