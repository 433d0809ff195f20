/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/attribute_holder.h"

#include "crypto/digest.h"
#include "x509/general_name.h"

/* RFC 5755 4.2.2: issuerUID only where the certificate has the same one. */
static bool fits_base(const struct sg_issuer_serial *base,
                      const struct signet_certificate *certificate)
{
    return base->issuer.der.ptr != NULL && sg_name_equal(&base->issuer, &certificate->issuer) &&
           sg_serial_equal(base->serial, certificate->serial) &&
           (base->issuer_unique_id.ptr == NULL ||
            sg_span_equal(base->issuer_unique_id, certificate->issuer_unique_id));
}

/* NAME, canonical, is the subject of CERTIFICATE or in its subjectAltName; not when the budget runs
 * out over the search. False: memory is out. */
static bool is_own_name(struct sg_judgement *judgement, const struct sg_general_name *name,
                        const struct signet_certificate *certificate, bool *fits)
{
    const struct sg_general_name subject = {.type = SG_GN_DIRECTORY,
                                            .value = certificate->subject.canonical};
    struct sg_general_names others = sg_general_names_begin(certificate->subject_alt_name);
    struct sg_general_name other;

    *fits = sg_general_name_equal(name, &subject);
    while (!*fits && sg_general_names_next(&others, &other)) {
        if (!sg_budget_comparisons(judgement, 1))
            return true;
        if (!sg_general_name_canonicalise(&other, judgement->arena))
            return false;
        *fits = sg_general_name_equal(name, &other);
    }
    return true;
}

/* An empty directory name names nobody. */
static bool fits_names(struct sg_judgement *judgement, struct signet_span names,
                       const struct signet_certificate *certificate, bool *fits)
{
    struct sg_general_names rest = sg_general_names_begin(names);
    struct sg_general_name name;

    *fits = true;
    while (*fits && sg_general_names_next(&rest, &name)) {
        if (!sg_general_name_canonicalise(&name, judgement->arena))
            return false;
        *fits = name.value.len > 0;
        if (*fits && !is_own_name(judgement, &name, certificate, fits))
            return false;
    }
    return true;
}

static enum sg_holder_match compare_digest(struct sg_judgement *judgement,
                                           const struct sg_object_digest *digest,
                                           const struct signet_certificate *certificate)
{
    enum sg_digest_type type = sg_digest_find(digest->algorithm.oid);
    struct signet_span octets;
    struct sg_digest_value value;

    if (digest->object > SG_DIGESTED_CERTIFICATE)
        return SG_HOLDER_DIFFERS;
    if (!sg_digest_supported(judgement->crypto, type))
        return SG_HOLDER_UNSUPPORTED;
    octets = digest->object == SG_DIGESTED_CERTIFICATE ? certificate->der : certificate->spki.full;
    if (!sg_digest_compute(judgement->crypto, type, octets, &value)) {
        judgement->failed = true;
        return SG_HOLDER_UNSUPPORTED;
    }
    if (!sg_span_equal(digest->value, sg_span(value.octets, value.len)))
        return SG_HOLDER_DIFFERS;
    return sg_digest_is_weak(type) ? SG_HOLDER_WEAK : SG_HOLDER_FITS;
}

bool sg_holder_match(struct sg_judgement *judgement,
                     const struct signet_attribute_certificate *attributes,
                     const struct signet_certificate *certificate, enum sg_holder_match *out)
{
    const struct sg_holder *holder = &attributes->holder;
    bool named = holder->base.present || holder->names.ptr != NULL, fits = true;

    *out = SG_HOLDER_DIFFERS;
    if (!named && !holder->digest.present)
        return true;
    if (holder->names.ptr != NULL && !fits_names(judgement, holder->names, certificate, &fits)) {
        judgement->failed = true;
        return false;
    }
    if (!fits || (holder->base.present && !fits_base(&holder->base, certificate)))
        return true;
    *out = SG_HOLDER_FITS;
    if (holder->digest.present)
        *out = compare_digest(judgement, &holder->digest, certificate);
    if (named && *out == SG_HOLDER_WEAK)
        *out = SG_HOLDER_FITS;
    return !judgement->failed;
}
