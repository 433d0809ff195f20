/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/cms_object.h"

struct choice {
    uint32_t tag;
    enum sg_certificate_choice choice;
};

/* RFC 5652 10.2.2 */
static const struct choice certificate_choices[] = {
    {SG_TAG_SEQUENCE, SG_CHOICE_CERTIFICATE},
    {SG_TAG_CONTEXT_CONS(0), SG_CHOICE_EXTENDED_CERTIFICATE},
    {SG_TAG_CONTEXT_CONS(1), SG_CHOICE_V1_ATTRIBUTE_CERTIFICATE},
    {SG_TAG_CONTEXT_CONS(2), SG_CHOICE_V2_ATTRIBUTE_CERTIFICATE},
    {SG_TAG_CONTEXT_CONS(3), SG_CHOICE_OTHER_CERTIFICATE},
    {0, SG_CHOICE_UNKNOWN},
};

/* RFC 5652 10.2.1 */
static const struct choice revocation_choices[] = {
    {SG_TAG_SEQUENCE, SG_CHOICE_CRL},
    {SG_TAG_CONTEXT_CONS(1), SG_CHOICE_OTHER_REVOCATION},
    {0, SG_CHOICE_UNKNOWN},
};

static enum sg_certificate_choice find_choice(const struct choice *table, uint32_t tag)
{
    while (table->tag != 0 && table->tag != tag)
        table++;
    return table->choice;
}

/* [NUMBER] IMPLICIT SET OF CHOICE OPTIONAL: each element verbatim. */
static bool parse_objects(struct sg_ber *body, uint8_t number, enum sg_certificate_choice first,
                          struct sg_cms_objects *objects)
{
    struct sg_ber set;
    struct sg_ber_tlv element;
    *objects = (struct sg_cms_objects){.first = first};
    if (!sg_ber_next_is(body, SG_TAG_CONTEXT_CONS(number)))
        return true;
    if (!sg_ber_enter(body, SG_TAG_CONTEXT_CONS(number), &set, "SET"))
        return false;
    objects->elements = sg_span(set.at.ptr, (size_t)(set.at.end - set.at.ptr));
    for (; !sg_ber_done(&set); objects->num++) {
        if (!sg_ber_any(&set, &element))
            return false;
    }
    return true;
}

bool sg_cms_certificates_parse(struct sg_ber *body, uint8_t number, struct sg_cms_objects *objects)
{
    return parse_objects(body, number, SG_CHOICE_CERTIFICATE, objects);
}

bool sg_cms_crls_parse(struct sg_ber *body, uint8_t number, struct sg_cms_objects *objects)
{
    return parse_objects(body, number, SG_CHOICE_CRL, objects);
}

/* The octets were read before, but may lie in a file that somebody else writes to meanwhile. */
bool sg_cms_objects_next(struct sg_cms_objects *rest, struct sg_cms_object *object)
{
    const struct choice *table =
        rest->first == SG_CHOICE_CRL ? revocation_choices : certificate_choices;
    struct signet_parse_error error = {0, NULL, NULL};
    struct sg_ber_tlv element;
    if (rest->num == 0)
        return false;
    struct sg_ber ber = sg_ber_begin(rest->elements, &error);
    if (!sg_ber_any(&ber, &element))
        return false;
    *object = (struct sg_cms_object){find_choice(table, element.tag), element.full};
    rest->elements = sg_span_from(rest->elements, element.full.len);
    rest->num--;
    return true;
}

struct choice_name {
    const char *name;
    enum sg_kind skipped; /* only where .passed_over */
    bool passed_over;
};

static const struct choice_name choices[] = {
    [SG_CHOICE_CERTIFICATE] = {.name = "certificate"},
    [SG_CHOICE_EXTENDED_CERTIFICATE] = {"PKCS #6 extended certificate",
                                        SG_KIND_CMS_EXTENDED_CERTIFICATES, true},
    [SG_CHOICE_V1_ATTRIBUTE_CERTIFICATE] = {"v1 attribute certificate",
                                            SG_KIND_CMS_V1_ATTRIBUTE_CERTIFICATES, true},
    [SG_CHOICE_V2_ATTRIBUTE_CERTIFICATE] = {.name = "v2 attribute certificate"},
    [SG_CHOICE_OTHER_CERTIFICATE] = {"other certificate", SG_KIND_CMS_OTHER_CERTIFICATES, true},
    [SG_CHOICE_CRL] = {.name = "CRL"},
    [SG_CHOICE_OTHER_REVOCATION] = {"other revocation information", SG_KIND_CMS_OTHER_REVOCATION,
                                    true},
    [SG_CHOICE_UNKNOWN] = {"unknown", SG_KIND_CMS_UNKNOWN_CHOICES, true},
};

static void count_choices(struct sg_cms_objects objects, size_t *counts)
{
    struct sg_cms_object object;
    while (sg_cms_objects_next(&objects, &object))
        counts[object.choice]++;
}

static void add_count(struct sg_findings *findings, enum sg_kind kind, size_t count)
{
    sg_finding_add(findings, kind, sg_at(SIGNET_OBJECT_MESSAGE),
                   SG_PARAMS(sg_number("count", (int64_t)count)));
}

void sg_cms_objects_check(const struct sg_cms_objects *certificates,
                          const struct sg_cms_objects *crls, struct sg_findings *findings)
{
    size_t counts[sizeof(choices) / sizeof(choices[0])] = {0};
    count_choices(*certificates, counts);
    count_choices(*crls, counts);
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
        if (choices[i].passed_over && counts[i] > 0)
            add_count(findings, choices[i].skipped, counts[i]);
    }
}

const char *sg_certificate_choice_name(enum sg_certificate_choice choice)
{
    return choices[choice].name;
}

void sg_cms_objects_dump(struct sg_dump *dump, const char *key,
                         const struct sg_cms_objects *objects)
{
    struct sg_cms_objects rest = *objects;
    struct sg_cms_object object;
    sg_dump_list(dump, key);
    while (sg_cms_objects_next(&rest, &object)) {
        sg_dump_map(dump, NULL);
        sg_dump_string(dump, "kind", sg_certificate_choice_name(object.choice));
        sg_dump_number(dump, "length", (int64_t)object.full.len);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
}
