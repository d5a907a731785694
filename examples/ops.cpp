// SPDX-License-Identifier: MIT
//
// The catalogue as a list: every op of the library with its schema, who serves it, and whether
// gradients flow through it.
//
//     make ops                         all of them
//     make ops ARGS=max                those with "max" in their name
//     make ops ARGS="'scatter*'"       those that begin with "scatter"
//
// The list is the library's own table (tensor/catalogue.h), which Python's functions and the tests
// are made from, too.
//
// PyTorch counterpart: torch.ops.aten, native_functions.yaml.
#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "../tensor/all.h"
#include "shared/command_line.h"

using namespace cutaway;
using namespace cutaway::examples;

namespace {

/// Whether all of `name` fits `pattern`, where * stands for any text and ? for any letter.
bool fits(std::string_view name, std::string_view pattern) {
  if (pattern.empty()) return name.empty();
  if (pattern[0] == '*') {
    return fits(name, pattern.substr(1)) || (!name.empty() && fits(name.substr(1), pattern));
  }
  if (name.empty() || (pattern[0] != '?' && pattern[0] != name[0])) return false;
  return fits(name.substr(1), pattern.substr(1));
}

const char* served_by(const OpBase& op) {
  if (op.is_composite()) return "made of other ops";
  return op.is_differentiable() ? "a kernel for CPU and a gradient"
                                : "a kernel for CPU, no gradient";
}

void list_ops(CommandLine& flags) {
  const std::string pattern =
      flags.word("PATTERN", "a part of the name, or all of it with * for any text");
  flags.finish();

  std::vector<const OpBase*> found;
  const bool is_part = pattern.find_first_of("*?") == std::string::npos;
  for (const OpBase* op : all_ops()) {
    if (fits(op->name(), is_part ? "*" + pattern + "*" : pattern)) found.push_back(op);
  }
  std::ranges::sort(found, {}, &OpBase::name);
  for (const OpBase* op : found) std::printf("%s\n    %s\n", op->schema(), served_by(*op));
  std::printf("%zu of %lld ops\n", found.size(), static_cast<long long>(all_ops().size()));
}

}  // namespace

int main(int argc, char** argv) {
  return run_program(argc, argv, "Lists the ops of the library.", list_ops);
}
