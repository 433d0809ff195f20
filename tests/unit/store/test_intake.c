/* SPDX-License-Identifier: Apache-2.0 */
/* Objects into a store with their signatures checked. tests/cases/store/intake.py has more of what
 * is false and what is not. */
#include "crypto/digest.h"
#include "fault.h"
#include "signet/intake.h"
#include "store_scene.h"
#include "x509/certificate.h"

/* What was told, and how far. */
struct heard {
    size_t num_false, num_steps, done, total;
    uint64_t place;
    char object[100], issuer[100], detail[100];
};

static void hear_false(void *context, const struct signet_intake_false *found)
{
    struct heard *heard = context;
    heard->num_false++;
    heard->place = found->place;
    snprintf(heard->detail, sizeof(heard->detail), "%s", found->origin->detail);
    signet_certificate_subject(found->issuer, heard->issuer, sizeof(heard->issuer));
    if (found->certificate != NULL)
        signet_certificate_subject(found->certificate, heard->object, sizeof(heard->object));
    else
        signet_crl_issuer(found->crl, heard->object, sizeof(heard->object));
}

static void hear_progress(void *context, size_t done, size_t total)
{
    struct heard *heard = context;
    heard->num_steps++;
    heard->done = done;
    heard->total = total;
}

/* Not copied: no allocation of a test may fail. */
static struct signet_span octets_of(const char *name)
{
    for (size_t i = 0; i < SG_NUM(scene_objects); i++) {
        if (strcmp(scene_objects[i].name, name) == 0)
            return scene_objects[i].octets;
    }
    fail_msg("no object \"%s\"", name);
    return sg_span(NULL, 0);
}

static bool is_crl(const char *name)
{
    return strncmp(name, "crl", 3) == 0;
}

static enum signet_status give(struct signet_intake *intake, const char *name, uint64_t place,
                               bool *added)
{
    if (is_crl(name)) {
        struct signet_crl *crl;
        enum signet_status status = signet_crl_parse(octets_of(name), &crl, NULL);
        if (status != SIGNET_OK)
            return status;
        status = signet_intake_crl(intake, crl, &scene_origin, place, added);
        signet_crl_unref(crl);
        return status;
    }
    struct signet_certificate *certificate;
    enum signet_status status = signet_certificate_parse(octets_of(name), &certificate, NULL);
    if (status != SIGNET_OK)
        return status;
    status = signet_intake_certificate(intake, certificate, &scene_origin, place, added);
    signet_certificate_unref(certificate);
    return status;
}

/* NAMES, with blanks between them, in one intake; each one's place is its number, from 1. */
static enum signet_status take(struct scene *scene, const char *names, bool keep_false,
                               struct heard *heard, struct signet_intake_counts *counts)
{
    const struct signet_store_progress progress = {hear_progress, heard};
    const struct signet_intake_terms terms = {keep_false, hear_false, heard, &progress};
    struct signet_intake *intake;
    char copy[200], *rest = copy;
    uint64_t place = 0;
    *heard = (struct heard){0};
    snprintf(copy, sizeof(copy), "%s", names);
    enum signet_status status = signet_intake_new(scene->store, &terms, &intake);
    for (char *name; status == SIGNET_OK && (name = strtok_r(rest, " ", &rest)) != NULL;)
        status = give(intake, name, ++place, NULL);
    if (status == SIGNET_OK)
        status = signet_intake_finish(intake, counts);
    signet_intake_free(intake);
    return status;
}

static size_t num_flaws(struct scene *scene)
{
    size_t num;
    assert_int_equal(signet_store_check(scene->store, false, NULL, NULL, NULL, &num), SIGNET_OK);
    return num;
}

static struct signet_store_counts counts_of(struct scene *scene)
{
    struct signet_store_counts counts;
    assert_int_equal(signet_store_count(scene->store, &counts), SIGNET_OK);
    return counts;
}

/* Whether the fact is kept that ISSUER's key signed certificate NAME. */
static bool is_known(struct scene *scene, const char *name, const char *issuer)
{
    struct signet_certificate *above = scene_certificate(issuer);
    struct sg_arena arena;
    struct signet_span keys;
    uint8_t key[32];
    int64_t object;
    sg_arena_init(&arena, SIZE_MAX);
    assert_true(sg_sha256(above->spki.full, key));
    assert_int_equal(
        sg_store_object_find(scene->store, SIGNET_RECORD_CERTIFICATE, scene_sha256(name), &object),
        SIGNET_OK);
    assert_int_not_equal(object, 0);
    assert_int_equal(scene->backend->fact_list(scene->store->db, object, &arena, &keys), SIGNET_OK);
    bool known = keys.len == 32 && memcmp(keys.ptr, key, 32) == 0;
    assert_true(known || keys.len == 0);
    sg_arena_clear(&arena);
    signet_certificate_unref(above);
    return known;
}

CONTRACT(remembers_what_holds_in_any_order)
{
    static const char *const orders[] = {"root ca alice crl", "crl alice ca root",
                                         "alice root crl ca"};
    for (size_t i = 0; i < SG_NUM(orders); i++) {
        struct scene one;
        struct heard heard;
        struct signet_intake_counts counts;
        scene_begin(&one, scene->backend);
        assert_int_equal(take(&one, orders[i], false, &heard, &counts), SIGNET_OK);
        assert_int_equal(counts.proofs[SIGNET_PROOF_VERIFIED], 4);
        assert_int_equal(heard.num_false, 0);
        assert_true(is_known(&one, "alice", "ca") && is_known(&one, "ca", "root") &&
                    is_known(&one, "root", "root"));
        assert_int_equal(num_flaws(&one), 0);
        scene_end(&one);
    }
}

CONTRACT(counts_what_has_no_issuer_and_finds_it_later)
{
    struct heard heard;
    struct signet_intake_counts counts;
    assert_int_equal(take(scene, "alice", false, &heard, &counts), SIGNET_OK);
    assert_int_equal(counts.proofs[SIGNET_PROOF_NO_ISSUER], 1);
    assert_true(heard.num_steps == 1 && heard.done == 1 && heard.total == 1);
    assert_false(is_known(scene, "alice", "ca"));
    /* What is there is not checked anew, but serves what comes. */
    assert_int_equal(take(scene, "alice ca", false, &heard, &counts), SIGNET_OK);
    assert_int_equal(counts.proofs[SIGNET_PROOF_NO_ISSUER], 1);
    assert_int_equal(take(scene, "bob root", false, &heard, &counts), SIGNET_OK);
    assert_int_equal(counts.proofs[SIGNET_PROOF_VERIFIED], 2);
    assert_true(is_known(scene, "bob", "ca"));
}

CONTRACT(keeps_out_what_is_false)
{
    struct heard heard;
    struct signet_intake_counts counts;
    assert_int_equal(take(scene, "alice-false crl-false alice ca root", false, &heard, &counts),
                     SIGNET_OK);
    assert_int_equal(counts.proofs[SIGNET_PROOF_VERIFIED], 3);
    assert_int_equal(counts.proofs[SIGNET_PROOF_FALSE], 2);
    assert_int_equal(counts.num_false_certificates, 1);
    assert_int_equal(counts.num_false_crls, 1);
    assert_int_equal(heard.num_false, 2);
    assert_int_equal(heard.place, 2);
    assert_string_equal(heard.object, "CN=Mail CA,O=Example");
    assert_string_equal(heard.issuer, "CN=Mail CA,O=Example");
    assert_string_equal(heard.detail, "people.pem");
    assert_true(counts_of(scene).certificates == 3 && counts_of(scene).crls == 0);
    assert_int_equal(num_flaws(scene), 0);
}

CONTRACT(keeps_what_is_false_when_told_to)
{
    struct heard heard;
    struct signet_intake_counts counts;
    assert_int_equal(take(scene, "ca-false root crl-false", true, &heard, &counts), SIGNET_OK);
    assert_int_equal(counts.proofs[SIGNET_PROOF_FALSE], 2);
    assert_int_equal(heard.num_false, 2);
    assert_true(counts_of(scene).certificates == 2 && counts_of(scene).crls == 1);
    assert_false(is_known(scene, "ca-false", "root"));
    /* The name and key of a lookalike are those of the real one: what that signed still holds. */
    assert_int_equal(take(scene, "alice", false, &heard, &counts), SIGNET_OK);
    assert_int_equal(counts.proofs[SIGNET_PROOF_VERIFIED], 1);
}

/* The number of what was taken out becomes another's. */
CONTRACT(mistakes_no_object_for_one_that_has_gone)
{
    const struct signet_intake_terms terms = {0};
    struct signet_intake *intake;
    struct signet_intake_counts counts;
    bool added;
    assert_int_equal(signet_intake_new(scene->store, &terms, &intake), SIGNET_OK);
    assert_int_equal(give(intake, "root", 0, &added), SIGNET_OK);
    assert_int_equal(give(intake, "ca-false", 0, &added), SIGNET_OK);
    assert_int_equal(give(intake, "alice", 0, &added), SIGNET_OK);
    assert_true(added);
    assert_int_equal(signet_intake_finish(intake, &counts), SIGNET_OK);
    assert_int_equal(counts.proofs[SIGNET_PROOF_FALSE], 1);
    assert_int_equal(counts.proofs[SIGNET_PROOF_VERIFIED], 2);
    assert_int_equal(give(intake, "other", 0, &added), SIGNET_OK);
    assert_int_equal(give(intake, "twin", 0, &added), SIGNET_OK);
    assert_int_equal(give(intake, "twin", 0, &added), SIGNET_OK);
    assert_false(added);
    assert_int_equal(signet_intake_finish(intake, &counts), SIGNET_OK);
    assert_int_equal(counts.proofs[SIGNET_PROOF_VERIFIED], 2);
    assert_int_equal(counts.proofs[SIGNET_PROOF_FALSE], 0);
    signet_intake_free(intake);
    signet_intake_free(NULL);
}

CONTRACT(is_part_of_a_change)
{
    struct heard heard;
    struct signet_intake_counts counts;
    assert_int_equal(signet_store_begin(scene->store), SIGNET_OK);
    assert_int_equal(take(scene, "root ca-false ca alice", false, &heard, &counts), SIGNET_OK);
    signet_store_rollback(scene->store);
    assert_int_equal(counts_of(scene).certificates, 0);
}

static void leaves_nothing_half_done(void **state)
{
    struct scene scene;
    struct heard heard;
    struct signet_intake_counts counts;
    enum signet_status status = SIGNET_ERR_MEMORY;
    size_t n = 0;
    (void)state;
    scene_begin(&scene, &sg_store_sqlite);
    for (; status != SIGNET_OK; n++) {
        assert_int_equal(signet_store_begin(scene.store), SIGNET_OK);
        fault_begin(n);
        status = take(&scene, "alice-false alice crl-false ca root", false, &heard, &counts);
        fault_end();
        assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
        if (status == SIGNET_OK)
            assert_int_equal(signet_store_commit(scene.store), SIGNET_OK);
        else
            signet_store_rollback(scene.store);
    }
    assert_true(n > 20);
    assert_int_equal(counts.proofs[SIGNET_PROOF_VERIFIED], 3);
    assert_int_equal(counts.proofs[SIGNET_PROOF_FALSE], 2);
    assert_true(counts_of(&scene).certificates == 3 && counts_of(&scene).crls == 0);
    assert_int_equal(num_flaws(&scene), 0);
    scene_end(&scene);
}

SG_TEST_MAIN(SG_TEST("A-4-4 A-4.1-4", remembers_what_holds_in_any_order),
             SG_TEST("A-4-4", counts_what_has_no_issuer_and_finds_it_later),
             SG_TEST("A-4-4 E-41", keeps_out_what_is_false),
             SG_TEST("A-4-4", keeps_what_is_false_when_told_to),
             SG_TEST("A-4-4", mistakes_no_object_for_one_that_has_gone),
             SG_TEST("A-4-4", is_part_of_a_change), SG_TEST("A-4-4", leaves_nothing_half_done))
