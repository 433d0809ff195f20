/* SPDX-License-Identifier: Apache-2.0 */
#include "asn1/der.h"
#include "base/span.h"
#include "crypto/digest.h"
#include "token/builtin.h"
#include "token/trouble.h"
#include "token/trust.h"
#include "x509/certificate.h"

#include <errno.h>
#include <stdlib.h>

/* The builtin module needs 1 MB. */
#define MAX_MEMORY      ((size_t)256 << 20)
#define MAX_CERTIFICATE ((size_t)65536)
#define MAX_LABEL       ((size_t)1024)
#define MAX_DATE        ((size_t)32)

struct root {
    struct signet_certificate *certificate;
    struct signet_span label;   /* as the module has it */
    signet_time distrust_after; /* SIGNET_TIME_UNKNOWN: none */
    bool date_unreadable;
    uint8_t sha1[20];
};
struct roots {
    struct root *items; /* in the arena, sorted by SHA-256 */
    size_t num, cap;
};

/* What a walk has at hand. */
struct walk {
    struct sg_arena arena;
    struct sg_module module;
    struct roots roots;
    struct sg_trust_list trusts;
    signet_token_taker *taker;
    void *context;
    struct signet_token_report *report;
};

/* UTCTime or GeneralizedTime without identifier and length, by its length. */
static bool read_date(struct signet_span text, signet_time *time)
{
    uint8_t der[2 + MAX_DATE];
    if (text.len > MAX_DATE)
        return false;
    der[0] = text.len == 13 ? SG_TAG_UTC_TIME : SG_TAG_GENERALIZED_TIME;
    der[1] = (uint8_t)text.len;
    if (text.len > 0)
        memcpy(der + 2, text.ptr, text.len);
    struct signet_parse_error error = {0};
    struct sg_der cursor = sg_der_begin(sg_span(der, text.len + 2), &error);
    uint32_t tag;
    return sg_der_time(&cursor, time, &tag) && sg_der_end(&cursor);
}

/* CKA_NSS_EMAIL_DISTRUST_AFTER: a date, or the boolean false for none. */
static void read_distrust_after(struct sg_module *module, const struct sg_object *object,
                                struct root *root)
{
    struct signet_span value;
    root->distrust_after = SIGNET_TIME_UNKNOWN;
    enum sg_attribute_state state =
        sg_object_attribute(module, object, CKA_NSS_EMAIL_DISTRUST_AFTER, MAX_DATE, &value);
    bool none = state == SG_ATTRIBUTE_ABSENT ||
                (state == SG_ATTRIBUTE_FOUND && value.len == 1 && value.ptr[0] == CK_FALSE);
    root->date_unreadable =
        !none && (state == SG_ATTRIBUTE_BROKEN || !read_date(value, &root->distrust_after));
}

/* *READ false: an object that is passed over. */
static enum signet_status read_root(struct sg_module *module, const struct sg_object *object,
                                    struct root *root, bool *read)
{
    struct signet_span der;
    *read = false;
    *root = (struct root){.distrust_after = SIGNET_TIME_UNKNOWN};
    if (sg_object_attribute(module, object, CKA_VALUE, MAX_CERTIFICATE, &der) != SG_ATTRIBUTE_FOUND)
        return sg_arena_status(module->arena);
    enum signet_status status = signet_certificate_parse(der, &root->certificate, NULL);
    if (status != SIGNET_OK)
        return status == SIGNET_ERR_MEMORY ? status : SIGNET_OK;
    (void)sg_object_attribute(module, object, CKA_LABEL, MAX_LABEL, &root->label);
    read_distrust_after(module, object, root);
    *read = sg_sha1(signet_certificate_der(root->certificate), root->sha1);
    return *read ? sg_arena_status(module->arena) : SIGNET_ERR_MEMORY;
}

static enum signet_status add_root(struct walk *walk, const struct sg_object *object)
{
    struct roots *roots = &walk->roots;
    if (!sg_arena_grow(&walk->arena, (void **)&roots->items, &roots->cap, roots->num,
                       sizeof(*roots->items)))
        return sg_arena_status(&walk->arena);
    struct root *root = &roots->items[roots->num];
    bool read;
    enum signet_status status = read_root(&walk->module, object, root, &read);
    if (status == SIGNET_OK && read)
        roots->num++;
    else
        signet_certificate_unref(root->certificate);
    if (status == SIGNET_OK && !read)
        walk->report->num_passed_over++;
    return status;
}

/* By fingerprint; of copies, that with the earliest date first, which then is the one told. */
static int compare_roots(const void *left, const void *right)
{
    const struct root *a = left, *b = right;
    int order = sg_span_compare(signet_certificate_sha256(a->certificate),
                                signet_certificate_sha256(b->certificate));
    if (order != 0)
        return order;
    if (a->date_unreadable != b->date_unreadable)
        return a->date_unreadable ? -1 : 1;
    /* No date is later than any. */
    bool a_none = a->distrust_after == SIGNET_TIME_UNKNOWN;
    bool b_none = b->distrust_after == SIGNET_TIME_UNKNOWN;
    if (a_none != b_none)
        return a_none ? 1 : -1;
    if (a->distrust_after != b->distrust_after)
        return a->distrust_after < b->distrust_after ? -1 : 1;
    return sg_span_compare(a->label, b->label);
}

static enum signet_status read_roots(struct walk *walk)
{
    struct sg_object_list objects = {NULL, 0, 0};
    enum signet_status status = sg_module_find(&walk->module, CKO_CERTIFICATE, &objects);
    for (size_t i = 0; status == SIGNET_OK && i < objects.num; i++)
        status = add_root(walk, &objects.items[i]);
    if (walk->roots.num > 1)
        qsort(walk->roots.items, walk->roots.num, sizeof(*walk->roots.items), compare_roots);
    return status;
}

static enum signet_status tell(struct walk *walk, struct signet_token_certificate *one,
                               struct signet_span label)
{
    char text[SIGNET_TOKEN_TEXT_SIZE];
    /* NSS keeps the NUL of a C string with its labels. */
    while (label.len > 0 && label.ptr[label.len - 1] == '\0')
        label.len--;
    sg_token_set_text(text, label);
    one->label = text;
    walk->report->num_told++;
    walk->report->num_trusted += one->trust == SIGNET_TOKEN_TRUSTED;
    walk->report->num_distrusted += one->trust == SIGNET_TOKEN_DISTRUSTED;
    return walk->taker(walk->context, one);
}

static enum signet_status tell_root(struct walk *walk, const struct root *root)
{
    const struct signet_certificate *certificate = root->certificate;
    enum signet_token_trust trust =
        sg_trust_find(&walk->trusts, certificate->issuer.der, certificate->serial, root->sha1);
    /* A date that cannot be read may have passed. */
    if (trust == SIGNET_TOKEN_TRUSTED && root->date_unreadable) {
        walk->report->num_passed_over++;
        return SIGNET_OK;
    }
    struct signet_token_certificate one = {
        .certificate = certificate,
        .trust = trust,
        .terms = {.purposes = trust == SIGNET_TOKEN_TRUSTED ? SIGNET_ANCHOR_MAIL : 0,
                  .honour_constraints = true,
                  .distrust_after = root->distrust_after},
        .issuer = certificate->issuer.der,
        .serial = certificate->serial,
        .sha1 = sg_span(root->sha1, sizeof(root->sha1)),
    };
    return tell(walk, &one, root->label);
}

static bool same_root(const struct root *a, const struct root *b)
{
    return sg_span_equal(signet_certificate_sha256(a->certificate),
                         signet_certificate_sha256(b->certificate));
}

static enum signet_status tell_all(struct walk *walk)
{
    const struct roots *roots = &walk->roots;
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; status == SIGNET_OK && i < roots->num; i++) {
        if (i == 0 || !same_root(&roots->items[i - 1], &roots->items[i]))
            status = tell_root(walk, &roots->items[i]);
    }
    for (size_t i = 0; status == SIGNET_OK && i < walk->trusts.num; i++) {
        const struct sg_trust *trust = &walk->trusts.items[i];
        if (trust->used || trust->email != SIGNET_TOKEN_DISTRUSTED)
            continue;
        struct signet_token_certificate one = {
            .trust = SIGNET_TOKEN_DISTRUSTED,
            .terms = {.honour_constraints = true, .distrust_after = SIGNET_TIME_UNKNOWN},
            .issuer = trust->issuer,
            .serial = trust->serial,
            .sha1 = trust->sha1,
        };
        status = tell(walk, &one, sg_span_text(""));
    }
    return status;
}

static enum signet_status walk_module(struct walk *walk, const char *file)
{
    enum signet_status status = sg_module_open(&walk->module, file, &walk->arena, walk->report);
    if (status == SIGNET_OK)
        status = sg_trust_list_read(&walk->module, &walk->trusts);
    if (status == SIGNET_OK && walk->trusts.num == 0)
        status = sg_token_fail(walk->report, SIGNET_TOKEN_EMPTY,
                               "The PKCS#11 module %s says of no certificate what it is trusted "
                               "for; NSS's %s does, from the package libnss3.",
                               walk->report->module, "libnssckbi.so");
    if (status == SIGNET_OK)
        status = read_roots(walk);
    return status == SIGNET_OK ? tell_all(walk) : status;
}

/* Makes FILE absolute: what is relative, p11-kit would seek in a folder of its own. */
static enum signet_status locate(const char *file, char path[PATH_MAX],
                                 struct signet_token_report *report)
{
    if (file == NULL && !sg_builtin_find(&sg_builtin_places, path))
        return sg_token_fail(report, SIGNET_TOKEN_MISSING,
                             "NSS's module libnssckbi.so, which says what roots are for mail, is "
                             "not on this system: install the package libnss3, or name the "
                             "module's file.");
    if (file == NULL) {
        sg_token_set_text(report->module, sg_span_text(path));
        return SIGNET_OK;
    }
    sg_token_set_text(report->module, sg_span_text(file));
    if (realpath(file, path) != NULL)
        return SIGNET_OK;
    return sg_token_fail(report, SIGNET_TOKEN_MISSING, "There is no PKCS#11 module %s: %s.",
                         report->module, strerror(errno));
}

enum signet_status signet_token_anchors(const char *file, signet_token_taker *taker, void *context,
                                        struct signet_token_report *report)
{
    struct walk walk = {.taker = taker, .context = context, .report = report};
    char path[PATH_MAX];
    *report = (struct signet_token_report){.trouble = SIGNET_TOKEN_FINE};
    sg_arena_init(&walk.arena, MAX_MEMORY);
    enum signet_status status = locate(file, path, report);
    if (status == SIGNET_OK)
        status = walk_module(&walk, path);
    for (size_t i = 0; i < walk.roots.num; i++)
        signet_certificate_unref(walk.roots.items[i].certificate);
    sg_module_close(&walk.module);
    sg_arena_clear(&walk.arena);
    return status;
}
