/* SPDX-License-Identifier: Apache-2.0 */
#include "confine.h"

#include "confine_calls.h"
#include "confine_files.h"

#include <linux/capability.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

const char *const sg_confinement_names[SG_NUM_CONFINEMENTS] = {
    [SG_CONFINED_PRIVILEGES] = "privileges",
    [SG_CONFINED_LIMITS] = "limits",
    [SG_CONFINED_FILES] = "files (Landlock)",
    [SG_CONFINED_CALLS] = "calls (seccomp)",
};

enum { MAX_DESCRIPTORS = 1024 };

/* Whoever calls as root: the helper is nobody's root. */
static bool drop_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
    return syscall(SYS_capset, &header, none) == 0;
}

/* Undumpable is also what keeps others of the same user from looking into the process; and a leak
 * checker from looking into itself. */
static bool confine_privileges(void)
{
    bool held = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && drop_capabilities();
#ifndef __SANITIZE_ADDRESS__
    held = prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && held;
#endif
    return held;
}

static bool limit(int resource, rlim_t max)
{
    struct rlimit old, fresh = {max, max};
    if (getrlimit((__rlimit_resource_t)resource, &old) == 0 && old.rlim_max < max)
        return true;
    return setrlimit((__rlimit_resource_t)resource, &fresh) == 0;
}

/* Memory that a sanitizer maps for itself is not bounded. */
static bool confine_limits(void)
{
    bool held = limit(RLIMIT_CORE, 0);
    held = limit(RLIMIT_FSIZE, 0) && held;
    held = limit(RLIMIT_NOFILE, MAX_DESCRIPTORS) && held;
#ifndef __SANITIZE_ADDRESS__
    held = limit(RLIMIT_DATA, (rlim_t)1 << 30) && held;
#endif
    return held;
}

void sg_confine(const struct signet_fetch_rules *rules, bool held[SG_NUM_CONFINEMENTS])
{
    held[SG_CONFINED_PRIVILEGES] = confine_privileges();
    held[SG_CONFINED_LIMITS] = confine_limits();
    held[SG_CONFINED_FILES] = sg_confine_files(rules);
    held[SG_CONFINED_CALLS] = sg_confine_calls();
}

void sg_confine_inheritance(void)
{
    if (close_range(3, ~0U, 0) != 0) {
        for (int fd = 3; fd < MAX_DESCRIPTORS; fd++)
            close(fd);
    }
    clearenv();
    /* libldap would read ldap.conf and .ldaprc. */
    setenv("LDAPNOINIT", "1", 1);
}
