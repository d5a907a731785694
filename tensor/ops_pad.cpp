// SPDX-License-Identifier: MIT
#include "ops_pad.h"

#include <algorithm>

#include "catalogue.h"
#include "factories.h"
#include "memory_format.h"
#include "ops_copy.h"
#include "ops_index.h"
#include "views.h"

namespace cutaway::inline v0_1 {
namespace {

enum class Mode { Reflect, Replicate, Circular };

/// Which element of a line of `size` elements stands at place i of the padded line, whose element 0
/// is at place 0 too (places before it are negative).
int64_t source_of(int64_t i, int64_t size, Mode mode) {
  if (mode == Mode::Replicate) return std::clamp<int64_t>(i, 0, size - 1);
  if (mode == Mode::Circular) return i < 0 ? i + size : i >= size ? i - size : i;
  if (i < 0) i = -i;
  return i < size ? i : 2 * (size - 1) - i;
}

/// Pads dimension `dim` by picking slices: the gradient is index_select's.
Tensor pad_dim(const Tensor& self, int64_t dim, int64_t before, int64_t after, Mode mode) {
  const int64_t size = self.sizes()[dim];
  const Tensor places = empty({std::max<int64_t>(size + before + after, 0)}, kInt64);
  for (int64_t i = 0; i < places.numel(); ++i) {
    places.data<int64_t>()[i] = source_of(i - before, size, mode);
  }
  return index_select(self, dim, places);
}

/// What reflect and replicate ask: a batch may be empty, nothing else.
void check_not_empty(const Tensor& self, int64_t padded_dims) {
  bool valid = true;
  const int64_t first = self.dim() == padded_dims + 2 ? 1 : 0;
  for (int64_t d = first; d < self.dim(); ++d) valid = valid && self.sizes()[d] != 0;
  check(valid, "Expected ", padded_dims + 1, "D or ", padded_dims + 2,
        "D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, "
        "but got: ",
        self.sizes());
}

void check_dim(const Tensor& self, int64_t dim, int64_t place, int64_t before, int64_t after,
               Mode mode) {
  const int64_t size = self.sizes()[dim];
  if (mode == Mode::Reflect) {
    check(
        before < size && after < size, "Argument #", 4 + 2 * place,
        ": Padding size should be less than the corresponding input dimension, but got: padding (",
        before, ", ", after, ") at dimension ", dim, " of input ", self.sizes());
  } else if (mode == Mode::Circular) {
    check(before <= size && after <= size, "Padding value causes wrapping around more than once.");
    check(before + after + size >= 0, "Negative padding value is resulting in an empty dimension");
  }
}

Tensor pad_by(const Tensor& self, IntArrayRef pad, Mode mode) {
  const int64_t count = pad.size() / 2;
  const bool is_served = count >= 1 && count <= 3 && pad.size() % 2 == 0 &&
                         (self.dim() == count + 1 || self.dim() == count + 2);
  check_implemented(is_served, "Padding size ", pad.size(), " is not supported for ", self.dim(),
                    "D input tensor.");
  if (mode != Mode::Circular) check_not_empty(self, count);
  const char* kernel = mode == Mode::Reflect ? "reflection_pad" : "replication_pad";
  check_implemented(mode == Mode::Circular || self.dtype() != kBool, "\"", kernel, count,
                    "d\" not implemented for 'Bool'");
  for (int64_t i = 0; i < count; ++i) {
    check_dim(self, self.dim() - 1 - i, i, pad[2 * i], pad[2 * i + 1], mode);
  }
  // index_select's results are contiguous: for channels last in memory they are moved to the end.
  const bool channels_last =
      mode != Mode::Circular && is_channels_last(self.sizes(), self.strides());
  Tensor result = channels_last ? self.movedim(1, -1) : self;
  for (int64_t i = 0; i < count; ++i) {
    const int64_t dim_of_self = self.dim() - 1 - i;
    const int64_t moved = dim_of_self == 1 ? self.dim() - 1 : dim_of_self - 1;
    const int64_t dim = channels_last && dim_of_self > 0 ? moved : dim_of_self;
    int64_t before = pad[2 * i], after = pad[2 * i + 1];
    if (mode == Mode::Circular) {  // what is cut off does not come in at the other end
      const int64_t cut = std::max<int64_t>(-before, 0) + std::max<int64_t>(-after, 0);
      result = narrow(result, dim, std::max<int64_t>(-before, 0), result.sizes()[dim] - cut);
      before = std::max<int64_t>(before, 0);
      after = std::max<int64_t>(after, 0);
    }
    result = pad_dim(result, dim, before, after, mode);
  }
  return channels_last ? result.movedim(-1, 1).clone() : result;  // laid out so, and no view
}

}  // namespace

Tensor constant_pad_nd(const Tensor& self, IntArrayRef pad, const Scalar& value) {
  check(pad.size() % 2 == 0, "Length of pad must be even but instead it equals ", pad.size());
  check(pad.size() / 2 <= self.dim(),
        "Length of pad should be no more than twice the number of dimensions of the input. Pad "
        "length is ",
        pad.size(), "while the input has ", self.dim(), "dimensions.");
  for (int64_t i = 0; i < pad.size() / 2; ++i) {
    const int64_t cut = std::min<int64_t>(pad[2 * i], 0) + std::min<int64_t>(pad[2 * i + 1], 0);
    check(self.sizes()[self.dim() - 1 - i] + cut >= 0, "narrow(): length must be non-negative.");
  }
  return op::constant_pad_nd(self, pad, value);
}

Tensor pad(const Tensor& self, IntArrayRef pad, std::string_view mode,
           std::optional<double> value) {
  check(pad.size() % 2 == 0, "Padding length must be divisible by 2");
  check(pad.size() <= 2 * self.dim(),
        "Padding length should be less than or equal to two times the input dimension but got "
        "padding length ",
        pad.size(), " and input of dimension ", self.dim());
  if (mode == "constant") return constant_pad_nd(self, pad, value.value_or(0.0));
  check(!value || *value == 0, "Padding mode \"", mode, "\" doesn't take in value argument");
  if (mode == "reflect") return pad_by(self, pad, Mode::Reflect);
  if (mode == "replicate") return pad_by(self, pad, Mode::Replicate);
  check_implemented(mode == "circular", "Unrecognised padding mode ", mode);
  return pad_by(self, pad, Mode::Circular);
}

}  // namespace cutaway
