// SPDX-License-Identifier: MIT
//
// Generator: the source of every random number in the library. It is the MT19937 generator of
// Matsumoto and Nishimura (1998), seeded, advanced and saved exactly as PyTorch's CPU generator, so
// that a seeded program draws the numbers PyTorch draws.
//
// Promise: same seed, same calls, same draws, on every machine and compiler. `get_state()` gives
// the bytes of torch.get_rng_state(), and either library continues from the other's. Thread safety:
// whole-state calls (seeding, get_state, set_state, clone) lock by themselves; whoever draws holds
// mutex() for the whole fill, so that two threads never interleave. PyTorch counterpart:
// torch.Generator, at::CPUGeneratorImpl and at::mt19937. Left out: philox and the other devices'
// generators.
//
// Note [Same random numbers as PyTorch]
// ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
// These rules give PyTorch's numbers bit for bit; they were held against PyTorch 2.13, the x86-64
// wheel, where the processor has AVX2. (Without AVX2 PyTorch itself draws the same numbers but
// rounds uniform_ and normal_ differently.) A "draw" is one 32-bit output, a "long draw" two, the
// first one the high half. The unit numbers of [0, 1):
//     u24 = (draw mod 2^24) / 2^24, a float32      u53 = (long draw mod 2^53) / 2^53, a float64
//
// seeding       the initialisation of MT19937 with the seed modulo 2^32.
// uniform_      from + u24 * (to - from) in float32, u53 in float64. The width is rounded, then
//               multiplication and addition together (std::fma). What rounds up to `to` becomes
//               `from`.
//               float16 and bfloat16: as float32, then rounded; the same holds for `to`.
// normal_       Fewer than 16 elements, or not contiguous: one by one, by Box and Muller, in
//               float64. Two u53 make two values; the second one is kept in the generator for the
//               next such call, of any dtype. Seeding forgets it.
//               16 elements or more, contiguous: the memory is filled with u24 (float64: u53), and
//               each block of 16 turned into normal values as cpu/normal_block.h tells. If the size
//               is no multiple of 16, the last 16 elements are then drawn and turned anew. A kept
//               value is neither used nor forgotten.
//               float16 and bfloat16: each block is made of 16 float32 numbers of its own and
//               rounded, so the elements of the last, incomplete block are drawn once only.
// random_       Of [from, to): from + draw mod range, for a range of 2^28 or more a long draw.
//               Without bounds: bool draw mod 2; uint8 to int32 draw mod (largest + 1); int64
//               long draw mod 2^63; float16 draw mod (2^11 + 1), bfloat16 draw mod (2^8 + 1),
//               float32 draw mod (2^24 + 1); float64 long draw mod (2^53 + 1). From the least
//               int64 on, without `to`: the long draw itself.
// randperm(n)   n < 214748364, which is (2^32 - 1) / 20: for i = 0, 1, ..., n - 2 swap a[i] with
//               a[i + draw mod (n - i)]. Larger n: for i = 0, 1, ..., n - 1 number i goes to place
//               j = long draw mod (i + 1), and what was there to place i.
// bernoulli_(p) u53 < p, whatever the dtype. A dropout mask is bernoulli_(1 - p), of the input's
//               dtype, over 1 - p; the input is multiplied with that.
// bernoulli(t), bernoulli_(t)
//               u53 < p where the probabilities are float64, else u24 < p. What is drawn when a
//               probability outside [0, 1] is met stays drawn.
// exponential_  -1 / lambda * log1p(-u53)
// geometric_    ceil(log(u53) / log1p(-p))
// cauchy_       median + sigma * tan(pi (u53 - 1/2)), multiplication and addition together
// log_normal_   exp of a one-by-one normal number, whatever the size; uses and leaves a kept value.
//               These four are computed in float64 and rounded once (to float16 and bfloat16 by way
//               of float32).
// poisson       below a rate of 10 the product of u53 against exp(-rate), else transformed
//               rejection with two u53 a try (cpu/distribution_fill.cpp).
// normal(m, s)  normal_(0, 1), contiguous, then mul_(s), add_(m); for a number s normal_(0, s).
// multinomial   Without replacement, or one sample: the greatest of p / q, where q, laid out as p,
//               is exponential_(1). With replacement: for each sample the first category whose
//               cumulated probability is not below u53; sums and quotients are of p's dtype
//               (float16, bfloat16: float32).
//
// A tensor is filled in the order of its memory, that is, with its dimensions sorted by stride, the
// smallest innermost: t.t().uniform_() gives a contiguous t what t.uniform_() does. rand_like and
// dropout masks are laid out as their input; bernoulli(t), poisson and normal(m, s) are contiguous.
// An empty tensor draws nothing. Nothing depends on the number of threads.
//
// (Older versions of PyTorch, on Intel's processors only, drew bernoulli_(p) and exponential_ from
// Intel's MKL: one draw seeded a generator there. 2.13 has none of that left in it.)
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

#include "version.h"

namespace cutaway::inline v0_1 {

/// MT19937: 624 words of state, all renewed together every 624 outputs. Period 2^19937 - 1.
/// M. Matsumoto, T. Nishimura: Mersenne Twister. ACM TOMACS 8(1), 1998, pp. 3-30.
struct Mt19937 {
  static constexpr int kWords = 624;  // n in the paper: words of state
  static constexpr int kShift = 397;  // m in the paper: each new word mixes in the one m further on

  explicit Mt19937(uint64_t seed);

  uint32_t operator()() {
    if (--left == 0) renew();
    return temper(words[next++]);
  }

  uint64_t seed;      ///< what it was seeded with; only the low 32 bits matter
  int left = 1;       ///< the output that counts this down to 0 renews the words first
  uint32_t next = 0;  ///< the word that the next output is made from
  std::array<uint32_t, kWords> words;

 private:
  void renew();

  /// The state's words are linear in each other; this spreads their bits evenly (paper, eq. 2.2).
  static uint32_t temper(uint32_t y) {
    y ^= y >> 11;
    y ^= (y << 7) & 0x9d2c5680u;
    y ^= (y << 15) & 0xefc60000u;
    return y ^ (y >> 18);
  }
};

class Generator {
 public:
  static constexpr uint64_t kDefaultSeed = 67280421310721;  // PyTorch's default_rng_seed_val
  static constexpr size_t kStateBytes = 5056;

  explicit Generator(uint64_t seed = kDefaultSeed) : engine_(seed) {}
  Generator(const Generator&) = delete;  // two streams of the same numbers must be asked for
  Generator& operator=(const Generator&) = delete;
  /// A second generator that will give the same numbers; PyTorch's clone_state().
  Generator clone() const;

  /// Starts the sequence that belongs to `seed`. Returns this generator.
  Generator& manual_seed(uint64_t seed);
  /// The seed this sequence started from.
  uint64_t initial_seed() const;
  /// Seeds from the operating system's entropy. Returns the seed, below 2^53: exact in a double.
  uint64_t seed();

  /// Everything that decides the numbers to come, in the 5056 bytes PyTorch uses.
  std::vector<uint8_t> get_state() const;
  /// Continues from such bytes. Damaged bytes are refused and change nothing.
  void set_state(const std::vector<uint8_t>& state);

  /// Held by a kernel from its first draw to its last.
  std::mutex& mutex() const { return mutex_; }

  // The rest is for a caller that holds mutex().
  uint32_t random() { return engine_(); }
  uint64_t random64() {
    uint64_t high = engine_();
    return high << 32 | engine_();
  }
  /// The second value of a Box-Muller pair, if the last small normal_ left one; it is then gone.
  std::optional<double> take_kept_normal();
  void keep_normal(double value) { kept_normal_ = value; }

 private:
  Generator(const Generator& other, const std::lock_guard<std::mutex>& lock_on_other);

  Mt19937 engine_;
  std::optional<double> kept_normal_;
  std::optional<float> kept_normal_float_;  // no kernel keeps one; carried for the state's sake
  mutable std::mutex mutex_;
};

/// The generator of every call that names none. Its first seed is not deterministic.
Generator& default_generator();

/// Seeds the default generator and returns it.
Generator& manual_seed(uint64_t seed);

/// Puts a generator back, at the end of the scope, to where it was at its beginning: what is drawn
/// in between leaves no trace. PyTorch's torch.random.fork_rng().
class ForkRng {
 public:
  explicit ForkRng(Generator& generator = default_generator())
      : generator_(generator), state_(generator.get_state()) {}
  ~ForkRng() { generator_.set_state(state_); }
  ForkRng(const ForkRng&) = delete;
  ForkRng& operator=(const ForkRng&) = delete;

 private:
  Generator& generator_;
  std::vector<uint8_t> state_;
};

}  // namespace cutaway
