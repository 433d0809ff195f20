/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Public keys: SubjectPublicKeyInfo (RFC 5280 4.1.2.7, RFC 3279, 4055, 5480, 8410) read by our own
 * parser, with its domain parameters, checked before any use.
 */
#ifndef SG_CRYPTO_PUBLIC_KEY_H
#define SG_CRYPTO_PUBLIC_KEY_H

#include "asn1/der.h"
#include "asn1/oid.h"
#include "crypto/crypto.h"

/* AlgorithmIdentifier (RFC 5280 4.1.1.2): spans into the object it was read from. */
struct sg_algorithm {
    struct signet_span full; /* the whole SEQUENCE, for exact comparison (B-ENC-2) */
    struct signet_span oid_octets;
    enum sg_oid oid;
    struct signet_span parameters; /* the whole element; {NULL,0} when absent */
};

/* Reads one AlgorithmIdentifier. */
SIGNET_MUST_CHECK bool sg_algorithm_parse(struct sg_der *der, struct sg_algorithm *out,
                                          const char *expected);
/* The same without finding out which it is: oid stays SG_OID_UNKNOWN. */
SIGNET_MUST_CHECK bool sg_algorithm_skim(struct sg_der *der, struct sg_algorithm *out,
                                         const char *expected);
/* Parameters are a NULL element. */
bool sg_algorithm_parameters_null(const struct sg_algorithm *algorithm);

enum sg_key_type {
    SG_KEY_UNKNOWN = 0, /* an algorithm we do not know */
    SG_KEY_RSA,
    SG_KEY_RSA_PSS, /* id-RSASSA-PSS key: only PSS, perhaps with fixed parameters */
    SG_KEY_DSA,
    SG_KEY_EC,
    SG_KEY_ED25519,
    SG_KEY_ED448,
    SG_KEY_DH,
    SG_KEY_X25519,
    SG_KEY_X448,
    SG_NUM_KEY_TYPES
};

/* SubjectPublicKeyInfo as it stands; no arithmetic yet. */
struct sg_spki {
    struct signet_span full;
    struct sg_algorithm algorithm;
    struct signet_span key_bits; /* content of subjectPublicKey, without the unused-bits octet */
    enum sg_key_type type;
    enum sg_oid curve;      /* named curve for SG_KEY_EC, else SG_OID_UNKNOWN */
    bool curve_not_named;   /* implicit or explicit curve parameters: refused (B-ALG-7) */
    bool parameters_absent; /* DSA: none here, inherit from the issuer (also for NULL) */
    bool parameters_null;   /* NULL where absent is prescribed, or the reverse (tolerated, told) */
    unsigned bits;          /* strength as people say it: modulus or p or curve size; 0 unknown */
};

SIGNET_MUST_CHECK bool sg_spki_parse(struct sg_der *der, struct sg_spki *out);
/* The same without looking into the key: it fails where sg_spki_parse does, and sets only full, the
 * algorithm without its oid, and key_bits. */
SIGNET_MUST_CHECK bool sg_spki_skim(struct sg_der *der, struct sg_spki *out);

/* "RSA", "RSASSA-PSS", "DSA", "EC", "Ed25519", … "unknown". */
const char *sg_key_type_name(enum sg_key_type type);

/* Below what proves anything today: RSA, DSA and DH under 2048 bits, curves under 224 bits. */
bool sg_key_is_weak(enum sg_key_type type, unsigned bits);

/*
 * How much work it is to verify a signature with this key, in units of one on P-256, which is about
 * one with RSA of 4096 bits. PARAMETERS as below. A measure for budgets: coarse, and never 0.
 */
size_t sg_key_cost(const struct sg_spki *spki, struct signet_span parameters);

/* What a look at the key itself says. */
enum sg_key_check {
    SG_KEY_OK = 0,
    SG_KEY_UNSUPPORTED,    /* algorithm or curve not known */
    SG_KEY_MALFORMED,      /* not the key's syntax, or values that no key has (even modulus, e = 1,
                              point off the curve, y out of range, group that is none) */
    SG_KEY_PARAMS_MISSING, /* DSA without parameters, own or inherited */
    SG_KEY_TOO_LARGE,      /* more than the caller's maximum of bits */
    SG_KEY_NO_MEMORY
};

/* A key that can be computed with. Immutable but for what its first use makes ready, so it is for
 * one thread, as the struct sg_crypto is that it was made with. */
struct sg_public_key;

/*
 * CRYPTO must outlive the key: the curves are its.
 * PARAMETERS: the working public key parameters (RFC 5280 6.1.2 (i)) to use where SPKI has none of
 * its own: a whole DSA parameters element, or {NULL,0}. The spans are borrowed: they must outlive
 * the key. *KEY is NULL unless SG_KEY_OK.
 */
SIGNET_MUST_CHECK enum sg_key_check sg_public_key_new(struct sg_crypto *crypto,
                                                      const struct sg_spki *spki,
                                                      struct signet_span parameters,
                                                      size_t max_bits, struct sg_public_key **key);
void sg_public_key_free(struct sg_public_key *key); /* NULL is legal */

/* Bits of the modulus, p, or the curve, with inherited parameters taken in. */
unsigned sg_public_key_bits(const struct sg_public_key *key);

#endif
