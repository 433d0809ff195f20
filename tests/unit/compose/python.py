#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""python.py COMPOSE_TOOL: mail made by Python's email package, composed by us, is read by that package as the same
mail: each part with its type, name and content. What openssl signs of it, openssl verifies in the mail."""

import email
import email.policy
import random
import shutil
import subprocess
import sys
import tempfile
from email.message import EmailMessage
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from pki import keys  # noqa: E402
from pki.world import World  # noqa: E402
from runner import tap  # noqa: E402

TOOL = sys.argv[1]
NEW = email.policy.default
KINDS = ("signed-data", "enveloped-data", "authEnveloped-data", "certs-only", "compressed-data")


def message(**fields):
    mail = EmailMessage()
    for name, value in {"From": "Ann <ann@example.org>", "To": "bob@example.org", "Subject": "A test", **fields}.items():
        mail[name] = value
    return mail


def samples():
    """Descriptions and octets of messages."""
    mail = message()
    mail.set_content("Plain text.\nTwo lines.\n")
    yield "plain text", mail.as_bytes()

    mail = message(Subject="Caf\u00e9 cr\u00e8me")
    mail.set_content("Caf\u00e9\nFrom here, trailing \n-- \nsignature\n.\n" + "long " * 400 + "\n", cte="8bit")
    yield "8-bit text", mail.as_bytes(policy=NEW.clone(cte_type="8bit"))

    mail = message()
    mail.set_content("\u0434\u0430\n" * 30, cte="8bit")
    mail.add_alternative("<p>\u0434\u0430 \n</p>", subtype="html", cte="8bit")
    mail.add_attachment(bytes(range(256)), maintype="application", subtype="octet-stream", filename="r\u00e9sum\u00e9.bin")
    yield "alternatives and an attachment", mail.as_bytes(policy=NEW.clone(cte_type="8bit"))

    inner = message(Subject="Inner")
    inner.set_content("Caf\u00e9 after caf\u00e9, with a lot of plain text around it\n", cte="8bit")
    mail = message()
    mail.set_content("See below. \n")
    mail.add_attachment(inner)
    yield "a forwarded message", mail.as_bytes(policy=NEW.clone(cte_type="8bit"))

    source = random.Random(1)
    for number in range(16):
        mail = message()
        alphabet = ["a", "bc ", "\t", "\u00e9", "\u4e2d", "=", ".\n", "\n", "--", "From ", "\n.", "x" * 90]
        mail.set_content("".join(source.choices(alphabet, k=source.randrange(200))), cte="8bit")
        for _ in range(source.randrange(3)):
            mail.add_attachment("".join(source.choices(alphabet, k=source.randrange(100))), subtype="x-any", cte="8bit",
                                filename="".join(source.choices(["a", "\u00e9", " ", "\"", ";", "long" * 20], k=5)))
        octets = mail.as_bytes(policy=NEW.clone(cte_type="8bit", linesep=source.choice(["\n", "\r\n"])))
        yield f"random message {number}", octets


def compose(octets, *arguments):
    run = subprocess.run([TOOL, *arguments], input=octets, capture_output=True)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def content(part):
    """Octets of a leaf; of text with its line ends as LF, as transports may change these."""
    octets = part.get_payload(decode=True) or b""
    return octets.replace(b"\r\n", b"\n") if part.get_content_maintype() == "text" else octets


def outline(mail):
    """What a reader is shown, part by part. The last line end before a boundary belongs to nobody."""
    for part in mail.walk():
        kind = (part.get_content_type(), part.get_filename(), part.get_content_disposition())
        yield kind if part.is_multipart() else kind + (content(part).rstrip(b"\n"),)


def differences(before, after):
    ours, theirs = list(outline(after)), list(outline(before))
    if len(ours) != len(theirs):
        yield f"{len(ours)} parts, not {len(theirs)}"
    for mine, wanted in zip(ours, theirs):
        if mine != wanted:
            yield f"{mine!r}\n# is not {wanted!r}"


def signed_octets(mail):
    boundary = email.message_from_bytes(mail).get_boundary().encode()
    return mail.split(b"\r\n--" + boundary + b"\r\n")[1]


def check(octets, signer, kinds):
    entity = compose(octets, "entity")
    before = email.message_from_bytes(octets, policy=NEW)
    yield from differences(before, email.message_from_bytes(entity, policy=NEW))
    if any(byte > 127 for byte in entity) or any(len(line) > 998 for line in entity.split(b"\r\n")):
        yield "not fit for 7 bits"
    protected = email.message_from_bytes(compose(octets, "protected-entity"), policy=NEW)
    if any(protected[name] != before[name] for name in ("From", "To", "Subject")):
        yield f"inside it says {protected.items()}"
    if protected["Content-Type"].params.get("hp") != "clear":
        yield f"{protected['Content-Type']}"
    yield from differences(before, protected)
    signature = signer.sign(entity) if signer else b"signature"
    with tempfile.NamedTemporaryFile() as file:
        file.write(signature)
        file.flush()
        mail = compose(octets, "signed", file.name)
        for kind in kinds:
            whole = email.message_from_bytes(compose(octets, kind, file.name), policy=NEW)
            if whole["Content-Type"].params["smime-type"] != kind or whole.get_payload(decode=True) != signature:
                yield f"{kind}: {whole['Content-Type']}"
    after = email.message_from_bytes(mail, policy=NEW)
    for name in ("From", "To", "Subject"):
        if after[name] != before[name]:
            yield f"{name}: {after[name]}"
    if after["Content-Type"].params["protocol"] != "application/pkcs7-signature" or after.defects:
        yield f"{after['Content-Type']}, {after.defects}"
    first, second = after.get_payload()
    if second.get_payload(decode=True) != signature or second.get_filename() != "smime.p7s":
        yield "the signature is not read"
    if signed_octets(mail) != entity:
        yield "other octets are signed"
    yield from differences(before, first)
    if signer and not signer.verifies(mail):
        yield "openssl does not verify it"


class Signer:
    """openssl with a key of ours."""

    def __init__(self, folder):
        root = World().root()
        self.cert, self.key = folder / "cert.pem", folder / "key.pem"
        self.cert.write_bytes(root.pem)
        self.key.write_bytes(keys.pem("PRIVATE KEY", root.key.pkcs8()))

    def sign(self, octets):
        return subprocess.run(["openssl", "cms", "-sign", "-binary", "-outform", "DER", "-signer", self.cert, "-inkey",
                               self.key], input=octets, capture_output=True, check=True).stdout

    def verifies(self, mail):
        return subprocess.run(["openssl", "cms", "-verify", "-noverify", "-purpose", "any"], input=mail,
                              capture_output=True).returncode == 0


def main():
    num = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        signer = Signer(Path(folder)) if shutil.which("openssl") else None
        for description, octets in samples():
            num += 1
            problems = list(check(octets, signer, KINDS if num == 1 else ()))
            failed += bool(problems)
            print(tap.line(num, not problems, f"C-MIME-12 C-MIME-13 {description}"))
            tap.comment(problems)
    print(f"1..{num}")
    sys.exit(1 if failed else 0)


main()
