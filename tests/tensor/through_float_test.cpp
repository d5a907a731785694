// SPDX-License-Identifier: MIT
//
// through_float: what a kernel that knows only float32 is given for float16 and bfloat16 arguments,
// and what becomes of its results. The kernels here note their arguments.
#include "../../tensor/cpu/through_float.h"

#include <gtest/gtest.h>

#include <limits>

#include "../../tensor/ops.h"

namespace cutaway {
namespace {

std::vector<DType> seen;          // dtypes of the tensors the last kernel was given
std::optional<DType> seen_asked;  // the dtype it was asked for
DimVector seen_strides;           // of its first argument

void note(const Tensor& tensor) {
  if (seen.empty()) seen_strides = tensor.strides();
  seen.push_back(tensor.dtype());
}

Tensor same(const Tensor& self, const Tensor& other) {
  note(self);
  note(other);
  return self;
}
Tensor sum_like(const Tensor& self, IntArrayRef, bool, std::optional<DType> dtype) {
  note(self);
  seen_asked = dtype;
  return cpu::to_copy(self, dtype.value_or(self.dtype()));
}
std::tuple<Tensor, Tensor> two_results(const Tensor& self, const std::optional<Tensor>& weight) {
  note(self);
  if (weight) note(*weight);
  return {self, zeros(self.sizes(), kInt64)};
}
Tensor first_of(TensorList tensors, int64_t) {
  for (const Tensor& tensor : tensors) note(tensor);
  return tensors[0];
}
std::vector<Tensor> twice(const Tensor& self) { return {self, self}; }
const Tensor& add_one_(const Tensor& self, const Tensor& other) {
  note(self);
  note(other);
  return cpu::copy_(self, cutaway::add(self, 1));
}
bool is_float(const Tensor& self) {
  note(self);
  return self.dtype() == kFloat32;
}

Tensor halves(DType dtype) { return tensor({{1, 2, 3}, {4, 5, 6}}, dtype); }

class ThroughFloat : public testing::TestWithParam<DType> {
 protected:
  void SetUp() override {
    seen.clear();
    seen_asked.reset();
  }
};

TEST_P(ThroughFloat, GivesFloat32AndRoundsTheResult) {
  const Tensor x = halves(GetParam());
  const Tensor y = cpu::through_float<same>(x, tensor({1, 2}, kInt64));
  EXPECT_EQ(seen, (std::vector<DType>{kFloat32, kInt64}));
  EXPECT_EQ(y.dtype(), GetParam());
  EXPECT_TRUE(equal(x, y));
}

TEST_P(ThroughFloat, KeepsTheOrderOfDimensions) {
  const Tensor x = halves(GetParam()).t();
  const Tensor y = cpu::through_float<same>(x, x);
  EXPECT_EQ(seen_strides, (DimVector{1, 3}));
  EXPECT_EQ(y.strides(), (DimVector{1, 3}));
  seen.clear();
  const Tensor gaps = empty({4, 6}, GetParam()).slice(1, {}, {}, 2).t();  // strides 2, 6
  cpu::through_float<same>(gaps, gaps);
  EXPECT_EQ(seen_strides, (DimVector{1, 3}));
}

TEST_P(ThroughFloat, TheDTypeAskedForDecides) {
  const Tensor x = halves(GetParam());
  EXPECT_EQ(cpu::through_float<sum_like>(x, {}, false, {}).dtype(), GetParam());
  EXPECT_EQ(seen_asked, std::nullopt);
  for (DType asked : {kFloat32, kFloat64, kInt64}) {
    EXPECT_EQ(cpu::through_float<sum_like>(x, {}, false, asked).dtype(), asked);
    EXPECT_EQ(seen_asked, asked);
  }
  for (DType asked : {kFloat16, kBFloat16}) {
    EXPECT_EQ(cpu::through_float<sum_like>(x, {}, false, asked).dtype(), asked);
    EXPECT_EQ(seen_asked, kFloat32);
  }
  const Tensor whole = tensor({1, 2}, kInt8);
  EXPECT_EQ(cpu::through_float<sum_like>(whole, {}, false, GetParam()).dtype(), GetParam());
  EXPECT_EQ(seen_asked, kFloat32);
}

TEST_P(ThroughFloat, LeavesResultsThatAreNotFloat) {
  const auto [values, indices] = cpu::through_float<two_results>(halves(GetParam()), {});
  EXPECT_EQ(values.dtype(), GetParam());
  EXPECT_EQ(indices.dtype(), kInt64);
  EXPECT_EQ(cpu::through_float<twice>(halves(GetParam())).at(1).dtype(), GetParam());
  EXPECT_TRUE(cpu::through_float<is_float>(halves(GetParam())));
}

TEST_P(ThroughFloat, TakesOptionalTensorsAndLists) {
  const Tensor x = halves(GetParam());
  cpu::through_float<two_results>(x, x);
  EXPECT_EQ(seen, (std::vector<DType>{kFloat32, kFloat32}));
  seen.clear();
  EXPECT_EQ(cpu::through_float<first_of>(std::vector<Tensor>{x, x}, 0).dtype(), GetParam());
  EXPECT_EQ(seen, (std::vector<DType>{kFloat32, kFloat32}));
}

TEST_P(ThroughFloat, AnInPlaceKernelWritesItsFirstArgument) {
  const Tensor x = halves(GetParam());
  const Tensor odd = x.slice(1, {}, {}, 2);
  const Tensor& result = cpu::through_float<add_one_>(odd, x);
  EXPECT_TRUE(result.is_same(odd));
  EXPECT_EQ(seen, (std::vector<DType>{kFloat32, kFloat32}));
  EXPECT_TRUE(equal(x, tensor({{2, 2, 4}, {5, 5, 7}}, GetParam())));
}

TEST_P(ThroughFloat, OtherDTypesGoStraightThrough) {
  for (DType dtype : {kFloat32, kFloat64, kInt8, kBool}) {
    seen.clear();
    const Tensor x = ones({2}, dtype);
    EXPECT_TRUE(cpu::through_float<same>(x, x).is_same(x));
    EXPECT_EQ(seen, (std::vector<DType>{dtype, dtype}));
  }
}

INSTANTIATE_TEST_SUITE_P(Halves, ThroughFloat, testing::Values(kFloat16, kBFloat16));

// The op table lets neighbours pass as equal.
TEST(Halves, HaveNeighbours) {
  const auto next = [](DType dtype, double from, double to) {
    const Tensor x = tensor({from}, dtype);
    return nextafter(x, tensor({to}, dtype)).item<double>();
  };
  EXPECT_EQ(next(kFloat16, 1, 2), 1 + 0x1p-10);
  EXPECT_EQ(next(kFloat16, 1, 0), 1 - 0x1p-11);
  EXPECT_EQ(next(kFloat16, 0, -1), -0x1p-24);
  EXPECT_EQ(next(kFloat16, -0x1p-24, 1), 0);
  EXPECT_EQ(next(kBFloat16, -1, -2), -1 - 0x1p-7);
  EXPECT_EQ(next(kFloat16, 3, 3), 3);
}

TEST(Halves, RoundWhatIsSummedInTheirName) {  // PyTorch: tensor([1 + 2^-9, -1]).sum(dtype=bfloat16)
  EXPECT_EQ(tensor({1 + 0x1p-9, -1}, kFloat32).sum({}, false, kBFloat16).item<double>(), 0);
}

TEST(Halves, ReplaceInfinityByTheirOwnLargestNumber) {
  const Tensor x = tensor({-std::numeric_limits<double>::infinity()}, kFloat16);
  EXPECT_EQ(nan_to_num(x).item<double>(), -65504);
}

}  // namespace
}  // namespace cutaway
