/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Opening EnvelopedData and AuthEnvelopedData with one's own keys.
 *
 * Whoever can make us open messages and see how that ends must learn nothing by it. Which key a
 * recipient information names, and whether its algorithms are known, is public and told. From there
 * on there is one outcome: what is no key (wrong padding, a wrap that does not check) is taken as
 * another key of the same length, the whole content is decrypted, and it fails at the end, for a
 * wrong tag as for wrong padding (Bleichenbacher, Manger, Vaudenay; RFC 3218).
 *
 * What authentication gives: of AuthEnvelopedData nothing is handed out unless its tag is right, so
 * it is what somebody with the key has made. What CBC cannot: its ciphertext can be changed in a
 * way that changes what comes out as the changer likes (EFAIL). No check of padding or syntax helps
 * against that; only a signature inside does. So the caller is told that it was such a cipher, and
 * tells the reader.
 */
#ifndef SG_CMS_ENVELOPED_DATA_OPEN_H
#define SG_CMS_ENVELOPED_DATA_OPEN_H

#include "cms/enveloped_data.h"
#include "crypto/cipher.h"

struct sg_opener_key {
    const struct signet_certificate *certificate; /* NULL: only the key is left */
    const struct signet_key *key;                 /* NULL: not at hand yet */
};

enum sg_open_result {
    SG_OPEN_DONE = 0,
    SG_OPEN_NOT_FOR_US,      /* no recipient information names one of the keys */
    SG_OPEN_KEY_UNSUPPORTED, /* one does, by an algorithm that is not known, or not for that key */
    SG_OPEN_CONTENT_UNSUPPORTED, /* the content's cipher is not known, or its parameters are none */
    SG_OPEN_NO_CONTENT,          /* it has none: detached, which is not for mail */
    SG_OPEN_NO_ORIGINATOR, /* the sender's static key is not at hand, or may not be used for this */
    SG_OPEN_KEY_DENIED,    /* whoever holds the key did not let it be used */
    SG_OPEN_FAILED         /* any of the things that must not be told apart */
};

struct sg_opening_keys {
    const struct sg_opener_key *keys;
    size_t num_keys;
    /* The key at INDEX, which has none but is named; NULL: it cannot be had. May be NULL. */
    const struct signet_key *(*unlock)(void *context, size_t index);
    /* The certificate of a sender with a static key that REFERENCE names, when it may be used to
     * decrypt (RFC 2632 4.4.2.1); NULL: none. */
    const struct signet_certificate *(*originator)(
        void *context, const struct sg_certificate_reference *reference);
    void *context;
};

struct sg_opened {
    struct sg_secret plain;          /* empty unless SG_OPEN_DONE; sg_secret_free */
    struct sg_cipher cipher;         /* kind NULL when not known */
    const struct sg_opener_key *key; /* that is named, or opened it; NULL */
    bool by_pkcs1;                   /* RSAES-PKCS1-v1_5 */
};

/* SIGNET_ERR_MEMORY; else SIGNET_OK and *RESULT. */
SIGNET_MUST_CHECK enum signet_status sg_enveloped_data_open(struct sg_crypto *crypto,
                                                            const struct sg_enveloped_data *data,
                                                            const struct sg_opening_keys *keys,
                                                            struct sg_opened *opened,
                                                            enum sg_open_result *result);

#endif
