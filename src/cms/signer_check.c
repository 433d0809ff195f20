/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/algorithm_protection.h"
#include "cms/capability.h"
#include "cms/key_preference.h"
#include "cms/signer.h"
#include "cms/signing_certificate.h"

enum { MAX_KNOWN_VERSION = 5 };

/* signingTime is a UTCTime in the years 1950 to 2049 (RFC 5652 11.3). */
#define UTC_TIME_FIRST INT64_C(-631152000)
#define UTC_TIME_END   INT64_C(2524608000)

struct check {
    const struct sg_signed_data *signed_data; /* NULL for a countersignature */
    const struct sg_signer_info *signer;
    const struct sg_signer_content *content;
    struct sg_findings *findings;
    bool usable; /* nothing so far makes the signature bad or undecidable whatever the key */
};

static void tell(struct check *check, enum sg_kind kind, const struct signet_param *params)
{
    sg_finding_add(check->findings, kind, sg_at(SIGNET_OBJECT_SIGNER), params);
}

static void fail(struct check *check, enum sg_kind kind, const struct signet_param *params)
{
    tell(check, kind, params);
    check->usable = false;
}

/* A signed attribute that may occur once and with one value. */
struct attribute_rule {
    enum sg_oid type;
    enum sg_kind repeated, values, malformed;
    bool fatal; /* else the attribute is left out of account */
    bool (*valid)(struct signet_span value, struct sg_arena *arena);
};

static bool is_oid(struct signet_span value, struct sg_arena *arena)
{
    (void)arena;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct signet_span octets;
    return sg_der_oid(&der, &octets, "OBJECT IDENTIFIER") && sg_der_end(&der);
}

static bool is_octets(struct signet_span value, struct sg_arena *arena)
{
    (void)arena;
    return value.len > 0 && value.ptr[0] == SG_TAG_OCTET_STRING;
}

static bool is_time(struct signet_span value, struct sg_arena *arena)
{
    (void)arena;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    signet_time time;
    uint32_t tag;
    return sg_der_time(&der, &time, &tag) && sg_der_end(&der);
}

static bool is_capabilities(struct signet_span value, struct sg_arena *arena)
{
    (void)arena;
    struct sg_capabilities capabilities;
    return sg_capabilities_parse(value, &capabilities);
}

static bool is_preference(struct signet_span value, struct sg_arena *arena)
{
    struct sg_certificate_reference reference;
    return sg_key_preference_parse(value, arena, &reference);
}

static bool is_protection(struct signet_span value, struct sg_arena *arena)
{
    (void)arena;
    struct sg_algorithm_protection protection;
    return sg_algorithm_protection_parse(value, &protection) && protection.has_signature &&
           !protection.has_mac;
}

static const struct attribute_rule content_type_rule = {
    SG_OID_AA_CONTENT_TYPE,
    SG_KIND_SIGNER_CONTENT_TYPE_REPEATED,
    SG_KIND_SIGNER_CONTENT_TYPE_VALUES,
    SG_KIND_SIGNER_CONTENT_TYPE_MALFORMED,
    true,
    is_oid,
};

static const struct attribute_rule message_digest_rule = {
    SG_OID_AA_MESSAGE_DIGEST,
    SG_KIND_SIGNER_MESSAGE_DIGEST_REPEATED,
    SG_KIND_SIGNER_MESSAGE_DIGEST_VALUES,
    SG_KIND_SIGNER_MESSAGE_DIGEST_MALFORMED,
    true,
    is_octets,
};

static const struct attribute_rule signing_time_rule = {
    SG_OID_AA_SIGNING_TIME,
    SG_KIND_SIGNER_SIGNING_TIME_REPEATED,
    SG_KIND_SIGNER_SIGNING_TIME_VALUES,
    SG_KIND_SIGNER_SIGNING_TIME_MALFORMED,
    false,
    is_time,
};

static const struct attribute_rule capabilities_rule = {
    SG_OID_AA_SMIME_CAPABILITIES,
    SG_KIND_SIGNER_CAPABILITIES_REPEATED,
    SG_KIND_SIGNER_CAPABILITIES_VALUES,
    SG_KIND_SIGNER_CAPABILITIES_MALFORMED,
    false,
    is_capabilities,
};

static const struct attribute_rule preference_rule = {
    SG_OID_AA_ENCRYPT_KEY_PREF,
    SG_KIND_SIGNER_PREFERENCE_REPEATED,
    SG_KIND_SIGNER_PREFERENCE_VALUES,
    SG_KIND_SIGNER_PREFERENCE_MALFORMED,
    false,
    is_preference,
};

static const struct attribute_rule protection_rule = {
    SG_OID_AA_ALGORITHM_PROTECTION,
    SG_KIND_SIGNER_PROTECTION_REPEATED,
    SG_KIND_SIGNER_PROTECTION_VALUES,
    SG_KIND_SIGNER_PROTECTION_MALFORMED,
    true,
    is_protection,
};

static void object_to(struct check *check, const struct attribute_rule *rule, enum sg_kind kind,
                      size_t count)
{
    const struct signet_param *params = SG_PARAMS(sg_number("count", (int64_t)count));
    if (rule->fatal)
        fail(check, kind, params);
    else
        tell(check, kind, params);
}

/* The value of the signed attribute that RULE is about; {NULL,0} when there is none that counts,
 * and then all but its absence has been told. */
static struct signet_span single_value(struct check *check, const struct attribute_rule *rule)
{
    static const struct signet_span none = {NULL, 0};
    size_t count;
    const struct sg_cms_attribute *attribute =
        sg_cms_attribute_find(&check->signer->signed_attributes, rule->type, &count);
    if (attribute == NULL)
        return none;
    if (count > 1)
        object_to(check, rule, rule->repeated, count);
    if (attribute->num_values != 1)
        object_to(check, rule, rule->values, attribute->num_values);
    if (count > 1 || attribute->num_values != 1)
        return none;
    if (rule->valid(attribute->value, check->findings->arena))
        return attribute->value;
    object_to(check, rule, rule->malformed, 1);
    return none;
}

/* The content octets of an element that has been checked. */
static struct signet_span element_content(struct signet_span element)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(element, &error);
    struct sg_tlv tlv = {0};
    return sg_der_any(&der, &tlv) ? tlv.value : (struct signet_span){NULL, 0};
}

static bool is_absent(const struct check *check, enum sg_oid type)
{
    return sg_cms_attribute_find(&check->signer->signed_attributes, type, NULL) == NULL;
}

/* RFC 5652 5.6, 11.1; in a countersignature there is none (11.4). */
static void check_content_type(struct check *check)
{
    bool absent = is_absent(check, SG_OID_AA_CONTENT_TYPE);
    if (check->content->is_countersignature) {
        if (!absent)
            fail(check, SG_KIND_SIGNER_COUNTERSIGNATURE_TYPE, NULL);
        return;
    }
    if (absent)
        fail(check, SG_KIND_SIGNER_CONTENT_TYPE_MISSING, NULL);
    struct signet_span value = single_value(check, &content_type_rule);
    struct signet_span type = element_content(value);
    if (value.ptr != NULL && !sg_span_equal(type, check->content->type_octets))
        fail(check, SG_KIND_SIGNER_CONTENT_TYPE_DIFFERS,
             SG_PARAMS(sg_oid_param("type", check->content->type_octets),
                       sg_oid_param("signed", type)));
}

/* RFC 5652 5.6, 11.2 */
static void check_message_digest(struct check *check)
{
    if (is_absent(check, SG_OID_AA_MESSAGE_DIGEST))
        fail(check, SG_KIND_SIGNER_MESSAGE_DIGEST_MISSING, NULL);
    struct signet_span value = single_value(check, &message_digest_rule);
    const struct sg_digest_value *digest = check->content->digest;
    if (value.ptr == NULL || digest == NULL)
        return;
    struct signet_span stated = element_content(value);
    struct signet_span computed = sg_span(digest->octets, digest->len);
    if (!sg_span_equal(stated, computed))
        fail(check, SG_KIND_SIGNER_DIGEST_MISMATCH,
             SG_PARAMS(sg_string("digest", sg_digest_name(digest->type)),
                       sg_hex("computed", computed), sg_hex("signed", stated)));
}

/* RFC 5652 11.3. Whatever it says is a claim, so nothing about it is fatal. */
static void check_signing_time(struct check *check)
{
    struct signet_span value = single_value(check, &signing_time_rule);
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    signet_time time;
    uint32_t tag;
    if (value.ptr != NULL && sg_der_time(&der, &time, &tag) && tag == SG_TAG_GENERALIZED_TIME &&
        time >= UTC_TIME_FIRST && time < UTC_TIME_END)
        tell(check, SG_KIND_SIGNER_SIGNING_TIME_FORM, NULL);
}

static void check_protected(struct check *check, enum sg_kind differs,
                            const struct sg_algorithm *stated, const struct sg_algorithm *used)
{
    enum sg_algorithm_match match = sg_algorithm_compare(stated, used);
    if (match == SG_ALGORITHM_DIFFERS)
        fail(check, differs,
             SG_PARAMS(sg_oid_param("signed", stated->oid_octets),
                       sg_oid_param("algorithm", used->oid_octets)));
    else if (match == SG_ALGORITHM_NULL_DIFFERS)
        tell(check, SG_KIND_SIGNER_PROTECTION_NULL, NULL);
}

/* RFC 6211 2 */
static void check_protection(struct check *check)
{
    struct sg_algorithm_protection protection;
    struct signet_span value = single_value(check, &protection_rule);
    if (value.ptr == NULL || !sg_algorithm_protection_parse(value, &protection))
        return;
    check_protected(check, SG_KIND_SIGNER_PROTECTION_DIGEST, &protection.digest,
                    &check->signer->digest_algorithm);
    check_protected(check, SG_KIND_SIGNER_PROTECTION_SIGNATURE, &protection.signature,
                    &check->signer->signature_algorithm);
}

/* Whether the certificate is the right one is sg_signer_ess_match's to say. Here: what of the
 * attribute we leave out of account (RFC 5035 4). */
static void check_signing_certificate(struct check *check, enum sg_oid type, bool v2)
{
    const struct sg_cms_attribute *attribute =
        sg_cms_attribute_find(&check->signer->signed_attributes, type, NULL);
    struct sg_signing_certificate signing_certificate;
    if (attribute == NULL ||
        !sg_signing_certificate_parse(attribute->value, v2, &signing_certificate))
        return;
    if (signing_certificate.policies.ptr != NULL)
        tell(check, SG_KIND_SIGNER_ESS_POLICIES, NULL);

    struct sg_ess_cert_ids walk = sg_ess_cert_ids_begin(&signing_certificate);
    struct sg_ess_cert_id id;
    int64_t count = 0;
    while (sg_ess_cert_ids_next(&walk, &id))
        count++;
    if (count > 1)
        tell(check, SG_KIND_SIGNER_ESS_CHAIN, SG_PARAMS(sg_number("count", count - 1)));
}

static void check_signed_attributes(struct check *check)
{
    const struct sg_signer_info *signer = check->signer;
    check_content_type(check);
    check_message_digest(check);
    check_signing_time(check);
    (void)single_value(check, &capabilities_rule);
    (void)single_value(check, &preference_rule);
    check_protection(check);
    check_signing_certificate(check, SG_OID_AA_SIGNING_CERTIFICATE, false);
    check_signing_certificate(check, SG_OID_AA_SIGNING_CERTIFICATE_V2, true);
    if (!is_absent(check, SG_OID_AA_COUNTERSIGNATURE))
        tell(check, SG_KIND_SIGNER_COUNTERSIGNATURE_SIGNED, NULL);
    if (signer->signed_attributes_ber)
        tell(check, SG_KIND_SIGNER_ATTRIBUTES_BER, NULL);
    if (signer->signed_attributes_sorted.ptr != signer->signed_attributes_der.ptr)
        tell(check, SG_KIND_SIGNER_ATTRIBUTES_ORDER, NULL);
}

/*
 * RFC 5652 5.3: only id-data may be signed bare. Such a signature is over octets that nothing marks
 * as content, so whoever has a message with signed attributes can send these, as DER, for content
 * without any: the old signature verifies (C-SI-6). The reverse, a content in the form of
 * attributes that somebody was brought to sign bare, cannot be told from a true signature here;
 * only signers can refuse it.
 */
static void check_bare_content(struct check *check)
{
    const struct sg_signer_content *content = check->content;
    if (content->is_countersignature)
        return;
    if (content->type != SG_OID_CT_DATA)
        fail(check, SG_KIND_SIGNER_ATTRIBUTES_REQUIRED,
             SG_PARAMS(sg_oid_param("type", content->type_octets)));
    else
        tell(check, SG_KIND_SIGNER_ATTRIBUTES_ABSENT, NULL);
    if (sg_cms_attributes_valid(content->octets))
        fail(check, SG_KIND_SIGNER_CONTENT_IS_ATTRIBUTES, NULL);
}

/* Attributes that count only where the signature covers them. */
static void check_unsigned_attributes(struct check *check)
{
    static const enum sg_oid signed_only[] = {
        SG_OID_AA_CONTENT_TYPE,        SG_OID_AA_MESSAGE_DIGEST,
        SG_OID_AA_SIGNING_TIME,        SG_OID_AA_SMIME_CAPABILITIES,
        SG_OID_AA_ENCRYPT_KEY_PREF,    SG_OID_AA_ALGORITHM_PROTECTION,
        SG_OID_AA_SIGNING_CERTIFICATE, SG_OID_AA_SIGNING_CERTIFICATE_V2,
        SG_OID_AA_MS_ENCRYPT_KEY_PREF,
    };
    for (size_t i = 0; i < sizeof(signed_only) / sizeof(signed_only[0]); i++) {
        if (sg_cms_attribute_find(&check->signer->unsigned_attributes, signed_only[i], NULL) !=
            NULL)
            tell(check, SG_KIND_SIGNER_ATTRIBUTE_UNSIGNED,
                 SG_PARAMS(sg_oid_param("attribute", sg_oid_octets(signed_only[i]))));
    }
}

/* RFC 5652 5.3: 1 with issuerAndSerialNumber, 3 with subjectKeyIdentifier. */
static void check_version(struct check *check)
{
    const struct sg_signer_info *signer = check->signer;
    const struct signet_param *params = SG_PARAMS(sg_number("version", signer->version));
    if (signer->version > MAX_KNOWN_VERSION)
        fail(check, SG_KIND_SIGNER_VERSION_UNKNOWN, params);
    else if (signer->version != (signer->sid.by_key_id ? 3u : 1u))
        tell(check, SG_KIND_SIGNER_VERSION, params);
}

static void check_digest_algorithm(struct check *check)
{
    const struct sg_signer_info *signer = check->signer;
    const struct signet_param *params =
        SG_PARAMS(sg_oid_param("algorithm", signer->digest_algorithm.oid_octets));
    if (signer->digest == SG_DIGEST_NONE || check->content->digest == NULL)
        fail(check, SG_KIND_SIGNER_DIGEST_UNSUPPORTED, params);
    if (check->signed_data != NULL && signer->digest != SG_DIGEST_NONE &&
        (check->signed_data->digests & 1u << signer->digest) == 0)
        tell(check, SG_KIND_SIGNER_DIGEST_UNLISTED, params);
}

/*
 * RFC 8419 3.1 fixes the digest beside EdDSA. The signature is none the worse for another one: it
 * covers the attributes themselves and not a digest of them.
 */
static void check_eddsa_digest(struct check *check)
{
    const struct sg_signer_info *signer = check->signer;
    enum sg_digest_type prescribed =
        signer->signature_algorithm.oid == SG_OID_ED25519 ? SG_DIGEST_SHA512 : SG_DIGEST_SHAKE256;
    if (signer->has_signed_attributes && signer->digest != SG_DIGEST_NONE &&
        signer->digest != prescribed)
        tell(check, SG_KIND_SIGNER_EDDSA_DIGEST,
             SG_PARAMS(sg_string("digest", sg_digest_name(signer->digest)),
                       sg_oid_param("algorithm", signer->signature_algorithm.oid_octets)));
}

/*
 * RFC 5652 5.4 takes one digest algorithm, that of digestAlgorithm, for content and attributes; RFC
 * 8933 3 says so in so many words, and that signatures with two of them are to be held invalid. A
 * signature algorithm that names a digest of its own must therefore name the same one. Readers that
 * take either of the two in silence differ in what they accept, and a weak digest can hide beside a
 * strong one.
 */
static void check_signature_algorithm(struct check *check)
{
    const struct sg_signer_info *signer = check->signer;
    struct signet_param named = sg_oid_param("algorithm", signer->signature_algorithm.oid_octets);
    struct sg_signature_algorithm algorithm;
    struct signet_parse_error error = {0};
    bool differs = false;
    if (!sg_signature_algorithm_parse_cms(&signer->signature_algorithm, signer->digest, &algorithm,
                                          &differs, &error)) {
        fail(check, SG_KIND_SIGNER_SIGNATURE_PARAMETERS,
             SG_PARAMS(named, sg_string("expected", error.expected)));
        return;
    }
    if (algorithm.scheme == SG_SCHEME_UNKNOWN)
        fail(check, SG_KIND_SIGNER_SIGNATURE_UNSUPPORTED, SG_PARAMS(named));
    if (algorithm.scheme == SG_SCHEME_UNSIGNED)
        fail(check, SG_KIND_SIGNER_UNSIGNED, NULL);
    if (algorithm.scheme == SG_SCHEME_EDDSA)
        check_eddsa_digest(check);
    if (differs && signer->digest != SG_DIGEST_NONE)
        fail(check, SG_KIND_SIGNER_DIGESTS_DIFFER,
             SG_PARAMS(named, sg_string("digest", sg_digest_name(signer->digest))));
}

bool sg_signer_check(const struct sg_signed_data *signed_data, const struct sg_signer_info *signer,
                     const struct sg_signer_content *content, struct sg_findings *findings)
{
    struct check check = {signed_data, signer, content, findings, true};
    if (signer->malformed) {
        fail(&check, SG_KIND_SIGNER_MALFORMED,
             SG_PARAMS(sg_string("expected", signer->error.expected),
                       sg_number("offset", (int64_t)signer->error.offset)));
        return false;
    }
    check_version(&check);
    check_digest_algorithm(&check);
    check_signature_algorithm(&check);
    if (signer->has_signed_attributes)
        check_signed_attributes(&check);
    else
        check_bare_content(&check);
    check_unsigned_attributes(&check);
    if (findings->arena->failed)
        findings->failed = true;
    return check.usable;
}
