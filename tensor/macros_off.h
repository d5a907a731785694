// SPDX-License-Identifier: MIT
//
// Puts away what the host program may have defined as macros and a header of ours uses as names:
// min and max (windows.h), check (Apple's AssertMacros.h), T. macros_on.h, at the header's end,
// gives them back. Included by each header that has such a name, so without #pragma once.
//
// PyTorch counterpart: none. libc++ does the same in __undef_macros.
#pragma push_macro("min")
#pragma push_macro("max")
#pragma push_macro("check")
#pragma push_macro("T")
#undef min
#undef max
#undef check
#undef T
