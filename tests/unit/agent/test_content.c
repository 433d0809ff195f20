/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/content.h"

#include "fault.h"
#include "test.h"

enum { ARENA_LEN = 1 << 20 };

struct fixture {
    struct sg_arena arena;
    struct sg_crypto *crypto;
    struct sg_content content;
};

static struct fixture *begin(void)
{
    struct fixture *f = sg_test_keep(calloc(1, sizeof(*f)));
    sg_arena_init(&f->arena, ARENA_LEN);
    assert_int_equal(sg_crypto_new(&f->crypto), SIGNET_OK);
    return f;
}

static void end(struct fixture *f)
{
    sg_crypto_free(f->crypto);
    sg_arena_clear(&f->arena);
}

static void joins_parts_in_both_forms(void **state)
{
    static const struct {
        const char *part, *canonical;
        bool may_be_verbatim;
    } rows[] = {
        {"", "", false},
        {"a", "a", false},
        {"a\nb\n", "a\r\nb\r\n", false},
        {"a\r\nb\n", "a\r\nb\r\n", true},
        {"a\r\n\r\nb", "a\r\n\r\nb", true},
        {"\n\n", "\r\n\r\n", false},
        {"a\rb\n", "a\rb\r\n", false}, /* a bare CR is content */
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct fixture *f = begin();
        struct signet_span joined, again;
        sg_content_set_part(&f->content, text_bytes(rows[i].part));
        assert_int_equal(f->content.may_be_verbatim, rows[i].may_be_verbatim);
        assert_true(sg_content_join(&f->content, SG_CONTENT_CANONICAL, &f->arena, &joined));
        assert_span_text(joined, rows[i].canonical);
        assert_true(sg_content_join(&f->content, SG_CONTENT_CANONICAL, &f->arena, &again));
        assert_ptr_equal(joined.ptr, again.ptr); /* once, however many signers ask */
        assert_non_null(joined.ptr);
        assert_true(sg_content_join(&f->content, SG_CONTENT_VERBATIM, &f->arena, &joined));
        assert_span_text(joined, rows[i].part);
        end(f);
    }
}

static void joins_octets_as_they_are(void **state)
{
    const struct sg_octets octets = {hex("04 02 61 0a 04 00 04 01 62"), true, 2, 3};
    const struct sg_octets none = {.segmented = true};
    struct fixture *f = begin();
    struct signet_span joined;
    (void)state;
    sg_content_set_octets(&f->content, &octets);
    assert_true(sg_content_join(&f->content, SG_CONTENT_CANONICAL, &f->arena, &joined));
    assert_span_text(joined, "a\nb");
    end(f);

    f = begin();
    sg_content_set_octets(&f->content, &none);
    assert_true(sg_content_join(&f->content, SG_CONTENT_CANONICAL, &f->arena, &joined));
    assert_int_equal(joined.len, 0);
    assert_non_null(joined.ptr);
    end(f);
}

static void digests_once_for_each_form_and_type(void **state)
{
    struct fixture *f = begin();
    const struct sg_digest_value *canonical, *verbatim, *again, *sha1;
    struct sg_digest_value wanted;
    (void)state;
    sg_content_set_part(&f->content, text_bytes("a\r\nb\n"));
    assert_true(sg_content_digest(&f->content, f->crypto, SG_CONTENT_CANONICAL, SG_DIGEST_SHA256,
                                  &canonical));
    assert_true(sg_content_digest(&f->content, f->crypto, SG_CONTENT_VERBATIM, SG_DIGEST_SHA256,
                                  &verbatim));
    assert_true(
        sg_content_digest(&f->content, f->crypto, SG_CONTENT_CANONICAL, SG_DIGEST_SHA1, &sha1));
    assert_true(
        sg_content_digest(&f->content, f->crypto, SG_CONTENT_CANONICAL, SG_DIGEST_SHA256, &again));
    assert_ptr_equal(canonical, again);
    assert_int_equal(sha1->len, 20);
    assert_memory_not_equal(canonical->octets, verbatim->octets, 32);
    assert_true(sg_digest_compute(f->crypto, SG_DIGEST_SHA256, text_bytes("a\r\nb\r\n"), &wanted));
    assert_memory_equal(canonical->octets, wanted.octets, 32);
    end(f);
}

/* A digest nobody knows is none; one that fails for want of memory is an error (B-ALG-8). */
static void tells_an_unknown_digest_from_lost_memory(void **state)
{
    struct fixture *f = begin();
    const struct sg_digest_value *value;
    (void)state;
    sg_content_set_part(&f->content, text_bytes("a"));
    assert_true(
        sg_content_digest(&f->content, f->crypto, SG_CONTENT_CANONICAL, SG_DIGEST_NONE, &value));
    assert_null(value);
    fault_begin(0);
    bool done =
        sg_content_digest(&f->content, f->crypto, SG_CONTENT_CANONICAL, SG_DIGEST_SHA512, &value);
    fault_end();
    assert_false(done);
    assert_null(value);
    assert_true(
        sg_content_digest(&f->content, f->crypto, SG_CONTENT_CANONICAL, SG_DIGEST_SHA512, &value));
    assert_non_null(value);
    end(f);
}

SG_TEST_MAIN(SG_TEST("C-MIME-7 C-MIME-9", joins_parts_in_both_forms),
             SG_TEST("C-SD-1", joins_octets_as_they_are),
             SG_TEST("C-SI-5", digests_once_for_each_form_and_type),
             SG_TEST("B-ALG-8", tells_an_unknown_digest_from_lost_memory))
