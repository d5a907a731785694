// SPDX-License-Identifier: MIT
//
// SmallList: a std::vector that keeps its first few elements inside itself. A node nearly always
// has one output and one or two inputs; their lists then cost no allocation, which would be half
// the price of a small op with a gradient.
//
// PyTorch counterpart: c10/util/SmallVector.h.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "../tensor/shape.h"

#include "../tensor/macros_off.h"  // what hosts have as macros is ours from here on

namespace cutaway::inline v0_1::autograd {

template <class T, size_t kInside>
class SmallList {
 public:
  SmallList() = default;
  explicit SmallList(size_t size) { resize(size); }
  SmallList(std::initializer_list<T> values) : SmallList(values.begin(), values.end()) {}
  template <std::forward_iterator Iterator>
  SmallList(Iterator first, Iterator last) {
    reserve(static_cast<size_t>(std::distance(first, last)));
    for (; first != last; ++first) push_back(*first);
  }
  // Implicit: both are lists of T
  SmallList(const std::vector<T>& values) : SmallList(values.begin(), values.end()) {}
  SmallList(const SmallList& other) : SmallList(other.begin(), other.end()) {}
  SmallList(SmallList&& other) noexcept { take(other); }
  SmallList& operator=(SmallList other) noexcept {
    clear();
    take(other);
    return *this;
  }
  ~SmallList() { clear(); }

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }
  T& operator[](size_t i) { return data_[i]; }
  const T& operator[](size_t i) const { return data_[i]; }
  T& back() { return data_[size_ - 1]; }
  const T& back() const { return data_[size_ - 1]; }
  operator ArrayRef<T>() const { return {data_, static_cast<int64_t>(size_)}; }

  void push_back(T value) { emplace_back(std::move(value)); }
  template <class... Args>
  void emplace_back(Args&&... args) {
    if (size_ == capacity_) reserve(2 * capacity_);
    new (data_ + size_) T(std::forward<Args>(args)...);
    ++size_;
  }
  void pop_back() { data_[--size_].~T(); }
  void resize(size_t size) {
    reserve(size);
    while (size_ > size) pop_back();
    while (size_ < size) new (data_ + size_++) T();
  }
  void reserve(size_t capacity) {
    if (capacity <= capacity_) return;
    T* room = std::allocator<T>().allocate(capacity);
    std::uninitialized_move(begin(), end(), room);
    const size_t size = size_;
    clear();
    data_ = room;
    size_ = size;
    capacity_ = capacity;
  }

 private:
  T* inside() { return reinterpret_cast<T*>(inside_); }
  /// Destroys the elements; what was allocated is freed.
  void clear() {
    std::destroy(begin(), end());
    if (data_ != inside()) std::allocator<T>().deallocate(data_, capacity_);
    data_ = inside();
    size_ = 0;
    capacity_ = kInside;
  }
  /// The elements of `other`, which becomes empty; this one is.
  void take(SmallList& other) noexcept {
    if (other.data_ != other.inside()) {
      data_ = std::exchange(other.data_, other.inside());
      size_ = std::exchange(other.size_, 0);
      capacity_ = std::exchange(other.capacity_, kInside);
      return;
    }
    std::uninitialized_move(other.begin(), other.end(), data_);
    size_ = other.size_;
    other.clear();
  }

  alignas(T) std::byte inside_[kInside * sizeof(T)];
  T* data_ = inside();
  size_t size_ = 0;
  size_t capacity_ = kInside;
};

template <class T, size_t kInside>
bool operator==(const SmallList<T, kInside>& a, const SmallList<T, kInside>& b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i < a.size(); ++i) {
    if (!(a[i] == b[i])) return false;
  }
  return true;
}

}  // namespace cutaway::autograd

#include "../tensor/macros_on.h"
