/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Looking up recipients for whom a plan has no certificate that could be used, as `signet fetch`
 * does (RFC 3850 4).
 */
#ifndef CLI_RECIPIENT_LOOKUP_H
#define CLI_RECIPIENT_LOOKUP_H

#include "certificate_list.h"
#include "looking.h"

struct recipient_lookup {
    struct looked_up *first, **end; /* in the order of the recipients */
    struct signet_retrieved *sources;
};

void recipient_lookup_init(struct recipient_lookup *lookup);
void recipient_lookup_free(struct recipient_lookup *lookup);

/* Looks up who lacks a certificate in PLAN, and adds what holds to FOUND; it is in the database,
 * too, where there is one. MATERIAL has a retriever, and must outlive LOOKUP. */
enum signet_status recipient_lookup_run(struct recipient_lookup *lookup,
                                        const struct signet_encrypt_plan *plan,
                                        struct material *material,
                                        const struct signet_policy *policy,
                                        struct certificate_list *found);

/* Puts where certificates were looked for before the sources of REPORT. False: memory is out. */
bool recipient_lookup_tell(struct recipient_lookup *lookup, struct signet_report_options *report);

#endif
