/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a judged message leaves in the store (RFC 3850 2.1, 4.1, 4.2). What its paths prove is kept;
 * of the rest, which anybody can send, a few. Being kept is no trust: nothing here makes an anchor,
 * and only a good signature that its sender's address fits ties an address to a certificate (E-41).
 */
#include "agent/message_result.h"
#include "base/span.h"
#include "crypto/digest.h"
#include "path/pool.h"
#include "store/proof.h"
#include "x509/certificate.h"
#include "x509/crl.h"

/* New objects that nothing proves, of one message; and octets of such a CRL. */
enum { MAX_UNPROVEN = 32, MAX_UNPROVEN_CRL_LEN = 1 << 20 };

/* Clocks differ by so many seconds without anybody having said a wrong time. */
enum { MAX_SKEW = 300 };

struct keeper {
    struct signet_store *store;
    const struct signet_message_result *result;
    const struct signet_pool *brought;
    const struct signet_origin *origin;
    struct signet_kept *kept;
    size_t num_unproven;
    struct sg_proof_keys *keys; /* for what nothing proves; NULL while there was nothing */
    bool looks, has_news;
};

static bool is_good(enum signet_verdict verdict)
{
    return verdict == SIGNET_VERDICT_GOOD || verdict == SIGNET_VERDICT_WARN;
}

/* There is something to write. True: not now, this is a look whether there is. */
static bool is_look(struct keeper *keeper)
{
    keeper->has_news = true;
    return keeper->looks;
}

static enum signet_status is_stored(const struct keeper *keeper, enum signet_record_kind kind,
                                    const uint8_t sha256[32], bool *is)
{
    int64_t object = 0;
    enum signet_status status =
        sg_store_object_find(keeper->store, kind, sg_span(sha256, 32), &object);
    *is = object != 0;
    return status;
}

/* --- what is proven */

static enum signet_status keep_certificate(struct keeper *keeper,
                                           const struct signet_certificate *certificate)
{
    bool stored = false, added = false;
    enum signet_status status =
        is_stored(keeper, SIGNET_RECORD_CERTIFICATE, certificate->sha256, &stored);
    if (status != SIGNET_OK || stored || is_look(keeper))
        return status;
    status = signet_store_add_certificate(keeper->store, certificate, keeper->origin, &added);
    keeper->kept->certificates += added;
    return status;
}

static enum signet_status keep_crl(struct keeper *keeper, const struct signet_crl *crl)
{
    bool stored = false, added = false;
    uint8_t sha256[32];
    if (!sg_pool_holds_own_crl(keeper->brought, crl))
        return SIGNET_OK;
    if (!sg_crl_sha256(crl, sha256))
        return SIGNET_ERR_MEMORY;
    enum signet_status status = is_stored(keeper, SIGNET_RECORD_CRL, sha256, &stored);
    if (status != SIGNET_OK || stored || is_look(keeper))
        return status;
    status = signet_store_add_crl(keeper->store, crl, keeper->origin, &added);
    keeper->kept->crls += added;
    return status;
}

static enum signet_status keep_path(struct keeper *keeper, const struct signet_candidate *path)
{
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < path->num_certificates && status == SIGNET_OK; i++) {
        const struct signet_path_certificate *one = &path->certificates[i];
        if (sg_pool_holds_own_certificate(keeper->brought, one->certificate))
            status = keep_certificate(keeper, one->certificate);
        if (status == SIGNET_OK)
            status = keep_crl(keeper, one->revocation.crl);
        if (status == SIGNET_OK)
            status = keep_crl(keeper, one->revocation.delta);
    }
    return status;
}

/* Reaches an anchor, and nothing in it is wrong. */
static bool proves(const struct signet_candidate *path)
{
    return path->complete && path->verdict != SIGNET_VERDICT_BAD;
}

static enum signet_status keep_paths(struct keeper *keeper, const struct signet_candidates *paths)
{
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; paths != NULL && i < paths->num && status == SIGNET_OK; i++) {
        if (proves(&paths->items[i]))
            status = keep_path(keeper, &paths->items[i]);
    }
    return status;
}

/* --- what is not */

/* There is room for one more. Counts what has to go. */
static bool may_keep(struct keeper *keeper)
{
    keeper->kept->passed_over += keeper->num_unproven >= MAX_UNPROVEN;
    return keeper->num_unproven < MAX_UNPROVEN;
}

static enum signet_status open_keys(struct keeper *keeper)
{
    return keeper->keys != NULL ? SIGNET_OK : sg_proof_keys_new(keeper->store, &keeper->keys);
}

/* *KEEPS false: its signature is known to be false. */
static enum signet_status take_proof(struct keeper *keeper, const struct sg_proof *proof,
                                     enum signet_status status, bool *keeps)
{
    *keeps = status == SIGNET_OK && proof->outcome != SIGNET_PROOF_FALSE;
    keeper->num_unproven++;
    keeper->kept->false_signatures += status == SIGNET_OK && !*keeps;
    return status;
}

/* Notes the fact of what was kept. */
static enum signet_status note(struct keeper *keeper, enum signet_record_kind kind,
                               const uint8_t sha256[32], const struct sg_proof *proof)
{
    int64_t object = 0;
    if (keeper->looks)
        return SIGNET_OK;
    enum signet_status status =
        sg_store_object_find(keeper->store, kind, sg_span(sha256, 32), &object);
    return status == SIGNET_OK && object != 0 ? sg_proof_note(keeper->store, object, proof)
                                              : status;
}

static enum signet_status keep_other_certificate(struct keeper *keeper,
                                                 const struct signet_certificate *certificate)
{
    struct sg_proof proof = {0};
    bool keeps = false;
    enum signet_status status = open_keys(keeper);
    if (status == SIGNET_OK)
        status = sg_proof_of_certificate(keeper->keys, certificate, &proof);
    status = take_proof(keeper, &proof, status, &keeps);
    if (keeps)
        status = keep_certificate(keeper, certificate);
    if (keeps && status == SIGNET_OK)
        status = note(keeper, SIGNET_RECORD_CERTIFICATE, certificate->sha256, &proof);
    sg_proof_clear(&proof);
    return status;
}

static enum signet_status keep_other_certificates(struct keeper *keeper)
{
    enum signet_status status = SIGNET_OK;
    size_t num = sg_pool_num_own_certificates(keeper->brought);
    for (size_t i = 0; i < num && status == SIGNET_OK; i++) {
        uint8_t sha256[32];
        bool stored = false;
        if (!sg_sha256(sg_pool_own_octets(keeper->brought, i), sha256))
            return SIGNET_ERR_MEMORY;
        status = is_stored(keeper, SIGNET_RECORD_CERTIFICATE, sha256, &stored);
        if (status != SIGNET_OK || stored || !may_keep(keeper))
            continue;
        const struct signet_certificate *certificate = sg_pool_certificate(keeper->brought, i);
        status =
            certificate != NULL ? keep_other_certificate(keeper, certificate) : SIGNET_ERR_MEMORY;
    }
    return status;
}

static enum signet_status keep_short_crl(struct keeper *keeper, const struct signet_crl *crl,
                                         const uint8_t sha256[32])
{
    struct sg_proof proof = {0};
    bool keeps = false;
    enum signet_status status = open_keys(keeper);
    if (status == SIGNET_OK)
        status = sg_proof_of_crl(keeper->keys, crl, &proof);
    status = take_proof(keeper, &proof, status, &keeps);
    if (keeps)
        status = keep_crl(keeper, crl);
    if (keeps && status == SIGNET_OK)
        status = note(keeper, SIGNET_RECORD_CRL, sha256, &proof);
    sg_proof_clear(&proof);
    return status;
}

static enum signet_status keep_other_crl(struct keeper *keeper, const struct signet_crl *crl)
{
    uint8_t sha256[32];
    bool stored = false;
    if (!sg_crl_sha256(crl, sha256))
        return SIGNET_ERR_MEMORY;
    enum signet_status status = is_stored(keeper, SIGNET_RECORD_CRL, sha256, &stored);
    if (status != SIGNET_OK || stored)
        return status;
    if (crl->der.len > MAX_UNPROVEN_CRL_LEN) {
        keeper->kept->passed_over++;
        return SIGNET_OK;
    }
    return may_keep(keeper) ? keep_short_crl(keeper, crl, sha256) : SIGNET_OK;
}

static enum signet_status keep_other_crls(struct keeper *keeper)
{
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; status == SIGNET_OK; i++) {
        const struct signet_crl *crl = sg_pool_crl(keeper->brought, i);
        if (crl == NULL || !sg_pool_holds_own_crl(keeper->brought, crl))
            break;
        status = keep_other_crl(keeper, crl);
    }
    return status;
}

static enum signet_status keep_attribute_certificates(struct keeper *keeper)
{
    enum signet_status status = SIGNET_OK;
    size_t num = sg_pool_num_own_attribute_certificates(keeper->brought);
    for (size_t i = 0; i < num && status == SIGNET_OK; i++) {
        const struct signet_attribute_certificate *certificate =
            sg_pool_attribute_certificate(keeper->brought, i);
        bool stored = false, added = false;
        status =
            is_stored(keeper, SIGNET_RECORD_ATTRIBUTE_CERTIFICATE, certificate->sha256, &stored);
        if (status != SIGNET_OK || stored || !may_keep(keeper) || is_look(keeper))
            continue;
        status = signet_store_add_attribute_certificate(keeper->store, certificate, keeper->origin,
                                                        &added);
        keeper->kept->attribute_certificates += added;
        keeper->num_unproven++;
    }
    return status;
}

/* --- what a good signature says of its sender */

/* What is shown escaped is another text than the address itself. */
static bool is_unescaped(const char *address)
{
    return strchr(address, '\\') == NULL;
}

static bool binds(const struct signet_signer *signer)
{
    return is_good(signer->verdict) && signer->certificate != NULL &&
           signer->address.result == SIGNET_ADDRESS_MATCH && signer->address.matched != NULL &&
           is_unescaped(signer->address.matched);
}

static enum signet_status take_known(void *context, const struct signet_binding *binding)
{
    bool *known = context;
    (void)binding;
    *known = true;
    return SIGNET_OK;
}

/* What is bound already, by whatever, is not bound anew by less. */
static enum signet_status bind(struct keeper *keeper, const struct signet_signer *signer)
{
    const struct signet_binding binding = {
        .address = signer->address.matched,
        .sha256 = sg_span(signer->certificate->sha256, sizeof(signer->certificate->sha256)),
        .kind = SIGNET_BINDING_PROVED,
        .why = keeper->origin->detail,
        .since = keeper->origin->since};
    bool known = false;
    enum signet_status status =
        signet_store_bindings(keeper->store, binding.address, binding.sha256, take_known, &known);
    if (status != SIGNET_OK || known || is_look(keeper))
        return status;
    status = signet_store_bind(keeper->store, &binding);
    keeper->kept->bindings += status == SIGNET_OK;
    return status == SIGNET_ERR_ARGUMENT ? SIGNET_OK : status;
}

/* A message that is replayed later says nothing new, and one from the future would be the last word
 * for ever (RFC 8551 2.7.1). */
static bool teaches(const struct keeper *keeper, const struct signet_signer *signer)
{
    bool says = signer->capabilities.len > 0 || signer->encryption_certificate != NULL;
    return says && signer->claimed_time != SIGNET_TIME_UNKNOWN &&
           signer->claimed_time <= keeper->origin->since + MAX_SKEW;
}

/* The store is asked once more when it comes to writing: others may have learned meanwhile. */
static enum signet_status is_newest(struct keeper *keeper, const struct signet_signer *signer,
                                    bool *is)
{
    struct signet_capabilities known;
    bool found = false;
    enum signet_status status =
        signet_store_capabilities(keeper->store, signer->address.matched, &known, &found);
    *is = status == SIGNET_OK && (!found || known.signing_time < signer->claimed_time);
    return status;
}

static enum signet_status learn(struct keeper *keeper, const struct signet_signer *signer)
{
    const struct signet_certificate *preferred = signer->encryption_certificate;
    struct signet_capabilities capabilities = {.address = signer->address.matched,
                                               .der = signer->capabilities,
                                               .signing_time = signer->claimed_time};
    bool learned = false, newest = false;
    if (!teaches(keeper, signer))
        return SIGNET_OK;
    enum signet_status status = is_newest(keeper, signer, &newest);
    if (status != SIGNET_OK || !newest || is_look(keeper))
        return status;
    if (preferred != NULL) {
        capabilities.preferred_sha256 = sg_span(preferred->sha256, sizeof(preferred->sha256));
        status = keep_certificate(keeper, preferred);
    }
    if (status == SIGNET_OK)
        status = signet_store_learn_capabilities(keeper->store, &capabilities, &learned);
    keeper->kept->capabilities += learned;
    return status == SIGNET_ERR_ARGUMENT ? SIGNET_OK : status;
}

static enum signet_status keep_signer(struct keeper *keeper, const struct signet_signer *signer)
{
    enum signet_status status = keep_paths(keeper, signer->paths);
    if (status != SIGNET_OK || !is_good(signet_message_result_verdict(keeper->result)) ||
        !binds(signer))
        return status;
    status = keep_certificate(keeper, signer->certificate);
    if (status == SIGNET_OK)
        status = bind(keeper, signer);
    return status == SIGNET_OK ? learn(keeper, signer) : status;
}

static enum signet_status keep_all(struct keeper *keeper)
{
    size_t num;
    *keeper->kept = (struct signet_kept){0};
    keeper->num_unproven = 0;
    const struct signet_signer *signers = signet_message_result_signers(keeper->result, &num);
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < num && status == SIGNET_OK; i++)
        status = keep_signer(keeper, &signers[i]);
    if (status == SIGNET_OK)
        status = keep_other_certificates(keeper);
    if (status == SIGNET_OK)
        status = keep_other_crls(keeper);
    return status == SIGNET_OK ? keep_attribute_certificates(keeper) : status;
}

/* Most messages bring nothing new, and need not wait for others who write. */
static enum signet_status look(struct keeper *keeper)
{
    keeper->looks = true;
    enum signet_status status = sg_store_look(keeper->store);
    if (status == SIGNET_OK)
        status = sg_store_looked(keeper->store, keep_all(keeper));
    keeper->looks = false;
    return status;
}

enum signet_status signet_store_keep_message(struct signet_store *store,
                                             const struct signet_message_result *result,
                                             const struct signet_origin *origin,
                                             struct signet_kept *kept)
{
    struct signet_kept ignored;
    struct keeper keeper = {.store = store,
                            .result = result,
                            .brought = sg_message_result_pool(result),
                            .origin = origin,
                            .kept = kept != NULL ? kept : &ignored};
    *keeper.kept = (struct signet_kept){0};
    if (keeper.brought == NULL)
        return SIGNET_OK;
    enum signet_status status = look(&keeper);
    if (status == SIGNET_OK && keeper.has_news)
        status = sg_store_change(store);
    if (status == SIGNET_OK && keeper.has_news)
        status = sg_store_changed(store, keep_all(&keeper));
    if (status != SIGNET_OK)
        *keeper.kept = (struct signet_kept){0};
    sg_proof_keys_free(keeper.keys);
    return status;
}
