/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/crl_parts.h"

/* crlEntryExtensions Extensions OPTIONAL */
static bool parse_extensions(struct sg_der *content, struct signet_span *out)
{
    return sg_der_done(content) ||
           sg_der_value(content, SG_TAG_SEQUENCE, out, "crlEntryExtensions");
}

/* SEQUENCE { userCertificate CertificateSerialNumber, revocationDate Time, crlEntryExtensions
 * Extensions OPTIONAL } */
bool sg_crl_entry_parse(struct sg_der *list, struct sg_crl_entry *out)
{
    struct sg_crl_entry entry = {.reason = SG_REASON_ABSENT,
                                 .invalidity_date = SIGNET_TIME_UNKNOWN};
    struct sg_der content;
    uint32_t tag;
    if (!sg_der_enter(list, SG_TAG_SEQUENCE, &content, "a revoked certificate") ||
        !sg_der_integer(&content, &entry.serial, "userCertificate") ||
        !sg_der_time(&content, &entry.revocation_date, &tag) ||
        !parse_extensions(&content, &entry.extensions) || !sg_der_end(&content))
        return false;
    *out = entry;
    return true;
}

/* The content of ELEMENT, whose length has been checked. */
static struct signet_span content_of(const uint8_t *element)
{
    const uint8_t *content = element + 2;
    size_t len = element[1];
    if (len >= 0x80) {
        content += len & 0x7f;
        len = 0;
        for (const uint8_t *octet = element + 2; octet < content; octet++)
            len = len << 8 | *octet;
    }
    return sg_span(content, len);
}

struct sg_crl_place sg_crl_place_long(struct signet_span entries, size_t offset)
{
    struct signet_span entry = content_of(entries.ptr + offset);
    return (struct sg_crl_place){content_of(entry.ptr),
                                 (size_t)(entry.ptr + entry.len - entries.ptr)};
}

static void take_extension(const struct sg_extension *extension, struct sg_crl_entry *out)
{
    struct signet_parse_error error = {0};
    struct sg_der value = sg_der_begin(extension->value, &error);
    bool taken = true;
    if (extension->oid == SG_OID_CE_REASON_CODE)
        taken = sg_reason_code_parse(&value, &out->reason);
    else if (extension->oid == SG_OID_CE_INVALIDITY_DATE)
        taken = sg_invalidity_date_parse(&value, &out->invalidity_date);
    (void)taken; /* a malformed one has made the CRL unusable */
}

bool sg_crl_entries_next(struct sg_crl_entries *entries, struct sg_crl_entry *out)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(entries->rest, &error);
    if (sg_der_done(&der) || !sg_crl_entry_parse(&der, out))
        return false;
    entries->rest = sg_span_from(entries->rest, (size_t)(der.ptr - entries->rest.ptr));
    struct sg_extensions extensions = {out->extensions, NULL};
    struct sg_extension extension;
    while (sg_extensions_next(&extensions, &extension))
        take_extension(&extension, out);
    return true;
}
