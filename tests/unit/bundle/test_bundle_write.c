/* SPDX-License-Identifier: Apache-2.0 */
#include "base/buffer.h"
#include "fault.h"
#include "signet/bundle.h"
#include "test.h"

static const struct sample {
    const char *name;
    const unsigned char *octets;
    size_t len;
} samples[] = {
#include "bundle_scenes.inc"
};

static struct signet_span sample(const char *name)
{
    for (size_t i = 0; i < SG_NUM(samples); i++) {
        if (strcmp(samples[i].name, name) == 0)
            return sg_test_copy(samples[i].octets, samples[i].len);
    }
    fail_msg("no sample \"%s\"", name);
    return (struct signet_span){NULL, 0};
}

/* Objects at hand, as a reading gives them out and as a writing wants them. */
#define MAX_OBJECTS 8
struct objects {
    struct signet_certificate *certificates[MAX_OBJECTS];
    struct signet_crl *crls[MAX_OBJECTS];
    struct signet_attribute_certificate *attribute_certificates[MAX_OBJECTS];
    size_t num_certificates, num_crls, num_attribute_certificates;
};

static enum signet_status take_certificate(void *context, struct signet_certificate *certificate)
{
    struct objects *objects = context;
    assert_true(objects->num_certificates < MAX_OBJECTS);
    objects->certificates[objects->num_certificates++] = signet_certificate_ref(certificate);
    return SIGNET_OK;
}

static enum signet_status take_crl(void *context, struct signet_crl *crl)
{
    struct objects *objects = context;
    assert_true(objects->num_crls < MAX_OBJECTS);
    objects->crls[objects->num_crls++] = signet_crl_ref(crl);
    return SIGNET_OK;
}

static enum signet_status take_attributes(void *context,
                                          struct signet_attribute_certificate *certificate)
{
    struct objects *objects = context;
    assert_true(objects->num_attribute_certificates < MAX_OBJECTS);
    objects->attribute_certificates[objects->num_attribute_certificates++] =
        signet_attribute_certificate_ref(certificate);
    return SIGNET_OK;
}

/* Adds what BYTES hold to OBJECTS. */
static void read_into(struct objects *objects, struct signet_span bytes)
{
    const struct signet_bundle_callbacks callbacks = {.certificate = take_certificate,
                                                      .crl = take_crl,
                                                      .attribute_certificate = take_attributes,
                                                      .context = objects};
    size_t num_bad = 0;
    assert_int_equal(signet_bundle_read(bytes, &callbacks, &num_bad, NULL), SIGNET_OK);
    assert_int_equal(num_bad, 0);
}

static void clear(struct objects *objects)
{
    for (size_t i = 0; i < objects->num_certificates; i++)
        signet_certificate_unref(objects->certificates[i]);
    for (size_t i = 0; i < objects->num_crls; i++)
        signet_crl_unref(objects->crls[i]);
    for (size_t i = 0; i < objects->num_attribute_certificates; i++)
        signet_attribute_certificate_unref(objects->attribute_certificates[i]);
    *objects = (struct objects){.num_crls = 0};
}

static struct signet_bundle as_bundle(const struct objects *objects)
{
    return (struct signet_bundle){
        (const struct signet_certificate *const *)objects->certificates,
        objects->num_certificates,
        (const struct signet_crl *const *)objects->crls,
        objects->num_crls,
        (const struct signet_attribute_certificate *const *)objects->attribute_certificates,
        objects->num_attribute_certificates};
}

static bool keep(void *context, struct signet_span bytes)
{
    struct sg_buffer *kept = context;
    sg_buffer_add(kept, bytes);
    return kept->status == SIGNET_OK;
}

static enum signet_status write_into(struct sg_buffer *kept, size_t room,
                                     const struct objects *objects, enum signet_bundle_form form,
                                     const char **refusal)
{
    const struct signet_sink sink = {keep, kept};
    const struct signet_bundle bundle = as_bundle(objects);
    sg_buffer_init(kept, room);
    return signet_bundle_write(&bundle, form, &sink, refusal);
}

static struct signet_span written(const struct objects *objects, enum signet_bundle_form form)
{
    struct sg_buffer kept;
    const char *refusal = "";
    assert_int_equal(write_into(&kept, 1 << 20, objects, form, &refusal), SIGNET_OK);
    assert_null(refusal);
    struct signet_span copy = sg_test_copy(kept.ptr, kept.len);
    sg_buffer_free(&kept);
    return copy;
}

/* Everything there is, some of it twice. */
static struct objects everything(void)
{
    struct objects all = {.num_crls = 0};
    read_into(&all, sample("certs-only"));
    read_into(&all, sample("attribute-certificate"));
    read_into(&all, sample("crl"));
    read_into(&all, sample("certificate"));
    return all;
}

static const enum signet_bundle_form forms[] = {SIGNET_BUNDLE_CERTS_ONLY,
                                                SIGNET_BUNDLE_CERTS_ONLY_PEM,
                                                SIGNET_BUNDLE_CERTS_ONLY_MIME, SIGNET_BUNDLE_PEM};

/* Tools that ours is compared with write the same octets: DER has one form. */
static void writes_the_octets_that_der_has(void **state)
{
    struct objects objects = {.num_crls = 0};
    (void)state;
    read_into(&objects, sample("der-sequence"));
    assert_span_equal(written(&objects, SIGNET_BUNDLE_CERTS_ONLY), sample("certs-only-sorted"));
    clear(&objects);
}

static void tells_attribute_certificates_by_version_and_tag(void **state)
{
    struct objects all = everything();
    (void)state;
    struct signet_span cms = written(&all, SIGNET_BUNDLE_CERTS_ONLY);
    assert_span_equal(cms, sample("certs-only-attributes"));
    clear(&all);
}

static void reads_back_the_same_set_in_each_form(void **state)
{
    struct objects all = everything();
    (void)state;
    assert_int_equal(all.num_certificates, 3); /* one of them twice */
    for (size_t i = 0; i < SG_NUM(forms); i++) {
        struct objects again = {.num_crls = 0};
        read_into(&again, written(&all, forms[i]));
        assert_int_equal(again.num_certificates, 2);
        assert_int_equal(again.num_crls, 1);
        assert_int_equal(again.num_attribute_certificates, 1);
        assert_span_equal(written(&again, SIGNET_BUNDLE_CERTS_ONLY),
                          written(&all, SIGNET_BUNDLE_CERTS_ONLY));
        clear(&again);
    }
    clear(&all);
}

static void names_each_block_and_keeps_the_order(void **state)
{
    struct objects objects = {.num_crls = 0};
    (void)state;
    read_into(&objects, sample("pem"));
    const char *text = as_text(written(&objects, SIGNET_BUNDLE_PEM));
    static const char *const marks[] = {"# CN=",          "-----BEGIN CERTIFICATE-----",
                                        "\n# CN=",        "-----BEGIN CERTIFICATE-----",
                                        "\n# CRL of CN=", "-----BEGIN X509 CRL-----"};
    for (size_t i = 0; i < SG_NUM(marks); i++) {
        text = strstr(text, marks[i]);
        assert_non_null(text);
        text += strlen(marks[i]);
    }
    clear(&objects);
}

static void writes_one_object_bare(void **state)
{
    static const char *const names[] = {"certificate", "crl", "attribute-certificate"};
    (void)state;
    for (size_t i = 0; i < SG_NUM(names); i++) {
        struct objects objects = {.num_crls = 0};
        read_into(&objects, sample(names[i]));
        read_into(&objects, sample(names[i]));
        assert_span_equal(written(&objects, SIGNET_BUNDLE_DER), sample(names[i]));
        clear(&objects);
    }
}

static void check_refusal(struct objects *objects, enum signet_bundle_form form, const char *words)
{
    struct sg_buffer kept;
    const char *refusal = NULL;
    assert_int_equal(write_into(&kept, 1000, objects, form, &refusal), SIGNET_ERR_ARGUMENT);
    assert_non_null(refusal);
    assert_non_null(strstr(refusal, words));
    assert_int_equal(kept.len, 0);
    sg_buffer_free(&kept);
    clear(objects);
}

static void refuses_an_empty_one(void **state)
{
    struct objects none = {.num_crls = 0};
    (void)state;
    for (size_t i = 0; i < SG_NUM(forms); i++)
        check_refusal(&none, forms[i], "nothing to write");
    check_refusal(&none, SIGNET_BUNDLE_DER, "nothing to write");
}

static void refuses_attribute_certificates_of_version_1(void **state)
{
    (void)state;
    for (size_t i = 0; i < SG_NUM(forms); i++) {
        struct objects old = {.num_crls = 0};
        read_into(&old, sample("certificate"));
        read_into(&old, sample("attribute-certificate-v1"));
        check_refusal(&old, forms[i], "version 1");
    }
}

static void refuses_several_where_one_goes(void **state)
{
    struct objects all = everything();
    (void)state;
    check_refusal(&all, SIGNET_BUNDLE_DER, "exactly one");
    check_refusal(&all, (enum signet_bundle_form)99, "no such form");
}

static void tells_of_a_full_sink(void **state)
{
    struct objects all = everything();
    (void)state;
    for (size_t i = 0; i < SG_NUM(forms); i++) {
        size_t len = written(&all, forms[i]).len;
        for (size_t room = 0; room < len; room += room < 100 ? 1 : 97) {
            struct sg_buffer kept;
            assert_int_equal(write_into(&kept, room, &all, forms[i], NULL), SIGNET_ERR_IO);
            sg_buffer_free(&kept);
        }
    }
    clear(&all);
}

static bool swallow(void *context, struct signet_span bytes)
{
    (void)context;
    (void)bytes;
    return true;
}

static void survives_every_failing_allocation(void **state)
{
    struct objects all = everything();
    const struct signet_sink sink = {swallow, NULL};
    const struct signet_bundle bundle = as_bundle(&all);
    (void)state;
    for (size_t i = 0; i < SG_NUM(forms); i++) {
        enum signet_status status = SIGNET_ERR_MEMORY;
        for (size_t n = 0; status != SIGNET_OK; n++) {
            fault_begin(n);
            status = signet_bundle_write(&bundle, forms[i], &sink, NULL);
            fault_end();
            assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
        }
    }
    clear(&all);
}

SG_TEST_MAIN(SG_TEST("A-4-6 C-CO-1", writes_the_octets_that_der_has),
             SG_TEST("C-CO-1", tells_attribute_certificates_by_version_and_tag),
             SG_TEST("A-4-6 C-CO-3", reads_back_the_same_set_in_each_form),
             SG_TEST("", names_each_block_and_keeps_the_order), SG_TEST("", writes_one_object_bare),
             SG_TEST("C-CO-1", refuses_an_empty_one),
             SG_TEST("A-2.2.1-2", refuses_attribute_certificates_of_version_1),
             SG_TEST("", refuses_several_where_one_goes), SG_TEST("", tells_of_a_full_sink),
             SG_TEST("", survives_every_failing_allocation))
