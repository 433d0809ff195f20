/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/certificate_reference.h"

#include "crypto/digest.h"

bool sg_reference_name_parse(struct sg_der *der, struct sg_arena *arena, struct sg_name *out,
                             const char *expected)
{
    struct sg_buffer canonical;
    if (!sg_name_parse(der, out, expected))
        return false;
    sg_buffer_init(&canonical, arena->max);
    struct signet_span copy = {NULL, 0};
    if (sg_name_add_canonical(out, &canonical))
        copy = sg_arena_copy(arena, sg_buffer_span(&canonical));
    else
        arena->failed = true;
    sg_buffer_free(&canonical);
    if (copy.ptr == NULL)
        return false;
    sg_name_set_canonical(out, copy);
    return true;
}

bool sg_reference_parse(struct sg_der *fields, struct sg_arena *arena,
                        struct sg_certificate_reference *out)
{
    *out = (struct sg_certificate_reference){0};
    return sg_reference_name_parse(fields, arena, &out->issuer, "issuer Name") &&
           sg_der_integer(fields, &out->serial, "serialNumber INTEGER") && sg_der_end(fields);
}

static bool key_id_matches(struct sg_crypto *crypto, struct signet_span key_id,
                           const struct signet_certificate *certificate)
{
    struct sg_digest_value value;
    if (certificate->ski.ptr != NULL)
        return sg_span_equal(key_id, certificate->ski);
    return key_id.len == sg_digest_len(SG_DIGEST_SHA1) &&
           sg_digest_compute(crypto, SG_DIGEST_SHA1, certificate->spki.key_bits, &value) &&
           sg_span_equal(key_id, sg_span(value.octets, value.len));
}

bool sg_reference_matches(struct sg_crypto *crypto,
                          const struct sg_certificate_reference *reference,
                          const struct signet_certificate *certificate)
{
    if (reference->by_key_id)
        return key_id_matches(crypto, reference->key_id, certificate);
    return sg_serial_equal(reference->serial, certificate->serial) &&
           sg_name_equal(&reference->issuer, &certificate->issuer);
}
