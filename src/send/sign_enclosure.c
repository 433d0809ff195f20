/* SPDX-License-Identifier: Apache-2.0 */
#include "send/sign_plan.h"
#include "x509/crl.h"

/* --- certificates (RFC 3850 2.3) */

static bool add_certificate(struct signet_sign_plan *plan,
                            const struct signet_certificate *certificate)
{
    for (size_t i = 0; i < plan->num_chain; i++) {
        if (sg_span_equal(plan->chain[i]->der, certificate->der))
            return true;
    }
    if (!sg_arena_grow(&plan->round, (void **)&plan->chain, &plan->cap_chain, plan->num_chain,
                       sizeof(*plan->chain)))
        return false;
    plan->chain[plan->num_chain++] = certificate;
    return true;
}

/* The key of the topmost certificate takes its parameters from above (RFC 3279 2.3.2). */
static bool needs_parameters_of_root(const struct signet_candidate *path)
{
    if (!path->complete || path->num_certificates == 0)
        return false;
    const struct sg_spki *spki = &path->certificates[path->num_certificates - 1].certificate->spki;
    return spki->type == SG_KEY_DSA && spki->parameters_absent;
}

static bool add_root(struct signet_sign_plan *plan, const struct signet_candidate *path)
{
    bool needed = needs_parameters_of_root(path);
    if (!path->complete || (!needed && !plan->options.include_root))
        return true;
    const struct signet_param *subject =
        SG_PARAMS(sg_escaped("subject", sg_span_text(path->anchor->subject)));
    if (path->anchor->certificate == NULL) {
        sg_finding_add(&plan->notes, SG_KIND_SIGN_ROOT_ABSENT, sg_at(SIGNET_OBJECT_ANCHOR),
                       subject);
        return true;
    }
    if (needed)
        sg_finding_add(&plan->notes, SG_KIND_SIGN_ROOT_FOR_PARAMETERS, sg_at(SIGNET_OBJECT_ANCHOR),
                       subject);
    return add_certificate(plan, path->anchor->certificate);
}

/* A self-signed one above the first of a path that reaches no anchor is a root, too. */
static bool is_left_out(const struct signet_sign_plan *plan, const struct signet_candidate *path,
                        size_t index)
{
    return index > 0 && !plan->options.include_root && !path->complete &&
           path->certificates[index].certificate->self_issued;
}

static bool add_path(struct signet_sign_plan *plan, const struct signet_path_result *result)
{
    const struct signet_candidate *path = sg_best_path(result);
    for (size_t i = 0; path != NULL && i < path->num_certificates; i++) {
        if (!is_left_out(plan, path, i) &&
            !add_certificate(plan, path->certificates[i].certificate))
            return false;
    }
    return path == NULL || add_root(plan, path);
}

/* --- CRLs (RFC 3850 2.1) */

static bool add_crl(struct signet_sign_plan *plan, const struct signet_crl *crl)
{
    if (crl == NULL)
        return true;
    if (signet_crl_is_excerpt(crl)) {
        char text[512];
        signet_crl_issuer(crl, text, sizeof(text));
        sg_finding_add(&plan->notes, SG_KIND_SIGN_CRL_TOO_LARGE, sg_at(SIGNET_OBJECT_CRL),
                       SG_PARAMS(sg_escaped("issuer", sg_span_text(text))));
        return true;
    }
    for (size_t i = 0; i < plan->num_crls; i++) {
        if (sg_span_equal(signet_crl_der(plan->crls[i]), signet_crl_der(crl)))
            return true;
    }
    if (!sg_arena_grow(&plan->round, (void **)&plan->crls, &plan->cap_crls, plan->num_crls,
                       sizeof(*plan->crls)))
        return false;
    plan->crls[plan->num_crls++] = crl;
    return true;
}

static bool add_crls(struct signet_sign_plan *plan, const struct signet_path_result *result)
{
    const struct signet_candidate *path = sg_best_path(result);
    for (size_t i = 0; path != NULL && i < path->num_certificates; i++) {
        const struct signet_revocation_status *status = &path->certificates[i].revocation;
        if (!add_crl(plan, status->crl) || !add_crl(plan, status->delta))
            return false;
    }
    return true;
}

static bool add_all_of(struct signet_sign_plan *plan, const struct signet_path_result *result)
{
    if (!plan->options.no_certificates && !add_path(plan, result))
        return false;
    return !plan->options.include_crls || add_crls(plan, result);
}

/* --- which */

/* The signer's own where it can, else the newest that can (they are in order). */
static const struct sg_own *choose_for_encrypting(const struct signet_sign_plan *plan)
{
    for (size_t i = 0; i < plan->num_own; i++) {
        if (sg_own_can_decrypt(&plan->own[i]))
            return &plan->own[i];
    }
    return NULL;
}

static bool has_key_of(const struct sg_own *own, const struct sg_own *other)
{
    return other != NULL &&
           sg_span_equal(own->certificate->spki.full, other->certificate->spki.full);
}

/* Another certificate for one of the keys in use (RFC 3850 2.3). */
static bool is_of_use(const struct sg_own *own, const struct sg_own *signer,
                      const struct sg_own *receiver)
{
    return own->view.verdict <= SIGNET_VERDICT_WARN &&
           (has_key_of(own, signer) || has_key_of(own, receiver));
}

bool sg_sign_enclose(struct signet_sign_plan *plan)
{
    const struct sg_own *signer = plan->num_own > 0 ? &plan->own[0] : NULL;
    if (signer == NULL)
        return true;
    const struct sg_own *receiver = choose_for_encrypting(plan);
    plan->encrypt_to = receiver != NULL ? receiver->certificate : NULL;
    if (!add_all_of(plan, signer->sign))
        return false;
    if (receiver != NULL && receiver != signer && !add_all_of(plan, receiver->encrypt))
        return false;
    for (size_t i = 1; i < plan->num_own; i++) {
        if (is_of_use(&plan->own[i], signer, receiver) && !add_all_of(plan, plan->own[i].sign))
            return false;
    }
    return !plan->notes.failed;
}
