// SPDX-License-Identifier: MIT
//
// Somebody's program that has copied tensor/ and autograd/: d(x^2 + x)/dx = 2x + 1.
#include <autograd/autograd.h>
#include <tensor/all.h>

#include <cstdio>

int main() {
  const cutaway::Tensor x = cutaway::arange(4).to(cutaway::kFloat32).requires_grad_();
  (x * x + x).sum().backward();
  std::printf("%s\n", cutaway::to_string(x.grad()).c_str());
  return cutaway::equal(x.grad(), 2 * x.detach() + 1) ? 0 : 1;
}
