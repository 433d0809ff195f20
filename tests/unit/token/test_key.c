/* SPDX-License-Identifier: Apache-2.0 */
#include "fake.h"
#include "fault.h"

#include "crypto/crypto.h"

#define URI "pkcs11:id=k"

static struct fake_module *fake;
static struct fake_object pair[2];
static struct signet_key *software, *key;
static struct signet_token_report report;
static size_t num_asked;
static struct signet_token_pin_wish asked;

static bool give_pin(void *context, const struct signet_token_pin_wish *wish,
                     struct signet_span *pin)
{
    num_asked++;
    asked = *wish;
    if (context == NULL)
        return false;
    *pin = sg_span_text(context);
    return true;
}

static char right_pin[] = "1234";
static const struct signet_token_access with_pin = {FAKE_MODULE, give_pin, right_pin};

/* A token with a key of KIND. */
static void prepare(const char *kind)
{
    fake = fake_reset();
    fake->token_flags = CKF_LOGIN_REQUIRED;
    num_asked = 0;
    assert_int_equal(signet_key_generate(kind, &software), SIGNET_OK);
    fake_key_pair(software, "k", pair);
    fake_hold(fake, pair, 2);
}

static enum signet_status open_key(const char *uri)
{
    return signet_token_key_open(uri, &with_pin, &key, &report);
}

static void finish(void)
{
    signet_key_unref(key);
    signet_key_unref(software);
    key = software = NULL;
    assert_fake_closed(fake);
}

static struct sg_signature_algorithm algorithm(enum sg_signature_scheme scheme,
                                               enum sg_key_type type)
{
    return (struct sg_signature_algorithm){.scheme = scheme,
                                           .key_type = type,
                                           .digest = SG_DIGEST_SHA256,
                                           .mgf_digest = SG_DIGEST_SHA256,
                                           .salt_len = 32};
}

static struct sg_digest_value digest_of(const char *text)
{
    struct sg_digest_value digest = {.type = SG_DIGEST_SHA256, .len = 32};
    assert_true(sg_sha256(sg_span_text(text), digest.octets));
    return digest;
}

/* What the software's half of the key signs. */
static struct signet_span signature_of(const struct sg_signature_algorithm *how, const char *text)
{
    struct sg_buffer buffer;
    struct sg_digest_value digest = digest_of(text);
    sg_buffer_init(&buffer, 4096);
    assert_int_equal(sg_key_sign_digest(software, how, &digest, &buffer), SG_KEY_DONE);
    struct signet_span copy = sg_test_copy(buffer.ptr, buffer.len);
    sg_buffer_free(&buffer);
    return copy;
}

static enum sg_key_answer sign(const struct sg_signature_algorithm *how, const char *text,
                               struct signet_span *signature)
{
    struct sg_buffer buffer;
    struct sg_digest_value digest = digest_of(text);
    sg_buffer_init(&buffer, 4096);
    enum sg_key_answer answer = sg_key_sign_digest(key, how, &digest, &buffer);
    if (answer != SG_KEY_DONE)
        assert_int_equal(buffer.len, 0);
    *signature = sg_test_copy(buffer.ptr, buffer.len);
    sg_buffer_free(&buffer);
    return answer;
}

/* r and s of an Ecdsa-Sig-Value of P-256 side by side. */
static struct signet_span side_by_side(struct signet_span der)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_der cursor = sg_der_begin(der, &error), inner;
    uint8_t *pair_octets = sg_test_keep(calloc(64, 1));
    assert_true(sg_der_enter(&cursor, SG_TAG_SEQUENCE, &inner, "signature"));
    for (size_t i = 0; i < 2; i++) {
        struct signet_span number;
        assert_true(sg_der_integer(&inner, &number, "number"));
        if (number.len == 33)
            number = sg_span_from(number, 1);
        memcpy(pair_octets + 32 * (i + 1) - number.len, number.ptr, number.len);
    }
    return sg_span(pair_octets, 64);
}

static void give(struct fake_octets *octets, struct signet_span span)
{
    *octets = (struct fake_octets){span.ptr, span.len, 0};
}

static void has_the_public_half_of_the_key(void **state)
{
    (void)state;
    static const char *const kinds[] = {"p256", "rsa2048"};
    for (size_t i = 0; i < SG_NUM(kinds); i++) {
        prepare(kinds[i]);
        assert_int_equal(open_key(URI), SIGNET_OK);
        assert_span_equal(signet_key_public(key), signet_key_public(software));
        enum signet_key_trouble trouble;
        const struct signet_sink none = {NULL, NULL};
        assert_int_equal(signet_key_write(key, sg_span_text("x"), NULL, &none, &trouble),
                         SIGNET_ERR_ARGUMENT);
        assert_int_equal(trouble, SIGNET_KEY_NOT_EXPORTABLE);
        finish();
    }
}

static void signs_by_ecdsa_and_verifies_it(void **state)
{
    (void)state;
    const struct sg_signature_algorithm how = algorithm(SG_SCHEME_ECDSA, SG_KEY_EC);
    struct signet_span expected, signature;
    prepare("p256");
    expected = signature_of(&how, "right");
    give(&fake->signature, side_by_side(expected));
    assert_int_equal(open_key(URI), SIGNET_OK);
    assert_int_equal(sign(&how, "right", &signature), SG_KEY_DONE);
    assert_span_equal(signature, expected);
    assert_int_equal(fake->mechanism, CKM_ECDSA);
    assert_int_equal(sign(&how, "another", &signature), SG_KEY_FAILED);

    static const struct fake_octets bad[] = {
        {"", 0, 0}, {"abc", 3, 0}, {"ab", 2, 0}, {"abcd", 4, 4097}, {"abcd", 4, ~0UL}};
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        fake->signature = bad[i];
        assert_int_equal(sign(&how, "right", &signature), SG_KEY_FAILED);
    }
    finish();
}

static void signs_by_rsa_and_verifies_it(void **state)
{
    (void)state;
    static const struct {
        enum sg_signature_scheme scheme;
        CK_MECHANISM_TYPE mechanism;
        size_t input_len; /* DigestInfo, or the digest */
    } rows[] = {{SG_SCHEME_RSA_PKCS1, CKM_RSA_PKCS, 51}, {SG_SCHEME_RSA_PSS, CKM_RSA_PKCS_PSS, 32}};
    prepare("rsa2048");
    assert_int_equal(open_key(URI), SIGNET_OK);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_signature_algorithm how = algorithm(
            rows[i].scheme, rows[i].scheme == SG_SCHEME_RSA_PSS ? SG_KEY_RSA_PSS : SG_KEY_RSA);
        struct signet_span signature, expected = signature_of(&how, "right");
        give(&fake->signature, expected);
        assert_int_equal(sign(&how, "right", &signature), SG_KEY_DONE);
        assert_span_equal(signature, expected);
        assert_int_equal(fake->mechanism, rows[i].mechanism);
        assert_int_equal(fake->input_len, rows[i].input_len);
        /* A fault in one of the primes would tell both. */
        uint8_t *faulty = sg_test_keep(malloc(expected.len));
        memcpy(faulty, expected.ptr, expected.len);
        faulty[7] ^= 1;
        give(&fake->signature, sg_span(faulty, expected.len));
        assert_int_equal(sign(&how, "right", &signature), SG_KEY_FAILED);
        how.digest = SG_DIGEST_SHA1;
        assert_int_equal(sign(&how, "right", &signature), SG_KEY_CANNOT);
    }
    finish();
}

/* A token hashes itself for EdDSA, and gets the whole message. */
static void signs_so_long_a_message_and_no_longer(void **state)
{
    (void)state;
    static const CK_KEY_TYPE edwards = CKK_EC_EDWARDS;
    static const uint8_t message[65537];
    static const struct sg_signature_algorithm how = {
        .scheme = SG_SCHEME_EDDSA, .key_type = SG_KEY_ED25519, .digest = SG_DIGEST_NONE};
    static const struct {
        size_t len;
        enum sg_key_answer answer;
        size_t num_uses;
    } rows[] = {{65536, SG_KEY_DONE, 1}, {65537, SG_KEY_CANNOT, 0}};
    struct sg_crypto *crypto;
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_buffer expected, signature;
        prepare("ed25519");
        for (size_t half = 0; half < 2; half++)
            fake_set(&pair[half], CKA_KEY_TYPE, &edwards, sizeof(edwards));
        assert_int_equal(open_key(URI), SIGNET_OK);
        sg_buffer_init(&expected, 4096);
        sg_buffer_init(&signature, 4096);
        const struct signet_span octets = sg_span(message, rows[i].len);
        assert_int_equal(sg_key_sign(software, crypto, &how, octets, &expected), SG_KEY_DONE);
        give(&fake->signature, sg_buffer_span(&expected));
        assert_int_equal(sg_key_sign(key, crypto, &how, octets, &signature), rows[i].answer);
        assert_int_equal(fake->num_uses, rows[i].num_uses);
        if (rows[i].answer == SG_KEY_DONE)
            assert_span_equal(sg_buffer_span(&signature), sg_buffer_span(&expected));
        sg_buffer_free(&expected);
        sg_buffer_free(&signature);
        finish();
    }
    sg_crypto_free(crypto);
}

/* What decrypting gives: LEN octets, whatever the token says. */
static struct signet_span decrypt(const char *encrypted, size_t len)
{
    const struct sg_key_transport transport = {.oaep = false};
    struct sg_secret plain;
    assert_int_equal(sg_key_decrypt(key, &transport, sg_span_text(encrypted), len, &plain),
                     SG_KEY_DONE);
    assert_int_equal(plain.len, len);
    struct signet_span copy = sg_test_copy(plain.ptr, plain.len);
    sg_secret_free(&plain);
    return copy;
}

static void shows_no_failed_decryption(void **state)
{
    (void)state;
    static const struct fake_octets answers[] = {
        {"0123456789abcdef", 16, 0},  {"0123456789abcde", 15, 0},     {"", 0, 0},
        {"0123456789abcdef0", 17, 0}, {"0123456789abcdef", 16, 5000}, {"", 0, ~0UL}};
    static const CK_RV statuses[] = {CKR_ENCRYPTED_DATA_INVALID, CKR_ENCRYPTED_DATA_LEN_RANGE,
                                     CKR_FUNCTION_FAILED,        CKR_GENERAL_ERROR,
                                     CKR_DATA_INVALID,           CKR_BUFFER_TOO_SMALL,
                                     CKR_ARGUMENTS_BAD,          CKR_DEVICE_ERROR,
                                     CKR_MECHANISM_INVALID};
    prepare("rsa2048");
    assert_int_equal(open_key(URI), SIGNET_OK);
    fake->plain = answers[0];
    assert_span_equal(decrypt("a", 16), sg_span_text("0123456789abcdef"));
    for (size_t i = 1; i < SG_NUM(answers); i++) {
        fake->plain = answers[i];
        struct signet_span first = decrypt("a", 16), second = decrypt("a", 16),
                           other = decrypt("b", 16);
        assert_span_equal(first, second);
        assert_memory_not_equal(first.ptr, other.ptr, 16);
        assert_memory_not_equal(first.ptr, "0123456789abcdef", 16);
    }
    fake->plain = answers[0];
    struct signet_span rejected = sg_span(NULL, 0);
    for (size_t i = 0; i < SG_NUM(statuses); i++) {
        fake->decrypt = statuses[i];
        struct signet_span got = decrypt("a", 16);
        if (i > 0)
            assert_span_equal(got, rejected);
        rejected = got;
        assert_memory_not_equal(got.ptr, "0123456789abcdef", 16);
    }
    finish();
}

static void tells_a_token_that_is_gone(void **state)
{
    (void)state;
    static const struct {
        CK_RV status;
        enum sg_key_answer answer;
    } rows[] = {
        {CKR_DEVICE_REMOVED, SG_KEY_DENIED},    {CKR_TOKEN_NOT_PRESENT, SG_KEY_DENIED},
        {CKR_SESSION_CLOSED, SG_KEY_DENIED},    {CKR_USER_NOT_LOGGED_IN, SG_KEY_DENIED},
        {CKR_HOST_MEMORY, SG_KEY_NEEDS_MEMORY},
    };
    const struct sg_signature_algorithm how = algorithm(SG_SCHEME_RSA_PKCS1, SG_KEY_RSA);
    const struct sg_key_transport transport = {
        .oaep = true, .digest = SG_DIGEST_SHA256, .mgf_digest = SG_DIGEST_SHA256};
    prepare("rsa2048");
    assert_int_equal(open_key(URI), SIGNET_OK);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span signature;
        struct sg_secret plain;
        fake->sign = fake->decrypt = rows[i].status;
        assert_int_equal(sign(&how, "x", &signature), rows[i].answer);
        assert_int_equal(sg_key_decrypt(key, &transport, sg_span_text("e"), 16, &plain),
                         rows[i].answer);
        assert_null(plain.ptr);
    }
    fake->sign = CKR_OK;
    fake->begin = CKR_KEY_FUNCTION_NOT_PERMITTED;
    struct signet_span signature;
    assert_int_equal(sign(&how, "x", &signature), SG_KEY_CANNOT);
    finish();
}

static void agrees_with_points_of_its_curve_alone(void **state)
{
    (void)state;
    static const char secret[32] = "the x coordinate of a point: 32.";
    static const char zeros[32];
    struct signet_key *peer, *stranger;
    struct sg_secret shared;
    prepare("p256");
    assert_int_equal(signet_key_generate("p256", &peer), SIGNET_OK);
    assert_int_equal(signet_key_generate("p384", &stranger), SIGNET_OK);
    assert_int_equal(open_key(URI), SIGNET_OK);
    give(&fake->secret, sg_span(secret, 32));
    assert_int_equal(sg_key_agree(key, &peer->spki, &shared), SG_KEY_DONE);
    assert_span_equal(sg_secret_span(&shared), sg_span(secret, 32));
    sg_secret_free(&shared);
    assert_int_equal(fake->num_destroyed, 1);

    give(&fake->secret, sg_span(zeros, 32));
    assert_int_equal(sg_key_agree(key, &peer->spki, &shared), SG_KEY_CANNOT);
    give(&fake->secret, sg_span(secret, 31));
    assert_int_equal(sg_key_agree(key, &peer->spki, &shared), SG_KEY_FAILED);
    fake->derive = CKR_DEVICE_REMOVED;
    assert_int_equal(sg_key_agree(key, &peer->spki, &shared), SG_KEY_DENIED);
    assert_null(shared.ptr);

    /* The token is not even asked. */
    size_t num_uses = fake->num_uses;
    struct sg_spki off = peer->spki;
    uint8_t point[65];
    memcpy(point, off.key_bits.ptr, sizeof(point));
    point[64] ^= 1;
    off.key_bits = sg_span(point, sizeof(point));
    assert_int_equal(sg_key_agree(key, &off, &shared), SG_KEY_CANNOT);
    assert_int_equal(sg_key_agree(key, &stranger->spki, &shared), SG_KEY_CANNOT);
    assert_int_equal(fake->num_uses, num_uses);
    signet_key_unref(peer);
    signet_key_unref(stranger);
    finish();
}

static void tries_a_pin_once(void **state)
{
    (void)state;
    static const struct {
        CK_FLAGS flags;
        CK_RV login;
        enum signet_token_trouble trouble;
        size_t num_logins;
    } rows[] = {
        {CKF_LOGIN_REQUIRED, CKR_OK, SIGNET_TOKEN_FINE, 1},
        {CKF_LOGIN_REQUIRED, CKR_USER_ALREADY_LOGGED_IN, SIGNET_TOKEN_FINE, 1},
        {0, CKR_GENERAL_ERROR, SIGNET_TOKEN_FINE, 0},
        {CKF_LOGIN_REQUIRED, CKR_PIN_INCORRECT, SIGNET_TOKEN_PIN_WRONG, 1},
        {CKF_LOGIN_REQUIRED, CKR_PIN_LEN_RANGE, SIGNET_TOKEN_PIN_WRONG, 1},
        {CKF_LOGIN_REQUIRED, CKR_PIN_LOCKED, SIGNET_TOKEN_PIN_LOCKED, 1},
        {CKF_LOGIN_REQUIRED | CKF_USER_PIN_LOCKED, CKR_OK, SIGNET_TOKEN_PIN_LOCKED, 0},
        {CKF_LOGIN_REQUIRED, CKR_GENERAL_ERROR, SIGNET_TOKEN_FAILED, 1},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        prepare("p256");
        fake->token_flags = rows[i].flags;
        fake->login = rows[i].login;
        assert_int_equal(open_key(URI),
                         rows[i].trouble == SIGNET_TOKEN_FINE ? SIGNET_OK : SIGNET_ERR_IO);
        assert_int_equal(report.trouble, rows[i].trouble);
        assert_int_equal(fake->num_logins, rows[i].num_logins);
        assert_int_equal(num_asked, rows[i].num_logins);
        if (rows[i].num_logins > 0)
            assert_span_equal(sg_span(fake->pin, fake->pin_len), sg_span_text(right_pin));
        finish();
    }
}

static void says_what_the_pin_is_for(void **state)
{
    (void)state;
    prepare("p256");
    fake->token_flags |= CKF_USER_PIN_COUNT_LOW | CKF_USER_PIN_FINAL_TRY;
    assert_int_equal(open_key("pkcs11:id=k?pin-source=/run/pin"), SIGNET_OK);
    assert_true(asked.last_try && asked.few_tries && !asked.for_one_use);
    finish();

    /* A pad of its own: no PIN passes through here. */
    prepare("p256");
    fake->token_flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    assert_int_equal(open_key(URI), SIGNET_OK);
    assert_int_equal(num_asked, 0);
    assert_int_equal(fake->pin_len, 0);
    assert_int_equal(fake->num_logins, 1);
    finish();

    static const struct signet_token_access without[] = {{FAKE_MODULE, give_pin, NULL},
                                                         {FAKE_MODULE, NULL, NULL}};
    for (size_t i = 0; i < SG_NUM(without); i++) {
        prepare("p256");
        assert_int_equal(signet_token_key_open(URI, &without[i], &key, &report), SIGNET_ERR_IO);
        assert_int_equal(report.trouble, SIGNET_TOKEN_PIN_NEEDED);
        assert_int_equal(fake->num_logins, 0);
        finish();
    }
}

static void wants_the_pin_for_each_use_where_the_key_does(void **state)
{
    (void)state;
    static const CK_BBOOL yes = CK_TRUE;
    const struct sg_signature_algorithm how = algorithm(SG_SCHEME_ECDSA, SG_KEY_EC);
    struct signet_span signature;
    prepare("p256");
    fake_set(&pair[0], CKA_ALWAYS_AUTHENTICATE, &yes, sizeof(yes));
    give(&fake->signature, side_by_side(signature_of(&how, "x")));
    assert_int_equal(open_key(URI), SIGNET_OK);
    assert_int_equal(sign(&how, "x", &signature), SG_KEY_DONE);
    assert_int_equal(sign(&how, "x", &signature), SG_KEY_DONE);
    assert_int_equal(fake->user, CKU_CONTEXT_SPECIFIC);
    assert_true(asked.for_one_use);
    assert_int_equal(fake->num_logins, 3);
    /* Wrong once is enough: the next ones would lock the token. */
    fake->login = CKR_PIN_INCORRECT;
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(sign(&how, "x", &signature), SG_KEY_DENIED);
    assert_int_equal(fake->num_logins, 4);
    assert_int_equal(fake->num_uses, 2);
    finish();
}

static void finds_one_key_or_says_why_not(void **state)
{
    (void)state;
    static const struct {
        const char *uri;
        enum signet_token_trouble trouble;
    } rows[] = {
        {"pkcs11:", SIGNET_TOKEN_FINE},
        {"pkcs11:id=k;type=private", SIGNET_TOKEN_FINE},
        {"pkcs11:serial=120;token=Fake%20%1B%20token", SIGNET_TOKEN_FINE},
        {"pkcs11:id=K", SIGNET_TOKEN_NO_KEY},
        {"pkcs11:object=k", SIGNET_TOKEN_NO_KEY},
        {"pkcs11:type=cert", SIGNET_TOKEN_URI},
        {"pkcs11:slot-id=0", SIGNET_TOKEN_URI},
        {"pkcs11:serial=121", SIGNET_TOKEN_ABSENT},
        {"pkcs11:?module-path=/nonexistent/module.so", SIGNET_TOKEN_MISSING},
        {"pkcs11:?module-path=/dev/null", SIGNET_TOKEN_UNLOADABLE},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        prepare("p256");
        enum signet_status status = open_key(rows[i].uri);
        if (report.trouble != rows[i].trouble)
            fail_msg("%s: %s", rows[i].uri, report.text);
        assert_int_equal(status, rows[i].trouble == SIGNET_TOKEN_FINE ? SIGNET_OK : SIGNET_ERR_IO);
        assert_int_equal(report.text[0] != '\0', status != SIGNET_OK);
        assert_null(strchr(report.text, '\x1b'));
        finish();
    }
    prepare("p256");
    static const struct signet_token_access no_module = {NULL, give_pin, right_pin};
    assert_int_equal(signet_token_key_open(URI, &no_module, &key, &report), SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_MISSING);
    fake->num_slots = 2;
    assert_int_equal(open_key(URI), SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_AMBIGUOUS);
    assert_int_equal(open_key("pkcs11:serial=121"), SIGNET_OK);
    signet_key_unref(key);
    key = NULL;
    fake->num_slots = 0;
    assert_int_equal(open_key(URI), SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_ABSENT);
    fake->num_slots = 257;
    assert_int_equal(open_key(URI), SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_FAILED);
    finish();
}

static void refuses_keys_without_a_public_half(void **state)
{
    (void)state;
    prepare("p256");
    fake_hold(fake, pair, 1);
    assert_int_equal(open_key(URI), SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_UNSUPPORTED);
    const struct fake_object twice[] = {pair[0], pair[1], pair[0]};
    fake_hold(fake, twice, 3);
    assert_int_equal(open_key(URI), SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_AMBIGUOUS);
    static const CK_KEY_TYPE unknown = CKK_GOSTR3410;
    fake_set(&pair[1], CKA_KEY_TYPE, &unknown, sizeof(unknown));
    fake_hold(fake, pair, 2);
    assert_int_equal(open_key(URI), SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_UNSUPPORTED);
    finish();

    prepare("p256");
    fake_set(&pair[1], CKA_EC_PARAMS, "\x05", 1);
    assert_int_equal(open_key(URI), SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_UNSUPPORTED);
    finish();

    /* The certificate's will do. */
    prepare("p256");
    struct fake_object with_certificate[] = {pair[0], fake_certificate(MAIL_ROOT, "root")};
    fake_set(&with_certificate[1], CKA_ID, "k", 1);
    fake_hold(fake, with_certificate, 2);
    struct signet_certificate *root = token_certificate(MAIL_ROOT);
    assert_int_equal(open_key(URI), SIGNET_OK);
    assert_true(signet_key_matches(key, root));
    signet_certificate_unref(root);
    finish();
}

static void looks_at_so_many_slots_and_no_more(void **state)
{
    (void)state;
    static const struct {
        CK_ULONG num;
        enum signet_token_trouble trouble;
        const char *words;
    } rows[] = {{256, SIGNET_TOKEN_AMBIGUOUS, "fits 256 tokens"},
                {257, SIGNET_TOKEN_FAILED, "C_GetSlotList"}};
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        prepare("p256");
        fake->num_slots = rows[i].num;
        assert_int_equal(open_key(URI), SIGNET_ERR_IO);
        assert_int_equal(report.trouble, rows[i].trouble);
        assert_non_null(strstr(report.text, rows[i].words));
        finish();
    }
}

static enum signet_status take(void *context, const struct signet_token_object *object)
{
    struct sg_buffer *told = context;
    sg_buffer_printf(told, "%s %s %s\n", object->certificate == NULL ? "key" : "certificate",
                     object->label, object->uri);
    return told->status;
}

static void lists_what_a_token_holds(void **state)
{
    (void)state;
    struct sg_buffer told;
    sg_buffer_init(&told, 8192);
    prepare("p256");
    struct fake_object objects[] = {fake_certificate(MAIL_ROOT, "a b"), pair[0], pair[1]};
    fake_hold(fake, objects, 3);
    assert_int_equal(signet_token_list("pkcs11:serial=120", &with_pin, take, &told, &report),
                     SIGNET_OK);
    assert_int_equal(report.num_told, 2);
    sg_buffer_add_byte(&told, '\0');
    assert_string_equal((char *)told.ptr,
                        "key  pkcs11:model=;manufacturer=;serial=120;token=Fake%20%1B%20token;id=k;"
                        "type=private\n"
                        "certificate a b pkcs11:model=;manufacturer=;serial=120;"
                        "token=Fake%20%1B%20token;object=a%20b%00;type=cert\n");
    sg_buffer_free(&told);
    finish();
}

/* Certificates that say that they are as long as may be, and are not: the memory is taken and never
 * touched. */
static void takes_so_much_memory_and_no_more(void **state)
{
    (void)state;
    static const uint8_t junk[] = {0x30, 0x82, 0xff, 0xff, 0x00};
    struct fake_object object = {.class_ = CKO_CERTIFICATE};
    object.attributes[0] = (struct fake_attribute){CKA_VALUE, junk, sizeof(junk), 65536, CKR_OK};
    static const struct {
        size_t num; /* 256 of 65536 octets are 16 MB */
        enum signet_status status;
    } rows[] = {{250, SIGNET_OK}, {257, SIGNET_ERR_LIMIT}};
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        prepare("p256");
        fake_hold(fake, &object, 1);
        fake->again = rows[i].num - 1;
        assert_int_equal(signet_token_list("pkcs11:", &with_pin, take, NULL, &report),
                         rows[i].status);
        if (rows[i].status == SIGNET_OK)
            assert_int_equal(report.num_passed_over, rows[i].num);
        finish();
    }
}

static void opens_or_says_that_memory_is_out(void **state)
{
    (void)state;
    prepare("p256");
    for (size_t i = 0;; i++) {
        fault_begin(i);
        enum signet_status status = open_key(URI);
        fault_end();
        if (status == SIGNET_OK)
            break;
        assert_null(key);
        /* Not that of the dynamic linker, which tells in its own way. */
        assert_true(status == SIGNET_ERR_MEMORY || status == SIGNET_ERR_IO);
        assert_true(i < 200);
    }
    finish();
}

SG_TEST_MAIN(SG_TEST("C-KEY-2", has_the_public_half_of_the_key),
             SG_TEST("", signs_by_ecdsa_and_verifies_it), SG_TEST("", signs_by_rsa_and_verifies_it),
             SG_TEST("", signs_so_long_a_message_and_no_longer),
             SG_TEST("", shows_no_failed_decryption), SG_TEST("", tells_a_token_that_is_gone),
             SG_TEST("", agrees_with_points_of_its_curve_alone),
             SG_TEST("C-KEY-2", tries_a_pin_once), SG_TEST("C-KEY-2", says_what_the_pin_is_for),
             SG_TEST("C-KEY-2", wants_the_pin_for_each_use_where_the_key_does),
             SG_TEST("", finds_one_key_or_says_why_not),
             SG_TEST("", looks_at_so_many_slots_and_no_more),
             SG_TEST("", refuses_keys_without_a_public_half), SG_TEST("", lists_what_a_token_holds),
             SG_TEST("", takes_so_much_memory_and_no_more),
             SG_TEST("", opens_or_says_that_memory_is_out))
