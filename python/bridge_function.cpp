// SPDX-License-Identifier: MIT
//
// Custom functions whose forward and backward are the caller's.
#include "../autograd/function.h"

#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;

/// Knows the node weakly: the node owns the callback, which may own this.
struct cutaway_function {
  std::weak_ptr<autograd::FunctionNode> node;
};

/// The node of a function; throws where it is gone.
static std::shared_ptr<autograd::FunctionNode> node_of(const cutaway_function* function) {
  check(function != nullptr, "the function is null");
  std::shared_ptr<autograd::FunctionNode> node = function->node.lock();
  check(node != nullptr, "this call of the function recorded nothing, or its graph is gone");
  return node;
}

cutaway_function* cutaway_function_begin(const char* name, cutaway_tensor* const* arguments,
                                         int64_t count, const cutaway_callback* backward,
                                         int32_t once_differentiable, cutaway_node** node) {
  return guarded<cutaway_function*>(nullptr, [&] {
    const auto begun = autograd::begin_function(
        name, tensors_of(arguments, count),
        [call = Callback(backward)](autograd::FunctionContext&, const autograd::Grads& grads) {
          return call({TensorList(grads)});
        });
    begun->set_once_differentiable(once_differentiable != 0);
    auto function = std::make_unique<cutaway_function>(cutaway_function{begun});
    *node = new cutaway_node(begun);
    return function.release();
  });
}

int32_t cutaway_function_finish(cutaway_node* node, cutaway_tensor* const* arguments, int64_t count,
                                cutaway_tensor* const* results, int64_t result_count,
                                cutaway_tensor** given) {
  return guarded(-1, [&] {
    auto* function = dynamic_cast<autograd::FunctionNode*>(node->value.get());
    check(function != nullptr, node->value->name(), " is not the node of a custom function");
    give_all(autograd::finish_function(*function, tensors_of(arguments, count),
                                       tensors_of(results, result_count)),
             given);
    return 0;
  });
}

void cutaway_function_free(cutaway_function* function) { delete function; }

int32_t cutaway_function_save_for_backward(cutaway_function* function,
                                           cutaway_tensor* const* tensors, int64_t count) {
  return guarded(-1, [&] {
    node_of(function)->context().save_for_backward(tensors_of(tensors, count));
    return 0;
  });
}
int32_t cutaway_function_mark_dirty(cutaway_function* function, cutaway_tensor* const* arguments,
                                    int64_t count) {
  return guarded(-1, [&] {
    node_of(function)->context().mark_dirty(tensors_of(arguments, count));
    return 0;
  });
}
int32_t cutaway_function_mark_non_differentiable(cutaway_function* function,
                                                 cutaway_tensor* const* results, int64_t count) {
  return guarded(-1, [&] {
    node_of(function)->context().mark_non_differentiable(tensors_of(results, count));
    return 0;
  });
}
int32_t cutaway_function_set_materialize_grads(cutaway_function* function, int32_t materialize) {
  return guarded(-1, [&] {
    node_of(function)->context().set_materialize_grads(materialize != 0);
    return 0;
  });
}
int64_t cutaway_function_saved_tensors(const cutaway_function* function, cutaway_tensor** tensors,
                                       int64_t capacity) {
  return guarded(int64_t{-1}, [&] {
    const std::vector<Tensor> saved = node_of(function)->context().get_saved_variables();
    const int64_t count = static_cast<int64_t>(saved.size());
    if (count <= capacity) give_all(saved, tensors);
    return count;
  });
}
