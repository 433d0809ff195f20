/* SPDX-License-Identifier: Apache-2.0 */
#include "directory_query.h"

#include "base/span.h"

/* Those in use come first: they are asked for where nobody says what. */
enum { NUM_USUAL = 7 };

static const struct attribute {
    const char *name, *binary;
} attributes[] = {
    {"userCertificate", "userCertificate;binary"},
    {"userSMIMECertificate", "userSMIMECertificate;binary"},
    {"cACertificate", "cACertificate;binary"},
    {"crossCertificatePair", "crossCertificatePair;binary"},
    {"certificateRevocationList", "certificateRevocationList;binary"},
    {"authorityRevocationList", "authorityRevocationList;binary"},
    {"deltaRevocationList", "deltaRevocationList;binary"},
    {"attributeCertificateAttribute", "attributeCertificateAttribute;binary"},
    {"aACertificate", "aACertificate;binary"},
    {"attributeCertificateRevocationList", "attributeCertificateRevocationList;binary"},
    {"attributeAuthorityRevocationList", "attributeAuthorityRevocationList;binary"},
};

enum { NUM_ATTRIBUTES = sizeof attributes / sizeof attributes[0] };

static const struct attribute *find(struct signet_span name)
{
    size_t len = 0;
    while (len < name.len && name.ptr[len] != ';')
        len++;
    for (size_t i = 0; i < NUM_ATTRIBUTES; i++) {
        if (sg_span_is_word(sg_span_first(name, len), attributes[i].name))
            return &attributes[i];
    }
    return NULL;
}

const char *sg_directory_attribute_find(struct signet_span name)
{
    const struct attribute *found = find(name);
    return found != NULL ? found->name : NULL;
}

bool sg_directory_attributes(char **asked, const char *names[SG_DIRECTORY_MAX_ATTRIBUTES],
                             const char **stranger)
{
    bool wanted[NUM_ATTRIBUTES] = {false};
    bool all = asked == NULL || *asked == NULL;
    size_t num = 0;
    for (; !all && *asked != NULL; asked++) {
        const struct attribute *found = find(sg_span_text(*asked));
        if (found == NULL) {
            *stranger = *asked;
            return false;
        }
        wanted[found - attributes] = true;
    }
    for (size_t i = 0; i < NUM_ATTRIBUTES; i++) {
        if (wanted[i] || (all && i < NUM_USUAL)) {
            names[num++] = attributes[i].binary;
            names[num++] = attributes[i].name;
        }
    }
    names[num] = NULL;
    return true;
}

void sg_directory_add_value(struct sg_buffer *out, struct signet_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        uint8_t c = text.ptr[i];
        if (c < ' ' || c >= 0x7f || memchr("()*\\", c, 4) != NULL)
            sg_buffer_printf(out, "\\%02x", c);
        else
            sg_buffer_add_byte(out, c);
    }
}

void sg_directory_add_filter(struct sg_buffer *out, const char *address, const char *url_filter)
{
    if (url_filter != NULL)
        sg_buffer_printf(out, "(&%s", url_filter);
    sg_buffer_add_text(out, "(|(mail=");
    sg_directory_add_value(out, sg_span_text(address));
    sg_buffer_add_text(out, ")(rfc822Mailbox=");
    sg_directory_add_value(out, sg_span_text(address));
    sg_buffer_add_text(out, "))");
    if (url_filter != NULL)
        sg_buffer_add_byte(out, ')');
    sg_buffer_add_byte(out, 0);
}
