/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/lexer.h"

struct signet_span sg_lexer_advance(struct sg_lexer *lexer, size_t len)
{
    struct signet_span passed = sg_span_first(lexer->rest, len);
    lexer->rest = sg_span_from(lexer->rest, len);
    return passed;
}

bool sg_lexer_take(struct sg_lexer *lexer, char byte)
{
    if (!sg_lexer_sees(lexer, byte))
        return false;
    sg_lexer_advance(lexer, 1);
    return true;
}

/* The comment at the start of TEXT, parentheses included; all of TEXT when it never ends. Counted,
 * not recursed into: a million open parentheses cost a million octets, nothing else. */
static size_t comment_len(struct signet_span text, bool *unterminated)
{
    size_t depth = 0;
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = text.ptr[i];
        if (byte == '\\') {
            i++;
        } else if (byte == '(') {
            depth++;
        } else if (byte == ')' && --depth == 0) {
            return i + 1;
        }
    }
    *unterminated = true;
    return text.len;
}

void sg_lexer_skip_cfws(struct sg_lexer *lexer)
{
    for (;;) {
        while (sg_lexer_take(lexer, ' ') || sg_lexer_take(lexer, '\t'))
            continue;
        if (!sg_lexer_sees(lexer, '('))
            return;
        sg_lexer_advance(lexer, comment_len(lexer->rest, &lexer->malformed));
    }
}

struct signet_span sg_lexer_run(struct sg_lexer *lexer, bool (*is_member)(uint8_t))
{
    size_t len = 0;
    while (len < lexer->rest.len && is_member(lexer->rest.ptr[len]))
        len++;
    return sg_lexer_advance(lexer, len);
}

struct signet_span sg_lexer_quoted(struct sg_lexer *lexer)
{
    sg_lexer_advance(lexer, 1);
    for (size_t i = 0; i < lexer->rest.len; i++) {
        if (lexer->rest.ptr[i] == '"') {
            struct signet_span inside = sg_lexer_advance(lexer, i);
            sg_lexer_advance(lexer, 1);
            return inside;
        }
        if (lexer->rest.ptr[i] == '\\')
            i++;
    }
    lexer->malformed = true;
    return sg_lexer_advance(lexer, lexer->rest.len);
}

struct signet_span sg_lexer_unquote(struct signet_span inside, struct sg_arena *arena)
{
    if (inside.len == 0 || memchr(inside.ptr, '\\', inside.len) == NULL)
        return inside;
    uint8_t *text = sg_arena_alloc(arena, inside.len);
    if (text == NULL)
        return (struct signet_span){NULL, 0};
    size_t len = 0;
    for (size_t i = 0; i < inside.len; i++) {
        if (inside.ptr[i] == '\\' && i + 1 < inside.len)
            i++;
        text[len++] = inside.ptr[i];
    }
    return sg_span(text, len);
}

bool sg_lexer_has_control(struct signet_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if ((text.ptr[i] < 0x20 && text.ptr[i] != '\t') || text.ptr[i] == 0x7f)
            return true;
    }
    return false;
}
