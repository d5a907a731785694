// SPDX-License-Identifier: MIT
//
// multinomial: numbers of categories, drawn with given probabilities, row by row.
//
// With replacement, each sample looks up a uniform number among the cumulated probabilities.
// Without (or for a single sample): if q_i are exponential with rate 1, then q_i / p_i is
// exponential with rate p_i, and the least of such clocks rings first with probability p_i / sum p.
// So the categories of the greatest p_i / q_i, greatest first, are samples without replacement
// (P. S. Efraimidis, P. G. Spirakis: Weighted random sampling with a reservoir, 2006).
//
// PyTorch counterpart: multinomial_out in ATen/native/Distributions.cpp, MultinomialKernel.cpp.
#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <utility>
#include <vector>

#include "../check.h"
#include "../factories.h"
#include "../ops_copy.h"
#include "../ops_pointwise.h"
#include "kernels.h"
#include "memory_order.h"
#include "random_draw.h"

namespace cutaway::inline v0_1::cpu {
namespace {

struct Rows {
  int64_t count;
  int64_t length;
};
Rows rows_of(const Tensor& probabilities) {
  const bool one = probabilities.dim() == 1;
  return {one ? 1 : probabilities.size(0), probabilities.size(-1)};
}

/// Contiguous, and in float where it has 16 bits.
Tensor readable(const Tensor& tensor) {
  return (is_half(tensor.dtype()) ? cpu::to_copy(tensor, kFloat32) : tensor).contiguous();
}

// ---- With replacement ----

/// The sums p[0], p[0] + p[1], ... over the sum of all.
template <class T>
void cumulate(const T* p, int64_t n, std::vector<T>& cumulated) {
  T sum = 0;
  for (int64_t i = 0; i < n; ++i) {
    check(p[i] >= 0, "invalid multinomial distribution (encountering probability entry < 0)");
    check(std::isfinite(p[i]),
          "invalid multinomial distribution (encountering probability entry = infinity or NaN)");
    sum += p[i];
    cumulated[static_cast<size_t>(i)] = sum;
  }
  check(sum > 0, "invalid multinomial distribution (sum of probabilities <= 0)");
  for (T& value : cumulated) value /= sum;
  cumulated.back() = 1;  // whatever the sums were rounded to
}

template <class T>
void sample_with_replacement(const T* p, Rows rows, int64_t samples, int64_t* out,
                             Generator& generator) {
  std::lock_guard<std::mutex> lock(generator.mutex());
  std::vector<T> cumulated(static_cast<size_t>(rows.length));
  for (int64_t row = 0; row < rows.count; ++row) {
    cumulate(p + row * rows.length, rows.length, cumulated);
    for (int64_t i = 0; i < samples; ++i) {
      const double u = unit<double>(generator);
      const auto found = std::lower_bound(cumulated.begin(), cumulated.end(), u);
      *out++ = found - cumulated.begin();
    }
  }
}

// ---- Without replacement ----

template <class T>
void check_probabilities(const T* p, Rows rows) {
  const T* const end = p + rows.count * rows.length;
  check(std::all_of(p, end, [](T x) { return x >= 0 && x < std::numeric_limits<T>::infinity(); }),
        "probability tensor contains either `inf`, `nan` or element < 0");
  for (; p != end; p += rows.length)
    check(std::any_of(p, p + rows.length, [](T x) { return x > 0; }),
          "invalid multinomial distribution (sum of probabilities <= 0)");
}

/// The places of the greatest values, greatest first. Among equals (all of probability 0) the order
/// is that of PyTorch's topk, which chooses between the same two algorithms of the C++ library.
template <class T>
void greatest(const T* values, int64_t n, int64_t wanted, int64_t* out) {
  using Candidate = std::pair<T, int64_t>;
  std::vector<Candidate> candidates;
  for (int64_t i = 0; i < n; ++i) candidates.emplace_back(values[i], i);
  const auto before = [](const Candidate& a, const Candidate& b) {
    return (std::isnan(a.first) && !std::isnan(b.first)) || a.first > b.first;
  };
  const auto last = candidates.begin() + wanted;
  if (wanted * 64 <= n) {
    std::partial_sort(candidates.begin(), last, candidates.end(), before);
  } else {
    std::nth_element(candidates.begin(), last - 1, candidates.end(), before);
    std::sort(candidates.begin(), last - 1, before);
  }
  for (auto candidate = candidates.begin(); candidate != last; ++candidate)
    *out++ = candidate->second;
}

template <class T>
void sample_without_replacement(const Tensor& self, int64_t samples, int64_t* out,
                                Generator* generator) {
  const Rows rows = rows_of(self);
  check_probabilities(readable(self).data<T>(), rows);
  // The clocks are laid out as self is: their order in memory decides which draw is whose.
  const Tensor clocks = cpu::exponential_(empty_like(self), 1, generator);
  const Tensor scores = readable(cpu::div(self, clocks));
  for (int64_t row = 0; row < rows.count; ++row) {
    const T* p = scores.data<T>() + row * rows.length;
    greatest(p, rows.length, samples, out + row * samples);
  }
}

}  // namespace

Tensor multinomial(const Tensor& self, int64_t num_samples, bool replacement,
                   Generator* generator) {
  DimVector sizes(self.sizes());
  sizes[sizes.size() - 1] = num_samples;
  const Tensor result = cpu::empty(sizes, kInt64);
  if (result.numel() == 0) return result;
  const DType read = is_half(self.dtype()) ? kFloat32 : self.dtype();
  visit_floating(read, "multinomial", [&]<class T>(TypeTag<T>) {
    int64_t* out = result.data<int64_t>();
    if (replacement && num_samples > 1) {
      sample_with_replacement(readable(self).data<T>(), rows_of(self), num_samples, out,
                              chosen(generator));
    } else {
      sample_without_replacement<T>(self, num_samples, out, generator);
    }
  });
  return result;
}

}  // namespace cutaway::cpu
