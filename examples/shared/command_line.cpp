// SPDX-License-Identifier: MIT
//
// Note [Claiming words]: no table of flags exists before the program has declared them, yet each
// declaration can find its own words at once, since a word that begins with "--" is always a flag
// and any other word can only be the value of the flag before it. What no declaration has claimed
// when finish() is called was a mistake.
#include "command_line.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <numeric>

#include "../../tensor/check.h"

namespace cutaway::examples {
namespace {

bool is_flag(const std::string& word) { return word.starts_with("--"); }
bool is_help(const std::string& word) { return word == "--help" || word == "-h"; }

/// "--lr=0.1" and "--lr" are both named "--lr".
std::string name_of(const std::string& word) { return word.substr(0, word.find('=')); }

/// Line breaks, and the tabs after them, as single spaces.
std::string in_one_line(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool is_break = c == '\n' || c == '\r' || c == '\t';
    if (!is_break) line += c;
    if (is_break && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

/// How many letters must be changed, added or dropped to turn a into b (Levenshtein 1966).
size_t edit_distance(const std::string& a, const std::string& b) {
  std::vector<size_t> row(b.size() + 1);  // distances from a's first i letters to b's first j
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

CommandLine::CommandLine(std::string program, std::string summary,
                         std::vector<std::string> arguments)
    : program_(std::move(program)), summary_(std::move(summary)) {
  for (std::string& word : arguments) arguments_.push_back({std::move(word)});
}

// ---- declarations -----------------------------------------------------------------------------

void CommandLine::declare(const std::string& name, const std::string& placeholder,
                          const std::string& help) {
  for (const Flag& flag : flags_) {
    check(flag.name != name, "the program declares the flag --", name, " twice");
  }
  check(!finished_, "the program declares the flag --", name, " after finish()");
  flags_.push_back({name, placeholder, help});
}

void CommandLine::complain(const std::string& message) {
  if (first_mistake_.empty()) first_mistake_ = message;
}

/// Claims every `--name value` and `--name=value`; the last value wins. False where there is none.
bool CommandLine::take_value(const std::string& name, std::string& value) {
  const std::string flag = "--" + name;
  bool found = false;
  for (size_t i = 0; i < arguments_.size(); ++i) {
    const std::string& word = arguments_[i].word;
    if (name_of(word) != flag) continue;
    arguments_[i].claimed = true;
    if (word != flag) {
      value = word.substr(flag.size() + 1);
    } else if (i + 1 < arguments_.size() && !is_flag(arguments_[i + 1].word)) {
      value = arguments_[++i].word;
      arguments_[i].claimed = true;
    } else {
      complain(flag + " needs a value");
      continue;
    }
    found = true;
  }
  return found;
}

std::string CommandLine::text(const std::string& name, const std::string& fallback,
                              const std::string& help) {
  declare(name, "TEXT", fallback.empty() ? help : join(help, " (default ", fallback, ")"));
  std::string value = fallback;
  take_value(name, value);
  return value;
}

int64_t CommandLine::integer(const std::string& name, int64_t fallback, const std::string& help,
                             IntegerRange range) {
  declare(name, "N", join(help, " (default ", fallback, ")"));
  std::string word;
  if (!take_value(name, word)) return fallback;

  int64_t value = 0;
  const char* const end = word.data() + word.size();
  const std::from_chars_result result = std::from_chars(word.data(), end, value);
  if (result.ec == std::errc::invalid_argument || result.ptr != end) {
    complain(join("--", name, " needs a whole number, got '", word, "'"));
  } else if (result.ec == std::errc::result_out_of_range) {
    complain(join("--", name, " is out of range, got ", word));
  } else if (value < range.min) {
    complain(join("--", name, " must be at least ", range.min, ", got ", value));
  } else if (value > range.max) {
    complain(join("--", name, " must be at most ", range.max, ", got ", value));
  } else {
    return value;
  }
  return fallback;
}

double CommandLine::real(const std::string& name, double fallback, const std::string& help,
                         RealRange range) {
  declare(name, "X", join(help, " (default ", fallback, ")"));
  std::string word;
  if (!take_value(name, word)) return fallback;

  char* end = nullptr;
  const double value = std::strtod(word.c_str(), &end);
  if (word.empty() || end != word.c_str() + word.size() || !std::isfinite(value)) {
    complain(join("--", name, " needs a number, got '", word, "'"));
  } else if (value < range.min) {
    complain(join("--", name, " must be at least ", range.min, ", got ", value));
  } else if (value > range.max) {
    complain(join("--", name, " must be at most ", range.max, ", got ", value));
  } else {
    return value;
  }
  return fallback;
}

bool CommandLine::on(const std::string& name, const std::string& help) {
  declare(name, "", help);
  bool found = false;
  for (Argument& argument : arguments_) {
    if (name_of(argument.word) != "--" + name) continue;
    argument.claimed = found = true;
    if (argument.word != "--" + name) complain(join("--", name, " takes no value"));
  }
  return found;
}

std::string CommandLine::word(const std::string& name, const std::string& help) {
  words_.push_back({name, "", help});
  for (Argument& argument : arguments_) {
    if (argument.claimed || argument.word.starts_with("-")) continue;
    argument.claimed = true;
    return argument.word;
  }
  return "";
}

int64_t CommandLine::seed() {
  return integer("seed", 0, "seed of every random choice", {.min = 0});
}

int64_t CommandLine::threads() {
  return integer("threads", 0, "threads to compute with, 0 for all cores", {.min = 0, .max = 1024});
}

int64_t CommandLine::epochs(int64_t fallback) {
  return integer("epochs", fallback, "passes over the training data", {.min = 0});
}

std::string CommandLine::data_directory() {
  declare("data", "DIR", "where the data sets lie (default $CUTAWAY_DATA, else data)");
  const char* const from_environment = std::getenv("CUTAWAY_DATA");
  std::string value = from_environment && *from_environment ? from_environment : "data";
  take_value("data", value);
  return value;
}

std::string CommandLine::out_directory() {
  std::string value = "build/out/" + program_;
  declare("out", "DIR", join("where to write (default ", value, ")"));
  take_value("out", value);
  return value;
}

bool CommandLine::given(const std::string& name) const {
  return std::ranges::any_of(
      arguments_, [&](const Argument& argument) { return name_of(argument.word) == "--" + name; });
}

// ---- finish -----------------------------------------------------------------------------------

void CommandLine::finish() {
  finished_ = true;
  for (const Argument& argument : arguments_) {
    if (!argument.claimed && is_help(argument.word)) throw HelpRequest(help_text());
  }
  for (const Argument& argument : arguments_) {
    if (argument.claimed) continue;
    if (!argument.word.starts_with("-")) {
      complain("unexpected argument '" + argument.word + "'");
    } else {
      const std::string nearest = nearest_flag(argument.word);
      complain("unknown flag " + name_of(argument.word) +
               (nearest.empty() ? "" : ", did you mean " + nearest + "?"));
    }
  }
  if (!first_mistake_.empty()) throw UsageError(first_mistake_ + " (see --help)");
}

/// The declared flag that `word` was probably meant to be, or "".
std::string CommandLine::nearest_flag(const std::string& word) const {
  std::string nearest;
  size_t fewest_slips = 3;  // two slips make a typing error, three make another word
  for (const Flag& flag : flags_) {
    const std::string candidate = "--" + flag.name;
    const size_t slips = edit_distance(name_of(word), candidate);
    if (slips < fewest_slips && slips < flag.name.size()) {
      fewest_slips = slips;
      nearest = candidate;
    }
  }
  return nearest;
}

std::string CommandLine::help_text() const {
  std::vector<Flag> flags = flags_;
  flags.push_back({"help", "", "show this text"});
  const auto left_column = [](const Flag& flag) {
    return "  --" + flag.name + (flag.placeholder.empty() ? "" : " " + flag.placeholder);
  };
  size_t width = 0;
  for (const Flag& flag : flags) width = std::max(width, left_column(flag).size());

  std::string usage = program_;
  std::string words;
  for (const Flag& word : words_) {
    usage += " [" + word.name + "]";
    std::string line = "  " + word.name;
    line.resize(width + 2, ' ');
    words += line + word.help + "\n";
  }
  std::string help = "usage: " + usage + " [flags]\n\n" + summary_ + "\n\n";
  help += words.empty() ? "flags:\n" : words + "\nflags:\n";
  for (const Flag& flag : flags) {
    std::string line = left_column(flag);
    line.resize(width + 2, ' ');
    help += line + flag.help + "\n";
  }
  return help;
}

// ---- run_program ------------------------------------------------------------------------------

int run_program(int argc, const char* const* argv, const std::string& summary,
                const std::function<void(CommandLine&)>& body) {
  std::string program = argc > 0 ? argv[0] : "";
  program = program.substr(program.rfind('/') + 1);
  const auto fail = [&program](int status, const std::string& message) {
    std::fflush(stdout);  // what was printed before the error stands before it
    std::fprintf(stderr, "%s: %s\n", program.c_str(), in_one_line(message).c_str());
    return status;
  };
  try {
    CommandLine flags(program, summary, {argv + std::min(argc, 1), argv + argc});
    body(flags);
    check(flags.finished(), "the program never called flags.finish()");
    return 0;
  } catch (const HelpRequest& help) {
    std::fputs(help.what(), stdout);
    return 0;
  } catch (const UsageError& error) {
    return fail(2, error.what());
  } catch (const Error& error) {
    return fail(1, error.message());
  } catch (const std::bad_alloc&) {
    return fail(1, "out of memory");
  } catch (const std::exception& error) {
    return fail(1, error.what());
  }
}

}  // namespace cutaway::examples
