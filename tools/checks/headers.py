#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every header compiles alone: the public ones as C17 and as C++, the internal ones as C17."""

import os
import shutil
import subprocess

import tap

C = [os.environ.get("CC", "cc"), "-x", "c", "-std=c17"]
CXX = [os.environ.get("CXX", "c++"), "-x", "c++", "-std=c++11"]
# Where headers of outside libraries are that do not lie in the compiler's own folders.
OUTSIDE = subprocess.run(["pkg-config", "--cflags", "p11-kit-1"], capture_output=True, text=True).stdout.split()
STRICT = ["-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only"]


def problems(compiler, header, include_dirs):
    """What the compiler says of a file that holds nothing but this include."""
    flags = [f"-I{directory}" for directory in include_dirs]
    name = next(header[len(d) + 1 :] for d in include_dirs if header.startswith(d + "/"))
    source = f'#include "{name}"\n#include "{name}"\n'
    run = subprocess.run(
        [*compiler, *STRICT, "-D_POSIX_C_SOURCE=200809L", *flags, *OUTSIDE, "-"],
        input=source, capture_output=True, text=True, check=False,
    )
    return run.stderr.splitlines()[:20] if run.returncode else []


def main():
    report = tap.Tap()
    public = tap.files(".h", under=["include/signet/"])
    for header in public:
        report.check(f"{header} compiles alone as C17", problems(C, header, ["include"]))
        if shutil.which(CXX[0]):
            report.check(f"{header} compiles alone as C++", problems(CXX, header, ["include"]))
        else:
            report.skip(f"{header} compiles alone as C++", f"no {CXX[0]}")
    internal = [(h, problems(C, h, ["include", "src"])) for h in tap.files(".h", under=["src/"])]
    report.check("internal headers compile alone as C17", [p for _, found in internal for p in found])
    report.finish()


main()
