// SPDX-License-Identifier: MIT
//
// Rows of the catalogue: random numbers.
#include "catalogue_random.h"

#include "boxed.h"
#include "cpu/kernels_random.h"
#include "ops_random.h"

namespace cutaway::inline v0_1 {
namespace op {

// clang-format off
constinit Op<const Tensor&(const Tensor&, double, double, Generator*)> uniform_{"uniform_(Tensor(a!) self, float from=0, float to=1, *, Generator? generator=None) -> Tensor(a!)", cutaway::uniform_, cpu::uniform_};
constinit Op<const Tensor&(const Tensor&, double, double, Generator*)> normal_{"normal_(Tensor(a!) self, float mean=0, float std=1, *, Generator? generator=None) -> Tensor(a!)", cutaway::normal_, cpu::normal_};
constinit Op<const Tensor&(const Tensor&, Generator*)> random_{"random_(Tensor(a!) self, *, Generator? generator=None) -> Tensor(a!)", cutaway::random_, cpu::random_};
constinit Op<const Tensor&(const Tensor&, int64_t, Generator*)> random_to_{"random_.to(Tensor(a!) self, int to, *, Generator? generator=None) -> Tensor(a!)", cutaway::random_, cpu::random_to_};
constinit Op<const Tensor&(const Tensor&, int64_t, std::optional<int64_t>, Generator*)> random_from_{"random_.from(Tensor(a!) self, int from, int? to, *, Generator? generator=None) -> Tensor(a!)", cutaway::random_, cpu::random_from_};
constinit Op<const Tensor&(const Tensor&, double, Generator*)> bernoulli_float_{"bernoulli_.float(Tensor(a!) self, float p=0.5, *, Generator? generator=None) -> Tensor(a!)", cutaway::bernoulli_, cpu::bernoulli_float_};
constinit Op<const Tensor&(const Tensor&, const Tensor&, Generator*)> bernoulli_tensor_{"bernoulli_.Tensor(Tensor(a!) self, Tensor p, *, Generator? generator=None) -> Tensor(a!)", cutaway::bernoulli_, cpu::bernoulli_tensor_};
constinit Op<const Tensor&(const Tensor&, double, Generator*)> exponential_{"exponential_(Tensor(a!) self, float lambd=1, *, Generator? generator=None) -> Tensor(a!)", cutaway::exponential_, cpu::exponential_};
constinit Op<const Tensor&(const Tensor&, double, Generator*)> geometric_{"geometric_(Tensor(a!) self, float p, *, Generator? generator=None) -> Tensor(a!)", cutaway::geometric_, cpu::geometric_};
constinit Op<const Tensor&(const Tensor&, double, double, Generator*)> log_normal_{"log_normal_(Tensor(a!) self, float mean=1, float std=2, *, Generator? generator=None) -> Tensor(a!)", cutaway::log_normal_, cpu::log_normal_};
constinit Op<const Tensor&(const Tensor&, double, double, Generator*)> cauchy_{"cauchy_(Tensor(a!) self, float median=0, float sigma=1, *, Generator? generator=None) -> Tensor(a!)", cutaway::cauchy_, cpu::cauchy_};
constinit Op<Tensor(IntArrayRef, std::optional<DType>, Generator*)> rand{"rand(int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite(cutaway::rand)};
constinit Op<Tensor(IntArrayRef, std::optional<DType>, Generator*)> randn{"randn(int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite(cutaway::randn)};
constinit Op<Tensor(int64_t, IntArrayRef, std::optional<DType>, Generator*)> randint{"randint(int high, int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite<Tensor, int64_t, IntArrayRef, std::optional<DType>, Generator*>(cutaway::randint)};
constinit Op<Tensor(int64_t, int64_t, IntArrayRef, std::optional<DType>, Generator*)> randint_low{"randint.low(int low, int high, int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite<Tensor, int64_t, int64_t, IntArrayRef, std::optional<DType>, Generator*>(cutaway::randint)};
constinit Op<Tensor(int64_t, std::optional<DType>, Generator*)> randperm{"randperm(int n, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", cutaway::randperm, cpu::randperm, not_differentiable};
constinit Op<Tensor(const Tensor&, std::optional<DType>, Generator*)> rand_like{"rand_like(Tensor self, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite(cutaway::rand_like)};
constinit Op<Tensor(const Tensor&, std::optional<DType>, Generator*)> randn_like{"randn_like(Tensor self, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite(cutaway::randn_like)};
constinit Op<Tensor(const Tensor&, int64_t, std::optional<DType>, Generator*)> randint_like{"randint_like(Tensor self, int high, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite<Tensor, const Tensor&, int64_t, std::optional<DType>, Generator*>(cutaway::randint_like)};
constinit Op<Tensor(const Tensor&, int64_t, int64_t, std::optional<DType>, Generator*)> randint_like_low{"randint_like.low_dtype(Tensor self, int low, int high, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite<Tensor, const Tensor&, int64_t, int64_t, std::optional<DType>, Generator*>(cutaway::randint_like)};
constinit Op<Tensor(const Tensor&, const Tensor&, std::optional<DType>, Generator*)> randint_like_tensor{"randint_like.Tensor(Tensor self, Tensor high, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite<Tensor, const Tensor&, const Tensor&, std::optional<DType>, Generator*>(cutaway::randint_like)};
constinit Op<Tensor(const Tensor&, double, Generator*)> normal_tensor_float{"normal.Tensor_float(Tensor mean, float std=1, *, Generator? generator=None) -> Tensor", cutaway::normal, cpu::normal_tensor_float};
constinit Op<Tensor(double, const Tensor&, Generator*)> normal_float_tensor{"normal.float_Tensor(float mean, Tensor std, *, Generator? generator=None) -> Tensor", cutaway::normal, cpu::normal_float_tensor};
constinit Op<Tensor(const Tensor&, const Tensor&, Generator*)> normal_tensor_tensor{"normal.Tensor_Tensor(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor", cutaway::normal, cpu::normal_tensor_tensor};
constinit Op<Tensor(double, double, IntArrayRef, std::optional<DType>, Generator*)> normal_float_float{"normal.float_float(float mean, float std, int[] size, *, ScalarType? dtype=None, Generator? generator=None) -> Tensor", composite<Tensor, double, double, IntArrayRef, std::optional<DType>, Generator*>(cutaway::normal)};
constinit Op<Tensor(const Tensor&, Generator*)> bernoulli{"bernoulli(Tensor self, *, Generator? generator=None) -> Tensor", cutaway::bernoulli, cpu::bernoulli};
constinit Op<Tensor(const Tensor&, double, Generator*)> bernoulli_p{"bernoulli.p(Tensor self, float p, *, Generator? generator=None) -> Tensor", composite<Tensor, const Tensor&, double, Generator*>(cutaway::bernoulli)};
constinit Op<Tensor(const Tensor&, Generator*)> poisson{"poisson(Tensor self, Generator? generator=None) -> Tensor", cutaway::poisson, cpu::poisson};
constinit Op<Tensor(const Tensor&, int64_t, bool, Generator*)> multinomial{"multinomial(Tensor self, int num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor", cutaway::multinomial, cpu::multinomial, not_differentiable};
constinit Op<Tensor(const Tensor&, double, bool)> dropout{"dropout(Tensor input, float p, bool train) -> Tensor", composite(cutaway::dropout)};
constinit Op<const Tensor&(const Tensor&, double, bool)> dropout_{"dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", composite(cutaway::dropout_)};
constinit Op<Tensor(const Tensor&, double, bool)> feature_dropout{"feature_dropout(Tensor input, float p, bool train) -> Tensor", composite(cutaway::feature_dropout)};
constinit Op<const Tensor&(const Tensor&, double, bool)> feature_dropout_{"feature_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", composite(cutaway::feature_dropout_)};
constinit Op<Tensor(const Tensor&, double, bool)> alpha_dropout{"alpha_dropout(Tensor input, float p, bool train) -> Tensor", composite(cutaway::alpha_dropout)};
constinit Op<const Tensor&(const Tensor&, double, bool)> alpha_dropout_{"alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", composite(cutaway::alpha_dropout_)};
constinit Op<Tensor(const Tensor&, double, bool)> feature_alpha_dropout{"feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor", composite(cutaway::feature_alpha_dropout)};
constinit Op<const Tensor&(const Tensor&, double, bool)> feature_alpha_dropout_{"feature_alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)", composite(cutaway::feature_alpha_dropout_)};
// clang-format on

}  // namespace op

ArrayRef<OpBase*> random_rows() {
  static constinit OpBase* const rows[] = {
      // clang-format off
    &op::uniform_,
    &op::normal_,
    &op::random_,
    &op::random_to_,
    &op::random_from_,
    &op::bernoulli_float_,
    &op::bernoulli_tensor_,
    &op::exponential_,
    &op::geometric_,
    &op::log_normal_,
    &op::cauchy_,
    &op::rand,
    &op::randn,
    &op::randint,
    &op::randint_low,
    &op::randperm,
    &op::rand_like,
    &op::randn_like,
    &op::randint_like,
    &op::randint_like_low,
    &op::randint_like_tensor,
    &op::normal_tensor_float,
    &op::normal_float_tensor,
    &op::normal_tensor_tensor,
    &op::normal_float_float,
    &op::bernoulli,
    &op::bernoulli_p,
    &op::poisson,
    &op::multinomial,
    &op::dropout,
    &op::dropout_,
    &op::feature_dropout,
    &op::feature_dropout_,
    &op::alpha_dropout,
    &op::alpha_dropout_,
    &op::feature_alpha_dropout,
    &op::feature_alpha_dropout_,
      // clang-format on
  };
  return {rows, static_cast<int64_t>(std::size(rows))};
}

}  // namespace cutaway
