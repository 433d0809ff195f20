/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/message_verdict.h"

#include "path/table.h"
#include "x509/certificate.h"

/* The signatures that one signer made on one part. */
struct group {
    const char *part;
    const struct signet_certificate *certificate; /* of the first */
    bool has_good;
};

/* What is known of a layer. */
struct standing {
    bool has_bad;    /* some signer of it is neither good nor relieved */
    bool has_author; /* some signer of it is whom the message is from */
    bool is_content; /* a good signature around covers it */
};

struct combining {
    const struct sg_judged_signers *signers;
    struct sg_arena *arena;
    struct group **groups; /* of each signer; NULL without a certificate */
    struct standing *standings;
};

static bool is_good(const struct signet_signer *signer)
{
    return signer->verdict == SIGNET_VERDICT_GOOD || signer->verdict == SIGNET_VERDICT_WARN;
}

/* Who is the Sender alone passes on what another wrote, and answers for nothing in it. */
static bool is_author(const struct signet_signer *signer)
{
    return signer->address.result == SIGNET_ADDRESS_MATCH &&
           strcmp(signer->address.field, "Sender") != 0;
}

/* The same certificate subject signed the same part. */
static bool is_same_signer(const void *item, const void *key)
{
    const struct group *a = item, *b = key;
    return strcmp(a->part, b->part) == 0 &&
           sg_name_equal(&a->certificate->subject, &b->certificate->subject) &&
           sg_span_equal(a->certificate->subject_alt_name, b->certificate->subject_alt_name);
}

static uint64_t hash_group(const struct group *group, uint64_t seed)
{
    uint64_t hash =
        sg_span_hash(sg_span_text(group->part), seed ^ group->certificate->subject.hash);
    return sg_span_hash(group->certificate->subject_alt_name, hash);
}

static struct group *enter_group(struct sg_table *table, const struct group *wanted)
{
    uint64_t hash = hash_group(wanted, sg_table_seed(table));
    struct group *group = sg_table_find(table, hash, is_same_signer, wanted);
    if (group != NULL)
        return group;
    group = sg_arena_alloc(table->arena, sizeof(*group));
    if (group == NULL || !sg_table_add(table, hash, group))
        return NULL;
    *group = *wanted;
    return group;
}

static bool group_signers(struct combining *combining)
{
    const struct sg_judged_signers *signers = combining->signers;
    struct sg_table table = {.arena = combining->arena};
    for (size_t i = 0; i < signers->num; i++) {
        const struct signet_signer *signer = &signers->items[i];
        if (signer->certificate == NULL)
            continue;
        combining->groups[i] =
            enter_group(&table, &(struct group){signer->part, signer->certificate, false});
        if (combining->groups[i] == NULL)
            return false;
        if (is_good(signer))
            combining->groups[i]->has_good = true;
    }
    return true;
}

/*
 * Of several signatures of one signer, say with an old and a new algorithm, one good one is enough
 * (RFC 5652 5.1): what a gateway cannot decide or holds for weak does no harm then. A bad one
 * always does (E-33).
 */
static bool is_settled(const struct combining *combining, size_t index)
{
    enum signet_verdict verdict = combining->signers->items[index].verdict;
    return (verdict == SIGNET_VERDICT_UNKNOWN || verdict == SIGNET_VERDICT_WEAK) &&
           combining->groups[index] != NULL && combining->groups[index]->has_good;
}

/* Every signer of the layer is good, and one of them is whom the message is from. */
static bool is_good_layer(const struct standing *standing)
{
    return standing->has_author && !standing->has_bad;
}

/*
 * What a good outer signature covers is content of its signer, also when it is signed itself: an
 * old message passed on, say. Its own signature is told but does not speak for or against the
 * sender (each layer is reported, RFC 8551 3.7). A layer comes after the one around it.
 */
static void find_standings(struct combining *combining)
{
    const struct sg_judged_signers *signers = combining->signers;
    struct standing *standings = combining->standings;
    for (size_t i = 0; i < signers->num; i++) {
        struct standing *standing = &standings[signers->layer_of[i]];
        standing->has_bad |= !is_good(&signers->items[i]) && !is_settled(combining, i);
        standing->has_author |= is_author(&signers->items[i]);
    }
    for (size_t i = 0; i < signers->layers->num; i++) {
        size_t outer = signers->layers->items[i].outer;
        if (outer == 0)
            continue;
        standings[i].is_content =
            standings[outer - 1].is_content || (signers->layers->items[outer - 1].covers_message &&
                                                is_good_layer(&standings[outer - 1]));
    }
}

static void tell_inner(const struct signet_signer *signer, struct sg_findings *findings)
{
    struct sg_where where = sg_at(SIGNET_OBJECT_SIGNER);
    if (signer->signature == SIGNET_VERDICT_BAD)
        sg_finding_add(findings, SG_KIND_INNER_SIGNATURE_BAD, where,
                       SG_PARAMS(sg_string("part", signer->part)));
    else if (!is_good(signer))
        sg_finding_add(findings, SG_KIND_INNER_SIGNER, where,
                       SG_PARAMS(sg_string("part", signer->part),
                                 sg_string("verdict", signet_verdict_name(signer->verdict))));
}

static enum signet_verdict find_worst(const struct combining *combining,
                                      struct sg_findings *findings)
{
    const struct sg_judged_signers *signers = combining->signers;
    enum signet_verdict worst = SIGNET_VERDICT_NONE;
    for (size_t i = 0; i < signers->num; i++) {
        const struct signet_signer *signer = &signers->items[i];
        if (combining->standings[signers->layer_of[i]].is_content)
            tell_inner(signer, findings);
        else if (is_settled(combining, i))
            sg_finding_add(findings, SG_KIND_SAME_SIGNER, sg_at(SIGNET_OBJECT_SIGNER), NULL);
        else if (signer->verdict > worst)
            worst = signer->verdict;
    }
    return worst;
}

bool sg_verdict_of_signers(const struct sg_judged_signers *signers, struct sg_findings *findings,
                           enum signet_verdict *verdict)
{
    struct combining combining = {.signers = signers, .arena = findings->arena};
    combining.groups = sg_arena_array(findings->arena, signers->num, sizeof(struct group *));
    combining.standings =
        sg_arena_array(findings->arena, signers->layers->num, sizeof(*combining.standings));
    if (combining.groups == NULL || combining.standings == NULL || !group_signers(&combining))
        return false;
    find_standings(&combining);
    *verdict = find_worst(&combining, findings);
    return !findings->failed;
}
