/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the dumps of certificates, CRLs and certification requests have in common.
 */
#ifndef SG_X509_DUMP_OBJECT_H
#define SG_X509_DUMP_OBJECT_H

#include "crypto/public_key.h"
#include "x509/extension.h"

/* A signature algorithm with what its parameters say. */
void sg_dump_signature_algorithm(struct sg_dump *dump, const char *key,
                                 const struct sg_algorithm *algorithm);

/* A public key: type, bits, curve, its numbers. */
void sg_dump_public_key(struct sg_dump *dump, const char *key, const struct sg_spki *spki);

/* Content octets of Extensions as a list, each decoded where it is known and well-formed, else in
 * hexadecimal; nothing for {NULL,0}. */
void sg_dump_extensions(struct sg_dump *dump, const char *key, struct signet_span extensions,
                        enum sg_extension_place place);

/* "fingerprints" of DER. */
void sg_dump_fingerprints(struct sg_dump *dump, struct signet_span der);

#endif
