/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/certificate.h"

#include "base/time.h"
#include "crypto/digest.h"
#include "x509/certificate_facts.h"
#include "x509/signed_object.h"

#include <stdlib.h>

/* Canonical names count their octets in 32 bits. */
enum { MAX_DER_LEN = 1 << 28 };

/* A canonical name is never longer than so many times its DER, see name_prepare.h. */
enum { MAX_FORM_GROWTH = 8 };

enum { MAX_SERIAL_LEN = 20 };

static void note_at(struct signet_certificate *certificate, enum sg_kind kind, const uint8_t *at)
{
    const struct sg_note note = {.kind = kind, .offset = (size_t)(at - certificate->der.ptr)};
    sg_notes_add(&certificate->notes, &note);
}

/* version [0] EXPLICIT Version DEFAULT v1 */
static bool parse_version(struct sg_der *tbs, struct signet_certificate *out)
{
    struct sg_der explicit_version;
    const uint8_t *at = tbs->ptr;
    uint32_t number;
    out->version = 1;
    if (!sg_der_next_is(tbs, SG_TAG_CONTEXT_CONS(0)))
        return true;
    if (!sg_der_enter(tbs, SG_TAG_CONTEXT_CONS(0), &explicit_version, "version") ||
        !sg_der_uint32(&explicit_version, &number, "version") || !sg_der_end(&explicit_version))
        return false;
    if (number > 2)
        return sg_der_fail_at(tbs, at, "version 1, 2 or 3");
    if (number == 0)
        note_at(out, SG_KIND_CERT_VERSION_DEFAULT, at);
    out->version = (int)number + 1;
    return true;
}

static bool parse_serial(struct sg_der *tbs, struct signet_certificate *out)
{
    const uint8_t *at = tbs->ptr;
    if (!sg_der_integer(tbs, &out->serial, "serialNumber"))
        return false;
    if ((out->serial.ptr[0] & 0x80) != 0)
        note_at(out, SG_KIND_CERT_SERIAL_NEGATIVE, at);
    if (out->serial.len == 1 && out->serial.ptr[0] == 0)
        note_at(out, SG_KIND_CERT_SERIAL_ZERO, at);
    if (out->serial.len > MAX_SERIAL_LEN)
        note_at(out, SG_KIND_CERT_SERIAL_LONG, at);
    return true;
}

static bool parse_name(struct sg_der *tbs, struct signet_certificate *out, struct sg_name *name,
                       const char *expected)
{
    const uint8_t *at = tbs->ptr;
    if (!sg_name_parse(tbs, name, expected))
        return false;
    if (name->set_unordered)
        note_at(out, SG_KIND_CERT_RDN_ORDER, at);
    return true;
}

/* Validity ::= SEQUENCE { notBefore Time, notAfter Time } */
static bool parse_time(struct sg_der *validity, struct signet_certificate *out, signet_time *time)
{
    const uint8_t *at = validity->ptr;
    uint32_t tag;
    if (!sg_der_time(validity, time, &tag))
        return false;
    if (tag == SG_TAG_GENERALIZED_TIME && *time < SG_TIME_2050)
        note_at(out, SG_KIND_CERT_TIME_FORM, at);
    return true;
}

static bool parse_validity(struct sg_der *tbs, struct signet_certificate *out)
{
    struct sg_der validity;
    return sg_der_enter(tbs, SG_TAG_SEQUENCE, &validity, "validity") &&
           parse_time(&validity, out, &out->not_before) &&
           parse_time(&validity, out, &out->not_after) && sg_der_end(&validity);
}

/* issuerUniqueID [1], subjectUniqueID [2] IMPLICIT UniqueIdentifier OPTIONAL; UniqueIdentifier ::=
 * BIT STRING */
static bool parse_unique_id(struct sg_der *tbs, unsigned number, struct signet_certificate *out,
                            struct signet_span *id)
{
    const uint8_t *at = tbs->ptr;
    unsigned unused;
    if (!sg_der_next_is(tbs, SG_TAG_CONTEXT(number)))
        return true;
    if (!sg_der_bit_string(tbs, SG_TAG_CONTEXT(number), id, &unused, "a unique identifier"))
        return false;
    if (out->version == 1)
        note_at(out, SG_KIND_CERT_UNIQUE_ID_MISPLACED, at);
    return true;
}

/* How the fields are read: into facts and notes, or only as far as an outline goes. */
struct manner {
    bool (*algorithm)(struct sg_der *der, struct sg_algorithm *out, const char *expected);
    bool (*spki)(struct sg_der *der, struct sg_spki *out);
    bool (*extensions)(struct signet_certificate *certificate, struct sg_der *list);
};
static const struct manner in_full = {sg_algorithm_parse, sg_spki_parse,
                                      sg_certificate_take_extensions};
static const struct manner in_outline = {sg_algorithm_skim, sg_spki_skim,
                                         sg_certificate_skim_extensions};

/* extensions [3] EXPLICIT Extensions OPTIONAL. Those of a certificate that may have none are never
 * looked into. */
static bool parse_extensions(struct sg_der *tbs, struct signet_certificate *out,
                             const struct manner *manner)
{
    struct sg_der explicit_list, list;
    const uint8_t *at = tbs->ptr;
    if (!sg_der_next_is(tbs, SG_TAG_CONTEXT_CONS(3)))
        return true;
    if (!sg_der_enter(tbs, SG_TAG_CONTEXT_CONS(3), &explicit_list, "extensions") ||
        !sg_der_enter(&explicit_list, SG_TAG_SEQUENCE, &list, "Extensions") ||
        !sg_der_end(&explicit_list))
        return false;
    if (out->version < 3) {
        note_at(out, SG_KIND_CERT_EXTENSIONS_MISPLACED, at);
        return true;
    }
    if (sg_der_done(&list))
        note_at(out, SG_KIND_CERT_EXTENSIONS_EMPTY, at);
    out->extensions = sg_span(list.ptr, (size_t)(list.end - list.ptr));
    return manner->extensions(out, &list);
}

static bool parse_tbs(struct sg_der *tbs, struct signet_certificate *out,
                      const struct manner *manner)
{
    return parse_version(tbs, out) && parse_serial(tbs, out) &&
           manner->algorithm(tbs, &out->tbs_signature_algorithm, "signature") &&
           parse_name(tbs, out, &out->issuer, "issuer") && parse_validity(tbs, out) &&
           parse_name(tbs, out, &out->subject, "subject") && manner->spki(tbs, &out->spki) &&
           parse_unique_id(tbs, 1, out, &out->issuer_unique_id) &&
           parse_unique_id(tbs, 2, out, &out->subject_unique_id) &&
           parse_extensions(tbs, out, manner) && sg_der_end(tbs);
}

/* Certificate ::= SEQUENCE { tbsCertificate TBSCertificate, signatureAlgorithm AlgorithmIdentifier,
 * signatureValue BIT STRING } */
static bool parse_certificate(struct sg_der *der, struct signet_certificate *out,
                              const struct manner *manner)
{
    struct sg_der content, tbs;
    bool half_octets;
    if (!sg_der_enter(der, SG_TAG_SEQUENCE, &content, "a Certificate") || !sg_der_end(der) ||
        !sg_signed_body_open(&content, "tbsCertificate", &out->tbs, &tbs) ||
        !parse_tbs(&tbs, out, manner))
        return false;
    out->signature_algorithm = out->tbs_signature_algorithm;
    if (!sg_signed_signature_parse(&content, &out->signature_algorithm, &out->signature,
                                   &half_octets))
        return false;
    if (half_octets)
        note_at(out, SG_KIND_CERT_SIGNATURE_BITS, out->signature.ptr);
    if (!sg_span_equal(out->signature_algorithm.full, out->tbs_signature_algorithm.full))
        note_at(out, SG_KIND_CERT_ALGORITHMS_DIFFER, out->signature_algorithm.full.ptr);
    return true;
}

static bool find_name(struct sg_der *tbs, struct sg_name *out, const char *expected)
{
    *out = (struct sg_name){0};
    return sg_der_full(tbs, SG_TAG_SEQUENCE, &out->der, expected);
}

/*
 * Only as far as the two names, so that the certificate's one block of memory can have room for
 * their canonical forms. Nothing is checked that parse_certificate checks after it, and says
 * better.
 */
static bool find_names(struct signet_span bytes, struct sg_name *issuer, struct sg_name *subject)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(bytes, &error), content, tbs;
    struct sg_tlv element;
    if (!sg_der_enter(&der, SG_TAG_SEQUENCE, &content, "a Certificate") ||
        !sg_der_enter(&content, SG_TAG_SEQUENCE, &tbs, "tbsCertificate"))
        return false;
    if (sg_der_next_is(&tbs, SG_TAG_CONTEXT_CONS(0)) && !sg_der_any(&tbs, &element))
        return false;
    return sg_der_any(&tbs, &element) && sg_der_any(&tbs, &element) &&
           find_name(&tbs, issuer, "issuer") && sg_der_any(&tbs, &element) &&
           find_name(&tbs, subject, "subject");
}

/* The canonical forms of both names. */
struct forms {
    struct sg_buffer octets;
    size_t issuer_len, subject_at; /* both names are one often enough: a root's */
};

static bool canonicalise(const struct sg_name *issuer, const struct sg_name *subject,
                         struct forms *forms)
{
    if (!sg_name_add_canonical(issuer, &forms->octets))
        return false;
    forms->issuer_len = forms->octets.len;
    if (sg_span_equal(issuer->der, subject->der))
        return true;
    forms->subject_at = forms->issuer_len;
    return sg_name_add_canonical(subject, &forms->octets);
}

static void set_names(struct signet_certificate *certificate, const struct forms *forms,
                      const uint8_t *octets)
{
    struct signet_span all = sg_span(octets, forms->octets.len);
    sg_name_set_canonical(&certificate->issuer, sg_span_first(all, forms->issuer_len));
    sg_name_set_canonical(&certificate->subject, sg_span_from(all, forms->subject_at));
    certificate->self_issued = sg_name_equal(&certificate->issuer, &certificate->subject);
}

/* One block: the struct, the DER, the forms. */
static enum signet_status make(struct signet_span bytes, const struct forms *forms,
                               struct signet_certificate **out, struct signet_parse_error *error)
{
    struct signet_certificate *certificate =
        malloc(sizeof(*certificate) + bytes.len + forms->octets.len);
    if (certificate == NULL)
        return SIGNET_ERR_MEMORY;
    uint8_t *der = (uint8_t *)(certificate + 1);
    memcpy(der, bytes.ptr, bytes.len);
    if (forms->octets.len > 0)
        memcpy(der + bytes.len, forms->octets.ptr, forms->octets.len);
    *certificate = (struct signet_certificate){.der = {der, bytes.len},
                                               .path_len = -1,
                                               .require_explicit_policy = -1,
                                               .inhibit_policy_mapping = -1,
                                               .inhibit_any_policy = -1};
    atomic_init(&certificate->references, 1);

    struct sg_der cursor = sg_der_begin(certificate->der, error);
    enum signet_status status = SIGNET_OK;
    if (!parse_certificate(&cursor, certificate, &in_full))
        status = SIGNET_ERR_PARSE;
    else if (!sg_certificate_conclude_facts(certificate) ||
             !sg_sha256(certificate->der, certificate->sha256))
        status = SIGNET_ERR_MEMORY;
    if (status != SIGNET_OK) {
        free(certificate);
        return status;
    }
    set_names(certificate, forms, der + bytes.len);
    *out = certificate;
    return SIGNET_OK;
}

static enum signet_status parse(struct signet_span bytes, struct signet_certificate **out,
                                struct signet_parse_error *error)
{
    if (bytes.len > MAX_DER_LEN)
        return SIGNET_ERR_LIMIT;
    struct sg_name issuer, subject;
    struct forms forms = {0};
    sg_buffer_init(&forms.octets, bytes.len * MAX_FORM_GROWTH);
    enum signet_status status = SIGNET_ERR_MEMORY;
    if (!find_names(bytes, &issuer, &subject) || canonicalise(&issuer, &subject, &forms))
        status = make(bytes, &forms, out, error);
    sg_buffer_free(&forms.octets);
    return status;
}

enum signet_status signet_certificate_parse(struct signet_span bytes,
                                            struct signet_certificate **certificate,
                                            struct signet_parse_error *error)
{
    struct signet_parse_error first = {.object = "certificate"};
    *certificate = NULL;
    enum signet_status status = parse(bytes, certificate, &first);
    if (error != NULL)
        *error = status == SIGNET_ERR_PARSE ? first : (struct signet_parse_error){0};
    return status;
}

enum signet_status sg_certificate_outline_read(struct signet_span der,
                                               struct sg_certificate_outline *out,
                                               struct signet_parse_error *error)
{
    *error = (struct signet_parse_error){.object = "certificate"};
    if (der.len > MAX_DER_LEN)
        return SIGNET_ERR_LIMIT;
    struct signet_certificate read = {.der = der};
    struct sg_der cursor = sg_der_begin(der, error);
    if (!parse_certificate(&cursor, &read, &in_outline))
        return SIGNET_ERR_PARSE;
    *out = (struct sg_certificate_outline){read.issuer, read.subject, read.serial, read.ski};
    return SIGNET_OK;
}

struct signet_certificate *signet_certificate_ref(const struct signet_certificate *certificate)
{
    struct signet_certificate *shared = (struct signet_certificate *)(uintptr_t)certificate;
    atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    return shared;
}

void signet_certificate_unref(struct signet_certificate *certificate)
{
    if (certificate != NULL &&
        atomic_fetch_sub_explicit(&certificate->references, 1, memory_order_acq_rel) == 1)
        free(certificate);
}

struct signet_span signet_certificate_der(const struct signet_certificate *certificate)
{
    return certificate->der;
}

struct signet_span signet_certificate_serial(const struct signet_certificate *certificate)
{
    return certificate->serial;
}

struct signet_span signet_certificate_sha256(const struct signet_certificate *certificate)
{
    return sg_span(certificate->sha256, sizeof(certificate->sha256));
}

signet_time signet_certificate_not_before(const struct signet_certificate *certificate)
{
    return certificate->not_before;
}

signet_time signet_certificate_not_after(const struct signet_certificate *certificate)
{
    return certificate->not_after;
}

struct signet_span signet_certificate_subject_name(const struct signet_certificate *certificate)
{
    return certificate->subject.der;
}

struct signet_span signet_certificate_issuer_name(const struct signet_certificate *certificate)
{
    return certificate->issuer.der;
}

size_t signet_certificate_subject(const struct signet_certificate *certificate, char *text,
                                  size_t size)
{
    return sg_name_write_text(&certificate->subject, text, size);
}

size_t signet_certificate_issuer(const struct signet_certificate *certificate, char *text,
                                 size_t size)
{
    return sg_name_write_text(&certificate->issuer, text, size);
}
