// SPDX-License-Identifier: MIT
#include "../../tensor/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#if __has_include(<unistd.h>)
#include <sys/wait.h>
#include <unistd.h>
#endif

#include "../../tensor/check.h"

namespace cutaway {
namespace {

/// Sets the number of threads for one test.
class Threads {
 public:
  explicit Threads(int n) : before_(get_num_threads()) { set_num_threads(n); }
  ~Threads() { set_num_threads(before_); }
  Threads(const Threads&) = delete;
  Threads& operator=(const Threads&) = delete;

 private:
  int before_;
};

/// How often the loop [begin, end) visits each index.
std::vector<int> visits(int64_t begin, int64_t end, int64_t grain) {
  std::vector<int> count(static_cast<std::size_t>(std::max<int64_t>(end - begin, 0)));
  parallel_for(begin, end, grain, [&](int64_t b, int64_t e) {
    for (int64_t i = b; i < e; ++i) ++count[static_cast<std::size_t>(i - begin)];
  });
  return count;
}

TEST(Parallel, VisitsEveryIndexOnce) {
  for (int threads : {1, 2, 3, 5}) {
    const Threads scope(threads);
    for (int64_t size : {1, 2, 3, 7, 64, 1000, 4097}) {
      for (int64_t grain : {0, 1, 2, 10, 5000}) {
        const std::vector<int> count = visits(-5, size - 5, grain);
        EXPECT_EQ(std::count(count.begin(), count.end(), 1), size)
            << "size " << size << ", grain " << grain << ", threads " << threads;
      }
    }
  }
}

TEST(Parallel, EmptyRangeCallsNothing) {
  parallel_for(3, 3, 1, [](int64_t, int64_t) { FAIL(); });
  parallel_for(3, 2, 1, [](int64_t, int64_t) { FAIL(); });
}

TEST(Parallel, SmallWorkIsOneCallOnThisThread) {
  const Threads scope(4);
  int calls = 0;
  parallel_for(2, 12, 10, [&](int64_t begin, int64_t end) {
    ++calls;
    EXPECT_EQ(begin, 2);
    EXPECT_EQ(end, 12);
    EXPECT_FALSE(in_parallel_region());
  });
  EXPECT_EQ(calls, 1);
}

TEST(Parallel, OneThreadIsOneCall) {
  const Threads scope(1);
  std::atomic<int> calls = 0;
  parallel_for(0, 1000, 1, [&](int64_t, int64_t) { ++calls; });
  EXPECT_EQ(calls, 1);
}

TEST(Parallel, SeveralThreadsTakePart) {
  const Threads scope(3);
  // Each body waits until three threads are inside, so no thread can do it all.
  std::atomic<int> inside = 0;
  parallel_for(0, 3, 1, [&](int64_t, int64_t) {
    ++inside;
    while (inside < 3) std::this_thread::yield();
    EXPECT_TRUE(in_parallel_region());
  });
  EXPECT_EQ(inside, 3);
  EXPECT_FALSE(in_parallel_region());
}

TEST(Parallel, NestedLoopIsOneCall) {
  const Threads scope(3);
  std::atomic<int> calls = 0;
  std::atomic<int64_t> total = 0;
  parallel_for(0, 8, 1, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      const std::thread::id outer = std::this_thread::get_id();
      parallel_for(0, 100, 1, [&](int64_t b, int64_t e) {
        EXPECT_EQ(std::this_thread::get_id(), outer);
        ++calls;
        total += e - b;
      });
    }
  });
  EXPECT_EQ(calls, 8);
  EXPECT_EQ(total, 800);
}

TEST(Parallel, FirstExceptionReachesTheCaller) {
  for (int threads : {1, 2, 5}) {
    const Threads scope(threads);
    for (int repeat = 0; repeat < 20; ++repeat) {
      try {
        parallel_for(0, 100, 1, [&](int64_t begin, int64_t end) {
          if (begin <= 57 && 57 < end) throw std::runtime_error("at 57");
        });
        FAIL() << "no exception with " << threads << " threads";
      } catch (const std::runtime_error& error) {
        EXPECT_STREQ(error.what(), "at 57");
      }
      EXPECT_FALSE(in_parallel_region());
    }
    // The pool is as good as before.
    const std::vector<int> count = visits(0, 1000, 1);
    EXPECT_EQ(std::count(count.begin(), count.end(), 1), 1000);
  }
}

TEST(Parallel, ManyExceptionsAreOne) {
  const Threads scope(3);
  for (int repeat = 0; repeat < 50; ++repeat) {
    EXPECT_THROW(parallel_for(0, 12, 1, [](int64_t, int64_t) { throw std::logic_error("each"); }),
                 std::logic_error);
  }
}

TEST(Parallel, ManyUserThreadsAtOnce) {
  const Threads scope(3);
  std::vector<std::thread> users;
  std::atomic<int> wrong = 0;
  for (int user = 0; user < 4; ++user) {
    users.emplace_back([&] {
      for (int repeat = 0; repeat < 200; ++repeat) {
        const std::vector<int> count = visits(0, 301, 7);
        if (std::count(count.begin(), count.end(), 1) != 301) ++wrong;
      }
    });
  }
  for (std::thread& user : users) user.join();
  EXPECT_EQ(wrong, 0);
}

TEST(Parallel, SecondUserThreadRunsInlineMeanwhile) {
  const Threads scope(2);
  std::atomic<bool> first_has_begun = false, second_is_done = false;
  std::thread second([&] {
    while (!first_has_begun) std::this_thread::yield();
    std::atomic<int> calls = 0;
    parallel_for(0, 100, 1, [&](int64_t begin, int64_t end) {
      ++calls;
      EXPECT_EQ(end - begin, 100);
    });
    EXPECT_EQ(calls, 1);
    second_is_done = true;
  });
  std::atomic<int> visited = 0;
  parallel_for(0, 2, 1, [&](int64_t, int64_t) {
    first_has_begun = true;
    while (!second_is_done) std::this_thread::yield();
    ++visited;
  });
  second.join();
  EXPECT_EQ(visited, 2);
}

TEST(Parallel, ManyShortLoopsWithChangingThreads) {
  const Threads scope(2);
  int64_t total = 0;
  for (int repeat = 0; repeat < 3000; ++repeat) {
    if (repeat % 500 == 0) set_num_threads(1 + repeat / 500);
    std::vector<int64_t> part(16);
    parallel_for(0, 16, 1, [&](int64_t begin, int64_t end) {
      for (int64_t i = begin; i < end; ++i) part[static_cast<std::size_t>(i)] = i;
    });
    for (int64_t p : part) total += p;
  }
  EXPECT_EQ(total, 3000 * 120);
}

TEST(Parallel, SleepingWorkersWakeUp) {
  const Threads scope(2);
  for (int repeat = 0; repeat < 5; ++repeat) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));  // long past their spinning
    std::atomic<int> inside = 0;
    parallel_for(0, 2, 1, [&](int64_t, int64_t) {
      ++inside;
      while (inside < 2) std::this_thread::yield();
    });
    EXPECT_EQ(inside, 2);
  }
}

TEST(Parallel, NumThreads) {
  const Threads scope(7);
  EXPECT_EQ(get_num_threads(), 7);
  for (int bad : {0, -1}) {
    try {
      set_num_threads(bad);
      FAIL();
    } catch (const ValueError& error) {
      EXPECT_EQ(error.message(), "set_num_threads expects a positive integer");
    }
  }
  EXPECT_EQ(get_num_threads(), 7);
}

// Not under the thread sanitizer, which refuses to start threads in a forked child.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1  // as g++ says it
#endif
#endif
#if __has_include(<unistd.h>) && !defined(__SANITIZE_THREAD__)
TEST(Parallel, ForkedChildHasWorkersOfItsOwn) {
  const Threads scope(2);
  ASSERT_EQ(visits(0, 100, 1).size(), 100U);  // the parent's workers have started
  const pid_t child = fork();
  if (child == 0) {
    std::atomic<int> inside = 0;
    parallel_for(0, 2, 1, [&](int64_t, int64_t) {
      ++inside;
      while (inside < 2) std::this_thread::yield();
    });
    std::exit(inside == 2 ? 42 : 1);  // runs the pool's end too
  }
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 42);
}
#endif

}  // namespace
}  // namespace cutaway
