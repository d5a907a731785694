// SPDX-License-Identifier: MIT
//
// Runs a script of random calls (notation: ../random_calls.h) from standard input and writes, for
// each line, what came of it and where every generator stands:
//
//     = f32 [2,3] [3,1] 0000803f...      a result: dtype, sizes, strides, bytes in hexadecimal
//     ! RuntimeError random_ expects ... or the error
//     state default 2a00000000000000...  the 5056 bytes, of a generator that has moved
//     .                                  the line is done
//
// A line "begin" forgets all generators but the default one. tests/parity/random_sequences.py holds
// the answers against PyTorch's.
#include <iostream>
#include <map>

#include "../../tensor/check.h"
#include "../random_calls.h"

using namespace cutaway;

static const char* type_of(const Error& error) {
  if (dynamic_cast<const IndexError*>(&error) != nullptr) return "IndexError";
  if (dynamic_cast<const TypeError*>(&error) != nullptr) return "TypeError";
  if (dynamic_cast<const ValueError*>(&error) != nullptr) return "ValueError";
  if (dynamic_cast<const NotImplementedError*>(&error) != nullptr) return "NotImplementedError";
  return "RuntimeError";
}

int main() {
  auto session = std::make_unique<RandomSession>();
  std::map<std::string, std::vector<uint8_t>> states;
  for (std::string line; std::getline(std::cin, line);) {
    if (line == "begin") {
      session = std::make_unique<RandomSession>();
      states.clear();
      std::cout << ".\n";
      continue;
    }
    try {
      for (const Value& result : session->run(line)) {
        const Tensor& tensor = std::get<Tensor>(result);
        std::cout << "= " << name_of(tensor.dtype()) << ' ' << to_string(tensor.sizes()) << ' '
                  << to_string(tensor.strides()) << ' ' << hex_of(tensor) << '\n';
      }
    } catch (const Error& error) {
      std::cout << "! " << type_of(error) << ' ' << error.message() << '\n';
    }
    for (const char* name : {"default", "g1", "g2"}) {
      std::vector<uint8_t> state = session->generator(name).get_state();
      if (states[name] == state) continue;
      std::cout << "state " << name << ' ' << hex_of(state) << '\n';
      states[name] = std::move(state);
    }
    std::cout << ".\n";
  }
}
