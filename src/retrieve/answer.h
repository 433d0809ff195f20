/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Answers: what a server sent, held against what was asked for. Neither a media type nor a suffix
 * counts (RFC 5280 4.2.1.13, 4.2.2.1), only the octets.
 */
#ifndef SG_RETRIEVE_ANSWER_H
#define SG_RETRIEVE_ANSWER_H

#include "base/arena.h"
#include "signet/retrieve.h"
#include "x509/name.h"

/* What a need asks for, in the arena. */
struct sg_wanted {
    enum signet_need_kind kind;
    struct sg_name name; /* of the issuer; no canonical form where the need has none */
    struct signet_span key_id, serial;
};

/* False: memory is out, or the need's name is none. */
SIGNET_MUST_CHECK bool sg_wanted_init(struct sg_wanted *wanted, struct sg_arena *arena,
                                      const struct signet_need *need);

/* The same wish. */
bool sg_wanted_equal(const struct sg_wanted *a, const struct sg_wanted *b);

/* More than these are passed over: an answer is to one need. */
enum { SG_CATCH_MAX_CERTIFICATES = 32, SG_CATCH_MAX_CRLS = 8 };

/* What was taken out of an answer: references. */
struct sg_catch {
    struct signet_certificate *certificates[SG_CATCH_MAX_CERTIFICATES];
    struct signet_crl *crls[SG_CATCH_MAX_CRLS];
    size_t num_certificates, num_crls;
    size_t num_others;  /* objects of the kind asked for, but of somebody else */
    const char *reason; /* why nothing was taken, or a remark; "" for none; static */
};

/*
 * Reads VALUES: each DER, PEM, base64 or a SignedData, or a CertificatePair (RFC 4523). Takes the
 * CRLs of the issuer asked for; the certificates of an answer that has one of the issuer or signer
 * asked for, all of them, as a certs-only message brings a whole path (RFC 5280 4.2.2.1).
 * SIGNET_ERR_MEMORY, or SIGNET_OK. To be freed in both cases.
 */
SIGNET_MUST_CHECK enum signet_status sg_catch_read(struct sg_catch *catch,
                                                   const struct sg_wanted *wanted,
                                                   const struct signet_fetch_value *values,
                                                   size_t num);
/* Every certificate in VALUES, whosever. */
SIGNET_MUST_CHECK enum signet_status
sg_catch_certificates(struct sg_catch *catch, const struct signet_fetch_value *values, size_t num);
void sg_catch_free(struct sg_catch *catch); /* a zeroed catch is legal */

#endif
