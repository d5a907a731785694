// SPDX-License-Identifier: MIT
//
// Reads tests/fixtures/random.txt, which random_fixtures.py wrote with PyTorch. The file is in
// sections of rows; a row is one call on a generator and what it gave:
//
//     [uniform]
//     seed 7
//     uniform float32 3 -0.5 2 = bd0f5c29 3f99999a 3e4ccccd    values, as bits in hexadecimal
//     state ~ cbf29ce484222325                                 only their hash
//
// Rows of a section follow each other on the same generator.
#pragma once

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "../../tensor/check.h"
#include "../fixture_path.h"

namespace cutaway {

struct FixtureRow {
  std::string text;                // the part before = or ~, for messages
  std::vector<std::string> words;  // the same, split
  std::vector<uint64_t> values;
  bool hashed = false;  // values holds only hash_of the values
};

inline std::vector<FixtureRow> read_random_fixture(const std::string& section) {
  std::ifstream file(fixture_path("random.txt"));
  std::vector<FixtureRow> rows;
  std::string line, current;
  while (std::getline(file, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '[') current = line;
    if (line[0] == '[' || current != "[" + section + "]") continue;
    FixtureRow row;
    size_t split = line.find_first_of("=~");
    row.text = line.substr(0, split);
    std::istringstream left(row.text);
    for (std::string word; left >> word;) row.words.push_back(word);
    if (split != std::string::npos) {
      row.hashed = line[split] == '~';
      std::istringstream right(line.substr(split + 1));
      for (std::string word; right >> word;) row.values.push_back(std::stoull(word, nullptr, 16));
    }
    rows.push_back(row);
  }
  check(!rows.empty(), "tests/fixtures/random.txt has no section ", section);
  return rows;
}

/// FNV-1a over the values, each as 8 bytes, low byte first.
inline uint64_t hash_of(const std::vector<uint64_t>& values) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (uint64_t value : values)
    for (int shift = 0; shift < 64; shift += 8)
      hash = (hash ^ (value >> shift & 0xff)) * 0x100000001b3u;
  return hash;
}

/// The state's bytes as 632 numbers of 8 bytes, low byte first.
inline std::vector<uint64_t> words_of(const std::vector<uint8_t>& bytes) {
  std::vector<uint64_t> words(bytes.size() / 8, 0);
  for (size_t i = 0; i < words.size() * 8; ++i) words[i / 8] |= uint64_t{bytes[i]} << (i % 8 * 8);
  return words;
}

}  // namespace cutaway
