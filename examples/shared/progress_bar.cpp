// SPDX-License-Identifier: MIT
#include "progress_bar.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ostream>
#include <string_view>
#include <utility>

namespace cutaway::examples {
namespace {

// ANSI escape codes, which every terminal of today obeys.
constexpr const char* to_line_start = "\r";
constexpr const char* erase_to_line_end = "\x1b[K";

template <class... Values>
std::string format(const char* pattern, Values... values) {
  char text[64];
  std::snprintf(text, sizeof text, pattern, values...);
  return text;
}

/// "0:05", "12:34" or "3:00:00".
std::string clock_text(double seconds) {
  const double limit = 359999;  // 99:59:59: more is not worth showing
  const int s = static_cast<int>(std::lround(std::clamp(seconds, 0.0, limit)));
  if (s < 3600) return format("%d:%02d", s / 60, s % 60);
  return format("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
}

/// "[=====>    ]", `width` columns wide, brackets included.
std::string bar_text(double share, int width) {
  const int inside = width - 2;
  const int filled = static_cast<int>(share * inside);
  std::string bar(static_cast<size_t>(inside), ' ');
  std::fill_n(bar.begin(), filled, '=');
  if (filled < inside) bar[static_cast<size_t>(filled)] = '>';
  return "[" + bar + "]";
}

}  // namespace

double seconds_now() {
  const auto since_start = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since_start).count();
}

ProgressStyle style_for(std::FILE* stream) {
  ProgressStyle style;
  const int file = fileno(stream);
  const char* const kind = std::getenv("TERM");
  style.live = isatty(file) && kind != nullptr && std::string_view(kind) != "dumb";
  if (!style.live) return style;

  style.seconds_between = 0.1;
  winsize size{};
  if (ioctl(file, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) style.columns = size.ws_col;
  return style;
}

ProgressBar::ProgressBar(std::ostream& out, std::string title, int64_t samples, ProgressStyle style)
    : out_(out),
      title_(std::move(title)),
      samples_(samples),
      style_(std::move(style)),
      started_(style_.clock()),
      last_drawn_(started_) {}

ProgressBar::~ProgressBar() {
  if (line_open_) out_ << '\n' << std::flush;
}

void ProgressBar::advance(int64_t samples, double loss) {
  done_ += samples;
  loss_sum_ += loss * static_cast<double>(samples);
  const double now = style_.clock();
  if (now - last_drawn_ < style_.seconds_between) return;
  last_drawn_ = now;
  draw();
}

void ProgressBar::finish(const std::string& remark) {
  if (line_open_) out_ << to_line_start << erase_to_line_end;
  line_open_ = false;
  out_ << title_ << format("  loss %#.4g  %.0f samples/s  ", mean_loss(), speed())
       << clock_text(elapsed()) << (remark.empty() ? "" : "  ") << remark << '\n'
       << std::flush;
}

double ProgressBar::mean_loss() const {
  return done_ == 0 ? 0 : loss_sum_ / static_cast<double>(done_);
}

double ProgressBar::elapsed() const { return style_.clock() - started_; }

double ProgressBar::speed() const {
  return elapsed() > 0 ? static_cast<double>(done_) / elapsed() : 0;
}

void ProgressBar::draw() {
  if (style_.live) {
    out_ << to_line_start << progress_line() << erase_to_line_end << std::flush;
    line_open_ = true;
  } else {
    out_ << progress_line() << '\n' << std::flush;
  }
}

/// "TITLE [bar] numbers". A live line that is too wide loses its bar first, then its right end.
std::string ProgressBar::progress_line() const {
  const double total = static_cast<double>(std::max<int64_t>(samples_, 1));
  const double share = std::clamp(static_cast<double>(done_) / total, 0.0, 1.0);
  const double left = (1 - share) * total / std::max(speed(), 1e-9);
  const std::string numbers = format(" %3.0f%%  %.0f samples/s  loss %#.4g  ETA ",
                                     std::floor(100 * share), speed(), mean_loss()) +
                              clock_text(left);
  if (!style_.live) return title_ + numbers;

  constexpr int narrowest_bar = 8, widest_bar = 40;
  // The last column stays free: a terminal may wrap when it is written to.
  const int width = std::max(style_.columns - 1, 0);
  const int room = width - static_cast<int>(title_.size() + 1 + numbers.size());
  if (room >= narrowest_bar) {
    return title_ + " " + bar_text(share, std::min(room, widest_bar)) + numbers;
  }
  return (title_ + numbers).substr(0, static_cast<size_t>(width));
}

}  // namespace cutaway::examples
