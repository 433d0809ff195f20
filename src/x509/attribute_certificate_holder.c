/* SPDX-License-Identifier: Apache-2.0 */
/* Whom an attribute certificate is about, and who issued it: RFC 5755 4.2.2, 4.2.3. */
#include "x509/attribute_certificate_parts.h"

#include "asn1/element.h"
#include "x509/general_name.h"

static const struct signet_span no_oid = {NULL, 0};

/* NAMES, checked content octets of GeneralNames: the name in them, if there is only one and that a
 * directory name which is not empty. */
static struct sg_name only_directory(struct signet_span names)
{
    struct sg_general_names rest = sg_general_names_begin(names);
    struct sg_general_name first, second;
    struct sg_name name = {.der = {NULL, 0}};
    if (!sg_general_names_next(&rest, &first) || sg_general_names_next(&rest, &second) ||
        first.type != SG_GN_DIRECTORY)
        return name;
    name.der = first.value;
    if (sg_name_is_empty(&name))
        name.der = sg_span(NULL, 0);
    return name;
}

/* GeneralNames under TAG: its content octets. */
static bool parse_names(struct sg_der *der, uint32_t tag, struct signet_span *out,
                        const char *expected)
{
    struct sg_der content;
    if (!sg_der_enter(der, tag, &content, expected))
        return false;
    *out = sg_span(content.ptr, (size_t)(content.end - content.ptr));
    return sg_general_names_parse(&content) && sg_der_end(&content);
}

/* IssuerSerial ::= SEQUENCE { issuer GeneralNames, serial CertificateSerialNumber, issuerUID
 * UniqueIdentifier OPTIONAL } */
static bool parse_issuer_serial(struct sg_der *content, struct sg_issuer_serial *out)
{
    unsigned unused;
    *out = (struct sg_issuer_serial){.present = true};
    if (!parse_names(content, SG_TAG_SEQUENCE, &out->names, "the issuer of an IssuerSerial") ||
        !sg_der_integer(content, &out->serial, "the serial of an IssuerSerial"))
        return false;
    if (!sg_der_done(content) &&
        !sg_der_bit_string(content, SG_TAG_BIT_STRING, &out->issuer_unique_id, &unused,
                           "an issuerUID"))
        return false;
    out->issuer = only_directory(out->names);
    return sg_der_end(content);
}

bool sg_issuer_serial_parse(struct sg_der *der, uint32_t tag, struct sg_issuer_serial *out)
{
    struct sg_der content;
    return sg_der_enter(der, tag, &content, "an IssuerSerial") &&
           parse_issuer_serial(&content, out);
}

static bool parse_digested_object(struct sg_der *content, uint32_t *out)
{
    struct signet_span octets;
    const uint8_t *at = content->ptr;
    if (!sg_der_value(content, SG_TAG_ENUMERATED, &octets, "digestedObjectType"))
        return false;
    return sg_integer_to_uint32(octets, out) ||
           sg_der_fail_at(content, at, "a minimal ENUMERATED that is not negative");
}

/* ObjectDigestInfo ::= SEQUENCE { digestedObjectType ENUMERATED, otherObjectTypeID OBJECT
 * IDENTIFIER OPTIONAL, digestAlgorithm AlgorithmIdentifier, objectDigest BIT STRING } */
bool sg_object_digest_parse(struct sg_der *der, uint32_t tag, struct sg_object_digest *out)
{
    struct sg_der content;
    unsigned unused;
    *out = (struct sg_object_digest){.present = true};
    return sg_der_enter(der, tag, &content, "an ObjectDigestInfo") &&
           parse_digested_object(&content, &out->object) &&
           (!sg_der_next_is(&content, SG_TAG_OID) ||
            sg_der_oid(&content, &out->other_type, "otherObjectTypeID")) &&
           sg_algorithm_parse(&content, &out->algorithm, "digestAlgorithm") &&
           sg_der_bit_string(&content, SG_TAG_BIT_STRING, &out->value, &unused, "objectDigest") &&
           sg_der_end(&content);
}

/* Holder ::= SEQUENCE { baseCertificateID [0] IssuerSerial OPTIONAL, entityName [1] GeneralNames
 * OPTIONAL, objectDigestInfo [2] ObjectDigestInfo OPTIONAL } */
static bool parse_holder_v2(struct sg_der *info, struct sg_holder *out)
{
    struct sg_der content;
    if (!sg_der_enter(info, SG_TAG_SEQUENCE, &content, "holder"))
        return false;
    if (sg_der_next_is(&content, SG_TAG_CONTEXT_CONS(0)) &&
        !sg_issuer_serial_parse(&content, SG_TAG_CONTEXT_CONS(0), &out->base))
        return false;
    if (sg_der_next_is(&content, SG_TAG_CONTEXT_CONS(1)) &&
        !parse_names(&content, SG_TAG_CONTEXT_CONS(1), &out->names, "entityName"))
        return false;
    if (sg_der_next_is(&content, SG_TAG_CONTEXT_CONS(2)) &&
        !sg_object_digest_parse(&content, SG_TAG_CONTEXT_CONS(2), &out->digest))
        return false;
    return sg_der_end(&content);
}

/*
 * Version 1: subject CHOICE { baseCertificateID [0] IssuerSerial, subjectName [1] GeneralNames }.
 * The tags are EXPLICIT in RFC 5652 12.2 and IMPLICIT in X.509; what begins with a SEQUENCE and has
 * nothing after it can only be the former.
 */
static bool parse_holder_v1(struct sg_der *info, struct sg_holder *out)
{
    bool by_name = sg_der_next_is(info, SG_TAG_CONTEXT_CONS(1));
    struct sg_der content, probe, inner;
    if (!sg_der_enter(info, by_name ? SG_TAG_CONTEXT_CONS(1) : SG_TAG_CONTEXT_CONS(0), &content,
                      "the subject of a version 1 attribute certificate"))
        return false;
    struct signet_parse_error ignored = {0};
    probe = content;
    probe.error = &ignored;
    bool is_explicit =
        sg_der_enter(&probe, SG_TAG_SEQUENCE, &inner, "a SEQUENCE") && sg_der_done(&probe);
    if (is_explicit) {
        inner.error = content.error;
        content = inner;
    }
    if (!by_name)
        return parse_issuer_serial(&content, &out->base);
    out->names = sg_span(content.ptr, (size_t)(content.end - content.ptr));
    return sg_general_names_parse(&content) && sg_der_end(&content);
}

static void note(struct signet_attribute_certificate *certificate, enum sg_kind kind,
                 const uint8_t *at)
{
    sg_attribute_certificate_note(certificate, kind, at, no_oid);
}

static void note_holder(struct signet_attribute_certificate *certificate, const uint8_t *at)
{
    const struct sg_holder *holder = &certificate->holder;
    int num = (int)holder->base.present + (holder->names.ptr != NULL) + (int)holder->digest.present;
    if (num == 0)
        note(certificate, SG_KIND_AC_HOLDER_MISSING, at);
    if (num > 1)
        note(certificate, SG_KIND_AC_HOLDER_SEVERAL, at);
    if (holder->base.present && holder->base.issuer.der.ptr == NULL)
        note(certificate, SG_KIND_AC_HOLDER_ISSUER, at);
    if (holder->digest.present && holder->digest.object > SG_DIGESTED_CERTIFICATE)
        note(certificate, SG_KIND_AC_HOLDER_OBJECT, at);
}

bool sg_holder_parse(struct sg_der *info, struct signet_attribute_certificate *out)
{
    const uint8_t *at = info->ptr;
    if (out->version == 1)
        return parse_holder_v1(info, &out->holder);
    if (!parse_holder_v2(info, &out->holder))
        return false;
    note_holder(out, at);
    return true;
}

/* V2Form ::= SEQUENCE { issuerName GeneralNames OPTIONAL, baseCertificateID [0] IssuerSerial
 * OPTIONAL, objectDigestInfo [1] ObjectDigestInfo OPTIONAL } */
static bool parse_v2_form(struct sg_der *info, struct sg_attribute_issuer *out)
{
    struct sg_der content;
    if (!sg_der_enter(info, SG_TAG_CONTEXT_CONS(0), &content, "a V2Form"))
        return false;
    if (sg_der_next_is(&content, SG_TAG_SEQUENCE) &&
        !parse_names(&content, SG_TAG_SEQUENCE, &out->names, "issuerName"))
        return false;
    if (sg_der_next_is(&content, SG_TAG_CONTEXT_CONS(0)) &&
        !sg_issuer_serial_parse(&content, SG_TAG_CONTEXT_CONS(0), &out->base))
        return false;
    if (sg_der_next_is(&content, SG_TAG_CONTEXT_CONS(1)) &&
        !sg_object_digest_parse(&content, SG_TAG_CONTEXT_CONS(1), &out->digest))
        return false;
    return sg_der_end(&content);
}

/* AttCertIssuer ::= CHOICE { v1Form GeneralNames, v2Form [0] V2Form } */
bool sg_attribute_issuer_parse(struct sg_der *info, struct signet_attribute_certificate *out)
{
    struct sg_attribute_issuer *issuer = &out->issuer;
    const uint8_t *at = info->ptr;
    issuer->v1_form = sg_der_next_is(info, SG_TAG_SEQUENCE);
    if (!(issuer->v1_form ? parse_names(info, SG_TAG_SEQUENCE, &issuer->names, "issuer")
                          : parse_v2_form(info, issuer)))
        return false;
    issuer->name = only_directory(issuer->names);
    if (out->version == 1)
        return true;
    if (issuer->v1_form)
        note(out, SG_KIND_AC_ISSUER_V1_FORM, at);
    if (issuer->name.der.ptr == NULL)
        note(out, SG_KIND_AC_ISSUER_NAME, at);
    if (issuer->base.present || issuer->digest.present)
        note(out, SG_KIND_AC_ISSUER_EXCESS, at);
    return true;
}
