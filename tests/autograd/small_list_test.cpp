// SPDX-License-Identifier: MIT
//
// SmallList: elements inside and outside, none lost, none destroyed twice.
#include "../../autograd/small_list.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace cutaway::autograd {
namespace {

using Owner = std::shared_ptr<int>;
using List = SmallList<Owner, 2>;

std::vector<int> values_of(const List& list) {
  std::vector<int> values;
  for (const Owner& owner : list) values.push_back(*owner);
  return values;
}

List count_to(int count) {
  List list;
  for (int i = 1; i <= count; ++i) list.push_back(std::make_shared<int>(i));
  return list;
}

TEST(SmallList, HoldsWhatItIsGiven) {
  for (const int count : {0, 1, 2, 3, 4, 5, 20}) {
    const List list = count_to(count);
    ASSERT_EQ(list.size(), static_cast<size_t>(count));
    EXPECT_EQ(list.empty(), count == 0);
    for (int i = 0; i < count; ++i) EXPECT_EQ(*list[static_cast<size_t>(i)], i + 1);
  }
}

TEST(SmallList, CopiesAndMoves) {
  for (const int count : {0, 2, 3}) {
    for (const int before : {0, 1, 4}) {
      const List source = count_to(count);
      List target = count_to(before);
      target = source;
      EXPECT_EQ(values_of(target), values_of(source));
      List moved = std::move(target);
      EXPECT_EQ(values_of(moved), values_of(source));
      List other = count_to(before);
      other = std::move(moved);
      EXPECT_EQ(values_of(other), values_of(source));
      EXPECT_TRUE(other == source);
    }
  }
}

TEST(SmallList, DestroysEachElementOnce) {
  const Owner owner = std::make_shared<int>(1);
  {
    List list{owner, owner};
    EXPECT_EQ(owner.use_count(), 3);
    list.push_back(owner);  // moves out of the inside
    EXPECT_EQ(owner.use_count(), 4);
    list.pop_back();
    list.resize(5);
    EXPECT_EQ(list.back(), nullptr);
    EXPECT_EQ(owner.use_count(), 3);
    const List moved = std::move(list);
    EXPECT_EQ(owner.use_count(), 3);
  }
  EXPECT_EQ(owner.use_count(), 1);
}

TEST(SmallList, IsAnArrayRef) {
  const List three = count_to(3);
  const ArrayRef<Owner> list = three;
  EXPECT_EQ(list.size(), 3);
  const List from_vector = std::vector<Owner>(4, std::make_shared<int>(7));
  EXPECT_EQ(values_of(from_vector), (std::vector<int>{7, 7, 7, 7}));
}

}  // namespace
}  // namespace cutaway::autograd
