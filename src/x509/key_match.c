/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which certificate is for which private key.
 */
#include "crypto/private_key.h"
#include "x509/certificate.h"

/* Points on a curve of odd field size: 04 x y, or 02 or 03 x with the last bit of y (SEC 1 2.3.3).
 */
static bool point_equal(struct signet_span a, struct signet_span b)
{
    if (a.len == b.len)
        return sg_span_equal(a, b);
    struct signet_span whole = a.len > b.len ? a : b, cut = a.len > b.len ? b : a;
    if (cut.len < 2 || whole.len != 2 * cut.len - 1 || whole.ptr[0] != 4)
        return false;
    uint8_t form = 2 | (whole.ptr[whole.len - 1] & 1);
    return cut.ptr[0] == form &&
           sg_span_equal(sg_span_first(sg_span_from(whole, 1), cut.len - 1), sg_span_from(cut, 1));
}

/* A key that is for RSASSA-PSS alone in one of the two places is still the same. */
static bool type_equal(enum sg_key_type a, enum sg_key_type b)
{
    return a == b || (a == SG_KEY_RSA && b == SG_KEY_RSA_PSS) ||
           (a == SG_KEY_RSA_PSS && b == SG_KEY_RSA);
}

/* Parameters of DSA and DH may be left out (RFC 3279 2.3.2): y alone tells keys apart. */
bool signet_key_matches(const struct signet_key *key, const struct signet_certificate *certificate)
{
    const struct sg_spki *own = &key->spki, *theirs = &certificate->spki;
    if (!type_equal(own->type, theirs->type) || own->type == SG_KEY_UNKNOWN)
        return false;
    if (own->type == SG_KEY_EC)
        return own->curve == theirs->curve && point_equal(own->key_bits, theirs->key_bits);
    return sg_span_equal(own->key_bits, theirs->key_bits);
}
