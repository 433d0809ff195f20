/* SPDX-License-Identifier: Apache-2.0 */
#include "line_dump.h"
#include "sample.h"

static const char *dump(const char *name)
{
    struct line line;
    struct signet_certificate *certificate = certificate_of(name);
    line_begin(&line);
    sg_certificate_dump(certificate, &line.dump);
    signet_certificate_unref(certificate);
    return line_finish(&line);
}

static void shows_every_field(void **state)
{
    static const char *const parts[] = {
        "{version=3 serial=04",
        "subject=emailAddress=a@b.c,CN=Al\xc3\xae"
        "ce issuer=CN=Root,O=Example",
        "not_before=2025-06-01T12:00:00Z not_after=2036-",
        "{address=a@b.c source=subject usable=yes}",
        "{address=\xc3\xbc@b.c source=SmtpUTF8Mailbox usable=yes}",
        "public_key={algorithm=id-ecPublicKey key_type=EC bits=256 curve=P-256 key=#65}",
        "signature_algorithm={algorithm=ecdsa-with-SHA256 digest=SHA-256}",
        "signature=#",
        "fingerprints={sha1=#",
    };
    const char *text = dump("certificate:everything");
    (void)state;
    for (size_t i = 0; i < SG_NUM(parts); i++)
        assert_contains(text, parts[i]);
}

static void decodes_every_extension(void **state)
{
    static const char *const parts[] = {
        "{extension=subjectAltName critical=no names=[{rfc822Name=a@xn--bcher-kva.example "
        "unicode=a@b\xc3\xbc"
        "cher.example} {dNSName=xn--bcher-kva.example unicode=b\xc3\xbc"
        "cher.example} {uniformResourceIdentifier=http://x/} {iPAddress=192.0.2.1} "
        "{iPAddress=2001:db8::1} {directoryName=CN=x\\, y} {registeredID=1.2.3} "
        "{x400Address=#3000} "
        "{ediPartyName=#a1070c057061727479} {otherName={type=SmtpUTF8Mailbox value=\xc3\xbc@b.c}} "
        "{otherName={type=1.2.3 value=#020105}}]}",
        "{extension=issuerAltName critical=no names=[{uniformResourceIdentifier=http://ian/}]}",
        "{extension=basicConstraints critical=yes ca=yes path_len=3}",
        "{extension=keyUsage critical=yes usages=[keyCertSign decipherOnly]}",
        "{extension=extKeyUsage critical=no purposes=[emailProtection 1.2.3]}",
        "{extension=subjectKeyIdentifier critical=no key_id=#0102}",
        "{extension=authorityKeyIdentifier critical=no key_id=#0304 issuer=[{directoryName=CN=i}] "
        "serial=#4d}",
        "{extension=nameConstraints critical=yes permitted=[{base={dNSName=x.y}} "
        "{base={iPAddress=10.0.0.0/8}}] excluded=[{base={rfc822Name=z} has_bounds=yes}]}",
        "{extension=certificatePolicies critical=no policies=[{policy=1.2.3 "
        "qualifiers=[{cps=http://cps/} "
        "{notice={text=Na\xc3\xafve}} {notice={organization=Org numbers=[#04 #07]}} "
        "{type=1.3.6.1.4.1.32473.4.1 value=#",
        "{extension=policyMappings critical=yes mappings=[{issuer_domain=1.2.3 "
        "subject_domain=1.2.4}]}",
        "{extension=policyConstraints critical=yes require_explicit_policy=1 "
        "inhibit_policy_mapping=2}",
        "{extension=inhibitAnyPolicy critical=yes skip_certs=3}",
        "{extension=cRLDistributionPoints critical=no points=[{names=[{uniformResourceIdentifier="
        "http://crl/}] reasons=[keyCompromise]} {relative_name=CN=part crl_issuer="
        "[{directoryName=CN=i}]}]}",
        "{extension=freshestCRL critical=no points=[{names=[",
        "{extension=authorityInfoAccess critical=no descriptions=[{method=ocsp "
        "location={uniformResourceIdentifier=http://ocsp/}}]}",
        "{extension=subjectInfoAccess critical=no descriptions=[{method=caRepository",
        "{extension=subjectDirectoryAttributes critical=no attributes=[{type=1.2.3 "
        "values=[value]}]}",
        "{extension=privateKeyUsagePeriod critical=no not_before=2020-01-01T00:00:00Z "
        "not_after=2030-01-01T00:00:00Z}",
        "{extension=noRevAvail critical=no}",
        "{extension=sMIMECapabilities critical=no capabilities=[{id=1.2.4 value=#020128}]}",
        "{extension=1.3.6.1.4.1.32473.2.1 critical=no value=#dead}",
        "{extension=netscapeCertType critical=no types=[S/MIME]}",
        "{extension=netscapeComment critical=no comment=old}",
        "{extension=qcStatements critical=no statements=[{id=1.2.5}]}",
        "{extension=entrustVersionInfo critical=no version=V8.1}",
        "{extension=1.3.6.1.4.1.32473.2.2 critical=no value=#ff}",
    };
    const char *text = dump("certificate:everything");
    (void)state;
    for (size_t i = 0; i < SG_NUM(parts); i++)
        assert_contains(text, parts[i]);
}

static void shows_keys_and_signatures_of_other_kinds(void **state)
{
    (void)state;
    assert_contains(
        dump("certificate:rsa"),
        "public_key={algorithm=rsaEncryption key_type=RSA bits=2048 modulus=#257 exponent=65537}");
    assert_contains(dump("certificate:dsa"), "key_type=DSA bits=2048 parameters=#");
    assert_contains(dump("certificate:pss"), "signature_algorithm={algorithm=rsassaPss "
                                             "digest=SHA-256 mask_digest=SHA-256 salt_octets=32}");
}

static void shows_old_versions_and_unique_identifiers(void **state)
{
    (void)state;
    assert_contains(dump("certificate:v1"), "{version=1 ");
    assert_contains(dump("certificate:v2"), "issuer_unique_id=#0102 subject_unique_id=#03");
}

static void shows_a_malformed_value_as_octets(void **state)
{
    (void)state;
    assert_contains(dump("certificate:malformed keyUsage"),
                    "{extension=keyUsage critical=yes value=#ff}");
    assert_contains(dump("certificate:unknown garbage"), "critical=no value=#ffff}");
}

static void shows_all_samples_without_a_slip(void **state)
{
    const struct sg_sample *one = NULL;
    (void)state;
    while ((one = sample_next("certificate", one)) != NULL)
        assert_contains(dump(one->name), "fingerprints=");
}

SG_TEST_MAIN(SG_TEST("A-3-13", shows_every_field),
             SG_TEST("A-4.4-1 A-4.4-2 B-CP-3 B-AIA-2 B-GN-1 B-CDP-1", decodes_every_extension),
             SG_TEST("", shows_keys_and_signatures_of_other_kinds),
             SG_TEST("B-ENC-3 B-ENC-6", shows_old_versions_and_unique_identifiers),
             SG_TEST("A-4.4-2", shows_a_malformed_value_as_octets),
             SG_TEST("", shows_all_samples_without_a_slip))
