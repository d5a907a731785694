// SPDX-License-Identifier: MIT
#include "container.h"

#include <cstddef>

#include "../tensor/check.h"

namespace cutaway::inline v0_1::nn {

const std::shared_ptr<Module>& ModuleList::operator[](int64_t index) const {
  check_index(-size() <= index && index < size(), "index ", index, " is out of range");
  return modules_[static_cast<size_t>(index < 0 ? index + size() : index)];
}

std::string ModuleList::repr() const {
  std::string lines;
  for (size_t first = 0; first < modules_.size();) {
    const std::string text = modules_[first]->repr();
    size_t last = first;
    while (last + 1 < modules_.size() && modules_[last + 1]->repr() == text) ++last;
    lines += first == last ? join("\n(", first, "): ", text)
                           : join("\n(", first, "-", last, "): ", last - first + 1, " x ", text);
    first = last + 1;
  }
  return name() + "(" + (lines.empty() ? "" : indented(lines) + "\n") + ")";
}

Tensor Sequential::forward(const Tensor& input) {
  Tensor output = input;
  for (const std::shared_ptr<Module>& module : *this) output = (*module)(output);
  return output;
}

}  // namespace cutaway::nn
