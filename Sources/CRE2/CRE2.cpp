#include "CRE2.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <exception>
#include <memory>
#include <string>
#include <vector>

struct cre2_pattern {
  RE2 re;
  cre2_pattern(const std::string &pattern, const RE2::Options &options) : re(pattern, options) {}
};

struct cre2_set {
  RE2::Set set;
  explicit cre2_set(const RE2::Options &options) : set(options, RE2::ANCHOR_BOTH) {}
};

// The Swift side puts these codes into words.
static_assert(RE2::ErrorBadEscape == 2 && RE2::ErrorBadCharClass == 3 && RE2::ErrorBadCharRange == 4);
static_assert(RE2::ErrorMissingBracket == 5 && RE2::ErrorMissingParen == 6 && RE2::ErrorUnexpectedParen == 7);
static_assert(RE2::ErrorTrailingBackslash == 8 && RE2::ErrorRepeatArgument == 9 && RE2::ErrorRepeatSize == 10);
static_assert(RE2::ErrorRepeatOp == 11 && RE2::ErrorBadPerlOp == 12 && RE2::ErrorBadUTF8 == 13);
static_assert(RE2::ErrorBadNamedCapture == 14 && RE2::ErrorPatternTooLarge == 15);

namespace {

void copy(const std::string &from, char *to, size_t capacity) {
  const size_t count = from.copy(to, capacity - 1);
  to[count] = '\0';
}

RE2::Options options_of(long long max_memory) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_dot_nl(true);
  options.set_never_capture(true);
  options.set_max_mem(max_memory);
  return options;
}

}  // namespace

extern "C" cre2_pattern *cre2_compile(const char *pattern, size_t length, long long max_memory, cre2_error *error) {
  try {
    auto compiled = std::make_unique<cre2_pattern>(std::string(pattern, length), options_of(max_memory));
    if (compiled->re.ok()) return compiled.release();
    error->code = compiled->re.error_code();
    copy(compiled->re.error(), error->message, sizeof error->message);
    copy(std::string(compiled->re.error_arg()), error->fragment, sizeof error->fragment);
  } catch (const std::exception &) {
    error->code = -1;
    copy("out of memory", error->message, sizeof error->message);
    error->fragment[0] = '\0';
  }
  return nullptr;
}

extern "C" int cre2_full_match(const cre2_pattern *pattern, const char *text, size_t length) {
  try {
    return pattern->re.Match({text, length}, 0, length, RE2::ANCHOR_BOTH, nullptr, 0) ? 1 : 0;
  } catch (const std::exception &) {
    return -1;
  }
}

extern "C" void cre2_free(cre2_pattern *pattern) { delete pattern; }

extern "C" int cre2_is_valid(const char *pattern, size_t length) {
  try {
    RE2::Set set(options_of(RE2::Options::kDefaultMaxMem), RE2::ANCHOR_BOTH);
    return set.Add({pattern, length}, nullptr) == 0 ? 1 : 0;
  } catch (const std::exception &) {
    return 0;
  }
}

extern "C" cre2_set *cre2_set_new(long long max_memory) {
  try {
    return new cre2_set(options_of(max_memory));
  } catch (const std::exception &) {
    return nullptr;
  }
}

extern "C" int cre2_set_add(cre2_set *set, const char *pattern, size_t length) {
  try {
    return set->set.Add({pattern, length}, nullptr) >= 0 ? 1 : 0;
  } catch (const std::exception &) {
    return 0;
  }
}

extern "C" int cre2_set_compile(cre2_set *set) {
  try {
    return set->set.Compile() ? 1 : 0;
  } catch (const std::exception &) {
    return 0;
  }
}

extern "C" long cre2_set_match(const cre2_set *set, const char *text, size_t length, int *found, size_t capacity) {
  try {
    std::vector<int> numbers;
    RE2::Set::ErrorInfo error{};
    if (!set->set.Match({text, length}, &numbers, &error)) {
      return error.kind == RE2::Set::kNoError ? 0 : -1;
    }
    std::sort(numbers.begin(), numbers.end());
    std::copy_n(numbers.begin(), std::min(numbers.size(), capacity), found);
    return static_cast<long>(numbers.size());
  } catch (const std::exception &) {
    return -1;
  }
}

extern "C" void cre2_set_free(cre2_set *set) { delete set; }
