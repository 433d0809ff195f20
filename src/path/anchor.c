/* SPDX-License-Identifier: Apache-2.0 */
#include "path/anchor.h"

#include "asn1/oid.h"
#include "x509/policy_extensions.h"

#include <stdlib.h>

void signet_anchor_terms_init(struct signet_anchor_terms *terms)
{
    *terms = (struct signet_anchor_terms){.purposes = SIGNET_ANCHOR_MAIL,
                                          .distrust_after = SIGNET_TIME_UNKNOWN};
}

static bool are_subtrees(struct signet_span der)
{
    struct signet_parse_error error = {0};
    struct sg_der cursor = sg_der_begin(der, &error);
    struct sg_subtrees subtrees;
    return der.len == 0 || (sg_subtrees_parse(&cursor, &subtrees) && sg_der_end(&cursor));
}

enum { MAX_POLICY_LEN = 128 };

static bool are_readable(const struct signet_anchor_terms *terms)
{
    uint8_t octets[MAX_POLICY_LEN];
    for (size_t i = 0; i < terms->num_policies; i++) {
        if (sg_oid_from_dotted(terms->policies[i], octets, sizeof(octets)) == 0)
            return false;
    }
    return are_subtrees(terms->permitted_subtrees) && are_subtrees(terms->excluded_subtrees);
}

/* What TERMS points to, in octets. */
static size_t measure(const struct signet_anchor_terms *terms)
{
    size_t len = terms->num_policies * sizeof(const char *);
    for (size_t i = 0; i < terms->num_policies; i++)
        len += strlen(terms->policies[i]) + 1;
    return len + terms->permitted_subtrees.len + terms->excluded_subtrees.len;
}

/* Moves *TARGET's octets to *NEXT, and *NEXT behind them. */
static void move_span(struct signet_span *target, uint8_t **next)
{
    if (target->len == 0) {
        *target = sg_span(NULL, 0);
        return;
    }
    memcpy(*next, target->ptr, target->len);
    target->ptr = *next;
    *next += target->len;
}

static void move_policies(struct signet_anchor_terms *terms, void *block, uint8_t **next)
{
    const char **list = block;
    for (size_t i = 0; i < terms->num_policies; i++) {
        size_t len = strlen(terms->policies[i]) + 1;
        memcpy(*next, terms->policies[i], len);
        list[i] = (const char *)*next;
        *next += len;
    }
    terms->policies = terms->num_policies > 0 ? list : NULL;
}

enum signet_status sg_anchor_terms_copy(const struct signet_anchor_terms *terms,
                                        struct signet_anchor_terms *out, void **block)
{
    *block = NULL;
    if (terms == NULL) {
        signet_anchor_terms_init(out);
        return SIGNET_OK;
    }
    if (!are_readable(terms))
        return SIGNET_ERR_ARGUMENT;
    *out = *terms;
    size_t len = measure(terms);
    if (len > 0 && (*block = malloc(len)) == NULL)
        return SIGNET_ERR_MEMORY;
    uint8_t *next = *block;
    if (next != NULL)
        next += terms->num_policies * sizeof(const char *);
    move_policies(out, *block, &next);
    move_span(&out->permitted_subtrees, &next);
    move_span(&out->excluded_subtrees, &next);
    return SIGNET_OK;
}

const struct signet_policy *sg_anchor_policy(const struct sg_anchor *anchor,
                                             const struct signet_policy *policy,
                                             struct signet_policy *own)
{
    if (anchor == NULL || !anchor->terms.has_revocation ||
        anchor->terms.revocation == policy->revocation)
        return policy;
    *own = *policy;
    own->revocation = anchor->terms.revocation;
    return own;
}
