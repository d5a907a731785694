// SPDX-License-Identifier: MIT
#include "node.h"

#include <algorithm>
#include <atomic>
#include <string_view>
#include <utility>

#include "../tensor/observe.h"
#include "anomaly.h"
#include "grad_mode.h"
#include "saved_tensor.h"

namespace cutaway::inline v0_1::autograd {

static std::atomic<uint64_t> next_sequence_nr{0};

Node::Node(const char* name, Edges&& next_edges)
    : Node(name, std::move(next_edges), next_sequence_nr.fetch_add(1, std::memory_order_relaxed)) {
  if (is_anomaly_enabled()) forward_site_ = note_forward_site(name);
}

Node::Node(const char* name, Edges&& next_edges, uint64_t sequence_nr)
    : name_(name), sequence_nr_(sequence_nr), next_edges_(std::move(next_edges)) {}

Node::~Node() {
  for (Edge& edge : next_edges_) release(std::move(edge.node));
}

Hooks& Node::hooks() {
  if (!hooks_) hooks_ = std::make_unique<Hooks>();
  return *hooks_;
}

RemovableHandle Node::register_prehook(NodePreHook hook, std::string name) {
  return hooks().add_pre_hook(std::move(hook), std::move(name));
}

RemovableHandle Node::register_hook(NodePostHook hook, std::string name) {
  return hooks().add_post_hook(std::move(hook), std::move(name));
}

static constinit thread_local const NodeSet* wanted_nodes = nullptr;

LimitToNodes::LimitToNodes(const NodeSet* wanted) : before_(std::exchange(wanted_nodes, wanted)) {}
LimitToNodes::~LimitToNodes() { wanted_nodes = before_; }

bool Node::needs(size_t i) const {
  const Node* next = next_edges_[i].node.get();
  return next != nullptr && (wanted_nodes == nullptr || wanted_nodes->contains(next));
}

namespace {

/// The names in a text like "other, self", one after the other; a list's again and again.
class SavedNames {
 public:
  explicit SavedNames(std::string_view names) : left_(names) {}
  std::string_view next() {
    constexpr std::string_view kBetween = ", ", kList = "...";
    if (left_.ends_with(kList) && left_.find(kBetween) == std::string_view::npos) {
      return left_.substr(0, left_.size() - kList.size());
    }
    const std::string_view name = left_.substr(0, left_.find(kBetween));
    left_.remove_prefix(std::min(left_.size(), name.size() + kBetween.size()));
    return name;
  }
  bool contain(std::string_view name) {
    while (!left_.empty()) {
      const size_t before = left_.size();
      if (next() == name) return true;
      if (left_.size() == before) return false;  // a list is the last
    }
    return false;
  }

 private:
  std::string_view left_;
};

}  // namespace

int64_t Node::add_output(const Tensor& output) {
  outputs_.push_back({output.sizes(), output.dtype()});
  return static_cast<int64_t>(outputs_.size()) - 1;
}

std::vector<SavedInfo> Node::saved_tensors() const {
  std::vector<SavedInfo> found;
  SavedNames names(saved_names());
  for_each_saved([&](const SavedTensor& saved) {
    SavedInfo info = saved.info();
    info.name = names.next();
    if (info.tensor.defined()) found.push_back(std::move(info));
  });
  return found;
}

std::vector<Tensor> Node::saved(std::string_view name) const {
  check(SavedNames(saved_names()).contain(name), name_, " saves nothing that is called '", name,
        "'; it saves: ", saved_names());
  const EnableGrad with_history;
  std::vector<Tensor> found;
  SavedNames names(saved_names());
  bool is_released = true;
  for_each_saved([&](const SavedTensor& saved) {
    if (names.next() != name) return;
    is_released = false;
    found.push_back(saved.unpack(*this));
  });
  check(!is_released, released_message());
  return found;
}

void Node::replace_output(const Tensor& output) { outputs_[0] = {output.sizes(), output.dtype()}; }

std::string op_name(const Node& node) {
  std::string name = node.name();
  // Those that belong to no one op: PyTorch says where it has them.
  for (const char* other : {"CopyBackwards", "CopySlices", "NotImplemented"}) {
    if (name == other) return join("torch::autograd::", name);
  }
  const size_t backward = name.find("Backward");
  if (backward == std::string::npos) return name;
  name.erase(backward, std::string_view("Backward").size());
  if (name.ends_with('0')) name.pop_back();
  return name;
}

Grads apply_node(Node& node, Grads&& grad_outputs) {
  if (!is_observed()) return node.apply(std::move(grad_outputs));
  ObservedCall call(CallKind::Node, node.name(), node.sequence_nr());
  call.start_list(grad_outputs);
  Grads grads = node.apply(std::move(grad_outputs));
  call.finish_list(grads);
  return grads;
}

/// The nodes that wait for destruction on this thread; null where none is being destroyed.
static constinit thread_local std::vector<std::shared_ptr<Node>>* waiting = nullptr;

void release(std::shared_ptr<Node> node) noexcept {
  if (node.use_count() != 1) return;  // somebody else keeps it, or there is none
  if (waiting != nullptr) {
    waiting->push_back(std::move(node));
    return;
  }
  std::vector<std::shared_ptr<Node>> list;
  waiting = &list;
  node.reset();  // ~Node puts its neighbours on the list, and so do those of the neighbours
  while (!list.empty()) {
    const std::shared_ptr<Node> last = std::move(list.back());
    list.pop_back();
  }
  waiting = nullptr;
}

}  // namespace cutaway::autograd
