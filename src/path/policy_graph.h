/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The valid policy graph (RFC 9618): same answers as RFC 5280's tree, linear in size.
 */
#ifndef SG_PATH_POLICY_GRAPH_H
#define SG_PATH_POLICY_GRAPH_H

#include "path/judgement.h"

struct sg_policy_graph;

/* 6.1.2 (a). NULL: memory is out. */
SIGNET_MUST_CHECK struct sg_policy_graph *sg_policy_graph_new(struct sg_judgement *judgement);

/* 6.1.3 (d), (e): takes in one certificate's policies. ANY_ALLOWED: inhibit_anyPolicy > 0, or a
 * self-issued intermediate. */
void sg_policy_graph_add_certificate(struct sg_policy_graph *graph,
                                     const struct signet_certificate *certificate,
                                     bool any_allowed);

/* 6.1.4 (b): applies policyMappings; MAPPING_ALLOWED: policy_mapping > 0. */
void sg_policy_graph_map(struct sg_policy_graph *graph,
                         const struct signet_certificate *certificate, bool mapping_allowed);

/* The graph is NULL in the RFC's sense: no policy holds any more. */
bool sg_policy_graph_is_null(const struct sg_policy_graph *graph);

/* The budget of comparisons went out on the way: neither is_null nor result mean anything. */
bool sg_policy_graph_is_limited(const struct sg_policy_graph *graph);

/*
 * 6.1.5 (g): the user-constrained policy set for the user's initial set (OID content octets; NUM 0
 * means any-policy). False when it is empty or memory is out.
 */
bool sg_policy_graph_result(struct sg_policy_graph *graph, const struct signet_span *user_policies,
                            size_t num_user_policies, struct signet_span **policies,
                            size_t *num_policies);

#endif
