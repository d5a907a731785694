// SPDX-License-Identifier: MIT
//
// The op table: reading and writing at given positions. See op_samples.h for the notation; after a
// change run fixtures/op_fixtures.py.
#include "op_samples.h"

namespace cutaway {

// clang-format off
static constexpr OpSample samples[] = {
    // ---- Advanced indexing. The square brackets have a test of their own: indexing_test.cpp. ----
    {"index.Tensor", "f64[4,3] {i64(0,-1,0)}", "grad"},
    {"index.Tensor", "f64[4,3]t {None;i64(2,0)}", "grad"},
    {"index.Tensor", "f64[3,4,2] {i64(2,0);None;i64(1,1)}", "grad"},
    {"index.Tensor", "f64[2,3,4]s {None;i64[2,1]0:3;i32(3,-4)}", "grad"},
    {"index.Tensor", "f64[3,2] {bool[3,2]}", "grad"},
    {"index.Tensor", "f64[3,2] {bool(1,0,1)}", "grad"},
    {"index.Tensor", "f64[3,2]e {u8(0,0,1)}", "grad"},
    {"index.Tensor", "f64[3]o {i64[]0:3}", "grad"},
    {"index.Tensor", "f64[3,2] {i64[0]}", "grad"},
    {"index.Tensor", "f32[5,4]t {i64[6]0:5}"},
    {"index.Tensor", "i64[5] {i64[2,3]0:5}"},
    {"index.Tensor", "u8[5,2] {i64(4,1)}"},
    {"index.Tensor", "i16[5] {i64(4,1)}"},
    {"index.Tensor", "f16[5] {i64(4,1)}"},
    {"index.Tensor", "bf16[5] {bool[5]}"},
    {"index.Tensor", "bool[5] {i32(4,1)}"},
    {"index.Tensor", "f64[3,2] {i64(3)}", "error"},
    {"index.Tensor", "f64[3,2] {None;i64(0,-3)}", "ours error"},  // x[:, i] in PyTorch says 1, this 0
    {"index.Tensor", "f64[3,2] {i64(0);i64(0);i64(0)}", "error"},
    {"index.Tensor", "f64[3,2] {i64(0,1);i64(0,1,0)}", "error"},
    {"index.Tensor", "f64[3,2] {bool(1,0)}", "error"},
    {"index.Tensor", "f64[3,2] {f64(1)!}", "error"},
    {"index.Tensor", "f64[3,2] {i8(1)}", "error"},
    {"index.Tensor", "f64[0,2] {i64(0)}", "error"},
    {"index.Tensor", "f64[3,2] {}", "error"},
    {"index.Tensor", "f64[3,2] {None}", "ours error"},  // PyTorch: an assertion of its own fails
    {"index.Tensor", "f32[300,400] {None;i64[300]0:400}", "large"},
    {"index.Tensor", "f32[300,400] {bool[300,400]}", "large"},
    {"index.Tensor", "f32[300,400]t {i64[90000]0:300;i64[90000]0:400}", "large"},
    {"index_put_", "f64[4,3] {i64(0,-1)} f64[2,3]", "grad"},
    {"index_put_", "f64[4,3] {i64(0,0,2)} f64[3] True", "grad"},
    {"index_put_", "f64[4,3]t {None;i64(2,0)} f64[]", "grad"},
    {"index_put_", "f64[3,4,2] {i64(2,0);None;i64(1,1)} f64[2,4]s", "grad"},
    {"index_put_", "f64[3,2] {bool[3,2]} f64(7)", "grad"},
    {"index_put_", "f64[3,2] {bool(1,0,1)} f64[2,1]", "grad"},
    {"index_put_", "f64[3,2] {i64[0]} f64[2]", "grad"},
    {"index_put_", "f32[5] {i64(1,1,1)} f32[3]"},
    {"index_put_", "f32[5] {i64(1,1,1)} f32[3] True"},
    {"index_put_", "i64[5] {i64(1,4,1)} i64[3] True"},
    {"index_put_", "u8[5]0:256 {i64(1,4,1)} u8[3]0:256 True"},
    {"index_put_", "i8[5] {i64(1,4,1)} i8[3] True"},
    {"index_put_", "f16[5] {i64(1,4,1)} f16[3] True"},
    {"index_put_", "bf16[5] {i64(1,4,1)} bf16[3] True"},
    {"index_put_", "bool[5] {i64(1,4,1)} bool[3] True"},
    {"index_put_", "i32[3] {bool(1,0,1)} f64(2.5)!"},
    {"index_put_", "f64[3,2] {i64(3)} f64[]", "error"},
    {"index_put_", "f64[3,2] {i64(0,1)} f64[3]", "error"},
    {"index_put_", "f64[3,2] {i64(0,1)} f32[2]", "error"},
    {"index_put_", "f64[3,2] {u8(0,1,1)} f64[]", "error"},
    {"index_put_", "f64[3,2]e {i64(0)} f64[]", "ours error"},  // PyTorch only warns
    {"index_put_", "f32[300,400] {i64[300]0:300} f32[300,400] True", "large"},
    {"index_put", "f64[4,3]t {i64(0,-1)} f64[2,3]", "grad"},
    {"index_put", "f64[4,3] {i64(0,0);i64(1,1)} f64[2] True", "grad"},
    {"index_put", "f64[4,3] {i64(0,1,2,3,0)} f64[4]", "error"},

    // ---- Masks ----
    {"nonzero", "f64[3,4]"},
    {"nonzero", "bool[3,4]t"},
    {"nonzero", "i64[2,3,2]s"},
    {"nonzero", "u8[6]o"},
    {"nonzero", "f16(0,1,nan,0)"},
    {"nonzero", "i8(0,1,0)"},
    {"nonzero", "bool[3,4]e"},
    {"nonzero", "f64[]"},
    {"nonzero", "f64[0,3]"},
    {"nonzero", "i64[300,400]0:2", "large"},
};
// clang-format on

ArrayRef<OpSample> gather_samples() {
  return {samples, static_cast<int64_t>(std::size(samples))};
}

}  // namespace cutaway
