// SPDX-License-Identifier: MIT
#include "checkpoint_layout.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <optional>
#include <set>

#include "../tensor/check.h"
#include "../tensor/checked_math.h"
#include "checksum.h"

namespace cutaway::inline v0_1::io {
namespace {

constexpr uint8_t kMagic[] = {0x89, 'C', 'U', 'T', '\r', '\n', 0x1A, '\n'};
constexpr uint32_t kVersion = 1;
constexpr uint32_t kByteOrder = 0x01020304;
constexpr uint32_t kForeignByteOrder = 0x04030201;
constexpr size_t kChecksummedHeaderBytes = 60;
constexpr uint64_t kAlignment = 64;

/// The dtype with code i + 1 in the file, which must not follow changes of the enum.
constexpr DType kDTypeOfCode[] = {kUInt8, kInt32, kInt64, kFloat32, kFloat64,
                                  kBool,  kInt8,  kInt16, kFloat16, kBFloat16};

uint8_t code_of(DType dtype) {
  const auto found = std::find(std::begin(kDTypeOfCode), std::end(kDTypeOfCode), dtype);
  return static_cast<uint8_t>(found - std::begin(kDTypeOfCode) + 1);
}

// ---- encoding -----------------------------------------------------------------------------------

template <class UInt>
void append(Bytes& to, UInt value) {
  for (size_t i = 0; i < sizeof value; ++i) {
    to.push_back(static_cast<uint8_t>(static_cast<uint64_t>(value) >> (8 * i)));
  }
}

void append(Bytes& to, const std::string& text) {
  const std::optional<uint32_t> length = checked_cast<uint32_t>(text.size());
  check_value(length.has_value(), "a name or a value in a checkpoint must be shorter than 4 GiB");
  append(to, *length);
  to.insert(to.end(), text.begin(), text.end());
}

// ---- decoding -----------------------------------------------------------------------------------

/// Takes values from the front of the contents and never goes beyond their end.
class ContentsReader {
 public:
  ContentsReader(std::span<const uint8_t> bytes, const std::string& path)
      : rest_(bytes), path_(path) {}

  template <class UInt>
  UInt take() {
    return load_little_endian<UInt>(take_bytes(sizeof(UInt)).data());
  }
  std::string take_string() {
    const std::span<const uint8_t> bytes = take_bytes(take<uint32_t>());
    return {bytes.begin(), bytes.end()};
  }
  bool at_end() const { return rest_.empty(); }

 private:
  std::span<const uint8_t> take_bytes(size_t count) {
    check(count <= rest_.size(), path_, ": the contents end in the middle of an entry");
    const std::span<const uint8_t> taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }

  std::span<const uint8_t> rest_;
  const std::string& path_;
};

/// Bytes of the elements of a tensor; nothing where that or a stride would not fit 63 bits.
std::optional<uint64_t> data_bytes_of(DType dtype, IntArrayRef sizes) {
  std::optional<int64_t> product = size_of(dtype);
  bool is_empty = false;
  for (int64_t size : sizes) {
    is_empty = is_empty || size == 0;
    product = checked_mul(*product, std::max<int64_t>(size, 1));
    if (!product) return std::nullopt;
  }
  return is_empty ? 0 : static_cast<uint64_t>(*product);
}

CheckpointContents::TensorEntry take_tensor_entry(ContentsReader& reader, const std::string& path) {
  CheckpointContents::TensorEntry entry;
  entry.name = reader.take_string();
  const auto code = reader.take<uint8_t>();
  check(code >= 1 && code <= std::size(kDTypeOfCode), path, ": tensor '", entry.name,
        "' has an unknown dtype, code ", code);
  entry.dtype = kDTypeOfCode[code - 1];
  const auto rank = reader.take<uint8_t>();
  check(rank <= kMaxDims, path, ": tensor '", entry.name, "' has ", rank,
        " dimensions, expected at most ", kMaxDims);
  for (uint8_t d = 0; d < rank; ++d) {
    const std::optional<int64_t> size = checked_cast<int64_t>(reader.take<uint64_t>());
    check(size.has_value(), path, ": tensor '", entry.name, "' has a size beyond 63 bits");
    entry.sizes.push_back(*size);
  }
  entry.offset = reader.take<uint64_t>();
  entry.nbytes = reader.take<uint64_t>();
  entry.crc = reader.take<uint32_t>();

  const std::optional<uint64_t> expected = data_bytes_of(entry.dtype, entry.sizes);
  check(expected.has_value(), path, ": tensor '", entry.name, "' of shape ", entry.sizes,
        " is too large");
  check(entry.nbytes == *expected, path, ": tensor '", entry.name, "' of shape ", entry.sizes,
        " and dtype ", name_of(entry.dtype), " is said to have ", entry.nbytes, " bytes, expected ",
        *expected);
  return entry;
}

}  // namespace

uint64_t align_for_tensor(uint64_t position) {
  return (position + kAlignment - 1) / kAlignment * kAlignment;
}

uint64_t CheckpointHeader::data_start() const { return align_for_tensor(kBytes + contents_bytes); }

uint64_t CheckpointContents::data_bytes() const {
  return tensors.empty() ? 0 : tensors.back().offset + tensors.back().nbytes;
}

Bytes encode(const CheckpointHeader& header) {
  Bytes bytes(std::begin(kMagic), std::end(kMagic));
  append(bytes, kVersion);
  append(bytes, kByteOrder);
  append(bytes, header.file_bytes);
  append(bytes, header.contents_bytes);
  append(bytes, header.contents_crc);
  bytes.resize(kChecksummedHeaderBytes);
  append(bytes, crc32(bytes));
  return bytes;
}

Bytes encode(const CheckpointContents& contents) {
  Bytes bytes;
  append(bytes, static_cast<uint32_t>(contents.metadata.size()));
  append(bytes, static_cast<uint32_t>(contents.tensors.size()));
  for (const auto& [key, value] : contents.metadata) {
    append(bytes, key);
    append(bytes, value);
  }
  for (const CheckpointContents::TensorEntry& entry : contents.tensors) {
    append(bytes, entry.name);
    append(bytes, code_of(entry.dtype));
    append(bytes, static_cast<uint8_t>(entry.sizes.size()));
    for (int64_t size : entry.sizes) append(bytes, static_cast<uint64_t>(size));
    append(bytes, entry.offset);
    append(bytes, entry.nbytes);
    append(bytes, entry.crc);
  }
  return bytes;
}

CheckpointHeader decode_header(std::span<const uint8_t> front, uint64_t file_bytes,
                               const std::string& path) {
  const std::span<const uint8_t> magic = front.first(std::min(front.size(), sizeof kMagic));
  check(std::equal(magic.begin(), magic.end(), kMagic), path,
        ": not a checkpoint of this library; expected the file to begin with the bytes 89 43 55 54 "
        "0d 0a 1a 0a");
  check(front.size() >= CheckpointHeader::kBytes, path,
        ": truncated; expected a header of 64 bytes, found ", front.size());
  const auto version = load_little_endian<uint32_t>(&front[8]);
  const auto byte_order = load_little_endian<uint32_t>(&front[12]);
  check(byte_order != kForeignByteOrder, path,
        ": written in big-endian byte order, which this version cannot read");
  check(version == kVersion, path, ": checkpoint format version ", version,
        " is unknown; this version reads version ", kVersion,
        ". Load the file with the version of the library that wrote it, or a newer one.");
  check(byte_order == kByteOrder, path, ": the byte order mark in the header is damaged");
  check(load_little_endian<uint32_t>(&front[kChecksummedHeaderBytes]) ==
            crc32(front.first(kChecksummedHeaderBytes)),
        path, ": checksum mismatch in the header; the file is damaged");

  CheckpointHeader header;
  header.file_bytes = load_little_endian<uint64_t>(&front[16]);
  header.contents_bytes = load_little_endian<uint64_t>(&front[24]);
  header.contents_crc = load_little_endian<uint32_t>(&front[32]);
  const auto reserved = front.subspan(36, kChecksummedHeaderBytes - 36);
  check(std::all_of(reserved.begin(), reserved.end(), [](uint8_t byte) { return byte == 0; }), path,
        ": reserved bytes in the header are not zero");
  check(header.file_bytes == file_bytes, path, ": expected ", header.file_bytes, " bytes, found ",
        file_bytes,
        file_bytes < header.file_bytes ? "; the file is truncated" : "; something follows the end");
  check(range_fits(CheckpointHeader::kBytes, header.contents_bytes, file_bytes), path,
        ": contents of ", header.contents_bytes, " bytes do not fit into a file of ", file_bytes);
  return header;
}

CheckpointContents decode_contents(std::span<const uint8_t> bytes, const CheckpointHeader& header,
                                   const std::string& path) {
  check(crc32(bytes) == header.contents_crc, path,
        ": checksum mismatch in the table of contents; the file is damaged");
  ContentsReader reader(bytes, path);
  const auto metadata_count = reader.take<uint32_t>();
  const auto tensor_count = reader.take<uint32_t>();
  CheckpointContents contents;
  for (uint32_t i = 0; i < metadata_count; ++i) {
    std::string key = reader.take_string();
    const bool is_new = contents.metadata.try_emplace(key, reader.take_string()).second;
    check(is_new, path, ": the metadata key '", key, "' occurs twice");
  }

  const uint64_t data_start = header.data_start();
  const uint64_t room = header.file_bytes < data_start ? 0 : header.file_bytes - data_start;
  std::set<std::string> names;
  for (uint32_t i = 0; i < tensor_count; ++i) {
    CheckpointContents::TensorEntry entry = take_tensor_entry(reader, path);
    check(names.insert(entry.name).second, path, ": the name '", entry.name,
          "' is given to two tensors");
    const uint64_t expected = align_for_tensor(contents.data_bytes());
    check(entry.offset == expected, path, ": the data of tensor '", entry.name,
          "' are said to begin at offset ", entry.offset, ", expected ", expected,
          ", the first multiple of 64 after the tensor before");
    check(range_fits(entry.offset, entry.nbytes, room), path, ": tensor '", entry.name, "' of ",
          entry.nbytes, " bytes at offset ", entry.offset, " reaches beyond the end of the file");
    contents.tensors.push_back(std::move(entry));
  }
  check(reader.at_end(), path, ": something follows the last entry of the contents");
  // Without tensors the data section is empty, and the padding before it is not written.
  const uint64_t file_bytes = contents.tensors.empty()
                                  ? CheckpointHeader::kBytes + header.contents_bytes
                                  : data_start + contents.data_bytes();
  check(header.file_bytes == file_bytes, path, ": expected ", file_bytes,
        " bytes after its table of contents, found ", header.file_bytes);
  return contents;
}

}  // namespace cutaway::io
