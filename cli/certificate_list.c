/* SPDX-License-Identifier: Apache-2.0 */
#include "certificate_list.h"

#include "bundle_file.h"
#include "fingerprint.h"
#include "message.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool certificate_list_add(struct certificate_list *list,
                          const struct signet_certificate *certificate)
{
    if (list->num == list->cap) {
        size_t cap = list->cap == 0 ? 8 : list->cap * 2;
        struct signet_certificate **items = realloc(list->items, cap * sizeof(*items));

        if (items == NULL)
            return false;
        list->items = items;
        list->cap = cap;
    }
    list->items[list->num++] = signet_certificate_ref(certificate);
    return true;
}

static enum signet_status take(void *context, struct signet_certificate *certificate)
{
    return certificate_list_add(context, certificate) ? SIGNET_OK : SIGNET_ERR_MEMORY;
}

bool certificate_list_read(struct certificate_list *list, const char *file)
{
    const struct signet_bundle_callbacks callbacks = {.certificate = take, .context = list};
    struct signet_parse_error error = {0, NULL, NULL};
    size_t num_bad = 0, before = list->num;
    enum signet_status status = bundle_file_read(file, &callbacks, &num_bad, &error);

    return bundle_file_told_certificates(file, status, list->num - before, num_bad, &error);
}

enum named_result certificate_list_find(struct certificate_list *list,
                                        const struct database *database, const char *word)
{
    struct named_object object;
    struct fingerprint fingerprint;
    enum named_result result;

    if (strcmp(word, "-") == 0 || access(word, F_OK) == 0)
        return certificate_list_read(list, word) ? NAMED_ONE : NAMED_TROUBLE;
    if (database->store == NULL) {
        message_error("%s: there is no such file, and nothing in the database", word);
        return NAMED_NONE;
    }
    if (!fingerprint_read(&fingerprint, word)) {
        message_error("%s: there is no such file, and it is no fingerprint: those are %d or more "
                      "hexadecimal digits, as 'signet list' shows them",
                      word, MIN_FINGERPRINT_DIGITS);
        return NAMED_TROUBLE;
    }
    result = named_object_find(&object, database, 1u << SIGNET_RECORD_CERTIFICATE, word);
    if (result == NAMED_ONE && !certificate_list_add(list, object.certificate)) {
        message_status(word, SIGNET_ERR_MEMORY);
        result = NAMED_TROUBLE;
    }
    named_object_free(&object);
    return result;
}

void certificate_list_free(struct certificate_list *list)
{
    for (size_t i = 0; i < list->num; i++)
        signet_certificate_unref(list->items[i]);
    free(list->items);
    *list = (struct certificate_list){NULL, 0, 0};
}
