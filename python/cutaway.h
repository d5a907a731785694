// SPDX-License-Identifier: MIT
//
// Cutaway for C, and for whatever speaks C. Python's package `cutaway` stands on this header alone
// (python/cutaway/_library.py calls it by ctypes).
//
//     cutaway_tensor* x = ...;
//     const cutaway_op* exp_op = cutaway_op_find("exp");
//     cutaway_tensor* y = cutaway_call_t(exp_op, x, NULL, 0);
//     if (!y) fprintf(stderr, "%s\n", cutaway_error_text());
//     cutaway_tensor_free(y);
//
// Every op of the catalogue is called by its name and schema ("max.dim(Tensor self, int dim, bool
// keepdim=False) -> (Tensor values, Tensor indices)"): one argument per parameter, defaults filled
// in by the caller, who reads them from the schema. The arguments are those of the public C++
// function, with its checks.
//
// Promises
//   Errors: no C++ exception leaves a function. A function that can fail says how it tells; the
//     type and text of the last failure on this thread are then in cutaway_error_type/_text.
//   Ownership: a function that returns a `cutaway_tensor*` gives away a new handle, to be freed by
//     cutaway_tensor_free; handles that go in are only read. Freeing null does nothing.
//   Threads: a handle may be used by several threads at once, as a Tensor may in C++.
//   Binary interface: changed only together with CUTAWAY_ABI_VERSION.
//
// PyTorch counterpart: torch/csrc/inductor/aoti_torch/c/shim.h, torch/csrc/stable.
#pragma once

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)

enum { CUTAWAY_ABI_VERSION = 3 };
// The version of the library that is running; compare it with the header's.
int32_t cutaway_abi_version(void);

typedef struct cutaway_tensor cutaway_tensor;
typedef struct cutaway_node cutaway_node;
typedef struct cutaway_op cutaway_op;
typedef struct cutaway_generator cutaway_generator;

// ---- Errors ----

typedef enum cutaway_error {
  CUTAWAY_NO_ERROR = 0,
  CUTAWAY_ERROR = 1,  // Python: RuntimeError
  CUTAWAY_INDEX_ERROR = 2,
  CUTAWAY_TYPE_ERROR = 3,
  CUTAWAY_VALUE_ERROR = 4,
  CUTAWAY_NOT_IMPLEMENTED_ERROR = 5,
  CUTAWAY_MEMORY_ERROR = 6,
  CUTAWAY_LINALG_ERROR = 7,   // Python: torch.linalg.LinAlgError, a RuntimeError
  CUTAWAY_CALLERS_ERROR = 8,  // a cutaway_callback failed; only the caller knows why
  // A computation inside a cutaway_callback is not needed any further. Not a fault: the callback
  // should return -1, and what called it goes on.
  CUTAWAY_STOPPED = 9,
  CUTAWAY_CHECKPOINT_ERROR = 10  // Python: torch.utils.checkpoint.CheckpointError, a RuntimeError
} cutaway_error;

// Of the last call on this thread that failed. The text stays until the next failure.
cutaway_error cutaway_error_type(void);
const char* cutaway_error_text(void);

// ---- Values: arguments and results whose type is known only at run time ----

// What stands in `as`; `size` is 0 unless said otherwise.
typedef enum cutaway_tag {
  CUTAWAY_NONE = 0,       // nothing
  CUTAWAY_BOOL = 1,       // integer, 0 or 1
  CUTAWAY_INT = 2,        // integer
  CUTAWAY_FLOAT = 3,      // real
  CUTAWAY_TENSOR = 4,     // tensor
  CUTAWAY_DTYPE = 5,      // integer, the number of a dtype
  CUTAWAY_GENERATOR = 6,  // generator
  // A number where a tensor is asked for, as the 2 in `x * 2`. It has little say in promotion.
  CUTAWAY_BOOL_TENSOR = 7,
  CUTAWAY_INT_TENSOR = 8,
  CUTAWAY_FLOAT_TENSOR = 9,
  // Heads of lists; the items follow, in as many values as they need.
  CUTAWAY_INTS = 10,     // `size` integers of 64 bits
  CUTAWAY_TENSORS = 11,  // `size` handles, null for none where the schema says Tensor?[]
  CUTAWAY_TEXT = 12,     // `size` bytes
  // Only in an index:
  CUTAWAY_SLICE = 13,  // start, stop and step follow, each an int or none
  CUTAWAY_ELLIPSIS = 14,
  // Only as the first result, where there were more values than room: `as.values` holds `size`
  // values, to be freed by cutaway_values_free.
  CUTAWAY_ELSEWHERE = 15
} cutaway_tag;

typedef struct cutaway_value {
  int32_t tag;
  int32_t size;
  union {
    int64_t integer;
    double real;
    cutaway_tensor* tensor;
    cutaway_generator* generator;
    struct cutaway_value* values;
  } as;
} cutaway_value;

// Frees the array, not the tensors in it.
void cutaway_values_free(cutaway_value* values);

// ---- The catalogue ----

int64_t cutaway_op_count(void);
// The rows in their order; null outside it.
const cutaway_op* cutaway_op_at(int64_t row);
// By the name and overload in the schema: "exp", "max.dim". Null if there is none.
const cutaway_op* cutaway_op_find(const char* name);
const char* cutaway_op_schema(const cutaway_op* op);

// Calls the op. `arguments` are `count` values in all, items of lists included. The results, one
// after the other, are written to `results`, which has room for `capacity` values. Returns how many
// values they are, or -1 for an error.
int64_t cutaway_call(const cutaway_op* op, const cutaway_value* arguments, int64_t count,
                     cutaway_value* results, int64_t capacity);
// The same for an op whose only result is a tensor; null for an error. Where that is the very
// tensor of the first argument (an in-place op; contiguous() of a contiguous tensor) it returns the
// argument's handle, not a new one.
cutaway_tensor* cutaway_call_1(const cutaway_op* op, const cutaway_value* arguments, int64_t count);
// Short for the most frequent calls: one or two tensors, then `count` values more (null for none).
cutaway_tensor* cutaway_call_t(const cutaway_op* op, cutaway_tensor* a, const cutaway_value* rest,
                               int64_t count);
cutaway_tensor* cutaway_call_tt(const cutaway_op* op, cutaway_tensor* a, cutaway_tensor* b,
                                const cutaway_value* rest, int64_t count);
// The same for an op whose results are two tensors: writes their handles, null for one that is not
// there. 0, or -1 for an error.
int32_t cutaway_call_pair(const cutaway_op* op, cutaway_tensor* a, const cutaway_value* rest,
                          int64_t count, cutaway_tensor** results);

// Calls the op and writes its results into `outs`, as many as it has: Python's out=. What becomes
// of them: tensor/out.h. Other arguments as above. 0, or -1 for an error.
int32_t cutaway_call_out(const cutaway_op* op, const cutaway_value* arguments, int64_t count,
                         cutaway_tensor* const* outs, int64_t out_count);

// ---- dtypes: numbered from 0 ----

int32_t cutaway_dtype_count(void);
const char* cutaway_dtype_name(int32_t dtype);  // "float32"
int32_t cutaway_dtype_size(int32_t dtype);      // bytes per element
int32_t cutaway_dtype_is_floating_point(int32_t dtype);
int32_t cutaway_promote_types(int32_t a, int32_t b);
int32_t cutaway_can_cast(int32_t from, int32_t to);
// The dtype in which `count` tensors and numbers (tags ..._TENSOR) meet; -1 for an error.
int32_t cutaway_result_type(const cutaway_value* operands, int64_t count);
int32_t cutaway_get_default_dtype(void);
int32_t cutaway_set_default_dtype(int32_t dtype);  // 0, or -1 for an error

// ---- Tensors ----

// Memory of the caller's as a tensor. `release(context)` is called once, on whatever thread, when
// the last tensor over it is gone, or before this function returns null. strides, in elements, may
// be null: row-major; none may be negative.
cutaway_tensor* cutaway_tensor_from_memory(void* data, const int64_t* sizes, const int64_t* strides,
                                           int64_t rank, int32_t dtype,
                                           void (*release)(void* context), void* context);
// A new tensor of these sizes that takes its elements, row by row, from `data` of `dtype`.
cutaway_tensor* cutaway_tensor_copy_of(const void* data, const int64_t* sizes, int64_t rank,
                                       int32_t dtype);
// One more handle to the same tensor.
cutaway_tensor* cutaway_tensor_share(const cutaway_tensor* tensor);
void cutaway_tensor_free(cutaway_tensor* tensor);
// How many handles exist; for tests.
int64_t cutaway_live_tensors(void);

int64_t cutaway_tensor_numel(const cutaway_tensor* tensor);
enum { CUTAWAY_MAX_RANK = 16 };
int64_t cutaway_tensor_rank(const cutaway_tensor* tensor);
// Write `rank` numbers, and return the rank.
int64_t cutaway_tensor_sizes(const cutaway_tensor* tensor, int64_t* sizes);
int64_t cutaway_tensor_strides(const cutaway_tensor* tensor, int64_t* strides);  // in elements
int64_t cutaway_tensor_storage_offset(const cutaway_tensor* tensor);
int64_t cutaway_tensor_storage_bytes(const cutaway_tensor* tensor);
void* cutaway_tensor_storage_data(const cutaway_tensor* tensor);
int32_t cutaway_tensor_dtype(const cutaway_tensor* tensor);
void* cutaway_tensor_data(const cutaway_tensor* tensor);  // of the first element
/* For those who keep that address: resize_ that would move the memory is refused from now on. */
void cutaway_tensor_forbid_resize(const cutaway_tensor* tensor);
int32_t cutaway_tensor_is_contiguous(const cutaway_tensor* tensor);
int32_t cutaway_tensor_is_view(const cutaway_tensor* tensor);
int64_t cutaway_tensor_version(const cutaway_tensor* tensor);  // -1: an inference tensor has none
// Whether both handles mean one tensor.
int32_t cutaway_tensor_is_same(const cutaway_tensor* a, const cutaway_tensor* b);
// The value of a one-element tensor. 0, or -1 for an error.
int32_t cutaway_tensor_item(const cutaway_tensor* tensor, cutaway_value* result);
// What Python's repr shows; null for an error. Valid until the next such call on this thread.
const char* cutaway_tensor_text(const cutaway_tensor* tensor);
// describe(): storage, strides, versions, and how the one is walked by the other. As above.
const char* cutaway_tensor_description(const cutaway_tensor* tensor);
// The same memory without history, and with a version of its own. Null for an error.
cutaway_tensor* cutaway_tensor_variable_data(const cutaway_tensor* tensor);
// Makes `tensor` another one (memory, shape, dtype) while its handles stay. 0, or -1.
int32_t cutaway_tensor_set_data(cutaway_tensor* tensor, const cutaway_tensor* data);

// tensor[items]; the items are `count` values in all. Null for an error.
cutaway_tensor* cutaway_index(const cutaway_tensor* tensor, const cutaway_value* items,
                              int64_t count);
// tensor[items] = value, a tensor or a number. 0, or -1 for an error.
int32_t cutaway_index_put(cutaway_tensor* tensor, const cutaway_value* items, int64_t count,
                          const cutaway_value* value);

// ---- Gradients ----

int32_t cutaway_tensor_requires_grad(const cutaway_tensor* tensor);
int32_t cutaway_tensor_set_requires_grad(cutaway_tensor* tensor, int32_t requires_grad);
int32_t cutaway_tensor_is_leaf(const cutaway_tensor* tensor);  // 0, 1, or -1 for an error
// Null without an error where there is none.
cutaway_tensor* cutaway_tensor_grad(const cutaway_tensor* tensor);
int32_t cutaway_tensor_set_grad(cutaway_tensor* tensor, const cutaway_tensor* grad);
// The same number for all handles of one tensor, for as long as it lives.
uint64_t cutaway_tensor_identity(const cutaway_tensor* tensor);
int64_t cutaway_tensor_output_nr(const cutaway_tensor* tensor);
int32_t cutaway_tensor_retain_grad(const cutaway_tensor* tensor);   // 0, or -1 for an error
int32_t cutaway_tensor_retains_grad(const cutaway_tensor* tensor);  // 0, 1, or -1 for an error
// Forgets how the tensor was computed. 0, or -1 for an error.
int32_t cutaway_tensor_detach_in_place(cutaway_tensor* tensor);

// Adds the gradient of the sum of `count` tensors to the leaves, or to `input_count` inputs alone
// (unless that is 0). `gradients` (count of them) may be null, and so may each of them for a
// one-element tensor. 0, or -1 for an error.
int32_t cutaway_backward(cutaway_tensor* const* tensors, cutaway_tensor* const* gradients,
                         int64_t count, cutaway_tensor* const* inputs, int64_t input_count,
                         int32_t retain_graph, int32_t create_graph);
// Writes that gradient for each of the inputs to `results` (null: unused) and changes no grad.
int32_t cutaway_grad(cutaway_tensor* const* outputs, cutaway_tensor* const* gradients,
                     int64_t count, cutaway_tensor* const* inputs, int64_t input_count,
                     int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
                     cutaway_tensor** results);

// ---- The graph ----
// A handle keeps its node, and so all that the node points to.

// The node that computed a tensor in *node; null for a leaf. 0, or -1 for an error.
int32_t cutaway_tensor_grad_fn(const cutaway_tensor* tensor, cutaway_node** node);
void cutaway_node_free(cutaway_node* node);
int64_t cutaway_live_nodes(void);  // handles; for tests
// As for tensors.
uint64_t cutaway_node_identity(const cutaway_node* node);
const char* cutaway_node_name(const cutaway_node* node);  // "MulBackward0"
uint64_t cutaway_node_sequence_nr(const cutaway_node* node);
int64_t cutaway_node_edge_count(const cutaway_node* node);
// Where edge i leads: which input of which node. Null where no gradient is wanted.
cutaway_node* cutaway_node_next(const cutaway_node* node, int64_t i, int64_t* input_nr);
// The leaf of an AccumulateGrad; null for other nodes.
cutaway_tensor* cutaway_node_variable(const cutaway_node* node);
// The names of what it saves for its gradient, "other, self", and what goes by one of them. A name
// that ends with "..." is of a list; it goes without the dots then. Returns how many there are;
// writes them where there is room. Null: was not needed.
const char* cutaway_node_saved_names(const cutaway_node* node);
int64_t cutaway_node_saved(const cutaway_node* node, const char* name, cutaway_tensor** tensors,
                           int64_t capacity);

// ---- Functions of the caller's ----
// What backward calls on its way: hooks, and the halves of custom functions. `call` gets lists of
// tensors, each as its head and its items, which it has to free; None stands for the undefined
// tensor. It writes at most `capacity` results, tensors that it gives away or None, and returns how
// many, or -1 where it fails: the C function under way then fails with CUTAWAY_CALLERS_ERROR.
// `release(context)` is called once, on whatever thread, when the function will not be called any
// more, and also where the function that takes the callback fails.
typedef struct cutaway_callback {
  int64_t (*call)(void* context, const cutaway_value* arguments, int64_t count,
                  cutaway_value* results, int64_t capacity);
  void (*release)(void* context);
  void* context;
} cutaway_callback;

// Hooks (autograd/hooks.h). `name` is what errors call the function. A new handle that can take it
// away again, to be freed by cutaway_hook_free, after which the hook stays; null for an error.
typedef struct cutaway_hook cutaway_hook;
// The function gets a list with the gradient, and returns another or nothing.
cutaway_hook* cutaway_tensor_register_hook(const cutaway_tensor* tensor,
                                           const cutaway_callback* function, const char* name);
// It gets a list with the leaf.
cutaway_hook* cutaway_tensor_register_post_accumulate_grad_hook(const cutaway_tensor* tensor,
                                                                const cutaway_callback* function,
                                                                const char* name);
// It gets the gradients of the op's outputs, and returns others or nothing.
cutaway_hook* cutaway_node_register_prehook(const cutaway_node* node,
                                            const cutaway_callback* function, const char* name);
// It gets the gradients of the op's inputs and those of its outputs, and may replace the former.
cutaway_hook* cutaway_node_register_hook(const cutaway_node* node, const cutaway_callback* function,
                                         const char* name);
uint64_t cutaway_hook_id(const cutaway_hook* hook);
void cutaway_hook_remove(const cutaway_hook* hook);
void cutaway_hook_free(cutaway_hook* hook);

// A call of a custom function (autograd/function.h): cutaway_function_begin, then forward with grad
// mode off, then cutaway_function_finish with what it returned. `function` is for the context that
// forward and backward are given; it does not keep the node, and fails when that is gone.
typedef struct cutaway_function cutaway_function;
// `backward` gets the gradients of the results, and returns those of the arguments. Arguments that
// are no tensors are null. Null for an error.
cutaway_function* cutaway_function_begin(const char* name, cutaway_tensor* const* arguments,
                                         int64_t count, const cutaway_callback* backward,
                                         int32_t once_differentiable, cutaway_node** node);
// Writes what the caller of the function gets for its results. 0, or -1 for an error.
int32_t cutaway_function_finish(cutaway_node* node, cutaway_tensor* const* arguments, int64_t count,
                                cutaway_tensor* const* results, int64_t result_count,
                                cutaway_tensor** given);
void cutaway_function_free(cutaway_function* function);
// 0, or -1 for an error.
int32_t cutaway_function_save_for_backward(cutaway_function* function,
                                           cutaway_tensor* const* tensors, int64_t count);
int32_t cutaway_function_mark_dirty(cutaway_function* function, cutaway_tensor* const* arguments,
                                    int64_t count);
int32_t cutaway_function_mark_non_differentiable(cutaway_function* function,
                                                 cutaway_tensor* const* results, int64_t count);
int32_t cutaway_function_set_materialize_grads(cutaway_function* function, int32_t materialize);
// Writes what was saved, at most `capacity` tensors. Returns how many there are, or -1.
int64_t cutaway_function_saved_tensors(const cutaway_function* function, cutaway_tensor** tensors,
                                       int64_t capacity);

// ---- Modes of this thread ----

// Whether it records what it computes.
int32_t cutaway_is_grad_enabled(void);
void cutaway_set_grad_enabled(int32_t enabled);

// Inference mode, until the guard is freed; guards are freed in reverse order. Null for an error.
typedef struct cutaway_inference_mode cutaway_inference_mode;
cutaway_inference_mode* cutaway_inference_mode_new(int32_t enabled);
void cutaway_inference_mode_free(cutaway_inference_mode* guard);
int32_t cutaway_is_inference_mode_enabled(void);
int32_t cutaway_tensor_is_inference(const cutaway_tensor* tensor);

// What is done with tensors that are saved for backward (autograd/saved_tensor_hooks.h).
typedef struct cutaway_saved_tensors_hooks {
  // Gets a tensor, which it has to free; returns what is kept in its place, or null where it fails.
  void* (*pack)(void* context, cutaway_tensor* tensor);
  // The tensor again, which it gives away, or null where it fails.
  cutaway_tensor* (*unpack)(void* context, void* packed);
  void (*release_packed)(void* packed);
  void (*release)(void* context);  // as in cutaway_callback
  void* context;
} cutaway_saved_tensors_hooks;
// Uses them until they are popped. 0, or -1 for an error.
int32_t cutaway_push_saved_tensors_hooks(const cutaway_saved_tensors_hooks* hooks);
void cutaway_pop_saved_tensors_hooks(void);

// Forbids such hooks on this thread, until the guard is freed; null for an error, `message`, where
// some are in use. Pushing some is refused with `message`.
typedef struct cutaway_no_saved_tensors_hooks cutaway_no_saved_tensors_hooks;
cutaway_no_saved_tensors_hooks* cutaway_no_saved_tensors_hooks_new(const char* message);
void cutaway_no_saved_tensors_hooks_free(cutaway_no_saved_tensors_hooks* guard);

// Anomaly mode (autograd/anomaly.h), of the whole program.
void cutaway_set_anomaly_enabled(int32_t enabled, int32_t check_nan);
int32_t cutaway_is_anomaly_enabled(void);
int32_t cutaway_is_anomaly_check_nan_enabled(void);
// Who says where the program is when a node is made: it calls cutaway_append_text(text, ...) with
// lines, each ended. And who hears of an error in backward. Both may be null.
void cutaway_on_anomaly(void (*call_site)(void* text), void (*listener)(const char* report));
void cutaway_append_text(void* text, const char* lines);

// ---- Derivatives of functions ----
// `function` gets the inputs and returns its outputs.

// gradcheck, or gradgradcheck with second_order. 0, or -1 for an error and where they fail.
int32_t cutaway_gradcheck(const cutaway_callback* function, cutaway_tensor* const* inputs,
                          int64_t count, double eps, double atol, double rtol,
                          int32_t second_order);
typedef enum cutaway_derivative_kind {
  CUTAWAY_VJP = 0,
  CUTAWAY_JVP = 1,
  CUTAWAY_VHP = 2,
  CUTAWAY_HVP = 3,
  CUTAWAY_JACOBIAN = 4,
  CUTAWAY_HESSIAN = 5
} cutaway_derivative_kind;
// autograd/jacobian.h. Writes the outputs and then the derivatives, row by row, and returns how
// many tensors that are; *output_count says how many of them are outputs (none for the last two
// kinds). More than `capacity`, and other failures: -1.
int64_t cutaway_derivative(int32_t kind, const cutaway_callback* function,
                           cutaway_tensor* const* inputs, int64_t count, cutaway_tensor* const* v,
                           int64_t v_count, int32_t create_graph, int32_t strict,
                           cutaway_tensor** results, int64_t capacity, int64_t* output_count);
// function(inputs), whose saved tensors are computed again when backward wants them
// (autograd/activation_checkpoint.h). Returns how many outputs there are, or -1.
int64_t cutaway_checkpoint(const cutaway_callback* function, cutaway_tensor* const* inputs,
                           int64_t count, int32_t preserve_rng_state, int32_t check_determinism,
                           int32_t early_stop, cutaway_tensor** outputs, int64_t capacity);

// ---- Random numbers ----

enum { CUTAWAY_GENERATOR_STATE_BYTES = 5056 };
cutaway_generator* cutaway_generator_new(void);
void cutaway_generator_free(cutaway_generator* generator);  // not the default one
cutaway_generator* cutaway_default_generator(void);
cutaway_generator* cutaway_generator_clone(const cutaway_generator* generator);
void cutaway_generator_manual_seed(cutaway_generator* generator, uint64_t seed);
uint64_t cutaway_generator_initial_seed(const cutaway_generator* generator);
// A seed from the system's entropy, which it then starts from.
uint64_t cutaway_generator_seed(cutaway_generator* generator);
void cutaway_generator_get_state(const cutaway_generator* generator, uint8_t* state);
// 0, or -1 for an error.
int32_t cutaway_generator_set_state(cutaway_generator* generator, const uint8_t* state,
                                    int64_t size);

// ---- DLPack ----
// Exchange of memory with other libraries by their common struct (dmlc/dlpack, version 0.x
// DLManagedTensor and 1.x DLManagedTensorVersioned; `versioned` tells which).

// A managed tensor that keeps this one alive until its deleter is called; null for an error.
void* cutaway_to_dlpack(const cutaway_tensor* tensor, int32_t versioned);
// A tensor over the memory of a managed tensor, whose deleter is called when the last one over it
// is gone. Null for an error; the managed tensor is then still the caller's.
cutaway_tensor* cutaway_from_dlpack(void* managed, int32_t versioned);
// Frees a managed tensor that nobody took.
void cutaway_dlpack_discard(void* managed, int32_t versioned);
// For PyCapsule_New: a destructor that discards what nobody took. It needs Python's
// PyCapsule_IsValid and PyCapsule_GetPointer, which the caller gives it once.
void cutaway_dlpack_capsule_functions(int (*is_valid)(void* capsule, const char* name),
                                      void* (*get_pointer)(void* capsule, const char* name));
void cutaway_dlpack_capsule_destructor(void* capsule);

// ---- Settings ----

int32_t cutaway_get_num_threads(void);
int32_t cutaway_set_num_threads(int32_t count);  // 0, or -1 for an error

// What set_printoptions shall change: none, or a value. 0, or -1 for an error. profile: 0 default,
// 1 short, 2 full.
typedef struct cutaway_print_options {
  cutaway_value precision, threshold, edgeitems, linewidth, profile;  // ints
  cutaway_value sci_mode;                                             // a bool
} cutaway_print_options;
int32_t cutaway_set_print_options(const cutaway_print_options* change);

// Calls the op `times` times with `count` arguments and frees the results: what an op costs without
// Python. Returns the nanoseconds per call, or -1 for an error.
double cutaway_time_call(const cutaway_op* op, const cutaway_value* arguments, int64_t count,
                         int64_t times);

#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif
