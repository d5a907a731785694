// SPDX-License-Identifier: MIT
//
// The plot is text, so its parts are read back from it: ticks, points, breaks, escapes; and that it
// is well-formed XML whatever is put in.
#include "../../io/plot/line_plot.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>
#include <string_view>

#include "../../tensor/check.h"

namespace cutaway::io {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInf = std::numeric_limits<double>::infinity();

size_t count(const std::string& text, std::string_view part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

/// All that stands between `open` and `close`, in order.
std::vector<std::string> between(const std::string& text, std::string_view open, char close) {
  std::vector<std::string> found;
  for (size_t at = text.find(open); at != std::string::npos; at = text.find(open, at + 1)) {
    const size_t begin = at + open.size();
    found.push_back(text.substr(begin, text.find(close, begin) - begin));
  }
  return found;
}

std::vector<std::string> x_ticks(const std::string& svg) {
  return between(svg, "text-anchor=\"middle\">", '<');
}
std::vector<std::string> y_ticks(const std::string& svg) {
  return between(svg, "text-anchor=\"end\">", '<');
}

/// Every tag is closed, in order; no stray '<' or '&'; attributes are quoted.
bool well_formed(const std::string& xml) {
  std::vector<std::string> open;
  for (size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] == '&') {
      const std::string_view rest = std::string_view(xml).substr(i);
      if (!rest.starts_with("&amp;") && !rest.starts_with("&lt;") && !rest.starts_with("&gt;"))
        return false;
    }
    if (static_cast<unsigned char>(xml[i]) < ' ' && xml[i] != '\n') return false;
    if (xml[i] != '<') continue;
    const size_t end = xml.find('>', i);
    if (end == std::string::npos) return false;
    const std::string tag = xml.substr(i + 1, end - i - 1);
    if (tag.empty() || tag.find('<') != std::string::npos || count(tag, "\"") % 2 != 0)
      return false;
    const std::string name = tag.substr(0, tag.find(' '));
    if (name[0] == '/') {
      if (open.empty() || open.back() != name.substr(1)) return false;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    i = end;
  }
  return open.empty();
}

using Texts = std::vector<std::string>;

TEST(LinePlot, NothingToDrawGivesAxes) {
  const std::string svg = line_plot({}, {});
  EXPECT_TRUE(well_formed(svg));
  EXPECT_EQ(x_ticks(svg), (Texts{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"}));
  EXPECT_EQ(y_ticks(svg), (Texts{"0.0", "0.2", "0.4", "0.6", "0.8", "1.0"}));
  EXPECT_EQ(count(svg, "<polyline"), 0u);
  EXPECT_EQ(line_plot({}, {{.name = "", .x = {}, .y = {kNaN, kInf}}}), svg);
}

TEST(LinePlot, PointsStandWhereTheAxesSay) {
  const std::string svg = line_plot({.width = 640, .height = 400}, {{.y = {0, 10, 5}}});
  EXPECT_EQ(y_ticks(svg), (Texts{"0", "2", "4", "6", "8", "10"}));
  // The axis goes down from the top left corner of the frame, then right: "M left top V bottom H
  // right".
  const std::string axis = between(svg, "<path d=\"", '"').at(0);
  double left = 0, top = 0, bottom = 0, right = 0;
  ASSERT_EQ(std::sscanf(axis.c_str(), "M%lf %lfV%lfH%lf", &left, &top, &bottom, &right), 4);
  const std::string points = between(svg, "<polyline points=\"", '"').at(0);
  double x[3], y[3];
  ASSERT_EQ(
      std::sscanf(points.c_str(), "%lf,%lf %lf,%lf %lf,%lf", x, y, x + 1, y + 1, x + 2, y + 2), 6);
  EXPECT_NEAR(x[0], left, 0.01);
  EXPECT_NEAR(x[1], (left + right) / 2, 0.01);
  EXPECT_NEAR(x[2], right, 0.01);
  EXPECT_NEAR(y[0], bottom, 0.01);
  EXPECT_NEAR(y[1], top, 0.01);
  EXPECT_NEAR(y[2], (top + bottom) / 2, 0.01);
}

TEST(LinePlot, TicksAreRoundNumbers) {
  const auto y_of = [](double low, double high) {
    return y_ticks(line_plot({}, {{.y = {low, high}}}));
  };
  EXPECT_EQ(y_of(0.912, 0.981),
            (Texts{"0.91", "0.92", "0.93", "0.94", "0.95", "0.96", "0.97", "0.98", "0.99"}));
  EXPECT_EQ(y_of(-3, 4), (Texts{"-3", "-2", "-1", "0", "1", "2", "3", "4"}));
  EXPECT_EQ(y_of(0, 60000), (Texts{"0", "10000", "20000", "30000", "40000", "50000", "60000"}));
  EXPECT_EQ(y_of(0, 3e-7),
            (Texts{"0", "5e-08", "1.0e-07", "1.5e-07", "2.0e-07", "2.5e-07", "3.0e-07"}));
  EXPECT_EQ(y_of(5, 5), (Texts{"4.7", "4.8", "4.9", "5.0", "5.1", "5.2", "5.3"}));
}

TEST(LinePlot, AnyNumbersGiveAPlot) {
  const double tiny = std::numeric_limits<double>::denorm_min();
  const std::vector<std::vector<double>> values = {{0, 0},
                                                   {0, tiny},
                                                   {1e300, -1e300},
                                                   {1e17, 1e17 + 16},
                                                   {1, 1 + 1e-15},
                                                   {-1e-300, 1e-300},
                                                   {7},
                                                   {1e-290, 1.1e-290}};
  for (const std::vector<double>& y : values) {
    const std::string tight =
        line_plot({.y_label = "y", .width = 200, .height = 200},
                  {{.name = "a name too long for so small a picture", .x = y, .y = y}});
    EXPECT_TRUE(well_formed(tight));
    EXPECT_EQ(count(tight, "nan\"") + count(tight, "inf"), 0u) << y[0];
    EXPECT_GE(x_ticks(tight).size(), 1u) << y[0];
    const std::string svg = line_plot({}, {{.x = y, .y = y}});
    EXPECT_TRUE(well_formed(svg));
    EXPECT_EQ(count(svg, "nan"), 0u) << y[0];
    EXPECT_EQ(count(svg, "inf"), 0u) << y[0];
    EXPECT_GE(y_ticks(svg).size(), 2u) << y[0];
    EXPECT_LE(y_ticks(svg).size(), 14u) << y[0];
    EXPECT_EQ(count(svg, "<polyline") + count(svg, "<circle"), 1u) << y[0];
  }
}

TEST(LinePlot, GapsBreakTheLine) {
  const std::string svg = line_plot({}, {{.name = "a", .y = {1, 2, kNaN, 3, kInf, 4, 5, 6, -kInf}},
                                         {.name = "b", .x = {0, kNaN, 2, 3}, .y = {1, 1, 1, 1}}});
  const Texts lines = between(svg, "<polyline points=\"", '"');
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(count(lines[0], ","), 2u);
  EXPECT_EQ(count(lines[1], ","), 3u);
  EXPECT_EQ(count(lines[2], ","), 2u);
  EXPECT_EQ(count(svg, "<circle"), 2u);  // the 3 of a, the first of b
}

TEST(LinePlot, TextIsEscaped) {
  const std::string nasty = "</text><script>\"a\" & 'b'\x01\n";
  const std::string svg = line_plot({.title = nasty, .x_label = nasty, .y_label = nasty},
                                    {{.name = nasty, .y = {1, 2}}});
  EXPECT_TRUE(well_formed(svg));
  EXPECT_EQ(count(svg, "<script"), 0u);
  EXPECT_EQ(count(svg, "&lt;/text&gt;&lt;script&gt;\"a\" &amp; 'b'??"), 5u);  // title counts twice
}

TEST(LinePlot, LegendNamesEachLineInItsColour) {
  std::vector<Series> series(9, Series{.name = "", .x = {}, .y = {1, 2}});
  series[0].name = "first";
  series[8].name = "ninth";
  const std::string svg = line_plot({}, series);
  EXPECT_EQ(between(svg, "class=\"legend\">", '<'), (Texts{"first", "ninth"}));
  // Each of the two colours: its line and its legend entry, or the line alone where it has no name.
  EXPECT_EQ(count(svg, "stroke=\"#0072B2\" stroke-dasharray=\"none\""), 2u);
  EXPECT_EQ(count(svg, "stroke=\"#D55E00\" stroke-dasharray=\"none\""), 1u);
  EXPECT_EQ(count(svg, "stroke=\"#D55E00\" stroke-dasharray=\"7 4\""), 2u);
}

TEST(LinePlot, WrongArgumentsAreRefused) {
  const auto error_of = [](const PlotOptions& options, const std::vector<Series>& series) {
    try {
      line_plot(options, series);
    } catch (const ValueError& error) {
      return error.message();
    }
    return std::string();
  };
  EXPECT_EQ(
      error_of({}, {{.name = "loss", .x = {1, 2}, .y = {1, 2, 3}}}),
      "line_plot: series 'loss' has 2 x values and 3 y values; give as many of both, or no x");
  EXPECT_EQ(error_of({.width = 0}, {}),
            "line_plot: width and height must be from 200 to 10000 pixels, got 0 and 440");
}

}  // namespace
}  // namespace cutaway::io
