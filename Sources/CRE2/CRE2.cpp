#include "CRE2.h"
#include <re2/re2.h>
#include <cstring>
#include <new>
struct cre2_pattern { RE2 re; cre2_pattern(re2::StringPiece p, const RE2::Options &o) : re(p, o) {} };
extern "C" cre2_pattern *cre2_compile(const char *pattern, size_t length, long long max_memory, char *error, size_t cap) {
  RE2::Options options; options.set_log_errors(false); options.set_dot_nl(true); options.set_never_capture(true); options.set_max_mem(max_memory);
  auto *p = new (std::nothrow) cre2_pattern(re2::StringPiece(pattern, length), options);
  if (!p) return nullptr;
  if (!p->re.ok()) { std::strncpy(error, p->re.error().c_str(), cap - 1); delete p; return nullptr; }
  return p;
}
extern "C" int cre2_full_match(const cre2_pattern *p, const char *text, size_t length) {
  return p->re.Match(re2::StringPiece(text, length), 0, length, RE2::ANCHOR_BOTH, nullptr, 0) ? 1 : 0;
}
extern "C" void cre2_free(cre2_pattern *p) { delete p; }
