/* SPDX-License-Identifier: Apache-2.0 */
/* Excerpts of CRLs in pools, beside each other and beside the whole. */
#include "long_crl.h"

#include "path/pool.h"
#include "x509/crl_excerpt.h"

static const struct long_crl make = {
    .num_entries = 3000, .version = 2, .serial_len = 16, .this_update = 1780315200};

struct scene {
    struct signet_pool *pool;
    struct signet_span der;
    struct signet_crl *unhashed, *hashed, *one, *two; /* whole; covering one and two */
};

static struct signet_crl *cut(const struct signet_crl *whole, size_t num, size_t num_keys)
{
    static const uint8_t keys[64] = {1, [32] = 2};
    uint8_t octets[2][32];
    const struct signet_span serials[] = {long_crl_serial(&make, 0, octets[0]),
                                          long_crl_serial(&make, 1, octets[1])};
    struct sg_crl_excerpt_parts parts = {.der_len = whole->der.len,
                                         .num_entries = whole->num_entries,
                                         .serials = serials,
                                         .num_serials = num,
                                         .keys = sg_span(keys, 32 * num_keys)};
    struct signet_crl *excerpt;
    assert_true(sg_crl_frame_get(whole, &parts.frame));
    assert_true(sg_crl_sha256(whole, parts.sha256));
    assert_int_equal(sg_crl_excerpt_new(&parts, &excerpt), SIGNET_OK);
    return excerpt;
}

static void begin(struct scene *scene)
{
    uint8_t sha256[32];
    scene->pool = signet_pool_new(NULL);
    scene->der = long_crl_der(&make);
    scene->unhashed = long_crl_parse(scene->der);
    scene->hashed = long_crl_parse(scene->der);
    assert_true(sg_crl_sha256(scene->hashed, sha256));
    sg_crl_set_sha256(scene->hashed, sha256);
    scene->one = cut(scene->hashed, 1, 1);
    scene->two = cut(scene->hashed, 2, 1);
}

static void end(struct scene *scene)
{
    signet_pool_free(scene->pool);
    signet_crl_unref(scene->unhashed);
    signet_crl_unref(scene->hashed);
    signet_crl_unref(scene->one);
    signet_crl_unref(scene->two);
}

static size_t num_after(struct scene *scene, const struct signet_crl *crl)
{
    assert_int_equal(signet_pool_add_crl(scene->pool, crl), SIGNET_OK);
    return signet_pool_num_crls(scene->pool);
}

static void takes_excerpts_that_bring_something_new(void **state)
{
    struct scene scene;
    (void)state;
    begin(&scene);
    struct signet_crl *other_keys = cut(scene.hashed, 1, 2);
    assert_int_equal(num_after(&scene, scene.one), 1);
    assert_int_equal(num_after(&scene, scene.one), 1);
    assert_int_equal(num_after(&scene, scene.two), 2);
    assert_int_equal(num_after(&scene, other_keys), 3);
    assert_int_equal(num_after(&scene, scene.one), 3);
    signet_crl_unref(other_keys);
    end(&scene);
}

static void takes_no_excerpt_beside_the_whole(void **state)
{
    struct scene scene;
    (void)state;
    begin(&scene);
    assert_int_equal(num_after(&scene, scene.hashed), 1);
    assert_int_equal(num_after(&scene, scene.two), 1);
    assert_true(sg_pool_holds_whole(scene.pool, scene.one));
    assert_false(sg_pool_holds_whole(scene.pool, scene.hashed)); /* it is no excerpt */
    end(&scene);
}

static void takes_the_whole_beside_an_excerpt(void **state)
{
    struct scene scene;
    (void)state;
    begin(&scene);
    assert_int_equal(num_after(&scene, scene.one), 1);
    assert_false(sg_pool_holds_whole(scene.pool, scene.one));
    assert_int_equal(num_after(&scene, scene.hashed), 2);
    assert_true(sg_pool_holds_whole(scene.pool, scene.one));
    end(&scene);
}

/* Who has not been hashed may be anybody with the same signature under other octets. */
static void takes_nobody_for_the_whole_without_a_digest(void **state)
{
    struct scene scene;
    (void)state;
    begin(&scene);
    assert_int_equal(num_after(&scene, scene.unhashed), 1);
    assert_false(sg_pool_holds_whole(scene.pool, scene.one));
    assert_int_equal(num_after(&scene, scene.one), 2);
    end(&scene);
}

SG_TEST_MAIN(SG_TEST("A-4.1-3", takes_excerpts_that_bring_something_new),
             SG_TEST("", takes_no_excerpt_beside_the_whole),
             SG_TEST("", takes_the_whole_beside_an_excerpt),
             SG_TEST("", takes_nobody_for_the_whole_without_a_digest))
