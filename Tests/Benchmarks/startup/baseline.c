/* What a C program needs to do copylint's work on one request: the measure of copylint's start-up.
 *
 *   baseline PACK REQUEST
 *
 * Checks the API's required members and lengths, and the five rule kinds of Tests/Oracles/policy/pack.json,
 * in the way that pack uses them. Prints "rule pointer" lines; exits 0 (clean), 1 (findings) or 2 (cannot judge).
 */
#include <ctype.h>
#include <jansson.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ARN_PARTS = 6, PART_REGION = 3, PART_ACCOUNT = 4, PART_RESOURCE = 5 };

struct span {
  const char *start;
  size_t length;
};

struct context {
  const char *pack;
  const char *prefix;
  const char *region;
  json_t *request;
  json_t *tags;
  int findings;
};

static void stop(const char *what, const char *detail) {
  fprintf(stderr, "baseline: %s: %s\n", what, detail);
  exit(2);
}

static void report(struct context *context, const char *pack, const char *id, const char *pointer) {
  printf("%s/%s %s%s\n", pack, id, context->prefix, pointer);
  context->findings++;
}

static void report_tag(struct context *context, const char *pack, const char *id, size_t index, const char *member) {
  char pointer[64];
  snprintf(pointer, sizeof pointer, "/targetModelTags/%zu%s", index, member);
  report(context, pack, id, pointer);
}

static json_t *load(const char *path) {
  json_error_t error;
  json_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
  if (!root) stop(path, error.text);
  return root;
}

static const char *string_member(json_t *object, const char *name) {
  return json_string_value(json_object_get(object, name));
}

/* -- values -------------------------------------------------------------------------------------------------- */

static size_t code_points(const char *text) {
  size_t count = 0;
  for (; *text; text++) count += ((unsigned char)*text & 0xC0) != 0x80;
  return count;
}

/* 0 unless the value has six parts; colons from the sixth part on belong to it. */
static int split_arn(const char *value, struct span parts[ARN_PARTS]) {
  for (int index = 0; index < ARN_PARTS; index++) {
    const char *colon = index < ARN_PARTS - 1 ? strchr(value, ':') : value + strlen(value);
    if (!colon) return 0;
    parts[index] = (struct span){value, (size_t)(colon - value)};
    value = colon + 1;
  }
  return 1;
}

static int span_is(struct span span, const char *text) {
  return strlen(text) == span.length && memcmp(span.start, text, span.length) == 0;
}

static int glob_matches(struct span pattern, struct span text) {
  size_t at = 0, position = 0, star = (size_t)-1, resume = 0;
  while (position < text.length) {
    if (at < pattern.length && pattern.start[at] == '*') {
      star = at++;
      resume = position;
    } else if (at < pattern.length && (pattern.start[at] == '?' || pattern.start[at] == text.start[position])) {
      at++;
      position++;
    } else if (star != (size_t)-1) {
      at = star + 1;
      position = ++resume;
    } else {
      return 0;
    }
  }
  while (at < pattern.length && pattern.start[at] == '*') at++;
  return at == pattern.length;
}

static int arn_matches(const char *glob, const struct span parts[ARN_PARTS]) {
  struct span wanted[ARN_PARTS];
  if (!split_arn(glob, wanted)) stop("no ARN glob", glob);
  for (int index = 0; index < ARN_PARTS; index++)
    if (!glob_matches(wanted[index], parts[index])) return 0;
  return 1;
}

static int pattern_matches(const char *pattern, const char *value) {
  char anchored[1024];
  regex_t compiled;
  if (snprintf(anchored, sizeof anchored, "^(%s)$", pattern) >= (int)sizeof anchored) stop("pattern too long", pattern);
  if (regcomp(&compiled, anchored, REG_EXTENDED | REG_NOSUB)) stop("bad pattern", pattern);
  int result = regexec(&compiled, value, 0, NULL, 0);
  regfree(&compiled);
  return result == 0;
}

static int same_but_case(const char *left, const char *right) {
  while (*left && tolower((unsigned char)*left) == tolower((unsigned char)*right)) left++, right++;
  return *left == *right;
}

/* -- the API ------------------------------------------------------------------------------------------------- */

static void check_length(struct context *context, json_t *value, size_t least, size_t most, const char *pointer) {
  if (!json_is_string(value)) {
    report(context, "bedrock-api", "type", pointer);
    return;
  }
  size_t length = code_points(json_string_value(value));
  if (length < least) report(context, "bedrock-api", "min", pointer);
  if (length > most) report(context, "bedrock-api", "max", pointer);
}

static void check_member(struct context *context, const char *name, int required, size_t least, size_t most) {
  char pointer[64];
  snprintf(pointer, sizeof pointer, "/%s", name);
  json_t *value = json_object_get(context->request, name);
  if (value) check_length(context, value, least, most, pointer);
  else if (required) report(context, "bedrock-api", "required", pointer);
}

static void check_tag_member(struct context *context, size_t index, const char *name, size_t least, size_t most) {
  char pointer[64];
  snprintf(pointer, sizeof pointer, "/targetModelTags/%zu/%s", index, name);
  json_t *value = json_object_get(json_array_get(context->tags, index), name);
  if (value) check_length(context, value, least, most, pointer);
  else report(context, "bedrock-api", "required", pointer);
}

static void check_api(struct context *context) {
  check_member(context, "sourceModelArn", 1, 20, 1011);
  check_member(context, "targetModelName", 1, 1, 63);
  check_member(context, "modelKmsKeyId", 0, 1, 2048);
  check_member(context, "clientRequestToken", 0, 1, 256);
  if (context->tags && !json_is_array(context->tags)) report(context, "bedrock-api", "type", "/targetModelTags");
  if (json_array_size(context->tags) > 200) report(context, "bedrock-api", "max", "/targetModelTags");
  for (size_t index = 0; index < json_array_size(context->tags); index++) {
    check_tag_member(context, index, "key", 1, 128);
    check_tag_member(context, index, "value", 0, 256);
  }
}

/* -- the rule kinds; they run on a request that the API takes ------------------------------------------------- */

static int value_allowed(json_t *wanted, const char *value) {
  const char *pattern = string_member(wanted, "pattern");
  if (pattern && !pattern_matches(pattern, value)) return 0;
  json_t *values = json_object_get(wanted, "values");
  for (size_t index = 0; index < json_array_size(values); index++)
    if (strcmp(json_string_value(json_array_get(values, index)), value) == 0) return 1;
  return values == NULL;
}

static void required_tag(struct context *context, const char *id, const char *key, json_t *wanted) {
  size_t count = json_array_size(context->tags), other = count;
  for (size_t index = 0; index < count; index++) {
    json_t *tag = json_array_get(context->tags, index);
    const char *held = string_member(tag, "key");
    if (strcmp(held, key) == 0) {
      if (!value_allowed(wanted, string_member(tag, "value"))) report_tag(context, context->pack, id, index, "/value");
      return;
    }
    if (other == count && same_but_case(held, key)) other = index;
  }
  if (other < count) report_tag(context, context->pack, id, other, "/key");
  else report(context, context->pack, id, context->tags ? "/targetModelTags" : "");
}

static void required_tags(struct context *context, const char *id, json_t *rule) {
  const char *key;
  json_t *wanted;
  json_object_foreach(json_object_get(rule, "tags"), key, wanted) required_tag(context, id, key, wanted);
}

static void allowed_kms_keys(struct context *context, const char *id, json_t *rule) {
  const char *value = string_member(context->request, "modelKmsKeyId");
  if (!value) {
    report(context, context->pack, id, "");
    return;
  }
  struct span parts[ARN_PARTS];
  if (!split_arn(value, parts) || strncmp(parts[PART_RESOURCE].start, "key/", 4) != 0) {
    report(context, context->pack, id, "/modelKmsKeyId");
    return;
  }
  json_t *keys = json_object_get(rule, "keys");
  int allowed = 0;
  for (size_t index = 0; index < json_array_size(keys) && !allowed; index++)
    allowed = arn_matches(json_string_value(json_array_get(keys, index)), parts);
  if (!allowed) report(context, context->pack, id, "/modelKmsKeyId");
  if (json_is_true(json_object_get(rule, "sameRegionAsTarget")) && !span_is(parts[PART_REGION], context->region))
    report(context, context->pack, id, "/modelKmsKeyId");
}

static void naming_pattern(struct context *context, const char *id, json_t *rule) {
  const char *field = string_member(rule, "field");
  const char *value = string_member(context->request, field);
  char pointer[64];
  snprintf(pointer, sizeof pointer, "/%s", field);
  if (!pattern_matches(string_member(rule, "pattern"), value)) report(context, context->pack, id, pointer);
}

static void tag_count(struct context *context, const char *id, json_t *rule) {
  json_int_t most = json_integer_value(json_object_get(rule, "max"));
  if ((json_int_t)json_array_size(context->tags) > most) report(context, context->pack, id, "/targetModelTags");
}

static void allowed_source_models(struct context *context, const char *id, json_t *rule) {
  struct span parts[ARN_PARTS];
  json_t *accounts = json_object_get(rule, "accounts");
  if (split_arn(string_member(context->request, "sourceModelArn"), parts))
    for (size_t index = 0; index < json_array_size(accounts); index++)
      if (span_is(parts[PART_ACCOUNT], json_string_value(json_array_get(accounts, index)))) return;
  report(context, context->pack, id, "/sourceModelArn");
}

static const struct {
  const char *kind;
  void (*check)(struct context *, const char *, json_t *);
} kinds[] = {
    {"allowed-kms-keys", allowed_kms_keys}, {"allowed-source-models", allowed_source_models},
    {"naming-pattern", naming_pattern},     {"required-tags", required_tags},
    {"tag-count", tag_count},
};

static void check_rule(struct context *context, json_t *rule) {
  const char *kind = string_member(rule, "kind"), *id = string_member(rule, "id");
  if (!kind || !id) stop("a rule lacks its kind or id", context->pack);
  for (size_t index = 0; index < sizeof kinds / sizeof *kinds; index++)
    if (strcmp(kinds[index].kind, kind) == 0) {
      kinds[index].check(context, id, rule);
      return;
    }
  stop("unknown kind", kind);
}

int main(int count, char **arguments) {
  if (count != 3) stop("usage", "baseline PACK REQUEST");
  json_t *pack = load(arguments[1]), *file = load(arguments[2]);
  json_t *rules = json_object_get(pack, "rules"), *enveloped = json_object_get(file, "request");
  struct context context = {
      .pack = string_member(pack, "name"),
      .prefix = enveloped ? "/request" : "",
      .region = string_member(json_object_get(file, "target"), "region"),
      .request = enveloped ? enveloped : file,
  };
  if (!context.pack || !json_is_array(rules)) stop(arguments[1], "no pack");
  if (!json_is_object(context.request) || !context.region) stop(arguments[2], "no request with a target Region");
  context.tags = json_object_get(context.request, "targetModelTags");
  check_api(&context);
  if (!context.findings)
    for (size_t index = 0; index < json_array_size(rules); index++) check_rule(&context, json_array_get(rules, index));
  json_decref(pack);
  json_decref(file);
  return context.findings ? 1 : 0;
}
