/* SPDX-License-Identifier: Apache-2.0 */
#include "store/choice_reason.h"

#include "base/time.h"

#include <stdio.h>

/* "2026-06-01": the day is what tells renewals apart. */
enum { DAY_SIZE = 16 };

static const char *write_day(signet_time time, char text[DAY_SIZE])
{
    struct sg_civil civil;
    sg_time_to_civil(time, &civil);
    snprintf(text, DAY_SIZE, "%04u-%02u-%02u", (unsigned)civil.year % 10000,
             (unsigned)civil.month % 100, (unsigned)civil.day % 100);
    return text;
}

static const struct signet_candidate *best_path(const struct signet_choice_candidate *candidate)
{
    const struct signet_candidates *paths = signet_path_result_candidates(candidate->path);
    return paths->num > 0 ? &paths->items[0] : NULL;
}

static const char *purpose_name(const struct signet_policy *policy)
{
    static const char *const names[] = {
        [SIGNET_PURPOSE_SIGN] = "signing",
        [SIGNET_PURPOSE_ENCRYPT] = "encryption",
        [SIGNET_PURPOSE_ANY] = "mail",
        [SIGNET_PURPOSE_DECRYPT] = "key agreement",
    };
    return names[policy->purpose];
}

/* A finding of CODE about the end entity that counts; NULL for none. */
static const struct signet_finding *find(const struct signet_choice_candidate *candidate,
                                         enum signet_code code)
{
    struct signet_findings findings = signet_path_result_findings(candidate->path);
    for (size_t i = 0; i < findings.num; i++) {
        const struct signet_finding *finding = &findings.items[i];
        if (finding->code == code && finding->certificate <= 0 &&
            finding->effect > SIGNET_VERDICT_WARN)
            return finding;
    }
    return NULL;
}

/* The first of the findings that weigh most. */
static const struct signet_finding *find_worst(const struct signet_choice_candidate *candidate)
{
    struct signet_findings findings = signet_path_result_findings(candidate->path);
    const struct signet_finding *worst = NULL;
    for (size_t i = 0; i < findings.num; i++) {
        if (worst == NULL || findings.items[i].effect > worst->effect)
            worst = &findings.items[i];
    }
    return worst;
}

/* Each tells why CANDIDATE cannot be used, or gives NULL with *APPLIES false. */
typedef const char *explain(const struct signet_choice_candidate *candidate,
                            const struct signet_policy *policy, struct sg_arena *arena,
                            bool *applies);

static const char *explain_revoked(const struct signet_choice_candidate *candidate,
                                   const struct signet_policy *policy, struct sg_arena *arena,
                                   bool *applies)
{
    const struct signet_candidate *path = best_path(candidate);
    char day[DAY_SIZE];
    (void)policy;
    *applies = path != NULL && path->num_certificates > 0 &&
               path->certificates[0].revocation.status == SIGNET_CERTIFICATE_REVOKED;
    return *applies
               ? sg_arena_printf(arena, "revoked on %s",
                                 write_day(path->certificates[0].revocation.revocation_date, day))
               : NULL;
}

static const char *explain_expired(const struct signet_choice_candidate *candidate,
                                   const struct signet_policy *policy, struct sg_arena *arena,
                                   bool *applies)
{
    signet_time not_after = signet_certificate_not_after(candidate->certificate);
    char day[DAY_SIZE];
    *applies = not_after < policy->time;
    return *applies ? sg_arena_printf(arena, "expired on %s", write_day(not_after, day)) : NULL;
}

static const char *explain_future(const struct signet_choice_candidate *candidate,
                                  const struct signet_policy *policy, struct sg_arena *arena,
                                  bool *applies)
{
    signet_time not_before = signet_certificate_not_before(candidate->certificate);
    char day[DAY_SIZE];
    *applies = not_before > policy->time;
    return *applies ? sg_arena_printf(arena, "not valid before %s", write_day(not_before, day))
                    : NULL;
}

static const char *explain_usage(const struct signet_choice_candidate *candidate,
                                 const struct signet_policy *policy, struct sg_arena *arena,
                                 bool *applies)
{
    bool key_usage = find(candidate, SIGNET_CODE_KU_FORBIDS) != NULL;
    *applies = key_usage || find(candidate, SIGNET_CODE_EKU_FORBIDS) != NULL;
    return *applies ? sg_arena_printf(arena, "cannot be used for %s: %s", purpose_name(policy),
                                      key_usage ? "key usage" : "extended key usage")
                    : NULL;
}

static const char *explain_address(const struct signet_choice_candidate *candidate,
                                   const struct signet_policy *policy, struct sg_arena *arena,
                                   bool *applies)
{
    *applies = find(candidate, SIGNET_CODE_ADDR_MISMATCH) != NULL;
    (void)policy;
    return *applies ? sg_arena_printf(arena, "its own addresses are others, and nobody but a "
                                             "message or a directory tied it to this one")
                    : NULL;
}

static const char *explain_unproven(const struct signet_choice_candidate *candidate,
                                    const struct signet_policy *policy, struct sg_arena *arena,
                                    bool *applies)
{
    const struct signet_candidate *path = best_path(candidate);
    (void)policy;
    *applies = path == NULL || !path->complete;
    return *applies ? sg_arena_printf(arena, "nothing proves it: no path to an anchor") : NULL;
}

static const char *explain_worst(const struct signet_choice_candidate *candidate,
                                 const struct signet_policy *policy, struct sg_arena *arena,
                                 bool *applies)
{
    const struct signet_finding *worst = find_worst(candidate);
    (void)policy;
    *applies = true;
    return sg_arena_printf(arena, "%s", worst != NULL ? worst->text : "it cannot be used");
}

/* What is most final comes first. */
static explain *const explanations[] = {explain_revoked, explain_expired, explain_future,
                                        explain_usage,   explain_address, explain_unproven,
                                        explain_worst};

static const char *explain_unusable(const struct signet_choice_candidate *candidate,
                                    const struct signet_policy *policy, struct sg_arena *arena)
{
    const char *text = NULL;
    bool applies = false;
    for (size_t i = 0; !applies && i < sizeof(explanations) / sizeof(explanations[0]); i++)
        text = explanations[i](candidate, policy, arena, &applies);
    return text;
}

static const char *explain_chosen(const struct signet_choice_candidate *candidate, size_t num,
                                  struct sg_arena *arena)
{
    if (candidate->bound && candidate->binding == SIGNET_BINDING_USER)
        return sg_arena_printf(arena, "bound by you to this address");
    if (candidate->preferred)
        return sg_arena_printf(arena, "its holder asked for mail to be encrypted to it");
    if (num == 1)
        return sg_arena_printf(arena, "the only one");
    return sg_arena_printf(arena, "the newest of those that can be used");
}

/* It could be used, but another one is better. */
static const char *explain_second(const struct signet_choice_candidate *candidate,
                                  const struct signet_choice_candidate *chosen,
                                  struct sg_arena *arena)
{
    char day[DAY_SIZE];
    if (chosen->verdict < candidate->verdict)
        return sg_arena_printf(arena, "another one has the better verdict: %s, this one %s",
                               signet_verdict_name(chosen->verdict),
                               signet_verdict_name(candidate->verdict));
    if (chosen->bound && chosen->binding == SIGNET_BINDING_USER &&
        !(candidate->bound && candidate->binding == SIGNET_BINDING_USER))
        return sg_arena_printf(arena, "you bound another one to this address");
    if (chosen->preferred && !candidate->preferred)
        return sg_arena_printf(arena, "its holder asked for another one");
    return sg_arena_printf(arena, "replaced: a newer one is valid until %s",
                           write_day(signet_certificate_not_after(chosen->certificate), day));
}

const char *sg_choice_reason(const struct signet_choice_candidate *candidate,
                             const struct signet_choice_candidate *chosen, size_t num,
                             const struct signet_policy *policy, struct sg_arena *arena)
{
    bool usable =
        candidate->verdict == SIGNET_VERDICT_GOOD || candidate->verdict == SIGNET_VERDICT_WARN;
    if (!usable)
        return explain_unusable(candidate, policy, arena);
    return candidate == chosen ? explain_chosen(candidate, num, arena)
                               : explain_second(candidate, chosen, arena);
}
