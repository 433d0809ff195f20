# SPDX-License-Identifier: Apache-2.0
"""W2: four certificates and three CRLs from their octets, and the path that they make."""

import peers
from contest import Contest, Target, arithmetic, repeated
from ground import EPOCH, split, verification
from pki.world import World

def vfychain(ground, root, others, crls, number):
    """NSS takes CRLs from its database only, and remembers what it decoded."""
    database = ground.nss_database(root.cert, [one.cert for one in others[1:]], crls)
    one = peers.vfychain(database, f"{others[0].name}.crt", [f"{ca.name}.crt" for ca in others[1:]], options=peers.WITH_CRLS)

    def words(times):
        return [one.command[0], "-i", times, *one.command[1:]]
    return repeated("vfychain", words, number, exits=one.exits, says=one.says, limit_s=60, limit_mb=one.limit_mb,
                    note="decodes once; CRLs from its database")


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
    names = ground.variety.shuffled((f"{one.name}.crl" for one in crls), "w2 crls")

    def path(program, order):
        return lambda times: [ground.tool(program), "path", "Root.crt", EPOCH, times, len(names), *names, *order]
    order = ["Alice.crt", *ground.variety.shuffled(("Lower.crt", "Upper.crt"), "w2")]
    entries = [
        arithmetic("limit", lambda times: ground.limit("jobs", times), number),
        arithmetic("limit, fresh keys", lambda times: ground.limit("jobs", times, "fresh"), number,
                 note="keys read each time, as whoever remembers nothing must"),
        repeated("signet", path("inprocess-signet", order), number),
        repeated("openssl library", path("inprocess-openssl", order), number),
        repeated("gnutls library", path("inprocess-gnutls", ["Alice.crt", "Lower.crt", "Upper.crt"]), number,
                 note="CRLs' signatures not verified"),
        vfychain(ground, root, [alice, lower, upper], list(crls.values()), number)]
    targets = [Target("at most 1.2 x limit", 1.2, "limit"), Target("at most 1.2 x limit, fresh keys", 1.2, "limit, fresh keys"),
               Target("at most 10 us beside the limit", 1e-5, "limit", how="over"),
               Target("at most 10 us beside the limit, fresh keys", 1e-5, "limit, fresh keys", how="over")]
    return [Contest("W2", "Four certificates and three CRLs from DER, and their path", entries, targets, unit="path",
                    folder=folder)]
