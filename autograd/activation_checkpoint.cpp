// SPDX-License-Identifier: MIT
#include "activation_checkpoint.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "../tensor/check.h"
#include "../tensor/generator.h"
#include "../tensor/ops.h"
#include "grad_mode.h"
#include "saved_tensor.h"

namespace cutaway::inline v0_1::autograd {
namespace {

using TensorFunction = std::function<std::vector<Tensor>(const std::vector<Tensor>&)>;

/// What two runs must have in common of a saved tensor.
struct Metadata {
  DimVector sizes;
  DType dtype;

  explicit Metadata(const Tensor& tensor) : sizes(tensor.sizes()), dtype(tensor.dtype()) {}
  bool operator==(const Metadata& other) const {
    return sizes == other.sizes && dtype == other.dtype;
  }
  std::string text() const { return join("{'shape': ", sizes, ", 'dtype': ", dtype, "}"); }
};

/// In place of a saved tensor; full between the second run and its unpacking.
struct Box {
  std::optional<Tensor> content;
};

/// One call of checkpoint(). Kept alive by the boxes' hooks, that is, by the graph.
class CheckpointFrame : public std::enable_shared_from_this<CheckpointFrame> {
 public:
  CheckpointFrame(TensorFunction function, const std::vector<Tensor>& inputs,
                  const CheckpointOptions& options)
      : function_(std::move(function)), options_(options) {
    if (options_.preserve_rng_state) rng_state_ = default_generator().get_state();
    for (const Tensor& input : inputs) inputs_.emplace_back(input, false);
  }

  SavedTensorHooks forward_hooks() {
    return {[frame = shared_from_this()](const Tensor& tensor) -> std::any {
              return frame->new_box(tensor);
            },
            [frame = shared_from_this()](const std::any& packed) {
              return frame->open(*std::any_cast<std::shared_ptr<Box>>(packed));
            }};
  }
  void end_forward() { is_forward_over_ = true; }

 private:
  /// Thrown, and caught by the frame it names, when all boxes are full.
  struct AllSaved {
    const CheckpointFrame* frame;
  };

  std::shared_ptr<Box> new_box(const Tensor& tensor) {
    auto box = std::make_shared<Box>();
    boxes_.push_back(box);
    first_.emplace_back(tensor);
    return box;
  }

  Tensor open(Box& box) {
    if (!box.content) run_again();
    check(box.content.has_value(), "checkpoint: the second run did not save this tensor");
    return *std::exchange(box.content, std::nullopt);
  }

  void run_again();
  void fill_next_box(const Tensor& tensor);
  void check_boxes() const;

  TensorFunction function_;
  CheckpointOptions options_;
  std::vector<SavedTensor> inputs_;
  std::vector<uint8_t> rng_state_;
  std::vector<std::weak_ptr<Box>> boxes_;  // one that has gone is wanted no more
  std::vector<Metadata> first_;            // by box, of the first run
  size_t next_ = 0;                        // the box that the second run fills next
  bool is_forward_over_ = false;
};

void CheckpointFrame::run_again() {
  const EnableGrad recording;
  std::vector<Tensor> inputs;
  for (const SavedTensor& input : inputs_) inputs.push_back(input.unpack());
  std::optional<ForkRng> fork;
  if (options_.preserve_rng_state) {
    fork.emplace();
    default_generator().set_state(rng_state_);
  }
  next_ = 0;
  try {
    const SavedTensorsHooks guard(
        {[this](const Tensor& tensor) -> std::any {
           const Tensor kept = detach(tensor);
           fill_next_box(kept);
           return kept;
         },
         [](const std::any& kept) { return std::any_cast<Tensor>(kept); }});
    function_(inputs);  // step in here: the forward, for the second time
  } catch (const AllSaved& all) {
    if (all.frame != this) throw;
  }
  check_boxes();
}

/// Throws where the second run did not save what the first one did.
template <class... Parts>
void check_same(bool is_same, const Parts&... parts) {
  if (!is_same) throw CheckpointError(join("torch.utils.checkpoint: ", parts...));
}

void CheckpointFrame::fill_next_box(const Tensor& tensor) {
  const size_t i = next_++;
  if (i >= boxes_.size()) {
    // Backward inside of the function itself comes here before the first run has saved everything.
    check_same(!is_forward_over_,
               "trying to save more tensors during recomputation than during the original forward "
               "pass.");
    return;
  }
  if (const std::shared_ptr<Box> box = boxes_[i].lock()) box->content = tensor;
  if (options_.early_stop && next_ == boxes_.size()) throw AllSaved{this};
}

void CheckpointFrame::check_boxes() const {
  check_same(next_ >= boxes_.size(),
             "A different number of tensors was saved during the original forward and "
             "recomputation.\nNumber of tensors saved during forward: ",
             boxes_.size(), "\nNumber of tensors saved during recomputation: ", next_, ".");
  if (!options_.check_determinism) return;
  std::string different;
  for (size_t i = 0; i < boxes_.size(); ++i) {
    const std::shared_ptr<Box> box = boxes_[i].lock();
    if (!box || Metadata(*box->content) == first_[i]) continue;
    different += join("tensor at position ", i, ":\nsaved metadata: ", first_[i].text(),
                      "\nrecomputed metadata: ", Metadata(*box->content).text(), "\n");
  }
  check_same(different.empty(),
             "Recomputed values for the following tensors have different metadata than during the "
             "forward pass.\n",
             different, ".");
}

}  // namespace

std::vector<Tensor> checkpoint(const TensorFunction& function, const std::vector<Tensor>& inputs,
                               const CheckpointOptions& options) {
  if (!is_grad_enabled()) return function(inputs);
  const auto frame = std::make_shared<CheckpointFrame>(function, inputs, options);
  const SavedTensorsHooks guard(frame->forward_hooks());
  std::vector<Tensor> results = function(inputs);
  frame->end_forward();
  return results;
}

Tensor checkpoint(const std::function<Tensor(const Tensor&)>& function, const Tensor& input,
                  const CheckpointOptions& options) {
  const TensorFunction of_lists = [function](const std::vector<Tensor>& inputs) {
    return std::vector<Tensor>{function(inputs[0])};
  };
  return checkpoint(of_lists, std::vector<Tensor>{input}, options)[0];
}

Tensor checkpoint_sequential(const std::vector<std::function<Tensor(const Tensor&)>>& functions,
                             int64_t segments, const Tensor& input,
                             const CheckpointOptions& options) {
  const size_t count = static_cast<size_t>(segments);
  check_value(segments > 0 && count <= functions.size(),
              "checkpoint_sequential: segments must be from 1 to the number of functions, ",
              functions.size(), ", but got ", segments);
  const size_t length = functions.size() / count;
  Tensor x = input;
  for (size_t segment = 0; segment + 1 < count; ++segment) {
    const auto first = functions.begin() + static_cast<std::ptrdiff_t>(segment * length);
    const std::vector<std::function<Tensor(const Tensor&)>> part(
        first, first + static_cast<std::ptrdiff_t>(length));
    const std::function<Tensor(const Tensor&)> run = [part](Tensor t) {
      for (const auto& function : part) t = function(t);
      return t;
    };
    x = checkpoint(run, x, options);
  }
  for (size_t i = (count - 1) * length; i < functions.size(); ++i) x = functions[i](x);
  return x;
}

}  // namespace cutaway::autograd
