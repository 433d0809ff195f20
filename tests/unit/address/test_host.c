/* SPDX-License-Identifier: Apache-2.0 */
#include "address/host.h"
#include "test.h"

#define BUECHER            "bücher.example"
#define BUECHER_DECOMPOSED "bu\u0308cher.example"
#define BUECHER_UPPER      "BÜCHER.Example"
#define BUECHER_A_LABEL    "xn--bcher-kva.example"
#define REFUSED            "i\xe2\x9d\xa4.example" /* a heart is no letter of IDNA 2008 */

static bool hosts_equal(const char *a, const char *b)
{
    struct sg_arena arena;
    sg_arena_init(&arena, 1 << 16);
    bool there = sg_host_equal(text_bytes(a), text_bytes(b), &arena);
    bool back = sg_host_equal(text_bytes(b), text_bytes(a), &arena);
    assert_false(arena.failed);
    assert_int_equal(there, back);
    sg_arena_clear(&arena);
    return there;
}

static void folds_ascii_case_of_whole_names(void **state)
{
    static const struct {
        const char *a, *b;
        bool equal;
    } rows[] = {
        {"Example.ORG", "example.org", true},
        {"XN--A.Example", "xn--a.example", true},
        {"example.org.", "example.org", true},
        {"example.org..", "example.org", false},
        {"example.org..", "example.org.", false},
        {"example.org..", "example.org..", true},
        {"example.org", "xample.org", false},
        {"example.org", "www.example.org", false},
        {"*.example.org", "www.example.org", false},
        {"example.org", "example.org\t", false},
        {"", "", true},
        {".", "", false},
        {"[IPv6:2001:DB8::1]", "[ipv6:2001:db8::1]", true},
        {"[192.0.2.1]", "192.0.2.1", false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_int_equal(hosts_equal(rows[i].a, rows[i].b), rows[i].equal);
}

static void takes_u_labels_as_their_a_labels(void **state)
{
    static const struct {
        const char *a, *b;
        bool equal;
    } rows[] = {
        {BUECHER, BUECHER_A_LABEL, true},
        {BUECHER, "XN--BCHER-KVA.EXAMPLE", true},
        {BUECHER, BUECHER_DECOMPOSED, true},
        {BUECHER, BUECHER_UPPER, true},
        {BUECHER ".", BUECHER, true},
        {BUECHER, "bucher.example", false},
        {"fa\xc3\x9f.example", "fass.example", false}, /* non-transitional: sharp s stays */
        {"fa\xc3\x9f.example", "xn--fa-hia.example", true},
        {"a_b.\xc3\xbc.example", "a_b.xn--tda.example", true},
        {"a_b.\xc3\xbc.example", "ab.xn--tda.example",
         false},                                          /* libidn2 must not drop the underscore */
        {"\xd0\xb0pple.example", "apple.example", false}, /* Cyrillic a */
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_int_equal(hosts_equal(rows[i].a, rows[i].b), rows[i].equal);
}

static void matches_what_idna_refuses_octet_by_octet(void **state)
{
    static const struct {
        const char *a, *b;
        bool equal;
    } rows[] = {
        {REFUSED, REFUSED, true},
        {"I\xe2\x9d\xa4.example", REFUSED, false},
        {"\xff.example", "\xff.example", true},
        {"\xff.example", "\xff.Example", false},
        {"evil\xef\xbc\xa0.example.org", "evil@.example.org", false}, /* fullwidth @ */
        {"\xe2\x84\x80.example", "a/c.example", false},               /* one character "a/c" */
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_int_equal(hosts_equal(rows[i].a, rows[i].b), rows[i].equal);
}

static void does_not_stop_at_a_nul(void **state)
{
    struct sg_arena arena;
    (void)state;
    sg_arena_init(&arena, 1 << 16);
    struct signet_span plain = text_bytes("example.org");
    assert_false(sg_host_equal(plain, sg_test_copy("example.org\0.evil", 17), &arena));
    struct signet_span u_label = text_bytes("\xc3\xbc.org");
    assert_false(sg_host_equal(u_label, sg_test_copy("\xc3\xbc.org\0.evil", 13), &arena));
    assert_false(sg_host_equal(u_label, sg_test_copy("\xc3\xbc.org\0", 8), &arena));
    assert_false(arena.failed);
    sg_arena_clear(&arena);
}

static void latches_when_memory_is_out(void **state)
{
    struct sg_arena arena;
    struct signet_span out;
    (void)state;
    sg_arena_init(&arena, 0);
    assert_true(sg_host_equal(text_bytes("A.example"), text_bytes("a.example"), &arena));
    assert_false(arena.failed);
    assert_false(sg_host_equal(text_bytes(BUECHER), text_bytes(BUECHER_A_LABEL), &arena));
    assert_true(arena.failed);
    assert_false(sg_host_canonical(text_bytes(BUECHER), &arena, &out));
    sg_arena_clear(&arena);
}

static void handles_endless_names(void **state)
{
    struct sg_arena arena;
    struct signet_span out;
    (void)state;
    sg_arena_init(&arena, 1 << 16);
    struct signet_span endless = repeat(text_bytes("\xc3\xbc."), 'a', 100000);
    assert_true(sg_host_canonical(endless, &arena, &out));
    assert_ptr_equal(out.ptr, endless.ptr);
    assert_true(sg_host_equal(endless, endless, &arena));
    sg_arena_clear(&arena);
}

static void knows_the_syntax_of_names(void **state)
{
    static const struct {
        const char *host;
        bool valid;
    } rows[] = {
        {"example.org", true},
        {"a", true},
        {"_dmarc.a-b.9", true},
        {"xn--tda.example", true},
        {"", false},
        {".", false},
        {"a.", false},
        {".a", false},
        {"a..b", false},
        {"a b", false},
        {"a@b", false},
        {"*.example.org", false},
        {"[192.0.2.1]", false},
        {"\xc3\xbc.org", false},
        {"a\nb", false},
        {"a/b", false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_int_equal(sg_host_valid_ascii(text_bytes(rows[i].host)), rows[i].valid);
    assert_false(sg_host_valid_ascii(sg_test_copy("a\0b", 3)));
}

static void bounds_labels_and_names(void **state)
{
    struct signet_span none = sg_span(NULL, 0);
    (void)state;
    assert_true(sg_host_valid_ascii(repeat(none, 'a', 63)));
    assert_false(sg_host_valid_ascii(repeat(none, 'a', 64)));
    assert_true(sg_host_valid_ascii(repeat(text_bytes("a."), 'a', 63)));

    uint8_t name[255];
    for (size_t i = 0; i < sizeof(name); i++)
        name[i] = i % 2 == 0 ? 'a' : '.';
    assert_true(sg_host_valid_ascii(sg_test_copy(name, 253)));
    assert_false(sg_host_valid_ascii(sg_test_copy(name, 255)));
}

static void knows_the_octets_of_labels(void **state)
{
    static const char octets[] = "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    (void)state;
    for (unsigned octet = 0; octet < 256; octet++)
        assert_int_equal(sg_host_is_label_octet((uint8_t)octet),
                         memchr(octets, (int)octet, sizeof(octets) - 1) != NULL);
}

SG_TEST_MAIN(SG_TEST("B-GN-1", knows_the_octets_of_labels),
             SG_TEST("B-GN-1", folds_ascii_case_of_whole_names),
             SG_TEST("B-GN-1 D-ADR-1", takes_u_labels_as_their_a_labels),
             SG_TEST("D-ADR-1", matches_what_idna_refuses_octet_by_octet),
             SG_TEST("E-15", does_not_stop_at_a_nul), SG_TEST("", latches_when_memory_is_out),
             SG_TEST("", handles_endless_names), SG_TEST("B-GN-1", knows_the_syntax_of_names),
             SG_TEST("B-GN-1", bounds_labels_and_names))
