// SPDX-License-Identifier: MIT
//
// Refusals in PyTorch's words: expect_errors(fixture, {{"name", call}, ...}) makes each call and
// holds type and text of its error against the entry of that name (format: op_fixture.h);
// expect_error is given the text.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "op_fixture.h"

namespace cutaway {

/// The call must throw an E with exactly this text.
template <class E>
void expect_error(const std::function<void()>& call, const std::string& text) {
  try {
    call();
    ADD_FAILURE() << "accepted, though refused with: " << text;
  } catch (const E& error) {
    EXPECT_EQ(error.message(), text);
  }
}

inline void expect_errors(const std::string& fixture,
                          const std::map<std::string, std::function<void()>>& calls) {
  const std::map<std::string, Expected> answers = read_expected(fixture);
  for (const auto& [name, call] : calls) {
    ASSERT_TRUE(answers.count(name)) << fixture << " has no entry " << name;
    try {
      call();
      ADD_FAILURE() << name << " was accepted";
    } catch (const Error& error) {
      EXPECT_EQ(describe(error).first, answers.at(name).error_type) << name;
      EXPECT_EQ(error.message(), answers.at(name).error_text) << name;
    }
  }
}

}  // namespace cutaway
