/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "finding/finding.h"
#include "test.h"

/* A list in an arena of its own. */
struct fixture {
    struct sg_arena arena;
    struct sg_findings list;
    struct signet_policy policy;
};

static struct fixture *begin(void)
{
    struct fixture *f = sg_test_keep(calloc(1, sizeof(*f)));
    sg_arena_init(&f->arena, (size_t)1 << 24);
    sg_findings_init(&f->list, &f->arena);
    signet_policy_init(&f->policy);
    return f;
}

static void end(struct fixture *f)
{
    sg_arena_clear(&f->arena);
}

static const struct signet_finding *last(const struct fixture *f)
{
    assert_true(f->list.num > 0);
    return &f->list.items[f->list.num - 1].finding;
}

static const char *say(struct fixture *f, enum sg_kind kind, const struct signet_param *params)
{
    sg_finding_add(&f->list, kind, sg_at(SIGNET_OBJECT_MESSAGE), params);
    return last(f)->text;
}

static void keeps_what_was_added(void **state)
{
    struct fixture *f = begin();
    (void)state;
    sg_finding_add(&f->list, SG_KIND_EXPIRED, sg_at_certificate(2),
                   SG_PARAMS(sg_time("not_after", 0)));
    sg_finding_add(&f->list, SG_KIND_CRL_NONE, sg_at_crl(0), NULL);
    sg_findings_conclude(&f->list, &f->policy);
    struct signet_findings view = sg_findings_view(&f->list);
    assert_int_equal(view.num, 2);
    assert_int_equal(view.items[0].code, SIGNET_CODE_CERT_EXPIRED);
    assert_int_equal(view.items[0].object, SIGNET_OBJECT_CERTIFICATE);
    assert_int_equal(view.items[0].certificate, 2);
    assert_string_equal(view.items[0].rule, "RFC 5280 6.1.3(a)(2)");
    assert_string_equal(view.items[0].text, "expired on 1970-01-01T00:00:00Z");
    assert_int_equal(view.items[0].num_params, 1);
    assert_int_equal(view.items[0].params[0].type, SIGNET_PARAM_TIME);
    assert_string_equal(view.items[0].params[0].name, "not_after");
    assert_int_equal(view.items[1].object, SIGNET_OBJECT_CRL);
    assert_int_equal(view.items[1].certificate, 0);
    assert_int_equal(view.items[1].num_params, 0);
    end(f);
}

static void puts_parameters_into_the_sentence(void **state)
{
    struct fixture *f = begin();
    const struct signet_param *params = SG_PARAMS(
        sg_number("number", -7), sg_time("time", 951825600), sg_string("text", "a {number}"),
        sg_hex("hex", hex("00 AB")), sg_oid_param("oid", hex("55 04 03")));
    (void)state;
    assert_string_equal(say(f, SG_KIND_ALL, params),
                        "-7 2000-02-29T12:00:00Z a {number} 00ab commonName {missing} {");
    assert_int_equal(last(f)->num_params, SIGNET_MAX_PARAMS); /* the fifth is said, not kept */
    assert_string_equal(say(f, SG_KIND_OPEN, params), "{number");
    assert_string_equal(say(f, SG_KIND_TWICE, params), "-7-7");
    assert_string_equal(say(f, SG_KIND_TWICE, NULL), "{number}{number}");
    assert_string_equal(
        say(f, SG_KIND_ALL, SG_PARAMS(sg_oid_param("oid", hex("88 37")), sg_string("text", NULL))),
        "{number} {time}  {hex} 2.999 {missing} {");
    end(f);
}

static void escapes_text_of_strangers(void **state)
{
    struct fixture *f = begin();
    (void)state;
    assert_string_equal(
        say(f, SG_KIND_ODD_NAME, SG_PARAMS(sg_text("name", hex("61 00 1b 5b e2 80 ae ff")))),
        "the name \"a\\x00\\x1b[\\u{202e}\\xff\" is odd");
    assert_span_equal(last(f)->params[0].value.bytes, hex("61 00 1b 5b e2 80 ae ff"));
    end(f);
}

static void escapes_nothing_twice(void **state)
{
    struct fixture *f = begin();
    (void)state;
    assert_string_equal(
        say(f, SG_KIND_ODD_NAME, SG_PARAMS(sg_escaped("name", text_bytes("CN=a\\,b\\x00")))),
        "the name \"CN=a\\,b\\x00\" is odd");
    assert_int_equal(last(f)->params[0].type, SIGNET_PARAM_ESCAPED);
    assert_span_text(last(f)->params[0].value.bytes, "CN=a\\,b\\x00");

    struct signet_span letters = repeat(repeat(hex(""), 'a', 199), 0xc3, 1);
    struct signet_span text = repeat(letters, 0xa9, 1);
    say(f, SG_KIND_ODD_NAME, SG_PARAMS(sg_escaped("name", text)));
    assert_int_equal(strlen(last(f)->text), 199 + strlen("the name \"…\" is odd"));
    end(f);
}

static void cuts_what_is_long(void **state)
{
    struct fixture *f = begin();
    (void)state;
    say(f, SG_KIND_ODD_NAME, SG_PARAMS(sg_text("name", repeat(hex(""), 'a', 200))));
    assert_int_equal(strlen(last(f)->text), 200 + strlen("the name \"\" is odd"));
    say(f, SG_KIND_ODD_NAME, SG_PARAMS(sg_text("name", repeat(hex(""), 'a', 201))));
    assert_int_equal(strlen(last(f)->text), 200 + strlen("the name \"…\" is odd"));

    /* 199 letters and a letter of two bytes: it goes as a whole */
    struct signet_span text = repeat(repeat(hex(""), 'a', 199), 0xc3, 1);
    say(f, SG_KIND_ODD_NAME, SG_PARAMS(sg_text("name", repeat(text, 0xa9, 1))));
    assert_int_equal(strlen(last(f)->text), 199 + strlen("the name \"…\" is odd"));

    const char *said = say(f, SG_KIND_ALL, SG_PARAMS(sg_hex("hex", repeat(hex(""), 0xab, 65))));
    assert_non_null(strstr(said, "abab… {oid}"));
    assert_int_equal(strlen(said), 128 + strlen("{number} {time} {text} … {oid} {missing} {"));

    say(f, SG_KIND_ODD_NAME, SG_PARAMS(sg_text("name", repeat(hex(""), 'b', 100000))));
    assert_true(last(f)->params[0].value.bytes.len <= 1024);
    end(f);
}

static void copies_what_it_was_given(void **state)
{
    struct fixture *f = begin();
    uint8_t name[] = "mallory";
    (void)state;
    say(f, SG_KIND_ODD_NAME, SG_PARAMS(sg_text("name", sg_span(name, 7))));
    memset(name, 'x', 7);
    assert_string_equal(last(f)->text, "the name \"mallory\" is odd");
    assert_span_text(last(f)->params[0].value.bytes, "mallory");
    end(f);
}

static void says_the_same_of_the_same_once(void **state)
{
    struct fixture *f = begin();
    (void)state;
    for (int round = 0; round < 3; round++) {
        sg_finding_add(&f->list, SG_KIND_WEAK_KEY, sg_at_certificate(0),
                       SG_PARAMS(sg_number("bits", 512)));
        sg_finding_add(&f->list, SG_KIND_WEAK_KEY, sg_at_certificate(1),
                       SG_PARAMS(sg_number("bits", 512)));
        sg_finding_add(&f->list, SG_KIND_WEAK_KEY, sg_at_certificate(0),
                       SG_PARAMS(sg_number("bits", 513)));
        sg_finding_add(&f->list, SG_KIND_WEAK_KEY, sg_at_crl(0), SG_PARAMS(sg_number("bits", 512)));
        sg_finding_add(&f->list, SG_KIND_CRL_BROKEN, sg_at_crl(0),
                       SG_PARAMS(sg_number("number", 512)));
    }
    assert_int_equal(f->list.num, 5);
    end(f);
}

static void the_worst_wins(void **state)
{
    static const struct {
        enum sg_kind kind;
        enum signet_verdict worst;
    } rows[] = {
        {SG_KIND_ODD_NAME, SIGNET_VERDICT_GOOD},     {SG_KIND_WEAK_KEY, SIGNET_VERDICT_WEAK},
        {SG_KIND_ODD_BUT_FINE, SIGNET_VERDICT_WEAK}, {SG_KIND_CRL_NONE, SIGNET_VERDICT_UNKNOWN},
        {SG_KIND_EXPIRED, SIGNET_VERDICT_BAD},       {SG_KIND_CRL_OLD, SIGNET_VERDICT_BAD}};
    struct fixture *f = begin();
    (void)state;
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_GOOD);
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        say(f, rows[i].kind, NULL);
        assert_int_equal(sg_findings_conclude(&f->list, &f->policy), rows[i].worst);
    }
    end(f);
}

static void profiles_and_modes_conclude_differently(void **state)
{
    static const struct {
        enum sg_kind kind;
        enum signet_profile profile;
        enum signet_revocation revocation;
        enum signet_verdict effect;
        enum signet_severity severity;
    } rows[] = {
        {SG_KIND_WEAK_KEY, SIGNET_PROFILE_DEFAULT, SIGNET_REVOCATION_REQUIRE, SIGNET_VERDICT_WEAK,
         SIGNET_SEVERITY_ERROR},
        {SG_KIND_WEAK_KEY, SIGNET_PROFILE_STRICT, SIGNET_REVOCATION_REQUIRE, SIGNET_VERDICT_BAD,
         SIGNET_SEVERITY_ERROR},
        {SG_KIND_WEAK_KEY, SIGNET_PROFILE_LEGACY, SIGNET_REVOCATION_REQUIRE, SIGNET_VERDICT_WARN,
         SIGNET_SEVERITY_WARNING},
        {SG_KIND_ODD_NAME, SIGNET_PROFILE_DEFAULT, SIGNET_REVOCATION_REQUIRE, SIGNET_VERDICT_GOOD,
         SIGNET_SEVERITY_INFO},
        {SG_KIND_ODD_NAME, SIGNET_PROFILE_STRICT, SIGNET_REVOCATION_REQUIRE, SIGNET_VERDICT_BAD,
         SIGNET_SEVERITY_ERROR},
        {SG_KIND_ODD_BUT_FINE, SIGNET_PROFILE_DEFAULT, SIGNET_REVOCATION_REQUIRE,
         SIGNET_VERDICT_GOOD, SIGNET_SEVERITY_INFO},
        {SG_KIND_ODD_BUT_FINE, SIGNET_PROFILE_STRICT, SIGNET_REVOCATION_REQUIRE,
         SIGNET_VERDICT_WARN, SIGNET_SEVERITY_WARNING},
        {SG_KIND_ODD_BUT_FINE, SIGNET_PROFILE_LEGACY, SIGNET_REVOCATION_PREFER,
         SIGNET_VERDICT_UNKNOWN, SIGNET_SEVERITY_ERROR},
        {SG_KIND_CRL_NONE, SIGNET_PROFILE_DEFAULT, SIGNET_REVOCATION_REQUIRE,
         SIGNET_VERDICT_UNKNOWN, SIGNET_SEVERITY_ERROR},
        {SG_KIND_CRL_NONE, SIGNET_PROFILE_DEFAULT, SIGNET_REVOCATION_PREFER, SIGNET_VERDICT_WARN,
         SIGNET_SEVERITY_WARNING},
        {SG_KIND_CRL_OLD, SIGNET_PROFILE_STRICT, SIGNET_REVOCATION_PREFER, SIGNET_VERDICT_WARN,
         SIGNET_SEVERITY_WARNING},
        {SG_KIND_CRL_BROKEN, SIGNET_PROFILE_DEFAULT, SIGNET_REVOCATION_PREFER, SIGNET_VERDICT_WARN,
         SIGNET_SEVERITY_WARNING},
        {SG_KIND_CRL_LIES, SIGNET_PROFILE_DEFAULT, SIGNET_REVOCATION_PREFER, SIGNET_VERDICT_BAD,
         SIGNET_SEVERITY_ERROR},
        {SG_KIND_CRL_NONE, SIGNET_PROFILE_DEFAULT, SIGNET_REVOCATION_OFF, SIGNET_VERDICT_UNKNOWN,
         SIGNET_SEVERITY_ERROR},
    };
    struct fixture *f = begin();
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        f->policy.profile = rows[i].profile;
        f->policy.revocation = rows[i].revocation;
        sg_findings_init(&f->list, &f->arena);
        say(f, rows[i].kind, NULL);
        assert_int_equal(sg_findings_conclude(&f->list, &f->policy), rows[i].effect);
        assert_int_equal(last(f)->effect, rows[i].effect);
        assert_int_equal(last(f)->severity, rows[i].severity);
    }
    end(f);
}

static void a_cap_settles_what_came_since_the_mark(void **state)
{
    struct fixture *f = begin();
    (void)state;
    say(f, SG_KIND_WEAK_KEY, NULL);
    struct sg_findings_mark mark = sg_findings_mark(&f->list);
    say(f, SG_KIND_CRL_BROKEN, NULL);
    sg_findings_cap(&f->list, mark, SIGNET_VERDICT_WARN);
    sg_findings_cap(&f->list, mark, SIGNET_VERDICT_BAD); /* never raises */
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_WEAK);
    assert_int_equal(last(f)->effect, SIGNET_VERDICT_WARN);
    assert_null(last(f)->advice);
    say(f, SG_KIND_CRL_NONE, NULL);
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_UNKNOWN);
    assert_string_equal(last(f)->advice, signet_code_advice(SIGNET_CODE_REV_UNAVAILABLE));
    end(f);
}

/* The same sentence once settled and once not: the second must not hide behind the first. */
static void a_settled_finding_does_not_hide_one_that_stands(void **state)
{
    struct fixture *f = begin();
    (void)state;
    say(f, SG_KIND_CRL_BROKEN, NULL);
    sg_findings_cap(&f->list, (struct sg_findings_mark){0}, SIGNET_VERDICT_WARN);
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_WARN);
    struct sg_findings_mark mark = sg_findings_mark(&f->list);
    say(f, SG_KIND_CRL_BROKEN, NULL);
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_UNKNOWN);
    assert_int_equal(sg_findings_view(&f->list).num, 2);
    sg_findings_cap(&f->list, mark, SIGNET_VERDICT_WARN);
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_WARN);
    assert_int_equal(sg_findings_view(&f->list).num, 1); /* now they are alike */
    end(f);
}

static void add_many(struct fixture *f, enum sg_kind kind, int num)
{
    for (int i = 0; i < num; i++)
        sg_finding_add(&f->list, kind, sg_at(SIGNET_OBJECT_MESSAGE),
                       SG_PARAMS(sg_number("number", i)));
}

static void what_is_dropped_still_counts(void **state)
{
    struct fixture *f = begin();
    (void)state;
    add_many(f, SG_KIND_TWICE, SG_MAX_FINDINGS + 20);
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_GOOD);
    assert_false(sg_findings_have(&f->list, SIGNET_CODE_CERT_EXPIRED));
    sg_finding_add(&f->list, SG_KIND_EXPIRED, sg_at_certificate(0), NULL);
    assert_int_equal(f->list.num, SG_MAX_FINDINGS);
    assert_int_equal(f->list.num_dropped, 21);
    assert_true(sg_findings_have(&f->list, SIGNET_CODE_CERT_EXPIRED));
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_BAD);
    struct signet_findings view = sg_findings_view(&f->list);
    assert_int_equal(view.num, SG_MAX_FINDINGS + 1);
    assert_string_equal(view.items[SG_MAX_FINDINGS].text,
                        "21 further findings count for the verdict but are not listed");
    assert_int_equal(view.items[SG_MAX_FINDINGS].effect, SIGNET_VERDICT_GOOD);
    assert_int_equal(view.items[SG_MAX_FINDINGS].params[0].value.number, 21);
    end(f);
}

/* A flood must neither push a bad finding out of the verdict nor get it settled with itself. */
static void caps_tell_dropped_findings_apart(void **state)
{
    struct fixture *f = begin();
    (void)state;
    add_many(f, SG_KIND_TWICE, SG_MAX_FINDINGS);
    sg_finding_add(&f->list, SG_KIND_CRL_NONE, sg_at_crl(0), NULL);
    struct sg_findings_mark mark = sg_findings_mark(&f->list);
    sg_finding_add(&f->list, SG_KIND_EXPIRED, sg_at_certificate(0), NULL);
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_BAD);
    sg_findings_cap(&f->list, mark, SIGNET_VERDICT_WARN);
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_UNKNOWN);
    sg_findings_cap(&f->list, (struct sg_findings_mark){0}, SIGNET_VERDICT_WARN);
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_WARN);
    end(f);
}

static void appends_copies_with_their_caps(void **state)
{
    struct fixture *f = begin(), *g = begin();
    (void)state;
    say(g, SG_KIND_CRL_BROKEN, NULL);
    sg_findings_cap(&g->list, (struct sg_findings_mark){0}, SIGNET_VERDICT_WARN);
    sg_finding_add(&g->list, SG_KIND_ODD_NAME, sg_at_certificate(3),
                   SG_PARAMS(sg_string("name", "bob")));
    sg_findings_append(&f->list, &g->list);
    sg_findings_append(&f->list, &g->list);
    end(g);
    assert_int_equal(f->list.num, 2);
    assert_string_equal(last(f)->text, "the name \"bob\" is odd");
    assert_span_text(last(f)->params[0].value.bytes, "bob");
    assert_int_equal(last(f)->certificate, 3);
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_WARN);
    end(f);
}

static void appends_what_was_dropped(void **state)
{
    struct fixture *f = begin(), *g = begin();
    (void)state;
    add_many(g, SG_KIND_TWICE, SG_MAX_FINDINGS);
    sg_finding_add(&g->list, SG_KIND_EXPIRED, sg_at_certificate(0), NULL);
    say(f, SG_KIND_ODD_NAME, NULL);
    sg_findings_append(&f->list, &g->list);
    assert_int_equal(f->list.num, SG_MAX_FINDINGS);
    assert_int_equal(f->list.num_dropped, 2);
    assert_int_equal(sg_findings_conclude(&f->list, &f->policy), SIGNET_VERDICT_BAD);
    end(g);
    end(f);
}

static void view_of_nothing_is_empty(void **state)
{
    struct fixture *f = begin();
    (void)state;
    assert_int_equal(sg_findings_view(&f->list).num, 0);
    assert_false(f->list.failed);
    end(f);
}

static void use(struct fixture *f)
{
    add_many(f, SG_KIND_CRL_BROKEN, 40);
    sg_finding_add(&f->list, SG_KIND_ODD_NAME, sg_at_certificate(0),
                   SG_PARAMS(sg_string("name", "a")));
    sg_findings_append(&f->list, &f->list);
    sg_findings_conclude(&f->list, &f->policy);
    if (sg_findings_view(&f->list).num != 41)
        f->list.failed = true;
}

static void memory_that_is_out_is_latched(void **state)
{
    size_t n = 0;
    (void)state;
    for (bool failed = true; failed; n++) {
        struct fixture *f = begin();
        fault_begin(n);
        use(f);
        fault_end();
        failed = f->list.failed;
        end(f);
    }
    assert_true(n > 40);

    struct fixture *f = begin();
    f->arena.max = 400000;
    add_many(f, SG_KIND_CRL_BROKEN, 200000);
    assert_true(f->list.failed);
    assert_null(sg_findings_view(&f->list).items);
    end(f);
}

/* Another arena has all that the view shows. */
static void shows_the_same_elsewhere(void **state)
{
    struct fixture *f = begin();
    struct sg_arena elsewhere;
    (void)state;
    sg_arena_init(&elsewhere, (size_t)1 << 24);
    sg_finding_add(&f->list, SG_KIND_ODD_NAME, sg_at_certificate(1),
                   SG_PARAMS(sg_text("name", text_bytes("CN=b"))));
    add_many(f, SG_KIND_CRL_BROKEN, SG_MAX_FINDINGS + 3);
    sg_findings_conclude(&f->list, &f->policy);
    struct signet_findings view = sg_findings_view(&f->list);
    const char *text = sg_test_keep(strdup(view.items[0].text));
    const char *last_text = sg_test_keep(strdup(view.items[view.num - 1].text));
    size_t num = view.num;
    struct signet_findings copy = sg_findings_view_in(&f->list, &elsewhere);
    sg_arena_clear(&f->arena);
    assert_int_equal(copy.num, num);
    assert_string_equal(copy.items[0].text, text);
    assert_int_equal(copy.items[0].code, SIGNET_CODE_NONCONFORMING);
    assert_span_text(copy.items[0].params[0].value.bytes, "CN=b");
    assert_string_equal(copy.items[num - 1].text, last_text);
    sg_arena_clear(&elsewhere);
    end(f);
}

static void a_view_elsewhere_tells_of_want_of_memory(void **state)
{
    struct fixture *f = begin();
    struct sg_arena elsewhere;
    (void)state;
    sg_arena_init(&elsewhere, 0);
    sg_finding_add(&f->list, SG_KIND_CRL_NONE, sg_at_crl(0), NULL);
    assert_null(sg_findings_view_in(&f->list, &elsewhere).items);
    assert_true(f->list.failed);
    end(f);
}

/* Also when it ran out while a parameter was written, before the finding was added. */
static void what_is_latched_stays(void **state)
{
    struct fixture *f = begin();
    (void)state;
    f->list.failed = true;
    sg_finding_add(&f->list, SG_KIND_ODD_NAME, sg_at_certificate(0),
                   SG_PARAMS(sg_string("name", "a")));
    assert_true(f->list.failed);
    end(f);
}

SG_TEST_MAIN(SG_TEST("", keeps_what_was_added), SG_TEST("", puts_parameters_into_the_sentence),
             SG_TEST("B-DN-10", escapes_text_of_strangers), SG_TEST("", escapes_nothing_twice),
             SG_TEST("", cuts_what_is_long), SG_TEST("", copies_what_it_was_given),
             SG_TEST("", says_the_same_of_the_same_once), SG_TEST("", the_worst_wins),
             SG_TEST("", shows_the_same_elsewhere),
             SG_TEST("", a_view_elsewhere_tells_of_want_of_memory),
             SG_TEST("E-1 E-27", profiles_and_modes_conclude_differently),
             SG_TEST("", a_cap_settles_what_came_since_the_mark),
             SG_TEST("", a_settled_finding_does_not_hide_one_that_stands),
             SG_TEST("", what_is_dropped_still_counts),
             SG_TEST("", caps_tell_dropped_findings_apart),
             SG_TEST("", appends_copies_with_their_caps), SG_TEST("", appends_what_was_dropped),
             SG_TEST("", view_of_nothing_is_empty), SG_TEST("", memory_that_is_out_is_latched),
             SG_TEST("", what_is_latched_stays))
