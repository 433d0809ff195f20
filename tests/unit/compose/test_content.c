/* SPDX-License-Identifier: Apache-2.0 */
#include "compose.h"
#include "compose/content_plan.h"
#include "fault.h"

#define H       "From: a@example.org\nTo: b@example.org\nSubject: s\nMessage-ID: <1@example.org>\n"
#define M(type) H "MIME-Version: 1.0\nContent-Type: " type "\n"
#define PLAIN   "Content-Type: text/plain; charset=us-ascii\r\n"

static struct sg_arena arena;

static enum signet_status prepare(struct signet_span message, struct sg_content *content,
                                  struct sg_compose_error *error)
{
    sg_arena_clear(&arena);
    sg_arena_init(&arena, COMPOSE_ARENA);
    *error = (struct sg_compose_error){NULL, NULL};
    return sg_content_prepare(message, &arena, content, error);
}

/* What MESSAGE becomes, read back and checked. */
static struct signet_span composed(struct signet_span message)
{
    struct sg_content content;
    struct sg_compose_error error;
    if (prepare(message, &content, &error) != SIGNET_OK)
        fail_msg("%s: %s: %s", as_text(message), error.where, error.why);
    struct signet_span entity = entity_of(&content);
    assert_canonical(entity);
    assert_read_back(&content, entity, &arena);
    return entity;
}

static const struct {
    const char *message, *entity;
} rows[] = {
    /* Simple bodies. */
    {H "\nhello\n", PLAIN "\r\nhello\r\n"},
    {H "\nhello", PLAIN "\r\nhello"},
    {H "\r\nhello\r\n\r\n", PLAIN "\r\nhello\r\n\r\n"},
    {H "\n", PLAIN "\r\n"},
    {H, PLAIN "\r\n"},
    {"From: a@example.org", PLAIN "\r\n"},
    {H "\n\n\n", PLAIN "\r\n\r\n\r\n"},
    {H "\n.\n..\n", PLAIN "\r\n.\r\n..\r\n"},
    {"From a@example.org Sat Nov 21 20:00:00 2026\n" H "\nhello\n", PLAIN "\r\nhello\r\n"},
    /* What a transport would change. */
    {H "\nblank \n", PLAIN "Content-Transfer-Encoding: quoted-printable\r\n\r\nblank=20\r\n"},
    {H "\nFrom me\n", PLAIN "Content-Transfer-Encoding: quoted-printable\r\n\r\n=46rom me\r\n"},
    {H "\nalpha\rbeta\n",
     PLAIN "Content-Transfer-Encoding: quoted-printable\r\n\r\nalpha=0Dbeta\r\n"},
    {H "\nle caf\xc3\xa9 est un bon caf\xc3\xa9, dit-on\n",
     "Content-Type: text/plain; charset=utf-8\r\n"
     "Content-Transfer-Encoding: quoted-printable\r\n\r\nle caf=C3=A9 est un bon caf=C3=A9, "
     "dit-on\r\n"},
    {H "\n\xe9t\xe9 en France, on ne sait jamais bien\n",
     "Content-Type: text/plain; charset=unknown-8bit\r\n"
     "Content-Transfer-Encoding: quoted-printable\r\n\r\n=E9t=E9 en France, on ne sait jamais "
     "bien\r\n"},
    {H "\n\xd0\xb4\xd0\xb0\n", "Content-Type: text/plain; charset=utf-8\r\n"
                               "Content-Transfer-Encoding: base64\r\n\r\n0LTQsA0K\r\n"},
    /* Declared types. */
    {M("text/plain; charset=iso-8859-1") "Content-Transfer-Encoding: 8bit\n\n\xe9t\xe9 en France, "
                                         "on ne sait jamais\n",
     "Content-Type: text/plain; charset=iso-8859-1\r\n"
     "Content-Transfer-Encoding: quoted-printable\r\n\r\n=E9t=E9 en France, on ne sait jamais\r\n"},
    {M("text/plain; charset=utf-8") "Content-Transfer-Encoding: 8bit\n\nascii\n",
     "Content-Type: text/plain; charset=utf-8\r\n\r\nascii\r\n"},
    {M("text/html;") "\n<p>\n", "Content-Type: text/html;\r\n charset=us-ascii\r\n\r\n<p>\r\n"},
    {M("text/plain;\n\tformat=flowed; ") "\nx\n",
     "Content-Type: text/plain;\tformat=flowed;\r\n charset=us-ascii\r\n\r\nx\r\n"},
    {M("text/plain; charset=utf-8;  \n\tformat=flowed") "Content-Language: en  \n\nx\n",
     "Content-Type: text/plain; charset=utf-8;\r\n\tformat=flowed\r\nContent-Language: "
     "en\r\n\r\nx\r\n"},
    {M("text/plain; charset=utf-8") "Content-Transfer-Encoding: quoted-printable\n\ncaf=C3=A9 "
                                    "=\nx\n",
     "Content-Type: text/plain; charset=utf-8\r\n"
     "Content-Transfer-Encoding: quoted-printable\r\n\r\ncaf=C3=A9 =\r\nx\r\n"},
    {M("text/plain; charset=utf-8") "Content-Transfer-Encoding: quoted-printable\n\ncaf\xc3\xa9 \n",
     "Content-Type: text/plain; charset=utf-8\r\n"
     "Content-Transfer-Encoding: quoted-printable\r\n\r\ncaf=C3=A9\r\n"},
    {M("image/png") "Content-Transfer-Encoding: base64\n\niVBORw0KGgo=\n",
     "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"},
    {M("image/png") "Content-Transfer-Encoding: base64\n\niVBO Rw0K \xe9Ggo=\n",
     "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n"},
    {M("image/png") "Content-Transfer-Encoding: binary\n\na\nb",
     "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nYQpi\r\n"},
    {M("image/png") "Content-Transfer-Encoding: 8bit\n\n\xe9\n",
     "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n6Q0K\r\n"},
    {M("application/x-y") "Content-Transfer-Encoding: x-uuencode\n\nbegin \n",
     "Content-Type: application/x-y\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin \r\n"},
    {M("image/png; name=\"caf\xc3\xa9.png\"") "Content-Description: caf\xc3\xa9\n\nx\n",
     "Content-Type: image/png; name*=UTF-8''caf%C3%A9.png\r\n"
     "Content-Description: =?UTF-8?B?Y2Fmw6k=?=\r\n\r\nx\r\n"},
    /* Multiparts. */
    {M("multipart/mixed; boundary=b") "\npre\n--b\n\none\n--b\nContent-Type: "
                                      "text/html\n\n<p>\n--b--\npost\n",
     "Content-Type: multipart/mixed; boundary=b\r\n\r\npre\r\n--b\r\n\r\none\r\n--b\r\n"
     "Content-Type: text/html\r\n\r\n<p>\r\n--b--\r\npost\r\n"},
    {M("multipart/mixed; boundary=b") "Content-Transfer-Encoding: 8bit\n\np\xe9\n--b\n\none two "
                                      "three four five caf\xe9\n--b\n"
                                      "Content-Type: text/html\n\n<p>\n--b--\np \n",
     "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
     "Content-Type: text/plain; charset=unknown-8bit\r\n"
     "Content-Transfer-Encoding: quoted-printable\r\n\r\none two three four five caf=E9\r\n--b\r\n"
     "Content-Type: text/html\r\n\r\n<p>\r\n--b--\r\n"},
    {M("multipart/mixed; boundary=b") "\n--b\n\none", /* never closed */
     "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\none\r\n--b--\r\n"},
    {M("multipart/mixed; boundary=b") "\n--b\nContent-Type: multipart/alternative; boundary=c\n\n"
                                      "--c\n\nx \n--c--\n--b--\n",
     "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
     "Content-Type: multipart/alternative; boundary=c\r\n\r\n--c\r\n"
     "Content-Transfer-Encoding: quoted-printable\r\n\r\nx=20\r\n--c--\r\n\r\n--b--\r\n"},
    {M("multipart/signed; boundary=b; protocol=\"application/pkcs7-signature\"") "\n--b\n\nleft as "
                                                                                 "it is "
                                                                                 "\n--b\nContent-"
                                                                                 "Type: "
                                                                                 "application/"
                                                                                 "pkcs7-"
                                                                                 "signature\n\nx\n-"
                                                                                 "-b--\n",
     "Content-Type: multipart/signed; boundary=b; protocol=\"application/pkcs7-signature\"\r\n\r\n"
     "--b\r\n\r\nleft as it is \r\n--b\r\nContent-Type: "
     "application/pkcs7-signature\r\n\r\nx\r\n--b--\r\n"},
    /* Messages. */
    {M("message/rfc822") "\nSubject: x\n\nbody\n",
     "Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\nbody\r\n"},
    {M("message/rfc822") "\nSubject: x\n\na very good piece of caf\xc3\xa9\n",
     "Content-Type: message/rfc822\r\n\r\nSubject: x\r\nContent-Type: text/plain; charset=utf-8\r\n"
     "Content-Transfer-Encoding: quoted-printable\r\nMIME-Version: 1.0\r\n\r\na very good piece of "
     "caf=C3=A9\r\n"},
    {M("message/rfc822") "\nSubject: \xc3\xa9\n\nx\n",
     "Content-Transfer-Encoding: base64\r\nContent-Type: "
     "message/global\r\n\r\nU3ViamVjdDogw6kNCg0KeA0K\r\n"},
    {M("message/rfc822") "\nSubject: \xe9\n\nx\n",
     "Content-Transfer-Encoding: base64\r\nContent-Type: application/octet-stream; "
     "name=message.eml\r\n\r\n"
     "U3ViamVjdDog6Q0KDQp4DQo=\r\n"},
    {M("message/rfc822") "\nContent-Type: multipart/signed; boundary=b\n\n--b\n\n\xc3\xa9\n--b--\n",
     "Content-Transfer-Encoding: base64\r\nContent-Type: message/global\r\n\r\n"
     "Q29udGVudC1UeXBlOiBtdWx0aXBhcnQvc2lnbmVkOyBib3VuZGFyeT1iDQoNCi0tYg0KDQrDqQ0K\r\nLS1iLS0NCg=="
     "\r\n"},
};

/* Where the wrapped message's type stands does not matter to any reader. */
static bool same_entity(struct signet_span entity, const char *wanted)
{
    static const char encoding[] = "Content-Transfer-Encoding: base64\r\n";
    size_t len = strlen(encoding);
    if (sg_span_equal(entity, sg_span_text(wanted)))
        return true;
    if (strncmp(wanted, encoding, len) != 0)
        return false;
    const char *rest = wanted + len, *line_end = strstr(rest, "\r\n") + 2;
    size_t type_len = (size_t)(line_end - rest);
    return entity.len == strlen(wanted) && memcmp(entity.ptr, rest, type_len) == 0 &&
           memcmp(entity.ptr + type_len, encoding, len) == 0 &&
           memcmp(entity.ptr + type_len + len, line_end, strlen(line_end)) == 0;
}

static void writes_the_entity(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span entity = composed(text_bytes(rows[i].message));
        if (!same_entity(entity, rows[i].entity))
            fail_msg("row %zu:\n%s\nis not\n%s", i, as_text(entity), rows[i].entity);
    }
}

/* With CRLF line ends, the same comes out; and what has come out comes out again as it is. */
static void writes_the_same_of_the_same(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        if (strstr(rows[i].message, "binary") != NULL)
            continue;
        struct kept kept;
        sg_writer_add_lines(keep_begin(&kept), text_bytes(rows[i].message));
        if (!same_entity(composed(keep_end(&kept)), rows[i].entity))
            fail_msg("row %zu with CRLF", i);
        struct signet_span entity = composed(text_bytes(rows[i].message));
        sg_writer_add_text(keep_begin(&kept), H);
        sg_writer_add(&kept.writer, entity);
        assert_span_equal(composed(keep_end(&kept)), entity);
    }
}

static void leaves_the_other_fields_outside(void **state)
{
    (void)state;
    struct sg_content content;
    struct sg_compose_error error;
    const char *message = "Received: x\n\ty \n \nFrom: a@example.org\nMIME-Version: 1.0\n"
                          "Content-Length: 5\ncontent-type: text/plain\nBCC: "
                          "c@example.org\nSubject: \xc3\xa9\nX-Y:\n\nbody\n";
    assert_int_equal(prepare(text_bytes(message), &content, &error), SIGNET_OK);
    struct kept kept;
    sg_content_write_outer(&content, false, keep_begin(&kept));
    assert_span_text(keep_end(&kept), "Received: x\r\n\ty\r\nFrom: a@example.org\r\n"
                                      "BCC: c@example.org\r\nSubject: \xc3\xa9\r\nX-Y:\r\n");
    sg_content_write_outer(&content, true, keep_begin(&kept));
    assert_span_text(keep_end(&kept), "Received: x\r\n\ty\r\nFrom: a@example.org\r\n"
                                      "Subject: \xc3\xa9\r\nX-Y:\r\n");
}

static void refuses_what_cannot_be_sent(void **state)
{
    (void)state;
    static const struct {
        const char *message, *where, *words;
    } bad[] = {
        {"", "", "no header"},
        {"hello\n", "", "no header"},
        {"\nhello\n", "", "no header"},
        {H "no field\n\nbody", "", "no field"},
        {H "X: a\rb\n\nbody", "", "header"},
        {M("text/plain") "Content-Type: text/html\n\nx", "", "twice"},
        {M("application/x-y") "Content-Transfer-Encoding: x-uuencode\n\n\xe9\n", "1", "not known"},
        {M("multipart/signed; boundary=b") "\n--b\n\n\xe9\n--b--\n", "0", "would break it"},
        {M("multipart/mixed; boundary=b") "\n--b\nContent-Type: multipart/encrypted; boundary=c\n\n"
                                          "--c\n\n\xe9\n--c--\n--b--\n",
         "1", "would break it"},
        {M("multipart/mixed") "\n\xe9\n", "1", "differ"},
        {M("image/png; name=\"\xe9\"; ;;=") "\nx\n", "Content-Type", "not"},
        {M("image/png") "Content-Description: \xe9\n\nx\n", "Content-Description", "UTF-8"},
    };
    for (size_t i = 0; i < SG_NUM(bad); i++) {
        struct sg_content content;
        struct sg_compose_error error;
        enum signet_status status = prepare(text_bytes(bad[i].message), &content, &error);
        if (status != SIGNET_ERR_PARSE || error.why == NULL ||
            strcmp(error.where, bad[i].where) != 0 || strstr(error.why, bad[i].words) == NULL)
            fail_msg("row %zu: status %d, %s: %s", i, (int)status, error.where, error.why);
    }
    struct sg_content content;
    struct sg_compose_error error;
    assert_int_equal(prepare(sg_span("A: b\0c\n\nx", 9), &content, &error), SIGNET_ERR_PARSE);
    struct signet_span long_line = repeat(text_bytes("From: a@example.org\nX:"), 'x', 1200);
    assert_int_equal(prepare(long_line, &content, &error), SIGNET_ERR_PARSE);
}

/* A multipart in a multipart and so on, NUM of them, around a part that must be encoded. */
static struct signet_span nested(size_t num)
{
    struct kept kept;
    struct sg_writer *writer = keep_begin(&kept);
    char line[80];
    sg_writer_add_text(writer, H);
    for (size_t i = 0; i < num; i++) {
        snprintf(line, sizeof(line), "Content-Type: multipart/mixed; boundary=b%zux\n\n--b%zux\n",
                 i, i);
        sg_writer_add_text(writer, line);
    }
    sg_writer_add_text(writer, "\nx\0y \n");
    for (size_t i = num; i-- > 0;) {
        snprintf(line, sizeof(line), "\n--b%zux--\n", i);
        sg_writer_add_text(writer, line);
    }
    return keep_end(&kept);
}

static void goes_deep_but_not_without_end(void **state)
{
    (void)state;
    composed(nested(1));
    for (size_t num = 80; num < SG_CONTENT_MAX_DEPTH; num++)
        composed(nested(num));
    struct sg_content content;
    struct sg_compose_error error;
    assert_int_equal(prepare(nested(SG_CONTENT_MAX_DEPTH + 1), &content, &error), SIGNET_ERR_LIMIT);
    assert_non_null(error.why);
}

static struct signet_span side_by_side(size_t num)
{
    struct kept kept;
    struct sg_writer *writer = keep_begin(&kept);
    sg_writer_add_text(writer, H "Content-Type: multipart/mixed; boundary=b\n\n");
    for (size_t i = 0; i < num; i++)
        sg_writer_add_text(writer, "--b\n\nx\n");
    sg_writer_add_text(writer, "--b--\n");
    return keep_end(&kept);
}

/* The multipart is a part, too. */
static void takes_many_parts_but_not_without_end(void **state)
{
    struct sg_content content;
    struct sg_compose_error error;
    (void)state;
    composed(side_by_side(SG_CONTENT_MAX_PARTS - 1));
    assert_int_equal(prepare(side_by_side(SG_CONTENT_MAX_PARTS), &content, &error),
                     SIGNET_ERR_LIMIT);
    assert_non_null(error.why);
}

static void takes_octets_of_all_kinds(void **state)
{
    (void)state;
    uint8_t all[256 + 4];
    memcpy(all, "A:\n\n", 4);
    for (size_t i = 0; i < 256; i++)
        all[i + 4] = (uint8_t)i;
    composed(sg_test_copy(all, sizeof(all)));
    composed(repeat(text_bytes(H "\n"), 'x', 5000));
    composed(repeat(text_bytes(H "\n"), '\n', 5000));
    composed(repeat(text_bytes(H "\n"), '\0', 5000));
    composed(repeat(text_bytes(H "\n"), '\r', 5000));
    composed(repeat(text_bytes(H "\n"), ' ', 5000));
    composed(repeat(text_bytes(H "\n"), '-', 5000));
    composed(repeat(text_bytes(H "\n"), 0xff, 5000));
}

/* A long line whose wrapping would put the boundary of the multipart around it at a line's start.
 */
static void makes_no_delimiters_by_wrapping(void **state)
{
    (void)state;
    for (size_t pad = 900; pad < 1100; pad++) {
        struct kept kept;
        struct sg_writer *writer = keep_begin(&kept);
        sg_writer_add_text(writer, M("multipart/mixed; boundary=b") "\n--b\n\n");
        for (size_t i = 0; i < pad; i++)
            sg_writer_add_byte(writer, 'x');
        sg_writer_add_text(writer, "--b--\n\xe9\n--b--\n");
        struct signet_span entity = composed(keep_end(&kept));
        struct sg_part *part;
        assert_true(sg_part_parse(entity, &compose_limits, &arena, &part));
        assert_int_equal(part->num_children, 1);
        struct signet_span body;
        bool clean;
        assert_true(sg_part_decode(&part->children[0], &arena, &body, &clean));
        assert_int_equal(body.len, pad + 5 + 2 + 1);
    }
}

/* The entity of a large message needs no copy of it. */
static void needs_little_memory(void **state)
{
    (void)state;
    static const char *const headers[] = {H "\n", M("message/rfc822") "\n" H "\n",
                                          M("multipart/mixed; boundary=b") "\n--b\n\n"};
    for (size_t i = 0; i < SG_NUM(headers); i++) {
        struct signet_span message = repeat(text_bytes(headers[i]), 0xe9, (size_t)1 << 24);
        struct sg_content content;
        struct sg_compose_error error;
        assert_int_equal(prepare(message, &content, &error), SIGNET_OK);
        assert_true(arena.used < 65536);
    }
}

static void survives_want_of_memory(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span message = text_bytes(rows[i].message);
        struct sg_content content;
        struct sg_compose_error error;
        size_t n = 0;
        for (; fault_begin(n), prepare(message, &content, &error) != SIGNET_OK; n++) {
            fault_end();
            assert_true(n < 1000);
            assert_null(error.why);
        }
        fault_end();
        assert_true(n > 0);
    }
    sg_arena_clear(&arena);
}

SG_TEST_MAIN(SG_TEST("C-MIME-13 C-MIME-7", writes_the_entity),
             SG_TEST("C-MIME-7", writes_the_same_of_the_same),
             SG_TEST("", leaves_the_other_fields_outside), SG_TEST("", refuses_what_cannot_be_sent),
             SG_TEST("C-MIME-8", goes_deep_but_not_without_end),
             SG_TEST("C-MIME-8", takes_many_parts_but_not_without_end),
             SG_TEST("C-MIME-13", takes_octets_of_all_kinds),
             SG_TEST("", makes_no_delimiters_by_wrapping), SG_TEST("", needs_little_memory),
             SG_TEST("", survives_want_of_memory))
