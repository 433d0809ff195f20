/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/signer_attributes.h"

#include "agent/attribute_holder.h"
#include "agent/attribute_judge.h"

/* Told one by one; more are counted. */
#define MAX_TOLD 16
/* Judged for one signer; each costs a search. */
#define MAX_JUDGED 64
/* Held against the signers. */
#define MAX_LOOKED_AT 4096

static struct signet_param
text_param(const char *name,
           void (*add)(const struct signet_attribute_certificate *, struct sg_buffer *),
           const struct signet_attribute_certificate *certificate, struct sg_buffer *buffer)
{
    add(certificate, buffer);
    return sg_escaped(name, sg_buffer_span(buffer));
}

static void tell_one(const struct signet_attribute_certificate *certificate,
                     struct sg_findings *findings)
{
    struct sg_buffer holder, issuer;

    sg_buffer_init(&holder, SIZE_MAX / 4);
    sg_buffer_init(&issuer, SIZE_MAX / 4);
    sg_finding_add(
        findings, SG_KIND_AC_NOT_JUDGED, sg_at(SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE),
        SG_PARAMS(text_param("holder", sg_attribute_certificate_add_holder, certificate, &holder),
                  text_param("issuer", sg_attribute_certificate_add_issuer, certificate, &issuer),
                  sg_hex("serial", certificate->serial)));
    findings->failed |= holder.status == SIGNET_ERR_MEMORY || issuer.status == SIGNET_ERR_MEMORY;
    sg_buffer_free(&holder);
    sg_buffer_free(&issuer);
}

static void tell_rest(size_t num, struct sg_findings *findings)
{
    if (num > 0)
        sg_finding_add(findings, SG_KIND_AC_NOT_JUDGED_EITHER,
                       sg_at(SIGNET_OBJECT_ATTRIBUTE_CERTIFICATE),
                       SG_PARAMS(sg_number("count", (int64_t)num)));
}

bool sg_attributes_tell(const struct signet_pool *pool, struct sg_findings *findings)
{
    size_t num = sg_pool_num_own_attribute_certificates(pool);

    for (size_t i = 0; i < num && i < MAX_TOLD; i++)
        tell_one(sg_pool_attribute_certificate(pool, i), findings);
    tell_rest(num > MAX_TOLD ? num - MAX_TOLD : 0, findings);
    return !findings->failed;
}

struct signers {
    struct sg_judgement *judgement;
    struct signet_signer *items;
    size_t num;
    size_t num_dropped;
};

static bool names(struct signers *signers, const struct signet_attribute_certificate *certificate,
                  const struct signet_signer *signer, bool *out)
{
    enum sg_holder_match match = SG_HOLDER_DIFFERS;

    if (signer->certificate != NULL &&
        !sg_holder_match(signers->judgement, certificate, signer->certificate, &match))
        return false;
    *out = match != SG_HOLDER_DIFFERS;
    return true;
}

/* Who signs with a certificate is its holder as far as its path and the signature hold. */
static struct sg_attribute_holder holder_of(const struct signet_signer *signer)
{
    struct sg_attribute_holder holder = {signer->certificate, signer->signature};

    if (signer->paths != NULL && signer->paths->items[0].verdict > holder.verdict)
        holder.verdict = signer->paths->items[0].verdict;
    return holder;
}

static bool judge(struct signers *signers, const struct signet_attribute_certificate *certificate,
                  struct signet_signer *signer)
{
    const struct sg_attribute_holder holder = holder_of(signer);
    struct signet_attributes *list = (struct signet_attributes *)(uintptr_t)signer->attributes;

    if (signer->num_attributes == MAX_JUDGED) {
        signers->num_dropped++;
        return true;
    }
    if (list == NULL)
        list = sg_arena_array(signers->judgement->arena, MAX_JUDGED, sizeof *list);
    if (list == NULL)
        return false;
    signer->attributes = list;
    return sg_attributes_judge(signers->judgement, certificate, &holder,
                               &list[signer->num_attributes++]);
}

/* BROUGHT: the message brought it along. */
static bool judge_for_signers(struct signers *signers,
                              const struct signet_attribute_certificate *certificate, bool brought)
{
    bool named, anyone = false;

    for (size_t i = 0; i < signers->num; i++) {
        if (!names(signers, certificate, &signers->items[i], &named) ||
            (named && !judge(signers, certificate, &signers->items[i])))
            return false;
        anyone |= named;
    }
    for (size_t i = 0; brought && !anyone && i < signers->num; i++)
        if (!judge(signers, certificate, &signers->items[i]))
            return false;
    return true;
}

static bool judge_all(struct signers *signers)
{
    const struct signet_pool *pool = signers->judgement->pool;
    size_t num = signet_pool_num_attribute_certificates(pool);
    size_t num_brought = sg_pool_num_own_attribute_certificates(pool);

    if (num > MAX_LOOKED_AT)
        signers->num_dropped = num - MAX_LOOKED_AT;
    for (size_t i = 0; i < num && i < MAX_LOOKED_AT; i++)
        if (!judge_for_signers(signers, sg_pool_attribute_certificate(pool, i), i < num_brought))
            return false;
    return true;
}

bool sg_signer_attributes_judge(struct sg_judgement *judgement, struct signet_signer *signers,
                                size_t num_signers, struct sg_findings *findings)
{
    struct sg_judgement apart;
    struct signers all = {&apart, signers, num_signers, 0};
    bool done;

    sg_judgement_init(&apart, judgement->crypto, judgement->arena, judgement->policy,
                      judgement->pool);
    apart.memory = judgement->memory;
    done = judge_all(&all);
    sg_judgement_clear(&apart);
    tell_rest(all.num_dropped, findings);
    return done;
}
