// SPDX-License-Identifier: MIT
//
// What is done with functions of the caller's as a whole: checked, differentiated, checkpointed.
#include "../autograd/activation_checkpoint.h"
#include "../autograd/gradcheck.h"
#include "../autograd/jacobian.h"
#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;

/// The caller's function as one of C++.
static autograd::TensorFunction function_of(const cutaway_callback* function) {
  return [call = Callback(function)](const std::vector<Tensor>& inputs) {
    return call({TensorList(inputs)});
  };
}

int32_t cutaway_gradcheck(const cutaway_callback* function, cutaway_tensor* const* inputs,
                          int64_t count, double eps, double atol, double rtol,
                          int32_t second_order) {
  return guarded(-1, [&] {
    const auto check_gradient = second_order != 0 ? autograd::gradgradcheck : autograd::gradcheck;
    check_gradient(function_of(function), tensors_of(inputs, count), {eps, atol, rtol});
    return 0;
  });
}

/// Writes them where there is room.
static int64_t give_within(const std::vector<Tensor>& tensors, cutaway_tensor** out,
                           int64_t capacity) {
  const int64_t count = static_cast<int64_t>(tensors.size());
  check(count <= capacity, "there is room for ", capacity, " tensors, not for ", count);
  give_all(tensors, out);
  return count;
}

static void append(std::vector<Tensor>& list, const std::vector<Tensor>& tensors) {
  list.insert(list.end(), tensors.begin(), tensors.end());
}

/// Outputs, then derivatives.
static std::vector<Tensor> derivative(int32_t kind, const autograd::TensorFunction& function,
                                      const std::vector<Tensor>& inputs,
                                      const std::vector<Tensor>& v,
                                      const autograd::DerivativeOptions& options,
                                      int64_t& output_count) {
  std::vector<Tensor> results;
  output_count = 0;
  if (kind == CUTAWAY_JACOBIAN || kind == CUTAWAY_HESSIAN) {
    const auto rows = kind == CUTAWAY_JACOBIAN ? autograd::jacobian(function, inputs, options)
                                               : autograd::hessian(function, inputs, options);
    for (const std::vector<Tensor>& row : rows) append(results, row);
    return results;
  }
  const auto product = kind == CUTAWAY_VJP   ? autograd::vjp
                       : kind == CUTAWAY_JVP ? autograd::jvp
                       : kind == CUTAWAY_VHP ? autograd::vhp
                                             : autograd::hvp;
  const auto [outputs, derivatives] = product(function, inputs, v, options);
  output_count = static_cast<int64_t>(outputs.size());
  append(results, outputs);
  append(results, derivatives);
  return results;
}

int64_t cutaway_derivative(int32_t kind, const cutaway_callback* function,
                           cutaway_tensor* const* inputs, int64_t count, cutaway_tensor* const* v,
                           int64_t v_count, int32_t create_graph, int32_t strict,
                           cutaway_tensor** results, int64_t capacity, int64_t* output_count) {
  return guarded(int64_t{-1}, [&] {
    return give_within(
        derivative(kind, function_of(function), tensors_of(inputs, count), tensors_of(v, v_count),
                   {create_graph != 0, strict != 0}, *output_count),
        results, capacity);
  });
}

int64_t cutaway_checkpoint(const cutaway_callback* function, cutaway_tensor* const* inputs,
                           int64_t count, int32_t preserve_rng_state, int32_t check_determinism,
                           int32_t early_stop, cutaway_tensor** outputs, int64_t capacity) {
  return guarded(int64_t{-1}, [&] {
    return give_within(
        autograd::checkpoint(function_of(function), tensors_of(inputs, count),
                             {preserve_rng_state != 0, check_determinism != 0, early_stop != 0}),
        outputs, capacity);
  });
}
