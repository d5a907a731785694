// SPDX-License-Identifier: MIT
//
// index_select, index_add, cat, stack and the gradients of views: against PyTorch, then sizes large
// enough for several threads, and where we differ from PyTorch on purpose.
#include "../../tensor/ops_index.h"

#include <gtest/gtest.h>

#include <cstring>
#include <functional>

#include "../../tensor/parallel.h"
#include "torch_cases.h"

namespace cutaway {
namespace {

using torch_cases::Arguments;

TEST(Gather, MatchesPyTorch) {
  torch_cases::run_file(
      "gather.txt",
      {{"index_select",
        [](const Arguments& a) -> std::vector<Tensor> {
          return {index_select(a.tensor(0), a.integer(1), a.tensor(2))};
        }},
       {"index_add",
        [](const Arguments& a) -> std::vector<Tensor> {
          return {index_add(a.tensor(0), a.integer(1), a.tensor(2), a.tensor(3), a.number(4))};
        }},
       {"cat",
        [](const Arguments& a) -> std::vector<Tensor> {
          return {cat(a.tensors_from(1), a.integer(0))};
        }},
       {"stack",
        [](const Arguments& a) -> std::vector<Tensor> {
          return {stack(a.tensors_from(1), a.integer(0))};
        }},
       {"select_backward",
        [](const Arguments& a) -> std::vector<Tensor> {
          return {select_backward(a.tensor(0), a.ints(1), a.integer(2), a.integer(3))};
        }},
       {"slice_backward",
        [](const Arguments& a) -> std::vector<Tensor> {
          return {slice_backward(a.tensor(0), a.ints(1), a.integer(2), a.integer(3), a.integer(4),
                                 a.integer(5))};
        }},
       {"as_strided_backward", [](const Arguments& a) -> std::vector<Tensor> {
          return {as_strided_backward(a.tensor(0), a.ints(1), a.ints(2), a.ints(3), a.integer(4))};
        }}});
}

bool same_bits(const Tensor& a, const Tensor& b) {
  return a.sizes() == b.sizes() && a.dtype() == b.dtype() &&
         std::memcmp(a.raw_data(), b.raw_data(),
                     static_cast<size_t>(a.numel() * a.element_size())) == 0;
}

TEST(Gather, LargeTensorsWithSeveralThreads) {
  const int threads_before = get_num_threads();
  const Tensor x = arange(600 * 784).to(kFloat32).view({600, 784});
  const Tensor index = arange(1199, -1, -2).slice(0, 0, 600).div(2.0).to(kInt64);  // 599 ... 0
  const auto all = [&] {
    return std::vector<Tensor>{
        index_select(x, 0, index),
        index_select(x, 1, index),
        index_select(x.t(), 0, index),
        index_select(x.t(), 1, index),
        index_select(x.view({2, 300, 784}), 2, index),
        index_select(x.slice(1, 0, {}, 2), 0, index),
        index_add(x, 0, index, x),
        index_add(x.view({60, 10, 784}), 1, zeros({10}, kInt64), x.view({60, 10, 784})),
        cat({x, x}, 0),
        cat({x, x, x}, 1),
        cat({x, x.to(kInt32)}, 1),
        stack({x, x.mul(2.0)}, 1)};
  };
  set_num_threads(1);
  const std::vector<Tensor> expected = all();
  EXPECT_EQ(expected[0][0][5].item<float>(), 599 * 784 + 5);
  EXPECT_EQ(expected[1][1][0].item<float>(), 784 + 599);
  EXPECT_EQ(expected[2][0][1].item<float>(), 784 + 599);
  EXPECT_EQ(expected[3][1][0].item<float>(), 599 * 784 + 1);
  EXPECT_EQ(expected[4][1][0][599].item<float>(), 300 * 784);
  EXPECT_EQ(expected[5][0][3].item<float>(), 599 * 784 + 6);
  EXPECT_EQ(expected[6][0][0].item<float>(), 599 * 784);
  EXPECT_EQ(expected[7][1][0][0].item<float>(), 7840 + 10 * 7840 + 45 * 784);
  EXPECT_EQ(expected[8][601][1].item<float>(), 785);
  EXPECT_EQ(expected[9][1][784 * 2 + 1].item<float>(), 785);
  EXPECT_EQ(expected[10][1][784 + 1].item<float>(), 785);
  EXPECT_EQ(expected[11][1][1][1].item<float>(), 785 * 2);
  for (int threads : {2, 3}) {
    set_num_threads(threads);
    const std::vector<Tensor> found = all();
    for (size_t i = 0; i < found.size(); ++i) {
      EXPECT_TRUE(same_bits(found[i], expected[i])) << "result " << i << ", " << threads;
    }
  }
  set_num_threads(threads_before);
}

template <class E>
std::string error_of(const std::function<void()>& call) {
  try {
    call();
  } catch (const E& error) {
    return error.message();
  }
  return "no error";
}

TEST(Gather, DifferencesFromPyTorch) {
  // One text and type for an index out of bounds; PyTorch has three, by kernel.
  const Tensor x = ones({2, 3});
  for (int64_t bad : {3, -1}) {
    EXPECT_EQ(error_of<IndexError>([&] {
                index_select(x, 1, tensor_from<int64_t>({0, bad}));
              }),
              "index out of range in self");
    EXPECT_EQ(error_of<IndexError>([&] {
                index_add(x, 0, tensor_from<int64_t>({0, bad}), ones({2, 3}));
              }),
              "index out of range in self");
  }
  EXPECT_EQ(error_of<IndexError>([] {
              index_select(ones({0, 3}), 0, zeros({1}, kInt64));
            }),
            "index out of range in self");
  EXPECT_EQ(error_of<Error>([] { slice_backward(ones({3}), {6}, 0, 1, 4, 2); }),
            "slice_backward: expected a gradient of shape [2], the view's, but got [3]");
  EXPECT_EQ(
      error_of<Error>([] {
        as_strided_backward(ones({3}), {2, 2}, {3}, {2}, 0);
      }),
      "as_strided_backward: a view of sizes [3], strides [2] and offset 0 does not fit into an "
      "input of shape [2, 2]");
}

}  // namespace
}  // namespace cutaway
