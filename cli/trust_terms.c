/* SPDX-License-Identifier: Apache-2.0 */
#include "trust_terms.h"

#include "message.h"
#include "subtree.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Mail addresses at a domain are rfc822Names within it (RFC 5280 4.2.1.10). */
static bool encode_permitted(const struct options *options, struct signet_span *out)
{
    struct strings items = {NULL, 0, 0};
    char **texts = calloc(options->domains.num + 1, sizeof *texts);
    bool done = texts != NULL;

    for (size_t i = 0; i < options->permitted.num && done; i++)
        done = strings_add(&items, options->permitted.items[i]);
    for (size_t i = 0; i < options->domains.num && done; i++) {
        const char *domain = options->domains.items[i];
        size_t size = strlen(domain) + sizeof "email:";

        texts[i] = malloc(size);
        done = texts[i] != NULL && strings_add(&items, texts[i]);
        if (done)
            snprintf(texts[i], size, "email:%s", domain + (domain[0] == '@'));
    }
    if (done)
        done = subtrees_encode(&items, out);
    else
        message_status("trust", SIGNET_ERR_MEMORY);
    for (size_t i = 0; texts != NULL && i < options->domains.num; i++)
        free(texts[i]);
    free(texts);
    free(items.items);
    return done;
}

static bool are_domains(const struct options *options)
{
    for (size_t i = 0; i < options->domains.num; i++)
        if (options->domains.items[i][0] == '\0' ||
            strcspn(options->domains.items[i], " \t,;<>") != strlen(options->domains.items[i])) {
            message_error("--domain: \"%s\" is no domain", options->domains.items[i]);
            return false;
        }
    return true;
}

bool trust_terms_make(const struct options *options, struct signet_anchor_terms *terms)
{
    *terms = options->terms;
    terms->policies = options->policies.items;
    terms->num_policies = options->policies.num;
    return are_domains(options) && encode_permitted(options, &terms->permitted_subtrees) &&
           subtrees_encode(&options->excluded, &terms->excluded_subtrees);
}

void trust_terms_free(struct signet_anchor_terms *terms)
{
    free((void *)(uintptr_t)terms->permitted_subtrees.ptr);
    free((void *)(uintptr_t)terms->excluded_subtrees.ptr);
}
