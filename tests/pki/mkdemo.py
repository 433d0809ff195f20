#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""mkdemo.py OUTDIR: writes a small PKI, two correspondents and mails that show what can be wrong with one.

`demo.txt` lists the mails: file, what is odd about it, options to judge it with (separated by tabs).
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pki import keys, mime  # noqa: E402
from pki.times import NOW, days, rfc3339  # noqa: E402
from pki.world import World  # noqa: E402

TEXT = ("Dear Bob,\r\n\r\nplease transfer 100 EUR to the account we agreed upon.\r\n\r\nAlice\r\n")


def people():
    """The world of the demo and its members by name."""
    w = World("rsa2048")
    root = w.root("Demo Root")
    ca = w.ca("Demo Mail CA", root, path_len=0)
    stranger = w.root("Stranger Root")
    stranger_ca = w.ca("Stranger CA", stranger, path_len=0)
    members = dict(root=root, ca=ca, stranger=stranger, stranger_ca=stranger_ca)
    for name, issuer in (("alice", ca), ("bob", ca), ("carol", ca), ("mallory", ca), ("eve", stranger_ca)):
        address = "alice@example.org" if name == "eve" else f"{name}@example.org"
        members[name] = w.end_entity(name.capitalize(), issuer, email=address)
    return w, members


def mails(w, p):
    """[(file, what is odd, CRL files, octets)]"""
    def mail(signer, from_, **options):
        return w.signed_mail(signer, from_, text=TEXT, line_ends="lf", **options)
    from_alice = "Alice <alice@example.org>"
    fresh = ("root.crl", "ca.crl")
    return [
        ("good.eml", "Nothing: Alice signed it, and it says so.", fresh, mail(p["alice"], from_alice)),
        ("body-changed.eml", "The amount was changed after Alice signed.", fresh,
         mail(p["alice"], from_alice, alter=lambda part: part.replace(b"100 EUR", b"900 EUR"))),
        ("other-sender.eml", "Mallory signed it, but From says Alice.", fresh, mail(p["mallory"], from_alice)),
        ("revoked.eml", "Carol's certificate was revoked a month ago.", fresh,
         mail(p["carol"], "Carol <carol@example.org>")),
        ("crl-expired.eml", "The CA's only CRL at hand is out of date.", ("root.crl", "ca-expired.crl"),
         mail(p["alice"], from_alice)),
        ("no-anchor.eml", "A CA nobody here trusts vouches for this Alice.", fresh, mail(p["eve"], from_alice)),
    ]


def crls(w, p):
    """{file: octets}"""
    entry = w.revocation(p["carol"], days(-31), "keyCompromise")
    return {"root.crl": w.crl(p["root"]).pem, "ca.crl": w.crl(p["ca"], [entry], number=7).pem,
            "ca-expired.crl": w.crl(p["ca"], number=6, this_update=days(-60), next_update=days(-30)).pem}


def files():
    w, p = people()
    made = {f"{name}.pem": one.pem for name, one in p.items()}
    made.update(crls(w, p))
    lines = []
    for name, odd, lists, octets in mails(w, p):
        made[name] = octets
        options = ["--anchor root.pem", *(f"--crls {one}" for one in lists), f"--at {rfc3339(NOW)}", "--no-store", "--offline"]
        lines.append(f"{name}\t{odd}\t{' '.join(options)}\n")
    made["own/carol.key"] = keys.pem("PRIVATE KEY", p["carol"].key.pkcs8())
    made["draft.eml"] = mime.message(w.fields("Carol <carol@example.org>"), mime.text(TEXT)).replace(b"\r\n", b"\n")
    made["demo.txt"] = "".join(lines).encode()
    return made


def main():
    target = Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    for name, octets in files().items():
        (target / name).parent.mkdir(exist_ok=True)
        (target / name).write_bytes(octets)
        (target / name).chmod(0o600 if name.endswith(".key") else 0o644)


if __name__ == "__main__":
    main()
