// SPDX-License-Identifier: MIT
#include "catalogue.h"

#include <unordered_map>

namespace cutaway::inline v0_1 {

ArrayRef<OpBase*> all_ops() {
  static const std::vector<OpBase*> rows = [] {
    std::vector<OpBase*> joined;
    for (const ArrayRef<OpBase*> topic :
         {create_rows(),    random_rows(),     copy_rows(),     view_rows(),    activation_rows(),
          arrange_rows(),   binary_rows(),     bitwise_rows(),  compare_rows(), decompose_rows(),
          gather_rows(),    index_rows(),      linalg_rows(),   mask_rows(),    nn_rows(),
          optimizer_rows(), pointwise_rows(),  reduce_rows(),   scan_rows(),    sort_rows(),
          split_rows(),     statistics_rows(), triangle_rows(), unary_rows()}) {
      joined.insert(joined.end(), topic.begin(), topic.end());
    }
    return joined;
  }();
  return rows;
}

const OpBase* find_op(std::string_view name) {
  static const std::unordered_map<std::string_view, const OpBase*> by_name = [] {
    std::unordered_map<std::string_view, const OpBase*> index;
    for (const OpBase* row : all_ops()) index.emplace(row->name(), row);
    return index;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

}  // namespace cutaway
