# SPDX-License-Identifier: Apache-2.0
"""W2: four certificates and three CRLs from their octets, and the path that they make."""

from contest import Contest, Entry, Target
from ground import EPOCH, split, verification
from pki.world import World


def contests(ground, full):
    folder = ground.enter("w2")
    number = 4000 if full else 400
    w = World("rsa2048")
    root = w.root()
    upper = w.ca("Upper", root)
    lower = w.ca("Lower", upper)
    alice = w.end_entity("Alice", lower)
    crls = {one: w.crl(one).der for one in (root, upper, lower)}
    for one in (root, upper, lower, alice):
        ground.write(f"{one.name}.crt", one.cert)
    for one, der in crls.items():
        ground.write(f"{one.name}.crl", der)
    jobs = [verification(one.issuer.key, *split(one.cert)) for one in (upper, lower, alice)]
    jobs += [verification(one.key, *split(der)) for one, der in crls.items()]
    ground.write("jobs", b"".join(jobs))

    def words(times):
        return ["path", "Root.crt", EPOCH, times, len(crls), *(f"{one.name}.crl" for one in crls), "Alice.crt", "Lower.crt",
                "Upper.crt"]
    entries = [Entry("limit", [ground.tool("limit"), "jobs", number], units=number,
                     least=[ground.tool("limit"), "jobs", 1], least_units=1)]
    for who, program in (("signet", "inprocess-signet"), ("openssl library", "inprocess-openssl"),
                         ("gnutls library", "inprocess-gnutls")):
        if ground.has(program):
            entries.append(Entry(who, [ground.tool(program), *words(number)], units=number,
                                 least=[ground.tool(program), *words(1)], least_units=1,
                                 note="CRLs' signatures not verified" if "gnutls" in who else ""))
    targets = [Target("at most 1.2 x limit", 1.2, "limit")]
    return [Contest("W2", "Four certificates and three CRLs from DER, and their path", entries, targets, unit="path",
                    folder=folder)]
