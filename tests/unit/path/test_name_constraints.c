/* SPDX-License-Identifier: Apache-2.0 */
#include "fault.h"
#include "make.h"
#include "path/name_constraints.h"

enum {
    PERMITTED = SG_KIND_NAME_NOT_PERMITTED, /* not within what is permitted */
    EXCLUDED = SG_KIND_NAME_EXCLUDED,
    UNPROCESSED = SG_KIND_NAME_UNPROCESSED,
    UNREADABLE = SG_KIND_NAME_UNREADABLE,
    LIMIT = SG_KIND_NAMES_LIMIT,
    FINE = -1
};

/* GeneralSubtrees, content octets: bases with "|" between them, "+" in front of one for a maximum
 * of 0. NULL: none. */
static struct sg_subtrees subtrees(const char *text)
{
    struct signet_span list = {NULL, 0};
    while (text != NULL) {
        const char *base = cut(&text, '|');
        bool bounded = *base == '+';
        struct signet_span subtree = general_name(bounded ? base + 1 : base);
        if (bounded)
            subtree = join(subtree, hex("81 01 00"));
        list = join(list, element(SG_TAG_SEQUENCE, subtree));
    }
    return (struct sg_subtrees){list};
}

/* One generation of constraints and the names of one certificate. */
struct row {
    const char *permitted, *excluded;
    const char *subject, *names;
    int kind;
};

static struct signet_certificate make_certificate(const char *subject, const char *names)
{
    struct signet_certificate certificate = {.version = 3};
    set_name(&certificate.subject, subject != NULL ? subject : "");
    if (names != NULL)
        certificate.subject_alt_name = general_names(names);
    return certificate;
}

static void check_rows(const struct row *rows, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        const struct row *row = &rows[i];
        struct bench bench;
        char what[400];
        bench_begin(&bench);
        struct sg_name_constraints *constraints = sg_name_constraints_new(&bench.judgement);
        struct signet_certificate certificate = make_certificate(row->subject, row->names);
        sg_name_constraints_add(constraints, subtrees(row->permitted), subtrees(row->excluded));
        sg_name_constraints_check(constraints, &certificate, 3, &bench.findings);
        snprintf(what, sizeof(what), "permitted %s, excluded %s, names %s %s", row->permitted,
                 row->excluded, row->subject, row->names);
        bench_expect(&bench, what, (int[]){row->kind, -1});
        for (size_t n = 0; n < bench.findings.num; n++)
            assert_int_equal(bench.findings.items[n].finding.certificate, 3);
        assert_false(bench.judgement.failed || bench.findings.failed);
        bench_end(&bench);
    }
}

#define P(permitted, names, kind)                                                                  \
    {                                                                                              \
        permitted, NULL, NULL, names, kind                                                         \
    }
#define X(excluded, names, kind)                                                                   \
    {                                                                                              \
        NULL, excluded, NULL, names, kind                                                          \
    }
#define SUBJECT(permitted, subject, kind)                                                          \
    {                                                                                              \
        permitted, NULL, subject, NULL, kind                                                       \
    }
#define NOT_SUBJECT(excluded, subject, kind)                                                       \
    {                                                                                              \
        NULL, excluded, subject, NULL, kind                                                        \
    }

static void holds_addresses_against_hosts_and_domains(void **state)
{
    static const struct row rows[] = {
        P("mail:example.com", "mail:a@example.com", FINE),
        P("mail:example.com", "mail:a@EXAMPLE.com", FINE),
        P("mail:EXAMPLE.com", "mail:a@example.COM", FINE),
        P("mail:example.com", "mail:a@m.example.com", PERMITTED),
        P("mail:example.com", "mail:a@xexample.com", PERMITTED),
        P("mail:example.com", "mail:a@example.com.org", PERMITTED),
        P("mail:example.com", "mail:a@com", PERMITTED),
        P("mail:.example.com", "mail:a@m.example.com", FINE),
        P("mail:.example.com", "mail:a@n.m.example.com", FINE),
        P("mail:.example.com", "mail:a@example.com", PERMITTED),
        P("mail:.example.com", "mail:a@mexample.com", PERMITTED),
        P("mail:.com", "mail:a@example.com", FINE),
        P("mail:a.com|mail:b.com", "mail:x@b.com|mail:x@a.com", FINE),
        P("mail:a.com|mail:b.com", "mail:x@b.com|mail:x@c.com", PERMITTED),
        P("mail:example.com", "mail:\"x@example.com\"@evil.com", PERMITTED),
        P("mail:", "mail:a@example.com", FINE),
        X("mail:", "mail:a@example.com", EXCLUDED),
        X("mail:example.com", "mail:a@example.com", EXCLUDED),
        X("mail:example.com", "mail:a@m.example.com", FINE),
        X("mail:.example.com", "mail:a@m.example.com", EXCLUDED),
        X("mail:.example.com", "mail:a@example.com", FINE),
        X("mail:example.com", "mail:a@[192.0.2.1]", FINE),
        P("mail:example.com", "mail:a@[192.0.2.1]", PERMITTED),
        {"mail:.example.com", "mail:m.example.com", NULL, "mail:a@m.example.com", EXCLUDED},
        {"mail:.example.com", "mail:m.example.com", NULL, "mail:a@n.example.com", FINE},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void holds_addresses_against_single_mailboxes(void **state)
{
    static const struct row rows[] = {
        P("mail:Alice@example.com", "mail:Alice@EXAMPLE.com", FINE),
        P("mail:Alice@example.com", "mail:alice@example.com", PERMITTED),
        P("mail:alice@example.com", "mail:bob@example.com", PERMITTED),
        P("mail:alice@example.com", "mail:alice@m.example.com", PERMITTED),
        P("mail:alice@example.com", "mail:\"alice\"@example.com", FINE),
        P("mail:*@example.com", "mail:*@example.com", FINE),
        P("mail:*@example.com", "mail:user@example.com", PERMITTED),
        X("mail:Alice@example.com", "mail:aLICE@example.COM", EXCLUDED),
        X("mail:alice@example.com", "mail:bob@example.com", FINE),
        X("mail:alice@example.com", "mail:alice@example.org", FINE),
        X("mail:a@[192.0.2.1]", "mail:A@[192.0.2.1]", EXCLUDED),
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void holds_internationalised_addresses_against_the_same(void **state)
{
    static const struct row rows[] = {
        P("mail:example.com", "smtp:\xc3\xa4@example.com", FINE),
        P("mail:example.com", "smtp:\xc3\xa4@example.org", PERMITTED),
        P("mail:.example.com", "smtp:\xc3\xa4@m.example.com", FINE),
        X("mail:example.com", "smtp:\xc3\xa4@example.com", EXCLUDED),
        P("mail:xn--bcher-kva.example",
          "smtp:\xc3\xa4@b\xc3\xbc"
          "cher.example",
          FINE),
        X("mail:XN--bcher-kva.example",
          "smtp:\xc3\xa4@b\xc3\xbc"
          "cher.example",
          EXCLUDED),
        P("mail:alice@example.com", "smtp:\xc3\xa4lice@example.com", PERMITTED),
        P("mail:alice@example.com", "smtp:alice@example.com", PERMITTED),
        X("mail:alice@example.com", "smtp:\xc3\xa4lice@example.com", FINE),
        X("mail:alice@example.com", "smtp:Alice@example.com", EXCLUDED),
        X("mail:example.com", "smtp?", UNREADABLE),
        P("mail:example.com", "smtp:\xc3@example.com", UNREADABLE),
        P("mail:example.com", "smtp:no address", UNREADABLE),
        P("dns:example.com", "smtp:\xc3\xa4@example.org", FINE),
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void holds_addresses_of_the_subject_always(void **state)
{
    static const struct row rows[] = {
        SUBJECT("mail:example.com", "CN=Alice/E=a@example.com", FINE),
        SUBJECT("mail:example.com", "CN=Alice/E=a@example.org", PERMITTED),
        SUBJECT("mail:example.com", "CN=Alice/E8=a@example.org", PERMITTED),
        SUBJECT("mail:example.com", "E=a@example.com/E=b@example.org", PERMITTED),
        SUBJECT("mail:example.com", "E=nobody", UNREADABLE),
        SUBJECT("mail:example.com", "EN=a@example.com", UNREADABLE),
        SUBJECT("dns:example.com", "E=nobody", FINE),
        NOT_SUBJECT("mail:example.org", "CN=Alice/E=a@EXAMPLE.org", EXCLUDED),
        {"mail:example.com", NULL, "E=a@example.org", "mail:a@example.com", PERMITTED},
        {"mail:example.com", NULL, "E=a@example.org", "dns:example.com", PERMITTED},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void holds_dns_names_by_labels(void **state)
{
    static const struct row rows[] = {
        P("dns:x.com", "dns:x.com", FINE),
        P("dns:x.com", "dns:A.X.COM", FINE),
        P("dns:x.com", "dns:b.a.x.com", FINE),
        P("dns:x.com", "dns:ax.com", PERMITTED),
        P("dns:x.com", "dns:com", PERMITTED),
        P("dns:com", "dns:x.com", FINE),
        X("dns:x.com", "dns:a.x.com", EXCLUDED),
        X("dns:x.com", "dns:ax.com", FINE),
        P("dns:", "dns:x.com", FINE),
        X("dns:", "dns:x.com", EXCLUDED),
        X("dns:", "mail:a@x.com", FINE),
        P("dns:.x.com", "dns:a.x.com", FINE),
        P("dns:.x.com", "dns:x.com", PERMITTED),
        X("dns:.x.com", "dns:x.com", EXCLUDED),
        P("dns:x.com", "dns:*.x.com", FINE),
        P("dns:x.com", "dns:*.com", PERMITTED),
        X("dns:a.x.com", "dns:*.x.com", EXCLUDED),
        X("dns:x.com", "dns:*.x.com", EXCLUDED),
        X("dns:b.a.x.com", "dns:*.x.com", FINE),
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void holds_hosts_of_uris(void **state)
{
    static const struct row rows[] = {
        P("uri:h.example", "uri:http://h.example/p", FINE),
        P("uri:h.example", "uri:ftp://u:p@H.EXAMPLE:21/", FINE),
        P("uri:h.example", "uri:http://h.example./", FINE),
        P("uri:h.example", "uri:http://a.h.example/", PERMITTED),
        P("uri:h.example", "uri:http://h.example@evil.example/", PERMITTED),
        P("uri:.h.example", "uri:http://a.h.example/", FINE),
        P("uri:.h.example", "uri:http://b.a.h.example/", FINE),
        P("uri:.h.example", "uri:http://h.example/", PERMITTED),
        X("uri:.h.example", "uri:http://a.h.example/", EXCLUDED),
        X("uri:h.example", "uri:http://a.h.example/", FINE),
        X("uri:", "uri:http://a.example/", EXCLUDED),
        P("uri:h.example", "uri:mailto:a@h.example", UNREADABLE),
        X("uri:h.example", "uri:urn:isbn:1", UNREADABLE),
        P("uri:h.example", "uri:http://10.0.0.1/", UNREADABLE),
        X("uri:h.example", "uri:http://[::1]/", UNREADABLE),
        X("uri:h.example", "uri:http://h/", UNREADABLE),
        X("uri:h.example", "uri:http://h%2eexample/", UNREADABLE),
        P("dns:h.example", "uri:urn:isbn:1", FINE),
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void holds_addresses_under_masks(void **state)
{
    static const struct row rows[] = {
        P("ip:0a000000ff000000", "ip:0a010203", FINE),
        P("ip:0a000000ff000000", "ip:0b000001", PERMITTED),
        P("ip:0a010203ff000000", "ip:0aff0000", FINE),
        P("ip:0a200000ffe00000", "ip:0a3fffff", FINE),
        P("ip:0a200000ffe00000", "ip:0a400000", PERMITTED),
        P("ip:c0000207ffffffff", "ip:c0000207", FINE),
        P("ip:c0000207ffffffff", "ip:c0000206", PERMITTED),
        P("ip:0000000000000000", "ip:cb007101", FINE),
        P("ip:0000000000000000", "ip:00000000000000000000000000000001", PERMITTED),
        X("ip:0000000000000000", "ip:00000000000000000000000000000001", FINE),
        X("ip:0000000000000000", "ip:cb007101", EXCLUDED),
        P("ip:0a010000ffff0000|ip:0a000000ff000000|ip:0a010200ffffff00", "ip:0a010203", FINE),
        P("ip:0a010000ffff0000|ip:0a000000ff000000|ip:0a010200ffffff00", "ip:0affffff", FINE),
        P("ip:0a010000ffff0000|ip:0a000000ff000000|ip:0a010200ffffff00", "ip:0b000000", PERMITTED),
        P("ip:0a020000ffff0000|ip:0a000000ffff0000", "ip:0a010000", PERMITTED),
        P("ip:0a020000ffff0000|ip:0a000000ffff0000", "ip:0a00ffff|ip:0a020000", FINE),
        P("ip:0a000000ff000000|ip:00000000000000000000000000000000"
          "ffffffffffffffffffffffffffffffff",
          "ip:0a000001|ip:00000000000000000000000000000000", FINE),
        P("ip:00000000000000000000000000000000ffffffffffffffffffffffffffffffff", "ip:00000000",
          PERMITTED),
        P("ip:20010db8000000000000000000000000ffffffff000000000000000000000000",
          "ip:20010db8000100000000000000000005", FINE),
        P("ip:20010db8000000000000000000000000ffffffff000000000000000000000000",
          "ip:20010db9000000000000000000000005", PERMITTED),
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void holds_directory_names_by_their_first_rdns(void **state)
{
    static const struct row rows[] = {
        SUBJECT("dir:C=XX/O=Example", "C=XX/O=Example/CN=Alice", FINE),
        SUBJECT("dir:C=XX/O=Example", "C=XX/O=Example", FINE),
        SUBJECT("dir:C=XX/O=Example", "C=xx/O= EXAMPLE /CN=Alice", FINE),
        SUBJECT("dir:C=XX/O=Example", "C=XX/O=Example 2/CN=Alice", PERMITTED),
        SUBJECT("dir:C=XX/O=Example", "C=XX", PERMITTED),
        SUBJECT("dir:C=XX/O=Example", "CN=Alice/C=XX/O=Example", PERMITTED),
        SUBJECT("dir:O=A|dir:O=B", "O=B/CN=x", FINE),
        SUBJECT("dir:", "O=A", FINE),
        SUBJECT("dir:O=A", "", FINE),
        NOT_SUBJECT("dir:O=A", "O=a/CN=x", EXCLUDED),
        NOT_SUBJECT("dir:O=A/CN=y", "O=A/CN=x", FINE),
        NOT_SUBJECT("dir:", "O=A", EXCLUDED),
        {"dir:O=A", NULL, "O=A", "dir:O=A/CN=x", FINE},
        {"dir:O=A", NULL, "O=A", "dir:O=B", PERMITTED},
        {"dir:O=A", NULL, "O=A", "dir:", PERMITTED},
        {NULL, "dir:O=B", "O=A", "dir:O=B/CN=x", EXCLUDED},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void refuses_names_under_what_it_cannot_process(void **state)
{
    static const struct row rows[] = {
        P("upn:a@b.c", "upn:a@b.c", UNPROCESSED),
        X("upn:a@b.c", "upn:x@y.z", UNPROCESSED),
        X("upn:a@b.c", "mail:a@b.c", FINE),
        P("id:1.2.3", "id:1.2.3", UNPROCESSED),
        X("id:1.2.3", "id:1.2.4", UNPROCESSED),
        X("id:1.2.3", "mail:a@b.c", FINE),
        X("x400", "x400", UNPROCESSED),
        P("x400", "mail:a@b.c", FINE),
        X("edi", "edi", UNPROCESSED),
        P("edi", "mail:a@b.c", FINE),
        P("+mail:example.com", "mail:a@example.com", UNPROCESSED),
        P("mail:example.com|+mail:example.org", "mail:a@example.com", UNPROCESSED),
        X("+mail:example.com", "mail:a@example.org", UNPROCESSED),
        X("+mail:example.com", "dns:example.com", FINE),
        P("mail:not a host", "mail:a@example.com", UNPROCESSED),
        P("mail:a@", "mail:a@example.com", UNPROCESSED),
        P("dns:a..b", "dns:example.com", UNPROCESSED),
        P("uri:http://h.example", "uri:http://h.example", UNPROCESSED),
        P("dns:*.example.com", "dns:a.example.com", UNPROCESSED),
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void refuses_malformed_names_under_constraints_of_their_form(void **state)
{
    static const struct row rows[] = {
        P("mail:example.com", "mail:a@b@example.com", UNREADABLE),
        P("mail:example.com", "mail:Alice <a@example.com>", UNREADABLE),
        P("mail:example.com", "mail:example.com", UNREADABLE),
        X("mail:example.com", "mail:a@example.com.", UNREADABLE),
        P("dns:example.com", "dns:.example.com", UNREADABLE),
        P("dns:example.com", "dns:a..example.com", UNREADABLE),
        P("dns:example.com", "dns:a b.example.com", UNREADABLE),
        X("dns:example.com", "dns:*", UNREADABLE),
        X("dns:example.com", "dns:a.*.example.org", UNREADABLE),
        P("mail:example.com", "dns:.example.com", FINE),
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void leaves_other_forms_alone(void **state)
{
    static const struct row rows[] = {
        P("dns:x.example", "mail:a@example.com", FINE),
        X("dns:example.com|uri:example.com", "mail:a@example.com", FINE),
        {"mail:example.com", NULL, "O=A", "dns:x|uri:http://x.y|ip:0a000001|id:1.2|x400|edi|upn:x",
         FINE},
        {NULL, NULL, "O=A", "mail:a@b.c", FINE},
        {"mail:example.com", "mail:example.com", NULL, "mail:a@example.com", EXCLUDED},
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

static void intersects_permitted_and_unites_excluded(void **state)
{
    static const struct {
        const char *permitted[2], *excluded[2];
        const char *names;
        int kind;
    } rows[] = {
        {{"mail:.example.com", "mail:a.example.com"}, {NULL, NULL}, "mail:x@a.example.com", FINE},
        {{"mail:.example.com", "mail:a.example.com"},
         {NULL, NULL},
         "mail:x@b.example.com",
         PERMITTED},
        {{"mail:a.example.com", "mail:.example.com"},
         {NULL, NULL},
         "mail:x@b.example.com",
         PERMITTED},
        {{"mail:example.com", "mail:example.net"}, {NULL, NULL}, "mail:x@example.com", PERMITTED},
        {{"mail:example.com", "mail:example.net"}, {NULL, NULL}, "mail:x@example.net", PERMITTED},
        {{NULL, NULL}, {"mail:example.com", "mail:example.org"}, "mail:x@example.com", EXCLUDED},
        {{NULL, NULL}, {"mail:example.com", "mail:example.org"}, "mail:x@example.org", EXCLUDED},
        {{NULL, NULL}, {"mail:example.com", "mail:example.org"}, "mail:x@example.net", FINE},
        {{"mail:example.com", "dns:x.example"}, {NULL, NULL}, "mail:x@example.org", PERMITTED},
        {{"mail:example.com", "dns:x.example"},
         {NULL, NULL},
         "mail:x@example.com|dns:x.example",
         FINE},
        {{NULL, "mail:example.com"}, {"mail:example.com", NULL}, "mail:x@example.com", EXCLUDED},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct bench bench;
        bench_begin(&bench);
        struct sg_name_constraints *constraints = sg_name_constraints_new(&bench.judgement);
        struct signet_certificate certificate = make_certificate(NULL, rows[i].names);
        for (size_t n = 0; n < 2; n++)
            sg_name_constraints_add(constraints, subtrees(rows[i].permitted[n]),
                                    subtrees(rows[i].excluded[n]));
        sg_name_constraints_check(constraints, &certificate, 0, &bench.findings);
        bench_expect(&bench, rows[i].names, (int[]){rows[i].kind, -1});
        bench_end(&bench);
    }
}

static void tells_each_name_and_its_constraint(void **state)
{
    struct bench bench;
    (void)state;
    bench_begin(&bench);
    struct sg_name_constraints *constraints = sg_name_constraints_new(&bench.judgement);
    struct signet_certificate certificate = make_certificate(
        "O=B", "mail:a@example.net|mail:b@example.org|mail:c@example.com|mail:\x1b[2J");
    sg_name_constraints_add(constraints, subtrees("mail:example.com|dir:O=A"),
                            subtrees("mail:example.org"));
    sg_name_constraints_check(constraints, &certificate, 1, &bench.findings);
    bench_expect(&bench, "", (int[]){PERMITTED, PERMITTED, EXCLUDED, UNREADABLE, -1});
    assert_string_equal(
        bench.findings.items[0].finding.text,
        "subject:O=B lies outside of the subtrees permitted to a CA above, the first "
        "of which is directoryName:O=A");
    assert_string_equal(bench.findings.items[2].finding.text,
                        "rfc822Name:b@example.org lies in the subtree rfc822Name:example.org, from "
                        "which a CA above is excluded");
    assert_null(strchr(bench.findings.items[3].finding.text, '\x1b'));
    bench_end(&bench);
}

/* What one subtree says of a domain another may say of the host itself. */
static void tells_hosts_from_domains_of_the_same_name(void **state)
{
    static const struct row rows[] = {
        P("dns:.a.b", "dns:a.b", PERMITTED),
        P("dns:.a.b|dns:a.b", "dns:a.b", FINE),
        P("dns:.a.b|dns:a.b", "dns:c.a.b|dns:A.B", FINE),
        P("mail:.a.b", "mail:x@a.b", PERMITTED),
        P("mail:.a.b|mail:a.b", "mail:x@a.b|mail:x@c.a.b", FINE),
        P("mail:a.b|mail:.c.a.b", "mail:x@c.a.b", PERMITTED),
        P("mail:a.b|uri:c.d", "mail:x@c.d", PERMITTED),
        X("dns:x.a.b", "dns:*.a.b", EXCLUDED),
        X("dns:a.b|dns:x.c.d", "dns:*.b|dns:y.c.d", EXCLUDED),
        X("dns:x.c.d", "dns:y.c.d|dns:c.d", FINE),
    };
    (void)state;
    check_rows(rows, SG_NUM(rows));
}

/* "l.l.….example" with so many labels. */
static struct signet_span deep_host(const char *form, size_t labels, const char *first)
{
    char text[400];
    size_t len = (size_t)snprintf(text, sizeof(text), "%s%s", form, first);
    for (size_t i = 1; i < labels; i++)
        len += (size_t)snprintf(text + len, sizeof(text) - len, ".l");
    return general_name(text);
}

static void holds_names_at_any_depth(void **state)
{
    (void)state;
    for (size_t depth = 1; depth <= 126; depth++) {
        struct bench bench;
        struct signet_certificate inside = make_certificate(NULL, NULL), outside = inside;
        struct signet_span base = element(SG_TAG_SEQUENCE, deep_host("dns:", depth, "l"));
        bench_begin(&bench);
        inside.subject_alt_name = join(deep_host("dns:", depth, "L"), deep_host("dns:", 127, "x"));
        outside.subject_alt_name = deep_host("dns:", depth, "m");
        struct sg_name_constraints *constraints = sg_name_constraints_new(&bench.judgement);
        sg_name_constraints_add(constraints, (struct sg_subtrees){base}, subtrees(NULL));
        assert_true(sg_name_constraints_allow(constraints, &inside));
        assert_false(sg_name_constraints_allow(constraints, &outside));
        bench_end(&bench);
    }
}

/* A directory name of NUM RDNs, the last with VALUE. */
static struct signet_span deep_directory(size_t num, const char *value)
{
    struct sg_buffer text;
    sg_buffer_init(&text, 4096);
    sg_buffer_add_text(&text, "dir:");
    for (size_t i = 1; i < num; i++)
        sg_buffer_add_text(&text, "O=A/");
    sg_buffer_printf(&text, "O=%s", value);
    sg_buffer_add_byte(&text, '\0');
    struct signet_span name = general_name((const char *)text.ptr);
    sg_buffer_free(&text);
    return name;
}

static void holds_directory_names_at_any_depth(void **state)
{
    static const size_t depths[] = {1, 63, 64, 65, 126, 127, 128, 200};
    (void)state;
    for (size_t i = 0; i < SG_NUM(depths); i++) {
        struct bench bench;
        struct signet_certificate inside = make_certificate(NULL, NULL), outside = inside;
        struct signet_span base = element(SG_TAG_SEQUENCE, deep_directory(depths[i], "A"));
        bench_begin(&bench);
        inside.subject_alt_name = join(deep_directory(depths[i], "a"), deep_directory(210, "B"));
        outside.subject_alt_name = deep_directory(depths[i], "B");
        struct sg_name_constraints *constraints = sg_name_constraints_new(&bench.judgement);
        sg_name_constraints_add(constraints, (struct sg_subtrees){base}, subtrees(NULL));
        assert_true(sg_name_constraints_allow(constraints, &inside));
        assert_false(sg_name_constraints_allow(constraints, &outside));
        bench_end(&bench);
    }
}

enum { MANY = 10000 };

/* The name that PATTERN is with NUMBER for each "#" in it, and for "%" as two octets in hex. */
static struct signet_span numbered_name(const char *pattern, int number)
{
    struct sg_buffer text;
    sg_buffer_init(&text, 256);
    for (; *pattern != '\0'; pattern++) {
        if (*pattern == '#')
            sg_buffer_printf(&text, "%d", number);
        else if (*pattern == '%')
            sg_buffer_printf(&text, "%04x", (unsigned)number);
        else
            sg_buffer_add_byte(&text, (uint8_t)*pattern);
    }
    sg_buffer_add_byte(&text, '\0');
    struct signet_span name = general_name((const char *)text.ptr);
    sg_buffer_free(&text);
    return name;
}

static struct signet_span many_names(const char *pattern, bool as_subtrees)
{
    uint8_t *bytes = sg_test_keep(malloc((size_t)MANY * 100));
    size_t len = 0;
    for (int i = 0; i < MANY; i++) {
        struct signet_span name = numbered_name(pattern, i);
        if (as_subtrees)
            name = element(SG_TAG_SEQUENCE, name);
        memcpy(bytes + len, name.ptr, name.len);
        len += name.len;
    }
    return sg_span(bytes, len);
}

static void stays_linear_with_many_names_and_constraints(void **state)
{
    static const struct {
        const char *permitted, *excluded, *names;
    } rows[] = {
        {"mail:.p#.example", "mail:x#.example", "mail:a@h.p#.example"},
        {"dns:p#.example", "dns:x.p#.example", "dns:h.p#.example"},
        {"dir:O=P#", "dir:O=P#/CN=x", "dir:O=P#/CN=y"},
        {"uri:.p#.example", "uri:x#.example", "uri:http://h.p#.example/"},
        {"ip:0a%00ffffff00", "ip:0b%00ffffff00", "ip:0a%07"},
        {"dns:a.b.c.d.e.f.p#.example", "dns:x.p#.example", "dns:a.b.c.d.e.f.p#.example"},
        {"mail:p#.example", "mail:a@x#.example", "smtp:\xc3\xa4@p#.example"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_certificate certificate = make_certificate("O=P1/CN=y", NULL);
        struct sg_subtrees permitted = {many_names(rows[i].permitted, true)};
        struct sg_subtrees excluded = {many_names(rows[i].excluded, true)};
        struct bench bench;
        bench_begin(&bench);
        certificate.subject_alt_name = many_names(rows[i].names, false);
        for (int again = 0; again < 5; again++) { /* the sets are made once */
            struct sg_name_constraints *constraints = sg_name_constraints_new(&bench.judgement);
            sg_name_constraints_add(constraints, permitted, excluded);
            sg_name_constraints_check(constraints, &certificate, 0, &bench.findings);
        }
        bench_expect(&bench, rows[i].names, (int[]){-1});
        assert_true(bench.judgement.budget.comparisons < (size_t)MANY * 20);
        bench_end(&bench);
    }
}

/* The search asks before it takes a path, and the validation of the path asks again. */
static void looks_many_names_up_once(void **state)
{
    struct signet_certificate good = make_certificate("O=A", NULL);
    struct signet_certificate bad = make_certificate("O=A", NULL), few = bad;
    struct bench bench;
    (void)state;
    bench_begin(&bench);
    good.subject_alt_name = many_names("mail:a#@example.com", false);
    bad.subject_alt_name = join(good.subject_alt_name, general_names("mail:a@example.net"));
    few.subject_alt_name = general_names("mail:b@example.com");
    struct sg_name_constraints *constraints = sg_name_constraints_new(&bench.judgement);
    sg_name_constraints_add(constraints, subtrees("mail:example.com"), subtrees("mail:b@c.d"));

    assert_true(sg_name_constraints_allow(constraints, &good));
    assert_true(sg_name_constraints_allow(constraints, &few));
    size_t used = bench.judgement.budget.comparisons;
    sg_name_constraints_check(constraints, &good, 0, &bench.findings);
    assert_int_equal(bench.judgement.budget.comparisons, used);
    bench_expect(&bench, "allowed", (int[]){-1});

    assert_false(sg_name_constraints_allow(constraints, &bad));
    sg_name_constraints_check(constraints, &bad, 0, &bench.findings);
    bench_expect(&bench, "not allowed", (int[]){PERMITTED, -1});
    sg_name_constraints_add(constraints, subtrees("mail:a1@example.com"), subtrees(NULL));
    assert_false(sg_name_constraints_allow(constraints, &good));
    bench_end(&bench);
}

static void stops_when_the_budget_is_out(void **state)
{
    (void)state;
    for (size_t max = 0; max <= 12; max++) {
        struct bench bench;
        bench_begin(&bench);
        bench.policy.limits.max_comparisons = max;
        struct sg_name_constraints *constraints = sg_name_constraints_new(&bench.judgement);
        struct signet_certificate certificate =
            make_certificate(NULL, "mail:a@example.com|mail:b@example.com|mail:c@example.com");
        sg_name_constraints_add(constraints, subtrees("mail:example.com|mail:example.org"),
                                subtrees("mail:example.net"));
        sg_name_constraints_check(constraints, &certificate, 0, &bench.findings);
        /* Three subtrees and their keys, then two look-ups for each name. */
        bench_expect(&bench, "budget", (int[]){max == 12 ? FINE : LIMIT, -1});
        bench_end(&bench);
    }
}

static void takes_the_names_limit_for_every_certificate(void **state)
{
    struct bench bench;
    (void)state;
    bench_begin(&bench);
    bench.policy.limits.max_comparisons = 0;
    struct sg_name_constraints *constraints = sg_name_constraints_new(&bench.judgement);
    struct signet_certificate certificate = make_certificate("O=A", NULL);
    sg_name_constraints_add(constraints, subtrees("mail:example.com"), subtrees(NULL));
    sg_name_constraints_check(constraints, &certificate, 1, &bench.findings);
    sg_name_constraints_check(constraints, &certificate, 0, &bench.findings);
    bench_expect(&bench, "limit", (int[]){LIMIT, LIMIT, -1});
    bench_end(&bench);
}

static void ends_the_judgement_when_memory_is_out(void **state)
{
    struct sg_subtrees permitted =
        subtrees("mail:a@b.c|mail:.d.e|dir:O=A|ip:0a000000ff000000|dns:x");
    struct sg_subtrees excluded = subtrees("uri:x.y|upn:z");
    struct signet_certificate certificate = make_certificate(
        "O=A/E=a@b.c", "mail:\"\\a\"@b.c|dns:x|ip:0a000000|uri:http://z.z|dir:O=A");
    bool ended_well = false;
    (void)state;
    for (size_t max = 0; !ended_well; max += 16) {
        struct bench bench;
        bench_begin(&bench);
        bench.arena.max = max;
        struct sg_name_constraints *constraints = sg_name_constraints_new(&bench.judgement);
        if (constraints != NULL) {
            sg_name_constraints_add(constraints, permitted, excluded);
            if (!bench.judgement.failed)
                sg_name_constraints_check(constraints, &certificate, 0, &bench.findings);
        }
        ended_well = !bench.judgement.failed && !bench.arena.failed;
        assert_int_equal(bench.findings.num, 0);
        bench_end(&bench);
    }
}

/* With a name of each kind outside, so that every text is made. */
static void loses_no_finding_in_silence(void **state)
{
    struct sg_subtrees permitted = subtrees("mail:b.c|dir:O=A");
    struct sg_subtrees excluded = subtrees("uri:x.y|upn:z");
    struct signet_certificate certificate = make_certificate(
        "O=B/E=a@b.d", "mail:x@y|uri:http://x.y|upn:a|dir:O=C|smtp:\xc3\xa4@b.d|mail:no");
    bool ended_well = false;
    (void)state;
    for (size_t n = 0; !ended_well; n++) {
        struct bench bench;
        bench_begin(&bench);
        fault_begin(n);
        struct sg_name_constraints *constraints = sg_name_constraints_new(&bench.judgement);
        if (constraints != NULL) {
            sg_name_constraints_add(constraints, permitted, excluded);
            sg_name_constraints_check(constraints, &certificate, 0, &bench.findings);
        }
        fault_end();
        ended_well = !bench.judgement.failed && !bench.findings.failed;
        if (ended_well)
            bench_expect(&bench, "faults",
                         (int[]){PERMITTED, PERMITTED, PERMITTED, EXCLUDED, UNPROCESSED, PERMITTED,
                                 UNPROCESSED, PERMITTED, UNREADABLE, -1});
        bench_end(&bench);
    }
}

SG_TEST_MAIN(SG_TEST("B-NC-2 B-GN-2 E-15", holds_addresses_against_hosts_and_domains),
             SG_TEST("B-NC-2 E-25 E-26", holds_addresses_against_single_mailboxes),
             SG_TEST("D-ADR-3 E-25", holds_internationalised_addresses_against_the_same),
             SG_TEST("B-NC-9 E-14", holds_addresses_of_the_subject_always),
             SG_TEST("B-NC-3 B-GN-1", holds_dns_names_by_labels),
             SG_TEST("B-NC-4", holds_hosts_of_uris), SG_TEST("B-NC-5", holds_addresses_under_masks),
             SG_TEST("B-NC-2 B-NC-3", tells_hosts_from_domains_of_the_same_name),
             SG_TEST("B-NC-3", holds_names_at_any_depth),
             SG_TEST("B-NC-1", holds_directory_names_at_any_depth),
             SG_TEST("B-NC-1 B-NC-11", holds_directory_names_by_their_first_rdns),
             SG_TEST("B-NC-7 B-NC-8 B-EXT-2", refuses_names_under_what_it_cannot_process),
             SG_TEST("B-NC-2", refuses_malformed_names_under_constraints_of_their_form),
             SG_TEST("B-NC-6", leaves_other_forms_alone),
             SG_TEST("B-NC-10", intersects_permitted_and_unites_excluded),
             SG_TEST("B-OUT-2", tells_each_name_and_its_constraint),
             SG_TEST("B-NC-12", stays_linear_with_many_names_and_constraints),
             SG_TEST("B-NC-12", looks_many_names_up_once),
             SG_TEST("B-NC-12 E-9", stops_when_the_budget_is_out),
             SG_TEST("B-NC-12 E-9", takes_the_names_limit_for_every_certificate),
             SG_TEST("", ends_the_judgement_when_memory_is_out),
             SG_TEST("", loses_no_finding_in_silence))
