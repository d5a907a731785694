// SPDX-License-Identifier: MIT
//
// Line plots as SVG text, which every browser and notebook shows: losses, accuracies, schedules.
//
//     write_file_atomically("loss.svg", line_plot({.title = "Training", .x_label = "epoch"},
//                                                 {{.name = "loss", .y = losses}}));
//
// The text is complete in itself (no script, no font, no link) and depends on nothing but the
// arguments: same numbers, same bytes. Colours are those of Okabe and Ito, which colour-blind
// readers can tell apart; from the eighth series on, the colours return with dashed lines.
//
// Counterpart: matplotlib's pyplot.plot. Left out: logarithmic axes, markers, several panels.
#pragma once

#include <string>
#include <vector>

#include "../../tensor/version.h"

namespace cutaway::inline v0_1::io {

/// One line. Points that are NaN or infinite (beyond 1e300) are left out and break the line; a
/// point alone between two breaks is drawn as a dot.
struct Series {
  // `= {}`: otherwise a designated initialiser that leaves a member out draws a warning.
  std::string name = {};       ///< in the legend; no entry where empty
  std::vector<double> x = {};  ///< as many as y; or none, for 0, 1, 2, ...
  std::vector<double> y = {};
};

/// Texts are UTF-8 and may contain any character.
struct PlotOptions {
  std::string title = {};
  std::string x_label = {};
  std::string y_label = {};
  int width = 720;  ///< in pixels, from 200 to 10000, as is the height
  int height = 440;
};

/// The plot as an SVG document. With nothing to draw: the axes from 0 to 1.
std::string line_plot(const PlotOptions& options, const std::vector<Series>& series);

}  // namespace cutaway::io
