/* SPDX-License-Identifier: Apache-2.0 */
#include "confine_files.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__linux__) && __has_include(<linux/landlock.h>) && defined(SYS_landlock_create_ruleset)
#include <linux/landlock.h>

/* Where resolver configuration, certificates, root keys and the libraries of name services are. */
static const char *const readable[] = {"/etc",
                                       "/usr",
                                       "/lib",
                                       "/lib64",
                                       "/nix/store",
                                       "/run",
                                       "/dev/null",
                                       "/dev/urandom",
                                       "/proc/self",
                                       "/proc/sys",
                                       "/proc/cpuinfo",
                                       "/sys/devices/system/cpu",
                                       "/var/lib/unbound"};

/* All that the first version knew: what later ones add is not needed, but not refused either. */
static const __u64 handled =
    LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE |
    LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
    LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
    LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
    LANDLOCK_ACCESS_FS_MAKE_SYM;

/* A path that is not there needs no right. */
static void allow_reading(int ruleset, const char *path)
{
    if (path == NULL)
        return;
    struct landlock_path_beneath_attr beneath = {
        .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
        .parent_fd = open(path, O_PATH | O_CLOEXEC),
    };
    if (beneath.parent_fd < 0)
        return;
    /* A file has no right to be listed. */
    if (syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0) != 0) {
        beneath.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE;
        syscall(SYS_landlock_add_rule, ruleset, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
    }
    close(beneath.parent_fd);
}

bool sg_confine_files(const struct signet_fetch_rules *rules)
{
    struct landlock_ruleset_attr attributes = {.handled_access_fs = handled};
    int ruleset = (int)syscall(SYS_landlock_create_ruleset, &attributes,
                               sizeof attributes.handled_access_fs, 0);
    if (ruleset < 0)
        return false;
    for (size_t i = 0; i < sizeof readable / sizeof readable[0]; i++)
        allow_reading(ruleset, readable[i]);
    allow_reading(ruleset, rules->ca_file);
    allow_reading(ruleset, rules->dns_anchor_file);
    bool held = syscall(SYS_landlock_restrict_self, ruleset, 0) == 0;
    close(ruleset);
    return held;
}

#else

bool sg_confine_files(const struct signet_fetch_rules *rules)
{
    (void)rules;
    return false;
}

#endif
