/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ASN.1 character strings to UTF-8.
 */
#ifndef SG_ASN1_STRING_H
#define SG_ASN1_STRING_H

#include "base/buffer.h"

/*
 * Appends the characters of a string of TAG (UTF8String, PrintableString, IA5String, NumericString,
 * VisibleString, TeletexString as in teletex.h, BMPString, UniversalString)
 * to OUT as UTF-8. Returns false, OUT's length restored, when TAG is none of these or the octets
 * are not of that type's form (invalid UTF-8, odd BMP length, surrogates, 8-bit in an ASCII type).
 * PrintableString is not held to its alphabet: real certificates have @ and & in it.
 */
SIGNET_MUST_CHECK bool sg_string_to_utf8(uint32_t tag, struct signet_span value,
                                         struct sg_buffer *out);

/* True for the tags above. */
bool sg_string_is_text(uint32_t tag);

#endif
