/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signed_data.h"

/* RFC 5652 10.2.5 */
enum { MAX_KNOWN_VERSION = 5 };

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

const char *sg_certificate_choice_name(enum sg_certificate_choice choice)
{
    return choices[choice].name;
}

static void count_choices(const struct sg_cms_object *objects, size_t num, size_t *counts)
{
    for (size_t i = 0; i < num; i++)
        counts[objects[i].choice]++;
}

static void add_count(struct sg_findings *findings, enum sg_kind kind, size_t count)
{
    sg_finding_add(findings, kind, sg_at(SIGNET_OBJECT_MESSAGE),
                   SG_PARAMS(sg_number("count", (int64_t)count)));
}

static void add(struct sg_findings *findings, enum sg_kind kind)
{
    sg_finding_add(findings, kind, sg_at(SIGNET_OBJECT_MESSAGE), NULL);
}

/* RFC 5652 5.2 on the case without signers, and RFC 3851 3.7 on what it is for. */
static void check_certs_only(const struct sg_signed_data *signed_data, struct sg_findings *findings)
{
    if (signed_data->num_signers > 0)
        return;
    if (signed_data->has_content || signed_data->content_type != SG_OID_CT_DATA)
        add(findings, SG_KIND_CMS_CONTENT_WITHOUT_SIGNER);
    if (signed_data->num_certificates == 0 && signed_data->num_crls == 0)
        add(findings, SG_KIND_CMS_EMPTY);
}

void sg_signed_data_check(const struct sg_signed_data *signed_data, struct sg_findings *findings)
{
    size_t counts[sizeof(choices) / sizeof(choices[0])] = {0};
    if (signed_data->version > MAX_KNOWN_VERSION)
        sg_finding_add(findings, SG_KIND_CMS_VERSION, sg_at(SIGNET_OBJECT_MESSAGE),
                       SG_PARAMS(sg_number("version", signed_data->version)));
    if (signed_data->content_not_octets)
        add(findings, SG_KIND_CMS_CONTENT_NOT_OCTETS);
    check_certs_only(signed_data, findings);

    count_choices(signed_data->certificates, signed_data->num_certificates, counts);
    count_choices(signed_data->crls, signed_data->num_crls, counts);
    for (size_t i = 0; i < sizeof(choices) / sizeof(choices[0]); i++) {
        if (choices[i].passed_over && counts[i] > 0)
            add_count(findings, choices[i].skipped, counts[i]);
    }
}
