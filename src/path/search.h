/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The search for acceptable paths, from the target upward, depth first. It does not find out twice
 * why something fails: of every failure it keeps which certificates of the path are to blame, goes
 * back to the nearest of them at once, and does not try again what failed for the same reason. So a
 * mesh of CAs with any number of paths takes the work of its certificates, as long as faults lie in
 * single certificates, in pairs, or in how many are below.
 *
 * It looks for one verdict at a time, the best first, and leaves out what cannot have it. Within
 * src/path only.
 */
#ifndef SG_PATH_SEARCH_H
#define SG_PATH_SEARCH_H

#include "path/candidate.h"
#include "path/policy_trail.h"
#include "path/reach.h"

/* Candidates kept with their findings; the best is always among them. */
enum { SG_MAX_KEPT_CANDIDATES = 64 };

/* Which signatures a pass goes along: where nothing better was found, wrong ones, too. */
enum sg_pass_signatures {
    SG_PASS_RIGHT,
    SG_PASS_RIGHT_ABOVE, /* that of the target may be wrong */
    SG_PASS_ANY
};

/* What one pass looks for. */
struct sg_pass {
    enum signet_verdict ceiling; /* a path of a worse verdict is a failure */
    enum sg_pass_signatures signatures;
    size_t max_judged;     /* paths, then the pass ends; 0: as many as the budget allows */
    size_t max_steps;      /* likewise */
    size_t max_acceptable; /* paths no worse than WARN; likewise */
};

struct sg_nogood;

struct sg_search {
    struct sg_judgement *judgement;
    const struct sg_path_request *request;
    struct sg_reach reach;
    size_t max_depth;

    /* The path, from the target up: what stands at each place. */
    const struct signet_certificate **path;
    struct sg_reach_edge **edges; /* NULL for the target */
    size_t *num_cas;              /* up to there: intermediates that are not self-issued */
    uint64_t *stamps;             /* when it came there */
    bool *certain; /* its key made the signature below: no other CA can stand there */
    struct sg_policy_trail *trails; /* NULL: nobody requires a policy */
    struct signet_span *wanted;     /* the user's policies */

    /* The pass. */
    const struct sg_pass *pass;
    size_t depth; /* no longer paths for now */
    bool cut;     /* that kept something out */
    bool deepen;  /* so often that longer paths are next */
    size_t num_cuts;
    bool too_deep; /* max_depth did, in a pass that had to be complete */
    bool done;     /* the pass has found what it looks for, or may not go on */
    bool verified;
    size_t dead_ends, dead_ends_to_verify;
    size_t num_judged, num_acceptable, num_steps; /* in this pass */
    struct sg_nogood *nogoods;                    /* one for each edge of the reach */
    uint64_t stamp;                               /* the last one used */

    struct sg_table judged; /* all candidates */
    size_t num_judged_ever;
    bool trusts_status;                                /* see is_own in search.c */
    struct sg_candidate *kept[SG_MAX_KEPT_CANDIDATES]; /* best first */
    size_t num_kept;
    enum signet_verdict floor; /* no path can have a milder verdict */
};

/* False: memory is out (judgement->failed). */
SIGNET_MUST_CHECK bool sg_search_init(struct sg_search *search, struct sg_judgement *judgement,
                                      const struct sg_path_request *request);

/* Judges paths until one is no worse than the pass's ceiling, or than the floor; or none is left;
 * or the pass's limits, the budget (latched in the judgement) or memory is out. */
void sg_search_run(struct sg_search *search, const struct sg_pass *pass);

/* CANDIDATE among those kept, in its place. */
void sg_search_keep(struct sg_search *search, struct sg_candidate *candidate);

/* Whether the pass lets the path go on from the certificate in place NUM - 1 to a key. *CERTAIN:
 * the key made its signature. When the budget or memory is out the search is done. */
bool sg_search_may_follow(struct sg_search *search, size_t num, const struct sg_spki *spki,
                          bool *certain);

/* The subject and key of CERTIFICATE stand in the first NUM places of the path, or it is the
 * target: a loop, or a detour that a shorter path makes needless (B-IN-4). *PLACE says where. */
bool sg_search_in_path(const struct sg_search *search, size_t num,
                       const struct signet_certificate *certificate, size_t *place);

#endif
