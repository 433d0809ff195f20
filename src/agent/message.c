/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/message.h"

#include "agent/context.h"
#include "agent/layer.h"
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
    struct signet_signer *signers;
    size_t num_signers;
    size_t *layer_of; /* of each signer: index of its layer */
    struct signet_findings view;
    const char *from, *subject;
};

/* One message while it is judged. */
struct message {
    struct sg_judgement judgement;
    struct sg_layers layers;
    struct signet_message_result *result;
    const struct sg_part *root; /* NULL for a bare CMS object */
};

static const char *show_field(const struct sg_headers *headers, const char *name,
                              struct sg_arena *arena)
{
    const struct sg_header *header = sg_header_find(headers, name, 0);

    return header == NULL ? NULL : sg_shown_text(sg_header_display(header->value, arena), arena);
}

static enum signet_status read_mail(struct message *message, struct signet_span octets)
{
    const struct signet_limits *limits = &message->judgement.policy->limits;
    struct sg_mime_limits mime_limits = {limits->max_mime_depth, limits->max_mime_parts};
    struct sg_arena *arena = &message->result->arena;
    struct sg_part *root;

    if (!sg_part_parse(octets, &mime_limits, arena, &root))
        return SIGNET_ERR_MEMORY;
    message->root = root;
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

static bool judge_layer(struct message *message, struct sg_layer *layer)
{
    struct signet_message_result *result = message->result;
    struct sg_sender sender;

    if (!read_sender(message, layer, &sender) ||
        !sg_protected_header_check(layer, &result->arena, &result->findings))
        return false;
    for (size_t i = 0; i < layer->signed_data.num_signers; i++) {
        result->layer_of[result->num_signers] = (size_t)(layer - message->layers.items);
        if (!sg_signer_judge(&message->judgement, layer, &layer->signed_data.signers[i], &sender,
                             &result->signers[result->num_signers++]))
            return false;
    }
    return true;
}

static bool judge_layers(struct message *message)
{
    size_t num_signers = 0;

    for (size_t i = 0; i < message->layers.num; i++)
        num_signers += message->layers.items[i].signed_data.num_signers;
    message->result->signers =
        sg_arena_array(&message->result->arena, num_signers, sizeof *message->result->signers);
    message->result->layer_of =
        sg_arena_array(&message->result->arena, num_signers, sizeof *message->result->layer_of);
    if (message->result->signers == NULL || message->result->layer_of == NULL)
        return false;
    for (size_t i = 0; i < message->layers.num; i++)
        if (!judge_layer(message, &message->layers.items[i]))
            return false;
    return true;
}

static enum signet_coverage find_coverage(const struct sg_layers *layers)
{
    if (layers->num == 0)
        return SIGNET_SIGNED_NONE;
    for (size_t i = 0; i < layers->num; i++)
        if (layers->items[i].covers_message)
            return SIGNET_SIGNED_WHOLE;
    return SIGNET_SIGNED_PART;
}

static bool is_good(const struct signet_signer *signer)
{
    return signer->verdict == SIGNET_VERDICT_GOOD || signer->verdict == SIGNET_VERDICT_WARN;
}

/* The same certificate subject signed the same part. */
static bool is_same_signer(const struct signet_signer *a, const struct signet_signer *b)
{
    return a->certificate != NULL && b->certificate != NULL && strcmp(a->part, b->part) == 0 &&
           sg_name_equal(&a->certificate->subject, &b->certificate->subject) &&
           sg_span_equal(a->certificate->subject_alt_name, b->certificate->subject_alt_name);
}

/*
 * Of several signatures of one signer, say with an old and a new algorithm, one good one is enough
 * (RFC 5652 5.1): what a gateway cannot decide or holds for weak does no harm then. A bad one
 * always does (E-33).
 */
static bool is_settled(const struct signet_message_result *result,
                       const struct signet_signer *signer)
{
    if (signer->verdict != SIGNET_VERDICT_UNKNOWN && signer->verdict != SIGNET_VERDICT_WEAK)
        return false;
    for (size_t i = 0; i < result->num_signers; i++)
        if (&result->signers[i] != signer && is_good(&result->signers[i]) &&
            is_same_signer(&result->signers[i], signer))
            return true;
    return false;
}

/* Who is the Sender alone passes on what another wrote, and answers for nothing in it. */
static bool is_author(const struct signet_signer *signer)
{
    return signer->address.result == SIGNET_ADDRESS_MATCH &&
           strcmp(signer->address.field, "Sender") != 0;
}

/* Every signer of layer INDEX is good, and one of them is whom the message is from. */
static bool is_good_layer(const struct signet_message_result *result, size_t index)
{
    bool found = false;

    for (size_t i = 0; i < result->num_signers; i++) {
        if (result->layer_of[i] != index)
            continue;
        if (!is_good(&result->signers[i]) && !is_settled(result, &result->signers[i]))
            return false;
        found |= is_author(&result->signers[i]);
    }
    return found;
}

/*
 * What a good outer signature covers is content of its signer, also when it is signed itself: an
 * old message passed on, say. Its own signature is told but does not speak for or against the
 * sender (each layer is reported, RFC 8551 3.7).
 */
static bool is_content_of_good_layer(const struct message *message, size_t signer)
{
    const struct sg_layers *layers = &message->layers;
    size_t outer = layers->items[message->result->layer_of[signer]].outer;

    for (; outer != 0; outer = layers->items[outer - 1].outer)
        if (layers->items[outer - 1].covers_message && is_good_layer(message->result, outer - 1))
            return true;
    return false;
}

static void tell_inner(struct message *message, const struct signet_signer *signer)
{
    struct sg_findings *findings = &message->result->findings;
    struct sg_where where = sg_at(SIGNET_OBJECT_SIGNER);

    if (signer->signature == SIGNET_VERDICT_BAD)
        sg_finding_add(findings, SG_KIND_INNER_SIGNATURE_BAD, where,
                       SG_PARAMS(sg_string("part", signer->part)));
    else if (!is_good(signer))
        sg_finding_add(findings, SG_KIND_INNER_SIGNER, where,
                       SG_PARAMS(sg_string("part", signer->part),
                                 sg_string("verdict", signet_verdict_name(signer->verdict))));
}

/* E-33: of the signers who speak for the message the worst decides. */
static enum signet_verdict combine_signers(struct message *message)
{
    struct signet_message_result *result = message->result;
    enum signet_verdict verdict = SIGNET_VERDICT_NONE;

    for (size_t i = 0; i < result->num_signers; i++) {
        const struct signet_signer *signer = &result->signers[i];

        if (is_content_of_good_layer(message, i))
            tell_inner(message, signer);
        else if (is_settled(result, signer))
            sg_finding_add(&result->findings, SG_KIND_SAME_SIGNER, sg_at(SIGNET_OBJECT_SIGNER),
                           NULL);
        else if (signer->verdict > verdict)
            verdict = signer->verdict;
    }
    return verdict;
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
static enum signet_verdict conclude(struct message *message)
{
    struct signet_message_result *result = message->result;
    enum signet_verdict signers = combine_signers(message), own;

    own = sg_findings_conclude(&result->findings, message->judgement.policy);
    if (signers == SIGNET_VERDICT_NONE && own <= SIGNET_VERDICT_WARN)
        return SIGNET_VERDICT_NONE;
    return own > signers ? own : signers;
}

/* Last, and apart: nothing looks at the outcome. */
static bool judge_attributes(struct message *message, bool asked)
{
    struct signet_message_result *result = message->result;

    if (!asked)
        return sg_attributes_tell(result->pool, &result->findings);
    return sg_signer_attributes_judge(&message->judgement, result->signers, result->num_signers,
                                      &result->findings);
}

static enum signet_status judge_message(struct message *message, struct signet_span octets,
                                        const struct signet_message_options *options)
{
    struct signet_message_result *result = message->result;
    enum signet_status status = read_input(message, octets, options);

    if (status != SIGNET_OK)
        return status;
    if (!judge_layers(message) ||
        !judge_attributes(message, options != NULL && options->attributes))
        return SIGNET_ERR_MEMORY;
    tell_coverage(message);
    result->verdict = conclude(message);
    result->time = message->judgement.policy->time;
    result->view = sg_findings_view(&result->findings);
    return result->findings.failed || result->arena.failed ? SIGNET_ERR_MEMORY : SIGNET_OK;
}

enum signet_status signet_message_verify(struct signet_context *context, struct signet_span octets,
                                         const struct signet_pool *pool,
                                         const struct signet_policy *policy,
                                         const struct signet_message_options *options,
                                         struct signet_message_result **result)
{
    struct message message = {0};
    struct signet_message_result *made;
    enum signet_status status = SIGNET_ERR_MEMORY;

    if (!sg_policy_usable(policy))
        return SIGNET_ERR_ARGUMENT;
    if (octets.len == 0)
        return SIGNET_ERR_PARSE;
    made = calloc(1, sizeof *made);
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    sg_arena_init(&made->arena, policy->limits.max_memory);
    sg_findings_init(&made->findings, &made->arena);
    made->pool = signet_pool_new(pool);
    if (made->pool != NULL) {
        message.result = made;
        message.layers = (struct sg_layers){.arena = &made->arena,
                                            .policy = policy,
                                            .pool = made->pool,
                                            .findings = &made->findings};
        sg_judgement_init(&message.judgement, context->crypto, &made->arena, policy, made->pool);
        status = judge_message(&message, octets, options);
        sg_judgement_clear(&message.judgement);
    }
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
    *num = result->num_signers;
    return result->signers;
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
