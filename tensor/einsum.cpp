// SPDX-License-Identifier: MIT
#include "einsum.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include <vector>

#include "check.h"
#include "ops.h"
#include "ops_product.h"

namespace cutaway::inline v0_1 {
namespace {

constexpr int kEllipsis = 52;  // after the letters A-Z (0-25) and a-z (26-51)
constexpr int kLabels = 52;

using Labels = std::vector<int>;  // of one operand, dimension by dimension

bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }
int label_of(char c) { return c <= 'Z' ? c - 'A' : c - 'a' + 26; }
char letter_of(int label) { return static_cast<char>(label < 26 ? 'A' + label : 'a' + label - 26); }

void check_subscript(std::string_view equation, size_t i) {
  check(is_letter(equation[i]), "einsum(): invalid subscript given at index ", i,
        " in the equation string, subscripts must be in [a-zA-Z]");
}

bool is_ellipsis_at(std::string_view text, size_t i) { return text.substr(i, 3) == "..."; }

/// The left side: one list of labels for each operand.
std::vector<Labels> parse_operands(std::string_view equation, size_t arrow, size_t count) {
  std::vector<Labels> operands(1);
  bool has_ellipsis = false;
  for (size_t i = 0; i < arrow; ++i) {
    const char c = equation[i];
    if (c == ' ') continue;
    if (c == ',') {
      operands.emplace_back();
      has_ellipsis = false;
      check(operands.size() <= count,
            "einsum(): fewer operands were provided than specified in the equation");
    } else if (c == '.') {
      check(!has_ellipsis, "einsum(): found '.' for operand ", operands.size() - 1,
            " for which an ellipsis was already found");
      check(is_ellipsis_at(equation.substr(0, arrow), i), "einsum(): found '.' for operand ",
            operands.size() - 1, " that is not part of any ellipsis");
      operands.back().push_back(kEllipsis);
      has_ellipsis = true;
      i += 2;
    } else {
      check_subscript(equation, i);
      operands.back().push_back(label_of(c));
    }
  }
  check(operands.size() == count,
        "einsum(): more operands were provided than specified in the equation");
  return operands;
}

/// Where a label stands among the dimensions that all operands are brought to; -1 if nowhere.
struct Places {
  std::array<int64_t, kLabels> of_label;
  int64_t ellipsis = 0;  // where the dimensions under the ellipsis begin
  int64_t output_dims = 0, all_dims = 0;
};

class Equation {
 public:
  Equation(std::string_view text, TensorList tensors) : text_(text), tensors_(tensors) {
    arrow_ = std::min(text.find("->"), text.size());
    operands_ = parse_operands(text, arrow_, static_cast<size_t>(tensors.size()));
    count_labels();
    places_.of_label.fill(-1);
    if (arrow_ < text.size()) {
      place_output();
    } else {
      place_implied_output();
    }
    places_.output_dims = places_.all_dims;
    place_summed();
  }

  const Places& places() const { return places_; }

  /// Operand `index` with diagonals taken and dimensions in the common order.
  Tensor arranged(int64_t index) {
    Tensor operand = tensors_[index];
    const Labels& labels = operands_[static_cast<size_t>(index)];
    std::vector<int64_t> dim_at(static_cast<size_t>(places_.all_dims), -1);  // place -> dim
    int64_t dim = 0;
    for (const int label : labels) {
      if (label == kEllipsis) {
        const int64_t covered = tensors_[index].dim() - static_cast<int64_t>(labels.size()) + 1;
        // Under the ellipsis dimensions are aligned at the last one.
        for (int64_t i = ellipsis_dims_ - covered; i < ellipsis_dims_; ++i) {
          note_ellipsis_size(index, i, operand.size(dim));
          dim_at[static_cast<size_t>(places_.ellipsis + i)] = dim++;
        }
        continue;
      }
      int64_t& seen = dim_at[static_cast<size_t>(place(label))];
      if (seen >= 0) {
        operand = diagonal_into(operand, seen, dim, index, label);
      } else {
        note_size(index, label, operand.size(dim));
        seen = dim++;
      }
    }
    return in_order(operand, dim_at);
  }

 private:
  int64_t place(int label) const { return places_.of_label[static_cast<size_t>(label)]; }

  void count_labels() {
    for (int64_t i = 0; i < tensors_.size(); ++i) {
      const Labels& labels = operands_[static_cast<size_t>(i)];
      const bool has_ellipsis = std::count(labels.begin(), labels.end(), kEllipsis) > 0;
      const int64_t letters = static_cast<int64_t>(labels.size()) - (has_ellipsis ? 1 : 0);
      const int64_t rank = tensors_[i].dim();
      check(has_ellipsis ? letters <= rank : letters == rank,
            "einsum(): the number of subscripts in the equation (", letters,
            has_ellipsis ? ") is more than the number of dimensions ("
                         : ") does not match the number of dimensions (",
            rank, ") for operand ", i, has_ellipsis ? "" : " and no ellipsis was given");
      if (has_ellipsis) ellipsis_dims_ = std::max(ellipsis_dims_, rank - letters);
      for (const int label : labels)
        if (label != kEllipsis) ++occurrences_[static_cast<size_t>(label)];
    }
  }

  void place_label(int label) { places_.of_label[static_cast<size_t>(label)] = places_.all_dims++; }
  void place_ellipsis() {
    places_.ellipsis = places_.all_dims;
    places_.all_dims += ellipsis_dims_;
  }

  void place_output() {
    bool has_ellipsis = false;
    for (size_t i = arrow_ + 2; i < text_.size(); ++i) {
      const char c = text_[i];
      if (c == ' ') continue;
      if (c == '.') {
        check(!has_ellipsis,
              "einsum(): found '.' for output but an ellipsis (...) was already found");
        check(is_ellipsis_at(text_, i),
              "einsum(): found '.' for output that is not part of any ellipsis (...)");
        has_ellipsis = true;
        place_ellipsis();
        i += 2;
        continue;
      }
      check_subscript(text_, i);
      const int label = label_of(c);
      check(occurrences_[static_cast<size_t>(label)] > 0, "einsum(): output subscript ", c,
            " does not appear in the equation for any input operand");
      check(place(label) < 0, "einsum(): output subscript ", c,
            " appears more than once in the output");
      place_label(label);
    }
    ellipsis_is_placed_ = has_ellipsis;
  }

  void place_implied_output() {
    place_ellipsis();
    ellipsis_is_placed_ = true;
    for (int label = 0; label < kLabels; ++label)
      if (occurrences_[static_cast<size_t>(label)] == 1) place_label(label);
  }

  void place_summed() {
    if (!ellipsis_is_placed_) place_ellipsis();
    for (int label = 0; label < kLabels; ++label)
      if (occurrences_[static_cast<size_t>(label)] > 0 && place(label) < 0) place_label(label);
    sizes_.assign(static_cast<size_t>(places_.all_dims), 1);
  }

  void note_size(int64_t index, int label, int64_t size) {
    int64_t& seen = sizes_[static_cast<size_t>(place(label))];
    check(seen == size || seen == 1 || size == 1, "einsum(): subscript ", letter_of(label),
          " has size ", size, " for operand ", index,
          " which does not broadcast with previously seen size ", seen);
    if (size != 1) seen = size;
  }

  void note_ellipsis_size(int64_t index, int64_t i, int64_t size) {
    int64_t& seen = sizes_[static_cast<size_t>(places_.ellipsis + i)];
    check(seen == size || seen == 1 || size == 1, "einsum(): dimension ", i,
          " covered by ellipsis in operand ", index, "has size ", size,
          " which does not broadcast with previously seen ellipsis with size ", seen,
          " for the respective dimension");
    if (size != 1) seen = size;
  }

  /// Dimensions `kept` and `gone` become one, their diagonal, in the place of `kept`.
  static Tensor diagonal_into(const Tensor& x, int64_t kept, int64_t gone, int64_t index,
                              int label) {
    check(x.size(kept) == x.size(gone), "einsum(): subscript ", letter_of(label),
          " is repeated for operand ", index, " but the sizes don't match, ", x.size(gone),
          " != ", x.size(kept));
    return x.diagonal(0, kept, gone).movedim(-1, kept);
  }

  static Tensor in_order(const Tensor& operand, const std::vector<int64_t>& dim_at) {
    DimVector order;
    Tensor result = operand;
    for (const int64_t dim : dim_at) {
      order.push_back(dim >= 0 ? dim : result.dim());
      if (dim < 0) result = result.unsqueeze(-1);
    }
    return result.permute(order);
  }

  std::string_view text_;
  TensorList tensors_;
  size_t arrow_ = 0;
  std::vector<Labels> operands_;
  std::array<int, kLabels> occurrences_ = {};
  int64_t ellipsis_dims_ = 0;
  bool ellipsis_is_placed_ = false;
  Places places_;
  std::vector<int64_t> sizes_;  // of each place, as seen so far
};

}  // namespace

// Dimensions fall into four kinds: shared and kept (the batch of the bmm), of the left alone, of
// the right alone, and summed. A dimension of size 1 in one operand is of the other alone; one that
// is to be summed and stands in one operand only is summed there first.
Tensor sum_product(const Tensor& left_in, const Tensor& right_in, IntArrayRef dims_to_sum,
                   bool keepdim) {
  Tensor left = left_in, right = right_in;
  DimVector batch, left_only, right_only, summed, sizes;
  int64_t batch_size = 1, left_size = 1, right_size = 1, sum_size = 1;
  for (int64_t dim = 0; dim < left.dim(); ++dim) {
    const bool in_left = left.sizes()[dim] != 1, in_right = right.sizes()[dim] != 1;
    const bool is_summed = std::count(dims_to_sum.begin(), dims_to_sum.end(), dim) > 0;
    if (is_summed) {
      if (in_left && in_right) {
        check(left.size(dim) == right.size(dim), "non-broadcast dimensions must match");
        summed.push_back(dim);
        sum_size *= left.size(dim);
      } else if (in_left) {
        left = left.sum(dim, true, left.dtype());
      } else if (in_right) {
        right = right.sum(dim, true, right.dtype());
      }
    } else if (in_left && in_right) {
      check(left.size(dim) == right.size(dim), "non-broadcast dimensions must match");
      batch.push_back(dim);
      batch_size *= left.size(dim);
    } else if (in_left) {
      left_only.push_back(dim);
      left_size *= left.size(dim);
    } else {
      right_only.push_back(dim);
      right_size *= right.size(dim);
    }
  }

  // Nothing is shared: a product of elements.
  if (keepdim && summed.empty()) return left * right;

  // The other way round the product lies in memory in the order of the result.
  if (!left_only.empty() && !right_only.empty() && right_only.back() < left_only[0]) {
    std::swap(left, right);
    std::swap(left_only, right_only);
    std::swap(left_size, right_size);
  }

  const auto joined = [](std::initializer_list<const DimVector*> lists) {
    DimVector all;
    for (const DimVector* list : lists)
      for (const int64_t dim : *list) all.push_back(dim);
    return all;
  };
  const DimVector left_order = joined({&batch, &left_only, &summed, &right_only});
  const DimVector right_order = joined({&batch, &summed, &right_only, &left_only});
  // Summed dimensions that stand in neither come last.
  DimVector ones;
  for (int64_t dim = 0; dim < left.dim(); ++dim)
    if (std::count(left_order.begin(), left_order.end(), dim) == 0) ones.push_back(dim);
  left = left.permute(joined({&left_order, &ones})).reshape({batch_size, left_size, sum_size});
  right = right.permute(joined({&right_order, &ones})).reshape({batch_size, sum_size, right_size});
  const Tensor product = bmm(left, right);

  // Where dimensions of size 1 stand does not change the product, but its strides, which have a say
  // in the layout of what is made of it.
  const DimVector all_summed(dims_to_sum);
  const DimVector result_order = joined({&batch, &left_only, &all_summed, &right_only});
  const int64_t kept_before = batch.size() + left_only.size();
  DimVector inverse(result_order.size(), 0);
  for (int64_t i = 0; i < result_order.size(); ++i) {
    const int64_t dim = result_order[i];
    inverse[dim] = i;
    const bool is_kept = i < kept_before || i >= kept_before + all_summed.size();
    sizes.push_back(is_kept ? std::max(left_in.size(dim), right_in.size(dim)) : 1);
    if (is_kept && (left_in.size(dim) == 0 || right_in.size(dim) == 0)) sizes[i] = 0;
  }
  Tensor result = product.view(sizes).permute(inverse);
  if (keepdim) return result;
  for (int64_t dim = left.dim() > 0 ? result.dim() - 1 : -1; dim >= 0; --dim)
    if (std::count(dims_to_sum.begin(), dims_to_sum.end(), dim) > 0) result = result.squeeze(dim);
  return result;
}

/// The product of left and right, and `others`. It is summed over the places of `summed` that no
/// other operand has.
static std::vector<Tensor> joined(Tensor left, Tensor right, std::vector<Tensor> others,
                                  IntArrayRef summed) {
  DimVector of_left, of_right, of_both;
  for (const int64_t dim : summed) {
    const auto is_absent = [dim](const Tensor& x) { return x.size(dim) == 1; };
    if (!std::all_of(others.begin(), others.end(), is_absent)) continue;
    if (is_absent(left) && is_absent(right)) continue;
    (is_absent(right) ? of_left : is_absent(left) ? of_right : of_both).push_back(dim);
  }
  if (!of_left.empty()) left = left.sum(of_left, true, left.dtype());
  if (!of_right.empty()) right = right.sum(of_right, true, right.dtype());
  others.insert(others.begin(),
                of_both.empty() ? left * right : sum_product(left, right, of_both, true));
  return others;
}

Tensor einsum(std::string_view equation, TensorList tensors, std::optional<IntArrayRef> path) {
  check_value(tensors.size() > 0,
              "einsum(): must specify the equation string and at least one operand, or at least "
              "one operand and its subscripts list");
  check_implemented(!path || path->empty(),
                    "einsum(): a path is not supported, operands are taken from left to right");
  Equation parsed(equation, tensors);
  std::vector<Tensor> operands;
  for (int64_t i = 0; i < tensors.size(); ++i) operands.push_back(parsed.arranged(i));

  const Places& places = parsed.places();
  DimVector summed;  // the places that the result has not
  for (int64_t dim = places.output_dims; dim < places.all_dims; ++dim) summed.push_back(dim);
  if (operands.size() == 1) {
    return summed.empty() ? operands[0] : operands[0].sum(summed, false, operands[0].dtype());
  }
  // The first two operands make way for their product.
  while (operands.size() > 1) {
    const std::vector<Tensor> others(operands.begin() + 2, operands.end());
    operands = joined(operands[0], operands[1], others, summed);
  }
  Tensor result = operands[0];
  while (result.dim() > places.output_dims) result = result.squeeze(-1);
  return result;
}

}  // namespace cutaway
