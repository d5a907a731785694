// SPDX-License-Identifier: MIT
//
// What another library may have defined before ours is included.
#pragma once
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define check(condition) ((condition) ? 0 : throw 1)
#define T unsigned
namespace other {
class Tensor {};
class Module {};
}  // namespace other
using other::Module;
using other::Tensor;
