/* SPDX-License-Identifier: Apache-2.0 */
#include "token/slot.h"

#include "base/span.h"
#include "token/trouble.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

#define MAX_MEMORY ((size_t)16 << 20)
#define MAX_SLOTS  256
#define MAX_LABEL  1024

/* A text field of PKCS#11: a fixed number of bytes, padded with blanks. */
static struct signet_span field_text(const unsigned char *field, size_t size)
{
    while (size > 0 && field[size - 1] == ' ')
        size--;
    return sg_span(field, size);
}

#define FIELD(field) field_text(field, sizeof(field))

static bool fits(struct signet_span wanted, struct signet_span value)
{
    return wanted.ptr == NULL || sg_span_equal(wanted, value);
}

static bool token_fits(const struct sg_token_uri *uri, const CK_TOKEN_INFO *info)
{
    return fits(uri->token, FIELD(info->label)) &&
           fits(uri->manufacturer, FIELD(info->manufacturerID)) &&
           fits(uri->serial, FIELD(info->serialNumber)) && fits(uri->model, FIELD(info->model));
}

void sg_slot_describe(const struct sg_slot *slot, struct sg_token_uri *uri)
{
    uri->token = FIELD(slot->info.label);
    uri->manufacturer = FIELD(slot->info.manufacturerID);
    uri->serial = FIELD(slot->info.serialNumber);
    uri->model = FIELD(slot->info.model);
}

/* --- the module */

static enum signet_status locate(struct sg_slot *slot, char path[PATH_MAX])
{
    struct signet_span said = slot->uri.module_path;
    const char *file = slot->access.module;
    if (said.ptr != NULL)
        file = sg_arena_printf(&slot->arena, "%.*s", (int)said.len, (const char *)said.ptr);
    if (slot->arena.failed)
        return sg_arena_status(&slot->arena);
    if (file == NULL || *file == '\0')
        return sg_token_fail(&slot->report, SIGNET_TOKEN_MISSING,
                             "Which PKCS#11 module the token is reached by is not known: add "
                             "?module-path=FILE to the URI, or set one for all.");
    sg_token_set_text(slot->report.module, sg_span_text(file));
    /* What is relative p11-kit would seek in a folder of its own. */
    if (realpath(file, path) != NULL)
        return SIGNET_OK;
    return sg_token_fail(&slot->report, SIGNET_TOKEN_MISSING, "There is no PKCS#11 module %s: %s.",
                         slot->report.module, strerror(errno));
}

/* --- the token */

/* Tokens that fit and are initialized; the first is kept. */
static enum signet_status look_at(struct sg_slot *slot, CK_SLOT_ID id, size_t *num)
{
    CK_TOKEN_INFO info;
    memset(&info, 0, sizeof(info));
    CK_RV status = slot->module.functions->C_GetTokenInfo(id, &info);
    if (status == CKR_TOKEN_NOT_PRESENT || status == CKR_TOKEN_NOT_RECOGNIZED ||
        status == CKR_DEVICE_REMOVED)
        return SIGNET_OK;
    if (status != CKR_OK)
        return sg_module_fail(&slot->module, "C_GetTokenInfo", status);
    if ((info.flags & CKF_TOKEN_INITIALIZED) == 0 || !token_fits(&slot->uri, &info))
        return SIGNET_OK;
    if (++*num > 1)
        return SIGNET_OK;
    slot->id = id;
    slot->info = info;
    sg_token_set_text(slot->label, FIELD(info.label));
    return SIGNET_OK;
}

static enum signet_status choose_token(struct sg_slot *slot)
{
    CK_SLOT_ID ids[MAX_SLOTS];
    CK_ULONG num_ids = MAX_SLOTS;
    size_t num = 0;
    CK_RV listed = slot->module.functions->C_GetSlotList(CK_TRUE, ids, &num_ids);
    if (listed == CKR_OK && num_ids > MAX_SLOTS)
        listed = CKR_GENERAL_ERROR;
    if (listed != CKR_OK)
        return sg_module_fail(&slot->module, "C_GetSlotList", listed);
    enum signet_status status = SIGNET_OK;
    for (size_t i = 0; i < num_ids && status == SIGNET_OK; i++)
        status = look_at(slot, ids[i], &num);
    if (status == SIGNET_OK && num == 0)
        return sg_token_fail(&slot->report, SIGNET_TOKEN_ABSENT,
                             "The token is not there: %s has none of which the URI speaks.",
                             slot->report.module);
    if (status == SIGNET_OK && num > 1)
        return sg_token_fail(&slot->report, SIGNET_TOKEN_AMBIGUOUS,
                             "The URI fits %zu tokens of %s; name one by token= or serial=.", num,
                             slot->report.module);
    return status;
}

static enum signet_status open_session(struct sg_slot *slot)
{
    struct sg_module *module = &slot->module;
    module->sessions = sg_arena_array(&slot->arena, 1, sizeof(*module->sessions));
    if (module->sessions == NULL)
        return sg_arena_status(&slot->arena);
    CK_RV status = module->functions->C_OpenSession(slot->id, CKF_SERIAL_SESSION, NULL, NULL,
                                                    &module->sessions[0]);
    if (status != CKR_OK)
        return sg_module_fail(module, "C_OpenSession", status);
    module->num_sessions = 1;
    return SIGNET_OK;
}

enum signet_status sg_slot_open(struct sg_slot *slot, const char *uri,
                                const struct signet_token_access *access)
{
    char path[PATH_MAX];
    *slot = (struct sg_slot){.report = {.trouble = SIGNET_TOKEN_FINE}, .access = *access};
    sg_arena_init(&slot->arena, MAX_MEMORY);
    const char *why = sg_token_uri_parse(sg_span_text(uri), &slot->arena, &slot->uri);
    if (slot->arena.failed)
        return sg_arena_status(&slot->arena);
    if (why != NULL)
        return sg_token_fail(&slot->report, SIGNET_TOKEN_URI, "The PKCS#11 URI %s.", why);
    enum signet_status status = locate(slot, path);
    if (status == SIGNET_OK)
        status = sg_module_load(&slot->module, path, &slot->arena, &slot->report);
    if (status == SIGNET_OK)
        status = choose_token(slot);
    return status == SIGNET_OK ? open_session(slot) : status;
}

void sg_slot_close(struct sg_slot *slot)
{
    sg_module_close(&slot->module);
    sg_arena_clear(&slot->arena);
}

/* --- logging in */

static enum signet_status fail_login(struct sg_slot *slot, CK_RV status)
{
    static const struct {
        CK_RV status;
        enum signet_token_trouble trouble;
        const char *why;
    } rows[] = {
        {CKR_PIN_INCORRECT, SIGNET_TOKEN_PIN_WRONG, "the PIN is wrong; it is not tried again"},
        {CKR_PIN_INVALID, SIGNET_TOKEN_PIN_WRONG, "the PIN is none of this token's"},
        {CKR_PIN_LEN_RANGE, SIGNET_TOKEN_PIN_WRONG, "no PIN of this token is so long or so short"},
        {CKR_PIN_EXPIRED, SIGNET_TOKEN_PIN_LOCKED, "the PIN has expired"},
        {CKR_PIN_LOCKED, SIGNET_TOKEN_PIN_LOCKED, "the PIN is locked; its maker's tools unlock it"},
        {CKR_FUNCTION_CANCELED, SIGNET_TOKEN_PIN_NEEDED, "no PIN was entered"},
        {CKR_USER_PIN_NOT_INITIALIZED, SIGNET_TOKEN_PIN_NEEDED, "no PIN was ever set"},
    };
    slot->denied = true;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        if (rows[i].status == status)
            return sg_token_fail(&slot->report, rows[i].trouble, "Token %s: %s.", slot->label,
                                 rows[i].why);
    }
    return sg_module_fail(&slot->module, "C_Login", status);
}

/* False: told. */
static bool get_pin(struct sg_slot *slot, bool for_one_use, struct signet_span *pin)
{
    struct signet_span source = slot->uri.pin_source;
    const struct signet_token_pin_wish wish = {
        .token = slot->label,
        .pin_source = source.ptr == NULL ? NULL
                                         : sg_arena_printf(&slot->arena, "%.*s", (int)source.len,
                                                           (const char *)source.ptr),
        .for_one_use = for_one_use,
        .few_tries = (slot->info.flags & CKF_USER_PIN_COUNT_LOW) != 0,
        .last_try = (slot->info.flags & CKF_USER_PIN_FINAL_TRY) != 0,
    };
    return slot->access.pin != NULL && slot->access.pin(slot->access.context, &wish, pin);
}

/* The flags that tell how many tries are left change. */
static enum signet_status look_again(struct sg_slot *slot)
{
    CK_RV status = slot->module.functions->C_GetTokenInfo(slot->id, &slot->info);
    return status == CKR_OK ? SIGNET_OK : sg_module_fail(&slot->module, "C_GetTokenInfo", status);
}

enum signet_status sg_slot_login(struct sg_slot *slot, bool for_one_use)
{
    CK_USER_TYPE user = for_one_use ? CKU_CONTEXT_SPECIFIC : CKU_USER;
    struct signet_span pin = {NULL, 0};
    if (slot->denied)
        return SIGNET_ERR_IO;
    enum signet_status status = look_again(slot);
    if (status != SIGNET_OK)
        return status;
    if (!for_one_use && (slot->info.flags & CKF_LOGIN_REQUIRED) == 0)
        return SIGNET_OK;
    if ((slot->info.flags & CKF_USER_PIN_LOCKED) != 0)
        return fail_login(slot, CKR_PIN_LOCKED);
    if ((slot->info.flags & CKF_PROTECTED_AUTHENTICATION_PATH) == 0 &&
        !get_pin(slot, for_one_use, &pin)) {
        slot->denied = true;
        return sg_token_fail(&slot->report, SIGNET_TOKEN_PIN_NEEDED, "Token %s wants its PIN.",
                             slot->label);
    }
    CK_RV logged = slot->module.functions->C_Login(sg_slot_session(slot), user,
                                                   (unsigned char *)(uintptr_t)pin.ptr, pin.len);
    /* Another session of this process did it. */
    if (logged == CKR_OK || (logged == CKR_USER_ALREADY_LOGGED_IN && !for_one_use))
        return SIGNET_OK;
    return fail_login(slot, logged);
}

bool sg_slot_object_fits(struct sg_slot *slot, const struct sg_object *object,
                         const struct sg_token_uri *uri)
{
    const struct {
        CK_ATTRIBUTE_TYPE type;
        struct signet_span wanted;
    } rows[] = {{CKA_ID, uri->id}, {CKA_LABEL, uri->object}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct signet_span value;
        if (rows[i].wanted.ptr == NULL)
            continue;
        enum sg_attribute_state state =
            sg_object_attribute(&slot->module, object, rows[i].type, MAX_LABEL, &value);
        if (state == SG_ATTRIBUTE_BROKEN || !sg_span_equal(rows[i].wanted, value))
            return false;
    }
    return true;
}
