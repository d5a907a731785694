// SPDX-License-Identifier: MIT
#include "tensor_impl.h"

#include <utility>

namespace cutaway {

TensorImpl::TensorImpl(Storage storage, DType dtype, IntArrayRef sizes)
    : storage_(std::move(storage)),
      dtype_(dtype),
      version_(storage_, &storage_->version()),
      sizes_(sizes),
      strides_(contiguous_strides(sizes)) {
  numel_ = numel_of(sizes);
}

TensorImpl::TensorImpl(const std::shared_ptr<TensorImpl>& base, IntArrayRef sizes,
                       IntArrayRef strides, int64_t storage_offset)
    : storage_(base->storage_),
      dtype_(base->dtype_),
      keys_(base->keys_ - KeySet(Key::Autograd)),
      is_unrecorded_view_(base->is_unrecorded_view_ || excluded_keys().has(Key::Autograd)),
      view_origin_(base->view_origin_),
      history_version_(base->version()),
      version_(base->version_),
      base_(base->base_ ? base->base_ : base) {
  set_geometry(sizes, strides, storage_offset);
}

void TensorImpl::set_geometry(IntArrayRef sizes, IntArrayRef strides, int64_t storage_offset) {
  sizes_ = DimVector(sizes);
  strides_ = DimVector(strides);
  storage_offset_ = storage_offset;
  numel_ = numel_of(sizes);
  is_contiguous_ = cutaway::is_contiguous(sizes, strides);
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
