// SPDX-License-Identifier: MIT
//
// Tensors as text: what Python's repr(tensor) shows, character for character.
//
//     std::cout << tensor({{1, 2.5}, {3, 4}});      tensor([[1.0000, 2.5000],
//                                                           [3.0000, 4.0000]])
//
// All numbers of one tensor are written in one style and one width. Of a tensor with more than
// `threshold` elements only the `edgeitems` at either end of each dimension are shown, and only
// those are read, so a tensor of any size prints at once.
//
// Promise: the same text in every locale; safe to call from several threads, each call using the
// options as they were when it began. The undefined tensor prints as "[ Tensor (undefined) ]", as
// in PyTorch's C++. PyTorch counterpart: torch/_tensor_str.py, torch.set_printoptions. Different on
// purpose: options that make no sense are errors here. Left out: sparse and complex tensors.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "tensor.h"

namespace cutaway::inline v0_1 {

/// How tensors are written.
struct PrintOptions {
  int precision = 4;               ///< digits after the point, 0 to 1074 (a double has no more)
  int64_t threshold = 1000;        ///< a tensor of more elements than this is summarised
  int64_t edgeitems = 3;           ///< shown at either end of a summarised dimension
  int linewidth = 80;              ///< where rows are broken
  std::optional<bool> sci_mode{};  ///< whether to write 1.0000e+03; where not said, as values need
};

/// The text of `tensor` under the options of set_printoptions.
std::string to_string(const Tensor& tensor);
/// The text of `tensor` under these options: to_string(x, {.precision = 2}).
std::string to_string(const Tensor& tensor, const PrintOptions& options);
std::ostream& operator<<(std::ostream& stream, const Tensor& tensor);

/// Ready-made options. Default: those above. Short: precision 2 and edgeitems 2. Full: no summary.
enum class PrintProfile : uint8_t { Default, Short, Full };

/// What set_printoptions shall change.
struct PrintOptionsChange {
  std::optional<int> precision{};
  std::optional<int64_t> threshold{};
  std::optional<int64_t> edgeitems{};
  std::optional<int> linewidth{};
  std::optional<PrintProfile> profile{};  ///< applied first: the others may refine it
  std::optional<bool> sci_mode{};
};

/// Changes, for all threads, what is named: set_printoptions({.precision = 2}). As in PyTorch,
/// sci_mode returns to "as values need" where it is not named. Throws ValueError.
void set_printoptions(const PrintOptionsChange& change);
PrintOptions get_printoptions();

/// set_printoptions for the rest of a block: PrintOptionsGuard guard({.threshold = 20});
/// PyTorch counterpart: `with torch.printoptions(threshold=20)`.
class PrintOptionsGuard {
 public:
  explicit PrintOptionsGuard(const PrintOptionsChange& change);
  ~PrintOptionsGuard();
  PrintOptionsGuard(const PrintOptionsGuard&) = delete;
  PrintOptionsGuard& operator=(const PrintOptionsGuard&) = delete;

 private:
  PrintOptions before_;
};

}  // namespace cutaway
