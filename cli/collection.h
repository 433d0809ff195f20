/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Objects taken out of the database, to be written for others.
 */
#ifndef CLI_COLLECTION_H
#define CLI_COLLECTION_H

#include "selector.h"
#include "span_set.h"

struct collection {
    const struct database *database;
    /* References. */
    struct signet_certificate **certificates;
    struct signet_crl **crls;
    struct signet_attribute_certificate **attribute_certificates;
    size_t num_certificates, num_crls, num_attribute_certificates;
    size_t cap_certificates, cap_attribute_certificates;
    uint8_t (*crl_sha256)[32]; /* of CRLs that were found and not read yet */
    size_t num_found_crls, cap_found_crls;
    struct span_set seen; /* fingerprints of certificates */
};

/* What SELECTOR selects. All give false where the database or memory fails (told). */
bool collection_select(struct collection *collection, const struct selector *selector, size_t *num);
/* The certificates of the issuers, and of theirs, as far as there are any of these names. */
bool collection_add_chains(struct collection *collection);
/* All CRLs of the issuers' names. */
bool collection_add_crls(struct collection *collection);
/* Reads the CRLs that were found, all of each: to be called last. */
bool collection_read_crls(struct collection *collection);

void collection_free(struct collection *collection); /* a zeroed one is legal */

#endif
