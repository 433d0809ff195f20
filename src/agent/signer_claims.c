/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/signer_claims.h"

#include "cms/capability.h"
#include "cms/key_preference.h"

/* The value of the one attribute of TYPE with one value, as it must be; {NULL,0} for none. */
static struct signet_span find_value(const struct sg_signer_info *signer, enum sg_oid type)
{
    size_t count;
    const struct sg_cms_attribute *attribute =
        sg_cms_attribute_find(&signer->signed_attributes, type, &count);
    return attribute != NULL && count == 1 && attribute->num_values == 1 ? attribute->value
                                                                         : sg_span(NULL, 0);
}

static void read_capabilities(const struct sg_signer_info *signer, struct signet_signer *out)
{
    struct signet_span value = find_value(signer, SG_OID_AA_SMIME_CAPABILITIES);
    struct sg_capabilities capabilities;
    if (value.ptr != NULL && sg_capabilities_parse(value, &capabilities))
        out->capabilities = value;
}

/* Which form the preference has; the standard's goes before Microsoft's. */
static const struct {
    enum sg_oid type;
    bool (*parse)(struct signet_span value, struct sg_arena *arena,
                  struct sg_certificate_reference *out);
} preferences[] = {
    {SG_OID_AA_ENCRYPT_KEY_PREF, sg_key_preference_parse},
    {SG_OID_AA_MS_ENCRYPT_KEY_PREF, sg_key_preference_parse_microsoft},
};

static bool read_preference(const struct sg_signer_info *signer, struct sg_arena *arena,
                            struct sg_certificate_reference *out)
{
    for (size_t i = 0; i < sizeof(preferences) / sizeof(preferences[0]); i++) {
        struct signet_span value = find_value(signer, preferences[i].type);
        if (value.ptr != NULL)
            return preferences[i].parse(value, arena, out);
    }
    return false;
}

/* The certificate that WANTED names among those of the pool itself; NULL for none. */
static const struct signet_certificate *find(struct sg_judgement *judgement,
                                             const struct sg_certificate_reference *wanted)
{
    const struct signet_pool *pool = judgement->pool;
    const struct signet_certificate *certificate;
    struct sg_pool_cursor cursor = wanted->by_key_id
                                       ? sg_pool_key_ids(pool, wanted->key_id)
                                       : sg_pool_issued_as(pool, &wanted->issuer, wanted->serial);
    while ((certificate = wanted->by_key_id ? sg_pool_key_id_next(&cursor)
                                            : sg_pool_issued_next(&cursor)) != NULL) {
        if (cursor.pool != pool)
            return NULL;
        if (sg_reference_matches(judgement->crypto, wanted, certificate))
            return certificate;
    }
    judgement->arena->failed |= cursor.failed;
    return NULL;
}

bool sg_signer_claims_read(struct sg_judgement *judgement, const struct sg_signer_info *signer,
                           struct signet_signer *out)
{
    struct sg_certificate_reference wanted;
    if (signer->malformed)
        return true;
    read_capabilities(signer, out);
    if (read_preference(signer, judgement->arena, &wanted))
        out->encryption_certificate = find(judgement, &wanted);
    return !judgement->arena->failed;
}
