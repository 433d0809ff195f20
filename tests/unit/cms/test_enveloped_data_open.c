/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/content_info.h"
#include "cms/enveloped_data_open.h"
#include "cms/enveloped_data_write.h"
#include "fault.h"
#include "static_agreement.h"
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

/* Somebody with a certificate and its key. */
static struct sg_opener_key person(const char *kind)
{
    struct signet_certificate *certificate;
    struct signet_key *key;
    assert_int_equal(signet_certificate_parse(sample(kind, "-cert"), &certificate, NULL),
                     SIGNET_OK);
    assert_int_equal(signet_key_read(sample(kind, "-key"), sg_span(NULL, 0), &key, NULL),
                     SIGNET_OK);
    return (struct sg_opener_key){certificate, key};
}

static void leave(struct sg_opener_key person)
{
    signet_certificate_unref((struct signet_certificate *)(uintptr_t)person.certificate);
    signet_key_unref((struct signet_key *)(uintptr_t)person.key);
}

static const char text[] = "Content-Type: text/plain\r\n\r\nMeet me at noon, by the old oak.\r\n";

static enum signet_status write_to(const struct sg_new_recipient *recipients, size_t num,
                                   enum sg_oid oid, struct sg_buffer *out)
{
    struct signet_sink sink = {static_agreement_keep, out};
    struct sg_enveloping parts = {recipients, num, sg_cipher_kind_find(oid), sizeof text - 1};
    struct sg_envelope *envelope;
    enum signet_status status = sg_envelope_new(&parts, &sink, &envelope, NULL);
    if (status != SIGNET_OK)
        return status;
    status = sg_envelope_add(envelope, sg_span((const uint8_t *)text, 20));
    if (status == SIGNET_OK)
        status =
            sg_envelope_add(envelope, sg_span((const uint8_t *)text + 20, sizeof text - 1 - 20));
    if (status == SIGNET_OK)
        status = sg_envelope_finish(envelope);
    sg_envelope_free(envelope);
    return status;
}

static struct signet_span written(const struct sg_new_recipient *recipients, size_t num,
                                  enum sg_oid oid)
{
    struct sg_buffer out;
    sg_buffer_init(&out, 1 << 20);
    assert_int_equal(write_to(recipients, num, oid, &out), SIGNET_OK);
    struct signet_span copy = sg_test_copy(out.ptr, out.len);
    sg_buffer_free(&out);
    return copy;
}

static struct signet_span for_one(struct sg_opener_key person, bool by_key_id, bool oaep,
                                  enum sg_oid oid)
{
    struct sg_new_recipient recipient = {
        person.certificate, by_key_id, {oaep, SG_DIGEST_SHA256, SG_DIGEST_SHA256, {NULL, 0}}};
    return written(&recipient, 1, oid);
}

/* False: no such object at all. */
static bool open_with(struct signet_span object, const struct sg_opening_keys *keys,
                      enum sg_open_result *result, struct signet_span *plain)
{
    struct signet_parse_error error = {0};
    struct sg_arena arena;
    struct sg_crypto *crypto;
    struct sg_content_info info;
    struct sg_enveloped_data data;
    struct sg_opened opened;
    *plain = sg_span(NULL, 0);
    sg_arena_init(&arena, (size_t)1 << 24);
    assert_int_equal(sg_crypto_new(&crypto), SIGNET_OK);
    bool read = sg_content_info_parse(object, &info, &error) && info.has_content &&
                sg_enveloped_data_parse(info.content, info.type == SG_OID_CT_AUTH_ENVELOPED_DATA,
                                        &arena, &data, &error);
    if (read) {
        assert_int_equal(sg_enveloped_data_open(crypto, &data, keys, &opened, result), SIGNET_OK);
        assert_true((*result == SG_OPEN_DONE) == (opened.plain.ptr != NULL));
        if (*result == SG_OPEN_DONE)
            *plain = sg_test_copy(opened.plain.ptr, opened.plain.len);
        sg_secret_free(&opened.plain);
    }
    sg_crypto_free(crypto);
    sg_arena_clear(&arena);
    return read;
}

static enum sg_open_result open_one(struct signet_span object, struct sg_opener_key key,
                                    struct signet_span *plain)
{
    struct sg_opening_keys keys = {.keys = &key, .num_keys = 1};
    enum sg_open_result result = SG_OPEN_NOT_FOR_US;
    assert_true(open_with(object, &keys, &result, plain));
    return result;
}

static const enum sg_oid ciphers[] = {
    SG_OID_AES256_GCM, SG_OID_AES192_GCM, SG_OID_AES128_GCM, SG_OID_CHACHA20_POLY1305,
    SG_OID_AES256_CBC, SG_OID_AES192_CBC, SG_OID_AES128_CBC, SG_OID_DES_EDE3_CBC};

static void opens_what_it_writes(void **state)
{
    static const char *const kinds[] = {"rsa", "p256", "p384", "p521", "x25519", "dh"};
    (void)state;
    for (size_t k = 0; k < SG_NUM(kinds); k++) {
        struct sg_opener_key one = person(kinds[k]);
        for (size_t c = 0; c < SG_NUM(ciphers); c++) {
            for (unsigned form = 0; form < 4; form++) {
                if (c > 0 && form > 0 && k > 0)
                    continue;
                struct signet_span plain;
                struct signet_span object = for_one(one, form & 1, form & 2, ciphers[c]);
                if (open_one(object, one, &plain) != SG_OPEN_DONE)
                    fail_msg("%s, cipher %zu, form %u", kinds[k], c, form);
                assert_span_text(plain, text);
            }
        }
        leave(one);
    }
}

static void opens_with_the_key_alone(void **state)
{
    struct sg_opener_key one = person("p256"), bare = {NULL, one.key};
    struct signet_span plain;
    (void)state;
    assert_int_equal(open_one(for_one(one, true, false, SG_OID_AES256_GCM), bare, &plain),
                     SG_OPEN_DONE);
    assert_int_equal(open_one(for_one(one, false, false, SG_OID_AES256_GCM), bare, &plain),
                     SG_OPEN_NOT_FOR_US);
    leave(one);
}

static void assert_same_order(struct signet_span one, struct signet_span two)
{
    struct signet_parse_error error = {0};
    struct sg_content_info info[2];
    struct sg_enveloped_data data[2];
    struct sg_arena arena;
    sg_arena_init(&arena, (size_t)1 << 24);
    assert_true(sg_content_info_parse(one, &info[0], &error));
    assert_true(sg_content_info_parse(two, &info[1], &error));
    for (size_t i = 0; i < 2; i++)
        assert_true(sg_enveloped_data_parse(info[i].content, true, &arena, &data[i], &error));
    assert_int_equal(data[0].num_recipients, data[1].num_recipients);
    for (size_t i = 0; i < data[0].num_recipients; i++)
        assert_span_equal(data[0].recipients[i].certificates[0].serial,
                          data[1].recipients[i].certificates[0].serial);
    sg_arena_clear(&arena);
}

static void writes_to_many_in_one_order(void **state)
{
    static const char *const kinds[] = {"rsa", "p256", "x25519", "dh"};
    struct sg_opener_key people[SG_NUM(kinds)], stranger = person("p384");
    struct sg_new_recipient forwards[SG_NUM(kinds)] = {{0}}, backwards[SG_NUM(kinds)] = {{0}};
    struct signet_span plain;
    (void)state;
    for (size_t i = 0; i < SG_NUM(kinds); i++) {
        people[i] = person(kinds[i]);
        forwards[i].certificate = people[i].certificate;
        backwards[SG_NUM(kinds) - 1 - i].certificate = people[i].certificate;
    }
    struct signet_span one = written(forwards, SG_NUM(kinds), SG_OID_AES256_GCM);
    struct signet_span two = written(backwards, SG_NUM(kinds), SG_OID_AES256_GCM);
    assert_same_order(one, two);
    for (size_t i = 0; i < SG_NUM(kinds); i++) {
        assert_int_equal(open_one(one, people[i], &plain), SG_OPEN_DONE);
        assert_int_equal(open_one(two, people[i], &plain), SG_OPEN_DONE);
        assert_span_text(plain, text);
    }
    assert_int_equal(open_one(one, stranger, &plain), SG_OPEN_NOT_FOR_US);
    for (size_t i = 0; i < SG_NUM(kinds); i++)
        leave(people[i]);
    leave(stranger);
}

/* A key that is named, but is not the one: what a wrong key gives is told like anything changed. */
static void tells_no_wrong_key_from_a_changed_message(void **state)
{
    static const enum sg_oid kinds[] = {SG_OID_AES256_GCM, SG_OID_AES256_CBC};
    struct sg_opener_key one = person("p256"), other = person("p384"), wrong;
    struct signet_span plain;
    (void)state;
    wrong = (struct sg_opener_key){one.certificate, other.key};
    for (size_t i = 0; i < SG_NUM(kinds); i++) {
        struct signet_span object = for_one(one, false, false, kinds[i]);
        enum sg_open_result result = open_one(object, wrong, &plain);
        assert_true(result == SG_OPEN_KEY_UNSUPPORTED || result == SG_OPEN_FAILED);
    }
    leave(one);
    leave(other);
}

/* Every octet of the encrypted key and of the content flipped: the same outcome; elsewhere nothing
 * worse than another outcome, and never the text of AuthEnvelopedData changed. */
static void fails_alike_whatever_was_changed(void **state)
{
    static const struct {
        const char *kind;
        bool oaep;
    } rows[] = {{"rsa", false}, {"rsa", true}, {"p256", false}};
    (void)state;
    for (size_t r = 0; r < SG_NUM(rows); r++) {
        struct sg_opener_key one = person(rows[r].kind);
        struct signet_span object = for_one(one, false, rows[r].oaep, SG_OID_AES256_GCM);
        struct sg_opening_keys keys = {.keys = &one, .num_keys = 1};
        size_t num_failed = 0;
        for (size_t at = 0; at < object.len; at++) {
            struct signet_span bad = sg_test_copy(object.ptr, object.len), plain;
            enum sg_open_result result;
            ((uint8_t *)(uintptr_t)bad.ptr)[at] ^= 0x01;
            if (!open_with(bad, &keys, &result, &plain))
                continue;
            if (result == SG_OPEN_DONE)
                assert_span_text(plain, text); /* what is not looked at, such as a version */
            else if (result == SG_OPEN_FAILED)
                num_failed++;
        }
        /* the encrypted key, the content, the nonce, the tag */
        size_t least = sizeof text - 1 + 12 + 16 + (r < 2 ? 256 : 40);
        if (num_failed < least)
            fail_msg("%s: %zu", rows[r].kind, num_failed);
        leave(one);
    }
}

static void tells_what_it_cannot_open(void **state)
{
    struct sg_opener_key one = person("ed25519"), two = person("rsa");
    struct sg_new_recipient recipients[] = {{.certificate = two.certificate},
                                            {.certificate = one.certificate}};
    struct sg_buffer out;
    struct signet_sink sink = {static_agreement_keep, &out};
    struct sg_enveloping parts = {recipients, 2, sg_cipher_kind_find(SG_OID_AES256_GCM), 5};
    struct sg_envelope *envelope;
    const struct sg_new_recipient *failed;
    (void)state;
    sg_buffer_init(&out, 1 << 16);
    assert_int_equal(sg_envelope_new(&parts, &sink, &envelope, &failed), SIGNET_ERR_CRYPTO);
    assert_ptr_equal(failed, &recipients[1]);
    assert_int_equal(out.len, 0); /* nobody got anything */
    assert_false(sg_recipient_can(&one.certificate->spki));
    parts.num_recipients = 0;
    assert_int_equal(sg_envelope_new(&parts, &sink, &envelope, NULL), SIGNET_ERR_ARGUMENT);
    parts.num_recipients = 1;
    assert_int_equal(sg_envelope_new(&parts, &sink, &envelope, NULL), SIGNET_OK);
    assert_int_equal(sg_envelope_add(envelope, text_bytes("too long")), SIGNET_ERR_ARGUMENT);
    assert_int_equal(sg_envelope_add(envelope, text_bytes("shor")), SIGNET_OK);
    assert_int_equal(sg_envelope_finish(envelope), SIGNET_ERR_ARGUMENT);
    sg_envelope_free(envelope);
    sg_buffer_free(&out);
    leave(one);
    leave(two);
}

static const struct signet_certificate *
find_originator(void *context, const struct sg_certificate_reference *reference)
{
    const struct sg_opener_key *sender = context;
    return sg_span_equal(reference->key_id, sender->certificate->ski) ? sender->certificate : NULL;
}

static void opens_by_a_static_key_that_may_be_used(void **state)
{
    struct sg_opener_key sender = person("dh-sender"), receiver = person("dh");
    static const struct {
        enum sg_oid scheme;
        const char *ukm;
    } rows[] = {{SG_OID_ALG_SSDH, "64 octets or any other number of them"},
                {SG_OID_ALG_SSDH, NULL},
                {SG_OID_ALG_ESDH, "ukm"}};
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct signet_span ukm = rows[i].ukm == NULL ? sg_span(NULL, 0) : text_bytes(rows[i].ukm);
        struct signet_span object =
                               static_agreement(sender.certificate, sender.key,
                                                receiver.certificate, rows[i].scheme, ukm, text),
                           plain;
        struct sg_opening_keys keys = {&receiver, 1, NULL, find_originator, &sender};
        enum sg_open_result result;
        assert_true(open_with(object, &keys, &result, &plain));
        assert_int_equal(result, SG_OPEN_DONE);
        assert_span_text(plain, text);
        keys.context = &receiver;
        assert_true(open_with(object, &keys, &result, &plain));
        assert_int_equal(result, SG_OPEN_NO_ORIGINATOR);
        assert_int_equal(open_one(object, receiver, &plain), SG_OPEN_NO_ORIGINATOR);
    }
    leave(sender);
    leave(receiver);
}

/* Keys of one certificate, of which only one can be had. */
struct keyring {
    const struct signet_key *key;
    size_t which, num_asked;
};

static const struct signet_key *unlock_one(void *context, size_t index)
{
    struct keyring *ring = context;
    ring->num_asked++;
    return index == ring->which ? ring->key : NULL;
}

static void tries_eight_keys(void **state)
{
    struct sg_opener_key one = person("p256"), many[10];
    struct signet_span object = for_one(one, false, false, SG_OID_AES256_GCM);
    (void)state;
    for (size_t i = 0; i < SG_NUM(many); i++)
        many[i] = (struct sg_opener_key){one.certificate, NULL};
    for (size_t which = 7; which < 9; which++) {
        struct keyring ring = {one.key, which, 0};
        struct sg_opening_keys keys = {many, SG_NUM(many), unlock_one, NULL, &ring};
        enum sg_open_result result;
        struct signet_span plain;
        assert_true(open_with(object, &keys, &result, &plain));
        assert_int_equal(result, which == 7 ? SG_OPEN_DONE : SG_OPEN_KEY_DENIED);
        assert_int_equal(ring.num_asked, 8);
    }
    leave(one);
}

static void survives_want_of_memory(void **state)
{
    struct sg_opener_key one = person("p256");
    struct sg_new_recipient recipient = {.certificate = one.certificate};
    enum signet_status status;
    (void)state;
    size_t n = 0;
    do {
        struct sg_buffer out;
        sg_buffer_init(&out, 1 << 20);
        fault_begin(n++);
        status = write_to(&recipient, 1, SG_OID_AES256_GCM, &out);
        fault_end();
        sg_buffer_free(&out);
        assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY ||
                    status == SIGNET_ERR_CRYPTO || status == SIGNET_ERR_IO);
    } while (status != SIGNET_OK);
    assert_true(n > 3);
    leave(one);
}

SG_TEST_MAIN(SG_TEST("C-ENV-1 C-ENV-2 C-ENV-3 C-ENV-7 D-ALG-5", opens_what_it_writes),
             SG_TEST("C-ENV-4", opens_with_the_key_alone),
             SG_TEST("C-ENV-4", writes_to_many_in_one_order),
             SG_TEST("C-ENV-1", tells_no_wrong_key_from_a_changed_message),
             SG_TEST("C-ENV-1 D-ALG-5", fails_alike_whatever_was_changed),
             SG_TEST("C-ENV-5", tells_what_it_cannot_open),
             SG_TEST("C-ENV-2 A-4.2-3", opens_by_a_static_key_that_may_be_used),
             SG_TEST("E-9", tries_eight_keys), SG_TEST("", survives_want_of_memory))
