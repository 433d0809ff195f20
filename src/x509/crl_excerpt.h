/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Excerpts: of a long CRL, what tells of a few serial numbers. An excerpt is a CRL like any other
 * to all who ask it, made of the frame of the whole one and some of its entries. Its signature
 * cannot be computed, so it knows which keys have verified the whole.
 */
#ifndef SG_X509_CRL_EXCERPT_H
#define SG_X509_CRL_EXCERPT_H

#include "x509/crl.h"

/* All of a CRL but its entries. */
struct sg_crl_frame {
    struct signet_span front; /* the fields of TBSCertList before revokedCertificates */
    struct signet_span back;  /* those behind it; {NULL,0} for none */
    struct signet_span outer; /* signatureAlgorithm and signatureValue */
    size_t front_offset;      /* in the whole DER; back and outer are at its end */
};

/* A CRL is not excerpted below this length, nor is a longer frame carried about. In bytes. */
#define SG_CRL_MIN_EXCERPTED_LEN ((size_t)64 << 10)
#define SG_CRL_MAX_FRAME_LEN     ((size_t)16 << 10)

/* What else makes up an excerpt. All is copied. */
struct sg_crl_excerpt_parts {
    struct sg_crl_frame frame;
    /* Of the whole: */
    uint8_t sha256[32];
    size_t der_len, num_entries;
    /* The first entry of each of SERIALS that is listed, in any order, as they lie in the CRL. */
    struct signet_span entries;
    const struct signet_span *serials; /* what is covered, listed or not; content octets */
    size_t num_serials;
    /* Of each key that verified it, 32 octets: the digest of SubjectPublicKeyInfo with inherited
     * parameters behind it. */
    struct signet_span keys;
};

/*
 * The frame of CRL, borrowed. False where only the whole will do: it is short, a delta, indirect,
 * unusable, or something is odd about its entries, which whoever reads the whole is told.
 */
bool sg_crl_frame_get(const struct signet_crl *crl, struct sg_crl_frame *frame);
/* The same however short CRL is. */
bool sg_crl_frame_cut(const struct signet_crl *crl, struct sg_crl_frame *frame);

/* SIGNET_ERR_PARSE: PARTS are not those of a CRL. */
SIGNET_MUST_CHECK enum signet_status sg_crl_excerpt_new(const struct sg_crl_excerpt_parts *parts,
                                                        struct signet_crl **crl);

/* CRL can tell whether SERIAL is listed: true of all that are whole. */
bool sg_crl_covers(const struct signet_crl *crl, struct signet_span serial);

/* The key of this digest is known to have verified CRL: of an excerpt, the whole. */
bool sg_crl_is_verified_by(const struct signet_crl *crl, const uint8_t key_sha256[32]);
/* It did just now, and CRL is whole. Only the first is remembered, as long as CRL is there. */
void sg_crl_note_verified(const struct signet_crl *crl, const uint8_t key_sha256[32]);

/* Both are known to be of the same octets: one an excerpt of the other, or both of a third. */
bool sg_crl_same_whole(const struct signet_crl *a, const struct signet_crl *b);

/* EXCERPT brings nothing that CRL of the same whole does not: serial numbers and keys. */
bool sg_crl_excerpt_is_within(const struct signet_crl *excerpt, const struct signet_crl *crl);

/* The length of the whole's DER. */
size_t sg_crl_whole_len(const struct signet_crl *crl);

#endif
