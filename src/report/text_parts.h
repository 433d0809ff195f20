/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The parts that the texts of messages and of paths have in common.
 */
#ifndef SG_REPORT_TEXT_PARTS_H
#define SG_REPORT_TEXT_PARTS_H

#include "report/emit.h"

struct sg_text {
    struct sg_emit *emit;
    const struct signet_report_options *options;
};

/* The verdict's name, coloured where that is wanted, padded to WIDTH. */
void sg_text_verdict(struct sg_text *text, enum signet_verdict verdict, unsigned width);

/* "VERDICT input: CODE, CODE" and a line end: the causes stand in the first line (RFC 3850 5). */
void sg_text_headline(struct sg_text *text, enum signet_verdict verdict,
                      const struct signet_findings *lists, size_t num_lists);

/* "  label     value": begins a line; the value follows by sg_emit_…, then sg_text_end_line. */
void sg_text_label(struct sg_text *text, const char *label);
void sg_text_line(struct sg_text *text, const char *label, const char *value);

/* Words of VALUE wrapped at the width with INDENT blanks before the following lines; ends the line.
 */
void sg_text_wrap(struct sg_text *text, const char *value, unsigned indent);

/* Every finding: its effect, code, sentence, rule and what to do next. */
void sg_text_findings(struct sg_text *text, struct signet_findings findings);

/* The path as a tree, anchor first, each certificate with its validity, key and revocation. */
void sg_text_path(struct sg_text *text, const struct signet_candidate *candidate);

/* The paths that lost: verdict, tree and findings of each. */
void sg_text_losers(struct sg_text *text, const struct signet_candidates *candidates);

/* "3 certificates to CN=Root" or why not; and the revocation line. */
void sg_text_path_lines(struct sg_text *text, const struct signet_candidate *candidate);

#endif
