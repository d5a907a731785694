// SPDX-License-Identifier: MIT
//
// Somebody's program that has copied tensor/ and nothing else.
#include <tensor/all.h>

#include <cstdio>

int main() {
  cutaway::manual_seed(0);
  const cutaway::Tensor a = cutaway::randn({3, 4});
  const cutaway::Tensor product = a.matmul(a.t());
  std::printf("%s\n", cutaway::to_string(product).c_str());
  return cutaway::allclose(product, product.t()) && product.sum().item<double>() > 0 ? 0 : 1;
}
