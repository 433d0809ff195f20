/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signing_certificate.h"

#include "cms/digest_algorithm.h"
#include "x509/general_name.h"

/* IssuerSerial ::= SEQUENCE { issuer GeneralNames, serialNumber INTEGER } */
static bool parse_issuer_serial(struct sg_der *id, struct sg_ess_cert_id *out)
{
    struct sg_der fields, names;
    if (sg_der_done(id))
        return true;
    if (!sg_der_enter(id, SG_TAG_SEQUENCE, &fields, "issuerSerial SEQUENCE") ||
        !sg_der_enter(&fields, SG_TAG_SEQUENCE, &names, "issuer GeneralNames"))
        return false;
    out->issuer = sg_span(names.ptr, (size_t)(names.end - names.ptr));
    return sg_general_names_parse(&names) &&
           sg_der_integer(&fields, &out->serial, "serialNumber INTEGER") && sg_der_end(&fields);
}

/* hashAlgorithm AlgorithmIdentifier DEFAULT {sha256}: only in version 2, version 1 is SHA-1. */
static bool parse_hash_algorithm(struct sg_der *id, bool v2, struct sg_ess_cert_id *out)
{
    out->hash = v2 ? SG_DIGEST_SHA256 : SG_DIGEST_SHA1;
    if (!v2 || !sg_der_next_is(id, SG_TAG_SEQUENCE))
        return true;
    if (!sg_algorithm_parse(id, &out->hash_algorithm, "hashAlgorithm"))
        return false;
    out->hash = sg_digest_algorithm_type(&out->hash_algorithm);
    return true;
}

/*
 * ESSCertID ::= SEQUENCE { certHash OCTET STRING, issuerSerial IssuerSerial OPTIONAL }
 * ESSCertIDv2 ::= SEQUENCE { hashAlgorithm AlgorithmIdentifier DEFAULT {sha256}, certHash,
 * issuerSerial }
 */
static bool parse_cert_id(struct sg_der *certs, bool v2, struct sg_ess_cert_id *out)
{
    struct sg_der id;
    *out = (struct sg_ess_cert_id){0};
    return sg_der_enter(certs, SG_TAG_SEQUENCE, &id, "ESSCertID SEQUENCE") &&
           parse_hash_algorithm(&id, v2, out) &&
           sg_der_value(&id, SG_TAG_OCTET_STRING, &out->cert_hash, "certHash OCTET STRING") &&
           parse_issuer_serial(&id, out) && sg_der_end(&id);
}

static bool parse_cert_ids(struct sg_der *certs, bool v2)
{
    struct sg_ess_cert_id id;
    do {
        if (!parse_cert_id(certs, v2, &id))
            return false;
    } while (!sg_der_done(certs));
    return true;
}

/* SigningCertificate, SigningCertificateV2 ::= SEQUENCE { certs SEQUENCE OF,
 *                                                         policies SEQUENCE OF OPTIONAL } */
bool sg_signing_certificate_parse(struct signet_span value, bool v2,
                                  struct sg_signing_certificate *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error), fields, certs;
    *out = (struct sg_signing_certificate){.v2 = v2};
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &fields, "SigningCertificate SEQUENCE") ||
        !sg_der_enter(&fields, SG_TAG_SEQUENCE, &certs, "certs SEQUENCE"))
        return false;
    out->certs = sg_span(certs.ptr, (size_t)(certs.end - certs.ptr));
    return parse_cert_ids(&certs, v2) &&
           (sg_der_done(&fields) ||
            sg_der_full(&fields, SG_TAG_SEQUENCE, &out->policies, "policies SEQUENCE")) &&
           sg_der_end(&fields) && sg_der_end(&der);
}

bool sg_ess_cert_ids_next(struct sg_ess_cert_ids *walk, struct sg_ess_cert_id *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(walk->rest, &error);
    if (sg_der_done(&der) || !parse_cert_id(&der, walk->v2, out))
        return false;
    walk->rest = sg_span(der.ptr, (size_t)(der.end - der.ptr));
    return true;
}
