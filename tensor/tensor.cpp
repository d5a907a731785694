// SPDX-License-Identifier: MIT
//
// The methods of Tensor: each hands itself to the function of the same name.
#include "tensor.h"

#include "indexing.h"
#include "ops.h"

namespace cutaway::inline v0_1 {

void Tensor::fail_undefined() {
  throw Error("Expected a proper Tensor but got None (or an undefined Tensor in C++)");
}

int64_t Tensor::wrap_dim_of(int64_t dim) const {
  const int64_t rank = this->dim();
  check_index(rank > 0, "Dimension specified as ", dim, " but tensor has no dimensions");
  return wrap_dim(dim, rank);
}

void Tensor::fail_data_type(DType wanted) const {
  throw TypeError(join("expected scalar type ", wanted, " but found ", dtype()));
}

uint32_t Tensor::version() const {
  check(ref().counts_versions(), "Inference tensors do not track version counter.");
  return ref().version();
}

Scalar Tensor::item() const {
  check(numel() == 1, "a Tensor with ", numel(), " elements cannot be converted to Scalar");
  return visit_dtype(dtype(), [&]<class T>(TypeTag<T>) { return Scalar(*data<T>()); });
}

Tensor Tensor::to(DType dtype, bool copy) const { return cutaway::to(*this, dtype, copy); }
Tensor Tensor::to(const Tensor& other, bool copy) const {
  return cutaway::to(*this, other.dtype(), copy);
}
Tensor Tensor::type_as(const Tensor& other) const { return cutaway::type_as(*this, other); }
Tensor Tensor::clone() const { return cutaway::clone(*this); }
Tensor Tensor::contiguous() const { return cutaway::contiguous(*this); }
Tensor Tensor::detach() const { return cutaway::detach(*this); }
const Tensor& Tensor::copy_(const Tensor& source) const { return cutaway::copy_(*this, source); }
const Tensor& Tensor::fill_(const Scalar& value) const { return cutaway::fill_(*this, value); }
const Tensor& Tensor::zero_() const { return cutaway::zero_(*this); }

Tensor Tensor::view(IntArrayRef sizes) const { return cutaway::view(*this, sizes); }
Tensor Tensor::reshape(IntArrayRef sizes) const { return cutaway::reshape(*this, sizes); }
Tensor Tensor::flatten(int64_t start_dim, int64_t end_dim) const {
  return cutaway::flatten(*this, start_dim, end_dim);
}
Tensor Tensor::permute(IntArrayRef dims) const { return cutaway::permute(*this, dims); }
Tensor Tensor::transpose(int64_t dim0, int64_t dim1) const {
  return cutaway::transpose(*this, dim0, dim1);
}
Tensor Tensor::t() const { return cutaway::t(*this); }
Tensor Tensor::expand(IntArrayRef sizes) const { return cutaway::expand(*this, sizes); }
Tensor Tensor::expand_as(const Tensor& other) const {
  return cutaway::expand(*this, other.sizes());
}
Tensor Tensor::squeeze() const { return cutaway::squeeze(*this); }
Tensor Tensor::squeeze(int64_t dim) const { return cutaway::squeeze(*this, dim); }
Tensor Tensor::unsqueeze(int64_t dim) const { return cutaway::unsqueeze(*this, dim); }
Tensor Tensor::select(int64_t dim, int64_t index) const {
  return cutaway::select(*this, dim, index);
}
Tensor Tensor::slice(int64_t dim, std::optional<int64_t> start, std::optional<int64_t> end,
                     int64_t step) const {
  return cutaway::slice(*this, dim, start, end, step);
}
Tensor Tensor::narrow(int64_t dim, int64_t start, int64_t length) const {
  return cutaway::narrow(*this, dim, start, length);
}
Tensor Tensor::as_strided(IntArrayRef sizes, IntArrayRef strides,
                          std::optional<int64_t> storage_offset) const {
  return cutaway::as_strided(*this, sizes, strides, storage_offset);
}
Tensor Tensor::view(DType dtype) const { return cutaway::view(*this, dtype); }
Tensor Tensor::view_as(const Tensor& other) const { return cutaway::view_as(*this, other); }
Tensor Tensor::reshape_as(const Tensor& other) const { return cutaway::reshape_as(*this, other); }
Tensor Tensor::ravel() const { return cutaway::ravel(*this); }
Tensor Tensor::unflatten(int64_t dim, IntArrayRef sizes) const {
  return cutaway::unflatten(*this, dim, sizes);
}
Tensor Tensor::swapaxes(int64_t dim0, int64_t dim1) const {
  return cutaway::swapaxes(*this, dim0, dim1);
}
Tensor Tensor::swapdims(int64_t dim0, int64_t dim1) const {
  return cutaway::swapdims(*this, dim0, dim1);
}
Tensor Tensor::movedim(IntArrayRef source, IntArrayRef destination) const {
  return cutaway::movedim(*this, source, destination);
}
Tensor Tensor::movedim(int64_t source, int64_t destination) const {
  return cutaway::movedim(*this, source, destination);
}
Tensor Tensor::moveaxis(IntArrayRef source, IntArrayRef destination) const {
  return cutaway::moveaxis(*this, source, destination);
}
Tensor Tensor::moveaxis(int64_t source, int64_t destination) const {
  return cutaway::moveaxis(*this, source, destination);
}
Tensor Tensor::mT() const { return cutaway::mT(*this); }
Tensor Tensor::mH() const { return cutaway::mH(*this); }
Tensor Tensor::adjoint() const { return cutaway::adjoint(*this); }
Tensor Tensor::T() const { return cutaway::numpy_T(*this); }
Tensor Tensor::H() const { return cutaway::matrix_H(*this); }
Tensor Tensor::broadcast_to(IntArrayRef sizes) const { return cutaway::broadcast_to(*this, sizes); }
Tensor Tensor::squeeze(IntArrayRef dims) const { return cutaway::squeeze(*this, dims); }
Tensor Tensor::narrow_copy(int64_t dim, int64_t start, int64_t length) const {
  return cutaway::narrow_copy(*this, dim, start, length);
}
Tensor Tensor::diagonal(int64_t offset, int64_t dim1, int64_t dim2) const {
  return cutaway::diagonal(*this, offset, dim1, dim2);
}
Tensor Tensor::unfold(int64_t dimension, int64_t size, int64_t step) const {
  return cutaway::unfold(*this, dimension, size, step);
}
bool Tensor::is_same_size(const Tensor& other) const { return cutaway::is_same_size(*this, other); }
std::vector<Tensor> Tensor::split(int64_t split_size, int64_t dim) const {
  return cutaway::split(*this, split_size, dim);
}
std::vector<Tensor> Tensor::split(IntArrayRef split_sizes, int64_t dim) const {
  return cutaway::split(*this, split_sizes, dim);
}
std::vector<Tensor> Tensor::split_with_sizes(IntArrayRef split_sizes, int64_t dim) const {
  return cutaway::split_with_sizes(*this, split_sizes, dim);
}
std::vector<Tensor> Tensor::chunk(int64_t chunks, int64_t dim) const {
  return cutaway::chunk(*this, chunks, dim);
}
std::vector<Tensor> Tensor::tensor_split(int64_t sections, int64_t dim) const {
  return cutaway::tensor_split(*this, sections, dim);
}
std::vector<Tensor> Tensor::tensor_split(IntArrayRef indices, int64_t dim) const {
  return cutaway::tensor_split(*this, indices, dim);
}
std::vector<Tensor> Tensor::hsplit(int64_t sections) const {
  return cutaway::hsplit(*this, sections);
}
std::vector<Tensor> Tensor::hsplit(IntArrayRef indices) const {
  return cutaway::hsplit(*this, indices);
}
std::vector<Tensor> Tensor::vsplit(int64_t sections) const {
  return cutaway::vsplit(*this, sections);
}
std::vector<Tensor> Tensor::vsplit(IntArrayRef indices) const {
  return cutaway::vsplit(*this, indices);
}
std::vector<Tensor> Tensor::dsplit(int64_t sections) const {
  return cutaway::dsplit(*this, sections);
}
std::vector<Tensor> Tensor::dsplit(IntArrayRef indices) const {
  return cutaway::dsplit(*this, indices);
}
std::vector<Tensor> Tensor::unbind(int64_t dim) const { return cutaway::unbind(*this, dim); }
const Tensor& Tensor::squeeze_() const { return cutaway::squeeze_(*this); }
const Tensor& Tensor::squeeze_(int64_t dim) const { return cutaway::squeeze_(*this, dim); }
const Tensor& Tensor::squeeze_(IntArrayRef dims) const { return cutaway::squeeze_(*this, dims); }
const Tensor& Tensor::unsqueeze_(int64_t dim) const { return cutaway::unsqueeze_(*this, dim); }
const Tensor& Tensor::transpose_(int64_t dim0, int64_t dim1) const {
  return cutaway::transpose_(*this, dim0, dim1);
}
const Tensor& Tensor::swapaxes_(int64_t dim0, int64_t dim1) const {
  return cutaway::swapaxes_(*this, dim0, dim1);
}
const Tensor& Tensor::swapdims_(int64_t dim0, int64_t dim1) const {
  return cutaway::swapdims_(*this, dim0, dim1);
}
const Tensor& Tensor::t_() const { return cutaway::t_(*this); }
const Tensor& Tensor::resize_(IntArrayRef sizes) const { return cutaway::resize_(*this, sizes); }
Tensor Tensor::tril(int64_t diagonal) const { return cutaway::tril(*this, diagonal); }
const Tensor& Tensor::tril_(int64_t diagonal) const { return cutaway::tril_(*this, diagonal); }
Tensor Tensor::triu(int64_t diagonal) const { return cutaway::triu(*this, diagonal); }
const Tensor& Tensor::triu_(int64_t diagonal) const { return cutaway::triu_(*this, diagonal); }
Tensor Tensor::diag(int64_t diagonal) const { return cutaway::diag(*this, diagonal); }
Tensor Tensor::diag_embed(int64_t offset, int64_t dim1, int64_t dim2) const {
  return cutaway::diag_embed(*this, offset, dim1, dim2);
}
Tensor Tensor::diagflat(int64_t offset) const { return cutaway::diagflat(*this, offset); }
std::tuple<Tensor, Tensor> Tensor::sort(int64_t dim, bool descending) const {
  return cutaway::sort(*this, dim, descending);
}
Tensor Tensor::argsort(int64_t dim, bool descending) const {
  return cutaway::argsort(*this, dim, descending);
}
Tensor Tensor::msort() const { return cutaway::msort(*this); }
std::tuple<Tensor, Tensor> Tensor::topk(int64_t k, int64_t dim, bool largest, bool sorted) const {
  return cutaway::topk(*this, k, dim, largest, sorted);
}
std::tuple<Tensor, Tensor, Tensor> Tensor::unique(bool sorted, bool return_inverse,
                                                  bool return_counts,
                                                  std::optional<int64_t> dim) const {
  return cutaway::unique(*this, sorted, return_inverse, return_counts, dim);
}
std::tuple<Tensor, Tensor, Tensor> Tensor::unique_consecutive(bool return_inverse,
                                                              bool return_counts,
                                                              std::optional<int64_t> dim) const {
  return cutaway::unique_consecutive(*this, return_inverse, return_counts, dim);
}
Tensor Tensor::bincount(const Tensor& weights, int64_t minlength) const {
  return cutaway::bincount(*this, weights, minlength);
}
Tensor Tensor::bincount(int64_t minlength) const { return cutaway::bincount(*this, {}, minlength); }
Tensor Tensor::histc(int64_t bins, const Scalar& min, const Scalar& max) const {
  return cutaway::histc(*this, bins, min, max);
}
Tensor Tensor::new_empty(IntArrayRef sizes, std::optional<DType> dtype) const {
  return cutaway::new_empty(*this, sizes, dtype);
}
Tensor Tensor::new_zeros(IntArrayRef sizes, std::optional<DType> dtype) const {
  return cutaway::new_zeros(*this, sizes, dtype);
}
Tensor Tensor::new_ones(IntArrayRef sizes, std::optional<DType> dtype) const {
  return cutaway::new_ones(*this, sizes, dtype);
}
Tensor Tensor::new_full(IntArrayRef sizes, const Scalar& value, std::optional<DType> dtype) const {
  return cutaway::new_full(*this, sizes, value, dtype);
}
Tensor Tensor::operator[](int64_t index) const { return cutaway::select(*this, 0, index); }

Tensor Tensor::sum(std::optional<DType> dtype) const { return cutaway::sum(*this, dtype); }
Tensor Tensor::sum(IntArrayRef dims, bool keepdim, std::optional<DType> dtype) const {
  return cutaway::sum(*this, dims, keepdim, dtype);
}
Tensor Tensor::mean(std::optional<DType> dtype) const { return cutaway::mean(*this, dtype); }
Tensor Tensor::mean(IntArrayRef dims, bool keepdim, std::optional<DType> dtype) const {
  return cutaway::mean(*this, dims, keepdim, dtype);
}
Tensor Tensor::max() const { return cutaway::max(*this); }
std::tuple<Tensor, Tensor> Tensor::max(int64_t dim, bool keepdim) const {
  return cutaway::max(*this, dim, keepdim);
}
Tensor Tensor::argmax(std::optional<int64_t> dim, bool keepdim) const {
  return cutaway::argmax(*this, dim, keepdim);
}
Tensor Tensor::nansum(IntArrayRef dims, bool keepdim, std::optional<DType> dtype) const {
  return cutaway::nansum(*this, dims, keepdim, dtype);
}
Tensor Tensor::nanmean(IntArrayRef dims, bool keepdim, std::optional<DType> dtype) const {
  return cutaway::nanmean(*this, dims, keepdim, dtype);
}
Tensor Tensor::prod(std::optional<DType> dtype) const { return cutaway::prod(*this, dtype); }
Tensor Tensor::prod(int64_t dim, bool keepdim, std::optional<DType> dtype) const {
  return cutaway::prod(*this, dim, keepdim, dtype);
}
Tensor Tensor::min() const { return cutaway::min(*this); }
std::tuple<Tensor, Tensor> Tensor::min(int64_t dim, bool keepdim) const {
  return cutaway::min(*this, dim, keepdim);
}
Tensor Tensor::amax(IntArrayRef dims, bool keepdim) const {
  return cutaway::amax(*this, dims, keepdim);
}
Tensor Tensor::amin(IntArrayRef dims, bool keepdim) const {
  return cutaway::amin(*this, dims, keepdim);
}
std::tuple<Tensor, Tensor> Tensor::aminmax(std::optional<int64_t> dim, bool keepdim) const {
  return cutaway::aminmax(*this, dim, keepdim);
}
Tensor Tensor::argmin(std::optional<int64_t> dim, bool keepdim) const {
  return cutaway::argmin(*this, dim, keepdim);
}
Tensor Tensor::any() const { return cutaway::any(*this); }
Tensor Tensor::any(int64_t dim, bool keepdim) const { return cutaway::any(*this, dim, keepdim); }
Tensor Tensor::any(IntArrayRef dims, bool keepdim) const {
  return cutaway::any(*this, dims, keepdim);
}
Tensor Tensor::all() const { return cutaway::all(*this); }
Tensor Tensor::all(int64_t dim, bool keepdim) const { return cutaway::all(*this, dim, keepdim); }
Tensor Tensor::all(IntArrayRef dims, bool keepdim) const {
  return cutaway::all(*this, dims, keepdim);
}
Tensor Tensor::count_nonzero(std::optional<int64_t> dim) const {
  return cutaway::count_nonzero(*this, dim);
}
Tensor Tensor::count_nonzero(IntArrayRef dims) const { return cutaway::count_nonzero(*this, dims); }

Tensor Tensor::var(IntArrayRef dims, const std::optional<Scalar>& correction, bool keepdim) const {
  return cutaway::var(*this, dims, correction, keepdim);
}
Tensor Tensor::std(IntArrayRef dims, const std::optional<Scalar>& correction, bool keepdim) const {
  return cutaway::std(*this, dims, correction, keepdim);
}
Tensor Tensor::norm(const Scalar& p) const { return cutaway::norm(*this, p); }
Tensor Tensor::norm(const std::optional<Scalar>& p, IntArrayRef dims, bool keepdim) const {
  return cutaway::norm(*this, p, dims, keepdim);
}
Tensor Tensor::dist(const Tensor& other, const Scalar& p) const {
  return cutaway::dist(*this, other, p);
}
Tensor Tensor::logsumexp(IntArrayRef dims, bool keepdim) const {
  return cutaway::logsumexp(*this, dims, keepdim);
}
Tensor Tensor::median() const { return cutaway::median(*this); }
std::tuple<Tensor, Tensor> Tensor::median(int64_t dim, bool keepdim) const {
  return cutaway::median(*this, dim, keepdim);
}
Tensor Tensor::nanmedian() const { return cutaway::nanmedian(*this); }
std::tuple<Tensor, Tensor> Tensor::nanmedian(int64_t dim, bool keepdim) const {
  return cutaway::nanmedian(*this, dim, keepdim);
}
std::tuple<Tensor, Tensor> Tensor::kthvalue(int64_t k, int64_t dim, bool keepdim) const {
  return cutaway::kthvalue(*this, k, dim, keepdim);
}
std::tuple<Tensor, Tensor> Tensor::mode(int64_t dim, bool keepdim) const {
  return cutaway::mode(*this, dim, keepdim);
}
Tensor Tensor::quantile(const Tensor& q, std::optional<int64_t> dim, bool keepdim,
                        std::string_view interpolation) const {
  return cutaway::quantile(*this, q, dim, keepdim, interpolation);
}
Tensor Tensor::quantile(double q, std::optional<int64_t> dim, bool keepdim,
                        std::string_view interpolation) const {
  return cutaway::quantile(*this, q, dim, keepdim, interpolation);
}
Tensor Tensor::nanquantile(const Tensor& q, std::optional<int64_t> dim, bool keepdim,
                           std::string_view interpolation) const {
  return cutaway::nanquantile(*this, q, dim, keepdim, interpolation);
}
Tensor Tensor::nanquantile(double q, std::optional<int64_t> dim, bool keepdim,
                           std::string_view interpolation) const {
  return cutaway::nanquantile(*this, q, dim, keepdim, interpolation);
}
Tensor Tensor::cov(int64_t correction, const std::optional<Tensor>& fweights,
                   const std::optional<Tensor>& aweights) const {
  return cutaway::cov(*this, correction, fweights, aweights);
}
Tensor Tensor::corrcoef() const { return cutaway::corrcoef(*this); }

Tensor Tensor::cumsum(int64_t dim, std::optional<DType> dtype) const {
  return cutaway::cumsum(*this, dim, dtype);
}
Tensor Tensor::cumprod(int64_t dim, std::optional<DType> dtype) const {
  return cutaway::cumprod(*this, dim, dtype);
}
Tensor Tensor::logcumsumexp(int64_t dim) const { return cutaway::logcumsumexp(*this, dim); }
std::tuple<Tensor, Tensor> Tensor::cummax(int64_t dim) const { return cutaway::cummax(*this, dim); }
std::tuple<Tensor, Tensor> Tensor::cummin(int64_t dim) const { return cutaway::cummin(*this, dim); }
Tensor Tensor::diff(int64_t n, int64_t dim, const std::optional<Tensor>& prepend,
                    const std::optional<Tensor>& append) const {
  return cutaway::diff(*this, n, dim, prepend, append);
}

Tensor Tensor::mm(const Tensor& mat2) const { return cutaway::mm(*this, mat2); }
Tensor Tensor::matmul(const Tensor& other) const { return cutaway::matmul(*this, other); }
Tensor Tensor::bmm(const Tensor& mat2) const { return cutaway::bmm(*this, mat2); }
Tensor Tensor::mv(const Tensor& vec) const { return cutaway::mv(*this, vec); }
Tensor Tensor::dot(const Tensor& other) const { return cutaway::dot(*this, other); }
Tensor Tensor::outer(const Tensor& vec2) const { return cutaway::outer(*this, vec2); }
Tensor Tensor::inner(const Tensor& other) const { return cutaway::inner(*this, other); }
Tensor Tensor::trace() const { return cutaway::trace(*this); }
Tensor Tensor::matrix_power(int64_t n) const { return cutaway::matrix_power(*this, n); }
Tensor Tensor::inverse() const { return cutaway::inverse(*this); }
Tensor Tensor::det() const { return cutaway::det(*this); }
Tensor Tensor::logdet() const { return cutaway::logdet(*this); }
Tensor Tensor::cholesky(bool upper) const { return cutaway::cholesky(*this, upper); }
const Tensor& Tensor::addmm_(const Tensor& mat1, const Tensor& mat2, const Scalar& beta,
                             const Scalar& alpha) const {
  return cutaway::addmm_(*this, mat1, mat2, beta, alpha);
}
const Tensor& Tensor::baddbmm_(const Tensor& batch1, const Tensor& batch2, const Scalar& beta,
                               const Scalar& alpha) const {
  return cutaway::baddbmm_(*this, batch1, batch2, beta, alpha);
}
Tensor Tensor::index(ArrayRef<indexing::TensorIndex> indices) const {
  return indexing::get_item(*this, indices);
}
const Tensor& Tensor::index_put_(ArrayRef<indexing::TensorIndex> indices,
                                 const Tensor& value) const {
  indexing::set_item(*this, indices, value);
  return *this;
}
const Tensor& Tensor::index_put_(ArrayRef<indexing::TensorIndex> indices,
                                 const Scalar& value) const {
  indexing::set_item(*this, indices, value);
  return *this;
}
const Tensor& Tensor::index_put_(TensorList indices, const Tensor& values, bool accumulate) const {
  return cutaway::index_put_(*this, indices, values, accumulate);
}
Tensor Tensor::index_put(TensorList indices, const Tensor& values, bool accumulate) const {
  return cutaway::index_put(*this, indices, values, accumulate);
}
Tensor Tensor::gather(int64_t dim, const Tensor& index) const {
  return cutaway::gather(*this, dim, index);
}
Tensor Tensor::scatter(int64_t dim, const Tensor& index, const Tensor& src) const {
  return cutaway::scatter(*this, dim, index, src);
}
Tensor Tensor::scatter(int64_t dim, const Tensor& index, const Scalar& value) const {
  return cutaway::scatter(*this, dim, index, value);
}
Tensor Tensor::scatter_add(int64_t dim, const Tensor& index, const Tensor& src) const {
  return cutaway::scatter_add(*this, dim, index, src);
}
Tensor Tensor::scatter_reduce(int64_t dim, const Tensor& index, const Tensor& src,
                              std::string_view reduce, bool include_self) const {
  return cutaway::scatter_reduce(*this, dim, index, src, reduce, include_self);
}
const Tensor& Tensor::scatter_(int64_t dim, const Tensor& index, const Tensor& src) const {
  return cutaway::scatter_(*this, dim, index, src);
}
const Tensor& Tensor::scatter_(int64_t dim, const Tensor& index, const Scalar& value) const {
  return cutaway::scatter_(*this, dim, index, value);
}
const Tensor& Tensor::scatter_add_(int64_t dim, const Tensor& index, const Tensor& src) const {
  return cutaway::scatter_add_(*this, dim, index, src);
}
const Tensor& Tensor::scatter_reduce_(int64_t dim, const Tensor& index, const Tensor& src,
                                      std::string_view reduce, bool include_self) const {
  return cutaway::scatter_reduce_(*this, dim, index, src, reduce, include_self);
}
Tensor Tensor::take(const Tensor& index) const { return cutaway::take(*this, index); }
Tensor Tensor::take_along_dim(const Tensor& indices, std::optional<int64_t> dim) const {
  return cutaway::take_along_dim(*this, indices, dim);
}
const Tensor& Tensor::put_(const Tensor& index, const Tensor& source, bool accumulate) const {
  return cutaway::put_(*this, index, source, accumulate);
}
Tensor Tensor::index_select(int64_t dim, const Tensor& index) const {
  return cutaway::index_select(*this, dim, index);
}
Tensor Tensor::index_add(int64_t dim, const Tensor& index, const Tensor& source,
                         const Scalar& alpha) const {
  return cutaway::index_add(*this, dim, index, source, alpha);
}
Tensor Tensor::index_copy(int64_t dim, const Tensor& index, const Tensor& source) const {
  return cutaway::index_copy(*this, dim, index, source);
}
Tensor Tensor::index_fill(int64_t dim, const Tensor& index, const Scalar& value) const {
  return cutaway::index_fill(*this, dim, index, value);
}
Tensor Tensor::index_fill(int64_t dim, const Tensor& index, const Tensor& value) const {
  return cutaway::index_fill(*this, dim, index, value);
}
Tensor Tensor::index_reduce(int64_t dim, const Tensor& index, const Tensor& source,
                            std::string_view reduce, bool include_self) const {
  return cutaway::index_reduce(*this, dim, index, source, reduce, include_self);
}
const Tensor& Tensor::index_add_(int64_t dim, const Tensor& index, const Tensor& source,
                                 const Scalar& alpha) const {
  return cutaway::index_add_(*this, dim, index, source, alpha);
}
const Tensor& Tensor::index_copy_(int64_t dim, const Tensor& index, const Tensor& source) const {
  return cutaway::index_copy_(*this, dim, index, source);
}
const Tensor& Tensor::index_fill_(int64_t dim, const Tensor& index, const Scalar& value) const {
  return cutaway::index_fill_(*this, dim, index, value);
}
const Tensor& Tensor::index_fill_(int64_t dim, const Tensor& index, const Tensor& value) const {
  return cutaway::index_fill_(*this, dim, index, value);
}
const Tensor& Tensor::index_reduce_(int64_t dim, const Tensor& index, const Tensor& source,
                                    std::string_view reduce, bool include_self) const {
  return cutaway::index_reduce_(*this, dim, index, source, reduce, include_self);
}
Tensor Tensor::nonzero() const { return cutaway::nonzero(*this); }
Tensor Tensor::argwhere() const { return cutaway::argwhere(*this); }
Tensor Tensor::masked_fill(const Tensor& mask, const Tensor& value) const {
  return cutaway::masked_fill(*this, mask, value);
}
Tensor Tensor::masked_fill(const Tensor& mask, const Scalar& value) const {
  return cutaway::masked_fill(*this, mask, value);
}
const Tensor& Tensor::masked_fill_(const Tensor& mask, const Tensor& value) const {
  return cutaway::masked_fill_(*this, mask, value);
}
const Tensor& Tensor::masked_fill_(const Tensor& mask, const Scalar& value) const {
  return cutaway::masked_fill_(*this, mask, value);
}
Tensor Tensor::masked_select(const Tensor& mask) const {
  return cutaway::masked_select(*this, mask);
}
Tensor Tensor::masked_scatter(const Tensor& mask, const Tensor& source) const {
  return cutaway::masked_scatter(*this, mask, source);
}
const Tensor& Tensor::masked_scatter_(const Tensor& mask, const Tensor& source) const {
  return cutaway::masked_scatter_(*this, mask, source);
}
Tensor Tensor::flip(IntArrayRef dims) const { return cutaway::flip(*this, dims); }
Tensor Tensor::fliplr() const { return cutaway::fliplr(*this); }
Tensor Tensor::flipud() const { return cutaway::flipud(*this); }
Tensor Tensor::rot90(int64_t k, IntArrayRef dims) const { return cutaway::rot90(*this, k, dims); }
Tensor Tensor::roll(IntArrayRef shifts, IntArrayRef dims) const {
  return cutaway::roll(*this, shifts, dims);
}
Tensor Tensor::repeat(IntArrayRef repeats) const { return cutaway::repeat(*this, repeats); }
Tensor Tensor::tile(IntArrayRef dims) const { return cutaway::tile(*this, dims); }
Tensor Tensor::repeat_interleave(int64_t repeats, std::optional<int64_t> dim,
                                 std::optional<int64_t> output_size) const {
  return cutaway::repeat_interleave(*this, repeats, dim, output_size);
}
Tensor Tensor::repeat_interleave(const Tensor& repeats, std::optional<int64_t> dim,
                                 std::optional<int64_t> output_size) const {
  return cutaway::repeat_interleave(*this, repeats, dim, output_size);
}

Tensor Tensor::softmax(int64_t dim, std::optional<DType> dtype) const {
  return cutaway::softmax(*this, dim, dtype);
}
Tensor Tensor::log_softmax(int64_t dim, std::optional<DType> dtype) const {
  return cutaway::log_softmax(*this, dim, dtype);
}

const Tensor& Tensor::uniform_(double from, double to, Generator* generator) const {
  return cutaway::uniform_(*this, from, to, generator);
}
const Tensor& Tensor::normal_(double mean, double std, Generator* generator) const {
  return cutaway::normal_(*this, mean, std, generator);
}
const Tensor& Tensor::random_(Generator* generator) const {
  return cutaway::random_(*this, generator);
}
const Tensor& Tensor::random_(int64_t to, Generator* generator) const {
  return cutaway::random_(*this, to, generator);
}
const Tensor& Tensor::random_(int64_t from, int64_t to, Generator* generator) const {
  return cutaway::random_(*this, from, to, generator);
}
const Tensor& Tensor::bernoulli_(double p, Generator* generator) const {
  return cutaway::bernoulli_(*this, p, generator);
}
const Tensor& Tensor::bernoulli_(const Tensor& p, Generator* generator) const {
  return cutaway::bernoulli_(*this, p, generator);
}
const Tensor& Tensor::exponential_(double lambd, Generator* generator) const {
  return cutaway::exponential_(*this, lambd, generator);
}
const Tensor& Tensor::geometric_(double p, Generator* generator) const {
  return cutaway::geometric_(*this, p, generator);
}
const Tensor& Tensor::log_normal_(double mean, double std, Generator* generator) const {
  return cutaway::log_normal_(*this, mean, std, generator);
}
const Tensor& Tensor::cauchy_(double median, double sigma, Generator* generator) const {
  return cutaway::cauchy_(*this, median, sigma, generator);
}
Tensor Tensor::bernoulli(Generator* generator) const {
  return cutaway::bernoulli(*this, generator);
}
Tensor Tensor::bernoulli(double p, Generator* generator) const {
  return cutaway::bernoulli(*this, p, generator);
}
Tensor Tensor::multinomial(int64_t num_samples, bool replacement, Generator* generator) const {
  return cutaway::multinomial(*this, num_samples, replacement, generator);
}

}  // namespace cutaway
