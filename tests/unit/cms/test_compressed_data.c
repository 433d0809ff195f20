/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/compressed_data_open.h"
#include "cms/content_info.h"
#include "fault.h"
#include "test.h"

#define ARENA_LEN ((size_t)1 << 24)
#define TEXT_LEN  2200 /* of compressed_samples.py */

static const struct {
    const char *name;
    const unsigned char *octets;
    size_t len;
} samples[] = {
#include "compressed_samples.inc"
};

static struct signet_span content_of(const char *name)
{
    struct sg_content_info info = {0};
    struct signet_parse_error error;
    for (size_t i = 0; i < SG_NUM(samples); i++) {
        if (strcmp(samples[i].name, name) == 0)
            assert_true(sg_content_info_parse(sg_test_copy(samples[i].octets, samples[i].len),
                                              &info, &error));
    }
    if (info.type != SG_OID_CT_COMPRESSED_DATA)
        fail_msg("no sample \"%s\"", name);
    return info.content;
}

static struct sg_compressed_data parse(const char *name, struct sg_arena *arena)
{
    struct sg_compressed_data data;
    struct signet_parse_error error;
    if (!sg_compressed_data_parse(content_of(name), arena, &data, &error))
        fail_msg("%s: %s at %zu", name, error.expected, error.offset);
    return data;
}

static bool begin_in_arena(void *context, size_t len, struct sg_spool *out)
{
    return sg_spool_begin(out, context, len);
}

static struct sg_uncompressing begin(struct sg_arena *arena, size_t max)
{
    return (struct sg_uncompressing){
        .max = max, .left = max, .begin = begin_in_arena, .context = arena};
}

static void reads_what_stands_around_the_content(void **state)
{
    static const struct {
        const char *name;
        enum sg_oid type;
        size_t num_segments;
        bool has_parameters;
    } rows[] = {
        {"text", SG_OID_CT_DATA, 1, false},          {"empty", SG_OID_CT_DATA, 1, false},
        {"signed", SG_OID_CT_SIGNED_DATA, 1, false}, {"parameters", SG_OID_CT_DATA, 1, true},
        {"ber", SG_OID_CT_DATA, 8, false},           {"ber-long", SG_OID_CT_DATA, 40, false},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        sg_arena_init(&arena, ARENA_LEN);
        struct sg_compressed_data data = parse(rows[i].name, &arena);
        if (data.version != 0 || data.compression.oid != SG_OID_ZLIB_COMPRESSION ||
            data.content.type != rows[i].type || !data.content.present ||
            data.content.octets.num != rows[i].num_segments ||
            (data.compression.parameters.ptr != NULL) != rows[i].has_parameters)
            fail_msg("%s: %zu segments", rows[i].name, data.content.octets.num);
        sg_arena_clear(&arena);
    }
}

static void says_where_an_object_breaks(void **state)
{
    static const struct {
        const char *name, *expected;
    } rows[] = {
        {"bad-not-a-sequence", "CompressedData SEQUENCE"},
        {"bad-version", "version INTEGER"},
        {"bad-version-negative", "INTEGER between 0"},
        {"bad-algorithm", "compressionAlgorithm SEQUENCE"},
        {"bad-algorithm-empty", "algorithm OBJECT IDENTIFIER"},
        {"bad-algorithm-more", "end"},
        {"bad-content", "encapContentInfo SEQUENCE"},
        {"bad-content-type", "eContentType OBJECT IDENTIFIER"},
        {"bad-content-tag", "eContent [0]"},
        {"bad-content-string", "eContent OCTET STRING"},
        {"bad-content-more", "end"},
        {"bad-more", "end"},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_compressed_data data;
        struct signet_parse_error error;
        struct signet_span content = content_of(rows[i].name);
        sg_arena_init(&arena, ARENA_LEN);
        if (sg_compressed_data_parse(content, &arena, &data, &error))
            fail_msg("%s is read", rows[i].name);
        if (error.expected == NULL || strstr(error.expected, rows[i].expected) == NULL)
            fail_msg("%s: expected \"%s\"", rows[i].name, error.expected);
        assert_true(error.offset <= content.len);
        sg_arena_clear(&arena);
    }
}

static void opens_or_says_why_not(void **state)
{
    static const struct {
        const char *name;
        enum sg_uncompressed result;
        enum sg_kind kind;
        size_t len;
    } rows[] = {
        {"text", SG_UNCOMPRESSED_DONE, SG_KIND_PART_COMPRESSED, TEXT_LEN},
        {"empty", SG_UNCOMPRESSED_DONE, SG_KIND_PART_COMPRESSED, 0},
        {"parameters", SG_UNCOMPRESSED_DONE, SG_KIND_PART_COMPRESSED, TEXT_LEN},
        {"ber", SG_UNCOMPRESSED_DONE, SG_KIND_PART_COMPRESSED, TEXT_LEN},
        {"ber-long", SG_UNCOMPRESSED_DONE, SG_KIND_PART_COMPRESSED, TEXT_LEN},
        {"version", SG_UNCOMPRESSED_VERSION, SG_KIND_COMPRESSED_VERSION, 0},
        {"algorithm", SG_UNCOMPRESSED_ALGORITHM, SG_KIND_COMPRESSED_ALGORITHM, 0},
        {"no-content", SG_UNCOMPRESSED_NO_CONTENT, SG_KIND_COMPRESSED_NO_CONTENT, 0},
        {"truncated", SG_UNCOMPRESSED_TRUNCATED, SG_KIND_COMPRESSED_TRUNCATED, 0},
        {"checksum", SG_UNCOMPRESSED_CHECKSUM, SG_KIND_COMPRESSED_CHECKSUM, 0},
        {"trailing", SG_UNCOMPRESSED_TRAILING, SG_KIND_COMPRESSED_TRAILING, 0},
        {"header", SG_UNCOMPRESSED_HEADER, SG_KIND_COMPRESSED_HEADER, 0},
        {"dictionary", SG_UNCOMPRESSED_DICTIONARY, SG_KIND_COMPRESSED_DICTIONARY, 0},
        {"corrupt", SG_UNCOMPRESSED_CORRUPT, SG_KIND_COMPRESSED_CORRUPT, 0},
    };
    (void)state;
    for (size_t i = 0; i < SG_NUM(rows); i++) {
        struct sg_arena arena;
        struct sg_findings findings;
        struct signet_span plain;
        enum sg_uncompressed result;
        sg_arena_init(&arena, ARENA_LEN);
        sg_findings_init(&findings, &arena);
        struct sg_compressed_data data = parse(rows[i].name, &arena);
        struct sg_uncompressing uncompressing = begin(&arena, 10000);
        assert_int_equal(sg_compressed_data_open(&data, &uncompressing, &plain, &result),
                         SIGNET_OK);
        if (result != rows[i].result || plain.len != rows[i].len)
            fail_msg("%s: %s, %zu", rows[i].name, sg_uncompressed_name(result), plain.len);
        assert_int_equal(plain.ptr != NULL, result == SG_UNCOMPRESSED_DONE);
        sg_uncompressed_tell(&data, "1.2", &uncompressing, result, plain.len, &findings);
        assert_int_equal(findings.num, 1);
        assert_int_equal(findings.items[0].kind, rows[i].kind);
        sg_arena_clear(&arena);
    }
}

/* What is nested, or stands side by side, shares one budget. */
static void counts_what_comes_out_of_all(void **state)
{
    struct sg_arena arena;
    struct signet_span plain;
    enum sg_uncompressed result;
    (void)state;
    sg_arena_init(&arena, ARENA_LEN);
    struct sg_compressed_data data = parse("text", &arena), broken = parse("checksum", &arena);
    struct sg_uncompressing uncompressing = begin(&arena, 3 * TEXT_LEN + 1);
    const struct sg_compressed_data *order[] = {&data, &broken, &data, &data};
    static const enum sg_uncompressed results[] = {SG_UNCOMPRESSED_DONE, SG_UNCOMPRESSED_CHECKSUM,
                                                   SG_UNCOMPRESSED_DONE, SG_UNCOMPRESSED_TOO_LARGE};
    for (size_t i = 0; i < SG_NUM(order); i++) {
        assert_int_equal(sg_compressed_data_open(order[i], &uncompressing, &plain, &result),
                         SIGNET_OK);
        assert_int_equal(result, results[i]);
    }
    assert_int_equal(uncompressing.left, 1);
    sg_arena_clear(&arena);
}

static void survives_every_failing_allocation(void **state)
{
    struct signet_span content = content_of("ber-long");
    bool done = false;
    (void)state;
    for (size_t n = 0; !done; n++) {
        struct sg_arena arena;
        struct sg_compressed_data data;
        struct signet_parse_error error;
        struct signet_span plain;
        enum sg_uncompressed result;
        enum signet_status status = SIGNET_ERR_MEMORY;
        sg_arena_init(&arena, ARENA_LEN);
        struct sg_uncompressing uncompressing = begin(&arena, 10000);
        fault_begin(n);
        if (sg_compressed_data_parse(content, &arena, &data, &error))
            status = sg_compressed_data_open(&data, &uncompressing, &plain, &result);
        else
            assert_null(error.expected);
        fault_end();
        assert_true(status == SIGNET_OK || status == SIGNET_ERR_MEMORY);
        done = status == SIGNET_OK;
        if (done)
            assert_int_equal(result, SG_UNCOMPRESSED_DONE);
        sg_arena_clear(&arena);
    }
}

SG_TEST_MAIN(SG_TEST("C-ENV-10", reads_what_stands_around_the_content),
             SG_TEST("C-ENV-10", says_where_an_object_breaks),
             SG_TEST("C-ENV-10", opens_or_says_why_not),
             SG_TEST("C-ENV-10 E-9", counts_what_comes_out_of_all),
             SG_TEST("C-ENV-10", survives_every_failing_allocation))
