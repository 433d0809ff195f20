/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Writing RecipientInfos (RFC 5652 6.2): key transport to RSA keys, key agreement with an ephemeral
 * key to DH, EC, X25519 and X448 keys.
 */
#ifndef SG_CMS_RECIPIENT_WRITE_H
#define SG_CMS_RECIPIENT_WRITE_H

#include "crypto/cipher.h"
#include "crypto/key_transport.h"
#include "x509/certificate.h"

struct sg_new_recipient {
    const struct signet_certificate *certificate;
    bool
        by_key_id; /* by its subjectKeyIdentifier, when it has one, in place of issuer and serial */
    struct sg_key_transport transport; /* for an RSA key */
};

/* A key of its kind can be encrypted to here. */
bool sg_recipient_can(const struct sg_spki *spki);

/* Appends the RecipientInfo that has KEY, of a cipher of KIND. *VERSION is its version, 0, 2 or 3.
 * SG_KEY_CANNOT: not with this certificate's key. */
SIGNET_MUST_CHECK enum sg_key_answer
sg_recipient_put(struct sg_key_library *library, struct sg_crypto *crypto,
                 const struct sg_new_recipient *recipient, const struct sg_cipher_kind *kind,
                 struct signet_span key, struct sg_buffer *der, uint32_t *version);

#endif
