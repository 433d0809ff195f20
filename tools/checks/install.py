#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""install.py BUILD: installs into a folder of its own, and uses what is there as a stranger would:
pkg-config, the compiler, the headers, the library, the manual page, the program."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import tap

# What is installed, under the prefix and under its folder for libraries.
WANTED = ("bin/signet", "libexec/signet-fetch", "include/signet/signet.h", "share/signet/mutt/signet.rc",
          "lib/systemd/user/signet-refresh.service", "lib/systemd/user/signet-refresh.timer", "share/doc/signet/contrib.md")
WANTED_PROGRAMS = ("bin/signet", "bin/signet-git", "bin/signet-mutt-index")
WANTED_LIBRARIES = ("pkgconfig/signet.pc", "libsignet.so")


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


def complaint(done):
    """The output of a failed command, nothing for a good one."""
    return (done.stdout + done.stderr).splitlines() or ["it failed"] if done.returncode else []


class Installed:
    """A tree made by `meson install`, moved to where its prefix is not."""

    def __init__(self, build, root):
        self.root = Path(root)
        self.made = run("meson", "install", "-C", build, "--no-rebuild", "--quiet", "--destdir", root)
        found = sorted(self.root.rglob("pkgconfig/signet.pc"))
        self.libraries = found[0].parents[1] if found else self.root
        prefix = re.search(r"^prefix=/(.*)$", found[0].read_text(), re.MULTILINE) if found else None
        self.prefix = self.root / prefix.group(1) if prefix else self.root

    def environment(self):
        own = {
            "PKG_CONFIG_PATH": str(self.libraries / "pkgconfig"),
            "PKG_CONFIG_SYSROOT_DIR": str(self.root),
            "LD_LIBRARY_PATH": str(self.libraries),
        }
        return {**os.environ, **own}

    def missing(self):
        wanted = [self.prefix / name for name in WANTED] + [self.libraries / name for name in WANTED_LIBRARIES]
        lacking = [path for path in wanted if not path.exists()]
        lacking += [path for path in (self.prefix / name for name in WANTED_PROGRAMS) if not os.access(path, os.X_OK)]
        return [str(path.relative_to(self.root)) for path in lacking]


def flags(installed):
    done = run("pkg-config", "--cflags", "--libs", "signet", env=installed.environment())
    return done, shlex.split(done.stdout)


def compile_example(installed, program, language=()):
    done, options = flags(installed)
    if done.returncode:
        return done
    compiler = [os.environ.get("CC", "cc"), "-Wall", "-Wextra", "-Werror", *language]
    return run(*compiler, "-o", str(program), "examples/verify_message.c", *options)


def judge(installed, program, folder, message):
    """(exit status, first line) of the example on a message of the demonstration."""
    line = next(row for row in (folder / "demo.txt").read_text().splitlines() if row.startswith(message + "\t"))
    words = shlex.split(line.split("\t")[2])
    at = words[words.index("--at") + 1]
    crls = [words[i + 1] for i, word in enumerate(words) if word == "--crls"]
    bundle = folder / "crls.pem"
    bundle.write_bytes(b"".join((folder / name).read_bytes() for name in crls))
    command = [str(program), str(folder / message), str(folder / "root.pem"), str(bundle), at]
    done = run(*command, env=installed.environment())
    return done.returncode, (done.stdout.splitlines() or [""])[0], done


def check_example(report, installed, root):
    program, folder = root / "verify_message", root / "demo"
    report.check("the example compiles against the installed tree", complaint(compile_example(installed, program)))
    run(sys.executable, "tests/pki/mkdemo.py", str(folder))
    for message, status, verdict in (("good.eml", 0, "GOOD"), ("body-changed.eml", 1, "BAD")):
        found = judge(installed, program, folder, message) if program.exists() else (None, "not built", None)
        wrong = [] if found[:2] == (status, verdict) else [str(found)]
        report.check(f"the example says {verdict} to {message}", wrong)
    lines = tap.read("examples/verify_message.c").count("\n")
    report.check("the example has less than 60 lines", [] if lines < 60 else [f"it has {lines}"])


def program_problems(installed):
    program = installed.prefix / "bin/signet"
    if not program.exists():
        return ["it is not there"]
    return complaint(run(str(program), "--version", env=installed.environment()))


def index_problems(installed, home):
    """The index of mutt's recipients, made by the installed script with the installed program, of a new database."""
    if not (installed.prefix / "bin/signet-mutt-index").exists():
        return ["it is not there"]
    path = f"{installed.prefix / 'bin'}:{os.environ['PATH']}"
    environment = {**installed.environment(), "PATH": path, "HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_DATA_HOME": str(home)}
    run(sys.executable, "tests/pki/mkdemo.py", str(home / "demo"))
    imported = run(str(installed.prefix / "bin/signet"), "import", str(home / "demo" / "root.pem"), env=environment)
    made = run("signet-mutt-index", env=environment)
    return complaint(imported) + complaint(made) + ([] if (home / "signet/mutt/.index").exists() else ["there is no index"])


def git_problems(installed):
    """What signet-git says without arguments, found by name."""
    program = installed.prefix / "bin/signet-git"
    if not program.exists():
        return ["it is not there"]
    done = run(str(program), env=installed.environment(), stdin=subprocess.DEVNULL)
    return [] if done.returncode == 2 and done.stderr.startswith("signet-git: ") else [str(done)]


def main(build):
    report = tap.Tap()
    with tempfile.TemporaryDirectory(prefix="signet-install-") as name:
        root = Path(name)
        installed = Installed(build, str(root / "tree"))
        report.check("meson install works", complaint(installed.made))
        report.check("programs, headers, library, pkg-config file and what goes with others are there", installed.missing())
        done = run("pkg-config", "--modversion", "signet", env=installed.environment())
        report.check("pkg-config knows the version", complaint(done))
        check_example(report, installed, root)
        report.check("the installed program runs", program_problems(installed))
        report.check("signet-mutt-index runs with it", index_problems(installed, root))
        report.check("signet-git says what it lacks", git_problems(installed))
    report.finish()


main(os.path.join(tap.START, sys.argv[1]))
