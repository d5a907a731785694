// SPDX-License-Identifier: MIT
//
// Checkpoints: what goes in comes out; every damage is noticed, whether by accident or made with
// intent; and a save that fails leaves the old file.
#include "../../io/checkpoint.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <random>
#include <vector>

#include "../../io/checksum.h"
#include "../../io/file.h"
#include "../../io/file_system_calls.h"
#include "../../tensor/factories.h"
#include "../../tensor/generator.h"
#include "temporary_folder.h"

namespace cutaway::io {
namespace {

/// The checkpoint of small_checkpoint(), written by another program from the description in
/// checkpoint_layout.h. If this changes, files that users have saved can no longer be read.
constexpr std::string_view kGolden =
    "894355540d0a1a0a0100000004030201c301000000000000c500000000000000"
    "10576f3e0000000000000000000000000000000000000000000000003905d9a0"
    "02000000040000000500000065706f63680100000033040000006e6f74650000"
    "0000060000007765696768740402020000000000000003000000000000000000"
    "00000000000018000000000000001c05cdf10400000073746570030040000000"
    "00000000080000000000000070d6e76f05000000656d70747901020000000000"
    "0000000400000000000000800000000000000000000000000000000000000004"
    "0000006d61736b06010300000000000000800000000000000003000000000000"
    "00b3838489000000000000000000000000000000000000000000000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000"
    "0000c03f000000c00000803e00004040000080400000a0400000000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000"
    "0700000000000000000000000000000000000000000000000000000000000000"
    "0000000000000000000000000000000000000000000000000000000000000000"
    "010001";

Bytes golden_bytes() {
  Bytes bytes;
  for (size_t i = 0; i < kGolden.size(); i += 2) {
    const std::string digits(kGolden.substr(i, 2));
    bytes.push_back(static_cast<uint8_t>(std::stoi(digits, nullptr, 16)));
  }
  return bytes;
}

Checkpoint small_checkpoint() {
  Checkpoint checkpoint;
  checkpoint.metadata = {{"epoch", "3"}, {"note", ""}};
  checkpoint.tensors.insert("weight", tensor({{1.5, -2.0, 0.25}, {3.0, 4.0, 5.0}}));
  checkpoint.tensors.insert("step", scalar_tensor(int64_t{7}, kInt64));
  checkpoint.tensors.insert("empty", zeros({0, 4}, kUInt8));
  checkpoint.tensors.insert("mask", tensor({true, false, true}));
  return checkpoint;
}

Bytes elements_of(const Tensor& tensor) {
  const Tensor dense = tensor.contiguous();
  const auto* begin = reinterpret_cast<const uint8_t*>(dense.raw_data());
  return {begin, begin + dense.numel() * dense.element_size()};
}

void expect_equal(const Checkpoint& a, const Checkpoint& b) {
  EXPECT_EQ(a.metadata, b.metadata);
  ASSERT_EQ(a.tensors.size(), b.tensors.size());
  auto other = b.tensors.begin();
  for (const auto& [name, tensor] : a.tensors) {
    EXPECT_EQ(name, other->first);
    EXPECT_EQ(tensor.dtype(), other->second.dtype()) << name;
    EXPECT_EQ(to_string(tensor.sizes()), to_string(other->second.sizes())) << name;
    EXPECT_EQ(elements_of(tensor), elements_of(other->second)) << name;
    ++other;
  }
}

/// The message when this file is loaded; both ways of loading must agree.
std::string error_of_loading(const std::string& path) {
  const std::string copied = error_of([&] { load_checkpoint(path); });
  const std::string mapped = error_of([&] { load_checkpoint(path, {.map = true}); });
  EXPECT_EQ(copied, mapped);
  EXPECT_TRUE(copied.empty() || copied.starts_with(path + ": ")) << copied;
  return copied;
}

template <class UInt>
void store(Bytes& bytes, size_t at, UInt value) {
  for (size_t i = 0; i < sizeof value; ++i) {
    bytes[at + i] = static_cast<uint8_t>(static_cast<uint64_t>(value) >> (8 * i));
  }
}

/// Makes the checksums of contents and header right, as somebody with intent would.
void seal(Bytes& bytes) {
  const uint64_t contents = load_little_endian<uint64_t>(&bytes[24]);
  if (contents <= bytes.size() - 64) {
    store(bytes, 32, crc32(std::span(bytes).subspan(64, static_cast<size_t>(contents))));
  }
  store(bytes, 60, crc32(std::span(bytes).first(60)));
}

TEST(Checkpoint, FormatIsTheDescribedOne) {
  const TemporaryFolder folder;
  const std::string path = folder.file("small");
  save_checkpoint(path, small_checkpoint());
  EXPECT_EQ(read_file(path), golden_bytes());
  folder.put("golden", golden_bytes());
  expect_equal(load_checkpoint(folder.file("golden")), small_checkpoint());
}

TEST(Checkpoint, DTypesKeepTheirCodes) {
  const TemporaryFolder folder;
  uint8_t code = 0;
  for (DType dtype :
       {kUInt8, kInt32, kInt64, kFloat32, kFloat64, kBool, kInt8, kInt16, kFloat16, kBFloat16}) {
    Checkpoint checkpoint;
    checkpoint.tensors.insert("w", zeros({1}, dtype));
    save_checkpoint(folder.file("w"), checkpoint);
    EXPECT_EQ(read_file(folder.file("w")).at(64 + 8 + 4 + 1), ++code) << name_of(dtype);
  }
}

TEST(Checkpoint, WhatGoesInComesOut) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a");
  Checkpoint saved;
  for (DType dtype : kAllDTypes) {
    const std::string name = name_of(dtype);
    const Tensor matrix = arange(0, 12, 1, dtype == kBool ? kInt64 : dtype).reshape({3, 4});
    const Tensor full = matrix.to(dtype);
    saved.tensors.insert(name + ".matrix", full);
    saved.tensors.insert(name + ".transposed", full.t());
    saved.tensors.insert(name + ".part", full.slice(1, 1, 4, 2));
    saved.tensors.insert(name + ".scalar", full[2][3]);
    saved.tensors.insert(name + ".expanded", full[0][1].expand({2, 5}));
    saved.tensors.insert(name + ".empty", empty({2, 0, 3}, dtype));
  }
  saved.tensors.insert("", ones(100));  // any text is a name
  saved.tensors.insert(std::string("zero\0byte", 9), ones({1, 1, 1, 1, 1, 1, 1, 1}));
  saved.metadata = {{"", ""}, {"text", std::string(100000, 'x')}, {"binary", std::string(3, '\0')}};
  save_checkpoint(path, saved);
  expect_equal(load_checkpoint(path), saved);
  expect_equal(load_checkpoint(path, {.map = true}), saved);
  EXPECT_TRUE(load_checkpoint(path).tensors.at("float32.transposed").is_contiguous());

  save_checkpoint(path, {});
  expect_equal(load_checkpoint(path), {});
  expect_equal(load_checkpoint(path, {.map = true}), {});
}

TEST(Checkpoint, MetadataHoldsNumbers) {
  Checkpoint checkpoint;
  checkpoint.metadata["epoch"] = join(12);
  checkpoint.metadata["loss"] = join(0.1);
  checkpoint.metadata["name"] = "mlp";
  EXPECT_EQ(checkpoint.integer("epoch"), 12);
  EXPECT_EQ(checkpoint.number("epoch"), 12.0);
  EXPECT_EQ(checkpoint.number("loss"), 0.1);
  EXPECT_EQ(checkpoint.text("name"), "mlp");
  EXPECT_EQ(error_of([&] { checkpoint.integer("loss"); }),
            "checkpoint metadata 'loss': expected an integer, found '0.1'");
  EXPECT_EQ(error_of([&] { checkpoint.number("name"); }),
            "checkpoint metadata 'name': expected a number, found 'mlp'");
  EXPECT_EQ(error_of([&] { checkpoint.text("seed"); }), "the checkpoint has no metadata 'seed'");
}

TEST(Checkpoint, CarriesTheStateOfAGenerator) {
  const TemporaryFolder folder;
  Generator generator(3);
  Checkpoint checkpoint;
  checkpoint.tensors.insert("rng_state", tensor_from(generator.get_state()));
  save_checkpoint(folder.file("a"), checkpoint);
  const uint32_t expected = generator.random();

  const Checkpoint loaded = load_checkpoint(folder.file("a"));
  const Tensor& state = loaded.tensors.at("rng_state");
  Generator other(99);
  other.set_state({state.data<uint8_t>(), state.data<uint8_t>() + state.numel()});
  EXPECT_EQ(other.random(), expected);
}

TEST(Checkpoint, MappedTensorsLookIntoTheFile) {
  const TemporaryFolder folder;
  const std::string path = folder.file("a");
  save_checkpoint(path, small_checkpoint());
  Tensor weight;
  {
    const Checkpoint mapped = load_checkpoint(path, {.map = true});
    weight = mapped.tensors.at("weight");
    for (const auto& [name, tensor] : mapped.tensors) {
      EXPECT_EQ(reinterpret_cast<uintptr_t>(tensor.raw_data()) % 64, 0u) << name;
    }
  }
  // The tensor outlives the checkpoint and the file's name, and can be written.
  remove_file(path);
  EXPECT_EQ(weight[1][2].item<float>(), 5);
  weight.fill_(9);
  EXPECT_EQ(weight[0][0].item<float>(), 9);

  save_checkpoint(path, small_checkpoint());
  load_checkpoint(path, {.map = true}).tensors.at("weight").fill_(9);
  expect_equal(load_checkpoint(path), small_checkpoint());
}

TEST(Checkpoint, RefusesUndefinedTensors) {
  const TemporaryFolder folder;
  Checkpoint checkpoint;
  checkpoint.tensors.insert("grad", Tensor());
  EXPECT_EQ(error_of([&] { save_checkpoint(folder.file("a"), checkpoint); }),
            "cannot save a checkpoint: tensor 'grad' is undefined");
  EXPECT_EQ(folder.entries(), 0u);
}

// ---- damage -------------------------------------------------------------------------------------

TEST(Checkpoint, NoticesEveryTruncation) {
  const TemporaryFolder folder;
  const Bytes whole = golden_bytes();
  for (size_t length = 0; length < whole.size(); ++length) {
    EXPECT_NE(error_of_loading(folder.put("a", std::span(whole).first(length))), "") << length;
  }
  Bytes longer = whole;
  longer.push_back(0);
  EXPECT_NE(error_of_loading(folder.put("a", longer)), "");
}

TEST(Checkpoint, NoticesEveryChangedByte) {
  const TemporaryFolder folder;
  const Bytes whole = golden_bytes();
  for (size_t i = 0; i < whole.size(); ++i) {
    for (const uint8_t change : Bytes{0x01, 0x80, 0xFF}) {
      Bytes damaged = whole;
      damaged[i] ^= change;
      EXPECT_NE(error_of_loading(folder.put("a", damaged)), "") << "byte " << i;
    }
  }
}

TEST(Checkpoint, SaysWhatIsWrong) {
  const TemporaryFolder folder;
  const auto message = [&](Bytes bytes) {
    const std::string path = folder.put("a", bytes);
    return error_of_loading(path).substr(path.size() + 2);
  };
  const auto changed = [&](size_t at, auto value, bool sealed = true) {
    Bytes bytes = golden_bytes();
    store(bytes, at, value);
    if (sealed) seal(bytes);
    return message(bytes);
  };
  const Bytes whole = golden_bytes();
  // Where things are in the golden file.
  constexpr size_t kContents = 64;
  const size_t weight = kContents + 8 + (4 + 5 + 4 + 1) + (4 + 4 + 4 + 0) + 4;  // its name
  const size_t weight_code = weight + 6, weight_sizes = weight_code + 2;
  const size_t weight_offset = weight_sizes + 16, weight_nbytes = weight_offset + 8;
  const size_t step = weight_nbytes + 8 + 4 + 4;
  const size_t step_offset = step + 4 + 2;
  const size_t data = 320;
  ASSERT_EQ(whole[weight], 'w');
  ASSERT_EQ(whole[step], 's');
  ASSERT_EQ(load_little_endian<uint32_t>(&whole[data]), 0x3FC00000u);  // 1.5

  EXPECT_EQ(message({'P', 'K', 3, 4}),
            "not a checkpoint of this library; expected the file to begin with the bytes 89 43 55 "
            "54 0d 0a 1a 0a");
  EXPECT_EQ(message({whole.begin(), whole.begin() + 63}),
            "truncated; expected a header of 64 bytes, found 63");
  EXPECT_EQ(message({whole.begin(), whole.end() - 1}),
            "expected 451 bytes, found 450; the file is truncated");
  EXPECT_EQ(changed(8, uint32_t{2}),
            "checkpoint format version 2 is unknown; this version reads version 1. Load the file "
            "with the version of the library that wrote it, or a newer one.");
  EXPECT_EQ(changed(12, uint32_t{0x04030201}),
            "written in big-endian byte order, which this version cannot read");
  EXPECT_EQ(changed(12, uint32_t{0}), "the byte order mark in the header is damaged");
  EXPECT_EQ(changed(20, uint8_t{1}, false), "checksum mismatch in the header; the file is damaged");
  EXPECT_EQ(changed(40, uint8_t{1}), "reserved bytes in the header are not zero");
  EXPECT_EQ(changed(16, uint64_t{1000}), "expected 1000 bytes, found 451; the file is truncated");
  EXPECT_EQ(changed(24, ~uint64_t{0}),
            "contents of 18446744073709551615 bytes do not fit into a file of 451");
  EXPECT_EQ(changed(weight, uint8_t{'x'}, false),
            "checksum mismatch in the table of contents; the file is damaged");
  EXPECT_EQ(changed(kContents, ~uint32_t{0}), "the contents end in the middle of an entry");
  EXPECT_EQ(changed(kContents + 4, uint32_t{5}), "the contents end in the middle of an entry");
  EXPECT_EQ(changed(kContents + 4, uint32_t{3}),
            "something follows the last entry of the contents");
  EXPECT_EQ(changed(weight_code, uint8_t{11}), "tensor 'weight' has an unknown dtype, code 11");
  EXPECT_EQ(changed(weight_code + 1, uint8_t{17}),
            "tensor 'weight' has 17 dimensions, expected at most 16");
  EXPECT_EQ(changed(weight_sizes, ~uint64_t{0}), "tensor 'weight' has a size beyond 63 bits");
  EXPECT_EQ(changed(weight_sizes, uint64_t{1} << 62),
            "tensor 'weight' of shape [4611686018427387904, 3] is too large");
  EXPECT_EQ(changed(weight_nbytes, uint64_t{1}),
            "tensor 'weight' of shape [2, 3] and dtype float32 is said to have 1 bytes, expected "
            "24");
  EXPECT_EQ(changed(step_offset, uint64_t{0}),
            "the data of tensor 'step' are said to begin at offset 0, expected 64, the first "
            "multiple of 64 after the tensor before");
  EXPECT_EQ(changed(step_offset, uint64_t{65}),
            "the data of tensor 'step' are said to begin at offset 65, expected 64, the first "
            "multiple of 64 after the tensor before");
  EXPECT_EQ(changed(data, uint8_t{1}), "checksum mismatch in tensor 'weight'; the file is damaged");
  EXPECT_EQ(changed(data + 24, uint8_t{1}),
            "the padding after byte 344 is not zero; the file is damaged");

  {  // A tensor that reaches beyond the end.
    Bytes bytes = whole;
    store(bytes, weight_sizes, uint64_t{1000});
    store(bytes, weight_nbytes, uint64_t{12000});
    seal(bytes);
    EXPECT_EQ(message(bytes),
              "tensor 'weight' of 12000 bytes at offset 0 reaches beyond the end of the file");
  }
  {  // A bool that is neither true nor false.
    Bytes bytes = whole;
    bytes[448] = 2;
    const size_t mask_crc = kContents + load_little_endian<uint64_t>(&bytes[24]) - 4;
    store(bytes, mask_crc, crc32(std::span(bytes).subspan(448, 3)));
    seal(bytes);
    EXPECT_EQ(message(bytes), "tensor 'mask' is of bools but has a byte that is neither 0 nor 1");
  }
  {  // Names and keys that occur twice.
    Checkpoint twins;
    twins.tensors = {{"a", ones(1)}, {"b", ones(1)}};
    twins.metadata = {{"c", ""}, {"d", ""}};
    save_checkpoint(folder.file("twins"), twins);
    const Bytes saved = read_file(folder.file("twins"));
    for (const auto& [from, to, text] :
         {std::tuple{'b', 'a', "the name 'a' is given to two tensors"},
          std::tuple{'d', 'c', "the metadata key 'c' occurs twice"}}) {
      Bytes bytes = saved;
      std::replace(bytes.begin() + 64, bytes.end(), static_cast<uint8_t>(from),
                   static_cast<uint8_t>(to));
      seal(bytes);
      EXPECT_EQ(message(bytes), text);
    }
  }
}

TEST(Checkpoint, SurvivesAnyBytes) {
  // Half of the files have right checksums, or nearly none would come further than the first.
  const TemporaryFolder folder;
  std::mt19937 random(1);
  int loaded = 0;
  for (int i = 0; i < 4000; ++i) {
    Bytes bytes = golden_bytes();
    for (size_t changes = random() % 3 + 1; changes > 0; --changes) {
      const size_t at = random() % 4 == 0 ? random() % bytes.size() : 64 + random() % 180;
      const size_t kind = random() % 3;
      bytes[at] = kind == 0 ? 0 : kind == 1 ? 255 : static_cast<uint8_t>(random());
    }
    if (random() % 8 == 0) bytes.resize(64 + random() % (bytes.size() - 64));
    if (random() % 2 == 0) seal(bytes);
    if (error_of_loading(folder.put("a", bytes)).empty()) ++loaded;
  }
  // Those in which a name, or nothing, was changed and sealed.
  EXPECT_GT(loaded, 0);
}

// ---- failures while saving ----------------------------------------------------------------------

/// Makes the k-th system call that can fail on a bad disk fail, k counting from 1.
class FailingCall {
 public:
  explicit FailingCall(int k) {
    real_ = detail::file_system_calls;
    left_ = k;
    detail::FileSystemCalls& calls = detail::file_system_calls;
    calls.open = [](const char* path, int flags, mode_t mode) {
      return fails() ? -1 : real_.open(path, flags, mode);
    };
    calls.write = [](int descriptor, const void* from, size_t count) -> ssize_t {
      return fails() ? -1 : real_.write(descriptor, from, count);
    };
    calls.fsync = [](int descriptor) { return fails() ? -1 : real_.fsync(descriptor); };
    calls.rename = [](const char* from, const char* to) {
      return fails() ? -1 : real_.rename(from, to);
    };
  }
  ~FailingCall() { detail::file_system_calls = real_; }
  FailingCall(const FailingCall&) = delete;
  FailingCall& operator=(const FailingCall&) = delete;

  bool has_failed() const { return left_ <= 0; }

 private:
  static bool fails() {
    if (--left_ != 0) return false;
    errno = ENOSPC;
    return true;
  }

  static inline detail::FileSystemCalls real_{};
  static inline int left_ = 0;
};

TEST(Checkpoint, AFailedSaveLeavesTheOldFile) {
  const TemporaryFolder folder;
  const std::string path = folder.file("model.ckpt");
  Checkpoint newer = small_checkpoint();
  newer.metadata["epoch"] = "4";
  newer.tensors.at("weight").fill_(-1);

  int failures = 0;
  for (bool failed = true; failed; ++failures) {
    save_checkpoint(path, small_checkpoint());
    std::string error;
    {
      const FailingCall call(failures + 1);
      error = error_of([&] { save_checkpoint(path, newer); });
      failed = call.has_failed();
    }
    EXPECT_EQ(folder.entries(), 1u) << "a temporary file was left behind";
    const Checkpoint found = load_checkpoint(path);
    if (!failed) {
      EXPECT_EQ(error, "");
      expect_equal(found, newer);
    } else {
      EXPECT_NE(error, "");
      // Once the file has its name, a failure can only be about flushing the folder.
      const bool renamed = error.find("the file is complete") != std::string::npos;
      expect_equal(found, renamed ? newer : small_checkpoint());
    }
  }
  EXPECT_GT(failures, 10);  // open, the writes, fsync, rename, the folder's open and fsync
}

}  // namespace
}  // namespace cutaway::io
