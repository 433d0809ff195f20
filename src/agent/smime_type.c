/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/smime_type.h"

/* What smime-type may say of which content type (RFC 8551 3.2.2). */
static const struct {
    const char *word;
    enum sg_oid type;
    bool certs_only;
} smime_types[] = {
    {"signed-data", SG_OID_CT_SIGNED_DATA, false},
    {"certs-only", SG_OID_CT_SIGNED_DATA, true},
    {"signed-receipt", SG_OID_CT_SIGNED_DATA, false},
    {"enveloped-data", SG_OID_CT_ENVELOPED_DATA, false},
    {"authEnveloped-data", SG_OID_CT_AUTH_ENVELOPED_DATA, false},
    {"compressed-data", SG_OID_CT_COMPRESSED_DATA, false},
};

bool sg_smime_type_lies(const struct sg_part *part, enum sg_oid type, bool has_signers)
{
    struct signet_span declared = sg_mime_param_find(&part->type, "smime-type");

    if (declared.ptr == NULL)
        return sg_part_smime(part) == SG_SMIME_SIGNATURE && type != SG_OID_CT_SIGNED_DATA;
    for (size_t i = 0; i < sizeof smime_types / sizeof *smime_types; i++)
        if (sg_span_is_word(declared, smime_types[i].word))
            return smime_types[i].type != type || (smime_types[i].certs_only && has_signers);
    return false; /* a word we do not know says nothing */
}

bool sg_smime_signature_lies(const struct sg_part *second)
{
    enum sg_smime smime = sg_part_smime(second);

    return smime != SG_SMIME_SIGNATURE && smime != SG_SMIME_CMS &&
           !sg_part_is(second, "application", "octet-stream");
}

bool sg_smime_protocol_lies(const struct sg_part *part)
{
    struct signet_span protocol = sg_mime_param_find(&part->type, "protocol");

    return protocol.ptr != NULL && !sg_smime_is_protocol(protocol);
}
