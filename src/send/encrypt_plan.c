/* SPDX-License-Identifier: Apache-2.0 */
#include "send/encrypt_plan.h"

#include "agent/need_set.h"
#include "agent/shown.h"
#include "path/key_ring.h"
#include "send/path_worth.h"
#include "send/send_error.h"
#include "store/store.h"

#include <stdlib.h>

const char *signet_recipient_field_name(enum signet_recipient_field field)
{
    static const char *const names[] = {[SIGNET_RECIPIENT_TO] = "To",
                                        [SIGNET_RECIPIENT_CC] = "Cc",
                                        [SIGNET_RECIPIENT_BCC] = "Bcc",
                                        [SIGNET_RECIPIENT_GIVEN] = "given",
                                        [SIGNET_RECIPIENT_SELF] = "self"};
    return names[field];
}

static void tell(struct signet_encrypt_plan *plan, enum sg_kind kind,
                 const struct signet_param *params)
{
    sg_finding_add(&plan->notes, kind, sg_at(SIGNET_OBJECT_MESSAGE), params);
}

static void refuse(struct signet_encrypt_plan *plan, enum sg_kind kind,
                   const struct signet_param *params)
{
    tell(plan, kind, params);
    plan->refused = true;
}

static struct signet_param escaped(const char *name, const char *text)
{
    return sg_escaped(name, sg_span_text(text));
}

/* --- what is said of each */

static const char *reason_against(const struct sg_addressee *addressee)
{
    if (addressee->num_candidates == 0)
        return "there is no certificate";
    return addressee->candidates[0].why;
}

static void tell_missing(struct signet_encrypt_plan *plan, const struct sg_addressee *addressee)
{
    struct signet_param address = escaped("address", addressee->shown);
    if (addressee->malformed)
        tell(plan, SG_KIND_ENCRYPT_BAD_ADDRESS, SG_PARAMS(address));
    else if (addressee->num_candidates == 0)
        tell(plan, SG_KIND_ENCRYPT_NO_CERTIFICATE, SG_PARAMS(address));
    else
        tell(plan, SG_KIND_ENCRYPT_UNUSABLE,
             SG_PARAMS(address, escaped("why", reason_against(addressee))));
}

static void check_addressee(struct signet_encrypt_plan *plan, const struct sg_addressee *addressee)
{
    struct signet_param address = escaped("address", addressee->shown);
    if (addressee->chosen != NULL) {
        if (addressee->field == SIGNET_RECIPIENT_BCC)
            tell(plan, SG_KIND_ENCRYPT_BCC, SG_PARAMS(address));
        return;
    }
    if (addressee->field == SIGNET_RECIPIENT_SELF) {
        tell(plan, SG_KIND_ENCRYPT_NOT_TO_SELF,
             SG_PARAMS(address, escaped("why", reason_against(addressee))));
    } else if (plan->options.partial) {
        tell(plan, SG_KIND_ENCRYPT_LEFT_OUT, SG_PARAMS(address));
    } else {
        tell_missing(plan, addressee);
        plan->refused = true;
    }
}

/* What a path says is fit is not always what can be computed with. */
static void check_key(struct signet_encrypt_plan *plan, struct sg_addressee *addressee)
{
    if (addressee->chosen == NULL || sg_recipient_can(&addressee->chosen->certificate->spki))
        return;
    refuse(plan, SG_KIND_ENCRYPT_KEY_TYPE,
           SG_PARAMS(sg_string("key", sg_key_type_name(addressee->chosen->certificate->spki.type)),
                     escaped("address", addressee->shown)));
    addressee->chosen = NULL;
}

static size_t num_reached(const struct signet_encrypt_plan *plan)
{
    size_t num = 0;
    for (size_t i = 0; i < plan->num_addressees; i++)
        num += plan->addressees[i].chosen != NULL &&
               plan->addressees[i].field != SIGNET_RECIPIENT_SELF;
    return num;
}

static void check_all(struct signet_encrypt_plan *plan)
{
    size_t num = 0;
    for (size_t i = 0; i < plan->num_addressees; i++) {
        check_key(plan, &plan->addressees[i]);
        check_addressee(plan, &plan->addressees[i]);
        num += plan->addressees[i].field != SIGNET_RECIPIENT_SELF;
    }
    if (plan->bad_field != NULL)
        refuse(plan, SG_KIND_ENCRYPT_BAD_FIELD, SG_PARAMS(sg_string("field", plan->bad_field)));
    if (num == 0)
        refuse(plan, SG_KIND_ENCRYPT_NO_RECIPIENT, NULL);
    plan->refused |= num_reached(plan) == 0;
}

static void check_cipher(struct signet_encrypt_plan *plan)
{
    plan->cipher = sg_encrypt_choose_cipher(plan);
    if (plan->cipher == SIGNET_CIPHER_AUTO)
        refuse(plan, SG_KIND_ENCRYPT_NO_CIPHER, NULL);
    else if (sg_cipher_kind_of(plan->cipher)->weak)
        tell(plan, SG_KIND_ENCRYPT_WEAK_CIPHER,
             SG_PARAMS(sg_string("cipher", sg_cipher_kind_of(plan->cipher)->name)));
}

/* --- the view */

static bool uses_oaep(const struct signet_encrypt_plan *plan, const struct sg_addressee *addressee)
{
    return plan->options.oaep || addressee->oaep;
}

static const char *method_of(struct signet_encrypt_plan *plan, const struct sg_addressee *addressee)
{
    const struct sg_spki *spki = &addressee->chosen->certificate->spki;
    if (spki->type == SG_KEY_RSA)
        return uses_oaep(plan, addressee) ? "RSAES-OAEP" : "RSAES-PKCS1-v1_5";
    if (spki->type == SG_KEY_EC)
        return sg_arena_printf(&plan->round, "ECDH %s", sg_oid_name(spki->curve));
    return sg_key_type_name(spki->type);
}

static bool view(struct signet_encrypt_plan *plan, const struct sg_addressee *addressee,
                 struct signet_encrypt_recipient *out)
{
    *out = (struct signet_encrypt_recipient){.address = addressee->shown,
                                             .field = addressee->field,
                                             .candidates = addressee->candidates,
                                             .num_candidates = addressee->num_candidates,
                                             .why = "this is no mail address"};
    if (addressee->malformed)
        return true;
    out->why = reason_against(addressee);
    if (addressee->chosen == NULL)
        return true;
    out->certificate = addressee->chosen->certificate;
    out->why = addressee->chosen->why;
    out->method = method_of(plan, addressee);
    return out->method != NULL;
}

static bool view_all(struct signet_encrypt_plan *plan)
{
    plan->views = sg_arena_array(&plan->round, plan->num_addressees, sizeof(*plan->views));
    if (plan->views == NULL)
        return false;
    for (size_t i = 0; i < plan->num_addressees; i++) {
        if (!view(plan, &plan->addressees[i], &plan->views[i]))
            return false;
    }
    return true;
}

/* --- needs */

/* Those of PATH that nobody before it has. */
static bool take_needs(struct signet_encrypt_plan *plan, size_t *cap, struct sg_need_set *taken,
                       const struct signet_path_result *path)
{
    size_t num;
    const struct signet_need *needs = signet_path_result_needs(path, &num);
    for (size_t i = 0; i < num; i++) {
        void *items = plan->needs;
        if (sg_need_set_has(taken, &needs[i]))
            continue;
        if (!sg_need_set_add(taken, &needs[i]) ||
            !sg_arena_grow(&plan->round, &items, cap, plan->num_needs, sizeof(*plan->needs)))
            return false;
        plan->needs = items;
        plan->needs[plan->num_needs++] = needs[i];
    }
    return true;
}

static bool gather_needs(struct signet_encrypt_plan *plan)
{
    struct sg_need_set taken;
    size_t cap = 0;
    sg_need_set_init(&taken, &plan->round);
    for (size_t i = 0; i < plan->num_addressees; i++) {
        const struct sg_addressee *addressee = &plan->addressees[i];
        for (size_t k = 0; k < addressee->num_candidates; k++) {
            const struct signet_path_result *path = addressee->candidates[k].path;
            if (path != NULL && sg_path_worth_asking(path) && !take_needs(plan, &cap, &taken, path))
                return false;
        }
    }
    return true;
}

/* --- a round */

static void clear_round(struct signet_encrypt_plan *plan)
{
    for (size_t i = 0; i < plan->num_addressees; i++)
        sg_addressee_clear(&plan->addressees[i]);
    sg_arena_clear(&plan->round);
    plan->views = NULL;
    plan->needs = NULL;
    plan->num_needs = 0;
    plan->findings = (struct signet_findings){NULL, 0};
    plan->listed_at_hand = false;
    plan->refused = false;
}

static enum signet_status out_of(const struct sg_arena *arena)
{
    enum signet_status status = sg_arena_status(arena);
    return status != SIGNET_OK ? status : SIGNET_ERR_MEMORY;
}

static enum signet_status choose_all(struct signet_encrypt_plan *plan)
{
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < plan->num_addressees && status == SIGNET_OK; i++) {
        status = sg_addressee_choose(plan, &plan->addressees[i]);
        if (status == SIGNET_OK)
            status = sg_addressee_ask_capabilities(plan, &plan->addressees[i]);
    }
    return status;
}

/* For all of them the store is looked at as it is at one moment. */
static enum signet_status choose_together(struct signet_encrypt_plan *plan)
{
    if (plan->store == NULL)
        return choose_all(plan);
    enum signet_status status = sg_store_look(plan->store);
    return status == SIGNET_OK ? sg_store_looked(plan->store, choose_all(plan)) : status;
}

static enum signet_status judge(struct signet_encrypt_plan *plan)
{
    sg_findings_init(&plan->notes, &plan->round);
    enum signet_status status = choose_together(plan);
    if (status != SIGNET_OK)
        return status;
    check_all(plan);
    check_cipher(plan);
    if (!view_all(plan) || !gather_needs(plan))
        return out_of(&plan->round);
    sg_findings_conclude(&plan->notes, &plan->policy);
    plan->findings = sg_findings_view(&plan->notes);
    return plan->notes.failed ? out_of(&plan->round) : SIGNET_OK;
}

enum signet_status signet_encrypt_plan_update(struct signet_encrypt_plan *plan)
{
    clear_round(plan);
    enum signet_status status = judge(plan);
    if (status != SIGNET_OK)
        plan->refused = true;
    return status;
}

static enum signet_status start(struct signet_encrypt_plan *plan, struct signet_send_error *error)
{
    struct sg_compose_error composing = {NULL, NULL};
    enum signet_status status =
        sg_content_prepare(plan->message, &plan->arena, &plan->content, &composing);
    sg_send_error_set(error, &composing);
    if (status != SIGNET_OK)
        return status;
    if (!sg_addressees_read(plan))
        return out_of(&plan->arena);
    return signet_encrypt_plan_update(plan);
}

enum signet_status signet_encrypt_plan_new(struct signet_context *context,
                                           struct signet_span message, struct signet_store *store,
                                           const struct signet_pool *pool,
                                           const struct signet_policy *policy,
                                           const struct signet_encrypt_options *options,
                                           struct signet_encrypt_plan **plan,
                                           struct signet_send_error *error)
{
    *plan = NULL;
    struct signet_encrypt_plan *made = calloc(1, sizeof *made);
    if (made == NULL)
        return SIGNET_ERR_MEMORY;
    sg_arena_init(&made->arena, policy->limits.max_memory);
    sg_arena_init(&made->round, policy->limits.max_memory);
    made->context = context;
    made->message = message;
    made->store = store;
    made->brought = signet_pool_new(pool);
    made->ring = sg_key_ring_new(policy->limits.max_memory);
    if (store != NULL && made->brought != NULL)
        made->choosing = sg_choosing_new(store, context, made->brought, made->ring);
    made->policy = *policy;
    if (options != NULL)
        made->options = *options;
    bool ready =
        made->brought != NULL && made->ring != NULL && (store == NULL || made->choosing != NULL);
    enum signet_status status = ready ? start(made, error) : SIGNET_ERR_MEMORY;
    if (status == SIGNET_OK)
        *plan = made;
    else
        signet_encrypt_plan_free(made);
    return status;
}

void signet_encrypt_plan_free(struct signet_encrypt_plan *plan)
{
    if (plan == NULL)
        return;
    clear_round(plan);
    sg_choosing_free(plan->choosing);
    sg_key_ring_free(plan->ring);
    signet_pool_free(plan->brought);
    sg_arena_clear(&plan->arena);
    free(plan);
}

const struct signet_need *signet_encrypt_plan_needs(const struct signet_encrypt_plan *plan,
                                                    size_t *num)
{
    *num = plan->num_needs;
    return plan->needs;
}

struct signet_pool *signet_encrypt_plan_pool(struct signet_encrypt_plan *plan)
{
    return plan->brought;
}

bool signet_encrypt_plan_ready(const struct signet_encrypt_plan *plan)
{
    return !plan->refused;
}

const struct signet_encrypt_recipient *
signet_encrypt_plan_recipients(const struct signet_encrypt_plan *plan, size_t *num)
{
    *num = plan->views == NULL ? 0 : plan->num_addressees;
    return plan->views;
}

enum signet_cipher signet_encrypt_plan_cipher(const struct signet_encrypt_plan *plan)
{
    return plan->cipher;
}

struct signet_findings signet_encrypt_plan_findings(const struct signet_encrypt_plan *plan)
{
    return plan->findings;
}
