/* SPDX-License-Identifier: Apache-2.0 */
#include "named_object.h"

#include "message.h"
#include "output.h"

#include <string.h>

/* Candidates shown of an ambiguous fingerprint. */
enum { MAX_CANDIDATES = 20 };

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
