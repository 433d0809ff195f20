/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/duty.h"

#include "asn1/oid.h"

/* Bits of which one must be there for a purpose, when keyUsage is present; absent presumes all (RFC
 * 3850 4.4.2, E-10). */
static uint16_t purpose_bits(enum signet_purpose purpose)
{
    static const uint16_t bits[] = {
        [SIGNET_PURPOSE_SIGN] = SG_KU_DIGITAL_SIGNATURE | SG_KU_NON_REPUDIATION,
        [SIGNET_PURPOSE_ENCRYPT] = SG_KU_KEY_ENCIPHERMENT | SG_KU_KEY_AGREEMENT,
        [SIGNET_PURPOSE_ANY] = 0,
    };

    return bits[purpose];
}

static void check_key_usage(const struct signet_certificate *end_entity,
                            const struct signet_policy *policy, struct sg_findings *findings)
{
    uint16_t wanted = purpose_bits(policy->purpose);

    if (!end_entity->has_key_usage)
        return;
    if (wanted != 0 && (end_entity->key_usage & wanted) == 0)
        sg_finding_add(findings,
                       policy->purpose == SIGNET_PURPOSE_SIGN ? SG_KIND_KU_NOT_FOR_SIGNING
                                                              : SG_KIND_KU_NOT_FOR_ENCRYPTION,
                       sg_at_certificate(0), NULL);
    else if (policy->require_nonrepudiation && policy->purpose == SIGNET_PURPOSE_SIGN &&
             (end_entity->key_usage & SG_KU_NON_REPUDIATION) == 0)
        sg_finding_add(findings, SG_KIND_KU_NO_NONREPUDIATION, sg_at_certificate(0), NULL);
}

static void check_required_eku(const struct signet_certificate *end_entity, const char *required,
                               struct sg_findings *findings)
{
    uint8_t octets[64];
    size_t len = sg_oid_from_dotted(required, octets, sizeof octets);

    if (!end_entity->has_eku || !sg_certificate_has_eku(end_entity, sg_span(octets, len)))
        sg_finding_add(findings, SG_KIND_EKU_REQUIRED_ABSENT, sg_at_certificate(0),
                       SG_PARAMS(sg_oid_param("oid", sg_span(octets, len))));
}

static void check_eku(const struct signet_certificate *end_entity,
                      const struct signet_policy *policy, struct sg_findings *findings)
{
    const unsigned mail = SG_EKU_EMAIL_PROTECTION | SG_EKU_ANY;

    if (policy->purpose != SIGNET_PURPOSE_ANY && end_entity->has_eku &&
        (end_entity->eku & mail) == 0)
        sg_finding_add(findings, SG_KIND_EKU_NOT_FOR_MAIL, sg_at_certificate(0), NULL);
    if (policy->require_eku != NULL)
        check_required_eku(end_entity, policy->require_eku, findings);
}

static void check_ca_eku(const struct sg_path *path, struct sg_findings *findings)
{
    const unsigned mail = SG_EKU_EMAIL_PROTECTION | SG_EKU_ANY;

    for (size_t i = 1; i < path->num; i++)
        if (path->certificates[i]->has_eku && (path->certificates[i]->eku & mail) == 0)
            sg_finding_add(findings, SG_KIND_CA_EKU_NOT_FOR_MAIL, sg_at_certificate(i), NULL);
}

void sg_duty_check(const struct sg_path *path, const struct signet_policy *policy,
                   struct sg_findings *findings)
{
    check_key_usage(path->certificates[0], policy, findings);
    check_eku(path->certificates[0], policy, findings);
    if (policy->purpose != SIGNET_PURPOSE_ANY)
        check_ca_eku(path, findings);
}
