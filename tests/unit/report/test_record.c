/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "sink.h"
#include "x509/certificate.h"

#define NAME_A "30 0c 31 0a 30 08 06 03 55 04 03 0c 01 41" /* CN=A */
#define NAME_B "30 0c 31 0a 30 08 06 03 55 04 03 0c 01 42"
#define YEAR   ((signet_time)365 * 86400)

/* No more of a certificate than reports look at. */
static struct signet_certificate *make_certificate(void)
{
    struct signet_certificate *certificate = sg_test_keep(calloc(1, sizeof *certificate));
    certificate->subject.der = hex(NAME_A);
    certificate->issuer.der = hex(NAME_B);
    certificate->serial = hex("2a");
    certificate->not_before = 0;
    certificate->not_after = YEAR;
    memset(certificate->sha256, 0xab, sizeof certificate->sha256);
    return certificate;
}

static struct signet_record make_record(const struct signet_certificate *certificate)
{
    return (struct signet_record){
        .kind = SIGNET_RECORD_CERTIFICATE,
        .sha256 = signet_certificate_sha256(certificate),
        .origin = {SIGNET_ORIGIN_IMPORT, "a file\033[1m", 86400},
        .certificate = certificate,
    };
}

static const char *report(const struct signet_record *record,
                          const struct signet_choice_candidate *candidate, bool chosen,
                          enum signet_format format, bool explain)
{
    struct kept_text *kept = sg_test_keep(calloc(1, sizeof *kept));
    const struct signet_sink sink = {keep_bytes, kept};
    const struct signet_report_options options = {.format = format, .explain = explain};
    assert_int_equal(signet_report_record(record, candidate, chosen, &options, &sink), SIGNET_OK);
    return kept->text;
}

static void writes_a_certificate_on_one_line(void **state)
{
    struct signet_record record = make_record(make_certificate());
    (void)state;
    assert_string_equal(report(&record, NULL, false, SIGNET_FORMAT_TEXT, false),
                        "certificate  abababababababab  1970-01-01..1971-01-01  CN=A  "
                        "[import a file\\x1b[1m, 1970-01-02]\n");
    record.own = true;
    assert_memory_equal(report(&record, NULL, false, SIGNET_FORMAT_TEXT, false), "own          ",
                        13);
}

static void says_why_and_since_when_an_anchor_is_one(void **state)
{
    struct signet_record record = make_record(make_certificate());
    struct signet_stored_anchor anchor = {
        .terms = {.purposes = SIGNET_ANCHOR_SIGN, .distrust_after = SIGNET_TIME_UNKNOWN},
        .why = "asked\tthem",
        .origin = {SIGNET_ORIGIN_SYSTEM, "a module", 2 * 86400},
        .distrusted = SIGNET_TIME_UNKNOWN,
    };
    (void)state;
    record.anchor = &anchor;
    const char *text = report(&record, NULL, false, SIGNET_FORMAT_TEXT, false);
    assert_non_null(strstr(text, "anchor       "));
    assert_non_null(strstr(text, "; trusted 1970-01-03: asked\\x09them]"));
    text = report(&record, NULL, false, SIGNET_FORMAT_TEXT, true);
    assert_non_null(strstr(text, "  for         signed mail\n"));
    assert_non_null(strstr(text, "those in its own certificate are set aside"));

    anchor.terms.purpose_unknown = true;
    anchor.distrusted = 3 * 86400;
    text = report(&record, NULL, false, SIGNET_FORMAT_TEXT, false);
    assert_non_null(strstr(text, "distrusted   "));
    assert_non_null(strstr(text, "; distrusted 1970-01-04, web roots, no mail purpose known"));
}

static void names_the_domains_of_an_anchor(void **state)
{
    struct signet_record record = make_record(make_certificate());
    struct signet_stored_anchor anchor = {
        .terms = {.permitted_subtrees = hex("30 07 30 05 81 03 61 2e 62"),
                  .excluded_subtrees = hex("30 03 01 01 00")}, /* no subtrees */
        .why = "",
        .distrusted = SIGNET_TIME_UNKNOWN,
    };
    (void)state;
    record.anchor = &anchor;
    const char *text = report(&record, NULL, false, SIGNET_FORMAT_TEXT, true);
    assert_non_null(strstr(text, "  within      rfc822Name:a.b\n"));
    assert_null(strstr(text, "not within"));
    assert_non_null(strstr(report(&record, NULL, false, SIGNET_FORMAT_JSON, false),
                           "\"permitted\":[\"rfc822Name:a.b\"],\"excluded\":[]"));
}

static void marks_what_was_chosen(void **state)
{
    struct signet_record record = make_record(make_certificate());
    const struct signet_choice_candidate candidate = {
        .bound = true, .binding = SIGNET_BINDING_USER, .verdict = SIGNET_VERDICT_GOOD, .why = "so"};
    (void)state;
    const char *text = report(&record, &candidate, true, SIGNET_FORMAT_TEXT, false);
    assert_memory_equal(text, "* certificate", 13);
    assert_non_null(strstr(text, "\n    GOOD  so\n"));
    text = report(&record, &candidate, false, SIGNET_FORMAT_TEXT, false);
    assert_memory_equal(text, "  certificate", 13);
    text = report(&record, &candidate, true, SIGNET_FORMAT_JSON, false);
    assert_non_null(strstr(text,
                           "\"choice\":{\"chosen\":true,\"verdict\":\"GOOD\",\"binding\":\"user\","
                           "\"preferred\":false,\"why\":\"so\"}"));
}

static void writes_json(void **state)
{
    struct signet_record record = make_record(make_certificate());
    (void)state;
    const char *text = report(&record, NULL, false, SIGNET_FORMAT_JSON, false);
    assert_memory_equal(text, "{\"kind\":\"certificate\",\"sha256\":\"abab", 36);
    assert_non_null(strstr(text, "\"subject\":\"CN=A\",\"issuer\":\"CN=B\",\"serial\":\"2a\""));
    assert_non_null(strstr(text, "\"anchor\":null,\"origin\":{\"kind\":\"import\",\"detail\":"));
    assert_null(strchr(text, '\033'));
    assert_string_equal(text + strlen(text) - 2, "}\n");
}

static void leaves_out_what_is_not_known_of_a_proposal(void **state)
{
    struct signet_record record = make_record(make_certificate());
    (void)state;
    record.origin = (struct signet_origin){SIGNET_ORIGIN_IMPORT, NULL, SIGNET_TIME_UNKNOWN};
    const char *text = report(&record, NULL, false, SIGNET_FORMAT_TEXT, true);
    assert_null(strstr(text, "origin"));
    assert_null(strstr(text, "kind"));
    assert_null(strchr(report(&record, NULL, false, SIGNET_FORMAT_TEXT, false), '['));
}

static void writes_bindings(void **state)
{
    struct kept_text *kept = sg_test_keep(calloc(1, sizeof *kept));
    const struct signet_sink sink = {keep_bytes, kept};
    struct signet_report_options options = {.format = SIGNET_FORMAT_TEXT};
    const struct signet_binding binding = {.address = "a@example.com",
                                           .sha256 = hex("00112233445566778899"),
                                           .kind = SIGNET_BINDING_USER,
                                           .why = "x\ny",
                                           .since = 0};
    (void)state;
    assert_int_equal(signet_report_binding(&binding, &options, &sink), SIGNET_OK);
    assert_string_equal(kept->text,
                        "user         0011223344556677  a@example.com  [1970-01-01: x\\x0ay]\n");
    kept->len = 0;
    options.format = SIGNET_FORMAT_JSON;
    assert_int_equal(signet_report_binding(&binding, &options, &sink), SIGNET_OK);
    assert_non_null(strstr(kept->text, "{\"kind\":\"binding\",\"address\":\"a@example.com\","));
    assert_non_null(strstr(kept->text, "\"binding\":\"user\""));
}

static void writes_members_of_the_callers_own(void **state)
{
    struct kept_text *kept = sg_test_keep(calloc(1, sizeof *kept));
    const struct signet_sink sink = {keep_bytes, kept};
    const struct signet_report_member members[] = {{"file", "a\"b\033", 0}, {"number", NULL, -7}};
    (void)state;
    assert_int_equal(signet_report_members(members, 2, &sink), SIGNET_OK);
    assert_non_null(strstr(kept->text, "\"number\":-7}\n"));
    assert_null(strchr(kept->text, '\033'));
    kept->refuses = true;
    assert_int_equal(signet_report_members(members, 2, &sink), SIGNET_ERR_IO);
}

static void says_when_memory_is_out(void **state)
{
    struct signet_record record = make_record(make_certificate());
    struct kept_text *kept = sg_test_keep(calloc(1, sizeof *kept));
    const struct signet_sink sink = {keep_bytes, kept};
    const struct signet_report_options options = {.format = SIGNET_FORMAT_JSON};
    (void)state;
    size_t n = 0;
    for (; fault_begin(n), signet_report_record(&record, NULL, false, &options, &sink) != SIGNET_OK;
         n++)
        assert_true(n < 1000);
    fault_end();
    assert_true(n > 0);
}

SG_TEST_MAIN(SG_TEST("A-4-4", writes_a_certificate_on_one_line),
             SG_TEST("A-2.3-9", says_why_and_since_when_an_anchor_is_one),
             SG_TEST("B-IN-6", names_the_domains_of_an_anchor),
             SG_TEST("E-41", marks_what_was_chosen), SG_TEST("A-4-4", writes_json),
             SG_TEST("A-2.3-9", leaves_out_what_is_not_known_of_a_proposal),
             SG_TEST("A-3-6", writes_bindings), SG_TEST("", writes_members_of_the_callers_own),
             SG_TEST("", says_when_memory_is_out))
