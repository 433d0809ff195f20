/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of extension_table.c; each stands in the file that reads it, ext_*.c. Within src/x509
 * only.
 */
#ifndef SG_X509_EXTENSION_TYPES_H
#define SG_X509_EXTENSION_TYPES_H

#include "x509/extension.h"

extern const struct sg_extension_type sg_ext_aa_controls;
extern const struct sg_extension_type sg_ext_audit_identity;
extern const struct sg_extension_type sg_ext_authority_info_access;
extern const struct sg_extension_type sg_ext_authority_key_identifier;
extern const struct sg_extension_type sg_ext_basic_constraints;
extern const struct sg_extension_type sg_ext_certificate_issuer;
extern const struct sg_extension_type sg_ext_certificate_policies;
extern const struct sg_extension_type sg_ext_crl_distribution_points;
extern const struct sg_extension_type sg_ext_crl_number;
extern const struct sg_extension_type sg_ext_delta_crl_indicator;
extern const struct sg_extension_type sg_ext_entrust_version_info;
extern const struct sg_extension_type sg_ext_ext_key_usage;
extern const struct sg_extension_type sg_ext_freshest_crl;
extern const struct sg_extension_type sg_ext_hold_instruction_code;
extern const struct sg_extension_type sg_ext_inhibit_any_policy;
extern const struct sg_extension_type sg_ext_invalidity_date;
extern const struct sg_extension_type sg_ext_issuer_alt_name;
extern const struct sg_extension_type sg_ext_issuing_distribution_point;
extern const struct sg_extension_type sg_ext_key_usage;
extern const struct sg_extension_type sg_ext_name_constraints;
extern const struct sg_extension_type sg_ext_netscape_cert_type;
extern const struct sg_extension_type sg_ext_netscape_comment;
extern const struct sg_extension_type sg_ext_no_rev_avail;
extern const struct sg_extension_type sg_ext_policy_constraints;
extern const struct sg_extension_type sg_ext_policy_mappings;
extern const struct sg_extension_type sg_ext_private_key_usage_period;
extern const struct sg_extension_type sg_ext_qc_statements;
extern const struct sg_extension_type sg_ext_reason_code;
extern const struct sg_extension_type sg_ext_smime_capabilities;
extern const struct sg_extension_type sg_ext_subject_alt_name;
extern const struct sg_extension_type sg_ext_subject_directory_attributes;
extern const struct sg_extension_type sg_ext_subject_info_access;
extern const struct sg_extension_type sg_ext_subject_key_identifier;
extern const struct sg_extension_type sg_ext_target_information;

#endif
