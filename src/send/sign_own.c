/* SPDX-License-Identifier: Apache-2.0 */
#include "send/sign_plan.h"

/* --- which reasons can be set aside */

/* What is not here is about the path. */
static const struct {
    enum signet_code code;
    unsigned force;
} forces[] = {
    {SIGNET_CODE_ADDR_MISMATCH, SIGNET_FORCE_ADDRESS},
    {SIGNET_CODE_NO_SENDER, SIGNET_FORCE_ADDRESS},
    {SIGNET_CODE_CERT_EXPIRED, SIGNET_FORCE_VALIDITY},
    {SIGNET_CODE_CERT_NOT_YET_VALID, SIGNET_FORCE_VALIDITY},
    {SIGNET_CODE_CERT_REVOKED, SIGNET_FORCE_REVOCATION},
    {SIGNET_CODE_REV_UNAVAILABLE, SIGNET_FORCE_REVOCATION},
    {SIGNET_CODE_CRL_INVALID, SIGNET_FORCE_REVOCATION},
    {SIGNET_CODE_CRL_EXPIRED, SIGNET_FORCE_REVOCATION},
    {SIGNET_CODE_KU_FORBIDS, SIGNET_FORCE_USAGE},
    {SIGNET_CODE_EKU_FORBIDS, SIGNET_FORCE_USAGE},
    {SIGNET_CODE_WEAK_ALG, SIGNET_FORCE_WEAK},
    {SIGNET_CODE_WEAK_KEY, SIGNET_FORCE_WEAK},
};

static unsigned force_of(enum signet_code code)
{
    for (size_t i = 0; i < sizeof(forces) / sizeof(forces[0]); i++) {
        if (forces[i].code == code)
            return forces[i].force;
    }
    return SIGNET_FORCE_PATH;
}

static unsigned reasons_in(struct signet_findings findings)
{
    unsigned reasons = 0;
    for (size_t i = 0; i < findings.num; i++) {
        if (findings.items[i].effect > SIGNET_VERDICT_WARN)
            reasons |= force_of(findings.items[i].code);
    }
    return reasons;
}

/* --- what is no matter of the path */

/* The certificate's key can sign as it is wished to. */
static void check_wishes(const struct signet_sign_plan *plan,
                         const struct signet_certificate *certificate, struct sg_findings *findings)
{
    struct sg_signature_algorithm algorithm;
    enum sg_digest_type digest;
    const struct sg_signature_wish none = {SG_DIGEST_NONE, false};
    const struct signet_param *key =
        SG_PARAMS(sg_string("key", sg_key_type_name(certificate->spki.type)));
    if (!sg_signature_algorithm_choose_for(&certificate->spki, &none, &algorithm, &digest))
        sg_finding_add(findings, SG_KIND_SIGN_KEY_TYPE, sg_at_certificate(0), key);
    else if (!sg_signature_algorithm_choose_for(&certificate->spki, &plan->wish, &algorithm,
                                                &digest))
        sg_finding_add(findings, SG_KIND_SIGN_DIGEST, sg_at_certificate(0), key);
    if (plan->options.key_id && certificate->ski.ptr == NULL)
        sg_finding_add(findings, SG_KIND_SIGN_NO_KEY_ID, sg_at_certificate(0), NULL);
}

/* Whom the caller wants to sign. False: memory is out. */
static bool check_owner(struct signet_sign_plan *plan, const struct sg_own *own,
                        struct sg_findings *findings)
{
    struct signet_address_check check;
    struct sg_findings unused;
    if (!plan->named.asked)
        return true;
    sg_findings_init(&unused, &plan->round);
    if (!sg_address_check(own->certificate, NULL, &plan->named, plan->policy.exact_local_part,
                          &unused, &check))
        return false;
    if (check.result == SIGNET_ADDRESS_MISMATCH)
        sg_finding_add(findings, SG_KIND_SIGN_OTHER_OWNER, sg_at(SIGNET_OBJECT_SIGNER),
                       SG_PARAMS(sg_string("from", plan->options.from)));
    return true;
}

/* As recipients would: an address book of the sender's own is not theirs. False: memory is out. */
static bool check_own(struct signet_sign_plan *plan, struct sg_own *own)
{
    struct sg_findings address, others;
    sg_findings_init(&address, &plan->round);
    sg_findings_init(&others, &plan->round);
    if (!sg_address_check(own->certificate, NULL, &plan->sender, plan->policy.exact_local_part,
                          &address, &own->view.address) ||
        !check_owner(plan, own, &others))
        return false;
    check_wishes(plan, own->certificate, &others);
    enum signet_verdict verdict = sg_findings_conclude(&address, &plan->policy);
    enum signet_verdict worst = sg_findings_conclude(&others, &plan->policy);
    own->view.against = reasons_in(sg_findings_view(&address));
    own->view.other = worst > SIGNET_VERDICT_WARN;
    own->view.verdict = verdict > worst ? verdict : worst;
    sg_findings_append(&address, &others);
    sg_findings_conclude(&address, &plan->policy);
    own->address = sg_findings_view(&address);
    return !address.failed && !others.failed;
}

/* --- paths */

static enum signet_status judge_path(struct signet_sign_plan *plan, struct sg_own *own,
                                     enum signet_purpose purpose,
                                     struct signet_path_result **result)
{
    struct signet_policy policy = plan->policy;
    policy.purpose = purpose;
    return *result != NULL
               ? signet_path_result_update(*result)
               : signet_path_verify(plan->context, own->certificate, plan->pool, &policy, result);
}

static bool is_ours(const struct signet_sign_plan *plan, const struct sg_own *own)
{
    return !plan->sender.asked || own->view.address.result == SIGNET_ADDRESS_MATCH;
}

enum signet_status sg_own_judge(struct signet_sign_plan *plan, struct sg_own *own)
{
    own->view = (struct signet_sign_candidate){.certificate = own->certificate};
    if (!check_own(plan, own))
        return sg_arena_status(&plan->round) == SIGNET_OK ? SIGNET_ERR_MEMORY
                                                          : sg_arena_status(&plan->round);
    enum signet_status status = judge_path(plan, own, SIGNET_PURPOSE_SIGN, &own->sign);
    if (status == SIGNET_OK && is_ours(plan, own))
        status = judge_path(plan, own, SIGNET_PURPOSE_ENCRYPT, &own->encrypt);
    if (status != SIGNET_OK)
        return status;
    enum signet_verdict verdict = signet_path_result_verdict(own->sign);
    own->view.path = own->sign;
    own->view.verdict = verdict > own->view.verdict ? verdict : own->view.verdict;
    own->view.against |= reasons_in(signet_path_result_findings(own->sign));
    return SIGNET_OK;
}

bool sg_own_can_decrypt(const struct sg_own *own)
{
    enum signet_verdict verdict =
        own->encrypt != NULL ? signet_path_result_verdict(own->encrypt) : SIGNET_VERDICT_BAD;
    return verdict == SIGNET_VERDICT_GOOD || verdict == SIGNET_VERDICT_WARN;
}
