/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/header.h"
#include "test.h"

static struct sg_arena arena;

static struct sg_mime_value parsed(struct signet_span text)
{
    struct sg_mime_value value;
    assert_true(sg_mime_value_parse(text, &arena, &value));
    return value;
}

static void begin(void)
{
    sg_arena_init(&arena, 1 << 24);
}

static void end(void)
{
    assert_false(arena.failed);
    sg_arena_clear(&arena);
}

static void reads_types(void **state)
{
    static const struct {
        const char *text, *type, *subtype;
        bool malformed;
    } rows[] = {
        {" text/plain", "text", "plain", false},
        {"Application/PKCS7-MIME;", "Application", "PKCS7-MIME", false},
        {" multipart / signed ", "multipart", "signed", false},
        {"(a)text(b)/(c)plain(d)", "text", "plain", false},
        {"\r\n text/plain;\r\n charset=x", "text", "plain", false},
        {"attachment; filename=x", "attachment", "", false},
        {"", "", "", true},
        {";a=b", "", "", true},
        {"text/", "text", "", true},
        {"/plain", "", "plain", true},
        {"text/plain charset=x", "text", "plain", true},
        {"text/plain, text/html", "text", "plain", true},
        {"text/pl\rain", "text", "pl", true},
    };
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_mime_value value = parsed(text_bytes(rows[i].text));
        assert_span_text(value.type, rows[i].type);
        assert_span_text(value.subtype, rows[i].subtype);
        if (value.malformed != rows[i].malformed)
            fail_msg("malformed of \"%s\" is %d", rows[i].text, value.malformed);
    }
    end();
}

static void reads_one_parameter_however_it_is_written(void **state)
{
    static const struct {
        const char *text, *value;
        bool malformed;
    } rows[] = {
        {"boundary=b", "b", false},
        {"boundary=\"b\"", "b", false},
        {"BOUNDARY = \"b\" ;", "b", false},
        {"\r\n\tboundary=\r\n b", "b", false},
        {"(c)boundary(c)=(c)b(c)", "b", false},
        {"boundary=\"a\r\n b\"", "a b", false},
        {"boundary=\"a\\\"b;c\\\\\"", "a\"b;c\\", false},
        {"boundary=\"\"", "", false},
        {"boundary=", "", false},
        {"boundary=----=_Part_1.2/3:4?5@6,[7]", "----=_Part_1.2/3:4?5@6,[7]", false},
        {"boundary=b; protocol=\"application/pkcs7-signature\"", "b", false},
        {"protocol=application/pkcs7-signature; micalg=sha-256;boundary=b", "b", false},
        {"charset=\"a;boundary=x\"; boundary=b", "b", false},
        {";; boundary=b;;", "b", false},
        {"boundary=b; boundary=c", "b", false}, /* the first counts */
        {"boundary=a b", "a b", true},
        {"boundary=\"a\"b", "a", true},
        {"boundary=a\"b;c\"d; e=f", "a\"b;c\"d", true},
        {"boundary=\"b", "b", true},
        {"boundary=b (c", "b", true},
        {"boundary b; boundary=c", "c", true},
        {"=x; boundary=c", "c", true},
        {"b\xc3\xbc=x; boundary=c", "c", true},
    };
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        char text[200];
        snprintf(text, sizeof(text), "multipart/mixed;%s", rows[i].text);
        struct sg_mime_value value = parsed(text_bytes(text));
        assert_span_text(sg_mime_param_find(&value, "boundary"), rows[i].value);
        if (value.malformed != rows[i].malformed)
            fail_msg("malformed of \"%s\" is %d", rows[i].text, value.malformed);
    }
    end();
}

static void tells_absent_from_empty_and_counts(void **state)
{
    (void)state;
    begin();
    struct sg_mime_value value = parsed(text_bytes("a/b; x=1; X=2; y=\"\""));
    assert_null(sg_mime_param_find(&value, "z").ptr);
    assert_non_null(sg_mime_param_find(&value, "y").ptr);
    assert_int_equal(sg_mime_param_count(&value, "x"), 2);
    assert_int_equal(sg_mime_param_count(&value, "z"), 0);
    end();
}

static void joins_and_decodes_extended_parameters(void **state)
{
    static const struct {
        const char *text, *value;
        bool malformed;
    } rows[] = {
        {"name*=utf-8'en'a%20b%C3%BC", "a b\xc3\xbc", false},
        {"name*=''a%41", "aA", false},
        {"name*0=smime; name*1=.p7m", "smime.p7m", false},
        {"name*1=.p7m; name*0=smime", "smime.p7m", false},
        {"NAME*0*=utf-8''sm%69; name*1=\"m;e\"; name*2*=.%70%37m", "smim;e.p7m", false},
        {"name*0=a; name*1=b; name*3=d", "ab", true}, /* a section is missing */
        {"name*0=a; name*0=b; name*1=c", "ac", false},
        {"name*=a", "a", false},
        {"name*=utf-8''%", "%", false},
        {"name*=utf-8''%4", "%4", false},
        {"name*=utf-8''%zz", "%zz", false},
        {"name=a; name*=utf-8''b", "a", false},
        {"name=\"=?utf-8?q?sm=69me.p7m?=\"", "smime.p7m", false},
    };
    (void)state;
    begin();
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        char text[200];
        snprintf(text, sizeof(text), "a/b; %s", rows[i].text);
        struct sg_mime_value value = parsed(text_bytes(text));
        assert_span_text(sg_mime_param_find(&value, "name"), rows[i].value);
        if (value.malformed != rows[i].malformed)
            fail_msg("malformed of \"%s\" is %d", rows[i].text, value.malformed);
    }
    struct sg_mime_value orphan = parsed(text_bytes("a/b; name*1=x"));
    assert_null(sg_mime_param_find(&orphan, "name").ptr);
    assert_true(orphan.malformed);
    struct sg_mime_value odd = parsed(text_bytes("a/b; name*01=x; name*x=y; name*1234=z"));
    assert_null(sg_mime_param_find(&odd, "name").ptr);
    assert_span_text(sg_mime_param_find(&odd, "name*x"), "y");
    end();
}

static void says_which_came_by_rfc_2231(void **state)
{
    (void)state;
    begin();
    struct sg_mime_value value = parsed(text_bytes("a/b; a*=''x; b=y; c*0=z"));
    assert_int_equal(value.num_params, 3);
    assert_true(value.params[0].extended);
    assert_false(value.params[1].extended);
    assert_true(value.params[2].extended);
    end();
}

/* "a/b" and then NUM times TEXT, in which %zu is the number. */
static struct signet_span many(const char *text, size_t num)
{
    size_t room = 4 + num * (strlen(text) + 24), len = 3;
    char *value = sg_test_keep(malloc(room));
    memcpy(value, "a/b", 3);
    for (size_t i = 0; i < num; i++) {
        char number[24];
        snprintf(number, sizeof(number), "%zu", i);
        for (const char *c = text; *c != '\0'; c++) {
            if (*c != '#') {
                value[len++] = *c;
                continue;
            }
            memcpy(value + len, number, strlen(number));
            len += strlen(number);
        }
    }
    return sg_span(value, len);
}

static void bounds_its_work(void **state)
{
    (void)state;
    begin();
    struct sg_mime_value value = parsed(many(";n*#=x", SG_MIME_MAX_PARAMS));
    assert_false(value.malformed);
    assert_int_equal(sg_mime_param_find(&value, "n").len, SG_MIME_MAX_PARAMS);
    value = parsed(many(";n*#=x", 100000));
    assert_true(value.malformed);
    assert_int_equal(sg_mime_param_find(&value, "n").len, SG_MIME_MAX_PARAMS);
    value = parsed(many(";a#=x", 5000));
    assert_true(value.malformed);
    assert_int_equal(value.num_params, SG_MIME_MAX_PARAMS);
    value = parsed(many(";a*0=x", 5000));
    assert_int_equal(value.num_params, SG_MIME_MAX_PARAMS);

    struct signet_span long_name = repeat(text_bytes("a/b;"), 'n', SG_MIME_MAX_PARAM_LEN + 1);
    assert_true(parsed(long_name).malformed);
    value = parsed(repeat(text_bytes("a/b; c="), 'x', SG_HEADER_MAX_LEN));
    assert_true(value.malformed);
    assert_span_text(value.type, "a");
    end();
}

static void tells_when_memory_is_out(void **state)
{
    static const char *const rows[] = {
        "a/b",
        "a/b; c=\"d\\e\"",
        "a/b;\n c*0=d; c*1=e",
        "a/b; name=\"=?utf-8?q?a?=\"",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        bool done = false;
        for (size_t max = 0; !done; max++) {
            struct sg_mime_value value;
            sg_arena_init(&arena, max);
            done = sg_mime_value_parse(text_bytes(rows[i]), &arena, &value);
            assert_int_equal(done, !arena.failed);
            sg_arena_clear(&arena);
        }
    }
}

SG_TEST_MAIN(SG_TEST("C-MIME-1", reads_types),
             SG_TEST("C-MIME-1 C-MIME-7", reads_one_parameter_however_it_is_written),
             SG_TEST("", tells_absent_from_empty_and_counts),
             SG_TEST("C-MIME-1", joins_and_decodes_extended_parameters),
             SG_TEST("", says_which_came_by_rfc_2231), SG_TEST("", bounds_its_work),
             SG_TEST("", tells_when_memory_is_out))
