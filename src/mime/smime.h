/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a part claims to be, by its type, parameters and file name (RFC 8551 3.2, 3.5, 3.9). A claim
 * only: what the CMS object inside says decides (C-MIME-5).
 */
#ifndef SG_MIME_SMIME_H
#define SG_MIME_SMIME_H

#include "mime/part.h"

enum sg_smime {
    SG_SMIME_NONE = 0,
    SG_SMIME_MULTIPART, /* multipart/signed, S/MIME by its protocol or by its second part */
    SG_SMIME_CMS,       /* a CMS object of some kind: signed, encrypted, certificates, compressed */
    SG_SMIME_SIGNATURE  /* a CMS object that is a detached signature */
};

/*
 * application/pkcs7-mime and pkcs7-signature with or without "x-" whatever their parameters, and
 * application/octet-stream named *.p7m, .p7c, .p7z or .p7s (C-MIME-1, -3, -4).
 */
enum sg_smime sg_part_smime(const struct sg_part *part);

/* PROTOCOL, the parameter of a multipart/signed, is the type of an S/MIME signature (RFC 1847 2.1).
 */
bool sg_smime_is_protocol(struct signet_span protocol);

/*
 * DIGEST ("sha-256", "md5") is among those that the micalg parameter MICALG names: a list with
 * commas, with spellings such as "sha256", "SHA_256", "rsa-sha256" (RFC 8551 3.5.3.2). Says nothing
 * about a signature.
 */
bool sg_micalg_names(struct signet_span micalg, const char *digest);

#endif
