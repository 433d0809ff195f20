/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing a ContentInfo with SignedData (RFC 5652 3, 5.1) in DER: with signers, or certificates and
 * CRLs alone (RFC 8551 3.9). What is put in goes out verbatim and is not copied.
 */
#ifndef SG_CMS_SIGNED_DATA_WRITE_H
#define SG_CMS_SIGNED_DATA_WRITE_H

#include "asn1/oid.h"
#include "signet/sink.h"

/* Whole DER elements; any number of them. */
struct sg_elements {
    struct signet_span *items;
    size_t num;
};

struct sg_signed_data_parts {
    struct sg_elements certificates;
    struct sg_elements attribute_certificates; /* of version 2, each a SEQUENCE */
    struct sg_elements crls;
    struct sg_elements digest_algorithms; /* AlgorithmIdentifiers */
    struct sg_elements signers;           /* SignerInfos */
    bool signer_by_key_id;                /* one of them has version 3 */
    enum sg_oid content_type;
    bool has_content;                  /* else it is detached, or there is none */
    const struct signet_span *content; /* the octets of eContent, in pieces */
    size_t num_content;
};

/* Puts all lists of PARTS into DER's order, in place, and takes out what is there twice; then
 * writes. SIGNET_ERR_IO: the sink failed. SIGNET_ERR_LIMIT: longer than a length can say. */
SIGNET_MUST_CHECK enum signet_status sg_signed_data_write(struct sg_signed_data_parts *parts,
                                                          const struct signet_sink *sink);

/* Puts ELEMENTS into DER's order and takes out what is there twice. */
void sg_elements_normalise(struct sg_elements *elements);

#endif
