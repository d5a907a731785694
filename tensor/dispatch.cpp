// SPDX-License-Identifier: MIT
#include "dispatch.h"

#include "boxed.h"

namespace cutaway {

Values OpBase::call_boxed(const Values& arguments) const {
  // A composite is a plain function; who comes by name passes here and can be seen.
  if (is_composite() && is_observed()) {
    ObservedCall call(*this, Key::CPU);
    call.start_list(arguments);
    Values results = boxed_(*this, arguments);
    call.finish_list(results);
    return results;
  }
  return boxed_(*this, arguments);
}

void OpBase::fail_no_kernel(Key key) const {
  if (key == Key::Autograd) {
    throw NotImplementedError(join("derivative for ", name(), " is not implemented"));
  }
  throw NotImplementedError(join("Could not run '", name(), "' with arguments from the '",
                                 name_of(key), "' backend: it has no kernel for that key."));
}

}  // namespace cutaway
