// SPDX-License-Identifier: MIT
#include "huffman.h"

#include "../tensor/check.h"

namespace cutaway::inline v0_1::io::detail {

void fail_truncated(size_t size) {
  cutaway::detail::fail<Error>("inflate: the data are truncated: they end at byte ", size,
                               " in the middle of a block");
}

static uint32_t reversed(uint32_t code, unsigned length) {
  uint32_t result = 0;
  for (unsigned bit = 0; bit < length; ++bit) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}

HuffmanCode::HuffmanCode(std::span<const uint8_t> lengths, const char* name, bool may_be_single) {
  for (const uint8_t length : lengths) ++count_[length];
  count_[0] = 0;

  // A code of length n takes 1/2^n of all bit patterns; `unused` counts what is left in 1/2^n.
  std::array<uint16_t, kMaxCodeLength + 2> next_code{};   // of each length
  std::array<uint16_t, kMaxCodeLength + 2> next_place{};  // in symbols_by_code_, of each length
  int unused = 1;
  for (unsigned length = 1; length <= kMaxCodeLength; ++length) {
    unused = 2 * unused - count_[length];
    check(unused >= 0, "inflate: over-subscribed ", name, " code: too many codes of length ",
          length);
    next_code[length + 1] = static_cast<uint16_t>((next_code[length] + count_[length]) << 1);
    next_place[length + 1] = static_cast<uint16_t>(next_place[length] + count_[length]);
  }
  const unsigned codes = next_place[kMaxCodeLength + 1];
  check(unused == 0 || codes == 0 || (may_be_single && codes == 1 && count_[1] == 1),
        "inflate: incomplete ", name, " code: some bit patterns stand for nothing");

  for (size_t symbol = 0; symbol < lengths.size(); ++symbol) {
    const uint8_t length = lengths[symbol];
    if (length == 0) continue;
    symbols_by_code_[next_place[length]++] = static_cast<uint16_t>(symbol);
    const uint32_t code = next_code[length]++;
    if (length > kShortBits) continue;
    // Whatever bits follow the code, they lead to this entry.
    for (size_t bits = reversed(code, length); bits < short_.size(); bits += size_t{1} << length) {
      short_[bits] = {static_cast<uint16_t>(symbol), length};
    }
  }
}

}  // namespace cutaway::io::detail
