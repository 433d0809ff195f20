# SPDX-License-Identifier: Apache-2.0
"""W1: a mail of 4 KB, a chain of three, two CRLs: one process for one, and one process for many."""

import hashlib
import shutil

import peers
from contest import Contest, Entry, Target, arithmetic, repeated
from pki import mime
from pki.world import World
from ground import AT, EPOCH, content, elements, hashing, split, verification

LINE = "All work and no play makes Jack a dull boy; this line is 75 octets long.\r\n"
OURS = ["--anchor", "root.der", "--crls", "crls.pem", "--no-store", "--offline", *AT]
LONG = 1000000


class Scene:
    """Root, CA, senders, CRLs, and mails by the senders in turn; in all the forms that somebody wants."""

    def __init__(self, ground, kind, senders=1, mails=1):
        self.ground, self.world = ground, World(kind)
        w = self.world
        self.root = w.root()
        self.ca = w.ca("CA", self.root)
        self.senders = [w.end_entity("Alice" if not number else f"Alice {number}", self.ca) for number in range(senders)]
        self.crls = [w.crl(one).der for one in (self.root, self.ca)]
        ground.write("root.der", self.root.cert)
        ground.pem("root.pem", [self.root.cert])
        ground.pem("crls.pem", crls=self.crls)
        ground.pem("openssl.pem", [self.root.cert], self.crls)
        self.names = [f"mail-{number}.eml" for number in range(mails)]
        self.own_jobs = [self.write_mail(number) for number in range(mails)]

    def write_mail(self, number):
        """Writes a mail; the least that judging it takes beside its chain."""
        w, ground = self.world, self.ground
        sender = self.senders[number % len(self.senders)]
        part = mime.text(f"Number {number}.\r\n" + LINE * ground.variety.size(52, f"mail {number}"))
        signature = w.signature(mime.canonical(part), sender)
        ground.write(self.names[number], mime.message(w.fields(f"{sender.name} <{sender.emails[0]}>"),
                                                      mime.multipart_signed(part, signature, micalg="sha-256")))
        ground.write(f"part-{number}.bin", mime.canonical(part))
        ground.write(f"signature-{number}.p7s", signature)
        return signer_job(sender, signature) + hashing(ground.folder / f"part-{number}.bin")

    def write_jobs(self):
        """jobs: all that has to be computed for each mail; once: the certificates and CRLs of CAs only for the first."""
        of_cas = verification(self.root.key, *split(self.ca.cert)) + b"".join(
            verification(one.key, *split(crl)) for one, crl in zip((self.root, self.ca), self.crls))
        persons = [verification(self.ca.key, *split(one.cert)) for one in self.senders]
        mine = [persons[number % len(persons)] for number in range(len(self.names))]
        self.ground.write("jobs", b"".join(of_cas + person + own for person, own in zip(mine, self.own_jobs)))
        self.ground.write("one", of_cas + mine[0] + self.own_jobs[0])
        self.ground.write("once", b"".join(self.own_jobs) if len(persons) == 1 else
                          b"".join(person + own for person, own in zip(mine, self.own_jobs)))


def signer_job(signer, signature):
    """What the signer signed: the attributes, as a SET OF. SignedData ends with the one SignerInfo."""
    signed_data = content(elements(content(signature)[0])[-1])[0]
    infos = elements(content(signed_data)[0])[-1]
    fields = elements(content(content(infos)[0])[0])
    attributes = next(one for one in fields if one[0] == 0xA0)
    value = next(one for one in fields if one[0] == 0x04)
    return verification(signer.key, b"\x31" + attributes[1:], content(value)[0])


def one_process(ground, kind):
    folder = ground.enter(f"w1a-{kind}")
    scene = Scene(ground, kind)
    scene.write_jobs()
    entries = [
        Entry("nothing", ["/bin/true"]),
        arithmetic("arithmetic", lambda times: ground.limit("one", times), 400, note="without a process"),
        Entry("limit", ground.limit("one"), note="a process with libcrypto, and the arithmetic"),
        Entry("signet", [ground.signet, "verify", *OURS, "mail-0.eml"], says="GOOD"),
    ]
    if ground.shared:
        entries.append(Entry("signet shared", [ground.shared, "verify", *OURS, "mail-0.eml"], says="GOOD"))
    entries += [
        Entry("openssl", ["openssl", "cms", "-verify", "-in", "mail-0.eml", "-CAfile", "openssl.pem", "-crl_check_all",
                          "-attime", str(EPOCH), "-out", "/dev/null"], says="successful"),
        *gpgsm(ground, scene),
        peers.cmsutil_mail(ground.nss_database(scene.root.cert, [scene.ca.cert]), "signature-0.p7s", "part-0.bin"),
        peers.certtool_mail("root.pem", "signature-0.p7s", "part-0.bin"),
    ]
    targets = [Target("at most 1/3 of openssl", 1 / 3, "openssl"), Target("at most 1/2 of gpgsm", 1 / 2, "gpgsm"),
               Target("at most 8 MB", 8, figure="peak_mb")]
    return Contest(f"W1a {kind}", f"One process: a 4 KB mail, {kind}, chain of three, two CRLs", entries, targets,
                   folder=folder, after=peers.dirmngr_down(folder / "gc"))


def gpgsm(ground, scene):
    home, with_crls = ground.folder / "g", ground.folder / "gc"
    found = [Entry("gpgsm", ["gpgsm", "--homedir", home, "--faked-system-time", EPOCH, "--disable-dirmngr", "--verify",
                           "signature-0.p7s", "part-0.bin"], says="Good signature", note="without CRLs")]
    if ground.has("gpgsm"):
        ground.gpgsm_home(scene.root.cert, [scene.ca.cert])
        shutil.copytree(home, with_crls, ignore=shutil.ignore_patterns("S.*"))
        found.append(peers.gpgsm_with_crls(ground, with_crls, scene.root.cert, scene.ca.cert, scene.crls))
    return found


def library_entries(ground, scene, number):
    """The peers with one message again and again."""
    found = [repeated(f"{peer} library", lambda times, peer=peer: [
        ground.tool(f"inprocess-{peer}"), "mail", "signature-0.p7s", "part-0.bin", "openssl.pem", EPOCH, times], number,
        note="without MIME and JSON") for peer in ("openssl", "gnutls")]
    database = ground.nss_database(scene.root.cert, [scene.ca.cert])
    return [*found, peers.cmsutil_many(ground, database, "signature-0.p7s", "part-0.bin", number)]


def cycle(scene, number):
    """`number` names, the mails again and again."""
    return [scene.names[index % len(scene.names)] for index in range(number)]


def many_messages(ground, kind, most, number, senders=1):
    """Different mails: a signature that was verified before would be none of the arithmetic."""
    label = kind if senders == 1 else f"{kind} senders"
    folder = ground.enter(f"w1b-{label.replace(' ', '-')}")
    mails = 400
    scene = Scene(ground, kind, senders, mails)
    scene.write_jobs()

    def ours(times):
        return [ground.signet, "verify", "--json", *OURS, *cycle(scene, times)]
    entries = [
        arithmetic("limit", lambda times: ground.limit("jobs", times), number // mails, mails),
        arithmetic("limit, chain once", lambda times: ground.limit("once", times), number // mails, mails,
                   note="the signatures on certificates and CRLs that were verified before left out"),
        Entry("signet", ours(number), units=number, least=ours(1), least_units=1, counted=ours(mails + 1), counted_units=mails + 1),
        *(library_entries(ground, scene, number) if senders == 1 else []),
    ]
    targets = [Target(f"at most {most} x limit", most, "limit"), Target("at most 16 MB", 16, figure="peak_mb")]
    who = "one sender" if senders == 1 else f"{senders} senders"
    return Contest(f"W1b {label}", f"One process, {number} messages of {who}: {kind}", entries, targets, unit="message",
                   folder=folder)


def list_of(ground, scene, number):
    """A file of `number` names."""
    name = f"list-{number}"
    ground.write(name, "".join(f"{one}\n" for one in cycle(scene, number)))
    return name


def long_run(ground, kind, number):
    """Memory must not grow: a hundredth of the messages, and all."""
    folder = ground.enter("w1b-long")
    scene = Scene(ground, kind, 20, 400)
    few = list_of(ground, scene, number // 100)
    many = list_of(ground, scene, number)

    def ours(names):
        return [ground.signet, "verify", "--json", *OURS, "--files-from", names]
    entries = [Entry("signet", ours(many), units=number, quiet=True, limit_s=1800),
               Entry("a hundredth", ours(few), units=number // 100, quiet=True)]
    targets = [Target("memory flat: 1.02 times that of a hundredth", 1.02, "a hundredth", "peak_mb"),
               Target("at most 16 MB", 16, figure="peak_mb")]
    return Contest("W1b long", f"One process, {number} messages from a list: {kind}", entries, targets, unit="message",
                   folder=folder)


class SameOutput:
    """What every entry says must be what the first one said, in its order."""

    def __init__(self):
        self.first = None

    def __call__(self, output):
        digest = hashlib.sha256(output).digest()
        self.first = self.first or digest
        return None if digest == self.first else "what it said is not what the first one said"


def side_by_side(ground, kind, number):
    folder = ground.enter("w1b-jobs")
    scene = Scene(ground, kind, 20, 400)
    names, same = list_of(ground, scene, number), SameOutput()

    def ours(jobs):
        return [ground.signet, "verify", "--json", *OURS, "--jobs", jobs, "--files-from", names]
    entries = [Entry("signet", ours(1), units=number, check=same),
               Entry("signet --jobs 2", ours(2), units=number, check=same, note="the same output in the same order")]
    targets = [Target("--jobs 2: at most 0.6 of the time on the wall, with two cores", 0.6, "signet", "wall_s", "signet --jobs 2"),
               Target("--jobs 2: at most 1.15 of the CPU time", 1.15, "signet", "cpu_s", "signet --jobs 2")]
    return Contest("W1b jobs", f"{number} messages by two processes: {kind}", entries, targets, unit="message", folder=folder)


def contests(ground, full):
    number = 4000 if full else 400
    return [one_process(ground, "rsa2048"), many_messages(ground, "rsa2048", 1.25, number),
            many_messages(ground, "p256", 1.1, number), many_messages(ground, "p256", 1.1, number, 400),
            long_run(ground, "rsa2048", LONG if full else 20000), side_by_side(ground, "rsa2048", 20000 if full else 4000)]
