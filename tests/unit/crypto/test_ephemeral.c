/* SPDX-License-Identifier: Apache-2.0 */
#include "crypto/ephemeral.h"

#include "asn1/der_writer.h"
#include "fault.h"
#include "key_sample.h"

struct scene {
    struct sg_key_library *library;
    struct sg_crypto *crypto;
};

static struct scene set_up(void)
{
    struct scene scene = {.library = sg_key_library_new()};
    assert_non_null(scene.library);
    assert_int_equal(sg_crypto_new(&scene.crypto), SIGNET_OK);
    return scene;
}

static void tear_down(struct scene *scene)
{
    sg_crypto_free(scene->crypto);
    sg_key_library_unref(scene->library);
}

/* The key of LIKE's algorithm, curve and group with other bits. */
static struct sg_spki with_bits(const struct sg_spki *like, struct signet_span bits)
{
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_buffer der;
    struct sg_spki spki;
    sg_buffer_init(&der, 1 << 16);
    size_t whole = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_buffer_add(&der, like->algorithm.full);
    sg_der_put_bit_string(&der, bits);
    sg_der_close(&der, whole);
    assert_int_equal(der.status, SIGNET_OK);
    struct sg_der cursor = sg_der_begin(sg_test_copy(der.ptr, der.len), &error);
    assert_true(sg_spki_parse(&cursor, &spki));
    sg_buffer_free(&der);
    return spki;
}

static void agrees_with_the_holder_of_a_key(void **state)
{
    static const struct {
        const char *name;
        size_t len;
    } rows[] = {{"ec-p8", 32}, {"p384", 48}, {"p521", 66}, {"x25519", 32}, {"dh", 128}};
    struct scene scene = set_up();
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_key *key = read_key(rows[i].name, NULL);
        struct sg_secret ours, theirs;
        struct sg_buffer bits[2];
        for (size_t n = 0; n < 2; n++) {
            sg_buffer_init(&bits[n], 1000);
            assert_int_equal(
                sg_ephemeral_agree(scene.library, scene.crypto, &key->spki, &bits[n], &ours),
                SG_KEY_DONE);
            struct sg_spki spki = with_bits(&key->spki, sg_buffer_span(&bits[n]));
            assert_int_equal(sg_key_agree(key, &spki, &theirs), SG_KEY_DONE);
            assert_int_equal(ours.len, rows[i].len);
            assert_span_equal(sg_secret_span(&ours), sg_secret_span(&theirs));
            sg_secret_free(&ours);
            sg_secret_free(&theirs);
        }
        /* Another one each time. */
        assert_false(sg_span_equal(sg_buffer_span(&bits[0]), sg_buffer_span(&bits[1])));
        sg_buffer_free(&bits[0]);
        sg_buffer_free(&bits[1]);
        signet_key_unref(key);
    }
    tear_down(&scene);
}

/* And nothing comes out. */
static void expect_no_agreement(const struct scene *scene, const struct sg_spki *peer)
{
    struct sg_buffer out;
    struct sg_secret shared;
    sg_buffer_init(&out, 1000);
    assert_int_equal(sg_ephemeral_agree(scene->library, scene->crypto, peer, &out, &shared),
                     SG_KEY_CANNOT);
    assert_null(shared.ptr);
    assert_int_equal(out.len, 0);
    sg_buffer_free(&out);
}

/* Whoever got a point off the curve agreed on would learn bits of the other's key. */
static void agrees_with_no_point_off_the_curve(void **state)
{
    struct scene scene = set_up();
    struct signet_key *key = read_key("ec-p8", NULL);
    struct signet_span bits = key->spki.key_bits;
    struct signet_span off = sg_test_copy(bits.ptr, bits.len);
    (void)state;
    ((uint8_t *)(uintptr_t)off.ptr)[off.len - 1] ^= 1;
    const struct signet_span rows[] = {off, hex("00"), sg_span_first(bits, 33)};
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_spki spki = with_bits(&key->spki, rows[i]);
        expect_no_agreement(&scene, &spki);
    }
    signet_key_unref(key);
    tear_down(&scene);
}

static void agrees_with_no_key_of_another_use(void **state)
{
    static const char *const names[] = {"rsa-p8", "ed25519", "dsa"};
    struct scene scene = set_up();
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct signet_key *key = read_key(names[i], NULL);
        expect_no_agreement(&scene, &key->spki);
        signet_key_unref(key);
    }
    tear_down(&scene);
}

static void survives_every_failing_allocation(void **state)
{
    struct signet_key *key = read_key("ec-p8", NULL);
    struct scene scene = set_up();
    enum sg_key_answer answer = SG_KEY_NEEDS_MEMORY;
    size_t n = 0;
    (void)state;
    for (; answer != SG_KEY_DONE; n++) {
        struct sg_buffer bits;
        struct sg_secret shared;
        sg_buffer_init(&bits, 1000);
        fault_begin(n);
        answer = sg_ephemeral_agree(scene.library, scene.crypto, &key->spki, &bits, &shared);
        fault_end();
        assert_true(answer == SG_KEY_DONE || answer == SG_KEY_NEEDS_MEMORY);
        if (answer == SG_KEY_DONE && bits.status != SIGNET_OK)
            answer = SG_KEY_NEEDS_MEMORY;
        sg_secret_free(&shared);
        sg_buffer_free(&bits);
    }
    assert_true(n > 1);
    signet_key_unref(key);
    tear_down(&scene);
}

SG_TEST_MAIN(SG_TEST("C-ENV-2 C-ENV-3", agrees_with_the_holder_of_a_key),
             SG_TEST("C-ENV-3", agrees_with_no_point_off_the_curve),
             SG_TEST("C-ENV-5", agrees_with_no_key_of_another_use),
             SG_TEST("C-ENV-3", survives_every_failing_allocation))
