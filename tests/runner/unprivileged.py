# SPDX-License-Identifier: Apache-2.0
"""Starting a program as somebody for whom permissions count, also where the tests run as root."""

import atexit
import functools
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .execute import OFFLINE
from .plan import Skip

NOBODY = 65534


@functools.cache
def _configuration():
    """A copy of what the program is told, where everybody can read it: the project may lie where only root can."""
    folder = Path(tempfile.mkdtemp(prefix="signet-nobody-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)
    copy = folder / OFFLINE.name
    shutil.copyfile(OFFLINE, copy)
    copy.chmod(0o644)
    return copy


def unprivileged(*probe, exits=0):
    """Words to put before a program. `probe` is a command of it that ends with `exits` wherever it can be started."""
    if os.geteuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        raise Skip("the tests run as root, and there is no setpriv")
    launcher = ("env", f"SIGNET_CONFIG={_configuration()}",
                "setpriv", "--reuid", str(NOBODY), "--regid", str(NOBODY), "--clear-groups")
    if subprocess.run([*launcher, *probe], capture_output=True, check=False).returncode != exits:
        raise Skip("the tests run as root, and nobody else can start the program where it stands")
    return launcher
