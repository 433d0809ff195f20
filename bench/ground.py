# SPDX-License-Identifier: Apache-2.0
"""Where a benchmark takes place: folders, our program, the peers, and the forms in which each wants its input."""

import hashlib
import shutil
import struct
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from pki import keys  # noqa: E402
from variety import Variety  # noqa: E402
from pki.times import NOW, rfc3339  # noqa: E402

EPOCH = int(NOW.timestamp())
AT = ["--at", rfc3339(NOW)]


def record(*fields):
    return b"".join(struct.pack(">I", len(one)) + one for one in fields)


def verification(signer_key, signed, signature):
    """A record of limit.c."""
    return b"v" + record(signer_key.spki(), signed, signature)


def hashing(name):
    return b"h" + record(str(name).encode())


def decoding(name, offset):
    """Base64 behind `offset`, decoded and hashed."""
    return b"b" + record(str(name).encode(), str(offset).encode())


def walking(name):
    """The elements of a DER file, found."""
    return b"d" + record(str(name).encode())


def split(der):
    """(signed octets, signature) of a certificate or CRL."""
    tbs, _, bits = elements(content(der)[0])
    return tbs, content(bits)[0][1:]


def elements(octets):
    """The elements in a row that `octets` are."""
    found = []
    while octets:
        found.append(first(octets))
        octets = octets[len(found[-1]):]
    return found


def _head(der):
    """(octets of tag and length, octets of content)"""
    if der[1] < 0x80:
        return 2, der[1]
    more = der[1] & 0x7F
    return 2 + more, int.from_bytes(der[2:2 + more], "big")


def content(der):
    """(the content of the element that `der` begins with, what follows it)"""
    head, length = _head(der)
    return der[head:head + length], der[head + length:]


def first(der):
    """The element that `der` begins with."""
    head, length = _head(der)
    return der[:head + length]


class Ground:
    def __init__(self, folder, signet, tools, shared=None, variety=None):
        """`shared`: our program with the libraries of the system, where it was built; `variety`: see variety.py."""
        self.variety = variety or Variety()
        self.base, self.signet, self.tools = Path(folder), Path(signet).resolve(), Path(tools).resolve()
        self.shared = Path(shared).resolve() if shared and Path(shared).exists() else None
        self.folder = self.base

    def enter(self, name):
        self.folder = self.base / name
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder

    def write(self, name, octets):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(octets if isinstance(octets, bytes) else octets.encode())
        return path

    def has(self, tool):
        return shutil.which(tool) is not None or (self.tools / tool).exists()

    def run(self, *command, **options):
        return subprocess.run([str(one) for one in command], cwd=self.folder, check=True, capture_output=True, **options)

    def tool(self, name):
        return str(self.tools / name)

    def limit(self, jobs="jobs", times=1, *more):
        return [self.tool("limit"), jobs, times, *more]

    # --- the forms peers want

    def pem(self, name, certificates=(), crls=()):
        blocks = [keys.pem("CERTIFICATE", one) for one in certificates] + [keys.pem("X509 CRL", one) for one in crls]
        return self.write(name, b"".join(one if isinstance(one, bytes) else one.encode() for one in blocks))

    def gpgsm_home(self, root, others):
        """A home of its own in which `root` is trusted and `others` are known. A short path: sockets live there."""
        home = self.folder / "g"
        home.mkdir(mode=0o700, exist_ok=True)
        fingerprint = hashlib.sha1(root).hexdigest().upper()
        (home / "trustlist.txt").write_text(f"{fingerprint} S relax\n")
        (home / "gpgsm.conf").write_text("disable-crl-checks\nbatch\nno-tty\n")
        for number, der in enumerate([root, *others]):
            path = self.write(f"import-{number}.der", der)
            subprocess.run(["gpgsm", "--homedir", str(home), "--disable-dirmngr", "--import", str(path)], check=False,
                           capture_output=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"})
        return home

    def nss_database(self, roots, others=(), crls=(), name="nss"):
        """A database in which `roots` (octets, or a list of them) are trusted, and `others` and `crls` known; None
        without NSS's tools."""
        if not self.has("certutil"):
            return None
        db = self.folder / name
        db.mkdir(exist_ok=True)
        self.run("certutil", "-N", "-d", f"sql:{db}", "--empty-password")
        trusted = [roots] if isinstance(roots, bytes) else list(roots)
        for number, (der, trust) in enumerate([(one, "C,C,C") for one in trusted] + [(one, ",,") for one in others]):
            path = self.write(f"{name}-{number}.der", der)
            self.run("certutil", "-A", "-d", f"sql:{db}", "-n", f"c{number}", "-t", trust, "-i", path)
        for der in crls:
            self.run("crlutil", "-I", "-d", f"sql:{db}", "-i", self.write(f"{name}.crl", der), "-B")
        return f"sql:{db}"
