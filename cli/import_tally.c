/* SPDX-License-Identifier: Apache-2.0 */
#include "import_tally.h"

#include "message.h"
#include "output.h"
#include "proof_counts.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* False signatures that are told one by one: a file can be full of them. */
enum { MAX_TOLD = 20, NAME_SIZE = 512 };

/* --- false signatures */

static void write_origin(char *text, size_t size, const struct signet_intake_false *found)
{
    const char *file = found->origin->detail;

    if (strcmp(file, "-") == 0)
        file = "standard input";
    if (found->place == IMPORT_NO_PLACE)
        snprintf(text, size, "%s", file);
    else
        snprintf(text, size, "%s: byte %" PRIu64, file, found->place);
}

/* "the certificate of CN=…" */
static void write_object(char *text, size_t size, const struct signet_intake_false *found)
{
    char name[NAME_SIZE];

    if (found->crl != NULL)
        signet_crl_issuer(found->crl, name, sizeof name);
    else
        signet_certificate_subject(found->certificate, name, sizeof name);
    snprintf(text, size, "the %s of %s", found->crl != NULL ? "CRL" : "certificate", name);
}

static bool says_itself(const struct signet_intake_false *found)
{
    struct signet_span own, issuer = signet_certificate_sha256(found->issuer);

    if (found->certificate == NULL)
        return false;
    own = signet_certificate_sha256(found->certificate);
    return own.len == issuer.len && memcmp(own.ptr, issuer.ptr, own.len) == 0;
}

void import_tally_tell_false(void *context, const struct signet_intake_false *found)
{
    struct import_tally *tally = context;
    char origin[NAME_SIZE + 64], object[NAME_SIZE + 64], issuer[NAME_SIZE];
    const char *kept = tally->keeps_false ? "; kept all the same" : "; not kept";

    if (tally->num_told++ >= MAX_TOLD)
        return;
    write_origin(origin, sizeof origin, found);
    write_object(object, sizeof object, found);
    signet_certificate_subject(found->issuer, issuer, sizeof issuer);
    if (says_itself(found))
        message_error("%s: %s says that it is signed with its own key, which is false%s", origin,
                      object, kept);
    else
        message_error("%s: %s names the key of %s, which has not signed it: the signature is "
                      "false%s",
                      origin, object, issuer, kept);
}

void import_tally_check(struct import_tally *tally, const struct signet_intake_counts *checked)
{
    tally->checked = *checked;
    if (tally->keeps_false)
        return;
    tally->num_certificates -= checked->num_false_certificates;
    tally->num_crls -= checked->num_false_crls;
}

static size_t num_false(const struct import_tally *tally)
{
    return tally->checked.proofs[SIGNET_PROOF_FALSE];
}

bool import_tally_is_short(const struct import_tally *tally)
{
    return tally->num_unreadable > 0 || (num_false(tally) > 0 && !tally->keeps_false);
}

/* --- all of it */

enum signet_status import_tally_write_json(const struct import_tally *tally)
{
    enum { NUM_OBJECTS = 7 };
    struct signet_report_member members[NUM_OBJECTS + PROOF_COUNTS_MEMBERS] = {
        {"certificates", NULL, (int64_t)tally->num_certificates},
        {"crls", NULL, (int64_t)tally->num_crls},
        {"attribute_certificates", NULL, (int64_t)tally->num_attributes},
        {"keys", NULL, (int64_t)tally->num_keys},
        {"known", NULL, (int64_t)tally->num_known},
        {"unreadable", NULL, (int64_t)tally->num_unreadable},
        {"passed_over", NULL, (int64_t)tally->num_passed_over},
    };

    proof_counts_members(tally->checked.proofs, members + NUM_OBJECTS);
    return signet_report_members(members, sizeof members / sizeof *members, output_sink());
}

static const char *plural(size_t num)
{
    return num == 1 ? "" : "s";
}

static void say_objects(const struct import_tally *tally)
{
    char attributes[64] = "", keys[64] = "", rest[128] = "";

    if (tally->num_attributes > 0)
        snprintf(attributes, sizeof attributes, ", %zu attribute certificate%s",
                 tally->num_attributes, plural(tally->num_attributes));
    if (tally->num_keys > 0)
        snprintf(keys, sizeof keys, ", %zu private key%s", tally->num_keys,
                 plural(tally->num_keys));
    if (tally->num_unreadable > 0)
        snprintf(rest, sizeof rest, "; %zu could not be read", tally->num_unreadable);
    if (tally->num_passed_over > 0)
        snprintf(rest + strlen(rest), sizeof rest - strlen(rest), "; %zu other file%s passed over",
                 tally->num_passed_over, plural(tally->num_passed_over));
    output_line("%zu certificate%s, %zu CRL%s%s%s new; %zu known already%s",
                tally->num_certificates, plural(tally->num_certificates), tally->num_crls,
                plural(tally->num_crls), attributes, keys, tally->num_known, rest);
}

void import_tally_say(const struct import_tally *tally)
{
    if (tally->num_told > MAX_TOLD)
        message_error("%zu more signatures are false", tally->num_told - MAX_TOLD);
    if (num_false(tally) > 0 && !tally->keeps_false)
        message_error("what has a false signature was not kept; '--force signature' keeps it as "
                      "evidence");
    say_objects(tally);
    proof_counts_say(tally->checked.proofs);
}
