/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "signet/decrypt.h"
#include "signet/encrypt.h"
#include "static_agreement.h"
#include "test_scratch.h"

#define NOON INT64_C(1780315200) /* 2026-06-01T12:00:00Z, the moment of secret_scenes.py */

static const struct {
    const char *name;
    const unsigned char *octets;
    size_t len;
} objects[] = {
#include "secret_scenes.inc"
};

static struct signet_span object(const char *name, const char *what)
{
    char full[40];
    snprintf(full, sizeof full, "%s%s", name, what);
    for (size_t i = 0; i < SG_NUM(objects); i++) {
        if (strcmp(objects[i].name, full) == 0)
            return sg_span(objects[i].octets, objects[i].len);
    }
    fail_msg("no object \"%s\"", full);
    return sg_span(NULL, 0);
}

#define MAIL                                                                                       \
    "From: Alice <alice@example.com>\r\nTo: bob@example.com\r\nSubject: A test\r\n"                \
    "Content-Type: text/plain\r\n\r\nThe password is swordfish.\r\n"

/* A pool with a root, its CRL and people; no database. */
struct scene {
    struct signet_context *context;
    struct signet_pool *pool;
    struct signet_policy policy;
};

static void add(struct scene *scene, const char *name)
{
    struct signet_certificate *certificate;
    assert_int_equal(signet_certificate_parse(object(name, ""), &certificate, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_add_certificate(scene->pool, certificate), SIGNET_OK);
    signet_certificate_unref(certificate);
}

/* NUM certificates like NAME, but with other signatures, which nobody has made. */
static void add_forged(struct scene *scene, const char *name, size_t num)
{
    struct signet_span octets = object(name, "");
    struct signet_span copy = sg_test_copy(octets.ptr, octets.len);
    for (size_t i = 1; i <= num; i++) {
        struct signet_certificate *certificate;
        ((uint8_t *)(uintptr_t)copy.ptr)[copy.len - 1] = octets.ptr[octets.len - 1] ^ (uint8_t)i;
        assert_int_equal(signet_certificate_parse(copy, &certificate, NULL), SIGNET_OK);
        assert_int_equal(signet_pool_add_certificate(scene->pool, certificate), SIGNET_OK);
        signet_certificate_unref(certificate);
    }
}

static void begin(struct scene *scene)
{
    struct signet_certificate *root;
    struct signet_crl *crl;
    *scene = (struct scene){.pool = signet_pool_new(NULL)};
    assert_int_equal(signet_context_new(&scene->context), SIGNET_OK);
    assert_int_equal(signet_certificate_parse(object("root", ""), &root, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_add_anchor(scene->pool, root, NULL), SIGNET_OK);
    assert_int_equal(signet_crl_parse(object("crl", ""), &crl, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_add_crl(scene->pool, crl), SIGNET_OK);
    signet_policy_init(&scene->policy);
    scene->policy.time = NOON;
    signet_certificate_unref(root);
    signet_crl_unref(crl);
}

static void end(struct scene *scene)
{
    signet_pool_free(scene->pool);
    signet_context_free(scene->context);
}

struct person {
    struct signet_certificate *certificate;
    struct signet_key *key;
};

static struct person person(const char *name)
{
    struct person one;
    assert_int_equal(signet_certificate_parse(object(name, ""), &one.certificate, NULL), SIGNET_OK);
    assert_int_equal(signet_key_read(object(name, ".key"), sg_span(NULL, 0), &one.key, NULL),
                     SIGNET_OK);
    return one;
}

static void leave(struct person one)
{
    signet_certificate_unref(one.certificate);
    signet_key_unref(one.key);
}

static enum signet_status encrypt(const struct scene *scene, const char *mail,
                                  struct sg_buffer *out)
{
    struct signet_encrypt_plan *plan;
    struct signet_sink sink = {static_agreement_keep, out};
    enum signet_status status = signet_encrypt_plan_new(
        scene->context, sg_span_text(mail), NULL, scene->pool, &scene->policy, NULL, &plan, NULL);
    if (status != SIGNET_OK)
        return status;
    status = signet_encrypt_plan_write(plan, &sink);
    signet_encrypt_plan_free(plan);
    return status;
}

static enum signet_status decrypt(const struct scene *scene, struct signet_span mail,
                                  struct person one, struct signet_decrypted **out)
{
    const struct signet_own_key key = {one.certificate, one.key};
    const struct signet_own_keys keys = {&key, 1, NULL, NULL};
    return signet_decrypt(scene->context, mail, &keys, scene->pool, &scene->policy, NULL, out);
}

static void opens_what_was_planned(void **state)
{
    struct scene scene;
    struct person bob = person("bob");
    struct signet_decrypted *decrypted;
    struct sg_buffer out;
    (void)state;
    begin(&scene);
    add(&scene, "bob");
    add(&scene, "alice");
    sg_buffer_init(&out, 1 << 20);
    assert_int_equal(encrypt(&scene, MAIL, &out), SIGNET_OK);
    assert_null(strstr(as_text(sg_buffer_span(&out)), "swordfish"));
    assert_int_equal(decrypt(&scene, sg_buffer_span(&out), bob, &decrypted), SIGNET_OK);
    assert_int_equal(signet_decrypted_outcome(decrypted), SIGNET_DECRYPT_OPENED);
    assert_string_equal(signet_decrypted_cipher(decrypted), "AES-256-GCM");
    assert_true(signet_decrypted_authenticated(decrypted));
    assert_int_equal(signet_decrypted_findings(decrypted).num, 0);
    const char *text = as_text(signet_decrypted_message(decrypted));
    assert_non_null(strstr(text, "swordfish"));
    assert_non_null(strstr(text, "From: Alice <alice@example.com>\r\n"));
    assert_null(strstr(text, "pkcs7-mime"));
    signet_decrypted_free(decrypted);
    sg_buffer_free(&out);
    leave(bob);
    end(&scene);
}

/* Mail of two megabytes within working memory of one and a half. */
static void opens_large_mail_in_room_that_holds_nothing_secret(void **state)
{
    static char mail[sizeof(MAIL) + (2 << 20)];
    struct test_scratch paper = test_scratch_new(SIZE_MAX);
    const struct signet_scratch scratch = test_scratch_of(&paper);
    struct scene scene;
    struct person bob = person("bob");
    const struct signet_own_key key = {bob.certificate, bob.key};
    const struct signet_own_keys keys = {&key, 1, NULL, NULL};
    struct signet_decrypted *decrypted;
    struct sg_buffer out;
    (void)state;
    paper.secret = sg_span_text("swordfish");
    memcpy(mail, MAIL, sizeof(MAIL) - 1);
    for (size_t i = sizeof(MAIL) - 1; i + 12 < sizeof(mail); i += 12)
        memcpy(mail + i, "swordfish.\r\n", 13);
    begin(&scene);
    add(&scene, "bob");
    add(&scene, "alice");
    sg_buffer_init(&out, 1 << 23);
    assert_int_equal(encrypt(&scene, mail, &out), SIGNET_OK);
    scene.policy.limits.max_memory = 3 << 19;
    assert_int_equal(decrypt(&scene, sg_buffer_span(&out), bob, &decrypted), SIGNET_ERR_LIMIT);
    assert_int_equal(signet_decrypt(scene.context, sg_buffer_span(&out), &keys, scene.pool,
                                    &scene.policy, &scratch, &decrypted),
                     SIGNET_OK);
    assert_int_equal(signet_decrypted_outcome(decrypted), SIGNET_DECRYPT_OPENED);
    assert_true(signet_decrypted_message(decrypted).len >= (2 << 20) - 12);
    signet_decrypted_free(decrypted);
    assert_true(paper.num_opened > 0);
    assert_int_equal(paper.num_open, 0);
    assert_false(paper.has_secret);
    sg_buffer_free(&out);
    leave(bob);
    end(&scene);
}

static void writes_nothing_that_is_not_ready(void **state)
{
    struct scene scene;
    struct signet_encrypt_plan *plan;
    struct sg_buffer out;
    struct signet_sink sink = {static_agreement_keep, &out};
    size_t num;
    (void)state;
    begin(&scene);
    add(&scene, "alice");
    sg_buffer_init(&out, 1 << 20);
    assert_int_equal(signet_encrypt_plan_new(scene.context, sg_span_text(MAIL), NULL, scene.pool,
                                             &scene.policy, NULL, &plan, NULL),
                     SIGNET_OK);
    assert_false(signet_encrypt_plan_ready(plan));
    assert_int_equal(signet_encrypt_plan_write(plan, &sink), SIGNET_ERR_ARGUMENT);
    assert_int_equal(out.len, 0);
    add(&scene, "bob"); /* came from somewhere */
    assert_int_equal(signet_encrypt_plan_update(plan), SIGNET_OK);
    assert_true(signet_encrypt_plan_ready(plan));
    const struct signet_encrypt_recipient *all = signet_encrypt_plan_recipients(plan, &num);
    assert_int_equal(num, 2);
    assert_string_equal(all[0].address, "bob@example.com");
    assert_string_equal(all[0].method, "ECDH P-256");
    assert_int_equal(all[1].field, SIGNET_RECIPIENT_SELF);
    assert_int_equal(signet_encrypt_plan_write(plan, &sink), SIGNET_OK);
    assert_true(out.len > 0);
    signet_encrypt_plan_free(plan);
    sg_buffer_free(&out);
    end(&scene);
}

/* The table of RFC 2632 4.4.2.1 for decrypting: the sender's static key needs keyAgreement and
 * encipherOnly 0, and not both bits; and a valid certificate. */
static void uses_static_keys_of_valid_certificates_alone(void **state)
{
    static const struct {
        const char *sender;
        bool opens;
    } rows[] = {{"plain", true},    {"encipher", false}, {"decipher", true},
                {"both", false},    {"bare", false},     {"signing", false},
                {"expired", false}, {"gone", false},     {"untrusted", false}};
    struct person receiver = person("receiver");
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct scene scene;
        struct person sender = person(rows[i].sender);
        struct signet_decrypted *decrypted;
        begin(&scene);
        struct signet_span object =
            static_agreement(sender.certificate, sender.key, receiver.certificate, SG_OID_ALG_SSDH,
                             text_bytes("ukm"), "Content-Type: text/plain\r\n\r\nx");
        assert_int_equal(decrypt(&scene, object, receiver, &decrypted), SIGNET_OK);
        assert_int_equal(signet_decrypted_outcome(decrypted), SIGNET_DECRYPT_FAILED);
        signet_decrypted_free(decrypted); /* it is not at hand */
        add(&scene, rows[i].sender);
        assert_int_equal(decrypt(&scene, object, receiver, &decrypted), SIGNET_OK);
        bool opened = signet_decrypted_outcome(decrypted) == SIGNET_DECRYPT_OPENED;
        if (opened != rows[i].opens)
            fail_msg("%s: %d", rows[i].sender, opened);
        struct signet_findings findings = signet_decrypted_findings(decrypted);
        assert_true(findings.num > 0);
        if (!opened)
            assert_int_equal(findings.items[0].code, SIGNET_CODE_NOT_DECRYPTED);
        signet_decrypted_free(decrypted);
        leave(sender);
        end(&scene);
    }
    leave(receiver);
}

/* E-9: of certificates with the sender's key identifier eight are judged. */
static void judges_a_bounded_number_of_senders(void **state)
{
    struct person receiver = person("receiver"), sender = person("plain");
    struct signet_span object =
        static_agreement(sender.certificate, sender.key, receiver.certificate, SG_OID_ALG_SSDH,
                         text_bytes("ukm"), "Content-Type: text/plain\r\n\r\nx");
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct scene scene;
        struct signet_decrypted *decrypted;
        begin(&scene);
        add_forged(&scene, "plain", 7 + more);
        add(&scene, "plain");
        assert_int_equal(decrypt(&scene, object, receiver, &decrypted), SIGNET_OK);
        assert_int_equal(signet_decrypted_outcome(decrypted),
                         more == 0 ? SIGNET_DECRYPT_OPENED : SIGNET_DECRYPT_FAILED);
        signet_decrypted_free(decrypted);
        end(&scene);
    }
    leave(sender);
    leave(receiver);
}

/* E-9: and of certificates with a recipient's address sixty-four. */
static void judges_a_bounded_number_of_certificates(void **state)
{
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct scene scene;
        struct signet_encrypt_plan *plan;
        size_t num;
        begin(&scene);
        add(&scene, "alice");
        add_forged(&scene, "bob", 63 + more);
        add(&scene, "bob");
        assert_int_equal(signet_encrypt_plan_new(scene.context, sg_span_text(MAIL), NULL,
                                                 scene.pool, &scene.policy, NULL, &plan, NULL),
                         SIGNET_OK);
        const struct signet_encrypt_recipient *all = signet_encrypt_plan_recipients(plan, &num);
        assert_string_equal(all[0].address, "bob@example.com");
        assert_int_equal(all[0].num_candidates, 64);
        assert_int_equal(all[0].certificate != NULL, more == 0);
        assert_int_equal(signet_encrypt_plan_ready(plan), more == 0);
        signet_encrypt_plan_free(plan);
        end(&scene);
    }
}

static void takes_any_octets(void **state)
{
    static const char *const inputs[] = {
        "",
        "no mail",
        "\r\n\r\n",
        "From: a@example.com\r\n\r\ntext",
        "Content-Type: application/pkcs7-mime\r\n\r\nnothing",
        "Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        "MAsGCSqGSIb3DQEHAw==\r\n"};
    struct scene scene;
    struct person bob = person("bob");
    (void)state;
    begin(&scene);
    for (size_t i = 0; i < SG_NUM(inputs); i++) {
        struct signet_decrypted *decrypted;
        assert_int_equal(decrypt(&scene, text_bytes(inputs[i]), bob, &decrypted), SIGNET_OK);
        assert_int_equal(signet_decrypted_outcome(decrypted), SIGNET_DECRYPT_NONE);
        assert_null(signet_decrypted_message(decrypted).ptr);
        signet_decrypted_free(decrypted);
    }
    signet_decrypted_free(NULL);
    signet_encrypt_plan_free(NULL);
    leave(bob);
    end(&scene);
}

/* Opened in the end, however often memory is wanting before. */
static struct signet_decrypted *decrypt_in_want(struct scene *scene, struct signet_span mail,
                                                struct person who)
{
    struct signet_decrypted *decrypted = NULL;
    enum signet_status status;
    size_t n = 0;
    do {
        fault_begin(n++);
        status = decrypt(scene, mail, who, &decrypted);
        fault_end();
        assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
    } while (status != SIGNET_OK && n < 5000);
    assert_int_equal(status, SIGNET_OK);
    if (signet_decrypted_outcome(decrypted) != SIGNET_DECRYPT_OPENED)
        fail_msg("want of memory was told as a failure to decrypt (%zu)", n);
    return decrypted;
}

static void survives_want_of_memory(void **state)
{
    struct scene scene;
    struct person bob = person("bob");
    struct sg_buffer out;
    enum signet_status status;
    size_t n = 0;
    (void)state;
    begin(&scene);
    add(&scene, "bob");
    do {
        sg_buffer_init(&out, 1 << 20);
        fault_begin(n++);
        status = encrypt(&scene, MAIL, &out);
        fault_end();
        if (status != SIGNET_OK)
            sg_buffer_free(&out);
    } while (status != SIGNET_OK && n < 5000);
    assert_int_equal(status, SIGNET_OK);
    struct signet_span mail = sg_test_copy(out.ptr, out.len);
    signet_decrypted_free(decrypt_in_want(&scene, mail, bob));
    sg_buffer_free(&out);
    leave(bob);
    end(&scene);
}

/* Want of memory must not leave it as it is, either: compressed. */
static void opens_what_was_compressed_or_wants_memory(void **state)
{
    struct scene scene;
    struct person bob = person("bob");
    struct sg_buffer out;
    (void)state;
    begin(&scene);
    add(&scene, "bob");
    add(&scene, "alice");
    sg_buffer_init(&out, 1 << 20);
    assert_int_equal(encrypt(&scene, as_text(object("squeezed", "")), &out), SIGNET_OK);
    struct signet_decrypted *decrypted = decrypt_in_want(&scene, sg_buffer_span(&out), bob);
    const char *text = as_text(signet_decrypted_message(decrypted));
    assert_non_null(strstr(text, "swordfish"));
    assert_null(strstr(text, "pkcs7-mime"));
    signet_decrypted_free(decrypted);
    sg_buffer_free(&out);
    leave(bob);
    end(&scene);
}

SG_TEST_MAIN(SG_TEST("C-ENV-3 D-ALG-5", opens_what_was_planned),
             SG_TEST("E-9 C-ENV-4", opens_large_mail_in_room_that_holds_nothing_secret),
             SG_TEST("C-ENV-5", writes_nothing_that_is_not_ready),
             SG_TEST("A-4.4.2.1-1 A-4.2-3 C-ENV-2 E-17",
                     uses_static_keys_of_valid_certificates_alone),
             SG_TEST("E-9", judges_a_bounded_number_of_senders),
             SG_TEST("E-9", judges_a_bounded_number_of_certificates),
             SG_TEST("C-ENV-4", takes_any_octets), SG_TEST("", survives_want_of_memory),
             SG_TEST("C-ENV-10", opens_what_was_compressed_or_wants_memory))
