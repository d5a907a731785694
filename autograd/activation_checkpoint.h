// SPDX-License-Identifier: MIT
//
// checkpoint: memory for time. What a function saves for its backward is thrown away, and when
// backward asks for it, the function is run again.
//
//     Tensor y = autograd::checkpoint([&](const Tensor& t) { return block(t); }, x);
//
// Built from saved-tensor hooks, as PyTorch's use_reentrant=False is. In the forward, pack keeps an
// empty box in place of each tensor. The first unpack runs the function again, on the inputs as
// they were (guarded against in-place writes like every saved tensor), under hooks that put what
// is saved now into the boxes, one after the other; once all boxes are full it is stopped. A box is
// emptied when it is unpacked, so that a second backward (retain_graph) computes all of it again.
//
// So backward(), grad(), gradients of gradients, nested checkpoints, and inputs or captured tensors
// with or without a gradient are as they would be without checkpoint. Random numbers: the
// function sees the default generator's state of the first run, and leaves it as it was.
//
// The function must save the same tensors again. Other counts, shapes or dtypes are errors.
//
// PyTorch counterpart: torch.utils.checkpoint, CheckpointError. (The stem checkpoint.h belongs to
// the files of io/.) Left out: use_reentrant=True, context_fn, debug, and its hints in the error
// texts. Unpacking one tensor twice in one backward is an error in PyTorch; here it runs the
// function once more.
#pragma once

#include <functional>
#include <vector>

#include "../tensor/check.h"
#include "../tensor/tensor.h"

namespace cutaway::inline v0_1::autograd {

/// The second run did not save what the first one did.
class CheckpointError : public Error {
 public:
  using Error::Error;
};

struct CheckpointOptions {
  bool preserve_rng_state = true;
  bool check_determinism = true;  // compare shapes and dtypes of what is saved
  bool early_stop = true;         // stop the second run when all that is wanted is there
};

/// Returns function(inputs).
std::vector<Tensor> checkpoint(
    const std::function<std::vector<Tensor>(const std::vector<Tensor>&)>& function,
    const std::vector<Tensor>& inputs, const CheckpointOptions& options = {});
Tensor checkpoint(const std::function<Tensor(const Tensor&)>& function, const Tensor& input,
                  const CheckpointOptions& options = {});

/// Runs the functions one after the other, in `segments` checkpointed groups; the last group is
/// not checkpointed, since its backward comes first.
Tensor checkpoint_sequential(const std::vector<std::function<Tensor(const Tensor&)>>& functions,
                             int64_t segments, const Tensor& input,
                             const CheckpointOptions& options = {});

}  // namespace cutaway::autograd
