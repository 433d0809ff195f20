/* SPDX-License-Identifier: Apache-2.0 */
#include "sample.h"
#include "x509/policy_extensions.h"

static void decodes_basic_constraints(void **state)
{
    static const struct {
        const char *name;
        bool present, is_ca;
        int64_t path_len;
    } rows[] = {
        {"certificate:ca", true, true, 3},
        {"certificate:root", true, true, -1},
        {"certificate:plain", false, false, -1},
        {"certificate:cA FALSE", true, false, -1},
        {"certificate:cA not critical", true, true, -1},
        {"certificate:pathLen without cA", true, false, -1},
        {"certificate:pathLen without keyCertSign", true, true, -1},
        {"certificate:pathLen huge", true, true, INT64_MAX},
        {"certificate:malformed basicConstraints", false, false, -1},
        {"certificate:v1", false, false, -1},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_certificate *certificate = certificate_of(rows[i].name);
        assert_int_equal(certificate->has_basic_constraints, rows[i].present);
        assert_int_equal(certificate->is_ca, rows[i].is_ca);
        assert_int_equal(certificate->path_len, rows[i].path_len);
        signet_certificate_unref(certificate);
    }
}

static void decodes_key_usage(void **state)
{
    static const struct {
        const char *name;
        bool present;
        unsigned bits;
    } rows[] = {
        {"certificate:plain", true, SG_KU_DIGITAL_SIGNATURE | SG_KU_NON_REPUDIATION},
        {"certificate:ca", true, SG_KU_KEY_CERT_SIGN | SG_KU_CRL_SIGN},
        {"certificate:key usage of nine bits", true, SG_KU_KEY_AGREEMENT | SG_KU_DECIPHER_ONLY},
        {"certificate:key usage trailing", true, SG_KU_DIGITAL_SIGNATURE | SG_KU_NON_REPUDIATION},
        {"certificate:key usage empty", true, 0},
        {"certificate:key usage not critical", true, SG_KU_DIGITAL_SIGNATURE},
        {"certificate:malformed keyUsage", false, 0},
        {"certificate:v1", false, 0},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_certificate *certificate = certificate_of(rows[i].name);
        assert_int_equal(certificate->has_key_usage, rows[i].present);
        assert_int_equal(certificate->key_usage, rows[i].bits);
        signet_certificate_unref(certificate);
    }
}

static void decodes_extended_key_usage(void **state)
{
    struct signet_certificate *one = certificate_of("certificate:plain");
    struct signet_certificate *all = certificate_of("certificate:all purposes");
    struct signet_certificate *malformed = certificate_of("certificate:malformed extKeyUsage");
    struct signet_certificate *none = certificate_of("certificate:ca");
    (void)state;
    assert_int_equal(one->eku, SG_EKU_EMAIL_PROTECTION);
    assert_int_equal(all->eku, SG_EKU_EMAIL_PROTECTION | SG_EKU_ANY | SG_EKU_OTHER);
    assert_true(one->has_eku && all->has_eku);
    assert_false(malformed->has_eku || none->has_eku);
    assert_true(sg_certificate_has_eku(all, sg_oid_octets(SG_OID_KP_CLIENT_AUTH)));
    assert_false(sg_certificate_has_eku(one, sg_oid_octets(SG_OID_KP_CLIENT_AUTH)));
    assert_false(sg_certificate_has_eku(none, sg_oid_octets(SG_OID_KP_CLIENT_AUTH)));
    signet_certificate_unref(one);
    signet_certificate_unref(all);
    signet_certificate_unref(malformed);
    signet_certificate_unref(none);
}

static void decodes_what_path_validation_needs(void **state)
{
    struct signet_certificate *full = certificate_of("certificate:everything");
    struct signet_certificate *bare = certificate_of("certificate:v1");
    (void)state;
    assert_span_equal(full->ski, hex("0102"));
    assert_span_equal(full->aki.key_id, hex("0304"));
    assert_span_equal(full->aki.serial, hex("4d"));
    assert_non_null(full->aki.issuer.ptr);
    assert_int_equal(full->require_explicit_policy, 1);
    assert_int_equal(full->inhibit_policy_mapping, 2);
    assert_int_equal(full->inhibit_any_policy, 3);
    assert_true(full->no_rev_avail);
    assert_true(full->subject_alt_name.len > 0 && full->name_constraints.len > 0);
    assert_true(full->policies.len > 0 && full->policy_mappings.len > 0);
    assert_true(full->crl_distribution_points.len > 0 && full->freshest_crl.len > 0);
    assert_true(full->authority_info_access.len > 0);
    assert_false(full->policies_critical || full->subject_alt_name_critical);

    assert_null(bare->ski.ptr);
    assert_null(bare->aki.key_id.ptr);
    assert_int_equal(bare->require_explicit_policy, -1);
    assert_int_equal(bare->inhibit_policy_mapping, -1);
    assert_int_equal(bare->inhibit_any_policy, -1);
    assert_false(bare->no_rev_avail);
    signet_certificate_unref(full);
    signet_certificate_unref(bare);
}

static void walks_policies(void **state)
{
    struct signet_certificate *certificate = certificate_of("certificate:policies");
    struct sg_policies policies = sg_policies_begin(certificate->policies);
    struct sg_policy_information policy;
    (void)state;
    assert_true(certificate->policies_critical);
    assert_true(sg_policies_next(&policies, &policy));
    assert_span_equal(policy.oid, hex("2a03"));
    assert_false(policy.is_any || policy.unknown_qualifier);
    assert_null(policy.qualifiers.ptr);
    assert_true(sg_policies_next(&policies, &policy));
    assert_true(sg_policies_next(&policies, &policy));
    assert_true(policy.is_any);
    assert_false(sg_policies_next(&policies, &policy));
    signet_certificate_unref(certificate);
}

static void walks_mappings_and_subtrees(void **state)
{
    struct signet_certificate *certificate = certificate_of("certificate:everything");
    struct sg_policy_mappings mappings = sg_policy_mappings_begin(certificate->policy_mappings);
    struct sg_policy_mapping mapping;
    struct sg_subtrees permitted, excluded, absent;
    struct sg_subtree subtree;
    (void)state;
    assert_true(sg_policy_mappings_next(&mappings, &mapping));
    assert_span_equal(mapping.issuer_domain, hex("2a03"));
    assert_span_equal(mapping.subject_domain, hex("2a04"));
    assert_false(sg_policy_mappings_next(&mappings, &mapping));

    sg_name_constraints_open(certificate->name_constraints, &permitted, &excluded);
    assert_true(sg_subtrees_next(&permitted, &subtree));
    assert_span_text(subtree.base.value, "x.y");
    assert_false(subtree.has_bounds);
    assert_true(sg_subtrees_next(&permitted, &subtree));
    assert_int_equal(subtree.base.type, SG_GN_IP);
    assert_false(sg_subtrees_next(&permitted, &subtree));
    assert_true(sg_subtrees_next(&excluded, &subtree));
    assert_true(subtree.has_bounds);

    sg_name_constraints_open((struct signet_span){NULL, 0}, &permitted, &absent);
    assert_null(permitted.rest.ptr);
    assert_null(absent.rest.ptr);
    signet_certificate_unref(certificate);
}

static void reads_subtrees_of_a_caller(void **state)
{
    static const struct {
        const char *bytes;
        bool read;
    } rows[] = {{"3005 3003820178", true},
                {"3000", false},
                {"30043002 8201", false},
                {"3005 3003a20178", false},
                {"0500", false}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error = {0};
        struct sg_der der = sg_der_begin(hex(rows[i].bytes), &error);
        struct sg_subtrees subtrees;
        assert_int_equal(sg_subtrees_parse(&der, &subtrees), rows[i].read);
        assert_int_equal(error.expected == NULL, rows[i].read);
    }
}

static void walks_distribution_points(void **state)
{
    struct signet_certificate *certificate = certificate_of("certificate:everything");
    struct sg_distribution_points points =
        sg_distribution_points_begin(certificate->crl_distribution_points);
    struct sg_distribution_point point;
    (void)state;
    assert_true(sg_distribution_points_next(&points, &point));
    assert_non_null(point.full_name.ptr);
    assert_null(point.relative_name.ptr);
    assert_int_equal(point.reasons, 1u << 1);
    assert_null(point.crl_issuer.ptr);
    assert_true(sg_distribution_points_next(&points, &point));
    assert_null(point.full_name.ptr);
    assert_non_null(point.relative_name.ptr);
    assert_int_equal(point.reasons, SG_REASONS_ALL);
    assert_non_null(point.crl_issuer.ptr);
    assert_false(sg_distribution_points_next(&points, &point));

    points = sg_distribution_points_begin((struct signet_span){NULL, 0});
    assert_false(sg_distribution_points_next(&points, &point));
    signet_certificate_unref(certificate);
}

SG_TEST_MAIN(SG_TEST("A-4.4-1 B-PL-3 B-KU-2", decodes_basic_constraints),
             SG_TEST("A-4.4-1 B-KU-2 B-KU-3 E-18", decodes_key_usage),
             SG_TEST("A-4.4.4-2 B-EKU-1", decodes_extended_key_usage),
             SG_TEST("A-4.4-1 B-EXT-3 B-EXT-4", decodes_what_path_validation_needs),
             SG_TEST("B-EXT-3", walks_policies),
             SG_TEST("B-EXT-4 B-NC-8", walks_mappings_and_subtrees),
             SG_TEST("B-IN-2", reads_subtrees_of_a_caller),
             SG_TEST("B-CDP-1", walks_distribution_points))
