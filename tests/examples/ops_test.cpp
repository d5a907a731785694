// SPDX-License-Identifier: MIT
//
// The program `ops`: the whole catalogue, a part of a name, a pattern, nothing found, bad flags.
#include <gtest/gtest.h>

#include <string>

#include "../../tensor/catalogue.h"
#include "program_run.h"

namespace cutaway::examples {
namespace {

TEST(Ops, ListsTheWholeCatalogue) {
  const Ended ended = run("ops", {});
  EXPECT_EQ(ended.status, 0) << ended.err;
  for (const OpBase* op : all_ops()) {
    EXPECT_NE(ended.out.find(join(op->schema(), "\n")), std::string::npos) << op->schema();
  }
  EXPECT_EQ(ended.last_line(), join(all_ops().size(), " of ", all_ops().size(), " ops"));
}

TEST(Ops, FindsByAPartOfTheName) {
  const Ended ended = run("ops", {"hain_matmu"});
  EXPECT_EQ(ended.status, 0) << ended.err;
  EXPECT_EQ(ended.out, join("chain_matmul(Tensor[] matrices) -> Tensor\n"
                            "    made of other ops\n1 of ",
                            all_ops().size(), " ops\n"));
}

TEST(Ops, FindsByAPattern) {
  const std::string out = run("ops", {"m?"}).out;
  EXPECT_NE(out.find("mm(Tensor self, Tensor mat2) -> Tensor\n"
                     "    a kernel for CPU and a gradient\n"),
            std::string::npos)
      << out;
  EXPECT_NE(out.find("mv(Tensor self"), std::string::npos) << out;
  EXPECT_EQ(out.find("max(Tensor self"), std::string::npos) << out;
  EXPECT_EQ(run("ops", {"*no such op*"}).out, join("0 of ", all_ops().size(), " ops\n"));
}

TEST(Ops, RefusesWhatItDoesNotKnow) {
  const Ended flag = run("ops", {"--verbose"});
  EXPECT_EQ(flag.status, 2);
  EXPECT_EQ(flag.err, "ops: unknown flag --verbose (see --help)\n");
  const Ended word = run("ops", {"max", "min"});
  EXPECT_EQ(word.status, 2);
  EXPECT_EQ(word.err, "ops: unexpected argument 'min' (see --help)\n");
  const Ended help = run("ops", {"--help"});
  EXPECT_NE(help.out.find("usage: ops [PATTERN] [flags]"), std::string::npos) << help.out;
}

}  // namespace
}  // namespace cutaway::examples
