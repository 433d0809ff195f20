/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reports: results as text for a person or as JSON for a program; and the decoding of objects for
 * `signet show`.
 */
#ifndef SIGNET_REPORT_H
#define SIGNET_REPORT_H

#include "signet/choice.h"
#include "signet/decrypt.h"
#include "signet/encrypt.h"
#include "signet/lint.h"
#include "signet/lookup.h"
#include "signet/message.h"
#include "signet/path.h"
#include "signet/retrieve.h"
#include "signet/sign.h"
#include "signet/sink.h"

#ifdef __cplusplus
extern "C" {
#endif

enum signet_format { SIGNET_FORMAT_TEXT = 0, SIGNET_FORMAT_JSON };

struct signet_report_options {
    enum signet_format format;
    const char *input; /* the name of what was judged, raw; the writer escapes it */
    bool color;        /* ANSI colours in text */
    bool explain;      /* text: also the paths that lost, and why; JSON: member "candidates" */
    unsigned width;    /* text: columns to wrap at; 0 does not wrap */
    const struct signet_retrieved *sources; /* where objects were looked for, see retrieve.h */
    size_t num_sources;
};

/* JSON is one object on one line, by the contract in docs/schema.md; text ends with a line end. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_message(const struct signet_message_result *result,
                      const struct signet_report_options *options, const struct signet_sink *sink);
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_path(const struct signet_path_result *result,
                   const struct signet_report_options *options, const struct signet_sink *sink);

/*
 * Decodes BYTES (certificates, CRLs, attribute certificates, CMS objects, messages; DER, PEM,
 * base64) and shows all that they say. *ALL_READ is false when some of it could not be decoded;
 * what and where is in the report and in ERROR (may be NULL). MAX_ENTRIES limits the CRL entries
 * shown (0: none).
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_show(struct signet_span bytes, size_t max_entries,
                   const struct signet_report_options *options, const struct signet_sink *sink,
                   bool *all_read, struct signet_parse_error *error);

/*
 * One object of a store: text is one line, or with options->explain a block of all that matters;
 * JSON one object. RECORD->sha256 may be {NULL,0} for what is not stored (yet). CANDIDATE (NULL for
 * none): how it fared in the choice for an address, and whether it is CHOSEN.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_record(const struct signet_record *record,
                     const struct signet_choice_candidate *candidate, bool chosen,
                     const struct signet_report_options *options, const struct signet_sink *sink);
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_binding(const struct signet_binding *binding,
                      const struct signet_report_options *options, const struct signet_sink *sink);

/* A candidate of a look-up, and how it fared. */
struct signet_lookup_verdict {
    const struct signet_path_result *path; /* judged for the address */
    enum signet_place place;
    const char *source;
    enum signet_smimea_result smimea;
    bool chosen, bound;
};

/* What a look-up of ADDRESS gave, with options->sources: where it was looked for. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_lookup(const char *address, const struct signet_lookup_verdict *verdicts, size_t num,
                     const struct signet_report_options *options, const struct signet_sink *sink);

/* A plan to sign: what would be done and why, or what speaks against it. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_sign_plan(const struct signet_sign_plan *plan,
                        const struct signet_report_options *options,
                        const struct signet_sink *sink);

/* A plan to encrypt: to whom, by which certificates, and why; or what speaks against it. With
 * options->explain as text also the certificates that were not chosen. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_encrypt_plan(const struct signet_encrypt_plan *plan,
                           const struct signet_report_options *options,
                           const struct signet_sink *sink);
/* What became of an encrypted message, by which key and cipher. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_decrypted(const struct signet_decrypted *decrypted,
                        const struct signet_report_options *options,
                        const struct signet_sink *sink);

/* The rules that the objects of one input break: as text each object with what it breaks, as JSON
 * one object. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_lint(const struct signet_lint_result *result,
                   const struct signet_report_options *options, const struct signet_sink *sink);

/* A member of an object of the caller's own: TEXT (escaped when written), or NUMBER where TEXT is
 * NULL. */
struct signet_report_member {
    const char *name;
    const char *text;
    int64_t number;
};

/* One JSON object on one line, in the same way as all others, of what a program did. */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_report_members(const struct signet_report_member *members, size_t num,
                      const struct signet_sink *sink);

#ifdef __cplusplus
}
#endif

#endif
