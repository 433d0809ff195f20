/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What became of the objects of an import: counted, and told.
 */
#ifndef CLI_IMPORT_TALLY_H
#define CLI_IMPORT_TALLY_H

#include <signet/intake.h>

struct import_tally {
    size_t num_certificates, num_crls, num_attributes, num_keys; /* new ones */
    size_t num_known, num_unreadable, num_passed_over;
    bool keeps_false;                    /* --force signature */
    struct signet_intake_counts checked; /* what came of their signatures */
    size_t num_told;                     /* of the false ones */
};

/* Where an object was has no place that could be told. */
#define IMPORT_NO_PLACE UINT64_MAX

/* Tells a false signature: a signet_intake_terms.tell_false, CONTEXT being the tally. */
void import_tally_tell_false(void *context, const struct signet_intake_false *found);

/* Takes in what came of the signatures: what is not kept is not new. */
void import_tally_check(struct import_tally *tally, const struct signet_intake_counts *checked);

void import_tally_say(const struct import_tally *tally);
enum signet_status import_tally_write_json(const struct import_tally *tally);

/* Something that was given is not in the database now. */
bool import_tally_is_short(const struct import_tally *tally);

#endif
