/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_age.h"

/*
 * B-CRL-3: CAs do sign lists for months to come. Taken for the newest, such a list would hide what
 * is revoked until then.
 */
bool sg_crl_is_from_future(const struct sg_status_search *search, const struct signet_crl *crl)
{
    return crl->this_update > sg_status_clock(search);
}

static bool is_later_evidence(const struct sg_status_search *search, const struct signet_crl *crl)
{
    return crl->this_update > search->judgement->policy->time;
}

/* B-CRL-4. */
static bool is_young(const struct sg_status_search *search, const struct signet_crl *crl)
{
    const struct signet_policy *policy = search->judgement->policy;
    uint64_t age = (uint64_t)policy->time - (uint64_t)crl->this_update;
    return policy->crl_max_age > 0 && age <= (uint64_t)policy->crl_max_age;
}

enum sg_crl_role sg_crl_role_by_dates(const struct sg_status_search *search,
                                      const struct signet_crl *crl, bool *by_age)
{
    *by_age = false;
    if (crl->next_update != SIGNET_TIME_UNKNOWN) {
        /* One that ends before it begins was never current. */
        bool over = crl->next_update < search->judgement->policy->time ||
                    crl->next_update < crl->this_update;
        return over ? SG_CRL_STALE : SG_CRL_CURRENT;
    }
    if (is_later_evidence(search, crl))
        return SG_CRL_CURRENT;
    *by_age = is_young(search, crl);
    return *by_age ? SG_CRL_CURRENT : SG_CRL_UNDATED;
}

bool sg_crl_may_omit(const struct sg_status_search *search, const struct signet_crl *crl)
{
    return crl->this_update > sg_status_certificate(search)->not_after;
}

bool sg_crl_entry_counts(const struct sg_status_search *search, const struct signet_crl *crl,
                         const struct sg_crl_entry *entry)
{
    signet_time time = search->judgement->policy->time;
    /* What was listed at that time was revoked, whatever date it bears. */
    if (!is_later_evidence(search, crl) || entry->revocation_date <= time)
        return true;
    bool compromised =
        entry->reason == SG_REASON_KEY_COMPROMISE || entry->reason == SG_REASON_CA_COMPROMISE;
    return compromised && entry->invalidity_date != SIGNET_TIME_UNKNOWN &&
           entry->invalidity_date <= time;
}
