/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/signer_judge.h"

#include "agent/candidate_view.h"
#include "agent/path_judge.h"
#include "agent/shown.h"
#include "agent/signer_certificate.h"
#include "agent/signer_claims.h"
#include "cms/signer.h"
#include "mime/smime.h"

/* Everything known while one signer is judged. */
struct judging {
    struct sg_judgement *judgement;
    struct sg_layer *layer;
    const struct sg_signer_info *signer;
    enum sg_content_form form;
    struct sg_signer_content content;
    struct sg_findings findings;
    struct signet_signer *out;
};

/* The messageDigest attribute is VALUE. */
static bool attribute_says(const struct sg_signer_info *signer, const struct sg_digest_value *value)
{
    const struct sg_cms_attribute *attribute =
        sg_cms_attribute_find(&signer->signed_attributes, SG_OID_AA_MESSAGE_DIGEST, NULL);
    struct signet_parse_error error = {0};
    struct signet_span octets;
    if (attribute == NULL || value == NULL)
        return false;
    struct sg_der der = sg_der_begin(attribute->value, &error);
    return sg_der_value(&der, SG_TAG_OCTET_STRING, &octets, "an OCTET STRING") &&
           sg_span_equal(octets, sg_span(value->octets, value->len));
}

static bool digest_content(struct judging *judging, enum sg_content_form form,
                           const struct sg_digest_value **value)
{
    return sg_content_digest(&judging->layer->content, judging->judgement->crypto, form,
                             judging->signer->digest, value);
}

/*
 * A part with binary content keeps bare LFs that are no line ends: when the canonical form is not
 * what was signed, the octets exactly as received may be (RFC 8551 3.1.1). Only where the part's
 * own lines end with CRLF: mail signed over LF lines is bad. False: memory is out.
 */
static bool choose_digest(struct judging *judging)
{
    const struct sg_digest_value *verbatim;
    judging->form = SG_CONTENT_CANONICAL;
    if (!digest_content(judging, SG_CONTENT_CANONICAL, &judging->content.digest))
        return false;
    if (!judging->layer->content.may_be_verbatim || !judging->signer->has_signed_attributes ||
        attribute_says(judging->signer, judging->content.digest))
        return true;
    if (!digest_content(judging, SG_CONTENT_VERBATIM, &verbatim))
        return false;
    if (attribute_says(judging->signer, verbatim)) {
        judging->form = SG_CONTENT_VERBATIM;
        judging->content.digest = verbatim;
    }
    return true;
}

static bool describe_content(struct judging *judging)
{
    struct sg_layer *layer = judging->layer;
    struct sg_signer_content *content = &judging->content;
    content->type = layer->signed_data.content.type;
    content->type_octets = layer->signed_data.content.type_octets;
    if (!layer->has_content)
        return true;
    return choose_digest(judging) && (judging->signer->has_signed_attributes ||
                                      sg_content_join(&layer->content, judging->form,
                                                      judging->judgement->arena, &content->octets));
}

/* What the message around the signature says of it. */
static void check_wrapping(struct judging *judging)
{
    const struct sg_layer *layer = judging->layer;
    const struct sg_where signer = sg_at(SIGNET_OBJECT_SIGNER);

    if (!layer->has_content)
        sg_finding_add(&judging->findings, SG_KIND_NO_CONTENT, signer, NULL);
    if (layer->kind == SG_LAYER_CLEAR && layer->micalg.ptr != NULL &&
        !sg_micalg_names(layer->micalg, sg_digest_name(judging->signer->digest)))
        sg_finding_add(&judging->findings, SG_KIND_MICALG_MISMATCH, signer,
                       SG_PARAMS(sg_text("micalg", layer->micalg),
                                 sg_string("digest", sg_digest_name(judging->signer->digest))));
}

static const char *show_sid(const struct sg_signer_info *signer, struct sg_arena *arena)
{
    const char *issuer, *serial;

    if (signer->malformed)
        return "(unreadable)";
    if (signer->sid.by_key_id) {
        const char *key_id = sg_shown_hex(signer->sid.key_id, arena);

        return key_id == NULL ? NULL : sg_arena_printf(arena, "key identifier %s", key_id);
    }
    issuer = sg_shown_name(&signer->sid.issuer, arena);
    serial = sg_shown_integer(signer->sid.serial, arena);
    if (issuer == NULL || serial == NULL)
        return NULL;
    return sg_arena_printf(arena, "serial %s of %s", serial, issuer);
}

/* "RSA 2048 with SHA-256": how strong the message is (RFC 3851 5). */
static const char *show_strength(const struct judging *judging,
                                 const struct signet_certificate *certificate)
{
    struct sg_arena *arena = judging->judgement->arena;
    const char *algorithm = sg_signer_algorithm_text(judging->signer, arena);
    const char *key;

    if (certificate == NULL || algorithm == NULL)
        return algorithm;
    key = sg_shown_key(&certificate->spki, arena);
    return key == NULL ? NULL : sg_arena_printf(arena, "%s, key %s", algorithm, key);
}

/* Another certificate that the signer identifier names may be the right one (C-SI-2); without any
 * that is MISSING. */
static void need_signer(struct judging *judging, bool missing)
{
    const struct sg_certificate_reference *sid = &judging->signer->sid;
    struct sg_need need = {.kind = SG_NEED_SIGNER, .missing = missing};
    if (judging->signer->malformed)
        return;
    if (sid->by_key_id) {
        need.key_id = sid->key_id;
    } else {
        need.name = &sid->issuer;
        need.serial = sid->serial;
    }
    sg_need_add(judging->judgement, &need);
}

static bool view_certificate(struct judging *judging, const struct sg_signer_certificate *chosen,
                             const struct sg_sender *sender)
{
    struct signet_signer *out = judging->out;

    sg_signer_certificate_check(judging->signer, chosen, &judging->findings);
    sg_findings_append(&judging->findings, &chosen->findings);
    if (chosen->computed && chosen->signature != SG_SIGNATURE_VALID)
        need_signer(judging, false);
    out->certificate = chosen->certificate;
    out->paths =
        sg_candidate_view(&chosen->paths, judging->judgement->pool, judging->judgement->arena);
    if (out->paths == NULL ||
        !sg_address_check(chosen->certificate, judging->judgement->pool, sender,
                          judging->judgement->policy->exact_local_part, &judging->findings,
                          &out->address))
        return false;
    if (sender->asked)
        sg_path_need_binding(judging->judgement, chosen->certificate, out->address.result,
                             &chosen->paths);
    return true;
}

static void tell_no_certificate(struct judging *judging, const struct sg_signer_certificate *chosen)
{
    sg_signer_certificate_check(judging->signer, chosen, &judging->findings);
    if (chosen->over_budget)
        return;
    sg_finding_add(&judging->findings, SG_KIND_NO_SIGNER_CERT, sg_at(SIGNET_OBJECT_SIGNER),
                   SG_PARAMS(sg_escaped("sid", sg_span_text(judging->out->sid))));
    need_signer(judging, true);
}

static const char *layer_name(enum sg_layer_kind kind)
{
    static const char *const names[] = {
        [SG_LAYER_CLEAR] = "clear-signed",
        [SG_LAYER_OPAQUE] = "opaque",
        [SG_LAYER_BARE] = "bare",
    };

    return names[kind];
}

static bool finish(struct judging *judging, const struct sg_signer_certificate *chosen)
{
    struct signet_signer *out = judging->out;

    out->verdict = sg_path_conclude(chosen->certificate != NULL ? &chosen->paths : NULL,
                                    judging->judgement->policy, &judging->findings);
    out->findings = sg_findings_view(&judging->findings);
    return !judging->findings.failed && !judging->judgement->failed &&
           !judging->judgement->arena->failed;
}

bool sg_signer_judge(struct sg_judgement *judgement, struct sg_layer *layer,
                     const struct sg_signer_info *signer, const struct sg_sender *sender,
                     struct signet_signer *out)
{
    struct judging judging = {.judgement = judgement, .layer = layer, .signer = signer, .out = out};
    struct sg_signer_certificate chosen = {0};
    bool checks_hold = false;

    *out = (struct signet_signer){.part = layer->part, .layer = layer_name(layer->kind)};
    sg_findings_init(&judging.findings, judgement->arena);
    out->sid = show_sid(signer, judgement->arena);
    if (out->sid == NULL || !describe_content(&judging))
        return false;
    if (layer->has_content || signer->malformed)
        checks_hold =
            sg_signer_check(&layer->signed_data, signer, &judging.content, &judging.findings);
    if (!signer->malformed && !sg_signer_certificate_find(judgement, signer, &judging.content,
                                                          sender, layer->has_content, &chosen))
        return false;
    out->signature = sg_signer_signature_verdict(checks_hold, &judging.findings, &chosen);
    check_wrapping(&judging);
    sg_signer_check_strength(signer, &judging.findings);
    if (chosen.certificate == NULL)
        tell_no_certificate(&judging, &chosen);
    else if (!view_certificate(&judging, &chosen, sender))
        return false;
    out->claimed_time = sg_signer_claimed_time(signer);
    out->algorithm = show_strength(&judging, chosen.certificate);
    return out->algorithm != NULL && sg_signer_claims_read(judgement, signer, out) &&
           finish(&judging, &chosen);
}
