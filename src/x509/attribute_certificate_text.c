/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/attribute_certificate_parts.h"

#include "asn1/integer.h"
#include "base/text.h"
#include "x509/general_name.h"

static void add_names(struct sg_buffer *buffer, struct signet_span names)
{
    struct sg_general_names rest = sg_general_names_begin(names);
    struct sg_general_name name;
    for (const char *before = ""; sg_general_names_next(&rest, &name); before = ", ") {
        sg_buffer_add_text(buffer, before);
        if (name.type == SG_GN_DIRECTORY)
            sg_general_name_add_value(buffer, &name);
        else
            sg_general_name_add_text(buffer, &name);
    }
}

static void add_issuer_serial(struct sg_buffer *buffer, const struct sg_issuer_serial *certificate)
{
    sg_buffer_add_text(buffer, "serial ");
    sg_integer_add_hex(buffer, certificate->serial);
    sg_buffer_add_text(buffer, " of ");
    add_names(buffer, certificate->names);
}

/* "the public key with SHA-256 01ab…". */
static void add_digest(struct sg_buffer *buffer, const struct sg_object_digest *digest)
{
    static const char *const objects[] = {
        [SG_DIGESTED_PUBLIC_KEY] = "the public key with ",
        [SG_DIGESTED_CERTIFICATE] = "the certificate with ",
        [SG_DIGESTED_OTHER] = "the object with ",
    };
    const char *name = sg_oid_name(digest->algorithm.oid);
    sg_buffer_add_text(
        buffer, objects[digest->object < SG_DIGESTED_OTHER ? digest->object : SG_DIGESTED_OTHER]);
    if (name != NULL)
        sg_buffer_add_text(buffer, name);
    else
        sg_oid_add_dotted(buffer, digest->algorithm.oid_octets);
    sg_buffer_add_byte(buffer, ' ');
    sg_text_add_hex(buffer, digest->value, 0);
}

void sg_attribute_certificate_add_holder(const struct signet_attribute_certificate *certificate,
                                         struct sg_buffer *buffer)
{
    const struct sg_holder *holder = &certificate->holder;
    const char *before = "";
    if (holder->names.ptr != NULL) {
        add_names(buffer, holder->names);
        before = "; ";
    }
    if (holder->base.present) {
        sg_buffer_add_text(buffer, before);
        add_issuer_serial(buffer, &holder->base);
        before = "; ";
    }
    if (holder->digest.present) {
        sg_buffer_add_text(buffer, before);
        add_digest(buffer, &holder->digest);
        before = "; ";
    }
    if (*before == '\0')
        sg_buffer_add_text(buffer, "(nobody)");
}

void sg_attribute_certificate_add_issuer(const struct signet_attribute_certificate *certificate,
                                         struct sg_buffer *buffer)
{
    if (certificate->issuer.names.ptr != NULL)
        add_names(buffer, certificate->issuer.names);
    else
        sg_buffer_add_text(buffer, "(not named)");
}

static size_t write_text(const struct signet_attribute_certificate *certificate,
                         void (*add)(const struct signet_attribute_certificate *,
                                     struct sg_buffer *),
                         char *text, size_t size)
{
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, SIZE_MAX / 4);
    add(certificate, &buffer);
    size_t len = buffer.status == SIGNET_OK ? buffer.len : 0;
    if (size > 0) {
        struct signet_span kept =
            sg_text_cut(sg_span_first(sg_buffer_span(&buffer), len), size - 1);
        if (kept.len > 0)
            memcpy(text, kept.ptr, kept.len);
        text[kept.len] = '\0';
    }
    sg_buffer_free(&buffer);
    return len;
}

size_t signet_attribute_certificate_holder(const struct signet_attribute_certificate *certificate,
                                           char *text, size_t size)
{
    return write_text(certificate, sg_attribute_certificate_add_holder, text, size);
}

size_t signet_attribute_certificate_issuer(const struct signet_attribute_certificate *certificate,
                                           char *text, size_t size)
{
    return write_text(certificate, sg_attribute_certificate_add_issuer, text, size);
}
