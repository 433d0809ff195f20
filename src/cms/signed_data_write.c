/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signed_data_write.h"

#include "asn1/der_writer.h"
#include "base/span.h"

/* What is open at the same time while writing: its octets are known before, from the inside out. */
struct lengths {
    size_t certificates, crls; /* content of [0] and [1] */
    size_t content;            /* the octets of eContent */
    size_t encapsulated;       /* content of EncapsulatedContentInfo */
    size_t digest_algorithms, signers;
    size_t body;  /* content of SignedData */
    size_t whole; /* content of ContentInfo */
};

/* Nothing that is in memory is longer; so sums of three of these don't overflow. */
#define MAX_LEN (SIZE_MAX / 8)

void sg_elements_normalise(struct sg_elements *elements)
{
    size_t kept = 0;
    sg_der_sort(elements->items, elements->num);
    for (size_t i = 0; i < elements->num; i++) {
        if (kept == 0 || !sg_span_equal(elements->items[i], elements->items[kept - 1]))
            elements->items[kept++] = elements->items[i];
    }
    elements->num = kept;
}

static size_t add_len(size_t a, size_t b)
{
    return a > MAX_LEN - b || b > MAX_LEN ? MAX_LEN : a + b;
}

static size_t sum(const struct signet_span *items, size_t num)
{
    size_t len = 0;
    for (size_t i = 0; i < num; i++)
        len = add_len(len, items[i].len);
    return len;
}

static size_t full_len(size_t content_len)
{
    return add_len(sg_der_full_len(content_len), 0);
}

/* The same for a field that is left out when empty. */
static size_t optional_len(size_t content_len)
{
    return content_len == 0 ? 0 : full_len(content_len);
}

static size_t oid_len(enum sg_oid oid)
{
    return sg_der_full_len(sg_oid_octets(oid).len);
}

/* RFC 5652 5.1, without "other" certificates and CRLs and attribute certificates of version 1,
 * which are not written. */
static uint8_t find_version(const struct sg_signed_data_parts *parts)
{
    if (parts->attribute_certificates.num > 0)
        return 4;
    return parts->signer_by_key_id || parts->content_type != SG_OID_CT_DATA ? 3 : 1;
}

static struct lengths measure(const struct sg_signed_data_parts *parts)
{
    struct lengths len = {0};
    len.certificates =
        add_len(sum(parts->certificates.items, parts->certificates.num),
                sum(parts->attribute_certificates.items, parts->attribute_certificates.num));
    len.crls = sum(parts->crls.items, parts->crls.num);
    len.digest_algorithms = sum(parts->digest_algorithms.items, parts->digest_algorithms.num);
    len.signers = sum(parts->signers.items, parts->signers.num);
    len.content = sum(parts->content, parts->num_content);
    len.encapsulated = oid_len(parts->content_type);
    if (parts->has_content)
        len.encapsulated = add_len(len.encapsulated, full_len(full_len(len.content)));
    len.body = add_len(3 /* version */, full_len(len.digest_algorithms));
    len.body = add_len(len.body, full_len(len.encapsulated));
    len.body = add_len(len.body, optional_len(len.certificates));
    len.body = add_len(len.body, optional_len(len.crls));
    len.body = add_len(len.body, full_len(len.signers));
    len.whole = add_len(oid_len(SG_OID_CT_SIGNED_DATA), full_len(full_len(len.body)));
    return len;
}

static bool put(const struct signet_sink *sink, struct signet_span octets)
{
    return octets.len == 0 || sink->write(sink->context, octets);
}

static bool put_header(const struct signet_sink *sink, uint32_t tag, size_t len)
{
    uint8_t header[SG_DER_HEADER_MAX_LEN];
    return put(sink, sg_span(header, sg_der_header(tag, len, header)));
}

static bool put_all(const struct signet_sink *sink, const struct signet_span *items, size_t num)
{
    for (size_t i = 0; i < num; i++) {
        if (!put(sink, items[i]))
            return false;
    }
    return true;
}

static bool put_oid(const struct signet_sink *sink, enum sg_oid oid)
{
    struct signet_span octets = sg_oid_octets(oid);
    return put_header(sink, SG_TAG_OID, octets.len) && put(sink, octets);
}

static bool put_set(const struct signet_sink *sink, uint32_t tag, size_t len,
                    const struct sg_elements *elements)
{
    return put_header(sink, tag, len) && put_all(sink, elements->items, elements->num);
}

/* CertificateChoices: v2AttrCert [2] IMPLICIT AttributeCertificateV2 (RFC 5652 10.2.2). Its tag is
 * greater than a certificate's, so that all of them follow in DER's order. */
static bool put_attribute_certificates(const struct signet_sink *sink,
                                       const struct sg_elements *certificates)
{
    static const uint8_t tag[] = {SG_TAG_CONTEXT_CONS(2)};
    for (size_t i = 0; i < certificates->num; i++) {
        if (!put(sink, sg_span(tag, 1)) || !put(sink, sg_span_from(certificates->items[i], 1)))
            return false;
    }
    return true;
}

static bool put_encapsulated(const struct signet_sink *sink,
                             const struct sg_signed_data_parts *parts, const struct lengths *len)
{
    if (!put_header(sink, SG_TAG_SEQUENCE, len->encapsulated) ||
        !put_oid(sink, parts->content_type))
        return false;
    return !parts->has_content ||
           (put_header(sink, SG_TAG_CONTEXT_CONS(0), sg_der_full_len(len->content)) &&
            put_header(sink, SG_TAG_OCTET_STRING, len->content) &&
            put_all(sink, parts->content, parts->num_content));
}

static bool put_body(const struct signet_sink *sink, const struct sg_signed_data_parts *parts,
                     const struct lengths *len)
{
    const uint8_t version[] = {SG_TAG_INTEGER, 1, find_version(parts)};
    return put_header(sink, SG_TAG_SEQUENCE, len->body) &&
           put(sink, sg_span(version, sizeof version)) &&
           put_set(sink, SG_TAG_SET, len->digest_algorithms, &parts->digest_algorithms) &&
           put_encapsulated(sink, parts, len) &&
           (len->certificates == 0 ||
            (put_set(sink, SG_TAG_CONTEXT_CONS(0), len->certificates, &parts->certificates) &&
             put_attribute_certificates(sink, &parts->attribute_certificates))) &&
           (len->crls == 0 || put_set(sink, SG_TAG_CONTEXT_CONS(1), len->crls, &parts->crls)) &&
           put_set(sink, SG_TAG_SET, len->signers, &parts->signers);
}

enum signet_status sg_signed_data_write(struct sg_signed_data_parts *parts,
                                        const struct signet_sink *sink)
{
    sg_elements_normalise(&parts->certificates);
    sg_elements_normalise(&parts->attribute_certificates);
    sg_elements_normalise(&parts->crls);
    sg_elements_normalise(&parts->digest_algorithms);
    sg_elements_normalise(&parts->signers);
    struct lengths len = measure(parts);
    if (len.whole >= MAX_LEN - 2 * SG_DER_HEADER_MAX_LEN)
        return SIGNET_ERR_LIMIT;
    bool written = put_header(sink, SG_TAG_SEQUENCE, len.whole) &&
                   put_oid(sink, SG_OID_CT_SIGNED_DATA) &&
                   put_header(sink, SG_TAG_CONTEXT_CONS(0), sg_der_full_len(len.body)) &&
                   put_body(sink, parts, &len);
    return written ? SIGNET_OK : SIGNET_ERR_IO;
}
