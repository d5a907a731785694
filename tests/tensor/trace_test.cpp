// SPDX-License-Identifier: MIT
//
// The observation point and the op trace: who hears of which calls, how they nest, what is said of
// arguments and results, and what happens to the report of a call that throws.
#include "../../tensor/trace.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "../../autograd/autograd.h"
#include "../../tensor/boxed.h"
#include "../../tensor/catalogue.h"
#include "../../tensor/ops.h"
#include "../expect_error.h"

namespace cutaway {
namespace {

/// "Autograd mul 0", "CPU mul 1": key, name and depth of each call, when it begins.
class Listing final : public Observer {
 public:
  void on_begin(const Call& call) override {
    const char* kind = call.kind == CallKind::Op     ? name_of(call.key)
                       : call.kind == CallKind::Node ? "node"
                                                     : "range";
    if (call.name == "empty" && call.depth > 0) return;  // how a kernel allocates is its business
    begun.push_back(join(kind, " ", call.name, " ", call.depth));
  }
  void on_end(const Call& call) override {
    EXPECT_LE(call.begin_ns, call.end_ns);
    if (call.name == "empty" && call.depth > 0) return;
    ended.push_back(join(call.name, call.failed ? " failed" : ""));
  }
  std::vector<std::string> begun, ended;
};
using Lines = std::vector<std::string>;

Tensor leaf() { return tensor({1.0, 2.0}).requires_grad_(); }

TEST(Observe, NothingIsObservedAfterTheFirstCall) {
  (void)ones({1});  // the first call of all looks up CUTAWAY_TRACE
  if (getenv("CUTAWAY_TRACE") != nullptr) GTEST_SKIP() << "CUTAWAY_TRACE is set";
  EXPECT_FALSE(is_observed());
  {
    const Observation observation(std::make_shared<Listing>(), Threads::This);
    EXPECT_TRUE(is_observed());
  }
  EXPECT_FALSE(is_observed());
}

TEST(Observe, ReportsDispatchAsItNests) {
  const Tensor a = leaf(), b = leaf();
  const auto listing = std::make_shared<Listing>();
  {
    const Observation observation(listing, Threads::This);
    const RecordFunction range("product");
    a* b;
  }
  a* b;  // nobody hears of it
  EXPECT_EQ(listing->begun, (Lines{"range product 0", "Autograd mul 1", "CPU mul 2"}));
  EXPECT_EQ(listing->ended, (Lines{"mul", "mul", "product"}));
}

TEST(Observe, ReportsTheNodesOfBackward) {
  const Tensor a = leaf();
  const Tensor loss = (a * a).sum();
  const auto listing = std::make_shared<Listing>();
  {
    const Observation observation(listing, Threads::This);
    loss.backward();
  }
  Lines nodes;
  for (const std::string& line : listing->begun) {
    if (line.starts_with("node")) nodes.push_back(line);
  }
  EXPECT_EQ(nodes, (Lines{"node SumBackward0 0", "node MulBackward0 0", "node AccumulateGrad 0"}));
}

TEST(Observe, ACompositeCalledByNameIsSeenAroundItsOps) {
  const auto listing = std::make_shared<Listing>();
  const Tensor matrix = ones({2, 2});
  {
    const Observation observation(listing, Threads::This);
    op::chain_matmul.call_boxed({std::vector<Tensor>{matrix, matrix}});
  }
  ASSERT_GE(listing->begun.size(), 2U);
  EXPECT_EQ(listing->begun[0], "CPU chain_matmul 0");
  EXPECT_EQ(listing->begun[1], "CPU mm 1");
}

TEST(Observe, HearsOfItsOwnThreadOrOfAll) {
  const auto mine = std::make_shared<Listing>(), all = std::make_shared<Listing>();
  {
    const Observation first(mine, Threads::This), second(all, Threads::All);
    std::thread([] { empty({1}); }).join();
  }
  EXPECT_TRUE(mine->begun.empty());
  EXPECT_EQ(all->begun, Lines{"CPU empty 0"});
}

TEST(Observe, ACallThatThrowsEndsAsFailed) {
  const auto listing = std::make_shared<Listing>();
  const Observation observation(listing, Threads::This);
  try {
    const RecordFunction range("wrong");
    op::inverse(ones({2, 3}));  // past the checks of the public function
  } catch (const Error&) {
  }
  const size_t begun = listing->begun.size();
  EXPECT_EQ(listing->ended.size(), begun);
  empty({1});
  EXPECT_EQ(listing->begun.back(), "CPU empty 0") << "the depth is as before";
}

TEST(Observe, TakesNoHandle) {
  const Tensor a = leaf();
  const auto listing = std::make_shared<Listing>();
  const Observation observation(listing, Threads::This);
  a.neg().sum().backward();
  EXPECT_EQ(a.grad().impl_ptr().use_count(), 1);
}

TEST(Observe, CountsBytes) {
  struct Bytes final : Observer {
    void on_end(const Call& call) override { found = call.bytes; }
    int64_t found = -1;
  };
  const auto bytes = std::make_shared<Bytes>();
  const Observation observation(bytes, Threads::This);
  const Tensor kept = empty({1000});
  EXPECT_EQ(bytes->found, 4000);
}

// ---- The text ----

/// The trace of what `body` does, with the numbers of nodes (#12) taken out.
template <class Body>
std::string trace_of(const Body& body) {
  std::ostringstream out;
  {
    const Trace trace(out);
    body();
  }
  std::string text;
  bool in_number = false;
  for (const char letter : out.str()) {
    in_number = letter == '#' || (in_number && letter >= '0' && letter <= '9');
    if (!in_number || letter == '#') text += letter;
  }
  return text;
}

TEST(Trace, ShowsThePathFromTheOperatorToTheKernel) {
  const Tensor a = leaf();
  EXPECT_EQ(trace_of([&] {
              a.view({2, 1});
            }),
            "view(self=float32 [2], size=[2, 1]): Autograd kernel\n"
            "  view(self=float32 [2], size=[2, 1]): CPU kernel -> float32 [2, 1]\n"
            "  -> float32 [2, 1], grad_fn ViewBackward0 #\n");
}

TEST(Trace, ShowsBackward) {
  const Tensor a = leaf(), one = ones({1, 2});
  const Tensor loss = a.view({1, 2});
  const std::string wanted =
      "ViewBackward0 # (float32 [1, 2]): backward\n"
      "  view(self=float32 [1, 2], size=[2]): CPU kernel -> float32 [2]\n"
      "  -> float32 [2]\n"
      "AccumulateGrad (float32 [2]): backward\n";
  EXPECT_EQ(trace_of([&] { loss.backward(one); }).substr(0, wanted.size()), wanted);
}

TEST(Trace, NamesArgumentsAsTheSchemaDoes) {
  const Tensor x = ones({2, 3});
  const auto heading = [](const std::string& trace) {
    return trace.substr(0, trace.find(" kernel"));
  };
  EXPECT_EQ(heading(trace_of([&] { x.sum({0}, true); })),
            "sum(self=float32 [2, 3], dim=[0], keepdim=True, dtype=None): CPU");
  EXPECT_EQ(heading(trace_of([&] {
              op::cat(std::vector<Tensor>{x, x}, 1);
            })),
            "cat(tensors=[float32 [2, 3], float32 [2, 3]], dim=1): CPU");
  EXPECT_NE(trace_of([&] { x.add_(2); }).find("add_(self=float32 [2, 3], other=2, alpha=1): CPU"),
            std::string::npos);
}

TEST(Trace, ShowsRangesAndErrors) {
  EXPECT_EQ(trace_of([&] {
              const RecordFunction range("step");
              empty({1});
            }),
            "range 'step'\n"
            "  empty(size=[1], dtype=None): CPU kernel -> float32 [1]\n");
  const Tensor row = ones({1});
  EXPECT_EQ(trace_of([&] {
              try {
                op::mm(row, row);
              } catch (const Error&) {
              }
            }),
            "mm(self=float32 [1], mat2=float32 [1]): CPU kernel -> an error\n");
}

TEST(Trace, SaysWhichThread) {
  std::string text;
  std::thread([&] {
    const int number = thread_number();
    text = trace_of([] { empty({1}); });
    const std::string wanted = join("[thread ", number, "] empty(size=[1], dtype=None)");
    EXPECT_EQ(text.substr(0, wanted.size()), wanted);
  }).join();
}

TEST(Trace, TheEnvironmentHasTwoAnswers) {
  const char* const before = getenv("CUTAWAY_TRACE");
  const std::string kept = before != nullptr ? before : "";
  setenv("CUTAWAY_TRACE", "0", 1);
  EXPECT_EQ(tracer_from_environment(), nullptr);
  setenv("CUTAWAY_TRACE", "1", 1);
  EXPECT_NE(tracer_from_environment(), nullptr);
  setenv("CUTAWAY_TRACE", "yes", 1);
  expect_error<ValueError>([] { tracer_from_environment(); },
                           "CUTAWAY_TRACE must be 0 or 1, got \"yes\"");
  before != nullptr ? setenv("CUTAWAY_TRACE", kept.c_str(), 1) : unsetenv("CUTAWAY_TRACE");
}

}  // namespace
}  // namespace cutaway
