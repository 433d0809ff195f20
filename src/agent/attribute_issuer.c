/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/attribute_issuer.h"

#include "x509/aa_controls.h"
#include "x509/privilege.h"

/* Certificates of one name that are looked at; more than a few is an attack. */
#define MAX_NAMESAKES 64
/* Of these, those whose paths are built. */
#define MAX_PATHS 8

/* One that may be the issuer. */
struct prospect {
    const struct signet_certificate *certificate;
    bool authority, signed_it;
};

struct prospects {
    struct prospect items[MAX_NAMESAKES];
    size_t num;
};

static struct sg_signed_object signed_object(const struct signet_attribute_certificate *attributes)
{
    return (struct sg_signed_object){.identity = attributes,
                                     .tbs = attributes->info,
                                     .algorithm = &attributes->signature_algorithm,
                                     .signature = attributes->signature};
}

/* A key without parameters of its own may still have made the signature. */
static bool may_have_signed(struct sg_judgement *judgement,
                            const struct signet_attribute_certificate *attributes,
                            const struct signet_certificate *certificate)
{
    struct sg_signed_object object = signed_object(attributes);
    enum sg_fact fact =
        sg_fact_verify(judgement, &object, &certificate->spki, (struct signet_span){NULL, 0});

    return fact == SG_FACT_VALID || fact == SG_FACT_KEY_PARAMS_MISSING;
}

static void list_prospects(struct sg_judgement *judgement,
                           const struct signet_attribute_certificate *attributes,
                           struct prospects *out)
{
    struct sg_pool_cursor cursor = sg_pool_subjects(judgement->pool, &attributes->issuer.name);
    const struct signet_certificate *certificate;

    while (out->num < MAX_NAMESAKES && (certificate = sg_pool_subject_next(&cursor)) != NULL)
        out->items[out->num++] = (struct prospect){
            certificate, sg_pool_is_attribute_authority(judgement->pool, certificate),
            may_have_signed(judgement, attributes, certificate)};
    judgement->arena->failed |= cursor.failed;
}

static int rank(const struct prospect *prospect)
{
    return (prospect->signed_it ? 2 : 0) + (prospect->authority ? 1 : 0);
}

/* Of the prospects of the best rank the one with the best path. False: memory is out. */
static bool choose(struct sg_judgement *judgement, const struct prospects *prospects,
                   struct sg_attribute_authority *out)
{
    int best = 0;
    size_t tried = 0;

    for (size_t i = 0; i < prospects->num; i++)
        if (rank(&prospects->items[i]) > best)
            best = rank(&prospects->items[i]);
    for (size_t i = 0; i < prospects->num && tried < MAX_PATHS; i++) {
        const struct sg_path_request request = {.target = prospects->items[i].certificate};
        struct sg_path_result paths;

        if (rank(&prospects->items[i]) != best)
            continue;
        if (!sg_path_build(judgement, &request, &paths))
            return false;
        if (tried++ == 0 || paths.best->verdict < out->paths.best->verdict)
            *out = (struct sg_attribute_authority){request.target, paths};
    }
    return true;
}

static void tell(struct sg_findings *findings, enum sg_kind kind)
{
    sg_finding_add(findings, kind, sg_at(SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE), NULL);
}

static void tell_signature(enum sg_fact fact, struct sg_findings *findings)
{
    static const struct {
        bool told;
        enum sg_kind kind;
    } kinds[] = {
        [SG_FACT_VALID] = {false, 0},
        [SG_FACT_INVALID] = {true, SG_KIND_AC_SIGNATURE_WRONG},
        [SG_FACT_ALGORITHM_UNSUPPORTED] = {true, SG_KIND_AC_SIGNATURE_UNSUPPORTED},
        [SG_FACT_ALGORITHM_MALFORMED] = {true, SG_KIND_AC_SIGNATURE_MALFORMED},
        [SG_FACT_KEY_MALFORMED] = {true, SG_KIND_AC_SIGNATURE_WRONG},
        [SG_FACT_KEY_PARAMS_MISSING] = {true, SG_KIND_AC_SIGNATURE_PARAMS_MISSING},
        [SG_FACT_KEY_TOO_LARGE] = {true, SG_KIND_AC_SIGNATURE_LIMIT},
        [SG_FACT_KEY_MISMATCH] = {true, SG_KIND_AC_SIGNATURE_WRONG},
        [SG_FACT_LIMIT] = {true, SG_KIND_AC_SIGNATURE_LIMIT},
        [SG_FACT_NO_MEMORY] = {false, 0},
    };

    if (kinds[fact].told)
        tell(findings, kinds[fact].kind);
}

/* RFC 8550 4.3 says of signatures in general what is true of these, too. */
static void check_digest(const struct sg_algorithm *algorithm, struct sg_findings *findings)
{
    struct sg_signature_algorithm parsed;
    struct signet_parse_error error = {0};

    if (sg_signature_algorithm_parse(algorithm, &parsed, &error) &&
        sg_digest_is_weak(parsed.digest))
        sg_finding_add(findings, SG_KIND_AC_DIGEST_WEAK, sg_at(SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE),
                       SG_PARAMS(sg_string("digest", sg_digest_name(parsed.digest))));
}

static void check_signature(struct sg_judgement *judgement,
                            const struct signet_attribute_certificate *attributes,
                            const struct sg_attribute_authority *authority,
                            struct sg_findings *findings)
{
    struct sg_signed_object object = signed_object(attributes);
    const struct sg_path *path = &authority->paths.best->path;
    struct signet_span parameters = {NULL, 0};

    if (path->anchor != NULL)
        parameters = sg_path_inherited_parameters(path, 0);
    tell_signature(sg_fact_verify(judgement, &object, &authority->certificate->spki, parameters),
                   findings);
    check_digest(&attributes->signature_algorithm, findings);
}

/* RFC 5755 4.2.8. */
static void check_unique_id(const struct signet_attribute_certificate *attributes,
                            const struct signet_certificate *issuer, struct sg_findings *findings)
{
    if (sg_span_equal(attributes->issuer_unique_id, issuer->subject_unique_id))
        return;
    tell(findings, attributes->issuer_unique_id.ptr != NULL ? SG_KIND_AC_ISSUER_UNIQUE_ID
                                                            : SG_KIND_AC_ISSUER_UNIQUE_ID_MISSING);
}

/* RFC 5755 4.5, 5 (4). */
static void check_profile(struct sg_judgement *judgement, const struct signet_certificate *issuer,
                          struct sg_findings *findings)
{
    const uint16_t wanted = SG_KU_DIGITAL_SIGNATURE | SG_KU_NON_REPUDIATION;

    if (!sg_pool_is_attribute_authority(judgement->pool, issuer))
        sg_finding_add(findings, SG_KIND_AC_ISSUER_UNTRUSTED, sg_at_certificate(0), NULL);
    if (issuer->is_ca)
        sg_finding_add(findings, SG_KIND_AC_ISSUER_IS_CA, sg_at_certificate(0), NULL);
    if (issuer->has_key_usage && (issuer->key_usage & wanted) == 0)
        sg_finding_add(findings, SG_KIND_AC_ISSUER_KEY_USAGE, sg_at_certificate(0), NULL);
}

/* RFC 5755 7.4: CAs between a certificate and the issuer. */
static void check_controls(const struct sg_path *path, struct sg_findings *findings)
{
    struct sg_aa_controls controls;

    for (size_t i = 1; i < path->num; i++)
        if (sg_aa_controls_get(path->certificates[i], &controls) && controls.path_len >= 0 &&
            (uint64_t)controls.path_len < i - 1)
            sg_finding_add(findings, SG_KIND_AC_CONTROLS_PATH, sg_at_certificate(i), NULL);
}

bool sg_attribute_is_permitted(const struct sg_attribute_authority *authority,
                               struct signet_span oid)
{
    struct sg_aa_controls controls;

    if (authority->certificate == NULL)
        return true;
    for (size_t i = 0; i < authority->paths.best->path.num; i++)
        if (sg_aa_controls_get(authority->paths.best->path.certificates[i], &controls) &&
            !sg_aa_controls_permit(&controls, oid))
            return false;
    return true;
}

static void check_attributes(const struct signet_attribute_certificate *attributes,
                             const struct sg_attribute_authority *authority,
                             struct sg_findings *findings)
{
    struct sg_privileges privileges = sg_privileges_begin(attributes->attributes);
    struct sg_privilege privilege;

    while (sg_privileges_next(&privileges, &privilege))
        if (!sg_attribute_is_permitted(authority, privilege.type_octets))
            sg_finding_add(findings, SG_KIND_AC_ATTRIBUTE_FORBIDDEN,
                           sg_at(SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE),
                           SG_PARAMS(sg_oid_param("attribute", privilege.type_octets)));
}

bool sg_attribute_issuer_check(struct sg_judgement *judgement,
                               const struct signet_attribute_certificate *attributes,
                               struct sg_findings *findings, struct sg_attribute_authority *out)
{
    struct prospects prospects = {.num = 0};

    *out = (struct sg_attribute_authority){0};
    if (attributes->issuer.name.der.ptr != NULL)
        list_prospects(judgement, attributes, &prospects);
    if (!choose(judgement, &prospects, out))
        return false;
    if (out->certificate == NULL) {
        tell(findings, SG_KIND_AC_ISSUER_ABSENT);
        return !judgement->failed;
    }
    check_signature(judgement, attributes, out, findings);
    sg_findings_append(findings, &out->paths.best->findings);
    check_unique_id(attributes, out->certificate, findings);
    check_profile(judgement, out->certificate, findings);
    check_controls(&out->paths.best->path, findings);
    check_attributes(attributes, out, findings);
    return !judgement->failed;
}
