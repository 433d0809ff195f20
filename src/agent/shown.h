/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Untrusted text as results show it: escaped, NUL-terminated, in the arena.
 */
#ifndef SG_AGENT_SHOWN_H
#define SG_AGENT_SHOWN_H

#include "asn1/oid.h"
#include "base/arena.h"
#include "base/text.h"
#include "crypto/public_key.h"
#include "x509/name.h"

/* All give NULL when memory is out. */
const char *sg_shown_text(struct signet_span utf8, struct sg_arena *arena);
const char *sg_shown_name(const struct sg_name *name, struct sg_arena *arena);
const char *sg_shown_hex(struct signet_span bytes, struct sg_arena *arena);
/* A serial or CRL number from its content octets, as sg_integer_add_hex writes it. */
const char *sg_shown_integer(struct signet_span octets, struct sg_arena *arena);
const char *sg_shown_oid(struct signet_span octets, struct sg_arena *arena); /* dotted */
/* "RSA 2048", "EC P-256", "Ed25519". */
const char *sg_shown_key(const struct sg_spki *spki, struct sg_arena *arena);
/* "sha256WithRSAEncryption", or the dotted OID. */
const char *sg_shown_algorithm(const struct sg_algorithm *algorithm, struct sg_arena *arena);

#endif
