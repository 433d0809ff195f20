# SPDX-License-Identifier: Apache-2.0
"""Ready-made certificates, CRLs and mails, so that a test states only what is special about it.

A `World` hands out entities whose defaults are right: names `O=Example, CN=…`, P-256 keys, ten years of validity
around the fixed now, the extensions of RFC 5280. Everything can be overridden by keyword; `ext` replaces single
extensions by name (None removes one) and `extra` appends. Serials count up from 1000 in each world.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from . import attribute_certificate, certificate, cms, crl, digests, keys, mime, names
from . import extensions as x
from . import general_names as gn
from .times import NOW, days


@dataclass(eq=False)
class Entity:
    """Somebody with a key, and the certificate that names it."""

    name: str
    key: keys.Key
    cert: bytes
    subject: bytes
    issuer_name: bytes
    serial: object
    issuer: "Entity" = None
    is_ca: bool = False
    emails: tuple = ()
    scheme: object = None
    world: "World" = field(default=None, repr=False)

    @property
    def ski(self):
        return self.key.key_identifier()

    @property
    def sha256(self):
        return digests.digest("sha256", self.cert).hex()

    @property
    def pem(self):
        return keys.pem("CERTIFICATE", self.cert)

    def chain(self):
        """This certificate and those above it, without the self-signed top."""
        found, one = [], self
        while one is not None and one.issuer is not one:
            found.append(one)
            one = one.issuer
        return found

    def top(self):
        """The self-signed certificate at the end of the chain."""
        one = self
        while one.issuer is not one:
            one = one.issuer
        return one


@dataclass(eq=False)
class Crl:
    der: bytes
    issuer: Entity
    name: str

    @property
    def pem(self):
        return keys.pem("X509 CRL", self.der)


def key_algorithm_suits(key, bits):
    """The key usages of `bits` that this key can have at all: an EC key cannot encipher."""
    return bits if isinstance(key, keys.RsaKey) else [bit for bit in bits if bit != "keyEncipherment"]


class World:
    """A closed set of entities. `keys` names the kind of key entities get if a case does not care."""

    now = NOW

    def __init__(self, key_kind="p256"):
        self.key_kind = key_kind
        self.entities, self.made_crls = [], []
        self._serial = 999

    # --- entities

    def next_serial(self):
        self._serial += 1
        return self._serial

    def key_for(self, name):
        """A key of its own for every name; RSA keys are few, so they go round."""
        if self.key_kind.startswith("rsa"):
            fitting = [one for one in keys.names() if one.startswith(self.key_kind + "-0") or
                       one.startswith(self.key_kind + "-1")]
            return keys.get(fitting[len(self.entities) % len(fitting)])
        return keys.get(f"{self.key_kind}:{name}")

    def root(self, name="Root", **changes):
        """A self-signed CA, usually the anchor."""
        changes.setdefault("ext", {})
        changes["ext"] = {"authorityKeyIdentifier": None, **changes["ext"]}
        return self.certificate(name, None, ca=True, **changes)

    def ca(self, name, issuer, path_len=None, **changes):
        """An intermediate under `issuer`."""
        return self.certificate(name, issuer, ca=True, path_len=path_len, **changes)

    def self_issued(self, ca, new_key=None, name=None, **changes):
        """A rollover certificate of `ca`: the same name as issuer and subject, signed with its key.

        `new_key` names the key certified; without it a key of its own.
        """
        label = name or f"{ca.name} new"
        return self.certificate(label, ca, ca=True, subject=ca.subject, key=new_key or self.key_for(label), **changes)

    def cross(self, ca, issuer, **changes):
        """Another certificate for the same name and key as `ca`, from another issuer."""
        return self.certificate(f"{ca.name} by {issuer.name}", issuer, ca=True, subject=ca.subject, key=ca.key,
                                **changes)

    def end_entity(self, name, issuer, email="", emails=(), **changes):
        """A person with signing key usage, emailProtection and mail addresses in the SAN.

        Who is given neither gets one from the name (`alice@example.com`); `email=None` means no address.
        """
        if email == "" and not emails:
            email = f"{name.lower().replace(' ', '.')}@example.com"
        addresses = tuple(emails) + ((email,) if email else ())
        return self.certificate(name, issuer, emails=addresses, **changes)

    def line(self, root=None, ca=None, ee=None):
        """(root, CA, end entity), each with the given changes."""
        top = self.root(**(root or {}))
        middle = self.ca("CA", top, **(ca or {}))
        return top, middle, self.end_entity("Alice", middle, **(ee or {}))

    def certificate(self, name, issuer, *, ca=False, path_len=None, emails=(), key=None, subject=None, issuer_name=None,
                    serial=None, ext=None, extra=(), extensions="default", signer_key=None, scheme=None,
                    not_before=None, not_after=None, **fields):
        """Any certificate. `issuer=None` makes it self-signed. Further fields go to `certificate.build`."""
        key = keys.get(key) if key else self.key_for(name)
        subject = names.example(name) if subject is None else subject
        serial = self.next_serial() if serial is None else serial
        upper = issuer.subject if issuer else subject
        signer = keys.get(signer_key) if signer_key else (issuer.key if issuer else key)
        if extensions == "default":
            extensions = self.default_extensions(key, issuer.key if issuer else key, ca, path_len, emails, subject)
            extensions = [one for one in {**extensions, **(ext or {})}.values() if one is not None] + list(extra)
        octets = certificate.build(
            subject=subject, issuer=upper if issuer_name is None else issuer_name, key=key, signer_key=signer,
            serial=serial, extensions=extensions, scheme=scheme or (issuer.scheme if issuer else None),
            not_before=not_before or days(-365), not_after=not_after or days(3650), **fields)
        entity = Entity(name, key, octets, subject, issuer_name or upper, serial, issuer, ca, tuple(emails), None, self)
        if issuer is None:
            entity.issuer = entity
        self.entities.append(entity)
        return entity

    @staticmethod
    def default_extensions(key, issuer_key, ca, path_len, emails, subject):
        """{name: extension} of a certificate nobody could object to."""
        members = {}
        if ca:
            members["basicConstraints"] = x.basic_constraints(True, path_len)
            members["keyUsage"] = x.key_usage("keyCertSign", "cRLSign")
        else:
            bits = key_algorithm_suits(key, ["digitalSignature", "nonRepudiation"])
            members["keyUsage"] = x.key_usage(*bits)
            members["extKeyUsage"] = x.ext_key_usage("emailProtection")
        members["subjectKeyIdentifier"] = x.subject_key_identifier(key.key_identifier())
        members["authorityKeyIdentifier"] = x.authority_key_identifier(issuer_key.key_identifier())
        if emails:
            members["subjectAltName"] = x.subject_alt_name(*map(gn.email, emails), critical=subject == names.EMPTY)
        return members

    # --- CRLs

    def revocation(self, who, date=None, reason=None, extensions=None):
        """A CRL entry for an entity or a serial."""
        serial = who.serial if isinstance(who, Entity) else who
        members = list(extensions or [])
        if reason is not None:
            members.append(x.reason_code(reason))
        return crl.entry(serial, date or days(-10), members or None)

    def crl(self, ca, revoked=(), *, number=1, ext=None, extra=(), extensions="default", signer_key=None, at=NOW,
            this_update=None, next_update="default", issuer_name=None, name=None, entries=None, version=crl.V2,
            register=True, scheme=None, **fields):
        """A CRL of `ca`, current at the moment `at`. `revoked` lists entities, serials or encoded entries. It counts
        as the CRL of that CA for `crls="all"` unless `register=False`."""
        listed = entries
        if listed is None:
            listed = [one if isinstance(one, bytes) else self.revocation(one) for one in revoked]
        signer = keys.get(signer_key) if signer_key else ca.key
        if extensions == "default":
            members = {"authorityKeyIdentifier": x.authority_key_identifier(signer.key_identifier()),
                       "cRLNumber": x.crl_number(number)}
            extensions = [one for one in {**members, **(ext or {})}.values() if one is not None] + list(extra)
            if version != crl.V2 and not ext and not extra:
                extensions = None
        octets = crl.build(
            issuer=issuer_name or ca.subject, signer_key=signer, this_update=this_update or at - timedelta(days=1),
            next_update=at + timedelta(days=30) if next_update == "default" else next_update, entries=listed,
            extensions=extensions, version=version, scheme=scheme or ca.scheme, **fields)
        made = Crl(octets, ca, name or f"{ca.name}-{len(self.made_crls)}")
        if register:
            self.made_crls.append(made)
        return made

    def all_crls(self, at=NOW):
        """The CRLs made so far, and for every CA that has none an empty one current at the moment `at`."""
        done = {(one.issuer.subject, one.issuer.key.name) for one in self.made_crls}
        found = list(self.made_crls)
        for ca in [one for one in self.entities if one.is_ca]:
            if (ca.subject, ca.key.name) not in done and not isinstance(ca.key, keys.PublicKey):
                done.add((ca.subject, ca.key.name))
                found.append(self.crl(ca, register=False, name=ca.name, at=at))
        return found

    # --- attribute certificates

    def attribute_certificate(self, holder, issuer, /, **changes):
        """A version 2 attribute certificate naming its holder by issuer and serial."""
        fields = dict(holder=attribute_certificate.holder_by_certificate(holder.issuer_name, holder.serial),
                      issuer_name=issuer.subject, signer_key=issuer.key, serial=self.next_serial(),
                      not_before=days(-10), not_after=days(10))
        return attribute_certificate.build(**{**fields, **changes})

    # --- mail

    @staticmethod
    def micalg(signer, digest=None):
        """What a careful sender writes for this signer: RFC 8551, 3.5.3.2 and RFC 8419."""
        key = signer.key if isinstance(signer, Entity) else None
        if isinstance(key, keys.EdwardsKey):
            digest = {"ed25519": "sha512", "ed448": "shake256"}[key.kind]
        name = digest or "sha256"
        return f"sha-{name[3:]}" if name.startswith("sha") and name[3:].isdigit() else name

    def fields(self, from_=None, to="bob@example.org", subject="A test", **more):
        """The usual header fields; None drops one, and names are written with - for _."""
        fields = {"From": from_, "To": to, "Subject": subject, "Date": "Mon, 01 Jun 2026 11:00:00 +0000",
                  "Message-ID": "<1@example.com>"}
        fields.update({name.replace("_", "-"): value for name, value in more.items()})
        return [(name, value) for name, value in fields.items() if value is not None]

    def certificates_of(self, *signers):
        """The certificates a sender includes: every chain without its root, each once."""
        chosen = []
        for signer in signers:
            chosen += [one.cert for one in signer.chain() if one.cert not in chosen]
        return chosen

    def signature(self, content, signers, *, detached=True, certs="chain", crls=(), data=None, **options):
        """SignedData over canonical `content`. `signers` are entities or ready SignerInfos, `certs` "chain", "none"
        or a list of entities or octets; `data` goes to `cms.signed_data`, the rest to each `cms.signer_info`."""
        signers = signers if isinstance(signers, (list, tuple)) else [signers]
        infos = [one if isinstance(one, bytes) else cms.signer_info(one, content, **options) for one in signers]
        if certs == "chain":
            certs = self.certificates_of(*(one for one in signers if isinstance(one, Entity)))
        elif certs == "none":
            certs = []
        octets = [one.cert if isinstance(one, Entity) else one for one in certs]
        revocation = [one.der if isinstance(one, Crl) else one for one in crls]
        return cms.signed_data(infos, None if detached else content, certificates=octets, crls=revocation,
                               content_type=options.get("content_type", "data"), **(data or {}))

    def signed_mail(self, signer, from_=None, *, form="detached", part=None, text=None, fields=None, line_ends="crlf",
                    mime_options=None, alter=None, **options):
        """A whole signed message.

        `form`: "detached" (multipart/signed), "opaque" or "octet-stream". `part` is the entity signed, or `text` its
        body. `alter(octets)` changes the part after signing. `fields` replaces the message's header fields.
        """
        part = part or (mime.text(text) if text is not None else mime.text())
        detached = form == "detached"
        signature = self.signature(mime.canonical(part), signer, detached=detached, **options)
        first = signer[0] if isinstance(signer, (list, tuple)) else signer
        if detached:
            chosen = {"micalg": self.micalg(first, options.get("digest")), **(mime_options or {})}
            body = mime.multipart_signed(alter(part) if alter else part, signature, **chosen)
        else:
            body = {"opaque": mime.opaque, "octet-stream": mime.octet_stream}[form](signature, **(mime_options or {}))
        if from_ is None and isinstance(first, Entity) and first.emails:
            from_ = f"{first.name} <{first.emails[0]}>"
        return mime.line_ends(mime.message(self.fields(from_) if fields is None else fields, body), line_ends)
