/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A strict DER cursor (X.690 section 10): minimal lengths, definite form, nothing tolerated.
 * Getters return false without advancing and latch the first failure {offset, expected} in a shared
 * error, so a parser is a straight && chain that still reports where and why. Every parser ends
 * with sg_der_end().
 */
#ifndef SG_ASN1_DER_H
#define SG_ASN1_DER_H

#include "base/span.h"
#include "signet/base.h"

/*
 * A tag is its identifier octet as it stands in the encoding (class, constructed bit, number).
 * Numbers over 30 (high-tag-number form) are 0x10000 * identifier octet + number; nothing we know
 * uses them.
 */
enum sg_tag {
    SG_TAG_BOOLEAN = 0x01,
    SG_TAG_INTEGER = 0x02,
    SG_TAG_BIT_STRING = 0x03,
    SG_TAG_OCTET_STRING = 0x04,
    SG_TAG_NULL = 0x05,
    SG_TAG_OID = 0x06,
    SG_TAG_ENUMERATED = 0x0a,
    SG_TAG_UTF8_STRING = 0x0c,
    SG_TAG_NUMERIC_STRING = 0x12,
    SG_TAG_PRINTABLE_STRING = 0x13,
    SG_TAG_TELETEX_STRING = 0x14,
    SG_TAG_IA5_STRING = 0x16,
    SG_TAG_UTC_TIME = 0x17,
    SG_TAG_GENERALIZED_TIME = 0x18,
    SG_TAG_VISIBLE_STRING = 0x1a,
    SG_TAG_UNIVERSAL_STRING = 0x1c,
    SG_TAG_BMP_STRING = 0x1e,
    SG_TAG_SEQUENCE = 0x30,
    SG_TAG_SET = 0x31
};
#define SG_TAG_CONTEXT(n)      (0x80u | (n)) /* [n] IMPLICIT, primitive */
#define SG_TAG_CONTEXT_CONS(n) (0xa0u | (n)) /* [n] EXPLICIT, or IMPLICIT of a constructed type */

struct sg_der {
    const uint8_t *ptr; /* next octet */
    const uint8_t *end;
    const uint8_t *origin; /* offsets in errors count from here */
    struct signet_parse_error *error;
};

struct sg_tlv {
    uint32_t tag;
    struct signet_span full;  /* identifier, length and content octets */
    struct signet_span value; /* content octets */
};

/* A cursor over BYTES; offsets count from its first byte. ERROR must outlive the cursor. */
struct sg_der sg_der_begin(struct signet_span bytes, struct signet_parse_error *error);

/* A cursor over BYTES that lie within PARENT's input: same origin, same error. */
struct sg_der sg_der_within(const struct sg_der *parent, struct signet_span bytes);

/* Latches EXPECTED at the current octet unless a failure is latched already. Always returns false.
 */
bool sg_der_fail(struct sg_der *der, const char *expected);
/* The same at octet AT, which lies in this cursor's input. */
bool sg_der_fail_at(struct sg_der *der, const uint8_t *at, const char *expected);

/* True at the end of the input. */
static inline bool sg_der_done(const struct sg_der *der)
{
    return der->ptr == der->end;
}
/* True when the next element has this tag, of any number. Does not fail. */
bool sg_der_next_is_any(const struct sg_der *der, uint32_t tag);
/* The same in fewer steps for tags of one octet, which all are that we know. */
static inline bool sg_der_next_is(const struct sg_der *der, uint32_t tag)
{
    if (tag > 0xff)
        return sg_der_next_is_any(der, tag);
    return der->ptr < der->end && *der->ptr == tag && (tag & 0x1f) != 0x1f;
}

/* Fails unless everything has been read. */
SIGNET_MUST_CHECK bool sg_der_end(struct sg_der *der);

/* Any one element. */
SIGNET_MUST_CHECK bool sg_der_any(struct sg_der *der, struct sg_tlv *out);
/* One element of TAG: its content octets. EXPECTED names it in the error, e.g. "serialNumber
 * INTEGER". */
SIGNET_MUST_CHECK bool sg_der_value(struct sg_der *der, uint32_t tag, struct signet_span *out,
                                    const char *expected);
/* One element of TAG: all its octets. */
SIGNET_MUST_CHECK bool sg_der_full(struct sg_der *der, uint32_t tag, struct signet_span *out,
                                   const char *expected);
/* One constructed element of TAG: a cursor over its content. INNER may be DER itself. */
SIGNET_MUST_CHECK bool sg_der_enter(struct sg_der *der, uint32_t tag, struct sg_der *inner,
                                    const char *expected);
/* Both: FULL all its octets, INNER a cursor over its content. */
SIGNET_MUST_CHECK bool sg_der_element(struct sg_der *der, uint32_t tag, struct signet_span *full,
                                      struct sg_der *inner, const char *expected);

/* OUT is {NULL,0} when the next element has another tag, or there is none: that is no failure. */
SIGNET_MUST_CHECK bool sg_der_optional(struct sg_der *der, uint32_t tag, struct signet_span *out);

/* Content octets of an INTEGER: at least one, minimal (X.690 8.3.2), sign kept. */
SIGNET_MUST_CHECK bool sg_der_integer(struct sg_der *der, struct signet_span *out,
                                      const char *expected);
/* An INTEGER that fits, not negative. */
SIGNET_MUST_CHECK bool sg_der_uint32(struct sg_der *der, uint32_t *out, const char *expected);
/* A BOOLEAN of TAG (usually SG_TAG_BOOLEAN), content 00 or FF only. */
SIGNET_MUST_CHECK bool sg_der_boolean(struct sg_der *der, uint32_t tag, bool *out);
/* Content octets of a well-formed OBJECT IDENTIFIER. */
SIGNET_MUST_CHECK bool sg_der_oid(struct sg_der *der, struct signet_span *out,
                                  const char *expected);
/* A BIT STRING of TAG: octets after the unused-bits octet, and the number of unused bits (0 to 7,
 * and those bits zero, X.690 11.2.1). */
SIGNET_MUST_CHECK bool sg_der_bit_string(struct sg_der *der, uint32_t tag, struct signet_span *out,
                                         unsigned *unused, const char *expected);
SIGNET_MUST_CHECK bool sg_der_null(struct sg_der *der);

/*
 * UTCTime or GeneralizedTime as RFC 5280 4.1.2.5 has them: Zulu, seconds present, no fraction, a
 * date that exists; YY >= 50 is 19YY. *TAG tells which form it was.
 */
SIGNET_MUST_CHECK bool sg_der_time(struct sg_der *der, signet_time *out, uint32_t *tag);

/* The content octets of an OID that are well-formed by X.690 8.19. */
bool sg_oid_valid(struct signet_span oid);

#endif
