// SPDX-License-Identifier: MIT
//
// The op table: sample calls of every row of the catalogue, one per line of op_samples_*.cpp. It
// drives the tests of values, layouts, dtypes, errors, threads and gradients; expected answers come
// from PyTorch by fixtures/op_fixtures.py, which reads the same lines.
//
// Arguments are written in the order of the row's schema, with spaces between them; trailing ones
// may be left out where the schema has a default:
//
//     f64[2,3]    a tensor: u8, i8, i16, i32, i64, f16, bf16, f32, f64, bool. Values are drawn
//                 from a generator seeded by the line itself (sample_arguments.h), so that PyTorch
//                 draws the same:
//                 floats normal (f16 and bf16 rounded from f32), integers in [-5, 6), u8 in [0, 9)
//     f64[2,3]t   the same, laid out column by column: dimensions reversed in memory
//     f64[2,3]s   every second element along the last dimension of a larger tensor
//     f64[2,3]o   all but the first row of a larger tensor: a storage offset
//     f64[2,3]e   one row repeated along dimension 0, by stride 0
//     f64[3,3]p   a symmetric positive-definite matrix, made of the drawn x as x x^T + 3 I
//     f64[2,3]+   |values| + 0.5 (after the layout's letter)
//     f64[4]!     no gradient is asked of this one (after all other letters)
//     i64[4]0:3   integers in [0, 3)
//     i64(0,2,1)  a tensor of one dimension with these values
//     {f64[2];f64[3]}   a list of tensors, which may have None among them
//     2  2.5  True  None  [2,3]  f32     int, float, bool, None, list of ints, dtype
//     'full'      a text without spaces
//     gen7        a generator seeded with 7; the default one is seeded with 0 for every sample
//
// Marks, separated by spaces:
//     grad     gradients are checked, of every f64 tensor
//     grad-once   gradients are held against PyTorch's only: numerical ones do not apply
//     error    the call is refused, with PyTorch's text
//     ours     PyTorch words or does this in another way on purpose; the reason stands beside it
//     values   PyTorch's result lies in memory in another way; only its elements are compared
//     large    not held against PyTorch: only one thread against three
#pragma once

#include <string_view>
#include <vector>

#include "../tensor/shape.h"

namespace cutaway {

struct OpSample {
  const char* op;
  const char* arguments;
  const char* marks = "";

  bool has(std::string_view mark) const {
    return std::string_view(marks).find(mark) != std::string_view::npos;
  }
  /// add_, random_.to
  bool writes_in_place() const {
    const std::string_view name(op);
    return name.substr(0, name.find('.')).back() == '_';
  }
};

/// The whole table.
const std::vector<OpSample>& op_samples();

// Its parts, one per file.
ArrayRef<OpSample> activation_samples();
ArrayRef<OpSample> arrange_samples();
ArrayRef<OpSample> binary_samples();
ArrayRef<OpSample> bitwise_samples();
ArrayRef<OpSample> compare_samples();
ArrayRef<OpSample> create_samples();
ArrayRef<OpSample> decompose_samples();
ArrayRef<OpSample> dtype_samples();
ArrayRef<OpSample> gather_samples();
ArrayRef<OpSample> mask_samples();
ArrayRef<OpSample> pointwise_samples();
ArrayRef<OpSample> product_samples();
ArrayRef<OpSample> random_samples();
ArrayRef<OpSample> reduce_samples();
ArrayRef<OpSample> scan_samples();
ArrayRef<OpSample> sort_samples();
ArrayRef<OpSample> special_samples();
ArrayRef<OpSample> split_samples();
ArrayRef<OpSample> statistics_samples();
ArrayRef<OpSample> triangle_samples();
ArrayRef<OpSample> unary_samples();
ArrayRef<OpSample> view_samples();

}  // namespace cutaway
