// SPDX-License-Identifier: MIT
//
// Four steps, in the order of this file: gather the elements to be shown; choose one number style
// for all of them and write each as text; lay the texts out in rows and brackets; add what else is
// to be said (size, dtype, gradient).
#include "printing.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <mutex>
#include <ostream>
#include <vector>

#include "check.h"
#include "scalar.h"

namespace cutaway::inline v0_1 {
namespace {

// ---- 1. Which elements ----

/// What is shown of one dimension: indices 0 .. head - 1, then, after "...", the last `tail`.
struct Shown {
  int64_t head;
  int64_t tail = 0;
  bool cut = false;
};

Shown shown_of(int64_t size, bool summarize, const PrintOptions& options) {
  const int64_t edge = options.edgeitems;
  if (!summarize || size - edge <= edge) return {size};
  return {edge, edge, true};
}

Scalar read(const std::byte* element, DType dtype) {
  if (dtype == kBool) return *element != std::byte{0};
  return visit_dtype(
      dtype, [&]<class T>(TypeTag<T>) -> Scalar { return *reinterpret_cast<const T*>(element); });
}

/// Appends the shown elements of the sub-tensor at `data`, dimensions `dim` and up, in row-major
/// order. No other element is looked at.
void gather(std::vector<Scalar>& values, const Tensor& tensor, int64_t dim, const std::byte* data,
            bool summarize, const PrintOptions& options) {
  if (dim == tensor.dim()) {
    values.push_back(read(data, tensor.dtype()));
    return;
  }
  const int64_t size = tensor.size(dim);
  const int64_t step = tensor.stride(dim) * tensor.element_size();
  const Shown shown = shown_of(size, summarize, options);
  for (int64_t i = 0; i < shown.head; ++i)
    gather(values, tensor, dim + 1, data + i * step, summarize, options);
  for (int64_t i = size - shown.tail; i < size; ++i)
    gather(values, tensor, dim + 1, data + i * step, summarize, options);
}

// ---- 2. One style for all ----

/// `value` with `precision` digits after the point, in the C locale whatever the current one is.
std::string text_of(double value, std::chars_format format, int precision) {
  if (std::isnan(value)) return "nan";  // whatever its sign
  char text[2048];                      // the longest: 309 digits, a point, 1074 digits
  const auto end = std::to_chars(std::begin(text), std::end(text), value, format, precision).ptr;
  return std::string(std::begin(text), end);
}

/// How the numbers of one tensor are written. Integers and bools need no more than a width. For
/// floating point the nonzero finite values decide between three styles: "2." where all are whole,
/// "2.5000", and "2.5000e+00" where one width could not serve both the largest and the smallest.
class NumberStyle {
 public:
  NumberStyle(const std::vector<Scalar>& values, const PrintOptions& options)
      : precision_(options.precision) {
    double smallest = std::numeric_limits<double>::infinity();
    double largest = 0;
    for (const Scalar& value : values) {
      if (!decides(value) || !value.is_floating_point()) continue;
      const double size = std::abs(value.to<double>());
      smallest = std::min(smallest, size);
      largest = std::max(largest, size);
      if (size != std::ceil(size)) whole_ = false;
    }
    if (largest > 0) {
      scientific_ =
          options.sci_mode.value_or(largest / smallest > 1e3 || largest > 1e8 || smallest < 1e-4);
    }
    for (const Scalar& value : values)
      if (decides(value)) width_ = std::max(width_, text(value).size());
  }

  /// The columns that a value takes; zeros, inf and nan may be wider.
  int64_t width() const { return static_cast<int64_t>(width_); }

  std::string padded(const Scalar& value) const {
    std::string digits = text(value);
    if (digits.size() < width_) digits.insert(0, width_ - digits.size(), ' ');
    return digits;
  }

 private:
  /// Whether this value has a say in style and width.
  static bool decides(const Scalar& value) {
    if (!value.is_floating_point()) return true;
    return std::isfinite(value.to<double>()) && !value.equals(0);
  }

  std::string text(const Scalar& value) const {
    if (value.is_bool()) return value.to<bool>() ? "True" : "False";
    if (value.is_integer()) return join(value.to<int64_t>());
    const double number = value.to<double>();
    if (scientific_) return text_of(number, std::chars_format::scientific, precision_);
    if (!whole_) return text_of(number, std::chars_format::fixed, precision_);
    std::string digits = text_of(number, std::chars_format::fixed, 0);
    if (std::isfinite(number)) digits += '.';  // inf and nan are seen to be floating point
    return digits;
  }

  int precision_;
  bool whole_ = true;
  bool scientific_ = false;
  size_t width_ = 1;
};

// ---- 3. Rows and brackets ----

class Layout {
 public:
  Layout(const Tensor& tensor, const PrintOptions& options)
      : sizes_(tensor.sizes()), options_(options), summarize_(tensor.numel() > options.threshold) {
    std::vector<Scalar> values;
    gather(values, tensor, 0, tensor.raw_data(), summarize_, options);
    const NumberStyle style(values, options);
    column_ = style.width() + 2;  // the value, a comma and a space
    for (const Scalar& value : values) texts_.push_back(style.padded(value));
  }

  /// The text of the whole tensor, whose first line begins in column `indent`.
  std::string text(int64_t indent) {
    next_ = 0;
    return sizes_.empty() ? texts_[next_++] : text(0, indent);
  }

 private:
  /// Dimensions `dim` and up of the next sub-tensor. (The shown texts are consumed in the order in
  /// which they were gathered.)
  std::string text(int64_t dim, int64_t indent) {
    const bool is_row = dim == sizes_.size() - 1;
    std::vector<std::string> items;
    const auto take = [&] {
      items.push_back(is_row ? texts_[next_++] : text(dim + 1, indent + 1));
    };

    const Shown shown = shown_of(sizes_[dim], summarize_, options_);
    for (int64_t i = 0; i < shown.head; ++i) take();
    if (shown.cut) items.emplace_back(is_row && options_.edgeitems > 0 ? " ..." : "...");
    for (int64_t i = 0; i < shown.tail; ++i) take();

    // Rows are broken where the line is full; anything deeper goes on a line of its own, with one
    // more line between slices for each dimension above the last two.
    const int64_t per_line =
        is_row ? std::max<int64_t>(1, (options_.linewidth - indent) / column_) : 1;
    const int64_t newlines = is_row ? 1 : sizes_.size() - dim - 1;
    const std::string line_break = join(",", std::string(static_cast<size_t>(newlines), '\n'),
                                        std::string(static_cast<size_t>(indent + 1), ' '));
    std::string out = "[";
    int64_t on_line = 0;
    for (const std::string& item : items) {
      if (&item != items.data()) out += on_line == 0 ? line_break : ", ";
      out += item;
      on_line = (on_line + 1) % per_line;
    }
    return out + "]";
  }

  const DimVector& sizes_;
  const PrintOptions& options_;
  bool summarize_;
  int64_t column_ = 0;
  std::vector<std::string> texts_;
  size_t next_ = 0;
};

// ---- 4. What else is to be said ----

/// "(2, 3)", "(3,)", "()": a shape as Python writes a tuple.
std::string tuple_of(const DimVector& sizes) {
  std::string text = "(";
  for (int64_t i = 0; i < sizes.size(); ++i) text += join(i > 0 ? ", " : "", sizes[i]);
  return text + (sizes.size() == 1 ? ",)" : ")");
}

/// Each suffix tells what the numbers do not.
std::vector<std::string> suffixes_of(const Tensor& tensor, const PrintOptions& options) {
  const DType dtype = tensor.dtype();
  const bool is_empty = tensor.numel() == 0;
  const bool is_default = dtype == get_default_dtype();
  // 1, 1. and True say int64, the default dtype and bool; no elements say only the default.
  const bool dtype_is_seen = is_default || (!is_empty && (dtype == kInt64 || dtype == kBool));
  // "[]" says size (0,). The numbers show every other size, unless they are all left out.
  const bool size_is_seen = is_empty ? tensor.dim() == 1 : options.edgeitems > 0;

  std::vector<std::string> suffixes;
  if (!size_is_seen) suffixes.push_back("size=" + tuple_of(tensor.sizes()));
  if (!dtype_is_seen) suffixes.push_back(join("dtype=torch.", name_of(dtype)));
  if (const AutogradMetaInterface* meta = tensor.impl()->nearest_autograd_meta()) {
    const std::string grad_fn = meta->grad_fn_name(tensor);
    if (!grad_fn.empty()) {
      suffixes.push_back("grad_fn=<" + grad_fn + ">");
    } else if (meta->requires_grad(tensor)) {
      suffixes.emplace_back("requires_grad=True");
    }
  }
  return suffixes;
}

void check_options(const PrintOptions& options) {
  check_value(options.precision >= 0 && options.precision <= 1074,
              "print options: precision must be 0 to 1074, got ", options.precision);
  check_value(options.edgeitems >= 0, "print options: edgeitems must not be negative, got ",
              options.edgeitems);
}

constinit std::mutex current_mutex;
constinit PrintOptions current;  // under current_mutex

PrintOptions changed(PrintOptions options, const PrintOptionsChange& change) {
  if (change.profile) {
    options = PrintOptions();
    if (*change.profile == PrintProfile::Short) {
      options.precision = 2;
      options.edgeitems = 2;
    } else if (*change.profile == PrintProfile::Full) {
      options.threshold = std::numeric_limits<int64_t>::max();
    }
  }
  options.precision = change.precision.value_or(options.precision);
  options.threshold = change.threshold.value_or(options.threshold);
  options.edgeitems = change.edgeitems.value_or(options.edgeitems);
  options.linewidth = change.linewidth.value_or(options.linewidth);
  options.sci_mode = change.sci_mode;
  check_options(options);
  return options;
}

}  // namespace

std::string to_string(const Tensor& tensor, const PrintOptions& options) {
  check_options(options);
  if (!tensor.defined()) return "[ Tensor (undefined) ]";
  const std::string prefix = "tensor(";
  const int64_t indent = static_cast<int64_t>(prefix.size());
  std::string out = prefix + (tensor.numel() == 0 ? "[]" : Layout(tensor, options).text(indent));

  // A suffix that would make the last line too long starts a new one.
  const size_t last_newline = out.rfind('\n');
  const size_t line_start = last_newline == std::string::npos ? 0 : last_newline + 1;
  int64_t line_length = static_cast<int64_t>(out.size() - line_start) + 2;
  for (const std::string& suffix : suffixes_of(tensor, options)) {
    const int64_t length = static_cast<int64_t>(suffix.size());
    if (line_length + length + 2 > options.linewidth) {
      out += ",\n" + std::string(prefix.size(), ' ') + suffix;
      line_length = indent + length;
    } else {
      out += ", " + suffix;
      line_length += length + 2;
    }
  }
  return out + ")";
}

std::string to_string(const Tensor& tensor) { return to_string(tensor, get_printoptions()); }

std::ostream& operator<<(std::ostream& stream, const Tensor& tensor) {
  return stream << to_string(tensor);
}

void set_printoptions(const PrintOptionsChange& change) {
  const std::lock_guard lock(current_mutex);
  current = changed(current, change);
}

PrintOptions get_printoptions() {
  const std::lock_guard lock(current_mutex);
  return current;
}

PrintOptionsGuard::PrintOptionsGuard(const PrintOptionsChange& change)
    : before_(get_printoptions()) {
  set_printoptions(change);
}
PrintOptionsGuard::~PrintOptionsGuard() {
  const std::lock_guard lock(current_mutex);
  current = before_;
}

}  // namespace cutaway
