/* SPDX-License-Identifier: Apache-2.0 */
#include "token/builtin.h"

#include "base/span.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define MODULE_NAME "libnssckbi.so"
/* Configurations are a few lines; what is longer is none. */
#define LINE_SIZE 4096

/* "nss" first: some systems put another module, with purposes of its own, in the place of NSS's
 * outside of that folder. */
static const char *const libraries[] = {
    SG_LIBRARY_FOLDER "/nss", SG_LIBRARY_FOLDER, "/usr/lib64/nss", "/usr/lib64",
    "/usr/lib/nss",           "/usr/lib",        "/usr/local/lib", NULL};
static const char *const configurations[] = {"/etc/pkcs11/modules", SG_P11_CONFIGURATIONS, NULL};

const struct sg_builtin_places sg_builtin_places = {configurations, SG_P11_MODULES, libraries};

/* False: there is no such readable file, or its path is too long. */
static bool join(char file[PATH_MAX], const char *folder, const char *name)
{
    int len = snprintf(file, PATH_MAX, "%s/%s", folder, name);
    return len > 0 && len < PATH_MAX && access(file, R_OK) == 0;
}

static bool ends_with(const char *text, const char *end)
{
    size_t len = strlen(text), end_len = strlen(end);
    return len >= end_len && memcmp(text + len - end_len, end, end_len) == 0;
}

/* The value of a line "module: VALUE" as p11-kit reads it; NULL for another line. */
static char *module_value(char *line)
{
    line += strspn(line, " \t");
    if (strncmp(line, "module", 6) != 0)
        return NULL;
    line += 6 + strspn(line + 6, " \t");
    if (*line != ':')
        return NULL;
    line += 1 + strspn(line + 1, " \t");
    for (size_t len = strlen(line); len > 0 && strchr(" \t\r\n", line[len - 1]) != NULL; len--)
        line[len - 1] = '\0';
    return line;
}

static bool find_in_configuration(FILE *stream, const char *modules, char file[PATH_MAX])
{
    char line[LINE_SIZE];
    while (fgets(line, sizeof(line), stream) != NULL) {
        const char *value = module_value(line);
        if (value == NULL)
            continue;
        bool absolute = value[0] == '/';
        const char *name = absolute ? strrchr(value, '/') + 1 : value;
        if (strcmp(name, MODULE_NAME) == 0 && join(file, absolute ? "" : modules, value))
            return true;
    }
    return false;
}

static bool find_in_configurations(const char *folder, const char *modules, char file[PATH_MAX])
{
    DIR *entries = opendir(folder);
    bool found = false;
    for (struct dirent *entry = NULL;
         entries != NULL && !found && (entry = readdir(entries)) != NULL;) {
        char name[PATH_MAX];
        if (!ends_with(entry->d_name, ".module") || !join(name, folder, entry->d_name))
            continue;
        FILE *stream = fopen(name, "re");
        found = stream != NULL && find_in_configuration(stream, modules, file);
        if (stream != NULL)
            fclose(stream);
    }
    if (entries != NULL)
        closedir(entries);
    return found;
}

bool sg_builtin_find(const struct sg_builtin_places *places, char file[PATH_MAX])
{
    for (const char *const *folder = places->configurations; *folder != NULL; folder++) {
        if (find_in_configurations(*folder, places->modules, file))
            return true;
    }
    for (const char *const *folder = places->libraries; *folder != NULL; folder++) {
        if (join(file, *folder, MODULE_NAME))
            return true;
    }
    return false;
}
