/* SPDX-License-Identifier: Apache-2.0 */
#include "x509/extension_types.h"

static const struct sg_extension_type *const types[SG_NUM_OIDS] = {
    [SG_OID_PE_AA_CONTROLS] = &sg_ext_aa_controls,
    [SG_OID_PE_AC_AUDIT_IDENTITY] = &sg_ext_audit_identity,
    [SG_OID_PE_AUTHORITY_INFO_ACCESS] = &sg_ext_authority_info_access,
    [SG_OID_CE_AUTHORITY_KEY_IDENTIFIER] = &sg_ext_authority_key_identifier,
    [SG_OID_CE_BASIC_CONSTRAINTS] = &sg_ext_basic_constraints,
    [SG_OID_CE_CERTIFICATE_ISSUER] = &sg_ext_certificate_issuer,
    [SG_OID_CE_CERTIFICATE_POLICIES] = &sg_ext_certificate_policies,
    [SG_OID_CE_CRL_DISTRIBUTION_POINTS] = &sg_ext_crl_distribution_points,
    [SG_OID_CE_CRL_NUMBER] = &sg_ext_crl_number,
    [SG_OID_CE_DELTA_CRL_INDICATOR] = &sg_ext_delta_crl_indicator,
    [SG_OID_ENTRUST_VERSION_INFO] = &sg_ext_entrust_version_info,
    [SG_OID_CE_EXT_KEY_USAGE] = &sg_ext_ext_key_usage,
    [SG_OID_CE_FRESHEST_CRL] = &sg_ext_freshest_crl,
    [SG_OID_CE_HOLD_INSTRUCTION_CODE] = &sg_ext_hold_instruction_code,
    [SG_OID_CE_INHIBIT_ANY_POLICY] = &sg_ext_inhibit_any_policy,
    [SG_OID_CE_INVALIDITY_DATE] = &sg_ext_invalidity_date,
    [SG_OID_CE_ISSUER_ALT_NAME] = &sg_ext_issuer_alt_name,
    [SG_OID_CE_ISSUING_DISTRIBUTION_POINT] = &sg_ext_issuing_distribution_point,
    [SG_OID_CE_KEY_USAGE] = &sg_ext_key_usage,
    [SG_OID_CE_NAME_CONSTRAINTS] = &sg_ext_name_constraints,
    [SG_OID_NETSCAPE_CERT_TYPE] = &sg_ext_netscape_cert_type,
    [SG_OID_NETSCAPE_COMMENT] = &sg_ext_netscape_comment,
    [SG_OID_CE_NO_REV_AVAIL] = &sg_ext_no_rev_avail,
    [SG_OID_CE_POLICY_CONSTRAINTS] = &sg_ext_policy_constraints,
    [SG_OID_CE_POLICY_MAPPINGS] = &sg_ext_policy_mappings,
    [SG_OID_CE_PRIVATE_KEY_USAGE_PERIOD] = &sg_ext_private_key_usage_period,
    [SG_OID_PE_QC_STATEMENTS] = &sg_ext_qc_statements,
    [SG_OID_CE_REASON_CODE] = &sg_ext_reason_code,
    [SG_OID_AA_SMIME_CAPABILITIES] = &sg_ext_smime_capabilities,
    [SG_OID_CE_SUBJECT_ALT_NAME] = &sg_ext_subject_alt_name,
    [SG_OID_CE_SUBJECT_DIRECTORY_ATTRIBUTES] = &sg_ext_subject_directory_attributes,
    [SG_OID_PE_SUBJECT_INFO_ACCESS] = &sg_ext_subject_info_access,
    [SG_OID_CE_SUBJECT_KEY_IDENTIFIER] = &sg_ext_subject_key_identifier,
    [SG_OID_CE_TARGET_INFORMATION] = &sg_ext_target_information,
};

const struct sg_extension_type *sg_extension_type_find(enum sg_oid oid)
{
    return oid < SG_NUM_OIDS ? types[oid] : NULL;
}
