// SPDX-License-Identifier: MIT
//
// A part of a program with two versions of the library: compiled once against each, with WHO
// defined as the version that it shall meet. See two_versions.cpp.
#include <cutaway.h>

#include "two_versions.h"

Part WHO() {
  return {cutaway::kVersion, [](int seed) { cutaway::manual_seed(static_cast<unsigned>(seed)); },
          [] { return cutaway::rand({1}).item<double>(); },
          [](double at) {
            const cutaway::Tensor x = cutaway::tensor({at}, cutaway::kFloat64).requires_grad_();
            (x * x * x).backward();
            return x.grad().item<double>();
          },
          [] {
            try {
              cutaway::ones({2}) + cutaway::ones({3});
            } catch (const cutaway::Error&) {
              return true;
            }
            return false;
          }};
}
