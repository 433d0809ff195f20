/* SPDX-License-Identifier: Apache-2.0 */
/*
 * By what an object is found: numbers cut from hashes of what it holds, its addresses folded as
 * they are compared. All are derived from the object's DER, but for addresses bound to it. Two
 * values with one key are harmless: what a key finds is compared with what was looked for.
 *
 * Keys are signed numbers of 48 bits, which SQLite keeps in six octets: above, two that tell prints
 * of each kind of object, and all other keys, from one another; below, 46 of the hash.
 */
#ifndef SG_STORE_KEYS_H
#define SG_STORE_KEYS_H

#include "store/store.h"
#include "x509/attribute_certificate.h"
#include "x509/certificate.h"
#include "x509/crl.h"

struct sg_store_key_range {
    int64_t first, last;
};

/* The print of an object: the key cut from its fingerprint. Prints of one kind have the order of
 * fingerprints. */
int64_t sg_store_print(enum signet_record_kind kind, struct signet_span sha256);
/* The prints of all of KIND. */
struct sg_store_key_range sg_store_prints(enum signet_record_kind kind);
/* Every enum signet_record_kind as a bit. */
#define SG_STORE_ALL_KINDS ((1u << (SIGNET_RECORD_ATTRIBUTE_CERTIFICATE + 1)) - 1)
/* Objects of KINDS (bits) whose fingerprints begin with PREFIX, and maybe some more: by kind and
 * print. */
SIGNET_MUST_CHECK enum signet_status sg_store_print_list(struct signet_store *store, unsigned kinds,
                                                         struct signet_span prefix,
                                                         struct sg_arena *arena,
                                                         struct sg_store_ids *ids);

/* Keys of one issuer lie in a range: the upper 22 bits are the issuer's, the lower 24 the serial
 * number's. NAME has its canonical form. False: the crypto library failed. */
/* Certificates and attribute certificates by issuer, and serial number unless it is {NULL,0}; CRLs
 * by issuer and, as serial number, one octet that no certificate has. */
SIGNET_MUST_CHECK bool sg_store_key_issuer(const struct sg_name *issuer, struct signet_span serial,
                                           struct sg_store_key_range *out);
SIGNET_MUST_CHECK bool sg_store_key_subject(const struct sg_name *subject,
                                            struct sg_store_key_range *out);
SIGNET_MUST_CHECK bool sg_store_key_id(struct signet_span key_id, struct sg_store_key_range *out);
SIGNET_MUST_CHECK bool sg_store_key_address(const char *folded, struct sg_store_key_range *out);

/* ADDRESS, an addr-spec, as addresses are compared (E-12): equal texts for equal addresses. NULL:
 * it is none, or memory is out and arena->failed. */
SIGNET_MUST_CHECK const char *sg_store_fold_address(struct signet_span address,
                                                    struct sg_arena *arena);

/* --- address.c: the keys of folded addresses */
SIGNET_MUST_CHECK enum signet_status sg_store_address_put(struct signet_store *store,
                                                          const char *folded, int64_t object);
SIGNET_MUST_CHECK enum signet_status sg_store_address_delete(struct signet_store *store,
                                                             const char *folded, int64_t object);
SIGNET_MUST_CHECK enum signet_status
sg_store_address_has(struct signet_store *store, const char *folded, int64_t object, bool *has);
/* Candidates, by number: nearly always those that have it, or that it is bound to. */
SIGNET_MUST_CHECK enum signet_status sg_store_address_list(struct signet_store *store,
                                                           const char *folded,
                                                           struct sg_arena *arena,
                                                           struct sg_store_ids *ids);
/* What binds it to any of IDS. */
SIGNET_MUST_CHECK enum signet_status sg_store_address_bindings(struct signet_store *store,
                                                               const char *folded,
                                                               const struct sg_store_ids *ids,
                                                               sg_store_binding_taker *taker,
                                                               void *context);

/* All keys and addresses of a loaded object, its print the first; in the arena. False: memory is
 * out. */
struct sg_store_derived {
    int64_t keys[4];
    size_t num_keys;
    const char **addresses; /* folded, each once */
    size_t num_addresses;
};
SIGNET_MUST_CHECK bool sg_store_derive(const struct sg_store_loaded *loaded, struct sg_arena *arena,
                                       struct sg_store_derived *out);
/* Whether FOLDED is one of these addresses, without all the rest. False: memory is out. */
SIGNET_MUST_CHECK bool sg_store_names_address(const struct signet_certificate *certificate,
                                              const char *folded, struct sg_arena *arena,
                                              bool *names);

/* Writes the keys and addresses of OBJECT. */
SIGNET_MUST_CHECK enum signet_status sg_store_derived_put(struct signet_store *store,
                                                          const struct sg_store_object *object,
                                                          const struct sg_store_derived *derived);

#endif
