/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signer.h"
#include "cms/signing_certificate.h"
#include "x509/general_name.h"

/* The issuer is one directoryName (RFC 5035 4). *MATCH is set unless memory is out. */
static bool match_issuer(struct signet_span names, const struct signet_certificate *certificate,
                         bool *match)
{
    enum { MAX_ISSUER_ARENA = 1 << 20 };
    struct sg_general_names walk = sg_general_names_begin(names);
    struct sg_general_name name, further;
    *match = false;
    if (!sg_general_names_next(&walk, &name) || name.type != SG_GN_DIRECTORY ||
        sg_general_names_next(&walk, &further))
        return true;

    struct sg_arena arena;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(name.value, &error);
    struct sg_name issuer;
    sg_arena_init(&arena, MAX_ISSUER_ARENA);
    if (sg_reference_name_parse(&der, &arena, &issuer, "issuer Name"))
        *match = sg_name_equal(&issuer, &certificate->issuer);
    enum signet_status status = sg_arena_status(&arena);
    sg_arena_clear(&arena);
    return status != SIGNET_ERR_MEMORY; /* a name over the maximum is nobody's */
}

static enum sg_ess_match match_id(struct sg_crypto *crypto, const struct sg_ess_cert_id *id,
                                  const struct signet_certificate *certificate)
{
    struct sg_digest_value value;
    if (!sg_digest_supported(crypto, id->hash))
        return SG_ESS_UNREADABLE;
    if (!sg_digest_compute(crypto, id->hash, certificate->der, &value))
        return SG_ESS_NO_MEMORY;
    if (!sg_span_equal(id->cert_hash, sg_span(value.octets, value.len)))
        return SG_ESS_MISMATCH;
    if (id->serial.ptr == NULL)
        return SG_ESS_MATCH;
    bool issuer_match;
    if (!match_issuer(id->issuer, certificate, &issuer_match))
        return SG_ESS_NO_MEMORY;
    return issuer_match && sg_serial_equal(id->serial, certificate->serial) ? SG_ESS_MATCH
                                                                            : SG_ESS_MISMATCH;
}

static enum sg_ess_match match_attribute(struct sg_crypto *crypto,
                                         const struct sg_signer_info *signer, enum sg_oid type,
                                         bool v2, const struct signet_certificate *certificate)
{
    size_t count;
    const struct sg_cms_attribute *attribute =
        sg_cms_attribute_find(&signer->signed_attributes, type, &count);
    if (attribute == NULL)
        return SG_ESS_ABSENT;
    struct sg_signing_certificate signing_certificate;
    if (count != 1 || attribute->num_values != 1 ||
        !sg_signing_certificate_parse(attribute->value, v2, &signing_certificate))
        return SG_ESS_UNREADABLE;
    struct sg_ess_cert_ids walk = sg_ess_cert_ids_begin(&signing_certificate);
    struct sg_ess_cert_id first;
    return sg_ess_cert_ids_next(&walk, &first) ? match_id(crypto, &first, certificate)
                                               : SG_ESS_UNREADABLE;
}

enum sg_ess_match sg_signer_ess_match(struct sg_crypto *crypto, const struct sg_signer_info *signer,
                                      const struct signet_certificate *certificate)
{
    enum sg_ess_match v1 =
        match_attribute(crypto, signer, SG_OID_AA_SIGNING_CERTIFICATE, false, certificate);
    enum sg_ess_match v2 =
        match_attribute(crypto, signer, SG_OID_AA_SIGNING_CERTIFICATE_V2, true, certificate);
    return v1 > v2 ? v1 : v2;
}

void sg_signer_check_ess(enum sg_ess_match match, struct sg_findings *findings)
{
    if (match == SG_ESS_MISMATCH)
        sg_finding_add(findings, SG_KIND_SIGNER_ESS_MISMATCH, sg_at(SIGNET_OBJECT_SIGNER), NULL);
    if (match == SG_ESS_UNREADABLE)
        sg_finding_add(findings, SG_KIND_SIGNER_ESS_UNREADABLE, sg_at(SIGNET_OBJECT_SIGNER), NULL);
    if (match == SG_ESS_NO_MEMORY)
        findings->failed = true;
}
