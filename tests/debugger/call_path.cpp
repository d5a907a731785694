// SPDX-License-Identifier: MIT
//
// A program to be stepped through: one multiplication and one backward. call_path.py runs it in
// gdb.
#include <cstdio>

#include "../../autograd/autograd.h"
#include "../../tensor/all.h"

using namespace cutaway;

int main() {
  const Tensor a = tensor({1.0, 2.0}).requires_grad_();
  const Tensor b = tensor({3.0, 4.0}).requires_grad_();
  const Tensor product = a * b;
  const Tensor loss = product.sum();
  loss.backward();
  std::printf("%g %g\n", a.grad()[0].item<double>(), a.grad()[1].item<double>());
  return 0;
}
