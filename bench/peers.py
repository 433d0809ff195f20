# SPDX-License-Identifier: Apache-2.0
"""The peers' programs: what each is told, and which of them cannot be told some of it."""

import re
import subprocess

from contest import Entry, repeated
from ground import EPOCH
from pki.times import NOW

WITHOUT_CRLS = "without CRLs, at today's date"
WITH_CRLS = [word for kind in ("leaf", "chain") for word in ("-g", kind, "-h", "requireFreshInfo", "-m", "crl", "-s",
                                                             "failIfNoInfo")]  # of vfychain
NSS_DATE = NOW.strftime("%y%m%d%H%MZ")


# --- GnuTLS

def certtool_mail(anchors, signature, part):
    """Certtool reads no mail, and cannot be told the date; CRLs are not looked at."""
    return Entry("certtool", ["certtool", "--p7-verify", "--inder", "--infile", signature, "--load-data", part,
                              "--load-ca-certificate", anchors], says="Signature status: ok", note=WITHOUT_CRLS)


def certtool_path(anchors, chain, right=True, limit_s=60, **options):
    """`chain`: PEM, the target first."""
    return Entry("certtool", ["certtool", "--verify", "--load-ca-certificate", anchors, "--infile", chain],
                 exits=(0,) if right else (1,), says="Verified." if right else "Not verified", limit_s=limit_s,
                 **{"note": "at today's date", **options})


# --- NSS

def cmsutil_mail(database, signature, part):
    """Cmsutil reads no mail, and cannot be told the date."""
    return Entry("cmsutil", ["cmsutil", "-D", "-d", database, "-i", signature, "-c", part, "-u", "4", "-h", "1"],
                 says="GoodSignature", note=WITHOUT_CRLS)


def cmsutil_many(ground, database, signature, part, number):
    """The same SignedData so many times in one process."""
    def words(times):
        ground.write(f"batch-{times}", f"{signature}\n" * times)
        return ["cmsutil", "-D", "-d", database, "-b", "-i", f"batch-{times}", "-c", part, "-u", "4", "-n", "-h", "1"]
    return repeated("cmsutil", words, number, says="GoodSignature", note=f"without MIME and JSON, {WITHOUT_CRLS}")


def vfychain(database, target, others=(), right=True, options=(), **more):
    words = [word for one in others for word in ("-r", one)]
    return Entry("vfychain", ["vfychain", "-d", database, "-b", NSS_DATE, "-pp", *options, "-u", "4", target, *words],
                 exits=(0,) if right else (1,), says="Chain is good!" if right else "Chain is bad!",
                 **{"limit_s": 20, "limit_mb": 4096, **more})


# --- dirmngr

def _answer(octets):
    """Octets as a client of dirmngr says them."""
    lines, line = [], b""
    for octet in octets:
        piece = b"%%%02X" % octet if octet in b"%\r\n" else bytes([octet])
        if len(line) + len(piece) > 900:
            lines.append(b"D " + line + b"\n")
            line = b""
        line += piece
    return b"".join([*lines, b"D " + line + b"\nEND\n"])


DIRMNGR_CONF = f"disable-http\ndisable-ldap\nfaked-system-time {EPOCH}\n"
TRUSTED = b"D 1\nEND\n"


def dirmngr_home(ground, name="d"):
    """A home of its own, whose clock stands at NOW, with no network."""
    home = ground.folder / name
    home.mkdir(mode=0o700, exist_ok=True)
    (home / "dirmngr.conf").write_text(DIRMNGR_CONF)
    return home


def dirmngr_talk(ground, home, name, talk, **options):
    """Dirmngr as one process that is asked all of `talk` on its standard input."""
    file = ground.write(name, talk + b"BYE\n")
    def refused(said):
        return next((line.decode() for line in said.splitlines() if line.startswith(b"ERR ")), None)
    return Entry("dirmngr", ["sh", "-c", 'exec dirmngr --homedir "$0" --server < "$1"', home, file], says="OK closing connection",
                 needs="dirmngr", check=refused, **options)


def dirmngr_load(issuer, crl_file):
    """What is said to have a CRL taken in: its issuer's certificate is asked for."""
    return b"LOADCRL " + str(crl_file).encode() + b"\n" + _answer(issuer)


def dirmngr_issuer(home):
    """How dirmngr calls the issuer of the CRL that it loaded."""
    index = home / "crls.d" / "DIR.txt"
    found = re.search("[0-9A-F]{40}", index.read_text()) if index.exists() else None
    return found.group() if found else "0" * 40


def dirmngr_ask(issuer, serial):
    """Whether the certificate `serial` of `issuer`, as dirmngr calls it, is on its CRL."""
    octets = serial.to_bytes((serial.bit_length() + 7) // 8 or 1, "big").hex().upper()
    return f"ISVALID {issuer}.{octets}\n".encode() + TRUSTED


def dirmngr_up(home):
    """Has dirmngr wait for gpgsm, where it does not yet."""
    return lambda: (home / "S.dirmngr").exists() or quietly("dirmngr", "--homedir", home, "--daemon")


def dirmngr_down(home):
    return lambda: quietly("gpgsm", "--homedir", home, "--call-dirmngr", "KILLDIRMNGR")


def gpgsm_with_crls(ground, home, root, ca, crls):
    """Gpgsm with a dirmngr beside it that has the CRLs of both; what that one takes is not counted."""
    (home / "dirmngr.conf").write_text(DIRMNGR_CONF)
    (home / "gpgsm.conf").write_text("batch\nno-tty\n")
    talks = [dirmngr_load(root, "0.crl"), dirmngr_load(ca, "1.crl") + _answer(root) + TRUSTED]
    for number, (crl, talk) in enumerate(zip(crls, talks)):
        ground.write(f"{number}.crl", crl)
        quietly(*dirmngr_talk(ground, home, "talk", talk).command, folder=ground.folder)
    return Entry("gpgsm with dirmngr", ["gpgsm", "--homedir", home, "--faked-system-time", EPOCH, "--enable-issuer-based-crl-check",
                                        "--verify", "signature-0.p7s", "part-0.bin"], says="Good signature", before=dirmngr_up(home),
                 note="with CRLs; the time of dirmngr, which runs already, is not in it")


def quietly(*command, folder=None):
    """Whether a peer's program did what prepares a contest."""
    try:
        return subprocess.run([str(one) for one in command], cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL, check=False).returncode == 0  # no pipes: a daemon would keep them
    except OSError:
        return False
