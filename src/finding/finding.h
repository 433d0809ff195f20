/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Collecting findings. A finding's kind is one row of kinds_*.def: code, rule and sentence; the
 * caller adds the object and the parameters. Adding never fails for the caller: running out of
 * memory is latched.
 */
#ifndef SG_FINDING_FINDING_H
#define SG_FINDING_FINDING_H

#include "base/arena.h"
#include "signet/finding.h"
#include "signet/policy.h"

enum sg_kind {
#define KIND(name, code, rule, text)                            SG_KIND_##name,
#define KIND_AS(name, code, normal, strict, legacy, rule, text) SG_KIND_##name,
#include "finding/kinds.def"
#undef KIND
#undef KIND_AS
    SG_NUM_KINDS
};

/* A list that grows in an arena. At most SG_MAX_FINDINGS are kept; what comes after still counts
 * for the verdict, and how many were dropped is told. */
#define SG_MAX_FINDINGS 500

struct sg_finding_item {
    struct signet_finding finding;
    enum sg_kind kind;
    enum signet_verdict cap; /* the effect is never worse than this */
    uint64_t hash;           /* of kind, place and text: finds repetitions */
};

struct sg_dropped_finding;

struct sg_findings {
    struct sg_arena *arena;
    struct sg_finding_item *items;
    size_t num, cap;
    struct sg_dropped_finding *dropped; /* kind and cap of those that came after */
    size_t num_dropped, dropped_cap;
    bool failed; /* memory ran out: the operation must end with SIGNET_ERR_MEMORY */
};

/* What a finding is about. */
struct sg_where {
    enum signet_object object;
    int certificate; /* index in the path, or -1 */
};

static inline struct sg_where sg_at_certificate(size_t index)
{
    return (struct sg_where){SIGNET_OBJECT_CERTIFICATE, (int)index};
}
static inline struct sg_where sg_at(enum signet_object object)
{
    return (struct sg_where){object, -1};
}
/* A CRL, in so far as it concerns the certificate at INDEX. */
static inline struct sg_where sg_at_crl(size_t index)
{
    return (struct sg_where){SIGNET_OBJECT_CRL, (int)index};
}

static inline struct signet_param sg_number(const char *name, int64_t number)
{
    return (struct signet_param){SIGNET_PARAM_NUMBER, name, {.number = number}};
}
static inline struct signet_param sg_time(const char *name, signet_time time)
{
    return (struct signet_param){SIGNET_PARAM_TIME, name, {.time = time}};
}
static inline struct signet_param sg_text(const char *name, struct signet_span text)
{
    return (struct signet_param){SIGNET_PARAM_TEXT, name, {.bytes = text}};
}
/* TEXT was made fit for showing already (sg_name_add_text, sg_text_add_safe), and must not be
 * escaped again. */
static inline struct signet_param sg_escaped(const char *name, struct signet_span text)
{
    return (struct signet_param){SIGNET_PARAM_ESCAPED, name, {.bytes = text}};
}
static inline struct signet_param sg_hex(const char *name, struct signet_span bytes)
{
    return (struct signet_param){SIGNET_PARAM_HEX, name, {.bytes = bytes}};
}
static inline struct signet_param sg_oid_param(const char *name, struct signet_span oid)
{
    return (struct signet_param){SIGNET_PARAM_OID, name, {.bytes = oid}};
}
struct signet_param sg_string(const char *name, const char *text);

/* A parameter list for sg_finding_add: SG_PARAMS(sg_time("not_after", t), sg_number("bits", n)). */
#define SG_PARAMS(...) ((const struct signet_param[]){__VA_ARGS__, {SIGNET_PARAM_END, NULL, {0}}})

void sg_findings_init(struct sg_findings *list, struct sg_arena *arena);

/* A place between two findings of a list, see sg_findings_cap. */
struct sg_findings_mark {
    size_t num, num_dropped;
};
static inline struct sg_findings_mark sg_findings_mark(const struct sg_findings *list)
{
    return (struct sg_findings_mark){list->num, list->num_dropped};
}

/*
 * Adds one finding. PARAMS ends with SIGNET_PARAM_END; NULL for none. {name} in the kind's sentence
 * is replaced by the parameter of that name, escaped. Parameter bytes are borrowed for the call
 * only: the finding keeps copies. One that says the same of the same object as one before is not
 * added again.
 */
void sg_finding_add(struct sg_findings *list, enum sg_kind kind, struct sg_where where,
                    const struct signet_param *params);

/* Appends copies of all of FROM to LIST. */
void sg_findings_append(struct sg_findings *list, const struct sg_findings *from);

/* What was added since MARK: no effect worse than CAP. For causes that another source has settled.
 */
void sg_findings_cap(struct sg_findings *list, struct sg_findings_mark since,
                     enum signet_verdict cap);

/* Something takes from the effect of ITEM. */
static inline bool sg_finding_is_capped(const struct sg_finding_item *item)
{
    return item->cap < SIGNET_VERDICT_BAD;
}

/* Sets effect, severity and advice of every finding under POLICY. Returns the worst effect, GOOD
 * for none. */
enum signet_verdict sg_findings_conclude(struct sg_findings *list,
                                         const struct signet_policy *policy);

/* True when one of CODE is in the list. */
bool sg_findings_have(const struct sg_findings *list, enum signet_code code);

/* The public view: a contiguous array in the list's arena. Call after conclude. */
struct signet_findings sg_findings_view(struct sg_findings *list);

/* The same in ARENA, with copies of all where that is not the list's. What fails is latched in
 * either. */
struct signet_findings sg_findings_view_in(struct sg_findings *list, struct sg_arena *arena);

#endif
