/* SPDX-License-Identifier: Apache-2.0 */
#include "line_dump.h"
#include "sample.h"

static const char *dump(const char *name, size_t max_entries)
{
    struct line line;
    struct signet_crl *crl = crl_of(name);
    line_begin(&line);
    sg_crl_dump(crl, &line.dump, max_entries);
    signet_crl_unref(crl);
    return line_finish(&line);
}

static void shows_fields_extensions_and_entries(void **state)
{
    const char *scope = dump("crl:scope", 100), *dates = dump("crl:dates of invalidity", 100);
    (void)state;
    assert_contains(scope, "{version=2 issuer=CN=Root,O=Example this_update=2026-05-31T12:00:00Z "
                           "next_update=2026-07-01T12:00:00Z extensions=[");
    assert_contains(scope, "{extension=cRLNumber critical=no number=#01}");
    assert_contains(scope, "{extension=issuingDistributionPoint critical=yes "
                           "names=[{uniformResourceIdentifier=http://x/}] only_user_certs=yes "
                           "only_ca_certs=no only_attribute_certs=no indirect_crl=no "
                           "reasons=[keyCompromise]}");
    assert_contains(scope,
                    "num_entries=4 entries=[{serial=07 revocation_date=2026-05-22T12:00:00Z}");
    assert_contains(scope, "signature_algorithm={algorithm=ecdsa-with-SHA256 digest=SHA-256}");
    assert_contains(scope, "fingerprints={");
    assert_contains(dates, "{serial=04 revocation_date=2026-05-22T12:00:00Z reason=superseded "
                           "invalidity_date=2020-03-04T00:00:00Z extensions=[{extension=reasonCode "
                           "critical=no reason=superseded} {extension=invalidityDate critical=no "
                           "date=2020-03-04T00:00:00Z}]}");
    assert_contains(dates, "{extension=holdInstructionCode critical=no instruction=");
    assert_contains(
        dump("crl:indirect", 100),
        "{extension=certificateIssuer critical=yes names=[{directoryName=CN=Alice CA}]}");
    assert_contains(dump("crl:delta", 100),
                    "{extension=deltaCRLIndicator critical=yes number=#03}");
}

static void shows_v1_lists_and_missing_fields(void **state)
{
    const char *text = dump("crl:no next update", 100);
    (void)state;
    assert_contains(dump("crl:v1", 100), "{version=1 ");
    assert_null(strstr(text, "next_update"));
    assert_null(strstr(dump("crl:empty", 100), " entries=["));
    assert_contains(dump("crl:list present and empty", 100), "num_entries=0 entries=[]");
}

static void stops_at_a_number_of_entries_and_says_so(void **state)
{
    const char *text = dump("crl:plain", 1);
    (void)state;
    assert_contains(text, "num_entries=4 entries=[{serial=07");
    assert_contains(text, "}] entries_not_shown=3 ");
    assert_null(strstr(text, "serial=05"));
    assert_null(strstr(dump("crl:plain", 4), "entries_not_shown"));
}

static void shows_all_samples_without_a_slip(void **state)
{
    const struct sg_sample *one = NULL;
    (void)state;
    while ((one = sample_next("crl", one)) != NULL)
        assert_contains(dump(one->name, 1000), "fingerprints=");
}

SG_TEST_MAIN(SG_TEST("A-2.1-1 B-CRL-19", shows_fields_extensions_and_entries),
             SG_TEST("A-2.1-3 B-CRL-1", shows_v1_lists_and_missing_fields),
             SG_TEST("B-CRL-22", stops_at_a_number_of_entries_and_says_so),
             SG_TEST("", shows_all_samples_without_a_slip))
