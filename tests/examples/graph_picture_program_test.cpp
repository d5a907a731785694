// SPDX-License-Identifier: MIT
//
// The program `graph_picture`: what it prints and writes, and what it refuses.
#include <gtest/gtest.h>

#include <string>

#include "program_run.h"

namespace cutaway::examples {
namespace {

TEST(GraphPictureProgram, WritesPicturesAndATrace) {
  const io::TemporaryFolder folder;
  const std::string out = folder.file("out");
  const Ended ended = run("graph_picture", {"--out", out, "--layers", "3", "--seed", "1"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  for (const char* part : {"Self CPU %", "AddmmBackward0", "CPU kernel -> float32", "seed=1\n"}) {
    EXPECT_NE(ended.out.find(part), std::string::npos) << part;
  }
  const std::string svg = io::read_text_file(out + "/graph.svg");
  EXPECT_TRUE(svg.starts_with("<svg ") && svg.ends_with("</svg>\n"));
  for (const char* part : {"fc2.weight", "head.bias", "NllLossBackward0", "x: float32 [8, 20]"}) {
    EXPECT_NE(svg.find(part), std::string::npos) << part;
  }
  EXPECT_TRUE(io::read_text_file(out + "/graph.dot").starts_with("digraph"));
  EXPECT_NE(io::read_text_file(out + "/trace.json").find("\"fwdbwd\""), std::string::npos);
}

TEST(GraphPictureProgram, RefusesBadFlags) {
  const io::TemporaryFolder folder;
  const std::string out = folder.file("out");
  expect_refusal(2, "--layers", "graph_picture", {"--layers", "0"}, out);
  expect_refusal(2, "unknown flag --colour", "graph_picture", {"--colour"}, out);
}

}  // namespace
}  // namespace cutaway::examples
