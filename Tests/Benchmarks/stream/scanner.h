/* A validating one-pass reader of requests, without a tree: what the programs beside this file measure copylint by. */
#ifndef SCANNER_H
#define SCANNER_H

#include <stddef.h>
#include <stdint.h>

enum { MOST_TAGS = 200 };

struct text {
  const char *start; /* NULL where the member is absent */
  size_t length;
};

struct request {
  struct text source, name, key, token, region, account;
  int enveloped, has_tags;
  size_t tags;
  struct text keys[MOST_TAGS], values[MOST_TAGS];
};

/* Reads one request, or an envelope with one. Returns 0 for what is not JSON, and for what the API does not have: an
 * unknown or repeated member, another type, more tags than any request may have. `arena` takes what had to be
 * unescaped and holds `end - start` bytes. */
int read_request(struct request *request, const char *start, const char *end, char *arena);

/* The findings of one request. */
struct findings {
  size_t errors, warnings;
  /* Called for each error where it is set: a rule of the policy, and the JSON pointer. */
  void (*report)(const char *rule, const char *prefix, const char *pointer, long index, const char *member);
};

/* The policy of Tests/Oracles/policy/pack.json, its lists read from the pack; its two patterns are matched by hand. */
struct policy;
struct policy *load_policy(const char *path);
void judge(const struct policy *policy, const struct request *request, struct findings *findings);

/* The API's constraints alone; `prepare_classes` is called before, which `load_policy` does. */
void prepare_classes(void);
void judge_api(const struct request *request, struct findings *findings);

#endif
