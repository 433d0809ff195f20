/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/message.h"

#include "agent/context.h"
#include "agent/countersigner.h"
#include "agent/layer.h"
#include "agent/message_verdict.h"
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
    struct sg_findings findings;
    enum signet_verdict verdict;
    enum signet_coverage coverage;
    signet_time time;
    struct sg_judged_signers signers;
    struct signet_findings view;
    const char *from, *subject;
};

/* One message while it is judged. */
struct message {
    struct sg_judgement judgement;
    struct sg_layers layers;
    struct signet_message_result *result;
};

static const char *show_field(const struct sg_headers *headers, const char *name,
                              struct sg_arena *arena)
{
    const struct sg_header *header = sg_header_find(headers, name, 0);
    return header == NULL ? NULL : sg_shown_text(sg_header_display(header->value, arena), arena);
}

static enum signet_status read_mail(struct message *message, struct signet_span octets)
{
    struct sg_mime_limits limits = sg_layers_mime_limits(message->judgement.policy, 0, 0);
    struct sg_arena *arena = &message->result->arena;
    struct sg_part *root;
    if (!sg_part_parse(octets, &limits, arena, &root))
        return SIGNET_ERR_MEMORY;
    message->result->from = show_field(&root->headers, "From", arena);
    message->result->subject = show_field(&root->headers, "Subject", arena);
    sg_layers_read_mail(&message->layers, root);
    return message->layers.status;
}

static enum signet_status read_input(struct message *message, struct signet_span octets,
                                     const struct signet_message_options *options)
{
    struct signet_span cms, content = {NULL, 0};
    if (options != NULL)
        content = options->content;
    if (!sg_cms_input_find(octets, &message->result->arena, &cms))
        return SIGNET_ERR_MEMORY;
    if (cms.ptr == NULL)
        return read_mail(message, octets);
    sg_layers_read_cms(&message->layers, cms, content);
    return message->layers.status;
}

/* Whom LAYER's message says it is from; what the caller gave goes before. */
static bool read_sender(const struct message *message, const struct sg_layer *layer,
                        struct sg_sender *sender)
{
    struct sg_arena *arena = &message->result->arena;
    *sender = (struct sg_sender){0};
    if (message->judgement.policy->email != NULL)
        return sg_sender_give(message->judgement.policy->email, arena, sender);
    return layer->headers == NULL || sg_sender_read(layer->headers, arena, sender);
}

static bool judge_layer(struct message *message, size_t index)
{
    struct signet_message_result *result = message->result;
    struct sg_judged_signers *signers = &result->signers;
    struct sg_layer *layer = &message->layers.items[index];
    struct sg_sender sender;
    if (!read_sender(message, layer, &sender) ||
        !sg_protected_header_check(layer, &result->arena, &result->findings))
        return false;
    for (size_t i = 0; i < layer->signed_data.num_signers; i++) {
        signers->layer_of[signers->num] = index;
        if (!sg_signer_judge(&message->judgement, layer, &layer->signed_data.signers[i], &sender,
                             &signers->items[signers->num++]))
            return false;
    }
    return true;
}

static bool judge_layers(struct message *message)
{
    struct sg_judged_signers *signers = &message->result->signers;
    struct sg_arena *arena = &message->result->arena;
    size_t num = 0;
    for (size_t i = 0; i < message->layers.num; i++)
        num += message->layers.items[i].signed_data.num_signers;
    signers->layers = &message->layers;
    signers->items = sg_arena_array(arena, num, sizeof(*signers->items));
    signers->layer_of = sg_arena_array(arena, num, sizeof(*signers->layer_of));
    if (signers->items == NULL || signers->layer_of == NULL)
        return false;
    for (size_t i = 0; i < message->layers.num; i++) {
        if (!judge_layer(message, i))
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

static void tell_coverage(struct message *message)
{
    struct signet_message_result *result = message->result;
    result->coverage = find_coverage(&message->layers);
    if (result->coverage == SIGNET_SIGNED_PART)
        sg_finding_add(&result->findings, SG_KIND_PARTLY_SIGNED, sg_at(SIGNET_OBJECT_MESSAGE),
                       SG_PARAMS(sg_string("part", message->layers.items[0].part)));
    if (result->coverage == SIGNET_SIGNED_NONE && !message->layers.encrypted)
        sg_finding_add(&result->findings, SG_KIND_NO_SIGNATURE, sg_at(SIGNET_OBJECT_MESSAGE), NULL);
}

/* A message without any signature is NONE, unless something in it that should be one cannot be
 * read. */
static bool conclude(struct message *message)
{
    struct signet_message_result *result = message->result;
    enum signet_verdict signers;
    if (!sg_verdict_of_signers(&result->signers, &result->findings, &signers))
        return false;
    enum signet_verdict own = sg_findings_conclude(&result->findings, message->judgement.policy);
    if (signers == SIGNET_VERDICT_NONE && own <= SIGNET_VERDICT_WARN)
        result->verdict = SIGNET_VERDICT_NONE;
    else
        result->verdict = own > signers ? own : signers;
    result->view = sg_findings_view(&result->findings);
    return !result->findings.failed;
}

/* After the signers, from whom they must not take any of the budget. */
static bool judge_countersigners(struct message *message)
{
    struct signet_message_result *result = message->result;
    size_t next = 0, num_left = 0;
    for (size_t i = 0; i < message->layers.num; i++) {
        const struct sg_signed_data *signed_data = &message->layers.items[i].signed_data;
        for (size_t k = 0; k < signed_data->num_signers; k++) {
            if (!sg_countersigners_judge(&message->judgement, &signed_data->signers[k],
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
static bool judge_attributes(struct message *message, bool asked)
{
    struct signet_message_result *result = message->result;

    if (!asked)
        return sg_attributes_tell(result->pool, &result->findings);
    return sg_signer_attributes_judge(&message->judgement, result->signers.items,
                                      result->signers.num, &result->findings);
}

static enum signet_status judge_message(struct message *message, struct signet_span octets,
                                        const struct signet_message_options *options)
{
    enum signet_status status = read_input(message, octets, options);
    if (status != SIGNET_OK)
        return status;
    if (!judge_layers(message) || !judge_countersigners(message) ||
        !judge_attributes(message, options != NULL && options->attributes))
        return SIGNET_ERR_MEMORY;
    tell_coverage(message);
    return conclude(message) && !message->result->arena.failed ? SIGNET_OK : SIGNET_ERR_MEMORY;
}

/* Judges OCTETS into MADE; what the result does not need is freed again. */
static enum signet_status run(struct signet_context *context, const struct signet_policy *policy,
                              struct signet_span octets,
                              const struct signet_message_options *options,
                              struct signet_message_result *made)
{
    struct message message = {.result = made};
    message.layers = (struct sg_layers){
        .arena = &made->arena, .policy = policy, .pool = made->pool, .findings = &made->findings};
    sg_judgement_init(&message.judgement, context->crypto, &made->arena, policy, made->pool);
    message.judgement.memory = context->memory;
    enum signet_status status = judge_message(&message, octets, options);
    sg_judgement_clear(&message.judgement);
    made->signers.layers = NULL;
    if (status == SIGNET_OK || !made->arena.failed)
        return status;
    return sg_arena_status(&made->arena);
}

/* E-9: a message that takes more memory than it may is one that cannot be decided. */
static enum signet_status give_up(struct signet_message_result *made,
                                  const struct signet_policy *policy)
{
    signet_pool_free(made->pool);
    sg_arena_clear(&made->arena);
    *made = (struct signet_message_result){.time = policy->time};
    sg_arena_init(&made->arena, SG_GIVEN_UP_MEMORY);
    sg_findings_init(&made->findings, &made->arena);
    sg_memory_limit_tell(policy, sg_at(SIGNET_OBJECT_MESSAGE), &made->findings);
    made->verdict = sg_findings_conclude(&made->findings, policy);
    made->view = sg_findings_view(&made->findings);
    return made->findings.failed ? SIGNET_ERR_MEMORY : SIGNET_OK;
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
    struct signet_message_result *made = calloc(1, sizeof(*made));
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    made->time = policy->time;
    made->pool = signet_pool_new(pool);
    sg_arena_init(&made->arena, policy->limits.max_memory);
    sg_findings_init(&made->findings, &made->arena);
    enum signet_status status = SIGNET_ERR_MEMORY;
    if (made->pool != NULL)
        status = run(context, policy, octets, options, made);
    if (status == SIGNET_ERR_LIMIT)
        status = give_up(made, policy);
    if (status == SIGNET_OK)
        *result = made;
    else
        signet_message_result_free(made);
    return status;
}

void signet_message_result_free(struct signet_message_result *result)
{
    if (result == NULL)
        return;
    signet_pool_free(result->pool);
    sg_arena_clear(&result->arena);
    free(result);
}

enum signet_verdict signet_message_result_verdict(const struct signet_message_result *result)
{
    return result->verdict;
}

signet_time signet_message_result_time(const struct signet_message_result *result)
{
    return result->time;
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
