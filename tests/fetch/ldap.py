#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Directories: slapd with the schemas that Debian gives it, and servers that are none."""

import base64
import os
import signal
import time
from pathlib import Path

from yard import Nasty, Service, differs, free_port, hang, main, program, response, skip_all

from pki.world import World

SCHEMAS = Path("/etc/ldap/schema")
MODULES = [Path("/usr/lib/ldap"), Path("/usr/lib/openldap"), Path("/usr/libexec/openldap")]


def ldif(dn, **attributes):
    lines = [f"dn: {dn}"]
    for name, values in attributes.items():
        for value in values if isinstance(values, list) else [values]:
            name = name.replace("_binary", ";binary")
            lines.append(f"{name}:: {base64.b64encode(value).decode()}" if isinstance(value, bytes) else f"{name}: {value}")
    return "\n".join(lines) + "\n\n"


class Directory:
    def __init__(self, yard, name, suffix, entries, more="", before=""):
        slapd = program("slapd")
        modules = next((path for path in MODULES if path.is_dir()), None)
        if not SCHEMAS.is_dir() or modules is None:
            skip_all("no schemas of OpenLDAP's")
        self.folder = yard.folder / name
        (self.folder / "data").mkdir(parents=True)
        self.port, self.tls_port = free_port(), free_port()
        conf = "".join(f"include {SCHEMAS}/{schema}.schema\n" for schema in ("core", "cosine", "inetorgperson"))
        conf += f"modulepath {modules}\nmoduleload back_mdb\npidfile {self.folder}/pid\n{before}"
        conf += f'database mdb\nsuffix "{suffix}"\ndirectory {self.folder}/data\nmaxsize 67108864\nrootdn "cn=admin,{suffix}"\n{more}'
        (self.folder / "conf").write_text(conf)
        (self.folder / "ldif").write_text(entries)
        run = [program("slapadd"), "-f", self.folder / "conf", "-l", self.folder / "ldif"]
        import subprocess
        loaded = subprocess.run(run, capture_output=True, text=True, check=False)
        if loaded.returncode != 0:
            raise RuntimeError(f"slapadd: {loaded.stderr}")
        listen = f"ldap://127.0.0.1:{self.port}/" + (f" ldaps://127.0.0.1:{self.tls_port}/" if "TLS" in before else "")
        self.service = yard.keep(Service([slapd, "-d", "0", "-f", self.folder / "conf", "-h", listen], self.port, self.folder))

    def url(self, rest, scheme="ldap"):
        return f"{scheme}://127.0.0.1:{self.tls_port if scheme == 'ldaps' else self.port}/{rest}"


def declare(plan, yard):
    world = World()
    root = world.root()
    alice, bob = world.end_entity("Alice", root), world.end_entity("Bob", root)
    crl, other = world.crl(root, [bob]).der, world.crl(root, number=2).der
    p7 = b"\x30\x80 not looked at by the directory"
    ca = yard.certificate("slapd")
    tls = f"TLSCertificateFile {ca}\nTLSCertificateKeyFile {ca.with_suffix('.key')}\n"
    base = "dc=example,dc=com"
    person = ["inetOrgPerson", "organizationalPerson", "person"]
    entries = ldif(base, objectClass=["dcObject", "organization"], dc="example", o="Example")
    entries += ldif(f"cn=CA,{base}", objectClass=["applicationProcess", "pkiCA", "deltaCRL"], cn="CA", cACertificate_binary=root.cert,
                    certificateRevocationList_binary=crl, authorityRevocationList_binary=other, deltaRevocationList_binary=other,
                    crossCertificatePair_binary=b"\x30\x00")
    entries += ldif(f"cn=Alice,{base}", objectClass=person, cn="Alice", sn="A", mail="alice@example.com", userPassword="secret",
                    userCertificate_binary=[alice.cert, bob.cert], userSMIMECertificate=p7)
    entries += ldif(f"cn=Bob (Jr) *,{base}", objectClass=person, cn="Bob (Jr) *", sn="B", mail="b*b@example.com",
                    userCertificate_binary=bob.cert)
    entries += ldif(f"cn=Carol,{base}", objectClass=person, cn="Carol", sn="C", mail="carol@example.com")
    entries += ldif(f"cn=Big,{base}", objectClass=person, cn="Big", sn="B", userSMIMECertificate=bytes(300000))
    many = "".join(ldif(f"cn=N{i},ou=many,{base}", objectClass=person, cn=f"N{i}", sn="N", mail="many@example.com",
                        userCertificate_binary=bob.cert) for i in range(120))
    entries += ldif(f"ou=many,{base}", objectClass="organizationalUnit", ou="many") + many
    slapd = Directory(yard, "slapd", base, entries, before=tls)

    def url_of(path):
        return slapd.url(path.replace(" ", "%20"))

    @plan.add("D-RET-2 A-4-2 A-4-1", "certificates of an address, in both attributes, by the names of the schema")
    def _():
        answer = yard.one("ldap", slapd.url(base), "alice@example.com")
        return differs(answer, "done", values=[("userCertificate", alice.cert), ("userCertificate", bob.cert), ("userSMIMECertificate", p7)])

    @plan.add("D-RET-2", "an address without certificate, one that is not there, a base that is not there")
    def _():
        wrong = differs(yard.one("ldap", slapd.url(base), "carol@example.com"), "absent", "attribute")
        wrong += differs(yard.one("ldap", slapd.url(base), "nobody@example.com"), "absent")
        return wrong + differs(yard.one("ldap", slapd.url("dc=none," + base), "alice@example.com"), "absent", "no such entry")

    @plan.add("D-RET-2", "an address is a value of the filter, whatever stands in it")
    def _():
        wrong = differs(yard.one("ldap", slapd.url(base), "b*b@example.com"), "done", values=[("userCertificate", bob.cert)])
        wrong += differs(yard.one("ldap", slapd.url(base), "*@example.com"), "absent")
        for address in ("*", "x)(mail=*", '"x)(mail=*"@example.com', "alice@example.com)(cn=*", "\\2a@example.com"):
            answer = yard.one("ldap", slapd.url(base), address)
            wrong += [] if answer["outcome"] in ("refused", "absent") else [f"{address}: {answer}"]
        return wrong

    @plan.add("D-RET-2", "more entries than are asked for: those that came")
    def _():
        answer = yard.one("ldap", slapd.url(base), "many@example.com")
        return differs(answer, "done") + ([] if len(answer["values"]) == 100 else [f"{len(answer['values'])} values"])

    @plan.add("D-RET-2", "URLs of CRL distribution points and of authority information access")
    def _():
        entry = f"cn=CA,{base}"
        wrong = differs(yard.one("url", slapd.url(f"{entry}?certificateRevocationList;binary?base?(objectClass=pkiCA)")), "done",
                        values=[("certificateRevocationList", crl)])
        wrong += differs(yard.one("url", slapd.url(f"{entry}?CERTIFICATEREVOCATIONLIST")), "done", values=[("certificateRevocationList", crl)])
        wrong += differs(yard.one("url", slapd.url(f"{entry}?cACertificate,crossCertificatePair;binary")), "done",
                         values=[("cACertificate", root.cert), ("crossCertificatePair", b"\x30\x00")])
        wrong += differs(yard.one("url", slapd.url(f"{entry}?deltaRevocationList;binary")), "done", values=[("deltaRevocationList", other)])
        return wrong + differs(yard.one("url", slapd.url(entry)), "done", values=[
            ("cACertificate", root.cert), ("certificateRevocationList", crl), ("authorityRevocationList", other),
            ("deltaRevocationList", other), ("crossCertificatePair", b"\x30\x00")])

    @plan.add("D-RET-2 D-REV-4", "nothing is asked for but certificates and CRLs")
    def _():
        wrong = []
        for attributes in ("userPassword", "*", "+", "cACertificate,userPassword", "mail"):
            wrong += differs(yard.one("url", slapd.url(f"cn=Alice,{base}?{attributes}")), "refused", "attribute")
        return wrong

    @plan.add("D-RET-2", "blanks in a URL are escaped, and a filter that is none has failed")
    def _():
        wrong = differs(yard.one("url", url_of(f"cn=Bob (Jr) *,{base}?userCertificate")), "done", values=[("userCertificate", bob.cert)])
        wrong += differs(yard.one("url", slapd.url(f"{base}?userCertificate?sub?(((")), "failed")
        return wrong + differs(yard.one("url", slapd.url(f"{base}?userCertificate?sub?(mail=alice@example.com)")), "done")

    @plan.add("D-RET-2 D-REV-4", "no host, credentials, critical extensions, other schemes")
    def _():
        wrong = differs(yard.one("url", "ldap:///cn=CA?certificateRevocationList"), "refused", "no host")
        wrong += differs(yard.one("url", f"ldap://a:b@127.0.0.1:{slapd.port}/"), "refused", "credentials")
        wrong += differs(yard.one("url", slapd.url(f"{base}????!bindname=cn=admin")), "refused", "critical")
        return wrong + differs(yard.one("ldap", f"ldapi://%2Ftmp%2F/{base}", "alice@example.com"), "refused")

    @plan.add("D-RET-2", "ldaps under a CA that is believed, not under the system's")
    def _():
        wrong = differs(yard.one("--ca", ca, "url", slapd.url(f"cn=CA,{base}?cACertificate", "ldaps")), "done", values=[("cACertificate", root.cert)])
        return wrong + differs(yard.one("url", slapd.url(f"cn=CA,{base}?cACertificate", "ldaps")), "failed")

    @plan.add("D-RET-2", "StartTLS: required with a certificate that is believed; tried with any; never")
    def _():
        url = slapd.url(f"cn=CA,{base}?cACertificate")
        wrong = differs(yard.one("--ldap-tls", "require", "--ca", ca, "url", url), "done")
        wrong += differs(yard.one("--ldap-tls", "require", "url", url), "failed")
        wrong += differs(yard.one("--ldap-tls", "try", "url", url), "done")
        return wrong + differs(yard.one("--ldap-tls", "never", "url", url), "done")

    @plan.add("D-RET-2", "StartTLS is really used: a directory that wants it")
    def _():
        strict = Directory(yard, "strict", base, entries[:entries.index("dn: cn=Alice")], before=tls, more="security tls=1\n")
        url = strict.url(f"cn=CA,{base}?cACertificate")
        wrong = differs(yard.one("--ldap-tls", "try", "url", url), "done", values=[("cACertificate", root.cert)])
        return wrong + differs(yard.one("--ldap-tls", "never", "url", url), "failed", "confidentiality")

    plain = Directory(yard, "plain", "dc=example,dc=org", ldif("dc=example,dc=org", objectClass=["dcObject", "organization"], dc="example",
                      o="x") + ldif("cn=CA,dc=example,dc=org", objectClass=["applicationProcess", "pkiCA"], cn="CA", cACertificate_binary=root.cert)
                      + ldif("dc=away,dc=example,dc=org", objectClass=["referral", "extensibleObject"], dc="away", ref=slapd.url(base)),
                      before=f"referral ldap://127.0.0.1:{slapd.port}/\n")

    @plan.add("D-RET-2", "a directory without TLS: tried is well, required has failed")
    def _():
        url = plain.url("cn=CA,dc=example,dc=org?cACertificate")
        wrong = differs(yard.one("url", url), "done", values=[("cACertificate", root.cert)])
        return wrong + differs(yard.one("--ldap-tls", "require", "url", url), "failed")

    @plan.add("D-RET-2 D-REV-4", "referrals are followed as redirects are: told, and no more than may be")
    def _():
        url = plain.url(f"cn=CA,{base}?certificateRevocationList")
        wrong = differs(yard.one("url", url), "done", values=[("certificateRevocationList", crl)], final_url=f"ldap://127.0.0.1:{slapd.port}")
        wrong += differs(yard.one("--redirects", 0, "url", url), "refused", "referrals", f"127.0.0.1:{slapd.port}")
        wrong += differs(yard.one("ldap", plain.url("dc=example,dc=org"), "alice@example.com"), "done")
        return wrong

    def said(answer):
        """An LDAP server that gives this message, as octets after its number, to whatever it is asked."""
        def behave(connection):
            while True:
                asked = connection.recv(65536)
                if not asked:
                    return
                number = asked[asked.index(b"\x02") + 2]
                message = b"\x02\x01" + bytes([number]) + answer
                connection.sendall(b"\x30\x82" + len(message).to_bytes(2, "big") + message)
        return yard.keep(Nasty(behave))

    def referral(url):
        url = url.encode()
        body = b"\x0a\x01\x0a\x04\x00\x04\x00\xa3" + bytes([len(url) + 2]) + b"\x04" + bytes([len(url)]) + url
        return b"\x65" + bytes([len(body)]) + body

    @plan.add("D-RET-2 D-REV-4", "referrals to other schemes, to credentials, to where they came from")
    def _():
        wrong, never = [], ("--ldap-tls", "never")
        for to in ("ldapi://%2Ftmp%2Fx/", "http://127.0.0.1/", "ldap://a:b@127.0.0.1/", "ldap:///cn=x", "file:///etc/passwd", "x"):
            server = said(referral(to))
            wrong += differs(yard.one(*never, "url", f"ldap://127.0.0.1:{server.port}/cn=x"), "refused", "referred to")
        loop = said(b"")
        loop.answer = referral(f"ldap://127.0.0.1:{loop.port}/")
        loop.behave = said(referral(f"ldap://127.0.0.1:{loop.port}/")).behave
        return wrong + differs(yard.one(*never, "url", f"ldap://127.0.0.1:{loop.port}/cn=x"), "refused", "5 referrals")

    @plan.add("D-RET-2 D-REV-4", "loopback and private addresses are not connected")
    def _():
        wrong = []
        server = yard.keep(Nasty(hang))
        for host in ("127.0.0.1", "localhost", "[::1]", "127.1"):
            wrong += differs(yard.one("url", f"ldap://{host}:{server.port}/cn=x", private=False), "refused", "address")
        wrong += differs(yard.one("ldap", "ldap://10.1.2.3/dc=x", "a@example.com", private=False), "refused", "private")
        return wrong + ([f"{server.num_open} connections"] if server.num_open else [])

    soon = ("--timeout", 400)

    @plan.add("D-RET-2", "nobody listens, no such host")
    def _():
        wrong = differs(yard.one("url", f"ldap://127.0.0.1:{free_port()}/cn=x"), "failed", "refused")
        return wrong + differs(yard.one("url", "ldap://no-such-host.invalid/cn=x"), "failed", "no-such-host.invalid")

    @plan.add("D-RET-2", "a server that hangs, before and within TLS")
    def _():
        server = yard.keep(Nasty(hang))
        wrong = []
        for choice in ("never", "try", "require"):
            wrong += differs(yard.one(*soon, "--ldap-tls", choice, "url", f"ldap://127.0.0.1:{server.port}/cn=x"), "timed-out")
        return wrong + differs(yard.one(*soon, "url", f"ldaps://127.0.0.1:{server.port}/cn=x"), "timed-out")

    def bad(title, octets, *outcomes):
        @plan.add("D-RET-2", title)
        def _():
            def behave(connection):
                connection.recv(65536)
                try:
                    for _ in range(10000):
                        connection.sendall(octets)
                        if len(octets) < 1000:
                            break
                finally:
                    connection.close()
            server = yard.keep(Nasty(behave))
            answer = yard.one("--timeout", 2000, "--ldap-tls", "never", "--max-bytes", 100000, "url", f"ldap://127.0.0.1:{server.port}/cn=x")
            return [] if answer["outcome"] in outcomes and answer["reason"] and not answer["values"] else [str(answer)]

    bad("a server that closes", b"", "failed")
    bad("what is not LDAP", response(body=b"web"), "failed", "timed-out")
    bad("a length without end", b"\x30\x84\x7f\xff\xff\xff" + b"\x00" * 60000, "too-large")
    bad("an indefinite length", b"\x30\x80\x02\x01", "failed", "too-large", "timed-out")
    bad("half a message", b"\x30\x20\x02\x01\x01", "failed", "timed-out")

    @plan.add("D-RET-2", "values beyond the maximum are too large, and so is a message far beyond it")
    def _():
        wrong = differs(yard.one("--max-bytes", len(crl) - 1, "url", slapd.url(f"cn=CA,{base}?certificateRevocationList")), "too-large")
        far = yard.one("--max-bytes", 1000, "url", slapd.url(f"cn=Big,{base}?userSMIMECertificate"))
        wrong += differs(far, "too-large", "1000 octets")
        return wrong + differs(yard.one("url", slapd.url(f"cn=Big,{base}?userSMIMECertificate")), "done", values=None)

    @plan.add("D-RET-2", "a directory that is stopped in the middle, and one that is killed")
    def _():
        process = plain.service.process
        process.send_signal(signal.SIGSTOP)
        asked = yard.start("--timeout", 60000, "--ldap-tls", "never", "url", plain.url("cn=CA,dc=example,dc=org?cACertificate"))
        time.sleep(0.5)  # on its way; whatever is true by then, the answer is the same
        os.kill(process.pid, signal.SIGKILL)
        out, _ = asked.communicate(timeout=60)
        return [] if '"failed"' in out and '"pending": 0' in out else [out]

    @plan.add("D-RET-2", "fifty that hang: the caller's deadline ends it")
    def _():
        server = yard.keep(Nasty(hang))
        words = [word for i in range(50) for word in ("url", f"ldap://127.0.0.1:{server.port}/cn={i}")]
        answers = yard.fetch("--deadline", 500, "--rounds", 2, *words)
        return [] if answers.pending == [50, 50] and not answers else [str(answers.pending), str(answers)[:300]]


if __name__ == "__main__":
    main(declare)
