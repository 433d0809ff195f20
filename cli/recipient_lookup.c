/* SPDX-License-Identifier: Apache-2.0 */
#include "recipient_lookup.h"

#include "message.h"

#include <stdlib.h>
#include <string.h>

/* One message makes us ask for no more than so many people. */
enum { MAX_LOOKED_UP = 100 };

struct looked_up {
    struct looked_up *next;
    struct looking looking;
    char address[];
};

void recipient_lookup_init(struct recipient_lookup *lookup)
{
    *lookup = (struct recipient_lookup){.end = &lookup->first};
}

void recipient_lookup_free(struct recipient_lookup *lookup)
{
    struct looked_up *next;

    for (struct looked_up *one = lookup->first; one != NULL; one = next) {
        next = one->next;
        looking_free(&one->looking);
        free(one);
    }
    free(lookup->sources);
    recipient_lookup_init(lookup);
}

/* --- who */

/* A certificate that an issuer or a CRL could make usable; those are fetched without a look-up. */
static bool may_come_right(const struct signet_encrypt_recipient *recipient)
{
    for (size_t i = 0; i < recipient->num_candidates; i++)
        if (recipient->candidates[i].verdict == SIGNET_VERDICT_UNKNOWN)
            return true;
    return false;
}

/* An address that had to be escaped is none that a directory knows. */
static bool is_lacking(const struct signet_encrypt_recipient *recipient)
{
    return recipient->certificate == NULL && recipient->address[0] != '\0' &&
           strchr(recipient->address, '\\') == NULL && !may_come_right(recipient);
}

/* --- looking up */

static struct looked_up *add(struct recipient_lookup *lookup, const char *address)
{
    size_t size = strlen(address) + 1;
    struct looked_up *added = calloc(1, sizeof *added + size);

    if (added == NULL)
        return NULL;
    memcpy(added->address, address, size);
    *lookup->end = added;
    lookup->end = &added->next;
    return added;
}

static enum signet_status look_up(struct looked_up *one, struct material *material,
                                  const struct signet_policy *policy, int64_t until_ms,
                                  struct certificate_list *found)
{
    enum signet_status status =
        looking_up(&one->looking, material, material->pool, policy, one->address, until_ms);

    if (status == SIGNET_ERR_ARGUMENT)
        return SIGNET_OK; /* no address; the plan says so */
    if (status != SIGNET_OK || one->looking.found == NULL)
        return status;
    return certificate_list_add(found, one->looking.found) ? SIGNET_OK : SIGNET_ERR_MEMORY;
}

enum signet_status recipient_lookup_run(struct recipient_lookup *lookup,
                                        const struct signet_encrypt_plan *plan,
                                        struct material *material,
                                        const struct signet_policy *policy,
                                        struct certificate_list *found)
{
    struct signet_policy to_encrypt = *policy;
    int64_t until_ms = monotonic_ms() + material->retrieving.deadline_ms;
    enum signet_status status = SIGNET_OK;
    size_t num, num_asked = 0, num_left_out = 0;
    const struct signet_encrypt_recipient *recipients = signet_encrypt_plan_recipients(plan, &num);

    to_encrypt.purpose = SIGNET_PURPOSE_ENCRYPT;
    for (size_t i = 0; i < num && status == SIGNET_OK; i++) {
        struct looked_up *one;

        if (!is_lacking(&recipients[i]))
            continue;
        if (num_asked == MAX_LOOKED_UP || monotonic_ms() >= until_ms) {
            num_left_out++;
            continue;
        }
        num_asked++;
        one = add(lookup, recipients[i].address);
        status =
            one == NULL ? SIGNET_ERR_MEMORY : look_up(one, material, &to_encrypt, until_ms, found);
    }
    if (num_left_out > 0)
        message_warning("%zu recipients were not looked up: at most %d are, within the deadline",
                        num_left_out, MAX_LOOKED_UP);
    return status;
}

/* --- telling */

static size_t add_sources(struct signet_retrieved *to, const struct signet_retrieved *from,
                          size_t num)
{
    if (to != NULL && num > 0)
        memcpy(to, from, num * sizeof *to);
    return num;
}

/* Counts only where SOURCES is NULL. */
static size_t gather(const struct recipient_lookup *lookup,
                     const struct signet_report_options *report, struct signet_retrieved *sources)
{
    size_t total = 0;

    for (const struct looked_up *one = lookup->first; one != NULL; one = one->next) {
        size_t num = 0;
        const struct signet_retrieved *its =
            one->looking.lookup == NULL ? NULL : signet_lookup_sources(one->looking.lookup, &num);

        total += add_sources(sources == NULL ? NULL : sources + total, its, num);
    }
    return total + add_sources(sources == NULL ? NULL : sources + total, report->sources,
                               report->num_sources);
}

bool recipient_lookup_tell(struct recipient_lookup *lookup, struct signet_report_options *report)
{
    if (lookup->first == NULL)
        return true;
    lookup->sources = calloc(gather(lookup, report, NULL) + 1, sizeof *lookup->sources);
    if (lookup->sources == NULL)
        return false;
    report->num_sources = gather(lookup, report, lookup->sources);
    report->sources = lookup->sources;
    return true;
}
