// SPDX-License-Identifier: MIT
//
// From random numbers to a digit, in four steps:
//
//   alphabet         which digit, in which manner of writing it
//   write_glyph      the pen's path: the glyph's points, shaken, bent, slanted, joined by a spline
//   place_on_paper   scaled into MNIST's box, centre of mass in the middle of the image
//   ink              every piece of the path becomes a soft-edged brush mark
//
// Note [Same bytes everywhere]: everything is computed in double with + - * / and sqrt, which IEEE
// 754 defines to the last bit; there is no sin, exp or log, whose last bits differ between C
// libraries. A compiler may still fuse a multiply and an add, so no step may jump where its input
// moves by 1e-15: brush marks fade to zero before they are cut off, and rounding to a byte at the
// end hides the rest. Random numbers are drawn in full expressions of their own, since C++ leaves
// the order of operands and of arguments open.
#include "stroke_digits.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "../../tensor/check.h"

namespace cutaway::inline v0_1::io {
namespace {

// ---- random numbers ---------------------------------------------------------------------------

/// SplitMix64 (Steele, Lea, Flood 2014): a counter and a good way to scramble it.
class Random {
 public:
  /// Starts at a place of its own for every (seed, index).
  Random(uint64_t seed, uint64_t index) : counter_(scramble(scramble(seed) + index)) {}

  uint64_t bits() { return scramble(counter_ += 0x9E3779B97F4A7C15u); }

  uint64_t below(uint64_t n) { return bits() % n; }

  double uniform(double low, double high) {
    const double unit = static_cast<double>(bits() >> 11) * 0x1p-53;  // in [0, 1)
    return low + (high - low) * unit;
  }

  /// Bell-shaped with mean 0, deviation 1 and no value beyond 3.5: the sum of four 16-bit uniforms.
  double bell() {
    const uint64_t b = bits();
    const uint64_t sum = (b & 0xFFFF) + (b >> 16 & 0xFFFF) + (b >> 32 & 0xFFFF) + (b >> 48);
    constexpr double mean = 2 * 65535.0, deviation = 37837.0;
    return (static_cast<double>(sum) - mean) / deviation;
  }

 private:
  static uint64_t scramble(uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
  }
  uint64_t counter_;
};

// ---- the alphabet -----------------------------------------------------------------------------

/// What the pen does at a point: pass smoothly, turn sharply, or end the stroke there.
enum Pen : uint8_t { smooth, corner, lift };

/// A point the pen passes, on a grid of 100 with y pointing down.
struct PenPoint {
  int x, y;
  Pen pen = smooth;
};

// clang-format off
constexpr PenPoint
    zero_oval[] = {{50, 0}, {22, 22}, {17, 65}, {45, 100}, {76, 76}, {80, 30}, {52, 0, lift}},
    zero_hook[] = {{72, 10}, {44, 3}, {18, 40}, {30, 92}, {62, 96}, {84, 55}, {66, 8},
                   {40, 10, lift}},

    one_bar[]  = {{52, 0}, {50, 50}, {48, 100, lift}},
    one_flag[] = {{30, 24}, {54, 0, corner}, {52, 50}, {50, 100, lift}},
    one_foot[] = {{32, 20}, {52, 0, corner}, {51, 50}, {50, 98, lift}, {26, 100}, {76, 99, lift}},

    two_flat[] = {{18, 25}, {42, 1}, {74, 16}, {62, 52}, {15, 98, corner}, {50, 96},
                  {86, 98, lift}},
    two_loop[] = {{20, 22}, {46, 0}, {76, 22}, {56, 66}, {24, 96}, {14, 82}, {34, 78}, {60, 96},
                  {88, 92, lift}},

    three_round[] = {{20, 12}, {50, 0}, {74, 20}, {42, 47, corner}, {80, 70}, {52, 100},
                     {15, 86, lift}},
    three_flat[]  = {{20, 3}, {48, 2}, {76, 2, corner}, {42, 42, corner}, {80, 66}, {54, 100},
                     {14, 88, lift}},

    four_open[]   = {{26, 0}, {20, 30}, {16, 58, corner}, {50, 56}, {86, 53, lift}, {70, 4},
                     {66, 50}, {62, 100, lift}},
    four_closed[] = {{62, 100}, {64, 50}, {66, 0, corner}, {40, 34}, {12, 66, corner}, {50, 66},
                     {92, 64, lift}},
    four_cup[]    = {{22, 4}, {18, 40}, {42, 54}, {72, 42, lift}, {74, 0}, {70, 50},
                     {62, 100, lift}},

    five_angle[] = {{80, 2}, {54, 3}, {28, 4, corner}, {26, 24}, {22, 46, corner}, {56, 40},
                    {80, 66}, {54, 99}, {14, 90, lift}},
    five_hat[]   = {{30, 6}, {26, 24}, {24, 44, corner}, {60, 44}, {78, 74}, {48, 100},
                    {14, 88, lift}, {30, 5}, {56, 3}, {84, 0, lift}},
    five_snake[] = {{78, 4}, {36, 8}, {28, 36}, {68, 56}, {66, 92}, {18, 94, lift}},

    six_bow[]  = {{66, 0}, {34, 30}, {18, 72}, {44, 100}, {76, 80}, {54, 54}, {22, 70, lift}},
    six_hook[] = {{76, 10}, {52, 2}, {24, 40}, {22, 84}, {52, 100}, {76, 76}, {52, 54},
                  {24, 76, lift}},

    seven_plain[] = {{14, 5}, {46, 4}, {82, 2, corner}, {60, 48}, {44, 100, lift}},
    seven_bar[]   = {{14, 6}, {46, 4}, {80, 4, corner}, {58, 50}, {42, 100, lift}, {30, 52},
                     {76, 48, lift}},
    seven_hook[]  = {{14, 24}, {18, 4, corner}, {48, 8}, {82, 4, corner}, {58, 44},
                     {50, 100, lift}},

    eight_snake[] = {{74, 16}, {48, 0}, {24, 20}, {50, 46}, {78, 76}, {48, 100}, {20, 76},
                     {48, 48}, {76, 14, lift}},
    eight_rings[] = {{50, 47}, {26, 24}, {50, 0}, {74, 23}, {50, 47}, {20, 75}, {50, 100},
                     {80, 74}, {52, 48, lift}},

    nine_stick[] = {{74, 14}, {48, 0}, {22, 26}, {44, 48}, {74, 18, corner}, {72, 56},
                    {68, 100, lift}},
    nine_curl[]  = {{72, 18}, {46, 0}, {22, 26}, {46, 50}, {74, 22}, {74, 64}, {52, 98},
                    {22, 90, lift}};
// clang-format on

using Glyph = std::span<const PenPoint>;

/// The manners of writing each digit; all of one digit are equally likely.
struct Manners {
  std::array<Glyph, 3> glyphs;
  uint64_t count;
};
constexpr std::array<Manners, 10> alphabet = {{
    {{zero_oval, zero_hook}, 2},
    {{one_bar, one_flag, one_foot}, 3},
    {{two_flat, two_loop}, 2},
    {{three_round, three_flat}, 2},
    {{four_open, four_closed, four_cup}, 3},
    {{five_angle, five_hat, five_snake}, 3},
    {{six_bow, six_hook}, 2},
    {{seven_plain, seven_bar, seven_hook}, 3},
    {{eight_snake, eight_rings}, 2},
    {{nine_stick, nine_curl}, 2},
}};

// ---- the hand ---------------------------------------------------------------------------------

struct Point {
  double x, y;
};
Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
Point operator*(double s, Point a) { return {s * a.x, s * a.y}; }
double dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }

/// The curve the pen draws, as short straight pieces from each step to the next.
struct Step {
  Point at;
  double radius;    // half the width of the line
  bool pen_lifted;  // no line from here to the next step
};
using Path = std::vector<Step>;

/// How one writer's letters are shaped: slanted, stretched, turned and bent about (0, 0).
class Warp {
 public:
  explicit Warp(Random& random) {
    slant_ = 0.10 + 0.24 * random.bell();
    stretch_ = 1 + 0.14 * random.bell();
    turn_ = 0.06 * random.bell();
    for (double& b : bend_) b = 0.17 * random.bell();
  }
  Point operator()(Point p) const {
    // Quadratic bends: what elastic distortion is at the scale of a whole digit.
    const double xx = p.x * p.x, xy = p.x * p.y, yy = p.y * p.y;
    p = {p.x + bend_[0] * xx + bend_[1] * xy + bend_[2] * yy,
         p.y + bend_[3] * xx + bend_[4] * xy + bend_[5] * yy};
    p.x = stretch_ * p.x - slant_ * p.y;
    // Rotation by the angle whose half has the tangent t: the circle without sin and cos.
    const double t = turn_, norm = 1 / (1 + t * t);
    const double cosine = (1 - t * t) * norm, sine = 2 * t * norm;
    return {cosine * p.x - sine * p.y, sine * p.x + cosine * p.y};
  }

 private:
  double slant_, stretch_, turn_;
  std::array<double, 6> bend_;
};

/// Width of the line along a stroke: a parabola through three pressures.
struct Pressure {
  double start, middle, end;
  double at(double t) const {
    const double u = 1 - t;
    return u * (u - t) * start + 4 * u * t * middle + t * (t - u) * end;
  }
};

/// The point at t in [0, 1] of the cubic from p to q with these tangents at its ends (Hermite).
Point hermite(Point p, Point p_tangent, Point q, Point q_tangent, double t) {
  const double u = 1 - t;
  return u * u * (1 + 2 * t) * p + t * u * u * p_tangent + t * t * (1 + 2 * u) * q -
         (t * t * u) * q_tangent;
}

/// Moves the pen from point `first` of the glyph to point `last`, where it is lifted. The tangent
/// at a smooth point is that of Catmull and Rom (1974): along the line between its neighbours.
void draw_stroke(Path& path, Glyph glyph, const std::vector<Point>& points, size_t first,
                 size_t last, const Pressure& pressure) {
  constexpr int pieces = 6;  // between two points of the glyph
  path.push_back({points[first], pressure.at(0), false});
  for (size_t i = first; i < last; ++i) {
    const Point p = points[i], q = points[i + 1], chord = q - p;
    const bool smooth_p = i > first && glyph[i].pen == smooth;
    const bool smooth_q = glyph[i + 1].pen == smooth;
    Point p_tangent = chord, q_tangent = chord;
    if (smooth_p) p_tangent = 0.5 * (q - points[i - 1]);
    if (smooth_q) q_tangent = 0.5 * (points[i + 2] - p);
    // At an end or a corner: the tangent that makes the curve a parabola, not stiff.
    if (smooth_q && !smooth_p) p_tangent = 2 * chord - q_tangent;
    if (smooth_p && !smooth_q) q_tangent = 2 * chord - p_tangent;
    for (int k = 1; k <= pieces; ++k) {
      const double t = static_cast<double>(k) / pieces;
      const double way = (static_cast<double>(i - first) + t) / static_cast<double>(last - first);
      path.push_back({hermite(p, p_tangent, q, q_tangent, t), pressure.at(way), false});
    }
  }
  path.back().pen_lifted = true;
}

Path write_glyph(Glyph glyph, Random& random) {
  constexpr double shake = 0.022;
  const Warp warp(random);
  std::vector<Point> points;
  for (const PenPoint& pen_point : glyph) {
    Point p = {(pen_point.x - 50) * 0.01, (pen_point.y - 50) * 0.01};
    p.x += shake * random.bell();
    p.y += shake * random.bell();
    points.push_back(warp(p));
  }

  Path path;
  const double radius = random.uniform(0.9, 1.75);
  size_t first = 0;
  for (size_t i = 0; i < glyph.size(); ++i) {
    if (glyph[i].pen != lift) continue;
    Pressure pressure;
    pressure.start = radius * random.uniform(0.75, 1.1);
    pressure.middle = radius * random.uniform(0.9, 1.1);
    pressure.end = radius * random.uniform(0.6, 1.1);
    draw_stroke(path, glyph, points, first, i, pressure);
    first = i + 1;
  }
  return path;
}

// ---- the paper --------------------------------------------------------------------------------

/// Scales the path into MNIST's box of 20 pixels and moves its centre of mass to the middle of the
/// image; both only nearly, for no two collections of scans agree.
void place_on_paper(Path& path, Random& random) {
  Point low = path[0].at, high = low;
  Point moment = {0, 0};
  double mass = 0;
  for (size_t i = 0; i < path.size(); ++i) {
    const Step& step = path[i];
    low = {std::min(low.x, step.at.x), std::min(low.y, step.at.y)};
    high = {std::max(high.x, step.at.x), std::max(high.y, step.at.y)};
    if (step.pen_lifted) continue;
    const Point piece = path[i + 1].at - step.at;
    const double weight = step.radius * std::sqrt(dot(piece, piece));
    moment = moment + weight * (step.at + 0.5 * piece);
    mass += weight;
  }
  const Point centre_of_mass = (1 / mass) * moment;
  const double scale = random.uniform(15.0, 17.5) / std::max(high.x - low.x, high.y - low.y);
  Point centre = {0.5 * (digit_side - 1), 0.5 * (digit_side - 1)};
  centre.x += random.bell();
  centre.y += random.bell();
  for (Step& step : path) step.at = centre + scale * (step.at - centre_of_mass);
}

/// Image in [0, 1], row by row.
using Canvas = std::array<double, static_cast<size_t>(digit_pixels)>;

/// Marks one straight piece with a round brush whose edge is `softness` pixels wide.
void ink_piece(Canvas& canvas, const Step& a, const Step& b, double softness) {
  const double reach = std::max(a.radius, b.radius) + 0.5 * softness;
  const auto first = [&](double p, double q) {
    return std::max(0, static_cast<int>(std::ceil(std::min(p, q) - reach)));
  };
  const auto last = [&](double p, double q) {
    return std::min(static_cast<int>(digit_side) - 1,
                    static_cast<int>(std::floor(std::max(p, q) + reach)));
  };
  const Point piece = b.at - a.at;
  const double per_length = 1 / std::max(dot(piece, piece), 1e-12), per_softness = 1 / softness;
  const int x_first = first(a.at.x, b.at.x), x_last = last(a.at.x, b.at.x);
  const int y_last = last(a.at.y, b.at.y);
  for (int y = first(a.at.y, b.at.y); y <= y_last; ++y) {
    double* row = &canvas[static_cast<size_t>(y * digit_side)];
    for (int x = x_first; x <= x_last; ++x) {
      // Distance from the pixel's middle to the nearest point of the piece.
      const Point from_a = Point{static_cast<double>(x), static_cast<double>(y)} - a.at;
      const double t = std::clamp(dot(from_a, piece) * per_length, 0.0, 1.0);
      const Point gap = from_a - t * piece;
      const double radius = a.radius + t * (b.radius - a.radius);
      const double depth = (radius - std::sqrt(dot(gap, gap))) * per_softness + 0.5;
      const double d = std::clamp(depth, 0.0, 1.0);
      row[x] = std::max(row[x], d * d * (3 - 2 * d));
    }
  }
}

void ink(const Path& path, Random& random, std::span<uint8_t, digit_pixels> pixels) {
  Canvas canvas{};
  const double softness = random.uniform(1.0, 2.0);
  for (size_t i = 0; i < path.size(); ++i) {
    if (!path[i].pen_lifted) ink_piece(canvas, path[i], path[i + 1], softness);
  }
  const double blackness = random.uniform(0.85, 1.1);
  for (size_t i = 0; i < pixels.size(); ++i) {
    const double grain = 1 + 0.06 * random.bell();
    const double grey = std::min(1.0, blackness * grain * canvas[i]);
    pixels[i] = static_cast<uint8_t>(255 * grey + 0.5);
  }
}

}  // namespace

uint8_t draw_stroke_digit(uint64_t seed, int64_t index, std::span<uint8_t, digit_pixels> pixels) {
  check_value(index >= 0, "draw_stroke_digit: index must not be negative, got ", index);
  Random random(seed, static_cast<uint64_t>(index));
  const uint64_t label = random.below(10);
  const Manners& manners = alphabet[label];
  const Glyph glyph = manners.glyphs[random.below(manners.count)];

  Path path = write_glyph(glyph, random);
  place_on_paper(path, random);
  ink(path, random, pixels);
  return static_cast<uint8_t>(label);
}

DigitImages draw_stroke_digits(int64_t count, uint64_t seed) {
  constexpr int64_t most = 10'000'000;
  check_value(count >= 0 && count <= most, "draw_stroke_digits: count must lie in [0, ", most,
              "], got ", count);
  DigitImages images;
  images.pixels.resize(static_cast<size_t>(count * digit_pixels));
  images.labels.resize(static_cast<size_t>(count));
  for (int64_t i = 0; i < count; ++i) {
    const std::span<uint8_t, digit_pixels> pixels(images.pixels.data() + i * digit_pixels,
                                                  static_cast<size_t>(digit_pixels));
    images.labels[static_cast<size_t>(i)] = draw_stroke_digit(seed, i, pixels);
  }
  return images;
}

}  // namespace cutaway::io
