// SPDX-License-Identifier: MIT
//
// A script of random calls, one a line, run on named generators. Used to hold sequences of calls
// against PyTorch: live by parity/random_sequences.py, and from committed answers by
// tensor/random_sequence_test.cpp.
//
//     seed g1 42                        manual_seed; `default` is the default generator
//     state default g1                  g1 continues as the default generator does
//     clone default g1                  the same by clone()
//     fork                              what follows up to `join` leaves the default generator
//     alone join uniform_ f32[2,3]t -1.5 2 g1      a row of the catalogue with its arguments in
//     schema order init.trunc_normal_ f32[5] 0 1 -2 2 g1
//
// Arguments: 2  2.5  True  None  [2,3]  f32  g1, and tensors: dtype and sizes, then
//     t         dimensions reversed in memory
//     s         every second element of the last dimension of a larger tensor
//     o         all but the first row of a larger tensor
//     *2.5      element i (in logical order) is 2.5 (37 i + 11 mod 101) / 101; without it, 0
// Letters may follow each other: f32[4,3]st.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "../tensor/boxed.h"
#include "../tensor/generator.h"

namespace cutaway {

class RandomSession {
 public:
  /// Runs one line and returns the results of a call. Throws what the call throws.
  Values run(const std::string& line);
  /// "default", or a name that a line has used.
  Generator& generator(const std::string& name);

 private:
  Value value_of(const std::string& token);

  std::map<std::string, std::unique_ptr<Generator>> generators_;
  std::vector<std::unique_ptr<ForkRng>> forks_;
};

/// The elements in logical order as bytes in hexadecimal, little-endian.
std::string hex_of(const Tensor& tensor);
std::string hex_of(const std::vector<uint8_t>& bytes);

}  // namespace cutaway
