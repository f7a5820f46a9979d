#pragma once
#include <stddef.h>
#ifdef __cplusplus
extern "C" {
#endif
typedef struct cre2_pattern cre2_pattern;
cre2_pattern *cre2_compile(const char *pattern, size_t length, long long max_memory, char *error, size_t error_capacity);
int cre2_full_match(const cre2_pattern *pattern, const char *text, size_t length);
void cre2_free(cre2_pattern *pattern);
#ifdef __cplusplus
}
#endif
