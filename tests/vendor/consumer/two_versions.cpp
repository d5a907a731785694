// SPDX-License-Identifier: MIT
//
// A program that has two versions of the library in it, as happens when two of its own libraries
// each bring one. Exits with 0 if each does its work, with a state of its own.
#include "two_versions.h"

#include <cstdio>
#include <cstring>

int main() {
  const Part parts[] = {older(), newer()};
  double drawn[2];
  parts[0].seed(7);
  parts[1].seed(7);
  // With one generator for both, the second draw would be the next number.
  for (int i = 0; i < 2; ++i) drawn[i] = parts[i].draw();
  bool good = drawn[0] == drawn[1] && std::strcmp(parts[0].version, parts[1].version) != 0;
  for (const Part& part : parts) {
    const double slope = part.slope_of_cube(2);
    good = good && slope == 12 && part.catches_its_error();
    std::printf("version %s: slope %g\n", part.version, slope);
  }
  return good ? 0 : 1;
}
