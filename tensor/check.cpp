// SPDX-License-Identifier: MIT
#include "check.h"

#include <charconv>

namespace cutaway::inline v0_1 {

Error::Error(std::string message, SourceLine where)
    : message_(std::move(message)), what_(join(message_, " [", where.file, ":", where.line, "]")) {}

namespace detail {

void append(std::string& out, std::string_view part) { out += part; }
void append(std::string& out, char part) { out += part; }
void append(std::string& out, bool part) { out += part ? "True" : "False"; }

template <class Number>
static void append_number(std::string& out, Number part) {
  char text[32];
  const std::to_chars_result end = std::to_chars(text, text + sizeof text, part);
  out.append(text, end.ptr);
}
void append(std::string& out, double part) { append_number(out, part); }
void append(std::string& out, long long part) { append_number(out, part); }
void append(std::string& out, unsigned long long part) { append_number(out, part); }

}  // namespace detail
}  // namespace cutaway
