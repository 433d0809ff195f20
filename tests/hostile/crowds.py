# SPDX-License-Identifier: Apache-2.0
"""Messages with crowds of certificates around the signer's: what is looked for is found, and only that is read."""

from hostile.forge import Forge, Holder, size
from pki import mime
from runner import case

CROWD = size(20000, long=100000, sanitized=2000)

# Address space in MiB: of the program itself, of the message, and little more.
LITTLE = 64 + CROWD // 1000


class Scene:
    """Alice below a CA, and the CA's octets."""

    def __init__(self):
        self.forge, self.holder, root = Forge(), Holder("CA", 1), Holder("Root", 2)
        self.root, self.ca = self.forge.root(root), self.forge.issue(self.holder, root)
        self.top = root
        self.alice = self.forge.person(self.holder)

    def crowd(self, make):
        """What `make` makes of each number, around the chain."""
        certs = [make(number).cert for number in range(CROWD)]
        return [*certs[:CROWD // 2], self.ca.cert, self.alice.cert, *certs[CROWD // 2:]]

    def double_of_alice(self, number, email=None):
        """With her serial number and address, another name and key; shorter, so that a SET has it before hers."""
        self.forge._serial = self.alice.serial - 1
        return self.forge.issue(Holder(f"{number:x}", 3 + number % 200), self.holder, ca=False, email=email or self.alice.emails[0])


def verify(w, scene, certs, *, memory, sid="issuer", **expected):
    part = mime.text()
    signature = w.signature(mime.canonical(part), scene.alice, certs=certs, sid=sid)
    entity = mime.multipart_signed(part, signature, signature=mime.signature_part(signature, encoding="binary"))
    message = mime.message(w.fields("Alice <alice@example.com>"), entity)
    run = w.verify(message, anchors=[scene.root], crls="off", **expected)
    run.memory = memory
    return run


@case("A-2.3-1 E-9", "tens of thousands of certificates by the signer's CA: one of them is read")
def _(w):
    scene = Scene()
    certs = scene.crowd(lambda number: scene.forge.person(scene.holder, 3, f"Person {number}"))
    return verify(w, scene, certs, memory=LITTLE, expect="WARN", forbid=["LIMIT"])


@case("A-2.3-1 E-9", "tens of thousands that cannot be read are told by number and place, and the signer's is found")
def _(w):
    scene = Scene()
    certs = scene.crowd(lambda number: scene.forge.person(scene.holder, 3, f"Person {number}"))
    broken = [one if one in (scene.ca.cert, scene.alice.cert) else one[:20] + b"\xff" + one[21:] for one in certs]
    return verify(w, scene, broken, memory=LITTLE, expect="WARN", codes=["PARSE"], forbid=["LIMIT"])


@case("A-2.3-1 E-9", "one certificate tens of thousands of times is one certificate")
def _(w):
    scene = Scene()
    stranger = scene.forge.person(scene.holder, 3, "Stranger")
    return verify(w, scene, scene.crowd(lambda number: stranger), memory=LITTLE, expect="WARN", forbid=["LIMIT"])


@case("A-2.3-6 E-9", "tens of thousands with the signer's issuer and serial number: it is found, or the limit is told")
def _(w):
    scene = Scene()
    certs = scene.crowd(scene.double_of_alice)
    return [verify(w, scene, certs, memory=512, expect="WARN", forbid=["LIMIT"]),
            verify(w, scene, certs, memory=512, options=["--budget", "signatures=100"], expect="UNKNOWN", codes=["LIMIT"])]


@case("E-9", "what a double's certificate says does not speak against the signer, whose own was not reached")
def _(w):
    scene = Scene()
    certs = [scene.double_of_alice(number, "m@x.example").cert for number in range(200)]
    return verify(w, scene, [*certs, scene.alice.cert, scene.ca.cert], memory=512, options=["--budget", "signatures=100"],
                  expect="UNKNOWN", codes=["LIMIT"], forbid=["ADDR_MISMATCH", "SIG_BAD", "NO_SIGNER_CERT"])


@case("A-2.3-6 E-9", "tens of thousands with the key identifier of the signer's: it is found")
def _(w):
    scene = Scene()
    identifiers = (scene.alice.key.key_identifier(), scene.holder.key.key_identifier())
    certs = scene.crowd(lambda number: scene.forge.person(scene.holder, 3, f"Person {number}", identifiers=identifiers))
    return verify(w, scene, certs, memory=512, sid="ski", expect="WARN", forbid=["LIMIT"])


@case("A-2.3-6 E-9", "tens of thousands of CAs with the name of the signer's: the right one is found")
def _(w):
    scene = Scene()
    certs = scene.crowd(lambda number: scene.forge.issue(Holder("CA", 5 + number % 50), scene.top))
    return verify(w, scene, certs, memory=512, expect="WARN", forbid=["LIMIT"])
