# SPDX-License-Identifier: Apache-2.0
"""W1: a mail of 4 KB, a chain of three, two CRLs: one process for one, and one process for many."""

from contest import Contest, Entry, Target
from pki import mime
from pki.world import World
from ground import AT, EPOCH, content, elements, hashing, split, verification

TEXT = "All work and no play makes Jack a dull boy; this line is 75 octets long.\r\n" * 52


def scene(ground, kind):
    """Root, CA, Alice, their CRLs, a mail; written in all the forms that somebody wants."""
    w = World(kind)
    root = w.root()
    ca = w.ca("CA", root)
    alice = w.end_entity("Alice", ca)
    crls = [w.crl(one).der for one in (root, ca)]
    part = mime.text(TEXT)
    signature = w.signature(mime.canonical(part), alice)
    mail = mime.message(w.fields("Alice <alice@example.com>"),
                        mime.multipart_signed(part, signature, micalg="sha-256"))
    ground.write("root.der", root.cert)
    ground.pem("crls.pem", crls=crls)
    ground.pem("openssl.pem", [root.cert], crls)
    ground.write("mail.eml", mail)
    ground.write("part.bin", mime.canonical(part))
    ground.write("signature.p7s", signature)
    jobs = [verification(one.issuer.key, *split(one.cert)) for one in (ca, alice)]
    jobs += [verification(one.key, *split(crl)) for one, crl in ((root, crls[0]), (ca, crls[1]))]
    jobs.append(signer_job(alice, signature))
    ground.write("jobs", b"".join(jobs) + hashing(ground.folder / "part.bin"))
    return root, ca, alice


def signer_job(signer, signature):
    """What the signer signed: the attributes, as a SET OF. SignedData ends with the one SignerInfo."""
    signed_data = content(elements(content(signature)[0])[-1])[0]
    infos = elements(content(signed_data)[0])[-1]
    fields = elements(content(content(infos)[0])[0])
    attributes = next(one for one in fields if one[0] == 0xA0)
    value = next(one for one in fields if one[0] == 0x04)
    return verification(signer.key, b"\x31" + attributes[1:], content(value)[0])


OURS = ["--anchor", "root.der", "--crls", "crls.pem", "--no-store", "--offline", *AT]


def one_process(ground, kind):
    folder = ground.enter(f"w1a-{kind}")
    root, ca, alice = scene(ground, kind)
    shared = [Entry("signet shared", [ground.shared, "verify", *OURS, "mail.eml"], says="GOOD")] if ground.shared else []
    entries = [
        Entry("nothing", ["/bin/true"]),
        Entry("signet", [ground.signet, "verify", *OURS, "mail.eml"], says="GOOD"),
        *shared,
        Entry("openssl", ["openssl", "cms", "-verify", "-in", "mail.eml", "-CAfile", "openssl.pem", "-crl_check_all",
                          "-attime", str(EPOCH), "-out", "/dev/null"], says="successful"),
    ]
    if ground.has("gpgsm"):
        home = ground.gpgsm_home(root.cert, [ca.cert])
        entries.append(Entry("gpgsm", ["gpgsm", "--homedir", home, "--faked-system-time", str(EPOCH), "--disable-dirmngr",
                                       "--verify", "signature.p7s", "part.bin"], says="Good signature",
                             note="without CRLs"))
    if ground.has("cmsutil") and ground.has("certutil"):
        database = ground.nss_database(root.cert, [ca.cert])
        entries.append(Entry("nss", ["cmsutil", "-D", "-d", database, "-i", "signature.p7s", "-c", "part.bin", "-u", "4"],
                             note="without CRLs, at today's date"))
    targets = [Target("at most 1/3 of openssl", 1 / 3, "openssl"), Target("at most 1/2 of gpgsm", 1 / 2, "gpgsm"),
               Target("at most 8 MB", 8, figure="peak_mb")]
    return Contest(f"W1a {kind}", f"One process: a 4 KB mail, {kind}, chain of three, two CRLs", entries, targets,
                   folder=folder)


def many_messages(ground, kind, most, number):
    folder = ground.enter(f"w1b-{kind}")
    scene(ground, kind)
    many = [ground.signet, "verify", "--json", *OURS]
    entries = [
        Entry("limit", [ground.tool("limit"), "jobs", number], units=number, least=[ground.tool("limit"), "jobs", 1],
              least_units=1),
        Entry("signet", many + ["mail.eml"] * number, units=number, least=many + ["mail.eml"], least_units=1),
    ]
    for peer in ("openssl", "gnutls"):
        program = f"inprocess-{peer}"
        if ground.has(program):
            once = [ground.tool(program), "mail", "signature.p7s", "part.bin", "openssl.pem", str(EPOCH)]
            entries.append(Entry(f"{peer} library", once + [number], units=number, least=once + [1], least_units=1,
                                 note="without MIME and JSON"))
    targets = [Target(f"at most {most} x limit", most, "limit"), Target("at most 16 MB", 16, figure="peak_mb")]
    return Contest(f"W1b {kind}", f"One process, {number} messages: {kind}", entries, targets, unit="message",
                   folder=folder)


def contests(ground, full):
    number = 4000 if full else 400
    return [one_process(ground, "rsa2048"), many_messages(ground, "rsa2048", 1.25, number),
            many_messages(ground, "p256", 1.1, number)]
