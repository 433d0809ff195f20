/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/smime_type.h"

static bool ends_with(struct signet_span text, const char *suffix)
{
    size_t len = strlen(suffix);

    return text.len >= len && sg_span_is_word(sg_span_from(text, text.len - len), suffix);
}

static bool is_application(const struct sg_part *part, const char *const *subtypes)
{
    for (; *subtypes != NULL; subtypes++)
        if (sg_part_is(part, "application", *subtypes))
            return true;
    return false;
}

static bool is_signature_type(const struct sg_part *part)
{
    static const char *const subtypes[] = {"pkcs7-signature", "x-pkcs7-signature", NULL};

    return is_application(part, subtypes);
}

bool sg_smime_part_is_cms(const struct sg_part *part)
{
    static const char *const subtypes[] = {"pkcs7-mime", "x-pkcs7-mime", NULL};
    static const char *const suffixes[] = {".p7m", ".p7s", ".p7c", ".p7z"};
    struct signet_span name;

    if (is_application(part, subtypes) || is_signature_type(part))
        return true;
    if (!sg_part_is(part, "application", "octet-stream"))
        return false;
    name = sg_part_filename(part);
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (ends_with(name, suffixes[i]))
            return true;
    return false;
}

bool sg_smime_part_is_clear_signed(const struct sg_part *part)
{
    struct signet_span protocol = sg_mime_param_find(&part->type, "protocol");

    if (!sg_part_is(part, "multipart", "signed"))
        return false;
    if (sg_span_is_word(protocol, "application/pkcs7-signature") ||
        sg_span_is_word(protocol, "application/x-pkcs7-signature"))
        return true;
    /* A protocol that is missing or of S/MIME's other names: the second part tells. */
    return part->num_children >= 2 && sg_smime_part_is_cms(&part->children[1]) &&
           (protocol.ptr == NULL || sg_span_is_word(protocol, "application/pkcs7-mime") ||
            sg_span_is_word(protocol, "application/x-pkcs7-mime"));
}

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
        return is_signature_type(part) && type != SG_OID_CT_SIGNED_DATA;
    for (size_t i = 0; i < sizeof smime_types / sizeof *smime_types; i++)
        if (sg_span_is_word(declared, smime_types[i].word))
            return smime_types[i].type != type || (smime_types[i].certs_only && has_signers);
    return false; /* a word we do not know says nothing */
}

static const struct {
    const char *word;
    enum sg_oid digest;
} micalgs[] = {
    {"md2", SG_OID_MD2},          {"rsamd2", SG_OID_MD2},        {"md5", SG_OID_MD5},
    {"rsamd5", SG_OID_MD5},       {"sha1", SG_OID_SHA1},         {"rsasha1", SG_OID_SHA1},
    {"dsasha1", SG_OID_SHA1},     {"sha224", SG_OID_SHA224},     {"sha256", SG_OID_SHA256},
    {"rsasha256", SG_OID_SHA256}, {"sha2256", SG_OID_SHA256},    {"sha384", SG_OID_SHA384},
    {"sha512", SG_OID_SHA512},    {"shake256", SG_OID_SHAKE256}, {"sha3256", SG_OID_SHA3_256},
    {"sha3384", SG_OID_SHA3_384}, {"sha3512", SG_OID_SHA3_512},  {"ripemd160", SG_OID_RIPEMD160},
    {"rmd160", SG_OID_RIPEMD160},
};

/* Spellings differ in case and hyphens only: both are dropped. */
static bool is_micalg(struct signet_span word, const char *known)
{
    size_t k = 0;

    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '-' || word.ptr[i] == '_')
            continue;
        if (known[k] == '\0' || sg_ascii_lower(word.ptr[i]) != (uint8_t)known[k])
            return false;
        k++;
    }
    return known[k] == '\0';
}

static bool word_names(struct signet_span word, enum sg_oid digest)
{
    for (size_t i = 0; i < sizeof micalgs / sizeof *micalgs; i++)
        if (micalgs[i].digest == digest && is_micalg(word, micalgs[i].word))
            return true;
    return false;
}

bool sg_smime_micalg_names(struct signet_span micalg, enum sg_oid digest)
{
    while (micalg.len > 0) {
        const uint8_t *comma = memchr(micalg.ptr, ',', micalg.len);
        size_t len = comma == NULL ? micalg.len : (size_t)(comma - micalg.ptr);

        if (word_names(sg_span_trim(sg_span_first(micalg, len)), digest))
            return true;
        micalg = sg_span_from(micalg, len + 1);
    }
    return false;
}
