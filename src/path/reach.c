/* SPDX-License-Identifier: Apache-2.0 */
#include "path/reach.h"

bool sg_fact_may_hold(enum sg_fact fact)
{
    return fact == SG_FACT_VALID || fact == SG_FACT_ALGORITHM_UNSUPPORTED ||
           fact == SG_FACT_KEY_PARAMS_MISSING || fact == SG_FACT_KEY_TOO_LARGE;
}

bool sg_reach_anchor_allowed(const struct sg_path_request *request, const struct sg_anchor *anchor)
{
    const struct sg_anchor *only = request->only_anchor;

    return only == NULL || (sg_name_equal(&only->subject, &anchor->subject) &&
                            sg_span_equal(only->spki.full, anchor->spki.full));
}

/* The slot where NAME's node is, or where it would go. */
static uint32_t *find_slot(const struct sg_reach *reach, const struct sg_name *name)
{
    size_t slot = (size_t)(name->hash ^ (name->hash >> 29)) & (reach->num_slots - 1);

    while (reach->slots[slot] != 0 &&
           !sg_name_equal(reach->nodes[reach->slots[slot] - 1].name, name))
        slot = (slot + 1) & (reach->num_slots - 1);
    return &reach->slots[slot];
}

static bool grow_slots(struct sg_reach *reach)
{
    reach->num_slots = reach->num_slots == 0 ? 16 : reach->num_slots * 2;
    reach->slots = sg_arena_array(reach->judgement->arena, reach->num_slots, sizeof *reach->slots);
    if (reach->slots == NULL)
        return false;
    for (uint32_t i = 0; i < reach->num_nodes; i++)
        *find_slot(reach, reach->nodes[i].name) = i + 1;
    return true;
}

/* The node of NAME, made when it is new. SG_UNREACHABLE: memory is out. */
static uint32_t intern_name(struct sg_reach *reach, const struct sg_name *name)
{
    void *nodes = reach->nodes;
    uint32_t *slot;

    if (reach->num_nodes * 2 >= reach->num_slots && !grow_slots(reach))
        return SG_UNREACHABLE;
    slot = find_slot(reach, name);
    if (*slot != 0)
        return *slot - 1;
    if (!sg_arena_grow(reach->judgement->arena, &nodes, &reach->cap_nodes, reach->num_nodes,
                       sizeof *reach->nodes))
        return SG_UNREACHABLE;
    reach->nodes = nodes;
    reach->nodes[reach->num_nodes] = (struct sg_reach_node){name, SG_UNREACHABLE, 0, 0, 0};
    *slot = (uint32_t)++reach->num_nodes;
    return *slot - 1;
}

static bool add_edge(struct sg_reach *reach, const struct signet_certificate *certificate)
{
    void *edges = reach->edges;
    uint32_t issuer = intern_name(reach, &certificate->issuer);

    if (issuer == SG_UNREACHABLE ||
        !sg_arena_grow(reach->judgement->arena, &edges, &reach->cap_edges, reach->num_edges,
                       sizeof *reach->edges))
        return false;
    reach->edges = edges;
    reach->edges[reach->num_edges] =
        (struct sg_reach_edge){certificate, issuer, reach->nodes[issuer].first_issued, false};
    reach->nodes[issuer].first_issued = (uint32_t)++reach->num_edges;
    return true;
}

/* All certificates whose subject is NODE's name; their issuers become nodes. */
static bool add_edges_of(struct sg_reach *reach, uint32_t node)
{
    const struct sg_name *name = reach->nodes[node].name;
    struct sg_pool_cursor cursor = sg_pool_subjects(reach->judgement->pool, name);
    const struct signet_certificate *certificate;

    reach->nodes[node].first_edge = (uint32_t)reach->num_edges;
    while ((certificate = sg_pool_subject_next(&cursor)) != NULL)
        if (!add_edge(reach, certificate))
            return false;
    reach->nodes[node].num_edges = (uint32_t)reach->num_edges - reach->nodes[node].first_edge;
    return true;
}

static bool has_anchor(const struct sg_reach *reach, const struct sg_name *name)
{
    struct sg_pool_cursor cursor = sg_pool_anchors(reach->judgement->pool, name);
    const struct sg_anchor *anchor;

    while ((anchor = sg_pool_anchor_next(&cursor)) != NULL)
        if (sg_reach_anchor_allowed(reach->request, anchor))
            return true;
    return false;
}

/* Breadth first from the anchors' names downward. */
static bool measure_distances(struct sg_reach *reach)
{
    size_t num = 0;
    uint32_t *queue = sg_arena_array(reach->judgement->arena, reach->num_nodes, sizeof *queue);

    if (queue == NULL)
        return false;
    for (uint32_t i = 0; i < reach->num_nodes; i++)
        if (has_anchor(reach, reach->nodes[i].name)) {
            reach->nodes[i].distance = 0;
            queue[num++] = i;
        }
    /* An edge does not store its subject's node: the name tells it. */
    for (size_t i = 0; i < num; i++)
        for (uint32_t e = reach->nodes[queue[i]].first_issued; e != 0;
             e = reach->edges[e - 1].next_issued) {
            uint32_t subject = *find_slot(reach, &reach->edges[e - 1].certificate->subject) - 1;

            if (reach->nodes[subject].distance != SG_UNREACHABLE)
                continue;
            reach->nodes[subject].distance = reach->nodes[queue[i]].distance + 1;
            queue[num++] = subject;
        }
    return true;
}

bool sg_reach_init(struct sg_reach *reach, struct sg_judgement *judgement,
                   const struct sg_path_request *request)
{
    *reach = (struct sg_reach){.judgement = judgement, .request = request};
    if (intern_name(reach, &request->target->issuer) == SG_UNREACHABLE)
        goto out;
    for (uint32_t i = 0; i < reach->num_nodes; i++)
        if (!add_edges_of(reach, i))
            goto out;
    if (measure_distances(reach))
        return true;
out:
    judgement->failed = true;
    return false;
}

/* Something that can issue: an anchor, or a certificate already verified. */
struct issuer {
    uint32_t node;
    const struct sg_spki *spki;
};

struct issuer_queue {
    struct issuer *items;
    size_t num, cap;
};

static bool push(struct sg_reach *reach, struct issuer_queue *queue, uint32_t node,
                 const struct sg_spki *spki)
{
    void *items = queue->items;

    if (!sg_arena_grow(reach->judgement->arena, &items, &queue->cap, queue->num,
                       sizeof *queue->items)) {
        reach->judgement->failed = true;
        return false;
    }
    queue->items = items;
    queue->items[queue->num++] = (struct issuer){node, spki};
    return true;
}

/* Marks what ISSUER signed, and queues it as an issuer in turn. */
static bool verify_issued(struct sg_reach *reach, struct issuer_queue *queue, struct issuer issuer)
{
    for (uint32_t e = reach->nodes[issuer.node].first_issued; e != 0;
         e = reach->edges[e - 1].next_issued) {
        struct sg_reach_edge *edge = &reach->edges[e - 1];
        struct sg_signed_object object = sg_signed_certificate(edge->certificate);
        enum sg_fact fact;

        if (edge->verified)
            continue;
        fact = sg_fact_verify(reach->judgement, &object, issuer.spki, (struct signet_span){0});
        if (fact == SG_FACT_LIMIT || fact == SG_FACT_NO_MEMORY)
            return false;
        if (!sg_fact_may_hold(fact))
            continue;
        edge->verified = true;
        if (!push(reach, queue, *find_slot(reach, &edge->certificate->subject) - 1,
                  &edge->certificate->spki))
            return false;
    }
    return true;
}

static bool push_anchors(struct sg_reach *reach, struct issuer_queue *queue, uint32_t node)
{
    struct sg_pool_cursor cursor = sg_pool_anchors(reach->judgement->pool, reach->nodes[node].name);
    const struct sg_anchor *anchor;

    while ((anchor = sg_pool_anchor_next(&cursor)) != NULL)
        if (sg_reach_anchor_allowed(reach->request, anchor) &&
            !push(reach, queue, node, &anchor->spki))
            return false;
    return true;
}

bool sg_reach_verify(struct sg_reach *reach)
{
    struct issuer_queue queue = {0};

    for (uint32_t i = 0; i < reach->num_nodes; i++)
        if (reach->nodes[i].distance == 0 && !push_anchors(reach, &queue, i))
            return false;
    for (size_t i = 0; i < queue.num; i++)
        if (!verify_issued(reach, &queue, queue.items[i]))
            return false;
    return true;
}
