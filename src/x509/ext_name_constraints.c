/* SPDX-License-Identifier: Apache-2.0 */
/* nameConstraints, RFC 5280 4.2.1.10. */
#include "x509/dump_names.h"
#include "x509/extension_types.h"
#include "x509/extension_values.h"
#include "x509/policy_extensions.h"
#include "x509/walk.h"

/* GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] BaseDistance DEFAULT 0, maximum [1]
 * BaseDistance OPTIONAL } */
static bool parse_subtree(struct sg_der *list, struct sg_subtree *out)
{
    struct sg_der content;
    int64_t minimum, maximum;
    if (!sg_der_enter(list, SG_TAG_SEQUENCE, &content, "a GeneralSubtree") ||
        !sg_general_name_parse(&content, true, &out->base) ||
        !sg_count_parse_optional(&content, SG_TAG_CONTEXT(0), &minimum, "minimum") ||
        !sg_count_parse_optional(&content, SG_TAG_CONTEXT(1), &maximum, "maximum") ||
        !sg_der_end(&content))
        return false;
    out->has_bounds = minimum > 0 || maximum >= 0;
    return true;
}

/* GeneralSubtrees ::= SEQUENCE SIZE (1..MAX) OF GeneralSubtree: content octets. */
static bool parse_subtrees(struct sg_der *list)
{
    struct sg_subtree subtree;
    do {
        if (!parse_subtree(list, &subtree))
            return false;
    } while (!sg_der_done(list));
    return true;
}

bool sg_subtrees_parse(struct sg_der *der, struct sg_subtrees *out)
{
    struct sg_der list;
    if (!sg_der_enter(der, SG_TAG_SEQUENCE, &list, "a GeneralSubtrees"))
        return false;
    out->rest = sg_span(list.ptr, (size_t)(list.end - list.ptr));
    return parse_subtrees(&list);
}

/* Zero is what minimum is when it is absent. */
static bool is_zero(struct signet_span number)
{
    return number.len == 1 && number.ptr[0] == 0;
}

bool sg_subtrees_next(struct sg_subtrees *subtrees, struct sg_subtree *out)
{
    struct sg_tlv subtree, element;
    if (!sg_walk(&subtrees->rest, &subtree) || !sg_walk(&subtree.value, &element) ||
        !sg_general_name_open(&element, &out->base))
        return false;
    out->has_bounds = false;
    while (sg_walk(&subtree.value, &element))
        out->has_bounds |= element.tag == SG_TAG_CONTEXT(1) || !is_zero(element.value);
    return true;
}

size_t sg_subtrees_count(struct sg_subtrees subtrees)
{
    struct sg_tlv subtree;
    size_t num = 0;
    while (sg_walk(&subtrees.rest, &subtree))
        num++;
    return num;
}

static bool check_field(struct sg_der *content, uint32_t tag)
{
    struct signet_span subtrees;
    if (!sg_der_optional(content, tag, &subtrees))
        return false;
    struct sg_der list = sg_der_within(content, subtrees);
    return subtrees.ptr == NULL || parse_subtrees(&list);
}

/* NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL, excludedSubtrees
 * [1] GeneralSubtrees OPTIONAL }, never empty. */
static bool check(struct sg_der *value)
{
    struct sg_der content;
    if (!sg_der_enter(value, SG_TAG_SEQUENCE, &content, "a NameConstraints"))
        return false;
    if (sg_der_done(&content))
        return sg_der_fail(&content, "permittedSubtrees or excludedSubtrees");
    return check_field(&content, SG_TAG_CONTEXT_CONS(0)) &&
           check_field(&content, SG_TAG_CONTEXT_CONS(1)) && sg_der_end(&content) &&
           sg_der_end(value);
}

void sg_name_constraints_open(struct signet_span value, struct sg_subtrees *permitted,
                              struct sg_subtrees *excluded)
{
    struct signet_span rest = sg_walk_into(value);
    struct sg_tlv field;
    permitted->rest = excluded->rest = (struct signet_span){NULL, 0};
    while (sg_walk(&rest, &field)) {
        if (field.tag == SG_TAG_CONTEXT_CONS(0))
            permitted->rest = field.value;
        if (field.tag == SG_TAG_CONTEXT_CONS(1))
            excluded->rest = field.value;
    }
}

static void dump_subtrees(struct sg_dump *dump, const char *key, struct sg_subtrees subtrees)
{
    if (subtrees.rest.ptr == NULL)
        return;
    struct sg_subtree subtree;
    sg_dump_list(dump, key);
    while (sg_subtrees_next(&subtrees, &subtree)) {
        sg_dump_map(dump, NULL);
        sg_dump_general_name(dump, "base", &subtree.base);
        if (subtree.has_bounds)
            sg_dump_boolean(dump, "has_bounds", true);
        sg_dump_end(dump);
    }
    sg_dump_end(dump);
}

static void dump(struct sg_dump *dump, struct signet_span value)
{
    struct sg_subtrees permitted, excluded;
    sg_name_constraints_open(value, &permitted, &excluded);
    dump_subtrees(dump, "permitted", permitted);
    dump_subtrees(dump, "excluded", excluded);
}

const struct sg_extension_type sg_ext_name_constraints = {
    .oid = SG_OID_CE_NAME_CONSTRAINTS,
    .places = SG_IN_CERTIFICATE,
    .processed = SG_IN_CERTIFICATE,
    .criticality = SG_CRITICAL_ALWAYS,
    .check = check,
    .dump = dump,
};
