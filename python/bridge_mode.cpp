// SPDX-License-Identifier: MIT
//
// Modes of a thread, which Python's `with` opens and closes: no scopes of C++.
#include <atomic>

#include "../autograd/anomaly.h"
#include "../autograd/grad_mode.h"
#include "../autograd/saved_tensor_hooks.h"
#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;

int32_t cutaway_is_grad_enabled() { return is_grad_enabled(); }
void cutaway_set_grad_enabled(int32_t enabled) { set_grad_enabled(enabled != 0); }

// ---- Inference mode ----

struct cutaway_inference_mode {
  explicit cutaway_inference_mode(bool enabled) : guard(enabled) {}
  InferenceMode guard;
};
cutaway_inference_mode* cutaway_inference_mode_new(int32_t enabled) {
  return guarded<cutaway_inference_mode*>(nullptr,
                                          [&] { return new cutaway_inference_mode(enabled != 0); });
}
void cutaway_inference_mode_free(cutaway_inference_mode* guard) { delete guard; }
int32_t cutaway_is_inference_mode_enabled() { return is_inference_mode_enabled(); }
int32_t cutaway_tensor_is_inference(const cutaway_tensor* tensor) {
  return tensor->value.is_inference();
}

// ---- Saved-tensor hooks ----

namespace {

/// What pack returned.
class Packed {
 public:
  Packed(void* what, void (*release)(void*)) : what_(what), release_(release) {}
  ~Packed() { release_(what_); }
  Packed(const Packed&) = delete;
  Packed& operator=(const Packed&) = delete;
  void* what() const { return what_; }

 private:
  void* what_;
  void (*release_)(void*);
};

}  // namespace

int32_t cutaway_push_saved_tensors_hooks(const cutaway_saved_tensors_hooks* hooks) {
  return guarded(-1, [&] {
    const cutaway_saved_tensors_hooks functions = *hooks;
    const auto owner = std::make_shared<CallersContext>(functions.release, functions.context);
    autograd::push_saved_tensors_hooks({
        [functions, owner](const Tensor& tensor) -> std::any {
          void* const packed = functions.pack(functions.context, give(tensor));
          if (packed == nullptr) throw CallersError();
          return std::make_shared<Packed>(packed, functions.release_packed);
        },
        [functions, owner](const std::any& packed) {
          void* const what = std::any_cast<const std::shared_ptr<Packed>&>(packed)->what();
          const std::unique_ptr<cutaway_tensor> tensor(functions.unpack(functions.context, what));
          if (!tensor) throw CallersError();
          return tensor->value;
        },
    });
    return 0;
  });
}
void cutaway_pop_saved_tensors_hooks() { autograd::pop_saved_tensors_hooks(); }

struct cutaway_no_saved_tensors_hooks {
  explicit cutaway_no_saved_tensors_hooks(const char* message) : guard(message) {}
  autograd::DisableSavedTensorsHooks guard;
};
cutaway_no_saved_tensors_hooks* cutaway_no_saved_tensors_hooks_new(const char* message) {
  return guarded<cutaway_no_saved_tensors_hooks*>(
      nullptr, [&] { return new cutaway_no_saved_tensors_hooks(message); });
}
void cutaway_no_saved_tensors_hooks_free(cutaway_no_saved_tensors_hooks* guard) { delete guard; }

// ---- Anomaly mode ----

void cutaway_set_anomaly_enabled(int32_t enabled, int32_t check_nan) {
  autograd::set_anomaly_enabled(enabled != 0, check_nan != 0);
}
int32_t cutaway_is_anomaly_enabled() { return autograd::is_anomaly_enabled(); }
int32_t cutaway_is_anomaly_check_nan_enabled() { return autograd::is_anomaly_check_nan_enabled(); }

static constinit std::atomic<void (*)(void*)> callers_call_site{nullptr};
static constinit std::atomic<void (*)(const char*)> callers_listener{nullptr};

void cutaway_on_anomaly(void (*call_site)(void*), void (*listener)(const char*)) {
  callers_call_site = call_site;
  callers_listener = listener;
  autograd::set_call_site(call_site == nullptr ? nullptr : +[] {
    std::string text;
    callers_call_site.load()(&text);
    return text;
  });
  autograd::on_anomaly(listener == nullptr ? nullptr : +[](const std::string& report) {
    callers_listener.load()(report.c_str());
  });
}
void cutaway_append_text(void* text, const char* lines) {
  static_cast<std::string*>(text)->append(lines);
}
