/* SPDX-License-Identifier: Apache-2.0 */
#include "confine_calls.h"

#ifdef SG_WITH_SECCOMP
#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <sys/socket.h>

/* Names, because not every architecture has every call. */
static const char *const denied[] = {
    "execve", "execveat", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "kcmp",
    /* files and their system */
    "creat", "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir",
    "link", "linkat", "symlink", "symlinkat", "mknod", "mknodat", "chmod", "fchmod", "fchmodat",
    "chown", "lchown", "fchown", "fchownat", "truncate", "ftruncate", "fallocate", "setxattr",
    "lsetxattr", "fsetxattr", "mount", "umount2", "pivot_root", "chroot", "swapon", "swapoff",
    "name_to_handle_at", "open_by_handle_at", "fanotify_init", "inotify_init1", "memfd_create",
    "memfd_secret", "fsopen", "fsmount", "move_mount", "open_tree", "quotactl", "acct",
    /* other processes, and what is shared with them */
    "kill", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal", "process_madvise",
    "migrate_pages", "move_pages", "shmget", "shmat", "semget", "msgget", "mq_open",
    /* whose process and which namespace */
    "setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid", "setgroups", "setfsuid",
    "setfsgid", "capset", "unshare", "setns", "personality",
    /* the kernel */
    "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key", "init_module",
    "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "syslog",
    "settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "sethostname", "setdomainname",
    "iopl", "ioperm", "vhangup", "io_uring_setup", "io_uring_enter", "io_uring_register",
    /* it asks and is never asked */
    "listen", "accept", "accept4",
#ifndef __SANITIZE_ADDRESS__
    "ptrace", /* which a leak checker does at the end */
#endif
};

/* Of an open the flags are argument INDEX. */
static bool deny_writing(scmp_filter_ctx filter, int call, unsigned index)
{
    static const int flags[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
    bool ok = true;
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++) {
        scmp_datum_t flag = (scmp_datum_t)flags[i];
        struct scmp_arg_cmp has = SCMP_CMP(index, SCMP_CMP_MASKED_EQ, flag, flag);
        ok = ok && seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EACCES), call, 1, &has) == 0;
    }
    return ok;
}

/* AF_NETLINK is for the resolver's question which addresses there are. Families beyond these are a
 * large part of the kernel that nobody here needs; and by AF_UNIX one talks to the services of the
 * machine, which may do for others what is denied here. Name services behind such sockets (nscd,
 * systemd-resolved) are passed over by the C library, which then asks the DNS itself. */
static bool deny_families(scmp_filter_ctx filter)
{
    bool ok = true;
    for (int family = 0; family < 64; family++) {
        if (family == AF_INET || family == AF_INET6 || family == AF_NETLINK)
            continue;
        struct scmp_arg_cmp is = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)family);
        ok = ok && seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EAFNOSUPPORT), SCMP_SYS(socket), 1,
                                          &is) == 0;
    }
    return ok;
}

/* openat2 has its flags in memory, where a filter cannot see them. */
static bool fill(scmp_filter_ctx filter)
{
    bool ok = deny_writing(filter, SCMP_SYS(openat), 2) && deny_families(filter);
    int open = seccomp_syscall_resolve_name("open"),
        openat2 = seccomp_syscall_resolve_name("openat2");
    if (open >= 0)
        ok = ok && deny_writing(filter, open, 1);
    if (openat2 >= 0)
        ok = ok && seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), openat2, 0) == 0;
    for (size_t i = 0; i < sizeof denied / sizeof denied[0]; i++) {
        int call = seccomp_syscall_resolve_name(denied[i]);
        if (call >= 0)
            ok = ok && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), call, 0) == 0;
    }
    return ok;
}

bool sg_confine_calls(void)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (filter == NULL)
        return false;
    bool held = fill(filter) && seccomp_load(filter) == 0;
    seccomp_release(filter);
    return held;
}

#else

bool sg_confine_calls(void)
{
    return false;
}

#endif
