/* SPDX-License-Identifier: Apache-2.0 */
#include "send/sign_plan.h"

#include "agent/context.h"
#include "agent/path_judge.h"
#include "agent/shown.h"
#include "send/send_error.h"

#include <stdlib.h>

static enum signet_status out_of(const struct sg_arena *arena)
{
    enum signet_status status = sg_arena_status(arena);
    return status != SIGNET_OK ? status : SIGNET_ERR_MEMORY;
}

/* --- reading, once */

/* What recipients compare with: From and Sender; without these, whom the caller names. */
static bool read_sender(struct signet_sign_plan *plan)
{
    const struct sg_headers *headers =
        plan->content.message != NULL ? &plan->content.message->headers : NULL;
    bool has = headers != NULL && (sg_header_find(headers, "From", 0) != NULL ||
                                   sg_header_find(headers, "Sender", 0) != NULL);
    if (has && !sg_sender_read(headers, &plan->arena, &plan->sender))
        return false;
    return plan->options.from == NULL ||
           sg_sender_give(plan->options.from, &plan->arena, has ? &plan->named : &plan->sender);
}

static enum signet_status read_message(struct signet_sign_plan *plan,
                                       struct sg_compose_error *error)
{
    if (sg_sign_form_is_bare(plan->options.form))
        return SIGNET_OK;
    enum signet_status status =
        sg_content_prepare(plan->message, &plan->arena, &plan->content, error);
    if (status == SIGNET_OK && plan->options.protect_headers)
        status = sg_content_protect(&plan->content, &plan->arena, error);
    return status;
}

static bool read_wish(struct signet_sign_plan *plan)
{
    static const struct {
        const char *name;
        enum sg_digest_type digest;
    } digests[] = {
        {"sha256", SG_DIGEST_SHA256}, {"sha384", SG_DIGEST_SHA384}, {"sha512", SG_DIGEST_SHA512}};
    plan->wish.pss = plan->options.pss;
    if (plan->options.digest == NULL)
        return true;
    for (size_t i = 0; i < sizeof(digests) / sizeof(digests[0]); i++) {
        if (strcmp(digests[i].name, plan->options.digest) == 0)
            plan->wish.digest = digests[i].digest;
    }
    return plan->wish.digest != SG_DIGEST_NONE;
}

static bool take_own(struct signet_sign_plan *plan, const struct signet_certificate *const *own,
                     size_t num)
{
    plan->own = sg_arena_array(&plan->arena, num, sizeof(*plan->own));
    if (plan->own == NULL)
        return false;
    for (size_t i = 0; i < num; i++)
        plan->own[i].certificate = own[i];
    plan->num_own = num;
    return true;
}

/* --- one round */

static void refuse(struct signet_sign_plan *plan, enum sg_kind kind,
                   const struct signet_param *params)
{
    sg_finding_add(&plan->notes, kind, sg_at(SIGNET_OBJECT_SIGNER), params);
    plan->refused = true;
}

/* Reasons that lie in no single certificate. */
static void check_all(struct signet_sign_plan *plan)
{
    if (plan->num_own == 0)
        refuse(plan, SG_KIND_SIGN_NO_OWN, NULL);
    if (plan->num_own > 1 && !plan->sender.asked)
        refuse(plan, SG_KIND_SIGN_WHO, SG_PARAMS(sg_number("number", (int64_t)plan->num_own)));
    for (size_t i = 0; i < plan->options.num_attribute_certificates; i++) {
        const struct signet_attribute_certificate *one = plan->options.attribute_certificates[i];
        if (signet_attribute_certificate_version(one) != 2)
            refuse(plan, SG_KIND_SIGN_ATTRIBUTES_V1,
                   SG_PARAMS(sg_number("number", (int64_t)i + 1)));
    }
}

static void tell_forced(struct signet_sign_plan *plan)
{
    unsigned set_aside = plan->num_own > 0 ? plan->own[0].view.against & plan->options.forced : 0;
    for (unsigned i = 0; i < SIGNET_NUM_FORCES; i++) {
        if ((set_aside & 1u << i) != 0)
            sg_finding_add(&plan->notes, SG_KIND_SIGN_FORCED, sg_at(SIGNET_OBJECT_SIGNER),
                           SG_PARAMS(sg_string("reason", signet_force_name(i))));
    }
}

/* In the words that verifying uses: "SHA-256 with ECDSA, key EC P-256". False: memory is out. */
static bool name_algorithm(struct signet_sign_plan *plan)
{
    static const char *const schemes[] = {
        [SG_SCHEME_RSA_PKCS1] = "RSA",
        [SG_SCHEME_RSA_PSS] = "RSASSA-PSS",
        [SG_SCHEME_ECDSA] = "ECDSA",
        [SG_SCHEME_EDDSA] = NULL,
    };
    struct sg_signature_algorithm algorithm;
    enum sg_digest_type digest;
    const struct sg_spki *spki = plan->num_own > 0 ? &plan->own[0].certificate->spki : NULL;
    if (spki == NULL || !sg_signature_algorithm_choose_for(spki, &plan->wish, &algorithm, &digest))
        return true;
    const char *key = sg_shown_key(spki, &plan->round), *scheme = schemes[algorithm.scheme];
    if (key != NULL)
        plan->algorithm = scheme != NULL ? sg_arena_printf(&plan->round, "%s with %s, key %s",
                                                           sg_digest_name(digest), scheme, key)
                                         : sg_arena_printf(&plan->round, "%s, key %s", key, key);
    return plan->algorithm != NULL;
}

/* Advice for receivers, such as to ask the sender, is none for the sender. */
static const char *advice_of(const struct signet_finding *finding)
{
    static const enum signet_code fit[] = {
        SIGNET_CODE_NO_TRUST_PATH,      SIGNET_CODE_REV_UNAVAILABLE,    SIGNET_CODE_CRL_INVALID,
        SIGNET_CODE_CRL_EXPIRED,        SIGNET_CODE_KEY_PARAMS_MISSING, SIGNET_CODE_LIMIT,
        SIGNET_CODE_CERT_NOT_YET_VALID,
    };
    for (size_t i = 0; i < sizeof(fit) / sizeof(fit[0]); i++) {
        if (fit[i] == finding->code)
            return finding->advice;
    }
    return NULL;
}

/* What is said of the first candidate, then of the plan. False: memory is out. */
static bool gather_findings(struct signet_sign_plan *plan)
{
    struct signet_findings parts[3] = {{0}};
    size_t num = 0;
    if (plan->num_own > 0) {
        parts[0] = plan->own[0].address;
        parts[1] = signet_path_result_findings(plan->own[0].sign);
    }
    sg_findings_conclude(&plan->notes, &plan->policy);
    parts[2] = sg_findings_view(&plan->notes);
    struct signet_finding *items =
        sg_arena_array(&plan->round, parts[0].num + parts[1].num + parts[2].num, sizeof(*items));
    if (items == NULL || plan->notes.failed)
        return false;
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < parts[i].num; k++) {
            items[num] = parts[i].items[k];
            items[num].advice = advice_of(&parts[i].items[k]);
            num++;
        }
    }
    plan->findings = (struct signet_findings){items, num};
    return true;
}

/* Nothing of the last round may be taken for an answer. */
static void forget(struct signet_sign_plan *plan)
{
    sg_arena_clear(&plan->round);
    sg_findings_init(&plan->notes, &plan->round);
    plan->candidates = NULL;
    plan->chain = NULL;
    plan->crls = NULL;
    plan->num_chain = plan->cap_chain = plan->num_crls = plan->cap_crls = plan->num_needs = 0;
    plan->encrypt_to = NULL;
    plan->algorithm = NULL;
    plan->findings = (struct signet_findings){.num = 0};
    plan->refused = true;
}

static enum signet_status make_round(struct signet_sign_plan *plan)
{
    enum signet_status status = SIGNET_OK;
    forget(plan);
    for (size_t i = 0; i < plan->num_own && status == SIGNET_OK; i++)
        status = sg_own_judge(plan, &plan->own[i]);
    if (status != SIGNET_OK)
        return status;
    plan->refused = false;
    check_all(plan);
    bool done = sg_own_rank(plan) && sg_sign_enclose(plan) && sg_sign_gather_needs(plan) &&
                name_algorithm(plan);
    tell_forced(plan);
    if (!done || !gather_findings(plan))
        status = out_of(&plan->round);
    return status;
}

/* --- the plan */

static struct signet_sign_plan *new_plan(struct signet_context *context, struct signet_span message,
                                         const struct signet_pool *pool,
                                         const struct signet_policy *policy,
                                         const struct signet_sign_options *options)
{
    struct signet_sign_plan *plan = calloc(1, sizeof(*plan));
    if (plan == NULL)
        return NULL;
    *plan = (struct signet_sign_plan){.context = context,
                                      .pool = pool,
                                      .policy = *policy,
                                      .options = *options,
                                      .message = message};
    plan->policy.email = NULL;
    if (plan->options.time == SIGNET_TIME_UNKNOWN)
        plan->options.time = policy->time;
    sg_arena_init(&plan->arena, policy->limits.max_memory);
    sg_arena_init(&plan->round, policy->limits.max_memory);
    return plan;
}

static enum signet_status make(struct signet_sign_plan *plan,
                               const struct signet_certificate *const *own, size_t num_own,
                               struct sg_compose_error *error)
{
    if (!sg_policy_usable(&plan->policy) || !read_wish(plan))
        return SIGNET_ERR_ARGUMENT;
    enum signet_status status = read_message(plan, error);
    if (status != SIGNET_OK)
        return status;
    if (!read_sender(plan) || !take_own(plan, own, num_own))
        return out_of(&plan->arena);
    return make_round(plan);
}

enum signet_status signet_sign_plan_new(struct signet_context *context, struct signet_span message,
                                        const struct signet_certificate *const *own, size_t num_own,
                                        const struct signet_pool *pool,
                                        const struct signet_policy *policy,
                                        const struct signet_sign_options *options,
                                        struct signet_sign_plan **plan,
                                        struct signet_send_error *error)
{
    struct sg_compose_error composing = {NULL, NULL};
    struct signet_sign_plan *made = new_plan(context, message, pool, policy, options);
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    enum signet_status status = make(made, own, num_own, &composing);
    sg_send_error_set(error, &composing);
    if (status == SIGNET_OK)
        *plan = made;
    else
        signet_sign_plan_free(made);
    return status;
}

enum signet_status signet_sign_plan_update(struct signet_sign_plan *plan)
{
    enum signet_status status = make_round(plan);
    if (status != SIGNET_OK)
        forget(plan);
    return status;
}

void signet_sign_plan_free(struct signet_sign_plan *plan)
{
    if (plan == NULL)
        return;
    for (size_t i = 0; i < plan->num_own; i++) {
        signet_path_result_free(plan->own[i].sign);
        signet_path_result_free(plan->own[i].encrypt);
    }
    sg_arena_clear(&plan->round);
    sg_arena_clear(&plan->arena);
    free(plan);
}

/* --- what it says */

const struct signet_need *signet_sign_plan_needs(const struct signet_sign_plan *plan, size_t *num)
{
    *num = plan->num_needs;
    return plan->needs;
}

bool signet_sign_plan_ready(const struct signet_sign_plan *plan)
{
    return !plan->refused && plan->num_own > 0 && sg_own_is_ready(plan, &plan->own[0]);
}

enum signet_verdict signet_sign_plan_verdict(const struct signet_sign_plan *plan)
{
    enum signet_verdict worst =
        plan->num_own > 0 ? plan->own[0].view.verdict : SIGNET_VERDICT_UNKNOWN;
    for (size_t i = 0; i < plan->findings.num; i++) {
        if (plan->findings.items[i].effect > worst)
            worst = plan->findings.items[i].effect;
    }
    return worst;
}

unsigned signet_sign_plan_against(const struct signet_sign_plan *plan)
{
    return plan->num_own > 0 ? plan->own[0].view.against & ~plan->options.forced : 0;
}

const struct signet_sign_candidate *signet_sign_plan_candidates(const struct signet_sign_plan *plan,
                                                                size_t *num)
{
    *num = plan->candidates != NULL ? plan->num_own : 0;
    return plan->candidates;
}

struct signet_findings signet_sign_plan_findings(const struct signet_sign_plan *plan)
{
    return plan->findings;
}

const struct signet_certificate *const *signet_sign_plan_chain(const struct signet_sign_plan *plan,
                                                               size_t *num)
{
    *num = plan->num_chain;
    return plan->chain;
}

const struct signet_crl *const *signet_sign_plan_crls(const struct signet_sign_plan *plan,
                                                      size_t *num)
{
    *num = plan->num_crls;
    return plan->crls;
}

const struct signet_certificate *signet_sign_plan_encrypt_to(const struct signet_sign_plan *plan)
{
    return plan->encrypt_to;
}

const char *signet_sign_plan_algorithm(const struct signet_sign_plan *plan)
{
    return plan->algorithm;
}

const char *signet_force_name(unsigned index)
{
    static const char *const names[SIGNET_NUM_FORCES] = {"address", "validity", "revocation",
                                                         "usage",   "path",     "weak"};
    return names[index];
}

const char *signet_sign_form_name(enum signet_sign_form form)
{
    static const char *const names[] = {
        [SIGNET_SIGN_CLEAR] = "clear",
        [SIGNET_SIGN_OPAQUE] = "opaque",
        [SIGNET_SIGN_BARE] = "bare",
        [SIGNET_SIGN_BARE_OPAQUE] = "bare-opaque",
    };
    return names[form];
}
