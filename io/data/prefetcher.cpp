// SPDX-License-Identifier: MIT
#include "prefetcher.h"

#include <algorithm>
#include <system_error>
#include <utility>

#include "../../tensor/parallel.h"

namespace cutaway::inline v0_1::io {

Prefetcher::Prefetcher(int64_t count, Make make, int64_t workers, int64_t capacity)
    : count_(count), make_(std::move(make)) {
  workers = std::min({workers, capacity, count});
  if (workers == 0) return;
  ring_.resize(static_cast<size_t>(std::min(capacity, count)));
  try {
    for (int64_t i = 0; i < workers; ++i) workers_.emplace_back([this] { work(); });
  } catch (const std::system_error&) {
    // The system grants no more threads. The batches are the same with any number, only later.
  } catch (...) {
    stop();
    throw;
  }
}

Prefetcher::~Prefetcher() { stop(); }

void Prefetcher::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  room_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

Example Prefetcher::next() {
  if (workers_.empty()) return make_(taken_++);

  Result result;
  {
    std::unique_lock lock(mutex_);
    std::optional<Result>& place = place_of(taken_);
    ready_.wait(lock, [&] { return place.has_value(); });
    result = std::move(*place);
    place.reset();
    ++taken_;
  }
  room_.notify_one();
  if (result.error) std::rethrow_exception(std::move(result.error));
  return std::move(result.example);
}

/// The life of a worker.
void Prefetcher::work() {
  const InlineLoops leave_the_pool_to_the_consumer;
  std::unique_lock lock(mutex_);
  while (true) {
    const auto room = static_cast<int64_t>(ring_.size());
    room_.wait(lock, [&] { return stopping_ || claimed_ == count_ || claimed_ < taken_ + room; });
    if (stopping_ || claimed_ == count_) return;
    const int64_t number = claimed_++;

    lock.unlock();
    Result result;
    try {
      result.example = make_(number);
    } catch (...) {  // goes on in next(), on the consumer's thread
      result.error = std::current_exception();
    }
    lock.lock();
    place_of(number) = std::move(result);
    ready_.notify_one();
  }
}

}  // namespace cutaway::io
