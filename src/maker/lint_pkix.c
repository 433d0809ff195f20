/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 5280 with RFC 9549, 9598 and 9608: what a certificate breaks beside what parsing it noted.
 */
#include "address/host.h"
#include "base/text.h"
#include "maker/alternative_name.h"
#include "maker/key_use.h"
#include "maker/lint_checks.h"
#include "x509/access.h"
#include "x509/general_name.h"
#include "x509/policy_extensions.h"

SG_LINT_CHECK(version)
{
    int version = subject->certificate->version;
    if (version < 3)
        sg_lint_say(lint, row, subject, SG_PARAMS(sg_number("version", version)));
}

SG_LINT_CHECK(validity_reversed)
{
    if (subject->certificate->not_after < subject->certificate->not_before)
        sg_lint_say(lint, row, subject, NULL);
}

/* Version 1 with one is told by the parser. */
SG_LINT_CHECK(unique_id)
{
    const struct signet_certificate *certificate = subject->certificate;
    if (certificate->version > 1 &&
        (certificate->issuer_unique_id.ptr != NULL || certificate->subject_unique_id.ptr != NULL))
        sg_lint_say(lint, row, subject, NULL);
}

static bool is_letter(uint8_t byte)
{
    return sg_ascii_lower(byte) >= 'a' && sg_ascii_lower(byte) <= 'z';
}

/* X520countryName ::= PrintableString (SIZE (2)) */
SG_LINT_CHECK(country)
{
    struct sg_name_iterator names[] = {sg_name_begin(&subject->certificate->subject),
                                       sg_name_begin(&subject->certificate->issuer)};
    struct sg_attribute attribute;
    for (size_t i = 0; i < 2; i++)
        while (sg_name_next(&names[i], &attribute)) {
            if (sg_oid_find(attribute.type) != SG_OID_AT_COUNTRY)
                continue;
            if (attribute.tag != SG_TAG_PRINTABLE_STRING || attribute.value.len != 2 ||
                !is_letter(attribute.value.ptr[0]) || !is_letter(attribute.value.ptr[1])) {
                sg_lint_say(lint, row, subject, NULL);
                return;
            }
        }
}

SG_LINT_CHECK(signature_parameters)
{
    if (!subject->algorithm_read || subject->algorithm.nonconforming_parameters)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(key_malformed)
{
    struct sg_public_key *key = NULL;
    enum sg_key_check check = sg_public_key_new(lint->crypto, &subject->certificate->spki,
                                                sg_span(NULL, 0), SG_LINT_MAX_KEY_BITS, &key);
    sg_public_key_free(key);
    if (check == SG_KEY_NO_MEMORY)
        lint->arena->failed = true;
    if (check == SG_KEY_MALFORMED)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(key_usage_odd)
{
    const struct signet_certificate *certificate = subject->certificate;
    enum sg_key_type type = certificate->spki.type;
    if (certificate->has_key_usage && (certificate->key_usage & ~sg_key_use_possible(type)) != 0)
        sg_lint_say(lint, row, subject, SG_PARAMS(sg_string("key", sg_key_type_name(type))));
}

/* A self-signed certificate may leave it out. */
SG_LINT_CHECK(aki_missing)
{
    if (subject->certificate->aki.key_id.ptr == NULL && !subject->self_signed)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(ski_missing)
{
    if (subject->certificate->ski.ptr == NULL)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(basic_constraints_missing)
{
    if (!subject->certificate->is_ca && !subject->certificate->has_basic_constraints)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(key_usage_missing)
{
    if (!subject->certificate->has_key_usage)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(ca_extension)
{
    static const enum sg_oid oids[] = {SG_OID_CE_NAME_CONSTRAINTS, SG_OID_CE_POLICY_MAPPINGS,
                                       SG_OID_CE_POLICY_CONSTRAINTS, SG_OID_CE_INHIBIT_ANY_POLICY};
    const struct signet_certificate *certificate = subject->certificate;
    struct sg_extension found;
    for (size_t i = 0; i < sizeof oids / sizeof *oids; i++)
        if (sg_lint_extension(certificate->extensions, certificate->der.ptr, oids[i], &found))
            sg_lint_say(lint, row, subject, SG_PARAMS(sg_oid_param("extension", found.oid_octets)));
}

static bool is_any_policy(struct signet_span oid)
{
    return sg_oid_find(oid) == SG_OID_ANY_POLICY;
}

SG_LINT_CHECK(mapping_any)
{
    struct sg_policy_mappings mappings =
        sg_policy_mappings_begin(subject->certificate->policy_mappings);
    struct sg_policy_mapping mapping;
    while (sg_policy_mappings_next(&mappings, &mapping))
        if (is_any_policy(mapping.issuer_domain) || is_any_policy(mapping.subject_domain)) {
            sg_lint_say(lint, row, subject, NULL);
            return;
        }
}

SG_LINT_CHECK(any_purpose_critical)
{
    const struct signet_certificate *certificate = subject->certificate;
    struct sg_extension found;
    if ((certificate->eku & SG_EKU_ANY) != 0 &&
        sg_lint_extension(certificate->extensions, certificate->der.ptr, SG_OID_CE_EXT_KEY_USAGE,
                          &found) &&
        found.critical)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(crl_pointer_missing)
{
    const struct signet_certificate *certificate = subject->certificate;
    if (certificate->crl_distribution_points.ptr == NULL && !certificate->no_rev_avail)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(no_rev_avail_ca)
{
    if (subject->certificate->no_rev_avail)
        sg_lint_say(lint, row, subject, NULL);
}

static bool points_to_ocsp(const struct signet_certificate *certificate)
{
    struct sg_access_descriptions descriptions =
        sg_access_descriptions_begin(certificate->authority_info_access);
    struct sg_access_description description;
    while (sg_access_descriptions_next(&descriptions, &description)) {
        if (description.method == SG_OID_AD_OCSP)
            return true;
    }
    return false;
}

SG_LINT_CHECK(no_rev_avail_pointers)
{
    const struct signet_certificate *certificate = subject->certificate;
    if (!certificate->no_rev_avail)
        return;
    if (certificate->crl_distribution_points.ptr != NULL)
        sg_lint_say(lint, row, subject, SG_PARAMS(sg_string("extension", "cRLDistributionPoints")));
    if (certificate->freshest_crl.ptr != NULL)
        sg_lint_say(lint, row, subject, SG_PARAMS(sg_string("extension", "freshestCRL")));
    if (points_to_ocsp(certificate))
        sg_lint_say(lint, row, subject,
                    SG_PARAMS(sg_string("extension", "the OCSP place of authorityInfoAccess")));
}

/* Calls FOUND for the subtrees of both fields until it says true. */
static bool any_subtree(struct signet_span constraints,
                        bool (*found)(const struct sg_subtree *subtree))
{
    struct sg_subtrees fields[2];
    struct sg_subtree subtree;
    if (constraints.ptr == NULL)
        return false;
    sg_name_constraints_open(constraints, &fields[0], &fields[1]);
    for (size_t i = 0; i < 2; i++)
        while (sg_subtrees_next(&fields[i], &subtree)) {
            if (found(&subtree))
                return true;
        }
    return false;
}

static bool is_mailbox(const struct sg_subtree *subtree)
{
    struct signet_span value = subtree->base.value;
    return subtree->base.type == SG_GN_RFC822 && value.len > 0 &&
           memchr(value.ptr, '@', value.len) != NULL;
}

static bool has_bounds(const struct sg_subtree *subtree)
{
    return subtree->has_bounds;
}

SG_LINT_CHECK(constraint_mailbox)
{
    if (any_subtree(subject->certificate->name_constraints, is_mailbox))
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(constraint_bounds)
{
    if (any_subtree(subject->certificate->name_constraints, has_bounds))
        sg_lint_say(lint, row, subject, NULL);
}

static struct signet_span domain_of(struct signet_span address)
{
    for (size_t i = address.len; i > 0; i--)
        if (address.ptr[i - 1] == '@')
            return sg_span_from(address, i);
    return sg_span_from(address, address.len);
}

/* Malformed ones are told by the parser's check. */
static bool is_mailbox_address(const struct sg_mail_address *address)
{
    return address->source == SG_ADDRESS_SMTP_UTF8 && address->usable;
}

SG_LINT_CHECK(mailbox_ascii)
{
    for (size_t i = 0; i < subject->addresses.num; i++) {
        const struct sg_mail_address *address = &subject->addresses.items[i];
        struct signet_span local =
            sg_span_first(address->text, address->text.len - domain_of(address->text).len);
        if (is_mailbox_address(address) && sg_text_is_ascii(local))
            sg_lint_say(lint, row, subject, SG_PARAMS(sg_text("address", address->text)));
    }
}

static bool has_capital(struct signet_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] != sg_ascii_lower(text.ptr[i]))
            return true;
    }
    return false;
}

SG_LINT_CHECK(mailbox_domain)
{
    for (size_t i = 0; i < subject->addresses.num; i++) {
        const struct sg_mail_address *address = &subject->addresses.items[i];
        struct signet_span domain = domain_of(address->text);
        if (is_mailbox_address(address) && (!sg_host_valid_ascii(domain) || has_capital(domain)))
            sg_lint_say(lint, row, subject, SG_PARAMS(sg_text("address", address->text)));
    }
}

SG_LINT_CHECK(mailbox_mark)
{
    for (size_t i = 0; i < subject->addresses.num; i++) {
        const struct sg_mail_address *address = &subject->addresses.items[i];
        if (address->source == SG_ADDRESS_SMTP_UTF8 && sg_has_order_mark(address->text))
            sg_lint_say(lint, row, subject, SG_PARAMS(sg_text("address", address->text)));
    }
}
