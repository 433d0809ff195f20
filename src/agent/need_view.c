/* SPDX-License-Identifier: Apache-2.0 */
#include "agent/need_view.h"

#include "x509/access.h"
#include "x509/distribution_point.h"

/* Places named for one need; what a certificate can make us try is bounded. */
enum { MAX_URLS = 32 };

struct urls {
    struct signet_span items[MAX_URLS];
    size_t num;
};

static bool has_scheme(struct signet_span uri, const char *scheme)
{
    size_t len = strlen(scheme);
    return uri.len > len && uri.ptr[len] == ':' && sg_span_is_word(sg_span(uri.ptr, len), scheme);
}

/* Those that can be fetched from, each once. */
static void add_url(struct urls *urls, const struct sg_general_name *name)
{
    if (name->type != SG_GN_URI || urls->num == MAX_URLS ||
        !(has_scheme(name->value, "http") || has_scheme(name->value, "https") ||
          has_scheme(name->value, "ldap")))
        return;
    for (size_t i = 0; i < urls->num; i++) {
        if (sg_span_equal(urls->items[i], name->value))
            return;
    }
    urls->items[urls->num++] = name->value;
}

static void add_ca_issuers(struct urls *urls, struct signet_span access)
{
    struct sg_access_descriptions walk = sg_access_descriptions_begin(access);
    struct sg_access_description description;
    while (sg_access_descriptions_next(&walk, &description)) {
        if (description.method == SG_OID_AD_CA_ISSUERS)
            add_url(urls, &description.location);
    }
}

static void add_full_name(struct urls *urls, const struct sg_distribution_point *point)
{
    struct sg_general_names names = sg_general_names_begin(point->full_name);
    struct sg_general_name name;
    while (sg_general_names_next(&names, &name))
        add_url(urls, &name);
}

/* *DER: the Name in NAMES whose canonical form is that of ISSUER, if there. False: memory is out.
 */
static bool find_name(struct signet_span names, const struct sg_name *issuer,
                      struct sg_arena *arena, struct signet_span *der)
{
    struct sg_general_names walk = sg_general_names_begin(names);
    struct sg_general_name name;
    while (der->ptr == NULL && sg_general_names_next(&walk, &name)) {
        struct signet_span octets = name.value;
        if (name.type != SG_GN_DIRECTORY)
            continue;
        if (!sg_general_name_canonicalise(&name, arena))
            return false;
        if (sg_span_equal(name.value, issuer->canonical))
            *der = octets;
    }
    return true;
}

/* The points of CERTIFICATE whose CRLs NEED->name issues; of another issuer than the certificate's
 * only they know the name as it stands. */
static bool add_points(struct urls *urls, const struct sg_need *need, struct sg_arena *arena,
                       struct signet_span *der)
{
    const struct signet_certificate *certificate = need->certificate;
    bool own = sg_name_equal(need->name, &certificate->issuer);
    struct sg_distribution_points walk =
        sg_distribution_points_begin(certificate->crl_distribution_points);
    struct sg_distribution_point point;
    while (sg_distribution_points_next(&walk, &point)) {
        struct signet_span named = {NULL, 0};
        if (point.crl_issuer.ptr != NULL && !find_name(point.crl_issuer, need->name, arena, &named))
            return false;
        if (point.crl_issuer.ptr == NULL ? own : named.ptr != NULL)
            add_full_name(urls, &point);
        if (der->ptr == NULL)
            *der = named;
    }
    return true;
}

static void add_freshest(struct urls *urls, struct signet_span freshest)
{
    struct sg_distribution_points walk = sg_distribution_points_begin(freshest);
    struct sg_distribution_point point;
    while (sg_distribution_points_next(&walk, &point))
        add_full_name(urls, &point);
}

/* Where the objects of NEED say that what is needed may be. */
static bool list_urls(const struct sg_need *need, struct sg_arena *arena, struct urls *urls,
                      struct signet_span *der)
{
    const struct signet_certificate *certificate = need->certificate;
    const struct signet_crl *crl = need->crl;
    switch (need->kind) {
    case SG_NEED_ISSUER:
        add_ca_issuers(urls, certificate != NULL ? certificate->authority_info_access
                             : crl != NULL       ? crl->authority_info_access
                                                 : sg_span(NULL, 0));
        return true;
    case SG_NEED_CRL:
    case SG_NEED_WHOLE_CRL:
        return certificate == NULL || add_points(urls, need, arena, der);
    case SG_NEED_DELTA_CRL:
        if (certificate != NULL)
            add_freshest(urls, certificate->freshest_crl);
        if (crl != NULL)
            add_freshest(urls, crl->freshest_crl);
        return true;
    case SG_NEED_SIGNER:
    case SG_NEED_BINDING:
    case SG_NUM_NEED_KINDS:
        break;
    }
    return true;
}

static bool copy_urls(const struct urls *urls, struct sg_arena *arena, struct signet_need *out)
{
    struct signet_span *copy = sg_arena_array(arena, urls->num, sizeof(*copy));
    if (copy == NULL)
        return false;
    memcpy(copy, urls->items, urls->num * sizeof(*copy));
    out->urls = copy;
    out->num_urls = urls->num;
    return true;
}

static bool view_need(const struct sg_need *need, bool places, struct sg_arena *arena,
                      struct signet_need *out)
{
    static const enum signet_need_kind kinds[SG_NUM_NEED_KINDS] = {
        [SG_NEED_SIGNER] = SIGNET_NEED_SIGNER,
        [SG_NEED_ISSUER] = SIGNET_NEED_ISSUER,
        [SG_NEED_CRL] = SIGNET_NEED_CRL,
        [SG_NEED_WHOLE_CRL] = SIGNET_NEED_WHOLE_CRL,
        [SG_NEED_DELTA_CRL] = SIGNET_NEED_DELTA_CRL,
        [SG_NEED_BINDING] = SIGNET_NEED_BINDING,
    };
    struct urls urls = {.num = 0};
    *out = (struct signet_need){.kind = kinds[need->kind],
                                .missing = need->missing,
                                .anchored = need->anchored,
                                .name = need->name != NULL ? need->name->der : sg_span(NULL, 0),
                                .key_id = need->key_id,
                                .serial = need->serial,
                                .certificate = need->certificate,
                                .crl = need->crl};
    if (!list_urls(need, arena, &urls, &out->name))
        return false;
    if (!places)
        urls.num = 0;
    return copy_urls(&urls, arena, out);
}

/* Names of issuers and key identifiers may be the judgement's. */
static bool keep_octets(struct sg_arena *arena, struct signet_need *need)
{
    struct signet_span *const spans[] = {&need->name, &need->key_id, &need->serial};
    for (size_t i = 0; i < sizeof(spans) / sizeof(*spans); i++) {
        if (spans[i]->ptr != NULL)
            *spans[i] = sg_arena_copy(arena, *spans[i]);
    }
    return !arena->failed;
}

bool sg_need_view(const struct sg_judgement *judgement, bool places, struct sg_arena *arena,
                  struct sg_need_views *out)
{
    bool lent = arena == judgement->arena;
    struct signet_need *items = sg_arena_array(arena, judgement->num_needs, sizeof(*items));
    if (items == NULL)
        return false;
    for (size_t i = 0; i < judgement->num_needs; i++) {
        if (!view_need(&judgement->needs[i], places, arena, &items[i]) ||
            (!lent && !keep_octets(arena, &items[i])))
            return false;
    }
    *out = (struct sg_need_views){items, judgement->num_needs};
    return true;
}

const char *signet_need_kind_name(enum signet_need_kind kind)
{
    static const char *const names[] = {
        [SIGNET_NEED_SIGNER] = "signer",
        [SIGNET_NEED_ISSUER] = "issuer",
        [SIGNET_NEED_CRL] = "crl",
        [SIGNET_NEED_WHOLE_CRL] = "whole-crl",
        [SIGNET_NEED_DELTA_CRL] = "delta-crl",
        [SIGNET_NEED_BINDING] = "binding",
    };
    return names[kind];
}
