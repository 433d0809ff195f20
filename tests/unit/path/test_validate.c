/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "scene.h"

/* What the caller asks for beside the path. */
enum {
    HONOUR = 1,         /* the anchor's constraints */
    BARE_ANCHOR = 2,    /* name and key only */
    PIN_CA = 4,         /* certificate 1 is pinned as a CA */
    EXPLICIT = 8,       /* initial-explicit-policy */
    NO_MAPPING = 16,    /* initial-policy-mapping-inhibit */
    NO_ANY = 32,        /* initial-any-policy-inhibit */
    ONE_SIGNATURE = 64, /* budgets */
    NO_COMPARISONS = 128,
    SMALL_KEYS = 256,
    WANT_C = 512,       /* user-initial-policy-set */
    NO_OID = 1024,      /* the same, of a text that is no OID */
    PERMIT_NET = 2048,  /* initial-permitted-subtrees example.net */
    EXCLUDE_COM = 4096, /* initial-excluded-subtrees example.com */
    BAD_SUBTREES = 8192
};

static void set_policies(struct signet_policy *policy, unsigned options)
{
    static const char *const want_c[] = {"1.3.6.1.4.1.32473.1.3"}, *const no_oid[] = {"C"};
    if ((options & (WANT_C | NO_OID)) != 0) {
        policy->policies = (options & WANT_C) != 0 ? want_c : no_oid;
        policy->num_policies = 1;
    }
    policy->require_explicit_policy = (options & EXPLICIT) != 0;
    policy->inhibit_policy_mapping = (options & NO_MAPPING) != 0;
    policy->inhibit_any_policy = (options & NO_ANY) != 0;
}

static struct signet_span subtree_list(const char *base)
{
    return element(SG_TAG_SEQUENCE, element(SG_TAG_SEQUENCE, general_name(base)));
}

static void set_options(struct scene *scene, unsigned options)
{
    struct signet_policy *policy = &scene->bench.policy;
    set_policies(policy, options);
    if ((options & ONE_SIGNATURE) != 0)
        policy->limits.max_signatures = 1;
    if ((options & NO_COMPARISONS) != 0)
        policy->limits.max_comparisons = 0;
    if ((options & SMALL_KEYS) != 0)
        policy->limits.max_key_bits = 200;
    if ((options & PERMIT_NET) != 0)
        policy->permitted_subtrees = subtree_list("mail:example.net");
    if ((options & EXCLUDE_COM) != 0)
        policy->excluded_subtrees = subtree_list("mail:example.com");
    if ((options & BAD_SUBTREES) != 0)
        policy->excluded_subtrees = hex("30 00");
    if ((options & PIN_CA) != 0)
        assert_int_equal(signet_pool_pin_ca(scene->pool, scene->certificates[1]), SIGNET_OK);
    scene->anchor.terms.honour_constraints = (options & HONOUR) != 0;
    if ((options & BARE_ANCHOR) != 0)
        scene->anchor.certificate = NULL;
}

struct row {
    const char *scene;
    unsigned options;
    const char *findings;
};

static void check_rows(const struct row *rows, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        struct scene scene;
        struct sg_path_output output;
        scene_begin(&scene, rows[i].scene);
        set_options(&scene, rows[i].options);
        struct sg_findings *findings = &scene.bench.findings;
        sg_path_validate(&scene.bench.judgement, &scene.path, findings, &output);
        const char *found = findings_text(findings);
        if (strcmp(found, rows[i].findings) != 0)
            fail_msg("%s (%u): {%s}, wanted {%s}", rows[i].scene, rows[i].options, found,
                     rows[i].findings);
        assert_false(scene.bench.judgement.failed);
        assert_span_equal(output.working_key.full, scene.certificates[0]->spki.full);
        scene_end(&scene);
    }
}

static void verifies_each_signature(void **state)
{
    static const struct row rows[] = {
        {"good", 0, ""},
        {"good", BARE_ANCHOR, ""},
        {"ca-signed-by-another", 0, "SIGNATURE_WRONG@1"},
        {"ee-signed-by-another", 0, "SIGNATURE_WRONG@0"},
        {"both-signed-by-another", 0, "SIGNATURE_WRONG@1 SIGNATURE_WRONG@0"},
        {"ee-signature-flipped", 0, "SIGNATURE_WRONG@0"},
        {"ee-signed-by-rsa", 0, "SIGNATURE_KEY_MISMATCH@0"},
        {"ca-key-malformed", 0, "KEY_MALFORMED@1"},
        {"ee-key-malformed", 0, "KEY_MALFORMED@0"},
        {"good", ONE_SIGNATURE, "SIGNATURES_LIMIT@0"},
        {"good", SMALL_KEYS, "KEY_TOO_LARGE@anchor KEY_TOO_LARGE@1 KEY_TOO_LARGE@0"},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void tells_unsupported_and_unsigned_apart_from_wrong(void **state)
{
    static const struct row rows[] = {
        {"ee-algorithm-private", 0, "SIGNATURE_UNSUPPORTED@0"},
        {"ca-key-private", 0, "SIGNATURE_UNSUPPORTED@0"},
        {"ee-key-private", 0, ""},
        {"ee-unsigned", 0, "SIGNATURE_NONE@0"},
        {"ee-algorithm-malformed", 0, "SIGNATURE_ALGORITHM_MALFORMED@0"},
        {"ee-parameters-absent", 0, "SIGNATURE_PARAMETERS_ODD@0"},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void tells_weak_digests_and_keys_and_where(void **state)
{
    static const struct row rows[] = {
        {"ee-sha1", 0, "SIGNATURE_DIGEST_WEAK@0"},
        {"ca-md5", 0, "SIGNATURE_DIGEST_WEAK@1"},
        {"root-md5", 0, ""},
        {"root-short-key", 0, "KEY_WEAK@anchor"},
        {"ca-short-key", 0, "KEY_WEAK@1"},
        {"ee-short-key", 0, "KEY_WEAK@0"},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void hands_dsa_parameters_down_step_by_step(void **state)
{
    static const struct row rows[] = {
        {"dsa-inherited", 0, ""},
        {"dsa-null", 0, "KEY_PARAMETERS_ODD@1"},
        {"dsa-below-rsa", 0, "KEY_PARAMETERS_MISSING@1"},
        {"dsa-ee-below-rsa", 0, "KEY_PARAMETERS_MISSING@0"},
        {"dsa-rsa-between", 0, "KEY_PARAMETERS_MISSING@1"},
        {"dsa-another-group", 0,
         "KEY_WEAK@anchor SIGNATURE_DIGEST_WEAK@1 KEY_WEAK@1 KEY_MALFORMED@1"},
        {"dsa-short-inherited", 0,
         "KEY_WEAK@anchor SIGNATURE_DIGEST_WEAK@1 KEY_WEAK@1 SIGNATURE_DIGEST_WEAK@0"},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void holds_dates_against_the_time_judged_for(void **state)
{
    static const struct row rows[] = {
        {"ee-last-second", 0, ""},
        {"ee-first-second", 0, ""},
        {"ee-expired", 0, "CERT_EXPIRED@0"},
        {"ca-not-yet-valid", 0, "CERT_NOT_YET_VALID@1"},
        {"root-expired", 0, "ANCHOR_EXPIRED@anchor"},
        {"root-expired", BARE_ANCHOR, ""},
        {"root-not-yet-valid", 0, "ANCHOR_NOT_YET_VALID@anchor"},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void counts_both_ends_of_the_validity_in(void **state)
{
    static const struct {
        const char *scene;
        int shift;
        const char *findings;
    } rows[] = {
        {"ee-last-second", 1, "CERT_EXPIRED@0"},
        {"ee-first-second", -1, "CERT_NOT_YET_VALID@0"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct scene scene;
        struct sg_path_output output;
        scene_begin(&scene, rows[i].scene);
        scene.bench.policy.time += rows[i].shift;
        sg_path_validate(&scene.bench.judgement, &scene.path, &scene.bench.findings, &output);
        assert_string_equal(findings_text(&scene.bench.findings), rows[i].findings);
        scene_end(&scene);
    }
}

static void chains_names(void **state)
{
    static const struct row rows[] = {
        {"ee-issuer-differs", 0, "ISSUER_NAME_DIFFERS@0"},
        {"ee-issuer-folded", 0, ""},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void wants_issuers_to_be_cas(void **state)
{
    static const struct row rows[] = {
        {"ca-v1", 0, "CA_OLD_VERSION@1"},
        {"ca-v1", PIN_CA, ""},
        {"ca-v2", 0, "CA_OLD_VERSION@1"},
        {"ca-without-basic-constraints", 0, "CA_NOT_SAID@1 CERT_KEY_CERT_SIGN_WITHOUT_CA@1"},
        {"ca-without-basic-constraints", PIN_CA, "CA_NOT_SAID@1 CERT_KEY_CERT_SIGN_WITHOUT_CA@1"},
        {"ca-denied", 0, "CA_DENIED@1 CERT_KEY_CERT_SIGN_WITHOUT_CA@1"},
        {"ca-without-key-usage", 0, ""},
        {"ca-crl-sign-only", 0, "CA_KEY_USAGE@1"},
        {"root-v1", 0, ""},
        {"root-crl-sign-only", HONOUR, ""},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void refuses_unknown_critical_extensions_below_the_anchor(void **state)
{
    static const struct row rows[] = {
        {"ca-critical-unknown", 0, "CERT_CRITICAL_UNKNOWN@1"},
        {"ee-critical-unknown", 0, "CERT_CRITICAL_UNKNOWN@0"},
        {"root-critical-unknown", HONOUR, ""},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void counts_path_lengths(void **state)
{
    static const struct row rows[] = {
        {"path-len-0", 0, ""},
        {"path-len-0-one-more", 0, "PATH_TOO_LONG@1"},
        {"path-len-0-rollover", 0, ""},
        {"path-len-0-ca-last", 0, ""},
        {"path-len-1-then-5", 0, "PATH_TOO_LONG@1"},
        {"path-len-5-then-0", 0, "PATH_TOO_LONG@2 PATH_TOO_LONG@1"},
        {"path-len-without-key-cert-sign", 0, "CA_KEY_USAGE@2 CERT_PATH_LEN_MISPLACED@2"},
        {"path-len-in-root", 0, ""},
        {"path-len-in-root", HONOUR, "PATH_TOO_LONG@2 PATH_TOO_LONG@1"},
        {"path-len-in-root", HONOUR | BARE_ANCHOR, ""},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void constrains_names_from_each_side(void **state)
{
    static const struct row rows[] = {
        {"names-in-ca", 0, "NAME_NOT_PERMITTED@0"},
        {"names-in-root", 0, ""},
        {"names-in-root", HONOUR, "NAME_NOT_PERMITTED@0"},
        {"names-in-ee", 0, ""},
        {"names-rollover", 0, ""},
        {"names-rollover-last", 0, "NAME_NOT_PERMITTED@0"},
        {"names-other-ca", 0, "NAME_NOT_PERMITTED@1"},
        {"good", PERMIT_NET, "NAME_NOT_PERMITTED@0"},
        {"good", EXCLUDE_COM, "NAME_EXCLUDED@0"},
        {"good", BAD_SUBTREES, "SUBTREES_UNREADABLE@0"},
        {"names-in-ca", NO_COMPARISONS, "NAMES_LIMIT@0"},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void wants_policies_where_they_are_required(void **state)
{
    static const struct row rows[] = {
        {"good", EXPLICIT, "POLICY_NONE_VALID@1"},
        {"policy-a", EXPLICIT, ""},
        {"policy-a-b", 0, ""},
        {"policy-a-b", EXPLICIT, "POLICY_NONE_VALID@0"},
        {"policy-a", EXPLICIT | WANT_C, "POLICY_NONE_WANTED@0"},
        {"policy-a", WANT_C, ""},
        {"policy-a", EXPLICIT | NO_OID, "POLICY_NONE_WANTED@0"},
        {"policy-any", EXPLICIT | WANT_C, ""},
        {"policy-any", EXPLICIT | NO_ANY, "POLICY_NONE_VALID@1"},
        {"policy-mapped", EXPLICIT, ""},
        {"policy-mapped", EXPLICIT | NO_MAPPING, "POLICY_NONE_VALID@0"},
        {"policy-any-mapped", 0, "POLICY_ANY_MAPPED@1"},
        {"policy-required", 0, "POLICY_NONE_VALID@0"},
        {"policy-required-later", 0, "POLICY_NONE_VALID@1"},
        {"policy-required-after-rollover", 0, ""},
        {"policy-required-after-others", 0, "POLICY_NONE_VALID@0"},
        {"policy-required-by-ee", 0, "POLICY_NONE_VALID@0"},
        {"policy-any-inhibited", EXPLICIT, "POLICY_NONE_VALID@1"},
        {"policy-any-inhibited-rollover", EXPLICIT, ""},
        {"policy-mapping-inhibited", EXPLICIT, "POLICY_NONE_VALID@0"},
        {"policy-in-root", EXPLICIT | WANT_C, ""},
        {"policy-in-root", EXPLICIT | WANT_C | HONOUR, "POLICY_NONE_WANTED@0"},
        {"policy-root-requires", 0, ""},
        {"policy-root-requires", HONOUR, "POLICY_NONE_VALID@1"},
        {"policy-a", EXPLICIT | NO_COMPARISONS, "POLICIES_LIMIT@1"},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void tells_all_faults_at_once(void **state)
{
    static const struct row rows[] = {
        {"many-faults", 0,
         "CERT_EXPIRED@1 PATH_TOO_LONG@1 CA_KEY_USAGE@1 NAME_NOT_PERMITTED@0 "
         "CERT_CRITICAL_UNKNOWN@0"},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void gives_policies_and_the_working_key(void **state)
{
    struct scene scene;
    struct sg_path_output output;
    (void)state;
    scene_begin(&scene, "policy-mapped");
    sg_path_validate(&scene.bench.judgement, &scene.path, &scene.bench.findings, &output);
    assert_int_equal(output.num_policies, 1);
    assert_span_equal(output.policies[0], oid("1.3.6.1.4.1.32473.1.1"));
    assert_span_equal(output.working_parameters, scene.certificates[0]->spki.algorithm.parameters);
    scene_end(&scene);

    scene_begin(&scene, "dsa-inherited");
    sg_path_validate(&scene.bench.judgement, &scene.path, &scene.bench.findings, &output);
    struct signet_span inherited = scene.certificates[2]->spki.algorithm.parameters;
    assert_int_equal(output.num_policies, 0);
    assert_true(inherited.len > 0);
    assert_span_equal(output.working_parameters, inherited);
    assert_span_equal(sg_path_parameters(&scene.path, 0), inherited);
    assert_span_equal(sg_path_parameters(&scene.path, 1), inherited);
    assert_span_equal(sg_path_inherited_parameters(&scene.path, 1), inherited);
    assert_true(sg_path_inherited_parameters(&scene.path, 2).ptr == NULL); /* the anchor's own */
    scene_end(&scene);

    scene_begin(&scene, "dsa-null");
    assert_span_equal(sg_path_inherited_parameters(&scene.path, 1),
                      scene.certificates[2]->spki.algorithm.parameters);
    assert_true(sg_path_inherited_parameters(&scene.path, 0).ptr == NULL);
    scene_end(&scene);

    scene_begin(&scene, "dsa-rsa-between");
    assert_true(sg_path_parameters(&scene.path, 2).ptr == NULL);
    assert_true(sg_path_parameters(&scene.path, 1).ptr == NULL);
    scene_end(&scene);
}

/* A target that is the anchor itself: trusted for that, neither for its signature nor by its own
 * constraints. */
static void takes_the_anchor_itself_for_granted(void **state)
{
    static const struct {
        const char *scene;
        size_t index;
        const char *findings;
    } rows[] = {
        {"root-md5", 2, ""},
        {"names-in-root", 2, ""},
        {"good", 1, ""},
        {"ca-signed-by-another", 1, ""},
        {"root-expired", 2, "ANCHOR_EXPIRED@anchor CERT_EXPIRED@0"},
        {"root-short-key", 2, "KEY_WEAK@0"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct scene scene;
        struct sg_path_output output;
        scene_begin(&scene, rows[i].scene);
        const struct signet_certificate *itself = scene.certificates[rows[i].index];
        scene.anchor = (struct sg_anchor){.subject = itself->subject,
                                          .spki = itself->spki,
                                          .certificate = itself,
                                          .terms = {.purposes = SIGNET_ANCHOR_MAIL,
                                                    .honour_constraints = true,
                                                    .distrust_after = SIGNET_TIME_UNKNOWN}};
        scene.path = (struct sg_path){&itself, 1, &scene.anchor};
        sg_path_validate(&scene.bench.judgement, &scene.path, &scene.bench.findings, &output);
        const char *found = findings_text(&scene.bench.findings);
        if (strcmp(found, rows[i].findings) != 0)
            fail_msg("%s: {%s}, wanted {%s}", rows[i].scene, found, rows[i].findings);
        scene_end(&scene);
    }
}

static void ends_the_judgement_when_memory_is_out(void **state)
{
    bool ended_well = false;
    (void)state;
    for (size_t max = 0; !ended_well; max += 64) {
        struct scene scene;
        struct sg_path_output output;
        scene_begin(&scene, "many-faults");
        scene.bench.arena.max = max;
        sg_path_validate(&scene.bench.judgement, &scene.path, &scene.bench.findings, &output);
        ended_well = !scene.bench.judgement.failed;
        if (ended_well)
            assert_int_equal(scene.bench.findings.num, 5);
        scene_end(&scene);
    }
}

static void loses_no_finding_in_silence(void **state)
{
    bool ended_well = false;
    (void)state;
    for (size_t n = 0; !ended_well; n++) {
        struct scene scene;
        struct sg_path_output output;
        scene_begin(&scene, "many-faults");
        fault_begin(n);
        sg_path_validate(&scene.bench.judgement, &scene.path, &scene.bench.findings, &output);
        fault_end();
        ended_well = !scene.bench.judgement.failed;
        if (ended_well)
            assert_int_equal(scene.bench.findings.num, 5);
        scene_end(&scene);
    }
}

/* How many certificates, from the end entity up, nobody is known to have vouched for, and up to
 * where signatures are false. */
static void says_how_far_down_signatures_are_proven(void **state)
{
    static const struct {
        const char *scene;
        unsigned options;
        size_t num_unproven, num_false;
    } rows[] = {
        {"good", 0, 0, 0},
        {"good", BARE_ANCHOR, 0, 0},
        {"dsa-inherited", 0, 0, 0},
        {"ee-signature-flipped", 0, 1, 1},
        {"ee-signed-by-rsa", 0, 1, 1},
        {"ee-algorithm-private", 0, 1, 0},
        {"ee-unsigned", 0, 1, 1},
        {"ca-key-malformed", 0, 1, 1},
        {"ca-key-private", 0, 1, 0},
        {"ca-signed-by-another", 0, 2, 2},
        {"both-signed-by-another", 0, 2, 2},
        {"good", ONE_SIGNATURE, 1, 0},
        {"good", SMALL_KEYS, 2, 0},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct scene scene;
        struct sg_path_output output;
        scene_begin(&scene, rows[i].scene);
        set_options(&scene, rows[i].options);
        sg_path_validate(&scene.bench.judgement, &scene.path, &scene.bench.findings, &output);
        if (output.num_unproven != rows[i].num_unproven || output.num_false != rows[i].num_false)
            fail_msg("%s (%u): %zu, %zu", rows[i].scene, rows[i].options, output.num_unproven,
                     output.num_false);
        scene_end(&scene);
    }
}

SG_TEST_MAIN(SG_TEST("B-61a1 B-IN-1 B-ALG-7 B-ALG-9", verifies_each_signature),
             SG_TEST("B-61a1 B-ALG-8", says_how_far_down_signatures_are_proven),
             SG_TEST("B-ALG-8 D-ALG-9 B-ALG-3", tells_unsupported_and_unsigned_apart_from_wrong),
             SG_TEST("B-ALG-10 E-20", tells_weak_digests_and_keys_and_where),
             SG_TEST("B-ALG-1 E-37 B-614cf", hands_dsa_parameters_down_step_by_step),
             SG_TEST("B-61a2 E-20", holds_dates_against_the_time_judged_for),
             SG_TEST("B-TIM-3", counts_both_ends_of_the_validity_in),
             SG_TEST("B-61a4 B-DN-9", chains_names),
             SG_TEST("B-614k B-KU-1 B-KU-2 E-8 E-10 E-16 E-40", wants_issuers_to_be_cas),
             SG_TEST("B-614o B-EXT-1", refuses_unknown_critical_extensions_below_the_anchor),
             SG_TEST("B-PL-1 B-PL-2 B-PL-3 B-PL-4 B-SI-1 E-24", counts_path_lengths),
             SG_TEST("B-61bc B-NC-11 B-IN-2 B-IN-6 D-PATH-3", constrains_names_from_each_side),
             SG_TEST("B-POL-1 B-POL-2 B-POL-3 B-POL-4 B-POL-5 B-61d B-61ef B-IN-2 E-23",
                     wants_policies_where_they_are_required),
             SG_TEST("B-OUT-2", tells_all_faults_at_once),
             SG_TEST("B-OUT-1 B-614cf", gives_policies_and_the_working_key),
             SG_TEST("E-20 B-IN-3", takes_the_anchor_itself_for_granted),
             SG_TEST("", ends_the_judgement_when_memory_is_out),
             SG_TEST("", loses_no_finding_in_silence))
