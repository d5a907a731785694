// SPDX-License-Identifier: MIT
//
// Gives back what macros_off.h has put away.
#pragma pop_macro("T")
#pragma pop_macro("check")
#pragma pop_macro("max")
#pragma pop_macro("min")
