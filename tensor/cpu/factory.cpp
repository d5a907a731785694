// SPDX-License-Identifier: MIT
//
// Kernels that make tensors: memory from the allocator, and ranges.
#include <cmath>

#include "../check.h"
#include "../checked_math.h"
#include "../parallel.h"
#include "elementwise.h"
#include "kernels.h"

namespace cutaway::inline v0_1::cpu {

Tensor empty(IntArrayRef size, std::optional<DType> dtype) {
  const DType type = dtype.value_or(get_default_dtype());
  const std::optional<int64_t> bytes = checked_mul(numel_of(size), size_of(type));
  check(bytes.has_value(), "Storage size calculation overflowed with sizes=", size);
  auto storage = make_pooled<StorageImpl>(static_cast<size_t>(*bytes));
  return Tensor(make_pooled<TensorImpl>(std::move(storage), type, size));
}

Tensor empty_strided(IntArrayRef size, IntArrayRef stride, std::optional<DType> dtype) {
  numel_of(size);  // throws where a size is negative or their product too large
  check(is_non_overlapping_and_dense(size, stride), "empty_strided: strides ", stride,
        " of a tensor of shape ", size, " must be dense, without overlap or gap");
  Tensor result = cpu::empty(size, dtype);
  result.impl()->set_geometry(size, stride, 0);
  return result;
}

/// ceil((end - start) / step) of integers, whose difference may not fit 63 bits.
static int64_t count_of_range(int64_t start, int64_t end, int64_t step) {
  const auto width = [](int64_t from, int64_t to) {
    return static_cast<uint64_t>(to) - static_cast<uint64_t>(from);
  };
  const uint64_t total = step > 0 ? width(start, end) : width(end, start);
  const uint64_t each = step > 0 ? width(0, step) : width(step, 0);
  const std::optional<int64_t> count =
      checked_cast<int64_t>(total / each + (total % each != 0 ? 1 : 0));
  check(count.has_value(), "invalid size, possible overflow?");
  return *count;
}

static void check_no_bool(DType dtype, const char* kernel) {
  check_implemented(dtype != kBool, "\"", kernel, "\" not implemented for 'Bool'");
}

Tensor arange(const Scalar& start, const Scalar& end, const Scalar& step,
              std::optional<DType> dtype) {
  // ceil((end - start) / step) elements; exact in integers where all three are, or are made so.
  const bool whole = dtype == kInt64 || (!start.is_floating_point() && !end.is_floating_point() &&
                                         !step.is_floating_point());
  int64_t count = 0;
  if (whole) {
    count = count_of_range(start.to<int64_t>(), end.to<int64_t>(), step.to<int64_t>());
  } else {
    const double exact = std::ceil((end.to<double>() - start.to<double>()) / step.to<double>());
    check(exact >= 0 && exact < 9.2e18, "invalid size, possible overflow?");
    count = static_cast<int64_t>(exact);
  }

  Tensor result = cpu::empty(count, dtype);
  check_no_bool(result.dtype(), "arange_cpu");
  visit_dtype(result.dtype(), [&]<class T>(TypeTag<T>) {
    // Each element from its own index, in double or int64: no error adds up, and any thread can
    // start anywhere.
    using Wide = std::conditional_t<is_real_v<T>, double, int64_t>;
    const Wide first = start.to<Wide>();
    const Wide stride = step.to<Wide>();
    T* out = result.data<T>();
    parallel_for(0, count, 32768, [&](int64_t begin, int64_t stop) {
      for (int64_t i = begin; i < stop; ++i) {
        out[i] = static_cast<T>(plus(first, times(static_cast<Wide>(i), stride)));
      }
    });
  });
  return result;
}

/// `number` as T. Throws where T does not hold it.
template <class T>
static T fitting(const Scalar& number, DType dtype) {
  const Tensor checked = cpu::empty(IntArrayRef(), dtype);
  return *cpu::fill_(checked, number).data<T>();
}

/// from + count * step, rounded after each operation (which matters to the halves only), or fused:
/// a result that is cut to an integer shows the difference.
template <class Step>
static Step advance(Step from, Step step, int64_t count, bool fused) {
  if constexpr (std::is_same_v<Step, double>) {
    if (fused) return std::fma(step, static_cast<double>(count), from);
  }
  const Step distance = static_cast<Step>(step * static_cast<Step>(count));
  return static_cast<Step>(from + distance);
}

/// out[i] = f(x) for x evenly spaced from first to last. The second half is counted back from the
/// end, so that the end is exact and the spacing symmetric.
template <class T, class Step, class F>
static void space_evenly(T* out, int64_t steps, Step first, Step last, Step step, bool fused,
                         const F& f) {
  const int64_t halfway = steps / 2;
  const Step back = static_cast<Step>(-step);
  parallel_for(0, steps, kLoopGrain / 8, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) {
      out[i] = static_cast<T>(f(i < halfway ? advance(first, step, i, fused)
                                            : advance(last, back, steps - i - 1, fused)));
    }
  });
}

Tensor linspace(const Scalar& start, const Scalar& end, int64_t steps, std::optional<DType> dtype) {
  const Tensor result = cpu::empty(steps, dtype);
  if (steps == 0) return result;
  if (steps == 1) return cpu::fill_(result, start);
  check_no_bool(result.dtype(), "linspace_cpu");
  visit_dtype(result.dtype(), [&]<class T>(TypeTag<T>) {
    using Step = std::conditional_t<is_real_v<T>, T, double>;
    const Step first = static_cast<Step>(fitting<T>(start, result.dtype()));
    const Step last = static_cast<Step>(fitting<T>(end, result.dtype()));
    const Step step =
        static_cast<Step>(static_cast<Step>(last - first) / static_cast<Step>(steps - 1));
    const bool fused = std::is_integral_v<T>;  // as PyTorch, here but not in logspace
    space_evenly(result.data<T>(), steps, first, last, step, fused, [](Step x) { return x; });
  });
  return result;
}

Tensor logspace(const Scalar& start, const Scalar& end, int64_t steps, double base,
                std::optional<DType> dtype) {
  const Tensor result = cpu::empty(steps, dtype);
  if (steps == 0) return result;
  if (steps == 1) return cpu::fill_(result, std::pow(base, start.to<double>()));
  check_no_bool(result.dtype(), "logspace_cpu");
  visit_dtype(result.dtype(), [&]<class T>(TypeTag<T>) {
    using Step = double;
    const Step first = static_cast<Step>(fitting<T>(start, result.dtype()));
    const Step last = static_cast<Step>(fitting<T>(end, result.dtype()));
    const Step step =
        static_cast<Step>(static_cast<Step>(last - first) / static_cast<Step>(steps - 1));
    space_evenly(result.data<T>(), steps, first, last, step, false,
                 [base](Step exponent) { return std::pow(base, static_cast<double>(exponent)); });
  });
  return result;
}

}  // namespace cutaway::cpu
