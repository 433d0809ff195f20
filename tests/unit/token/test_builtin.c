/* SPDX-License-Identifier: Apache-2.0 */
#include "test.h"

#include "token/builtin.h"

#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for each test, with configurations, modules and libraries. */
static char root[] = "/tmp/signet-builtin-XXXXXX";
static char configurations[64], modules[64], libraries[64];
static const char *const configuration_list[] = {"/nonexistent", configurations, NULL};
static const char *const library_list[] = {"/nonexistent", libraries, NULL};
static const struct sg_builtin_places places = {configuration_list, modules, library_list};

static void put(const char *folder, const char *name, const char *text)
{
    char file[128];
    snprintf(file, sizeof(file), "%s/%s", folder, name);
    FILE *stream = fopen(file, "w");
    assert_non_null(stream);
    fputs(text, stream);
    fclose(stream);
}

static void drop(const char *folder, const char *name)
{
    char file[128];
    snprintf(file, sizeof(file), "%s/%s", folder, name);
    unlink(file);
}

static void make_folder(char out[64], const char *name)
{
    snprintf(out, 64, "%s/%s", root, name);
    assert_int_equal(mkdir(out, 0700), 0);
}

static void assert_found(const char *folder, const char *name)
{
    char file[PATH_MAX], wanted[128];
    snprintf(wanted, sizeof(wanted), "%s/%s", folder, name);
    assert_true(sg_builtin_find(&places, file));
    assert_non_null(strstr(file, wanted));
}

static void prefers_what_is_configured(void **state)
{
    (void)state;
    char file[PATH_MAX], line[256];
    assert_non_null(mkdtemp(root));
    make_folder(configurations, "configurations");
    make_folder(modules, "modules");
    make_folder(libraries, "libraries");

    assert_false(sg_builtin_find(&places, file));
    put(libraries, "libnssckbi.so", "");
    assert_found(libraries, "libnssckbi.so");

    put(configurations, "other.module", "# module: libnssckbi.so\nmodule: other.so\nmodules: x\n");
    put(configurations, "nss.conf", "module: libnssckbi.so\n");
    put(configurations, "gone.module", "module: /nonexistent/libnssckbi.so\n");
    assert_found(libraries, "libnssckbi.so");

    put(modules, "libnssckbi.so", "");
    put(configurations, "nss.module", "priority: 2\n\tmodule : libnssckbi.so \r\n");
    assert_found(modules, "libnssckbi.so");

    snprintf(line, sizeof(line), "module:%s/libnssckbi.so", root);
    put(configurations, "nss.module", line);
    put(root, "libnssckbi.so", "");
    assert_found(root, "libnssckbi.so");

    drop(root, "libnssckbi.so"), drop(modules, "libnssckbi.so"), drop(libraries, "libnssckbi.so");
    assert_false(sg_builtin_find(&places, file));
    drop(configurations, "nss.module"), drop(configurations, "nss.conf");
    drop(configurations, "gone.module"), drop(configurations, "other.module");
    rmdir(configurations), rmdir(modules), rmdir(libraries), rmdir(root);
}

SG_TEST_MAIN(SG_TEST("", prefers_what_is_configured))
