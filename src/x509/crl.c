/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl.h"

#include "base/time.h"
#include "crypto/digest.h"
#include "x509/crl_index.h"
#include "x509/crl_parts.h"
#include "x509/signed_object.h"

#include <stdlib.h>

static const struct signet_span no_oid = {NULL, 0};

/* version Version OPTIONAL, which must be v2 when it is there; some spell out v1. */
static bool parse_version(struct sg_der *tbs, struct signet_crl *out)
{
    const uint8_t *at = tbs->ptr;
    uint32_t number;
    out->version = 1;
    if (!sg_der_next_is(tbs, SG_TAG_INTEGER))
        return true;
    if (!sg_der_uint32(tbs, &number, "version"))
        return false;
    if (number > 1)
        return sg_der_fail_at(tbs, at, "version 1 or 2");
    if (number == 0)
        sg_crl_note(out, SG_KIND_CRL_VERSION_DEFAULT, at, no_oid);
    out->version = (int)number + 1;
    return true;
}

static bool parse_issuer(struct sg_der *tbs, struct signet_crl *out)
{
    const uint8_t *at = tbs->ptr;
    if (!sg_name_parse(tbs, &out->issuer, "issuer"))
        return false;
    if (sg_name_is_empty(&out->issuer))
        sg_crl_refuse(out, SG_KIND_CRL_ISSUER_EMPTY, at, no_oid, NULL);
    return true;
}

static bool parse_time(struct sg_der *tbs, struct signet_crl *out, signet_time *time)
{
    const uint8_t *at = tbs->ptr;
    uint32_t tag;
    if (!sg_der_time(tbs, time, &tag))
        return false;
    if (tag == SG_TAG_GENERALIZED_TIME && *time < SG_TIME_2050)
        sg_crl_note(out, SG_KIND_CRL_TIME_FORM, at, no_oid);
    return true;
}

/* nextUpdate Time OPTIONAL */
static bool parse_next_update(struct sg_der *tbs, struct signet_crl *out)
{
    out->next_update = SIGNET_TIME_UNKNOWN;
    if (!sg_der_next_is(tbs, SG_TAG_UTC_TIME) && !sg_der_next_is(tbs, SG_TAG_GENERALIZED_TIME))
        return true;
    return parse_time(tbs, out, &out->next_update);
}

/* revokedCertificates SEQUENCE OF SEQUENCE { … } OPTIONAL: found here, read by sg_crl_scan. */
static bool find_entries(struct sg_der *tbs, struct signet_crl *out)
{
    if (!sg_der_next_is(tbs, SG_TAG_SEQUENCE))
        return true;
    if (!sg_der_value(tbs, SG_TAG_SEQUENCE, &out->entries, "revokedCertificates"))
        return false;
    if (out->entries.len == 0)
        sg_crl_note(out, SG_KIND_CRL_LIST_EMPTY, out->entries.ptr, no_oid);
    return true;
}

/* crlExtensions [0] EXPLICIT Extensions OPTIONAL */
static bool parse_extensions(struct sg_der *tbs, struct signet_crl *out)
{
    struct sg_der explicit_list, list;
    const uint8_t *at = tbs->ptr;
    if (!sg_der_next_is(tbs, SG_TAG_CONTEXT_CONS(0)))
        return true;
    if (!sg_der_enter(tbs, SG_TAG_CONTEXT_CONS(0), &explicit_list, "crlExtensions") ||
        !sg_der_enter(&explicit_list, SG_TAG_SEQUENCE, &list, "Extensions") ||
        !sg_der_end(&explicit_list))
        return false;
    if (out->version == 1) {
        sg_crl_refuse(out, SG_KIND_CRL_EXTENSIONS_MISPLACED, at, no_oid, NULL);
        return true;
    }
    if (sg_der_done(&list))
        sg_crl_note(out, SG_KIND_CRL_EXTENSIONS_EMPTY, at, no_oid);
    out->extensions = sg_span(list.ptr, (size_t)(list.end - list.ptr));
    return sg_crl_take_extensions(out, &list);
}

static bool parse_tbs(struct sg_der *tbs, struct signet_crl *out)
{
    return parse_version(tbs, out) &&
           sg_algorithm_parse(tbs, &out->tbs_signature_algorithm, "signature") &&
           parse_issuer(tbs, out) && parse_time(tbs, out, &out->this_update) &&
           parse_next_update(tbs, out) && find_entries(tbs, out) && parse_extensions(tbs, out) &&
           sg_der_end(tbs);
}

/* CertificateList ::= SEQUENCE { tbsCertList TBSCertList, signatureAlgorithm AlgorithmIdentifier,
 * signatureValue BIT STRING } */
static bool parse_list(struct sg_der *der, struct signet_crl *out)
{
    struct sg_der content, tbs;
    bool half_octets;
    if (!sg_der_enter(der, SG_TAG_SEQUENCE, &content, "a CertificateList") || !sg_der_end(der) ||
        !sg_signed_body_open(&content, "tbsCertList", &out->tbs, &tbs) || !parse_tbs(&tbs, out) ||
        !sg_signed_signature_parse(&content, &out->signature_algorithm, &out->signature,
                                   &half_octets))
        return false;
    if (half_octets)
        sg_crl_refuse(out, SG_KIND_CRL_SIGNATURE_BITS, out->signature.ptr, no_oid, NULL);
    if (!sg_span_equal(out->signature_algorithm.full, out->tbs_signature_algorithm.full))
        sg_crl_refuse(out, SG_KIND_CRL_ALGORITHMS_DIFFER, out->signature_algorithm.full.ptr, no_oid,
                      NULL);
    sg_crl_conclude_facts(out);
    return true;
}

static enum signet_status scan_entries(struct signet_crl *crl, const struct sg_der *origin)
{
    struct sg_der list = sg_der_within(origin, crl->entries);
    return sg_crl_scan(crl, &list);
}

static enum signet_status canonicalise(struct signet_crl *crl)
{
    struct sg_buffer form;
    sg_buffer_init(&form, SG_NAME_MAX_FORM_LEN);
    if (!sg_name_add_canonical(&crl->issuer, &form)) {
        sg_buffer_free(&form);
        return SIGNET_ERR_MEMORY;
    }
    crl->issuer_name = form.ptr;
    sg_name_set_canonical(&crl->issuer, sg_buffer_span(&form));
    return SIGNET_OK;
}

static enum signet_status parse(struct signet_crl *crl, struct signet_parse_error *error)
{
    struct sg_der der = sg_der_begin(crl->der, error), origin = der;
    if (!parse_list(&der, crl))
        return SIGNET_ERR_PARSE;
    enum signet_status status = canonicalise(crl);
    if (status == SIGNET_OK && crl->entries.len > 0)
        status = scan_entries(crl, &origin);
    return status;
}

enum signet_status signet_crl_parse_borrowed(struct signet_span bytes,
                                             void (*release)(void *context), void *context,
                                             struct signet_crl **crl,
                                             struct signet_parse_error *error)
{
    struct signet_parse_error first = {.object = "crl"};
    struct signet_crl *parsed = calloc(1, sizeof(*parsed));
    *crl = NULL;
    if (error != NULL)
        *error = (struct signet_parse_error){0};
    if (parsed == NULL) {
        if (release != NULL)
            release(context);
        return SIGNET_ERR_MEMORY;
    }
    atomic_init(&parsed->references, 1);
    parsed->der = bytes;
    parsed->release = release;
    parsed->release_context = context;

    enum signet_status status = parse(parsed, &first);
    if (status == SIGNET_OK) {
        *crl = parsed;
        return SIGNET_OK;
    }
    signet_crl_unref(parsed);
    if (status == SIGNET_ERR_PARSE && error != NULL)
        *error = first;
    return status;
}

enum signet_status signet_crl_parse(struct signet_span bytes, struct signet_crl **crl,
                                    struct signet_parse_error *error)
{
    uint8_t *copy = malloc(bytes.len + 1);
    *crl = NULL;
    if (error != NULL)
        *error = (struct signet_parse_error){0};
    if (copy == NULL)
        return SIGNET_ERR_MEMORY;
    if (bytes.len > 0)
        memcpy(copy, bytes.ptr, bytes.len);
    return signet_crl_parse_borrowed(sg_span(copy, bytes.len), free, copy, crl, error);
}

struct signet_crl *signet_crl_ref(const struct signet_crl *crl)
{
    struct signet_crl *shared = (struct signet_crl *)(uintptr_t)crl;
    atomic_fetch_add_explicit(&shared->references, 1, memory_order_relaxed);
    return shared;
}

void signet_crl_unref(struct signet_crl *crl)
{
    if (crl == NULL || atomic_fetch_sub_explicit(&crl->references, 1, memory_order_acq_rel) != 1)
        return;
    if (crl->release != NULL)
        crl->release(crl->release_context);
    sg_crl_index_free(atomic_load(&crl->index));
    free(crl->marks);
    free(crl->runs);
    free(crl->run_names);
    free(crl->issuer_name);
    free(crl->excerpt);
    free(crl);
}

bool sg_crl_sha256(const struct signet_crl *crl, uint8_t out[32])
{
    if (!crl->has_sha256)
        return sg_sha256(crl->der, out);
    memcpy(out, crl->sha256, sizeof(crl->sha256));
    return true;
}

void sg_crl_set_sha256(struct signet_crl *crl, const uint8_t sha256[32])
{
    memcpy(crl->sha256, sha256, sizeof(crl->sha256));
    crl->has_sha256 = true;
}

struct signet_span signet_crl_der(const struct signet_crl *crl)
{
    return crl->der;
}

size_t signet_crl_issuer(const struct signet_crl *crl, char *text, size_t size)
{
    return sg_name_write_text(&crl->issuer, text, size);
}

signet_time signet_crl_this_update(const struct signet_crl *crl)
{
    return crl->this_update;
}

signet_time signet_crl_next_update(const struct signet_crl *crl)
{
    return crl->next_update;
}
