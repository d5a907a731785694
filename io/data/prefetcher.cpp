// SPDX-License-Identifier: MIT
#include "prefetcher.h"

#include <algorithm>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "../../tensor/parallel.h"

namespace cutaway::inline v0_1::io {

/// The threads, and what lies between them and the one who takes the batches.
class Prefetcher::Workers {
 public:
  Workers(int64_t count, const Make& make, int64_t workers, int64_t capacity);
  ~Workers() { stop(); }
  /// Whether the system has granted none.
  bool empty() const { return threads_.empty(); }
  Example next();

 private:
  struct Result {
    Example example;
    std::exception_ptr error;
  };
  void work();
  void stop();
  std::optional<Result>& place_of(int64_t number) {
    return ring_[static_cast<size_t>(number) % ring_.size()];
  }

  const int64_t count_;
  const Make& make_;  // the prefetcher's, which owns this

  // Invariant: taken_ <= claimed_ <= min(count_, taken_ + ring_.size()). So a batch that is claimed
  // and not taken has its place in the ring for itself.
  std::mutex mutex_;               // guards what follows, but for threads_
  std::condition_variable room_;   // a batch was taken, or stopping_
  std::condition_variable ready_;  // a batch was made
  std::vector<std::optional<Result>> ring_;
  int64_t claimed_ = 0;  // batches that some worker makes or has made
  int64_t taken_ = 0;    // batches that next() has returned
  bool stopping_ = false;

  std::vector<std::thread> threads_;
};

Prefetcher::Prefetcher(int64_t count, Make make, int64_t workers, int64_t capacity)
    : make_(std::move(make)) {
  workers = std::min({workers, capacity, count});
  if (workers > 0) workers_ = std::make_unique<Workers>(count, make_, workers, capacity);
}

Prefetcher::~Prefetcher() = default;

Example Prefetcher::next() {
  if (workers_ == nullptr || workers_->empty()) return make_(taken_++);
  return workers_->next();
}

Prefetcher::Workers::Workers(int64_t count, const Make& make, int64_t workers, int64_t capacity)
    : count_(count), make_(make), ring_(static_cast<size_t>(std::min(capacity, count))) {
  try {
    for (int64_t i = 0; i < workers; ++i) threads_.emplace_back([this] { work(); });
  } catch (const std::system_error&) {
    // The system grants no more threads. The batches are the same with any number, only later.
  } catch (...) {
    stop();
    throw;
  }
}

void Prefetcher::Workers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  room_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

Example Prefetcher::Workers::next() {
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
void Prefetcher::Workers::work() {
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
