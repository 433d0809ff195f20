/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"
#include "sample.h"

/* A renderer that writes everything on one line: {key=value …} for maps, [value …] for lists. */
struct line {
    struct sg_dump dump;
    struct sg_buffer text;
    char closing[64];
    size_t depth, max_depth;
};

static struct line *line_of(struct sg_dump *dump, const char *key)
{
    struct line *line = (struct line *)dump;
    if (line->text.len > 0 && strchr("{[ ", line->text.ptr[line->text.len - 1]) == NULL)
        sg_buffer_add_byte(&line->text, ' ');
    if (key != NULL)
        sg_buffer_printf(&line->text, "%s=", key);
    return line;
}

static void open_with(struct sg_dump *dump, const char *key, char opening, char closing)
{
    struct line *line = line_of(dump, key);
    sg_buffer_add_byte(&line->text, (uint8_t)opening);
    assert_true(line->depth < sizeof(line->closing));
    line->closing[line->depth++] = closing;
    if (line->depth > line->max_depth)
        line->max_depth = line->depth;
}

static void add_map(struct sg_dump *dump, const char *key)
{
    open_with(dump, key, '{', '}');
}

static void add_list(struct sg_dump *dump, const char *key)
{
    open_with(dump, key, '[', ']');
}

static void add_end(struct sg_dump *dump)
{
    struct line *line = (struct line *)dump;
    assert_true(line->depth > 0);
    sg_buffer_add_byte(&line->text, (uint8_t)line->closing[--line->depth]);
}

static void add_text(struct sg_dump *dump, const char *key, struct signet_span utf8)
{
    sg_buffer_add(&line_of(dump, key)->text, utf8);
}

/* Only the length: what the octets are is shown elsewhere. */
static void add_hex(struct sg_dump *dump, const char *key, struct signet_span bytes)
{
    sg_buffer_printf(&line_of(dump, key)->text, "#%zu", bytes.len);
}

static void add_oid(struct sg_dump *dump, const char *key, struct signet_span octets)
{
    struct line *line = line_of(dump, key);
    const char *name = sg_oid_name(sg_oid_find(octets));
    if (name != NULL)
        sg_buffer_add_text(&line->text, name);
    else
        sg_oid_add_dotted(&line->text, octets);
}

static void add_number(struct sg_dump *dump, const char *key, int64_t number)
{
    sg_buffer_printf(&line_of(dump, key)->text, "%lld", (long long)number);
}

static void add_boolean(struct sg_dump *dump, const char *key, bool value)
{
    sg_buffer_add_text(&line_of(dump, key)->text, value ? "yes" : "no");
}

static void add_time(struct sg_dump *dump, const char *key, signet_time time)
{
    char text[SIGNET_TIME_TEXT_SIZE];
    signet_time_format(time, text);
    sg_buffer_add_text(&line_of(dump, key)->text, text);
}

static void add_name(struct sg_dump *dump, const char *key, const struct sg_name *name)
{
    sg_name_add_text(&line_of(dump, key)->text, name);
}

static const struct sg_dump_writer writer = {
    .begin_map = add_map,
    .begin_list = add_list,
    .end = add_end,
    .text = add_text,
    .hex = add_hex,
    .oid = add_oid,
    .number = add_number,
    .boolean = add_boolean,
    .time = add_time,
    .name = add_name,
};

/* The dump of sample NAME as a C string. */
static const char *dump_of(const char *name, size_t *max_depth)
{
    struct sg_arena arena;
    struct line line = {.dump = {&writer}};
    sg_arena_init(&arena, SG_TEST_ARENA_LEN);
    sg_buffer_init(&line.text, SG_TEST_ARENA_LEN);
    struct sg_signed_data signed_data = sample_signed_data(name, &arena);
    sg_signed_data_dump(&signed_data, &line.dump);
    assert_int_equal(line.depth, 0);
    const char *text = as_text(sg_buffer_span(&line.text));
    sg_buffer_free(&line.text);
    sg_arena_clear(&arena);
    if (max_depth != NULL)
        *max_depth = line.max_depth;
    return text;
}

static void assert_shows(const char *name, const char *words)
{
    const char *text = dump_of(name, NULL);
    if (strstr(text, words) == NULL)
        fail_msg("%s lacks \"%s\": %s", name, words, text);
}

static void shows_the_whole_object(void **state)
{
    (void)state;
    assert_string_equal(
        dump_of("rsa-combined", NULL),
        "version=1 digest_algorithms=[{algorithm=sha256}] "
        "content={type=id-data present=yes length=7} certificates=[] crls=[] "
        "signers=[{version=1 issuer=CN=Root,O=Example serial=03eb "
        "digest_algorithm={algorithm=sha256} "
        "signed_attributes=[{type=contentType values=[id-data]} "
        "{type=signingTime values=[2026-06-01T12:00:00Z]} "
        "{type=messageDigest values=[#32]}] "
        "signature_algorithm={algorithm=sha256WithRSAEncryption parameters=#2} signature=#256}]");
}

static void shows_what_is_special(void **state)
{
    static const struct {
        const char *name, *words;
    } rows[] = {
        {"detached", "content={type=id-data present=no}"},
        {"content-empty", "present=yes length=0}"},
        {"pkcs7-content", "content={type=id-ct-receipt present=yes length=12 octet_string=no}"},
        {"by-key-id", "{version=3 key_id=#20 "},
        {"one-broken-signer", "{malformed={expected=sid SignerIdentifier offset="},
        {"capabilities", "{type=sMIMECapabilities values=[[{capability=aes256-cbc} "
                         "{capability=rc2-cbc key_bits=40} "
                         "{capability=1.3.6.1.4.1.32473.6.3 parameters=#3}]]}"},
        {"capabilities-malformed", "{type=sMIMECapabilities values=[#3]}"},
        {"preference-issuerAndSerial",
         "{type=encrypKeyPref values=[{issuer=CN=Root,O=Example serial=03eb}]}"},
        {"preference-recipientKeyId", "{type=encrypKeyPref values=[{key_id=#20}]}"},
        {"preference-subjectKeyIdentifier", "{type=encrypKeyPref values=[{key_id=#20}]}"},
        {"protection", "{type=cmsAlgorithmProtect values=[{digest_algorithm={algorithm=sha256} "
                       "signature_algorithm={algorithm=ecdsa-with-SHA256}}]}"},
        {"ess-v1", "{type=signingCertificate values=[{certificates=[{hash=#20 "
                   "issuer=CN=Root,O=Example serial=03e9}]}]}"},
        {"ess-v2-sha512", "{type=signingCertificateV2 values=[{certificates=[{"
                          "hash_algorithm={algorithm=sha512} hash=#64 "},
        {"ess-policies", "policies=#"},
        {"unknown-attribute", "unsigned_attributes=[{type=1.3.6.1.4.1.32473.3.1 values=[#19]}]"},
        {"countersigned", "unsigned_attributes=[{type=countersignature values=[{version=1 issuer="},
        {"signingTime-two-valued",
         "{type=signingTime values=[2026-05-01T00:00:00Z 2026-05-02T00:00:00Z]}"},
        {"contentType-without-value", "{type=contentType values=[]}"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_shows(rows[i].name, rows[i].words);
}

static void shows_one_line_for_each_kind_of_certificate(void **state)
{
    static const char *const rows[] = {
        "certificates=[{kind=certificate length=",
        "{kind=PKCS #6 extended certificate length=",
        "{kind=v1 attribute certificate length=",
        "{kind=v2 attribute certificate length=",
        "{kind=other certificate length=",
        "crls=[{kind=CRL length=",
        "{kind=other revocation information length=",
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++)
        assert_shows("five-kinds", rows[i]);
}

static void goes_down_countersignatures_only_so_far(void **state)
{
    size_t depth;
    (void)state;
    const char *text = dump_of("countersigned-deeply", &depth);
    assert_true(depth < 32);
    size_t num = 0;
    for (const char *at = text; (at = strstr(at, "{type=countersignature")) != NULL; at++)
        num++;
    assert_int_equal(num, 5); /* the innermost of these stays in hexadecimal */
}

SG_TEST_MAIN(SG_TEST("C-AT-6", shows_the_whole_object),
             SG_TEST("C-AT-1 C-AT-2 C-AT-3 C-AT-5 C-AT-6", shows_what_is_special),
             SG_TEST("C-CC-1", shows_one_line_for_each_kind_of_certificate),
             SG_TEST("C-AT-6", goes_down_countersignatures_only_so_far))
