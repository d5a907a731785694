// SPDX-License-Identifier: MIT
//
// One line that shows how far a pass over the data has come:
//
//     epoch 2/5 [===========>        ]  57%  12345 samples/s  loss 0.2345  ETA 0:12
//
//     ProgressBar bar(std::cout, "epoch 2/5", /*samples=*/60000, style_for(stdout));
//     for (...) bar.advance(64, loss.item<float>());
//     bar.finish("val_accuracy 0.9712");
//
// On a terminal the line is redrawn in place ten times a second and replaced by a summary at the
// end. In a file or a pipe a plain line appears every ten seconds, and the same summary:
//
//     epoch 2/5  loss 0.2345  12345 samples/s  0:05  val_accuracy 0.9712
//
// PyTorch counterpart: none in torch itself; the examples use tqdm.
#pragma once

#include <cstdint>
#include <cstdio>
#include <functional>
#include <iosfwd>
#include <string>

namespace cutaway::examples {

/// A clock: seconds since some fixed moment.
double seconds_now();

struct ProgressStyle {
  bool live = false;            // redraw one line, or write one line after another
  int columns = 80;             // width of the terminal; nothing wider is drawn on it
  double seconds_between = 10;  // from one drawing to the next
  std::function<double()> clock = seconds_now;
};

/// Live where the stream is a terminal that can move its cursor, with that terminal's width.
ProgressStyle style_for(std::FILE* stream);

class ProgressBar {
 public:
  /// Of `samples` samples in all; 0 is allowed.
  ProgressBar(std::ostream& out, std::string title, int64_t samples, ProgressStyle style);
  /// Leaves what is drawn and ends the line, so that an error message has one of its own.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  /// `samples` more are done, with this mean loss.
  void advance(int64_t samples, double loss);
  /// Writes the summary, followed by `remark`. May be called once.
  void finish(const std::string& remark = "");

  /// Mean over all samples so far; 0 before the first.
  double mean_loss() const;

 private:
  double elapsed() const;  // seconds
  double speed() const;    // samples per second
  std::string progress_line() const;
  void draw();

  std::ostream& out_;
  std::string title_;
  int64_t samples_;
  ProgressStyle style_;
  double started_, last_drawn_;
  int64_t done_ = 0;
  double loss_sum_ = 0;
  bool line_open_ = false;  // an unfinished line stands on the terminal
};

}  // namespace cutaway::examples
