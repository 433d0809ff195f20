/* SPDX-License-Identifier: Apache-2.0 */
#include "finding/kind.h"

/* clang-format off */
static const struct sg_kind_row kinds[SG_NUM_KINDS] = {
#define KIND(name, code, rule, text) \
    [SG_KIND_##name] = {SIGNET_CODE_##code, rule, text, false, {SIGNET_VERDICT_NONE}},
#define KIND_AS(name, code, normal, strict, legacy, rule, text) \
    [SG_KIND_##name] = {SIGNET_CODE_##code, rule, text, true, \
                        {SIGNET_VERDICT_##normal, SIGNET_VERDICT_##strict, SIGNET_VERDICT_##legacy}},
#include "finding/kinds.def"
#undef KIND
#undef KIND_AS
};
/* clang-format on */

static const struct {
    const char *name;
    const char *meaning;
    const char *advice;
    enum signet_verdict effects[SIGNET_NUM_PROFILES];
} codes[SIGNET_NUM_CODES] = {
#define CODE(name, normal, strict, legacy, meaning, advice)                                        \
    {#name,                                                                                        \
     meaning,                                                                                      \
     advice,                                                                                       \
     {SIGNET_VERDICT_##normal, SIGNET_VERDICT_##strict, SIGNET_VERDICT_##legacy}},
#include "signet/codes.def"
#undef CODE
};

static bool is_code(enum signet_code code)
{
    return (size_t)code < SIGNET_NUM_CODES;
}

const char *signet_code_name(enum signet_code code)
{
    return is_code(code) ? codes[code].name : "UNKNOWN";
}

const char *signet_code_meaning(enum signet_code code)
{
    return is_code(code) ? codes[code].meaning : "no such code";
}

const char *signet_code_advice(enum signet_code code)
{
    return is_code(code) ? codes[code].advice : NULL;
}

const struct sg_kind_row *sg_kind_get(enum sg_kind kind)
{
    return &kinds[kind];
}

/* E-27: in mode "prefer" a status that could not be determined is told, not held against the path.
 */
static bool is_preference(enum signet_code code, const struct signet_policy *policy)
{
    return policy->revocation == SIGNET_REVOCATION_PREFER &&
           (code == SIGNET_CODE_REV_UNAVAILABLE || code == SIGNET_CODE_CRL_INVALID ||
            code == SIGNET_CODE_CRL_EXPIRED);
}

enum signet_verdict sg_kind_effect(enum sg_kind kind, const struct signet_policy *policy)
{
    const struct sg_kind_row *row = &kinds[kind];
    size_t profile =
        (size_t)policy->profile < SIGNET_NUM_PROFILES ? policy->profile : SIGNET_PROFILE_DEFAULT;
    enum signet_verdict effect =
        row->own_effects ? row->effects[profile] : codes[row->code].effects[profile];
    if (effect == SIGNET_VERDICT_UNKNOWN && is_preference(row->code, policy))
        return SIGNET_VERDICT_WARN;
    return effect;
}
