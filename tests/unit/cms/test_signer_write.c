/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signed_attributes.h"
#include "cms/signer.h"
#include "cms/signer_write.h"
#include "cms_object_at.h"
#include "fault.h"
#include "test.h"

static const struct sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
} samples[] = {
#include "signing_samples.inc"
};

static struct signet_span sample(const char *kind, const char *what)
{
    char name[40];
    snprintf(name, sizeof name, "%s%s", kind, what);
    for (size_t i = 0; i < SG_NUM(samples); i++) {
        if (strcmp(samples[i].name, name) == 0)
            return sg_test_copy(samples[i].octets, samples[i].len);
    }
    fail_msg("no sample \"%s\"", name);
    return (struct signet_span){NULL, 0};
}

#define TIME_2026 INT64_C(1780315200)

/* A signer with what it needs, and a place for what is signed. */
struct scene {
    struct sg_crypto *crypto;
    struct signet_key *key;
    struct signet_certificate *certificate;
    struct sg_buffer capabilities;
    struct sg_new_signer signer;
    struct sg_signing signing;
    struct signet_span content[2], certificates[2], crl, attributes;
    struct sg_buffer out;
    struct sg_arena arena;
};

static bool keep(void *context, struct signet_span bytes)
{
    struct sg_buffer *kept = context;
    sg_buffer_add(kept, bytes);
    return kept->status == SIGNET_OK;
}

static struct signet_certificate *parse_certificate(struct signet_span der)
{
    struct signet_certificate *certificate;
    assert_int_equal(signet_certificate_parse(der, &certificate, NULL), SIGNET_OK);
    return certificate;
}

static void begin(struct scene *scene, const char *kind)
{
    static const enum sg_oid ciphers[] = {SG_OID_AES256_GCM, SG_OID_AES256_CBC, SG_OID_AES128_CBC};
    *scene = (struct scene){.key = NULL};
    assert_int_equal(sg_crypto_new(&scene->crypto), SIGNET_OK);
    assert_int_equal(signet_key_read(sample(kind, "-key"), sg_span(NULL, 0), &scene->key, NULL),
                     SIGNET_OK);
    scene->certificate = parse_certificate(sample(kind, "-cert"));
    sg_buffer_init(&scene->capabilities, 1000);
    sg_capabilities_put(&scene->capabilities, ciphers, SG_NUM(ciphers));
    scene->signer = (struct sg_new_signer){.key = scene->key,
                                           .certificate = scene->certificate,
                                           .signing_time = TIME_2026,
                                           .capabilities = sg_buffer_span(&scene->capabilities),
                                           .encrypt_to = scene->certificate};
    scene->content[0] = text_bytes("Hello,\r\n");
    scene->content[1] = text_bytes("world.\r\n");
    scene->certificates[0] = signet_certificate_der(scene->certificate);
    scene->certificates[1] = sample("root", "");
    scene->crl = sample("crl", "");
    scene->signing = (struct sg_signing){.signers = &scene->signer,
                                         .num_signers = 1,
                                         .certificates = {scene->certificates, 2},
                                         .crls = {&scene->crl, 1},
                                         .content_type = SG_OID_CT_DATA,
                                         .content = scene->content,
                                         .num_content = 2,
                                         .detached = true};
    sg_arena_init(&scene->arena, 1 << 24);
    sg_buffer_init(&scene->out, 1 << 20);
}

static void end(struct scene *scene)
{
    sg_buffer_free(&scene->out);
    sg_buffer_free(&scene->capabilities);
    sg_arena_clear(&scene->arena);
    signet_certificate_unref(scene->certificate);
    signet_key_unref(scene->key);
    sg_crypto_free(scene->crypto);
}

static enum signet_status sign(struct scene *scene)
{
    const struct signet_sink sink = {keep, &scene->out};
    enum sg_key_answer answer;
    return sg_signed_data_sign(scene->crypto, &scene->signing, &sink, &answer);
}

static struct sg_signed_data parse_made(struct scene *scene)
{
    struct sg_content_info info;
    struct sg_signed_data made;
    struct signet_parse_error error = {0, NULL, NULL};
    if (!sg_content_info_parse(sg_buffer_span(&scene->out), &info, &error) ||
        !sg_signed_data_parse(info.content, &scene->arena, &made, &error))
        fail_msg("%s at %zu", error.expected, error.offset);
    return made;
}

/* Reads what was made with the readers of received mail; every rule of theirs must hold. */
static struct sg_signed_data verify(struct scene *scene)
{
    struct sg_signed_data made = parse_made(scene);
    struct sg_findings findings;
    struct sg_digest_value digest;
    struct signet_span content = text_bytes("Hello,\r\nworld.\r\n");
    assert_int_equal(made.num_signers, scene->signing.num_signers);
    for (size_t i = 0; i < made.num_signers; i++) {
        const struct sg_signer_info *signer = &made.signers[i];
        struct sg_public_key *key;
        bool unsorted = true;
        assert_false(signer->malformed);
        assert_true(sg_digest_compute(scene->crypto, signer->digest, content, &digest));
        const struct sg_signer_content signed_content = {.type = made.content.type,
                                                         .type_octets = made.content.type_octets,
                                                         .digest = &digest,
                                                         .octets = content};
        sg_findings_init(&findings, &scene->arena);
        assert_true(sg_signer_check(&made, signer, &signed_content, &findings));
        assert_int_equal(findings.num, 0);
        assert_true(sg_signer_names(scene->crypto, signer, scene->certificate));
        assert_int_equal(sg_public_key_new(scene->crypto, &scene->certificate->spki,
                                           sg_span(NULL, 0), 16384, &key),
                         SG_KEY_OK);
        assert_int_equal(sg_signer_verify(scene->crypto, signer, &signed_content, key, &unsorted),
                         SG_SIGNATURE_VALID);
        assert_false(unsorted);
        assert_false(signer->signed_attributes_ber);
        assert_int_equal(sg_signer_ess_match(scene->crypto, signer, scene->certificate),
                         SG_ESS_MATCH);
        sg_public_key_free(key);
    }
    return made;
}

static const char *const kinds[] = {"rsa", "p256", "p384", "p521", "ed25519", "ed448"};

static void signs_with_each_kind_of_key(void **state)
{
    static const enum sg_digest_type digests[] = {SG_DIGEST_SHA256, SG_DIGEST_SHA256,
                                                  SG_DIGEST_SHA384, SG_DIGEST_SHA512,
                                                  SG_DIGEST_SHA512, SG_DIGEST_SHAKE256};
    (void)state;
    for (size_t i = 0; i < SG_NUM(kinds); i++) {
        struct scene scene;
        begin(&scene, kinds[i]);
        assert_int_equal(sign(&scene), SIGNET_OK);
        struct sg_signed_data made = verify(&scene);
        assert_int_equal(made.signers[0].digest, digests[i]);
        assert_int_equal(made.version, 1);
        assert_false(made.content.present);
        assert_int_equal(made.certificates.num, 2);
        assert_int_equal(made.crls.num, 1);
        assert_span_equal(cms_object_at(&made.crls, 0).full, scene.crl);
        end(&scene);
    }
}

static void signs_by_pss_and_other_digests(void **state)
{
    static const struct {
        struct sg_signature_wish wish;
        enum sg_oid algorithm;
    } rows[] = {{{SG_DIGEST_NONE, true}, SG_OID_RSASSA_PSS},
                {{SG_DIGEST_SHA512, true}, SG_OID_RSASSA_PSS},
                {{SG_DIGEST_SHA384, false}, SG_OID_RSA_ENCRYPTION}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct scene scene;
        begin(&scene, "rsa");
        scene.signer.wish = rows[i].wish;
        assert_int_equal(sign(&scene), SIGNET_OK);
        struct sg_signed_data made = verify(&scene);
        assert_int_equal(made.signers[0].signature_algorithm.oid, rows[i].algorithm);
        end(&scene);
    }
}

static void names_the_certificate_by_key_identifier(void **state)
{
    struct scene scene;
    (void)state;
    begin(&scene, "p256");
    scene.signer.by_key_id = true;
    assert_int_equal(sign(&scene), SIGNET_OK);
    struct sg_signed_data made = verify(&scene);
    assert_int_equal(made.version, 3);
    assert_int_equal(made.signers[0].version, 3);
    assert_true(made.signers[0].sid.by_key_id);
    end(&scene);
}

static void carries_the_content_where_it_shall(void **state)
{
    struct scene scene;
    struct signet_span octets;
    (void)state;
    begin(&scene, "p256");
    scene.signing.detached = false;
    assert_int_equal(sign(&scene), SIGNET_OK);
    struct sg_signed_data made = verify(&scene);
    assert_true(made.content.present);
    assert_true(sg_octets_join(&made.content.octets, &scene.arena, &octets));
    assert_span_text(octets, "Hello,\r\nworld.\r\n");
    end(&scene);
}

static void writes_all_six_attributes_once(void **state)
{
    static const enum sg_oid types[] = {
        SG_OID_AA_CONTENT_TYPE,       SG_OID_AA_MESSAGE_DIGEST,   SG_OID_AA_SIGNING_TIME,
        SG_OID_AA_SMIME_CAPABILITIES, SG_OID_AA_ENCRYPT_KEY_PREF, SG_OID_AA_SIGNING_CERTIFICATE_V2};
    struct scene scene;
    (void)state;
    begin(&scene, "p256");
    assert_int_equal(sign(&scene), SIGNET_OK);
    struct sg_signed_data made = verify(&scene);
    const struct sg_cms_attributes *attributes = &made.signers[0].signed_attributes;
    assert_int_equal(attributes->num, SG_NUM(types));
    for (size_t i = 0; i < SG_NUM(types); i++) {
        size_t count;
        const struct sg_cms_attribute *attribute =
            sg_cms_attribute_find(attributes, types[i], &count);
        assert_non_null(attribute);
        assert_int_equal(count, 1);
        assert_int_equal(attribute->num_values, 1);
    }
    assert_int_equal(sg_signer_claimed_time(&made.signers[0]), TIME_2026);
    assert_span_equal(made.signers[0].signed_attributes_sorted,
                      made.signers[0].signed_attributes_der);
    end(&scene);
}

static void leaves_out_what_is_not_wanted(void **state)
{
    struct scene scene;
    (void)state;
    begin(&scene, "p256");
    scene.signer.signing_time = SIGNET_TIME_UNKNOWN;
    scene.signer.capabilities = sg_span(NULL, 0);
    scene.signer.encrypt_to = NULL;
    scene.signing.certificates.num = 0;
    scene.signing.crls.num = 0;
    assert_int_equal(sign(&scene), SIGNET_OK);
    struct sg_signed_data made = verify(&scene);
    assert_int_equal(made.signers[0].signed_attributes.num, 3);
    assert_int_equal(made.certificates.num + made.crls.num, 0);
    end(&scene);
}

static void signs_with_several_keys(void **state)
{
    struct scene scene;
    struct sg_new_signer signers[2];
    (void)state;
    begin(&scene, "p256");
    signers[0] = scene.signer;
    signers[1] = scene.signer;
    signers[1].wish.digest = SG_DIGEST_SHA512;
    scene.signing.signers = signers;
    scene.signing.num_signers = 2;
    assert_int_equal(sign(&scene), SIGNET_OK);
    struct sg_signed_data made = verify(&scene);
    assert_int_equal(made.num_digest_algorithms, 2);
    end(&scene);
}

static void takes_attribute_certificates_of_version_2(void **state)
{
    struct scene scene;
    (void)state;
    begin(&scene, "p256");
    scene.attributes = sample("attributes", "");
    scene.signing.attribute_certificates = (struct sg_elements){&scene.attributes, 1};
    assert_int_equal(sign(&scene), SIGNET_OK);
    assert_int_equal(verify(&scene).version, 4);
    end(&scene);

    begin(&scene, "p256");
    scene.attributes = sample("attributes-v1", "");
    scene.signing.attribute_certificates = (struct sg_elements){&scene.attributes, 1};
    assert_int_equal(sign(&scene), SIGNET_ERR_ARGUMENT);
    assert_int_equal(scene.out.len, 0);
    end(&scene);
}

static void signs_nothing_that_does_not_fit(void **state)
{
    struct scene scene, other;
    (void)state;
    begin(&other, "p384");
    begin(&scene, "p256");
    scene.signing.num_signers = 0;
    assert_int_equal(sign(&scene), SIGNET_ERR_ARGUMENT);
    scene.signing.num_signers = 1;
    scene.signer.certificate = other.certificate;
    assert_int_equal(sign(&scene), SIGNET_ERR_ARGUMENT);
    struct signet_certificate *bare = parse_certificate(sample("no-ski-cert", ""));
    scene.signer.certificate = bare;
    scene.signer.by_key_id = true;
    assert_int_equal(sign(&scene), SIGNET_ERR_ARGUMENT);
    scene.signer.certificate = scene.certificate;
    scene.signer.wish.digest = SG_DIGEST_SHA1;
    assert_int_equal(sign(&scene), SIGNET_ERR_ARGUMENT);
    assert_int_equal(scene.out.len, 0);
    signet_certificate_unref(bare);
    end(&other);
    end(&scene);

    begin(&scene, "x25519");
    assert_int_equal(sign(&scene), SIGNET_ERR_ARGUMENT);
    end(&scene);
    begin(&scene, "ed25519");
    scene.signer.wish.digest = SG_DIGEST_SHA256;
    assert_int_equal(sign(&scene), SIGNET_ERR_ARGUMENT);
    end(&scene);
}

static void survives_every_failing_allocation(void **state)
{
    enum signet_status status = SIGNET_ERR_MEMORY;
    (void)state;
    for (size_t n = 0; status != SIGNET_OK; n++) {
        struct scene scene;
        begin(&scene, "p256");
        fault_begin(n);
        status = sign(&scene);
        fault_end();
        /* A full sink is all that the test's own buffer can tell. */
        assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY || status == SIGNET_ERR_IO);
        end(&scene);
    }
}

/* As for mail that is too long to be kept. */
static void signs_a_digest_computed_elsewhere(void **state)
{
    struct scene scene;
    struct sg_digest_value digest;
    (void)state;
    begin(&scene, "rsa");
    assert_true(sg_digest_compute(scene.crypto, SG_DIGEST_SHA256,
                                  text_bytes("Hello,\r\nworld.\r\n"), &digest));
    assert_int_equal(sign(&scene), SIGNET_OK);
    struct signet_span whole = sg_test_copy(scene.out.ptr, scene.out.len);
    scene.out.len = 0;
    scene.signing.digest = &digest;
    scene.signing.num_content = 0;
    assert_int_equal(sign(&scene), SIGNET_OK);
    assert_span_equal(sg_buffer_span(&scene.out), whole); /* RSA PKCS #1 v1.5 has no chance in it */
    digest.type = SG_DIGEST_SHA512;
    assert_int_equal(sign(&scene), SIGNET_ERR_ARGUMENT);
    end(&scene);
}

SG_TEST_MAIN(SG_TEST("C-AT-7", signs_with_each_kind_of_key),
             SG_TEST("", signs_by_pss_and_other_digests),
             SG_TEST("", names_the_certificate_by_key_identifier),
             SG_TEST("", carries_the_content_where_it_shall),
             SG_TEST("C-AT-7 C-AT-1 C-AT-2 C-AT-3", writes_all_six_attributes_once),
             SG_TEST("", leaves_out_what_is_not_wanted), SG_TEST("", signs_with_several_keys),
             SG_TEST("A-2.2.1-2", takes_attribute_certificates_of_version_2),
             SG_TEST("C-KEY-1", signs_nothing_that_does_not_fit),
             SG_TEST("", survives_every_failing_allocation),
             SG_TEST("", signs_a_digest_computed_elsewhere))
