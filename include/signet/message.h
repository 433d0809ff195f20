/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Messages: what was signed, by whom, by which path to which anchor, under which CRL, for which
 * address, and every reason against it (RFC 3850, RFC 8551, RFC 5652).
 */
#ifndef SIGNET_MESSAGE_H
#define SIGNET_MESSAGE_H

#include "signet/attribute.h"
#include "signet/path.h"
#include "signet/scratch.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the signatures cover of what a reader is shown. */
enum signet_coverage { SIGNET_SIGNED_NONE = 0, SIGNET_SIGNED_PART, SIGNET_SIGNED_WHOLE };

/* "none", "part", "whole". */
SIGNET_API const char *signet_coverage_name(enum signet_coverage coverage);

enum signet_address_result {
    SIGNET_ADDRESS_NONE =
        0, /* nothing to compare: no address in the certificate, or none to compare it with */
    SIGNET_ADDRESS_MATCH,
    SIGNET_ADDRESS_MISMATCH
};

/* "none", "match", "mismatch". */
SIGNET_API const char *signet_address_result_name(enum signet_address_result result);

/* The address check of RFC 3850 3. All text is escaped. */
struct signet_address_check {
    enum signet_address_result result;
    const char *const *header; /* addresses that were compared: From and Sender of the message
                                  around the part, or --email */
    size_t num_header;
    const struct signet_mail_address *certificate; /* those of the certificate, usable or not */
    size_t num_certificate;
    const char *matched; /* the header address that matched, or NULL */
    const char *field;   /* "From", "Sender", or "given"; NULL unless matched */
    /* Who says that the address is the certificate's: "certificate" itself, or "book", a binding
     * that the user made (signet/binding.h); NULL unless matched. */
    const char *source;
};

/* A countersignature (RFC 5652 11.4): a line of its own, no part of the verdict. */
struct signet_countersigner {
    enum signet_verdict signature; /* GOOD, BAD or UNKNOWN */
    const char *subject;           /* of its certificate; NULL when not at hand */
    struct signet_findings findings;
};

struct signet_signer {
    enum signet_verdict verdict;
    const char *part;  /* the MIME part that was signed, "1.2"; "" for a bare CMS object */
    const char *layer; /* "clear-signed", "opaque", "bare" */
    enum signet_verdict signature; /* the arithmetic alone: GOOD, BAD, UNKNOWN */
    struct signet_address_check address;
    const struct signet_certificate *certificate; /* NULL when not at hand */
    const char *sid; /* how the message names the certificate: issuer and serial, or key identifier;
                        escaped */
    const char *algorithm; /* "RSA 2048 with SHA-256": the strength line (RFC 3851 5) */
    signet_time
        claimed_time; /* signingTime: claimed, never believed; SIGNET_TIME_UNKNOWN when absent */
    const struct signet_candidates *paths; /* NULL when there is no certificate */
    const struct signet_countersigner *countersigners;
    size_t num_countersigners;
    /* When asked for: the attribute certificates that name this signer, and those of the message
     * that name nobody who signed it. No part of the verdict. */
    const struct signet_attributes *attributes;
    size_t num_attributes;
    /* What the signer says of its own software (RFC 8551 2.5.2): the signed sMIMECapabilities,
     * DER; {NULL,0} when there is none, or it cannot be read. Believable only as far as the
     * verdict goes. */
    struct signet_span capabilities;
    /* Which certificate the signer wants to be encrypted to, by a signed attribute (RFC 8551
     * 2.5.3), found among those that the message brought; NULL for none. Not judged. */
    const struct signet_certificate *encryption_certificate;
    struct signet_findings findings; /* all of this signer's, path included */
};

struct signet_message_result;

/* How a message is to be looked at beyond the policy. */
struct signet_message_options {
    struct signet_span content; /* what a bare detached signature signs; {NULL,0} for none */
    bool attributes;            /* judge attribute certificates, too (RFC 5755 5) */
    /* Room for what is decoded from a large message; NULL: the heap, as is fit for a message that
     * was encrypted. Must stay until the result is freed. */
    const struct signet_scratch *scratch;
};

/*
 * Judges MESSAGE: a mail (RFC 5322), or a bare CMS object (DER or BER, PEM, or base64).
 * Certificates and CRLs inside it are used beside those of POOL (RFC 3850 2.1, 2.3), never trusted
 * for being there. OPTIONS may be NULL. On SIGNET_OK *RESULT is set; it borrows MESSAGE, content
 * included, and POOL until freed, and what POLICY points to and CONTEXT until the last update. Any
 * octets at all give a result: what cannot be read is a finding. SIGNET_ERR_PARSE
 * only when there is nothing to judge (an empty input).
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_message_verify(struct signet_context *context, struct signet_span message,
                      const struct signet_pool *pool, const struct signet_policy *policy,
                      const struct signet_message_options *options,
                      struct signet_message_result **result);
SIGNET_API void
signet_message_result_free(struct signet_message_result *result); /* NULL is legal */

/* What the judgement lacked, or would like to have newer; the same list for the same input.
 * Borrowed until the next update. */
SIGNET_API const struct signet_need *
signet_message_result_needs(const struct signet_message_result *result, size_t *num);

/*
 * Judges again with what the pool has got since. The message is not read again, its content not
 * hashed again, and signatures that were computed are not computed again: all these are facts.
 * Nothing else of the earlier round remains, and pointers into the result end with it. The budget
 * is that of one verdict each time, but for memory, which is that of the result: SIGNET_OK with
 * LIMIT when it is used up. How often is up to the caller. SIGNET_ERR_MEMORY: the result says
 * UNKNOWN and nothing else, and can only be freed.
 */
SIGNET_API SIGNET_MUST_CHECK enum signet_status
signet_message_result_update(struct signet_message_result *result);

SIGNET_API enum signet_verdict
signet_message_result_verdict(const struct signet_message_result *result);
SIGNET_API signet_time signet_message_result_time(const struct signet_message_result *result);
SIGNET_API enum signet_coverage
signet_message_result_signed(const struct signet_message_result *result);
/* In the order of the parts, then of the SignerInfos. */
SIGNET_API const struct signet_signer *
signet_message_result_signers(const struct signet_message_result *result, size_t *num);
/* Findings about the message itself. */
SIGNET_API struct signet_findings
signet_message_result_findings(const struct signet_message_result *result);
/* From, Subject and Message-ID as shown outside, escaped; NULL when absent. For reports. */
SIGNET_API const char *signet_message_result_from(const struct signet_message_result *result);
SIGNET_API const char *signet_message_result_subject(const struct signet_message_result *result);
SIGNET_API const char *signet_message_result_message_id(const struct signet_message_result *result);

#ifdef __cplusplus
}
#endif

#endif
