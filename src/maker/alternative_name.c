/* SPDX-License-Identifier: Apache-2.0 */
#include "maker/alternative_name.h"

#include "asn1/der_writer.h"
#include "base/text.h"

bool sg_has_order_mark(struct signet_span text)
{
    for (size_t i = 0; i + 2 < text.len; i++) {
        if (text.ptr[i] == 0xef && text.ptr[i + 1] == 0xbb && text.ptr[i + 2] == 0xbf)
            return true;
    }
    return false;
}

const char *sg_alternative_name_read(struct signet_span address, struct sg_arena *arena,
                                     struct sg_alternative_name *out)
{
    struct sg_mailbox mailbox;
    if (!sg_mailbox_parse(address, arena, &mailbox))
        return "is not a bare mail address";
    if (sg_has_order_mark(address))
        return "has a byte order mark in it";
    if (mailbox.literal)
        return "has an address in brackets where a certificate wants a domain";
    if (!sg_host_valid_ascii(mailbox.host))
        return "has a domain that is no name of the DNS, nor can be made one by IDNA";
    /* The domain ends the text, and "@" stands before it. */
    out->local = sg_span_first(address, (size_t)(mailbox.domain.ptr - address.ptr) - 1);
    out->host = mailbox.host;
    out->internationalised = !sg_text_is_ascii(out->local);
    return NULL;
}

void sg_alternative_name_put_text(struct sg_buffer *text, const struct sg_alternative_name *name)
{
    sg_buffer_add(text, name->local);
    sg_buffer_add_byte(text, '@');
    for (size_t i = 0; i < name->host.len; i++)
        sg_buffer_add_byte(text, sg_ascii_lower(name->host.ptr[i]));
}

/* otherName [0] { type-id, value [0] EXPLICIT SmtpUTF8Mailbox } */
static void put_mailbox(struct sg_buffer *der, const struct sg_alternative_name *name)
{
    size_t other = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
    sg_der_put_oid(der, SG_OID_ON_SMTP_UTF8_MAILBOX);
    size_t value = sg_der_open(der, SG_TAG_CONTEXT_CONS(0));
    size_t string = sg_der_open(der, SG_TAG_UTF8_STRING);
    sg_alternative_name_put_text(der, name);
    sg_der_close(der, string);
    sg_der_close(der, value);
    sg_der_close(der, other);
}

void sg_alternative_name_put(struct sg_buffer *der, const struct sg_alternative_name *name)
{
    if (name->internationalised) {
        put_mailbox(der, name);
        return;
    }
    size_t rfc822 = sg_der_open(der, SG_TAG_CONTEXT(1));
    sg_alternative_name_put_text(der, name);
    sg_der_close(der, rfc822);
}
