/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/message.h"

#include "agent/context.h"
#include "agent/countersigner.h"
#include "agent/layer.h"
#include "agent/message_result.h"
#include "agent/message_verdict.h"
#include "agent/need_view.h"
#include "agent/path_judge.h"
#include "agent/protected_header.h"
#include "agent/shown.h"
#include "agent/signer_attributes.h"
#include "agent/signer_judge.h"
#include "bundle/cms_input.h"

#include <stdlib.h>

struct signet_message_result {
    struct sg_arena arena;
    struct signet_pool *pool; /* what the message brought, above the caller's */
    struct signet_context *context;
    struct signet_policy policy;
    bool asks_attributes;
    bool given_up; /* there was not enough memory, and no other round can have more */

    /* What was read, once for all rounds. */
    struct sg_layers layers;
    struct sg_sender *senders;  /* of each layer */
    struct sg_findings reading; /* what was found meanwhile */
    const char *from, *subject, *message_id;

    /* The last round. */
    struct sg_judgement judgement; /* its facts are those of all rounds */
    struct sg_findings findings;
    enum signet_verdict verdict;
    enum signet_coverage coverage;
    struct sg_judged_signers signers;
    struct signet_findings view;
    struct sg_need_views needs;
};

static const char *show_field(const struct sg_headers *headers, const char *name,
                              struct sg_arena *arena)
{
    const struct sg_header *header = sg_header_find(headers, name, 0);
    return header == NULL ? NULL : sg_shown_text(sg_header_display(header->value, arena), arena);
}

static enum signet_status read_mail(struct signet_message_result *result, struct signet_span octets)
{
    struct sg_mime_limits limits =
        sg_layers_mime_limits(&result->policy, result->layers.num_uncompressed, 0);
    struct sg_part *root;
    if (!sg_part_parse(octets, &limits, &result->arena, &root))
        return SIGNET_ERR_MEMORY;
    result->from = show_field(&root->headers, "From", &result->arena);
    result->subject = show_field(&root->headers, "Subject", &result->arena);
    result->message_id = show_field(&root->headers, "Message-ID", &result->arena);
    sg_layers_read_mail(&result->layers, root);
    return result->layers.status;
}

/* A bare object that is compressed is judged as the input that was compressed. */
static enum signet_status read_input(struct signet_message_result *result,
                                     struct signet_span octets, struct signet_span content)
{
    while (octets.ptr != NULL) {
        struct signet_span cms;
        if (!sg_cms_input_find(octets, &result->arena, &cms))
            return SIGNET_ERR_MEMORY;
        if (cms.ptr == NULL)
            return read_mail(result, octets);
        octets = sg_layers_read_cms(&result->layers, cms, content);
    }
    return result->layers.status;
}

/* Whom LAYER's message says it is from; what the caller gave goes before. */
static bool read_sender(struct signet_message_result *result, const struct sg_layer *layer,
                        struct sg_sender *sender)
{
    if (result->policy.email != NULL)
        return sg_sender_give(result->policy.email, &result->arena, sender);
    return layer->headers == NULL || sg_sender_read(layer->headers, &result->arena, sender);
}

static bool read_headers(struct signet_message_result *result)
{
    const struct sg_layers *layers = &result->layers;
    result->senders = sg_arena_array(&result->arena, layers->num, sizeof(*result->senders));
    if (result->senders == NULL)
        return false;
    for (size_t i = 0; i < layers->num; i++) {
        if (!read_sender(result, &layers->items[i], &result->senders[i]) ||
            !sg_protected_header_check(&layers->items[i], &result->arena, &result->reading))
            return false;
    }
    return true;
}

static bool judge_layer(struct signet_message_result *result, size_t index)
{
    struct sg_judged_signers *signers = &result->signers;
    struct sg_layer *layer = &result->layers.items[index];
    for (size_t i = 0; i < layer->signed_data.num_signers; i++) {
        signers->layer_of[signers->num] = index;
        if (!sg_signer_judge(&result->judgement, layer, &layer->signed_data.signers[i],
                             &result->senders[index], &signers->items[signers->num++]))
            return false;
    }
    return true;
}

static bool judge_layers(struct signet_message_result *result)
{
    struct sg_judged_signers *signers = &result->signers;
    size_t num = 0;
    for (size_t i = 0; i < result->layers.num; i++)
        num += result->layers.items[i].signed_data.num_signers;
    *signers = (struct sg_judged_signers){
        .layers = &result->layers,
        .items = sg_arena_array(&result->arena, num, sizeof(*signers->items)),
        .layer_of = sg_arena_array(&result->arena, num, sizeof(*signers->layer_of))};
    if (signers->items == NULL || signers->layer_of == NULL)
        return false;
    for (size_t i = 0; i < result->layers.num; i++) {
        if (!judge_layer(result, i))
            return false;
    }
    return true;
}

static enum signet_coverage find_coverage(const struct sg_layers *layers)
{
    if (layers->num == 0)
        return SIGNET_SIGNED_NONE;
    for (size_t i = 0; i < layers->num; i++) {
        if (layers->items[i].covers_message)
            return SIGNET_SIGNED_WHOLE;
    }
    return SIGNET_SIGNED_PART;
}

static void tell_coverage(struct signet_message_result *result)
{
    result->coverage = find_coverage(&result->layers);
    if (result->coverage == SIGNET_SIGNED_PART)
        sg_finding_add(&result->findings, SG_KIND_PARTLY_SIGNED, sg_at(SIGNET_OBJECT_MESSAGE),
                       SG_PARAMS(sg_string("part", result->layers.items[0].part)));
    if (result->coverage == SIGNET_SIGNED_NONE && !result->layers.encrypted)
        sg_finding_add(&result->findings, SG_KIND_NO_SIGNATURE, sg_at(SIGNET_OBJECT_MESSAGE), NULL);
}

/* A message without any signature is NONE, unless something in it that should be one cannot be
 * read. */
static bool conclude(struct signet_message_result *result)
{
    enum signet_verdict signers;
    if (!sg_verdict_of_signers(&result->signers, &result->findings, &signers))
        return false;
    enum signet_verdict own = sg_findings_conclude(&result->findings, &result->policy);
    if (signers == SIGNET_VERDICT_NONE && own <= SIGNET_VERDICT_WARN)
        result->verdict = SIGNET_VERDICT_NONE;
    else
        result->verdict = own > signers ? own : signers;
    result->view = sg_findings_view(&result->findings);
    return !result->findings.failed;
}

/* After the signers, from whom they must not take any of the budget. */
static bool judge_countersigners(struct signet_message_result *result)
{
    size_t next = 0, num_left = 0;
    for (size_t i = 0; i < result->layers.num; i++) {
        const struct sg_signed_data *signed_data = &result->layers.items[i].signed_data;
        for (size_t k = 0; k < signed_data->num_signers; k++) {
            if (!sg_countersigners_judge(&result->judgement, &signed_data->signers[k],
                                         &result->signers.items[next++], &num_left))
                return false;
        }
    }
    if (num_left > 0)
        sg_finding_add(&result->findings, SG_KIND_COUNTERSIGNERS_LIMIT,
                       sg_at(SIGNET_OBJECT_MESSAGE),
                       SG_PARAMS(sg_number("number", (int64_t)num_left)));
    return true;
}

/* Last, and apart: nothing looks at the outcome. */
static bool judge_attributes(struct signet_message_result *result)
{
    if (!result->asks_attributes)
        return sg_attributes_tell(result->pool, &result->findings);
    return sg_signer_attributes_judge(&result->judgement, result->signers.items,
                                      result->signers.num, &result->findings);
}

/* False signatures can be made by anybody under everybody's certificates: what these point to is
 * not worth a request, nor the telling that the message was read. */
static bool is_worth_fetching(const struct signet_message_result *result)
{
    for (size_t i = 0; i < result->signers.num; i++)
        if (result->signers.items[i].signature != SIGNET_VERDICT_BAD)
            return true;
    return false;
}

/* One round over what was read. False: memory is out. */
static bool judge_round(struct signet_message_result *result)
{
    sg_findings_init(&result->findings, &result->arena);
    sg_findings_append(&result->findings, &result->reading);
    if (!judge_layers(result) ||
        !sg_need_view(&result->judgement, is_worth_fetching(result), &result->arena,
                      &result->needs) ||
        !judge_countersigners(result) || !judge_attributes(result))
        return false;
    tell_coverage(result);
    return conclude(result) && !result->arena.failed;
}

/* What RESULT, which could not be judged, ends with. */
static enum signet_status failure(const struct signet_message_result *result)
{
    return result->arena.failed ? sg_arena_status(&result->arena) : SIGNET_ERR_MEMORY;
}

static enum signet_status read_and_judge(struct signet_message_result *result,
                                         struct signet_span octets, struct signet_span content)
{
    struct sg_judgement *judgement = &result->judgement;
    result->layers = (struct sg_layers){
        .arena = &result->arena,
        .policy = &result->policy,
        .pool = result->pool,
        .findings = &result->reading,
        .uncompressing = sg_uncompressing_begin(&result->arena, result->policy.limits.max_memory),
    };
    sg_judgement_init(judgement, result->context->crypto, &result->arena, &result->policy,
                      result->pool);
    judgement->memory = result->context->memory;
    enum signet_status status = read_input(result, octets, content);
    if (status != SIGNET_OK)
        return result->arena.failed ? failure(result) : status;
    return read_headers(result) && judge_round(result) ? SIGNET_OK : failure(result);
}

static void clear(struct signet_message_result *result)
{
    sg_judgement_clear(&result->judgement);
    signet_pool_free(result->pool);
    sg_arena_clear(&result->arena);
}

/* E-9: a message that takes more memory than it may is one that cannot be decided. */
static enum signet_status give_up(struct signet_message_result *result)
{
    const struct signet_policy policy = result->policy;
    clear(result);
    *result = (struct signet_message_result){.policy = policy, .given_up = true};
    sg_arena_init(&result->arena, SG_GIVEN_UP_MEMORY);
    sg_findings_init(&result->findings, &result->arena);
    sg_memory_limit_tell(&policy, sg_at(SIGNET_OBJECT_MESSAGE), &result->findings);
    result->verdict = sg_findings_conclude(&result->findings, &policy);
    result->view = sg_findings_view(&result->findings);
    return result->findings.failed ? SIGNET_ERR_MEMORY : SIGNET_OK;
}

enum signet_status signet_message_verify(struct signet_context *context, struct signet_span octets,
                                         const struct signet_pool *pool,
                                         const struct signet_policy *policy,
                                         const struct signet_message_options *options,
                                         struct signet_message_result **result)
{
    if (!sg_policy_usable(policy))
        return SIGNET_ERR_ARGUMENT;
    if (octets.len == 0)
        return SIGNET_ERR_PARSE;
    static const struct signet_message_options none = {.attributes = false};
    if (options == NULL)
        options = &none;
    struct signet_message_result *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    *made = (struct signet_message_result){
        .context = context,
        .policy = *policy,
        .pool = signet_pool_new(pool),
        .asks_attributes = options->attributes,
    };
    sg_arena_init(&made->arena, policy->limits.max_memory);
    made->arena.scratch = options->scratch;
    sg_findings_init(&made->reading, &made->arena);
    enum signet_status status = SIGNET_ERR_MEMORY;
    if (made->pool != NULL)
        status = read_and_judge(made, octets, options->content);
    if (status == SIGNET_ERR_LIMIT)
        status = give_up(made);
    if (status == SIGNET_OK)
        *result = made;
    else
        signet_message_result_free(made);
    return status;
}

/* Nothing of the last round may be taken for an answer. */
static void forget(struct signet_message_result *result)
{
    result->verdict = SIGNET_VERDICT_UNKNOWN;
    result->signers = (struct sg_judged_signers){.num = 0};
    result->view = (struct signet_findings){.num = 0};
    result->needs = (struct sg_need_views){.num = 0};
}

enum signet_status signet_message_result_update(struct signet_message_result *result)
{
    if (result->given_up)
        return SIGNET_OK;
    forget(result);
    sg_judgement_restart(&result->judgement);
    if (judge_round(result))
        return SIGNET_OK;
    enum signet_status status = failure(result);
    if (status == SIGNET_ERR_LIMIT)
        status = give_up(result);
    if (status != SIGNET_OK)
        forget(result);
    return status;
}

void signet_message_result_free(struct signet_message_result *result)
{
    if (result == NULL)
        return;
    clear(result);
    free(result);
}

const struct signet_need *signet_message_result_needs(const struct signet_message_result *result,
                                                      size_t *num)
{
    *num = result->needs.num;
    return result->needs.items;
}

const struct signet_pool *sg_message_result_pool(const struct signet_message_result *result)
{
    return result->pool;
}

enum signet_verdict signet_message_result_verdict(const struct signet_message_result *result)
{
    return result->verdict;
}

signet_time signet_message_result_time(const struct signet_message_result *result)
{
    return result->policy.time;
}

enum signet_coverage signet_message_result_signed(const struct signet_message_result *result)
{
    return result->coverage;
}

const struct signet_signer *
signet_message_result_signers(const struct signet_message_result *result, size_t *num)
{
    *num = result->signers.num;
    return result->signers.items;
}

struct signet_findings signet_message_result_findings(const struct signet_message_result *result)
{
    return result->view;
}

const char *signet_message_result_from(const struct signet_message_result *result)
{
    return result->from;
}

const char *signet_message_result_subject(const struct signet_message_result *result)
{
    return result->subject;
}

const char *signet_message_result_message_id(const struct signet_message_result *result)
{
    return result->message_id;
}

const char *signet_coverage_name(enum signet_coverage coverage)
{
    static const char *const names[] = {
        [SIGNET_SIGNED_NONE] = "none",
        [SIGNET_SIGNED_PART] = "part",
        [SIGNET_SIGNED_WHOLE] = "whole",
    };
    return names[coverage];
}

const char *signet_address_result_name(enum signet_address_result result)
{
    static const char *const names[] = {
        [SIGNET_ADDRESS_NONE] = "none",
        [SIGNET_ADDRESS_MATCH] = "match",
        [SIGNET_ADDRESS_MISMATCH] = "mismatch",
    };
    return names[result];
}
