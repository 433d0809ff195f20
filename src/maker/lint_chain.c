/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Certificates and CRLs with those of the input that issued them.
 */
#include "maker/lint_checks.h"

#include <stdlib.h>

/* --- the links */

static bool verifies(struct sg_lint *lint, const struct sg_lint_subject *subject,
                     const struct signet_certificate *issuer)
{
    const struct signet_certificate *certificate = subject->certificate;
    struct signet_span tbs = certificate != NULL ? certificate->tbs : subject->crl->tbs;
    struct signet_span signature =
        certificate != NULL ? certificate->signature : subject->crl->signature;
    struct sg_public_key *key = NULL;
    enum sg_signature_check check = SG_SIGNATURE_INVALID;
    if (!subject->algorithm_read)
        return false;
    if (sg_public_key_new(lint->crypto, &issuer->spki, sg_span(NULL, 0), SG_LINT_MAX_KEY_BITS,
                          &key) == SG_KEY_OK)
        check = sg_signature_verify(lint->crypto, &subject->algorithm, key, tbs, signature);
    sg_public_key_free(key);
    if (check == SG_SIGNATURE_NO_MEMORY)
        lint->arena->failed = true;
    return check == SG_SIGNATURE_VALID;
}

/* Certificates by the hash of their subjects, so that many in one input cost no square of them. */
struct by_name {
    uint64_t hash;
    struct sg_lint_subject *subject;
};

static int compare(const void *a, const void *b)
{
    const struct by_name *one = a, *other = b;
    if (one->hash != other->hash)
        return one->hash < other->hash ? -1 : 1;
    return one->subject->index < other->subject->index ? -1 : 1;
}

static size_t first_of(const struct by_name *names, size_t num, uint64_t hash)
{
    size_t low = 0, high = num;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (names[middle].hash < hash)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_itself(const struct sg_lint_subject *subject,
                      const struct signet_certificate *candidate)
{
    return subject->certificate != NULL && sg_span_equal(candidate->der, subject->certificate->der);
}

/* Among those with the name that SUBJECT calls its issuer the one whose key fits; else, so that
 * this is told, one that has only the name. A certificate that names itself and has another key may
 * be self-issued: no fault. */
static void find_issuer(struct sg_lint *lint, const struct by_name *names, size_t num,
                        struct sg_lint_subject *subject)
{
    const struct sg_name *issuer =
        subject->certificate != NULL ? &subject->certificate->issuer : &subject->crl->issuer;
    struct sg_lint_subject *named = NULL;
    size_t tried = 0;
    for (size_t i = first_of(names, num, issuer->hash);
         i < num && names[i].hash == issuer->hash && tried < SG_LINT_MAX_CANDIDATES; i++) {
        struct sg_lint_subject *candidate = names[i].subject;
        bool itself = is_itself(subject, candidate->certificate);
        if (!sg_name_equal(&candidate->certificate->subject, issuer))
            continue;
        tried++;
        if (verifies(lint, subject, candidate->certificate)) {
            subject->self_signed = itself;
            named = candidate;
            subject->signature_wrong = false;
            break;
        }
        if (!itself) {
            named = candidate;
            subject->signature_wrong = true;
        }
    }
    subject->issued_by = named;
    subject->issuer = named == NULL ? NULL : named->certificate;
}

/* Tells those above SUBJECT how many CAs stand below them on this way (RFC 5280 6.1.4 (l)). */
static void count_below(const struct sg_lint_subject *subject)
{
    int64_t below = 0;
    for (size_t depth = 0; depth < SG_LINT_MAX_DEPTH; depth++) {
        struct sg_lint_subject *above = subject->issued_by;
        if (above == NULL || subject->self_signed || subject->signature_wrong)
            return;
        above->is_ca = true;
        if (depth > 0 && !subject->certificate->self_issued)
            below++;
        if (above->below < below)
            above->below = below;
        subject = above;
    }
}

void sg_lint_link(struct sg_lint *lint, struct sg_lint_subject *subjects, size_t num_certificates,
                  size_t num_crls)
{
    struct by_name *names = sg_arena_array(lint->arena, num_certificates + 1, sizeof *names);
    if (names == NULL)
        return;
    for (size_t i = 0; i < num_certificates; i++)
        names[i] = (struct by_name){subjects[i].certificate->subject.hash, &subjects[i]};
    qsort(names, num_certificates, sizeof *names, compare);
    for (size_t i = 0; i < num_certificates + num_crls && !lint->arena->failed; i++)
        find_issuer(lint, names, num_certificates, &subjects[i]);
    for (size_t i = 0; i < num_certificates; i++)
        count_below(&subjects[i]);
}

/* --- the rules */

SG_LINT_CHECK(chain_signature)
{
    if (subject->signature_wrong)
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(chain_name_bytes)
{
    if (!subject->signature_wrong &&
        !sg_span_equal(subject->certificate->issuer.der, subject->issuer->subject.der))
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(chain_key_id)
{
    struct signet_span said = subject->certificate->aki.key_id, is = subject->issuer->ski;
    if (!subject->signature_wrong && said.ptr != NULL && is.ptr != NULL && !sg_span_equal(said, is))
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(chain_not_ca)
{
    const struct signet_certificate *issuer = subject->issuer;
    bool usage = !issuer->has_key_usage || (issuer->key_usage & SG_KU_KEY_CERT_SIGN) != 0;
    bool self = subject->self_signed && !issuer->is_ca && !subject->is_ca;
    if (!subject->signature_wrong && !self && (!usage || (!issuer->is_ca && issuer->version == 3)))
        sg_lint_say(lint, row, subject, NULL);
}

SG_LINT_CHECK(chain_path_len)
{
    int64_t allowed = subject->certificate->path_len;
    if (subject->certificate->is_ca && allowed >= 0 && subject->below > allowed)
        sg_lint_say(lint, row, subject,
                    SG_PARAMS(sg_number("allowed", allowed), sg_number("found", subject->below)));
}

SG_LINT_CHECK(chain_validity)
{
    const struct signet_certificate *one = subject->certificate, *issuer = subject->issuer;
    if (!subject->signature_wrong &&
        (one->not_before < issuer->not_before || one->not_after > issuer->not_after))
        sg_lint_say(lint, row, subject, NULL);
}
