// SPDX-License-Identifier: MIT
#include "generator.h"

#include <bit>
#include <random>

#include "check.h"

namespace cutaway::inline v0_1 {

// ---- MT19937 -----------------------------------------------------------------------------------

// Knuth, The Art of Computer Programming, vol. 2, 3rd ed., p. 106, line 30: neighbouring seeds lead
// to unlike states.
Mt19937::Mt19937(uint64_t seed_value) : seed(seed_value) {
  words[0] = static_cast<uint32_t>(seed);
  for (uint32_t i = 1; i < kWords; ++i) {
    uint32_t before = words[i - 1];
    words[i] = 1812433253u * (before ^ (before >> 30)) + i;
  }
}

// The paper's recurrence (2.1), in place: x[k + n] = x[k + m] ^ (upper bit of x[k] | lower 31 bits
// of x[k + 1]) A. Multiplying by the matrix A is a shift, and the constant when a one drops out.
void Mt19937::renew() {
  auto twist = [this](int k, int following, int shifted) {
    auto word = [this](int i) -> uint32_t& { return words[static_cast<size_t>(i)]; };
    uint32_t joined = (word(k) & 0x80000000u) | (word(following) & 0x7fffffffu);
    word(k) = word(shifted) ^ (joined >> 1) ^ ((joined & 1u) * 0x9908b0dfu);
  };
  // The words are a ring; two loops and a last step save a division by n for each.
  for (int k = 0; k < kWords - kShift; ++k) twist(k, k + 1, k + kShift);
  for (int k = kWords - kShift; k < kWords - 1; ++k) twist(k, k + 1, k + kShift - kWords);
  twist(kWords - 1, 0, kShift - 1);
  left = kWords;
  next = 0;
}

// ---- seeding -----------------------------------------------------------------------------------

Generator& Generator::manual_seed(uint64_t seed) {
  std::lock_guard lock(mutex_);
  engine_ = Mt19937(seed);
  kept_normal_.reset();
  kept_normal_float_.reset();
  return *this;
}

uint64_t Generator::initial_seed() const {
  std::lock_guard lock(mutex_);
  return engine_.seed;
}

static uint64_t entropy() {
  std::random_device device;
  uint64_t high = device();
  return (high << 32 | device()) & ((uint64_t{1} << 53) - 1);
}

uint64_t Generator::seed() {
  uint64_t value = entropy();
  manual_seed(value);
  return value;
}

// Guaranteed elision hands the caller the object itself: a mutex can be neither copied nor moved.
Generator Generator::clone() const { return Generator(*this, std::lock_guard(mutex_)); }

Generator::Generator(const Generator& other, const std::lock_guard<std::mutex>&)
    : engine_(other.engine_),
      kept_normal_(other.kept_normal_),
      kept_normal_float_(other.kept_normal_float_) {}

std::optional<double> Generator::take_kept_normal() {
  std::optional<double> value = kept_normal_;
  kept_normal_.reset();
  return value;
}

// ---- the state as bytes ------------------------------------------------------------------------
//
// PyTorch's layout, little-endian; a C struct of the Lua days with a newer one around it.
//
//   offset  bytes
//        0      8  seed
//        8      4  left
//       12      4  seeded, always 1
//       16      8  next
//       24   4992  the 624 words, each in 8 bytes
//     5016      8  normal_x, unused, 0
//     5024      8  normal_y: the kept normal, 0 when there is none
//     5032      8  normal_rho, unused, 0
//     5040      4  normal_is_valid: whether there is a kept normal
//     5044      4  padding
//     5048      4  the kept float normal
//     5052      1  whether there is one
//     5053      3  padding

namespace {

constexpr size_t kSeedAt = 0, kLeftAt = 8, kSeededAt = 12, kNextAt = 16, kWordsAt = 24;
constexpr size_t kNormalAt = 5024, kNormalValidAt = 5040;
constexpr size_t kFloatNormalAt = 5048, kFloatNormalValidAt = 5052;

template <class T>
void put(std::vector<uint8_t>& bytes, size_t at, T value) {
  for (size_t i = 0; i < sizeof(T); ++i) bytes[at + i] = static_cast<uint8_t>(value >> (8 * i));
}

template <class T>
T get(const std::vector<uint8_t>& bytes, size_t at) {
  T value = 0;
  for (size_t i = 0; i < sizeof(T); ++i) value |= static_cast<T>(bytes[at + i]) << (8 * i);
  return value;
}

}  // namespace

std::vector<uint8_t> Generator::get_state() const {
  std::lock_guard lock(mutex_);
  std::vector<uint8_t> state(kStateBytes, 0);
  put<uint64_t>(state, kSeedAt, engine_.seed);
  put<uint32_t>(state, kLeftAt, static_cast<uint32_t>(engine_.left));
  put<uint32_t>(state, kSeededAt, 1);
  put<uint64_t>(state, kNextAt, engine_.next);
  for (size_t i = 0; i < engine_.words.size(); ++i)
    put<uint64_t>(state, kWordsAt + 8 * i, engine_.words[i]);
  if (kept_normal_) {
    put<uint64_t>(state, kNormalAt, std::bit_cast<uint64_t>(*kept_normal_));
    put<uint32_t>(state, kNormalValidAt, 1);
  }
  if (kept_normal_float_) {
    put<uint32_t>(state, kFloatNormalAt, std::bit_cast<uint32_t>(*kept_normal_float_));
    state[kFloatNormalValidAt] = 1;
  }
  return state;
}

void Generator::set_state(const std::vector<uint8_t>& state) {
  check(state.size() == kStateBytes, "Expected a CPUGeneratorImplState of size ", kStateBytes,
        " but found the input RNG state size to be ", state.size());

  // left - 1 more words are read, from `next` on, before the words are renewed. PyTorch bounds
  // `left` and `next` only one by one, and could be made to read past the words.
  uint32_t left = get<uint32_t>(state, kLeftAt);
  uint64_t next = get<uint64_t>(state, kNextAt);
  check(get<uint32_t>(state, kSeededAt) != 0 && left >= 1 && left <= Mt19937::kWords &&
            next <= Mt19937::kWords && next + left <= Mt19937::kWords + 1,
        "Invalid mt19937 state");

  std::lock_guard lock(mutex_);
  engine_.seed = get<uint64_t>(state, kSeedAt);
  engine_.left = static_cast<int>(left);
  engine_.next = static_cast<uint32_t>(next);
  for (size_t i = 0; i < engine_.words.size(); ++i)
    engine_.words[i] = static_cast<uint32_t>(get<uint64_t>(state, kWordsAt + 8 * i));
  kept_normal_.reset();
  kept_normal_float_.reset();
  if (get<uint32_t>(state, kNormalValidAt) != 0)
    kept_normal_ = std::bit_cast<double>(get<uint64_t>(state, kNormalAt));
  if (state[kFloatNormalValidAt] != 0)
    kept_normal_float_ = std::bit_cast<float>(get<uint32_t>(state, kFloatNormalAt));
}

// ---- the default generator ---------------------------------------------------------------------

// Made on first use, never destroyed: it may be drawn from while the program ends.
Generator& default_generator() {
  static Generator& generator = *new Generator(entropy());
  return generator;
}

Generator& manual_seed(uint64_t seed) { return default_generator().manual_seed(seed); }

}  // namespace cutaway
