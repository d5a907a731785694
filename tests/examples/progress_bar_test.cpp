// SPDX-License-Identifier: MIT
#include "../../examples/shared/progress_bar.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>

namespace cutaway::examples {
namespace {

/// A bar on a string, and a clock that moves only when told.
struct Bench {
  std::ostringstream out;
  double now = 100;

  ProgressStyle live(int columns = 80) {
    return {
        .live = true, .columns = columns, .seconds_between = 0.1, .clock = [this] { return now; }};
  }
  ProgressStyle plain() {
    return {.clock = [this] { return now; }};
  }

  /// What was written since the last call.
  std::string written() {
    const std::string text = out.str();
    out.str("");
    return text;
  }
};

TEST(ProgressBar, RedrawsOneLineOnATerminal) {
  Bench bench;
  ProgressBar bar(bench.out, "epoch 1/2", 1000, bench.live(80));
  bench.now += 2;
  bar.advance(250, 0.5);
  EXPECT_EQ(
      bench.written(),
      "\repoch 1/2 [======>                 ]  25%  125 samples/s  loss 0.5000  ETA 0:06\x1b[K");
  bench.now += 2;
  bar.advance(750, 0.1);
  EXPECT_EQ(
      bench.written(),
      "\repoch 1/2 [========================] 100%  250 samples/s  loss 0.2000  ETA 0:00\x1b[K");
  bar.finish("accuracy 0.9");
  EXPECT_EQ(bench.written(), "\r\x1b[Kepoch 1/2  loss 0.2000  250 samples/s  0:04  accuracy 0.9\n");
}

TEST(ProgressBar, RedrawsAtMostTenTimesASecond) {
  Bench bench;
  ProgressBar bar(bench.out, "t", 100'000, bench.live());
  for (int step = 0; step < 10'000; ++step) {
    bench.now += 0.001;
    bar.advance(10, 1);
  }
  const std::string text = bench.written();
  EXPECT_NEAR(static_cast<double>(std::ranges::count(text, '\r')), 99, 2);  // in ten seconds
  EXPECT_EQ(std::ranges::count(text, '\n'), 0);
}

TEST(ProgressBar, WritesPlainLinesInALog) {
  Bench bench;
  ProgressBar bar(bench.out, "epoch 1/1", 100, bench.plain());
  bench.now += 9;
  bar.advance(30, 2);
  EXPECT_EQ(bench.written(), "");  // ten seconds have not passed
  bench.now += 1;
  bar.advance(20, 2);
  EXPECT_EQ(bench.written(), "epoch 1/1  50%  5 samples/s  loss 2.000  ETA 0:10\n");
  bench.now += 5;
  bar.advance(50, 1);
  EXPECT_EQ(bench.written(), "");
  bar.finish();
  EXPECT_EQ(bench.written(), "epoch 1/1  loss 1.500  7 samples/s  0:15\n");
}

TEST(ProgressBar, IsNeverWiderThanTheTerminal) {
  for (int columns = 0; columns < 200; ++columns) {
    for (const int64_t done : {0, 1, 500, 999, 1000, 2000}) {
      Bench bench;
      ProgressBar bar(bench.out, "epoch 12/100", 1000, bench.live(columns));
      bench.now += 1;
      bar.advance(done, 0.25);
      const std::string text = bench.written();
      const size_t width = text.size() - std::string("\r\x1b[K").size();
      ASSERT_LE(width, static_cast<size_t>(std::max(columns - 1, 0))) << text;
      if (columns >= 80) {
        EXPECT_NE(text.find('['), std::string::npos) << text;
      }
      if (columns >= 60) {
        EXPECT_NE(text.find("ETA"), std::string::npos) << text;
      }
    }
  }
}

TEST(ProgressBar, MeanLossCountsSamples) {
  Bench bench;
  ProgressBar bar(bench.out, "t", 40, bench.plain());
  EXPECT_EQ(bar.mean_loss(), 0);
  bar.advance(10, 4);
  bar.advance(30, 8);
  EXPECT_EQ(bar.mean_loss(), 7);
}

TEST(ProgressBar, ShowsLongTimes) {
  Bench bench;
  ProgressBar bar(bench.out, "t", 1000, bench.plain());
  bench.now += 100;
  bar.advance(1, 1);
  EXPECT_EQ(bench.written(), "t   0%  0 samples/s  loss 1.000  ETA 27:45:00\n");
  bench.now += 3600 - 100 + 62;
  bar.finish();
  EXPECT_EQ(bench.written(), "t  loss 1.000  0 samples/s  1:01:02\n");
}

TEST(ProgressBar, SurvivesStrangeNumbers) {
  Bench bench;
  ProgressBar bar(bench.out, "t", 0, bench.live());
  bench.now += 1;
  bar.advance(0, 1);
  bench.now += 1;
  bar.advance(10, 1e300);
  bench.now += 1;
  bar.advance(10, std::numeric_limits<double>::quiet_NaN());
  bar.finish();
  EXPECT_NE(bench.written().find("t  loss nan"), std::string::npos);

  ProgressBar instant(bench.out, "t", 10, bench.plain());
  instant.advance(10, 1);
  instant.finish();
  EXPECT_EQ(bench.written(), "t  loss 1.000  0 samples/s  0:00\n");
}

TEST(ProgressBar, AnErrorMessageGetsALineOfItsOwn) {
  Bench bench;
  try {
    ProgressBar bar(bench.out, "t", 10, bench.live());
    bench.now += 1;
    bar.advance(1, 1);
    throw std::runtime_error("the data are damaged");
  } catch (const std::runtime_error&) {
  }
  EXPECT_TRUE(bench.written().ends_with("\x1b[K\n"));

  { ProgressBar never_drawn(bench.out, "t", 10, bench.live()); }
  EXPECT_EQ(bench.written(), "");
}

TEST(ProgressStyle, IsPlainInAFile) {
  std::FILE* const file = std::tmpfile();
  ASSERT_NE(file, nullptr);
  setenv("TERM", "xterm", 1);
  const ProgressStyle style = style_for(file);
  EXPECT_FALSE(style.live);
  EXPECT_EQ(style.seconds_between, 10);
  std::fclose(file);
}

TEST(ProgressStyle, IsLiveOnATerminalUnlessThatIsDumb) {
  const int controller = posix_openpt(O_RDWR | O_NOCTTY);
  if (controller < 0 || grantpt(controller) != 0 || unlockpt(controller) != 0) {
    GTEST_SKIP() << "this system has no pseudo terminals";
  }
  std::FILE* const terminal = std::fopen(ptsname(controller), "w");
  ASSERT_NE(terminal, nullptr);
  const winsize size = {.ws_row = 40, .ws_col = 123, .ws_xpixel = 0, .ws_ypixel = 0};
  ASSERT_EQ(ioctl(fileno(terminal), TIOCSWINSZ, &size), 0);

  setenv("TERM", "xterm", 1);
  EXPECT_TRUE(style_for(terminal).live);
  EXPECT_EQ(style_for(terminal).columns, 123);
  EXPECT_EQ(style_for(terminal).seconds_between, 0.1);
  setenv("TERM", "dumb", 1);
  EXPECT_FALSE(style_for(terminal).live);
  unsetenv("TERM");
  EXPECT_FALSE(style_for(terminal).live);
  std::fclose(terminal);
  close(controller);
}

}  // namespace
}  // namespace cutaway::examples
