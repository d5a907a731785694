// SPDX-License-Identifier: MIT
//
// What the program in two_versions.cpp asks of each of its two versions of the library.
#pragma once

struct Part {
  const char* version;
  void (*seed)(int);
  double (*draw)();
  double (*slope_of_cube)(double at);
  bool (*catches_its_error)();
};

Part older();
Part newer();
