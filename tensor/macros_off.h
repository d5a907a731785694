// SPDX-License-Identifier: MIT
//
// Puts away what the host program may have defined as macros and a header of ours uses as names:
// min and max (windows.h), abs and round (Arduino.h), check (Apple's AssertMacros.h), Bool and None
// (Xlib.h), T, H, and the names of devices. macros_on.h, at the header's end, gives them back.
// Included by each header that has such a name, so without #pragma once.
//
// These are names that users of the library write, and T. A host that keeps the macro writes kBool
// for DType::Bool, {} for None, (x.max)() for x.max(). What else a public header names is a word:
// tests/lint.py allows no other capital letter.
//
// PyTorch counterpart: none. libc++ does the same in __undef_macros.
#pragma push_macro("min")
#pragma push_macro("max")
#pragma push_macro("abs")
#pragma push_macro("round")
#pragma push_macro("check")
#pragma push_macro("T")
#pragma push_macro("H")
#pragma push_macro("Bool")
#pragma push_macro("None")
#pragma push_macro("CPU")
#pragma push_macro("CUDA")
#undef min
#undef max
#undef abs
#undef round
#undef check
#undef T
#undef H
#undef Bool
#undef None
#undef CPU
#undef CUDA
