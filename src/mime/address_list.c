/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/address_list.h"

#include "mime/header.h"
#include "mime/lexer.h"

struct reader {
    struct sg_lexer lexer;
    struct sg_arena *arena;
    struct sg_address *items;
    size_t num;
    size_t cap;
    size_t max;
    bool in_group;
};

/* An addr-spec while it is put together from its pieces. */
struct addr_spec {
    uint8_t text[SG_MAILBOX_MAX_LEN];
    size_t len;
    bool too_long;
};

static void add_piece(struct addr_spec *spec, struct signet_span piece)
{
    if (piece.len > sizeof(spec->text) - spec->len) {
        spec->too_long = true;
        return;
    }
    memcpy(spec->text + spec->len, piece.ptr, piece.len);
    spec->len += piece.len;
}

/* QUOTED stands between quotes in the value. */
static void add_quoted(struct addr_spec *spec, struct signet_span quoted)
{
    add_piece(spec, sg_span_text("\""));
    add_piece(spec, quoted);
    add_piece(spec, sg_span_text("\""));
}

/* atom *("." atom), with CFWS between them (RFC 5322 4.4). False when it is not there. */
static bool read_dotted(struct sg_lexer *lexer, struct addr_spec *spec)
{
    for (;;) {
        sg_lexer_skip_cfws(lexer);
        struct signet_span atom = sg_lexer_run(lexer, sg_mailbox_is_atext);
        if (atom.len == 0)
            return false;
        add_piece(spec, atom);
        sg_lexer_skip_cfws(lexer);
        if (!sg_lexer_take(lexer, '.'))
            return true;
        add_piece(spec, sg_span_text("."));
    }
}

static bool is_literal_text(uint8_t byte)
{
    return byte > ' ' && byte < 0x7f && byte != '[' && byte != ']' && byte != '\\';
}

static bool read_domain(struct sg_lexer *lexer, struct addr_spec *spec)
{
    sg_lexer_skip_cfws(lexer);
    if (!sg_lexer_take(lexer, '['))
        return read_dotted(lexer, spec);
    add_piece(spec, sg_span_text("["));
    add_piece(spec, sg_lexer_run(lexer, is_literal_text));
    add_piece(spec, sg_span_text("]"));
    return sg_lexer_take(lexer, ']');
}

static bool read_local(struct sg_lexer *lexer, struct addr_spec *spec)
{
    sg_lexer_skip_cfws(lexer);
    if (!sg_lexer_sees(lexer, '"'))
        return read_dotted(lexer, spec);
    add_quoted(spec, sg_lexer_quoted(lexer));
    sg_lexer_skip_cfws(lexer);
    return true;
}

/* "=?" in a local part is an encoded word where none may be (RFC 2047 5): a reader that decodes
 * before it parses sees another address. */
static bool has_encoded_word(struct signet_span text)
{
    const uint8_t *mark = text.len > 0 ? memchr(text.ptr, '?', text.len) : NULL;
    while (mark != NULL) {
        if (mark > text.ptr && mark[-1] == '=')
            return true;
        mark = memchr(mark + 1, '?', (size_t)(text.ptr + text.len - mark - 1));
    }
    return false;
}

/* What went wrong is told by the arena where it was memory. */
static bool read_addr_spec(struct reader *reader, struct sg_address *out)
{
    struct addr_spec spec = {.len = 0};
    struct sg_lexer *lexer = &reader->lexer;
    if (!read_local(lexer, &spec) || !sg_lexer_take(lexer, '@'))
        return false;
    add_piece(&spec, sg_span_text("@"));
    if (!read_domain(lexer, &spec) || spec.too_long)
        return false;
    if (has_encoded_word(sg_span(spec.text, spec.len)))
        return false;
    out->text = sg_arena_copy(reader->arena, sg_span(spec.text, spec.len));
    return out->text.ptr != NULL && sg_mailbox_parse(out->text, reader->arena, &out->mailbox);
}

/* "@relay,@relay:" (RFC 5322 4.4 obs-route): where mail should have gone, no part of the address.
 */
static bool skip_route(struct sg_lexer *lexer)
{
    sg_lexer_skip_cfws(lexer);
    if (!sg_lexer_sees(lexer, '@') && !sg_lexer_sees(lexer, ','))
        return true;
    while (!sg_lexer_take(lexer, ':')) {
        struct addr_spec relay = {.len = 0};
        if (sg_lexer_take(lexer, '@') ? !read_domain(lexer, &relay) : !sg_lexer_take(lexer, ','))
            return false;
        sg_lexer_skip_cfws(lexer);
    }
    return true;
}

static bool read_angle_addr(struct reader *reader, struct sg_address *out)
{
    struct sg_lexer *lexer = &reader->lexer;
    sg_lexer_advance(lexer, 1);
    if (!skip_route(lexer) || !read_addr_spec(reader, out))
        return false;
    sg_lexer_skip_cfws(lexer);
    return sg_lexer_take(lexer, '>');
}

/* Words and dots (RFC 5322 obs-phrase). Returns how many words there were. */
static size_t skip_phrase(struct sg_lexer *lexer)
{
    for (size_t num_words = 0;;) {
        sg_lexer_skip_cfws(lexer);
        if (sg_lexer_sees(lexer, '"')) {
            sg_lexer_quoted(lexer);
            num_words++;
        } else if (sg_lexer_run(lexer, sg_mailbox_is_atext).len > 0) {
            num_words++;
        } else if (!sg_lexer_take(lexer, '.')) {
            return num_words;
        }
    }
}

/* Nothing may follow an address but the next one, the group's end or the end. */
static bool at_separator(struct reader *reader)
{
    struct sg_lexer *lexer = &reader->lexer;
    sg_lexer_skip_cfws(lexer);
    return sg_lexer_at_end(lexer) || sg_lexer_sees(lexer, ',') ||
           (reader->in_group && sg_lexer_sees(lexer, ';'));
}

/* Puts ADDRESS into the list. */
static bool add_address(struct reader *reader, const struct sg_address *address)
{
    void *items = reader->items;
    if (reader->num == reader->max ||
        !sg_arena_grow(reader->arena, &items, &reader->cap, reader->num, sizeof(*address)))
        return false;
    reader->items = items;
    reader->items[reader->num++] = *address;
    return true;
}

/* A mailbox or the beginning of a group. */
static bool read_element(struct reader *reader)
{
    struct sg_lexer *lexer = &reader->lexer;
    struct sg_lexer start = *lexer;
    struct sg_address address = {0};
    size_t num_words = skip_phrase(lexer);
    if (sg_lexer_sees(lexer, ':')) {
        bool opens = num_words > 0 && !reader->in_group;
        reader->in_group = true;
        sg_lexer_advance(lexer, 1);
        return opens;
    }
    if (sg_lexer_sees(lexer, '<')) {
        size_t phrase_len = start.rest.len - lexer->rest.len;
        if (num_words > 0)
            address.display = sg_span_trim(sg_span_first(start.rest, phrase_len));
        if (!read_angle_addr(reader, &address))
            return false;
    } else {
        *lexer = start;
        if (!read_addr_spec(reader, &address))
            return false;
    }
    return at_separator(reader) && add_address(reader, &address);
}

/* The whole list; false where it stops to be one. */
static bool read_list(struct reader *reader)
{
    struct sg_lexer *lexer = &reader->lexer;
    bool any = false;
    for (;;) {
        sg_lexer_skip_cfws(lexer);
        if (sg_lexer_at_end(lexer))
            return any && !reader->in_group && !lexer->malformed;
        if (sg_lexer_take(lexer, ','))
            continue;
        any = true;
        if (reader->in_group && sg_lexer_take(lexer, ';')) {
            reader->in_group = false;
            if (!at_separator(reader))
                return false;
        } else if (!read_element(reader)) {
            return false;
        }
    }
}

bool sg_address_list_parse(struct signet_span value, struct sg_arena *arena,
                           struct sg_address_list *out)
{
    return sg_address_list_parse_up_to(value, SG_ADDRESS_LIST_MAX, arena, out);
}

bool sg_address_list_parse_up_to(struct signet_span value, size_t max, struct sg_arena *arena,
                                 struct sg_address_list *out)
{
    *out = (struct sg_address_list){.malformed = true};
    if (value.len > SG_HEADER_MAX_LEN)
        return true;
    struct signet_span text = sg_header_unfold(value, arena);
    if (text.ptr == NULL)
        return !arena->failed;
    if (sg_lexer_has_control(text))
        return true;

    struct reader reader = {.lexer.rest = text, .arena = arena, .max = max};
    bool well_formed = read_list(&reader);
    *out = (struct sg_address_list){reader.items, reader.num, !well_formed};
    return !arena->failed;
}
