// SPDX-License-Identifier: MIT
#include "parallel.h"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

#include "check.h"

namespace cutaway::inline v0_1 {

namespace {

using detail::LoopBody;

thread_local bool inside_body = false;

/// Tells a forked child from its parent.
int64_t process_id() {
#if __has_include(<unistd.h>)
  return getpid();
#else
  return 0;
#endif
}

/// Tells the processor that this is a waiting loop, so that it saves power and yields resources.
void pause_briefly() {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#else
  std::this_thread::yield();
#endif
}

/// Waits until `value` is no longer `old`, and returns what it is then. Spins first, because a
/// sleeping thread takes 5 to 50 us to wake and the next loop is often nearer than that; yields now
/// and then, because the thread waited for may need this very processor.
uint32_t wait_while(const std::atomic<uint32_t>& value, uint32_t old,
                    std::chrono::microseconds spin_time) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point give_up = Clock::now() + spin_time;
  do {
    for (int i = 0; i < 32; ++i) {
      const uint32_t now = value.load(std::memory_order_acquire);
      if (now != old) return now;
      pause_briefly();
    }
    std::this_thread::yield();
  } while (Clock::now() < give_up);
  value.wait(old, std::memory_order_acquire);
  return value.load(std::memory_order_acquire);
}

constexpr std::chrono::microseconds kWorkerSpin{50};
/// Shorter: the worker waited for may need this very processor to finish its chunk.
constexpr std::chrono::microseconds kCallerSpin{20};
/// More chunks than threads even out the finish; too many cost claims and cold caches.
constexpr int64_t kChunksPerThread = 4;

/// Note [How a loop is shared out]
/// The whole protocol is two counters. `unclaimed_` says how many chunks of the current loop nobody
/// has begun; a thread claims one by counting it down. `finished_` counts the chunks that have
/// ended; the caller leaves when all have. The other members describe the current loop. They are
/// written before `unclaimed_` rises from zero and read only by a thread that holds a chunk, and
/// while someone holds a chunk the loop cannot end; so they need no lock, and a worker that comes
/// late simply finds no chunk, or one of the next loop, which is just as good.
class Pool {
 public:
  /// Takes the pool unless another thread has it. Everything below is for the owner.
  bool try_own() { return !owned_.exchange(true, std::memory_order_acquire); }
  void release() { owned_.store(false, std::memory_order_release); }

  /// Runs one loop on the calling thread and the workers.
  void run(int64_t begin, int64_t end, int64_t chunk_count, int threads, LoopBody body) {
    const int64_t workers_wanted = closed_ ? 0 : threads - 1;
    if (workers_wanted != workers_wanted_ || process_id() != birthplace_) restart(workers_wanted);

    begin_ = begin;
    end_ = end;
    chunk_size_ = divide_up(end - begin, chunk_count);
    const auto chunks = static_cast<uint32_t>(divide_up(end - begin, chunk_size_));
    chunk_count_ = chunks;
    body_ = &body;
    finished_.store(0, std::memory_order_relaxed);
    unclaimed_.store(chunks, std::memory_order_release);
    unclaimed_.notify_all();  // a system call only if somebody sleeps

    run_chunks();
    uint32_t finished = finished_.load(std::memory_order_acquire);
    while (finished != chunks) finished = wait_while(finished_, finished, kCallerSpin);

    if (failed_.load(std::memory_order_relaxed)) {
      failed_.store(false, std::memory_order_relaxed);
      std::rethrow_exception(std::exchange(error_, nullptr));
    }
  }

  /// Ends the workers for good; later loops run on their calling thread alone.
  void close() {
    closed_ = true;
    restart(0);
  }

 private:
  /// In `unclaimed_`: not a number of chunks but the order to leave.
  static constexpr uint32_t kLeave = UINT32_MAX;

  void restart(int64_t workers_wanted) {
    unclaimed_.store(kLeave, std::memory_order_release);
    unclaimed_.notify_all();
    for (std::thread& worker : workers_) {
      if (process_id() == birthplace_) {
        worker.join();
      } else {
        worker.detach();  // a forked child has its parent's handles but not its threads
      }
    }
    workers_.clear();
    unclaimed_.store(0, std::memory_order_relaxed);
    birthplace_ = process_id();
    workers_wanted_ = workers_wanted;
    try {
      while (static_cast<int64_t>(workers_.size()) < workers_wanted) {
        workers_.emplace_back([this] { work(); });
      }
    } catch (const std::system_error&) {
      // The system grants no more threads. The loops are right with any number, only slower.
    }
  }

  /// The life of a worker.
  void work() {
    inside_body = true;
    while (wait_while(unclaimed_, 0, kWorkerSpin) != kLeave) run_chunks();
  }

  /// Claims and runs chunks until none is left.
  void run_chunks() {
    uint32_t unclaimed = unclaimed_.load(std::memory_order_acquire);
    while (unclaimed != 0 && unclaimed != kLeave) {
      if (!unclaimed_.compare_exchange_weak(unclaimed, unclaimed - 1, std::memory_order_acquire)) {
        continue;  // another thread was quicker; `unclaimed` has been read again
      }
      const uint32_t chunks = chunk_count_;
      run_chunk(chunks - unclaimed);
      const uint32_t finished = finished_.fetch_add(1, std::memory_order_acq_rel) + 1;
      if (finished == chunks) finished_.notify_all();
      unclaimed = unclaimed_.load(std::memory_order_acquire);
    }
  }

  void run_chunk(int64_t index) {
    if (failed_.load(std::memory_order_relaxed)) return;
    const int64_t begin = begin_ + index * chunk_size_;
    try {
      (*body_)(begin, std::min(end_, begin + chunk_size_));
    } catch (...) {  // goes on in run(), on the caller's thread
      if (!failed_.exchange(true)) error_ = std::current_exception();
    }
  }

  // The current loop; see Note [How a loop is shared out].
  std::atomic<uint32_t> unclaimed_{0};
  std::atomic<uint32_t> finished_{0};
  int64_t begin_ = 0;
  int64_t end_ = 0;
  int64_t chunk_size_ = 1;
  uint32_t chunk_count_ = 0;
  const LoopBody* body_ = nullptr;
  std::atomic<bool> failed_{false};
  std::exception_ptr error_;  ///< the first exception, written by the thread that set failed_

  // The workers.
  std::atomic<bool> owned_{false};
  bool closed_ = false;
  std::vector<std::thread> workers_;
  int64_t workers_wanted_ = 0;
  int64_t birthplace_ = process_id();  ///< the process that started the workers
};

Pool& pool() {
  struct Closer {
    Pool* pool;
    ~Closer() {
      if (pool->try_own()) {  // else a thread is still in a loop; the system will end them all
        pool->close();
        pool->release();
      }
    }
  };
  static Pool* const the_pool = new Pool;  // never deleted: other destructors may run loops
  static const Closer at_exit{the_pool};
  return *the_pool;
}

/// While it lives, this thread owns the pool and counts as inside a body.
class PoolOwner {
 public:
  explicit PoolOwner(Pool& pool) : pool_(pool) { inside_body = true; }
  ~PoolOwner() {
    inside_body = false;
    pool_.release();
  }
  PoolOwner(const PoolOwner&) = delete;
  PoolOwner& operator=(const PoolOwner&) = delete;

 private:
  Pool& pool_;
};

int default_num_threads() {
  const char* text = std::getenv("CUTAWAY_NUM_THREADS");
  if (text && *text) {
    int n = 0;
    const char* end = text + std::strlen(text);
    const auto [stop, error] = std::from_chars(text, end, n);
    check_value(error == std::errc() && stop == end && n >= 1,
                "CUTAWAY_NUM_THREADS must be a positive integer, got \"", text, "\"");
    return n;
  }
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

constinit std::atomic<int> num_threads{0};  ///< 0 until first asked for

}  // namespace

void detail::parallel_for_chunks(int64_t begin, int64_t end, int64_t grain, LoopBody body) {
  const int threads = get_num_threads();
  if (threads == 1 || inside_body || !pool().try_own()) return body(begin, end);
  const PoolOwner owner(pool());
  const int64_t chunks = std::min(divide_up(end - begin, std::max<int64_t>(grain, 1)),
                                  int64_t{threads} * kChunksPerThread);
  pool().run(begin, end, chunks, threads, body);
}

int get_num_threads() {
  int n = num_threads.load(std::memory_order_relaxed);
  if (n == 0) {
    const int fallback = default_num_threads();
    // Unless another thread has set it in the meantime; then n becomes that.
    if (num_threads.compare_exchange_strong(n, fallback)) n = fallback;
  }
  return n;
}

void set_num_threads(int n) {
  check_value(n >= 1, "set_num_threads expects a positive integer");
  num_threads.store(n, std::memory_order_relaxed);
}

bool in_parallel_region() { return inside_body; }

InlineLoops::InlineLoops() : outer_(inside_body) { inside_body = true; }
InlineLoops::~InlineLoops() { inside_body = outer_; }

}  // namespace cutaway
