// SPDX-License-Identifier: MIT
//
// Under a sanitizer a request for more memory than there can be ends the program, unless told
// otherwise. Here it must fail as everywhere else, since tests ask for such sizes on purpose.
//
// The sanitizer's own library looks for these two, so they must be visible to it.

extern "C" {
[[gnu::visibility("default")]] const char* __asan_default_options();
[[gnu::visibility("default")]] const char* __tsan_default_options();

const char* __asan_default_options() { return "allocator_may_return_null=1"; }
const char* __tsan_default_options() { return "allocator_may_return_null=1"; }
}
