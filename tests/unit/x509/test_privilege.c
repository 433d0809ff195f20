/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/privilege.h"

#include "line_dump.h"
#include "sample.h"
#include "x509/attribute_certificate.h"

static struct signet_attribute_certificate *ac_of(const char *name)
{
    struct signet_attribute_certificate *certificate;
    struct signet_parse_error error;
    if (signet_attribute_certificate_parse(sample(name), &certificate, &error) != SIGNET_OK)
        fail_msg("%s: %s at %zu", name, error.expected, error.offset);
    return certificate;
}

static const char *dump(const char *name)
{
    struct signet_attribute_certificate *certificate = ac_of(name);
    struct line line;
    line_begin(&line);
    sg_privileges_dump(&line.dump, "attributes", certificate->attributes);
    signet_attribute_certificate_unref(certificate);
    return line_finish(&line);
}

static void decodes_the_usual_attributes(void **state)
{
    (void)state;
    assert_string_equal(
        dump("ac:everything"),
        "{attributes=["
        "{type=authenticationInfo values=["
        "{service={dNSName=y} identity={registeredID=1.2.3}} "
        "{service={uniformResourceIdentifier=ldap://x/} identity={rfc822Name=a@b.c} "
        "authentication=#0708}]} "
        "{type=accessIdentity values=[{service={dNSName=z} identity={directoryName=CN=A}}]} "
        "{type=chargingIdentity values=[{policy_authority=[{uniformResourceIdentifier=http://pay/} "
        "{dNSName=pay}] values=[12-34]}]} "
        "{type=group values=[{values=[staff 1.2.4 #0102 Na\xc3\xafve]}]} "
        "{type=role values=[{authority=[{dNSName=boss.x}] "
        "name={uniformResourceIdentifier=urn:role:boss}}]} "
        "{type=clearance values=[{policy=1.2.5 levels=[restricted top secret] "
        "categories=[{type=1.2.6 value=blue}]}]} "
        "{type=clearance values=[{policy=1.2.7 levels=[unmarked]}]} "
        "{type=1.2.8 values=[#020105 text #3000]}]}");
}

static void reads_both_syntaxes_of_clearances(void **state)
{
    (void)state;
    assert_string_equal(
        dump("ac:clearances"),
        "{attributes=[{type=clearance values=[{policy=1.2.5 levels=[unclassified]}]} "
        "{type=1.2.9 values=[#0500]} "
        "{type=clearance values=[{policy=1.2.4 levels=[unclassified]} "
        "{policy=1.2.3 levels=[]}]}]}");
}

static void shows_malformed_values_as_octets(void **state)
{
    (void)state;
    assert_string_equal(dump("ac:malformed group"), "{attributes=[{type=group values=[staff]}]}");
    assert_string_equal(dump("ac:malformed role"),
                        "{attributes=[{type=role values=[#3003810178]}]}");
    assert_string_equal(dump("ac:attribute without values"),
                        "{attributes=[{type=1.2.3 values=[]}]}");
    assert_string_equal(dump("ac:no attributes"), "{attributes=[]}");
}

/* All texts of an attribute certificate's attributes, each in brackets. */
static const char *texts_of(const char *name)
{
    struct signet_attribute_certificate *certificate = ac_of(name);
    struct sg_privileges privileges = sg_privileges_begin(certificate->attributes);
    struct sg_privilege privilege;
    struct sg_buffer all;
    sg_buffer_init(&all, 1 << 16);
    while (sg_privileges_next(&privileges, &privilege)) {
        struct sg_privilege_texts texts = sg_privilege_texts_begin(&privilege);
        struct sg_buffer one;
        sg_buffer_init(&one, 1 << 16);
        while (sg_privilege_texts_next(&texts, &one)) {
            sg_buffer_printf(&all, "[%.*s]", (int)one.len, (const char *)one.ptr);
            one.len = 0;
        }
        sg_buffer_free(&one);
    }
    signet_attribute_certificate_unref(certificate);
    const char *copy = as_text(sg_buffer_span(&all));
    sg_buffer_free(&all);
    return copy;
}

static void puts_each_into_words(void **state)
{
    (void)state;
    assert_string_equal(texts_of("ac:everything"),
                        "[registeredID:1.2.3 at dNSName:y]"
                        "[rfc822Name:a@b.c at uniformResourceIdentifier:ldap://x/]"
                        "[directoryName:CN=A at dNSName:z]"
                        "[12-34 (uniformResourceIdentifier:http://pay/, dNSName:pay)]"
                        "[staff][1.2.4][#0102][Na\xc3\xafve]"
                        "[uniformResourceIdentifier:urn:role:boss]"
                        "[restricted, top secret (policy 1.2.5, with categories)]"
                        "[unmarked (policy 1.2.7)]"
                        "[#020105][text][#3000]");
    assert_string_equal(texts_of("ac:clearances"),
                        "[unclassified (policy 1.2.5)][#0500]"
                        "[unclassified (policy 1.2.4)][none (policy 1.2.3)]");
    assert_string_equal(texts_of("ac:malformed group"), "[staff]");
    assert_string_equal(texts_of("ac:malformed role"), "[#3003810178]");
    assert_string_equal(texts_of("ac:empty group"), "[][dNSName:x]");
    assert_string_equal(texts_of("ac:no attributes"), "");
    assert_string_equal(texts_of("ac:groups twice"), "[a][b]");
}

static void refuses_every_value_cut_off(void **state)
{
    struct signet_attribute_certificate *certificate = ac_of("ac:everything");
    struct sg_privileges privileges = sg_privileges_begin(certificate->attributes);
    struct sg_privilege privilege;
    (void)state;
    while (sg_privileges_next(&privileges, &privilege)) {
        const struct sg_privilege_type *type = sg_privilege_type_find(privilege.type);
        if (type == NULL || privilege.num_values > 1)
            continue;
        assert_true(sg_privilege_value_valid(type, privilege.values));
        for (size_t len = 0; len < privilege.values.len; len++)
            assert_false(sg_privilege_value_valid(type, sg_test_copy(privilege.values.ptr, len)));
    }
    assert_false(sg_privilege_value_valid(NULL, hex("0500")));
    signet_attribute_certificate_unref(certificate);
}

SG_TEST_MAIN(SG_TEST("A-2.3-13 C-AC-1", decodes_the_usual_attributes),
             SG_TEST("C-AC-1 C-AC-4", reads_both_syntaxes_of_clearances),
             SG_TEST("A-2.3-13", shows_malformed_values_as_octets),
             SG_TEST("A-2.2-4", puts_each_into_words),
             SG_TEST("A-2.3-13", refuses_every_value_cut_off))
