/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "path/pool_parts.h"
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
    assert_int_equal(
        count(sg_pool_issued_as(web.pool, &ca->issuer, ca->serial), sg_pool_issued_next), 1);
    assert_int_equal(
        count(sg_pool_issued_as(web.pool, &ca->subject, ca->serial), sg_pool_issued_next), 0);
    assert_int_equal(
        count(sg_pool_issued_as(web.pool, &ca->issuer, ca->issuer.der), sg_pool_issued_next), 0);
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
    assert_int_equal(signet_pool_add_anchor(parent, a, &honouring), SIGNET_OK);
    assert_int_equal(signet_pool_add_anchor(parent, b, &honouring), SIGNET_OK);
    assert_int_equal(signet_pool_num_anchors(pool), 1);
    signet_certificate_unref(a);
    signet_certificate_unref(b);
    signet_pool_free(pool);
    signet_pool_free(parent);
}

/* The later terms in one pool, both where a child adds to what its parent has. */
static size_t num_made(const struct signet_pool *pool)
{
    size_t num = 0;
    for (size_t i = 0; i < pool->num_certificates; i++)
        num += atomic_load(&pool->certificates[i].made) != NULL;
    return num;
}

static void reads_a_certificate_when_it_is_looked_for(void **state)
{
    struct web web;
    (void)state;
    web_begin(&web, "key-id-right");
    struct signet_certificate *ca = web_parse(&web.row->others[3]); /* the right one */
    assert_int_equal(signet_pool_num_certificates(web.pool), 5);
    assert_int_equal(count(sg_pool_subjects(web.pool, &web.target->subject), sg_pool_subject_next),
                     0);
    assert_int_equal(num_made(web.pool), 0);

    struct sg_pool_cursor cursor = sg_pool_key_ids(web.pool, web.target->aki.key_id);
    const struct signet_certificate *found = sg_pool_key_id_next(&cursor);
    assert_non_null(found);
    assert_span_equal(found->der, ca->der);
    assert_int_equal(num_made(web.pool), 1);
    cursor = sg_pool_issued_as(web.pool, &ca->issuer, ca->serial);
    assert_ptr_equal(sg_pool_issued_next(&cursor), found); /* and keeps it */
    assert_null(sg_pool_issued_next(&cursor));
    assert_int_equal(num_made(web.pool), 1);
    assert_true(sg_pool_holds_own_certificate(web.pool, found));
    assert_false(sg_pool_holds_own_certificate(web.pool, ca)); /* another object */

    assert_int_equal(count(sg_pool_subjects(web.pool, &web.target->issuer), sg_pool_subject_next),
                     5);
    assert_int_equal(num_made(web.pool), 5);
    signet_certificate_unref(ca);
    web_end(&web);
}

/* One issuer, one serial number, other signatures: what no honest issuer makes. */
static void tells_many_with_one_serial_number_apart(void **state)
{
    enum { NUM = 300 };
    struct signet_certificate *ca = certificate("line", "CA");
    struct signet_span others[NUM];
    (void)state;
    for (size_t i = 0; i < NUM; i++) {
        struct signet_span copy = sg_test_copy(ca->der.ptr, ca->der.len);
        uint8_t *end = (uint8_t *)(uintptr_t)copy.ptr + copy.len;
        end[-1] = (uint8_t)i;
        end[-2] = (uint8_t)(i >> 8);
        others[i] = copy;
    }
    bool done = false;
    for (size_t n = 0; !done; n++) {
        struct signet_pool *parent = signet_pool_new(NULL), *pool = signet_pool_new(parent);
        struct signet_parse_error error;
        size_t added = 0;
        assert_int_equal(sg_pool_add_octets(parent, others[NUM / 2], &error), SIGNET_OK);
        fault_begin(n);
        while (added < NUM && sg_pool_add_octets(pool, others[added], &error) == SIGNET_OK)
            added++;
        fault_end();
        done = added == NUM;
        /* What failed can be done again; what is there is not added again. */
        for (size_t i = 0; i < NUM; i++)
            assert_int_equal(sg_pool_add_octets(pool, others[i], &error), SIGNET_OK);
        assert_int_equal(sg_pool_num_own_certificates(pool), NUM - 1);
        struct sg_pool_cursor cursor = sg_pool_issued_as(pool, &ca->issuer, ca->serial);
        for (size_t i = 0; i < NUM; i++) {
            size_t which = i == NUM - 1 ? NUM / 2 : i + (i >= NUM / 2);
            const struct signet_certificate *found = sg_pool_issued_next(&cursor);
            assert_non_null(found);
            assert_span_equal(found->der, others[which]);
        }
        assert_null(sg_pool_issued_next(&cursor));
        signet_pool_free(pool);
        signet_pool_free(parent);
    }
    signet_certificate_unref(ca);
}

static void refuses_octets_that_are_no_certificate(void **state)
{
    struct signet_pool *parent = signet_pool_new(NULL), *pool = signet_pool_new(parent);
    struct signet_certificate *ca = certificate("line", "CA");
    struct signet_parse_error error;
    (void)state;
    assert_int_equal(sg_pool_add_octets(pool, sg_span_first(ca->der, ca->der.len - 1), &error),
                     SIGNET_ERR_PARSE);
    assert_parse_error(&error, 1, "length");
    assert_string_equal(error.object, "certificate");
    assert_int_equal(signet_pool_num_certificates(pool), 0);

    assert_int_equal(sg_pool_add_octets(parent, ca->der, &error), SIGNET_OK);
    assert_int_equal(sg_pool_add_octets(pool, ca->der, &error), SIGNET_OK);
    assert_int_equal(signet_pool_add_certificate(pool, ca), SIGNET_OK);
    assert_int_equal(signet_pool_num_certificates(pool), 1);
    assert_int_equal(signet_pool_pin_ca(parent, ca), SIGNET_OK);
    assert_int_equal(signet_pool_num_certificates(pool), 1);
    assert_true(sg_pool_is_pinned_ca(pool, ca));
    signet_certificate_unref(ca);
    signet_pool_free(pool);
    signet_pool_free(parent);
}

static void copies_octets_that_are_not_to_stay(void **state)
{
    struct signet_pool *pool = signet_pool_new(NULL);
    struct signet_certificate *ca = certificate("line", "CA");
    struct signet_span octets = sg_test_copy(ca->der.ptr, ca->der.len);
    struct signet_parse_error error;
    (void)state;
    assert_int_equal(signet_pool_add_certificate_octets(pool, octets, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_add_certificate_octets(pool, octets, &error), SIGNET_OK);
    assert_null(error.expected);
    memset((void *)(uintptr_t)octets.ptr, 0, octets.len);
    assert_int_equal(signet_pool_num_certificates(pool), 1);
    assert_span_equal(sg_pool_certificate(pool, 0)->der, ca->der);
    assert_int_equal(signet_pool_add_certificate_octets(pool, octets, NULL), SIGNET_ERR_PARSE);
    assert_int_equal(signet_pool_add_certificate_octets(pool, octets, &error), SIGNET_ERR_PARSE);
    assert_parse_error(&error, 0, "Certificate");
    signet_certificate_unref(ca);
    signet_pool_free(pool);
}

/* A walk that memory ran out in says so, and can be walked again. */
static void tells_when_a_certificate_cannot_be_read(void **state)
{
    struct web web;
    bool done = false;
    (void)state;
    for (size_t n = 0; !done; n++) {
        web_begin(&web, "key-id-right");
        struct sg_pool_cursor cursor = sg_pool_subjects(web.pool, &web.target->issuer);
        size_t num = 0;
        fault_begin(n);
        while (sg_pool_subject_next(&cursor) != NULL)
            num++;
        fault_end();
        done = !cursor.failed;
        assert_true(done ? num == 5 : num < 5);
        assert_null(sg_pool_subject_next(&cursor));
        assert_int_equal(
            count(sg_pool_subjects(web.pool, &web.target->issuer), sg_pool_subject_next), 5);
        web_end(&web);
    }
}

static void anchors_are_added_on_terms(void **state)
{
    static const char *const policies[] = {"1.2.3.4", "2.999.1"};
    static const char subtrees[] = "30 0f 30 0d 81 0b 65 78 61 6d 70 6c 65 2e 6f 72 67";
    struct signet_pool *parent = signet_pool_new(NULL), *pool = signet_pool_new(parent);
    struct signet_certificate *root = certificate("line", "Root");
    struct signet_anchor_terms terms;
    (void)state;
    signet_anchor_terms_init(&terms);
    assert_int_equal(terms.purposes, SIGNET_ANCHOR_SIGN | SIGNET_ANCHOR_ENCRYPT);
    assert_true(terms.distrust_after == SIGNET_TIME_UNKNOWN);
    assert_false(terms.honour_constraints || terms.purpose_unknown || terms.has_revocation);
    assert_int_equal(signet_pool_add_anchor(parent, root, NULL), SIGNET_OK);
    const struct sg_anchor *anchor = sg_pool_anchor(parent, 0);
    assert_int_equal(anchor->terms.purposes, SIGNET_ANCHOR_MAIL);
    terms.purposes = SIGNET_ANCHOR_SIGN;
    terms.policies = policies;
    terms.num_policies = 2;
    terms.permitted_subtrees = hex(subtrees);
    assert_false(sg_pool_has_anchor_modes(pool));
    terms.has_revocation = true;
    assert_int_equal(signet_pool_add_anchor(parent, root, &terms), SIGNET_OK);
    assert_true(sg_pool_has_anchor_modes(pool));
    assert_int_equal(signet_pool_num_anchors(parent), 1);
    assert_ptr_equal(sg_pool_anchor(parent, 0), anchor);
    assert_int_equal(anchor->terms.purposes, SIGNET_ANCHOR_SIGN);
    assert_ptr_not_equal(anchor->terms.policies, policies);
    assert_string_equal(anchor->terms.policies[1], "2.999.1");
    assert_ptr_not_equal(anchor->terms.permitted_subtrees.ptr, terms.permitted_subtrees.ptr);
    assert_span_equal(anchor->terms.permitted_subtrees, hex(subtrees));
    assert_null(anchor->terms.excluded_subtrees.ptr);
    assert_int_equal(signet_pool_add_anchor(pool, root, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_num_anchors(pool), 2);
    assert_int_equal(anchor->terms.purposes, SIGNET_ANCHOR_SIGN);
    assert_int_equal(sg_pool_anchor(pool, 0)->terms.purposes, SIGNET_ANCHOR_MAIL);
    signet_certificate_unref(root);
    signet_pool_free(pool);
    signet_pool_free(parent);
}

static void refuses_terms_that_cannot_be_read(void **state)
{
    static const char *const policies[] = {"1.2.3.4", "anything"};
    struct signet_pool *pool = signet_pool_new(NULL);
    struct signet_certificate *root = certificate("line", "Root");
    const struct signet_anchor_terms rows[] = {
        {.policies = policies, .num_policies = 2},
        {.permitted_subtrees = hex("30 01")},
        {.excluded_subtrees = hex("30 0f 30 0d 81 0b 65 78 61 6d 70 6c 65 2e 6f 72 67 00")},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        assert_int_equal(signet_pool_add_anchor(pool, root, &rows[i]), SIGNET_ERR_ARGUMENT);
        assert_int_equal(
            signet_pool_add_anchor_key(pool, root->subject.der, root->spki.full, &rows[i], NULL),
            SIGNET_ERR_ARGUMENT);
    }
    assert_int_equal(signet_pool_num_anchors(pool), 0);
    signet_certificate_unref(root);
    signet_pool_free(pool);
}

/* A fingerprint and an address; the strongest of several kinds. */
static void keeps_bindings(void **state)
{
    struct signet_pool *parent = signet_pool_new(NULL), *pool = signet_pool_new(parent);
    struct signet_certificate *root = certificate("line", "Root"), *ca = certificate("line", "CA");
    struct signet_span sha256 = sg_span(root->sha256, 32);
    (void)state;
    const struct {
        struct signet_span sha256;
        const char *address;
        int kind;
    } bad[] = {
        {sha256, "Alice <a@example.org>", SIGNET_BINDING_USER},
        {sha256, "", SIGNET_BINDING_USER},
        {sg_span(root->sha256, 20), "a@example.org", SIGNET_BINDING_USER},
        {sha256, "a@example.org", SIGNET_BINDING_USER + 1},
    };
    for (size_t i = 0; i < SG_NUM(bad); i++)
        assert_int_equal(signet_pool_add_binding(pool, bad[i].sha256, bad[i].address,
                                                 (enum signet_binding_kind)bad[i].kind),
                         SIGNET_ERR_ARGUMENT);
    assert_int_equal(signet_pool_num_bindings(pool), 0);
    assert_int_equal(signet_pool_add_binding(parent, sha256, "a@example.org", SIGNET_BINDING_USER),
                     SIGNET_OK);
    assert_int_equal(signet_pool_add_binding(pool, sha256, "b@example.org", SIGNET_BINDING_FETCHED),
                     SIGNET_OK);
    assert_int_equal(signet_pool_add_binding(pool, sha256, "b@example.org", SIGNET_BINDING_PROVED),
                     SIGNET_OK);
    assert_int_equal(signet_pool_num_bindings(pool), 2);
    struct sg_pool_cursor cursor = sg_pool_bindings(pool, root);
    const struct sg_binding *binding = sg_pool_binding_next(&cursor);
    assert_span_text(binding->address, "b@example.org");
    assert_int_equal(binding->kind, SIGNET_BINDING_FETCHED);
    binding = sg_pool_binding_next(&cursor);
    assert_span_text(binding->address, "a@example.org");
    assert_int_equal(binding->kind, SIGNET_BINDING_USER);
    assert_null(sg_pool_binding_next(&cursor));
    cursor = sg_pool_bindings(pool, ca);
    assert_null(sg_pool_binding_next(&cursor));
    assert_int_equal(signet_pool_add_binding(pool, sha256, "b@example.org", SIGNET_BINDING_USER),
                     SIGNET_OK);
    cursor = sg_pool_bindings(pool, root);
    assert_int_equal(sg_pool_binding_next(&cursor)->kind, SIGNET_BINDING_USER);
    signet_certificate_unref(root);
    signet_certificate_unref(ca);
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

/* A parent may get later what a child has already: it is the same thing. */
static void octets_in_a_parent_too_are_found_once(void **state)
{
    struct signet_pool *parent = signet_pool_new(NULL), *pool = signet_pool_new(parent);
    struct signet_certificate *a = certificate("line", "CA"), *b = certificate("line", "CA");
    (void)state;
    assert_int_equal(signet_pool_add_certificate(pool, a), SIGNET_OK);
    assert_int_equal(signet_pool_add_certificate(parent, b), SIGNET_OK);
    struct sg_pool_cursor cursor = sg_pool_subjects(pool, &a->subject);
    assert_ptr_equal(sg_pool_subject_next(&cursor), a);
    assert_null(sg_pool_subject_next(&cursor));
    assert_int_equal(count(sg_pool_issued_as(pool, &a->issuer, a->serial), sg_pool_issued_next), 1);
    assert_int_equal(count(sg_pool_key_ids(pool, a->ski), sg_pool_key_id_next), 1);
    assert_int_equal(count(sg_pool_subjects(parent, &a->subject), sg_pool_subject_next), 1);
    signet_certificate_unref(a);
    signet_certificate_unref(b);
    signet_pool_free(pool);
    signet_pool_free(parent);
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
    assert_int_equal(signet_pool_add_anchor_key(pool, name, spki, NULL, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_add_anchor_key(pool, name, spki, NULL, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_num_anchors(pool), 1);
    struct sg_pool_cursor cursor = sg_pool_anchors(pool, &root->subject);
    const struct sg_anchor *anchor = sg_pool_anchor_next(&cursor);
    assert_non_null(anchor);
    assert_null(anchor->certificate);
    assert_span_equal(anchor->spki.full, root->spki.full);
    assert_ptr_not_equal(anchor->spki.full.ptr, spki.ptr);
    assert_int_equal(anchor->spki.type, root->spki.type);
    assert_int_equal(signet_pool_add_anchor(pool, root, &honouring), SIGNET_OK); /* says more */
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
        assert_int_equal(signet_pool_add_anchor_key(pool, rows[i].name, rows[i].spki, NULL, &error),
                         SIGNET_ERR_PARSE);
        assert_parse_error(&error, rows[i].offset, rows[i].expected);
        assert_string_equal(error.object, rows[i].object);
        assert_int_equal(signet_pool_add_anchor_key(pool, rows[i].name, rows[i].spki, NULL, NULL),
                         SIGNET_ERR_PARSE);
    }
    assert_int_equal(signet_pool_num_anchors(pool), 0);
    signet_certificate_unref(root);
    signet_pool_free(pool);
}

/* Every function in turn, and what failed has left nothing behind. */
static void survives_every_failing_allocation(void **state)
{
    static const char *const policies[] = {"1.2.3.4"};
    const struct signet_anchor_terms limited = {.policies = policies, .num_policies = 1};
    struct signet_certificate *ca = certificate("line", "CA"), *root = certificate("line", "Root");
    struct signet_span alice = find_web("line")->target[0].octets;
    struct signet_span bob = find_web("key-id-right")->target[0].octets;
    bool done = false;
    (void)state;
    for (size_t n = 0; !done; n++) {
        fault_begin(n);
        struct signet_pool *pool = signet_pool_new(NULL);
        struct signet_parse_error error;
        done = pool != NULL;
        done = done && sg_pool_add_octets(pool, alice, &error) == SIGNET_OK;
        done = done && signet_pool_add_certificate_octets(pool, bob, NULL) == SIGNET_OK;
        done = done && signet_pool_add_certificate(pool, ca) == SIGNET_OK;
        done = done && signet_pool_pin_ca(pool, root) == SIGNET_OK;
        done = done && signet_pool_add_anchor(pool, root, &honouring) == SIGNET_OK;
        done = done && signet_pool_add_anchor_key(pool, root->subject.der, root->spki.full, NULL,
                                                  NULL) == SIGNET_OK;
        done = done && signet_pool_add_anchor(pool, ca, &limited) == SIGNET_OK;
        done = done && signet_pool_add_binding(pool, sg_span(ca->sha256, 32), "a@example.org",
                                               SIGNET_BINDING_USER) == SIGNET_OK;
        fault_end();
        if (pool != NULL) {
            size_t num = signet_pool_num_certificates(pool);
            size_t named = count(sg_pool_key_ids(pool, ca->ski), sg_pool_key_id_next) +
                           count(sg_pool_key_ids(pool, root->ski), sg_pool_key_id_next);
            assert_in_range(num - named, num > 1 ? 1 : 0, 2); /* Alice and Bob */
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
             SG_TEST("A-2.3-1 A-2.3-11", reads_a_certificate_when_it_is_looked_for),
             SG_TEST("E-9", tells_many_with_one_serial_number_apart),
             SG_TEST("A-2.3-1", refuses_octets_that_are_no_certificate),
             SG_TEST("A-2.3-1", copies_octets_that_are_not_to_stay),
             SG_TEST("E-9", tells_when_a_certificate_cannot_be_read),
             SG_TEST("B-IN-6 D-PATH-3", anchors_are_added_on_terms),
             SG_TEST("B-IN-6 D-PATH-3", refuses_terms_that_cannot_be_read),
             SG_TEST("A-3-6 E-39", keeps_bindings),
             SG_TEST("A-4.2-6", looks_through_to_its_parents),
             SG_TEST("A-2.3-1", octets_in_a_parent_too_are_found_once),
             SG_TEST("E-8 B-614k", pins_octets_not_objects),
             SG_TEST("B-IN-1", takes_anchors_as_name_and_key),
             SG_TEST("B-IN-1", refuses_what_is_no_name_or_no_key),
             SG_TEST("", survives_every_failing_allocation), SG_TEST("", frees_nothing_gladly))
