/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/certificate_facts.h"

#include "x509/policy_extensions.h"
#include "x509/walk.h"

#include <stdlib.h>

static void note(struct signet_certificate *certificate, enum sg_kind kind,
                 const struct sg_extension *extension)
{
    const struct sg_note added = {
        .kind = kind, .offset = extension->offset, .oid = extension->oid_octets};
    sg_notes_add(&certificate->notes, &added);
}

/* For what concerns a field or the whole, at its first octet. */
static void note_at(struct signet_certificate *certificate, enum sg_kind kind,
                    struct signet_span field)
{
    size_t offset = field.ptr != NULL ? (size_t)(field.ptr - certificate->der.ptr) : 0;
    sg_notes_add(&certificate->notes, &(struct sg_note){.kind = kind, .offset = offset});
}

static bool take_basic_constraints(struct signet_certificate *certificate,
                                   const struct sg_extension *extension, struct sg_der *value)
{
    struct sg_basic_constraints constraints;
    if (!sg_basic_constraints_parse(value, &constraints))
        return false;
    certificate->has_basic_constraints = true;
    certificate->is_ca = constraints.is_ca;
    certificate->path_len = constraints.path_len;
    if (constraints.default_spelled)
        note(certificate, SG_KIND_CERT_EXTENSION_DEFAULT, extension);
    if (constraints.is_ca && !extension->critical)
        note(certificate, SG_KIND_CERT_BASIC_CONSTRAINTS_NOT_CRITICAL, extension);
    return true;
}

static bool take_key_usage(struct signet_certificate *certificate,
                           const struct sg_extension *extension, struct sg_der *value)
{
    struct sg_key_usage_bits usage;
    if (!sg_key_usage_parse(value, &usage))
        return false;
    certificate->has_key_usage = true;
    certificate->key_usage = usage.bits;
    if (usage.bits == 0)
        note(certificate, SG_KIND_CERT_KEY_USAGE_EMPTY, extension);
    if (usage.trailing_zeros)
        note(certificate, SG_KIND_CERT_KEY_USAGE_TRAILING, extension);
    return true;
}

static unsigned purpose_of(enum sg_oid oid)
{
    if (oid == SG_OID_KP_EMAIL_PROTECTION)
        return SG_EKU_EMAIL_PROTECTION;
    return oid == SG_OID_ANY_EXTENDED_KEY_USAGE ? SG_EKU_ANY : SG_EKU_OTHER;
}

static bool take_ext_key_usage(struct signet_certificate *certificate,
                               const struct sg_extension *extension, struct sg_der *value)
{
    (void)extension;
    if (!sg_ext_key_usage_parse(value, &certificate->eku_value))
        return false;
    certificate->has_eku = true;
    struct signet_span rest = certificate->eku_value;
    struct sg_tlv purpose;
    while (sg_walk(&rest, &purpose))
        certificate->eku |= purpose_of(sg_oid_find(purpose.value));
    return true;
}

static bool take_subject_key_identifier(struct signet_certificate *certificate,
                                        const struct sg_extension *extension, struct sg_der *value)
{
    (void)extension;
    return sg_subject_key_identifier_parse(value, &certificate->ski);
}

static bool take_authority_key_identifier(struct signet_certificate *certificate,
                                          const struct sg_extension *extension,
                                          struct sg_der *value)
{
    if (!sg_authority_key_identifier_parse(value, &certificate->aki))
        return false;
    if ((certificate->aki.issuer.ptr == NULL) != (certificate->aki.serial.ptr == NULL))
        note(certificate, SG_KIND_CERT_AKI_HALF, extension);
    return true;
}

static bool take_subject_alt_name(struct signet_certificate *certificate,
                                  const struct sg_extension *extension, struct sg_der *value)
{
    if (!sg_alt_name_parse(value, &certificate->subject_alt_name))
        return false;
    certificate->subject_alt_name_critical = extension->critical;
    return true;
}

static bool take_policy_constraints(struct signet_certificate *certificate,
                                    const struct sg_extension *extension, struct sg_der *value)
{
    (void)extension;
    struct sg_policy_constraints constraints;
    if (!sg_policy_constraints_parse(value, &constraints))
        return false;
    certificate->require_explicit_policy = constraints.require_explicit_policy;
    certificate->inhibit_policy_mapping = constraints.inhibit_policy_mapping;
    return true;
}

static bool take_inhibit_any_policy(struct signet_certificate *certificate,
                                    const struct sg_extension *extension, struct sg_der *value)
{
    (void)extension;
    return sg_inhibit_any_policy_parse(value, &certificate->inhibit_any_policy);
}

/* Facts that need more of a value than that its check has passed. */
struct taker {
    enum sg_oid oid;
    bool (*take)(struct signet_certificate *certificate, const struct sg_extension *extension,
                 struct sg_der *value);
};
static const struct taker takers[] = {
    {SG_OID_CE_BASIC_CONSTRAINTS, take_basic_constraints},
    {SG_OID_CE_KEY_USAGE, take_key_usage},
    {SG_OID_CE_EXT_KEY_USAGE, take_ext_key_usage},
    {SG_OID_CE_SUBJECT_KEY_IDENTIFIER, take_subject_key_identifier},
    {SG_OID_CE_AUTHORITY_KEY_IDENTIFIER, take_authority_key_identifier},
    {SG_OID_CE_SUBJECT_ALT_NAME, take_subject_alt_name},
    {SG_OID_CE_POLICY_CONSTRAINTS, take_policy_constraints},
    {SG_OID_CE_INHIBIT_ANY_POLICY, take_inhibit_any_policy},
};

/* Facts that are the value itself. */
static struct signet_span *value_field(struct signet_certificate *certificate, enum sg_oid oid)
{
    const struct {
        enum sg_oid oid;
        struct signet_span *field;
    } fields[] = {
        {SG_OID_CE_NAME_CONSTRAINTS, &certificate->name_constraints},
        {SG_OID_CE_CERTIFICATE_POLICIES, &certificate->policies},
        {SG_OID_CE_POLICY_MAPPINGS, &certificate->policy_mappings},
        {SG_OID_CE_CRL_DISTRIBUTION_POINTS, &certificate->crl_distribution_points},
        {SG_OID_CE_FRESHEST_CRL, &certificate->freshest_crl},
        {SG_OID_PE_AUTHORITY_INFO_ACCESS, &certificate->authority_info_access},
    };
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        if (fields[i].oid == oid)
            return fields[i].field;
    }
    return NULL;
}

/* Reads the value of a known EXTENSION into its fact. False: malformed, and no fact is set. */
static bool take_value(struct signet_certificate *certificate, const struct sg_extension *extension,
                       const struct sg_extension_type *type, struct sg_der *value)
{
    for (size_t i = 0; i < sizeof(takers) / sizeof(takers[0]); i++) {
        if (takers[i].oid == extension->oid)
            return takers[i].take(certificate, extension, value);
    }
    if (!type->check(value))
        return false;
    struct signet_span *field = value_field(certificate, extension->oid);
    if (field != NULL)
        *field = extension->value;
    certificate->policies_critical |=
        extension->oid == SG_OID_CE_CERTIFICATE_POLICIES && extension->critical;
    certificate->no_rev_avail |= extension->oid == SG_OID_CE_NO_REV_AVAIL;
    return true;
}

static void take_known(struct signet_certificate *certificate, const struct sg_extension *extension,
                       const struct sg_extension_type *type, const struct sg_der *list)
{
    struct signet_parse_error error = {0};
    struct sg_der value = sg_der_within(list, extension->value);
    value.error = &error;
    if (!take_value(certificate, extension, type, &value)) {
        const struct sg_note malformed = {.kind = SG_KIND_CERT_EXTENSION_MALFORMED,
                                          .offset = error.offset,
                                          .oid = extension->oid_octets,
                                          .expected = error.expected};
        sg_notes_add(&certificate->notes, &malformed);
    }
    if (type->criticality == SG_CRITICAL_ALWAYS && !extension->critical)
        note(certificate, SG_KIND_CERT_EXTENSION_NOT_CRITICAL, extension);
    if (type->criticality == SG_CRITICAL_NEVER && extension->critical)
        note(certificate, SG_KIND_CERT_EXTENSION_CRITICAL, extension);
}

static void take(struct signet_certificate *certificate, const struct sg_extension *extension,
                 const struct sg_der *list)
{
    const struct sg_extension_type *type = sg_extension_type_find(extension->oid);
    if (extension->default_spelled)
        note(certificate, SG_KIND_CERT_EXTENSION_DEFAULT, extension);
    if (type != NULL && !type->shown_only && (type->places & SG_IN_CERTIFICATE) != 0)
        take_known(certificate, extension, type, list);
}

bool sg_certificate_take_extensions(struct signet_certificate *certificate, struct sg_der *list)
{
    struct sg_extension_set seen;
    seen.num = 0;
    struct sg_extension extension;
    while (!sg_der_done(list)) {
        if (!sg_extension_parse(list, &extension))
            return false;
        if (sg_extension_set_has(&seen, extension.oid_octets)) {
            note(certificate, SG_KIND_CERT_EXTENSION_REPEATED, &extension);
            continue;
        }
        if (!sg_extension_set_add(&seen, extension.oid_octets))
            return sg_der_fail(list, "no more than 128 extensions");
        take(certificate, &extension, list);
    }
    return true;
}

/* A malformed one is as good as none; whoever reads the certificate notes it. */
static void skim_subject_key_identifier(struct signet_certificate *certificate,
                                        struct signet_span octets)
{
    struct signet_parse_error malformed = {0};
    struct sg_der value = sg_der_begin(octets, &malformed);
    (void)!sg_subject_key_identifier_parse(&value, &certificate->ski);
}

bool sg_certificate_skim_extensions(struct signet_certificate *certificate, struct sg_der *list)
{
    struct sg_der all = *list;
    struct sg_extension extension;
    struct signet_span key_identifier = sg_oid_octets(SG_OID_CE_SUBJECT_KEY_IDENTIFIER);
    bool found = false;
    for (size_t num = 0; !sg_der_done(list); num++) {
        if (!sg_extension_skim(list, &extension))
            return false;
        if (num == SG_MAX_EXTENSIONS) { /* how many of them are different has to be counted */
            *list = all;
            return sg_certificate_take_extensions(certificate, list);
        }
        if (!found && sg_span_equal(extension.oid_octets, key_identifier)) {
            skim_subject_key_identifier(certificate, extension.value);
            found = true;
        }
    }
    return true;
}

/* RFC 5280 4.2.1.9: what makes a CA must agree, and pathLenConstraint counts for one only. */
static void conclude_ca(struct signet_certificate *certificate)
{
    bool may_sign =
        !certificate->has_key_usage || (certificate->key_usage & SG_KU_KEY_CERT_SIGN) != 0;
    if (certificate->has_key_usage && may_sign && !certificate->is_ca)
        note_at(certificate, SG_KIND_CERT_KEY_CERT_SIGN_WITHOUT_CA, certificate->extensions);
    if (certificate->path_len >= 0 && !(certificate->is_ca && may_sign)) {
        note_at(certificate, SG_KIND_CERT_PATH_LEN_MISPLACED, certificate->extensions);
        certificate->path_len = -1;
    }
}

/* RFC 3850 3, RFC 5280 4.1.2.4, 4.1.2.6. */
static void conclude_names(struct signet_certificate *certificate)
{
    struct signet_span subject = certificate->subject.der;
    if (sg_name_is_empty(&certificate->issuer))
        note_at(certificate, SG_KIND_CERT_ISSUER_EMPTY, certificate->issuer.der);
    if (!sg_name_is_empty(&certificate->subject))
        return;
    if (certificate->is_ca)
        note_at(certificate, SG_KIND_CERT_CA_SUBJECT_EMPTY, subject);
    else if (certificate->subject_alt_name.ptr == NULL)
        note_at(certificate, SG_KIND_CERT_IDENTITY_MISSING, subject);
    else if (!certificate->subject_alt_name_critical)
        note_at(certificate, SG_KIND_CERT_SAN_NOT_CRITICAL, subject);
}

static int compare_spans(const void *a, const void *b)
{
    return sg_span_compare(*(const struct signet_span *)a, *(const struct signet_span *)b);
}

static bool has_repetition(struct signet_span *oids, size_t num)
{
    qsort(oids, num, sizeof(*oids), compare_spans);
    for (size_t i = 1; i < num; i++) {
        if (sg_span_equal(oids[i - 1], oids[i]))
            return true;
    }
    return false;
}

static size_t count_policies(struct signet_span value)
{
    struct sg_policies policies = sg_policies_begin(value);
    struct sg_policy_information policy;
    size_t num = 0;
    while (sg_policies_next(&policies, &policy))
        num++;
    return num;
}

/* RFC 5280 4.2.1.4: no policy twice. */
static bool conclude_policies(struct signet_certificate *certificate)
{
    size_t num = count_policies(certificate->policies);
    if (num < 2)
        return true;
    struct signet_span *oids = calloc(num, sizeof(*oids));
    if (oids == NULL)
        return false;
    struct sg_policies policies = sg_policies_begin(certificate->policies);
    struct sg_policy_information policy;
    for (size_t i = 0; i < num && sg_policies_next(&policies, &policy); i++)
        oids[i] = policy.oid;
    if (has_repetition(oids, num))
        note_at(certificate, SG_KIND_CERT_POLICY_REPEATED, certificate->policies);
    free(oids);
    return true;
}

bool sg_certificate_conclude_facts(struct signet_certificate *certificate)
{
    conclude_ca(certificate);
    conclude_names(certificate);
    return conclude_policies(certificate);
}
