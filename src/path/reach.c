/* SPDX-License-Identifier: Apache-2.0 */
#include "path/reach.h"

#include "path/table.h"

enum { FIRST_SLOT_BITS = 4 };

/* By name and key: several certificates may stand for one anchor. */
bool sg_reach_anchor_allowed(const struct sg_path_request *request, const struct sg_anchor *anchor)
{
    const struct sg_anchor *only = request->only_anchor;
    return only == NULL || (sg_name_equal(&only->subject, &anchor->subject) &&
                            sg_span_equal(only->spki.full, anchor->spki.full));
}

/* The slot where NAME's node is, or where it would go. */
static uint32_t *find_slot(const struct sg_reach *reach, const struct sg_name *name)
{
    size_t mask = ((size_t)1 << reach->slot_bits) - 1;
    size_t slot = (size_t)(name->hash * reach->multiplier >> (64 - reach->slot_bits));
    while (reach->slots[slot] != 0 &&
           !sg_name_equal(reach->nodes[reach->slots[slot] - 1].name, name))
        slot = (slot + 1) & mask;
    return &reach->slots[slot];
}

static bool grow_slots(struct sg_reach *reach)
{
    unsigned bits = reach->slot_bits == 0 ? FIRST_SLOT_BITS : reach->slot_bits + 1;
    uint32_t *slots = sg_arena_array(reach->judgement->arena, (size_t)1 << bits, sizeof(*slots));
    if (slots == NULL)
        return false;
    reach->slots = slots;
    reach->slot_bits = bits;
    reach->multiplier = sg_table_seed(slots) | 1;
    for (uint32_t i = 0; i < reach->num_nodes; i++)
        *find_slot(reach, reach->nodes[i].name) = i + 1;
    return true;
}

/* Half of the slots are always free, so that every walk over them ends soon. */
static bool reserve_slot(struct sg_reach *reach)
{
    return (reach->slot_bits > 0 && reach->num_nodes < (size_t)1 << (reach->slot_bits - 1)) ||
           grow_slots(reach);
}

/* The node of NAME, made when it is new. SG_UNREACHABLE: memory is out. */
static uint32_t intern_name(struct sg_reach *reach, const struct sg_name *name)
{
    void *nodes = reach->nodes;
    if (!reserve_slot(reach))
        return SG_UNREACHABLE;
    uint32_t *slot = find_slot(reach, name);
    if (*slot != 0)
        return *slot - 1;
    if (!sg_arena_grow(reach->judgement->arena, &nodes, &reach->cap_nodes, reach->num_nodes,
                       sizeof(*reach->nodes)))
        return SG_UNREACHABLE;
    reach->nodes = nodes;
    reach->nodes[reach->num_nodes] =
        (struct sg_reach_node){.name = name, .distance = SG_UNREACHABLE};
    *slot = (uint32_t)++reach->num_nodes;
    return *slot - 1;
}

/* CERTIFICATE, whose subject is that of NODE. */
static bool add_edge(struct sg_reach *reach, uint32_t node,
                     const struct signet_certificate *certificate)
{
    void *edges = reach->edges;
    uint32_t issuer = intern_name(reach, &certificate->issuer);
    if (issuer == SG_UNREACHABLE ||
        !sg_arena_grow(reach->judgement->arena, &edges, &reach->cap_edges, reach->num_edges,
                       sizeof(*reach->edges)))
        return false;
    reach->edges = edges;
    reach->edges[reach->num_edges] = (struct sg_reach_edge){
        .certificate = certificate,
        .issuer_node = issuer,
        .subject_node = node,
        .next_issued = reach->nodes[issuer].first_issued,
    };
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
    while ((certificate = sg_pool_subject_next(&cursor)) != NULL &&
           sg_budget_comparisons(reach->judgement, 1)) {
        if (!add_edge(reach, node, certificate))
            return false;
    }
    reach->nodes[node].num_edges = (uint32_t)reach->num_edges - reach->nodes[node].first_edge;
    return !cursor.failed;
}

static bool has_anchor(const struct sg_reach *reach, const struct sg_name *name)
{
    struct sg_pool_cursor cursor = sg_pool_anchors(reach->judgement->pool, name);
    const struct sg_anchor *anchor;
    while ((anchor = sg_pool_anchor_next(&cursor)) != NULL) {
        if (sg_reach_anchor_allowed(reach->request, anchor))
            return true;
    }
    return false;
}

/* Puts the names that anchors have first into QUEUE; returns how many. */
static size_t start_at_anchors(struct sg_reach *reach, uint32_t *queue)
{
    size_t num = 0;
    for (uint32_t i = 0; i < reach->num_nodes; i++) {
        if (has_anchor(reach, reach->nodes[i].name)) {
            reach->nodes[i].distance = 0;
            queue[num++] = i;
        }
    }
    return num;
}

/* Breadth first from the anchors' names downward. */
static bool measure_distances(struct sg_reach *reach)
{
    uint32_t *queue = sg_arena_array(reach->judgement->arena, reach->num_nodes, sizeof(*queue));
    if (queue == NULL)
        return false;
    size_t num = start_at_anchors(reach, queue);
    for (size_t i = 0; i < num; i++) {
        const struct sg_reach_node *node = &reach->nodes[queue[i]];
        for (uint32_t e = node->first_issued; e != 0; e = reach->edges[e - 1].next_issued) {
            struct sg_reach_node *subject = &reach->nodes[reach->edges[e - 1].subject_node];
            if (subject->distance != SG_UNREACHABLE)
                continue;
            subject->distance = node->distance + 1;
            queue[num++] = reach->edges[e - 1].subject_node;
        }
    }
    return true;
}

/* Nodes are added while they are walked: the closure is complete when none is left. */
static bool close_upwards(struct sg_reach *reach, const struct sg_name *issuer)
{
    if (intern_name(reach, issuer) == SG_UNREACHABLE)
        return false;
    for (uint32_t i = 0; i < reach->num_nodes; i++) {
        if (!add_edges_of(reach, i))
            return false;
    }
    return true;
}

bool sg_reach_init(struct sg_reach *reach, struct sg_judgement *judgement,
                   const struct sg_path_request *request)
{
    *reach = (struct sg_reach){.judgement = judgement, .request = request};
    if (close_upwards(reach, &request->target->issuer) && measure_distances(reach))
        return true;
    judgement->failed = true;
    return false;
}

enum signet_verdict sg_reach_level(struct sg_reach *reach, struct sg_reach_edge *edge)
{
    struct sg_judgement *judgement = reach->judgement;
    if (edge->assessed)
        return edge->level;
    edge->assessed = true;
    edge->level = sg_issuer_assess(judgement, edge->certificate);
    edge->constraints = sg_issuer_constraints(judgement, edge->certificate);
    if (edge->constraints != NULL &&
        !sg_name_constraints_allow(edge->constraints, reach->request->target))
        edge->level = SIGNET_VERDICT_BAD;
    return edge->level;
}

/* Something that can issue: an anchor, or a certificate already verified. */
struct issuer {
    uint32_t node;
    const struct sg_spki *spki;
    const struct signet_certificate *certificate; /* NULL for an anchor given as name and key */
};

struct issuer_queue {
    struct issuer *items;
    size_t num, cap;
};

static bool push(struct sg_reach *reach, struct issuer_queue *queue, struct issuer issuer)
{
    void *items = queue->items;
    if (!sg_arena_grow(reach->judgement->arena, &items, &queue->cap, queue->num,
                       sizeof(*queue->items))) {
        reach->judgement->failed = true;
        return false;
    }
    queue->items = items;
    queue->items[queue->num++] = issuer;
    return true;
}

static bool is_unlikely(struct issuer issuer, const struct signet_certificate *child)
{
    return issuer.certificate != NULL && sg_issuer_hint(child, issuer.certificate) < 0;
}

/* Whether ISSUER signed EDGE's certificate, which has no worse level than CEILING. LIKELY: false
 * for all that key identifiers speak against. */
static enum sg_fact verify_edge(struct sg_reach *reach, struct sg_reach_edge *edge,
                                struct issuer issuer, enum signet_verdict ceiling, bool likely)
{
    struct sg_signed_object object = sg_signed_certificate(edge->certificate);
    if (sg_reach_level(reach, edge) > ceiling || (likely && is_unlikely(issuer, edge->certificate)))
        return SG_FACT_INVALID;
    return sg_fact_verify(reach->judgement, &object, issuer.spki, sg_span(NULL, 0));
}

/* Marks what ISSUER signed, and queues it as an issuer in turn. */
static bool verify_issued(struct sg_reach *reach, struct issuer_queue *queue, struct issuer issuer,
                          enum signet_verdict ceiling, bool likely)
{
    uint32_t e = reach->nodes[issuer.node].first_issued;
    for (; e != 0; e = reach->edges[e - 1].next_issued) {
        struct sg_reach_edge *edge = &reach->edges[e - 1];
        if (edge->verified)
            continue;
        enum sg_fact fact = verify_edge(reach, edge, issuer, ceiling, likely);
        if (fact == SG_FACT_LIMIT || fact == SG_FACT_NO_MEMORY)
            return false;
        if (!sg_fact_may_hold(fact))
            continue;
        edge->verified = true;
        if (!push(reach, queue,
                  (struct issuer){edge->subject_node, &edge->certificate->spki, edge->certificate}))
            return false;
    }
    return true;
}

/* Down from all that are in QUEUE, and from those that come into it. */
static bool verify_all(struct sg_reach *reach, struct issuer_queue *queue,
                       enum signet_verdict ceiling, bool likely)
{
    for (size_t i = 0; i < queue->num; i++) {
        if (!verify_issued(reach, queue, queue->items[i], ceiling, likely))
            return false;
    }
    return true;
}

static bool push_anchors_of(struct sg_reach *reach, struct issuer_queue *queue, uint32_t node)
{
    struct sg_pool_cursor cursor = sg_pool_anchors(reach->judgement->pool, reach->nodes[node].name);
    const struct sg_anchor *anchor;
    while ((anchor = sg_pool_anchor_next(&cursor)) != NULL) {
        if (sg_reach_anchor_allowed(reach->request, anchor) &&
            !push(reach, queue, (struct issuer){node, &anchor->spki, anchor->certificate}))
            return false;
    }
    return true;
}

static bool push_anchors(struct sg_reach *reach, struct issuer_queue *queue)
{
    for (uint32_t i = 0; i < reach->num_nodes; i++) {
        if (reach->nodes[i].distance == 0 && !push_anchors_of(reach, queue, i))
            return false;
    }
    return true;
}

static bool has_issued(struct sg_reach *reach, struct issuer issuer, enum signet_verdict ceiling,
                       bool likely)
{
    uint32_t e = reach->nodes[issuer.node].first_issued;
    for (; e != 0; e = reach->edges[e - 1].next_issued) {
        if (!sg_fact_is_false(verify_edge(reach, &reach->edges[e - 1], issuer, ceiling, likely)))
            return true;
    }
    return false;
}

bool sg_reach_is_anchored(struct sg_reach *reach, enum signet_verdict ceiling)
{
    struct issuer_queue queue = {0};
    bool anchored = !push_anchors(reach, &queue);
    for (size_t i = 0; i < 2 * queue.num && !anchored; i++)
        anchored = has_issued(reach, queue.items[i % queue.num], ceiling, i < queue.num);
    return anchored;
}

/* Who is likely to have signed what comes first: where many keys have one name, the others need
 * not be tried on what turns out to be signed. */
bool sg_reach_verify(struct sg_reach *reach, enum signet_verdict ceiling)
{
    struct issuer_queue queue = {0};
    for (size_t i = 0; i < reach->num_edges; i++)
        reach->edges[i].verified = false;
    return push_anchors(reach, &queue) && verify_all(reach, &queue, ceiling, true) &&
           verify_all(reach, &queue, ceiling, false);
}
