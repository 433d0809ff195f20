/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "web.h"

static const struct web_object *object(const char *web, const char *label)
{
    const struct web_row *row = find_web(web);
    for (size_t i = 0; i < row->num_others; i++) {
        if (strcmp(row->others[i].label, label) == 0)
            return &row->others[i];
    }
    for (size_t i = 0; i < row->num_anchors; i++) {
        if (strcmp(row->anchors[i].label, label) == 0)
            return &row->anchors[i];
    }
    return &row->target[0];
}

static struct signet_certificate *certificate(const char *web, const char *label)
{
    return web_parse(object(web, label));
}

static size_t count(struct sg_pool_cursor cursor,
                    const struct signet_certificate *next(struct sg_pool_cursor *))
{
    size_t num = 0;
    while (next(&cursor) != NULL)
        num++;
    return num;
}

static void finds_by_name_and_key_identifier(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "key-id-right");
    const struct signet_certificate *target = web.target, *ca = sg_pool_certificate(web.pool, 3);
    assert_int_equal(count(sg_pool_subjects(web.pool, &target->issuer), sg_pool_subject_next), 5);
    assert_int_equal(count(sg_pool_subjects(web.pool, &target->subject), sg_pool_subject_next), 0);
    assert_int_equal(count(sg_pool_issued(web.pool, &ca->issuer), sg_pool_issued_next), 5);
    assert_int_equal(count(sg_pool_key_ids(web.pool, target->aki.key_id), sg_pool_key_id_next), 1);
    struct sg_pool_cursor cursor = sg_pool_key_ids(web.pool, target->aki.key_id);
    assert_ptr_equal(sg_pool_key_id_next(&cursor), ca);
    assert_int_equal(count(sg_pool_key_ids(web.pool, sg_span(NULL, 0)), sg_pool_key_id_next), 0);
    struct sg_pool_cursor anchors = sg_pool_anchors(web.pool, &ca->issuer);
    assert_ptr_equal(sg_pool_anchor_next(&anchors), sg_pool_anchor(web.pool, 0));
    assert_null(sg_pool_anchor_next(&anchors));
    web_end(&web);

    web_begin(&web, "no-key-ids");
    assert_int_equal(count(sg_pool_key_ids(web.pool, sg_span(NULL, 0)), sg_pool_key_id_next), 1);
    web_end(&web);
}

static void keeps_the_order_of_adding(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "key-id-right");
    struct sg_pool_cursor cursor = sg_pool_subjects(web.pool, &web.target->issuer);
    for (size_t i = 0; i < 5; i++)
        assert_ptr_equal(sg_pool_subject_next(&cursor), sg_pool_certificate(web.pool, i));
    assert_null(sg_pool_certificate(web.pool, 5));
    assert_null(sg_pool_anchor(web.pool, 1));
    assert_null(sg_pool_crl(web.pool, 0));
    web_end(&web);
}

static void the_same_octets_are_added_once(void **state)
{
    struct signet_pool *parent = signet_pool_new(NULL), *pool = signet_pool_new(parent);
    struct signet_certificate *a = certificate("line", "CA"), *b = certificate("line", "CA");
    (void)state;
    assert_int_equal(signet_pool_add_certificate(parent, a), SIGNET_OK);
    assert_int_equal(signet_pool_add_certificate(parent, b), SIGNET_OK);
    assert_int_equal(signet_pool_add_certificate(pool, b), SIGNET_OK);
    assert_int_equal(signet_pool_num_certificates(pool), 1);
    assert_int_equal(signet_pool_add_anchor(parent, a, true), SIGNET_OK);
    assert_int_equal(signet_pool_add_anchor(parent, b, true), SIGNET_OK);
    assert_int_equal(signet_pool_add_anchor(pool, b, false), SIGNET_OK);
    assert_int_equal(signet_pool_num_anchors(pool), 1);
    signet_certificate_unref(a);
    signet_certificate_unref(b);
    signet_pool_free(pool);
    signet_pool_free(parent);
}

static void looks_through_to_its_parents(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "key-id-right");
    struct signet_pool *middle = signet_pool_new(web.pool), *pool = signet_pool_new(middle);
    struct signet_certificate *other = certificate("line", "Root");
    assert_int_equal(signet_pool_add_certificate(pool, other), SIGNET_OK);
    assert_int_equal(signet_pool_num_certificates(pool), 6);
    assert_ptr_equal(sg_pool_certificate(pool, 0), other);
    assert_ptr_equal(sg_pool_certificate(pool, 1), sg_pool_certificate(web.pool, 0));
    assert_int_equal(count(sg_pool_subjects(pool, &web.target->issuer), sg_pool_subject_next), 5);
    assert_int_equal(signet_pool_num_anchors(pool), 1);
    assert_ptr_equal(sg_pool_anchor(pool, 0), sg_pool_anchor(web.pool, 0));
    signet_pool_free(pool);
    signet_pool_free(middle);
    signet_certificate_unref(other);
    web_end(&web);
}

static void pins_octets_not_objects(void **state)
{
    struct signet_pool *parent = signet_pool_new(NULL), *pool = signet_pool_new(parent);
    struct signet_certificate *a = certificate("line", "CA"), *b = certificate("line", "CA");
    struct signet_certificate *other = certificate("line", "Root");
    (void)state;
    assert_int_equal(signet_pool_add_certificate(parent, a), SIGNET_OK);
    assert_false(sg_pool_is_pinned_ca(pool, a));
    assert_int_equal(signet_pool_pin_ca(pool, a), SIGNET_OK); /* the parent's stay as they are */
    assert_true(sg_pool_is_pinned_ca(pool, b));
    assert_false(sg_pool_is_pinned_ca(parent, b));
    assert_int_equal(signet_pool_pin_ca(parent, b), SIGNET_OK);
    assert_true(sg_pool_is_pinned_ca(parent, a));
    assert_false(sg_pool_is_pinned_ca(pool, other));
    assert_int_equal(signet_pool_num_certificates(parent), 1);
    signet_certificate_unref(a);
    signet_certificate_unref(b);
    signet_certificate_unref(other);
    signet_pool_free(pool);
    signet_pool_free(parent);
}

/* RFC 5280 6.1.1 (d): a name and a key are enough. */
static void takes_anchors_as_name_and_key(void **state)
{
    struct signet_pool *pool = signet_pool_new(NULL);
    struct signet_certificate *root = certificate("line", "Root");
    struct signet_span name = sg_test_copy(root->subject.der.ptr, root->subject.der.len);
    struct signet_span spki = sg_test_copy(root->spki.full.ptr, root->spki.full.len);
    (void)state;
    assert_int_equal(signet_pool_add_anchor_key(pool, name, spki, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_add_anchor_key(pool, name, spki, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_num_anchors(pool), 1);
    struct sg_pool_cursor cursor = sg_pool_anchors(pool, &root->subject);
    const struct sg_anchor *anchor = sg_pool_anchor_next(&cursor);
    assert_non_null(anchor);
    assert_null(anchor->certificate);
    assert_span_equal(anchor->spki.full, root->spki.full);
    assert_ptr_not_equal(anchor->spki.full.ptr, spki.ptr);
    assert_int_equal(anchor->spki.type, root->spki.type);
    assert_int_equal(signet_pool_add_anchor(pool, root, true), SIGNET_OK); /* says more */
    assert_int_equal(signet_pool_num_anchors(pool), 2);
    signet_certificate_unref(root);
    signet_pool_free(pool);
}

static void refuses_what_is_no_name_or_no_key(void **state)
{
    struct signet_pool *pool = signet_pool_new(NULL);
    struct signet_certificate *root = certificate("line", "Root");
    struct signet_span name = root->subject.der, spki = root->spki.full;
    const struct {
        struct signet_span name, spki;
        size_t offset;
        const char *object, *expected;
    } rows[] = {
        {hex("04 00"), spki, 0, "anchor name", "Name"},
        {sg_span(NULL, 0), spki, 0, "anchor name", "Name"},
        {join(name, hex("05 00")), spki, name.len, "anchor name", "end"},
        {join(name, spki), sg_span(NULL, 0), name.len, "anchor name", "end"},
        {name, hex("30 00"), 2, "anchor key", "AlgorithmIdentifier"},
        {name, join(spki, hex("00")), spki.len, "anchor key", "end"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_parse_error error;
        assert_int_equal(signet_pool_add_anchor_key(pool, rows[i].name, rows[i].spki, &error),
                         SIGNET_ERR_PARSE);
        assert_parse_error(&error, rows[i].offset, rows[i].expected);
        assert_string_equal(error.object, rows[i].object);
        assert_int_equal(signet_pool_add_anchor_key(pool, rows[i].name, rows[i].spki, NULL),
                         SIGNET_ERR_PARSE);
    }
    assert_int_equal(signet_pool_num_anchors(pool), 0);
    signet_certificate_unref(root);
    signet_pool_free(pool);
}

/* Every function in turn, and what failed has left nothing behind. */
static void survives_every_failing_allocation(void **state)
{
    struct signet_certificate *ca = certificate("line", "CA"), *root = certificate("line", "Root");
    bool done = false;
    (void)state;
    for (size_t n = 0; !done; n++) {
        fault_begin(n);
        struct signet_pool *pool = signet_pool_new(NULL);
        done = pool != NULL;
        done = done && signet_pool_add_certificate(pool, ca) == SIGNET_OK;
        done = done && signet_pool_pin_ca(pool, root) == SIGNET_OK;
        done = done && signet_pool_add_anchor(pool, root, true) == SIGNET_OK;
        done = done && signet_pool_add_anchor_key(pool, root->subject.der, root->spki.full, NULL) ==
                           SIGNET_OK;
        fault_end();
        if (pool != NULL) {
            size_t num = signet_pool_num_certificates(pool);
            assert_int_equal(count(sg_pool_issued(pool, &root->subject), sg_pool_issued_next), num);
        }
        signet_pool_free(pool);
    }
    signet_certificate_unref(ca);
    signet_certificate_unref(root);
}

static void frees_nothing_gladly(void **state)
{
    (void)state;
    signet_pool_free(NULL);
}

SG_TEST_MAIN(SG_TEST("A-2.3-11 C-SI-1", finds_by_name_and_key_identifier),
             SG_TEST("A-2.3-1", keeps_the_order_of_adding),
             SG_TEST("A-2.3-1", the_same_octets_are_added_once),
             SG_TEST("A-4.2-6", looks_through_to_its_parents),
             SG_TEST("E-8 B-614k", pins_octets_not_objects),
             SG_TEST("B-IN-1", takes_anchors_as_name_and_key),
             SG_TEST("B-IN-1", refuses_what_is_no_name_or_no_key),
             SG_TEST("", survives_every_failing_allocation), SG_TEST("", frees_nothing_gladly))
