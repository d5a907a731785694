// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: random numbers.
#include "catalogue_random.h"

#include "boxed.h"
#include "cpu/kernels_random.h"
#include "ops_random.h"

namespace cutaway {
namespace op {

// clang-format off
constinit Op<const Tensor&(const Tensor&, double, double, Generator*)> uniform_{"uniform_(Tensor(a!) self, float from=0, float to=1, *, Generator? generator=None) -> Tensor(a!)", cutaway::uniform_, cpu::uniform_};
constinit Op<const Tensor&(const Tensor&, double, double, Generator*)> normal_{"normal_(Tensor(a!) self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor(a!)", cutaway::normal_, cpu::normal_};
constinit Op<const Tensor&(const Tensor&, int64_t, int64_t, Generator*)> random_{"random_(Tensor(a!) self, int from, int to, *, Generator? generator=None) -> Tensor(a!)", cutaway::random_, cpu::random_};
constinit Op<Tensor(IntArrayRef, std::optional<DType>, Generator*)> rand{"rand(int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite(cutaway::rand)};
constinit Op<Tensor(IntArrayRef, std::optional<DType>, Generator*)> randn{"randn(int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite(cutaway::randn)};
constinit Op<Tensor(int64_t, int64_t, IntArrayRef, std::optional<DType>, Generator*)> randint{"randint(int low, int high, int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite<Tensor, int64_t, int64_t, IntArrayRef, std::optional<DType>, Generator*>(cutaway::randint)};
constinit Op<Tensor(int64_t, std::optional<DType>, Generator*)> randperm{"randperm(int n, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", cutaway::randperm, cpu::randperm, not_differentiable};
// clang-format on

}  // namespace op

static constinit OpBase* const rows[] = {
    // clang-format off
    &op::uniform_,
    &op::normal_,
    &op::random_,
    &op::rand,
    &op::randn,
    &op::randint,
    &op::randperm,
    // clang-format on
};

ArrayRef<OpBase*> random_rows() { return {rows, static_cast<int64_t>(std::size(rows))}; }

}  // namespace cutaway
