/* SPDX-License-Identifier: Apache-2.0 */
#include "path/name_constraints.h"

#include "asn1/string.h"
#include "path/constraint_set.h"

/*
 * What one certificate imposed. A name must be within the permitted subtrees of every generation
 * that names its form, which is the intersection that 6.1.4 (g)(1) asks for, without computing it.
 */
struct generation {
    struct sg_constraint_set *permitted, *excluded; /* NULL: none */
};

/* What the names of fewer are looked up for again costs less than a fact about more is worth. */
enum { MANY_NAMES = 16 };

struct sg_name_constraints {
    struct sg_judgement *judgement;
    struct sg_constraint_cache *cache;
    struct generation *generations;
    size_t num, cap;
    bool constrained[SG_NUM_NAME_FORMS]; /* some generation names the form */
    struct sg_constraint_wants wants;    /* of the keys that some generation has */
    bool limit;                          /* the budget is out: what is not told is not known */
    bool objected;                       /* to a name of the certificate that is checked */
    size_t num_names;                    /* of it, looked up so far */
};

/* A name under constraint, from one of three places. */
struct held_name {
    enum sg_general_name_type form;        /* whose constraints bind it */
    const struct sg_general_name *general; /* of subjectAltName, or NULL */
    const struct sg_name *subject;         /* or NULL */
    struct signet_span mail;               /* the address, where it is one */
};

/* Adds findings about one certificate. */
struct check {
    struct sg_name_constraints *constraints;
    struct sg_where where;
    struct sg_findings *findings; /* NULL: the first objection is enough, and need not be told */
};

struct sg_name_constraints *sg_name_constraints_new(struct sg_judgement *judgement)
{
    struct sg_name_constraints *constraints =
        sg_arena_alloc(judgement->arena, sizeof(*constraints));
    if (constraints == NULL) {
        judgement->failed = true;
        return NULL;
    }
    constraints->judgement = judgement;
    return constraints;
}

static void mark_forms(struct sg_name_constraints *constraints, const struct sg_constraint_set *set)
{
    for (size_t i = 0; i < SG_NUM_NAME_FORMS; i++)
        constraints->constrained[i] |= set->forms[i].first != NULL;
    sg_constraint_wants_join(&constraints->wants, &set->wants);
}

/* The set for SUBTREES in *SET, NULL for none. False: memory or the budget is out. */
static bool get_set(struct sg_name_constraints *constraints, struct sg_subtrees subtrees,
                    bool excluded, struct sg_constraint_set **set)
{
    *set = NULL;
    if (subtrees.rest.len == 0)
        return true;
    *set = sg_constraint_set_get(constraints->judgement, constraints->cache, subtrees, excluded);
    if (*set == NULL)
        return false;
    mark_forms(constraints, *set);
    return true;
}

static bool add_generation(struct sg_name_constraints *constraints,
                           const struct generation *generation)
{
    void *items = constraints->generations;
    if (!sg_arena_grow(constraints->judgement->arena, &items, &constraints->cap, constraints->num,
                       sizeof(*generation)))
        return false;
    constraints->generations = items;
    constraints->generations[constraints->num++] = *generation;
    return true;
}

void sg_name_constraints_add(struct sg_name_constraints *constraints, struct sg_subtrees permitted,
                             struct sg_subtrees excluded)
{
    struct generation generation;
    if (permitted.rest.len == 0 && excluded.rest.len == 0)
        return;
    constraints->cache = sg_constraint_cache_get(constraints->judgement);
    if (constraints->cache == NULL)
        return;
    if (!get_set(constraints, permitted, false, &generation.permitted) ||
        !get_set(constraints, excluded, true, &generation.excluded)) {
        constraints->limit = true;
        return;
    }
    if (!add_generation(constraints, &generation))
        constraints->judgement->failed = true;
}

/* Names are shown as they stand, "rfc822Name:alice@example.org": the finding escapes them. */
static void add_general_name(struct sg_buffer *buffer, const struct sg_general_name *name)
{
    bool is_text = name->type == SG_GN_RFC822 || name->type == SG_GN_DNS || name->type == SG_GN_URI;
    if (!is_text) {
        sg_general_name_add_text(buffer, name);
        return;
    }
    sg_buffer_add_text(buffer, sg_general_name_type_name(name->type));
    sg_buffer_add_byte(buffer, ':');
    sg_buffer_add(buffer, name->value);
}

static void add_held_name(struct sg_buffer *buffer, const struct held_name *name)
{
    if (name->general != NULL) {
        add_general_name(buffer, name->general);
        return;
    }
    sg_buffer_add_text(buffer, name->subject != NULL ? "subject:" : "emailAddress:");
    if (name->subject != NULL)
        sg_name_add_text(buffer, name->subject);
    else
        sg_buffer_add(buffer, name->mail);
}

/* What does not fit is not needed to tell which name it is. */
enum { MAX_NAME_TEXT_LEN = 4096 };

/* The subtree is at PLACE in SET; without one PLACE is NULL. */
static void tell(const struct check *check, enum sg_kind kind, const struct held_name *name,
                 const struct sg_constraint_set *set, const uint8_t *place)
{
    struct sg_buffer name_text, base_text;
    check->constraints->objected = true;
    if (check->findings == NULL)
        return;
    sg_buffer_init(&name_text, MAX_NAME_TEXT_LEN);
    sg_buffer_init(&base_text, MAX_NAME_TEXT_LEN);
    add_held_name(&name_text, name);
    if (place != NULL) {
        const struct sg_general_name base = sg_constraint_set_base(set, place);
        add_general_name(&base_text, &base);
    }
    sg_finding_add(check->findings, kind, check->where,
                   SG_PARAMS(sg_text("name", sg_buffer_span(&name_text)),
                             sg_text("subtree", sg_buffer_span(&base_text))));
    if (name_text.status == SIGNET_ERR_MEMORY || base_text.status == SIGNET_ERR_MEMORY)
        check->findings->failed = true;
    sg_buffer_free(&name_text);
    sg_buffer_free(&base_text);
}

static void tell_limit(const struct check *check)
{
    check->constraints->limit = true;
    if (check->findings != NULL)
        sg_finding_add(check->findings, SG_KIND_NAMES_LIMIT, check->where, NULL);
}

/* One side of a generation: its subtrees of NAME's form that nobody can process rule NAME out. */
static bool is_processed(const struct check *check, const struct sg_constraint_set *set,
                         const struct held_name *name)
{
    if (set == NULL || set->forms[name->form].unprocessed == NULL)
        return true;
    tell(check, SG_KIND_NAME_UNPROCESSED, name, set, set->forms[name->form].unprocessed);
    return false;
}

/* 6.1.3 (b) and (c) for one name and one generation. False: told, or the budget is out. Excluded
 * wins. */
static bool is_allowed(const struct check *check, const struct generation *generation,
                       const struct held_name *name, const struct sg_constraint_keys *keys)
{
    const struct sg_constraint_set *permitted = generation->permitted,
                                   *excluded = generation->excluded;
    struct sg_judgement *judgement = check->constraints->judgement;
    const uint8_t *place = NULL;
    bool limit = false;

    if (!is_processed(check, excluded, name) || !is_processed(check, permitted, name))
        return false;
    if (excluded != NULL)
        place = sg_constraint_set_find(judgement, excluded, keys, &limit);
    if (place != NULL) {
        tell(check, SG_KIND_NAME_EXCLUDED, name, excluded, place);
        return false;
    }
    if (!limit && permitted != NULL && permitted->forms[name->form].first != NULL &&
        sg_constraint_set_find(judgement, permitted, keys, &limit) == NULL && !limit) {
        tell(check, SG_KIND_NAME_NOT_PERMITTED, name, permitted,
             permitted->forms[name->form].first);
        return false;
    }
    if (limit)
        tell_limit(check);
    return !limit;
}

static bool make_keys(struct sg_constraint_keys *keys, const struct held_name *name)
{
    const struct sg_constraint_form *form = sg_constraint_form_find(name->form);
    if (name->subject != NULL) {
        sg_constraint_directory_keys(keys, name->subject->canonical);
        return true;
    }
    if (name->form == SG_GN_RFC822)
        return sg_constraint_mail_keys(keys, name->mail,
                                       name->general != NULL && name->general->type == SG_GN_OTHER);
    return form == NULL || form->name_keys(keys, name->general);
}

/* One finding a name is enough: the first generation that objects. */
static void check_name(const struct check *check, const struct held_name *name)
{
    struct sg_name_constraints *constraints = check->constraints;
    bool decided = constraints->limit || (check->findings == NULL && constraints->objected);
    if (decided || !constraints->constrained[name->form])
        return;

    struct sg_constraint_keys *keys =
        sg_constraint_keys_begin(constraints->cache, &constraints->wants);
    bool readable = make_keys(keys, name);
    constraints->num_names++;
    if (keys->failed) {
        constraints->judgement->failed = true;
        return;
    }
    if (!readable) {
        tell(check, SG_KIND_NAME_UNREADABLE, name, NULL, NULL);
        return;
    }
    for (size_t i = 0; i < constraints->num; i++) {
        if (!is_allowed(check, &constraints->generations[i], name, keys))
            return;
    }
}

/* RFC 5280 4.2.1.10 asks for this only where there is no subjectAltName; done always, or a
 * constrained CA could certify any sender (E-14). */
static void check_subject_mail(const struct check *check, const struct sg_name *subject)
{
    struct sg_name_iterator attributes = sg_name_begin(subject);
    struct sg_attribute attribute;
    struct sg_buffer text;

    if (!check->constraints->constrained[SG_GN_RFC822])
        return;
    sg_buffer_init(&text, MAX_NAME_TEXT_LEN);
    while (sg_name_next(&attributes, &attribute)) {
        if (sg_oid_find(attribute.type) != SG_OID_AT_EMAIL_ADDRESS)
            continue;
        text.len = 0;
        /* What is no text cannot be read as an address either, and is shown as it stands. */
        bool is_text = sg_string_to_utf8(attribute.tag, attribute.value, &text);
        struct held_name name = {SG_GN_RFC822, NULL, NULL,
                                 is_text ? sg_buffer_span(&text) : attribute.full};
        check_name(check, &name);
    }
    if (text.status == SIGNET_ERR_MEMORY)
        check->constraints->judgement->failed = true;
    sg_buffer_free(&text);
}

/* RFC 9598 6: rfc822Name constraints bind SmtpUTF8Mailbox, an otherName. */
static void check_smtp_utf8(const struct check *check, const struct sg_general_name *name)
{
    struct signet_parse_error error = {0};
    struct sg_der value = sg_der_begin(name->value, &error);
    struct held_name held = {SG_GN_RFC822, name, NULL, {NULL, 0}};
    if (!sg_der_value(&value, SG_TAG_UTF8_STRING, &held.mail, "UTF8String") || !sg_der_end(&value))
        held.mail = sg_span(NULL, 0); /* no address, so unreadable */
    check_name(check, &held);
}

static void check_alt_names(const struct check *check, struct signet_span alt_names)
{
    struct sg_general_names names = sg_general_names_begin(alt_names);
    struct sg_general_name name;
    while (sg_general_names_next(&names, &name)) {
        check_name(check, &(struct held_name){name.type, &name, NULL, name.value});
        if (name.type == SG_GN_OTHER && sg_oid_find(name.other_oid) == SG_OID_ON_SMTP_UTF8_MAILBOX)
            check_smtp_utf8(check, &name);
    }
}

/* --- what was found before */

static bool is_known(const struct sg_constraint_set *set,
                     const struct signet_certificate *certificate)
{
    return set == NULL || set->allowed == certificate;
}

/* Every generation was found to allow all names of CERTIFICATE. */
static bool are_known(const struct sg_name_constraints *constraints,
                      const struct signet_certificate *certificate)
{
    for (size_t i = 0; i < constraints->num; i++) {
        const struct generation *generation = &constraints->generations[i];
        if (!is_known(generation->permitted, certificate) ||
            !is_known(generation->excluded, certificate))
            return false;
    }
    return true;
}

/* Each set remembers one certificate, so one of few names does not drive out one of many. */
static void remember(struct sg_name_constraints *constraints,
                     const struct signet_certificate *certificate)
{
    if (constraints->limit || constraints->objected || constraints->judgement->failed ||
        constraints->num_names < MANY_NAMES)
        return;
    for (size_t i = 0; i < constraints->num; i++) {
        struct generation *generation = &constraints->generations[i];
        if (generation->permitted != NULL)
            generation->permitted->allowed = certificate;
        if (generation->excluded != NULL)
            generation->excluded->allowed = certificate;
    }
}

/* --- all names of a certificate */

static void check_all(const struct check *check, const struct signet_certificate *certificate)
{
    const struct sg_name *subject = &certificate->subject;
    if (!sg_name_is_empty(subject)) {
        check_name(check, &(struct held_name){SG_GN_DIRECTORY, NULL, subject, {NULL, 0}});
        check_subject_mail(check, subject);
    }
    check_alt_names(check, certificate->subject_alt_name);
}

static void check_names(const struct check *check, const struct signet_certificate *certificate)
{
    struct sg_name_constraints *constraints = check->constraints;
    constraints->objected = false;
    constraints->num_names = 0;
    if (are_known(constraints, certificate))
        return;
    check_all(check, certificate);
    remember(constraints, certificate);
}

void sg_name_constraints_check(struct sg_name_constraints *constraints,
                               const struct signet_certificate *certificate, size_t index,
                               struct sg_findings *findings)
{
    const struct check check = {constraints, sg_at_certificate(index), findings};
    if (constraints->limit)
        tell_limit(&check);
    else
        check_names(&check, certificate);
}

bool sg_name_constraints_allow(struct sg_name_constraints *constraints,
                               const struct signet_certificate *certificate)
{
    const struct check check = {constraints, sg_at_certificate(0), NULL};
    if (constraints->limit)
        return true;
    check_names(&check, certificate);
    return constraints->limit || !constraints->objected;
}
