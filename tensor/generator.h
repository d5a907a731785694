// SPDX-License-Identifier: MIT
//
// Generator: the source of every random number in the library. It is the MT19937 generator of
// Matsumoto and Nishimura (1998), seeded, advanced and saved exactly as PyTorch's CPU generator, so
// that a seeded program draws the numbers PyTorch draws.
//
// Promise: same seed, same calls, same numbers, on every machine and compiler. `get_state()` gives
// the bytes of torch.get_rng_state(), and either library continues from the other's.
// Thread safety: whole-state calls (seeding, get_state, set_state, clone) lock by themselves;
// whoever draws holds mutex() for the whole fill, so that two threads never interleave.
// PyTorch counterpart: torch.Generator, at::CPUGeneratorImpl and at::mt19937.
// Left out: philox and the other devices' generators.
//
// Note [Same random numbers as PyTorch]
// ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
// The rules below were checked bit for bit against PyTorch 2.13 (x86-64 wheel, AVX2 or AVX-512
// machine, AMD processor). "Draw" is one 32-bit output; "long draw" is two, the first one the high
// half. u24 = (draw mod 2^24) / 2^24 in float32, u53 = (long draw mod 2^53) / 2^53 in float64.
//
// seeding       Knuth's initialisation with the seed modulo 2^32.
// uniform_      float32: from + u24 * (to - from); float64 likewise with u53. The width is rounded
//               once, then multiply and add are fused (one rounding, std::fma). A value that
//               rounds up to `to` becomes `from`.
// normal_       fewer than 16 elements, or not contiguous: one by one by Box and Muller (1958) in
//               float64, two u53 for two values; the second value is kept in the generator for the
//               next such call, of any dtype. A new seed forgets it.
//               16 or more, contiguous: the memory is filled with u24 (float64: u53), then each
//               block of 16 becomes 8 pairs of normal values. If the size is no multiple of 16, the
//               last 16 elements are drawn again and redone. The kept value is not touched.
//               float32 uses polynomials for log, sin and cos; see cpu/normal_block.h.
// random_       range [from, to): from + draw mod range if range < 2^28, else a long draw. No
//               arguments: bool draw mod 2; int8, uint8, int16 and int32 draw mod (largest + 1);
//               int64 long draw mod 2^63; float32 draw mod (2^24 + 1); float64 long draw mod
//               (2^53 + 1). Floats shift the bounds of a range beyond their digits.
// randperm(n)   n < floor((2^32 - 1) / 20): for i = 0, 1, ... swap a[i] with a[i + draw mod (n - i)];
//               larger n: grown from the front with a long draw mod (i + 1).
// bernoulli_(p) u53 < p, one long draw for each element, whatever its dtype. On Intel processors
//               PyTorch takes one draw to seed a generator of Intel's MKL instead: other masks.
// bernoulli(t)  u24 < p for a float32 tensor of probabilities, u53 < p for float64.
// exponential_  -log1p(-u53) / lambda in float64 (again other numbers on Intel processors).
// dropout       bernoulli_(1 - p) on memory of the input's layout.
//
// Order: a tensor is filled in the order of its memory: dimensions sorted by stride, the smallest
// innermost, so that t.t() of a contiguous t gets the values t would get. An empty tensor draws nothing.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <optional>
#include <vector>

namespace cutaway {

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

  uint64_t seed;     ///< what it was seeded with; only the low 32 bits matter
  int left = 1;      ///< the output that counts this down to 0 renews the words first
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
  /// Seeds from the operating system's entropy and returns the seed (below 2^53, exact in a double).
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

}  // namespace cutaway
