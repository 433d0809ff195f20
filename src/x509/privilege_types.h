/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The rows of the table in privilege.c; each stands in the file that reads it, privilege_*.c.
 * Within src/x509 only.
 */
#ifndef SG_X509_PRIVILEGE_TYPES_H
#define SG_X509_PRIVILEGE_TYPES_H

#include "x509/privilege.h"

extern const struct sg_privilege_type sg_privilege_authentication_info;
extern const struct sg_privilege_type sg_privilege_access_identity;
extern const struct sg_privilege_type sg_privilege_charging_identity;
extern const struct sg_privilege_type sg_privilege_group;
extern const struct sg_privilege_type sg_privilege_role;
extern const struct sg_privilege_type sg_privilege_clearance;
extern const struct sg_privilege_type sg_privilege_clearance_3281;

#endif
