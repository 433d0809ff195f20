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

/* Serial numbers beyond this are no numbers. */
enum { MAX_SERIAL_LEN = 65535 };

/* A serial number, with its first and last eight octets at hand. */
struct rank {
    struct signet_span serial;
    uint64_t first, last;
};

struct scan {
    struct signet_crl *crl;
    struct sg_crl_runs runs;
    struct rank before; /* of the entry before; at first of nothing */
    bool sorted;        /* so far */
    bool memory_out;
};

/* Eight octets as a number, the first the lowest. Compilers know this form as one load. */
static inline uint64_t load(const uint8_t *ptr)
{
    return (uint64_t)ptr[0] | (uint64_t)ptr[1] << 8 | (uint64_t)ptr[2] << 16 |
           (uint64_t)ptr[3] << 24 | (uint64_t)ptr[4] << 32 | (uint64_t)ptr[5] << 40 |
           (uint64_t)ptr[6] << 48 | (uint64_t)ptr[7] << 56;
}

/* The same, the first the highest. */
static inline uint64_t load_first(const uint8_t *ptr)
{
    return (uint64_t)ptr[0] << 56 | (uint64_t)ptr[1] << 48 | (uint64_t)ptr[2] << 40 |
           (uint64_t)ptr[3] << 32 | (uint64_t)ptr[4] << 24 | (uint64_t)ptr[5] << 16 |
           (uint64_t)ptr[6] << 8 | (uint64_t)ptr[7];
}

/* Digits become their values. */
static uint64_t values_of(uint64_t octets)
{
    return octets ^ UINT64_C(0x3030303030303030);
}

/* Nothing but what is above nine has bit 7 set in it, or in it and the like of those below it. */
static uint64_t above_nine(uint64_t values)
{
    return values | (values + UINT64_C(0x7676767676767676));
}

static bool are_digits(uint64_t octets)
{
    return (above_nine(values_of(octets)) & UINT64_C(0x8080808080808080)) == 0;
}

/* The numbers that eight values make in pairs, each in sixteen bits. */
static uint64_t pairs_of(uint64_t values)
{
    return (values * 10 + (values >> 8)) & UINT64_C(0x00ff00ff00ff00ff);
}

/* YYMMDDhhmmssZ at PTR is a date that exists, as far as no calendar is needed to tell. All of it is
 * looked at side by side: whatever is wrong sets a bit 7. */
static inline bool is_plain_date(const uint8_t *ptr)
{
    uint64_t date = values_of(load(ptr)), time = values_of(load(ptr + 4)); /* YYMMDDhh, DDhhmmss */
    uint64_t odd = above_nine(date) | above_nine(time);
    uint64_t pairs = pairs_of(date);
    odd |= pairs - UINT64_C(0x0000000100010000);          /* month and day 0 */
    odd |= pairs + UINT64_C(0x0068006300730000);          /* hour 24, day 29, month 13 */
    odd |= pairs_of(time) + UINT64_C(0x0044004400000000); /* second 60, minute 60 */
    return (odd & UINT64_C(0x8080808080808080)) == 0 && ptr[12] == 'Z';
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
                   is_plain_date(time + 2) && are_digits(load(time))
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

static struct rank rank_of(struct signet_span serial)
{
    const size_t word = sizeof(uint64_t);
    if (serial.len >= word)
        return (struct rank){serial, load_first(serial.ptr),
                             load_first(serial.ptr + serial.len - word)};
    uint64_t first = 0;
    for (size_t i = 0; i < serial.len; i++)
        first = first << 8 | serial.ptr[i];
    return (struct rank){serial, first, first};
}

/* B does not come before A, in the order of sg_crl_serial_compare. */
static bool ascends(const struct rank *a, const struct rank *b)
{
    if (a->serial.len != b->serial.len)
        return a->serial.len < b->serial.len;
    if (a->first != b->first)
        return a->first < b->first;
    if (a->serial.len <= 2 * sizeof(uint64_t))
        return a->last <= b->last;
    return sg_crl_serial_compare(a->serial, b->serial) <= 0;
}

static void take_serial(struct scan *scan, struct signet_span serial)
{
    if (!scan->sorted)
        return;
    struct rank rank = rank_of(serial);
    scan->sorted = ascends(&scan->before, &rank);
    scan->before = rank;
}

static bool scan_entry(struct scan *scan, struct sg_der *list)
{
    const uint8_t *at = list->ptr;
    uint32_t offset = (uint32_t)(at - scan->crl->entries.ptr);
    struct sg_crl_entry entry;
    if (!parse_plain(list, &entry) && !sg_crl_entry_parse(list, &entry))
        return false;
    if (entry.serial.len > MAX_SERIAL_LEN)
        return sg_der_fail_at(list, entry.serial.ptr, "a serial number below 64 KiB");

    if (scan->crl->num_entries++ % SG_CRL_MARKED == 0)
        scan->crl->marks[scan->crl->num_marks++] = offset;
    take_serial(scan, entry.serial);
    if (entry.extensions.ptr == NULL)
        return true;
    if (scan->crl->version == 1)
        sg_crl_refuse(scan->crl, SG_KIND_CRL_EXTENSIONS_MISPLACED, entry.extensions.ptr,
                      (struct signet_span){NULL, 0}, NULL);
    if (are_plain(entry.extensions))
        return true;
    struct sg_der extensions = sg_der_within(list, entry.extensions);
    return take_extensions(scan, &extensions, offset);
}

static enum signet_status scan_entries(struct scan *scan, struct sg_der *list)
{
    while (!sg_der_done(list)) {
        if (!scan_entry(scan, list))
            return SIGNET_ERR_PARSE;
        if (scan->memory_out)
            return SIGNET_ERR_MEMORY;
    }
    return SIGNET_OK;
}

enum signet_status sg_crl_scan(struct signet_crl *crl, struct sg_der *list)
{
    if (crl->entries.len > UINT32_MAX)
        return SIGNET_ERR_LIMIT;
    crl->marks = malloc((crl->entries.len / MIN_ENTRY_LEN / SG_CRL_MARKED + 1) * sizeof(uint32_t));
    if (crl->marks == NULL)
        return SIGNET_ERR_MEMORY;

    struct scan scan = {.crl = crl, .sorted = true};
    sg_buffer_init(&scan.runs.names, SG_NAME_MAX_FORM_LEN);
    enum signet_status status = scan_entries(&scan, list);
    if (status == SIGNET_OK)
        sg_crl_runs_finish(&scan.runs, crl);
    sg_crl_runs_free(&scan.runs);
    crl->sorted = scan.sorted;
    return status;
}
