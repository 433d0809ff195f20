/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A BER cursor for CMS framing only (RFC 5652 lets everything but signed attributes and what was
 * signed elsewhere be BER): indefinite lengths, non-minimal lengths, constructed strings. Nothing
 * is re-encoded: elements are handed out as they stand, so certificates, CRLs and content stay
 * verbatim.
 */
#ifndef SG_ASN1_BER_H
#define SG_ASN1_BER_H

#include "asn1/der.h"
#include "asn1/octets.h"

/* Deeper nesting than any CMS object needs; bounds recursion and the cost of indefinite lengths. */
#define SG_BER_MAX_DEPTH 64

struct sg_ber {
    struct sg_der at; /* cursor over the content octets; end-of-contents octets are outside */
    unsigned depth;
};

struct sg_ber_tlv {
    uint32_t tag;
    bool indefinite;
    struct signet_span full;  /* with end-of-contents octets, if any */
    struct signet_span value; /* content octets, without them */
};

struct sg_ber sg_ber_begin(struct signet_span bytes, struct signet_parse_error *error);

/* Content octets of one element of TAG as a cursor. */
SIGNET_MUST_CHECK bool sg_ber_enter(struct sg_ber *ber, uint32_t tag, struct sg_ber *inner,
                                    const char *expected);
SIGNET_MUST_CHECK bool sg_ber_any(struct sg_ber *ber, struct sg_ber_tlv *out);
bool sg_ber_next_is(const struct sg_ber *ber, uint32_t tag);
bool sg_ber_done(const struct sg_ber *ber);
SIGNET_MUST_CHECK bool sg_ber_end(struct sg_ber *ber);

/* An INTEGER of at most 32 bits, not negative. */
SIGNET_MUST_CHECK bool sg_ber_uint32(struct sg_ber *ber, uint32_t *out, const char *expected);
SIGNET_MUST_CHECK bool sg_ber_oid(struct sg_ber *ber, struct signet_span *out,
                                  const char *expected);

/* A string that may be cut into segments. TAG is the primitive tag (OCTET STRING, or [n] IMPLICIT);
 * the constructed form has bit 0x20. */
SIGNET_MUST_CHECK bool sg_ber_octets(struct sg_ber *ber, uint32_t tag, struct sg_octets *out,
                                     const char *expected);

/*
 * ELEMENT (one whole BER element) as DER framing: definite minimal lengths, primitive strings; the
 * order of SET OF elements and the content of primitive elements stay. ELEMENT itself when it is
 * such already. For signed attributes, which are hashed as DER however they were sent (RFC
 * 5652 5.4).
 */
SIGNET_MUST_CHECK bool sg_ber_normalise(struct signet_span element, struct sg_arena *arena,
                                        struct signet_span *out, struct signet_parse_error *error);

#endif
