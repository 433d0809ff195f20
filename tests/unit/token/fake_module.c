/* SPDX-License-Identifier: Apache-2.0 */
#include "fake_module.h"

#include <string.h>

#define EXPORTED __attribute__((visibility("default")))

extern struct fake_module fake_module;
EXPORTED struct fake_module fake_module;

/* The search under way; there is one at a time. */
static CK_OBJECT_CLASS sought;
static size_t next, turns;

static CK_RV initialize(void *arguments)
{
    (void)arguments;
    fake_module.num_initialized += fake_module.initialize == CKR_OK;
    return fake_module.initialize;
}

static CK_RV finalize(void *reserved)
{
    (void)reserved;
    fake_module.num_finalized++;
    return CKR_OK;
}

static CK_RV get_info(CK_INFO *info)
{
    memset(info, ' ', sizeof(*info));
    memcpy(info->manufacturerID, "Signet", 6);
    memcpy(info->libraryDescription, "Fake \x1b[1m module", 16);
    info->libraryVersion.major = 2;
    info->libraryVersion.minor = 60;
    return fake_module.get_info;
}

static CK_RV get_slot_list(CK_BBOOL present, CK_SLOT_ID *slots, CK_ULONG *num)
{
    (void)present;
    for (CK_ULONG i = 0; i < *num && i < fake_module.num_slots; i++)
        slots[i] = i;
    *num = fake_module.num_slots;
    return fake_module.get_slot_list;
}

static CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, void *application, CK_NOTIFY notify,
                          CK_SESSION_HANDLE *session)
{
    (void)flags, (void)application, (void)notify;
    *session = slot + 1;
    fake_module.num_opened += fake_module.open_session == CKR_OK;
    return fake_module.open_session;
}

static CK_RV close_session(CK_SESSION_HANDLE session)
{
    (void)session;
    fake_module.num_closed++;
    return CKR_OK;
}

static CK_RV find_init(CK_SESSION_HANDLE session, CK_ATTRIBUTE *wanted, CK_ULONG num)
{
    (void)session;
    if (num != 1 || wanted->type != CKA_CLASS || wanted->ulValueLen != sizeof(sought))
        return CKR_TEMPLATE_INCONSISTENT;
    memcpy(&sought, wanted->pValue, sizeof(sought));
    next = turns = 0;
    return fake_module.find_init;
}

static CK_RV find(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *handles, CK_ULONG max, CK_ULONG *num)
{
    (void)session;
    *num = 0;
    for (; *num < max && next < fake_module.num_objects; next++) {
        if (fake_module.objects[next].class_ == sought)
            handles[(*num)++] = next;
    }
    if (next == fake_module.num_objects && turns < fake_module.again) {
        next = 0;
        turns++;
    }
    *num += fake_module.found_too_many;
    return fake_module.find;
}

static CK_RV find_final(CK_SESSION_HANDLE session)
{
    (void)session;
    return CKR_OK;
}

static CK_RV get_attribute(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE handle,
                           CK_ATTRIBUTE *attributes, CK_ULONG num)
{
    (void)session;
    if (handle >= fake_module.num_objects || num != 1)
        return CKR_OBJECT_HANDLE_INVALID;
    const struct fake_attribute *found = NULL, *all = fake_module.objects[handle].attributes;
    for (size_t i = 0; i < FAKE_MAX_ATTRIBUTES && found == NULL; i++) {
        if (all[i].type == attributes->type &&
            (all[i].value != NULL || all[i].claimed != 0 || all[i].status != CKR_OK))
            found = &all[i];
    }
    if (found == NULL) {
        attributes->ulValueLen = CK_UNAVAILABLE_INFORMATION;
        return CKR_ATTRIBUTE_TYPE_INVALID;
    }
    if (found->status != CKR_OK)
        return found->status;
    if (attributes->pValue == NULL) {
        attributes->ulValueLen = found->claimed != 0 ? found->claimed : found->len;
        return CKR_OK;
    }
    if (attributes->ulValueLen < found->len)
        return CKR_BUFFER_TOO_SMALL;
    if (found->len > 0)
        memcpy(attributes->pValue, found->value, found->len);
    attributes->ulValueLen = found->len;
    return CKR_OK;
}

/* --- keys */

/* The derived object. */
#define DERIVED 0xffff

static CK_RV get_token_info(CK_SLOT_ID slot, CK_TOKEN_INFO *info)
{
    memset(info, ' ', sizeof(*info));
    memcpy(info->label, "Fake \x1b token", 12);
    memcpy(info->serialNumber, "12", 2);
    info->serialNumber[2] = (unsigned char)('0' + slot);
    info->flags = CKF_TOKEN_INITIALIZED | fake_module.token_flags;
    return fake_module.token_info;
}

static CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE user, unsigned char *pin, CK_ULONG len)
{
    (void)session;
    fake_module.num_logins++;
    fake_module.user = user;
    fake_module.pin_len = len < sizeof(fake_module.pin) ? len : sizeof(fake_module.pin);
    if (fake_module.pin_len > 0)
        memcpy(fake_module.pin, pin, fake_module.pin_len);
    return fake_module.login;
}

static CK_RV begin(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key)
{
    (void)session, (void)key;
    fake_module.mechanism = mechanism->mechanism;
    return fake_module.begin;
}

static CK_RV use(const struct fake_octets *octets, CK_RV status, const unsigned char *input,
                 CK_ULONG input_len, unsigned char *out, CK_ULONG *len)
{
    CK_ULONG room = *len;
    fake_module.num_uses++;
    fake_module.input_len = input_len < sizeof(fake_module.input) ? input_len : 0;
    if (fake_module.input_len > 0)
        memcpy(fake_module.input, input, fake_module.input_len);
    *len = octets->claimed != 0 ? octets->claimed : octets->len;
    if (octets->len > room)
        return CKR_BUFFER_TOO_SMALL;
    if (octets->len > 0)
        memcpy(out, octets->ptr, octets->len);
    return status;
}

static CK_RV sign(CK_SESSION_HANDLE session, unsigned char *data, CK_ULONG data_len,
                  unsigned char *signature, CK_ULONG *len)
{
    (void)session;
    return use(&fake_module.signature, fake_module.sign, data, data_len, signature, len);
}

static CK_RV decrypt(CK_SESSION_HANDLE session, unsigned char *data, CK_ULONG data_len,
                     unsigned char *plain, CK_ULONG *len)
{
    (void)session;
    if (fake_module.mechanism == CKM_RSA_X_509) /* a token without the bare operation */
        return CKR_FUNCTION_FAILED;
    return use(&fake_module.plain, fake_module.decrypt, data, data_len, plain, len);
}

static CK_RV derive(CK_SESSION_HANDLE session, CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key,
                    CK_ATTRIBUTE *wanted, CK_ULONG num, CK_OBJECT_HANDLE *derived)
{
    (void)session, (void)key, (void)wanted, (void)num;
    fake_module.mechanism = mechanism->mechanism;
    fake_module.num_uses++;
    *derived = DERIVED;
    return fake_module.derive;
}

static CK_RV destroy(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE handle)
{
    (void)session, (void)handle;
    fake_module.num_destroyed++;
    return CKR_OK;
}

static CK_RV get_derived(CK_ATTRIBUTE *attribute)
{
    const struct fake_octets *secret = &fake_module.secret;
    if (attribute->ulValueLen < secret->len)
        return CKR_BUFFER_TOO_SMALL;
    if (secret->len > 0)
        memcpy(attribute->pValue, secret->ptr, secret->len);
    attribute->ulValueLen = secret->claimed != 0 ? secret->claimed : secret->len;
    return CKR_OK;
}

static CK_RV get_value(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE handle, CK_ATTRIBUTE *attributes,
                       CK_ULONG num)
{
    return handle == DERIVED ? get_derived(attributes)
                             : get_attribute(session, handle, attributes, num);
}

EXPORTED CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list)
{
    static CK_FUNCTION_LIST functions = {
        .version = {2, 20},
        .C_Initialize = initialize,
        .C_Finalize = finalize,
        .C_GetInfo = get_info,
        .C_GetFunctionList = C_GetFunctionList,
        .C_GetSlotList = get_slot_list,
        .C_OpenSession = open_session,
        .C_CloseSession = close_session,
        .C_FindObjectsInit = find_init,
        .C_FindObjects = find,
        .C_FindObjectsFinal = find_final,
        .C_GetAttributeValue = get_value,
        .C_GetTokenInfo = get_token_info,
        .C_Login = login,
        .C_SignInit = begin,
        .C_Sign = sign,
        .C_DecryptInit = begin,
        .C_Decrypt = decrypt,
        .C_DeriveKey = derive,
        .C_DestroyObject = destroy,
    };
    *list = &functions;
    return fake_module.no_functions ? CKR_GENERAL_ERROR : CKR_OK;
}
