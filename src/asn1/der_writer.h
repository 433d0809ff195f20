/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing DER (X.690 section 10) into a bounded buffer. Failure is the buffer's, latched: write
 * all, ask once. What is open must be closed, innermost first, also after a failure.
 */
#ifndef SG_ASN1_DER_WRITER_H
#define SG_ASN1_DER_WRITER_H

#include "asn1/der.h"
#include "asn1/oid.h"
#include "base/buffer.h"

/* The longest identifier and length octets that are written here. */
#define SG_DER_HEADER_MAX_LEN 10

/* Identifier and length octets of an element of TAG (one octet) with LEN octets of content; returns
 * how many there are. */
size_t sg_der_header(uint32_t tag, size_t len, uint8_t out[SG_DER_HEADER_MAX_LEN]);
/* How long the whole element is. SIZE_MAX: longer than that. */
size_t sg_der_full_len(size_t content_len);

/* One whole element. */
void sg_der_put(struct sg_buffer *der, uint32_t tag, struct signet_span content);
void sg_der_put_null(struct sg_buffer *der);
void sg_der_put_uint32(struct sg_buffer *der, uint32_t value);
/* An INTEGER that is not negative, from big-endian octets. */
void sg_der_put_magnitude(struct sg_buffer *der, struct signet_span magnitude);
/* OID is not SG_OID_UNKNOWN. */
void sg_der_put_oid(struct sg_buffer *der, enum sg_oid oid);
/* A BIT STRING of whole octets. */
void sg_der_put_bit_string(struct sg_buffer *der, struct signet_span octets);
/* UTCTime from 1950 to 2049, GeneralizedTime outside (RFC 5652 11.3). Latches SIGNET_ERR_ARGUMENT
 * for a time that has no such form. */
void sg_der_put_time(struct sg_buffer *der, signet_time time);
/* AlgorithmIdentifier without parameters, and with NULL as parameters. */
void sg_der_put_algorithm(struct sg_buffer *der, enum sg_oid oid);
void sg_der_put_algorithm_null(struct sg_buffer *der, enum sg_oid oid);

/* Begins an element of TAG; the answer is for the function that ends it. */
SIGNET_MUST_CHECK size_t sg_der_open(struct sg_buffer *der, uint32_t tag);
void sg_der_close(struct sg_buffer *der, size_t opened);
/* The same for a SET OF: puts what stands in it into DER's order (X.690 11.6). */
void sg_der_close_set_of(struct sg_buffer *der, size_t opened);

/* Whole elements into the order of a SET OF. */
void sg_der_sort(struct signet_span *elements, size_t num);

#endif
