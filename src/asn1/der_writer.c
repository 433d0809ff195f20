/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/der_writer.h"

#include "base/span.h"
#include "base/time.h"

#include <stdlib.h>

/* 1950-01-01T00:00:00Z, the first second that UTCTime can say. */
#define TIME_1950 INT64_C(-631152000)

/* So many octets as LEN needs in base 256. */
static size_t num_len_octets(size_t len)
{
    size_t num = 1;
    while (len >= 256) {
        len /= 256;
        num++;
    }
    return num;
}

size_t sg_der_header(uint32_t tag, size_t len, uint8_t out[SG_DER_HEADER_MAX_LEN])
{
    out[0] = (uint8_t)tag;
    if (len < 0x80) {
        out[1] = (uint8_t)len;
        return 2;
    }
    size_t num = num_len_octets(len);
    out[1] = (uint8_t)(0x80 | num);
    for (size_t i = num; i > 0; i--, len /= 256)
        out[1 + i] = (uint8_t)len;
    return 2 + num;
}

size_t sg_der_full_len(size_t content_len)
{
    size_t header_len = content_len < 0x80 ? 2 : 2 + num_len_octets(content_len);
    return content_len > SIZE_MAX - header_len ? SIZE_MAX : content_len + header_len;
}

void sg_der_put(struct sg_buffer *der, uint32_t tag, struct signet_span content)
{
    uint8_t header[SG_DER_HEADER_MAX_LEN];
    sg_buffer_add(der, sg_span(header, sg_der_header(tag, content.len, header)));
    sg_buffer_add(der, content);
}

void sg_der_put_null(struct sg_buffer *der)
{
    sg_der_put(der, SG_TAG_NULL, sg_span(NULL, 0));
}

void sg_der_put_magnitude(struct sg_buffer *der, struct signet_span magnitude)
{
    static const uint8_t zero[1];
    while (magnitude.len > 0 && magnitude.ptr[0] == 0)
        magnitude = sg_span_from(magnitude, 1);
    bool padded = magnitude.len == 0 || magnitude.ptr[0] >= 0x80;
    uint8_t header[SG_DER_HEADER_MAX_LEN];
    size_t len = magnitude.len + (padded ? 1 : 0);
    sg_buffer_add(der, sg_span(header, sg_der_header(SG_TAG_INTEGER, len, header)));
    if (padded)
        sg_buffer_add(der, sg_span(zero, 1));
    sg_buffer_add(der, magnitude);
}

void sg_der_put_uint32(struct sg_buffer *der, uint32_t value)
{
    uint8_t octets[4] = {(uint8_t)(value >> 24), (uint8_t)(value >> 16), (uint8_t)(value >> 8),
                         (uint8_t)value};
    sg_der_put_magnitude(der, sg_span(octets, sizeof octets));
}

void sg_der_put_oid(struct sg_buffer *der, enum sg_oid oid)
{
    sg_der_put(der, SG_TAG_OID, sg_oid_octets(oid));
}

void sg_der_put_bit_string(struct sg_buffer *der, struct signet_span octets)
{
    size_t opened = sg_der_open(der, SG_TAG_BIT_STRING);
    sg_buffer_add_byte(der, 0); /* no unused bits */
    sg_buffer_add(der, octets);
    sg_der_close(der, opened);
}

void sg_der_put_time(struct sg_buffer *der, signet_time time)
{
    struct sg_civil civil;
    if (time == SIGNET_TIME_UNKNOWN || time > SG_TIME_NO_END) {
        if (der->status == SIGNET_OK)
            der->status = SIGNET_ERR_ARGUMENT;
        return;
    }
    sg_time_to_civil(time, &civil);
    bool utc = time >= TIME_1950 && time < SG_TIME_2050;
    size_t opened = sg_der_open(der, utc ? SG_TAG_UTC_TIME : SG_TAG_GENERALIZED_TIME);
    if (utc)
        sg_buffer_printf(der, "%02d", civil.year % 100);
    else
        sg_buffer_printf(der, "%04d", civil.year);
    sg_buffer_printf(der, "%02d%02d%02d%02d%02dZ", civil.month, civil.day, civil.hour, civil.minute,
                     civil.second);
    sg_der_close(der, opened);
}

void sg_der_put_algorithm(struct sg_buffer *der, enum sg_oid oid)
{
    size_t opened = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, oid);
    sg_der_close(der, opened);
}

void sg_der_put_algorithm_null(struct sg_buffer *der, enum sg_oid oid)
{
    size_t opened = sg_der_open(der, SG_TAG_SEQUENCE);
    sg_der_put_oid(der, oid);
    sg_der_put_null(der);
    sg_der_close(der, opened);
}

/* The shortest length octets are reserved; closing makes room for longer ones. */
size_t sg_der_open(struct sg_buffer *der, uint32_t tag)
{
    sg_buffer_add_byte(der, (uint8_t)tag);
    sg_buffer_add_byte(der, 0);
    return der->len;
}

void sg_der_close(struct sg_buffer *der, size_t opened)
{
    static const uint8_t room[SG_DER_HEADER_MAX_LEN];
    uint8_t header[SG_DER_HEADER_MAX_LEN];
    if (der->status != SIGNET_OK)
        return;
    size_t len = der->len - opened;
    size_t more = sg_der_header(der->ptr[opened - 2], len, header) - 2;
    sg_buffer_add(der, sg_span(room, more));
    if (der->status != SIGNET_OK)
        return;
    uint8_t *content = der->ptr + opened;
    if (more > 0)
        memmove(content + more, content, len);
    memcpy(content - 2, header, more + 2);
}

static int compare(const void *a, const void *b)
{
    /* No element is the beginning of another, so that padding the shorter one (X.690 11.6) decides
     * nothing. */
    return sg_span_compare(*(const struct signet_span *)a, *(const struct signet_span *)b);
}

void sg_der_sort(struct signet_span *elements, size_t num)
{
    if (num > 1)
        qsort(elements, num, sizeof *elements, compare);
}

/* Cuts CONTENT into ELEMENTS (NULL: only counts them). SIZE_MAX: it is not elements alone. */
static size_t split(struct signet_span content, struct signet_span *elements)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der der = sg_der_begin(content, &error);
    size_t num = 0;
    for (struct sg_tlv element; !sg_der_done(&der); num++) {
        if (!sg_der_any(&der, &element))
            return SIZE_MAX;
        if (elements != NULL)
            elements[num] = element.full;
    }
    return num;
}

/* Sorts NUM elements of CONTENT in place, by way of SCRATCH. */
static void sort_content(uint8_t *content, size_t len, struct signet_span *elements, size_t num,
                         uint8_t *scratch)
{
    memcpy(scratch, content, len);
    (void)split(sg_span(scratch, len), elements);
    sg_der_sort(elements, num);
    for (size_t i = 0; i < num; i++) {
        memcpy(content, elements[i].ptr, elements[i].len);
        content += elements[i].len;
    }
}

void sg_der_close_set_of(struct sg_buffer *der, size_t opened)
{
    if (der->status != SIGNET_OK)
        return;
    size_t len = der->len - opened;
    size_t num = split(sg_span(der->ptr + opened, len), NULL);
    if (num == SIZE_MAX) {
        der->status = SIGNET_ERR_ARGUMENT;
    } else if (num > 1) {
        struct signet_span *elements = calloc(num, sizeof *elements);
        uint8_t *scratch = malloc(len);
        if (elements == NULL || scratch == NULL)
            der->status = SIGNET_ERR_MEMORY;
        else
            sort_content(der->ptr + opened, len, elements, num, scratch);
        free(elements);
        free(scratch);
    }
    sg_der_close(der, opened);
}
