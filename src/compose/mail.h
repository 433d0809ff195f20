/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Mail with a CMS object in it: multipart/signed (RFC 1847 2.1, RFC 8551 3.5.3) and
 * application/pkcs7-mime (RFC 8551 3.2 to 3.6, 3.8).
 */
#ifndef SG_COMPOSE_MAIL_H
#define SG_COMPOSE_MAIL_H

#include "compose/content.h"
#include "compose/encode.h"
#include "compose/separator.h"

/* What an application/pkcs7-mime part holds (RFC 8551 3.2.2). */
enum sg_mail_kind {
    SG_MAIL_SIGNED = 0, /* smime.p7m */
    SG_MAIL_ENVELOPED,
    SG_MAIL_AUTH_ENVELOPED,
    SG_MAIL_CERTIFICATES, /* smime.p7c */
    SG_MAIL_COMPRESSED    /* smime.p7z */
};

/* The value of the smime-type parameter, such as "signed-data". */
const char *sg_mail_kind_name(enum sg_mail_kind kind);

/*
 * CONTENT with a detached signature. MICALG names the digests as RFC 8551 3.5.3.2 does ("sha-256",
 * several with commas); SEPARATOR is from sg_separator_choose; SIGNATURE is DER. The header fields
 * outside come first. SIGNET_ERR_ARGUMENT for a MICALG that is none.
 */
SIGNET_MUST_CHECK enum signet_status
sg_mail_write_signed(const struct sg_content *content, bool without_bcc, const char *micalg,
                     const char *separator, struct signet_span signature, struct sg_writer *writer,
                     struct sg_compose_error *error);

/*
 * A mail that is one CMS object: header fields and the part's header. The object's DER, in as many
 * pieces as the caller likes, then goes into *BASE64, which sg_base64_end ends: so an object of any
 * size needs no memory. CONTENT NULL: only the part's header, for a mail whose other fields the
 * caller has written.
 */
void sg_mail_begin_cms(const struct sg_content *content, bool without_bcc, enum sg_mail_kind kind,
                       struct sg_writer *writer, struct sg_base64 *base64);

#endif
