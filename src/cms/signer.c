/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signer.h"

#include "cms/digest_algorithm.h"

bool sg_signer_names(struct sg_crypto *crypto, const struct sg_signer_info *signer,
                     const struct signet_certificate *certificate)
{
    return sg_reference_matches(crypto, &signer->sid, certificate);
}

static bool parse_algorithm(const struct sg_signer_info *signer, struct sg_signature_algorithm *out)
{
    struct signet_parse_error error = {0};
    bool differs;
    return sg_signature_algorithm_parse_cms(&signer->signature_algorithm, signer->digest, out,
                                            &differs, &error);
}

/* RFC 5652 5.4: over the DER of the attributes. Some signers don't sort them before they sign, and
 * it is their octets in the order of the message that verify; a signer who does sort sends them as
 * it likes. */
static enum sg_signature_check verify_attributes(struct sg_crypto *crypto,
                                                 const struct sg_signer_info *signer,
                                                 const struct sg_signature_algorithm *algorithm,
                                                 const struct sg_public_key *key, bool *unsorted)
{
    enum sg_signature_check check = sg_signature_verify(
        crypto, algorithm, key, signer->signed_attributes_sorted, signer->signature);
    if (check != SG_SIGNATURE_INVALID ||
        signer->signed_attributes_sorted.ptr == signer->signed_attributes_der.ptr)
        return check;
    check = sg_signature_verify(crypto, algorithm, key, signer->signed_attributes_der,
                                signer->signature);
    *unsorted = check == SG_SIGNATURE_VALID;
    return check;
}

static enum sg_signature_check verify_bare_content(struct sg_crypto *crypto,
                                                   const struct sg_signer_info *signer,
                                                   const struct sg_signer_content *content,
                                                   const struct sg_signature_algorithm *algorithm,
                                                   const struct sg_public_key *key)
{
    if (algorithm->scheme == SG_SCHEME_EDDSA)
        return content->octets.ptr == NULL
                   ? SG_SIGNATURE_UNSUPPORTED
                   : sg_signature_verify(crypto, algorithm, key, content->octets,
                                         signer->signature);
    if (content->digest == NULL)
        return SG_SIGNATURE_UNSUPPORTED;
    return sg_signature_verify_digest(crypto, algorithm, key, content->digest, signer->signature);
}

enum sg_signature_check sg_signer_verify(struct sg_crypto *crypto,
                                         const struct sg_signer_info *signer,
                                         const struct sg_signer_content *content,
                                         const struct sg_public_key *key, bool *unsorted)
{
    struct sg_signature_algorithm algorithm;
    *unsorted = false;
    if (signer->malformed || !parse_algorithm(signer, &algorithm))
        return SG_SIGNATURE_UNSUPPORTED;
    if (signer->has_signed_attributes)
        return verify_attributes(crypto, signer, &algorithm, key, unsorted);
    return verify_bare_content(crypto, signer, content, &algorithm, key);
}

void sg_signer_check_signature(const struct sg_signer_info *signer, enum sg_signature_check result,
                               bool unsorted, struct sg_findings *findings)
{
    static const enum sg_kind kinds[] = {
        [SG_SIGNATURE_INVALID] = SG_KIND_SIGNER_SIGNATURE_INVALID,
        [SG_SIGNATURE_UNSUPPORTED] = SG_KIND_SIGNER_KEY_UNSUPPORTED,
        [SG_SIGNATURE_KEY_MISMATCH] = SG_KIND_SIGNER_KEY_MISMATCH,
    };
    const struct signet_param *params =
        SG_PARAMS(sg_oid_param("algorithm", signer->signature_algorithm.oid_octets));
    if (result == SG_SIGNATURE_NO_MEMORY)
        findings->failed = true;
    else if (result != SG_SIGNATURE_VALID)
        sg_finding_add(findings, kinds[result], sg_at(SIGNET_OBJECT_SIGNER), params);
    else if (unsorted)
        sg_finding_add(findings, SG_KIND_SIGNER_SIGNED_AS_SENT, sg_at(SIGNET_OBJECT_SIGNER), NULL);
}

static void add_weak_digest(struct sg_findings *findings, enum sg_digest_type digest)
{
    if (sg_digest_is_weak(digest))
        sg_finding_add(findings, SG_KIND_SIGNER_DIGEST_WEAK, sg_at(SIGNET_OBJECT_SIGNER),
                       SG_PARAMS(sg_string("digest", sg_digest_name(digest))));
}

void sg_signer_check_strength(const struct sg_signer_info *signer, struct sg_findings *findings)
{
    struct sg_signature_algorithm algorithm;
    struct sg_where where = sg_at(SIGNET_OBJECT_SIGNER);
    if (signer->malformed)
        return;
    add_weak_digest(findings, signer->digest);
    if (signer->digest != SG_DIGEST_NONE && sg_digest_algorithm_is_odd(&signer->digest_algorithm))
        sg_finding_add(findings, SG_KIND_SIGNER_DIGEST_PARAMETERS, where,
                       SG_PARAMS(sg_string("digest", sg_digest_name(signer->digest))));
    if (!parse_algorithm(signer, &algorithm))
        return;
    if (algorithm.digest != signer->digest)
        add_weak_digest(findings, algorithm.digest);
    if (algorithm.nonconforming_parameters)
        sg_finding_add(
            findings, SG_KIND_SIGNER_ALGORITHM_NULL, where,
            SG_PARAMS(sg_oid_param("algorithm", signer->signature_algorithm.oid_octets)));
}

signet_time sg_signer_claimed_time(const struct sg_signer_info *signer)
{
    size_t count;
    const struct sg_cms_attribute *attribute =
        sg_cms_attribute_find(&signer->signed_attributes, SG_OID_AA_SIGNING_TIME, &count);
    if (count != 1 || attribute->num_values != 1)
        return SIGNET_TIME_UNKNOWN;
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(attribute->value, &error);
    signet_time time;
    uint32_t tag;
    return sg_der_time(&der, &time, &tag) && sg_der_end(&der) ? time : SIGNET_TIME_UNKNOWN;
}

/* "1.2.3" for an algorithm that we have no name for. */
static const char *add_dotted(struct signet_span oid, struct sg_arena *arena)
{
    enum { MAX_DOTTED_LEN = 1024 };
    struct sg_buffer dotted;
    sg_buffer_init(&dotted, MAX_DOTTED_LEN);
    sg_oid_add_dotted(&dotted, oid);
    const char *text = sg_arena_printf(arena, "%.*s", (int)dotted.len,
                                       dotted.ptr != NULL ? (char *)dotted.ptr : "");
    sg_buffer_free(&dotted);
    return text;
}

const char *sg_signer_algorithm_text(const struct sg_signer_info *signer, struct sg_arena *arena)
{
    static const char *const schemes[] = {
        [SG_SCHEME_RSA_PKCS1] = "RSA", [SG_SCHEME_RSA_PSS] = "RSASSA-PSS",
        [SG_SCHEME_DSA] = "DSA",       [SG_SCHEME_ECDSA] = "ECDSA",
        [SG_SCHEME_EDDSA] = NULL,      [SG_SCHEME_UNSIGNED] = NULL,
    };
    const struct sg_algorithm *named = &signer->signature_algorithm;
    struct sg_signature_algorithm algorithm;
    const char *scheme = parse_algorithm(signer, &algorithm) ? schemes[algorithm.scheme] : NULL;
    if (scheme != NULL)
        return sg_arena_printf(arena, "%s with %s", sg_digest_name(signer->digest), scheme);
    return named->oid != SG_OID_UNKNOWN ? sg_oid_name(named->oid)
                                        : add_dotted(named->oid_octets, arena);
}
