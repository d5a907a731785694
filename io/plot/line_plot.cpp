// SPDX-License-Identifier: MIT
#include "line_plot.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>

#include "../../tensor/check.h"

namespace cutaway::inline v0_1::io {
namespace {

// Okabe, Ito, "Color Universal Design", 2008; without the yellow, too pale on white.
constexpr std::array<const char*, 7> kColors = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                                "#E69F00", "#56B4E9", "#000000"};
constexpr std::array<const char*, 4> kDashes = {"none", "7 4", "2 3", "9 3 2 3"};

// ---- text ---------------------------------------------------------------------------------------

std::string format(double value, std::chars_format style, int digits) {
  char text[400];  // 1e300 has 301 digits before the point
  const auto end = std::to_chars(text, text + sizeof text, value, style, digits);
  return {text, end.ptr};
}

/// A position, to a hundredth of a pixel.
std::string pixel(double value) { return format(value, std::chars_format::fixed, 2); }

/// Text as XML. Control characters, which XML forbids, become question marks.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      default:
        result += static_cast<unsigned char>(c) < ' ' ? '?' : c;
    }
  }
  return result;
}

/// Roughly how many pixels wide a text is. Bytes 10xxxxxx continue a letter in UTF-8.
double width_of(std::string_view text) {
  return 6.7 * static_cast<double>(std::count_if(text.begin(), text.end(),
                                                 [](char c) { return (c & 0xC0) != 0x80; }));
}

// ---- axes ---------------------------------------------------------------------------------------

bool drawable(double value) { return std::abs(value) <= 1e300; }  // false for NaN

/// The numbers that an axis spans, with ticks at the multiples of `step`.
struct Axis {
  double low = 0;
  double high = 1;
  double step = 1;
  int exponent = 0;  // step is 1, 2 or 5 times ten to this

  double fraction(double value) const { return (value - low) / (high - low); }
  // A tick is not lost to a rounding error at the end of the axis.
  double first_tick() const { return std::ceil(low / step - 1e-6); }
  double last_tick() const { return std::floor(high / step + 1e-6); }
  double tick(double number) const { return number * step + 0.0; }  // + 0.0: no "-0"
};

/// An axis for values from low to high, with at most about `ticks` ticks. `whole_steps` lets it
/// begin and end at a tick.
Axis make_axis(double low, double high, double ticks, bool whole_steps) {
  Axis axis{low, high};
  if (low > high) axis = Axis{0, 1};  // no values

  // Values that are equal, or as good as equal, still need an axis of some length.
  const double magnitude = std::max(std::abs(axis.low), std::abs(axis.high));
  if (axis.high - axis.low <= 1e-9 * magnitude || magnitude < 1e-290) {
    const double margin = magnitude < 1e-290 ? 0.5 : magnitude / 20;
    axis.low -= margin;
    axis.high += margin;
  }

  // The smallest 1, 2 or 5 times a power of ten that gives no more ticks than asked for.
  const double least = (axis.high - axis.low) / ticks;
  axis.exponent = static_cast<int>(std::floor(std::log10(least)));
  const double power = std::pow(10, axis.exponent);
  axis.step = least <= power ? power : least <= 2 * power ? 2 * power : 5 * power;
  if (least > 5 * power) {
    axis.step = 10 * power;
    ++axis.exponent;
  }
  if (whole_steps) {
    axis.low = axis.step * std::floor(axis.low / axis.step + 1e-6);
    axis.high = axis.step * std::ceil(axis.high / axis.step - 1e-6);
  }
  return axis;
}

/// A tick with as many digits as tell it from its neighbours: 0.25, 40000, 2.5e-07.
std::string tick_label(const Axis& axis, double value) {
  const double magnitude = std::max(std::abs(axis.low), std::abs(axis.high));
  if (axis.exponent >= -5 && magnitude < 1e6)
    return format(value, std::chars_format::fixed, std::max(0, -axis.exponent));
  if (value == 0) return "0";
  const int digits = static_cast<int>(std::floor(std::log10(std::abs(value)))) - axis.exponent;
  return format(value, std::chars_format::scientific, std::max(0, digits));
}

// ---- drawing ------------------------------------------------------------------------------------

/// Where the axes stand on the page, in pixels from the top left corner.
struct Frame {
  double left, right, top, bottom;
  Axis x, y;

  double place_x(double value) const { return left + (right - left) * x.fraction(value); }
  double place_y(double value) const { return bottom - (bottom - top) * y.fraction(value); }
};

double x_of(const Series& line, size_t i) {
  return line.x.empty() ? static_cast<double>(i) : line.x[i];
}
bool drawable(const Series& line, size_t i) {
  return drawable(x_of(line, i)) && drawable(line.y[i]);
}

std::string text(double x, double y, std::string_view attributes, std::string_view content) {
  return join("<text x=\"", pixel(x), "\" y=\"", pixel(y), "\" ", attributes, ">", escaped(content),
              "</text>\n");
}

std::string draw_axes(const Frame& frame) {
  std::string lines, labels;
  for (double n = frame.x.first_tick(); n <= frame.x.last_tick(); ++n) {
    const double at = frame.place_x(frame.x.tick(n));
    lines += join("M", pixel(at), " ", pixel(frame.top), "V", pixel(frame.bottom));
    labels +=
        text(at, frame.bottom + 18, "text-anchor=\"middle\"", tick_label(frame.x, frame.x.tick(n)));
  }
  for (double n = frame.y.first_tick(); n <= frame.y.last_tick(); ++n) {
    const double at = frame.place_y(frame.y.tick(n));
    lines += join("M", pixel(frame.left), " ", pixel(at), "H", pixel(frame.right));
    labels +=
        text(frame.left - 8, at + 4, "text-anchor=\"end\"", tick_label(frame.y, frame.y.tick(n)));
  }
  return join("<path class=\"grid\" d=\"", lines, "\" stroke=\"#e2e2e2\"/>\n", labels,
              "<path d=\"M", pixel(frame.left), " ", pixel(frame.top), "V", pixel(frame.bottom),
              "H", pixel(frame.right), "\" fill=\"none\" stroke=\"#555555\"/>\n");
}

std::string stroke(size_t number) {
  return join("stroke=\"", kColors[number % kColors.size()], "\" stroke-dasharray=\"",
              kDashes[number / kColors.size() % kDashes.size()], "\"");
}

std::string draw_line(const Frame& frame, const Series& line, size_t number) {
  std::string result;
  for (size_t i = 0; i < line.y.size();) {
    // A run of points without a gap.
    std::string points;
    const size_t begin = i;
    for (; i < line.y.size() && drawable(line, i); ++i) {
      points +=
          join(pixel(frame.place_x(x_of(line, i))), ",", pixel(frame.place_y(line.y[i])), " ");
    }
    if (i == begin) {
      ++i;
    } else if (i == begin + 1) {
      result += join("<circle cx=\"", pixel(frame.place_x(x_of(line, begin))), "\" cy=\"",
                     pixel(frame.place_y(line.y[begin])), "\" r=\"2.5\" fill=\"",
                     kColors[number % kColors.size()], "\"/>\n");
    } else {
      points.pop_back();
      result += join("<polyline points=\"", points,
                     "\" fill=\"none\" stroke-width=\"2\" stroke-linejoin=\"round\" ",
                     stroke(number), "/>\n");
    }
  }
  return result;
}

std::string draw_legend(const Frame& frame, const std::vector<Series>& series) {
  std::string result;
  double y = frame.top + 8;
  for (size_t number = 0; number < series.size(); ++number) {
    if (series[number].name.empty()) continue;
    const double x = frame.right + 16;
    result += join("<path d=\"M", pixel(x), " ", pixel(y), "h26\" stroke-width=\"2.5\" ",
                   stroke(number), "/>\n");
    result += text(x + 33, y + 4, "class=\"legend\"", series[number].name);
    y += 21;
  }
  return result;
}

/// Finds the range of the values, and the room that the texts around the frame need.
Frame lay_out(const PlotOptions& options, const std::vector<Series>& series) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  double x_low = kInfinity, x_high = -kInfinity, y_low = kInfinity, y_high = -kInfinity;
  double legend_width = 0;
  for (const Series& line : series) {
    if (!line.name.empty()) legend_width = std::max(legend_width, 49 + width_of(line.name));
    for (size_t i = 0; i < line.y.size(); ++i) {
      if (!drawable(line, i)) continue;
      x_low = std::min(x_low, x_of(line, i));
      x_high = std::max(x_high, x_of(line, i));
      y_low = std::min(y_low, line.y[i]);
      y_high = std::max(y_high, line.y[i]);
    }
  }

  Frame frame{};
  frame.top = options.title.empty() ? 20 : 48;
  frame.bottom = options.height - (options.x_label.empty() ? 34 : 56);
  frame.y = make_axis(y_low, y_high, (frame.bottom - frame.top) / 45, true);
  double labels_width = 0;
  for (double n = frame.y.first_tick(); n <= frame.y.last_tick(); ++n)
    labels_width = std::max(labels_width, width_of(tick_label(frame.y, frame.y.tick(n))));
  frame.left = labels_width + (options.y_label.empty() ? 20 : 42);
  // Very long names are cut off at the edge of the picture.
  frame.right = options.width - 20 - std::min(legend_width, 0.4 * options.width);
  frame.right = std::max(frame.right, frame.left + 70);
  frame.x = make_axis(x_low, x_high, (frame.right - frame.left) / 70, false);
  return frame;
}

std::string draw_texts(const Frame& frame, const PlotOptions& options) {
  const double x = (frame.left + frame.right) / 2, y = (frame.top + frame.bottom) / 2;
  const std::string label = "text-anchor=\"middle\" font-size=\"13\"";
  const std::string turned = join(label, " transform=\"rotate(-90 18 ", pixel(y), ")\"");
  const std::string bold = "text-anchor=\"middle\" font-size=\"16\" font-weight=\"bold\"";
  std::string result;
  if (!options.title.empty()) result += text(x, 28, bold, options.title);
  if (!options.x_label.empty()) result += text(x, options.height - 14, label, options.x_label);
  if (!options.y_label.empty()) result += text(18, y, turned, options.y_label);
  return result;
}

void check_arguments(const PlotOptions& options, const std::vector<Series>& series) {
  const auto [smaller, larger] = std::minmax(options.width, options.height);
  check_value(smaller >= 200 && larger <= 10000,
              "line_plot: width and height must be from 200 to 10000 pixels, got ", options.width,
              " and ", options.height);
  for (const Series& line : series) {
    check_value(line.x.empty() || line.x.size() == line.y.size(), "line_plot: series '", line.name,
                "' has ", line.x.size(), " x values and ", line.y.size(),
                " y values; give as many of both, or no x");
  }
}

}  // namespace

std::string line_plot(const PlotOptions& options, const std::vector<Series>& series) {
  check_arguments(options, series);
  const Frame frame = lay_out(options, series);
  std::string svg =
      join("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"", options.width,
           "\" height=\"", options.height, "\" viewBox=\"0 0 ", options.width, " ", options.height,
           "\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#333333\">\n");
  if (!options.title.empty()) svg += join("<title>", escaped(options.title), "</title>\n");
  svg += "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n";
  svg += draw_axes(frame);
  for (size_t number = 0; number < series.size(); ++number)
    svg += draw_line(frame, series[number], number);
  svg += draw_legend(frame, series);
  svg += draw_texts(frame, options);
  return svg + "</svg>\n";
}

}  // namespace cutaway::io
