#include "CRE2.h"

#include <re2/re2.h>

#include <exception>
#include <memory>
#include <string>

struct cre2_pattern {
  RE2 re;
  cre2_pattern(const std::string &pattern, const RE2::Options &options) : re(pattern, options) {}
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

}  // namespace

extern "C" cre2_pattern *cre2_compile(const char *pattern, size_t length, long long max_memory, cre2_error *error) {
  try {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_dot_nl(true);
    options.set_never_capture(true);
    options.set_max_mem(max_memory);
    auto compiled = std::make_unique<cre2_pattern>(std::string(pattern, length), options);
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
