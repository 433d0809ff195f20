/* SPDX-License-Identifier: Apache-2.0 */
/* Times as text and as DER: what was read is written back as it stood. */
#include "asn1/der.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MAX_TEXT = 64 };

static void check(bool ok)
{
    if (!ok)
        abort();
}

static void check_text(const char *text)
{
    signet_time time, again;
    char formatted[SIGNET_TIME_TEXT_SIZE];
    if (!signet_time_parse(text, &time))
        return;
    signet_time_format(time, formatted);
    check(signet_time_parse(formatted, &again) && again == time);
}

/* The digits of the RFC 3339 text are those of a GeneralizedTime, and but for two those of a
 * UTCTime. */
static void check_digits(const char *formatted, struct signet_span content, size_t skip)
{
    size_t num = 0;
    for (const char *c = formatted + skip; *c != '\0'; c++) {
        if (*c >= '0' && *c <= '9') {
            check(num < content.len && content.ptr[num] == (uint8_t)*c);
            num++;
        }
    }
    check(num + 1 == content.len);
}

static void check_der(uint32_t tag, struct signet_span content)
{
    uint8_t element[MAX_TEXT + 2] = {(uint8_t)tag, (uint8_t)content.len};
    struct signet_parse_error error = {0};
    signet_time time;
    uint32_t found;
    char formatted[SIGNET_TIME_TEXT_SIZE];
    memcpy(element + 2, content.ptr, content.len);
    struct sg_der der = sg_der_begin(sg_span(element, content.len + 2), &error);
    if (!sg_der_time(&der, &time, &found)) {
        check(error.expected != NULL);
        return;
    }
    check(found == tag && sg_der_done(&der));
    signet_time_format(time, formatted);
    check_digits(formatted, content, tag == SG_TAG_UTC_TIME ? 2 : 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char text[MAX_TEXT + 1] = {0};
    if (size == 0 || size > MAX_TEXT)
        return 0;
    memcpy(text, data, size);
    check_text(text);
    check_der(SG_TAG_UTC_TIME, sg_span(data, size));
    check_der(SG_TAG_GENERALIZED_TIME, sg_span(data, size));
    return 0;
}
