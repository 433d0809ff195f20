# SPDX-License-Identifier: Apache-2.0
"""W4: messages of any size: 1 GiB clear-signed and 1 GiB opaque in base64."""

import base64
import hashlib
import shutil

from contest import Contest, Entry, Target
from ground import AT, EPOCH, content, decoding, elements, hashing
from pki import cms_attributes, der, mime
from pki.world import World

LINE = b"The quick brown fox jumps over the lazy dog, and over the lazy dog again.\r\n"


def part_chunks(size):
    """The signed part, in pieces: a head, then lines."""
    yield b"Content-Type: text/plain; charset=us-ascii\r\nContent-Transfer-Encoding: 7bit\r\n\r\n"
    block = LINE * (1 << 14)
    for _ in range(size // len(block)):
        yield block
    yield LINE * ((size % len(block)) // len(LINE))


def with_line_ends(octets, line_end):
    return octets if line_end == b"\r\n" else octets.replace(b"\r\n", line_end)


def ours(ground):
    return [ground.signet, "verify", "--anchor", "root.crt", "--crls", "root.crl", "--no-store", "--offline", *AT]


def people(ground):
    w = World("rsa2048")
    root = w.root()
    alice = w.end_entity("Alice", root)
    crl = w.crl(root).der
    ground.write("root.crt", root.cert)
    ground.write("root.crl", crl)
    ground.pem("openssl.pem", [root.cert], [crl])
    ground.pem("root.pem", [root.cert])
    return w, root, alice


def others(ground, root, gpgsm, nss, gnutls):
    """The peers that read no mail, with the files that each wants."""
    home = ground.gpgsm_home(root.cert, []) if ground.has("gpgsm") else "g"
    database = ground.nss_database(root.cert)
    without = "without MIME and CRLs"
    return [Entry("gpgsm", ["gpgsm", "--homedir", home, "--faked-system-time", EPOCH, "--disable-dirmngr", "--verify", *gpgsm],
                  says="Good signature", note=without),
            Entry("cmsutil", ["cmsutil", "-D", "-d", database, "-u", "4", "-h", "1", "-n", "-i", *nss], says="GoodSignature",
                  limit_mb=6144, note=without),
            Entry("certtool", ["certtool", "--p7-verify", "--inder", "--load-ca-certificate", "root.pem", "--infile", *gnutls],
                  says="Signature status: ok", limit_mb=6144, note=without)]


def sign_digest(w, signer, digest, **options):
    """SignedData over content that is only known by its SHA-256."""
    return w.signature(b"", signer, replace={"messageDigest": cms_attributes.message_digest(digest)}, **options)


def grown_head(octets, extra):
    """Tag and length of the element `octets`, were its content `extra` octets longer."""
    return octets[:1] + der.length(len(content(octets)[0]) + extra)


def opaque_pieces(w, signer, size):
    """SignedData with the content inside, in pieces: built around no content, each length on the way to it grown."""
    digest = hashlib.sha256()
    for chunk in part_chunks(size):
        digest.update(chunk)
    total = sum(len(chunk) for chunk in part_chunks(size))
    empty = sign_digest(w, signer, digest.digest(), detached=False)
    heads, rest, after, extra = [], empty, [], total
    levels = []
    # ContentInfo, [0], SignedData, encapContentInfo, [0], OCTET STRING: what stands before and behind at each.
    for index in (1, 0, 2, 1, 0, None):
        inner = elements(content(rest)[0]) if index is not None else []
        levels.append((rest, b"".join(inner[:index or 0]), b"".join(inner[index + 1:]) if index is not None else b""))
        rest = inner[index] if index is not None else rest
    for octets, before, behind in reversed(levels):
        head = grown_head(octets, extra)
        extra += len(head) - (len(octets) - len(content(octets)[0]))
        heads.insert(0, head + before)
        after.append(behind)
    yield b"".join(heads)
    yield from part_chunks(size)
    yield b"".join(after)


def write_clear(ground, folder, w, alice, size, line_end):
    """mail.eml, whose signed part is also in the file part, always with CRLF, as it is hashed."""
    digest = hashlib.sha256()
    for chunk in part_chunks(size):
        digest.update(chunk)
    signature = sign_digest(w, alice, digest.digest())
    head, tail = mime.message(w.fields("Alice <alice@example.com>"),
                              mime.multipart_signed(b"@@PART@@", signature, micalg="sha-256", boundary="=_bench")).split(b"@@PART@@")
    with open(folder / "mail.eml", "wb") as out, open(folder / "part", "wb") as part:
        out.write(with_line_ends(head, line_end))
        for chunk in part_chunks(size):
            out.write(with_line_ends(chunk, line_end))
            part.write(chunk)
        out.write(with_line_ends(tail, line_end))
    ground.write("signature.p7s", signature)


def clear(ground, size, line_end=b"\r\n"):
    is_usual = line_end == b"\r\n"
    folder = ground.enter("w4-clear" if is_usual else "w4-clear-lf")
    w, root, alice = people(ground)
    write_clear(ground, folder, w, alice, size, line_end)
    ground.write("jobs", hashing(folder / "part"))
    entries = [Entry("limit", ground.limit(), note="one hash over the content"),
               Entry("signet", [*ours(ground), "mail.eml"], says="GOOD", limit_s=900)]
    if is_usual:
        entries += [Entry("openssl", ["openssl", "cms", "-verify", "-in", "mail.eml", "-CAfile", "openssl.pem", "-attime", str(EPOCH),
                                      "-out", "/dev/null"], says="successful", limit_s=300),
                    *others(ground, root, ["signature.p7s", "part"], ["signature.p7s", "-c", "part"],
                            ["signature.p7s", "--load-data", "part"])]
    targets = [Target("at most 1.3 x limit", 1.3, "limit"), Target("at most 8 MB private", 8, figure="private_mb")]
    return Contest("W4 clear" if is_usual else "W4 clear LF", f"multipart/signed of {size >> 20} MiB" + ("" if is_usual else ", lines that end in LF"),
                   entries, targets, folder=folder)


def clear_with_lf(ground, size):
    return clear(ground, size, b"\n")


def opaque(ground, size):
    folder = ground.enter("w4-opaque")
    w, root, alice = people(ground)
    with open(folder / "mail.eml", "wb") as out, open(folder / "content.p7m", "wb") as bare:
        out.write(mime.headers([*w.fields("Alice <alice@example.com>"), ("MIME-Version", "1.0"),
                                ("Content-Type", 'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'),
                                ("Content-Transfer-Encoding", "base64")]) + b"\r\n")
        left = b""
        for piece in opaque_pieces(w, alice, size):
            bare.write(piece)
            whole = len(left + piece) // 57 * 57
            out.write(base64.encodebytes((left + piece)[:whole]).replace(b"\n", b"\r\n"))
            left = (left + piece)[whole:]
        out.write(base64.encodebytes(left).replace(b"\n", b"\r\n"))
    with open(folder / "mail.eml", "rb") as written:
        offset = written.read(4096).index(b"\r\n\r\n") + 4
    ground.write("jobs", decoding(folder / "mail.eml", offset))
    entries = [Entry("limit", ground.limit(), note="base64 decoded, and one hash over what it holds"),
               Entry("signet", [*ours(ground), "mail.eml"], says="GOOD", limit_s=900),
               Entry("openssl", ["openssl", "cms", "-verify", "-in", "mail.eml", "-CAfile", "openssl.pem", "-attime", str(EPOCH),
                                 "-out", "/dev/null"], says="successful", limit_s=300),
               *others(ground, root, ["content.p7m"], ["content.p7m"], ["content.p7m"])]
    targets = [Target("at most 1.1 x limit", 1.1, "limit"), Target("at most 8 MB private", 8, figure="private_mb")]
    return Contest("W4 opaque", f"opaque-signed, base64, of {size >> 20} MiB", entries, targets, folder=folder)


def contests(ground, full):
    """Each is made when the one before is over, and takes its place: they are large."""
    size = ground.variety.size((1 << 30) if full else (64 << 20), "w4")
    for make in (clear, clear_with_lf, opaque):
        contest = make(ground, size)
        yield contest
        shutil.rmtree(contest.folder)
