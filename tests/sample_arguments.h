// SPDX-License-Identifier: MIT
//
// From the text of a sample (notation: op_samples.h) to the arguments of a call.
//
// Tensors are drawn from a generator that is seeded with a hash of the sample's own text, in the
// order in which they stand. PyTorch's generator gives the same numbers for the same seed
// (Note [Same random numbers as PyTorch]), so no input has to be stored.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "../tensor/boxed.h"
#include "../tensor/generator.h"
#include "op_samples.h"

namespace cutaway {

class SampleArguments {
 public:
  explicit SampleArguments(const OpSample& sample);

  /// The tensors as drawn: dense, before their layout.
  const std::vector<Tensor>& leaves() const { return leaves_; }
  /// Whether the sample asks for the gradient of leaf i.
  bool is_differentiable(size_t i) const { return differentiable_[i]; }

  /// The arguments, made of `leaves`. Also seeds the default generator, for ops that draw from it.
  /// Parameters that the sample leaves out get the defaults of the row's schema.
  Values build(const std::vector<Tensor>& leaves);
  Values build() { return build(leaves_); }

  /// Stands behind the last tensor drawn: where gradients are drawn from.
  Generator& generator() { return generator_; }

 private:
  Value value_of(const std::string& token, const std::vector<Tensor>& leaves, size_t& next_leaf);

  Generator generator_;
  std::vector<std::string> tokens_;
  std::vector<Tensor> leaves_;
  std::vector<bool> differentiable_;
  std::vector<std::unique_ptr<Generator>> generators_;  // those of `gen7`
};

/// "add f64[2,3] f64[3]": how the fixture and messages name a sample.
std::string text_of(const OpSample& sample);
/// Splits at each `separator`; the empty text has no parts.
std::vector<std::string> split(const std::string& text, char separator);
/// u8, i8, i16, i32, i64, f16, bf16, f32, f64, bool. Throws for any other name.
DType dtype_of_name(const std::string& name);

}  // namespace cutaway
