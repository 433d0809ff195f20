/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A CRL (RFC 5280 5.1): immutable and reference-counted. Entries stay bytes, no object per entry:
 * ascending ones are found by marks among them, others by an index that is made when they are
 * looked up time and again.
 */
#ifndef SG_X509_CRL_H
#define SG_X509_CRL_H

#include "crypto/public_key.h"
#include "signet/crl.h"
#include "x509/certificate.h"
#include "x509/distribution_point.h"

/* A run of entries that belong to one certificate issuer (indirect CRLs, RFC 5280 5.3.3). */
struct sg_crl_issuer_run {
    uint32_t first_offset; /* of the first entry, in the entries */
    struct sg_name issuer;
    bool unusable; /* certificateIssuer holds no directory name */
};

struct signet_crl {
    atomic_uint references;
    struct signet_span der;
    void (*release)(void *context);
    void *release_context;
    struct signet_span tbs;
    struct sg_algorithm signature_algorithm, tbs_signature_algorithm;
    struct signet_span signature;
    int version; /* 1 or 2 */
    struct sg_name issuer;
    signet_time this_update;
    signet_time next_update;    /* SIGNET_TIME_UNKNOWN when absent */
    struct signet_span entries; /* content octets of revokedCertificates; {NULL,0} when absent */
    size_t num_entries;         /* in ENTRIES; signet_crl_num_entries counts those of the whole */
    struct signet_span extensions; /* content octets, {NULL,0} when absent */

    /* Facts from extensions. */
    struct signet_span number;      /* content octets of cRLNumber, {NULL,0} when absent */
    struct signet_span base_number; /* of deltaCRLIndicator: this is a delta CRL */
    bool is_delta;
    struct sg_issuing_distribution_point idp;
    struct sg_aki aki;
    struct signet_span freshest_crl, authority_info_access;
    /* A reason not to use this CRL for any status (RFC 5280 5.2, 5.3): the first of the notes tells
     * which. */
    bool unusable;

    bool sorted;     /* the serial numbers ascend, in the order of sg_crl_serial_compare */
    uint32_t *marks; /* offsets of the first of every SG_CRL_MARKED entries */
    size_t num_marks;
    /* Beside the references the only parts that change: of what is not sorted (crl_find.c), and the
     * first key that verified the whole (crl_excerpt.c). */
    atomic_uint num_walks;
    _Atomic(struct sg_crl_index *) index; /* NULL: none yet */
    atomic_uchar verifier_state;
    uint8_t verifier[32];

    struct sg_crl_issuer_run *runs; /* empty unless an entry carries certificateIssuer */
    size_t num_runs;
    uint8_t *issuer_name, *run_names; /* canonical forms */

    /* Set where the fingerprint is known without a pass over the DER; an excerpt has that of the
     * whole. */
    bool has_sha256;
    uint8_t sha256[32];
    struct sg_crl_excerpt *excerpt; /* crl_excerpt.c; NULL: this is a whole CRL */

    struct sg_notes notes;
};

/* The CRLReason values; the standard's numbers. */
#define SG_REASON_ABSENT          (-1)
#define SG_REASON_KEY_COMPROMISE  1
#define SG_REASON_CA_COMPROMISE   2
#define SG_REASON_HOLD            6
#define SG_REASON_REMOVE_FROM_CRL 8

struct sg_crl_entry {
    struct signet_span serial;
    struct signet_span extensions; /* content octets of Extensions, {NULL,0} when absent */
    signet_time revocation_date;
    int reason;                  /* SG_REASON_ABSENT when the entry has none */
    signet_time invalidity_date; /* SIGNET_TIME_UNKNOWN when absent */
};

/*
 * The entry for SERIAL whose certificate issuer is ISSUER: the CRL's issuer, or in an indirect CRL
 * the one carried forward from certificateIssuer. False when there is none. Of several the first
 * revoking one that is not removeFromCRL, else the last. Logarithmic where the entries are sorted;
 * else a handful of calls pass over the list, then it is one look into an index. No memory for that
 * only makes it slower.
 */
bool sg_crl_find(const struct signet_crl *crl, struct signet_span serial,
                 const struct sg_name *issuer, struct sg_crl_entry *out);

/* The fingerprint, of an excerpt that of the whole: mostly a pass over all of the DER, so computed
 * only when asked for. False: memory is out. */
SIGNET_MUST_CHECK bool sg_crl_sha256(const struct signet_crl *crl, uint8_t out[32]);

/* Tells a CRL that is not shared yet what its fingerprint is. */
void sg_crl_set_sha256(struct signet_crl *crl, const uint8_t sha256[32]);

/* "keyCompromise" and so on; "unspecified" for absent. */
const char *sg_crl_reason_name(int reason);

/* Numbers of up to 20 octets and more, compared as unsigned integers. Negative ones are never
 * higher. */
int sg_crl_number_compare(struct signet_span a, struct signet_span b);

/* Adds the notes as findings about the CRL in so far as it concerns the certificate at INDEX:
 * CRL_INVALID for what makes it unusable, NONCONFORMING for the rest. */
void sg_crl_check(const struct signet_crl *crl, size_t index, struct sg_findings *findings);

/* Walks all entries, in the CRL's order, for the dump. */
struct sg_crl_entries {
    struct signet_span rest;
};
bool sg_crl_entries_next(struct sg_crl_entries *entries, struct sg_crl_entry *out);

/* Writes all that the CRL says and its first MAX_ENTRIES entries, as members of the map that is
 * open. */
void sg_crl_dump(const struct signet_crl *crl, struct sg_dump *dump, size_t max_entries);

#endif
