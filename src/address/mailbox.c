/* SPDX-License-Identifier: Apache-2.0 */
#include "address/mailbox.h"

#include "base/text.h"

bool sg_mailbox_is_atext(uint8_t byte)
{
    /* A bit for each octet: letters, digits, !#$%&'*+-/=?^_`{|}~, and all of UTF-8. */
    static const uint64_t atext[] = {UINT64_C(0xa3ffacfa00000000), UINT64_C(0x7fffffffc7fffffe),
                                     UINT64_MAX, UINT64_MAX};
    return (atext[byte / 64] >> byte % 64 & 1) != 0;
}

/* C0, DEL and C1 (which UTF-8 writes as C2 80 to C2 9F). */
static bool has_control(struct signet_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t byte = text.ptr[i];
        if (byte < 0x20 || byte == 0x7f)
            return true;
        if (byte == 0xc2 && i + 1 < text.len && text.ptr[i + 1] < 0xa0)
            return true;
    }
    return false;
}

/* The length of the dot-atom that TEXT starts with, 0 when there is none. */
static size_t dot_atom_len(struct signet_span text)
{
    size_t len = 0;
    bool after_dot = true;
    for (; len < text.len; len++) {
        bool dot = text.ptr[len] == '.';
        if (dot && after_dot)
            return 0;
        if (!dot && !sg_mailbox_is_atext(text.ptr[len]))
            break;
        after_dot = dot;
    }
    return after_dot ? 0 : len;
}

/* The length of the quoted-string that TEXT starts with, quotes included; 0 when there is none. */
static size_t quoted_len(struct signet_span text)
{
    for (size_t i = 1; i < text.len; i++) {
        if (text.ptr[i] == '"')
            return i + 1;
        if (text.ptr[i] == '\\')
            i++;
    }
    return 0;
}

/* INSIDE is what stands between the quotes. */
static bool unquote(struct signet_span inside, struct sg_arena *arena, struct signet_span *out)
{
    if (inside.len == 0)
        return false;
    *out = inside;
    if (memchr(inside.ptr, '\\', inside.len) == NULL)
        return true;

    uint8_t *text = sg_arena_alloc(arena, inside.len);
    if (text == NULL)
        return false;
    size_t len = 0;
    for (size_t i = 0; i < inside.len; i++) {
        if (inside.ptr[i] == '\\')
            i++;
        text[len++] = inside.ptr[i];
    }
    *out = sg_span(text, len);
    return true;
}

static bool is_literal(struct signet_span domain)
{
    if (domain.len < 3 || domain.ptr[0] != '[' || domain.ptr[domain.len - 1] != ']')
        return false;
    for (size_t i = 1; i + 1 < domain.len; i++) {
        uint8_t byte = domain.ptr[i];
        if (byte <= ' ' || byte > '~' || byte == '[' || byte == ']' || byte == '\\')
            return false;
    }
    return true;
}

/* Labels of which some are not ASCII. IDNA says later whether they are names. */
static bool is_utf8_host(struct signet_span domain)
{
    if (dot_atom_len(domain) != domain.len)
        return false;
    for (size_t i = 0; i < domain.len; i++) {
        uint8_t byte = domain.ptr[i];
        if (byte < 0x80 && byte != '.' && !sg_host_is_label_octet(byte))
            return false;
    }
    return true;
}

static bool parse_local(struct signet_span text, size_t *len, struct sg_arena *arena,
                        struct signet_span *local)
{
    if (text.ptr[0] != '"') {
        *len = dot_atom_len(text);
        *local = sg_span_first(text, *len);
        return *len > 0;
    }
    *len = quoted_len(text);
    return *len > 0 && unquote(sg_span(text.ptr + 1, *len - 2), arena, local);
}

static bool parse_domain(struct signet_span domain, struct sg_arena *arena, struct sg_mailbox *out)
{
    out->domain = domain;
    out->host = domain;
    out->literal = is_literal(domain);
    if (out->literal || sg_host_valid_ascii(domain))
        return true;
    return !sg_text_is_ascii(domain) && is_utf8_host(domain) &&
           sg_host_canonical(domain, arena, &out->host);
}

/*
 * Addresses such as nearly all are: a dot-atom and a host name, both in ASCII. Looks at each octet
 * once; false also for what the grammar in full may still take.
 */
static bool parse_plain(struct signet_span text, struct sg_mailbox *out)
{
    const uint8_t *at = memchr(text.ptr, '@', text.len);
    struct signet_span local = sg_span_first(text, at == NULL ? 0 : (size_t)(at - text.ptr));
    struct signet_span domain = sg_span_from(text, local.len + 1);
    uint8_t last = '.', all = 0;
    for (size_t i = 0; i < local.len; i++) {
        uint8_t byte = local.ptr[i];
        if (!sg_mailbox_is_atext(byte) && (byte != '.' || last == '.'))
            return false;
        all |= byte;
        last = byte;
    }
    if (last == '.' || all >= 0x80 || !sg_host_valid_ascii(domain))
        return false;
    *out = (struct sg_mailbox){.local = local, .domain = domain, .host = domain};
    return true;
}

bool sg_mailbox_parse(struct signet_span text, struct sg_arena *arena, struct sg_mailbox *out)
{
    if (text.len == 0 || text.len > SG_MAILBOX_MAX_LEN)
        return false;
    if (parse_plain(text, out))
        return true;
    if (has_control(text) || !sg_utf8_valid(text))
        return false;

    struct sg_mailbox mailbox = {0};
    size_t local_len;
    if (!parse_local(text, &local_len, arena, &mailbox.local))
        return false;
    if (local_len == text.len || text.ptr[local_len] != '@')
        return false;
    if (!parse_domain(sg_span_from(text, local_len + 1), arena, &mailbox))
        return false;
    *out = mailbox;
    return true;
}

bool sg_mailbox_equal(const struct sg_mailbox *a, const struct sg_mailbox *b, bool exact)
{
    if (a->literal != b->literal || !sg_host_canonical_equal(a->host, b->host))
        return false;
    if (!exact && sg_text_is_ascii(a->local) && sg_text_is_ascii(b->local))
        return sg_span_equal_ascii_case(a->local, b->local);
    return sg_span_equal(a->local, b->local);
}
