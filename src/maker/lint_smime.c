/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 3850 3, 4.4 and what RFC 8550 says of strength.
 */
#include "maker/lint_checks.h"

#define SIGNING_BITS (SG_KU_DIGITAL_SIGNATURE | SG_KU_NON_REPUDIATION)
#define MAIL_BITS    (SIGNING_BITS | SG_KU_KEY_ENCIPHERMENT | SG_KU_KEY_AGREEMENT)

static bool in_alternative_name(const struct sg_lint_subject *subject, struct signet_span text)
{
    for (size_t i = 0; i < subject->addresses.num; i++) {
        const struct sg_mail_address *address = &subject->addresses.items[i];
        if (address->source != SG_ADDRESS_SUBJECT && sg_span_equal_ascii_case(address->text, text))
            return true;
    }
    return false;
}

SG_LINT_CHECK(address_in_subject)
{
    for (size_t i = 0; i < subject->addresses.num; i++)
        if (subject->addresses.items[i].source == SG_ADDRESS_SUBJECT)
            sg_lint_say(lint, row, subject,
                        SG_PARAMS(sg_text("address", subject->addresses.items[i].text)));
}

SG_LINT_CHECK(address_not_in_san)
{
    for (size_t i = 0; i < subject->addresses.num; i++) {
        const struct sg_mail_address *address = &subject->addresses.items[i];
        if (address->source == SG_ADDRESS_SUBJECT && !in_alternative_name(subject, address->text))
            sg_lint_say(lint, row, subject, SG_PARAMS(sg_text("address", address->text)));
    }
}

/* The same rule of another document. */
SG_LINT_CHECK(br_san_incomplete)
{
    sg_lint_check_address_not_in_san(lint, row, subject);
}

SG_LINT_CHECK(address_missing)
{
    if (subject->addresses.num == 0)
        sg_lint_say(lint, row, subject, NULL);
}

/* Written out or not, its cA is FALSE here. */
SG_LINT_CHECK(basic_constraints)
{
    if (subject->certificate->has_basic_constraints)
        sg_lint_say(lint, row, subject, NULL);
}

static bool is_critical(const struct signet_certificate *certificate, enum sg_oid oid,
                        bool *present)
{
    struct sg_extension found;
    *present = sg_lint_extension(certificate->extensions, certificate->der.ptr, oid, &found);
    return *present && found.critical;
}

SG_LINT_CHECK(key_usage_critical)
{
    bool present;
    if (!is_critical(subject->certificate, SG_OID_CE_KEY_USAGE, &present) && present)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(san_critical)
{
    const struct signet_certificate *certificate = subject->certificate;
    if (certificate->subject_alt_name_critical && !sg_name_is_empty(&certificate->subject))
        sg_lint_say(lint, row, subject, NULL);
}

/* Those of 4.4 that may be critical where that is needed. */
static bool is_of_smime(enum sg_oid oid)
{
    return oid == SG_OID_CE_BASIC_CONSTRAINTS || oid == SG_OID_CE_KEY_USAGE ||
           oid == SG_OID_CE_SUBJECT_ALT_NAME || oid == SG_OID_CE_AUTHORITY_KEY_IDENTIFIER ||
           oid == SG_OID_CE_SUBJECT_KEY_IDENTIFIER;
}

SG_LINT_CHECK(extension_critical)
{
    struct sg_extensions extensions = {subject->certificate->extensions,
                                       subject->certificate->der.ptr};
    struct sg_extension extension;
    while (sg_extensions_next(&extensions, &extension))
        if (extension.critical && !is_of_smime(extension.oid))
            sg_lint_say(lint, row, subject,
                        SG_PARAMS(sg_oid_param("extension", extension.oid_octets)));
}

SG_LINT_CHECK(key_usage_mail)
{
    const struct signet_certificate *certificate = subject->certificate;
    if (certificate->has_key_usage && (certificate->key_usage & MAIL_BITS) == 0)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(purpose_mail)
{
    const struct signet_certificate *certificate = subject->certificate;
    if (certificate->has_eku && (certificate->eku & (SG_EKU_EMAIL_PROTECTION | SG_EKU_ANY)) == 0)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(key_weak)
{
    const struct sg_spki *spki = &subject->certificate->spki;
    if (spki->bits > 0 && sg_key_is_weak(spki->type, spki->bits))
        sg_lint_say(lint, row, subject,
                    SG_PARAMS(sg_string("key", sg_key_type_name(spki->type)),
                              sg_number("bits", spki->bits)));
}

/* Nobody relies on the signature of a self-signed certificate. */
SG_LINT_CHECK(digest_weak)
{
    if (!subject->self_signed && sg_digest_is_weak(subject->algorithm.digest))
        sg_lint_say(lint, row, subject,
                    SG_PARAMS(sg_string("digest", sg_digest_name(subject->algorithm.digest))));
}
