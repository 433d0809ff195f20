/* SPDX-License-Identifier: Apache-2.0 */
#include "token/module.h"

#include "base/span.h"
#include "token/trouble.h"

/* More than any module of anchors has; beyond, an endless answer. */
#define MAX_SLOTS   64
#define MAX_OBJECTS 65536
#define BATCH       64

enum signet_status sg_module_fail(struct sg_module *module, const char *call, CK_RV status)
{
    return sg_token_fail(module->report, SIGNET_TOKEN_FAILED,
                         "The PKCS#11 module %s failed: %s: %s.", module->report->module, call,
                         module->kit.strerror(status));
}

/* A text field of PKCS#11: a fixed number of bytes, padded with blanks. */
static int field_len(const unsigned char *field, size_t size)
{
    while (size > 0 && field[size - 1] == ' ')
        size--;
    return (int)size;
}

static void describe(struct sg_module *module)
{
    CK_INFO info;
    memset(&info, 0, sizeof(info));
    if (module->functions->C_GetInfo(&info) != CKR_OK)
        return;
    const unsigned char *maker = info.manufacturerID, *name = info.libraryDescription;
    char *text = sg_arena_printf(
        module->arena, "%.*s, %.*s, %u.%u", field_len(maker, sizeof(info.manufacturerID)),
        (const char *)maker, field_len(name, sizeof(info.libraryDescription)), (const char *)name,
        (unsigned)info.libraryVersion.major, (unsigned)info.libraryVersion.minor);
    if (text != NULL)
        sg_token_set_text(module->report->library, sg_span_text(text));
}

static enum signet_status open_sessions(struct sg_module *module)
{
    CK_SLOT_ID slots[MAX_SLOTS];
    CK_ULONG num = MAX_SLOTS;
    CK_RV status = module->functions->C_GetSlotList(CK_TRUE, slots, &num);
    if (status == CKR_OK && num > MAX_SLOTS)
        status = CKR_GENERAL_ERROR;
    if (status != CKR_OK)
        return sg_module_fail(module, "C_GetSlotList", status);
    module->sessions = sg_arena_array(module->arena, num, sizeof(*module->sessions));
    for (size_t i = 0; module->sessions != NULL && i < num; i++) {
        status = module->functions->C_OpenSession(slots[i], CKF_SERIAL_SESSION, NULL, NULL,
                                                  &module->sessions[i]);
        if (status != CKR_OK)
            return sg_module_fail(module, "C_OpenSession", status);
        module->num_sessions++;
    }
    return sg_arena_status(module->arena);
}

static enum signet_status fail_to_load(struct sg_module *module, const char *why)
{
    return sg_token_fail(module->report, SIGNET_TOKEN_UNLOADABLE,
                         "%s cannot be loaded as a PKCS#11 module: %s.", module->report->module,
                         why != NULL ? why : "no reason given");
}

enum signet_status sg_module_load(struct sg_module *module, const char *file,
                                  struct sg_arena *arena, struct signet_token_report *report)
{
    *module = (struct sg_module){.arena = arena, .report = report};
    const char *why = sg_p11_kit_open(&module->kit);
    if (why != NULL)
        return fail_to_load(module, why);
    /* Unmanaged: calls go to the module itself, without code that p11-kit makes at run time, which
     * hardened systems forbid. p11-kit still counts who has the module initialized. */
    module->functions = module->kit.module_load(file, P11_KIT_MODULE_UNMANAGED);
    if (module->functions == NULL)
        return fail_to_load(module, module->kit.message());
    CK_RV status = module->kit.module_initialize(module->functions);
    /* p11-kit counts by what was loaded, not by what it is: a second load of the same module finds
     * it so, and leaves its end to the first. */
    if (status != CKR_OK && status != CKR_CRYPTOKI_ALREADY_INITIALIZED)
        return sg_module_fail(module, "C_Initialize", status);
    module->initialized = status == CKR_OK;
    describe(module);
    return SIGNET_OK;
}

enum signet_status sg_module_open(struct sg_module *module, const char *file,
                                  struct sg_arena *arena, struct signet_token_report *report)
{
    enum signet_status status = sg_module_load(module, file, arena, report);
    return status == SIGNET_OK ? open_sessions(module) : status;
}

void sg_module_close(struct sg_module *module)
{
    for (size_t i = 0; i < module->num_sessions; i++)
        module->functions->C_CloseSession(module->sessions[i]);
    /* Where a second load came and went, p11-kit knows nothing of the first any more. */
    if (module->initialized && module->kit.module_finalize(module->functions) != CKR_OK)
        module->functions->C_Finalize(NULL);
    if (module->functions != NULL)
        module->kit.module_release(module->functions);
    sg_p11_kit_close(&module->kit);
    *module = (struct sg_module){.functions = NULL};
}

static enum signet_status add_objects(struct sg_module *module, CK_SESSION_HANDLE session,
                                      struct sg_object_list *list)
{
    for (;;) {
        CK_OBJECT_HANDLE handles[BATCH];
        CK_ULONG num = 0;
        CK_RV status = module->functions->C_FindObjects(session, handles, BATCH, &num);
        if (status == CKR_OK && num > BATCH)
            status = CKR_GENERAL_ERROR;
        if (status != CKR_OK)
            return sg_module_fail(module, "C_FindObjects", status);
        if (num == 0)
            return SIGNET_OK;
        for (size_t i = 0; i < num; i++) {
            if (list->num == MAX_OBJECTS)
                return sg_token_fail(module->report, SIGNET_TOKEN_FAILED,
                                     "The PKCS#11 module %s has no end of objects.",
                                     module->report->module);
            if (!sg_arena_grow(module->arena, (void **)&list->items, &list->cap, list->num,
                               sizeof(*list->items)))
                return sg_arena_status(module->arena);
            list->items[list->num++] = (struct sg_object){session, handles[i]};
        }
    }
}

enum signet_status sg_module_find(struct sg_module *module, CK_OBJECT_CLASS class_,
                                  struct sg_object_list *list)
{
    for (size_t i = 0; i < module->num_sessions; i++) {
        CK_ATTRIBUTE wanted = {CKA_CLASS, &class_, sizeof(class_)};
        CK_RV found = module->functions->C_FindObjectsInit(module->sessions[i], &wanted, 1);
        if (found != CKR_OK)
            return sg_module_fail(module, "C_FindObjectsInit", found);
        enum signet_status status = add_objects(module, module->sessions[i], list);
        module->functions->C_FindObjectsFinal(module->sessions[i]);
        if (status != SIGNET_OK)
            return status;
    }
    return SIGNET_OK;
}

enum sg_attribute_state sg_object_attribute(struct sg_module *module,
                                            const struct sg_object *object, CK_ATTRIBUTE_TYPE type,
                                            size_t max, struct signet_span *value)
{
    *value = (struct signet_span){NULL, 0};
    CK_ATTRIBUTE attribute = {type, NULL, 0};
    CK_RV status =
        module->functions->C_GetAttributeValue(object->session, object->handle, &attribute, 1);
    if (status == CKR_ATTRIBUTE_TYPE_INVALID ||
        (status == CKR_OK && attribute.ulValueLen == CK_UNAVAILABLE_INFORMATION))
        return SG_ATTRIBUTE_ABSENT;
    if (status != CKR_OK || attribute.ulValueLen > max)
        return SG_ATTRIBUTE_BROKEN;
    size_t len = attribute.ulValueLen;
    uint8_t *bytes = sg_arena_alloc(module->arena, len > 0 ? len : 1);
    if (bytes == NULL)
        return SG_ATTRIBUTE_BROKEN;
    attribute = (CK_ATTRIBUTE){type, bytes, len};
    status = module->functions->C_GetAttributeValue(object->session, object->handle, &attribute, 1);
    if (status != CKR_OK || attribute.ulValueLen > len)
        return SG_ATTRIBUTE_BROKEN;
    *value = sg_span(bytes, attribute.ulValueLen);
    return SG_ATTRIBUTE_FOUND;
}
