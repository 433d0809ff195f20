/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"
#include "crypto/key_library.h"
#include "fault.h"
#include "signet/pkcs12.h"
#include "test.h"

static const struct sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
} samples[] = {
#include "pkcs12_samples.inc"
};

static struct signet_span sample(const char *name)
{
    for (size_t i = 0; i < SG_NUM(samples); i++) {
        if (strcmp(samples[i].name, name) == 0)
            return sg_test_copy(samples[i].octets, samples[i].len);
    }
    fail_msg("no sample \"%s\"", name);
    return (struct signet_span){NULL, 0};
}

struct found {
    struct signet_key *key;                 /* the last one, kept */
    struct signet_certificate *certificate; /* the key's, kept */
    size_t num_keys, num_certificates, num_crls;
    struct signet_span certificates[4]; /* copies */
    char name[40];                      /* the key's */
    enum signet_status answer;
};

static enum signet_status take_key(void *context, struct signet_key *key,
                                   struct signet_certificate *certificate, const char *name)
{
    struct found *found = context;
    signet_key_unref(found->key);
    signet_certificate_unref(found->certificate);
    found->num_keys++;
    found->key = signet_key_ref(key);
    found->certificate = certificate == NULL ? NULL : signet_certificate_ref(certificate);
    snprintf(found->name, sizeof found->name, "%s", name != NULL ? name : "(none)");
    return found->answer;
}

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate,
                                           const char *name)
{
    struct found *found = context;
    (void)name;
    assert_true(found->num_certificates < SG_NUM(found->certificates));
    found->certificates[found->num_certificates++] = signet_certificate_der(certificate);
    return found->answer;
}

static enum signet_status take_crl(void *context, struct signet_crl *crl)
{
    struct found *found = context;
    (void)crl;
    found->num_crls++;
    return found->answer;
}

static enum signet_status read(struct signet_span bytes, const char *passphrase,
                               struct found *found, size_t *num_bad,
                               enum signet_key_trouble *trouble)
{
    const struct signet_pkcs12_callbacks callbacks = {take_key, take_certificate, take_crl, found};
    struct signet_span secret = passphrase == NULL ? sg_span(NULL, 0) : text_bytes(passphrase);
    *found = (struct found){.answer = SIGNET_OK};
    return signet_pkcs12_read(bytes, secret, &callbacks, num_bad, trouble);
}

static void clear(struct found *found)
{
    signet_key_unref(found->key);
    signet_certificate_unref(found->certificate);
    found->key = NULL;
    found->certificate = NULL;
}

static bool legacy_is_here(void)
{
    struct sg_key_library *library = sg_key_library_new();
    bool here = sg_key_library_load_legacy(library);
    sg_key_library_unref(library);
    return here;
}

static void reads_files_of_others(void **state)
{
    static const struct {
        const char *name, *passphrase;
        bool legacy;
    } rows[] = {{"modern.p12", "secret", false},
                {"legacy.p12", "secret", true},
                {"nomac.p12", "secret", false},
                {"few.p12", "secret", false},
                {"ber.p12", "secret", false},
                {"empty.p12", "", false},
                {"empty.p12", NULL, false},
                {"plain.p12", "secret", false},
                {"utf8.p12",
                 "s\xc3\xa9"
                 "cret",
                 false}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct found found;
        size_t num_bad = 9;
        enum signet_key_trouble trouble = SIGNET_KEY_NONE;
        if (rows[i].legacy && !legacy_is_here())
            continue;
        enum signet_status status =
            read(sample(rows[i].name), rows[i].passphrase, &found, &num_bad, &trouble);
        if (status != SIGNET_OK)
            fail_msg("%s: %s", rows[i].name, signet_key_trouble_text(trouble));
        assert_int_equal(trouble, SIGNET_KEY_FINE);
        assert_int_equal(num_bad, 0);
        assert_int_equal(found.num_certificates, 2);
        assert_int_equal(found.num_keys, 1);
        assert_non_null(found.certificate);
        assert_span_equal(signet_certificate_der(found.certificate), sample("alice.der"));
        assert_true(signet_key_matches(found.key, found.certificate));
        assert_true(strstr(found.name, "lice") != NULL);
        clear(&found);
    }
}

static void reads_certificates_alone(void **state)
{
    struct found found;
    (void)state;
    assert_int_equal(read(sample("certs.p12"), "secret", &found, NULL, NULL), SIGNET_OK);
    assert_int_equal(found.num_certificates, 1);
    assert_int_equal(found.num_keys, 0);
}

static void check_trouble(const char *what, struct signet_span bytes, const char *passphrase,
                          enum signet_key_trouble expected)
{
    struct found found;
    enum signet_key_trouble trouble = SIGNET_KEY_FINE;
    enum signet_status status = read(bytes, passphrase, &found, NULL, &trouble);
    if (status == SIGNET_OK || trouble != expected)
        fail_msg("%s: %s, %s", what, signet_status_name(status), signet_key_trouble_text(trouble));
    assert_int_equal(found.num_keys + found.num_certificates, 0);
}

static void tells_a_wrong_passphrase_from_damage(void **state)
{
    struct signet_span modern = sample("modern.p12");
    (void)state;
    check_trouble("wrong", modern, "wrong", SIGNET_KEY_PASSPHRASE_WRONG);
    check_trouble("wrong", sample("nomac.p12"), "wrong", SIGNET_KEY_PASSPHRASE_WRONG);
    check_trouble("none", modern, NULL, SIGNET_KEY_PASSPHRASE_NEEDED);
    check_trouble("empty", modern, "", SIGNET_KEY_PASSPHRASE_WRONG);
    for (size_t len = 20; len < modern.len; len += 31)
        check_trouble("cut", sg_test_copy(modern.ptr, len), "secret", SIGNET_KEY_DAMAGED);
    /* The last octets are the MAC's salt and iterations; before them stands its value. */
    uint8_t *octets = sg_test_keep(malloc(modern.len));
    memcpy(octets, modern.ptr, modern.len);
    octets[modern.len - 20] ^= 1;
    check_trouble("mac", sg_span(octets, modern.len), "secret", SIGNET_KEY_DAMAGED);
    check_trouble("mac", sg_span(octets, modern.len), "wrong", SIGNET_KEY_PASSPHRASE_WRONG);
}

static void tells_what_is_no_such_file(void **state)
{
    (void)state;
    assert_true(signet_pkcs12_is(sample("modern.p12")));
    assert_true(signet_pkcs12_is(hex("30 80 02 01 03 30 80")));
    assert_false(signet_pkcs12_is(sample("alice.der")));
    assert_false(signet_pkcs12_is(sample("alice-key.pem")));
    assert_false(signet_pkcs12_is(sg_span(NULL, 0)));
    check_trouble("certificate", sample("alice.der"), "secret", SIGNET_KEY_NONE);
    check_trouble("empty", sg_span(NULL, 0), "secret", SIGNET_KEY_NONE);
}

static void reads_safes_in_safes(void **state)
{
    struct found found;
    (void)state;
    assert_int_equal(read(sample("nested-4.p12"), "secret", &found, NULL, NULL), SIGNET_OK);
    assert_int_equal(found.num_certificates, 1);
    check_trouble("five", sample("nested-5.p12"), "secret", SIGNET_KEY_TOO_COSTLY);
}

/* The iterations of the MAC are the last field. */
static void refuses_what_would_take_for_ever(void **state)
{
    struct signet_span modern = sample("modern.p12");
    uint8_t *octets = sg_test_keep(malloc(modern.len));
    (void)state;
    memcpy(octets, modern.ptr, modern.len);
    assert_int_equal(octets[modern.len - 4], 0x02); /* INTEGER of two octets: 2048 */
    assert_int_equal(octets[modern.len - 3], 0x02);
    /* One octet of the salt goes: it is one shorter and the number one longer. */
    assert_int_equal(octets[modern.len - 14], 0x04);
    octets[modern.len - 13] = 6;
    static const uint8_t number[] = {0x02, 0x04, 0x7f, 0xff, 0xff, 0xff};
    memcpy(octets + modern.len - sizeof number, number, sizeof number);
    check_trouble("2^31 - 1", sg_span(octets, modern.len), "secret", SIGNET_KEY_TOO_COSTLY);
}

static bool keep(void *context, struct signet_span bytes)
{
    struct sg_buffer *kept = context;
    sg_buffer_add(kept, bytes);
    return kept->status == SIGNET_OK;
}

/* Alice's key and certificate, and her issuer's. */
struct pair {
    struct signet_key *key;
    struct signet_certificate *certificate, *issuer;
};

static struct pair make_pair(void)
{
    struct pair pair;
    assert_int_equal(signet_key_read(sample("alice-key.pem"), sg_span(NULL, 0), &pair.key, NULL),
                     SIGNET_OK);
    assert_int_equal(signet_certificate_parse(sample("alice.der"), &pair.certificate, NULL),
                     SIGNET_OK);
    assert_int_equal(signet_certificate_parse(sample("ca.der"), &pair.issuer, NULL), SIGNET_OK);
    return pair;
}

static void free_pair(struct pair *pair)
{
    signet_key_unref(pair->key);
    signet_certificate_unref(pair->certificate);
    signet_certificate_unref(pair->issuer);
}

static void check_written(bool for_old_readers)
{
    struct pair pair = make_pair();
    const struct signet_pkcs12_own own = {pair.key, pair.certificate,
                                          "Alice \xc3\x84 \xf0\x9f\x94\x91"};
    const struct signet_certificate *const others[] = {pair.issuer, pair.certificate};
    const struct signet_pkcs12_content content = {&own, 1, others, 2, for_old_readers};
    struct sg_buffer kept;
    const struct signet_sink sink = {keep, &kept};
    struct found found;
    sg_buffer_init(&kept, 100000);
    assert_int_equal(signet_pkcs12_write(&content, text_bytes("p\xc3\xa4ss"), &sink, NULL),
                     SIGNET_OK);
    assert_int_equal(read(sg_buffer_span(&kept), "p\xc3\xa4ss", &found, NULL, NULL), SIGNET_OK);
    assert_int_equal(found.num_certificates, 2);
    assert_int_equal(found.num_keys, 1);
    assert_string_equal(found.name, own.name);
    assert_span_equal(signet_certificate_der(found.certificate), sample("alice.der"));
    assert_span_equal(signet_key_public(found.key), signet_key_public(pair.key));
    check_trouble("other", sg_buffer_span(&kept), "pass", SIGNET_KEY_PASSPHRASE_WRONG);
    clear(&found);
    sg_buffer_free(&kept);
    free_pair(&pair);
}

static void reads_what_it_writes(void **state)
{
    (void)state;
    check_written(false);
    check_written(true);
}

static void writes_nothing_that_does_not_fit(void **state)
{
    struct pair pair = make_pair();
    const struct signet_pkcs12_own right = {pair.key, pair.certificate, NULL};
    const struct signet_pkcs12_own foreign = {pair.key, pair.issuer, NULL};
    const struct signet_pkcs12_own named = {pair.key, pair.certificate, "\xff"};
    const struct {
        struct signet_pkcs12_content content;
        const char *passphrase;
    } rows[] = {{{&right, 1, NULL, 0, false}, ""},
                {{&right, 1, NULL, 0, false}, "\xff"},
                {{&foreign, 1, NULL, 0, false}, "p"},
                {{&named, 1, NULL, 0, false}, "p"},
                {{NULL, 0, NULL, 0, false}, "p"}};
    struct sg_buffer kept;
    const struct signet_sink sink = {keep, &kept};
    (void)state;
    sg_buffer_init(&kept, 100000);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span secret = text_bytes(rows[i].passphrase);
        assert_int_equal(signet_pkcs12_write(&rows[i].content, secret, &sink, NULL),
                         SIGNET_ERR_ARGUMENT);
    }
    assert_int_equal(kept.len, 0);
    free_pair(&pair);
}

static void ends_when_a_callback_says_so(void **state)
{
    struct found found = {.answer = SIGNET_ERR_LIMIT};
    const struct signet_pkcs12_callbacks callbacks = {take_key, take_certificate, take_crl, &found};
    const struct signet_pkcs12_callbacks nobody = {.context = NULL};
    (void)state;
    assert_int_equal(
        signet_pkcs12_read(sample("modern.p12"), text_bytes("secret"), &callbacks, NULL, NULL),
        SIGNET_ERR_LIMIT);
    assert_int_equal(found.num_certificates + found.num_keys, 1);
    assert_int_equal(
        signet_pkcs12_read(sample("modern.p12"), text_bytes("secret"), &nobody, NULL, NULL),
        SIGNET_OK);
}

static void survives_every_failing_allocation(void **state)
{
    struct signet_span bytes = sample("modern.p12"), secret = text_bytes("secret");
    const struct signet_pkcs12_callbacks nobody = {.context = NULL};
    enum signet_status status = SIGNET_ERR_MEMORY;
    (void)state;
    for (size_t n = 0; status != SIGNET_OK; n++) {
        enum signet_key_trouble trouble;
        fault_begin(n);
        status = signet_pkcs12_read(bytes, secret, &nobody, NULL, &trouble);
        fault_end();
        if (status != SIGNET_OK && status != SIGNET_ERR_MEMORY)
            fail_msg("allocation %zu: %s, %s", n, signet_status_name(status),
                     signet_key_trouble_text(trouble));
    }
}

SG_TEST_MAIN(SG_TEST("C-CO-3", reads_files_of_others), SG_TEST("", reads_certificates_alone),
             SG_TEST("", tells_a_wrong_passphrase_from_damage),
             SG_TEST("", tells_what_is_no_such_file), SG_TEST("", refuses_what_would_take_for_ever),
             SG_TEST("E-9", reads_safes_in_safes), SG_TEST("", reads_what_it_writes),
             SG_TEST("", writes_nothing_that_does_not_fit),
             SG_TEST("", ends_when_a_callback_says_so),
             SG_TEST("", survives_every_failing_allocation))
