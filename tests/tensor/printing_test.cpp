// SPDX-License-Identifier: MIT
//
// tensor/printing against tests/fixtures/printing.txt, what PyTorch printed (the form of that file
// is described in printing_fixtures.py, which wrote it); and what no fixture can tell: the options
// of the whole program, locales, threads, and that only what is shown is read.
#include "../../tensor/printing.h"

#include <gtest/gtest.h>

#include <clocale>
#include <cstring>
#include <fstream>
#include <locale>
#include <sstream>
#include <thread>
#include <vector>

#include "../../tensor/check.h"
#include "../../tensor/factories.h"
#include "../../tensor/views.h"
#include "../fixture_path.h"

namespace cutaway {
namespace {

/// What autograd would say of a tensor: "requires_grad" for a leaf, else the name of its grad_fn.
class FakeMeta : public AutogradMetaInterface {
 public:
  explicit FakeMeta(std::string grad) : grad_(std::move(grad)) {}
  bool requires_grad(const Tensor&) const override { return true; }
  std::string grad_fn_name(const Tensor&) const override {
    return grad_ == "requires_grad" ? "" : grad_;
  }

 private:
  std::string grad_;
};

class DefaultDTypeGuard {
 public:
  explicit DefaultDTypeGuard(DType dtype) { set_default_dtype(dtype); }
  ~DefaultDTypeGuard() { set_default_dtype(before_); }
  DefaultDTypeGuard(const DefaultDTypeGuard&) = delete;
  DefaultDTypeGuard& operator=(const DefaultDTypeGuard&) = delete;

 private:
  DType before_ = get_default_dtype();
};

// ---- Reading the fixture ----

struct Case {
  std::string name, default_dtype = "float32", grad, memory, view, text;
  PrintOptionsChange options;
};

DType dtype_named(const std::string& name) {
  for (DType dtype : kAllDTypes)
    if (name == name_of(dtype)) return dtype;
  throw ValueError("no dtype " + name);
}

PrintOptionsChange read_options(const std::string& words) {
  PrintOptionsChange change;
  std::istringstream in(words);
  for (std::string word; in >> word;) {
    const std::string key = word.substr(0, word.find('='));
    const std::string value = word.substr(word.find('=') + 1);
    if (key == "precision") change.precision = std::stoi(value);
    if (key == "threshold") change.threshold = std::stoll(value);
    if (key == "edgeitems") change.edgeitems = std::stoll(value);
    if (key == "linewidth") change.linewidth = std::stoi(value);
    if (key == "sci_mode") change.sci_mode = value == "1";
    if (value == "default") change.profile = PrintProfile::Default;
    if (value == "short") change.profile = PrintProfile::Short;
    if (value == "full") change.profile = PrintProfile::Full;
  }
  return change;
}

std::vector<Case> read_fixture() {
  std::ifstream file(fixture_path("printing.txt"));
  std::vector<Case> cases;
  for (std::string line; std::getline(file, line);) {
    const size_t space = line.find(' ');
    const std::string key = line.substr(0, space);
    const std::string rest = line.substr(space + 1);
    if (key == "case") cases.emplace_back().name = rest;
    if (key == "options") cases.back().options = read_options(rest);
    if (key == "default") cases.back().default_dtype = rest;
    if (key == "grad") cases.back().grad = rest;
    if (key == "storage" || key == "ramp" || key == "mix") cases.back().memory = line;
    if (key == "view") cases.back().view = rest;
    if (key != "text") continue;
    std::string& text = cases.back().text;
    for (size_t i = 0; i < rest.size(); ++i) {
      const bool is_newline = rest.compare(i, 2, "\\n") == 0;
      text += is_newline ? '\n' : rest[i];
      if (is_newline) ++i;
    }
  }
  return cases;
}

uint64_t splitmix64(uint64_t x) {
  x += 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

/// The one-dimensional tensor that a line "storage", "ramp" or "mix" describes.
Tensor read_memory(const std::string& line) {
  std::istringstream in(line);
  std::string how, dtype_name;
  in >> how >> dtype_name;
  const DType dtype = dtype_named(dtype_name);
  std::vector<uint64_t> words;
  if (how == "storage") {
    for (std::string word; in >> word;) words.push_back(std::stoull(word, nullptr, 16));
  } else {
    uint64_t count = 0;
    in >> count;
    words.resize(count);
  }
  Tensor memory = empty({static_cast<int64_t>(words.size())}, dtype);
  if (how == "ramp") {
    double scale = 0;
    in >> scale;
    visit_dtype(dtype, [&]<class T>(TypeTag<T>) {
      for (size_t i = 0; i < words.size(); ++i)
        memory.data<T>()[i] = static_cast<T>(static_cast<double>(i) * scale);
    });
    return memory;
  }
  if (how == "mix") {
    uint64_t seed = 0;
    in >> seed;
    for (size_t i = 0; i < words.size(); ++i) words[i] = splitmix64(seed + i);
  }
  for (size_t i = 0; i < words.size(); ++i) {
    if (dtype == kBool) words[i] &= 1;
    const size_t size = static_cast<size_t>(size_of(dtype));  // low bytes come first
    std::memcpy(memory.raw_data() + i * size, &words[i], size);
  }
  return memory;
}

DimVector read_list(const std::string& text) {
  DimVector values;
  std::istringstream in(text == "-" ? "" : text);
  for (std::string word; std::getline(in, word, ',');) values.push_back(std::stoll(word));
  return values;
}

Tensor tensor_of(const Case& c) {
  std::string sizes, strides;
  int64_t offset = 0;
  std::istringstream(c.view) >> sizes >> strides >> offset;
  Tensor memory = read_memory(c.memory);
  Tensor tensor(std::make_shared<TensorImpl>(memory.impl_ptr(), read_list(sizes),
                                             read_list(strides), offset));
  if (!c.grad.empty()) tensor.impl()->set_autograd_meta(std::make_unique<FakeMeta>(c.grad));
  return tensor;
}

// ---- Against PyTorch ----

TEST(Printing, EqualsPyTorch) {
  const std::vector<Case> cases = read_fixture();
  ASSERT_GE(cases.size(), 200u);
  size_t equal = 0;
  for (const Case& c : cases) {
    const DefaultDTypeGuard dtype_guard(dtype_named(c.default_dtype));
    const PrintOptionsGuard options_guard(c.options);
    const std::string text = to_string(tensor_of(c));
    EXPECT_EQ(text, c.text) << c.name << "\nview " << c.view << "\n" << c.memory.substr(0, 200);
    if (text == c.text) ++equal;
  }
  RecordProperty("cases", std::to_string(cases.size()));
  RecordProperty("equal", std::to_string(equal));
}

TEST(Printing, StreamsWriteTheSameText) {
  std::ostringstream stream;
  stream << tensor({{1, 2.5}, {3, 4}}) << " " << Tensor();
  EXPECT_EQ(stream.str(),
            "tensor([[1.0000, 2.5000],\n        [3.0000, 4.0000]]) [ Tensor (undefined) ]");
}

TEST(Printing, ErrorMessagesCanQuoteTensors) {
  EXPECT_EQ(join("got ", tensor({1, 2})), "got tensor([1, 2])");
}

TEST(Printing, ViewShowsTheGradientOfItsBase) {
  Tensor base = tensor({1.5, 2.5});
  base.impl()->set_autograd_meta(std::make_unique<FakeMeta>("ExpBackward0"));
  EXPECT_EQ(to_string(base.select(0, 1)), "tensor(2.5000, grad_fn=<ExpBackward0>)");
}

// ---- Options ----

bool operator==(const PrintOptions& a, const PrintOptions& b) {
  return a.precision == b.precision && a.threshold == b.threshold && a.edgeitems == b.edgeitems &&
         a.linewidth == b.linewidth && a.sci_mode == b.sci_mode;
}

TEST(PrintOptions, ProfilesAndSingleChanges) {
  const PrintOptionsGuard guard({});
  EXPECT_TRUE(get_printoptions() == PrintOptions{});
  set_printoptions({.precision = 7, .sci_mode = true});
  set_printoptions({.linewidth = 100, .sci_mode = true});
  EXPECT_TRUE(get_printoptions() ==
              (PrintOptions{.precision = 7, .linewidth = 100, .sci_mode = true}));
  set_printoptions({.threshold = 5});  // forgets sci_mode, as in PyTorch
  EXPECT_TRUE(get_printoptions() ==
              (PrintOptions{.precision = 7, .threshold = 5, .linewidth = 100}));
  set_printoptions({.edgeitems = 1, .profile = PrintProfile::Short});
  EXPECT_TRUE(get_printoptions() == (PrintOptions{.precision = 2, .edgeitems = 1}));
  set_printoptions({.profile = PrintProfile::Full});
  EXPECT_TRUE(get_printoptions() == PrintOptions{.threshold = INT64_MAX});
  set_printoptions({.profile = PrintProfile::Default});
  EXPECT_TRUE(get_printoptions() == PrintOptions{});
}

TEST(PrintOptions, GuardRestores) {
  {
    const PrintOptionsGuard outer({.sci_mode = false});
    { const PrintOptionsGuard inner({.precision = 1}); }
    EXPECT_TRUE(get_printoptions() == PrintOptions{.sci_mode = false});
  }
  EXPECT_TRUE(get_printoptions() == PrintOptions{});
}

TEST(PrintOptions, OfOneCall) {
  EXPECT_EQ(to_string(tensor({0.125, 2.0}), {.precision = 2}), "tensor([0.12, 2.00])");
  EXPECT_EQ(to_string(tensor({0.125, 2.0})), "tensor([0.1250, 2.0000])");
}

template <class F>
std::string message_of(F&& f) {
  try {
    f();
  } catch (const ValueError& error) {
    return error.message();
  }
  return "nothing was thrown";
}

TEST(PrintOptions, SenselessOnesAreErrors) {
  const std::string precision = "print options: precision must be 0 to 1074, got ";
  EXPECT_EQ(message_of([] { set_printoptions({.precision = -1}); }), precision + "-1");
  EXPECT_EQ(message_of([] { set_printoptions({.precision = 1075}); }), precision + "1075");
  EXPECT_EQ(message_of([] { to_string(Tensor(), {.precision = -2}); }), precision + "-2");
  EXPECT_EQ(message_of([] { set_printoptions({.edgeitems = -3}); }),
            "print options: edgeitems must not be negative, got -3");
  EXPECT_TRUE(get_printoptions() == PrintOptions{});
}

TEST(PrintOptions, ExtremesFit) {
  const std::string text = to_string(tensor({-1.7976931348623157e308, 0.5}, kFloat64),
                                     {.precision = 1074, .sci_mode = false});
  EXPECT_EQ(text.substr(0, 12), "tensor([-179");
  EXPECT_EQ(to_string(arange(3), {.threshold = 0, .edgeitems = INT64_MAX}), "tensor([0, 1, 2])");
  EXPECT_EQ(to_string(arange(2), {.linewidth = INT32_MIN}), "tensor([0,\n        1])");
}

// ---- What a fixture cannot tell ----

TEST(Printing, OnlyWhatIsShownIsRead) {
  // 10^18 elements, all in one place of memory: no machine could look at each.
  Tensor vast = as_strided(tensor({1.5}), {1000000, 1000000, 1000000}, {0, 0, 0});
  const std::string text = to_string(vast, {.edgeitems = 1});
  EXPECT_EQ(text,
            "tensor([[[1.5000,  ..., 1.5000],\n         ...,\n         [1.5000,  ..., 1.5000]],\n\n"
            "        ...,\n\n"
            "        [[1.5000,  ..., 1.5000],\n         ...,\n         [1.5000,  ..., 1.5000]]])");
}

struct Comma : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST(Printing, TheSameInEveryLocale) {
  const std::locale before = std::locale::global(std::locale(std::locale(), new Comma));
  const std::string c_before = std::setlocale(LC_ALL, nullptr);
  std::setlocale(LC_ALL, "de_DE.UTF-8");  // where installed
  std::ostringstream stream;
  stream << tensor({1234567.5}) << tensor({1234567}) << tensor({1e10});
  std::setlocale(LC_ALL, c_before.c_str());
  std::locale::global(before);
  EXPECT_EQ(stream.str(), "tensor([1234567.5000])tensor([1234567])tensor([1.0000e+10])");
}

TEST(Printing, ThreadsPrintWhileAnotherChangesOptions) {
  const PrintOptionsGuard guard({});
  const Tensor shared = tensor({0.125, 2.0});
  std::vector<std::thread> threads;
  std::vector<int> torn(3, 0);
  for (size_t t = 0; t < torn.size(); ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 2000; ++i) {
        const std::string text = to_string(shared);
        if (text != "tensor([0.1250, 2.0000])" && text != "tensor([0.12,\n        2.00])")
          ++torn[t];
      }
    });
  }
  for (int i = 0; i < 2000; ++i) {
    set_printoptions({.precision = 2, .linewidth = 12});
    set_printoptions({.profile = PrintProfile::Default});
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(torn, std::vector<int>(3, 0));
}

}  // namespace
}  // namespace cutaway
