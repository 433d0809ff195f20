/* SPDX-License-Identifier: Apache-2.0 */
#include "fingerprint.h"

#include "message.h"
#include "output.h"

#include <string.h>

/* Candidates shown of an ambiguous fingerprint. */
enum { MAX_CANDIDATES = 20 };

static int digit_value(char c)
{
    static const char digits[] = "0123456789abcdef0123456789ABCDEF";
    const char *at = c == '\0' ? NULL : strchr(digits, c);

    return at == NULL ? -1 : (int)((at - digits) % 16);
}

/* The number of digits, or SIZE_MAX for what is none. Half an octet at the end stands in its upper
 * half. */
static size_t read_digits(const char *text, uint8_t *octets, size_t max_digits)
{
    size_t digits = 0;

    for (; *text != '\0'; text++) {
        int value = digit_value(*text);

        if (value < 0 && (*text == ':' || *text == ' '))
            continue;
        if (value < 0 || digits == max_digits)
            return SIZE_MAX;
        if (digits % 2 == 0)
            octets[digits / 2] = (uint8_t)(value << 4);
        else
            octets[digits / 2] |= (uint8_t)value;
        digits++;
    }
    return digits;
}

bool hex_read(const char *text, uint8_t *octets, size_t size, size_t *len)
{
    size_t digits = read_digits(text, octets, size * 2);

    *len = digits / 2;
    return digits != SIZE_MAX && digits > 0 && digits % 2 == 0;
}

bool hex_read_number(const char *text, uint8_t *octets, size_t size, size_t *len)
{
    size_t digits = read_digits(text, octets, size * 2);

    if (digits == SIZE_MAX || digits == 0)
        return false;
    *len = (digits + 1) / 2;
    for (size_t i = *len; digits % 2 == 1 && i-- > 0;)
        octets[i] = (uint8_t)(octets[i] >> 4 | (i == 0 ? 0 : octets[i - 1] << 4));
    return true;
}

bool fingerprint_read(struct fingerprint *fingerprint, const char *text)
{
    fingerprint->digits = read_digits(text, fingerprint->octets, 2 * sizeof fingerprint->octets);
    return fingerprint->digits != SIZE_MAX && fingerprint->digits >= MIN_FINGERPRINT_DIGITS;
}

struct signet_span fingerprint_span(const struct fingerprint *fingerprint)
{
    return (struct signet_span){fingerprint->octets, fingerprint->digits / 2};
}

bool fingerprint_matches(const struct fingerprint *fingerprint, struct signet_span sha256)
{
    size_t whole = fingerprint->digits / 2;

    return sha256.len >= sizeof fingerprint->octets &&
           memcmp(sha256.ptr, fingerprint->octets, whole) == 0 &&
           (fingerprint->digits % 2 == 0 ||
            (sha256.ptr[whole] & 0xf0) == fingerprint->octets[whole]);
}

struct finding_one {
    struct named_object *object;
    struct fingerprint fingerprint;
    size_t num;
};

static enum signet_status take(void *context, const struct signet_record *record)
{
    struct finding_one *finding = context;
    struct named_object *object = finding->object;

    if (!fingerprint_matches(&finding->fingerprint, record->sha256) || finding->num++ > 0)
        return SIGNET_OK;
    object->kind = record->kind;
    memcpy(object->sha256, record->sha256.ptr, sizeof object->sha256);
    object->own = record->own;
    object->anchor = record->anchor != NULL && record->anchor->distrusted == SIGNET_TIME_UNKNOWN;
    if (record->certificate != NULL)
        object->certificate = signet_certificate_ref(record->certificate);
    return SIGNET_OK;
}

struct listing {
    const struct fingerprint *fingerprint;
    size_t num;
};

static enum signet_status show_candidate(void *context, const struct signet_record *record)
{
    const struct signet_report_options options = {.format = SIGNET_FORMAT_TEXT};
    struct listing *listing = context;

    if (!fingerprint_matches(listing->fingerprint, record->sha256) ||
        listing->num++ >= MAX_CANDIDATES)
        return SIGNET_OK;
    return signet_report_record(record, NULL, false, &options, output_error_sink());
}

static enum named_result tell_ambiguous(const struct database *database,
                                        const struct signet_store_query *query,
                                        const struct fingerprint *fingerprint, const char *text,
                                        size_t num)
{
    struct listing listing = {fingerprint, 0};

    message_error("%s: %zu fingerprints begin so; give more digits:", text, num);
    if (database_told(database,
                      signet_store_find(database->store, query, show_candidate, &listing, NULL)) &&
        num > MAX_CANDIDATES)
        message_error("... and %zu more", num - MAX_CANDIDATES);
    return NAMED_TROUBLE;
}

enum named_result named_object_find(struct named_object *object, const struct database *database,
                                    unsigned kinds, const char *text)
{
    struct finding_one finding = {.object = object};
    struct signet_store_query query = {.kinds = kinds};

    *object = (struct named_object){.certificate = NULL};
    if (!fingerprint_read(&finding.fingerprint, text)) {
        message_error("%s: is no fingerprint: those are %d or more hexadecimal digits, as 'signet "
                      "list' shows them",
                      text, MIN_FINGERPRINT_DIGITS);
        return NAMED_TROUBLE;
    }
    query.sha256 = fingerprint_span(&finding.fingerprint);
    if (!database_told(database, signet_store_find(database->store, &query, take, &finding, NULL)))
        return NAMED_TROUBLE;
    if (finding.num > 1)
        return tell_ambiguous(database, &query, &finding.fingerprint, text, finding.num);
    if (finding.num == 1)
        return NAMED_ONE;
    message_error("%s: nothing in the database has this fingerprint", text);
    return NAMED_NONE;
}

void named_object_free(struct named_object *object)
{
    signet_certificate_unref(object->certificate);
    object->certificate = NULL;
}
