# SPDX-License-Identifier: Apache-2.0
"""W7: a database of correspondents: all of them imported at once, and one looked up by address."""

from contest import Contest, Entry, Target
from ground import AT, split, verification
from hostile.forge import Forge, Holder

CAS = 20
GPGSM_MOST = 3000


def people(number):
    """(certificates of the CAs, [(certificate, its issuer's key)]): one address each."""
    forge = Forge()
    holders = [Holder(f"CA {index}", 1 + index) for index in range(CAS)]
    roots = [forge.root(holder).cert for holder in holders]
    return roots, [(forge.person(holders[index % CAS], 100 + index, f"Person{index}").cert, holders[index % CAS].key)
                   for index in range(number)]


def address(index):
    return f"person{index}@example.com"


def sql(rows):
    """The same octets, found by address, as SQLite's own tool takes them in."""
    yield ("PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; BEGIN;"
           "CREATE TABLE object (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;"
           "CREATE TABLE address (folded TEXT, object INTEGER, PRIMARY KEY (folded, object)) WITHOUT ROWID;\n")
    for number, der in enumerate(rows):
        yield (f"INSERT INTO object VALUES ({number}, x'{der.hex()}');"
               f"INSERT INTO address VALUES ('{address(number)}', {number});\n")
    yield "COMMIT;\n"


def remover(folder, *names):
    def remove():
        for name in names:
            for path in folder.glob(f"{name}*"):
                path.unlink()
    return remove


def contest_of(ground, number):
    folder = ground.enter(f"w7-{number}")
    roots, rows = people(number)
    certificates = [der for der, _ in rows]
    total = sum(map(len, roots + certificates))
    ground.pem("people.pem", roots + certificates)
    ground.write("jobs", b"".join(verification(key, *split(der)) for der, key in rows))
    ground.write("rows.sql", "".join(sql(certificates)))
    imported = [ground.signet, "import", "people.pem", "--store"]
    entries = []
    if ground.has("sqlite3"):
        entries.append(Entry("limit", ["sh", "-c", f"{ground.tool('limit')} jobs 1 && sqlite3 limit.db < rows.sql"],
                             before=remover(folder, "limit.db"), note="N verifications, and inserts by sqlite3"))
    entries.append(Entry("verifications", [ground.tool("limit"), "jobs", 1]))
    entries.append(Entry("signet", [*imported, "signet.db"], before=remover(folder, "signet.db"), says=f"{number + CAS} certificates"))
    if ground.has("gpgsm") and number <= GPGSM_MOST:
        home = ground.gpgsm_home(roots[0], [])
        entries.append(Entry("gpgsm", ["gpgsm", "--homedir", home, "--disable-dirmngr", "--import", "people.pem"],
                             before=remover(home, "pubring.kbx"), exits=(0, 2), limit_s=120))
    targets = [Target("at most 1.3 x limit", 1.3, "limit")]
    ground.run(*imported, "ours.db")
    size = (folder / "ours.db").stat().st_size / total
    found = [Contest(f"W7 import {number}", f"Import of {number} correspondents ({total / 1e6:.1f} MB; the file has {size:.2f} "
                     "times that)", entries, targets, folder=folder)]
    return found + [look_up(ground, folder, number, certificates)]


def look_up(ground, folder, number, certificates):
    wanted = address(number // 2)
    entries = []
    if ground.has("sqlite3"):
        ground.run("sh", "-c", "sqlite3 found.db < rows.sql")
        entries.append(Entry("sqlite3", ["sqlite3", "found.db", "SELECT hex(body) FROM address JOIN object ON object.id = object "
                                         f"WHERE folded = '{wanted}'"], says=certificates[number // 2].hex().upper()[:40]))
    for who, program in (("signet", ground.signet), ("signet shared", ground.shared)):
        if program:
            entries.append(Entry(who, [program, "list", wanted, "--store", "ours.db", *AT], says=wanted))
    return Contest(f"W7 find {number}", f"One of {number} correspondents by address", entries,
                   [Target("at most 1.5 x sqlite3", 1.5, "sqlite3"), Target("a process of 1.75 ms", 0.00175)], folder=folder)


def contests(ground, full):
    return [one for number in ((1000, 3000, 20000, 100000) if full else (1000,)) for one in contest_of(ground, number)]
