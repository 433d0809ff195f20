/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"

#define MAX_KINDS 6

static void tells_what_is_odd_about_the_object(void **state)
{
    static const struct {
        const char *name;
        size_t num;
        enum sg_kind kinds[MAX_KINDS];
    } rows[] = {
        {"attached", 0, {0}},
        {"detached", 0, {0}},
        {"ber", 0, {0}},
        {"version-0", 0, {0}},
        {"version-5", 0, {0}},
        {"version-6", 1, {SG_KIND_CMS_VERSION}},
        {"pkcs7-content", 1, {SG_KIND_CMS_CONTENT_NOT_OCTETS}},
        {"certs-only", 0, {0}},
        {"crls-only", 0, {0}},
        {"nothing-inside", 1, {SG_KIND_CMS_EMPTY}},
        {"content-without-signer", 1, {SG_KIND_CMS_CONTENT_WITHOUT_SIGNER}},
        {"five-kinds",
         4,
         {SG_KIND_CMS_EXTENDED_CERTIFICATES, SG_KIND_CMS_V1_ATTRIBUTE_CERTIFICATES,
          SG_KIND_CMS_OTHER_CERTIFICATES, SG_KIND_CMS_OTHER_REVOCATION}},
        {"unknown-kinds", 1, {SG_KIND_CMS_UNKNOWN_CHOICES}},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_findings findings;
        sg_arena_init(&arena, SG_TEST_ARENA_LEN);
        sg_findings_init(&findings, &arena);
        struct sg_signed_data signed_data = sample_signed_data(rows[i].name, &arena);
        sg_signed_data_check(&signed_data, &findings);
        if (findings.num != rows[i].num)
            fail_msg("%s: %zu findings", rows[i].name, findings.num);
        for (size_t j = 0; j < findings.num; j++) {
            if (findings.items[j].kind != rows[i].kinds[j])
                fail_msg("%s: \"%s\"", rows[i].name, findings.items[j].finding.text);
            assert_int_equal(findings.items[j].finding.object, SIGNET_OBJECT_MESSAGE);
        }
        sg_arena_clear(&arena);
    }
}

static void passing_over_does_not_touch_the_verdict(void **state)
{
    struct sg_arena arena;
    struct sg_findings findings;
    struct signet_policy policy;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    sg_findings_init(&findings, &arena);
    struct sg_signed_data signed_data = sample_signed_data("five-kinds", &arena);
    sg_signed_data_check(&signed_data, &findings);
    signet_policy_init(&policy);
    assert_int_equal(sg_findings_conclude(&findings, &policy), SIGNET_VERDICT_GOOD);
    policy.profile = SIGNET_PROFILE_STRICT;
    assert_int_equal(sg_findings_conclude(&findings, &policy), SIGNET_VERDICT_GOOD);
    sg_arena_clear(&arena);
}

static void counts_what_is_passed_over_in_one_finding(void **state)
{
    struct sg_arena arena;
    struct sg_findings findings;
    (void)state;
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    sg_findings_init(&findings, &arena);
    struct sg_signed_data signed_data = sample_signed_data("unknown-kinds", &arena);
    sg_signed_data_check(&signed_data, &findings);
    assert_int_equal(findings.num, 1);
    assert_string_equal(findings.items[0].finding.params[0].name, "count");
    assert_int_equal(findings.items[0].finding.params[0].value.number, 3);
    sg_arena_clear(&arena);
}

static void names_every_kind(void **state)
{
    (void)state;
    for (int choice = SG_CHOICE_CERTIFICATE; choice <= SG_CHOICE_UNKNOWN; choice++)
        assert_true(strlen(sg_certificate_choice_name((enum sg_certificate_choice)choice)) > 0);
    assert_string_equal(sg_certificate_choice_name(SG_CHOICE_V2_ATTRIBUTE_CERTIFICATE),
                        "v2 attribute certificate");
}

SG_TEST_MAIN(SG_TEST("C-SD-2 C-SD-5", tells_what_is_odd_about_the_object),
             SG_TEST("A-1.4-1 A-2.2.1-1 E-6 E-7", passing_over_does_not_touch_the_verdict),
             SG_TEST("C-CC-1", counts_what_is_passed_over_in_one_finding),
             SG_TEST("C-CC-1", names_every_kind))
