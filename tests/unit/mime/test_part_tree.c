/* SPDX-License-Identifier: Apache-2.0 */
#include "mime/part.h"
#include "mime/transfer.h"
#include "test.h"

static const struct sg_mime_limits default_limits = {100, 1000};
static struct sg_arena arena;

static struct sg_part *parsed_within(struct signet_span message,
                                     const struct sg_mime_limits *limits)
{
    struct sg_part *part;
    sg_arena_clear(&arena);
    sg_arena_init(&arena, 1 << 26);
    assert_true(sg_part_parse(message, limits, &arena, &part));
    return part;
}

static struct sg_part *parsed(const char *message)
{
    return parsed_within(text_bytes(message), &default_limits);
}

/* "0 1 1.1": the paths below PART, depth first. OUT has room for SIZE octets. */
static void write_paths(const struct sg_part *part, char *out, size_t size)
{
    size_t len = strlen(out);
    snprintf(out + len, size - len, "%s%s", len > 0 ? " " : "", part->path);
    for (size_t i = 0; i < part->num_children; i++) {
        assert_ptr_equal(part->children[i].parent, part);
        write_paths(&part->children[i], out, size);
    }
}

static void numbers_parts_as_imap_does(void **state)
{
    static const struct {
        const char *message, *paths;
    } rows[] = {
        {"", "1"},
        {"Subject: x\n\ny", "1"},
        {"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\n\ny\n--b--\n", "0 1 2"},
        {"Content-Type: multipart/mixed; boundary=b\n\n"
         "--b\nContent-Type: multipart/alternative; boundary=c\n\n--c\n\nx\n--c\n\ny\n--c--\n"
         "--b\n\nz\n--b--\n",
         "0 1 1.1 1.2 2"},
        {"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n"
         "--b\nContent-Type: message/rfc822\n\nSubject: y\n\nz\n--b--\n",
         "0 1 2 2.1"},
        {"Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b\nContent-Type: "
         "message/rfc822\n\n"
         "Content-Type: multipart/mixed; boundary=c\n\n--c\n\ny\n"
         "--c\nContent-Type: multipart/mixed; boundary=d\n\n--d\n\nz\n--d--\n--c--\n--b--\n",
         "0 1 2 2.0 2.1 2.2 2.2.1"},
        {"Content-Type: message/rfc822\n\n"
         "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n",
         "1 1.0 1.1"},
        {"Content-Type: message/rfc822\n\nContent-Type: message/global\n\nSubject: x\n\ny",
         "1 1.1 1.1.1"},
        {"Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: x\n\ny\n"
         "--b\nContent-Type: text/plain\n\nz\n--b--\n",
         "0 1 1.1 2"},
        {"Content-Type: multipart/mixed\n\n--b\n\nx\n--b--\n", "1"}, /* no boundary: a leaf */
        {"Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\nx\n----\n", "1"},
        {"Content-Type: multipart/mixed; boundary=b\n\nx", "0"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        char paths[100] = "";
        write_paths(parsed(rows[i].message), paths, sizeof(paths));
        if (strcmp(paths, rows[i].paths) != 0)
            fail_msg("%s\n-> %s", rows[i].message, paths);
    }
    sg_arena_clear(&arena);
}

static void cuts_parts_at_their_exact_octets(void **state)
{
    static const struct {
        const char *body;     /* of a multipart with the boundary "b" */
        const char *parts[3]; /* raw; NULL after the last */
        const char *preamble, *epilogue;
        bool unterminated, ambiguous;
    } rows[] = {
        {"--b\n\nx\n--b\ny: z\n\n--b--\n", {"\nx", "y: z\n"}, "", "", false, false},
        {"--b\r\n\r\nx\r\n--b--\r\n", {"\r\nx"}, "", "", false, false},
        {"--b\n\nx\r\n--b--\n", {"\nx"}, "", "", false, false},
        {"--b\r\n\r\nx\n--b--\n", {"\r\nx"}, "", "", false, false},
        {"--b\n\nx\n\n\n--b--\n", {"\nx\n\n"}, "", "", false, false}, /* empty lines count */
        {"--b\n\nx  \n--b--\n", {"\nx  "}, "", "", false, false},
        {"--b\n\nx\r\r\n--b--\n", {"\nx\r"}, "", "", false, false},
        {"pre\n--b\n\nx\n--b--\npost\n--b\nz\n", {"\nx"}, "pre", "post\n--b\nz\n", false, false},
        {"pre\r\n\r\n--b \t\r\n\r\nx\r\n--b-- \r\n", {"\r\nx"}, "pre\r\n", "", false, false},
        {"--b\n\nx\n--b\n\ny\n", {"\nx", "\ny\n"}, "", "", true, false},
        {"--b\n\nx\n--b", {"\nx", ""}, "", "", true, false},
        {"--b", {""}, "", "", true, false},
        {"--b--", {NULL}, "", "", false, false},
        {"x", {NULL}, "x", "", true, false},
        {"", {NULL}, "", "", true, false},
        {"--b\n--b--\n", {""}, "", "", false, true}, /* nothing between the lines: readers differ */
        {"--b\n\n--b--\n", {""}, "", "", false, false},
        {"--b\n\n\n--b--\n", {"\n"}, "", "", false, false},
        {"--b\n\nx\n--bb\n --b\n--b--x\n--b--\n",
         {"\nx\n--bb\n --b\n--b--x"},
         "",
         "",
         false,
         true}, /* readers that take beginnings for the whole see more parts */
        {"--b\n\nx\r--b\ny\n--b--\n", {"\nx\r--b\ny"}, "", "", false, true},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        char message[200];
        snprintf(message, sizeof(message), "Content-Type: multipart/mixed; boundary=b\n\n%s",
                 rows[i].body);
        const struct sg_part *root = parsed(message);
        size_t num = 0;
        for (; num < 3 && rows[i].parts[num] != NULL; num++) {
            assert_true(num < root->num_children);
            assert_span_text(root->children[num].raw, rows[i].parts[num]);
        }
        assert_int_equal(root->num_children, num);
        assert_span_text(root->preamble, rows[i].preamble);
        assert_span_text(root->epilogue, rows[i].epilogue);
        assert_int_equal(root->unterminated, rows[i].unterminated);
        assert_int_equal(root->ambiguous, rows[i].ambiguous);
        assert_span_text(root->body, rows[i].body);
    }
    sg_arena_clear(&arena);
}

/* The sample of RFC 8551 3.5.3.3 (3851: 3.4.3.3): the octets that are signed are the first part's,
 * headers included, the line break before the delimiter not. */
static void finds_what_the_sample_of_the_rfc_signs(void **state)
{
    static const char message[] = "Content-Type: multipart/signed;\n"
                                  "   protocol=\"application/pkcs7-signature\";\n"
                                  "   micalg=sha1; boundary=boundary42\n"
                                  "\n"
                                  "--boundary42\n"
                                  "Content-Type: text/plain\n"
                                  "\n"
                                  "This is a clear-signed message.\n"
                                  "\n"
                                  "--boundary42\n"
                                  "Content-Type: application/pkcs7-signature; name=smime.p7s\n"
                                  "Content-Transfer-Encoding: base64\n"
                                  "Content-Disposition: attachment; filename=smime.p7s\n"
                                  "\n"
                                  "ghyHhHUujhJhjH77n8HHGTrfvbnj756tbB9HG4VQpfyF467GhIGfHfYT6\n"
                                  "7n8HHGghyHhHUujhJh4VQpfyF467GhIGfHfYGTrfvbnjT6jH7756tbB9H8=\n"
                                  "\n"
                                  "--boundary42--\n";
    static const char signed_octets[] = "Content-Type: text/plain\r\n"
                                        "\r\n"
                                        "This is a clear-signed message.\r\n";
    const struct sg_part *root = parsed(message);
    (void)state;
    assert_int_equal(root->num_children, 2);
    struct sg_canonical chunks;
    sg_canonical_begin(&chunks, root->children[0].raw);
    struct signet_span chunk;
    size_t len = 0;
    while (sg_canonical_next(&chunks, &chunk)) {
        assert_true(chunk.len <= strlen(signed_octets) - len);
        assert_memory_equal(signed_octets + len, chunk.ptr, chunk.len);
        len += chunk.len;
    }
    assert_int_equal(len, strlen(signed_octets));
    sg_arena_clear(&arena);
}

static void keeps_binary_octets(void **state)
{
    static const char message[] = "Content-Type: multipart/signed; boundary=b\r\n\r\n"
                                  "--b\r\nContent-Transfer-Encoding: binary\r\n\r\n"
                                  "\0\x80\xff\r\0\r\n--b--\r\n";
    (void)state;
    const struct sg_part *root =
        parsed_within(sg_test_copy(message, sizeof(message) - 1), &default_limits);
    assert_int_equal(root->num_children, 1);
    assert_span_equal(root->children[0].body, hex("00 80 ff 0d 00"));
    sg_arena_clear(&arena);
}

static void lets_outer_boundaries_win(void **state)
{
    (void)state;
    const struct sg_part *root = parsed("Content-Type: multipart/mixed; boundary=b\n\n"
                                        "--b\nContent-Type: multipart/mixed; boundary=bb\n\n"
                                        "--bb\n\nx\n--bb\n\ny\n"
                                        "--b\n\nz\n--bb--\n--b--\n");
    assert_int_equal(root->num_children, 2);
    assert_false(root->unterminated);
    const struct sg_part *inner = &root->children[0];
    assert_int_equal(inner->num_children, 2);
    assert_true(inner->unterminated);
    assert_span_text(inner->children[1].raw, "\ny");
    assert_span_text(root->children[1].raw, "\nz\n--bb--");

    /* The same boundary inside: the outer one takes every delimiter. */
    root = parsed("Content-Type: multipart/mixed; boundary=b\n\n"
                  "--b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n");
    assert_int_equal(root->num_children, 2);
    assert_int_equal(root->children[0].num_children, 0);
    assert_true(root->children[0].unterminated);

    /* "b--" as inner boundary closes the outer one. */
    root = parsed("Content-Type: multipart/mixed; boundary=b\n\n"
                  "--b\nContent-Type: multipart/mixed; boundary=\"b--\"\n\n--b--\n\nx\n--b----\n");
    assert_int_equal(root->num_children, 1);
    assert_int_equal(root->children[0].num_children, 0);
    sg_arena_clear(&arena);
}

static void flags_boundaries_that_readers_differ_on(void **state)
{
    static const struct {
        const char *params;
        size_t num_children;
        bool ambiguous;
    } rows[] = {
        {"boundary=b", 1, false},
        {"protocol=\"x/y\";\n boundary=\"b\"", 1, false},
        {"boundary=b; boundary=c", 1, true},
        {"boundary=\"b \"", 1, true},
        {"boundary*=''b", 1, true},
        {"boundary*0=b", 1, true},
        {"boundary=b; boundary*=c", 1, true},
        {"boundary=b c", 0, true},
        {"boundary=", 0, true},
        {"boundary=\"  \"", 0, true},
        {"", 0, true},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        char message[200];
        snprintf(message, sizeof(message), "Content-Type: multipart/mixed; %s\n\n--b\n\nx\n--b--\n",
                 rows[i].params);
        const struct sg_part *root = parsed(message);
        assert_int_equal(root->num_children, rows[i].num_children);
        if (root->ambiguous != rows[i].ambiguous)
            fail_msg("ambiguous of %s is %d", rows[i].params, root->ambiguous);
    }
    sg_arena_clear(&arena);
}

static void decodes_messages_that_gateways_encoded(void **state)
{
    (void)state;
    /* "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n" */
    const struct sg_part *root =
        parsed("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"
               "Q29udGVudC1UeXBlOiBtdWx0aXBhcnQvbWl4ZWQ7IGJvdW5kYXJ5PWIKCi0tYgoKeAotLWItLQo=\n");
    assert_true(root->ambiguous);
    assert_int_equal(root->num_children, 1);
    assert_string_equal(root->children[0].path, "1.0");
    assert_int_equal(root->children[0].num_children, 1);
    assert_span_text(root->children[0].children[0].raw, "\nx");

    root = parsed("Content-Type: message/rfc822\nContent-Transfer-Encoding: quoted-printable\n\n"
                  "Subject=3A x\n\ny=\nz");
    assert_span_text(root->children[0].headers.items[0].name, "Subject");
    assert_span_text(root->children[0].body, "yz");
    sg_arena_clear(&arena);
}

static void leaves_encoded_messages_that_would_fill_the_memory(void **state)
{
    struct sg_part *part;
    (void)state;
    struct signet_span message =
        repeat(text_bytes("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n"),
               'A', 20000);
    sg_arena_init(&arena, 30000);
    assert_true(sg_part_parse(message, &default_limits, &arena, &part));
    assert_true(part->too_deep);
    assert_int_equal(part->num_children, 0);
    sg_arena_clear(&arena);
}

/* NUM multiparts, or messages, each inside the one before. */
static struct signet_span nested(size_t num, bool messages)
{
    char *text = sg_test_keep(malloc(num * 64 + 1));
    size_t len = 0;
    for (size_t i = 0; i < num; i++) {
        if (messages)
            len += (size_t)snprintf(text + len, 64, "Content-Type: message/rfc822\n\n");
        else
            len += (size_t)snprintf(
                text + len, 64, "Content-Type: multipart/mixed; boundary=b%zu-\n\n--b%zu-\n", i, i);
    }
    return sg_span(text, len);
}

static size_t depth_of(const struct sg_part *part, bool *too_deep)
{
    size_t depth = 0;
    for (; part->num_children > 0; part = &part->children[0])
        depth++;
    *too_deep = part->too_deep;
    return depth;
}

static void stops_at_the_deepest_level(void **state)
{
    static const struct sg_mime_limits limits = {5, 1000}, none = {0, 1},
                                       vast = {SIZE_MAX, SIZE_MAX};
    bool too_deep;
    (void)state;
    for (int messages = 0; messages < 2; messages++) {
        assert_int_equal(depth_of(parsed_within(nested(5, messages), &limits), &too_deep), 5);
        assert_false(too_deep);
        assert_int_equal(depth_of(parsed_within(nested(6, messages), &limits), &too_deep), 5);
        assert_true(too_deep);
        assert_int_equal(depth_of(parsed_within(nested(1000, messages), &limits), &too_deep), 5);
        assert_true(too_deep);
        assert_int_equal(depth_of(parsed_within(nested(1000, messages), &vast), &too_deep), 1000);
        assert_false(too_deep);
        assert_int_equal(depth_of(parsed_within(nested(1, messages), &none), &too_deep), 0);
        assert_true(too_deep);
    }
    sg_arena_clear(&arena);
}

static void stops_at_the_last_part(void **state)
{
    static const struct sg_mime_limits limits = {10, 4};
    static const char message[] = "Content-Type: multipart/mixed; boundary=b\n\n"
                                  "--b\n\n1\n--b\n\n2\n--b\n\n3\n%s--b--\nepilogue";
    char text[200];
    (void)state;
    snprintf(text, sizeof(text), message, "");
    const struct sg_part *root = parsed_within(text_bytes(text), &limits);
    assert_int_equal(root->num_children, 3);
    assert_false(root->too_deep);

    snprintf(text, sizeof(text), message, "--b\n\n4\n");
    root = parsed_within(text_bytes(text), &limits);
    assert_int_equal(root->num_children, 3);
    assert_true(root->too_deep);
    assert_span_text(root->children[2].raw, "\n3");

    root =
        parsed_within(text_bytes("Content-Type: multipart/mixed; boundary=b\n\n--b\n\n--b\n\n--b\n"
                                 "Content-Type: message/rfc822\n\nx\n--b--\n"),
                      &limits);
    assert_int_equal(root->num_children, 3);
    assert_true(root->children[2].too_deep);
    sg_arena_clear(&arena);
}

static void handles_millions_of_delimiters(void **state)
{
    static const char start[] = "Content-Type: multipart/mixed; boundary=b\n\n";
    size_t num = 1000000, len = sizeof(start) - 1;
    char *text = sg_test_keep(malloc(len + num * 4));
    (void)state;
    memcpy(text, start, len);
    for (size_t i = 0; i < num; i++)
        memcpy(text + len + i * 4, "--b\n", 4);
    const struct sg_part *root = parsed_within(sg_span(text, len + num * 4), &default_limits);
    assert_int_equal(root->num_children, default_limits.max_parts - 1);
    assert_true(root->too_deep);
    sg_arena_clear(&arena);
}

static void tells_when_memory_is_out(void **state)
{
    bool done = false;
    (void)state;
    for (size_t max = 0; !done; max += 7) {
        struct sg_part *part;
        sg_arena_init(&arena, max);
        done = sg_part_parse(
            text_bytes("Content-Type: multipart/mixed; boundary=b\n\n--b\n"
                       "Content-Type: message/rfc822\n\nSubject: x\n\ny\n--b\n--b--\n"),
            &default_limits, &arena, &part);
        assert_int_equal(done, !arena.failed);
        sg_arena_clear(&arena);
    }
}

SG_TEST_MAIN(SG_TEST("C-MIME-8", numbers_parts_as_imap_does),
             SG_TEST("C-MIME-7", cuts_parts_at_their_exact_octets),
             SG_TEST("C-MIME-7", finds_what_the_sample_of_the_rfc_signs),
             SG_TEST("C-MIME-9", keeps_binary_octets),
             SG_TEST("C-MIME-7 C-MIME-8", lets_outer_boundaries_win),
             SG_TEST("C-MIME-7", flags_boundaries_that_readers_differ_on),
             SG_TEST("C-MIME-8", decodes_messages_that_gateways_encoded),
             SG_TEST("C-MIME-8", leaves_encoded_messages_that_would_fill_the_memory),
             SG_TEST("C-MIME-8", stops_at_the_deepest_level),
             SG_TEST("C-MIME-8", stops_at_the_last_part),
             SG_TEST("C-MIME-8", handles_millions_of_delimiters),
             SG_TEST("", tells_when_memory_is_out))
