/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names, extensions and certificates made from short texts, for the tests of src/path: only the
 * fields that a test is about are set.
 */
#ifndef SG_TESTS_UNIT_PATH_MAKE_H
#define SG_TESTS_UNIT_PATH_MAKE_H

#include "path/judgement.h"
#include "test.h"
#include "x509/general_name.h"

/* FIRST, then SECOND. */
static inline struct signet_span join(struct signet_span first, struct signet_span second)
{
    uint8_t *bytes = sg_test_keep(malloc(first.len + second.len + 1));
    if (first.len > 0)
        memcpy(bytes, first.ptr, first.len);
    if (second.len > 0)
        memcpy(bytes + first.len, second.ptr, second.len);
    return sg_span(bytes, first.len + second.len);
}

static inline struct signet_span element(unsigned tag, struct signet_span content)
{
    uint8_t head[5] = {(uint8_t)tag};
    size_t len = 2;
    head[1] = (uint8_t)content.len;
    if (content.len > 0x7f) {
        head[1] = 0x83;
        for (; len < 5; len++)
            head[len] = (uint8_t)(content.len >> (8 * (4 - len)));
        while (head[2] == 0) {
            memmove(head + 2, head + 3, 2);
            head[1]--;
            len--;
        }
    }
    return join(sg_span(head, len), content);
}

static inline struct signet_span oid(const char *dotted)
{
    uint8_t octets[64];
    size_t len = sg_oid_from_dotted(dotted, octets, sizeof(octets));
    if (len == 0)
        fail_msg("no OID: \"%s\"", dotted);
    return sg_test_copy(octets, len);
}

/* The part of TEXT before the first SEPARATOR, NUL-terminated; *TEXT goes on behind it, or is NULL.
 */
static inline char *cut(const char **text, char separator)
{
    const char *end = strchr(*text, separator);
    size_t len = end != NULL ? (size_t)(end - *text) : strlen(*text);
    char *part = sg_test_keep(malloc(len + 1));
    memcpy(part, *text, len);
    part[len] = '\0';
    *text = end != NULL ? end + 1 : NULL;
    return part;
}

/* Name from "O=Example/CN=Alice"; "E" is an emailAddress. "" is the empty name. */
static inline struct signet_span name_der(const char *text)
{
    static const struct {
        const char *name, *type;
        unsigned tag;
    } types[] = {{"C", "2.5.4.6", SG_TAG_PRINTABLE_STRING},
                 {"O", "2.5.4.10", SG_TAG_UTF8_STRING},
                 {"OU", "2.5.4.11", SG_TAG_PRINTABLE_STRING},
                 {"CN", "2.5.4.3", SG_TAG_UTF8_STRING},
                 {"E", "1.2.840.113549.1.9.1", SG_TAG_IA5_STRING},
                 {"E8", "1.2.840.113549.1.9.1", SG_TAG_UTF8_STRING},
                 {"EN", "1.2.840.113549.1.9.1", SG_TAG_NULL}};
    struct signet_span rdns = {NULL, 0};
    while (text != NULL && *text != '\0') {
        const char *value = cut(&text, '/');
        const char *type = cut(&value, '=');
        for (size_t i = 0; i < SG_NUM(types); i++) {
            if (strcmp(types[i].name, type) != 0)
                continue;
            struct signet_span pair = join(element(SG_TAG_OID, oid(types[i].type)),
                                           element(types[i].tag, text_bytes(value)));
            rdns = join(rdns, element(SG_TAG_SET, element(SG_TAG_SEQUENCE, pair)));
        }
    }
    return element(SG_TAG_SEQUENCE, rdns);
}

static inline void set_name(struct sg_name *name, const char *text)
{
    struct signet_parse_error error = {0};
    struct signet_span bytes = name_der(text);
    struct sg_der der = sg_der_begin(bytes, &error);
    struct sg_buffer buffer;
    sg_buffer_init(&buffer, 1 << 20);
    assert_true(sg_name_parse(&der, name, "Name"));
    assert_true(sg_name_add_canonical(name, &buffer));
    sg_name_set_canonical(name, sg_test_copy(buffer.ptr, buffer.len));
    sg_buffer_free(&buffer);
}

static inline struct signet_span other_name(const char *type, struct signet_span value)
{
    return element(SG_TAG_CONTEXT_CONS(SG_GN_OTHER),
                   join(element(SG_TAG_OID, oid(type)), element(SG_TAG_CONTEXT_CONS(0), value)));
}

/* GeneralName from "mail:…", "dns:…", "uri:…", "dir:O=…", "ip:" and hexadecimal octets, "smtp:…"
 * (SmtpUTF8Mailbox), "smtp?" (one that is no UTF8String), "upn:…", "id:" and an OID, "x400", "edi".
 */
static inline struct signet_span general_name(const char *text)
{
    const char *value = text;
    const char *form = cut(&value, ':');
    if (strcmp(form, "mail") == 0)
        return element(SG_TAG_CONTEXT(SG_GN_RFC822), text_bytes(value));
    if (strcmp(form, "dns") == 0)
        return element(SG_TAG_CONTEXT(SG_GN_DNS), text_bytes(value));
    if (strcmp(form, "uri") == 0)
        return element(SG_TAG_CONTEXT(SG_GN_URI), text_bytes(value));
    if (strcmp(form, "ip") == 0)
        return element(SG_TAG_CONTEXT(SG_GN_IP), hex(value));
    if (strcmp(form, "id") == 0)
        return element(SG_TAG_CONTEXT(SG_GN_REGISTERED_ID), oid(value));
    if (strcmp(form, "dir") == 0)
        return element(SG_TAG_CONTEXT_CONS(SG_GN_DIRECTORY), name_der(value));
    if (strcmp(form, "smtp") == 0)
        return other_name("1.3.6.1.5.5.7.8.9", element(SG_TAG_UTF8_STRING, text_bytes(value)));
    if (strcmp(form, "smtp?") == 0)
        return other_name("1.3.6.1.5.5.7.8.9", element(SG_TAG_IA5_STRING, text_bytes("a@b.c")));
    if (strcmp(form, "upn") == 0)
        return other_name("1.3.6.1.4.1.311.20.2.3", element(SG_TAG_UTF8_STRING, text_bytes(value)));
    if (strcmp(form, "x400") == 0)
        return hex("a3 02 30 00");
    if (strcmp(form, "edi") == 0)
        return hex("a5 05 a1 03 0c 01 78");
    fail_msg("no form of name: \"%s\"", text);
    return (struct signet_span){NULL, 0};
}

/* Content octets of GeneralNames, from names with "|" between them. "" gives none. */
static inline struct signet_span general_names(const char *text)
{
    struct signet_span names = {NULL, 0};
    while (text != NULL && *text != '\0')
        names = join(names, general_name(cut(&text, '|')));
    return names;
}

/* A chain of things that one judgement needs. */
struct bench {
    struct sg_arena arena;
    struct signet_policy policy;
    struct sg_judgement judgement;
    struct sg_findings findings;
};

static inline void bench_begin(struct bench *bench)
{
    sg_arena_init(&bench->arena, (size_t)1 << 28);
    signet_policy_init(&bench->policy);
    bench->policy.time = 1780315200; /* 2026-06-01T12:00:00Z */
    sg_judgement_init(&bench->judgement, NULL, &bench->arena, &bench->policy, NULL);
    sg_findings_init(&bench->findings, &bench->arena);
}

static inline void bench_end(struct bench *bench)
{
    sg_judgement_clear(&bench->judgement);
    sg_arena_clear(&bench->arena);
}

/* The kinds of all findings are KINDS, in this order; -1 ends the list. */
static inline void bench_expect(const struct bench *bench, const char *row, const int *kinds)
{
    size_t num = 0;
    while (kinds[num] >= 0)
        num++;
    for (size_t i = 0; i < bench->findings.num; i++) {
        const struct sg_finding_item *item = &bench->findings.items[i];
        if (i >= num || (int)item->kind != kinds[i])
            fail_msg("%s: finding %zu is \"%s\"", row, i, item->finding.text);
    }
    if (bench->findings.num < num)
        fail_msg("%s: only %zu findings", row, bench->findings.num);
}

#endif
