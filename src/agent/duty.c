/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/duty.h"

#include "asn1/oid.h"

/* What a kind of key can do at all (B-ALG-6), and which keyUsage bits make sense for it (RFC
 * 3279 2.3, RFC 5480 3, RFC 8410 5). */
enum key_ability { CAN_SIGN = 1u << 0, CAN_TRANSPORT = 1u << 1, CAN_AGREE = 1u << 2 };

#define SIGNING_BITS                                                                               \
    (SG_KU_DIGITAL_SIGNATURE | SG_KU_NON_REPUDIATION | SG_KU_KEY_CERT_SIGN | SG_KU_CRL_SIGN)
#define TRANSPORT_BITS (SG_KU_KEY_ENCIPHERMENT | SG_KU_DATA_ENCIPHERMENT)
#define AGREEMENT_BITS (SG_KU_KEY_AGREEMENT | SG_KU_ENCIPHER_ONLY | SG_KU_DECIPHER_ONLY)

static unsigned abilities_of(enum sg_key_type type)
{
    static const unsigned abilities[SG_NUM_KEY_TYPES] = {
        [SG_KEY_UNKNOWN] = CAN_SIGN | CAN_TRANSPORT | CAN_AGREE, /* nobody knows */
        [SG_KEY_RSA] = CAN_SIGN | CAN_TRANSPORT,
        [SG_KEY_RSA_PSS] = CAN_SIGN,
        [SG_KEY_DSA] = CAN_SIGN,
        [SG_KEY_EC] = CAN_SIGN | CAN_AGREE,
        [SG_KEY_ED25519] = CAN_SIGN,
        [SG_KEY_ED448] = CAN_SIGN,
        [SG_KEY_DH] = CAN_AGREE,
        [SG_KEY_X25519] = CAN_AGREE,
        [SG_KEY_X448] = CAN_AGREE,
    };

    return abilities[type];
}

static uint16_t bits_of(unsigned abilities)
{
    return (uint16_t)(((abilities & CAN_SIGN) != 0 ? SIGNING_BITS : 0) |
                      ((abilities & CAN_TRANSPORT) != 0 ? TRANSPORT_BITS : 0) |
                      ((abilities & CAN_AGREE) != 0 ? AGREEMENT_BITS : 0));
}

/*
 * May the other side's key form a key with ours? RFC 2632 4.4.2.1: to encrypt to it its
 * decipherOnly must be 0, to decrypt with it its encipherOnly; both set, or either without
 * keyAgreement, is undefined and refused (E-17).
 */
static bool agreement_allowed(uint16_t usage, enum signet_purpose purpose)
{
    uint16_t forbidding =
        purpose == SIGNET_PURPOSE_DECRYPT ? SG_KU_ENCIPHER_ONLY : SG_KU_DECIPHER_ONLY;
    uint16_t both = SG_KU_ENCIPHER_ONLY | SG_KU_DECIPHER_ONLY;

    return (usage & SG_KU_KEY_AGREEMENT) != 0 && (usage & forbidding) == 0 &&
           (usage & both) != both;
}

/* keyUsage absent presumes every bit (RFC 3850 4.4.2, E-10). */
static bool encryption_allowed(const struct signet_certificate *certificate, unsigned abilities,
                               enum signet_purpose purpose)
{
    if (!certificate->has_key_usage)
        return (abilities & (CAN_TRANSPORT | CAN_AGREE)) != 0;
    if ((abilities & CAN_TRANSPORT) != 0 && purpose == SIGNET_PURPOSE_ENCRYPT &&
        (certificate->key_usage & SG_KU_KEY_ENCIPHERMENT) != 0)
        return true;
    return (abilities & CAN_AGREE) != 0 && agreement_allowed(certificate->key_usage, purpose);
}

static bool signing_allowed(const struct signet_certificate *certificate, unsigned abilities)
{
    const uint16_t wanted = SG_KU_DIGITAL_SIGNATURE | SG_KU_NON_REPUDIATION;

    return (abilities & CAN_SIGN) != 0 &&
           (!certificate->has_key_usage || (certificate->key_usage & wanted) != 0);
}

static void check_signing(const struct signet_certificate *end_entity,
                          const struct signet_policy *policy, unsigned abilities,
                          struct sg_findings *findings)
{
    if ((abilities & CAN_SIGN) == 0)
        sg_finding_add(findings, SG_KIND_KEY_CANNOT_SIGN, sg_at_certificate(0),
                       SG_PARAMS(sg_string("key", sg_key_type_name(end_entity->spki.type))));
    else if (!signing_allowed(end_entity, abilities))
        sg_finding_add(findings, SG_KIND_KU_NOT_FOR_SIGNING, sg_at_certificate(0), NULL);
    else if (policy->require_nonrepudiation && end_entity->has_key_usage &&
             (end_entity->key_usage & SG_KU_NON_REPUDIATION) == 0)
        sg_finding_add(findings, SG_KIND_KU_NO_NONREPUDIATION, sg_at_certificate(0), NULL);
}

static void check_encryption(const struct signet_certificate *end_entity,
                             const struct signet_policy *policy, unsigned abilities,
                             struct sg_findings *findings)
{
    if (end_entity->spki.type == SG_KEY_UNKNOWN)
        sg_finding_add(findings, SG_KIND_EE_KEY_UNSUPPORTED, sg_at_certificate(0), NULL);
    if ((abilities & (CAN_TRANSPORT | CAN_AGREE)) == 0)
        sg_finding_add(findings, SG_KIND_KEY_CANNOT_ENCRYPT, sg_at_certificate(0),
                       SG_PARAMS(sg_string("key", sg_key_type_name(end_entity->spki.type))));
    else if (!encryption_allowed(end_entity, abilities, policy->purpose))
        sg_finding_add(findings,
                       policy->purpose == SIGNET_PURPOSE_DECRYPT ? SG_KIND_KU_NOT_FOR_DECRYPTION
                                                                 : SG_KIND_KU_NOT_FOR_ENCRYPTION,
                       sg_at_certificate(0), NULL);
}

static void check_key_usage(const struct signet_certificate *end_entity,
                            const struct signet_policy *policy, struct sg_findings *findings)
{
    unsigned abilities = abilities_of(end_entity->spki.type);

    if (end_entity->has_key_usage && (end_entity->key_usage & ~bits_of(abilities)) != 0)
        sg_finding_add(findings, SG_KIND_KU_ODD_FOR_KEY, sg_at_certificate(0),
                       SG_PARAMS(sg_string("key", sg_key_type_name(end_entity->spki.type))));
    if (policy->purpose == SIGNET_PURPOSE_SIGN)
        check_signing(end_entity, policy, abilities, findings);
    else if (policy->purpose != SIGNET_PURPOSE_ANY)
        check_encryption(end_entity, policy, abilities, findings);
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

void sg_duty_check(const struct sg_path *path, const struct signet_policy *policy,
                   struct sg_findings *findings)
{
    check_key_usage(path->certificates[0], policy, findings);
    check_eku(path->certificates[0], policy, findings);
}
