/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A part's declared type against what its CMS object is: the object decides, a lie is told (RFC
 * 8551 3.2.1).
 */
#ifndef SG_AGENT_SMIME_TYPE_H
#define SG_AGENT_SMIME_TYPE_H

#include "asn1/oid.h"
#include "mime/smime.h"

/* smime-type or the type's name say something else than a CMS object of TYPE, for a SignedData with
 * or without signers. */
bool sg_smime_type_lies(const struct sg_part *part, enum sg_oid type, bool has_signers);

/* SECOND, where a multipart/signed has its signature, says of itself that it is something to be
 * shown: a reader who believes that sees what nobody signed. */
bool sg_smime_signature_lies(const struct sg_part *second);

/* PART, a multipart/signed, names another protocol than that of the signature that it has. */
bool sg_smime_protocol_lies(const struct sg_part *part);

#endif
