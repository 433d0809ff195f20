/* SPDX-License-Identifier: Apache-2.0 */
#include "path/delta.h"

#include "path/crl_age.h"
#include "path/crl_told.h"

static bool same_key_identifier(const struct sg_aki *a, const struct sg_aki *b)
{
    return sg_span_equal(a->key_id, b->key_id) && sg_span_equal(a->issuer, b->issuer) &&
           sg_span_equal(a->serial, b->serial);
}

static bool has_other_issuer(const struct signet_crl *delta, const struct signet_crl *complete)
{
    return !sg_name_equal(&delta->issuer, &complete->issuer);
}

static bool has_other_scope(const struct signet_crl *delta, const struct signet_crl *complete)
{
    return sg_issuing_distribution_point_compare(&delta->idp, &complete->idp) != 0;
}

static bool has_other_key(const struct signet_crl *delta, const struct signet_crl *complete)
{
    return !same_key_identifier(&delta->aki, &complete->aki);
}

static bool lacks_number(const struct signet_crl *delta, const struct signet_crl *complete)
{
    return delta->number.ptr == NULL || complete->number.ptr == NULL;
}

static bool has_newer_base(const struct signet_crl *delta, const struct signet_crl *complete)
{
    return sg_crl_number_compare(delta->base_number, complete->number) > 0;
}

static bool is_not_newer(const struct signet_crl *delta, const struct signet_crl *complete)
{
    return sg_crl_number_compare(delta->number, complete->number) <= 0;
}

/* The conditions of 5.2.4 and of 6.3.3 (c) turned round: what forbids putting a delta on a CRL. */
static const struct {
    bool (*forbids)(const struct signet_crl *delta, const struct signet_crl *complete);
    const char *why;
} obstacles[] = {
    {has_other_issuer, "they are of different issuers"},
    {has_other_scope, "their scopes differ"},
    {has_other_key, "they name different keys"},
    {lacks_number, "one of them has no number"},
    {has_newer_base, "it builds on a later CRL"},
    {is_not_newer, "it is not newer"},
};

static const char *find_obstacle(const struct signet_crl *delta, const struct signet_crl *complete)
{
    for (size_t i = 0; i < sizeof(obstacles) / sizeof(obstacles[0]); i++) {
        if (obstacles[i].forbids(delta, complete))
            return obstacles[i].why;
    }
    return NULL;
}

/* E-29: evidence of later times, from after the certificate's expiry. */
static bool proves_nothing(const struct sg_status_search *search, const struct signet_crl *delta)
{
    return delta->this_update > search->judgement->policy->time && sg_crl_may_omit(search, delta);
}

static void tell(struct sg_status_search *search, const struct signet_crl *delta,
                 const struct signet_crl *complete, const char *obstacle)
{
    struct sg_findings *findings = &search->told[SG_CRL_REFUSED];
    char name[SG_TOLD_SIZE];
    sg_crl_tell(
        search, findings,
        obstacle != NULL ? SG_KIND_DELTA_NOT_APPLIED : SG_KIND_DELTA_SIGNATURE_WRONG, delta,
        SG_PARAMS(sg_told_crl(findings, "complete", complete, name), sg_string("why", obstacle)));
}

const struct signet_crl *sg_delta_find(struct sg_status_search *search,
                                       const struct sg_crl_choice *choice,
                                       const struct signet_crl *complete,
                                       const struct sg_crl_signer *signer)
{
    for (size_t i = 0; i < choice->num_deltas && !search->limit; i++) {
        const struct signet_crl *delta = choice->deltas[i].crl;
        const char *obstacle = find_obstacle(delta, complete);
        if (obstacle == NULL && proves_nothing(search, delta))
            obstacle = "it was issued after the certificate expired";
        if (obstacle == NULL && sg_crl_signer_made(search, signer, delta))
            return delta;
        tell(search, delta, complete, obstacle);
    }
    return NULL;
}
