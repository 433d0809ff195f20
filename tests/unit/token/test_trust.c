/* SPDX-License-Identifier: Apache-2.0 */
#include "fake.h"

static struct sg_arena arena;
static struct sg_module module;
static struct signet_token_report report;

static enum signet_status read_list(const struct fake_object *objects, size_t num,
                                    struct sg_trust_list *list)
{
    struct fake_module *fake = fake_reset();
    fake_hold(fake, objects, num);
    report = (struct signet_token_report){.trouble = SIGNET_TOKEN_FINE};
    sg_arena_init(&arena, (size_t)1 << 24);
    *list = (struct sg_trust_list){NULL, 0, 0};
    assert_int_equal(sg_module_open(&module, FAKE_MODULE, &arena, &report), SIGNET_OK);
    enum signet_status status = sg_trust_list_read(&module, list);
    sg_module_close(&module);
    assert_fake_closed(fake);
    return status;
}

static enum signet_token_trust find(struct sg_trust_list *list, enum token_sample sample)
{
    struct signet_certificate *certificate = token_certificate(sample);
    uint8_t sha1[20];
    assert_true(sg_sha1(token_octets(sample), sha1));
    enum signet_token_trust trust =
        sg_trust_find(list, certificate->issuer.der, certificate->serial, sha1);
    signet_certificate_unref(certificate);
    return trust;
}

/* Whatever the order in the module, each certificate finds what is said of it. */
static void finds_whatever_the_order(void **state)
{
    (void)state;
    const struct fake_object made[] = {fake_trust(MAIL_ROOT, &trusted),
                                       fake_trust(WEB_ROOT, &neutral),
                                       fake_trust(BAD_ROOT, &not_trusted)};
    static const size_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
                                       {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};
    for (size_t i = 0; i < SG_NUM(orders); i++) {
        const struct fake_object objects[] = {made[orders[i][0]], made[orders[i][1]],
                                              made[orders[i][2]]};
        struct sg_trust_list list;
        assert_int_equal(read_list(objects, 3, &list), SIGNET_OK);
        assert_int_equal(list.num, 3);
        assert_int_equal(find(&list, MAIL_ROOT), SIGNET_TOKEN_TRUSTED);
        assert_int_equal(find(&list, WEB_ROOT), SIGNET_TOKEN_NEUTRAL);
        assert_int_equal(find(&list, BAD_ROOT), SIGNET_TOKEN_DISTRUSTED);
        for (size_t k = 0; k < 3; k++)
            assert_true(list.items[k].used);
        sg_arena_clear(&arena);
    }
}

static void marks_only_what_was_asked_for(void **state)
{
    (void)state;
    const struct fake_object objects[] = {fake_trust(MAIL_ROOT, &trusted)};
    struct sg_trust_list list;
    assert_int_equal(read_list(objects, 1, &list), SIGNET_OK);
    assert_int_equal(find(&list, BAD_ROOT), SIGNET_TOKEN_NEUTRAL);
    assert_false(list.items[0].used);
    sg_arena_clear(&arena);
    struct sg_trust_list empty = {NULL, 0, 0};
    assert_int_equal(find(&empty, BAD_ROOT), SIGNET_TOKEN_NEUTRAL);
}

static void counts_what_it_cannot_read(void **state)
{
    (void)state;
    struct fake_object objects[] = {fake_trust(MAIL_ROOT, &trusted), fake_trust(WEB_ROOT, &neutral),
                                    fake_trust(BAD_ROOT, &not_trusted)};
    fake_set(&objects[1], CKA_SERIAL_NUMBER, "\x02\x00", 2);
    fake_set(&objects[2], CKA_TRUST_EMAIL_PROTECTION, "x", 1);
    struct sg_trust_list list;
    assert_int_equal(read_list(objects, 3, &list), SIGNET_OK);
    assert_int_equal(list.num, 1);
    assert_int_equal(report.num_passed_over, 2);
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("", finds_whatever_the_order), SG_TEST("", marks_only_what_was_asked_for),
             SG_TEST("", counts_what_it_cannot_read))
