/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKCS#11 URIs (RFC 7512): which object of which token, and how to get there.
 */
#ifndef SG_TOKEN_URI_H
#define SG_TOKEN_URI_H

#include "base/arena.h"
#include "base/buffer.h"

#define SG_TOKEN_URI_MAX_LEN 4096

enum sg_token_uri_type {
    SG_TOKEN_URI_ANY = 0,
    SG_TOKEN_URI_PRIVATE,
    SG_TOKEN_URI_PUBLIC,
    SG_TOKEN_URI_CERTIFICATE,
    SG_TOKEN_URI_OTHER
};

/* Decoded octets; {NULL,0} where the URI says nothing of it. */
struct sg_token_uri {
    struct signet_span token, manufacturer, serial, model; /* of the token */
    struct signet_span object, id;                         /* CKA_LABEL, CKA_ID */
    enum sg_token_uri_type type;
    struct signet_span module_path; /* without NUL; where it is said, not empty */
    struct signet_span pin_source;  /* an absolute path; a file: URI is taken apart */
};

/* TEXT begins as a PKCS#11 URI does. */
bool sg_token_uri_is(struct signet_span text);

/*
 * Reads TEXT; what is decoded lies in ARENA. NULL: read; else why not, a clause for people, static.
 * Attributes that are not understood are refused, as ignoring one would widen the choice (RFC 7512
 * 2.3); so is pin-value: a PIN in a URI is in the list of processes and in the shell's history.
 * When memory is out the arena knows.
 */
SIGNET_MUST_CHECK const char *sg_token_uri_parse(struct signet_span text, struct sg_arena *arena,
                                                 struct sg_token_uri *uri);

/* Appends the URI; what is {NULL,0} is left out. */
void sg_token_uri_write(struct sg_buffer *text, const struct sg_token_uri *uri);

#endif
