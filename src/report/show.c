/* SPDX-License-Identifier: Apache-2.0 */
#include "report/show.h"

#include "bundle/cms_input.h"
#include "cms/enveloped_data.h"
#include "cms/signed_data.h"
#include "mime/part.h"
#include "mime/smime.h"
#include "report/show_request.h"
#include "signet/bundle.h"
#include "signet/policy.h"
#include "x509/attribute_certificate.h"
#include "x509/crl.h"

/* Compressed objects within each other that are looked into: the recursion goes through all of this
 * file. */
#define MAX_COMPRESSED 8

/* Remembers an error that the dump shows already. */
static void latch_error(struct sg_show *show, const struct signet_parse_error *error)
{
    if (show->all_read)
        show->error = *error;
    show->all_read = false;
}

static void note_error(struct sg_show *show, const struct signet_parse_error *error)
{
    sg_dump_map(show->dump, "error");
    sg_dump_number(show->dump, "offset", (int64_t)error->offset);
    sg_dump_string(show->dump, "expected", error->expected == NULL ? "" : error->expected);
    sg_dump_end(show->dump);
    latch_error(show, error);
}

static void show_certificate(struct sg_show *show, const struct signet_certificate *certificate)
{
    sg_dump_map(show->dump, NULL);
    sg_dump_string(show->dump, "type", "certificate");
    sg_certificate_dump(certificate, show->dump);
    sg_dump_end(show->dump);
}

static void show_crl(struct sg_show *show, const struct signet_crl *crl)
{
    sg_dump_map(show->dump, NULL);
    sg_dump_string(show->dump, "type", "CRL");
    sg_crl_dump(crl, show->dump, show->max_entries);
    sg_dump_end(show->dump);
}

static void show_attributes(struct sg_show *show,
                            const struct signet_attribute_certificate *certificate)
{
    sg_dump_map(show->dump, NULL);
    sg_dump_string(show->dump, "type", "attribute certificate");
    sg_attribute_certificate_dump(certificate, show->dump);
    sg_dump_end(show->dump);
}

static bool show_certificate_octets(struct sg_show *show, struct signet_span der)
{
    struct signet_certificate *certificate;
    struct signet_parse_error error;
    enum signet_status status = signet_certificate_parse(der, &certificate, &error);

    if (status == SIGNET_OK) {
        show_certificate(show, certificate);
        signet_certificate_unref(certificate);
    } else if (status == SIGNET_ERR_PARSE) {
        sg_dump_map(show->dump, NULL);
        sg_dump_string(show->dump, "type", "certificate");
        note_error(show, &error);
        sg_dump_end(show->dump);
    }
    return status != SIGNET_ERR_MEMORY;
}

/*
 * A member of the crls field of a SignedData. One that is no CRL is shown as what it is not: the
 * field is a choice, and whoever reads the object passes over what it does not know (RFC
 * 5652 10.2.1).
 */
static bool show_crl_octets(struct sg_show *show, struct signet_span der)
{
    struct signet_crl *crl;
    struct signet_parse_error error;
    enum signet_status status = signet_crl_parse_borrowed(der, NULL, NULL, &crl, &error);

    if (status == SIGNET_OK) {
        show_crl(show, crl);
        signet_crl_unref(crl);
    } else if (status == SIGNET_ERR_PARSE) {
        sg_dump_map(show->dump, NULL);
        sg_dump_string(show->dump, "type", "not a CRL");
        sg_dump_number(show->dump, "offset", (int64_t)error.offset);
        sg_dump_string(show->dump, "expected", error.expected);
        sg_dump_hex(show->dump, "octets", der);
        sg_dump_end(show->dump);
    }
    return status != SIGNET_ERR_MEMORY;
}

/* ELEMENT is [1] or [2] of CertificateChoices (RFC 5652 10.2.2). */
static bool show_attributes_octets(struct sg_show *show, struct signet_span element)
{
    struct signet_attribute_certificate *certificate;
    struct signet_parse_error error;
    uint32_t tag = element.len > 0 ? element.ptr[0] : 0;
    enum signet_status status = sg_attribute_certificate_parse(element, tag, &certificate, &error);

    if (status == SIGNET_OK) {
        show_attributes(show, certificate);
        signet_attribute_certificate_unref(certificate);
    } else if (status == SIGNET_ERR_PARSE) {
        sg_dump_map(show->dump, NULL);
        sg_dump_string(show->dump, "type", "attribute certificate");
        note_error(show, &error);
        sg_dump_end(show->dump);
    }
    return status != SIGNET_ERR_MEMORY;
}

static bool show_object(struct sg_show *show, const struct sg_cms_object *object)
{
    static bool (*const shows[])(struct sg_show *, struct signet_span) = {
        [SG_CHOICE_CERTIFICATE] = show_certificate_octets,
        [SG_CHOICE_V1_ATTRIBUTE_CERTIFICATE] = show_attributes_octets,
        [SG_CHOICE_V2_ATTRIBUTE_CERTIFICATE] = show_attributes_octets,
        [SG_CHOICE_CRL] = show_crl_octets,
        [SG_CHOICE_UNKNOWN] = NULL,
    };

    return shows[object->choice] == NULL || shows[object->choice](show, object->full);
}

static bool show_objects(struct sg_show *show, const char *key, struct sg_cms_objects objects)
{
    struct sg_cms_object object;
    bool done = true;

    sg_dump_list(show->dump, key);
    while (done && sg_cms_objects_next(&objects, &object))
        done = show_object(show, &object);
    sg_dump_end(show->dump);
    return done;
}

static void latch_malformed_signers(struct sg_show *show, const struct sg_signed_data *signed_data)
{
    for (size_t i = 0; i < signed_data->num_signers; i++) {
        if (signed_data->signers[i].malformed)
            latch_error(show, &signed_data->signers[i].error);
    }
}

static bool show_signed_data(struct sg_show *show, struct signet_span content)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_signed_data signed_data;

    if (!sg_signed_data_parse(content, &show->arena, &signed_data, &error)) {
        if (error.expected == NULL)
            return false;
        note_error(show, &error);
        return true;
    }
    sg_signed_data_dump(&signed_data, show->dump);
    latch_malformed_signers(show, &signed_data);
    return show_objects(show, "certificate_objects", signed_data.certificates) &&
           show_objects(show, "crl_objects", signed_data.crls);
}

static bool show_enveloped(struct sg_show *show, struct signet_span content, bool authenticated)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_enveloped_data data;
    if (!sg_enveloped_data_parse(content, authenticated, &show->arena, &data, &error)) {
        if (error.expected == NULL)
            return false;
        note_error(show, &error);
        return true;
    }
    sg_enveloped_data_dump(&data, show->dump);
    for (size_t i = 0; i < data.num_recipients; i++) {
        if (data.recipients[i].malformed)
            latch_error(show, &data.recipients[i].error);
    }
    return show_objects(show, "certificate_objects", data.certificates) &&
           show_objects(show, "crl_objects", data.crls);
}

static bool show_enveloped_data(struct sg_show *show, struct signet_span content)
{
    return show_enveloped(show, content, false);
}

static bool show_auth_enveloped_data(struct sg_show *show, struct signet_span content)
{
    return show_enveloped(show, content, true);
}

/* id-data: an OCTET STRING and nothing more (RFC 5652 4). */
static bool show_data(struct sg_show *show, struct signet_span content)
{
    struct signet_parse_error error = {0, NULL, "data"};
    struct sg_ber ber = sg_ber_begin(content, &error);
    struct sg_octets octets;

    if (sg_ber_octets(&ber, SG_TAG_OCTET_STRING, &octets, "an OCTET STRING") && sg_ber_end(&ber))
        sg_dump_number(show->dump, "content_octets", (int64_t)octets.len);
    else if (!show->arena.failed)
        note_error(show, &error);
    return !show->arena.failed;
}

static bool show_content(struct sg_show *show, enum sg_oid type, struct signet_span content);
static bool show_mail(struct sg_show *show, struct signet_span bytes);
static bool show_cms(struct sg_show *show, struct signet_span cms);
static bool looks_like_mail(struct signet_span bytes);

/* What came out of compressed data, when it is something that can be decoded. */
static bool show_inside(struct sg_show *show, enum sg_oid type, struct signet_span content)
{
    if (type != SG_OID_CT_DATA)
        return show_content(show, type, content);
    struct signet_span cms;
    if (!sg_cms_input_find(content, &show->arena, &cms))
        return false;
    if (cms.ptr != NULL)
        return show_cms(show, cms);
    return !looks_like_mail(content) || show_mail(show, content);
}

static bool show_uncompressed(struct sg_show *show, const struct sg_compressed_data *data)
{
    static const struct signet_parse_error closed = {0, "content that can be opened",
                                                     "CompressedData"};
    struct signet_span plain;
    enum sg_uncompressed result;
    if (sg_compressed_data_open(data, &show->uncompressing, &plain, &result) != SIGNET_OK)
        return false;
    sg_dump_string(show->dump, "uncompressed", sg_uncompressed_name(result));
    if (result != SG_UNCOMPRESSED_DONE) {
        latch_error(show, &closed);
        return true;
    }
    sg_dump_number(show->dump, "uncompressed_octets", (int64_t)plain.len);
    if (show->depth == MAX_COMPRESSED)
        return true;
    show->depth++;
    sg_dump_map(show->dump, "inside");
    bool done = show_inside(show, data->content.type, plain);
    sg_dump_end(show->dump);
    show->depth--;
    return done;
}

static bool show_compressed_data(struct sg_show *show, struct signet_span content)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_compressed_data data;
    if (!sg_compressed_data_parse(content, &show->arena, &data, &error)) {
        if (error.expected == NULL)
            return false;
        note_error(show, &error);
        return true;
    }
    sg_compressed_data_dump(&data, show->dump);
    return show_uncompressed(show, &data);
}

/* Of a type that is not looked into: its size. */
static bool show_size(struct sg_show *show, struct signet_span content)
{
    sg_dump_number(show->dump, "content_octets", (int64_t)content.len);
    return true;
}

static bool show_content(struct sg_show *show, enum sg_oid type, struct signet_span content)
{
    static const struct {
        enum sg_oid type;
        bool (*show)(struct sg_show *show, struct signet_span content);
    } types[] = {
        {SG_OID_CT_DATA, show_data},
        {SG_OID_CT_SIGNED_DATA, show_signed_data},
        {SG_OID_CT_ENVELOPED_DATA, show_enveloped_data},
        {SG_OID_CT_AUTH_ENVELOPED_DATA, show_auth_enveloped_data},
        {SG_OID_CT_COMPRESSED_DATA, show_compressed_data},
    };
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (types[i].type == type)
            return types[i].show(show, content);
    }
    return show_size(show, content);
}

static bool show_cms(struct sg_show *show, struct signet_span cms)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_content_info info;

    sg_dump_string(show->dump, "type", "CMS object");
    if (!sg_content_info_parse(cms, &info, &error)) {
        note_error(show, &error);
        return true;
    }
    sg_dump_oid(show->dump, "content_type", info.type_octets);
    if (sg_span_trim(info.rest).len > 0)
        sg_dump_number(show->dump, "octets_after_the_object", (int64_t)info.rest.len);
    return !info.has_content || show_content(show, info.type, info.content);
}

static bool show_part(struct sg_show *show, const struct sg_part *part);

static void show_headers(struct sg_show *show, const struct sg_part *part)
{
    static const char *const shown[] = {"From", "Sender", "To", "Subject", "Date"};

    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const struct sg_header *header = sg_header_find(&part->headers, shown[i], 0);

        if (header != NULL)
            sg_dump_text(show->dump, shown[i], sg_header_display(header->value, &show->arena));
    }
}

static bool show_part_content(struct sg_show *show, const struct sg_part *part)
{
    struct signet_span octets;
    bool clean, done;

    if (!sg_part_decode(part, &show->arena, &octets, &clean))
        return false;
    sg_dump_map(show->dump, "cms");
    done = show_cms(show, octets);
    sg_dump_end(show->dump);
    return done;
}

static bool show_children(struct sg_show *show, const struct sg_part *part)
{
    bool done = true;

    if (part->num_children == 0)
        return true;
    sg_dump_list(show->dump, "parts");
    for (size_t i = 0; done && i < part->num_children; i++)
        done = show_part(show, &part->children[i]);
    sg_dump_end(show->dump);
    return done;
}

/* The recursion follows the tree, whose depth the reader has bounded. */
static bool show_part(struct sg_show *show, const struct sg_part *part)
{
    bool done = true;

    sg_dump_map(show->dump, NULL);
    sg_dump_string(show->dump, "part", part->path);
    sg_dump_text(show->dump, "media_type", part->type.type);
    sg_dump_text(show->dump, "media_subtype", part->type.subtype);
    sg_dump_number(show->dump, "octets", (int64_t)part->raw.len);
    if (sg_part_filename(part).ptr != NULL)
        sg_dump_text(show->dump, "file_name", sg_part_filename(part));
    show_headers(show, part);
    if (sg_part_smime(part) == SG_SMIME_CMS || sg_part_smime(part) == SG_SMIME_SIGNATURE)
        done = show_part_content(show, part);
    done = done && show_children(show, part);
    sg_dump_end(show->dump);
    return done;
}

static bool show_mail(struct sg_show *show, struct signet_span bytes)
{
    struct signet_policy defaults;
    struct sg_mime_limits limits;
    struct sg_part *root;
    bool done;

    signet_policy_init(&defaults);
    limits =
        (struct sg_mime_limits){defaults.limits.max_mime_depth, defaults.limits.max_mime_parts};
    if (!sg_part_parse(bytes, &limits, &show->arena, &root))
        return false;
    sg_dump_string(show->dump, "type", "message");
    sg_dump_list(show->dump, "tree");
    done = show_part(show, root);
    sg_dump_end(show->dump);
    return done;
}

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    show_certificate(context, certificate);
    return SIGNET_OK;
}

static enum signet_status take_crl(void *context, struct signet_crl *crl)
{
    show_crl(context, crl);
    return SIGNET_OK;
}

static enum signet_status take_attributes(void *context,
                                          struct signet_attribute_certificate *certificate)
{
    show_attributes(context, certificate);
    return SIGNET_OK;
}

/* Certificates, CRLs and attribute certificates, however they are packed. */
static bool show_bundle(struct sg_show *show, struct signet_span bytes)
{
    const struct signet_bundle_callbacks callbacks = {.certificate = take_certificate,
                                                      .crl = take_crl,
                                                      .attribute_certificate = take_attributes,
                                                      .context = show,
                                                      .bytes_stay = true};
    struct signet_parse_error error = {0, NULL, NULL};
    enum signet_status status;
    size_t num_bad = 0;

    sg_dump_list(show->dump, "objects");
    status = signet_bundle_read(bytes, &callbacks, &num_bad, &error);
    sg_dump_end(show->dump);
    if (num_bad > 0 || status == SIGNET_ERR_PARSE)
        note_error(show, &error);
    return status != SIGNET_ERR_MEMORY;
}

/* A mail begins with a header field; the "From " line of an mbox counts too. */
static bool looks_like_mail(struct signet_span bytes)
{
    struct signet_span line = bytes;
    const uint8_t *lf = bytes.len == 0 ? NULL : memchr(bytes.ptr, '\n', bytes.len);
    const uint8_t *colon;

    if (lf != NULL)
        line.len = (size_t)(lf - bytes.ptr);
    if (line.len >= 5 && memcmp(line.ptr, "From ", 5) == 0)
        return true;
    colon = line.len == 0 ? NULL : memchr(line.ptr, ':', line.len);
    if (colon == NULL || colon == line.ptr)
        return false;
    for (const uint8_t *c = line.ptr; c < colon; c++)
        if (*c <= ' ' || *c >= 0x7f)
            return false;
    return true;
}

static bool show_request(struct sg_show *show, struct signet_span der)
{
    struct signet_parse_error error = {0, NULL, NULL};

    if (!sg_show_request(show, der, &error))
        return false;
    if (error.expected != NULL)
        note_error(show, &error);
    return true;
}

bool sg_show_any(struct sg_show *show, struct signet_span bytes)
{
    struct signet_span cms, request;

    if (!sg_cms_input_find(bytes, &show->arena, &cms))
        return false;
    if (cms.ptr != NULL)
        return show_cms(show, cms);
    if (looks_like_mail(bytes))
        return show_mail(show, bytes);
    if (!sg_show_find_request(bytes, &show->arena, &request))
        return false;
    if (request.ptr != NULL)
        return show_request(show, request);
    return show_bundle(show, bytes);
}
