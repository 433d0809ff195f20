/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stored CRLs: the DER in parts, an index of the serial numbers, and a body of little that is at
 * hand first. A long one is answered from as an excerpt (x509/crl_excerpt.h), for which a handful
 * of rows is read, however long it is.
 */
#ifndef SG_STORE_CRL_STORE_H
#define SG_STORE_CRL_STORE_H

#include "base/buffer.h"
#include "store/store.h"

/* The body of CRL, a whole one, into OUT, for sg_store_object.body. */
void sg_crl_store_body(const struct signet_crl *crl, struct sg_buffer *out);

/* What a body tells without the CRL. */
struct sg_crl_brief {
    bool excerpted; /* there is an index, so that excerpts can be made */
    bool is_delta;
    signet_time this_update;
    uint64_t scope; /* equal where issuing distribution point, kind and named key are */
    uint64_t point; /* sg_crl_store_point of the issuing distribution point's full name */
};
/* Equal for equal names, content octets of GeneralNames; 0: there is none. */
uint64_t sg_crl_store_point(struct signet_span full_name);
/* SIGNET_ERR_PARSE: it is no body, or damaged. */
SIGNET_MUST_CHECK enum signet_status sg_crl_store_brief(struct signet_span body,
                                                        struct sg_crl_brief *out);

/*
 * Writes the index of CRL, a whole one whose fingerprint is SHA256, as that of OBJECT; nothing for
 * one that is never excerpted. Linear; takes eight octets for each entry meanwhile. Within a
 * transaction.
 */
SIGNET_MUST_CHECK enum signet_status sg_crl_store_index(struct signet_store *store, int64_t object,
                                                        const struct signet_crl *crl,
                                                        const uint8_t sha256[32]);

/* SIGNET_ERR_PARSE: it is damaged, or there is none where one should be. */
SIGNET_MUST_CHECK enum signet_status sg_crl_store_check_index(struct signet_store *store,
                                                              int64_t object,
                                                              const struct signet_crl *crl,
                                                              const uint8_t sha256[32]);

/* All of OBJECT, which then knows its fingerprint. SIGNET_ERR_PARSE: it is not what was stored. */
SIGNET_MUST_CHECK enum signet_status sg_crl_store_whole(struct signet_store *store,
                                                        const struct sg_store_object *object,
                                                        struct signet_crl **crl);

/*
 * An excerpt of OBJECT for SERIALS (content octets, any number, none for the frame alone), knowing
 * KEYS (32 octets each, one after the other); the whole CRL where it is none of those that are
 * excerpted, or where the index is damaged. SIGNET_ERR_PARSE: it is not what was stored. The CRL
 * is the caller's.
 */
SIGNET_MUST_CHECK enum signet_status
sg_crl_store_excerpt(struct signet_store *store, const struct sg_store_object *object,
                     const struct signet_span *serials, size_t num_serials, struct signet_span keys,
                     struct signet_crl **crl);

#endif
