/* SPDX-License-Identifier: Apache-2.0 */
/* What a signer says of itself (RFC 8551 2.5.2, 2.5.3), and of the message. */
#include "agent/message_result.h"
#include "round_scene.h"

static void reads_what_a_signer_says_of_itself(void **state)
{
    struct signet_certificate *spare = scene_certificate("spare");
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    assert_int_equal(desk_verify(&desk, "claiming mail"), SIGNET_VERDICT_GOOD);
    const struct signet_signer *signer = desk_signer(&desk);
    assert_int_equal(signer->capabilities.ptr[0], 0x30);
    assert_int_equal(signer->capabilities.len, 2 + signer->capabilities.ptr[1]);
    assert_non_null(signer->encryption_certificate);
    assert_span_equal(signer->encryption_certificate->der, spare->der);
    desk_verify(&desk, "mail");
    assert_null(desk_signer(&desk)->capabilities.ptr);
    assert_null(desk_signer(&desk)->encryption_certificate);
    signet_certificate_unref(spare);
    desk_end(&desk);
}

/* Nobody may point at certificates that somebody else keeps. */
static void a_preference_is_for_what_the_message_brought(void **state)
{
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    desk_add(&desk, "nobody");
    assert_int_equal(desk_verify(&desk, "claims of others"), SIGNET_VERDICT_GOOD);
    assert_null(desk_signer(&desk)->encryption_certificate);
    desk_end(&desk);
}

static void hands_over_what_a_message_brought(void **state)
{
    struct desk desk;
    (void)state;
    desk_begin(&desk, "root");
    desk_verify(&desk, "mail");
    const struct signet_pool *pool = sg_message_result_pool(desk.result);
    assert_int_equal(signet_pool_num_certificates(pool), 2);
    assert_int_equal(signet_pool_num_crls(pool), 2);
    assert_true(sg_pool_holds_own_certificate(pool, desk_signer(&desk)->certificate));
    assert_int_equal(signet_pool_num_certificates(desk.pool), 0);
    assert_string_equal(signet_message_result_message_id(desk.result), "<1@example.com>");
    desk_end(&desk);
}

SG_TEST_MAIN(SG_TEST("C-AT-4", reads_what_a_signer_says_of_itself),
             SG_TEST("C-AT-4 E-41", a_preference_is_for_what_the_message_brought),
             SG_TEST("A-2.1-7", hands_over_what_a_message_brought))
