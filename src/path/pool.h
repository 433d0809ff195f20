/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The pool's inside: look-up by name and key identifier without copying, through all parents.
 */
#ifndef SG_PATH_POOL_H
#define SG_PATH_POOL_H

#include "path/anchor.h"
#include "signet/pool.h"
#include "x509/attribute_certificate.h"
#include "x509/crl.h"

/* A walk over the objects that have one key; nearest pool first, in the order of adding. Octets
 * that a nearer pool holds, too, are passed over in a parent, which may have got them later. The
 * key must stay. */
struct sg_pool_cursor {
    const struct signet_pool *pool;
    const struct signet_pool *nearest; /* where the walk began */
    uint32_t next; /* number + 1 of the last object in pool; 0 before the first */
    uint64_t hash;
    const struct sg_name *name; /* the key: a name, or a key identifier or fingerprint */
    struct signet_span key_id;
    struct signet_span serial; /* the second key of sg_pool_issued_as */
    bool failed;               /* memory was out, and the walk ended early */
};

/*
 * Adds the certificate with the octets DER, which must stay where they are as long as POOL. It is
 * read when a look-up comes to it. As signet_certificate_parse, which it spares: SIGNET_ERR_PARSE
 * sets ERROR.
 */
SIGNET_MUST_CHECK enum signet_status sg_pool_add_octets(struct signet_pool *pool,
                                                        struct signet_span der,
                                                        struct signet_parse_error *error);

/* Whoever walks over certificates asks cursor.failed at the end: one more may have to be read, for
 * which memory can be out. */

/* Certificates whose subject equals NAME (RFC 5280 7.1). */
struct sg_pool_cursor sg_pool_subjects(const struct signet_pool *pool, const struct sg_name *name);
const struct signet_certificate *sg_pool_subject_next(struct sg_pool_cursor *cursor);

/* Certificates whose issuer equals NAME and whose serial number is SERIAL. */
struct sg_pool_cursor sg_pool_issued_as(const struct signet_pool *pool, const struct sg_name *name,
                                        struct signet_span serial);
const struct signet_certificate *sg_pool_issued_next(struct sg_pool_cursor *cursor);

/* Certificates whose subjectKeyIdentifier is KEY_ID; an empty one finds those that have none. */
struct sg_pool_cursor sg_pool_key_ids(const struct signet_pool *pool, struct signet_span key_id);
const struct signet_certificate *sg_pool_key_id_next(struct sg_pool_cursor *cursor);

/* CRLs whose issuer equals NAME. */
struct sg_pool_cursor sg_pool_crls(const struct signet_pool *pool, const struct sg_name *name);
const struct signet_crl *sg_pool_crl_next(struct sg_pool_cursor *cursor);

/* Anchors whose subject equals NAME. */
struct sg_pool_cursor sg_pool_anchors(const struct signet_pool *pool, const struct sg_name *name);
const struct sg_anchor *sg_pool_anchor_next(struct sg_pool_cursor *cursor);

/* What was said of a certificate and an address. */
struct sg_binding {
    uint8_t sha256[32];         /* of the certificate */
    struct signet_span address; /* an addr-spec */
    enum signet_binding_kind kind;
};

/* Bindings of CERTIFICATE, the strongest kind for each address in each pool. */
struct sg_pool_cursor sg_pool_bindings(const struct signet_pool *pool,
                                       const struct signet_certificate *certificate);
const struct sg_binding *sg_pool_binding_next(struct sg_pool_cursor *cursor);

/* Some anchor's terms set a revocation mode of their own. */
bool sg_pool_has_anchor_modes(const struct signet_pool *pool);

/* CERTIFICATE, this very object, was added to POOL itself and not to a parent. */
bool sg_pool_holds_own_certificate(const struct signet_pool *pool,
                                   const struct signet_certificate *certificate);

/* All certificates, CRLs, anchors, in order, through all parents: INDEX below signet_pool_num_….
 * NULL behind the last, and, for certificates, where memory is out. */
const struct signet_certificate *sg_pool_certificate(const struct signet_pool *pool, size_t index);
const struct signet_crl *sg_pool_crl(const struct signet_pool *pool, size_t index);
const struct sg_anchor *sg_pool_anchor(const struct signet_pool *pool, size_t index);

/* How many certificates were added to POOL itself, which come first in that order; the octets of
 * one of them, which for that need not be read. */
size_t sg_pool_num_own_certificates(const struct signet_pool *pool);
struct signet_span sg_pool_own_octets(const struct signet_pool *pool, size_t index);

/* CRL, this very object, was added to POOL itself and not to a parent. Either may be NULL: false.
 */
bool sg_pool_holds_own_crl(const struct signet_pool *pool, const struct signet_crl *crl);

/* CRL is an excerpt, and the whole of it is in POOL. */
bool sg_pool_holds_whole(const struct signet_pool *pool, const struct signet_crl *crl);

/* Pinned as a CA by the user: these octets, whichever object holds them (E-8). */
bool sg_pool_is_pinned_ca(const struct signet_pool *pool,
                          const struct signet_certificate *certificate);

/* Trusted by the caller to issue attribute certificates: these octets, as above. */
bool sg_pool_is_attribute_authority(const struct signet_pool *pool,
                                    const struct signet_certificate *certificate);

/* All attribute certificates, as above; those of this very pool come first, so many of them. */
const struct signet_attribute_certificate *
sg_pool_attribute_certificate(const struct signet_pool *pool, size_t index);
size_t sg_pool_num_own_attribute_certificates(const struct signet_pool *pool);

#endif
