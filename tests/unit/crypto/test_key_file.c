/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/der_writer.h"
#include "crypto/pbe.h"
#include "fault.h"
#include "key_sample.h"

static const char passphrase[] = "secret";

/* All of these are one key. */
static const struct form_row {
    const char *name;
    bool encrypted, legacy;
} forms[] = {
    {"ec-p8", false, false},      {"ec-trad", false, false},  {"ec-pbkdf2", true, false},
    {"ec-des3sha1", true, false}, {"ec-scrypt", true, false}, {"ec-p12-3des", true, false},
    {"ec-rc2", true, true},       {"ec-md5des", true, true},  {"ec-rc4", true, true},
    {"ec-procaes", true, false},  {"ec-few", true, false},    {"ec-scrypt-few", true, false},
    {"ec-procdes3", true, false}, {"ec-procdes", true, true},
};

static enum signet_status read(struct signet_span bytes, const char *secret,
                               enum signet_key_trouble *trouble, struct signet_key **key)
{
    struct signet_span octets = secret == NULL ? sg_span(NULL, 0) : text_bytes(secret);
    return signet_key_read(bytes, octets, key, trouble);
}

static void check_trouble(const char *what, struct signet_span bytes, const char *secret,
                          enum signet_key_trouble expected)
{
    struct signet_key *key;
    enum signet_key_trouble trouble = SIGNET_KEY_FINE;
    enum signet_status status = read(bytes, secret, &trouble, &key);
    if (status == SIGNET_OK || trouble != expected)
        fail_msg("%s: %s, %s", what, signet_status_name(status), signet_key_trouble_text(trouble));
    assert_null(key);
    assert_int_equal(status,
                     expected == SIGNET_KEY_TOO_COSTLY ? SIGNET_ERR_LIMIT : SIGNET_ERR_PARSE);
}

static bool legacy_is_here(void)
{
    struct sg_key_library *library = sg_key_library_new();
    bool here = sg_key_library_load_legacy(library);
    sg_key_library_unref(library);
    return here;
}

static void reads_each_form_of_one_key(void **state)
{
    struct signet_key *plain = read_key("ec-p8", NULL);
    (void)state;
    for (size_t i = 0; i < SG_NUM(forms); i++) {
        if (forms[i].legacy && !legacy_is_here()) {
            check_trouble(forms[i].name, key_sample(forms[i].name), passphrase,
                          SIGNET_KEY_UNSUPPORTED);
            continue;
        }
        struct signet_key *key = read_key(forms[i].name, passphrase);
        assert_span_equal(signet_key_public(key), signet_key_public(plain));
        assert_string_equal(signet_key_type(key), "EC");
        assert_int_equal(signet_key_bits(key), 256);
        signet_key_unref(key);
    }
    signet_key_unref(plain);
}

static void reads_each_kind_of_key(void **state)
{
    static const struct {
        const char *name, *type;
        unsigned bits;
    } rows[] = {{"rsa-p8", "RSA", 2048},     {"rsa-trad", "RSA", 2048},
                {"ed25519", "Ed25519", 256}, {"ed448", "Ed448", 448},
                {"x25519", "X25519", 256},   {"ec-after-parameters", "EC", 256}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_key *key = read_key(rows[i].name, NULL);
        assert_string_equal(signet_key_type(key), rows[i].type);
        assert_int_equal(signet_key_bits(key), rows[i].bits);
        struct signet_key *again = signet_key_ref(key);
        signet_key_unref(key);
        signet_key_unref(again);
    }
}

static void reads_der(void **state)
{
    static const char *const names[] = {"ec-p8", "ec-trad", "ec-pbkdf2", "rsa-p8", "rsa-trad"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_key *key, *pem = read_key(names[i], passphrase);
        enum signet_key_trouble trouble;
        assert_int_equal(read(unarmour(key_sample(names[i])), passphrase, &trouble, &key),
                         SIGNET_OK);
        assert_span_equal(signet_key_public(key), signet_key_public(pem));
        signet_key_unref(key);
        signet_key_unref(pem);
    }
}

/* RFC 5958: version 1, with the public key behind. */
static void reads_keys_that_bring_their_public_half(void **state)
{
    struct signet_key *key, *plain = read_key("ed25519", NULL);
    struct signet_span der = unarmour(key_sample("ed25519"));
    struct sg_buffer whole;
    enum signet_key_trouble trouble;
    (void)state;
    sg_buffer_init(&whole, 1000);
    size_t opened = sg_der_open(&whole, SG_TAG_SEQUENCE);
    sg_der_put_uint32(&whole, 1);
    sg_buffer_add(&whole, sg_span_from(der, 5)); /* past the SEQUENCE and version 0 */
    sg_der_put(&whole, SG_TAG_CONTEXT_CONS(0), sg_span(NULL, 0));
    size_t public = sg_der_open(&whole, SG_TAG_CONTEXT(1));
    sg_buffer_add_byte(&whole, 0);
    sg_buffer_add(&whole, plain->spki.key_bits);
    sg_der_close(&whole, public);
    sg_der_close(&whole, opened);
    assert_int_equal(whole.status, SIGNET_OK);
    assert_int_equal(read(sg_buffer_span(&whole), NULL, &trouble, &key), SIGNET_OK);
    assert_span_equal(signet_key_public(key), signet_key_public(plain));
    signet_key_unref(key);
    signet_key_unref(plain);
    sg_buffer_free(&whole);
}

static void tells_a_wrong_passphrase_from_none(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(forms); i++) {
        if (!forms[i].encrypted)
            continue;
        struct signet_span bytes = key_sample(forms[i].name);
        check_trouble(forms[i].name, bytes, NULL, SIGNET_KEY_PASSPHRASE_NEEDED);
        if (!forms[i].legacy || legacy_is_here())
            check_trouble(forms[i].name, bytes, "wrong", SIGNET_KEY_PASSPHRASE_WRONG);
    }
}

static void tells_what_is_no_key(void **state)
{
    (void)state;
    check_trouble("empty", sg_span(NULL, 0), NULL, SIGNET_KEY_NONE);
    check_trouble("text", text_bytes("no key here\n"), NULL, SIGNET_KEY_NONE);
    check_trouble("certificate", hex("30 05 30 03 02 01 00"), NULL, SIGNET_KEY_NONE);
    check_trouble("block", text_bytes("-----BEGIN X-----\nMAA=\n-----END X-----\n"), NULL,
                  SIGNET_KEY_NONE);
    check_trouble("large", repeat(sg_span(NULL, 0), '\n', SIGNET_KEY_MAX_LEN + 1), NULL,
                  SIGNET_KEY_TOO_COSTLY);
}

static void tells_of_damage(void **state)
{
    static const char *const names[] = {"ec-p8", "ec-trad", "ec-pbkdf2", "ed25519"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_span der = unarmour(key_sample(names[i])), pem = key_sample(names[i]);
        for (size_t len = 20; len < der.len; len += 7)
            check_trouble(names[i], sg_test_copy(der.ptr, len), passphrase, SIGNET_KEY_DAMAGED);
        check_trouble(names[i], sg_test_copy(pem.ptr, pem.len - 40), passphrase,
                      SIGNET_KEY_DAMAGED);
    }
    /* Another private scalar than the public point's. */
    struct signet_span der = unarmour(key_sample("ec-trad"));
    uint8_t *octets = sg_test_keep(malloc(der.len));
    memcpy(octets, der.ptr, der.len);
    octets[20] ^= 1;
    check_trouble("halves", sg_span(octets, der.len), NULL, SIGNET_KEY_DAMAGED);
}

static void tells_what_is_not_supported(void **state)
{
    (void)state;
    /* PrivateKeyInfo with 1.2.3; EncryptedPrivateKeyInfo with 1.2.3. */
    check_trouble("kind", hex("30 0d 020100 3004 06022a03 0402 0500"), NULL,
                  SIGNET_KEY_UNSUPPORTED);
    check_trouble("encryption", hex("30 0a 3004 06022a03 0402 0000"), "x", SIGNET_KEY_UNSUPPORTED);
    check_trouble("cipher",
                  text_bytes("-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n"
                             "DEK-Info: X,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n"),
                  "x", SIGNET_KEY_UNSUPPORTED);
}

/* An EncryptedPrivateKeyInfo that asks for COUNT iterations, or scrypt with N, R and P. */
static struct signet_span costly(bool scrypt, struct signet_span count, uint32_t r, uint32_t p)
{
    struct sg_buffer der;
    sg_buffer_init(&der, 1000);
    size_t whole = sg_der_open(&der, SG_TAG_SEQUENCE), pbes2 = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put_oid(&der, SG_OID_PBES2);
    size_t both = sg_der_open(&der, SG_TAG_SEQUENCE), kdf = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put_oid(&der, scrypt ? SG_OID_SCRYPT : SG_OID_PBKDF2);
    size_t parameters = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put(&der, SG_TAG_OCTET_STRING, text_bytes("saltsalt"));
    sg_der_put_magnitude(&der, count);
    if (scrypt) {
        sg_der_put_uint32(&der, r);
        sg_der_put_uint32(&der, p);
    }
    sg_der_close(&der, parameters);
    sg_der_close(&der, kdf);
    size_t cipher = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_der_put_oid(&der, SG_OID_AES256_CBC);
    sg_der_put(&der, SG_TAG_OCTET_STRING, text_bytes("0123456789abcdef"));
    sg_der_close(&der, cipher);
    sg_der_close(&der, both);
    sg_der_close(&der, pbes2);
    sg_der_put(&der, SG_TAG_OCTET_STRING, text_bytes("0123456789abcdef"));
    sg_der_close(&der, whole);
    assert_int_equal(der.status, SIGNET_OK);
    struct signet_span copy = sg_test_copy(der.ptr, der.len);
    sg_buffer_free(&der);
    return copy;
}

static void refuses_what_would_take_for_ever(void **state)
{
    (void)state;
    check_trouble("2^31", costly(false, hex("80000000"), 0, 0), "x", SIGNET_KEY_TOO_COSTLY);
    check_trouble("2^32", costly(false, hex("0100000000"), 0, 0), "x", SIGNET_KEY_TOO_COSTLY);
    check_trouble("2^64", costly(false, hex("010000000000000000"), 0, 0), "x",
                  SIGNET_KEY_TOO_COSTLY);
    check_trouble("10000001", costly(false, hex("989681"), 0, 0), "x", SIGNET_KEY_TOO_COSTLY);
    check_trouble("N 2^20", costly(true, hex("100000"), 8, 1), "x", SIGNET_KEY_TOO_COSTLY);
    check_trouble("p 2^16", costly(true, hex("4000"), 8, 65536), "x", SIGNET_KEY_TOO_COSTLY);
    check_trouble("p 200", costly(true, hex("4000"), 1, 65), "x", SIGNET_KEY_TOO_COSTLY);
    check_trouble("few", costly(false, hex("10"), 0, 0), "x", SIGNET_KEY_PASSPHRASE_WRONG);
    check_trouble("some", costly(true, hex("10"), 8, 1), "x", SIGNET_KEY_PASSPHRASE_WRONG);
}

static void writes_what_it_reads(void **state)
{
    static const struct signet_key_form rows[] = {{false, SIGNET_DERIVE_PBKDF2},
                                                  {true, SIGNET_DERIVE_PBKDF2},
                                                  {false, SIGNET_DERIVE_SCRYPT},
                                                  {true, SIGNET_DERIVE_SCRYPT}};
    struct signet_key *key = read_key("ed25519", NULL), *again;
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer kept;
        const struct signet_sink sink = {keep_octets, &kept};
        enum signet_key_trouble trouble = SIGNET_KEY_NONE;
        sg_buffer_init(&kept, 10000);
        assert_int_equal(signet_key_write(key, text_bytes("p"), &rows[i], &sink, &trouble),
                         SIGNET_OK);
        assert_int_equal(trouble, SIGNET_KEY_FINE);
        check_trouble("other", sg_buffer_span(&kept), "q", SIGNET_KEY_PASSPHRASE_WRONG);
        assert_int_equal(read(sg_buffer_span(&kept), "p", &trouble, &again), SIGNET_OK);
        assert_span_equal(signet_key_public(again), signet_key_public(key));
        signet_key_unref(again);
        sg_buffer_free(&kept);
    }
    signet_key_unref(key);
}

static void never_writes_without_a_passphrase(void **state)
{
    struct signet_key *key = read_key("ed25519", NULL);
    struct sg_buffer kept;
    const struct signet_sink sink = {keep_octets, &kept};
    (void)state;
    sg_buffer_init(&kept, 10000);
    assert_int_equal(signet_key_write(key, sg_span(NULL, 0), NULL, &sink, NULL),
                     SIGNET_ERR_ARGUMENT);
    assert_int_equal(signet_key_write(key, text_bytes(""), NULL, &sink, NULL), SIGNET_ERR_ARGUMENT);
    assert_int_equal(kept.len, 0);
    signet_key_unref(key);
}

static enum sg_key_answer no_export(void *state, struct sg_secret *pkcs8)
{
    (void)state;
    (void)pkcs8;
    return SG_KEY_CANNOT;
}

static void free_nothing(void *state)
{
    (void)state;
}

static void leaves_a_key_in_its_token(void **state)
{
    static const struct sg_key_methods rows[] = {{.holder = "token", .free = free_nothing},
                                                 {.hand_out = no_export, .free = free_nothing}};
    struct signet_key *pattern = read_key("ed25519", NULL);
    struct sg_buffer kept;
    const struct signet_sink sink = {keep_octets, &kept};
    (void)state;
    sg_buffer_init(&kept, 10000);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        bool no_memory;
        enum signet_key_trouble trouble = SIGNET_KEY_FINE;
        struct signet_key *key = sg_key_new(&rows[i], NULL, signet_key_public(pattern), &no_memory);
        assert_non_null(key);
        assert_int_equal(signet_key_write(key, text_bytes("p"), NULL, &sink, &trouble),
                         SIGNET_ERR_ARGUMENT);
        assert_int_equal(trouble, SIGNET_KEY_NOT_EXPORTABLE);
        signet_key_unref(key);
    }
    signet_key_unref(pattern);
}

static void survives_every_failing_allocation(void **state)
{
    static const char *const names[] = {"ec-trad", "ec-procaes", "ec-des3sha1", "rsa-p8"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_span bytes = key_sample(names[i]), secret = text_bytes(passphrase);
        enum signet_status status = SIGNET_ERR_MEMORY;
        for (size_t n = 0; status != SIGNET_OK; n++) {
            struct signet_key *key;
            fault_begin(n);
            status = signet_key_read(bytes, secret, &key, NULL);
            fault_end();
            if (status != SIGNET_OK && status != SIGNET_ERR_MEMORY)
                fail_msg("%s, allocation %zu: %s", names[i], n, signet_status_name(status));
            assert_true((key != NULL) == (status == SIGNET_OK));
            signet_key_unref(key);
        }
    }
}

static void says_each_trouble(void **state)
{
    (void)state;
    for (int i = 0; i <= SIGNET_KEY_NOT_EXPORTABLE; i++)
        assert_true(strlen(signet_key_trouble_text((enum signet_key_trouble)i)) > 5);
    assert_non_null(signet_key_trouble_text((enum signet_key_trouble)99));
}

SG_TEST_MAIN(SG_TEST("C-CO-3", reads_each_form_of_one_key), SG_TEST("", reads_each_kind_of_key),
             SG_TEST("", reads_der), SG_TEST("", reads_keys_that_bring_their_public_half),
             SG_TEST("", tells_a_wrong_passphrase_from_none), SG_TEST("", tells_what_is_no_key),
             SG_TEST("", tells_of_damage), SG_TEST("", tells_what_is_not_supported),
             SG_TEST("", refuses_what_would_take_for_ever), SG_TEST("", writes_what_it_reads),
             SG_TEST("", never_writes_without_a_passphrase), SG_TEST("", leaves_a_key_in_its_token),
             SG_TEST("", survives_every_failing_allocation), SG_TEST("", says_each_trouble))
