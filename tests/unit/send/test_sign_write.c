/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "sign_scene.h"

/* What our own reader says of OUT. */
static enum signet_verdict verify(struct scene *scene, struct signet_span octets,
                                  struct signet_span content, struct signet_message_result **result)
{
    const struct signet_message_options options = {.content = content};
    assert_int_equal(signet_message_verify(scene->context, octets, scene->pool, &scene->policy,
                                           &options, result),
                     SIGNET_OK);
    return signet_message_result_verdict(*result);
}

static const struct signet_signer *only_signer(const struct signet_message_result *result)
{
    size_t num;
    const struct signet_signer *signers = signet_message_result_signers(result, &num);
    assert_int_equal(num, 1);
    return signers;
}

/* Signs with NAME and reads it back. */
static void expect_good(struct scene *scene, const char *name, const char *message,
                        const char *layer, const char *algorithm)
{
    struct signet_message_result *result;
    struct sg_buffer out;
    scene_own(scene, name);
    scene_must_plan(scene, message);
    if (!signet_sign_plan_ready(scene->plan))
        fail_msg("%s cannot sign: %s", name, scene_candidate(scene, name)->why);
    assert_int_equal(scene_write(scene, name, &out), SIGNET_OK);
    bool bare = scene->options.form >= SIGNET_SIGN_BARE;
    if (bare)
        scene->policy.email = "alice@example.com";
    enum signet_verdict verdict =
        verify(scene, sg_buffer_span(&out),
               scene->options.form == SIGNET_SIGN_BARE ? sg_span_text(message) : sg_span(NULL, 0),
               &result);
    const struct signet_signer *signer = only_signer(result);
    if (verdict != SIGNET_VERDICT_GOOD)
        fail_msg("%s: %s", name, signet_verdict_name(verdict));
    assert_string_equal(signer->layer, layer);
    assert_string_equal(signer->algorithm, algorithm);
    assert_int_equal(signer->claimed_time, NOON);
    assert_true(bare || signet_message_result_signed(result) == SIGNET_SIGNED_WHOLE);
    signet_message_result_free(result);
    sg_buffer_free(&out);
    scene_drop_own(scene);
}

static void signs_by_every_kind_of_key_in_every_form(void **state)
{
    static const struct {
        const char *name;
        bool pss;
        const char *digest, *algorithm;
    } keys[] = {
        {"alice", false, NULL, "SHA-256 with ECDSA, key EC P-256"},
        {"alice", false, "sha512", "SHA-512 with ECDSA, key EC P-256"},
        {"p384", false, NULL, "SHA-384 with ECDSA, key EC P-384"},
        {"rsa", false, NULL, "SHA-256 with RSA, key RSA 2048"},
        {"rsa", false, "sha384", "SHA-384 with RSA, key RSA 2048"},
        {"rsa", true, NULL, "SHA-256 with RSASSA-PSS, key RSA 2048"},
        {"rsa", true, "sha512", "SHA-512 with RSASSA-PSS, key RSA 2048"},
        {"ed25519", false, NULL, "Ed25519, key Ed25519"},
    };
    static const struct {
        enum signet_sign_form form;
        const char *layer;
    } forms[] = {{SIGNET_SIGN_CLEAR, "clear-signed"},
                 {SIGNET_SIGN_OPAQUE, "opaque"},
                 {SIGNET_SIGN_BARE, "bare"},
                 {SIGNET_SIGN_BARE_OPAQUE, "bare"}};
    struct scene scene;
    (void)state;
    for (size_t i = 0; i < SG_NUM(keys); i++) {
        for (size_t k = 0; k < SG_NUM(forms); k++) {
            scene_begin(&scene);
            scene.options.form = forms[k].form;
            scene.options.pss = keys[i].pss;
            scene.options.digest = keys[i].digest;
            expect_good(&scene, keys[i].name, ALICES_MAIL, forms[k].layer, keys[i].algorithm);
            scene_end(&scene);
        }
    }
}

static void names_the_signer_by_key_identifier_when_asked(void **state)
{
    struct scene scene;
    (void)state;
    scene_begin(&scene);
    scene.options.key_id = true;
    expect_good(&scene, "alice", ALICES_MAIL, "clear-signed", "SHA-256 with ECDSA, key EC P-256");
    scene_end(&scene);
}

/* The whole of what is written, so that a change of a header is seen. */
static void writes_the_headers_that_others_expect(void **state)
{
    struct scene scene;
    struct sg_buffer out;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    scene_must_plan(&scene, ALICES_MAIL);
    assert_int_equal(scene_write(&scene, "alice", &out), SIGNET_OK);
    const char *text = as_text(sg_buffer_span(&out));
    static const char *const clear[] = {
        "From: Alice <alice@example.com>\r\nTo: bob@example.org\r\nSubject: A test\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\";\r\n"
        " micalg=sha-256;\r\n boundary=\"",
        "\r\nContent-Type: text/plain;\r\n charset=us-ascii\r\n\r\nHello, world.\r\n\r\n--",
        "\r\nContent-Type: application/pkcs7-signature; name=\"smime.p7s\"\r\n"
        "Content-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename=\"smime.p7s\"\r\n",
    };
    assert_ptr_equal(strstr(text, clear[0]), text);
    assert_non_null(strstr(text, clear[1]));
    assert_non_null(strstr(text, clear[2]));
    sg_buffer_free(&out);
    scene.options.form = SIGNET_SIGN_OPAQUE;
    scene_must_plan(&scene, ALICES_MAIL);
    assert_int_equal(scene_write(&scene, "alice", &out), SIGNET_OK);
    text = as_text(sg_buffer_span(&out));
    assert_non_null(strstr(text, "Content-Type: application/pkcs7-mime; smime-type=signed-data;\r\n"
                                 " name=\"smime.p7m\"\r\nContent-Transfer-Encoding: base64\r\n"
                                 "Content-Disposition: attachment; filename=\"smime.p7m\"\r\n"));
    sg_buffer_free(&out);
    scene_end(&scene);
}

static void reduces_what_is_signed_to_seven_bits(void **state)
{
    static const char message[] =
        "From: alice@example.com\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
        "charset=utf-8\r\n"
        "Content-Transfer-Encoding: 8bit\r\n\r\nGr\xc3\xbc\xc3\x9f Gott\r\nFrom here on.\r\n";
    struct scene scene;
    struct sg_buffer out;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    scene_must_plan(&scene, message);
    assert_int_equal(scene_write(&scene, "alice", &out), SIGNET_OK);
    for (size_t i = 0; i < out.len; i++)
        assert_true(out.ptr[i] < 128);
    assert_non_null(strstr(as_text(sg_buffer_span(&out)), "Gr=C3=BC=C3=9F Gott"));
    assert_null(strstr(as_text(sg_buffer_span(&out)), "\r\nFrom here"));
    sg_buffer_free(&out);
    scene_drop_own(&scene);
    expect_good(&scene, "alice", message, "clear-signed", "SHA-256 with ECDSA, key EC P-256");
    scene_end(&scene);
}

static void repeats_the_header_inside_when_asked(void **state)
{
    struct scene scene;
    struct sg_buffer out;
    (void)state;
    scene_begin(&scene);
    scene.options.protect_headers = true;
    scene_own(&scene, "alice");
    scene_must_plan(&scene, ALICES_MAIL);
    assert_int_equal(scene_write(&scene, "alice", &out), SIGNET_OK);
    const char *text = as_text(sg_buffer_span(&out)), *first = strstr(text, "Subject: A test\r\n");
    assert_non_null(first);
    assert_non_null(strstr(first + 1, "Subject: A test\r\n"));
    assert_non_null(strstr(text, "hp=\"clear\""));
    sg_buffer_free(&out);
    scene_drop_own(&scene);
    expect_good(&scene, "alice", ALICES_MAIL, "clear-signed", "SHA-256 with ECDSA, key EC P-256");
    scene_end(&scene);
}

static void tells_what_it_reads_and_where_to_encrypt_to(void **state)
{
    struct scene scene;
    struct signet_message_result *result;
    struct sg_buffer out;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    scene_own(&scene, "encrypting");
    scene_must_plan(&scene, ALICES_MAIL);
    assert_int_equal(scene_write(&scene, "alice", &out), SIGNET_OK);
    assert_int_equal(verify(&scene, sg_buffer_span(&out), sg_span(NULL, 0), &result),
                     SIGNET_VERDICT_GOOD);
    const struct signet_signer *signer = only_signer(result);
    assert_true(is_certificate(signer->encryption_certificate, "encrypting"));
    /* AES-256-GCM first. */
    assert_true(signer->capabilities.len > 15);
    assert_span_equal(sg_span_first(sg_span_from(signer->capabilities, 2), 13),
                      hex("300b060960864801650304012e"));
    signet_message_result_free(result);
    sg_buffer_free(&out);
    scene_end(&scene);
}

static void signs_with_the_right_key_only(void **state)
{
    struct scene scene;
    struct sg_buffer out;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    scene_must_plan(&scene, ALICES_MAIL);
    assert_int_equal(scene_write(&scene, "bob", &out), SIGNET_ERR_ARGUMENT);
    assert_int_equal(out.len, 0);
    sg_buffer_free(&out);
    scene_end(&scene);
}

static bool refuse_all(void *context, struct signet_span bytes)
{
    (void)context;
    (void)bytes;
    return false;
}

static void tells_of_a_sink_that_fails(void **state)
{
    struct scene scene;
    struct signet_key *key;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    assert_int_equal(signet_key_read(scene_octets("alice.key"), sg_span(NULL, 0), &key, NULL),
                     SIGNET_OK);
    for (int form = SIGNET_SIGN_CLEAR; form <= SIGNET_SIGN_BARE_OPAQUE; form++) {
        scene.options.form = (enum signet_sign_form)form;
        scene_must_plan(&scene, ALICES_MAIL);
        assert_int_equal(
            signet_sign_plan_write(scene.plan, key, &(struct signet_sink){refuse_all, NULL}),
            SIGNET_ERR_IO);
    }
    signet_key_unref(key);
    scene_end(&scene);
}

static void writes_nothing_for_want_of_memory_before_it_has_signed(void **state)
{
    struct scene scene;
    struct sg_buffer out = {0};
    struct signet_key *key;
    (void)state;
    scene_begin(&scene);
    scene_own(&scene, "alice");
    assert_int_equal(signet_key_read(scene_octets("alice.key"), sg_span(NULL, 0), &key, NULL),
                     SIGNET_OK);
    for (int form = SIGNET_SIGN_CLEAR; form <= SIGNET_SIGN_BARE_OPAQUE; form++) {
        scene.options.form = (enum signet_sign_form)form;
        scene_must_plan(&scene, ALICES_MAIL);
        for (size_t n = 0;; n++) {
            size_t num_written = 0;
            sg_buffer_init(&out, SIZE_MAX);
            sg_buffer_add(&out, repeat(sg_span(NULL, 0), 0, 1 << 16)); /* room */
            out.len = 0;
            fault_begin(n);
            enum signet_status status =
                signet_sign_plan_write(scene.plan, key, &(struct signet_sink){scene_keep, &out});
            fault_end();
            num_written = out.len;
            sg_buffer_free(&out);
            if (status == SIGNET_OK)
                break;
            assert_true(status == SIGNET_ERR_MEMORY || status == SIGNET_ERR_CRYPTO);
            assert_int_equal(num_written, 0);
        }
    }
    signet_key_unref(key);
    scene_end(&scene);
}

SG_TEST_MAIN(SG_TEST("A-4.2-3 C-MIME-12", signs_by_every_kind_of_key_in_every_form),
             SG_TEST("", names_the_signer_by_key_identifier_when_asked),
             SG_TEST("C-MIME-12", writes_the_headers_that_others_expect),
             SG_TEST("C-MIME-13", reduces_what_is_signed_to_seven_bits),
             SG_TEST("", repeats_the_header_inside_when_asked),
             SG_TEST("C-AT-7 C-AT-2 C-AT-3", tells_what_it_reads_and_where_to_encrypt_to),
             SG_TEST("", signs_with_the_right_key_only), SG_TEST("", tells_of_a_sink_that_fails),
             SG_TEST("", writes_nothing_for_want_of_memory_before_it_has_signed))
