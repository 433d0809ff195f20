/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The one pass over a CRL's entries. Lists have millions of them, nearly all of one shape, so that
 * shape is read here without the general cursor; whatever else there is goes through
 * sg_crl_entry_parse, with the same outcome.
 */
#include "x509/crl_parts.h"

#include <stdlib.h>

/* SEQUENCE, INTEGER of one octet, UTCTime: nothing is shorter. */
enum { MIN_ENTRY_LEN = 2 + 3 + 15, UTC_TIME_LEN = 13 };

/* Serial numbers beyond this are no numbers; crl_index.c counts their octets in 16 bits. */
enum { MAX_SERIAL_LEN = 65535 };

struct scan {
    struct signet_crl *crl;
    struct sg_crl_runs runs;
    struct signet_span serial; /* of the entry before, {NULL,0} at the first */
    struct sg_crl_order order;
    bool memory_out;
};

static bool are_digits(const uint8_t *ptr)
{
    const uint64_t high = UINT64_C(0xf0f0f0f0f0f0f0f0);
    uint64_t octets;
    memcpy(&octets, ptr, sizeof(octets));
    uint64_t carried = octets + UINT64_C(0x0606060606060606); /* from 3A on into 4x */
    return (octets & high) == (carried & high) && (octets & high) == UINT64_C(0x3030303030303030);
}

static unsigned pair(const uint8_t *ptr)
{
    return (unsigned)(ptr[0] - '0') * 10 + (unsigned)(ptr[1] - '0');
}

/* YYMMDDhhmmssZ at PTR is a date that exists, as far as no calendar is needed to tell. */
static bool is_plain_date(const uint8_t *ptr)
{
    if (!are_digits(ptr) || !are_digits(ptr + 4) || ptr[12] != 'Z')
        return false;
    unsigned month = pair(ptr + 2), day = pair(ptr + 4);
    return month - 1 < 12 && day - 1 < 28 && pair(ptr + 6) < 24 && pair(ptr + 8) < 60 &&
           pair(ptr + 10) < 60;
}

/* Reads an entry whose lengths all are below 128 and whose date is a plain UTCTime. False: it is
 * another. */
static bool parse_plain(struct sg_der *list, struct sg_crl_entry *out)
{
    const uint8_t *entry = list->ptr;
    if (list->end - entry < MIN_ENTRY_LEN || entry[0] != SG_TAG_SEQUENCE ||
        entry[1] < MIN_ENTRY_LEN - 2 || entry[1] >= 0x80 || entry[1] > list->end - entry - 2)
        return false;
    const uint8_t *end = entry + 2 + entry[1], *serial = entry + 4;
    size_t serial_len = entry[3];
    if (entry[2] != SG_TAG_INTEGER || serial_len == 0 || serial_len >= 0x80 ||
        (size_t)(end - serial) < serial_len + 2 + UTC_TIME_LEN)
        return false;
    if (serial_len > 1 && (uint8_t)(serial[0] + (serial[1] >> 7)) == 0)
        return false; /* 00 before a clear bit, FF before a set one: not minimal */
    const uint8_t *time = serial + serial_len, *rest = time + 2 + UTC_TIME_LEN;
    if (time[0] != SG_TAG_UTC_TIME || time[1] != UTC_TIME_LEN || !is_plain_date(time + 2))
        return false;

    out->serial = sg_span(serial, serial_len);
    out->extensions = (struct signet_span){NULL, 0};
    if (rest != end) {
        if (end - rest < 2 || rest[0] != SG_TAG_SEQUENCE || rest[1] != end - rest - 2)
            return false;
        out->extensions = sg_span(rest + 2, rest[1]);
    }
    list->ptr = end;
    return true;
}

static bool starts_with(struct signet_span bytes, const uint8_t *start, size_t len)
{
    return bytes.len >= len && memcmp(bytes.ptr, start, len) == 0;
}

/* A reasonCode at the start of EXTENSIONS, not critical, of a reason that is always in order: its
 * length, else 0. */
static size_t plain_reason_len(struct signet_span extensions)
{
    static const uint8_t start[] = {0x30, 0x0a, 0x06, 0x03, 0x55, 0x1d,
                                    0x15, 0x04, 0x03, 0x0a, 0x01};
    const size_t len = sizeof(start) + 1;
    return extensions.len >= len && starts_with(extensions, start, sizeof(start)) &&
                   extensions.ptr[sizeof(start)] <= SG_REASON_HOLD
               ? len
               : 0;
}

/* The same for an invalidityDate. */
static size_t plain_invalidity_date_len(struct signet_span extensions)
{
    static const uint8_t start[] = {0x30, 0x18, 0x06, 0x03, 0x55, 0x1d,
                                    0x18, 0x04, 0x11, 0x18, 0x0f};
    const size_t len = sizeof(start) + 2 + UTC_TIME_LEN;
    const uint8_t *time = extensions.ptr + sizeof(start);
    return extensions.len >= len && starts_with(extensions, start, sizeof(start)) &&
                   is_plain_date(time + 2) && are_digits(time)
               ? len
               : 0;
}

/* What nearly every entry with extensions has: a reasonCode, an invalidityDate or both in this
 * order. */
static bool are_plain(struct signet_span extensions)
{
    struct signet_span rest = sg_span_from(extensions, plain_reason_len(extensions));
    rest = sg_span_from(rest, plain_invalidity_date_len(rest));
    return rest.len == 0 && extensions.len > 0;
}

static void take_reason(struct scan *scan, const struct sg_extension *extension)
{
    struct signet_parse_error error = {0};
    struct sg_der value = sg_der_begin(extension->value, &error);
    int reason;
    if (!sg_reason_code_parse(&value, &reason))
        return;
    if (reason == SG_REASON_REMOVE_FROM_CRL && !scan->crl->is_delta)
        sg_crl_refuse(scan->crl, SG_KIND_CRL_REMOVE_MISPLACED, extension->value.ptr,
                      (struct signet_span){NULL, 0}, NULL);
    if (reason == 7 || reason > 10)
        sg_crl_note(scan->crl, SG_KIND_CRL_REASON_UNKNOWN, extension->value.ptr,
                    (struct signet_span){NULL, 0});
}

static void take_certificate_issuer(struct scan *scan, const struct sg_extension *extension,
                                    uint32_t offset)
{
    struct signet_parse_error error = {0};
    struct sg_der value = sg_der_begin(extension->value, &error);
    struct signet_span names;
    if (!sg_alt_name_parse(&value, &names))
        return;
    if (!scan->crl->idp.indirect_crl)
        sg_crl_refuse(scan->crl, SG_KIND_CRL_CERTIFICATE_ISSUER_MISPLACED, extension->value.ptr,
                      (struct signet_span){NULL, 0}, NULL);
    else if (!sg_crl_runs_add(&scan->runs, offset, names))
        scan->memory_out = true;
    else if (scan->runs.items[scan->runs.num - 1].unusable)
        sg_crl_refuse(scan->crl, SG_KIND_CRL_CERTIFICATE_ISSUER_UNNAMED, extension->value.ptr,
                      (struct signet_span){NULL, 0}, NULL);
}

/* RFC 5280 5.3: an entry extension that cannot be honoured makes the whole CRL unusable, for what
 * it says may concern any entry after it. */
static void take_extension(struct scan *scan, const struct sg_extension *extension, uint32_t offset)
{
    struct signet_parse_error error;
    const uint8_t *at = extension->value.ptr;
    if (sg_extension_is_unknown_critical(extension, SG_IN_CRL_ENTRY))
        sg_crl_refuse(scan->crl, SG_KIND_CRL_ENTRY_CRITICAL_UNKNOWN, at, extension->oid_octets,
                      NULL);
    if (sg_extension_is_malformed(extension, SG_IN_CRL_ENTRY, &error))
        sg_crl_refuse(scan->crl, SG_KIND_CRL_ENTRY_EXTENSION_MALFORMED, at + error.offset,
                      extension->oid_octets, error.expected);
    else if (extension->oid == SG_OID_CE_REASON_CODE)
        take_reason(scan, extension);
    else if (extension->oid == SG_OID_CE_CERTIFICATE_ISSUER)
        take_certificate_issuer(scan, extension, offset);
    sg_crl_note_flag(scan->crl, extension, SG_IN_CRL_ENTRY);
}

static bool take_extensions(struct scan *scan, struct sg_der *list, uint32_t offset)
{
    struct sg_extension_set seen;
    struct sg_extension extension;
    seen.num = 0;
    if (sg_der_done(list))
        sg_crl_note(scan->crl, SG_KIND_CRL_EXTENSIONS_EMPTY, list->ptr,
                    (struct signet_span){NULL, 0});
    while (!sg_der_done(list)) {
        if (!sg_extension_parse(list, &extension))
            return false;
        if (sg_extension_set_has(&seen, extension.oid_octets))
            sg_crl_refuse(scan->crl, SG_KIND_CRL_EXTENSION_REPEATED, extension.value.ptr,
                          extension.oid_octets, NULL);
        if (!sg_extension_set_add(&seen, extension.oid_octets))
            return sg_der_fail(list, "no more than 128 extensions");
        take_extension(scan, &extension, offset);
    }
    return true;
}

static void take_serial(struct scan *scan, struct signet_span serial)
{
    struct sg_crl_order *order = &scan->order;
    if (scan->serial.ptr != NULL) {
        order->sorted = order->sorted && sg_crl_serial_compare(scan->serial, serial) <= 0;
        order->same_len = order->same_len && scan->serial.len == serial.len;
    }
    scan->serial = serial;
}

static bool scan_entry(struct scan *scan, struct sg_der *list, uint32_t *offset)
{
    const uint8_t *at = list->ptr;
    struct sg_crl_entry entry;
    if (!parse_plain(list, &entry) && !sg_crl_entry_parse(list, &entry))
        return false;
    if (entry.serial.len > MAX_SERIAL_LEN)
        return sg_der_fail_at(list, entry.serial.ptr, "a serial number below 64 KiB");

    *offset = (uint32_t)(at - scan->crl->entries.ptr);
    take_serial(scan, entry.serial);
    if (entry.extensions.ptr == NULL)
        return true;
    if (scan->crl->version == 1)
        sg_crl_refuse(scan->crl, SG_KIND_CRL_EXTENSIONS_MISPLACED, entry.extensions.ptr,
                      (struct signet_span){NULL, 0}, NULL);
    if (are_plain(entry.extensions))
        return true;
    struct sg_der extensions = sg_der_within(list, entry.extensions);
    return take_extensions(scan, &extensions, *offset);
}

static enum signet_status scan_entries(struct scan *scan, struct sg_der *list)
{
    struct signet_crl *crl = scan->crl;
    while (!sg_der_done(list)) {
        if (!scan_entry(scan, list, &crl->index[crl->num_entries]))
            return SIGNET_ERR_PARSE;
        if (scan->memory_out)
            return SIGNET_ERR_MEMORY;
        crl->num_entries++;
    }
    return SIGNET_OK;
}

/* The index was made for as many entries as could be. */
static void give_back(struct signet_crl *crl)
{
    uint32_t *index = realloc(crl->index, (crl->num_entries + 1) * sizeof(*index));
    if (index != NULL)
        crl->index = index;
}

enum signet_status sg_crl_scan(struct signet_crl *crl, struct sg_der *list,
                               struct sg_crl_order *order)
{
    if (crl->entries.len > UINT32_MAX)
        return SIGNET_ERR_LIMIT;
    crl->index = malloc((crl->entries.len / MIN_ENTRY_LEN + 1) * sizeof(*crl->index));
    if (crl->index == NULL)
        return SIGNET_ERR_MEMORY;

    struct scan scan = {.crl = crl, .order = {true, true}};
    sg_buffer_init(&scan.runs.names, SG_NAME_MAX_FORM_LEN);
    enum signet_status status = scan_entries(&scan, list);
    if (status == SIGNET_OK) {
        give_back(crl);
        sg_crl_runs_finish(&scan.runs, crl);
    }
    sg_crl_runs_free(&scan.runs);
    *order = scan.order;
    return status;
}
