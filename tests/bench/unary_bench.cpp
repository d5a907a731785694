// SPDX-License-Identifier: MIT
//
// How fast are the functions of one number? Microseconds for 100000 floats on one thread: the op,
// and beside it, where <cmath> has the function, the plain loop over it that explains what the op
// computes.
//
//     unary_bench
//
// Functions of <cmath> get numbers from 0 to 1, the others from -1 to 1. Each time is the best of
// several runs. unary_bench.py sets the ops beside PyTorch's.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "../../tensor/all.h"

namespace {

using namespace cutaway;

struct Entry {
  const char* name;
  Tensor (*op)(const Tensor&);
  float (*plain)(float);  // or null
};

const Entry kEntries[] = {
    {"exp", [](const Tensor& x) { return x.exp(); }, [](float x) { return std::exp(x); }},
    {"exp2", [](const Tensor& x) { return x.exp2(); }, [](float x) { return std::exp2(x); }},
    {"expm1", [](const Tensor& x) { return x.expm1(); }, [](float x) { return std::expm1(x); }},
    {"log", [](const Tensor& x) { return x.log(); }, [](float x) { return std::log(x); }},
    {"log2", [](const Tensor& x) { return x.log2(); }, [](float x) { return std::log2(x); }},
    {"log10", [](const Tensor& x) { return x.log10(); }, [](float x) { return std::log10(x); }},
    {"log1p", [](const Tensor& x) { return x.log1p(); }, [](float x) { return std::log1p(x); }},
    {"sqrt", [](const Tensor& x) { return x.sqrt(); }, [](float x) { return std::sqrt(x); }},
    {"sin", [](const Tensor& x) { return x.sin(); }, [](float x) { return std::sin(x); }},
    {"cos", [](const Tensor& x) { return x.cos(); }, [](float x) { return std::cos(x); }},
    {"tan", [](const Tensor& x) { return x.tan(); }, [](float x) { return std::tan(x); }},
    {"asin", [](const Tensor& x) { return x.asin(); }, [](float x) { return std::asin(x); }},
    {"acos", [](const Tensor& x) { return x.acos(); }, [](float x) { return std::acos(x); }},
    {"atan", [](const Tensor& x) { return x.atan(); }, [](float x) { return std::atan(x); }},
    {"sinh", [](const Tensor& x) { return x.sinh(); }, [](float x) { return std::sinh(x); }},
    {"cosh", [](const Tensor& x) { return x.cosh(); }, [](float x) { return std::cosh(x); }},
    {"tanh", [](const Tensor& x) { return x.tanh(); }, [](float x) { return std::tanh(x); }},
    {"asinh", [](const Tensor& x) { return x.asinh(); }, [](float x) { return std::asinh(x); }},
    {"acosh", [](const Tensor& x) { return x.acosh(); }, [](float x) { return std::acosh(x); }},
    {"atanh", [](const Tensor& x) { return x.atanh(); }, [](float x) { return std::atanh(x); }},
    {"erf", [](const Tensor& x) { return x.erf(); }, [](float x) { return std::erf(x); }},
    {"erfc", [](const Tensor& x) { return x.erfc(); }, [](float x) { return std::erfc(x); }},
    {"sigmoid", [](const Tensor& x) { return x.sigmoid(); }, nullptr},
    {"silu", [](const Tensor& x) { return silu(x); }, nullptr},
    {"mish", [](const Tensor& x) { return mish(x); }, nullptr},
    {"softplus", [](const Tensor& x) { return softplus(x); }, nullptr},
    {"elu", [](const Tensor& x) { return elu(x); }, nullptr},
    {"gelu", [](const Tensor& x) { return gelu(x); }, nullptr},
    {"gelu_tanh", [](const Tensor& x) { return gelu(x, "tanh"); }, nullptr},
    {"pow", [](const Tensor& x) { return x.pow(2.5); }, [](float x) { return std::pow(x, 2.5f); }},
    {"round", [](const Tensor& x) { return x.round(); }, nullptr},
    {"neg", [](const Tensor& x) { return x.neg(); }, nullptr},
};

template <class F>
double best_microseconds(const F& call) {
  using Clock = std::chrono::steady_clock;
  double best = 1e12;
  for (int run = 0; run < 25; ++run) {
    const Clock::time_point start = Clock::now();
    call();
    best = std::min(best, std::chrono::duration<double, std::micro>(Clock::now() - start).count());
  }
  return best;
}

}  // namespace

int main() {
  constexpr int64_t n = 100000;
  set_num_threads(1);
  const Tensor x = empty({n}), y = empty({n});
  for (int64_t i = 0; i < n; ++i) x.data<float>()[i] = static_cast<float>(i) / n;

  const Tensor centered = x * 2 - 1;
  std::printf("%-10s %9s %9s   us\n", "", "op", "plain");
  for (const Entry& entry : kEntries) {
    const bool is_activation = entry.plain == nullptr;  // whose two sides take different steps
    const Tensor& argument = is_activation ? centered : x;
    const double op = best_microseconds([&] { entry.op(argument); });
    std::printf("%-10s %9.1f", entry.name, op);
    if (entry.plain != nullptr) {
      const float* from = x.data<float>();
      float* to = y.data<float>();
      std::printf(" %9.1f", best_microseconds([&] {
                    for (int64_t i = 0; i < n; ++i) to[i] = entry.plain(from[i]);
                  }));
    }
    std::printf("\n");
  }
}
