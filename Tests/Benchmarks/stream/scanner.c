#include "scanner.h"

#include <string.h>

struct cursor {
  const unsigned char *at, *end;
  char *arena;
};

/* 0: as it is, 1: ends or escapes a string, 2: forbidden, 3: begins a sequence of several bytes */
static unsigned char kind_of[256];

static void prepare(void) {
  for (int byte = 0; byte < 256; byte++) kind_of[byte] = byte < 0x20 ? 2 : byte >= 0x80 ? 3 : 0;
  kind_of['"'] = kind_of['\\'] = 1;
}

static void skip_space(struct cursor *cursor) {
  while (cursor->at < cursor->end) {
    unsigned char byte = *cursor->at;
    if (byte != ' ' && byte != '\n' && byte != '\r' && byte != '\t') return;
    cursor->at++;
  }
}

static int take(struct cursor *cursor, unsigned char byte) {
  skip_space(cursor);
  if (cursor->at == cursor->end || *cursor->at != byte) return 0;
  cursor->at++;
  return 1;
}

/* The length of a well-formed UTF-8 sequence, or 0. */
static size_t sequence(const unsigned char *at, const unsigned char *end) {
  size_t left = (size_t)(end - at);
  unsigned char first = at[0], low = 0x80, high = 0xBF;
  size_t length;
  if (first >= 0xC2 && first <= 0xDF) length = 2;
  else if (first >= 0xE0 && first <= 0xEF) length = 3;
  else if (first >= 0xF0 && first <= 0xF4) length = 4;
  else return 0;
  if (first == 0xE0) low = 0xA0;
  if (first == 0xED) high = 0x9F;
  if (first == 0xF0) low = 0x90;
  if (first == 0xF4) high = 0x8F;
  if (left < length || at[1] < low || at[1] > high) return 0;
  for (size_t index = 2; index < length; index++)
    if ((at[index] & 0xC0) != 0x80) return 0;
  return length;
}

static long hex4(const unsigned char *at, const unsigned char *end) {
  long value = 0;
  if (end - at < 4) return -1;
  for (int index = 0; index < 4; index++) {
    unsigned char byte = at[index];
    if (byte >= '0' && byte <= '9') value = value * 16 + byte - '0';
    else if ((byte | 0x20) >= 'a' && (byte | 0x20) <= 'f') value = value * 16 + (byte | 0x20) - 'a' + 10;
    else return -1;
  }
  return value;
}

static char *put(char *to, unsigned long point) {
  if (point < 0x80) {
    *to++ = (char)point;
  } else if (point < 0x800) {
    *to++ = (char)(0xC0 | point >> 6);
    *to++ = (char)(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    *to++ = (char)(0xE0 | point >> 12);
    *to++ = (char)(0x80 | (point >> 6 & 0x3F));
    *to++ = (char)(0x80 | (point & 0x3F));
  } else {
    *to++ = (char)(0xF0 | point >> 18);
    *to++ = (char)(0x80 | (point >> 12 & 0x3F));
    *to++ = (char)(0x80 | (point >> 6 & 0x3F));
    *to++ = (char)(0x80 | (point & 0x3F));
  }
  return to;
}

static int take_escape(struct cursor *cursor) {
  static const char plain[] = "\"\\/bfnrt", meaning[] = "\"\\/\b\f\n\r\t";
  if (cursor->end - cursor->at < 2) return 0;
  unsigned char letter = cursor->at[1];
  if (letter != 'u') {
    const char *found = letter ? strchr(plain, letter) : NULL;
    if (!found) return 0;
    *cursor->arena++ = meaning[found - plain];
    cursor->at += 2;
    return 1;
  }
  long first = hex4(cursor->at + 2, cursor->end);
  if (first <= 0 || (first >= 0xDC00 && first <= 0xDFFF)) return 0;
  cursor->at += 6;
  if (first >= 0xD800 && first <= 0xDBFF) {
    if (cursor->end - cursor->at < 6 || cursor->at[0] != '\\' || cursor->at[1] != 'u') return 0;
    long second = hex4(cursor->at + 2, cursor->end);
    if (second < 0xDC00 || second > 0xDFFF) return 0;
    cursor->at += 6;
    first = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
  }
  cursor->arena = put(cursor->arena, (unsigned long)first);
  return 1;
}

/* The rest of a string that holds an escape: copied as it is read. */
static int take_escaped(struct cursor *cursor, const unsigned char *start, struct text *text) {
  char *copy = cursor->arena;
  memcpy(copy, start, (size_t)(cursor->at - start));
  cursor->arena += cursor->at - start;
  while (cursor->at < cursor->end) {
    unsigned char byte = *cursor->at;
    if (byte == '"') {
      *text = (struct text){copy, (size_t)(cursor->arena - copy)};
      cursor->at++;
      return 1;
    }
    if (byte == '\\') {
      if (!take_escape(cursor)) return 0;
      continue;
    }
    size_t length = byte < 0x20 ? 0 : byte < 0x80 ? 1 : sequence(cursor->at, cursor->end);
    if (!length) return 0;
    memcpy(cursor->arena, cursor->at, length);
    cursor->arena += length;
    cursor->at += length;
  }
  return 0;
}

static int take_string(struct cursor *cursor, struct text *text) {
  if (!take(cursor, '"')) return 0;
  const unsigned char *start = cursor->at;
  while (cursor->at < cursor->end) {
    switch (kind_of[*cursor->at]) {
      case 0: cursor->at++; break;
      case 1:
        if (*cursor->at == '\\') return take_escaped(cursor, start, text);
        *text = (struct text){(const char *)start, (size_t)(cursor->at - start)};
        cursor->at++;
        return 1;
      case 3: {
        size_t length = sequence(cursor->at, cursor->end);
        if (!length) return 0;
        cursor->at += length;
        break;
      }
      default: return 0;
    }
  }
  return 0;
}

static int is(struct text text, const char *word, size_t length) {
  return text.length == length && memcmp(text.start, word, length) == 0;
}
#define IS(text, word) is(text, word, sizeof word - 1)

/* 1 while there is one more member, 0 at the end, -1 where it is malformed. */
static int next_member(struct cursor *cursor, int *first, struct text *key) {
  if (take(cursor, '}')) return 0;
  if (!*first && !take(cursor, ',')) return -1;
  *first = 0;
  return take_string(cursor, key) && take(cursor, ':') ? 1 : -1;
}

static int once(struct cursor *cursor, struct text *member) { return !member->start && take_string(cursor, member); }

static int read_tag(struct cursor *cursor, struct request *request) {
  struct text key = {0}, value = {0}, member;
  int first = 1, more;
  if (request->tags == MOST_TAGS || !take(cursor, '{')) return 0;
  while ((more = next_member(cursor, &first, &member)) > 0) {
    if (IS(member, "key") ? !once(cursor, &key) : !IS(member, "value") || !once(cursor, &value)) return 0;
  }
  request->keys[request->tags] = key;
  request->values[request->tags++] = value;
  return more == 0 && key.start && value.start;
}

static int read_tags(struct cursor *cursor, struct request *request) {
  if (request->has_tags++ || !take(cursor, '[')) return 0;
  if (take(cursor, ']')) return 1;
  do {
    if (!read_tag(cursor, request)) return 0;
  } while (take(cursor, ','));
  return take(cursor, ']');
}

static int read_target(struct cursor *cursor, struct request *request) {
  struct text member;
  int first = 1, more;
  if (!take(cursor, '{')) return 0;
  while ((more = next_member(cursor, &first, &member)) > 0) {
    struct text *into = IS(member, "region") ? &request->region : IS(member, "account") ? &request->account : NULL;
    if (!into || !once(cursor, into)) return 0;
  }
  return more == 0;
}

static int read_member(struct cursor *cursor, struct request *request, struct text member) {
  if (IS(member, "sourceModelArn")) return once(cursor, &request->source);
  if (IS(member, "targetModelName")) return once(cursor, &request->name);
  if (IS(member, "modelKmsKeyId")) return once(cursor, &request->key);
  if (IS(member, "targetModelTags")) return read_tags(cursor, request);
  if (IS(member, "clientRequestToken")) return once(cursor, &request->token);
  return 0;
}

static int read_body(struct cursor *cursor, struct request *request) {
  struct text member;
  int first = 1, more;
  if (!take(cursor, '{')) return 0;
  while ((more = next_member(cursor, &first, &member)) > 0)
    if (!read_member(cursor, request, member)) return 0;
  return more == 0;
}

/* An envelope, or a bare request: the first member says which. */
static int read_root(struct cursor *cursor, struct request *request) {
  struct text member;
  int first = 1, more, targets = 0, requests = 0;
  if (!take(cursor, '{')) return 0;
  while ((more = next_member(cursor, &first, &member)) > 0) {
    if (IS(member, "target")) {
      if (targets++ || !read_target(cursor, request)) return 0;
    } else if (IS(member, "request")) {
      if (requests++ || !read_body(cursor, request)) return 0;
      request->enveloped = 1;
    } else if (targets || requests || !read_member(cursor, request, member)) {
      return 0;
    }
  }
  skip_space(cursor);
  return more == 0 && cursor->at == cursor->end && targets <= requests;
}

int read_request(struct request *request, const char *start, const char *end, char *arena) {
  if (!kind_of['"']) prepare();
  struct cursor cursor = {(const unsigned char *)start, (const unsigned char *)end, arena};
  request->source = request->name = request->key = request->token = (struct text){0};
  request->region = request->account = (struct text){0};
  request->enveloped = request->has_tags = 0;
  request->tags = 0;
  return read_root(&cursor, request);
}
