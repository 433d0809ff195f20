/* SPDX-License-Identifier: Apache-2.0 */
#include "cms/signed_data.h"

/* RFC 5652 10.2.5 */
enum { MAX_KNOWN_VERSION = 5 };

static void add(struct sg_findings *findings, enum sg_kind kind)
{
    sg_finding_add(findings, kind, sg_at(SIGNET_OBJECT_MESSAGE), NULL);
}

/* RFC 5652 5.2 on the case without signers, and RFC 3851 3.7 on what it is for. */
static void check_certs_only(const struct sg_signed_data *signed_data, struct sg_findings *findings)
{
    if (signed_data->num_signers > 0)
        return;
    if (signed_data->content.present || signed_data->content.type != SG_OID_CT_DATA)
        add(findings, SG_KIND_CMS_CONTENT_WITHOUT_SIGNER);
    if (signed_data->certificates.num == 0 && signed_data->crls.num == 0)
        add(findings, SG_KIND_CMS_EMPTY);
}

void sg_signed_data_check(const struct sg_signed_data *signed_data, struct sg_findings *findings)
{
    if (signed_data->version > MAX_KNOWN_VERSION)
        sg_finding_add(findings, SG_KIND_CMS_VERSION, sg_at(SIGNET_OBJECT_MESSAGE),
                       SG_PARAMS(sg_number("version", signed_data->version)));
    if (signed_data->content.not_octets)
        add(findings, SG_KIND_CMS_CONTENT_NOT_OCTETS);
    check_certs_only(signed_data, findings);
    sg_cms_objects_check(&signed_data->certificates, &signed_data->crls, findings);
}
