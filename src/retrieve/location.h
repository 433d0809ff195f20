/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Locations that certificates and CRLs name: octets of a stranger, read before anything is asked of
 * them, and refused where the rules do not allow them.
 */
#ifndef SG_RETRIEVE_LOCATION_H
#define SG_RETRIEVE_LOCATION_H

#include "base/arena.h"
#include "signet/retrieve.h"

#define SG_LOCATION_MAX_LEN 2048

enum sg_scheme { SG_SCHEME_HTTP = 0, SG_SCHEME_HTTPS, SG_SCHEME_LDAP, SG_SCHEME_LDAPS };

/* Spans into the text that was read. */
struct sg_location {
    enum sg_scheme scheme;
    struct signet_span authority; /* host and port; empty for "ldap:///..." */
    struct signet_span rest;      /* from the path's '/' on, or '?' */
};

/*
 * Reads URL: printable ASCII of at most SG_LOCATION_MAX_LEN octets, one of the schemes above, no
 * user information. NULL: it was read; else why not, a static sentence.
 */
const char *sg_location_read(struct signet_span url, struct sg_location *out);

/* NULL: RULES allow a certificate's LOCATION to be asked; else why not. */
const char *sg_location_refusal(const struct signet_retrieve_rules *rules,
                                const struct sg_location *location);

/* Same host, whatever the port and the case. */
bool sg_location_same_host(const struct sg_location *a, const struct sg_location *b);

/*
 * The URL to ask for LOCATION (read from URL): itself, or for an LDAP location without a host that
 * of the configured directory number DIRECTORY before its own path. NULL: memory is out.
 */
SIGNET_MUST_CHECK const char *sg_location_url(struct sg_arena *arena,
                                              const struct signet_retrieve_rules *rules,
                                              struct signet_span url,
                                              const struct sg_location *location, size_t directory);

/* TEMPLATE with ADDRESS, percent-encoded, for each "{address}". NULL: memory is out. */
SIGNET_MUST_CHECK const char *sg_location_fill(struct sg_arena *arena, const char *template,
                                               const char *address);

#endif
