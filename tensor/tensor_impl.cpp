// SPDX-License-Identifier: MIT
#include "tensor_impl.h"

#include <utility>

#include "check.h"

namespace cutaway::inline v0_1 {

TensorImpl::TensorImpl(Storage storage, DType dtype, IntArrayRef sizes)
    : storage_(std::move(storage)),
      dtype_(dtype),
      version_(storage_, &storage_->version()),
      sizes_(sizes),
      strides_(contiguous_strides(sizes)) {
  numel_ = numel_of(sizes);
}

/// The origin of a view of `base`, until its op says otherwise.
static ViewOrigin inherited_origin(const TensorImpl& base) {
  if (is_inference_mode_enabled()) return ViewOrigin::InferenceMode;
  if (!base.base()) return ViewOrigin::OneView;
  if (base.view_origin() == ViewOrigin::InferenceMode) return ViewOrigin::InferenceMode;
  return base.is_unrecorded_view() ? ViewOrigin::NoGradMode : base.view_origin();
}

TensorImpl::TensorImpl(const std::shared_ptr<TensorImpl>& base, IntArrayRef sizes,
                       IntArrayRef strides, int64_t storage_offset)
    : storage_(base->storage_),
      dtype_(base->dtype_),
      keys_(base->keys_ - KeySet(Key::Autograd)),
      is_unrecorded_view_(excluded_keys().has(Key::Autograd)),
      is_inference_(base->is_inference_),
      view_origin_(inherited_origin(*base)),
      history_version_(base->version()),
      version_(base->version_),
      base_(base->base_ || base->is_inference_ ? base->base_ : base) {
  set_geometry(sizes, strides, storage_offset);
}

TensorImpl::TensorImpl(Detached, const TensorImpl& source)
    : storage_(source.storage_),
      storage_offset_(source.storage_offset_),
      numel_(source.numel_),
      dtype_(source.dtype_),
      keys_(source.keys_ - KeySet(Key::Autograd)),
      is_contiguous_(source.is_contiguous_),
      is_inference_(source.is_inference_),
      counts_versions_(!source.is_inference_ || !is_inference_mode_enabled()),
      version_(counts_versions_ && source.is_inference_ ? std::make_shared<VersionCounter>()
                                                        : source.version_),
      sizes_(source.sizes_),
      strides_(source.strides_) {}

void TensorImpl::set_geometry(IntArrayRef sizes, IntArrayRef strides, int64_t storage_offset) {
  sizes_ = DimVector(sizes);
  strides_ = DimVector(strides);
  storage_offset_ = storage_offset;
  numel_ = numel_of(sizes);
  is_contiguous_ = cutaway::is_contiguous(sizes, strides);
}

void TensorImpl::check_inference_write() const {
  check(is_inference_mode_enabled(),
        "Inplace update to inference tensor outside InferenceMode is not allowed.You can make a "
        "clone to get a normal tensor before doing inplace update.See "
        "https://github.com/pytorch/rfcs/pull/17 for more details.");
}

void TensorImpl::reinterpret(DType dtype, IntArrayRef sizes, IntArrayRef strides,
                             int64_t storage_offset) {
  dtype_ = dtype;
  set_geometry(sizes, strides, storage_offset);
}

void TensorImpl::set_data(const TensorImpl& source) {
  storage_ = source.storage_;
  dtype_ = source.dtype_;
  version_ = source.version_;
  set_geometry(source.sizes_, source.strides_, source.storage_offset_);
}

}  // namespace cutaway
