// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: copying, converting, filling.
#include "catalogue_copy.h"

#include "boxed.h"
#include "cpu/kernels_copy.h"
#include "cpu/kernels_view.h"
#include "ops_copy.h"

namespace cutaway::inline v0_1 {

// For callers by name: nothing here could block.
static Tensor to_dtype_by_name(const Tensor& self, DType dtype, bool /*non_blocking*/, bool copy) {
  return to(self, dtype, copy);
}
static Tensor to_other_by_name(const Tensor& self, const Tensor& other, bool /*non_blocking*/,
                               bool copy) {
  return to(self, other.dtype(), copy);
}

namespace op {

// clang-format off
constinit BinaryInplace copy_{"copy_(Tensor(a!) self, Tensor src) -> Tensor(a!)", cutaway::copy_, cpu::copy_};
constinit Op<const Tensor&(const Tensor&, const Scalar&)> fill_{"fill_(Tensor(a!) self, Scalar value) -> Tensor(a!)", cutaway::fill_, cpu::fill_};
constinit BinaryInplace fill_tensor_{"fill_.Tensor(Tensor(a!) self, Tensor value) -> Tensor(a!)", cutaway::fill_, cpu::fill_tensor_};
constinit UnaryInplace zero_{"zero_(Tensor(a!) self) -> Tensor(a!)", cutaway::zero_, cpu::zero_};
constinit Unary clone{"clone(Tensor self) -> Tensor", cutaway::clone, cpu::clone};
constinit Unary contiguous_copy{"_contiguous_copy(Tensor self) -> Tensor", called_directly, cpu::contiguous_copy};
constinit Unary before_write{"_before_write(Tensor self) -> Tensor", called_directly, cpu::clone};
constinit BinaryInplace become_{"_become_(Tensor(a!) self, Tensor result) -> Tensor(a!)", called_directly, cpu::copy_};
constinit Unary contiguous{"contiguous(Tensor(a) self) -> Tensor(a)", composite(cutaway::contiguous)};
constinit Unary detach{"detach(Tensor(a) self) -> Tensor(a)", cutaway::detach, cpu::detach, not_differentiable};
constinit Op<Tensor(const Tensor&, DType)> to_copy{"_to_copy(Tensor self, ScalarType dtype) -> Tensor", called_directly, cpu::to_copy};
constinit Op<Tensor(const Tensor&, DType, bool, bool)> to_dtype{"to.dtype(Tensor(a) self, ScalarType dtype, bool non_blocking=False, bool copy=False) -> Tensor(a)", composite(to_dtype_by_name)};
constinit Op<Tensor(const Tensor&, const Tensor&, bool, bool)> to_other{"to.other(Tensor(a) self, Tensor other, bool non_blocking=False, bool copy=False) -> Tensor(a)", composite(to_other_by_name)};
constinit Binary type_as{"type_as(Tensor self, Tensor other) -> Tensor", composite(cutaway::type_as)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> copy_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::copy_,
    &op::fill_,
    &op::fill_tensor_,
    &op::zero_,
    &op::clone, &op::contiguous_copy, &op::before_write, &op::become_,
    &op::contiguous,
    &op::detach,
    &op::to_copy,
    &op::to_dtype,
    &op::to_other,
    &op::type_as,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
