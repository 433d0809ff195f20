/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Distinguished names (RFC 5280 4.1.2.4) and their comparison (RFC 5280 7.1, RFC 4518).
 *
 * A name gets a canonical form once, when it is parsed: equal names have equal canonical octets, so
 * later comparisons are memcmp, never allocate and never fail. The form, from left to right per
 * RDN: octet length of the RDN's form (4 octets, big-endian, so that a prefix of RDNs is a prefix
 * of octets only at RDN borders), then its attributes sorted, each as type and prepared value. A
 * value that is no DirectoryString, or that RFC 4518 prohibits, stands as its raw element and
 * matches only a byte-identical one.
 */
#ifndef SG_X509_NAME_H
#define SG_X509_NAME_H

#include "asn1/der.h"
#include "asn1/oid.h"
#include "base/buffer.h"

struct sg_name {
    struct signet_span der; /* the whole RDNSequence, as received */
    struct signet_span
        canonical;      /* {NULL,0} until sg_name_canonicalise; empty for the empty name */
    uint64_t hash;      /* of canonical */
    bool set_unordered; /* attributes of an RDN are not in DER's order (X.690 11.6): tolerated */
};

/* Checks one RelativeDistinguishedName: content octets of its SET. */
SIGNET_MUST_CHECK bool sg_rdn_parse(struct sg_der *set, bool *unordered);

/* Checks the syntax: SEQUENCE OF SET (1..) OF SEQUENCE {OID, any}. No canonical form yet. An order
 * of a SET OF that is not DER's is tolerated. */
SIGNET_MUST_CHECK bool sg_name_parse(struct sg_der *der, struct sg_name *out, const char *expected);

/* The most that a buffer for canonical forms may hold: lengths in them have 32 bits. */
#define SG_NAME_MAX_FORM_LEN ((size_t)1 << 31)

/*
 * Appends the canonical form of NAME (parsed) to BUFFER. The caller sets name->canonical and hash
 * by sg_name_set_canonical when the buffer has its final place. False: memory is out.
 */
SIGNET_MUST_CHECK bool sg_name_add_canonical(const struct sg_name *name, struct sg_buffer *buffer);
void sg_name_set_canonical(struct sg_name *name, struct signet_span canonical);

/* The same for a single RelativeDistinguishedName, content octets of its SET: canonical(names) +
 * canonical(RDN) is the form of the longer name (nameRelativeToCRLIssuer, RFC 5280 4.2.1.13). */
SIGNET_MUST_CHECK bool sg_rdn_add_canonical(struct signet_span rdn, struct sg_buffer *buffer);

/* RFC 5280 7.1. Both have their canonical form. */
static inline bool sg_name_equal(const struct sg_name *a, const struct sg_name *b)
{
    return a->hash == b->hash && a->canonical.len == b->canonical.len &&
           (a->canonical.len == 0 ||
            memcmp(a->canonical.ptr, b->canonical.ptr, a->canonical.len) == 0);
}

/* BASE's RDNs are the first RDNs of NAME (RFC 5280 4.2.1.10 for directoryName). Equal counts. */
bool sg_name_within(const struct sg_name *name, const struct sg_name *base);

/* Takes the first RDN's form, with its length, off REST, which starts as a name's canonical form.
 * False at its end. */
static inline bool sg_name_canonical_next(struct signet_span *rest, struct signet_span *rdn)
{
    if (rest->len < 4)
        return false;
    size_t len = (size_t)rest->ptr[0] << 24 | (size_t)rest->ptr[1] << 16 |
                 (size_t)rest->ptr[2] << 8 | rest->ptr[3];
    *rdn = sg_span_first(*rest, len < rest->len - 4 ? len + 4 : rest->len);
    *rest = sg_span_from(*rest, rdn->len);
    return true;
}

static inline bool sg_name_is_empty(const struct sg_name *name)
{
    return name->der.len <= 2; /* 30 00 */
}

/* One attribute of a name in order. */
struct sg_attribute {
    size_t rdn;              /* which RDN, from 0 */
    struct signet_span type; /* OID content octets */
    uint32_t tag;
    struct signet_span full;  /* the value, whole element */
    struct signet_span value; /* content octets */
};
struct sg_name_iterator {
    struct signet_span rest;     /* RDNs to come */
    struct signet_span set_rest; /* attributes to come in this RDN */
    size_t num_rdns;             /* opened so far */
};
struct sg_name_iterator sg_name_begin(const struct sg_name *name);
/* The attributes of one RDN, content octets of its SET. */
struct sg_name_iterator sg_rdn_begin(struct signet_span rdn);
bool sg_name_next(struct sg_name_iterator *iterator, struct sg_attribute *out);

/* Appends NAME for people: "CN=Alice,O=Example" in RFC 4514's order (last RDN first) and escapes,
 * made safe for a terminal; unknown types as dotted OIDs, values that are no text as #hex.
 * "(empty)" for the empty name. */
void sg_name_add_text(struct sg_buffer *buffer, const struct sg_name *name);
/* The same NUL-terminated into TEXT, cut to SIZE bytes but not within a character; returns the
 * length of the whole, 0 when memory is out. */
size_t sg_name_write_text(const struct sg_name *name, char *text, size_t size);
/* The same for one RDN, content octets of its SET. */
void sg_rdn_add_text(struct sg_buffer *buffer, struct signet_span rdn);

/*
 * The reverse: TEXT, an RFC 4514 name such as people write, as DER appended to DER. Names of types
 * that are not among the usual ones are dotted OIDs. Strings get one of the types that they may
 * have, which comparing does not tell apart. False: TEXT is no name, or der->status tells more.
 */
SIGNET_MUST_CHECK bool sg_name_read(struct signet_span text, struct sg_buffer *der);

#endif
