/* SPDX-License-Identifier: Apache-2.0 */
#include "dns_name.h"

#include "test.h"

#define HUGH "c93f1e400f26708f98cb19d936620da35eec8f72e57f9eec01c1afd6"

static void smimea_names_are_hashed(void **state)
{
    static const struct {
        const char *address,
            *name; /* NULL: another than the example's, with the example's domain */
    } names[] = {
        {"hugh@example.com", HUGH "._smimecert.example.com."}, /* RFC 8162 3 */
        {"\"hugh\"@example.com", HUGH "._smimecert.example.com."},
        {"hugh@b\xc3\xbc"
         "cher.example",
         HUGH "._smimecert.xn--bcher-kva.example."},
        {"Hugh@example.com", NULL},
        {"h\xc3\xbcgh@example.com", NULL},
    };
    char name[SG_DNS_MAX_NAME];
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        assert_null(sg_dns_name_smimea(names[i].address, name));
        if (names[i].name != NULL)
            assert_string_equal(name, names[i].name);
        else
            assert_true(strlen(name) == 56 + strlen("._smimecert.example.com.") &&
                        strncmp(name, HUGH, 56) != 0);
    }
}

static void cert_names_have_the_local_part_as_a_label(void **state)
{
    static const struct {
        const char *address, *name;
    } names[] = {
        {"postmaster@example.org", "postmaster.example.org."}, /* RFC 4398 3.3 */
        {"first.last@example.org", "first\\046last.example.org."},
        {"a+b@example.org", "a\\043b.example.org."},
        {"\"a b\\\"c\"@example.org", "a\\032b\\034c.example.org."},
        {"\xc3\xbc@example.org", "\\195\\188.example.org."},
    };
    char name[SG_DNS_MAX_NAME];
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        assert_null(sg_dns_name_cert(names[i].address, name));
        assert_string_equal(name, names[i].name);
    }
}

static void what_is_no_address_has_no_name(void **state)
{
    static const char *const wrong[] = {"",
                                        "hugh",
                                        "@example.com",
                                        "hugh@",
                                        "a b@example.com",
                                        "hugh@example.com ",
                                        "hugh@example..com",
                                        "hugh@[192.0.2.1]",
                                        "\"\"@example.com",
                                        "Hugh <hugh@example.com>",
                                        "hugh@exa\\mple.com"};
    char name[SG_DNS_MAX_NAME] = "untouched";
    (void)state;
    for (size_t i = 0; i < SG_NUM(wrong); i++) {
        assert_non_null(sg_dns_name_smimea(wrong[i], name));
        assert_non_null(sg_dns_name_cert(wrong[i], name));
    }
    assert_string_equal(name, "untouched");
}

static void a_label_has_an_end(void **state)
{
    char name[SG_DNS_MAX_NAME];
    struct signet_span fits = repeat(text_bytes(""), '+', 63), no = repeat(text_bytes(""), '+', 64);
    (void)state;
    const char *domain = "@example.com";
    char address[128];
    snprintf(address, sizeof address, "%s%s", as_text(fits), domain);
    assert_null(sg_dns_name_cert(address, name));
    assert_int_equal(strlen(name), 63 * 4 + 1 + strlen("example.com."));
    snprintf(address, sizeof address, "%s%s", as_text(no), domain);
    assert_non_null(sg_dns_name_cert(address, name));
    assert_null(sg_dns_name_smimea(address, name));
}

SG_TEST_MAIN(SG_TEST("D-RET-1", smimea_names_are_hashed),
             SG_TEST("D-RET-1", cert_names_have_the_local_part_as_a_label),
             SG_TEST("D-RET-1", what_is_no_address_has_no_name), SG_TEST("", a_label_has_an_end))
