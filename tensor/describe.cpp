// SPDX-License-Identifier: MIT
#include "describe.h"

#include <algorithm>
#include <sstream>
#include <vector>

#include "check.h"

namespace cutaway::inline v0_1 {
namespace {

constexpr int64_t kPositions = 32;        // of the storage that the map shows
constexpr int64_t kPositionsPerLine = 8;  // so that a line of three-dimensional indices fits
constexpr int64_t kMaxVisits = 4096;  // of elements: overlapping strides may have no end of them

std::string counted(int64_t count, const char* thing) {
  return join(count, " ", thing, count == 1 ? "" : "s");
}

/// What the map says of one position of the storage.
struct Position {
  std::string first;  // the first element found there, "[0,1]"
  int64_t looks = 0;  // how many elements are there
};

/// Finds the elements that lie in the first positions behind the tensor's first element.
class Walk {
 public:
  explicit Walk(const Tensor& tensor) : tensor_(tensor), index_(tensor.dim(), 0) {
    const int64_t capacity =
        static_cast<int64_t>(tensor.storage()->nbytes()) / tensor.element_size();
    const int64_t behind = std::max<int64_t>(capacity - tensor.storage_offset(), 0);
    positions_.resize(static_cast<size_t>(std::min(kPositions, behind)));
    if (tensor.numel() > 0) visit(0, 0, 1);
  }
  const std::vector<Position>& positions() const { return positions_; }

 private:
  /// All indices of dimension `dim` and the later ones; `position` is where the earlier ones have
  /// led, `looks` how many elements of expanded dimensions share it.
  void visit(int64_t dim, int64_t position, int64_t looks) {
    if (dim == tensor_.dim()) return note(position, looks);
    const int64_t size = tensor_.sizes()[dim];
    const int64_t stride = tensor_.strides()[dim];
    if (stride == 0) {
      index_[dim] = 0;
      return visit(dim + 1, position, looks * size);
    }
    for (int64_t i = 0; i < size && i <= (end() - position) / stride; ++i) {
      index_[dim] = i;
      visit(dim + 1, position + i * stride, looks);
      if (visits_ > kMaxVisits) return;
    }
  }

  void note(int64_t position, int64_t looks) {
    ++visits_;
    if (position >= end()) return;
    Position& found = positions_[static_cast<size_t>(position)];
    if (found.looks == 0) {
      for (int64_t i = 0; i < index_.size(); ++i) found.first += join(i == 0 ? "" : ",", index_[i]);
      found.first = join("[", found.first, "]");
    }
    found.looks += looks;
  }

  int64_t end() const { return static_cast<int64_t>(positions_.size()); }

  const Tensor& tensor_;
  DimVector index_;
  std::vector<Position> positions_;
  int64_t visits_ = 0;
};

void write_line(std::ostream& text, const char* title, const std::vector<std::string>& cells,
                size_t begin, size_t end, size_t width) {
  std::string line = title;
  for (size_t i = begin; i < end; ++i) {
    line += cells[i];
    if (i + 1 < end) line.append(width - cells[i].size() + 2, ' ');
  }
  text << line << "\n";
}

void write_map(std::ostream& text, const Tensor& tensor) {
  const Walk walk(tensor);
  std::vector<std::string> where, what;
  size_t width = 1;
  for (const Position& position : walk.positions()) {
    where.push_back(join(tensor.storage_offset() + static_cast<int64_t>(where.size())));
    what.push_back(position.looks == 0   ? "."
                   : position.looks == 1 ? position.first
                                         : join(position.first, "x", position.looks));
    width = std::max({width, where.back().size(), what.back().size()});
  }
  for (size_t begin = 0; begin < where.size(); begin += kPositionsPerLine) {
    const size_t end = std::min(begin + kPositionsPerLine, where.size());
    write_line(text, "position  ", where, begin, end, width);
    write_line(text, "element   ", what, begin, end, width);
  }
}

}  // namespace

std::string describe(const Tensor& tensor) {
  if (!tensor.defined()) return "undefined tensor: a handle that points to nothing\n";
  std::ostringstream text;
  const int64_t itemsize = tensor.element_size();
  text << name_of(tensor.dtype()) << " " << join(tensor.sizes()) << ", strides "
       << join(tensor.strides()) << ", offset " << tensor.storage_offset() << ": "
       << counted(tensor.numel(), "element") << (tensor.is_view() ? ", a view" : "")
       << (tensor.is_contiguous() ? ", contiguous\n" : ", not contiguous\n");

  const StorageImpl& storage = *tensor.storage();
  // An impl holds its storage twice: by itself and through the version counter.
  const int64_t tensors = std::max<int64_t>(tensor.storage().use_count() / 2, 1);
  text << "storage   " << counted(static_cast<int64_t>(storage.nbytes()), "byte") << " = "
       << counted(static_cast<int64_t>(storage.nbytes()) / itemsize, "element") << " at "
       << static_cast<const void*>(storage.data()) << ", "
       << (tensors == 1 ? "this tensor's alone" : join("shared by ", tensors, " tensors"))
       << ", version " << tensor.impl()->version() << "\n";

  text << "keys      ";
  const char* separator = "";
  for (int key = 0; key < kKeyCount; ++key) {
    if (!tensor.keys().has(static_cast<Key>(key))) continue;
    text << separator << name_of(static_cast<Key>(key));
    separator = ", ";
  }
  text << "\n";
  if (tensor.requires_grad()) {
    const std::string node = tensor.impl()->nearest_autograd_meta()->grad_fn_name(tensor);
    text << "autograd  requires a gradient, " << (node.empty() ? "a leaf" : join("made by ", node))
         << "\n";
  }
  for (int64_t d = 0; d < tensor.dim(); ++d) {
    const int64_t stride = tensor.strides()[d];
    text << "dim " << d << (d < 10 ? "     " : "    ") << counted(tensor.sizes()[d], "step")
         << " of " << counted(stride, "element") << " (" << counted(stride * itemsize, "byte")
         << ")\n";
  }
  write_map(text, tensor);
  return text.str();
}

}  // namespace cutaway
