// SPDX-License-Identifier: MIT
#include "dispatch.h"

#include "boxed.h"

namespace cutaway::inline v0_1 {

Values OpBase::call_boxed(const Values& arguments) const { return boxed_(*this, arguments); }

void OpBase::fail_no_kernel(Key key) const {
  if (key == Key::Autograd) {
    throw NotImplementedError(join("derivative for ", name(), " is not implemented"));
  }
  throw NotImplementedError(join("Could not run '", name(), "' with arguments from the '",
                                 name_of(key), "' backend: it has no kernel for that key."));
}

}  // namespace cutaway
