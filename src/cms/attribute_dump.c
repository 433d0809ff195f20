/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/algorithm_protection.h"
#include "cms/capability.h"
#include "cms/dump.h"
#include "cms/key_preference.h"
#include "cms/signing_certificate.h"
#include "x509/general_name.h"

/* What a value is shown with. DEPTH is left for countersignatures. */
struct view {
    struct sg_dump *dump;
    struct sg_arena *arena;
    unsigned depth;
};

/* One value of a known type; false, nothing written, when it is not of the type's syntax. */
typedef bool (*show_value)(const struct view *view, struct signet_span value);

static bool show_oid(const struct view *view, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct signet_span octets;
    if (!sg_der_oid(&der, &octets, "OBJECT IDENTIFIER"))
        return false;
    sg_dump_oid(view->dump, NULL, octets);
    return true;
}

static bool show_octets(const struct view *view, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    struct signet_span octets;
    if (!sg_der_value(&der, SG_TAG_OCTET_STRING, &octets, "OCTET STRING"))
        return false;
    sg_dump_hex(view->dump, NULL, octets);
    return true;
}

static bool show_time(const struct view *view, struct signet_span value)
{
    struct signet_parse_error error = {0};
    struct sg_der der = sg_der_begin(value, &error);
    signet_time time;
    uint32_t tag;
    if (!sg_der_time(&der, &time, &tag))
        return false;
    sg_dump_time(view->dump, NULL, time);
    return true;
}

static void show_capability(struct sg_dump *dump, const struct sg_capability *capability)
{
    uint32_t bits = sg_capability_rc2_bits(capability);
    sg_dump_map(dump, NULL);
    sg_dump_oid(dump, "capability", capability->type_octets);
    if (bits != 0)
        sg_dump_number(dump, "key_bits", bits);
    else if (capability->parameters.ptr != NULL)
        sg_dump_hex(dump, "parameters", capability->parameters);
    sg_dump_end(dump);
}

static bool show_capabilities(const struct view *view, struct signet_span value)
{
    struct sg_capabilities capabilities;
    struct sg_capability capability;
    if (!sg_capabilities_parse(value, &capabilities))
        return false;
    sg_dump_list(view->dump, NULL);
    while (sg_capabilities_next(&capabilities, &capability))
        show_capability(view->dump, &capability);
    sg_dump_end(view->dump);
    return true;
}

static bool show_reference(const struct view *view, bool parsed,
                           const struct sg_certificate_reference *reference)
{
    if (!parsed)
        return false;
    sg_dump_map(view->dump, NULL);
    sg_reference_dump(reference, view->dump);
    sg_dump_end(view->dump);
    return true;
}

static bool show_preference(const struct view *view, struct signet_span value)
{
    struct sg_certificate_reference reference;
    bool parsed = sg_key_preference_parse(value, view->arena, &reference);
    return show_reference(view, parsed, &reference);
}

static bool show_microsoft_preference(const struct view *view, struct signet_span value)
{
    struct sg_certificate_reference reference;
    bool parsed = sg_key_preference_parse_microsoft(value, view->arena, &reference);
    return show_reference(view, parsed, &reference);
}

static bool show_protection(const struct view *view, struct signet_span value)
{
    struct sg_algorithm_protection protection;
    if (!sg_algorithm_protection_parse(value, &protection))
        return false;
    sg_dump_map(view->dump, NULL);
    sg_algorithm_dump(view->dump, "digest_algorithm", &protection.digest);
    if (protection.has_signature)
        sg_algorithm_dump(view->dump, "signature_algorithm", &protection.signature);
    if (protection.has_mac)
        sg_algorithm_dump(view->dump, "mac_algorithm", &protection.mac);
    sg_dump_end(view->dump);
    return true;
}

static void show_cert_id(struct sg_dump *dump, const struct sg_ess_cert_id *id)
{
    sg_dump_map(dump, NULL);
    if (id->hash_algorithm.full.ptr != NULL)
        sg_algorithm_dump(dump, "hash_algorithm", &id->hash_algorithm);
    sg_dump_hex(dump, "hash", id->cert_hash);
    struct sg_general_names names = sg_general_names_begin(id->issuer);
    struct sg_general_name name;
    while (id->issuer.ptr != NULL && sg_general_names_next(&names, &name)) {
        if (name.type == SG_GN_DIRECTORY) {
            const struct sg_name issuer = {.der = name.value};
            sg_dump_name(dump, "issuer", &issuer);
            break;
        }
    }
    if (id->serial.ptr != NULL)
        sg_dump_integer(dump, "serial", id->serial);
    sg_dump_end(dump);
}

static bool show_ess(const struct view *view, struct signet_span value, bool v2)
{
    struct sg_signing_certificate signing_certificate;
    struct sg_ess_cert_id id;
    if (!sg_signing_certificate_parse(value, v2, &signing_certificate))
        return false;
    sg_dump_map(view->dump, NULL);
    sg_dump_list(view->dump, "certificates");
    struct sg_ess_cert_ids ids = sg_ess_cert_ids_begin(&signing_certificate);
    while (sg_ess_cert_ids_next(&ids, &id))
        show_cert_id(view->dump, &id);
    sg_dump_end(view->dump);
    if (signing_certificate.policies.ptr != NULL)
        sg_dump_hex(view->dump, "policies", signing_certificate.policies);
    sg_dump_end(view->dump);
    return true;
}

static bool show_signing_certificate(const struct view *view, struct signet_span value)
{
    return show_ess(view, value, false);
}

static bool show_signing_certificate_v2(const struct view *view, struct signet_span value)
{
    return show_ess(view, value, true);
}

static bool show_countersignature(const struct view *view, struct signet_span value)
{
    struct sg_signer_info signer;
    if (view->depth == 0 || !sg_signer_info_parse(value, view->arena, &signer))
        return false;
    sg_signer_info_dump(view->dump, NULL, &signer, view->arena, view->depth - 1);
    return true;
}

static const struct {
    enum sg_oid type;
    show_value show;
} known[] = {
    {SG_OID_AA_CONTENT_TYPE, show_oid},
    {SG_OID_AA_MESSAGE_DIGEST, show_octets},
    {SG_OID_AA_SIGNING_TIME, show_time},
    {SG_OID_AA_SMIME_CAPABILITIES, show_capabilities},
    {SG_OID_AA_ENCRYPT_KEY_PREF, show_preference},
    {SG_OID_AA_MS_ENCRYPT_KEY_PREF, show_microsoft_preference},
    {SG_OID_AA_ALGORITHM_PROTECTION, show_protection},
    {SG_OID_AA_SIGNING_CERTIFICATE, show_signing_certificate},
    {SG_OID_AA_SIGNING_CERTIFICATE_V2, show_signing_certificate_v2},
    {SG_OID_AA_COUNTERSIGNATURE, show_countersignature},
};

static show_value find_show(enum sg_oid type)
{
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        if (known[i].type == type)
            return known[i].show;
    }
    return NULL;
}

static void dump_attribute(const struct view *view, const struct sg_cms_attribute *attribute)
{
    show_value show = find_show(attribute->type);
    struct sg_cms_values values = sg_cms_values_begin(attribute);
    struct signet_span value;
    sg_dump_map(view->dump, NULL);
    sg_dump_oid(view->dump, "type", attribute->type_octets);
    sg_dump_list(view->dump, "values");
    while (sg_cms_values_next(&values, &value)) {
        if (show == NULL || !show(view, value))
            sg_dump_hex(view->dump, NULL, value);
    }
    sg_dump_end(view->dump);
    sg_dump_end(view->dump);
}

void sg_cms_attributes_dump(struct sg_dump *dump, const char *key,
                            const struct sg_cms_attributes *attributes, struct sg_arena *arena,
                            unsigned depth)
{
    const struct view view = {dump, arena, depth};
    sg_dump_list(dump, key);
    for (size_t i = 0; i < attributes->num; i++)
        dump_attribute(&view, &attributes->items[i]);
    sg_dump_end(dump);
}
