// SPDX-License-Identifier: MIT
#include "idx.h"

#include <algorithm>
#include <bit>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "../../tensor/checked_math.h"
#include "../../tensor/factories.h"
#include "../inflate.h"

namespace cutaway::inline v0_1::io {
namespace {

using cutaway::detail::fail;

enum Type : uint8_t {
  kUInt8Type = 0x08,
  kInt8Type = 0x09,
  kInt16Type = 0x0B,
  kInt32Type = 0x0C,
  kFloat32Type = 0x0D,
  kFloat64Type = 0x0E,
};

/// Bytes per element in the file; 0 for a type that IDX does not have.
uint64_t size_of_type(uint8_t type) {
  switch (type) {
    case kUInt8Type:
    case kInt8Type:
      return 1;
    case kInt16Type:
      return 2;
    case kInt32Type:
    case kFloat32Type:
      return 4;
    case kFloat64Type:
      return 8;
    default:
      return 0;
  }
}

template <class Int>
Int load_big_endian(const uint8_t* bytes) {
  uint8_t reversed[sizeof(Int)];
  std::reverse_copy(bytes, bytes + sizeof(Int), reversed);
  return load_little_endian<Int>(reversed);
}

/// A tensor of `Element`s, each read as the integer `InFile` and taken over by value or, where
/// Element is floating point, by its bits.
template <class InFile, class Element>
Tensor load_elements(const uint8_t* from, IntArrayRef sizes) {
  Tensor result = empty(sizes, dtype_of<Element>);
  Element* to = result.data<Element>();
  for (int64_t i = 0; i < result.numel(); ++i, from += sizeof(InFile)) {
    const InFile number = load_big_endian<InFile>(from);
    if constexpr (std::is_floating_point_v<Element>) {
      to[i] = std::bit_cast<Element>(number);
    } else {
      to[i] = number;
    }
  }
  return result;
}

struct Header {
  uint8_t type = 0;
  DimVector sizes;
  uint64_t header_bytes = 0;
  uint64_t data_bytes = 0;
};

/// "60000 x 28 x 28 = 47040000 bytes of data"
std::string describe_data(const Header& header) {
  std::string shape;
  for (int64_t size : header.sizes) shape += join(shape.empty() ? "" : " x ", size);
  const uint64_t element_bytes = size_of_type(header.type);
  const std::string unit = element_bytes == 1 ? "" : join(" elements of ", element_bytes, " bytes");
  return join(shape, unit, " = ", header.data_bytes, " bytes of data");
}

Header decode_header(std::span<const uint8_t> bytes, const std::string& name) {
  check(bytes.size() >= 4, name,
        ": truncated; expected an IDX file, which has at least 4 bytes, found ", bytes.size());
  Header header;
  header.type = bytes[2];
  const uint64_t element_bytes = size_of_type(header.type);
  check(bytes[0] == 0 && bytes[1] == 0 && element_bytes != 0, name,
        ": not an IDX file; expected it to begin with the bytes 0, 0 and a type (8, 9, 11 to 14), "
        "found ",
        bytes[0], ", ", bytes[1], ", ", bytes[2]);
  const int64_t rank = bytes[3];
  check(rank >= 1 && rank <= kMaxDims, name, ": expected 1 to ", kMaxDims, " dimensions, found ",
        rank);
  header.header_bytes = 4 + 4 * static_cast<uint64_t>(rank);
  check(bytes.size() >= header.header_bytes, name, ": truncated; expected a header of ",
        header.header_bytes, " bytes, found ", bytes.size());

  // Sizes of 0 count as 1 here, because strides are formed from the others all the same.
  std::optional<int64_t> product = static_cast<int64_t>(element_bytes);
  bool is_empty = false;
  for (int64_t d = 0; d < rank; ++d) {
    const int64_t size = load_big_endian<uint32_t>(bytes.data() + 4 + 4 * d);
    header.sizes.push_back(size);
    is_empty = is_empty || size == 0;
    product = checked_mul(*product, std::max<int64_t>(size, 1));
    check(product.has_value(), name, ": its sizes ", header.sizes, "... are too large");
  }
  header.data_bytes = is_empty ? 0 : static_cast<uint64_t>(*product);
  return header;
}

}  // namespace

Tensor decode_idx(Bytes bytes, const std::string& name) {
  const Header header = decode_header(bytes, name);
  const uint64_t found = bytes.size() - header.header_bytes;
  if (found != header.data_bytes) {
    fail<Error>(name, ": expected ", describe_data(header), ", found ", found,
                found < header.data_bytes ? "; the file is truncated, get it again"
                                          : "; something follows the data");
  }

  const uint8_t* data = bytes.data() + header.header_bytes;
  switch (header.type) {
    case kInt8Type:
      return load_elements<int8_t, int32_t>(data, header.sizes);
    case kInt16Type:
      return load_elements<int16_t, int32_t>(data, header.sizes);
    case kInt32Type:
      return load_elements<int32_t, int32_t>(data, header.sizes);
    case kFloat32Type:
      return load_elements<uint32_t, float>(data, header.sizes);
    case kFloat64Type:
      return load_elements<uint64_t, double>(data, header.sizes);
    default:
      break;
  }
  // Bytes need no conversion: the tensor takes them over where they are, and keeps them alive.
  const auto owner = std::make_shared<Bytes>(std::move(bytes));
  return from_blob(owner->data() + header.header_bytes, header.sizes, kUInt8, owner);
}

Tensor read_idx(const std::string& path, uint64_t max_bytes) {
  Bytes bytes = read_file(path, max_bytes);
  if (is_gzip(bytes)) {
    try {
      bytes = gunzip(bytes, max_bytes);
    } catch (const Error& error) {  // it does not know the path
      fail<Error>(path, ": ", error.message());
    }
  }
  return decode_idx(std::move(bytes), path);
}

}  // namespace cutaway::io
