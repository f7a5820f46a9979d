/* many PACK FILE      one request a line; `-` is standard input
 *
 * Judges by the API's constraints, and by the two long lists of a pack that workload.py wrote: naming patterns, indexed by
 * the literal text in them, and globs of key ARNs, indexed by account. Prints the counts; exits 0 (clean), 1 (findings) or
 * 2 (cannot judge).
 */
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../stream/scanner.h"

enum { CHUNK = 1 << 18, LONGEST = 1 << 20, LONGEST_NAME = 63, MOST_LENGTHS = 64, PARTS = 6, ACCOUNT = 4 };

static void stop(const char *what, const char *detail) {
  fprintf(stderr, "many: %s: %s\n", what, detail);
  exit(2);
}

/* -- forms of names -------------------------------------------------------------------------------------------- */

static int is_word_byte(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9'); }
static int is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static int is_nothing(struct text text) { return text.length == 0; }

static int is_word(struct text text) {
  for (size_t index = 0; index < text.length; index++)
    if (!is_word_byte(text.start[index])) return 0;
  return text.length > 0;
}

static int is_dashed(struct text text) {
  for (size_t index = 0; index < text.length; index++)
    if (!is_word_byte(text.start[index]) && text.start[index] != '-') return 0;
  return text.length > 0 && text.length <= 40;
}

static int is_words(struct text text) {
  char before = '-';
  for (size_t index = 0; index < text.length; before = text.start[index++])
    if (!is_word_byte(text.start[index]) && (text.start[index] != '-' || before == '-')) return 0;
  return before != '-';
}

static int is_version(struct text text) {
  if (text.length < 2 || text.start[0] != 'v') return 0;
  for (size_t index = 1; index < text.length; index++)
    if (!is_digit(text.start[index])) return 0;
  return 1;
}

static int is_stage(struct text text) {
  static const char *stages[] = {"dev-", "staging-", "prod-"};
  for (size_t index = 0; index < 3; index++) {
    size_t length = strlen(stages[index]);
    struct text rest = {text.start + length, text.length - length};
    if (text.length > length && memcmp(text.start, stages[index], length) == 0) return rest.length <= 4 && is_version(rest);
  }
  return 0;
}

typedef int (*form)(struct text);
static const struct { const char *pattern; form fits; } forms[] = {
    {"[a-z0-9]+(-[a-z0-9]+)*", is_words}, {"[a-z0-9-]{1,40}", is_dashed}, {"[a-z0-9]+", is_word},
    {"(dev|staging|prod)-v[0-9]{1,3}", is_stage}, {"v[0-9]+", is_version}};

/* -- an index of literal texts ----------------------------------------------------------------------------------- */

struct entry {
  struct text literal;
  form before, after;        /* of a pattern */
  struct text glob[PARTS];   /* of a key */
  uint64_t hash;
  struct entry *next;
};

struct index {
  struct entry *entries, **slots;
  size_t count, mask;
  size_t lengths[MOST_LENGTHS], length_count;
};

enum { BASE = 1099511 };

static uint64_t hash_of(struct text text) {
  uint64_t hash = 0;
  for (size_t index = 0; index < text.length; index++) hash = hash * BASE + (unsigned char)text.start[index] + 1;
  return hash;
}

static struct entry **slot(const struct index *index, uint64_t hash) {
  return &index->slots[(hash * 0x9E3779B97F4A7C15u >> 32) & index->mask];
}

static void make(struct index *index, size_t count) {
  size_t capacity = 16;
  while (capacity < 2 * count) capacity *= 2;
  index->entries = calloc(count, sizeof *index->entries);
  index->slots = calloc(capacity, sizeof *index->slots);
  index->mask = capacity - 1;
  if (!index->entries || !index->slots) stop("out of memory", "the index");
}

static struct entry *insert(struct index *index, struct text literal) {
  struct entry *entry = &index->entries[index->count++];
  entry->literal = literal;
  entry->hash = hash_of(literal);
  struct entry **at = slot(index, entry->hash);
  entry->next = *at;
  *at = entry;
  for (size_t known = 0; known < index->length_count; known++)
    if (index->lengths[known] == literal.length) return entry;
  if (index->length_count == MOST_LENGTHS) stop("too many lengths", literal.start);
  index->lengths[index->length_count++] = literal.length;
  return entry;
}

/* -- the pack ---------------------------------------------------------------------------------------------------- */

struct policy {
  struct index prefixes, others, keys;
};

static struct text text_of(json_t *value) {
  if (!json_is_string(value)) stop("not a string", "in the pack");
  return (struct text){json_string_value(value), json_string_length(value)};
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

/* FORM-literal-FORM, of which one form may be missing; the literal takes the dashes with it. */
static void add_pattern(struct policy *policy, struct text pattern) {
  struct text literal = pattern;
  form before = is_nothing, after = is_nothing;
  for (size_t index = 0; index < sizeof forms / sizeof *forms; index++) {
    size_t length = strlen(forms[index].pattern);
    if (literal.length <= length) continue;
    if (before == is_nothing && literal.start[length] == '-' && memcmp(literal.start, forms[index].pattern, length) == 0) {
      before = forms[index].fits;
      literal = (struct text){literal.start + length, literal.length - length};
    } else if (after == is_nothing && literal.start[literal.length - length - 1] == '-' &&
               memcmp(literal.start + literal.length - length, forms[index].pattern, length) == 0) {
      after = forms[index].fits;
      literal.length -= length;
    }
  }
  for (size_t index = 0; index < literal.length; index++)
    if (!is_word_byte(literal.start[index]) && literal.start[index] != '-') stop("an unknown pattern", pattern.start);
  struct entry *entry = insert(before == is_nothing ? &policy->prefixes : &policy->others, literal);
  entry->before = before;
  entry->after = after;
}

static struct policy *load(const char *path) {
  static struct policy policy;
  json_error_t problem;
  json_t *pack = json_load_file(path, JSON_REJECT_DUPLICATES, &problem), *each;
  if (!pack) stop(path, problem.text);
  json_t *rules = json_object_get(pack, "rules");
  json_t *patterns = json_object_get(json_array_get(rules, 0), "patterns");
  json_t *keys = json_object_get(json_array_get(rules, 1), "keys");
  size_t index;
  make(&policy.prefixes, json_array_size(patterns));
  make(&policy.others, json_array_size(patterns));
  make(&policy.keys, json_array_size(keys));
  json_array_foreach(patterns, index, each) add_pattern(&policy, text_of(each));
  json_array_foreach(keys, index, each) {
    struct text parts[PARTS];
    if (!split(text_of(each), parts)) stop("no ARN", json_string_value(each));
    memcpy(insert(&policy.keys, parts[ACCOUNT])->glob, parts, sizeof parts);
  }
  return &policy;
}

/* -- judging ------------------------------------------------------------------------------------------------------- */

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

static int is_named(const struct index *index, struct text name, size_t from, uint64_t hash, size_t length) {
  struct text found = {name.start + from, length}, before = {name.start, from};
  struct text after = {found.start + length, name.length - from - length};
  for (struct entry *entry = *slot(index, hash); entry; entry = entry->next)
    if (entry->hash == hash && entry->literal.length == length && memcmp(entry->literal.start, found.start, length) == 0 &&
        entry->before(before) && entry->after(after))
      return 1;
  return 0;
}

/* Every stretch of the name that is as long as a literal, by hashes of its beginnings. */
static int name_is_allowed(const struct policy *policy, struct text name) {
  uint64_t hashes[LONGEST_NAME + 1] = {0}, powers[LONGEST_NAME + 1] = {1};
  if (name.length > LONGEST_NAME) return 0;
  for (size_t index = 0; index < name.length; index++) {
    hashes[index + 1] = hashes[index] * BASE + (unsigned char)name.start[index] + 1;
    powers[index + 1] = powers[index] * BASE;
  }
  for (size_t each = 0; each < policy->prefixes.length_count; each++) {
    size_t length = policy->prefixes.lengths[each];
    if (length <= name.length && is_named(&policy->prefixes, name, 0, hashes[length], length)) return 1;
  }
  for (size_t each = 0; each < policy->others.length_count; each++) {
    size_t length = policy->others.lengths[each];
    for (size_t from = 0; from + length <= name.length; from++)
      if (is_named(&policy->others, name, from, hashes[from + length] - hashes[from] * powers[length], length)) return 1;
  }
  return 0;
}

static int key_is_allowed(const struct policy *policy, struct text key) {
  struct text parts[PARTS];
  if (!key.start || !split(key, parts) || parts[5].length < 4 || memcmp(parts[5].start, "key/", 4) != 0) return 0;
  for (struct entry *entry = *slot(&policy->keys, hash_of(parts[ACCOUNT])); entry; entry = entry->next) {
    int part = PARTS;
    while (part > 0 && glob_matches(entry->glob[part - 1], parts[part - 1])) part--;
    if (part == 0) return 1;
  }
  return 0;
}

struct run {
  const struct policy *policy;
  struct request request;
  char *arena;
  size_t requests, denied, unreadable;
};

static void judge_one(struct run *run, const char *start, const char *end) {
  struct findings findings = {0};
  run->requests++;
  if (end - start > LONGEST || !read_request(&run->request, start, end, run->arena)) {
    run->unreadable++;
    return;
  }
  judge_api(&run->request, &findings);
  findings.errors += run->request.name.start && !name_is_allowed(run->policy, run->request.name);
  findings.errors += !key_is_allowed(run->policy, run->request.key);
  run->denied += findings.errors > 0;
}

int main(int count, char **arguments) {
  static char buffer[LONGEST + CHUNK];
  struct run run = {0};
  if (count != 3) stop("usage", "many PACK FILE");
  prepare_classes();
  run.policy = load(arguments[1]);
  run.arena = malloc(LONGEST + CHUNK);
  int descriptor = strcmp(arguments[2], "-") == 0 ? 0 : open(arguments[2], O_RDONLY | O_CLOEXEC);
  if (!run.arena || descriptor < 0) stop("cannot read", arguments[2]);
  size_t held = 0;
  ssize_t got;
  while ((got = read(descriptor, buffer + held, CHUNK)) > 0) {
    const char *start = buffer, *end = buffer + held + got, *feed;
    for (; (feed = memchr(start, '\n', (size_t)(end - start))); start = feed + 1)
      if (feed > start) judge_one(&run, start, feed);
    held = (size_t)(end - start);
    if (held > LONGEST) stop("a line is too long", arguments[2]);
    memmove(buffer, start, held);
  }
  if (held) judge_one(&run, buffer, buffer + held);
  printf("%zu requests, %zu denied, %zu unreadable\n", run.requests, run.denied, run.unreadable);
  return run.unreadable || got < 0 ? 2 : run.denied ? 1 : 0;
}
