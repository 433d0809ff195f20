/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether octets are one JSON value (RFC 8259) and a line end, in UTF-8: for what signet writes,
 * whatever it was given.
 */
#ifndef SIGNET_FUZZ_JSON_CHECK_H
#define SIGNET_FUZZ_JSON_CHECK_H

#include <signet/base.h>

#include <string.h>

enum { JSON_MAX_DEPTH = 4096 };

struct json_check {
    const uint8_t *at, *end;
    char closers[JSON_MAX_DEPTH];
    size_t depth;
};

static inline bool json_take(struct json_check *json, char c)
{
    if (json->at == json->end || *json->at != (uint8_t)c)
        return false;
    json->at++;
    return true;
}

static inline bool json_word(struct json_check *json, const char *word)
{
    while (*word != '\0') {
        if (!json_take(json, *word++))
            return false;
    }
    return true;
}

static inline bool json_digits(struct json_check *json)
{
    const uint8_t *begin = json->at;
    while (json->at != json->end && *json->at >= '0' && *json->at <= '9')
        json->at++;
    return json->at != begin;
}

/* Whole numbers only: we write no others. */
static inline bool json_number(struct json_check *json)
{
    (void)json_take(json, '-');
    const uint8_t *begin = json->at;
    return json_digits(json) && (*begin != '0' || json->at - begin == 1);
}

static inline bool json_escape(struct json_check *json)
{
    if (json->at == json->end)
        return false;
    uint8_t c = *json->at++;
    if (c != 'u')
        return strchr("\"\\/bfnrt", c) != NULL && c != '\0';
    for (int i = 0; i < 4; i++, json->at++) {
        if (json->at == json->end || *json->at == '\0' ||
            strchr("0123456789abcdefABCDEF", *json->at) == NULL)
            return false;
    }
    return true;
}

/* Strict UTF-8: no overlong forms, no surrogates. */
static inline bool json_character(struct json_check *json)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    uint8_t lead = *json->at++;
    if (lead < 0x80)
        return lead >= 0x20;
    size_t len = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 0;
    if (len == 0 || lead > 0xf4)
        return false;
    uint32_t code = lead & (0x7fu >> len);
    for (size_t i = 1; i < len; i++) {
        if (json->at == json->end || (*json->at & 0xc0) != 0x80)
            return false;
        code = code << 6 | (*json->at++ & 0x3fu);
    }
    return code >= least[len] && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
}

static inline bool json_string(struct json_check *json)
{
    if (!json_take(json, '"'))
        return false;
    while (json->at != json->end && *json->at != '"') {
        if (json_take(json, '\\') ? !json_escape(json) : !json_character(json))
            return false;
    }
    return json_take(json, '"');
}

static inline bool json_key(struct json_check *json)
{
    bool in_object = json->depth > 0 && json->closers[json->depth - 1] == '}';
    return !in_object || (json_string(json) && json_take(json, ':'));
}

/* Closes what ends here. False: a value must follow. */
static inline bool json_close(struct json_check *json)
{
    while (json->depth > 0 && json_take(json, json->closers[json->depth - 1]))
        json->depth--;
    return json->depth == 0;
}

static inline bool json_open(struct json_check *json, char closer)
{
    json->at++;
    if (json->depth == JSON_MAX_DEPTH)
        return false;
    json->closers[json->depth++] = closer;
    return true;
}

static inline bool json_scalar(struct json_check *json)
{
    if (json->at == json->end)
        return false;
    if (*json->at == '"')
        return json_string(json);
    if (*json->at == 't')
        return json_word(json, "true");
    if (*json->at == 'f')
        return json_word(json, "false");
    if (*json->at == 'n')
        return json_word(json, "null");
    return json_number(json);
}

/* TEXT is one value and a line end, with no blanks between its parts: as signet writes it. */
static inline bool json_is_valid(struct signet_span text)
{
    struct json_check json = {.at = text.ptr, .end = text.ptr + text.len};
    bool opened = false, done = false;
    while (!done) {
        if (!json_key(&json) || json.at == json.end)
            return false;
        opened = *json.at == '{' || *json.at == '[';
        if (opened ? !json_open(&json, *json.at == '{' ? '}' : ']') : !json_scalar(&json))
            return false;
        size_t depth = json.depth;
        done = json_close(&json);
        /* A comma stands between values, and not behind an opening bracket. */
        if (!done && !(opened && json.depth == depth) && !json_take(&json, ','))
            return false;
    }
    return json_take(&json, '\n') && json.at == json.end;
}

#endif
