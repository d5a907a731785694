// SPDX-License-Identifier: MIT
//
// Arithmetic on shapes. view_strides is held against brute force: strides are right exactly if the
// element at each row-major position stays where it was.
#include "../../tensor/shape.h"

#include <gtest/gtest.h>

#include <vector>

#include "../../tensor/check.h"

namespace cutaway {
namespace {

/// The offsets of all elements in row-major order.
std::vector<int64_t> offsets(IntArrayRef sizes, IntArrayRef strides) {
  std::vector<int64_t> all = {0};
  for (int64_t d = 0; d < sizes.size(); ++d) {
    std::vector<int64_t> next;
    for (const int64_t offset : all) {
      for (int64_t i = 0; i < sizes[d]; ++i) next.push_back(offset + i * strides[d]);
    }
    all = std::move(next);
  }
  return all;
}

/// All shapes with `numel` elements and up to `rank` dimensions.
void shapes_of(int64_t numel, int64_t rank, const DimVector& begun, std::vector<DimVector>& all) {
  if (numel == 1) all.push_back(begun);
  if (rank == 0) return;
  for (int64_t size = 1; size <= numel; ++size) {
    if (numel % size != 0) continue;
    DimVector more = begun;
    more.push_back(size);
    shapes_of(numel / size, rank - 1, more, all);
  }
}

/// Whether any strides at all show the elements in the new shape: they follow from the elements one
/// step away along each dimension.
bool has_strides(const std::vector<int64_t>& wanted, IntArrayRef sizes) {
  DimVector strides(sizes.size(), 0);
  int64_t step = 1;
  for (int64_t d = sizes.size() - 1; d >= 0; --d) {
    if (sizes[d] > 1) strides[d] = wanted[static_cast<size_t>(step)] - wanted[0];
    step *= sizes[d];
  }
  return offsets(sizes, strides) == wanted;
}

TEST(Shape, ViewStridesEqualBruteForce) {
  int64_t possible = 0, impossible = 0;
  for (const int64_t numel : {1, 4, 6, 12}) {
    std::vector<DimVector> shapes;
    shapes_of(numel, 3, {}, shapes);
    for (const DimVector& sizes : shapes) {
      std::vector<DimVector> layouts = {contiguous_strides(sizes), DimVector(sizes.size(), 0)};
      for (int64_t d = 0; d < sizes.size(); ++d) {  // one dimension stretched, or out of order
        layouts.push_back(contiguous_strides(sizes));
        layouts.back()[d] *= 2;
        layouts.push_back(contiguous_strides(sizes));
        layouts.back()[d] = 0;
        layouts.push_back(contiguous_strides(sizes));
        std::swap(layouts.back()[d], layouts.back()[0]);
      }
      for (const DimVector& strides : layouts) {
        const std::vector<int64_t> wanted = offsets(sizes, strides);
        for (const DimVector& other : shapes) {
          const std::optional<DimVector> found = view_strides(sizes, strides, other);
          const bool is_possible = has_strides(wanted, other);
          ASSERT_EQ(found.has_value(), is_possible)
              << join(sizes, " with strides ", strides, " as ", other);
          if (found) {
            ASSERT_EQ(offsets(other, *found), wanted);
          }
          ++(is_possible ? possible : impossible);
        }
      }
    }
  }
  EXPECT_GT(possible, 1000);
  EXPECT_GT(impossible, 1000);
}

TEST(Shape, ViewStridesOfNoElements) {
  EXPECT_EQ(*view_strides(DimVector{0, 3}, DimVector{3, 1}, DimVector{3, 0}), (DimVector{1, 1}));
  EXPECT_EQ(*view_strides(DimVector{0, 3}, DimVector{7, 2}, DimVector{0, 3}), (DimVector{7, 2}));
}

TEST(Shape, ContiguityAndDensity) {
  EXPECT_TRUE(is_contiguous(DimVector{2, 3}, DimVector{3, 1}));
  EXPECT_FALSE(is_contiguous(DimVector{2, 3}, DimVector{1, 2}));
  EXPECT_TRUE(is_contiguous(DimVector{1, 3}, DimVector{99, 1}));
  EXPECT_TRUE(is_contiguous(DimVector{0, 3}, DimVector{5, 5}));
  EXPECT_TRUE(is_non_overlapping_and_dense(DimVector{2, 3}, DimVector{1, 2}));
  EXPECT_FALSE(is_non_overlapping_and_dense(DimVector{2, 3}, DimVector{6, 2}));
  EXPECT_FALSE(is_non_overlapping_and_dense(DimVector{2, 3}, DimVector{0, 1}));
  EXPECT_EQ(contiguous_strides(DimVector{2, 0, 3}), (DimVector{3, 3, 1}));
}

TEST(Shape, BroadcastsAlignedAtTheEnd) {
  EXPECT_EQ(broadcast_shapes(DimVector{2, 1, 3}, DimVector{4, 1}), (DimVector{2, 4, 3}));
  EXPECT_EQ(broadcast_shapes(DimVector{}, DimVector{2}), (DimVector{2}));
  EXPECT_EQ(broadcast_shapes(DimVector{1}, DimVector{0}), (DimVector{0}));
  EXPECT_THROW(broadcast_shapes(DimVector{2}, DimVector{0}), Error);
  EXPECT_TRUE(is_expandable_to(DimVector{1, 3}, DimVector{4, 2, 3}));
  EXPECT_FALSE(is_expandable_to(DimVector{4, 2, 3}, DimVector{1, 3}));
  EXPECT_FALSE(is_expandable_to(DimVector{2}, DimVector{1}));
}

TEST(Shape, RefusesOverflowAndTooManyDimensions) {
  const int64_t huge = int64_t{1} << 32;
  EXPECT_THROW(numel_of(DimVector{huge, huge}), Error);
  EXPECT_THROW(numel_of(DimVector{-1}), Error);
  EXPECT_EQ(numel_of(DimVector{}), 1);
  EXPECT_THROW(infer_size(DimVector{huge, huge, -1}, 6), Error);
  EXPECT_THROW(contiguous_strides(DimVector{1, huge, huge}), Error);
  EXPECT_NO_THROW(DimVector(kMaxDims, 1));
  EXPECT_THROW(DimVector(kMaxDims + 1, 1), Error);
  DimVector full(kMaxDims, 1);
  EXPECT_THROW(full.push_back(1), Error);
}

TEST(Shape, ListsInsertAndErase) {
  DimVector list = {1, 2, 3};
  list.insert(0, 0);
  list.insert(4, 4);
  EXPECT_EQ(list, (DimVector{0, 1, 2, 3, 4}));
  list.erase(4);
  list.erase(1);
  EXPECT_EQ(list, (DimVector{0, 2, 3}));
  EXPECT_EQ(to_string(list), "[0, 2, 3]");
  EXPECT_EQ(to_string(DimVector()), "[]");
}

}  // namespace
}  // namespace cutaway
