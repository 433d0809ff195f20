#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every source file says in its first lines under which licence it stands."""

import tap

LINE = "SPDX-License-Identifier: Apache-2.0"
SOURCES = (".c", ".h", ".def", ".py", ".sh", ".in", "meson.build", "meson_options.txt", "Makefile")


def is_script(path):
    with open(path, "rb") as file:
        return file.read(2) == b"#!"


def main():
    report = tap.Tap()
    sources = [path for path in tap.files("") if path.endswith(SOURCES) or is_script(path)]
    missing = [
        path for path in sources if LINE not in "\n".join(tap.read(path).split("\n", 3)[:3]) and tap.read(path)
    ]
    report.check("every source file has its SPDX line", missing)
    report.finish()


main()
