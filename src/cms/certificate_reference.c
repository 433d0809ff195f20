/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/certificate_reference.h"

#include "crypto/digest.h"

bool sg_reference_name_parse(struct sg_der *der, struct sg_arena *arena, struct sg_name *out,
                             const char *expected)
{
    struct sg_buffer canonical;
    if (!sg_name_parse(der, out, expected))
        return false;
    sg_buffer_init(&canonical, SIZE_MAX / 4);
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

/* [0] IMPLICIT OCTET STRING that BER has cut into segments: a context tag does not tell a reader
 * that it is a string, so the normal form still has it so. */
static bool parse_segmented_key_id(struct sg_der *der, struct sg_arena *arena,
                                   struct signet_span *out)
{
    struct sg_der segments;
    struct signet_span segment, whole;
    if (!sg_der_full(der, SG_TAG_CONTEXT_CONS(0), &whole, "subjectKeyIdentifier [0]"))
        return false;
    struct sg_der again = sg_der_within(der, whole);
    uint8_t *joined = sg_arena_alloc(arena, whole.len);
    if (joined == NULL ||
        !sg_der_enter(&again, SG_TAG_CONTEXT_CONS(0), &segments, "subjectKeyIdentifier [0]"))
        return false;
    *out = sg_span(joined, 0);
    while (!sg_der_done(&segments)) {
        if (!sg_der_value(&segments, SG_TAG_OCTET_STRING, &segment, "OCTET STRING segment"))
            return false;
        memcpy(joined + out->len, segment.ptr, segment.len);
        out->len += segment.len;
    }
    return true;
}

bool sg_reference_parse_choice(struct sg_der *der, struct sg_arena *arena,
                               struct sg_certificate_reference *out, const char *expected)
{
    struct sg_der fields;
    *out = (struct sg_certificate_reference){0};
    if (sg_der_next_is(der, SG_TAG_SEQUENCE))
        return sg_der_enter(der, SG_TAG_SEQUENCE, &fields, "issuerAndSerialNumber") &&
               sg_reference_parse(&fields, arena, out);
    out->by_key_id = true;
    if (sg_der_next_is(der, SG_TAG_CONTEXT_CONS(0)))
        return parse_segmented_key_id(der, arena, &out->key_id);
    return sg_der_value(der, SG_TAG_CONTEXT(0), &out->key_id, expected);
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
