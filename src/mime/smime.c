/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/smime.h"

static const struct {
    const char *subtype; /* of application/ */
    enum sg_smime smime;
} types[] = {
    {"pkcs7-mime", SG_SMIME_CMS},
    {"x-pkcs7-mime", SG_SMIME_CMS},
    {"pkcs7-signature", SG_SMIME_SIGNATURE},
    {"x-pkcs7-signature", SG_SMIME_SIGNATURE},
};

static const struct {
    const char *suffix;
    enum sg_smime smime;
} suffixes[] = {
    {".p7m", SG_SMIME_CMS},
    {".p7c", SG_SMIME_CMS},
    {".p7z", SG_SMIME_CMS},
    {".p7s", SG_SMIME_SIGNATURE},
};

static enum sg_smime smime_of_name(struct signet_span name)
{
    name = sg_span_trim(name);
    if (name.len <= 4)
        return SG_SMIME_NONE;
    for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
        if (sg_span_is_word(sg_span_from(name, name.len - 4), suffixes[i].suffix))
            return suffixes[i].smime;
    }
    return SG_SMIME_NONE;
}

static enum sg_smime smime_of_subtype(struct signet_span subtype)
{
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        if (sg_span_is_word(subtype, types[i].subtype))
            return types[i].smime;
    }
    return SG_SMIME_NONE;
}

/* Either name may carry the suffix: gateways rewrite one and forget the other. */
static enum sg_smime smime_of_application(const struct sg_part *part)
{
    if (!sg_part_is(part, "application", "octet-stream"))
        return smime_of_subtype(part->type.subtype);
    enum sg_smime smime = smime_of_name(sg_mime_param_find(&part->disposition, "filename"));
    return smime != SG_SMIME_NONE ? smime : smime_of_name(sg_mime_param_find(&part->type, "name"));
}

bool sg_smime_is_protocol(struct signet_span protocol)
{
    static const char application[] = "application/";
    size_t len = sizeof(application) - 1;
    protocol = sg_span_trim(protocol);
    return sg_span_is_word(sg_span_first(protocol, len), application) &&
           smime_of_subtype(sg_span_from(protocol, len)) != SG_SMIME_NONE;
}

enum sg_smime sg_part_smime(const struct sg_part *part)
{
    if (sg_part_is(part, "application", NULL))
        return smime_of_application(part);
    if (!sg_part_is(part, "multipart", "signed"))
        return SG_SMIME_NONE;
    if (sg_smime_is_protocol(sg_mime_param_find(&part->type, "protocol")))
        return SG_SMIME_MULTIPART;
    if (part->num_children < 2 || !sg_part_is(&part->children[1], "application", NULL))
        return SG_SMIME_NONE;
    enum sg_smime second = smime_of_application(&part->children[1]);
    return second != SG_SMIME_NONE ? SG_SMIME_MULTIPART : SG_SMIME_NONE;
}

static bool is_alphanumeric(uint8_t byte)
{
    uint8_t lower = sg_ascii_lower(byte);
    return (lower >= 'a' && lower <= 'z') || (byte >= '0' && byte <= '9');
}

/* Letters and digits are the same in this order, whatever stands between them. */
static bool is_same_spelling(struct signet_span name, struct signet_span digest)
{
    size_t i = 0, j = 0;
    for (;;) {
        while (i < name.len && !is_alphanumeric(name.ptr[i]))
            i++;
        while (j < digest.len && !is_alphanumeric(digest.ptr[j]))
            j++;
        if (i == name.len || j == digest.len)
            return i == name.len && j == digest.len;
        if (sg_ascii_lower(name.ptr[i++]) != sg_ascii_lower(digest.ptr[j++]))
            return false;
    }
}

bool sg_micalg_names(struct signet_span micalg, const char *digest)
{
    while (micalg.len > 0) {
        const uint8_t *comma = memchr(micalg.ptr, ',', micalg.len);
        size_t len = comma != NULL ? (size_t)(comma - micalg.ptr) : micalg.len;
        struct signet_span name = sg_span_trim(sg_span_first(micalg, len));
        if (name.len > 4 && sg_span_is_word(sg_span_first(name, 3), "rsa"))
            name = sg_span_from(name, 3);
        if (name.len > 0 && is_same_spelling(name, sg_span_text(digest)))
            return true;
        micalg = sg_span_from(micalg, len + 1);
    }
    return false;
}
