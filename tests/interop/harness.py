# SPDX-License-Identifier: Apache-2.0
"""What all exchanges with other tools share: finding the tools, running them, a folder for each file of tests, and mail
between made people whose certificates are fixed in time."""

import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pki import extensions as x  # noqa: E402
from pki import keys  # noqa: E402
from pki.times import NOW, rfc3339  # noqa: E402
from pki.world import World  # noqa: E402
from runner.execute import execute  # noqa: E402
from runner.plan import Plan, Skip, skip_all  # noqa: E402

AT = ("--at", rfc3339(NOW), "--offline", "--no-store")
SECRET = b"swordfish"
TEXT = b"Content-Type: text/plain\r\n\r\nThe password is swordfish.\r\n"


class ToolFailure(Skip):
    """The other tool cannot do this: nothing is shown of signet."""


def need(*tools):
    """Whoever lacks one of the tools passes over the test."""
    for name in tools:
        if shutil.which(name) is None:
            raise Skip(f"{name} is not at hand")


def run_tool(folder, *arguments, stdin=None, environment=None, **options):
    """The output of another tool; `ToolFailure` if it is not content."""
    words = [str(one) for one in arguments]
    done = subprocess.run(words, cwd=folder, input=stdin, capture_output=True, timeout=120, check=False,
                          env={**os.environ, **(environment or {})}, **options)
    if done.returncode != 0:
        raise ToolFailure(f"{' '.join(words[:3])}: {done.stderr.decode('utf-8', 'replace').strip()[-300:]}")
    return done.stdout


def main(declare, *tools):
    """Runs what `declare(plan, folder, ending)` declares; `ending` is an ExitStack for what has to end with the tests. They are
    passed over as a whole where one of `tools` is not at hand, or cannot do even what all of them need."""
    with ExitStack() as ending:
        plan = Plan()
        try:
            need(*tools)
            declare(plan, ending.enter_context(tempfile.TemporaryDirectory(prefix="signet-interop-")), ending)
        except Skip as reason:
            skip_all(str(reason))
        sys.exit(plan.run())


class Correspondence:
    """A folder with root.crt, root.crl, and made people: of each NAME.crt, NAME.pem and NAME.key."""

    def __init__(self, folder):
        self.folder, self.world = Path(folder), World()
        self.root = self.world.root()
        self.put("root.crt", self.root.cert)
        self.put("root.crl", self.world.crl(self.root).der)

    def put(self, name, octets):
        (self.folder / name).write_bytes(octets)

    def join(self, label, name, key, *usages):
        """Somebody called NAME, whose files have the name LABEL."""
        one = self.world.end_entity(name, self.root, key=key, ext={"keyUsage": x.key_usage(*usages)})
        self.put(f"{label}.crt", one.cert)
        self.put(f"{label}.pem", keys.pem("CERTIFICATE", one.cert))
        self.put(f"{label}.key", keys.pem("PRIVATE KEY", one.key.pkcs8()))
        (self.folder / f"{label}.key").chmod(0o600)

    def tool(self, *arguments, **options):
        return run_tool(self.folder, *arguments, **options)

    def openssl(self, *arguments, **options):
        return self.tool("openssl", *arguments, **options)

    def signet(self, *arguments):
        return execute(list(arguments), self.folder)

    def opened(self, octets, label):
        """What is wrong with how signet decrypts OCTETS, which hold TEXT, with LABEL's key."""
        self.put("theirs.eml", octets)
        done = self.signet("decrypt", *AT, "--key", f"{label}.key", "--cert", f"{label}.crt", "theirs.eml")
        return [] if done.exit == 4 and SECRET in done.stdout else [
            f"exit status {done.exit}, {done.stdout[:200]!r}, {done.stderr.decode()[:500]}"]
