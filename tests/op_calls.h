// SPDX-License-Identifier: MIT
//
// From the name of a row to the public function in front of it: cutaway::add for "add", which
// checks, promotes and calls the row. Arguments are those of the schema.
#pragma once

#include <string>

#include "../tensor/boxed.h"

namespace cutaway {

/// Calls the public function. Throws Error for a name that has none here.
Values call_public(const std::string& name, const Values& arguments);

}  // namespace cutaway
