/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Three walks through the same element: is there anything to change; how long does each constructed
 * element become; write. Lengths must be known before they are written, and the walks keep no tree.
 */
#include "asn1/ber_walk.h"

/* Universal types whose constructed form is a string in segments: BIT STRING, OCTET STRING,
 * ObjectDescriptor, the character strings and the times (X.690 8.6, 8.7, 8.23, 8.25, 8.26). */
#define STRING_TYPES (1u << 3 | 1u << 4 | 1u << 7 | 1u << 12 | 0x7ffu << 18 | 1u << 30)

struct normaliser {
    struct sg_ber_walk walk;
    struct {
        unsigned depth; /* number of elements open when the string is the innermost; 0: in none */
        uint32_t tag;   /* of the primitive form */
        bool ended;     /* a BIT STRING's segment had unused bits, so it was the last */
    } string;           /* the constructed string that the walk is in */

    size_t *lens; /* content octets: [0] of everything, then of each constructed element in order */
    size_t num;   /* of lens passed so far */
    struct {
        size_t len; /* index into lens */
        size_t tag_len;
    } open[SG_BER_MAX_DEPTH + 1];

    uint8_t *out;    /* next octet to write */
    uint8_t *unused; /* where the string's unused-bits octet is written */
};

static void begin(struct normaliser *n, struct signet_span element)
{
    sg_ber_walk_begin(&n->walk, element, SG_BER_MAX_DEPTH, false);
    n->string.depth = 0;
    n->num = 1;
    n->open[0].len = 0;
}

static bool is_constructed_string(uint32_t tag)
{
    return tag < 0x40 && sg_tag_is_constructed(tag) && (STRING_TYPES >> (tag & 0x1f) & 1) != 0;
}

/* True when EVENT concerns a segment of a constructed string, and not an element as a whole. */
static bool follow_string(struct normaliser *n, enum sg_ber_event event)
{
    uint32_t tag = n->walk.header.tag;
    if (n->string.depth == 0) {
        if (event == SG_BER_OPEN && is_constructed_string(tag)) {
            n->string.depth = n->walk.depth;
            n->string.tag = tag & ~SG_TAG_CONSTRUCTED;
            n->string.ended = false;
        }
        return false;
    }
    if (event != SG_BER_CLOSE || n->walk.depth >= n->string.depth)
        return true;
    n->string.depth = 0;
    return false;
}

static bool is_bit_string(const struct normaliser *n)
{
    return n->string.depth > 0 && n->string.tag == SG_TAG_BIT_STRING;
}

/* Octets that the minimal definite length of LEN takes. */
static size_t length_len(size_t len)
{
    size_t num = 1;
    if (len < 0x80)
        return num;
    for (; len > 0; len >>= 8)
        num++;
    return num;
}

/* Counts constructed elements in *NUM; *CHANGED tells whether one element is not in DER's form. */
static enum sg_ber_event survey(struct sg_ber_walk *walk, size_t *num, bool *changed)
{
    size_t num_outer = 0;
    for (;;) {
        enum sg_ber_event event = sg_ber_walk_next(walk);
        if (event == SG_BER_FAILED)
            return event;
        if (event == SG_BER_END)
            return num_outer == 1 ? event : sg_ber_walk_fail(walk, walk->ptr, "an element");
        if (event == SG_BER_CLOSE)
            continue;
        if (walk->depth == (event == SG_BER_OPEN) && ++num_outer > 1)
            return sg_ber_walk_fail(walk, walk->start, "the end");
        *num += event == SG_BER_OPEN;
        *changed |= !walk->header.minimal || is_constructed_string(walk->header.tag);
    }
}

/* X.690 8.6.4: segments are BIT STRINGs, and only the last may have unused bits. */
static bool check_bits(struct normaliser *n)
{
    struct signet_span value = n->walk.value;
    if (n->string.ended || value.len == 0 || value.ptr[0] > 7)
        return false;
    n->string.ended = value.ptr[0] != 0;
    return true;
}

static enum sg_ber_event measure_segment(struct normaliser *n, enum sg_ber_event event)
{
    if (event == SG_BER_CLOSE)
        return event;
    uint32_t wanted = is_bit_string(n) ? SG_TAG_BIT_STRING : SG_TAG_OCTET_STRING;
    if ((n->walk.header.tag & ~SG_TAG_CONSTRUCTED) != wanted)
        return sg_ber_walk_fail(&n->walk, n->walk.start, "a segment of the string");
    if (event == SG_BER_OPEN)
        return event;
    if (is_bit_string(n) && !check_bits(n))
        return sg_ber_walk_fail(&n->walk, n->walk.start, "a segment of whole octets");
    n->lens[n->open[n->string.depth].len] += n->walk.value.len - is_bit_string(n);
    return event;
}

/* No overflow: lengths only become minimal, so that what is written outgrows what was read by less
 * than one octet in a hundred. */
static void measure_whole(struct normaliser *n, enum sg_ber_event event)
{
    unsigned depth = n->walk.depth;
    size_t len = n->walk.value.len, tag_len = n->walk.header.tag_len;
    if (event == SG_BER_OPEN) {
        n->open[depth].len = n->num;
        n->open[depth].tag_len = tag_len;
        n->lens[n->num++] = is_bit_string(n) ? 1 : 0; /* the unused-bits octet */
        return;
    }
    if (event == SG_BER_CLOSE) {
        len = n->lens[n->open[depth + 1].len];
        tag_len = n->open[depth + 1].tag_len;
    }
    n->lens[n->open[depth].len] += tag_len + length_len(len) + len;
}

static enum sg_ber_event measure(struct normaliser *n)
{
    enum sg_ber_event event;
    do {
        event = sg_ber_walk_next(&n->walk);
        if (event == SG_BER_FAILED || event == SG_BER_END)
            return event;
        if (follow_string(n, event))
            event = measure_segment(n, event);
        else
            measure_whole(n, event);
    } while (event != SG_BER_FAILED);
    return event;
}

static void write_octets(struct normaliser *n, const uint8_t *octets, size_t len)
{
    if (len > 0)
        memcpy(n->out, octets, len);
    n->out += len;
}

static void write_header(struct normaliser *n, size_t len)
{
    uint8_t *identifier = n->out;
    write_octets(n, n->walk.start, n->walk.header.tag_len);
    if (is_constructed_string(n->walk.header.tag))
        *identifier &= (uint8_t)~SG_TAG_CONSTRUCTED;

    size_t num = length_len(len) - 1;
    *n->out++ = (uint8_t)(num > 0 ? 0x80 | num : len);
    for (size_t i = num; i > 0; i--)
        *n->out++ = (uint8_t)(len >> (8 * (i - 1)));
}

static void write_segment(struct normaliser *n, enum sg_ber_event event)
{
    struct signet_span value = n->walk.value;
    if (event != SG_BER_LEAF)
        return;
    if (is_bit_string(n)) {
        *n->unused = value.ptr[0];
        value = sg_span_from(value, 1);
    }
    write_octets(n, value.ptr, value.len);
}

static void write_whole(struct normaliser *n, enum sg_ber_event event)
{
    if (event == SG_BER_LEAF) {
        write_header(n, n->walk.value.len);
        write_octets(n, n->walk.value.ptr, n->walk.value.len);
    }
    if (event == SG_BER_OPEN) {
        write_header(n, n->lens[n->num++]);
        if (is_bit_string(n)) {
            n->unused = n->out;
            *n->out++ = 0;
        }
    }
}

static void write_all(struct normaliser *n)
{
    enum sg_ber_event event = sg_ber_walk_next(&n->walk);
    while (event != SG_BER_FAILED && event != SG_BER_END) {
        if (follow_string(n, event))
            write_segment(n, event);
        else
            write_whole(n, event);
        event = sg_ber_walk_next(&n->walk);
    }
}

bool sg_ber_normalise(struct signet_span element, struct sg_arena *arena, struct signet_span *out,
                      struct signet_parse_error *error)
{
    struct sg_der at = sg_der_begin(element, error);
    struct signet_span octets = sg_span(at.ptr, element.len);
    struct normaliser n = {.num = 0};
    size_t num = 1;
    bool changed = false;

    begin(&n, octets);
    if (survey(&n.walk, &num, &changed) == SG_BER_FAILED)
        return sg_der_fail_at(&at, n.walk.at, n.walk.expected);
    *out = element;
    if (!changed)
        return true;

    begin(&n, octets);
    n.lens = sg_arena_array(arena, num, sizeof(*n.lens));
    if (n.lens == NULL)
        return false;
    if (measure(&n) == SG_BER_FAILED)
        return sg_der_fail_at(&at, n.walk.at, n.walk.expected);

    n.out = sg_arena_alloc(arena, n.lens[0]);
    if (n.out == NULL)
        return false;
    *out = sg_span(n.out, n.lens[0]);
    begin(&n, octets);
    write_all(&n);
    return true;
}
