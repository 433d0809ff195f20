/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/compressed_data_open.h"

#include "inflate/inflate.h"

static const struct {
    const char *name;
    enum sg_kind kind;
} rows[SG_NUM_UNCOMPRESSED] = {
    [SG_UNCOMPRESSED_DONE] = {"done", SG_KIND_PART_COMPRESSED},
    [SG_UNCOMPRESSED_VERSION] = {"version", SG_KIND_COMPRESSED_VERSION},
    [SG_UNCOMPRESSED_ALGORITHM] = {"algorithm", SG_KIND_COMPRESSED_ALGORITHM},
    [SG_UNCOMPRESSED_NO_CONTENT] = {"no content", SG_KIND_COMPRESSED_NO_CONTENT},
    [SG_UNCOMPRESSED_NO_LIBRARY] = {"no library", SG_KIND_COMPRESSED_NO_LIBRARY},
    [SG_UNCOMPRESSED_TOO_LARGE] = {"too large", SG_KIND_COMPRESSED_LIMIT},
    [SG_UNCOMPRESSED_HEADER] = {"header", SG_KIND_COMPRESSED_HEADER},
    [SG_UNCOMPRESSED_DICTIONARY] = {"dictionary", SG_KIND_COMPRESSED_DICTIONARY},
    [SG_UNCOMPRESSED_CORRUPT] = {"corrupt", SG_KIND_COMPRESSED_CORRUPT},
    [SG_UNCOMPRESSED_CHECKSUM] = {"checksum", SG_KIND_COMPRESSED_CHECKSUM},
    [SG_UNCOMPRESSED_TRUNCATED] = {"truncated", SG_KIND_COMPRESSED_TRUNCATED},
    [SG_UNCOMPRESSED_TRAILING] = {"trailing octets", SG_KIND_COMPRESSED_TRAILING},
};

static enum sg_uncompressed of_inflated(enum sg_inflated inflated)
{
    static const enum sg_uncompressed results[SG_NUM_INFLATED] = {
        [SG_INFLATED_DONE] = SG_UNCOMPRESSED_DONE,
        [SG_INFLATED_NO_LIBRARY] = SG_UNCOMPRESSED_NO_LIBRARY,
        [SG_INFLATED_TOO_LARGE] = SG_UNCOMPRESSED_TOO_LARGE,
        [SG_INFLATED_HEADER] = SG_UNCOMPRESSED_HEADER,
        [SG_INFLATED_DICTIONARY] = SG_UNCOMPRESSED_DICTIONARY,
        [SG_INFLATED_CORRUPT] = SG_UNCOMPRESSED_CORRUPT,
        [SG_INFLATED_CHECKSUM] = SG_UNCOMPRESSED_CHECKSUM,
        [SG_INFLATED_TRUNCATED] = SG_UNCOMPRESSED_TRUNCATED,
        [SG_INFLATED_TRAILING] = SG_UNCOMPRESSED_TRAILING,
    };
    return results[inflated];
}

const char *sg_uncompressed_name(enum sg_uncompressed result)
{
    return rows[result].name;
}

/* What is no reason to inflate anything. */
static enum sg_uncompressed judge(const struct sg_compressed_data *data)
{
    if (data->version != 0)
        return SG_UNCOMPRESSED_VERSION;
    if (data->compression.oid != SG_OID_ZLIB_COMPRESSION)
        return SG_UNCOMPRESSED_ALGORITHM;
    return data->content.present ? SG_UNCOMPRESSED_DONE : SG_UNCOMPRESSED_NO_CONTENT;
}

static enum signet_status inflate(const struct sg_octets *octets, size_t max, struct sg_spool *out,
                                  size_t *len, enum sg_uncompressed *result)
{
    enum sg_inflated inflated;
    enum signet_status status = sg_inflate(octets, max, out, len, &inflated);
    *result = of_inflated(inflated);
    return status;
}

/* Inflated twice: once to know how much there is, which is all that a bomb gets. */
enum signet_status sg_compressed_data_open(const struct sg_compressed_data *data,
                                           struct sg_uncompressing *uncompressing,
                                           struct signet_span *plain, enum sg_uncompressed *result)
{
    *plain = (struct signet_span){NULL, 0};
    *result = judge(data);
    if (*result != SG_UNCOMPRESSED_DONE)
        return SIGNET_OK;
    size_t len, again;
    enum signet_status status =
        inflate(&data->content.octets, uncompressing->left, NULL, &len, result);
    uncompressing->left -= len; /* also of what was no good: it was work */
    if (status != SIGNET_OK || *result != SG_UNCOMPRESSED_DONE)
        return status;

    /* The input may lie in a file that somebody else writes to meanwhile. */
    struct sg_spool out;
    if (uncompressing->begin(uncompressing->context, len, &out))
        status = inflate(&data->content.octets, len, &out, &again, result);
    return sg_spool_finish(&out, plain) ? status : SIGNET_ERR_MEMORY;
}

/* What the sentence of RESULT says beyond the part. */
static struct signet_param detail(const struct sg_compressed_data *data,
                                  const struct sg_uncompressing *uncompressing,
                                  enum sg_uncompressed result, size_t plain_len)
{
    if (result == SG_UNCOMPRESSED_ALGORITHM)
        return sg_oid_param("algorithm", data->compression.oid_octets);
    if (result == SG_UNCOMPRESSED_VERSION)
        return sg_number("version", data->version);
    size_t number = result == SG_UNCOMPRESSED_TOO_LARGE ? uncompressing->max : plain_len;
    return sg_number("number", (int64_t)number);
}

void sg_uncompressed_tell(const struct sg_compressed_data *data, const char *part,
                          const struct sg_uncompressing *uncompressing, enum sg_uncompressed result,
                          size_t plain_len, struct sg_findings *findings)
{
    sg_finding_add(findings, rows[result].kind, sg_at(SIGNET_OBJECT_MESSAGE),
                   SG_PARAMS(sg_string("part", part),
                             sg_number("compressed", (int64_t)data->content.octets.len),
                             detail(data, uncompressing, result, plain_len)));
}
