/* SPDX-License-Identifier: Apache-2.0 */
#include "dropped_anchors.h"

#include "span_set.h"

struct finding_dropped {
    struct span_set current; /* fingerprints */
    struct certificate_list *dropped;
};

/* A bundle of web roots that the user named is no set that anybody keeps. */
static bool is_of_the_set(const struct signet_stored_anchor *anchor)
{
    return anchor != NULL && anchor->origin.kind == SIGNET_ORIGIN_SYSTEM &&
           !anchor->terms.purpose_unknown;
}

static enum signet_status take(void *context, const struct signet_record *record)
{
    struct finding_dropped *finding = context;
    struct certificate_list *dropped = finding->dropped;
    bool new = false;

    if (!is_of_the_set(record->anchor))
        return SIGNET_OK;
    if (!certificate_list_add(dropped, record->certificate) ||
        !span_set_add(&finding->current, signet_certificate_sha256(record->certificate), &new))
        return SIGNET_ERR_MEMORY;
    if (!new) /* it is still in the set */
        signet_certificate_unref(dropped->items[--dropped->num]);
    return SIGNET_OK;
}

bool dropped_anchors_find(const struct database *database, const struct certificate_list *current,
                          struct certificate_list *dropped)
{
    static const struct signet_store_query query = {.anchors = true};
    struct finding_dropped finding = {.dropped = dropped};
    enum signet_status status = SIGNET_OK;
    bool new;

    if (database->store == NULL)
        return true;
    for (size_t i = 0; i < current->num && status == SIGNET_OK; i++)
        if (!span_set_add(&finding.current, signet_certificate_sha256(current->items[i]), &new))
            status = SIGNET_ERR_MEMORY;
    if (status == SIGNET_OK)
        status = signet_store_find(database->store, &query, take, &finding, NULL);
    span_set_free(&finding.current);
    return database_told(database, status);
}

enum signet_status dropped_anchors_distrust(const struct database *database,
                                            const struct certificate_list *dropped, signet_time now)
{
    enum signet_status status = SIGNET_OK;

    for (size_t i = 0; i < dropped->num && status == SIGNET_OK; i++)
        status =
            signet_store_distrust(database->store, signet_certificate_sha256(dropped->items[i]),
                                  "no longer in the system's set", now, NULL);
    return status;
}
