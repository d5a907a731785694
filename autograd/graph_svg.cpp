// SPDX-License-Identifier: MIT
//
// The graph as an SVG picture: boxes and lines where graph_layout.cpp puts them. Nothing is loaded
// from elsewhere. Letters are of a monospaced font, so that their width is known beforehand.
#include <algorithm>
#include <cmath>

#include "graph.h"
#include "graph_layout.h"

namespace cutaway::inline v0_1::autograd {
namespace {

constexpr double kLetter = 7;  // advance of an 11 px monospaced font, rounded up
constexpr double kLine = 16;   // from one line of text to the next
constexpr double kPadding = 10;
constexpr double kHeader = 40;  // for the title of the picture and the legend

constexpr const char* kStyle = R"(<style>
  text { font: 11px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #1f2933; }
  .title { font-size: 15px; font-weight: bold; }
  .name { font-weight: bold; }
  .shape, .number, .hint { fill: #52606d; }
  .saved { fill: #8a4b08; }
  .tag { fill: #fdecd2; stroke: #f0b860; stroke-width: 0.8; }
  rect.box { stroke-width: 1.2; }
  .op rect.box { fill: #ffffff; stroke: #7b8794; }
  .leaf rect.box { fill: #dcecfd; stroke: #3b82c4; }
  .accumulate rect.box { fill: #eceff3; stroke: #a5b0bd; }
  .output rect.box { fill: #d8f3df; stroke: #2f9e56; }
  .line { fill: none; stroke: #8796a6; stroke-width: 1.3; }
</style>
<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7"
  orient="auto"><path d="M0 0.8 L8 4 L0 7.2 Z" fill="#8796a6"/></marker></defs>
)";

/// Safe between tags and in attributes; control characters, which XML forbids, become spaces.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char letter : text) {
    switch (letter) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      default:
        result += static_cast<unsigned char>(letter) < 0x20 ? ' ' : letter;
    }
  }
  return result;
}

/// To a tenth of a pixel.
double tenth(double value) { return std::round(value * 10) / 10; }
template <class... Parts>
std::string drawn(const Parts&... parts) {
  const auto shorter = [](const auto& part) {
    if constexpr (std::is_same_v<std::decay_t<decltype(part)>, double>)
      return tenth(part);
    else
      return std::string_view(part);
  };
  return join(shorter(parts)...);
}

/// Letters of UTF-8 text: bytes that begin one.
double width_of(std::string_view text) {
  const auto letters = std::count_if(text.begin(), text.end(), [](char letter) {
    return (static_cast<unsigned char>(letter) & 0xC0) != 0x80;
  });
  return kLetter * static_cast<double>(letters);
}

const char* class_of(GraphCard::Kind kind) {
  constexpr const char* names[] = {"leaf", "accumulate", "op", "output"};
  return names[static_cast<size_t>(kind)];
}

std::string number_of(const GraphCard& card) {
  return card.kind == GraphCard::Kind::Op ? join("#", card.sequence_nr) : "";
}

LayoutNode size_of(const GraphCard& card) {
  double width = width_of(card.title) +
                 (card.kind == GraphCard::Kind::Op ? kLetter * 2 + width_of(number_of(card)) : 0);
  for (const std::string& text : card.shapes) width = std::max(width, width_of(text));
  for (const std::string& text : card.saved) {
    width = std::max(width, width_of(text) + 6 * kLetter + 4);
  }
  const size_t lines = 1 + card.shapes.size() + card.saved.size();
  const double space = card.saved.empty() ? 0 : 4;
  return {width + 2 * kPadding, kLine * static_cast<double>(lines) + space + 8};
}

std::string text_at(double x, double y, const char* style, std::string_view text,
                    const char* anchor = "start") {
  return drawn("<text class=\"", style, "\" x=\"", x, "\" y=\"", y, "\" text-anchor=\"", anchor,
               "\">", escaped(text), "</text>\n");
}

std::string draw_card(const GraphCard& card, const LayoutNode& place) {
  const double left = place.center.x - place.width / 2, top = place.center.y - place.height / 2;
  const double right = left + place.width, text = left + kPadding;
  std::string svg =
      drawn("<g class=\"", class_of(card.kind), "\">\n<rect class=\"box\" x=\"", left, "\" y=\"",
            top, "\" width=\"", place.width, "\" height=\"", place.height, "\" rx=\"7\"/>\n");
  double y = top + kLine;
  svg += text_at(text, y, "name", card.title);
  if (card.kind == GraphCard::Kind::Op) {
    svg += text_at(right - kPadding, y, "number", number_of(card), "end");
  }
  for (const std::string& shape : card.shapes) {
    svg += text_at(text, y += kLine, "shape", shape);
  }
  y += 4;
  for (const std::string& saved : card.saved) {
    y += kLine;
    svg += drawn("<rect class=\"tag\" x=\"", text - 4, "\" y=\"", y - 11.5, "\" width=\"",
                 5 * kLetter + 6, "\" height=\"14\" rx=\"3\"/>\n");
    svg += text_at(text, y - 0.5, "saved", "saved");
    svg += text_at(text + 6 * kLetter + 2, y - 0.5, "saved", saved);
  }
  return svg + "</g>\n";
}

/// A curve through the points that leaves and meets them straight down.
std::string draw_line(const LayoutEdge& edge, const GraphCard& from, const GraphCard& to,
                      const std::string& label) {
  const std::vector<Point>& points = edge.points;
  std::string path = drawn("M", points[0].x, " ", points[0].y);
  for (size_t i = 1; i < points.size(); ++i) {
    const Point &a = points[i - 1], &b = points[i];
    const double middle = (a.y + b.y) / 2;
    path += drawn(" C", a.x, " ", middle, " ", b.x, " ", middle, " ", b.x, " ", b.y);
  }
  std::string svg = drawn("<path class=\"line\" marker-end=\"url(#arrow)\" d=\"", path,
                          "\"><title>", escaped(from.title), label.empty() ? "" : ", output ",
                          label, " to ", escaped(to.title), "</title></path>\n");
  if (!label.empty()) svg += text_at(points.back().x + 6, points.back().y - 3, "hint", label);
  return svg;
}

/// The title, and what the colours mean.
std::string draw_header(const std::string& title, double& width) {
  std::string svg = text_at(28, 26, "title", title);
  double x = 28 + 1.4 * width_of(title) + (title.empty() ? 0 : 24);
  const auto swatch = [&](const char* kind, std::string_view text) {
    svg += drawn("<g class=\"", kind, "\"><rect class=\"box\" x=\"", x,
                 "\" y=\"16\" width=\"14\" height=\"12\" rx=\"3\"/></g>\n");
    svg += text_at(x + 20, 26, "hint", text);
    x += 20 + width_of(text) + 18;
  };
  swatch("leaf", "leaf");
  swatch("accumulate", "adds to the leaf's grad");
  swatch("op", "node of an op");
  swatch("output", "output");
  const std::string_view hint = "data flows down, backward() goes up";
  svg += text_at(x, 26, "hint", hint);
  width = std::max(width, x + width_of(hint) + 28);
  return svg;
}

}  // namespace

std::string make_svg(TensorList outputs, const GraphPictureOptions& options) {
  const GraphCards graph = collect_graph(outputs, options);
  std::vector<LayoutNode> boxes;
  std::vector<LayoutEdge> edges;
  for (const GraphCard& card : graph.cards) boxes.push_back(size_of(card));
  for (const GraphLine& line : graph.lines) edges.push_back({line.from, line.to});
  const Point size = lay_out(boxes, edges);

  double width = size.x;
  const std::string header = draw_header(options.title, width);
  const double height = size.y + kHeader;
  std::string svg =
      drawn("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"", width, "\" height=\"", height,
            "\" viewBox=\"0 0 ", width, " ", height, "\">\n", "<title>",
            escaped(options.title.empty() ? "graph" : options.title), "</title>\n", kStyle,
            "<rect width=\"100%\" height=\"100%\" fill=\"#fbfcfd\"/>\n", header);
  svg += drawn("<g transform=\"translate(", (width - size.x) / 2, " ", kHeader, ")\">\n");
  for (size_t i = 0; i < edges.size(); ++i) {
    const GraphLine& line = graph.lines[i];
    svg += draw_line(edges[i], graph.cards[line.from], graph.cards[line.to], line.label);
  }
  for (size_t i = 0; i < graph.cards.size(); ++i) svg += draw_card(graph.cards[i], boxes[i]);
  return svg + "</g>\n</svg>\n";
}

}  // namespace cutaway::autograd
