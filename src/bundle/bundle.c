/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/bundle.h"

#include "asn1/der.h"
#include "bundle/cms_input.h"
#include "bundle/mime_input.h"
#include "bundle/object_kind.h"
#include "bundle/pem.h"
#include "cms/signed_data.h"
#include "mime/transfer.h"
#include "x509/attribute_certificate.h"

#include <stdlib.h>

/* A reading under way. Objects that cannot be read are counted, the first one's reason is kept. */
struct reading {
    const struct signet_bundle_callbacks *callbacks;
    struct signet_span input;
    struct sg_arena *decoded;  /* what is read now was decoded into it; NULL when it is the input */
    bool copied;               /* the same of a part of a mail, whose arena is not ours to keep */
    size_t origin;             /* where the part of a mail that is read now begins */
    enum signet_status status; /* the first that ends the reading */
    size_t num_objects, num_bad;
    struct signet_parse_error first_error;
};

static void count_bad(struct reading *reading, const struct signet_parse_error *error,
                      size_t offset)
{
    if (reading->num_bad++ > 0)
        return;
    reading->first_error = *error;
    reading->first_error.offset += offset + reading->origin;
}

static void tell_place(const struct reading *reading, size_t offset)
{
    if (reading->callbacks->place != NULL)
        *reading->callbacks->place = offset + reading->origin;
}

static void read_certificate_octets(struct reading *reading, struct signet_span der, size_t offset)
{
    struct signet_parse_error error;
    tell_place(reading, offset);
    enum signet_status status =
        reading->callbacks->certificate_octets(reading->callbacks->context, der, &error);

    if (status == SIGNET_ERR_PARSE) {
        count_bad(reading, &error, offset);
        return;
    }
    reading->num_objects += status == SIGNET_OK;
    reading->status = status;
}

static void read_certificate(struct reading *reading, struct signet_span der, size_t offset)
{
    if (reading->callbacks->certificate_octets != NULL) {
        read_certificate_octets(reading, der, offset);
        return;
    }
    struct signet_certificate *certificate;
    struct signet_parse_error error;
    enum signet_status status = signet_certificate_parse(der, &certificate, &error);

    if (status == SIGNET_ERR_PARSE) {
        count_bad(reading, &error, offset);
        return;
    }
    if (status == SIGNET_OK) {
        reading->num_objects++;
        tell_place(reading, offset);
        if (reading->callbacks->certificate != NULL)
            status = reading->callbacks->certificate(reading->callbacks->context, certificate);
        signet_certificate_unref(certificate);
    }
    reading->status = status;
}

/* An arena of its own for what one block of text decodes to: a CRL of it may keep it. */
static struct sg_arena *new_arena(const struct signet_scratch *scratch)
{
    struct sg_arena *arena = malloc(sizeof(*arena));
    if (arena == NULL)
        return NULL;
    sg_arena_init(arena, SIZE_MAX); /* decoding takes less than the input and a fixed part */
    arena->scratch = scratch;
    return arena;
}

static void free_arena(void *arena)
{
    if (arena == NULL)
        return;
    sg_arena_clear(arena);
    free(arena);
}

static bool lies_in(struct signet_span part, struct signet_span whole)
{
    return part.ptr >= whole.ptr && part.len <= whole.len &&
           (size_t)(part.ptr - whole.ptr) <= whole.len - part.len;
}

/* Lists have many megabytes: no copy where the octets stay. ALONE: nothing else was decoded with
 * them, so that they can be handed over. */
static enum signet_status parse_crl(struct reading *reading, struct signet_span der, bool alone,
                                    struct signet_crl **crl, struct signet_parse_error *error)
{
    if (reading->decoded == NULL && !reading->copied && reading->callbacks->bytes_stay &&
        lies_in(der, reading->input))
        return signet_crl_parse_borrowed(der, NULL, NULL, crl, error);
    if (reading->decoded == NULL || !alone)
        return signet_crl_parse(der, crl, error);
    struct sg_arena *arena = reading->decoded;
    reading->decoded = NULL;
    return signet_crl_parse_borrowed(der, free_arena, arena, crl, error);
}

static void take_crl(struct reading *reading, struct signet_span der, bool alone, size_t offset)
{
    struct signet_crl *crl;
    struct signet_parse_error error;
    enum signet_status status = parse_crl(reading, der, alone, &crl, &error);
    if (status == SIGNET_ERR_PARSE) {
        count_bad(reading, &error, offset);
        return;
    }
    if (status == SIGNET_OK) {
        reading->num_objects++;
        tell_place(reading, offset);
        if (reading->callbacks->crl != NULL)
            status = reading->callbacks->crl(reading->callbacks->context, crl);
        signet_crl_unref(crl);
    }
    reading->status = status;
}

/* One of several that lie together. */
static void read_crl(struct reading *reading, struct signet_span der, size_t offset)
{
    take_crl(reading, der, false, offset);
}

/* All that a block of PEM holds. */
static void read_lone_crl(struct reading *reading, struct signet_span der, size_t offset)
{
    take_crl(reading, der, true, offset);
}

/* TAG is that of a SEQUENCE, or the one in its place in CertificateChoices. */
static void read_attributes_as(struct reading *reading, struct signet_span der, uint32_t tag,
                               size_t offset)
{
    struct signet_attribute_certificate *certificate;
    struct signet_parse_error error;
    enum signet_status status = sg_attribute_certificate_parse(der, tag, &certificate, &error);

    if (status == SIGNET_ERR_PARSE) {
        count_bad(reading, &error, offset);
        return;
    }
    if (status == SIGNET_OK) {
        reading->num_objects++;
        tell_place(reading, offset);
        if (reading->callbacks->attribute_certificate != NULL)
            status =
                reading->callbacks->attribute_certificate(reading->callbacks->context, certificate);
        signet_attribute_certificate_unref(certificate);
    }
    reading->status = status;
}

static void read_attributes(struct reading *reading, struct signet_span der, size_t offset)
{
    read_attributes_as(reading, der, SG_TAG_SEQUENCE, offset);
}

static void read_objects(struct reading *reading, struct sg_cms_objects objects, size_t offset)
{
    struct sg_cms_object object;
    while (reading->status == SIGNET_OK && sg_cms_objects_next(&objects, &object)) {
        if (object.choice == SG_CHOICE_CERTIFICATE)
            read_certificate(reading, object.full, offset);
        else if (object.choice == SG_CHOICE_CRL)
            read_crl(reading, object.full, offset);
        else if (object.choice == SG_CHOICE_V2_ATTRIBUTE_CERTIFICATE)
            read_attributes_as(reading, object.full, SG_TAG_CONTEXT_CONS(2), offset);
    }
}

static void read_signed_data(struct reading *reading, const struct sg_content_info *info,
                             struct sg_arena *arena, size_t offset)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_signed_data signed_data;
    if (!sg_signed_data_parse(info->content, arena, &signed_data, &error)) {
        if (error.expected == NULL)
            reading->status = SIGNET_ERR_MEMORY;
        else
            count_bad(reading, &error, offset);
        return;
    }
    reading->num_objects++;
    read_objects(reading, signed_data.certificates, offset);
    read_objects(reading, signed_data.crls, offset);
}

static void read_cms(struct reading *reading, struct signet_span bytes, size_t offset)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_content_info info;
    struct sg_arena arena;
    if (sg_content_info_parse(bytes, &info, &error) && info.type != SG_OID_CT_SIGNED_DATA)
        error = (struct signet_parse_error){0, "a SignedData", "CMS object"};
    if (error.expected != NULL) {
        count_bad(reading, &error, offset);
        return;
    }
    sg_arena_init(&arena, SIZE_MAX);
    read_signed_data(reading, &info, &arena, offset);
    sg_arena_clear(&arena);
}

static void read_der(struct reading *reading, struct signet_span der, size_t offset)
{
    static void (*const readers[])(struct reading *, struct signet_span, size_t) = {
        [SG_OBJECT_CERTIFICATE] = read_certificate,
        [SG_OBJECT_CRL] = read_crl,
        [SG_OBJECT_ATTRIBUTE_CERTIFICATE] = read_attributes,
    };

    readers[sg_object_kind_find(der)](reading, der, offset);
}

/* DER objects one after another, as some tools write bundles. */
static void read_der_sequence(struct reading *reading, struct signet_span bytes)
{
    struct signet_parse_error error = {0, NULL, "certificate or CRL"};
    struct sg_der der = sg_der_begin(bytes, &error);
    struct signet_span full;

    while (reading->status == SIGNET_OK && !sg_der_done(&der)) {
        size_t offset = (size_t)(der.ptr - bytes.ptr);

        if (sg_span_trim(sg_span_from(bytes, offset)).len == 0 && offset > 0)
            return; /* a line end after the object */
        if (!sg_der_full(&der, SG_TAG_SEQUENCE, &full, "a certificate or CRL (DER or PEM)")) {
            count_bad(reading, &error, 0);
            return;
        }
        read_der(reading, full, offset);
    }
}

static void read_block(struct reading *reading, const struct sg_pem_block *block, size_t offset)
{
    static const struct {
        const char *label;
        void (*read)(struct reading *reading, struct signet_span octets, size_t offset);
    } labels[] = {
        {"CERTIFICATE", read_certificate},
        {"X509 CERTIFICATE", read_certificate},
        {"ATTRIBUTE CERTIFICATE", read_attributes},
        {"X509 CRL", read_lone_crl},
        {"CRL", read_lone_crl},
        {"PKCS7", read_cms},
        {"CMS", read_cms},
        {"PKCS #7 SIGNED DATA", read_cms},
        {"SIGNED MESSAGE", read_cms},
        {"CMS OBJECT", read_cms},
    };

    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (sg_span_is_word(block->label, labels[i].label)) {
            labels[i].read(reading, block->octets, offset);
            return;
        }
}

static bool read_pem(struct reading *reading, struct signet_span bytes)
{
    struct sg_pem pem = sg_pem_begin(bytes);
    struct sg_pem_block block;
    bool found = false, more = true;
    while (more && reading->status == SIGNET_OK) {
        size_t before = (size_t)(pem.rest.ptr - bytes.ptr);
        reading->decoded = new_arena(reading->callbacks->scratch);
        more = reading->decoded != NULL && sg_pem_next(&pem, reading->decoded, &block);
        if (reading->decoded == NULL || reading->decoded->failed)
            reading->status = SIGNET_ERR_MEMORY;
        else if (more)
            read_block(reading, &block, before + block.offset);
        found |= more;
        free_arena(reading->decoded);
        reading->decoded = NULL;
    }
    return found;
}

/* Of base64 and blanks alone, and begins as that of a SEQUENCE with a long length does. */
static bool decode_base64(struct signet_span bytes, struct sg_arena *arena,
                          struct signet_span *decoded)
{
    bool clean;
    return sg_base64_decode(bytes, arena, decoded, &clean) && clean && decoded->len > 0 &&
           decoded->ptr[0] == SG_TAG_SEQUENCE;
}

static void read_binary(struct reading *reading, struct signet_span bytes)
{
    if (sg_cms_input_is_binary(bytes))
        read_cms(reading, bytes, 0);
    else
        read_der_sequence(reading, bytes);
}

/* Bare base64 of DER or CMS, as LDAP and mail gateways leave it. */
static bool read_base64(struct reading *reading, struct signet_span bytes)
{
    struct signet_span start = sg_span_trim(sg_span_first(bytes, 4096)), decoded;
    if (start.len == 0 || start.ptr[0] != 'M')
        return false;
    reading->decoded = new_arena(reading->callbacks->scratch);
    bool found = reading->decoded != NULL && decode_base64(bytes, reading->decoded, &decoded);
    if (reading->decoded == NULL || reading->decoded->failed)
        reading->status = SIGNET_ERR_MEMORY;
    else if (found)
        read_binary(reading, decoded);
    free_arena(reading->decoded);
    reading->decoded = NULL;
    return found || reading->status != SIGNET_OK;
}

/* A SEQUENCE with a long length, or that begins with another SEQUENCE: no text begins so. */
static bool looks_like_der(struct signet_span bytes)
{
    if (bytes.len < 4 || bytes.ptr[0] != SG_TAG_SEQUENCE)
        return false;
    return bytes.ptr[1] >= 0x80 || bytes.ptr[2] == SG_TAG_SEQUENCE;
}

static const char anything[] =
    "a certificate, CRL, attribute certificate or SignedData (DER, PEM or in a mail)";

/* What is no mail. */
static void read_file(struct reading *reading, struct signet_span bytes)
{
    const struct signet_parse_error nothing = {0, anything, "bundle"};
    if (looks_like_der(bytes) || sg_cms_input_is_binary(bytes))
        read_binary(reading, bytes);
    else if (!read_pem(reading, bytes) && reading->status == SIGNET_OK &&
             !read_base64(reading, bytes))
        count_bad(reading, &nothing, 0);
}

static enum signet_status read_part(void *context, struct signet_span octets, bool decoded,
                                    size_t offset)
{
    struct reading *reading = context;
    reading->copied = decoded;
    reading->origin = offset;
    read_file(reading, octets);
    reading->copied = false;
    reading->origin = 0;
    return reading->status;
}

/* A mail without such a part may still have PEM in its text. */
static void read_any(struct reading *reading, struct signet_span bytes)
{
    bool found = false;
    enum signet_status status = SIGNET_OK;
    if (!looks_like_der(bytes))
        status = sg_mime_input_walk(bytes, read_part, reading, &found);
    if (status != SIGNET_OK)
        reading->status = status;
    else if (!found)
        read_file(reading, bytes);
}

enum signet_status signet_bundle_read(struct signet_span bytes,
                                      const struct signet_bundle_callbacks *callbacks,
                                      size_t *num_bad, struct signet_parse_error *error)
{
    struct reading reading = {.callbacks = callbacks, .input = bytes};
    read_any(&reading, bytes);
    /* Blocks of PEM that are something else, such as a key, are passed over. */
    if (reading.num_objects == 0 && reading.num_bad == 0)
        reading.first_error = (struct signet_parse_error){0, anything, "bundle"};
    if (num_bad != NULL)
        *num_bad = reading.num_bad;
    if (error != NULL)
        *error = reading.first_error;
    if (reading.status != SIGNET_OK)
        return reading.status;
    return reading.num_objects == 0 ? SIGNET_ERR_PARSE : SIGNET_OK;
}

static enum signet_status into_pool(void *context, struct signet_span der,
                                    struct signet_parse_error *error)
{
    return signet_pool_add_certificate_octets(context, der, error);
}

/* Where anchors go to, and on which terms. */
struct anchors {
    struct signet_pool *pool;
    const struct signet_anchor_terms *terms;
};

static enum signet_status into_anchors(void *context, struct signet_certificate *certificate)
{
    const struct anchors *anchors = context;
    return signet_pool_add_anchor(anchors->pool, certificate, anchors->terms);
}

static enum signet_status crl_beside_anchors(void *context, struct signet_crl *crl)
{
    const struct anchors *anchors = context;
    return signet_pool_add_crl(anchors->pool, crl);
}

static enum signet_status attributes_into_pool(void *context,
                                               struct signet_attribute_certificate *certificate)
{
    return signet_pool_add_attribute_certificate(context, certificate);
}

static enum signet_status crl_into_pool(void *context, struct signet_crl *crl)
{
    return signet_pool_add_crl(context, crl);
}

enum signet_status signet_pool_add_bundle(struct signet_pool *pool, struct signet_span bytes,
                                          size_t *num_bad, struct signet_parse_error *error)
{
    const struct signet_bundle_callbacks callbacks = {.certificate_octets = into_pool,
                                                      .crl = crl_into_pool,
                                                      .attribute_certificate = attributes_into_pool,
                                                      .context = pool};
    return signet_bundle_read(bytes, &callbacks, num_bad, error);
}

enum signet_status signet_pool_add_anchor_bundle(struct signet_pool *pool, struct signet_span bytes,
                                                 const struct signet_anchor_terms *terms,
                                                 size_t *num_bad, struct signet_parse_error *error)
{
    struct anchors anchors = {pool, terms};
    const struct signet_bundle_callbacks callbacks = {
        .certificate = into_anchors, .crl = crl_beside_anchors, .context = &anchors};
    return signet_bundle_read(bytes, &callbacks, num_bad, error);
}
