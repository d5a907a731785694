// SPDX-License-Identifier: MIT
//
// Objects of every kind, for debuggers to show. printers.py stops where a function below calls
// stop_here(), and asks for what is named in its comments:
//
//     // p NAME = what must be shown, where 0x... stands for any address
//     // on as many lines as it takes
//
// The optimised program shows what is in memory there, so stop_here() is given what would not be.
#include <array>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../nn/nn.h"
#include "../../tensor/all.h"

using namespace cutaway;

namespace {

const void* volatile seen = nullptr;

struct Objects {
  const void* addresses[16];
};

// No call in it: a debugger that stops there would say that it is in what was inlined.
[[gnu::noinline]] void stop_here(const Objects& objects) {
  for (const void* address : objects.addresses) seen = address;
}

void dtypes() {
  const Tensor uint8 = tensor({0, 1, 255}, kUInt8);
  // p uint8 = uint8 [3]: [0, 1, 255]
  const Tensor int8 = tensor({-128, 0, 127}, kInt8);
  // p int8 = int8 [3]: [-128, 0, 127]
  const Tensor int16 = tensor({-32768, 32767}, kInt16);
  // p int16 = int16 [2]: [-32768, 32767]
  const Tensor int32 = tensor({-2147483647, 2147483647}, kInt32);
  // p int32 = int32 [2]: [-2147483647, 2147483647]
  const Tensor int64 = full({2}, std::numeric_limits<int64_t>::min());
  // p int64 = int64 [2]: [-9223372036854775808, -9223372036854775808]
  const Tensor float16 = tensor({1.0, -0.333333, 5.9604645e-08}, kFloat16);
  // p float16 = float16 [3]: [1.0000e+00, -3.3325e-01, 5.9605e-08]
  const Tensor bfloat16 = tensor({1.0, -0.333333, 100.0}, kBFloat16);
  // p bfloat16 = bfloat16 [3]: [1.0000, -0.3340, 100.0000]
  const Tensor float32 = tensor({0.5, 1.25, -3.0}, kFloat32);
  // p float32 = float32 [3]: [0.5000, 1.2500, -3.0000]
  const Tensor float64 = tensor({0.1, 12345678901.5}, kFloat64);
  // p float64 = float64 [2]: [1.0000e-01, 1.2346e+10]
  const Tensor apart = tensor({0.02, 30.0});
  // p apart = float32 [2]: [2.0000e-02, 3.0000e+01]
  const Tensor boolean = tensor({true, false}, kBool);
  // p boolean = bool [2]: [True, False]
  const double infinity = std::numeric_limits<double>::infinity();
  const Tensor special = tensor({0.0, -0.0, infinity, -infinity, infinity - infinity, 2.0});
  // p special = float32 [6]: [0., -0., inf, -inf, nan, 2.]
  const std::vector<DType> all(std::begin(kAllDTypes), std::end(kAllDTypes));
  const ArrayRef<DType> names = all;
  // p names = [uint8, int8, int16, int32, int64, float16, bfloat16, float32, float64, bool]
  stop_here({{&names}});
}

/// Each layout in each dtype: with gaps, without elements, without dimensions.
void every_dtype() {
  constexpr size_t kCount = std::size(kAllDTypes);
  Tensor strided[kCount], empty[kCount], numbers[kCount];
  for (size_t i = 0; i < kCount; ++i) {
    strided[i] = arange(4).to(kAllDTypes[i]).slice(0, 1, 4, 2);
    empty[i] = zeros({0, 2}, kAllDTypes[i]);
    numbers[i] = ones({}, kAllDTypes[i]);
  }
  // p strided[0] = uint8 [2], strides [2], offset 1: [1, 3]
  // p strided[1] = int8 [2], strides [2], offset 1: [1, 3]
  // p strided[2] = int16 [2], strides [2], offset 1: [1, 3]
  // p strided[3] = int32 [2], strides [2], offset 1: [1, 3]
  // p strided[4] = int64 [2], strides [2], offset 1: [1, 3]
  // p strided[5] = float16 [2], strides [2], offset 1: [1., 3.]
  // p strided[6] = bfloat16 [2], strides [2], offset 1: [1., 3.]
  // p strided[7] = float32 [2], strides [2], offset 1: [1., 3.]
  // p strided[8] = float64 [2], strides [2], offset 1: [1., 3.]
  // p strided[9] = bool [2], strides [2], offset 1: [True, True]
  // p empty[0] = uint8 [0, 2]: []
  // p empty[1] = int8 [0, 2]: []
  // p empty[2] = int16 [0, 2]: []
  // p empty[3] = int32 [0, 2]: []
  // p empty[4] = int64 [0, 2]: []
  // p empty[5] = float16 [0, 2]: []
  // p empty[6] = bfloat16 [0, 2]: []
  // p empty[7] = float32 [0, 2]: []
  // p empty[8] = float64 [0, 2]: []
  // p empty[9] = bool [0, 2]: []
  // p numbers[0] = uint8 []: 1
  // p numbers[1] = int8 []: 1
  // p numbers[2] = int16 []: 1
  // p numbers[3] = int32 []: 1
  // p numbers[4] = int64 []: 1
  // p numbers[5] = float16 []: 1.
  // p numbers[6] = bfloat16 []: 1.
  // p numbers[7] = float32 []: 1.
  // p numbers[8] = float64 []: 1.
  // p numbers[9] = bool []: True
  stop_here({{strided, empty, numbers}});
}

void layouts() {
  const Tensor matrix = arange(6).view({2, 3});
  // p matrix = int64 [2, 3]: [[0, 1, 2], [3, 4, 5]]
  const Tensor transposed = matrix.t();
  // p transposed = int64 [3, 2], strides [1, 3]: [[0, 3], [1, 4], [2, 5]]
  const Tensor column = matrix.select(1, 2);
  // p column = int64 [2], strides [3], offset 2: [2, 5]
  const Tensor expanded = tensor({1.5, 2.5}).view({2, 1}).expand({2, 3});
  // p expanded = float32 [2, 3], strides [1, 0]: [[1.5000, 1.5000, 1.5000],
  //   [2.5000, 2.5000, 2.5000]]
  const Tensor half_strided = arange(8, kFloat16).slice(0, 1, 8, 3);
  // p half_strided = float16 [3], strides [3], offset 1: [1., 4., 7.]
  const Tensor flags = (arange(6) > 2).view({2, 3}).t();
  // p flags = bool [3, 2], strides [1, 3]: [[False, True], [False, True], [False, True]]
  const Tensor scalar = tensor(3.5);
  // p scalar = float32 []: 3.5000
  const Tensor integer = scalar_tensor(-7, kInt16);
  // p integer = int16 []: -7
  const Tensor empty_list = zeros({0});
  // p empty_list = float32 [0]: []
  const Tensor empty_rows = zeros({2, 0, 3}, kBFloat16);
  // p empty_rows = bfloat16 [2, 0, 3]: []
  const Tensor cube = arange(8).view({2, 2, 2});
  // p cube = int64 [2, 2, 2]: [[[0, 1], [2, 3]], [[4, 5], [6, 7]]]
  const Tensor longest = arange(1000000);
  // p longest = int64 [1000000]: [0, 1, 2, ..., 999997, 999998, 999999]
  const Tensor wide = arange(400).view({2, 200}).t();
  // p wide = int64 [200, 2], strides [1, 200]: [[0, 200], [1, 201], [2, 202], ..., [197, 397],
  //   [198, 398], [199, 399]]
  const Tensor deep = zeros({2, 2, 2, 2, 2, 2, 2}, kUInt8);
  // p deep.impl_ = uint8 [2, 2, 2, 2, 2, 2, 2]: [[[[[[[0, 0], [0, 0]], [[0, 0], [0, 0]]], [[[0,
  // 0], [0, 0]], [[0, 0], [0, 0]]]], [[[[0, 0], [0, 0]], [[0, 0], [0, 0]]], [[[0, 0], [0, 0]],
  // [[0, 0], [0, 0]]]]], [[[[[0, 0], [0, 0]], [[0, 0], [0, 0]]], [[[0, 0], [0, 0]], [[0, 0], [0,
  // 0]]]], [[[[0, 0], [0, 0]], [[0, 0], [0, 0]]], [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]]]],
  // [[[[[[0, 0], [0, 0]], [[0, 0], [0, 0]]], [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]], [[[[0, 0],
  // [0, 0]], [[0, 0], [0, 0]]], [[[0, 0], [0, 0]], [[0, 0], [0, 0]]]]], [[[[[0, 0], [0, 0]],
  // ...], ...], ...]]]
  stop_here({});
}

void parts() {
  const Tensor owner = arange(4);
  const Tensor view = owner.view({2, 2});
  view.add_(1);
  const Storage storage = owner.storage();
  // p storage = 32 bytes at 0x..., version 1, shared by 2 tensors
  const Storage nothing;
  // p nothing = null
  const std::shared_ptr<TensorImpl> impl = view.impl_ptr();
  // p impl = int64 [2, 2]: [[1, 2], [3, 4]]
  const DimVector dims{2, 0, -3};
  // p dims = [2, 0, -3]
  const DimVector no_dims{};
  // p no_dims = []
  const std::vector<int64_t> many(200, 7);
  const IntArrayRef sizes(many.data(), 3);
  // p sizes = [7, 7, 7]
  const IntArrayRef cut = many;
  // p cut = [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  //   7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  //   7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  //   7, 7, 7, 7, 7, 7, 7, 7, 7, 7, ...]
  const std::vector<Tensor> held = {owner, Tensor()};
  const TensorList list = held;
  // p list = [int64 [4]: [1, 2, 3, 4], undefined]
  const Scalar whole = 2;
  // p whole = 2 (int64)
  const Scalar real = 2.5;
  // p real = 2.5 (float64)
  const Scalar truth = true;
  // p truth = True (bool)
  const KeySet keys = KeySet(Key::CPU) | Key::Autograd;
  // p keys = {CPU, Autograd}
  const DType dtype = kBFloat16;
  // p dtype = bfloat16
  stop_here({{&storage, &nothing, &impl, &dims, &no_dims, &sizes, &cut, &list, &whole, &real,
              &truth, &keys, &dtype}});
}

struct Net : nn::Module {
  std::shared_ptr<nn::Linear> fc1 = add_module("fc1", nn::Linear(3, 2));
  std::shared_ptr<nn::Sequential> head =
      add_module("head", nn::Sequential{nn::ReLU(), nn::Linear(2, 1, {.bias = false})});
  Tensor scale = register_parameter("scale", tensor(1.0));
  Tensor mean = register_buffer("mean", zeros({2}));
};

void modules() {
  const Net net;
  // p net = Net(scale=float32 [], mean=float32 [2], fc1=Linear(weight=float32 [2, 3], bias=float32
  //   [2]), head=Sequential(0=ReLU(), 1=Linear(weight=float32 [1, 2], bias=undefined)))
  const std::shared_ptr<nn::Linear> layer = net.fc1;
  // p layer = Linear(weight=float32 [2, 3], bias=float32 [2])
  const std::shared_ptr<nn::Module> base = net.head;
  // p base = Sequential(0=ReLU(), 1=Linear(weight=float32 [1, 2], bias=undefined))
  stop_here({{&layer, &base}});
}

/// A handle on memory that holds no tensor.
Tensor imagined(void* memory) {
  return Tensor(
      std::shared_ptr<TensorImpl>(std::shared_ptr<void>(), static_cast<TensorImpl*>(memory)));
}

void nonsense() {
  const Tensor undefined;
  // p undefined = undefined
  Tensor source = arange(3);
  const Tensor moved_to = std::move(source);
  // p source = undefined
  // p moved_to = int64 [3]: [0, 1, 2]
  std::array<unsigned char, 2 * sizeof(TensorImpl)> noise;
  noise.fill(0x5a);
  std::array<unsigned char, 2 * sizeof(TensorImpl)> zeros;
  zeros.fill(0);
  const Tensor nowhere = imagined(reinterpret_cast<void*>(16));
  // p nowhere = not readable: Cannot access memory at address 0x...
  const Tensor noisy = imagined(noise.data());
  // p noisy = not readable: no dtype has the number 90
  const Tensor blank = imagined(zeros.data());
  // p blank = not readable: a null pointer where there must be an object
  stop_here({{&undefined, &source, &moved_to, &nowhere, &noisy, &blank}});
}

void graph() {
  const Tensor leaf = tensor({1.0, 2.0}).requires_grad_();
  // p leaf = float32 [2], requires_grad=True: [1., 2.]; grad [2., 4.]
  const Tensor other = tensor({3.0, 4.0});
  const Tensor square = leaf * leaf;
  // p square = float32 [2], grad_fn=<MulBackward0>: [1., 4.]
  const Tensor sum = (square + other).sum();
  // p sum = float32 [], grad_fn=<SumBackward0>: 12.
  sum.backward();
  const Tensor row = leaf.view({1, 2});
  // p row = float32 [1, 2], grad_fn=<ViewBackward0>: [[1., 2.]]
  const Tensor detached = leaf.detach();
  // p detached = float32 [2]: [1., 2.]
  const Tensor written = leaf * 3;
  const Tensor view = written.view({2, 1});
  // p view = float32 [2, 1], grad_fn=<out of date: the memory was written since>: [[6.], [12.]]
  const autograd::SavedTensor stale(written, false);
  // p stale = float32 [2]: [6., 12.]; version 0, but now 1
  written.mul_(2);
  Tensor unrecorded;
  {
    const NoGrad guard;
    unrecorded = leaf.view({2, 1});
  }
  // p unrecorded = float32 [2, 1], requires_grad=True: [[1.], [2.]]

  const std::shared_ptr<autograd::Node> node = sum.grad_fn();
  // p node = SumBackward0 #2 -> AddBackward0 #1
  const autograd::Node& multiplication = *square.grad_fn();
  // p multiplication = MulBackward0 #0 -> AccumulateGrad, AccumulateGrad
  const autograd::Edges edges = node->next_edges()[0].node->next_edges();
  // p edges = [input 0 of MulBackward0 #0, none]
  const autograd::SmallList<autograd::OutputInfo, 1> outputs = multiplication.outputs();
  // p outputs = [float32 [2]]
  const autograd::SavedTensor saved(leaf, false);
  // p saved = float32 [2], requires_grad=True: [1., 2.]; grad [2., 4.]; version 0
  stop_here({{&multiplication, &unrecorded}});
}

}  // namespace

int main() {
  dtypes();
  every_dtype();
  layouts();
  parts();
  modules();
  nonsense();
  graph();
  return 0;
}
