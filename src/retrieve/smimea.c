/* SPDX-License-Identifier: Apache-2.0 */
#include "retrieve/smimea.h"

#include "base/span.h"
#include "crypto/digest.h"

bool sg_smimea_parse(struct signet_span rdata, struct sg_smimea *out)
{
    static const size_t lens[] = {
        [SG_SMIMEA_EXACT] = 0, [SG_SMIMEA_SHA256] = 32, [SG_SMIMEA_SHA512] = 64};

    if (rdata.len < 4 || rdata.ptr[0] > SG_SMIMEA_DANE_EE || rdata.ptr[1] > SG_SMIMEA_KEY ||
        rdata.ptr[2] > SG_SMIMEA_SHA512)
        return false;
    *out = (struct sg_smimea){rdata.ptr[0], rdata.ptr[1], rdata.ptr[2], sg_span_from(rdata, 3)};
    return lens[out->matching] == 0 || lens[out->matching] == out->data.len;
}

bool sg_smimea_is_of_end_entity(const struct sg_smimea *record)
{
    return record->usage == SG_SMIMEA_PKIX_EE || record->usage == SG_SMIMEA_DANE_EE;
}

bool sg_smimea_matches(const struct sg_smimea *record, struct sg_crypto *crypto,
                       const struct signet_certificate *certificate, bool *failed)
{
    struct signet_span selected =
        record->selector == SG_SMIMEA_KEY ? certificate->spki.full : certificate->der;
    enum sg_digest_type type =
        record->matching == SG_SMIMEA_SHA512 ? SG_DIGEST_SHA512 : SG_DIGEST_SHA256;
    struct sg_digest_value value;

    if (record->matching == SG_SMIMEA_EXACT)
        return sg_span_equal(selected, record->data);
    if (!sg_digest_compute(crypto, type, selected, &value)) {
        *failed = true;
        return false;
    }
    return sg_span_equal(sg_span(value.octets, value.len), record->data);
}

struct signet_span sg_smimea_certificate(const struct sg_smimea *record)
{
    return record->selector == SG_SMIMEA_WHOLE && record->matching == SG_SMIMEA_EXACT
               ? record->data
               : sg_span(NULL, 0);
}

/* RFC 4398 2: type, key tag (2 octets each), algorithm (1). Type 1: PKIX. */
struct signet_span sg_cert_record_certificate(struct signet_span rdata)
{
    if (rdata.len < 6 || rdata.ptr[0] != 0 || rdata.ptr[1] != 1)
        return sg_span(NULL, 0);
    return sg_span_from(rdata, 5);
}
