/* SPDX-License-Identifier: Apache-2.0 */
#include "path/crl_scope.h"

#include "x509/extension_values.h"

/* A name's canonical form has fewer octets than this, as certificates and CRLs fit into memory. */
enum { MAX_CANONICAL_LEN = INT32_MAX };

static struct signet_span keep_canonical(struct sg_arena *arena, struct sg_buffer *form, bool made)
{
    struct signet_span kept = {NULL, 0};
    if (made)
        kept = sg_arena_copy(arena, sg_buffer_span(form));
    sg_buffer_free(form);
    return kept;
}

/* The canonical form of the name that RDN makes below BASE (4.2.1.13). */
static struct signet_span relative_form(struct sg_arena *arena, struct signet_span base,
                                        struct signet_span rdn)
{
    struct sg_buffer form;
    sg_buffer_init(&form, MAX_CANONICAL_LEN);
    sg_buffer_add(&form, base);
    return keep_canonical(arena, &form, sg_rdn_add_canonical(rdn, &form));
}

static bool add_name(struct sg_arena *arena, struct sg_point_names *names,
                     const struct sg_general_name *name)
{
    void *items = names->items;
    if (!sg_arena_grow(arena, &items, &names->cap, names->num, sizeof(*name)))
        return false;
    names->items = items;
    names->items[names->num++] = *name;
    return true;
}

/* A directory name by its canonical form; {NULL,0} tells that there was no memory for it. */
static bool add_form(struct sg_arena *arena, struct sg_point_names *names, struct signet_span form)
{
    const struct sg_general_name name = {.type = SG_GN_DIRECTORY, .value = form};
    return form.ptr != NULL && add_name(arena, names, &name);
}

/* LIST: content octets of a GeneralNames, or {NULL,0}. */
static bool add_names(struct sg_arena *arena, struct sg_point_names *names, struct signet_span list)
{
    struct sg_general_names walk = sg_general_names_begin(list);
    struct sg_general_name name;
    bool added = true;
    while (added && sg_general_names_next(&walk, &name))
        added = sg_general_name_canonicalise(&name, arena) && add_name(arena, names, &name);
    return added;
}

/* A DistributionPointName whose relative form stands below BASE, a canonical form. */
static bool add_point_name(struct sg_arena *arena, struct sg_point_names *names,
                           struct signet_span full_name, struct signet_span relative_name,
                           struct signet_span base)
{
    if (relative_name.ptr != NULL)
        return add_form(arena, names, relative_form(arena, base, relative_name));
    return add_names(arena, names, full_name);
}

/* What nameRelativeToCRLIssuer of POINT stands below. With several names in cRLIssuer it must not
 * be used (4.2.1.13), and means nothing: the first is as good as any. */
static struct signet_span point_base(const struct sg_crl_point *point,
                                     const struct signet_certificate *certificate)
{
    for (size_t i = 0; i < point->crl_issuers.num; i++) {
        if (point->crl_issuers.items[i].type == SG_GN_DIRECTORY)
            return point->crl_issuers.items[i].value;
    }
    return certificate->issuer.canonical;
}

static bool fill_point(struct sg_arena *arena, struct sg_crl_point *point,
                       const struct signet_certificate *certificate,
                       const struct sg_distribution_point *source)
{
    point->reasons = source->reasons;
    point->delegated = source->crl_issuer.ptr != NULL;
    if (!add_names(arena, &point->crl_issuers, source->crl_issuer))
        return false;
    if (source->full_name.ptr == NULL && source->relative_name.ptr == NULL) {
        point->names = point->crl_issuers;
        return true;
    }
    return add_point_name(arena, &point->names, source->full_name, source->relative_name,
                          point_base(point, certificate));
}

/* Content octets of the GeneralNames of issuerAltName, {NULL,0} where there are none. */
static struct signet_span issuer_alt_name(const struct signet_certificate *certificate)
{
    struct sg_extensions walk = {certificate->extensions, certificate->der.ptr};
    struct sg_extension extension;
    while (sg_extensions_next(&walk, &extension)) {
        struct signet_parse_error error = {0};
        struct sg_der value = sg_der_begin(extension.value, &error);
        struct signet_span names;
        if (extension.oid == SG_OID_CE_ISSUER_ALT_NAME && sg_alt_name_parse(&value, &names))
            return names;
    }
    return sg_span(NULL, 0);
}

/* 6.3.3, at its end: a point named after the certificate's issuer, for all reasons. */
static bool fill_assumed_point(struct sg_arena *arena, struct sg_crl_point *point,
                               const struct signet_certificate *certificate)
{
    point->reasons = SG_REASONS_ALL;
    return add_form(arena, &point->names, certificate->issuer.canonical) &&
           add_names(arena, &point->names, issuer_alt_name(certificate));
}

static size_t count_points(struct signet_span value)
{
    struct sg_distribution_points walk = sg_distribution_points_begin(value);
    struct sg_distribution_point point;
    size_t num = 0;
    while (sg_distribution_points_next(&walk, &point))
        num++;
    return num;
}

static bool fill_points(struct sg_crl_points *points, struct sg_arena *arena)
{
    struct sg_distribution_points walk =
        sg_distribution_points_begin(points->certificate->crl_distribution_points);
    struct sg_distribution_point source;
    bool filled = true;
    for (size_t i = 0; filled && sg_distribution_points_next(&walk, &source); i++)
        filled = fill_point(arena, &points->items[i], points->certificate, &source);
    return filled &&
           fill_assumed_point(arena, &points->items[points->num - 1], points->certificate);
}

/* Takes NUM times EACH comparisons. */
static bool take_comparisons(struct sg_judgement *judgement, size_t num, size_t each, bool *limit)
{
    bool taken =
        (each == 0 || num <= SIZE_MAX / each) && sg_budget_comparisons(judgement, num * each);
    *limit |= !taken;
    return taken;
}

/* The name that FORM is the canonical form of, unless it is listed. */
static bool add_issuer(struct sg_crl_points *points, struct sg_judgement *judgement,
                       struct sg_arena *arena, struct signet_span form, bool *limit)
{
    struct sg_name *name = sg_arena_alloc(arena, sizeof(*name));
    if (name == NULL || !take_comparisons(judgement, points->num_issuers, 1, limit))
        return false;
    sg_name_set_canonical(name, form);
    for (size_t i = 0; i < points->num_issuers; i++) {
        if (sg_name_equal(points->issuers[i], name))
            return true;
    }
    points->issuers[points->num_issuers++] = name;
    return true;
}

static bool list_issuers(struct sg_crl_points *points, struct sg_judgement *judgement,
                         struct sg_arena *arena, bool *limit)
{
    size_t max = 1, num_names = 0;
    for (size_t i = 0; i < points->num; i++) {
        max += points->items[i].crl_issuers.num;
        num_names += points->items[i].names.num + 1;
    }
    points->issuers = sg_arena_array(arena, max, sizeof(*points->issuers));
    if (points->issuers == NULL || !take_comparisons(judgement, num_names, 1, limit))
        return false;

    points->issuers[points->num_issuers++] = &points->certificate->issuer;
    for (size_t i = 0; i < points->num; i++) {
        const struct sg_point_names *names = &points->items[i].crl_issuers;
        for (size_t k = 0; k < names->num; k++) {
            if (names->items[k].type == SG_GN_DIRECTORY &&
                !add_issuer(points, judgement, arena, names->items[k].value, limit))
                return false;
        }
    }
    return true;
}

bool sg_crl_points_init(struct sg_crl_points *points, struct sg_judgement *judgement,
                        struct sg_arena *arena, const struct signet_certificate *certificate,
                        bool *limit)
{
    *points = (struct sg_crl_points){.certificate = certificate};
    points->num = count_points(certificate->crl_distribution_points) + 1;
    points->items = sg_arena_array(arena, points->num, sizeof(*points->items));
    return points->items != NULL && fill_points(points, arena) &&
           list_issuers(points, judgement, arena, limit);
}

static bool have_common_name(const struct sg_point_names *a, const struct sg_point_names *b)
{
    for (size_t i = 0; i < a->num; i++) {
        for (size_t k = 0; k < b->num; k++) {
            if (sg_general_name_equal(&a->items[i], &b->items[k]))
                return true;
        }
    }
    return false;
}

static bool have_directory(const struct sg_point_names *names, const struct sg_name *name)
{
    for (size_t i = 0; i < names->num; i++) {
        if (names->items[i].type == SG_GN_DIRECTORY &&
            sg_span_equal(names->items[i].value, name->canonical))
            return true;
    }
    return false;
}

/* (b)(1). A cRLIssuer that is the certificate's own issuer should not be there (4.2.1.13) and hands
 * nothing to anybody: no indirect CRL is needed then. */
static bool issuer_matches(const struct sg_crl_point *point,
                           const struct signet_certificate *certificate,
                           const struct signet_crl *crl)
{
    bool own = sg_name_equal(&crl->issuer, &certificate->issuer);
    if (!point->delegated)
        return own;
    return (own || crl->idp.indirect_crl) && have_directory(&point->crl_issuers, &crl->issuer);
}

/* (b)(2)(ii) to (iv). A certificate of version 1 or 2 does not say whether it is a CA's: neither
 * kind of CRL answers for it (5.2.5). */
static bool kind_matches(const struct sg_crl_points *points,
                         const struct sg_issuing_distribution_point *idp)
{
    const struct signet_certificate *certificate = points->certificate;
    if (points->for_attributes)
        return !idp->only_user_certs && !idp->only_ca_certs;
    if (idp->only_attribute_certs)
        return false;
    if (idp->only_user_certs && (certificate->version < 3 || certificate->is_ca))
        return false;
    return !idp->only_ca_certs || (certificate->version >= 3 && certificate->is_ca);
}

bool sg_crl_points_reasons(const struct sg_crl_points *points, struct sg_judgement *judgement,
                           struct sg_arena *arena, const struct signet_crl *crl, unsigned *reasons,
                           bool *limit)
{
    const struct sg_issuing_distribution_point *idp = &crl->idp;
    bool named = idp->full_name.ptr != NULL || idp->relative_name.ptr != NULL;
    struct sg_point_names names = {NULL, 0, 0};
    *reasons = 0;
    if (!kind_matches(points, idp))
        return true;
    if (!add_point_name(arena, &names, idp->full_name, idp->relative_name, crl->issuer.canonical))
        return false;
    for (size_t i = 0; i < points->num; i++) {
        const struct sg_crl_point *point = &points->items[i];
        if (!take_comparisons(judgement, point->crl_issuers.num + 1, 1, limit))
            return false;
        if (!issuer_matches(point, points->certificate, crl))
            continue;
        if (!take_comparisons(judgement, point->names.num + 1, names.num, limit))
            return false;
        if (!named || have_common_name(&point->names, &names))
            *reasons |= point->reasons & (idp->present ? idp->reasons : SG_REASONS_ALL);
    }
    *reasons &= SG_REASONS_ALL;
    return true;
}

int sg_issuing_distribution_point_compare(const struct sg_issuing_distribution_point *a,
                                          const struct sg_issuing_distribution_point *b)
{
    const int of_fields[] = {
        (int)a->present - (int)b->present,
        (int)a->only_user_certs - (int)b->only_user_certs,
        (int)a->only_ca_certs - (int)b->only_ca_certs,
        (int)a->only_attribute_certs - (int)b->only_attribute_certs,
        (int)a->indirect_crl - (int)b->indirect_crl,
        (int)a->has_reasons - (int)b->has_reasons,
        (int)a->reasons - (int)b->reasons,
        sg_span_compare(a->full_name, b->full_name),
        sg_span_compare(a->relative_name, b->relative_name),
    };
    size_t field = 0;
    while (field + 1 < sizeof(of_fields) / sizeof(of_fields[0]) && of_fields[field] == 0)
        field++;
    return of_fields[field];
}
