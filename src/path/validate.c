/* SPDX-License-Identifier: Apache-2.0 */
#include "path/validate.h"

#include "path/validation.h"

/* A certificate or an anchor's, at the time judged for (6.1.3 (a)(2)); both ends count as valid. */
static void check_dates(struct sg_judgement *judgement, struct sg_where where,
                        const struct signet_certificate *certificate, enum sg_kind expired,
                        enum sg_kind not_yet_valid, struct sg_findings *findings)
{
    signet_time now = judgement->policy->time;
    if (now > certificate->not_after)
        sg_finding_add(
            findings, expired, where,
            SG_PARAMS(sg_time("not_after", certificate->not_after), sg_time("time", now)));
    if (now < certificate->not_before)
        sg_finding_add(
            findings, not_yet_valid, where,
            SG_PARAMS(sg_time("not_before", certificate->not_before), sg_time("time", now)));
}

void sg_path_check_validity(struct sg_judgement *judgement, size_t index,
                            const struct signet_certificate *certificate,
                            struct sg_findings *findings)
{
    check_dates(judgement, sg_at_certificate(index), certificate, SG_KIND_CERT_EXPIRED,
                SG_KIND_CERT_NOT_YET_VALID, findings);
}

/* 6.1.4 (g). */
static void take_name_constraints(struct sg_validation *validation,
                                  const struct signet_certificate *certificate)
{
    struct sg_subtrees permitted, excluded;
    if (certificate->name_constraints.ptr == NULL)
        return;
    sg_name_constraints_open(certificate->name_constraints, &permitted, &excluded);
    sg_name_constraints_add(validation->name_constraints, permitted, excluded);
}

static bool may_sign_certificates(const struct signet_certificate *certificate)
{
    return !certificate->has_key_usage || (certificate->key_usage & SG_KU_KEY_CERT_SIGN) != 0;
}

/* 6.1.4 (m). Without cA or keyCertSign the constraint means nothing (4.2.1.9). */
static void take_path_len(struct sg_validation *validation,
                          const struct signet_certificate *certificate)
{
    int64_t path_len = certificate->path_len;
    if (certificate->is_ca && may_sign_certificates(certificate) && path_len >= 0 &&
        (uint64_t)path_len < validation->max_path_length)
        validation->max_path_length = (size_t)path_len;
}

/* One of the caller's sets of subtrees, 6.1.1 (h), (i). */
static struct sg_subtrees parse_input(struct sg_validation *validation, struct signet_span der)
{
    struct signet_parse_error error = {0};
    struct sg_der cursor = sg_der_begin(der, &error);
    struct sg_subtrees subtrees = {{NULL, 0}};
    if (der.len > 0 && (!sg_subtrees_parse(&cursor, &subtrees) || !sg_der_end(&cursor))) {
        sg_finding_add(validation->findings, SG_KIND_SUBTREES_UNREADABLE, sg_at_certificate(0),
                       NULL);
        subtrees.rest = sg_span(NULL, 0);
    }
    return subtrees;
}

/* RFC 5937, as far as a certificate can say it (B-IN-6, D-PATH-3, E-20). The anchor does not
 * constrain its own certificate. */
static void take_anchor_constraints(struct sg_validation *validation)
{
    const struct sg_anchor *anchor = validation->path->anchor;
    if (anchor->certificate == NULL || !anchor->terms.honour_constraints ||
        sg_validation_is_anchor(validation, validation->path->num - 1))
        return;
    sg_validation_take_anchor_policies(validation, anchor->certificate);
    take_name_constraints(validation, anchor->certificate);
    take_path_len(validation, anchor->certificate);
}

/* Beside 6.1: what is true of the anchor. Its own signature is not looked at (E-20). */
static void check_anchor(struct sg_validation *validation)
{
    const struct sg_anchor *anchor = validation->path->anchor;
    struct sg_where where = sg_at(SIGNET_OBJECT_ANCHOR);
    if (anchor->certificate != NULL)
        check_dates(validation->judgement, where, anchor->certificate, SG_KIND_ANCHOR_EXPIRED,
                    SG_KIND_ANCHOR_NOT_YET_VALID, validation->findings);
    if (!sg_validation_is_anchor(validation, validation->path->num - 1))
        sg_validation_check_key(validation, where, &anchor->spki,
                                validation->working_public_key_parameters);
}

/* Subtrees that the caller, or an anchor's terms, impose on all of the path (6.1.1 (h), (i)). */
static void take_subtrees(struct sg_validation *validation, struct signet_span permitted,
                          struct signet_span excluded)
{
    if (permitted.len > 0 || excluded.len > 0)
        sg_name_constraints_add(validation->name_constraints, parse_input(validation, permitted),
                                parse_input(validation, excluded));
}

/* 6.1.2. False: memory is out. */
static bool initialise(struct sg_validation *validation)
{
    const struct signet_policy *policy = validation->judgement->policy;
    validation->name_constraints = sg_name_constraints_new(validation->judgement);
    if (validation->name_constraints == NULL || !sg_validation_start_policies(validation))
        return false;

    const struct signet_anchor_terms *terms = &validation->path->anchor->terms;
    take_subtrees(validation, policy->permitted_subtrees, policy->excluded_subtrees);
    if (!validation->judgement->vouching)
        take_subtrees(validation, terms->permitted_subtrees, terms->excluded_subtrees);
    sg_validation_take_key(validation, &validation->path->anchor->spki);
    validation->working_issuer_name = &validation->path->anchor->subject;
    validation->max_path_length = validation->path->num;
    take_anchor_constraints(validation);
    check_anchor(validation);
    return true;
}

/* 6.1.3 (a)(4). */
static void check_issuer_name(struct sg_validation *validation, size_t index)
{
    const struct signet_certificate *certificate = sg_validation_certificate(validation, index);
    if (!sg_validation_is_anchor(validation, index) &&
        !sg_name_equal(&certificate->issuer, validation->working_issuer_name))
        sg_finding_add(validation->findings, SG_KIND_ISSUER_NAME_DIFFERS, sg_at_certificate(index),
                       NULL);
}

/* 6.1.3. */
static void process_certificate(struct sg_validation *validation, size_t index)
{
    const struct signet_certificate *certificate = sg_validation_certificate(validation, index);
    sg_validation_check_signature(validation, index);
    sg_path_check_validity(validation->judgement, index, certificate, validation->findings);
    check_issuer_name(validation, index);
    if (index == 0 || !certificate->self_issued)
        sg_name_constraints_check(validation->name_constraints, certificate, index,
                                  validation->findings);
    sg_validation_check_policies(validation, index);
}

/* 6.1.4 (k). */
static void check_is_ca(struct sg_validation *validation, size_t index)
{
    const struct signet_certificate *certificate = sg_validation_certificate(validation, index);
    enum sg_kind kind;
    if (certificate->version < 3) {
        if (sg_pool_is_pinned_ca(validation->judgement->pool, certificate))
            return;
        kind = SG_KIND_CA_OLD_VERSION;
    } else {
        if (certificate->is_ca)
            return;
        kind = certificate->has_basic_constraints ? SG_KIND_CA_DENIED : SG_KIND_CA_NOT_SAID;
    }
    sg_finding_add(validation->findings, kind, sg_at_certificate(index),
                   SG_PARAMS(sg_number("version", certificate->version)));
}

/* 6.1.4 (l). */
static void count_path_len(struct sg_validation *validation, size_t index)
{
    if (sg_validation_certificate(validation, index)->self_issued)
        return;
    if (validation->max_path_length > 0)
        validation->max_path_length--;
    else
        sg_finding_add(validation->findings, SG_KIND_PATH_TOO_LONG, sg_at_certificate(index), NULL);
}

/* 6.1.4 (n). */
static void check_key_usage(struct sg_validation *validation, size_t index)
{
    if (!may_sign_certificates(sg_validation_certificate(validation, index)))
        sg_finding_add(validation->findings, SG_KIND_CA_KEY_USAGE, sg_at_certificate(index), NULL);
}

/* Beside 6.1.4: a CA that is limited to other things than mail (E-21). It matters to the search
 * which path has one. */
static void check_purpose(struct sg_validation *validation, size_t index)
{
    const struct signet_certificate *certificate = sg_validation_certificate(validation, index);
    if (validation->judgement->policy->purpose != SIGNET_PURPOSE_ANY && certificate->has_eku &&
        (certificate->eku & (SG_EKU_EMAIL_PROTECTION | SG_EKU_ANY)) == 0)
        sg_finding_add(validation->findings, SG_KIND_CA_EKU_NOT_FOR_MAIL, sg_at_certificate(index),
                       NULL);
}

/* (c) to (f) of 6.1.4, and the like of 6.1.5; and whether the key is worth anything. */
static void take_subject(struct sg_validation *validation, size_t index)
{
    const struct signet_certificate *certificate = sg_validation_certificate(validation, index);
    validation->working_issuer_name = &certificate->subject;
    sg_validation_take_key(validation, &certificate->spki);
    sg_validation_check_key(validation, sg_at_certificate(index), &certificate->spki,
                            validation->working_public_key_parameters);
}

/* 6.1.4. */
static void prepare_for_next(struct sg_validation *validation, size_t index)
{
    const struct signet_certificate *certificate = sg_validation_certificate(validation, index);
    sg_validation_map_policies(validation, index);
    take_subject(validation, index);
    take_name_constraints(validation, certificate);
    sg_validation_count_policies(validation, certificate);
    check_is_ca(validation, index);
    count_path_len(validation, index);
    take_path_len(validation, certificate);
    check_key_usage(validation, index);
    sg_certificate_check(certificate, index, validation->findings); /* (o) */
    check_purpose(validation, index);
}

void sg_path_check_issuer(struct sg_judgement *judgement, const struct signet_certificate *issuer,
                          struct sg_findings *findings)
{
    const struct sg_path path = {&issuer, 1, NULL};
    struct sg_validation validation = {.judgement = judgement, .path = &path, .findings = findings};
    sg_path_check_validity(judgement, 0, issuer, findings);
    check_is_ca(&validation, 0);
    check_key_usage(&validation, 0);
    sg_certificate_check(issuer, 0, findings);
    check_purpose(&validation, 0);
}

void sg_path_check_alone(struct sg_judgement *judgement,
                         const struct signet_certificate *certificate, struct sg_findings *findings)
{
    const struct sg_path path = {&certificate, 1, NULL};
    struct sg_validation validation = {.judgement = judgement, .path = &path, .findings = findings};
    sg_path_check_validity(judgement, 0, certificate, findings);
    take_subject(&validation, 0);
    sg_validation_check_last_key(&validation);
    sg_certificate_check(certificate, 0, findings);
}

/* 6.1.5, and the outputs of 6.1.6. */
static void wrap_up(struct sg_validation *validation, struct sg_path_output *output)
{
    const struct signet_certificate *certificate = sg_validation_certificate(validation, 0);
    take_subject(validation, 0);
    sg_validation_check_last_key(validation);
    sg_certificate_check(certificate, 0, validation->findings); /* (f) */
    sg_validation_conclude_policies(validation, output);
    output->working_key = certificate->spki;
    output->working_parameters = validation->working_public_key_parameters;
    output->num_unproven = validation->num_unproven;
    output->num_false = validation->num_false;
}

void sg_path_validate(struct sg_judgement *judgement, const struct sg_path *path,
                      struct sg_findings *findings, struct sg_path_output *output)
{
    struct sg_validation validation = {.judgement = judgement, .path = path, .findings = findings};
    *output = (struct sg_path_output){0};
    if (!initialise(&validation))
        return;
    for (size_t index = path->num - 1; index > 0; index--) {
        process_certificate(&validation, index);
        prepare_for_next(&validation, index);
    }
    process_certificate(&validation, 0);
    wrap_up(&validation, output);
    if (findings->failed || judgement->arena->failed)
        judgement->failed = true;
}
