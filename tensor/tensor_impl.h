// SPDX-License-Identifier: MIT
//
// TensorImpl: what a tensor is. A storage, and how to walk it (sizes, strides, offset, dtype); the
// dispatch keys that say who handles it; a version counter; and a pointer to whatever autograd
// wants to remember, which this folder knows only as an interface.
//
// Invariants: element (i, j, ...) lies at data + (storage_offset + i*stride[0] + j*stride[1] + ...)
// * itemsize, inside the storage; numel is the product of the sizes; a view and its base share
// storage and version counter.
//
// PyTorch counterpart: c10/core/TensorImpl.h.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "dispatch_key.h"
#include "dtype.h"
#include "inference_mode.h"
#include "live_count.h"
#include "object_pool.h"
#include "shape.h"
#include "storage.h"

#include "macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1 {

class Tensor;

/// What tensor/ needs to know of autograd's metadata; autograd/variable.h implements it.
class AutogradMetaInterface {
 public:
  virtual ~AutogradMetaInterface() = default;
  /// Whether gradients flow to this tensor: set by the user on a leaf, else because it was computed
  /// from one that does.
  virtual bool requires_grad(const Tensor& self) const = 0;
  /// "MulBackward0", or "" for a leaf. Printing shows it.
  virtual std::string grad_fn_name(const Tensor& self) const = 0;
};

/// What made a view. Autograd refuses to record a write through any but the first kind.
enum class ViewOrigin : uint8_t {
  OneView,         // an op that returns one view
  NoGradMode,      // the same, of a view that was made while nothing was recorded
  OneOfMany,       // an op that returns several (split, unbind): one node serves all of them
  CustomFunction,  // a custom function's forward: its node would lose its place to the write's
  InferenceMode,   // an op in inference mode: no graph knows of it
};

class TensorImpl : LiveCounted<Counted::Tensor> {
 public:
  /// A new, contiguous tensor over `storage`.
  TensorImpl(Storage storage, DType dtype, IntArrayRef sizes);
  /// A tensor that looks at the memory of `base` in another way.
  TensorImpl(const std::shared_ptr<TensorImpl>& base, IntArrayRef sizes, IntArrayRef strides,
             int64_t storage_offset);
  /// A tensor that looks at the same memory in the same way, and is no view of `source`: detach().
  struct Detached {};
  TensorImpl(Detached, const TensorImpl& source);
  TensorImpl(const TensorImpl&) = delete;
  TensorImpl& operator=(const TensorImpl&) = delete;
  ~TensorImpl() = default;

  const DimVector& sizes() const { return sizes_; }
  const DimVector& strides() const { return strides_; }
  int64_t storage_offset() const { return storage_offset_; }
  int64_t numel() const { return numel_; }
  bool is_contiguous() const { return is_contiguous_; }
  DType dtype() const { return dtype_; }
  const Storage& storage() const { return storage_; }
  /// Where the first element lies. Without elements the offset may point anywhere, and is not used.
  std::byte* data() const {
    return storage_->data() + (numel_ == 0 ? 0 : storage_offset_ * size_of(dtype_));
  }

  /// Changes the geometry in place; the new one must stay inside the storage.
  void set_geometry(IntArrayRef sizes, IntArrayRef strides, int64_t storage_offset);
  /// Reads the same bytes as elements of another dtype, which the geometry must fit.
  void reinterpret(DType dtype, IntArrayRef sizes, IntArrayRef strides, int64_t storage_offset);
  /// Shares memory, dtype and geometry with `source` from now on; what autograd remembers stays.
  void set_data(const TensorImpl& source);

  /// Who handles this tensor. A view also has the keys of its base, which may have come to require
  /// gradients after the view was made.
  KeySet keys() const { return base_ ? keys_ | base_->keys_ : keys_; }
  void add_key(Key key) { keys_ = keys_ | key; }
  void remove_key(Key key) { keys_ = keys_ - key; }

  /// See Note [Where the version counter lives].
  const std::shared_ptr<VersionCounter>& version_counter() const { return version_; }
  uint32_t version() const { return version_->current(); }
  void bump_version() {
    if (!counts_versions_) [[unlikely]]
      check_inference_write();
    version_->bump();
  }
  /// An inference tensor does not, but one that detach() makes of it in normal mode does.
  bool counts_versions() const { return counts_versions_; }
  /// Whether it was made in inference mode, or looks at the memory of such a tensor.
  bool is_inference() const { return is_inference_; }
  void set_version_counter(std::shared_ptr<VersionCounter> counter) {
    version_ = std::move(counter);
    counts_versions_ = true;
  }

  /// For a view, the tensor it is a view of (never itself a view); else null. Autograd needs it
  /// when a view is written in place. Views of inference tensors have none.
  const std::shared_ptr<TensorImpl>& base() const { return base_; }
  void set_base(std::shared_ptr<TensorImpl> base) { base_ = std::move(base); }

  /// For a view, the version of the memory for which its own history is right: a later write
  /// through the base or another view makes it stale. See autograd/inplace_view.h.
  uint32_t history_version() const { return history_version_; }
  void set_history_version(uint32_t version) { history_version_ = version; }

  /// For a view, whether it was made while this thread recorded nothing (no-grad mode): no graph
  /// knows of it, so that a recorded write through it has no right history.
  bool is_unrecorded_view() const { return is_unrecorded_view_; }
  void set_recorded() { is_unrecorded_view_ = false; }

  /// For a view, how it was made; OneView, if so was what it was made from.
  ViewOrigin view_origin() const { return view_origin_; }
  void set_view_origin(ViewOrigin origin) { view_origin_ = origin; }

  AutogradMetaInterface* autograd_meta() const { return autograd_meta_.get(); }
  /// Its own, or else its base's.
  AutogradMetaInterface* nearest_autograd_meta() const {
    return autograd_meta_ || !base_ ? autograd_meta_.get() : base_->autograd_meta_.get();
  }
  void set_autograd_meta(std::unique_ptr<AutogradMetaInterface> meta) {
    autograd_meta_ = std::move(meta);
  }

  /// True for the 0-d tensor that stands for a number in `x * 2`: it has less say in promotion.
  bool is_wrapped_number() const { return is_wrapped_number_; }
  void set_wrapped_number() { is_wrapped_number_ = true; }

 private:
  void check_inference_write() const;

  Storage storage_;
  int64_t storage_offset_ = 0;
  int64_t numel_ = 0;
  DType dtype_;
  KeySet keys_ = Key::CPU;
  bool is_contiguous_ = true;
  bool is_wrapped_number_ = false;
  bool is_unrecorded_view_ = false;
  bool is_inference_ = is_inference_mode_enabled();
  bool counts_versions_ = !is_inference_;
  ViewOrigin view_origin_ = ViewOrigin::OneView;
  uint32_t history_version_ = 0;
  std::shared_ptr<VersionCounter> version_;
  std::shared_ptr<TensorImpl> base_;
  std::unique_ptr<AutogradMetaInterface> autograd_meta_;
  DimVector sizes_;
  DimVector strides_;
};

// Note [Where the version counter lives]
// ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
// Views must share one counter, and a tensor that shares only the memory (`x.data()` in PyTorch's
// old idiom) must have its own. So a tensor points to a counter. Nearly always that is the counter
// inside its storage: the pointer is then an alias of the storage's own shared_ptr and costs no
// allocation. A tensor that must not be noticed by autograd gets a fresh one.

}  // namespace cutaway

#include "macros_on.h"
