# SPDX-License-Identifier: Apache-2.0
"""Checks what the generator makes against another implementation, where one is installed (TAP on standard output)."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pki import cms, der, elliptic, keys, md2, sign  # noqa: E402
from pki import cms_attributes as a  # noqa: E402
from pki import extensions as x  # noqa: E402
from pki import general_names as gn  # noqa: E402
from pki.crl import V1  # noqa: E402
from pki.world import World  # noqa: E402

OPENSSL = shutil.which("openssl")
CHECKS = []


def check(needs_openssl=True):
    def add(function):
        CHECKS.append((function.__doc__.strip(), needs_openssl, function))
        return function
    return add


def openssl(*arguments, stdin=None):
    """(success, output) of one run with no security level in the way."""
    done = subprocess.run([OPENSSL, *arguments], input=stdin, capture_output=True, timeout=60, check=False)
    return done.returncode == 0, (done.stdout + done.stderr).decode("utf-8", "replace")


def in_files(**contents):
    folder = Path(tempfile.mkdtemp(prefix="signet-pki-"))
    for name, octets in contents.items():
        (folder / name).write_bytes(octets)
    return folder


def key_verifies(key_name, scheme, message=b"to be signed", options=()):
    """Whether openssl accepts a bare signature."""
    key = keys.get(key_name)
    folder = in_files(pub=key.spki(), sig=scheme.sign(key, message), msg=message)
    try:
        return openssl("pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", str(folder / "pub"), "-sigfile",
                       str(folder / "sig"), "-rawin", "-in", str(folder / "msg"), *options)
    finally:
        shutil.rmtree(folder)


def digest_options(digest):
    return ("-digest", digest)


def add_signature_checks():
    plain = [("rsa2048-01", f"{d}-rsa") for d in ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")]
    plain += [(f"rsa{size}-1", "sha256-rsa") for size in (512, 1024, 1536, 3072, 4096, 8192)]
    plain += [("rsa2048-e3", "sha256-rsa"), ("rsa511-1", "sha1-rsa")]
    plain += [("dsa1024-a/1", "sha1-dsa"), ("dsa1024-b/2", "sha1-dsa"), ("dsa2048-a/3", "sha256-dsa")]
    plain += [("p256:x", "sha256-ecdsa"), ("p256:x", "sha1-ecdsa"), ("p384:x", "sha384-ecdsa"),
              ("p521:x", "sha512-ecdsa")]
    for key, name in plain:
        scheme = sign.named(name)
        def run(key=key, scheme=scheme):
            return key_verifies(key, scheme, options=digest_options(scheme.digest))
        run.__doc__ = f"{name} with {key} verifies"
        check()(run)
    for kind in ("ed25519", "ed448"):
        def run_eddsa(kind=kind):
            return key_verifies(f"{kind}:x", sign.named(kind))
        run_eddsa.__doc__ = f"{kind} verifies"
        check()(run_eddsa)
    for digest, salt in (("sha1", 20), ("sha256", 32), ("sha512", 0), ("sha384", 48)):
        def run_pss(digest=digest, salt=salt):
            return key_verifies("rsa2048-01", sign.pss(digest, salt=salt), options=digest_options(digest) + (
                "-pkeyopt", "rsa_padding_mode:pss", "-pkeyopt", f"rsa_pss_saltlen:{salt}"))
        run_pss.__doc__ = f"RSASSA-PSS with {digest} and {salt} octets of salt verifies"
        check()(run_pss)
    for name, block in (("garbage behind the DigestInfo", sign.pad_with_garbage), ("block type 2", sign.pad_type_2)):
        def run_bad(block=block):
            good, text = key_verifies("rsa2048-01", sign.rsa(block=block), options=digest_options("sha256"))
            return not good, text
        run_bad.__doc__ = f"RSA with {name} is refused"
        check()(run_bad)


@check(needs_openssl=False)
def md2_vectors():
    """MD2 gives the values of RFC 1319"""
    return md2.digest(b"abc").hex() == "da853b0d3f88d99b30283a69e6ded6bb", ""


@check(needs_openssl=False)
def every_key_is_sound():
    """Every RSA key signs and verifies with its own numbers, every EC point lies on its curve"""
    for name in keys.names():
        key = keys.get(name)
        if key.p and pow(key.raw(12345), key.e, key.n) != 12345:
            return False, name
    for kind in elliptic.CURVES:
        key = keys.get(f"{kind}:x")
        if not key.curve.contains(key.point()):
            return False, kind
    return True, ""


@check(needs_openssl=False)
def forged_signature():
    """The e=3 forgery begins like a right block and is none"""
    key, scheme = keys.get("rsa2048-e3"), sign.forged_e3()
    cube = pow(int.from_bytes(scheme.sign(key, b"m"), "big"), 3, key.n).to_bytes(256, "big")
    right = sign.pad(sign.digest_info("sha256", b"m"), 256)
    return cube.startswith(b"\x00\x01\xff\xff") and cube != right, cube.hex()


@check()
def private_keys():
    """Private keys are read, and have the public keys that are written"""
    for name in ("rsa2048-01", "dsa1024-a/1", "p256:x", "p521:x", "ed25519:x", "ed448:x", "x25519:x", "dh2048/1"):
        done = subprocess.run([OPENSSL, "pkey", "-pubout", "-outform", "DER"], input=keys.private_pem(name),
                              capture_output=True, timeout=60, check=False)
        if done.stdout != keys.get(name).spki():
            return False, f"{name}: {done.stderr.decode()}"
    return True, ""


def chain_verifies(world, options=()):
    root = world.root()
    ca = world.ca("CA", root, path_len=0)
    ee = world.end_entity("Alice", ca, email="alice@example.com")
    crls = b"".join(one.pem for one in world.all_crls())
    folder = in_files(root=root.pem, ca=ca.pem, ee=ee.pem, crls=crls)
    try:
        return openssl("verify", "-auth_level", "0", "-attime", "1780315200", "-crl_check_all", "-CRLfile",
                       str(folder / "crls"), "-CAfile", str(folder / "root"), "-untrusted", str(folder / "ca"),
                       "-purpose", "smimesign", "-x509_strict", *options, str(folder / "ee"))
    finally:
        shutil.rmtree(folder)


@check()
def default_chain():
    """A default chain with CRLs verifies strictly"""
    return chain_verifies(World())


@check()
def rsa_chain():
    """An RSA chain with CRLs verifies strictly"""
    return chain_verifies(World("rsa2048"))


@check()
def every_extension_prints():
    """A certificate with every extension is decoded"""
    world = World()
    root = world.root()
    everything = [
        x.issuer_alt_name(gn.uri("http://ca.example/")), x.certificate_policies(x.policy("1.2.3", x.cps("http://c/"),
                      x.user_notice("text", organization="Org", numbers=(1, 2)))),
        x.policy_mappings(("1.2.3", "1.2.4")), x.policy_constraints(0, 1), x.inhibit_any_policy(2),
        x.name_constraints([gn.email("example.com"), gn.ip("10.0.0.0/8")], [gn.directory((("C", "XX"),))]),
        x.crl_distribution_points(x.distribution_point([gn.uri("http://c/")], reasons=["keyCompromise"],
                                                       issuer=[gn.directory(root.subject)])),
        x.freshest_crl(x.distribution_point([gn.uri("http://d/")])),
        x.authority_info_access(("caIssuers", gn.uri("http://i/"))),
        x.subject_info_access(("caRepository", gn.uri("http://r/"))), x.private()]
    san = x.subject_alt_name(gn.email("a@b.c"), gn.smtp_utf8("ä@b.c"), gn.dns("b.c"), gn.ip("::1"), gn.uri("u:x"),
                             gn.registered_id("1.2.3"), gn.directory((("CN", "x"),)))
    ca = world.ca("CA", root, 3, ext={"subjectAltName": san}, extra=everything)
    good, text = openssl("x509", "-inform", "DER", "-noout", "-text", stdin=ca.cert)
    wanted = ("Path", "pathlen:3", "Permitted", "CPS: http://c/", "Inhibit", "Full Name", "Key Compromise", "IP Address")
    return good and all(word in text for word in wanted[1:]), text


@check()
def crls_print():
    """Complete, delta and indirect CRLs and a version 1 CRL are decoded"""
    world = World()
    root = world.root()
    made = [world.crl(root, [7], version=V1), world.crl(root, [world.revocation(8, reason="keyCompromise")],
            extra=[x.delta_crl_indicator(1)]),
            world.crl(root, [world.revocation(9, extensions=[x.certificate_issuer(gn.directory(root.subject))])],
                      extra=[x.issuing_distribution_point([gn.uri("http://c/")], indirect=True, reasons=["superseded"])])]
    for one in made:
        good, text = openssl("crl", "-inform", "DER", "-noout", "-text", stdin=one.der)
        if not good:
            return False, text
    return True, ""


def mail_verifies(message, root, options=()):
    folder = in_files(root=root.pem, mail=message)
    try:
        return openssl("cms", "-verify", "-in", str(folder / "mail"), "-CAfile", str(folder / "root"), "-attime",
                       "1780315200", "-auth_level", "0", "-out", str(folder / "out"), *options)
    finally:
        shutil.rmtree(folder)


def add_mail_checks():
    variants = {
        "detached": {}, "opaque": dict(form="opaque"), "detached with LF": dict(line_ends="lf"),
        "opaque BER": dict(form="opaque", data=dict(ber=True)),
        "subjectKeyIdentifier": dict(sid="ski"), "no signed attributes": dict(attributes=None),
        "sha512": dict(digest="sha512"),
    }
    for name, options in variants.items():
        for kind in ("p256", "rsa2048"):
            def run(options=options, kind=kind):
                world = World(kind)
                root = world.root()
                alice = world.end_entity("Alice", world.ca("CA", root), email="alice@example.com")
                return mail_verifies(world.signed_mail(alice, **options), root)
            run.__doc__ = f"a signed mail verifies: {name}, {kind}"
            check()(run)


@check()
def pss_mail():
    """A signed mail with RSASSA-PSS verifies"""
    world = World("rsa2048")
    root = world.root()
    alice = world.end_entity("Alice", root, email="alice@example.com")
    return mail_verifies(world.signed_mail(alice, scheme=sign.named("sha256-pss")), root)


@check()
def reversed_attributes():
    """Signed attributes sent unsorted verify where the digest is that of the octets sent (as openssl takes it)"""
    world = World()
    root = world.root()
    alice = world.end_entity("Alice", root, email="alice@example.com")
    return mail_verifies(world.signed_mail(alice, order="reversed", sign_as="sent"), root)


@check()
def altered_mail():
    """A mail changed after signing is refused"""
    world = World()
    root = world.root()
    alice = world.end_entity("Alice", root, email="alice@example.com")
    good, text = mail_verifies(world.signed_mail(alice, alter=lambda part: part.replace(b"Hello", b"Hallo")), root)
    return not good, text


@check()
def containers():
    """certs-only, five kinds of certificates, countersignatures and the other content types are decoded"""
    world = World()
    root = world.root()
    alice = world.end_entity("Alice", root, email="alice@example.com")
    info = cms.signer_info(alice, b"x")
    counter = cms.countersign(root, cms.signature_of(info))
    signer = cms.signer_info(alice, b"x", unsigned=[a.countersignature(counter)], add=[
        a.signing_certificate(alice), a.signing_certificate_v2(alice), a.smime_capabilities(), a.unknown()])
    ac = world.attribute_certificate(alice, root)
    for one in (cms.certs_only([root.cert], [world.crl(root).der]),
                cms.signed_data([signer], b"x", certificates=[alice.cert, cms.v2_attribute_certificate(ac)],
                                crls=[cms.other_crl()]),
                cms.enveloped_data(alice), cms.compressed_data(b"x")):
        good, text = openssl("cms", "-cmsout", "-print", "-noout", "-inform", "DER", stdin=one)
        if not good:
            return False, text
    return True, ""


@check(needs_openssl=False)
def reencoded():
    """BER written from DER has the same leaves"""
    value = der.sequence(der.integer(1), der.set_(der.utf8("x"), der.null()))
    return der.ber(value) == b"\x30\x80\x02\x01\x01\x31\x80\x0c\x01x\x05\x00\x00\x00\x00\x00", der.ber(value).hex()


def main():
    add_signature_checks()
    add_mail_checks()
    print(f"1..{len(CHECKS)}")
    failed = 0
    for number, (title, needs_openssl, function) in enumerate(CHECKS, 1):
        if needs_openssl and not OPENSSL:
            print(f"ok {number} - {title} # SKIP no openssl")
            continue
        good, text = function()
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {title}")
        if not good:
            print("".join(f"# {line}\n" for line in text.splitlines()[:20]), end="")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
