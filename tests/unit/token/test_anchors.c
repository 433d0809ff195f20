/* SPDX-License-Identifier: Apache-2.0 */
#include "fake.h"
#include "fault.h"

#include "signet/token.h"

#include <unistd.h>

/* What a walk told. */
struct told {
    size_t num;
    struct one {
        enum signet_token_trust trust;
        struct signet_anchor_terms terms;
        bool has_certificate, has_sha1;
        char label[SIGNET_TOKEN_TEXT_SIZE];
        uint8_t sha256[32];
    } items[16];
    enum signet_status answer; /* what the taker returns */
};

static enum signet_status take(void *context, const struct signet_token_certificate *certificate)
{
    struct told *told = context;
    assert_true(told->num < SG_NUM(told->items));
    struct one *one = &told->items[told->num++];
    *one = (struct one){.trust = certificate->trust, .terms = certificate->terms};
    one->has_certificate = certificate->certificate != NULL;
    one->has_sha1 = certificate->sha1.len == 20;
    snprintf(one->label, sizeof(one->label), "%s", certificate->label);
    assert_true(certificate->issuer.len > 0 && certificate->serial.len > 0);
    if (one->has_certificate)
        memcpy(one->sha256, signet_certificate_sha256(certificate->certificate).ptr, 32);
    return told->answer;
}

static enum signet_status walk_of(const struct fake_object *objects, size_t num, struct told *told,
                                  struct signet_token_report *report)
{
    struct fake_module *fake = fake_reset();
    fake_hold(fake, objects, num);
    *told = (struct told){.answer = SIGNET_OK};
    enum signet_status status = signet_token_anchors(FAKE_MODULE, take, told, report);
    assert_fake_closed(fake);
    return status;
}

static const struct one *find_one(const struct told *told, enum token_sample sample)
{
    uint8_t sha256[32];
    assert_true(sg_sha256(token_octets(sample), sha256));
    for (size_t i = 0; i < told->num; i++) {
        if (told->items[i].has_certificate && memcmp(told->items[i].sha256, sha256, 32) == 0)
            return &told->items[i];
    }
    fail_msg("not told: %s", token_samples[sample].name);
    return NULL;
}

static void tells_what_each_root_is_for(void **state)
{
    (void)state;
    const struct fake_object objects[] = {fake_certificate(MAIL_ROOT, "Mail"),
                                          fake_certificate(WEB_ROOT, "W\xc3\xa9"
                                                                     "b \x1b[1m"),
                                          fake_certificate(BAD_ROOT, "Bad"),
                                          fake_trust(BAD_ROOT, &not_trusted),
                                          fake_trust(MAIL_ROOT, &trusted),
                                          fake_trust(WEB_ROOT, &neutral)};
    struct told told;
    struct signet_token_report report;
    assert_int_equal(walk_of(objects, SG_NUM(objects), &told, &report), SIGNET_OK);
    assert_int_equal(told.num, 3);
    const struct one *mail = find_one(&told, MAIL_ROOT), *web = find_one(&told, WEB_ROOT);
    assert_int_equal(mail->trust, SIGNET_TOKEN_TRUSTED);
    assert_int_equal(mail->terms.purposes, SIGNET_ANCHOR_MAIL);
    assert_true(mail->terms.honour_constraints && !mail->terms.purpose_unknown);
    assert_true(mail->terms.distrust_after == SIGNET_TIME_UNKNOWN);
    assert_string_equal(mail->label, "Mail");
    assert_int_equal(web->trust, SIGNET_TOKEN_NEUTRAL);
    assert_int_equal(web->terms.purposes, 0);
    assert_string_equal(web->label, "W\xc3\xa9"
                                    "b \\x1b[1m");
    assert_int_equal(find_one(&told, BAD_ROOT)->trust, SIGNET_TOKEN_DISTRUSTED);
    assert_int_equal(report.num_told, 3);
    assert_int_equal(report.num_trusted, 1);
    assert_int_equal(report.num_distrusted, 1);
    assert_int_equal(report.num_passed_over, 0);
    assert_int_equal(report.trouble, SIGNET_TOKEN_FINE);
    assert_string_equal(report.text, "");
    assert_string_equal(report.library, "Signet, Fake \\x1b[1m module, 2.60");
}

static void tells_distrust_of_what_it_does_not_have(void **state)
{
    (void)state;
    const struct fake_object objects[] = {fake_trust(BAD_ROOT, &not_trusted),
                                          fake_trust(MAIL_ROOT, &trusted),
                                          fake_trust(WEB_ROOT, &neutral)};
    struct told told;
    struct signet_token_report report;
    assert_int_equal(walk_of(objects, SG_NUM(objects), &told, &report), SIGNET_OK);
    assert_int_equal(told.num, 1);
    assert_int_equal(told.items[0].trust, SIGNET_TOKEN_DISTRUSTED);
    assert_false(told.items[0].has_certificate);
    assert_true(told.items[0].has_sha1);
}

static void believes_trust_only_with_the_hash(void **state)
{
    (void)state;
    static const uint8_t other_sha1[20] = {1}, serial[] = {0x02, 0x01, 0x63};
    const struct {
        const CK_ULONG *email;
        CK_ATTRIBUTE_TYPE changed;
        const void *value;
        size_t len;
        enum signet_token_trust wanted;
    } rows[] = {
        {&trusted, CKA_LABEL, "", 0, SIGNET_TOKEN_TRUSTED},
        {&trusted, CKA_CERT_SHA1_HASH, other_sha1, 20, SIGNET_TOKEN_NEUTRAL},
        {&trusted, CKA_CERT_SHA1_HASH, NULL, 0, SIGNET_TOKEN_NEUTRAL},
        {&trusted, CKA_CERT_SHA1_HASH, other_sha1, 19, SIGNET_TOKEN_NEUTRAL},
        {&trusted, CKA_SERIAL_NUMBER, serial, 3, SIGNET_TOKEN_NEUTRAL},
        {&trusted, CKA_SERIAL_NUMBER, serial, 2, SIGNET_TOKEN_NEUTRAL},
        {&trusted, CKA_ISSUER, NULL, 0, SIGNET_TOKEN_NEUTRAL},
        {&trusted, CKA_ISSUER, "\x30\x00", 2, SIGNET_TOKEN_NEUTRAL},
        {&trusted, CKA_TRUST_EMAIL_PROTECTION, NULL, 0, SIGNET_TOKEN_NEUTRAL},
        {&trusted, CKA_TRUST_EMAIL_PROTECTION, &trusted, 4, SIGNET_TOKEN_NEUTRAL},
        {&trusted_peer, CKA_LABEL, "", 0, SIGNET_TOKEN_NEUTRAL},
        {&not_trusted, CKA_CERT_SHA1_HASH, NULL, 0, SIGNET_TOKEN_DISTRUSTED},
        {&not_trusted, CKA_CERT_SHA1_HASH, other_sha1, 20, SIGNET_TOKEN_NEUTRAL},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct fake_object objects[] = {fake_certificate(MAIL_ROOT, "Mail"),
                                        fake_trust(MAIL_ROOT, rows[i].email),
                                        fake_trust(WEB_ROOT, &neutral)};
        fake_set(&objects[1], rows[i].changed, rows[i].value, rows[i].len);
        struct told told;
        struct signet_token_report report;
        assert_int_equal(walk_of(objects, SG_NUM(objects), &told, &report), SIGNET_OK);
        if (find_one(&told, MAIL_ROOT)->trust != rows[i].wanted)
            fail_msg("row %zu: %d", i, (int)find_one(&told, MAIL_ROOT)->trust);
    }
}

static void lets_distrust_win(void **state)
{
    (void)state;
    for (size_t first = 0; first < 2; first++) {
        struct fake_object objects[] = {
            fake_certificate(MAIL_ROOT, "Mail"),
            fake_trust(MAIL_ROOT, first == 0 ? &trusted : &not_trusted),
            fake_trust(MAIL_ROOT, first == 0 ? &not_trusted : &trusted)};
        struct told told;
        struct signet_token_report report;
        assert_int_equal(walk_of(objects, SG_NUM(objects), &told, &report), SIGNET_OK);
        assert_int_equal(told.num, 1);
        assert_int_equal(told.items[0].trust, SIGNET_TOKEN_DISTRUSTED);
    }
}

static void reads_the_dates_of_distrust(void **state)
{
    (void)state;
    static const CK_BBOOL no = CK_FALSE, yes = CK_TRUE;
    signet_time august;
    assert_true(signet_time_parse("2022-08-31", &august));
    const struct {
        const void *value;
        size_t len;
        bool told;
        signet_time wanted;
    } rows[] = {
        {NULL, 0, true, SIGNET_TIME_UNKNOWN}, /* absent */
        {&no, 1, true, SIGNET_TIME_UNKNOWN},
        {"220831000000Z", 13, true, august},
        {"20220831000000Z", 15, true, august},
        {&yes, 1, false, 0},
        {"", 0, false, 0},
        {"220231000000Z", 13, false, 0},
        {"2208310000Z", 11, false, 0},
        {"220831000000Z\0", 14, false, 0},
        {"2022083100000000000000000000000000000000000000Z", 48, false, 0},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct fake_object objects[] = {fake_certificate(MAIL_ROOT, "Mail"),
                                        fake_trust(MAIL_ROOT, &trusted)};
        fake_set(&objects[0], CKA_NSS_EMAIL_DISTRUST_AFTER, rows[i].value, rows[i].len);
        struct told told;
        struct signet_token_report report;
        assert_int_equal(walk_of(objects, SG_NUM(objects), &told, &report), SIGNET_OK);
        if (told.num != rows[i].told || report.num_passed_over != !rows[i].told ||
            (told.num > 0 && told.items[0].terms.distrust_after != rows[i].wanted))
            fail_msg("row %zu: %zu told", i, told.num);
    }
}

static void tells_copies_once_with_the_earliest_date(void **state)
{
    (void)state;
    struct fake_object objects[] = {
        fake_certificate(MAIL_ROOT, "A"), fake_certificate(MAIL_ROOT, "B"),
        fake_certificate(MAIL_ROOT, "C"), fake_trust(MAIL_ROOT, &trusted)};
    fake_set(&objects[1], CKA_NSS_EMAIL_DISTRUST_AFTER, "230831000000Z", 13);
    fake_set(&objects[2], CKA_NSS_EMAIL_DISTRUST_AFTER, "220831000000Z", 13);
    struct fake_module *fake = fake_reset();
    fake_hold(fake, objects, SG_NUM(objects));
    fake->num_slots = 2;
    struct told told = {.answer = SIGNET_OK};
    struct signet_token_report report;
    assert_int_equal(signet_token_anchors(FAKE_MODULE, take, &told, &report), SIGNET_OK);
    assert_int_equal(told.num, 1);
    assert_string_equal(told.items[0].label, "C");
    assert_int_equal(fake->num_opened, 2);
    assert_fake_closed(fake);
}

static void passes_over_certificates_that_cannot_be_read(void **state)
{
    (void)state;
    static const uint8_t junk[] = {0x30, 0x82, 0xff, 0xff, 0x00};
    const struct fake_attribute values[] = {
        {CKA_VALUE, NULL, 0, 0, CKR_OK}, /* absent */
        {CKA_VALUE, junk, sizeof(junk), 0, CKR_OK},
        {CKA_VALUE, junk, 0, 0, CKR_OK},
        {CKA_VALUE, junk, sizeof(junk), 65537, CKR_OK},
        {CKA_VALUE, junk, sizeof(junk), (CK_ULONG)-2, CKR_OK},
        {CKA_VALUE, junk, sizeof(junk), CK_UNAVAILABLE_INFORMATION, CKR_OK},
        {CKA_VALUE, junk, sizeof(junk), 2, CKR_OK}, /* grew since its length was told */
        {CKA_VALUE, NULL, 0, 0, CKR_DEVICE_ERROR},
        {CKA_VALUE, NULL, 0, 0, CKR_ATTRIBUTE_SENSITIVE},
    };
    for (size_t i = 0; i < SG_NUM(values); i++) {
        struct fake_object objects[] = {fake_certificate(WEB_ROOT, "Web"),
                                        fake_certificate(MAIL_ROOT, "Mail"),
                                        fake_trust(MAIL_ROOT, &trusted)};
        objects[0].attributes[0] = values[i];
        struct told told;
        struct signet_token_report report;
        assert_int_equal(walk_of(objects, SG_NUM(objects), &told, &report), SIGNET_OK);
        if (told.num != 1 || report.num_passed_over != 1)
            fail_msg("row %zu: %zu told, %zu passed over", i, told.num, report.num_passed_over);
    }
}

static void names_a_root_without_a_readable_label(void **state)
{
    (void)state;
    struct fake_object objects[] = {fake_certificate(MAIL_ROOT, ""),
                                    fake_trust(MAIL_ROOT, &trusted)};
    objects[0].attributes[1].claimed = 1025;
    struct told told;
    struct signet_token_report report;
    assert_int_equal(walk_of(objects, SG_NUM(objects), &told, &report), SIGNET_OK);
    assert_int_equal(told.num, 1);
    assert_string_equal(told.items[0].label, "");
}

static void tells_which_call_failed(void **state)
{
    (void)state;
    const struct {
        size_t member; /* offset of what the fake module is told */
        const char *words;
    } rows[] = {
        {offsetof(struct fake_module, initialize), "C_Initialize"},
        {offsetof(struct fake_module, get_slot_list), "C_GetSlotList"},
        {offsetof(struct fake_module, open_session), "C_OpenSession"},
        {offsetof(struct fake_module, find_init), "C_FindObjectsInit"},
        {offsetof(struct fake_module, find), "C_FindObjects"},
    };
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct fake_module *fake = fake_reset();
        const CK_RV error = CKR_DEVICE_ERROR;
        memcpy((char *)fake + rows[i].member, &error, sizeof(error));
        struct told told = {.answer = SIGNET_OK};
        struct signet_token_report report;
        assert_int_equal(signet_token_anchors(FAKE_MODULE, take, &told, &report), SIGNET_ERR_IO);
        assert_int_equal(report.trouble, SIGNET_TOKEN_FAILED);
        assert_non_null(strstr(report.text, rows[i].words));
        assert_fake_closed(fake);
    }
}

static void needs_no_description(void **state)
{
    (void)state;
    struct fake_module *fake = fake_reset();
    const struct fake_object objects[] = {fake_trust(MAIL_ROOT, &trusted)};
    fake_hold(fake, objects, 1);
    fake->get_info = CKR_GENERAL_ERROR;
    struct told told = {.answer = SIGNET_OK};
    struct signet_token_report report;
    assert_int_equal(signet_token_anchors(FAKE_MODULE, take, &told, &report), SIGNET_OK);
    assert_string_equal(report.library, "");
}

static void refuses_impossible_numbers(void **state)
{
    (void)state;
    const struct fake_object objects[] = {fake_trust(MAIL_ROOT, &trusted)};
    for (size_t i = 0; i < 3; i++) {
        struct fake_module *fake = fake_reset();
        fake_hold(fake, objects, 1);
        fake->num_slots = i == 0 ? 65 : 1;
        fake->found_too_many = i == 1 ? 64 : 0;
        fake->again = i == 2 ? SIZE_MAX : 0;
        struct told told = {.answer = SIGNET_OK};
        struct signet_token_report report;
        assert_int_equal(signet_token_anchors(FAKE_MODULE, take, &told, &report), SIGNET_ERR_IO);
        assert_int_equal(report.trouble, SIGNET_TOKEN_FAILED);
        assert_int_equal(told.num, 0);
        assert_fake_closed(fake);
    }
}

/* Certificates that say that they are as long as may be, and are not: the memory is taken and never
 * touched. */
static void takes_so_much_memory_and_no_more(void **state)
{
    (void)state;
    static const uint8_t junk[] = {0x30, 0x82, 0xff, 0xff, 0x00};
    struct fake_object objects[] = {{.class_ = CKO_CERTIFICATE}, fake_trust(MAIL_ROOT, &neutral)};
    objects[0].attributes[0] =
        (struct fake_attribute){CKA_VALUE, junk, sizeof(junk), 65536, CKR_OK};
    static const struct {
        size_t num; /* 4096 of 65536 octets are 256 MB */
        enum signet_status status;
    } rows[] = {{4000, SIGNET_OK}, {4100, SIGNET_ERR_LIMIT}};
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct fake_module *fake = fake_reset();
        fake_hold(fake, objects, SG_NUM(objects));
        fake->again = rows[i].num - 1;
        struct told told = {.answer = SIGNET_OK};
        struct signet_token_report report;
        assert_int_equal(signet_token_anchors(FAKE_MODULE, take, &told, &report), rows[i].status);
        assert_int_equal(told.num, 0);
        if (rows[i].status == SIGNET_OK)
            assert_int_equal(report.num_passed_over, rows[i].num);
        assert_fake_closed(fake);
    }
}

static void says_what_to_install(void **state)
{
    (void)state;
    struct told told = {.answer = SIGNET_OK};
    struct signet_token_report report;
    assert_int_equal(signet_token_anchors("/nonexistent/libnssckbi.so", take, &told, &report),
                     SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_MISSING);
    assert_non_null(strstr(report.text, "/nonexistent/libnssckbi.so"));
    assert_string_equal(report.module, "/nonexistent/libnssckbi.so");

    struct fake_module *fake = fake_reset();
    const struct fake_object roots[] = {fake_certificate(MAIL_ROOT, "Mail")};
    fake_hold(fake, roots, 1);
    assert_int_equal(signet_token_anchors(FAKE_MODULE, take, &told, &report), SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_EMPTY);
    assert_non_null(strstr(report.text, "libnss3"));
}

static void refuses_a_file_that_is_no_module(void **state)
{
    (void)state;
    char file[] = "/tmp/signet-token-XXXXXX";
    int descriptor = mkstemp(file);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, "no module\n", 10), 10);
    close(descriptor);
    struct told told = {.answer = SIGNET_OK};
    struct signet_token_report report;
    enum signet_status status = signet_token_anchors(file, take, &told, &report);
    unlink(file);
    assert_int_equal(status, SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_UNLOADABLE);
    assert_non_null(strstr(report.text, file));

    fake_reset()->no_functions = true;
    assert_int_equal(signet_token_anchors(FAKE_MODULE, take, &told, &report), SIGNET_ERR_IO);
    assert_int_equal(report.trouble, SIGNET_TOKEN_UNLOADABLE);
}

static void stops_when_the_taker_says_so(void **state)
{
    (void)state;
    struct fake_module *fake = fake_reset();
    const struct fake_object objects[] = {fake_certificate(MAIL_ROOT, "Mail"),
                                          fake_certificate(WEB_ROOT, "Web"),
                                          fake_trust(MAIL_ROOT, &trusted)};
    fake_hold(fake, objects, SG_NUM(objects));
    struct told told = {.answer = SIGNET_ERR_LIMIT};
    struct signet_token_report report;
    assert_int_equal(signet_token_anchors(FAKE_MODULE, take, &told, &report), SIGNET_ERR_LIMIT);
    assert_int_equal(told.num, 1);
    assert_int_equal(report.trouble, SIGNET_TOKEN_FINE);
    assert_fake_closed(fake);
}

static void survives_want_of_memory(void **state)
{
    (void)state;
    struct fake_module *fake = fake_reset();
    const struct fake_object objects[] = {fake_certificate(MAIL_ROOT, "Mail"),
                                          fake_certificate(BAD_ROOT, "Bad"),
                                          fake_trust(MAIL_ROOT, &trusted)};
    fake_hold(fake, objects, SG_NUM(objects));
    struct told told = {.answer = SIGNET_OK};
    struct signet_token_report report;
    enum signet_status status;
    size_t failures = 0;
    for (size_t n = 0;; n++) {
        told.num = 0;
        fault_begin(n);
        status = signet_token_anchors(FAKE_MODULE, take, &told, &report);
        fault_end();
        assert_fake_closed(fake);
        /* A label that there was no memory for is empty; nothing else may be missing. */
        if (status == SIGNET_OK && told.num == 2 && told.items[0].label[0] != '\0' &&
            told.items[1].label[0] != '\0' && report.library[0] != '\0')
            break;
        assert_true(status == SIGNET_ERR_MEMORY || status == SIGNET_OK);
        failures++;
        assert_true(n < 10000);
    }
    assert_true(failures > 3);
}

SG_TEST_MAIN(SG_TEST("", tells_what_each_root_is_for),
             SG_TEST("", tells_distrust_of_what_it_does_not_have),
             SG_TEST("", believes_trust_only_with_the_hash), SG_TEST("", lets_distrust_win),
             SG_TEST("", reads_the_dates_of_distrust),
             SG_TEST("", tells_copies_once_with_the_earliest_date),
             SG_TEST("", passes_over_certificates_that_cannot_be_read),
             SG_TEST("", names_a_root_without_a_readable_label),
             SG_TEST("", tells_which_call_failed), SG_TEST("", needs_no_description),
             SG_TEST("", refuses_impossible_numbers), SG_TEST("", takes_so_much_memory_and_no_more),
             SG_TEST("", says_what_to_install), SG_TEST("", refuses_a_file_that_is_no_module),
             SG_TEST("", stops_when_the_taker_says_so), SG_TEST("", survives_want_of_memory))
