/* What the API demands of a request, and the rules of Tests/Oracles/policy/pack.json, by hand. */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scanner.h"

enum { PARTS = 6, MOST_GLOBS = 64, MOST_ACCOUNTS = 16 };

struct policy {
  json_t *pack; /* the globs and accounts point into it */
  size_t globs, accounts;
  struct text glob[MOST_GLOBS][PARTS], account[MOST_ACCOUNTS];
  size_t most_tags;
};

static void stop(const char *what, const char *detail) {
  fprintf(stderr, "scanner: %s: %s\n", what, detail);
  exit(2);
}

static int same(struct text left, struct text right) {
  return left.length == right.length && memcmp(left.start, right.start, left.length) == 0;
}

static int is(struct text text, const char *word) {
  return text.length == strlen(word) && memcmp(text.start, word, text.length) == 0;
}

static int starts(struct text text, const char *word) {
  return text.length >= strlen(word) && memcmp(text.start, word, strlen(word)) == 0;
}

static struct text after(struct text text, size_t count) {
  return (struct text){text.start + count, text.length - count};
}

static int split(struct text value, struct text parts[PARTS]) {
  const char *at = value.start, *end = value.start + value.length;
  for (int index = 0; index < PARTS - 1; index++) {
    const char *colon = memchr(at, ':', (size_t)(end - at));
    if (!colon) return 0;
    parts[index] = (struct text){at, (size_t)(colon - at)};
    at = colon + 1;
  }
  parts[PARTS - 1] = (struct text){at, (size_t)(end - at)};
  return 1;
}

/* -- bytes ---------------------------------------------------------------------------------------------------- */

enum { LOWER = 1, UPPER = 2, DIGIT = 4, DASH = 8, SLASH = 16, UNDERSCORE = 32, SPACE = 64, MARK = 128 };
enum { LETTER = LOWER | UPPER, WORD = LOWER | DIGIT | DASH, NAME = LETTER | DIGIT | DASH, ALIAS = NAME | SLASH | UNDERSCORE };
enum { TAG = ALIAS | SPACE | MARK };
static unsigned char classes[256];

void prepare_classes(void) {
  for (int byte = 'a'; byte <= 'z'; byte++) classes[byte] = LOWER;
  for (int byte = 'A'; byte <= 'Z'; byte++) classes[byte] = UPPER;
  for (int byte = '0'; byte <= '9'; byte++) classes[byte] = DIGIT;
  classes['-'] = DASH;
  classes['/'] = SLASH;
  classes['_'] = UNDERSCORE;
  for (const char *each = " \t\n\v\f\r"; *each; each++) classes[(unsigned char)*each] = SPACE;
  for (const char *each = ".:=+@"; *each; each++) classes[(unsigned char)*each] = MARK;
}

/* Whether all bytes are of a class, and how many there may be. */
static int made_of(struct text text, int class, size_t least, size_t most) {
  if (text.length < least || text.length > most) return 0;
  for (size_t index = 0; index < text.length; index++)
    if (!(classes[(unsigned char)text.start[index]] & class)) return 0;
  return 1;
}

static size_t code_points(struct text text) {
  size_t count = 0;
  for (size_t index = 0; index < text.length; index++) count += ((unsigned char)text.start[index] & 0xC0) != 0x80;
  return count;
}

/* -- the API --------------------------------------------------------------------------------------------------- */

static int partition_fits(struct text partition) {
  return is(partition, "aws") || (starts(partition, "aws-") && partition.length > 4);
}

/* `[a-z0-9-]{1,63}` joined by one byte, at least `least` and at most `most` of them. */
static int joined(struct text text, char by, int least, int most) {
  int count = 0;
  while (1) {
    const char *found = memchr(text.start, by, text.length);
    struct text piece = {text.start, found ? (size_t)(found - text.start) : text.length};
    if (!made_of(piece, WORD, 1, 63)) return 0;
    count++;
    if (!found) return count >= least && count <= most;
    text = after(text, piece.length + 1);
  }
}

/* A model's name with at most two versions after it. */
static int model_fits(struct text text, int most_parts, int may_be_imported) {
  const char *colon = memchr(text.start, ':', text.length);
  struct text name = {text.start, colon ? (size_t)(colon - text.start) : text.length};
  if (colon && !joined(after(text, name.length + 1), ':', 1, 2)) return 0;
  return (may_be_imported && is(name, "imported")) || joined(name, '.', 2, most_parts);
}

static int source_fits(const struct text parts[PARTS]) {
  struct text resource = parts[5];
  if (!is(parts[0], "arn") || !partition_fits(parts[1]) || !is(parts[2], "bedrock")) return 0;
  if (!made_of(parts[3], WORD, 1, 20)) return 0;
  if (starts(resource, "foundation-model/")) return parts[4].length == 0 && model_fits(after(resource, 17), 4, 0);
  if (!starts(resource, "custom-model/") || !made_of(parts[4], DIGIT, 12, 12)) return 0;
  resource = after(resource, 13);
  const char *slash = memchr(resource.start, '/', resource.length);
  if (!slash) return 0;
  struct text model = {resource.start, (size_t)(slash - resource.start)};
  return model_fits(model, 2, 1) && made_of(after(resource, model.length + 1), LOWER | DIGIT, 12, 12);
}

static int key_fits(struct text key, const struct text parts[PARTS], int is_arn) {
  if (is_arn && is(parts[0], "arn")) {
    if (!partition_fits(parts[1]) || !is(parts[2], "kms") || !made_of(parts[3], NAME, 0, key.length)) return 0;
    if (!made_of(parts[4], DIGIT, 12, 12)) return 0;
    if (starts(parts[5], "key/")) return made_of(after(parts[5], 4), NAME, 36, 36);
    return starts(parts[5], "alias/") && made_of(after(parts[5], 6), ALIAS, 1, key.length);
  }
  if (starts(key, "alias/")) return made_of(after(key, 6), ALIAS, 1, key.length);
  return made_of(key, NAME, 36, 36);
}

static int name_fits(struct text name) {
  int after_letter = 0;
  if (!made_of(name, LETTER | DIGIT | DASH | UNDERSCORE, 1, 63)) return 0;
  for (size_t index = 0; index < name.length; index++) {
    int is_letter = (classes[(unsigned char)name.start[index]] & (LETTER | DIGIT)) != 0;
    if (!is_letter && !after_letter) return 0;
    after_letter = is_letter;
  }
  return 1;
}

static int token_fits(struct text token) {
  if (!made_of(token, NAME, 1, 256)) return 0;
  return token.start[0] != '-' && token.start[token.length - 1] != '-';
}

static int folded(unsigned char byte) { return classes[byte] & UPPER ? byte | 0x20 : byte; }

static int same_but_case(struct text left, struct text right) {
  if (left.length != right.length) return 0;
  for (size_t index = 0; index < left.length; index++)
    if (folded((unsigned char)left.start[index]) != folded((unsigned char)right.start[index])) return 0;
  return 1;
}

static void check_tags(const struct request *request, struct findings *findings) {
  uint32_t hashes[MOST_TAGS];
  for (size_t index = 0; index < request->tags; index++) {
    struct text key = request->keys[index], value = request->values[index];
    findings->errors += !made_of(key, TAG, 1, 128);
    findings->errors += !made_of(value, TAG, 0, 256) && (code_points(value) > 256 || !made_of(value, TAG, 0, value.length));
    findings->errors += key.length >= 4 && key.start[3] == ':' && same_but_case((struct text){key.start, 3}, (struct text){"aws", 3});
    uint32_t hash = 2166136261u;
    for (size_t byte = 0; byte < key.length; byte++) hash = (hash ^ (uint32_t)folded((unsigned char)key.start[byte])) * 16777619u;
    int repeats = 0, differs = 0;
    for (size_t other = 0; other < index; other++) {
      if (hashes[other] != hash || !same_but_case(request->keys[other], key)) continue;
      if (same(request->keys[other], key)) repeats = 1;
      else if (!differs && !repeats) differs = 1;
    }
    findings->errors += (size_t)repeats;
    findings->warnings += (size_t)differs;
    hashes[index] = hash;
  }
  findings->errors += request->tags > 50;
}

static void check_api(const struct request *request, const struct text source[PARTS], int source_is_arn,
                      const struct text key[PARTS], int key_is_arn, struct findings *findings) {
  findings->errors += !request->source.start || !source_is_arn || !source_fits(source) || request->source.length < 20;
  findings->errors += !request->name.start || !name_fits(request->name);
  if (request->key.start) findings->errors += !key_fits(request->key, key, key_is_arn);
  if (request->token.start) findings->errors += !token_fits(request->token);
  check_tags(request, findings);
}

void judge_api(const struct request *request, struct findings *findings) {
  struct text source[PARTS] = {0}, key[PARTS] = {0};
  int source_is_arn = request->source.start && split(request->source, source);
  int key_is_arn = request->key.start && split(request->key, key);
  check_api(request, source, source_is_arn, key, key_is_arn, findings);
}

/* -- the policy ------------------------------------------------------------------------------------------------- */

static void error(const struct request *request, struct findings *findings, const char *rule, const char *pointer,
                  long index, const char *member) {
  findings->errors++;
  if (findings->report) findings->report(rule, request->enveloped ? "/request" : "", pointer, index, member);
}

static int glob_matches(struct text glob, struct text text) {
  size_t at = 0, position = 0, star = (size_t)-1, resume = 0;
  while (position < text.length) {
    if (at < glob.length && glob.start[at] == '*') {
      star = at++;
      resume = position;
    } else if (at < glob.length && (glob.start[at] == '?' || glob.start[at] == text.start[position])) {
      at++;
      position++;
    } else if (star != (size_t)-1) {
      at = star + 1;
      position = ++resume;
    } else {
      return 0;
    }
  }
  while (at < glob.length && glob.start[at] == '*') at++;
  return at == glob.length;
}

/* CC-[0-9]{4} */
static int cost_center_fits(struct text value) {
  return value.length == 7 && starts(value, "CC-") && made_of(after(value, 3), DIGIT, 4, 4);
}

static int environment_fits(struct text value) {
  return is(value, "dev") || is(value, "staging") || is(value, "prod");
}

/* fin-[a-z0-9]+(-[a-z0-9]+)* */
static int name_is_ours(struct text name) {
  if (!starts(name, "fin-")) return 0;
  name = after(name, 4);
  if (!made_of(name, WORD, 1, name.length) || name.start[0] == '-' || name.start[name.length - 1] == '-') return 0;
  for (size_t index = 1; index < name.length; index++)
    if (name.start[index] == '-' && name.start[index - 1] == '-') return 0;
  return 1;
}

static void require(const struct request *request, const char *wanted, int (*fits)(struct text),
                    struct findings *findings) {
  long other = -1;
  struct text key = {wanted, strlen(wanted)};
  for (size_t index = 0; index < request->tags; index++) {
    if (same(request->keys[index], key)) {
      if (fits && !fits(request->values[index]))
        error(request, findings, "ownership-tags", "/targetModelTags", (long)index, "/value");
      return;
    }
    if (other < 0 && same_but_case(request->keys[index], key)) other = (long)index;
  }
  if (other >= 0) error(request, findings, "ownership-tags", "/targetModelTags", other, "/key");
  else error(request, findings, "ownership-tags", request->has_tags ? "/targetModelTags" : "", -1, "");
}

static void check_key(const struct policy *policy, const struct request *request, const struct text parts[PARTS],
                      int is_arn, struct findings *findings) {
  if (!request->key.start) {
    error(request, findings, "finance-keys", "", -1, "");
    return;
  }
  if (!is_arn || !starts(parts[5], "key/")) {
    error(request, findings, "finance-keys", "/modelKmsKeyId", -1, "");
    return;
  }
  int allowed = 0;
  for (size_t index = 0; index < policy->globs && !allowed; index++) {
    allowed = 1;
    /* The account tells most globs apart. */
    for (int part = PARTS - 2; part >= 0 && allowed; part--) allowed = glob_matches(policy->glob[index][part], parts[part]);
    allowed = allowed && glob_matches(policy->glob[index][5], parts[5]);
  }
  if (!allowed) error(request, findings, "finance-keys", "/modelKmsKeyId", -1, "");
  if (!same(parts[3], request->region)) error(request, findings, "finance-keys", "/modelKmsKeyId", -1, "");
}

void judge(const struct policy *policy, const struct request *request, struct findings *findings) {
  struct text source[PARTS] = {0}, key[PARTS] = {0};
  int source_is_arn = request->source.start && split(request->source, source);
  int key_is_arn = request->key.start && split(request->key, key);
  check_api(request, source, source_is_arn, key, key_is_arn, findings);
  require(request, "Owner", NULL, findings);
  require(request, "CostCenter", cost_center_fits, findings);
  require(request, "Environment", environment_fits, findings);
  check_key(policy, request, key, key_is_arn, findings);
  if (request->name.start && !name_is_ours(request->name))
    error(request, findings, "model-name", "/targetModelName", -1, "");
  if (request->tags > policy->most_tags) error(request, findings, "tag-budget", "/targetModelTags", -1, "");
  if (!source_is_arn) return;
  for (size_t index = 0; index < policy->accounts; index++)
    if (same(policy->account[index], source[4])) return;
  error(request, findings, "source-accounts", "/sourceModelArn", -1, "");
}

/* -- the pack --------------------------------------------------------------------------------------------------- */

static struct text text_of(json_t *value) {
  if (!json_is_string(value)) stop("not a string", "in the pack");
  return (struct text){json_string_value(value), json_string_length(value)};
}

static json_t *rule(json_t *pack, const char *id) {
  size_t index;
  json_t *each;
  json_array_foreach(json_object_get(pack, "rules"), index, each)
      if (is(text_of(json_object_get(each, "id")), id)) return each;
  stop("the pack has no rule", id);
  return NULL;
}

static void expect(json_t *value, const char *pattern) {
  if (!is(text_of(value), pattern)) stop("a pattern that is not matched by hand here", json_string_value(value));
}

struct policy *load_policy(const char *path) {
  json_error_t problem;
  json_t *pack = json_load_file(path, JSON_REJECT_DUPLICATES, &problem);
  if (!pack) stop(path, problem.text);
  struct policy *policy = calloc(1, sizeof *policy);
  if (!policy) stop("out of memory", path);
  prepare_classes();
  policy->pack = pack;
  json_t *tags = json_object_get(rule(pack, "ownership-tags"), "tags");
  expect(json_object_get(json_object_get(tags, "CostCenter"), "pattern"), "CC-[0-9]{4}");
  expect(json_object_get(rule(pack, "model-name"), "pattern"), "fin-[a-z0-9]+(-[a-z0-9]+)*");
  policy->most_tags = (size_t)json_integer_value(json_object_get(rule(pack, "tag-budget"), "max"));
  size_t index;
  json_t *each;
  json_array_foreach(json_object_get(rule(pack, "finance-keys"), "keys"), index, each) {
    if (index == MOST_GLOBS || !split(text_of(each), policy->glob[index])) stop("keys", "too many, or no ARN");
    policy->globs = index + 1;
  }
  json_array_foreach(json_object_get(rule(pack, "source-accounts"), "accounts"), index, each) {
    if (index == MOST_ACCOUNTS) stop("accounts", "too many");
    policy->account[policy->accounts++] = text_of(each);
  }
  return policy;
}
