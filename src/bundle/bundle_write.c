/* SPDX-License-Identifier: Apache-2.0 */
#include "base/pem_write.h"
#include "base/span.h"
#include "cms/signed_data_write.h"
#include "signet/bundle.h"

#include <stdlib.h>

/* The kinds of objects, in the order in which they are written. */
enum kind { CERTIFICATE, ATTRIBUTE_CERTIFICATE, CRL, NUM_KINDS };

/* One object, and where it stood in the caller's list of its kind. */
struct item {
    struct signet_span der;
    enum kind kind;
    size_t index;
};

struct writing {
    const struct signet_bundle *bundle;
    const struct signet_sink *sink;
    struct item *items; /* no two alike; by kind, then as the caller has them */
    size_t num_items;
    struct signet_span *spans; /* room for one each */
};

static struct signet_span der_of(const struct signet_bundle *bundle, enum kind kind, size_t index)
{
    if (kind == CERTIFICATE)
        return signet_certificate_der(bundle->certificates[index]);
    return kind == CRL ? signet_crl_der(bundle->crls[index])
                       : signet_attribute_certificate_der(bundle->attribute_certificates[index]);
}

static int compare_places(const struct item *one, const struct item *other)
{
    if (one->kind != other->kind)
        return one->kind < other->kind ? -1 : 1;
    return one->index < other->index ? -1 : one->index > other->index;
}

static int compare_octets(const void *a, const void *b)
{
    const struct item *one = a, *other = b;
    int order = sg_span_compare(one->der, other->der);
    return order != 0 ? order : compare_places(one, other);
}

static int compare_order(const void *a, const void *b)
{
    return compare_places(a, b);
}

/* Those that were given twice go, where they were given first they stay. */
static void merge(struct writing *writing)
{
    size_t kept = 0;
    struct item *items = writing->items;
    qsort(items, writing->num_items, sizeof *items, compare_octets);
    for (size_t i = 0; i < writing->num_items; i++) {
        if (kept == 0 || !sg_span_equal(items[kept - 1].der, items[i].der))
            items[kept++] = items[i];
    }
    writing->num_items = kept;
    qsort(items, kept, sizeof *items, compare_order);
}

static size_t count(const struct signet_bundle *bundle, enum kind kind)
{
    const size_t counts[NUM_KINDS] = {
        [CERTIFICATE] = bundle->num_certificates,
        [ATTRIBUTE_CERTIFICATE] = bundle->num_attribute_certificates,
        [CRL] = bundle->num_crls,
    };
    return counts[kind];
}

static bool gather(struct writing *writing)
{
    size_t num = 0;
    for (enum kind kind = CERTIFICATE; kind < NUM_KINDS; kind++)
        num += count(writing->bundle, kind);
    writing->items = calloc(num, sizeof *writing->items);
    writing->spans = calloc(num, sizeof *writing->spans);
    if (writing->items == NULL || writing->spans == NULL)
        return false;
    for (enum kind kind = CERTIFICATE; kind < NUM_KINDS; kind++) {
        for (size_t i = 0; i < count(writing->bundle, kind); i++)
            writing->items[writing->num_items++] =
                (struct item){der_of(writing->bundle, kind, i), kind, i};
    }
    merge(writing);
    return true;
}

/* The items of KIND, which lie together. FIRST is how many lie before them. */
static struct sg_elements select(struct writing *writing, enum kind kind, size_t *first)
{
    struct sg_elements elements = {writing->spans + *first, 0};
    while (*first < writing->num_items && writing->items[*first].kind == kind) {
        elements.items[elements.num++] = writing->items[*first].der;
        ++*first;
    }
    return elements;
}

static enum signet_status write_cms(struct writing *writing, const struct signet_sink *sink)
{
    struct sg_signed_data_parts parts = {.content_type = SG_OID_CT_DATA};
    size_t first = 0;
    parts.certificates = select(writing, CERTIFICATE, &first);
    parts.attribute_certificates = select(writing, ATTRIBUTE_CERTIFICATE, &first);
    parts.crls = select(writing, CRL, &first);
    return sg_signed_data_write(&parts, sink);
}

static enum signet_status write_certs_only(struct writing *writing)
{
    return write_cms(writing, writing->sink);
}

static bool into_pem(void *context, struct signet_span bytes)
{
    return sg_pem_writer_add(context, bytes);
}

static enum signet_status write_certs_only_pem(struct writing *writing)
{
    struct sg_pem_writer pem;
    const struct signet_sink inner = {into_pem, &pem};
    /* openssl and gpgsm read this label; they do not know "CMS", or not all of them do. */
    if (!sg_pem_writer_begin(&pem, "PKCS7", writing->sink))
        return SIGNET_ERR_IO;
    enum signet_status status = write_cms(writing, &inner);
    if (status != SIGNET_OK)
        return status;
    return sg_pem_writer_finish(&pem) ? SIGNET_OK : SIGNET_ERR_IO;
}

static bool into_base64(void *context, struct signet_span bytes)
{
    return sg_base64_writer_add(context, bytes);
}

/* RFC 8551 3.2.2, 3.9. */
static const char mime_header[] =
    "MIME-Version: 1.0\r\n"
    "Content-Type: application/pkcs7-mime; smime-type=certs-only; name=smime.p7c\r\n"
    "Content-Transfer-Encoding: base64\r\n"
    "Content-Disposition: attachment; filename=smime.p7c\r\n"
    "\r\n";

static enum signet_status write_certs_only_mime(struct writing *writing)
{
    struct sg_base64_writer base64 = sg_base64_writer_begin(writing->sink, "\r\n");
    const struct signet_sink inner = {into_base64, &base64};
    if (!writing->sink->write(writing->sink->context, sg_span_text(mime_header)))
        return SIGNET_ERR_IO;
    enum signet_status status = write_cms(writing, &inner);
    if (status != SIGNET_OK)
        return status;
    return sg_base64_writer_finish(&base64) ? SIGNET_OK : SIGNET_ERR_IO;
}

/* Names are cut: openssl reads lines in pieces of 254 octets and would take one of them that looks
 * like a BEGIN line for one. */
enum { NAME_SIZE = 160 };

/* 0: memory is out. */
static size_t write_name(const struct signet_bundle *bundle, const struct item *item,
                         char name[NAME_SIZE])
{
    if (item->kind == CERTIFICATE)
        return signet_certificate_subject(bundle->certificates[item->index], name, NAME_SIZE);
    if (item->kind == CRL)
        return signet_crl_issuer(bundle->crls[item->index], name, NAME_SIZE);
    return signet_attribute_certificate_holder(bundle->attribute_certificates[item->index], name,
                                               NAME_SIZE);
}

static enum signet_status write_block(struct writing *writing, const struct item *item)
{
    static const struct {
        const char *label, *comment;
    } rows[NUM_KINDS] = {
        [CERTIFICATE] = {"CERTIFICATE", "# "},
        [ATTRIBUTE_CERTIFICATE] = {"ATTRIBUTE CERTIFICATE", "# attribute certificate of "},
        [CRL] = {"X509 CRL", "# CRL of "},
    };
    const struct signet_sink *sink = writing->sink;
    struct sg_pem_writer pem;
    char name[NAME_SIZE];
    if (write_name(writing->bundle, item, name) == 0)
        return SIGNET_ERR_MEMORY;
    bool written = sink->write(sink->context, sg_span_text(rows[item->kind].comment)) &&
                   sink->write(sink->context, sg_span_text(name)) &&
                   sink->write(sink->context, sg_span_text("\n")) &&
                   sg_pem_writer_begin(&pem, rows[item->kind].label, sink) &&
                   sg_pem_writer_add(&pem, item->der) && sg_pem_writer_finish(&pem);
    return written ? SIGNET_OK : SIGNET_ERR_IO;
}

static enum signet_status write_pem(struct writing *writing)
{
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; status == SIGNET_OK && i < writing->num_items; i++)
        status = write_block(writing, &writing->items[i]);
    return status;
}

static enum signet_status write_der(struct writing *writing)
{
    return writing->sink->write(writing->sink->context, writing->items[0].der) ? SIGNET_OK
                                                                               : SIGNET_ERR_IO;
}

static enum signet_status (*const writers[])(struct writing *writing) = {
    [SIGNET_BUNDLE_CERTS_ONLY] = write_certs_only,
    [SIGNET_BUNDLE_CERTS_ONLY_PEM] = write_certs_only_pem,
    [SIGNET_BUNDLE_CERTS_ONLY_MIME] = write_certs_only_mime,
    [SIGNET_BUNDLE_PEM] = write_pem,
    [SIGNET_BUNDLE_DER] = write_der,
};

static bool has_version_1(const struct signet_bundle *bundle)
{
    for (size_t i = 0; i < bundle->num_attribute_certificates; i++) {
        if (signet_attribute_certificate_version(bundle->attribute_certificates[i]) == 1)
            return true;
    }
    return false;
}

static bool has_excerpt(const struct signet_bundle *bundle)
{
    for (size_t i = 0; i < bundle->num_crls; i++) {
        if (signet_crl_is_excerpt(bundle->crls[i]))
            return true;
    }
    return false;
}

/* NULL: nothing speaks against it. */
static const char *find_refusal(const struct signet_bundle *bundle)
{
    if (bundle->num_certificates == 0 && bundle->num_crls == 0 &&
        bundle->num_attribute_certificates == 0)
        return "there is nothing to write: no certificate, no CRL, no attribute certificate";
    if (has_version_1(bundle))
        return "an attribute certificate of version 1 must not be sent (RFC 3850 2.2.1)";
    if (has_excerpt(bundle))
        return "an excerpt of a CRL is not what its issuer signed";
    return NULL;
}

static enum signet_status write_gathered(struct writing *writing, enum signet_bundle_form form,
                                         const char **refusal)
{
    if (!gather(writing))
        return SIGNET_ERR_MEMORY;
    if (form == SIGNET_BUNDLE_DER && writing->num_items != 1) {
        *refusal = "this form holds exactly one object";
        return SIGNET_ERR_ARGUMENT;
    }
    return writers[form](writing);
}

enum signet_status signet_bundle_write(const struct signet_bundle *bundle,
                                       enum signet_bundle_form form, const struct signet_sink *sink,
                                       const char **refusal)
{
    struct writing writing = {.bundle = bundle, .sink = sink};
    const char *why = (size_t)form < sizeof writers / sizeof *writers ? find_refusal(bundle)
                                                                      : "there is no such form";
    enum signet_status status = SIGNET_ERR_ARGUMENT;
    if (why == NULL)
        status = write_gathered(&writing, form, &why);
    free(writing.items);
    free(writing.spans);
    if (refusal != NULL)
        *refusal = why;
    return status;
}
