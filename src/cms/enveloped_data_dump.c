/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/dump.h"
#include "cms/enveloped_data.h"

const char *sg_recipient_kind_name(enum sg_recipient_kind kind)
{
    static const char *const names[] = {
        [SG_RECIPIENT_KEY_TRANSPORT] = "key transport",
        [SG_RECIPIENT_KEY_AGREEMENT] = "key agreement",
        [SG_RECIPIENT_KEK] = "shared key",
        [SG_RECIPIENT_PASSWORD] = "password",
        [SG_RECIPIENT_KEM] = "key encapsulation",
        [SG_RECIPIENT_OTHER] = "other",
        [SG_RECIPIENT_UNKNOWN] = "unknown",
    };
    return names[kind];
}

static void dump_certificates(const struct sg_recipient *recipient, struct sg_dump *dump)
{
    sg_dump_list(dump, "certificates");
    for (size_t i = 0; i < recipient->num_certificates; i++) {
        sg_dump_map(dump, NULL);
        sg_reference_dump(&recipient->certificates[i], dump);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
}

static void dump_originator(const struct sg_recipient *recipient, struct sg_dump *dump)
{
    if (recipient->originator_form == SG_ORIGINATOR_NONE)
        return;
    sg_dump_map(dump, "originator");
    if (recipient->originator_form == SG_ORIGINATOR_KEY)
        sg_algorithm_dump(dump, "public_key", &recipient->originator_key);
    else
        sg_reference_dump(&recipient->originator, dump);
    sg_dump_end(dump);
}

static void dump_readable(const struct sg_recipient *recipient, struct sg_dump *dump)
{
    if (recipient->kind == SG_RECIPIENT_OTHER) {
        sg_dump_oid(dump, "type", recipient->other_type);
        return;
    }
    sg_dump_number(dump, "version", recipient->version);
    if (recipient->num_certificates > 0)
        dump_certificates(recipient, dump);
    dump_originator(recipient, dump);
    if (recipient->key_id.ptr != NULL)
        sg_dump_hex(dump, "key_id", recipient->key_id);
    if (recipient->key_source.oid_octets.ptr != NULL)
        sg_algorithm_dump(dump, "key_source", &recipient->key_source);
    sg_algorithm_dump(dump, "key_encryption", &recipient->key_encryption);
}

static void dump_recipient(const struct sg_recipient *recipient, struct sg_dump *dump)
{
    sg_dump_map(dump, NULL);
    sg_dump_string(dump, "kind", sg_recipient_kind_name(recipient->kind));
    if (recipient->malformed)
        sg_error_dump(dump, "malformed", &recipient->error);
    else
        dump_readable(recipient, dump);
    sg_dump_end(dump);
}

static void dump_content(const struct sg_enveloped_data *enveloped_data, struct sg_dump *dump)
{
    sg_dump_map(dump, "content");
    sg_dump_oid(dump, "type", enveloped_data->content_type_octets);
    sg_algorithm_dump(dump, "encryption", &enveloped_data->content_encryption);
    sg_dump_boolean(dump, "present", enveloped_data->has_content);
    if (enveloped_data->has_content)
        sg_dump_number(dump, "length", (int64_t)enveloped_data->content.len);
    if (enveloped_data->authenticated)
        sg_dump_hex(dump, "mac", enveloped_data->mac);
    sg_dump_end(dump);
}

void sg_enveloped_data_dump(const struct sg_enveloped_data *enveloped_data, struct sg_dump *dump)
{
    struct sg_arena arena;
    sg_arena_init(&arena, SG_CMS_DUMP_ARENA_LEN);
    sg_dump_number(dump, "version", enveloped_data->version);
    sg_cms_objects_dump(dump, "certificates", &enveloped_data->certificates);
    sg_cms_objects_dump(dump, "crls", &enveloped_data->crls);
    sg_dump_list(dump, "recipients");
    for (size_t i = 0; i < enveloped_data->num_recipients; i++)
        dump_recipient(&enveloped_data->recipients[i], dump);
    sg_dump_end(dump);
    dump_content(enveloped_data, dump);
    if (enveloped_data->authenticated_attributes.num > 0)
        sg_cms_attributes_dump(dump, "authenticated_attributes",
                               &enveloped_data->authenticated_attributes, &arena, 0);
    if (enveloped_data->unprotected_attributes.num > 0)
        sg_cms_attributes_dump(dump, "unprotected_attributes",
                               &enveloped_data->unprotected_attributes, &arena, 0);
    sg_arena_clear(&arena);
}
