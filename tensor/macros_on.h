// SPDX-License-Identifier: MIT
//
// Gives back what macros_off.h has put away.
#pragma pop_macro("CUDA")
#pragma pop_macro("CPU")
#pragma pop_macro("None")
#pragma pop_macro("Bool")
#pragma pop_macro("H")
#pragma pop_macro("T")
#pragma pop_macro("check")
#pragma pop_macro("round")
#pragma pop_macro("abs")
#pragma pop_macro("max")
#pragma pop_macro("min")
