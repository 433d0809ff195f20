#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""exports.py LIBSIGNET.so PROGRAM LAYER.a...: what the library exports is what its headers declare; the program exports
nothing, which modules that it loads would find; every global symbol of every layer has one of our prefixes; and nothing
is imported that a library of ours must not call."""

import os
import re
import subprocess
import sys

import tap

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
DECLARATION = re.compile(r"\bSIGNET_API\b[^;{]*?\b(\w+)\s*\(")
PREFIXES = ("sg_", "signet_")
# What the sanitizers and the compiler's own coverage add.
FOREIGN = ("__asan", "__odr_asan", "__ubsan", "__sanitizer", "_GLOBAL_")

# No I/O, no clock, no environment, no logging, no end of the process, no hidden global state.
NOT_CALLED = set(
    "printf fprintf vprintf vfprintf puts putchar perror fopen fclose fread fwrite fputs fputc open open64 read "
    "write close stat fstat mmap socket connect system popen fork execve abort exit _exit assert_fail time clock "
    "gettimeofday clock_gettime localtime localtime_r gmtime mktime getenv secure_getenv setenv setlocale "
    "nl_langinfo srand rand random getrandom signal raise longjmp strtok syslog".split()
)


def symbols(*arguments):
    run = subprocess.run(["nm", "--format=posix", *arguments], capture_output=True, text=True, check=True)
    rows = (line.split() for line in run.stdout.splitlines())
    return {row[0].split("@")[0] for row in rows if len(row) >= 2 and row[1].isupper() and row[1] != "U"}


def copied(program):
    """Variables of shared libraries that the program has a copy of, under the library's name."""
    run = subprocess.run(["readelf", "--relocs", "--wide", program], capture_output=True, text=True, check=True)
    return {line.split()[4].split("@")[0] for line in run.stdout.splitlines() if "_COPY " in line}


def imported(layer):
    """Undefined symbols of an archive; the forms that fortifying and asserting compile to by their plain names."""
    run = subprocess.run(["nm", "--undefined-only", layer], capture_output=True, text=True, check=True)
    names = {line.split()[-1] for line in run.stdout.splitlines() if " U " in line}
    return {re.sub(r"^__(?:isoc99_)?(\w+?)(?:_chk)?$", r"\1", name) for name in names}


def may_do_io(layer):
    """The layers that are there to reach outside: see docs/architecture.md."""
    return re.search(r"libsignet-(store|fetch-client|retrieve|token)\.a$", layer) is not None


def declared():
    names = set()
    for header in tap.files(".h", under=["include/signet/"]):
        text = re.sub(r"^\s*#.*$", "", COMMENT.sub("", tap.read(header)), flags=re.MULTILINE)
        names.update(DECLARATION.findall(text))
    return names


# Ours, and those of libraries that may be inside of the program.
INSIDE = PREFIXES + ("sqlite3_", "EVP_", "OPENSSL_", "OSSL_", "BN_", "inflate", "idn2_", "u8_", "ini_")


def main(library, program, *layers):
    report = tap.Tap()
    exported, wanted = symbols("-D", "--defined-only", library), declared()
    report.check("every exported symbol is declared with SIGNET_API", sorted(exported - wanted))
    report.check("every symbol declared with SIGNET_API is exported", sorted(wanted - exported))
    leaked = symbols("-D", "--defined-only", program) - copied(program)
    report.check("the program exports nothing", sorted(name for name in leaked if name.startswith(INSIDE)))
    for layer in layers:
        strangers = {
            name
            for name in symbols("--defined-only", "--extern-only", layer)
            if not name.startswith(PREFIXES + FOREIGN)
        }
        name = layer.split("/")[-1]
        if not may_do_io(name):
            called = sorted(imported(layer) & NOT_CALLED)
            report.check(f"no I/O, clock, environment, logging or end of the process in {name}", called)
        report.check(f"global symbols of {name} begin with sg_ or signet_", sorted(strangers))
    report.finish()


main(*(os.path.join(tap.START, path) for path in sys.argv[1:]))
