/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/oid.h"

#include "asn1/der.h"
#include "base/text.h"

#include "asn1/oid_index.inc"

/* More octets than any OID in use; bounds the work of writing arcs of many digits. */
enum { MAX_DOTTED_OCTETS = 512 };

struct row {
    const char *octets;
    size_t len;
    const char *name;
};

static const struct row rows[SG_NUM_OIDS] = {
#define OID(symbol, octets, name) [SG_OID_##symbol] = {octets, sizeof(octets) - 1, name},
#include "asn1/oids.def"
#undef OID
};

/* FNV-1a; oid_index.py computes the same. Nobody but us puts anything into the index. */
static uint32_t hash(struct signet_span octets)
{
    uint32_t value = 0x811c9dc5;
    for (size_t i = 0; i < octets.len; i++)
        value = (value ^ octets.ptr[i]) * 0x01000193;
    return value ^ value >> 15;
}

enum sg_oid sg_oid_find(struct signet_span octets)
{
    if (octets.len > OID_INDEX_MAX_LEN)
        return SG_OID_UNKNOWN;
    uint32_t slot = hash(octets) % OID_INDEX_NUM_SLOTS;
    while (oid_index[slot] != 0) {
        const struct row *row = &rows[oid_index[slot]];
        if (sg_span_equal(octets, sg_span(row->octets, row->len)))
            return (enum sg_oid)oid_index[slot];
        slot = (slot + 1) % OID_INDEX_NUM_SLOTS;
    }
    return SG_OID_UNKNOWN;
}

static const struct row *get_row(enum sg_oid oid)
{
    return &rows[(unsigned)oid < SG_NUM_OIDS ? oid : SG_OID_UNKNOWN];
}

struct signet_span sg_oid_octets(enum sg_oid oid)
{
    return sg_span(get_row(oid)->octets, get_row(oid)->len);
}

const char *sg_oid_name(enum sg_oid oid)
{
    return get_row(oid)->name;
}

/* A natural number of any size the octets of an OID can hold, in limbs of nine decimal digits,
 * least first. */
#define LIMB_BASE 1000000000u
enum { MAX_LIMBS = MAX_DOTTED_OCTETS * 7 / 29 + 1 };

struct decimal {
    uint32_t limbs[MAX_LIMBS];
    size_t num;
};

/* number = number * 128 + ADDEND */
static void shift_in(struct decimal *number, uint32_t addend)
{
    uint64_t carry = addend;
    for (size_t i = 0; i < number->num; i++) {
        carry += (uint64_t)number->limbs[i] * 128;
        number->limbs[i] = (uint32_t)(carry % LIMB_BASE);
        carry /= LIMB_BASE;
    }
    if (carry > 0)
        number->limbs[number->num++] = (uint32_t)carry;
}

/* NUMBER is at least AMOUNT, which is below LIMB_BASE. */
static void subtract(struct decimal *number, uint32_t amount)
{
    for (size_t i = 0; amount > 0; i++) {
        bool borrow = number->limbs[i] < amount;
        number->limbs[i] += (borrow ? LIMB_BASE : 0) - amount;
        amount = borrow;
    }
    while (number->num > 0 && number->limbs[number->num - 1] == 0)
        number->num--;
}

static void add_decimal(struct sg_buffer *buffer, const struct decimal *number)
{
    if (number->num == 0) {
        sg_buffer_add_byte(buffer, '0');
        return;
    }
    sg_buffer_printf(buffer, "%u", (unsigned)number->limbs[number->num - 1]);
    for (size_t i = number->num - 1; i > 0; i--)
        sg_buffer_printf(buffer, "%09u", (unsigned)number->limbs[i - 1]);
}

/* The first subidentifier holds the first two arcs: 40 * (0, 1 or 2) + the second (X.690 8.19.4).
 */
static void add_first_arcs(struct sg_buffer *buffer, struct decimal *number)
{
    uint32_t low = number->num == 0 ? 0 : number->limbs[0];
    uint32_t root = number->num > 1 || low >= 80 ? 2 : low / 40;
    subtract(number, root * 40);
    sg_buffer_printf(buffer, "%u.", (unsigned)root);
    add_decimal(buffer, number);
}

void sg_oid_add_dotted(struct sg_buffer *buffer, struct signet_span octets)
{
    if (octets.len > MAX_DOTTED_OCTETS) {
        sg_buffer_printf(buffer, "(OID of %zu octets)", octets.len);
        return;
    }
    if (!sg_oid_valid(octets)) {
        sg_buffer_add_text(buffer, "(invalid OID 0x");
        sg_text_add_hex(buffer, octets, 0);
        sg_buffer_add_byte(buffer, ')');
        return;
    }
    struct decimal number = {.num = 0};
    bool first = true;
    for (size_t i = 0; i < octets.len; i++) {
        shift_in(&number, octets.ptr[i] & 0x7f);
        if ((octets.ptr[i] & 0x80) != 0)
            continue;
        if (first) {
            add_first_arcs(buffer, &number);
        } else {
            sg_buffer_add_byte(buffer, '.');
            add_decimal(buffer, &number);
        }
        first = false;
        number.num = 0;
    }
}

/* A subidentifier being made, base 128, least digit first, in the caller's OUT. */
struct subidentifier {
    uint8_t *digits;
    size_t num, cap;
};

/* sub = sub * FACTOR + ADDEND; false when it outgrows its room. */
static bool scale(struct subidentifier *sub, unsigned factor, unsigned addend)
{
    unsigned carry = addend;
    for (size_t i = 0; i < sub->num; i++) {
        carry += sub->digits[i] * factor;
        sub->digits[i] = carry & 0x7f;
        carry >>= 7;
    }
    for (; carry > 0; carry >>= 7) {
        if (sub->num == sub->cap)
            return false;
        sub->digits[sub->num++] = carry & 0x7f;
    }
    return true;
}

/* Decimal digits without leading zeros. */
static bool read_arc(const char **text, struct subidentifier *sub)
{
    const char *start = *text;
    while (**text >= '0' && **text <= '9') {
        if (!scale(sub, 10, (unsigned)(*(*text)++ - '0')))
            return false;
    }
    return *text > start && (*start != '0' || *text == start + 1);
}

/* Turns the digits around and sets the continuation bits. */
static size_t finish(struct subidentifier *sub)
{
    if (sub->num == 0) {
        if (sub->cap == 0)
            return 0;
        sub->digits[sub->num++] = 0;
    }
    for (size_t i = 0; i < sub->num / 2; i++) {
        uint8_t digit = sub->digits[i];
        sub->digits[i] = sub->digits[sub->num - 1 - i];
        sub->digits[sub->num - 1 - i] = digit;
    }
    for (size_t i = 0; i + 1 < sub->num; i++)
        sub->digits[i] |= 0x80;
    return sub->num;
}

/* "0." to "2." and the second arc, which is below 40 unless the first is 2. */
static bool read_first_arcs(const char **text, struct subidentifier *sub)
{
    char root = **text;
    if (root < '0' || root > '2' || (*text)[1] != '.')
        return false;
    *text += 2;
    if (!read_arc(text, sub))
        return false;
    if (root != '2' && (sub->num > 1 || (sub->num == 1 && sub->digits[0] >= 40)))
        return false;
    return scale(sub, 1, (unsigned)(root - '0') * 40);
}

size_t sg_oid_from_dotted(const char *text, uint8_t *out, size_t cap)
{
    struct subidentifier sub = {out, 0, cap};
    if (!read_first_arcs(&text, &sub))
        return 0;
    size_t len = finish(&sub);
    while (len > 0 && *text != '\0') {
        if (*text++ != '.')
            return 0;
        sub = (struct subidentifier){out + len, 0, cap - len};
        size_t arc_len = read_arc(&text, &sub) ? finish(&sub) : 0;
        if (arc_len == 0)
            return 0;
        len += arc_len;
    }
    return len;
}
