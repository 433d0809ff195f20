/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/attribute_certificate.h"

#include "crypto/digest.h"
#include "x509/attribute_certificate_parts.h"
#include "x509/signed_object.h"

#include <stdlib.h>

/* Canonical names count their octets in 32 bits. */
enum { MAX_DER_LEN = 1 << 28 };

/* A canonical name is never longer than so many times its DER, see name_prepare.h. */
enum { MAX_FORM_GROWTH = 8 };

enum { MAX_SERIAL_LEN = 20 };

static const struct signet_span no_oid = {NULL, 0};

/* AttCertVersion ::= INTEGER { v2(1) }; in version 1 DEFAULT v1, so that DER leaves it out. */
static bool parse_version(struct sg_der *info, struct signet_attribute_certificate *out)
{
    const uint8_t *at = info->ptr;
    uint32_t number;
    out->version = 1;
    if (!sg_der_next_is(info, SG_TAG_INTEGER))
        return true;
    if (!sg_der_uint32(info, &number, "version"))
        return false;
    if (number > 1)
        return sg_der_fail_at(info, at, "version 1 or 2");
    out->version = (int)number + 1;
    return true;
}

static bool parse_serial(struct sg_der *info, struct signet_attribute_certificate *out)
{
    const uint8_t *at = info->ptr;
    if (!sg_der_integer(info, &out->serial, "serialNumber"))
        return false;
    bool zero = out->serial.len == 1 && out->serial.ptr[0] == 0;
    if (zero || (out->serial.ptr[0] & 0x80) != 0 || out->serial.len > MAX_SERIAL_LEN)
        sg_attribute_certificate_note(out, SG_KIND_AC_SERIAL_ODD, at, no_oid);
    return true;
}

static bool parse_time(struct sg_der *validity, signet_time *time)
{
    uint32_t tag;
    if (!sg_der_next_is(validity, SG_TAG_GENERALIZED_TIME))
        return sg_der_fail(validity, "a GeneralizedTime");
    return sg_der_time(validity, time, &tag);
}

/* AttCertValidityPeriod ::= SEQUENCE { notBeforeTime GeneralizedTime, notAfterTime GeneralizedTime
 * }
 */
static bool parse_validity(struct sg_der *info, struct signet_attribute_certificate *out)
{
    struct sg_der validity;
    return sg_der_enter(info, SG_TAG_SEQUENCE, &validity, "attrCertValidityPeriod") &&
           parse_time(&validity, &out->not_before) && parse_time(&validity, &out->not_after) &&
           sg_der_end(&validity);
}

static bool parse_attributes(struct sg_der *info, struct signet_attribute_certificate *out)
{
    struct sg_der list;
    return sg_der_enter(info, SG_TAG_SEQUENCE, &list, "attributes") &&
           sg_attribute_certificate_take_attributes(out, &list);
}

/* issuerUniqueID UniqueIdentifier OPTIONAL */
static bool parse_unique_id(struct sg_der *info, struct signet_attribute_certificate *out)
{
    unsigned unused;
    return !sg_der_next_is(info, SG_TAG_BIT_STRING) ||
           sg_der_bit_string(info, SG_TAG_BIT_STRING, &out->issuer_unique_id, &unused,
                             "issuerUniqueID");
}

static bool parse_extensions(struct sg_der *info, struct signet_attribute_certificate *out)
{
    struct sg_der list;
    const uint8_t *at = info->ptr;
    if (sg_der_done(info))
        return true;
    if (!sg_der_enter(info, SG_TAG_SEQUENCE, &list, "extensions"))
        return false;
    if (sg_der_done(&list))
        sg_attribute_certificate_note(out, SG_KIND_AC_EXTENSIONS_EMPTY, at, no_oid);
    out->extensions = sg_span(list.ptr, (size_t)(list.end - list.ptr));
    return sg_attribute_certificate_take_extensions(out, &list);
}

/*
 * AttributeCertificateInfo ::= SEQUENCE { version AttCertVersion, holder Holder, issuer
 * AttCertIssuer, signature AlgorithmIdentifier, serialNumber CertificateSerialNumber,
 * attrCertValidityPeriod AttCertValidityPeriod, attributes SEQUENCE OF Attribute, issuerUniqueID
 * UniqueIdentifier OPTIONAL, extensions Extensions OPTIONAL }
 */
static bool parse_info(struct sg_der *info, struct signet_attribute_certificate *out)
{
    return parse_version(info, out) && sg_holder_parse(info, out) &&
           sg_attribute_issuer_parse(info, out) &&
           sg_algorithm_parse(info, &out->info_signature_algorithm, "signature") &&
           parse_serial(info, out) && parse_validity(info, out) && parse_attributes(info, out) &&
           parse_unique_id(info, out) && parse_extensions(info, out) && sg_der_end(info);
}

static bool parse_signature(struct sg_der *content, struct signet_attribute_certificate *out)
{
    bool half_octets;
    if (!sg_signed_signature_parse(content, &out->signature_algorithm, &out->signature,
                                   &half_octets))
        return false;
    if (half_octets)
        return sg_der_fail_at(content, out->signature.ptr - 1, "a signatureValue of whole octets");
    if (!sg_span_equal(out->signature_algorithm.full, out->info_signature_algorithm.full))
        sg_attribute_certificate_note(out, SG_KIND_AC_ALGORITHMS_DIFFER,
                                      out->signature_algorithm.full.ptr, no_oid);
    return true;
}

/* AttributeCertificate ::= SEQUENCE { acinfo AttributeCertificateInfo, signatureAlgorithm
 * AlgorithmIdentifier, signatureValue BIT STRING } */
static bool parse_whole(struct signet_span der, uint32_t tag,
                        struct signet_attribute_certificate *out, struct signet_parse_error *error)
{
    struct sg_der cursor = sg_der_begin(der, error), content, info;
    *out = (struct signet_attribute_certificate){.der = der};
    atomic_init(&out->references, 1);
    if (!sg_der_enter(&cursor, tag, &content, "an AttributeCertificate") || !sg_der_end(&cursor))
        return false;
    if (!sg_signed_body_open(&content, "acinfo", &out->info, &info) || !parse_info(&info, out) ||
        !parse_signature(&content, out))
        return false;
    sg_attribute_certificate_conclude_facts(out);
    return true;
}

/* The canonical forms of the names that are held against others, one after the other. */
struct forms {
    struct sg_buffer octets;
    size_t issuer_len;
};

static bool canonicalise(const struct signet_attribute_certificate *read, struct forms *forms)
{
    const struct sg_name *issuer = &read->issuer.name, *holder = &read->holder.base.issuer;
    if (issuer->der.ptr != NULL && !sg_name_add_canonical(issuer, &forms->octets))
        return false;
    forms->issuer_len = forms->octets.len;
    return holder->der.ptr == NULL || sg_name_add_canonical(holder, &forms->octets);
}

static void set_names(struct signet_attribute_certificate *certificate, struct signet_span forms,
                      size_t issuer_len)
{
    if (certificate->issuer.name.der.ptr != NULL)
        sg_name_set_canonical(&certificate->issuer.name, sg_span_first(forms, issuer_len));
    if (certificate->holder.base.issuer.der.ptr != NULL)
        sg_name_set_canonical(&certificate->holder.base.issuer, sg_span_from(forms, issuer_len));
}

/* One block: the struct, the DER, the forms. BYTES have been read once without error, so that
 * reading the copy, where its spans stay, has none either. */
static enum signet_status make(struct signet_span bytes, const struct forms *forms,
                               struct signet_attribute_certificate **out)
{
    struct signet_attribute_certificate *made =
        malloc(sizeof(*made) + bytes.len + forms->octets.len);
    struct signet_parse_error error = {0};
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    uint8_t *der = (uint8_t *)(made + 1);
    memcpy(der, bytes.ptr, bytes.len);
    der[0] = SG_TAG_SEQUENCE;
    if (forms->octets.len > 0)
        memcpy(der + bytes.len, forms->octets.ptr, forms->octets.len);
    if (!parse_whole(sg_span(der, bytes.len), SG_TAG_SEQUENCE, made, &error) ||
        !sg_sha256(made->der, made->sha256)) {
        free(made);
        return SIGNET_ERR_MEMORY;
    }
    set_names(made, sg_span(der + bytes.len, forms->octets.len), forms->issuer_len);
    *out = made;
    return SIGNET_OK;
}

static enum signet_status parse(struct signet_span bytes, uint32_t tag,
                                struct signet_attribute_certificate **out,
                                struct signet_parse_error *error)
{
    struct signet_attribute_certificate read;
    struct forms forms = {.issuer_len = 0};
    if (bytes.len > MAX_DER_LEN)
        return SIGNET_ERR_LIMIT;
    if (!parse_whole(bytes, tag, &read, error))
        return SIGNET_ERR_PARSE;
    sg_buffer_init(&forms.octets, bytes.len * MAX_FORM_GROWTH);
    enum signet_status status = SIGNET_ERR_MEMORY;
    if (canonicalise(&read, &forms))
        status = make(bytes, &forms, out);
    sg_buffer_free(&forms.octets);
    return status;
}

enum signet_status sg_attribute_certificate_parse(struct signet_span bytes, uint32_t tag,
                                                  struct signet_attribute_certificate **certificate,
                                                  struct signet_parse_error *error)
{
    struct signet_parse_error first = {.object = "attribute certificate"};
    *certificate = NULL;
    enum signet_status status = parse(bytes, tag, certificate, &first);
    if (error != NULL)
        *error = status == SIGNET_ERR_PARSE ? first : (struct signet_parse_error){0};
    return status;
}

enum signet_status
signet_attribute_certificate_parse(struct signet_span bytes,
                                   struct signet_attribute_certificate **certificate,
                                   struct signet_parse_error *error)
{
    return sg_attribute_certificate_parse(bytes, SG_TAG_SEQUENCE, certificate, error);
}

struct signet_attribute_certificate *
signet_attribute_certificate_ref(const struct signet_attribute_certificate *certificate)
{
    struct signet_attribute_certificate *shared =
        (struct signet_attribute_certificate *)(uintptr_t)certificate;
    atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    return shared;
}

void signet_attribute_certificate_unref(struct signet_attribute_certificate *certificate)
{
    if (certificate != NULL &&
        atomic_fetch_sub_explicit(&certificate->references, 1, memory_order_acq_rel) == 1)
        free(certificate);
}

struct signet_span
signet_attribute_certificate_der(const struct signet_attribute_certificate *certificate)
{
    return certificate->der;
}

int signet_attribute_certificate_version(const struct signet_attribute_certificate *certificate)
{
    return certificate->version;
}

struct signet_span
signet_attribute_certificate_serial(const struct signet_attribute_certificate *certificate)
{
    return certificate->serial;
}

struct signet_span
signet_attribute_certificate_sha256(const struct signet_attribute_certificate *certificate)
{
    return sg_span(certificate->sha256, sizeof(certificate->sha256));
}

signet_time
signet_attribute_certificate_not_before(const struct signet_attribute_certificate *certificate)
{
    return certificate->not_before;
}

signet_time
signet_attribute_certificate_not_after(const struct signet_attribute_certificate *certificate)
{
    return certificate->not_after;
}
