/* SPDX-License-Identifier: Apache-2.0 */
#include "judging.h"

#include "agent/context.h"
#include "fault.h"
#include "path/pool.h"
#include "store/sqlite.h"
#include "x509/crl_excerpt.h"

static const struct signet_path_certificate *signer_of(const struct judged *judged)
{
    size_t num;
    const struct signet_signer *signers = signet_message_result_signers(judged->result, &num);
    assert_int_equal(num, 1);
    assert_non_null(signers[0].paths);
    assert_true(signers[0].paths->num > 0);
    return &signers[0].paths->items[0].certificates[0];
}

/* RFC 3850 2.3: neither certificates nor CRLs come with the message; all is in the store. */
static void completes_a_message_without_certificates(void **state)
{
    struct judging j;
    (void)state;
    judging_begin(&j);
    assert_int_equal(verdict_of(&j, "mail.bare"), SIGNET_VERDICT_UNKNOWN);
    judging_add(&j, "alice");
    judging_add(&j, "ca");
    judging_add(&j, "root.crl");
    judging_add(&j, "ca.crl");
    assert_int_equal(verdict_of(&j, "mail.bare"), SIGNET_VERDICT_UNKNOWN); /* stored, not trusted */
    judging_add(&j, "root");
    assert_int_equal(verdict_of(&j, "mail.bare"), SIGNET_VERDICT_UNKNOWN);
    judging_trust(&j, "root");
    assert_int_equal(verdict_of(&j, "mail.bare"), SIGNET_VERDICT_GOOD);
    judging_end(&j);
}

static void trusts_no_more_what_was_distrusted(void **state)
{
    struct judging j;
    struct signet_certificate *root = judging_certificate("root");
    bool found;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    assert_int_equal(verdict_of(&j, "mail"), SIGNET_VERDICT_GOOD);
    assert_int_equal(
        signet_store_distrust(j.store, sg_span(root->sha256, 32), "test", NOON, &found), SIGNET_OK);
    assert_int_equal(verdict_of(&j, "mail"), SIGNET_VERDICT_UNKNOWN);
    signet_certificate_unref(root);
    judging_end(&j);
}

/* What the caller trusts on terms of its own stays so. */
static void leaves_the_callers_anchors_alone(void **state)
{
    struct judging j;
    struct signet_certificate *root = judging_certificate("root");
    struct signet_pool *pool = signet_pool_new(NULL);
    struct signet_anchor_terms terms;
    struct signet_need need = {.kind = SIGNET_NEED_ISSUER, .name = root->subject.der};
    size_t num_added;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    signet_anchor_terms_init(&terms);
    terms.purposes = SIGNET_ANCHOR_ENCRYPT;
    assert_int_equal(signet_pool_add_anchor(pool, root, &terms), SIGNET_OK);
    assert_int_equal(signet_store_supply(j.store, j.context, &need, 1, pool, &num_added),
                     SIGNET_OK);
    assert_int_equal(signet_pool_num_anchors(pool), 1);
    assert_int_equal(sg_pool_anchor(pool, 0)->terms.purposes, SIGNET_ANCHOR_ENCRYPT);
    assert_int_equal(num_added, 1); /* its certificate */
    assert_int_equal(signet_store_supply(j.store, j.context, &need, 1, pool, &num_added),
                     SIGNET_OK);
    assert_int_equal(num_added, 0);
    signet_pool_free(pool);
    signet_certificate_unref(root);
    judging_end(&j);
}

/* A-4.1-3: the CRL is asked at each verification; long ones are read whole once, then never. */
static void answers_from_excerpts_once_the_signer_is_known(void **state)
{
    struct judging j;
    struct judged judged;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    judging_add(&j, "root.crl");
    judging_add(&j, "long.crl");
    assert_int_equal(judge(&j, "mail.bob", &judged), SIGNET_VERDICT_BAD);
    assert_int_equal(signer_of(&judged)->revocation.status, SIGNET_CERTIFICATE_REVOKED);
    assert_false(signet_crl_is_excerpt(signer_of(&judged)->revocation.crl));
    judged_end(&judged);
    assert_int_equal(signet_store_remember(j.store, j.context), SIGNET_OK);
    judging_forget(&j);

    assert_int_equal(judge(&j, "mail.bob", &judged), SIGNET_VERDICT_BAD);
    assert_int_equal(signer_of(&judged)->revocation.status, SIGNET_CERTIFICATE_REVOKED);
    assert_true(signet_crl_is_excerpt(signer_of(&judged)->revocation.crl));
    assert_int_equal(signet_crl_num_entries(signer_of(&judged)->revocation.crl), 5001);
    judged_end(&judged);

    judging_add(&j, "alice");
    judging_add(&j, "ca");
    assert_int_equal(judge(&j, "mail.bare", &judged), SIGNET_VERDICT_GOOD);
    assert_true(signet_crl_is_excerpt(signer_of(&judged)->revocation.crl));
    judged_end(&judged);
    judging_end(&j);
}

/* Another key once verified it, or somebody wrote so: that says nothing of this one. */
static void reads_the_whole_for_another_key(void **state)
{
    static const uint8_t key[32] = {0x11};
    struct judging j;
    struct judged judged;
    struct signet_crl *crl = judging_crl("long.crl");
    uint8_t sha256[32];
    int64_t id;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    judging_add(&j, "root.crl");
    judging_add(&j, "long.crl");
    assert_true(sg_crl_sha256(crl, sha256));
    assert_int_equal(sg_store_object_find(j.store, SIGNET_RECORD_CRL, sg_span(sha256, 32), &id),
                     SIGNET_OK);
    assert_int_equal(signet_store_begin(j.store), SIGNET_OK);
    assert_int_equal(j.store->backend->fact_put(j.store->db, id, sg_span(key, 32)), SIGNET_OK);
    assert_int_equal(signet_store_commit(j.store), SIGNET_OK);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(judge(&j, "mail.bob", &judged), SIGNET_VERDICT_BAD);
        assert_int_equal(signer_of(&judged)->revocation.status, SIGNET_CERTIFICATE_REVOKED);
        assert_int_equal(signet_crl_is_excerpt(signer_of(&judged)->revocation.crl), i == 1);
        judged_end(&judged);
        assert_int_equal(signet_store_remember(j.store, j.context), SIGNET_OK);
        judging_forget(&j);
    }
    signet_crl_unref(crl);
    judging_end(&j);
}

static struct judging *others; /* who get their turn before this process can write */

static enum signet_status begin_behind_others(struct sg_store_db *db, bool write)
{
    if (write) {
        struct signet_crl *gone = judging_crl("long.crl"), *forged = judging_crl("forged.crl");
        struct signet_store *store;
        uint8_t sha256[32];
        bool found;
        assert_true(sg_crl_sha256(gone, sha256));
        assert_int_equal(signet_store_open(others->file, SIGNET_STORE_WRITE, 1000, &store),
                         SIGNET_OK);
        assert_int_equal(signet_store_remove(store, SIGNET_RECORD_CRL, sg_span(sha256, 32), &found),
                         SIGNET_OK);
        assert_true(found);
        assert_int_equal(signet_store_add_crl(store, forged, &others->origin, NULL), SIGNET_OK);
        signet_store_close(store);
        signet_crl_unref(forged);
        signet_crl_unref(gone);
    }
    return sg_store_sqlite.begin(db, write);
}

/* What was removed meanwhile leaves its number to what is added, but not what was known of it. */
static void remembers_nothing_of_what_took_its_place(void **state)
{
    struct judging j;
    struct signet_crl *lists[] = {judging_crl("long.crl"), judging_crl("forged.crl")};
    int64_t ids[2] = {0, 0};
    uint8_t sha256[32];
    struct sg_store_backend backend = sg_store_sqlite;
    struct sg_arena arena;
    struct signet_span keys;
    (void)state;
    others = &j;
    backend.begin = begin_behind_others;
    judging_begin(&j);
    sg_arena_init(&arena, 1 << 20);
    judging_trust(&j, "root");
    judging_add(&j, "root.crl");
    judging_add(&j, "long.crl");
    assert_true(sg_crl_sha256(lists[0], sha256));
    assert_int_equal(sg_store_object_find(j.store, SIGNET_RECORD_CRL, sg_span(sha256, 32), &ids[0]),
                     SIGNET_OK);
    assert_int_equal(verdict_of(&j, "mail.bob"), SIGNET_VERDICT_BAD);
    j.store->backend = &backend;
    assert_int_equal(signet_store_remember(j.store, j.context), SIGNET_OK);
    j.store->backend = &sg_store_sqlite;
    assert_true(sg_crl_sha256(lists[1], sha256));
    assert_int_equal(sg_store_object_find(j.store, SIGNET_RECORD_CRL, sg_span(sha256, 32), &ids[1]),
                     SIGNET_OK);
    assert_true(ids[0] != 0 && ids[0] == ids[1]);
    assert_int_equal(sg_store_sqlite.fact_list(j.store->db, ids[1], &arena, &keys), SIGNET_OK);
    assert_int_equal(keys.len, 0);
    sg_arena_clear(&arena);
    for (size_t i = 0; i < 2; i++)
        signet_crl_unref(lists[i]);
    judging_end(&j);
}

/* What is not known to be signed by the issuer decides nothing, however new it looks. */
static void forged_lists_hide_nothing(void **state)
{
    struct judging j;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    judging_add(&j, "root.crl");
    judging_add(&j, "long.crl");
    judging_add(&j, "forged.crl");
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(verdict_of(&j, "mail.bob"), SIGNET_VERDICT_BAD);
        assert_int_equal(signet_store_remember(j.store, j.context), SIGNET_OK);
        judging_forget(&j);
    }
    judging_end(&j);
}

/* A-4.1-4: remembered is who signed what, never what was concluded. */
static void remembers_no_verdict(void **state)
{
    struct judging j;
    struct judged judged;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    judging_add(&j, "root.crl");
    judging_add(&j, "ca.crl");
    judging_add(&j, "alice");
    judging_add(&j, "ca");
    assert_int_equal(verdict_of(&j, "mail.bare"), SIGNET_VERDICT_GOOD);
    assert_int_equal(signet_store_remember(j.store, j.context), SIGNET_OK);
    judging_add(&j, "later.crl"); /* lists Alice */
    assert_int_equal(verdict_of(&j, "mail.bare"), SIGNET_VERDICT_BAD);
    judging_forget(&j);
    assert_int_equal(judge(&j, "mail.bare", &judged), SIGNET_VERDICT_BAD);
    assert_int_equal(signer_of(&judged)->revocation.status, SIGNET_CERTIFICATE_REVOKED);
    judged_end(&judged);
    j.policy.time += INT64_C(20) * 365 * 86400; /* all is expired then, known signatures or not */
    assert_int_equal(verdict_of(&j, "mail"), SIGNET_VERDICT_BAD);
    judging_end(&j);
}

/* Facts cost no signatures, and without them there would not be enough. */
static void facts_save_signatures(void **state)
{
    struct judging j;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    judging_add(&j, "root.crl");
    judging_add(&j, "ca.crl");
    judging_add(&j, "alice");
    judging_add(&j, "ca");
    j.policy.limits.max_signatures = 1; /* the message's own */
    assert_int_equal(verdict_of(&j, "mail.bare"), SIGNET_VERDICT_UNKNOWN);
    judging_forget(&j);
    j.policy.limits.max_signatures = 100;
    assert_int_equal(verdict_of(&j, "mail.bare"), SIGNET_VERDICT_GOOD);
    assert_int_equal(signet_store_remember(j.store, j.context), SIGNET_OK);
    judging_forget(&j);
    j.policy.limits.max_signatures = 2; /* that, and setting up the signer's key */
    assert_int_equal(verdict_of(&j, "mail.bare"), SIGNET_VERDICT_GOOD);
    judging_end(&j);
}

/* RFC 3850 3, "another binding": the user's word makes the address match (A-3-6). */
static void supplies_what_the_user_said(void **state)
{
    struct judging j;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    judging_add(&j, "alice");
    assert_int_equal(verdict_of(&j, "mail.mallory"), SIGNET_VERDICT_BAD);
    judging_bind(&j, "alice", "mallory@example.net", SIGNET_BINDING_PROVED);
    assert_int_equal(verdict_of(&j, "mail.mallory"), SIGNET_VERDICT_BAD);
    judging_bind(&j, "alice", "mallory@example.net", SIGNET_BINDING_USER);
    assert_int_equal(verdict_of(&j, "mail.mallory"), SIGNET_VERDICT_GOOD);
    judging_end(&j);
}

/* E-39: a certificate without a path, pinned by the user for one address and no other. */
static void supplies_pins(void **state)
{
    struct judging j;
    (void)state;
    judging_begin(&j);
    judging_add(&j, "fake");
    assert_int_equal(verdict_of(&j, "mail.crowd"), SIGNET_VERDICT_UNKNOWN);
    judging_bind(&j, "fake", "alice@example.net", SIGNET_BINDING_USER);
    assert_int_equal(verdict_of(&j, "mail.crowd"), SIGNET_VERDICT_UNKNOWN);
    judging_bind(&j, "fake", "alice@example.com", SIGNET_BINDING_PROVED);
    assert_int_equal(verdict_of(&j, "mail.crowd"), SIGNET_VERDICT_UNKNOWN);
    judging_bind(&j, "fake", "alice@example.com", SIGNET_BINDING_USER);
    enum signet_verdict verdict = verdict_of(&j, "mail.crowd");
    assert_true(verdict == SIGNET_VERDICT_GOOD || verdict == SIGNET_VERDICT_WARN);
    struct signet_store_counts counts;
    assert_int_equal(signet_store_count(j.store, &counts), SIGNET_OK);
    assert_int_equal(counts.anchors, 0);
    judging_end(&j);
}

/* Other octets under the signature of the real list, and of the same length: they must not keep the
 * excerpt of that list out. */
static void a_borrowed_signature_hides_no_excerpt(void **state)
{
    struct judging j;
    struct signet_pool *pool = signet_pool_new(NULL);
    struct signet_span real = judging_octets("long.crl");
    struct signet_certificate *bob = judging_certificate("bob");
    struct signet_crl *crl = judging_crl("long.crl"), *forged;
    struct signet_path_result *path;
    struct sg_crl_entry entry;
    size_t num, num_added = 1;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    judging_add(&j, "ca");
    judging_add(&j, "root.crl");
    judging_add(&j, "long.crl");
    assert_int_equal(verdict_of(&j, "mail.bob"), SIGNET_VERDICT_BAD);
    assert_int_equal(signet_store_remember(j.store, j.context), SIGNET_OK);
    assert_true(sg_crl_find(crl, bob->serial, &bob->issuer, &entry));
    struct signet_span copy = sg_test_copy(real.ptr, real.len);
    size_t at = (size_t)(entry.serial.ptr - crl->der.ptr) + entry.serial.len - 1;
    ((uint8_t *)(uintptr_t)copy.ptr)[at] ^= 0x10;
    assert_int_equal(signet_crl_parse(copy, &forged, NULL), SIGNET_OK);
    assert_int_equal(signet_pool_add_crl(pool, forged), SIGNET_OK);
    assert_int_equal(signet_path_verify(j.context, bob, pool, &j.policy, &path), SIGNET_OK);
    while (num_added > 0) {
        const struct signet_need *needs = signet_path_result_needs(path, &num);
        assert_int_equal(signet_store_supply(j.store, j.context, needs, num, pool, &num_added),
                         SIGNET_OK);
        assert_int_equal(signet_path_result_update(path), SIGNET_OK);
    }
    const struct signet_candidates *paths = signet_path_result_candidates(path);
    assert_int_equal(paths->items[0].certificates[0].revocation.status, SIGNET_CERTIFICATE_REVOKED);
    assert_true(signet_crl_is_excerpt(paths->items[0].certificates[0].revocation.crl));
    signet_path_result_free(path);
    signet_crl_unref(forged);
    signet_crl_unref(crl);
    signet_certificate_unref(bob);
    signet_pool_free(pool);
    judging_end(&j);
}

/* One message of several whom the same long list is asked about. */
static void one_excerpt_does_for_all_who_ask(void **state)
{
    struct judging j;
    struct signet_pool *pool = signet_pool_new(NULL);
    struct signet_certificate *alice = judging_certificate("alice"),
                              *bob = judging_certificate("bob");
    const struct signet_need needs[] = {
        {.kind = SIGNET_NEED_CRL, .name = alice->issuer.der, .certificate = alice},
        {.kind = SIGNET_NEED_CRL, .name = bob->issuer.der, .certificate = bob},
    };
    size_t num_added;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    judging_add(&j, "ca");
    judging_add(&j, "root.crl");
    judging_add(&j, "long.crl");
    verdict_of(&j, "mail.bob");
    assert_int_equal(signet_store_remember(j.store, j.context), SIGNET_OK);
    assert_int_equal(signet_store_supply(j.store, j.context, needs, 2, pool, &num_added),
                     SIGNET_OK);
    assert_int_equal(num_added, 1);
    const struct signet_crl *crl = sg_pool_crl(pool, 0);
    assert_true(sg_crl_covers(crl, alice->serial) && sg_crl_covers(crl, bob->serial));
    assert_int_equal(crl->num_entries, 1);
    assert_int_equal(signet_store_supply(j.store, j.context, needs, 2, pool, &num_added),
                     SIGNET_OK);
    assert_int_equal(num_added, 0);
    signet_certificate_unref(alice);
    signet_certificate_unref(bob);
    signet_pool_free(pool);
    judging_end(&j);
}

/* --- a poisoned store */

static void a_poisoned_store_costs_little_and_hides_nothing(void **state)
{
    struct judging j;
    struct judged judged;
    (void)state;
    judging_begin(&j);
    judging_add(&j, "ca");
    judging_add(&j, "alice");
    judging_trust(&j, "root");
    judging_add(&j, "root.crl");
    judging_add(&j, "ca.crl");
    poison(&j, "ca", 10000);
    poison(&j, "root", 1000);
    assert_int_equal(judge(&j, "mail.bare", &judged), SIGNET_VERDICT_GOOD);
    assert_true(signet_pool_num_certificates(judged.pool) < 300);
    assert_true(judged.num_rounds < 10);
    judged_end(&judged);
    judging_end(&j);
}

/* --- bounds of what one need may take */

static size_t supply_one(struct judging *j, const struct signet_need *need,
                         struct signet_pool *pool)
{
    size_t num_added;
    assert_int_equal(signet_store_supply(j->store, j->context, need, 1, pool, &num_added),
                     SIGNET_OK);
    return num_added;
}

static void supplies_a_bounded_number_of_addresses(void **state)
{
    enum { MAX = 256 };
    struct judging j;
    struct signet_certificate *alice = judging_certificate("alice");
    const struct signet_need need = {.kind = SIGNET_NEED_BINDING, .certificate = alice};
    (void)state;
    judging_begin(&j);
    judging_add(&j, "alice");
    assert_int_equal(signet_store_begin(j.store), SIGNET_OK);
    for (size_t num = 1; num <= MAX + 1; num++) {
        struct signet_pool *pool = signet_pool_new(NULL);
        char address[32];
        snprintf(address, sizeof(address), "a%zu@example.org", num);
        judging_bind(&j, "alice", address, SIGNET_BINDING_USER);
        if (num >= MAX)
            assert_int_equal(supply_one(&j, &need, pool), MAX);
        signet_pool_free(pool);
    }
    assert_int_equal(signet_store_commit(j.store), SIGNET_OK);
    signet_certificate_unref(alice);
    judging_end(&j);
}

static void put_link_name(struct sg_buffer *der, size_t number)
{
    size_t name = sg_der_open(der, SG_TAG_SEQUENCE), set = sg_der_open(der, SG_TAG_SET);
    size_t pair = sg_der_open(der, SG_TAG_SEQUENCE);
    const uint8_t text[] = {'L', (uint8_t)('a' + number)};
    sg_buffer_add(der, hex("0603 550403"));
    sg_der_put(der, SG_TAG_UTF8_STRING, sg_span(text, sizeof(text)));
    sg_der_close(der, pair);
    sg_der_close(der, set);
    sg_der_close(der, name);
}

/* MODEL with other names: of link NUMBER, and of the next one as its issuer. Nobody signed it. */
static void add_link(struct judging *j, const struct signet_certificate *model, size_t number)
{
    struct signet_span issuer = model->issuer.der, subject = model->subject.der;
    const uint8_t *end = model->tbs.ptr + model->tbs.len, *start = model->serial.ptr;
    struct signet_certificate *made;
    struct sg_buffer der;
    sg_buffer_init(&der, SIZE_MAX);
    size_t whole = sg_der_open(&der, SG_TAG_SEQUENCE), body = sg_der_open(&der, SG_TAG_SEQUENCE);
    sg_buffer_add(&der, hex("a003020102"));
    sg_der_put(&der, SG_TAG_INTEGER, model->serial);
    start += model->serial.len;
    sg_buffer_add(&der, sg_span(start, (size_t)(issuer.ptr - start)));
    put_link_name(&der, number + 1);
    start = issuer.ptr + issuer.len;
    sg_buffer_add(&der, sg_span(start, (size_t)(subject.ptr - start)));
    put_link_name(&der, number);
    start = subject.ptr + subject.len;
    sg_buffer_add(&der, sg_span(start, (size_t)(end - start)));
    sg_der_close(&der, body);
    sg_buffer_add(&der, sg_span_from(model->der, (size_t)(end - model->der.ptr)));
    sg_der_close(&der, whole);
    assert_int_equal(signet_certificate_parse(sg_buffer_span(&der), &made, NULL), SIGNET_OK);
    assert_int_equal(signet_store_add_certificate(j->store, made, &j->origin, NULL), SIGNET_OK);
    signet_certificate_unref(made);
    sg_buffer_free(&der);
}

/* The one asked for, and eight above it; the judgement asks for the next ones. */
static void climbs_a_few_issuers_at_once(void **state)
{
    struct judging j;
    struct signet_pool *pool = signet_pool_new(NULL);
    struct signet_certificate *model = judging_certificate("ca");
    struct sg_buffer name;
    (void)state;
    judging_begin(&j);
    for (size_t i = 0; i < 12; i++)
        add_link(&j, model, i);
    for (size_t first = 0; first < 12; first += 9) {
        sg_buffer_init(&name, 100);
        put_link_name(&name, first);
        const struct signet_need need = {.kind = SIGNET_NEED_ISSUER, .name = sg_buffer_span(&name)};
        assert_int_equal(supply_one(&j, &need, pool), first == 0 ? 9 : 3);
        sg_buffer_free(&name);
    }
    signet_certificate_unref(model);
    signet_pool_free(pool);
    judging_end(&j);
}

/* CRLs like NAME with other signatures, NUM of them. */
static void add_copies(struct judging *j, const char *name, size_t num, uint8_t mark)
{
    struct signet_span octets = judging_octets(name);
    struct signet_span copy = sg_test_copy(octets.ptr, octets.len);
    uint8_t *end = (uint8_t *)(uintptr_t)copy.ptr + copy.len;
    for (size_t i = 0; i < num; i++) {
        struct signet_crl *crl;
        end[-1] = (uint8_t)i;
        end[-2] = (uint8_t)(i >> 8);
        end[-3] = mark;
        assert_int_equal(signet_crl_parse(copy, &crl, NULL), SIGNET_OK);
        assert_int_equal(signet_store_add_crl(j->store, crl, &j->origin, NULL), SIGNET_OK);
        signet_crl_unref(crl);
    }
}

static bool holds_crl(const struct signet_pool *pool, const char *name)
{
    struct signet_span octets = judging_octets(name);
    const struct signet_crl *crl;
    for (size_t i = 0; (crl = sg_pool_crl(pool, i)) != NULL; i++) {
        if (sg_span_equal(crl->der, octets))
            return true;
    }
    return false;
}

/* Of 1025 lists of one issuer the one in the middle is the one that is not looked at. */
static void looks_at_a_bounded_number_of_lists(void **state)
{
    struct signet_certificate *alice = judging_certificate("alice");
    const struct signet_need need = {
        .kind = SIGNET_NEED_CRL, .name = alice->issuer.der, .certificate = alice};
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct judging j;
        struct signet_pool *pool = signet_pool_new(NULL);
        judging_begin(&j);
        assert_int_equal(signet_store_begin(j.store), SIGNET_OK);
        add_copies(&j, "old.crl", 512, 1);
        judging_add(&j, "later.crl");
        add_copies(&j, "old.crl", 511 + more, 2);
        assert_int_equal(signet_store_commit(j.store), SIGNET_OK);
        assert_int_equal(supply_one(&j, &need, pool), 64);
        assert_int_equal(holds_crl(pool, "later.crl"), more == 0);
        signet_pool_free(pool);
        judging_end(&j);
    }
    signet_certificate_unref(alice);
}

/* What nobody is known to have signed is read whole: the first list whatever its length, and more
 * of them within 64 MiB. Here the first one says that it is so long. */
static void reads_a_bounded_number_of_octets_whole(void **state)
{
    struct signet_certificate *alice = judging_certificate("alice");
    const struct signet_need need = {
        .kind = SIGNET_NEED_CRL, .name = alice->issuer.der, .certificate = alice};
    (void)state;
    for (size_t more = 0; more < 2; more++) {
        struct judging j;
        struct signet_pool *pool = signet_pool_new(NULL);
        char sql[150];
        judging_begin(&j);
        judging_add(&j, "later.crl");
        /* Of a CRL, behind its fingerprint. */
        snprintf(
            sql, sizeof(sql),
            "UPDATE object SET body = CAST(substr(body, 1, 32) || x'%016zx' || substr(body, 41)"
            " AS BLOB)",
            (64 << 20) - judging_octets("ca.crl").len + more);
        assert_int_equal(sg_sqlite_execute(sg_sqlite(j.store->db), sql), SIGNET_OK);
        judging_add(&j, "ca.crl");
        assert_int_equal(supply_one(&j, &need, pool), 1 - more);
        assert_int_equal(holds_crl(pool, "ca.crl"), more == 0);
        signet_pool_free(pool);
        judging_end(&j);
    }
    signet_certificate_unref(alice);
}

/* So many needs that what is noted of them takes more than one call may take: that is said before
 * the first of them is looked at. */
static void takes_no_more_memory_than_a_call_may(void **state)
{
    struct judging j;
    struct signet_pool *pool = signet_pool_new(NULL);
    const struct signet_need need = {.kind = SIGNET_NEED_BINDING};
    size_t num_added;
    (void)state;
    judging_begin(&j);
    assert_int_equal(signet_store_supply(j.store, j.context, &need,
                                         ((size_t)1 << 30) / sizeof(void *), pool, &num_added),
                     SIGNET_ERR_MEMORY);
    assert_int_equal(num_added, 0);
    assert_int_equal(supply_one(&j, &need, pool), 0);
    signet_pool_free(pool);
    judging_end(&j);
}

static void supplies_nothing_for_what_cannot_be_read(void **state)
{
    struct judging j;
    const struct signet_need needs[] = {
        {.kind = SIGNET_NEED_ISSUER, .name = hex("0500")},
        {.kind = SIGNET_NEED_ISSUER},
        {.kind = SIGNET_NEED_SIGNER},
        {.kind = SIGNET_NEED_CRL, .name = hex("30")},
        {.kind = SIGNET_NEED_WHOLE_CRL},
        {.kind = SIGNET_NEED_BINDING},
    };
    struct signet_pool *pool = signet_pool_new(NULL);
    size_t num_added = 1;
    (void)state;
    judging_begin(&j);
    judging_add(&j, "ca");
    assert_int_equal(
        signet_store_supply(j.store, j.context, needs, SG_NUM(needs), pool, &num_added), SIGNET_OK);
    assert_int_equal(num_added, 0);
    signet_pool_free(pool);
    judging_end(&j);
}

static void survives_lack_of_memory(void **state)
{
    struct judging j;
    struct signet_certificate *alice = judging_certificate("alice");
    enum signet_status status = SIGNET_ERR_MEMORY;
    (void)state;
    judging_begin(&j);
    judging_trust(&j, "root");
    judging_add(&j, "ca");
    judging_add(&j, "alice");
    judging_add(&j, "ca.crl");
    judging_bind(&j, "alice", "alice@example.org", SIGNET_BINDING_USER);
    const struct signet_need needs[] = {
        {.kind = SIGNET_NEED_SIGNER, .name = alice->issuer.der, .serial = alice->serial},
        {.kind = SIGNET_NEED_ISSUER, .name = alice->issuer.der, .key_id = alice->aki.key_id},
        {.kind = SIGNET_NEED_CRL, .name = alice->issuer.der, .certificate = alice},
        {.kind = SIGNET_NEED_BINDING, .certificate = alice},
    };
    for (size_t n = 0; status != SIGNET_OK; n++) {
        struct signet_pool *pool = signet_pool_new(NULL);
        size_t num_added;
        fault_begin(n);
        status = signet_store_supply(j.store, j.context, needs, SG_NUM(needs), pool, &num_added);
        fault_end();
        if (status != SIGNET_OK)
            assert_true(status == SIGNET_ERR_MEMORY || status == SIGNET_ERR_IO);
        else
            assert_int_equal(num_added, 6); /* with the anchor above the CA, and its certificate */
        signet_pool_free(pool);
    }
    signet_certificate_unref(alice);
    judging_end(&j);
}

SG_TEST_MAIN(
    SG_TEST("A-2.3-4 A-2.3-8", completes_a_message_without_certificates),
    SG_TEST("A-2.3-8", trusts_no_more_what_was_distrusted),
    SG_TEST("A-2.3-8", leaves_the_callers_anchors_alone),
    SG_TEST("A-4.1-3", answers_from_excerpts_once_the_signer_is_known),
    SG_TEST("A-4.1-3", reads_the_whole_for_another_key),
    SG_TEST("A-4.1-3", forged_lists_hide_nothing), SG_TEST("A-4.1-4", remembers_no_verdict),
    SG_TEST("A-4.1-4", remembers_nothing_of_what_took_its_place),
    SG_TEST("", facts_save_signatures), SG_TEST("A-3-6 E-39", supplies_what_the_user_said),
    SG_TEST("E-39", supplies_pins), SG_TEST("A-4.1-3", a_borrowed_signature_hides_no_excerpt),
    SG_TEST("A-4.1-3", one_excerpt_does_for_all_who_ask),
    SG_TEST("E-41", a_poisoned_store_costs_little_and_hides_nothing),
    SG_TEST("", supplies_a_bounded_number_of_addresses), SG_TEST("", climbs_a_few_issuers_at_once),
    SG_TEST("E-41", looks_at_a_bounded_number_of_lists),
    SG_TEST("E-41", reads_a_bounded_number_of_octets_whole),
    SG_TEST("", takes_no_more_memory_than_a_call_may),
    SG_TEST("", supplies_nothing_for_what_cannot_be_read), SG_TEST("", survives_lack_of_memory))
