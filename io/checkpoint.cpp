// SPDX-License-Identifier: MIT
#include "checkpoint.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "../tensor/check.h"
#include "../tensor/factories.h"
#include "checkpoint_layout.h"
#include "checksum.h"
#include "file.h"

namespace cutaway::inline v0_1::io {
namespace {

using TensorEntry = CheckpointContents::TensorEntry;

void check_byte_order() {
  // On such a machine each element would have to be turned around on its way.
  check_implemented(std::endian::native == std::endian::little,
                    "checkpoints are not implemented for big-endian machines");
}

/// Bytes of a contiguous tensor.
std::span<uint8_t> bytes_of(const Tensor& tensor) {
  return {reinterpret_cast<uint8_t*>(tensor.raw_data()),
          static_cast<size_t>(tensor.numel() * tensor.element_size())};
}

template <class Number>
Number parse(const std::string& text, const std::string& key, const char* expected) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  check_value(error == std::errc() && stop == end, "checkpoint metadata '", key, "': expected ",
              expected, ", found '", text, "'");
  return number;
}

/// A checkpoint file being read, either copied or mapped.
class Source {
 public:
  Source(const std::string& path, bool map) : path_(path) {
    if (map) {
      mapped_ = std::make_shared<MappedFile>(path);
    } else {
      file_.emplace(path);
    }
  }

  uint64_t size() const { return mapped_ ? mapped_->size() : file_->size(); }

  /// The caller has checked that these bytes lie inside the file.
  Bytes read(uint64_t offset, uint64_t count) const {
    Bytes bytes(static_cast<size_t>(count));
    if (mapped_) {
      std::copy_n(mapped_->data() + offset, count, bytes.begin());
    } else {
      file_->read_exactly(offset, bytes);
    }
    return bytes;
  }

  Tensor read_tensor(uint64_t offset, const TensorEntry& entry) const {
    if (mapped_) {
      return from_blob(mapped_->data() + offset, entry.sizes, entry.dtype, mapped_);
    }
    Tensor tensor = empty(entry.sizes, entry.dtype);
    file_->read_exactly(offset, bytes_of(tensor));
    return tensor;
  }

  void check_padding(uint64_t begin, uint64_t end) const {
    for (uint8_t byte : read(begin, end - begin)) {
      check(byte == 0, path_, ": the padding after byte ", begin,
            " is not zero; the file is damaged");
    }
  }

 private:
  const std::string& path_;
  std::optional<InputFile> file_;
  std::shared_ptr<MappedFile> mapped_;
};

void check_tensor(const Tensor& tensor, const TensorEntry& entry, const std::string& path) {
  const std::span<const uint8_t> bytes = bytes_of(tensor);
  check(crc32(bytes) == entry.crc, path, ": checksum mismatch in tensor '", entry.name,
        "'; the file is damaged");
  check(entry.dtype != kBool ||
            std::all_of(bytes.begin(), bytes.end(), [](uint8_t byte) { return byte <= 1; }),
        path, ": tensor '", entry.name, "' is of bools but has a byte that is neither 0 nor 1");
}

}  // namespace

// ---- metadata -----------------------------------------------------------------------------------

const std::string& Checkpoint::text(const std::string& key) const {
  const auto found = metadata.find(key);
  check_index(found != metadata.end(), "the checkpoint has no metadata '", key, "'");
  return found->second;
}

int64_t Checkpoint::integer(const std::string& key) const {
  return parse<int64_t>(text(key), key, "an integer");
}

double Checkpoint::number(const std::string& key) const {
  return parse<double>(text(key), key, "a number");
}

// ---- saving -------------------------------------------------------------------------------------

void save_checkpoint(const std::string& path, const Checkpoint& checkpoint) {
  check_byte_order();
  CheckpointContents contents{.metadata = checkpoint.metadata, .tensors = {}};
  for (const auto& [name, tensor] : checkpoint.tensors) {
    check_value(tensor.defined(), "cannot save a checkpoint: tensor '", name, "' is undefined");
    const Tensor elements = tensor.detach().contiguous();
    contents.tensors.push_back({.name = name,
                                .dtype = tensor.dtype(),
                                .sizes = tensor.sizes(),
                                .offset = align_for_tensor(contents.data_bytes()),
                                .nbytes = bytes_of(elements).size(),
                                .crc = crc32(bytes_of(elements))});
  }
  const Bytes encoded = encode(contents);
  CheckpointHeader header;
  header.contents_bytes = encoded.size();
  header.contents_crc = crc32(encoded);
  header.file_bytes = contents.tensors.empty() ? CheckpointHeader::kBytes + encoded.size()
                                               : header.data_start() + contents.data_bytes();

  AtomicFile file(path);
  file.write(encode(header));
  file.write(encoded);
  uint64_t written = CheckpointHeader::kBytes + encoded.size();
  for (const auto& [name, tensor] : checkpoint.tensors) {
    const Tensor elements = tensor.detach().contiguous();
    file.write(Bytes(align_for_tensor(written) - written));
    file.write(bytes_of(elements));
    written = align_for_tensor(written) + bytes_of(elements).size();
  }
  file.commit();
}

// ---- loading ------------------------------------------------------------------------------------

Checkpoint load_checkpoint(const std::string& path, LoadOptions options) {
  check_byte_order();
  const Source source(path, options.map);
  const Bytes front = source.read(0, std::min(source.size(), CheckpointHeader::kBytes));
  const CheckpointHeader header = decode_header(front, source.size(), path);
  CheckpointContents contents =
      decode_contents(source.read(CheckpointHeader::kBytes, header.contents_bytes), header, path);

  Checkpoint checkpoint;
  checkpoint.metadata = std::move(contents.metadata);
  uint64_t position = CheckpointHeader::kBytes + header.contents_bytes;
  for (const TensorEntry& entry : contents.tensors) {
    const uint64_t begin = header.data_start() + entry.offset;
    source.check_padding(position, begin);
    Tensor tensor = source.read_tensor(begin, entry);
    check_tensor(tensor, entry, path);
    checkpoint.tensors.insert(entry.name, std::move(tensor));
    position = begin + entry.nbytes;
  }
  return checkpoint;
}

}  // namespace cutaway::io
