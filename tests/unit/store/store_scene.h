/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Stores for tests: the objects of store_scenes.py by name, a place of one's own for each test, and
 * every backend in turn. What CONTRACT defines is run against each backend; a further one needs a
 * further row in scene_backends.
 */
#ifndef SG_TESTS_UNIT_STORE_STORE_SCENE_H
#define SG_TESTS_UNIT_STORE_STORE_SCENE_H

#include "store/store.h"
#include "test.h"

#include <dirent.h>
#include <unistd.h>

struct scene {
    const struct sg_store_backend *backend;
    struct signet_store *store;
    char folder[256];
    char file[300];
};

/* --- objects */

static const struct {
    const char *name;
    struct signet_span octets;
} scene_objects[] = {
#include "store_scenes.inc"
};

static inline struct signet_span scene_octets(const char *name)
{
    for (size_t i = 0; i < SG_NUM(scene_objects); i++) {
        if (strcmp(scene_objects[i].name, name) == 0)
            return sg_test_copy(scene_objects[i].octets.ptr, scene_objects[i].octets.len);
    }
    fail_msg("no object \"%s\"", name);
    return sg_span(NULL, 0);
}

static inline struct signet_certificate *scene_certificate(const char *name)
{
    struct signet_certificate *certificate;
    assert_int_equal(signet_certificate_parse(scene_octets(name), &certificate, NULL), SIGNET_OK);
    return certificate;
}

/* In memory that lasts. */
static inline struct signet_span scene_sha256(const char *name)
{
    struct signet_certificate *certificate = scene_certificate(name);
    struct signet_span sha256 = signet_certificate_sha256(certificate);
    sha256 = sg_test_copy(sha256.ptr, sha256.len);
    signet_certificate_unref(certificate);
    return sha256;
}

static inline struct signet_crl *scene_crl(const char *name)
{
    struct signet_crl *crl;
    assert_int_equal(signet_crl_parse(scene_octets(name), &crl, NULL), SIGNET_OK);
    return crl;
}

/* --- a place */

static inline void scene_reopen(struct scene *scene, enum signet_store_mode mode)
{
    signet_store_close(scene->store);
    assert_int_equal(sg_store_open(scene->backend, scene->file, mode, 2000, &scene->store),
                     SIGNET_OK);
}

static inline void scene_begin(struct scene *scene, const struct sg_store_backend *backend)
{
    const char *temporary = getenv("TMPDIR");
    *scene = (struct scene){.backend = backend};
    snprintf(scene->folder, sizeof(scene->folder), "%s/signet-store-XXXXXX",
             temporary != NULL ? temporary : "/tmp");
    assert_non_null(mkdtemp(scene->folder));
    snprintf(scene->file, sizeof(scene->file), "%s/certificates.db", scene->folder);
    scene_reopen(scene, SIGNET_STORE_CREATE);
}

static inline void scene_end(struct scene *scene)
{
    signet_store_close(scene->store);
    DIR *folder = opendir(scene->folder);
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        char path[600];
        snprintf(path, sizeof(path), "%s/%s", scene->folder, entry->d_name);
        (void)unlink(path);
    }
    closedir(folder);
    assert_int_equal(rmdir(scene->folder), 0);
}

static const struct sg_store_backend *const scene_backends[] = {&sg_store_sqlite};

static inline void scene_each_backend(void (*test)(struct scene *scene))
{
    for (size_t i = 0; i < SG_NUM(scene_backends); i++) {
        struct scene scene;
        scene_begin(&scene, scene_backends[i]);
        test(&scene);
        scene_end(&scene);
    }
}

#define CONTRACT(name)                                                                             \
    static void on_##name(struct scene *scene);                                                    \
    static void name(void **state)                                                                 \
    {                                                                                              \
        (void)state;                                                                               \
        scene_each_backend(on_##name);                                                             \
    }                                                                                              \
    static void on_##name(struct scene *scene)

/* --- what is done to it */

static const struct signet_origin scene_origin = {SIGNET_ORIGIN_IMPORT, "people.pem", 1000};

static inline bool scene_add(struct scene *scene, const char *name)
{
    struct signet_certificate *certificate = scene_certificate(name);
    bool added;
    assert_int_equal(signet_store_add_certificate(scene->store, certificate, &scene_origin, &added),
                     SIGNET_OK);
    signet_certificate_unref(certificate);
    return added;
}

static inline bool scene_add_crl(struct scene *scene, const char *name)
{
    struct signet_crl *crl = scene_crl(name);
    bool added;
    assert_int_equal(signet_store_add_crl(scene->store, crl, &scene_origin, &added), SIGNET_OK);
    signet_crl_unref(crl);
    return added;
}

static inline bool scene_add_attributes(struct scene *scene)
{
    struct signet_attribute_certificate *certificate;
    bool added;
    assert_int_equal(
        signet_attribute_certificate_parse(scene_octets("attributes"), &certificate, NULL),
        SIGNET_OK);
    assert_int_equal(
        signet_store_add_attribute_certificate(scene->store, certificate, &scene_origin, &added),
        SIGNET_OK);
    signet_attribute_certificate_unref(certificate);
    return added;
}

static inline void scene_fill(struct scene *scene)
{
    static const char *const names[] = {"root", "ca",     "other",  "alice", "renewed",
                                        "bob",  "umlaut", "nobody", "twin"};
    for (size_t i = 0; i < SG_NUM(names); i++)
        assert_true(scene_add(scene, names[i]));
    assert_true(scene_add_attributes(scene));
    assert_true(scene_add_crl(scene, "crl"));
    assert_true(scene_add_crl(scene, "crl-old"));
    assert_true(scene_add_crl(scene, "crl-long"));
}

static inline void scene_bind(struct scene *scene, const char *address, const char *name,
                              enum signet_binding_kind kind, const char *why)
{
    const struct signet_binding binding = {address, scene_sha256(name), kind, why, 2000};
    assert_int_equal(signet_store_bind(scene->store, &binding), SIGNET_OK);
}

static inline void scene_trust(struct scene *scene, const char *name)
{
    struct signet_certificate *certificate = scene_certificate(name);
    struct signet_anchor_terms terms;
    signet_anchor_terms_init(&terms);
    assert_int_equal(
        signet_store_trust(scene->store, certificate, &terms, "met her", &scene_origin), SIGNET_OK);
    signet_certificate_unref(certificate);
}

/* --- what is found: names of scene_objects, in the order of the walk */

struct scene_found {
    char names[1000]; /* "alice bob" */
    size_t num;
    enum signet_status answer; /* what the taker returns */
    struct signet_origin origin;
    char detail[100];
    bool anchor, own;
    signet_time distrusted;
    char why[100];
};

static inline const char *scene_name_of(struct signet_span der)
{
    for (size_t i = 0; i < SG_NUM(scene_objects); i++) {
        if (sg_span_equal(scene_objects[i].octets, der))
            return scene_objects[i].name;
    }
    return "?";
}

static inline const char *scene_record_name(const struct signet_record *record)
{
    if (record->certificate != NULL)
        return scene_name_of(signet_certificate_der(record->certificate));
    if (record->attribute_certificate != NULL)
        return scene_name_of(signet_attribute_certificate_der(record->attribute_certificate));
    for (size_t i = 0; i < SG_NUM(scene_objects); i++) {
        /* An excerpt has not the octets of the whole. */
        if (strncmp(scene_objects[i].name, "crl", 3) == 0 &&
            scene_objects[i].octets.len == record->der_len)
            return scene_objects[i].name;
    }
    return "?";
}

static inline enum signet_status scene_take(void *context, const struct signet_record *record)
{
    struct scene_found *found = context;
    size_t len = strlen(found->names);
    snprintf(found->names + len, sizeof(found->names) - len, "%s%s", len > 0 ? " " : "",
             scene_record_name(record));
    found->num++;
    found->origin = record->origin;
    snprintf(found->detail, sizeof(found->detail), "%s", record->origin.detail);
    found->anchor = record->anchor != NULL;
    found->distrusted = found->anchor ? record->anchor->distrusted : 0;
    snprintf(found->why, sizeof(found->why), "%s", found->anchor ? record->anchor->why : "");
    found->own = record->own;
    return found->answer;
}

static inline struct scene_found scene_find(struct scene *scene,
                                            const struct signet_store_query *query)
{
    struct scene_found found = {.answer = SIGNET_OK};
    size_t bad;
    assert_int_equal(signet_store_find(scene->store, query, scene_take, &found, &bad), SIGNET_OK);
    assert_int_equal(bad, 0);
    return found;
}

#endif
