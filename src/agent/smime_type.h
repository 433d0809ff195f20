/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Which MIME parts may hold CMS objects (RFC 8551 3.2, 3.9 and the forms in the field). The
 * declared type only tells where to look: the CMS content type decides what it is.
 */
#ifndef SG_AGENT_SMIME_TYPE_H
#define SG_AGENT_SMIME_TYPE_H

#include "asn1/oid.h"
#include "mime/part.h"

/* application/(x-)pkcs7-mime, (x-)pkcs7-signature, or octet-stream named .p7m, .p7s, .p7c, .p7z. */
bool sg_smime_part_is_cms(const struct sg_part *part);

/* multipart/signed whose protocol is (x-)pkcs7-signature, or that has no protocol and a second part
 * of that kind. */
bool sg_smime_part_is_clear_signed(const struct sg_part *part);

/* smime-type, suffix or type name say something else than an object of TYPE (with CONTENT and
 * SIGNERS for a SignedData). */
bool sg_smime_type_lies(const struct sg_part *part, enum sg_oid type, bool has_signers);

/* MICALG (a list) names the digest with this OID; unknown words name none. */
bool sg_smime_micalg_names(struct signet_span micalg, enum sg_oid digest);

#endif
