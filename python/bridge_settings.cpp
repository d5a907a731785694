// SPDX-License-Identifier: MIT
//
// Generators, threads and print options.
#include <algorithm>

#include "../tensor/generator.h"
#include "../tensor/parallel.h"
#include "../tensor/printing.h"
#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;

// ---- Generators ----

static_assert(CUTAWAY_GENERATOR_STATE_BYTES == Generator::kStateBytes);

static Generator* generator_of(cutaway_generator* handle) {
  return reinterpret_cast<Generator*>(handle);
}
static const Generator* generator_of(const cutaway_generator* handle) {
  return reinterpret_cast<const Generator*>(handle);
}
static cutaway_generator* handle_of(Generator* generator) {
  return reinterpret_cast<cutaway_generator*>(generator);
}

cutaway_generator* cutaway_generator_new() {
  return guarded<cutaway_generator*>(nullptr, [] { return handle_of(new Generator()); });
}
void cutaway_generator_free(cutaway_generator* generator) { delete generator_of(generator); }
cutaway_generator* cutaway_default_generator() {
  return guarded<cutaway_generator*>(nullptr, [] { return handle_of(&default_generator()); });
}
cutaway_generator* cutaway_generator_clone(const cutaway_generator* generator) {
  return guarded<cutaway_generator*>(
      nullptr, [&] { return handle_of(new Generator(generator_of(generator)->clone())); });
}
void cutaway_generator_manual_seed(cutaway_generator* generator, uint64_t seed) {
  generator_of(generator)->manual_seed(seed);
}
uint64_t cutaway_generator_initial_seed(const cutaway_generator* generator) {
  return generator_of(generator)->initial_seed();
}
uint64_t cutaway_generator_seed(cutaway_generator* generator) {
  return generator_of(generator)->seed();
}
void cutaway_generator_get_state(const cutaway_generator* generator, uint8_t* state) {
  const std::vector<uint8_t> bytes = generator_of(generator)->get_state();
  std::copy(bytes.begin(), bytes.end(), state);
}
int32_t cutaway_generator_set_state(cutaway_generator* generator, const uint8_t* state,
                                    int64_t size) {
  return guarded(-1, [&] {
    generator_of(generator)->set_state(std::vector<uint8_t>(state, state + size));
    return 0;
  });
}

// ---- Threads ----

int32_t cutaway_get_num_threads() {
  return guarded(-1, [] { return get_num_threads(); });
}
int32_t cutaway_set_num_threads(int32_t count) {
  return guarded(-1, [&] {
    set_num_threads(count);
    return 0;
  });
}

// ---- Printing ----

template <class T>
static std::optional<T> option_of(const cutaway_value& value) {
  if (value.tag == CUTAWAY_NONE) return std::nullopt;
  return static_cast<T>(value.as.integer);
}

int32_t cutaway_set_print_options(const cutaway_print_options* change) {
  return guarded(-1, [&] {
    set_printoptions({.precision = option_of<int>(change->precision),
                      .threshold = option_of<int64_t>(change->threshold),
                      .edgeitems = option_of<int64_t>(change->edgeitems),
                      .linewidth = option_of<int>(change->linewidth),
                      .profile = option_of<PrintProfile>(change->profile),
                      .sci_mode = option_of<bool>(change->sci_mode)});
    return 0;
  });
}
