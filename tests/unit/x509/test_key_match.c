/* SPDX-License-Identifier: Apache-2.0 */
#include "signet/key.h"
#include "test.h"

static const struct sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
} samples[] = {
#include "key_match_samples.inc"
};

static struct signet_span sample(const char *name, const char *what)
{
    char whole[40];
    snprintf(whole, sizeof whole, "%s%s", name, what);
    for (size_t i = 0; i < SG_NUM(samples); i++) {
        if (strcmp(samples[i].name, whole) == 0)
            return sg_test_copy(samples[i].octets, samples[i].len);
    }
    fail_msg("no sample \"%s\"", whole);
    return (struct signet_span){NULL, 0};
}

static void finds_which_belong_together(void **state)
{
    static const struct {
        const char *key, *certificate;
        bool match;
    } rows[] = {
        {"ec", "ec", true},          {"ec", "ec-compressed", true}, {"ec", "ec-mirrored", false},
        {"ec", "ec-short", false},   {"ec", "ec-other", false},     {"ec", "ec-other-curve", false},
        {"ec", "rsa", false},        {"rsa", "rsa", true},          {"rsa", "rsa-pss", true},
        {"rsa", "rsa-other", false}, {"rsa", "ec", false},          {"ed25519", "ed25519", true},
        {"ed25519", "ec", false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_key *key;
        struct signet_certificate *certificate;
        assert_int_equal(signet_key_read(sample(rows[i].key, "-key"), sg_span(NULL, 0), &key, NULL),
                         SIGNET_OK);
        assert_int_equal(
            signet_certificate_parse(sample(rows[i].certificate, "-cert"), &certificate, NULL),
            SIGNET_OK);
        if (signet_key_matches(key, certificate) != rows[i].match)
            fail_msg("%s and %s", rows[i].key, rows[i].certificate);
        signet_certificate_unref(certificate);
        signet_key_unref(key);
    }
}

SG_TEST_MAIN(SG_TEST("C-KEY-1", finds_which_belong_together))
