// SPDX-License-Identifier: MIT
//
// DLPack: memory exchanged with other libraries without a copy. The structs are those of the
// DLPack specification (https://dmlc.github.io/dlpack/latest/c_api.html), in its version 1.1 and
// the older form without a version; both are read and written.
#include <cstdint>
#include <memory>

#include "../tensor/factories.h"
#include "bridge.h"

using namespace cutaway;
using namespace cutaway::bridge;

namespace {

// ---- The specification's structs ----

struct Device {
  int32_t type;  // 1: CPU
  int32_t id;
};
struct DataType {
  uint8_t code;  // 0 int, 1 unsigned int, 2 float, 4 bfloat, 6 bool
  uint8_t bits;
  uint16_t lanes;  // 1: no vectors
};
struct DLTensor {
  void* data;
  Device device;
  int32_t rank;
  DataType dtype;
  int64_t* sizes;
  int64_t* strides;  // in elements; null: row-major
  uint64_t byte_offset;
};
struct Unversioned {
  DLTensor tensor;
  void* context;
  void (*deleter)(Unversioned* self);
};
struct Versioned {
  uint32_t major, minor;
  void* context;
  void (*deleter)(Versioned* self);
  uint64_t flags;
  DLTensor tensor;
};

constexpr int32_t kCpu = 1;
constexpr uint32_t kMajor = 1;
constexpr uint64_t kReadOnly = 1;

// ---- dtypes ----

DataType data_type_of(DType dtype) {
  const uint8_t bits = static_cast<uint8_t>(8 * size_of(dtype));
  if (dtype == kBool) return {6, bits, 1};
  if (std::string_view(name_of(dtype)) == "bfloat16") return {4, bits, 1};
  if (is_floating_point(dtype)) return {2, bits, 1};
  return {static_cast<uint8_t>(name_of(dtype)[0] == 'u' ? 1 : 0), bits, 1};
}

DType dtype_of(const DataType& type) {
  for (const DType dtype : kAllDTypes) {
    const DataType known = data_type_of(dtype);
    if (known.code == type.code && known.bits == type.bits && type.lanes == 1) return dtype;
  }
  throw Error(join("Unsupported DLPack type: code ", int{type.code}, ", ", int{type.bits},
                   " bits, ", int{type.lanes}, " lanes"));
}

// ---- Out ----

/// The struct that goes out, and what it points to.
template <class Managed>
struct Outgoing {
  explicit Outgoing(const Tensor& source)
      : self(source), sizes(source.sizes()), strides(source.strides()) {
    source.storage()->forbid_resize();
    managed.tensor = {source.raw_data(),
                      {kCpu, 0},
                      static_cast<int32_t>(sizes.size()),
                      data_type_of(self.dtype()),
                      sizes.begin(),
                      strides.begin(),
                      0};
    managed.context = this;
    managed.deleter = [](Managed* taken) { delete static_cast<Outgoing*>(taken->context); };
    if constexpr (std::is_same_v<Managed, Versioned>) managed.major = kMajor;
  }
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;
  ~Outgoing() = default;

  Managed managed{};
  Tensor self;
  DimVector sizes, strides;
};

template <class Managed>
void* hand_out(const Tensor& tensor) {
  return &(new Outgoing<Managed>(tensor))->managed;
}

// ---- In ----

template <class Managed>
void discard(Managed* managed) {
  if (managed != nullptr && managed->deleter != nullptr) managed->deleter(managed);
}

/// The struct that came in. Its deleter is called only once all has gone well: until then the
/// caller still owns it.
template <class Managed>
struct Incoming {
  Incoming() = default;
  ~Incoming() { discard(managed); }
  Incoming(const Incoming&) = delete;
  Incoming& operator=(const Incoming&) = delete;
  Managed* managed = nullptr;
};

template <class Managed>
cutaway_tensor* take_in(Managed* managed) {
  const DLTensor& source = managed->tensor;
  check(source.device.type == kCpu, "from_dlpack: only memory of the CPU is supported, got device ",
        source.device.type);
  check(source.rank >= 0 && source.rank <= kMaxDims, "from_dlpack: ", source.rank, " dimensions");
  const IntArrayRef sizes(source.sizes, source.rank);
  const DimVector strides = source.strides != nullptr
                                ? DimVector(IntArrayRef(source.strides, source.rank))
                                : contiguous_strides(sizes);
  const auto owner = std::make_shared<Incoming<Managed>>();
  cutaway_tensor* tensor =
      give(over_memory(static_cast<std::byte*>(source.data) + source.byte_offset, sizes, strides,
                       dtype_of(source.dtype), owner));
  owner->managed = managed;
  return tensor;
}

// ---- Capsules ----

int (*capsule_is_valid)(void*, const char*) = nullptr;
void* (*capsule_get_pointer)(void*, const char*) = nullptr;

}  // namespace

void* cutaway_to_dlpack(const cutaway_tensor* tensor, int32_t versioned) {
  return guarded<void*>(nullptr, [&] {
    const Tensor& self = tensor_of(tensor);
    return versioned != 0 ? hand_out<Versioned>(self) : hand_out<Unversioned>(self);
  });
}

cutaway_tensor* cutaway_from_dlpack(void* managed, int32_t versioned) {
  return guarded<cutaway_tensor*>(nullptr, [&] {
    if (versioned == 0) return take_in(static_cast<Unversioned*>(managed));
    auto* given = static_cast<Versioned*>(managed);
    check(given->major <= kMajor, "from_dlpack: version ", given->major,
          " of DLPack is not supported");
    check((given->flags & kReadOnly) == 0, "from_dlpack: read-only memory is not supported");
    return take_in(given);
  });
}

void cutaway_dlpack_discard(void* managed, int32_t versioned) {
  if (versioned != 0) return discard(static_cast<Versioned*>(managed));
  discard(static_cast<Unversioned*>(managed));
}

void cutaway_dlpack_capsule_functions(int (*is_valid)(void*, const char*),
                                      void* (*get_pointer)(void*, const char*)) {
  capsule_is_valid = is_valid;
  capsule_get_pointer = get_pointer;
}

void cutaway_dlpack_capsule_destructor(void* capsule) {
  // Whoever took the memory renamed the capsule.
  for (const char* name : {"dltensor", "dltensor_versioned"}) {
    if (capsule_is_valid != nullptr && capsule_is_valid(capsule, name) != 0) {
      cutaway_dlpack_discard(capsule_get_pointer(capsule, name),
                             std::string_view(name) != "dltensor");
    }
  }
}
