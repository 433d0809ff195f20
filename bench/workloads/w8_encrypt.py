# SPDX-License-Identifier: Apache-2.0
"""W8: 1 MiB encrypted to 1, 100 and 1000 recipients, each of them by a proven path; decrypted as the last of them."""

import random
import subprocess

from contest import Contest, Entry, Target, Wrong
from ground import AT, hashing, verification
from pki import extensions as x
from pki import keys, sign
from pki.world import World

SIZE = 1 << 20
LINE = b"The quick brown fox jumps over the lazy dog, and over the lazy dog again.\r\n"
CAS = 4
USAGE = {"rsa2048": "keyEncipherment", "p256": "keyAgreement"}


def address(index):
    return f"person{index}@example.com"


def person(w, index, ca, kinds):
    """Those with RSA share the keys that there are, those on P-256 have one each; kinds take turns."""
    kind = kinds[index % len(kinds)]
    own = {} if kind == "rsa2048" else {"key": f"{kind}:Person{index}"}
    return w.end_entity(f"Person{index}", ca, ext={"keyUsage": x.key_usage(USAGE[kind])}, **own)


def people(number, kinds):
    """(world, root, CAs, recipients)"""
    w = World("rsa2048")
    root = w.root()
    cas = [w.ca(f"CA {index}", root) for index in range(CAS)]
    return w, root, cas, [person(w, index, cas[index % CAS], kinds) for index in range(number)]


def mail(number):
    to = b",\r\n ".join(address(index).encode() for index in range(number))
    return (b"From: alice@example.com\r\nTo: " + to + b"\r\nSubject: To all\r\nDate: Mon, 1 Jun 2026 10:00:00 +0000\r\n"
            b"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n" + LINE * (SIZE // len(LINE)))


def public_operations(folder, everybody):
    """As many as there are recipients, each by verifying a signature of that recipient's key; the cipher's one pass is
    stood for by one hash over the content, which takes longer."""
    signatures = {}
    for one in everybody:
        if one.key.name not in signatures:
            signatures[one.key.name] = verification(one.key, b"public", sign.scheme(None, one.key).sign(one.key, b"public"))
    return b"".join(signatures[one.key.name] for one in everybody) + hashing(folder / "mail.eml")


def is_readable(ground, encrypted, who):
    """`openssl` opens it as `who`, and what is inside is what was encrypted."""
    ground.write("who.key", keys.pem("PRIVATE KEY", who.key.pkcs8()))
    ground.pem("who.pem", [who.cert])
    done = subprocess.run(["openssl", "cms", "-decrypt", "-in", encrypted, "-recip", "who.pem", "-inkey", "who.key"], cwd=ground.folder,
                          check=False, capture_output=True)
    return done.returncode == 0 and done.stdout.endswith(LINE * (SIZE // len(LINE)))


def gpgsm(ground, root, cas, everybody):
    home = ground.gpgsm_home(root.cert, [ca.cert for ca in cas])
    subprocess.run(["gpgsm", "--homedir", str(home), "--disable-dirmngr", "--import", "people.pem"], check=False, cwd=ground.folder,
                   capture_output=True, env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"})
    to = [word for index in range(len(everybody)) for word in ("--recipient", address(index))]
    return Entry("gpgsm", ["gpgsm", "--homedir", home, "--disable-dirmngr", "--batch", "--yes", *to, "--output", "gpgsm.out", "--encrypt",
                           "mail.eml"], limit_s=120, note="without CRLs")


def wanted(number, who="signet"):
    """A fifth where the recipients are the work; with few of them it is to start a process."""
    text, most = ("at most 1/5 of openssl", 1 / 5) if number >= 1000 else ("no more than openssl", 1)
    return Target(text if who == "signet" else f"from files: {text}", most, "openssl", who=who)


def encrypting(ground, number, kinds=("rsa2048",)):
    """(contest, recipients)"""
    title = " ".join([str(number), *(kind for kind in kinds if kinds != ("rsa2048",))])
    folder = ground.enter(f"w8-{title}")
    w, root, cas, everybody = people(number, kinds)
    crls = [w.crl(one).der for one in (root, *cas)]
    ground.write("mail.eml", mail(number))
    ground.pem("root.pem", [root.cert])
    ground.pem("cas.pem", [ca.cert for ca in cas], crls)
    ground.pem("people.pem", [one.cert for one in everybody])
    names = [ground.pem(f"person{index}.pem", [one.cert]).name for index, one in enumerate(everybody)]
    ground.run(ground.signet, "import", "--store", "signet.db", "people.pem", "cas.pem", "root.pem", *AT)
    ground.run(ground.signet, "trust", "--yes", "--store", "signet.db", "root.pem", *AT)
    ours = [ground.signet, "encrypt", "--no-self", "--offline", *AT, "--overwrite", "--output"]
    stored = [*ours, "stored.eml", "--store", "signet.db", "mail.eml"]
    files = [*ours, "files.eml", "--no-store", "--anchor", "root.pem", "--certs", "cas.pem", "--crls", "cas.pem", "--cert", "people.pem", "mail.eml"]
    for command in (stored, files):  # the first time, which remembers who signed what
        ground.run(*command)
    chosen = random.Random(number)
    for name in ("stored.eml", "files.eml"):
        if not is_readable(ground, name, chosen.choice(everybody)):
            raise Wrong(f"{name}: openssl cannot read it")
    entries = [Entry("signet", stored, note="everybody's path proven, from the database"),
               Entry("signet files", files, note="everybody's path proven, from files, nothing remembered"),
               Entry("openssl", ["openssl", "cms", "-encrypt", "-aes-256-gcm", "-in", "mail.eml", "-out", "openssl.eml", *names],
                     note="nothing proven")]
    if kinds == ("rsa2048",):
        ground.write("jobs", public_operations(folder, everybody))
        entries.insert(0, Entry("limit", [ground.tool("limit"), "jobs", 1], note="N public operations; a hash in place of the cipher"))
        if ground.has("gpgsm"):
            entries.append(gpgsm(ground, root, cas, everybody))
    targets = [wanted(number), wanted(number, "signet files")]
    return Contest(f"W8 encrypt {title}", f"1 MiB encrypted to {number}, {' and '.join(kinds)}", entries, targets, folder=folder), everybody


def decrypting(ground, folder, everybody):
    """As the last of those that the contest in FOLDER encrypted to."""
    number, last = len(everybody), everybody[-1]
    ground.write("last.key", keys.pem("PRIVATE KEY", last.key.pkcs8())).chmod(0o600)
    ground.pem("last.pem", [last.cert])
    ours = [ground.signet, "decrypt", "--no-store", "--offline", *AT, "--key", "last.key", "--cert", "last.pem", "--overwrite", "--output",
            "plain.eml", "stored.eml"]
    if subprocess.run(list(map(str, ours)), cwd=folder, check=False, capture_output=True).returncode != 4:
        raise Wrong("decrypt: the last one cannot read it")
    if not (folder / "plain.eml").read_bytes().endswith(LINE * (SIZE // len(LINE))):
        raise Wrong("decrypt: what came out is not what was encrypted")
    entries = [Entry("signet", ours, exits=(4,)),
               Entry("openssl", ["openssl", "cms", "-decrypt", "-in", "stored.eml", "-recip", "last.pem", "-inkey", "last.key", "-out",
                                 "openssl.out"])]
    return Contest(f"W8 decrypt {number}", f"1 MiB decrypted as the last of {number}", entries,
                   [wanted(number)], folder=folder)


def contests(ground, full):
    made = []
    for number in (1, 100, 1000) if full else (1, 100):
        contest, everybody = encrypting(ground, number)
        made += [contest, decrypting(ground, contest.folder, everybody)]
    most = 1000 if full else 100
    others = [encrypting(ground, most, kinds)[0] for kinds in (("p256",), ("rsa2048", "p256"))]
    return made + others
