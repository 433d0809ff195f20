/* SPDX-License-Identifier: Apache-2.0 */
/*
 * String preparation for comparing names (RFC 4518, as RFC 5280 7.1 uses it).
 */
#ifndef SG_X509_NAME_PREPARE_H
#define SG_X509_NAME_PREPARE_H

#include "base/buffer.h"

enum sg_prepared {
    SG_PREPARED = 0,
    SG_PREPARED_REFUSED, /* not text, or a prohibited code point: compare the octets */
    SG_PREPARED_NO_MEMORY
};

/*
 * Appends the prepared form of a string of TAG to OUT: transcoded to UTF-8, mapped, case folded,
 * normalised (NFKC), blanks squeezed. Two strings match by caseIgnoreMatch when their forms are
 * equal. OUT's length is as before unless SG_PREPARED.
 *
 * Stricter than RFC 4518 in this: control characters and directional marks, which it drops, are
 * refused, for nobody sees that they are there; and so are strings of more than SG_PREPARE_MAX_LEN
 * octets, and those that normalising makes several times as long.
 */
#define SG_PREPARE_MAX_LEN 32768
SIGNET_MUST_CHECK enum sg_prepared sg_string_prepare(uint32_t tag, struct signet_span value,
                                                     struct sg_buffer *out);

/*
 * The same, in one pass, of what nearly all strings are: ASCII and, in UTF8String and BMPString,
 * common letters (x509/name_letters.h). Writes the form to OUT, which has room for VALUE's length,
 * and its length to *LEN. False: sg_string_prepare has to look.
 */
SIGNET_MUST_CHECK bool sg_string_prepare_plain(uint32_t tag, struct signet_span value, uint8_t *out,
                                               size_t *len);

#endif
