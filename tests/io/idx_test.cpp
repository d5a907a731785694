// SPDX-License-Identifier: MIT
//
// IDX files: every type, every truncation, every byte changed; and nothing is believed.
#include "../../io/data/idx.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "temporary_folder.h"

namespace cutaway::io {
namespace {

/// An array of 2 x 3 bytes.
const Bytes kSmall = {0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 255};
/// The same file, made by gzip.
const Bytes kSmallGzip = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x63, 0x60,
                          0xe0, 0x60, 0x62, 0x60, 0x60, 0x00, 0x61, 0x66, 0x2e, 0x11, 0x39, 0x0d,
                          0xa3, 0xff, 0x00, 0xe3, 0xdc, 0x1b, 0xa7, 0x12, 0x00, 0x00, 0x00};

template <class T>
std::vector<T> values_of(const Tensor& tensor) {
  return {tensor.data<T>(), tensor.data<T>() + tensor.numel()};
}

Bytes file_of(uint8_t type, std::vector<uint8_t> sizes, const Bytes& data) {
  Bytes bytes = {0, 0, type, static_cast<uint8_t>(sizes.size())};
  for (uint8_t size : sizes) bytes.insert(bytes.end(), {0, 0, 0, size});
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

TEST(Idx, ReadsBytes) {
  const Tensor tensor = decode_idx(kSmall, "small");
  EXPECT_EQ(tensor.dtype(), kUInt8);
  EXPECT_EQ(to_string(tensor.sizes()), "[2, 3]");
  EXPECT_EQ(values_of<uint8_t>(tensor), (std::vector<uint8_t>{10, 20, 30, 40, 50, 255}));
}

TEST(Idx, ReadsFilesCompressedOrNot) {
  const TemporaryFolder folder;
  const std::vector<uint8_t> expected = {10, 20, 30, 40, 50, 255};
  EXPECT_EQ(values_of<uint8_t>(read_idx(folder.put("a", kSmall))), expected);
  EXPECT_EQ(values_of<uint8_t>(read_idx(folder.put("a.gz", kSmallGzip))), expected);
  EXPECT_THROW(read_idx(folder.file("none")), IoError);
  EXPECT_NE(error_of([&] { read_idx(folder.file("a"), 17); }).find("too large"), std::string::npos);
  EXPECT_NE(error_of([&] { read_idx(folder.put("b.gz", kSmallGzip), 17); }).find("too large"),
            std::string::npos);

  Bytes damaged = kSmallGzip;
  damaged[27] ^= 1;  // in its checksum
  const std::string path = folder.put("damaged.gz", damaged);
  EXPECT_EQ(error_of([&] { read_idx(path); }).find(path + ": gunzip: CRC mismatch"), 0u);
}

TEST(Idx, ReadsEveryType) {
  // Big-endian: the high byte comes first.
  const Tensor int8 = decode_idx(file_of(0x09, {2}, {0xFF, 0x7F}), "int8");
  EXPECT_EQ(values_of<int32_t>(int8), (std::vector<int32_t>{-1, 127}));
  const Tensor int16 = decode_idx(file_of(0x0B, {2}, {0x80, 0x00, 0x01, 0x02}), "int16");
  EXPECT_EQ(values_of<int32_t>(int16), (std::vector<int32_t>{-32768, 258}));
  const Tensor int32 = decode_idx(file_of(0x0C, {1}, {0xFF, 0xFF, 0xFF, 0xFE}), "int32");
  EXPECT_EQ(values_of<int32_t>(int32), (std::vector<int32_t>{-2}));
  const Tensor float32 = decode_idx(file_of(0x0D, {1}, {0xC0, 0x49, 0x0F, 0xDB}), "float32");
  EXPECT_EQ(values_of<float>(float32), (std::vector<float>{-3.14159274f}));
  const Tensor float64 = decode_idx(file_of(0x0E, {1}, {0x40, 0x09, 0, 0, 0, 0, 0, 0}), "float64");
  EXPECT_EQ(values_of<double>(float64), (std::vector<double>{3.125}));
  EXPECT_EQ(to_string(decode_idx(file_of(0x0E, {3, 0}, {}), "empty").sizes()), "[3, 0]");
}

TEST(Idx, SaysWhatIsWrong) {
  const auto message = [](Bytes bytes) { return error_of([&] { decode_idx(bytes, "file"); }); };
  EXPECT_EQ(message({0, 0, 8, 3, 0, 0, 234, 96, 0, 0, 0, 28, 0, 0, 0, 28, 1, 2, 3}),
            "file: expected 60000 x 28 x 28 = 47040000 bytes of data, found 3; the file is "
            "truncated, get it again");
  EXPECT_EQ(message(file_of(0x0E, {2, 3}, Bytes(49))),
            "file: expected 2 x 3 elements of 8 bytes = 48 bytes of data, found 49; something "
            "follows the data");
  EXPECT_EQ(message({0, 0}),
            "file: truncated; expected an IDX file, which has at least 4 bytes, found 2");
  EXPECT_EQ(message({0, 0, 8, 2, 0, 0}), "file: truncated; expected a header of 12 bytes, found 6");
  EXPECT_EQ(message({'P', 'K', 3, 4}),
            "file: not an IDX file; expected it to begin with the bytes 0, 0 and a type (8, 9, 11 "
            "to 14), found 80, 75, 3");
  EXPECT_EQ(message({0, 0, 0x0A, 1, 0, 0, 0, 0}),
            "file: not an IDX file; expected it to begin with the bytes 0, 0 and a type (8, 9, 11 "
            "to 14), found 0, 0, 10");
  EXPECT_EQ(message({0, 0, 8, 0, 1}), "file: expected 1 to 16 dimensions, found 0");
  EXPECT_EQ(message({0, 0, 8, 17}), "file: expected 1 to 16 dimensions, found 17");
}

TEST(Idx, BelievesNoSize) {
  // Sizes of 2^32 - 1: the product passes 64 bits, or would be an allocation of many gigabytes.
  for (size_t rank : {1u, 2u, 3u, 16u}) {
    Bytes bytes = {0, 0, 0x0E, static_cast<uint8_t>(rank)};
    bytes.resize(4 + 4 * rank, 0xFF);
    EXPECT_NE(error_of([&] { decode_idx(bytes, "file"); }), "") << rank;
    // With a size of 0 there are no elements, but strides of that product.
    std::fill_n(bytes.begin() + 4, 4, uint8_t{0});
    error_of([&] { decode_idx(bytes, "file"); });
  }
}

TEST(Idx, NoticesEveryTruncation) {
  const TemporaryFolder folder;
  for (const Bytes& whole : {kSmall, kSmallGzip}) {
    for (size_t length = 0; length < whole.size(); ++length) {
      const std::string path = folder.put("part", std::span(whole).first(length));
      EXPECT_EQ(error_of([&] { read_idx(path); }).find(path), 0u) << length;
    }
  }
}

TEST(Idx, SurvivesAnyBytes) {
  std::mt19937 random(1);
  for (int i = 0; i < 20000; ++i) {
    Bytes bytes = kSmall;
    for (size_t changes = random() % 4 + 1; changes > 0; --changes) {
      bytes[random() % bytes.size()] = static_cast<uint8_t>(random() % 16);
    }
    bytes.resize(random() % (bytes.size() + 1));
    try {
      EXPECT_LE(decode_idx(bytes, "file").numel(), 18);
    } catch (const Error&) {
    }
  }
}

}  // namespace
}  // namespace cutaway::io
