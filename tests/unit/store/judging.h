/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The objects that judging.py makes, a database for them, and the loop of judging and supplying.
 */
#ifndef SG_TESTS_UNIT_STORE_JUDGING_H
#define SG_TESTS_UNIT_STORE_JUDGING_H

#include "test.h"

#include "asn1/der_writer.h"
#include "signet/choice.h"
#include "store/store.h"
#include "x509/certificate.h"
#include "x509/crl.h"

#include <unistd.h>

#define NOON INT64_C(1780315200) /* 2026-06-01T12:00:00Z, the moment of judging.py */

static const struct {
    const char *name;
    const unsigned char *octets;
    size_t len;
} judging_objects[] = {
#include "store_judging.inc"
};

static inline struct signet_span judging_octets(const char *name)
{
    for (size_t i = 0; i < SG_NUM(judging_objects); i++) {
        if (strcmp(judging_objects[i].name, name) == 0)
            return sg_span(judging_objects[i].octets, judging_objects[i].len);
    }
    fail_msg("no object \"%s\"", name);
    return sg_span(NULL, 0);
}

/* To be given back. */
static inline struct signet_certificate *judging_certificate(const char *name)
{
    struct signet_certificate *certificate;
    assert_int_equal(signet_certificate_parse(judging_octets(name), &certificate, NULL), SIGNET_OK);
    return certificate;
}

static inline struct signet_crl *judging_crl(const char *name)
{
    struct signet_crl *crl;
    assert_int_equal(signet_crl_parse(judging_octets(name), &crl, NULL), SIGNET_OK);
    return crl;
}

/* A database in a folder of its own. */
struct judging {
    char folder[32], file[64];
    struct signet_store *store;
    struct signet_context *context;
    struct signet_policy policy;
    struct signet_origin origin;
};

static inline void judging_begin(struct judging *j)
{
    *j = (struct judging){.folder = "/tmp/signet-store-XXXXXX",
                          .origin = {SIGNET_ORIGIN_IMPORT, "test", NOON}};
    assert_non_null(mkdtemp(j->folder));
    snprintf(j->file, sizeof(j->file), "%s/store.db", j->folder);
    assert_int_equal(signet_store_open(j->file, SIGNET_STORE_CREATE, 1000, &j->store), SIGNET_OK);
    assert_int_equal(signet_context_new(&j->context), SIGNET_OK);
    signet_policy_init(&j->policy);
    j->policy.time = NOON;
}

static inline void judging_end(struct judging *j)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    signet_store_close(j->store);
    signet_context_free(j->context);
    for (size_t i = 0; i < SG_NUM(ends); i++) {
        char file[80];
        snprintf(file, sizeof(file), "%s%s", j->file, ends[i]);
        unlink(file);
    }
    assert_int_equal(rmdir(j->folder), 0);
}

/* As if another process went on. */
static inline void judging_forget(struct judging *j)
{
    signet_context_free(j->context);
    assert_int_equal(signet_context_new(&j->context), SIGNET_OK);
    signet_store_close(j->store);
    assert_int_equal(signet_store_open(j->file, SIGNET_STORE_WRITE, 1000, &j->store), SIGNET_OK);
}

static inline void judging_add(struct judging *j, const char *name)
{
    if (strstr(name, ".crl") != NULL) {
        struct signet_crl *crl = judging_crl(name);
        assert_int_equal(signet_store_add_crl(j->store, crl, &j->origin, NULL), SIGNET_OK);
        signet_crl_unref(crl);
    } else {
        struct signet_certificate *certificate = judging_certificate(name);
        assert_int_equal(signet_store_add_certificate(j->store, certificate, &j->origin, NULL),
                         SIGNET_OK);
        signet_certificate_unref(certificate);
    }
}

static inline void judging_trust(struct judging *j, const char *name)
{
    struct signet_certificate *certificate = judging_certificate(name);
    struct signet_anchor_terms terms;
    signet_anchor_terms_init(&terms);
    assert_int_equal(signet_store_trust(j->store, certificate, &terms, "test", &j->origin),
                     SIGNET_OK);
    signet_certificate_unref(certificate);
}

static inline void judging_bind(struct judging *j, const char *name, const char *address,
                                enum signet_binding_kind kind)
{
    struct signet_certificate *certificate = judging_certificate(name);
    const struct signet_binding binding = {address, sg_span(certificate->sha256, 32), kind, "test",
                                           NOON};
    assert_int_equal(signet_store_bind(j->store, &binding), SIGNET_OK);
    signet_certificate_unref(certificate);
}

/* A message and all that came for it. */
struct judged {
    struct signet_pool *pool;
    struct signet_message_result *result;
    size_t num_rounds, num_supplied;
};

static inline enum signet_verdict judge(struct judging *j, const char *message, struct judged *out)
{
    size_t num_added = 1;
    *out = (struct judged){.pool = signet_pool_new(NULL)};
    assert_non_null(out->pool);
    assert_int_equal(signet_message_verify(j->context, judging_octets(message), out->pool,
                                           &j->policy, NULL, &out->result),
                     SIGNET_OK);
    for (out->num_rounds = 0; num_added > 0 && out->num_rounds < 50; out->num_rounds++) {
        size_t num;
        const struct signet_need *needs = signet_message_result_needs(out->result, &num);
        assert_int_equal(
            signet_store_supply(j->store, j->context, needs, num, out->pool, &num_added),
            SIGNET_OK);
        out->num_supplied += num_added;
        if (num_added > 0)
            assert_int_equal(signet_message_result_update(out->result), SIGNET_OK);
    }
    assert_true(out->num_rounds < 50);
    return signet_message_result_verdict(out->result);
}

static inline void judged_end(struct judged *judged)
{
    signet_message_result_free(judged->result);
    signet_pool_free(judged->pool);
}

/* The verdict alone. */
static inline enum signet_verdict verdict_of(struct judging *j, const char *message)
{
    struct judged judged;
    enum signet_verdict verdict = judge(j, message, &judged);
    judged_end(&judged);
    return verdict;
}

/* A certificate like MODEL but for its serial number; so nobody has signed it. */
static inline struct signet_certificate *junk_certificate(const struct signet_certificate *model,
                                                          size_t i)
{
    struct sg_buffer der;
    struct signet_certificate *out;
    uint8_t serial[] = {0x40, (uint8_t)(i >> 16), (uint8_t)(i >> 8), (uint8_t)i};
    struct signet_span tbs = model->tbs;
    sg_buffer_init(&der, SIZE_MAX);
    size_t whole = sg_der_open(&der, SG_TAG_SEQUENCE), body = sg_der_open(&der, SG_TAG_SEQUENCE);
    const uint8_t *behind = model->serial.ptr + model->serial.len;
    sg_buffer_add(&der, hex("a003020102"));
    sg_der_put(&der, SG_TAG_INTEGER, sg_span(serial, sizeof(serial)));
    sg_buffer_add(&der, sg_span(behind, (size_t)(tbs.ptr + tbs.len - behind)));
    sg_der_close(&der, body);
    sg_buffer_add(&der, sg_span_from(model->der, (size_t)(tbs.ptr + tbs.len - model->der.ptr)));
    sg_der_close(&der, whole);
    assert_int_equal(signet_certificate_parse(sg_buffer_span(&der), &out, NULL), SIGNET_OK);
    sg_buffer_free(&der);
    return out;
}

/* Adds NUM of them. */
static inline void poison(struct judging *j, const char *like, size_t num)
{
    struct signet_certificate *model = judging_certificate(like);
    assert_int_equal(signet_store_begin(j->store), SIGNET_OK);
    for (size_t i = 0; i < num; i++) {
        struct signet_certificate *junk = junk_certificate(model, i);
        assert_int_equal(signet_store_add_certificate(j->store, junk, &j->origin, NULL), SIGNET_OK);
        signet_certificate_unref(junk);
    }
    assert_int_equal(signet_store_commit(j->store), SIGNET_OK);
    signet_certificate_unref(model);
}

#endif
