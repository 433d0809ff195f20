# SPDX-License-Identifier: Apache-2.0
"""W7 beside the peers that have a database of certificates: NSS and gpgsm."""

import shutil

from contest import Contest, Entry
from ground import AT
from workloads.w7_database import CAS, address, people, remover

IMPORT_S = 120.0


def emptied(folder, name):
    """Puts a new database in place of the last one before each run."""
    def begin():
        shutil.rmtree(folder / name, ignore_errors=True)
        shutil.copytree(folder / "nss", folder / name)
    return begin


def nss(ground, folder, certificates):
    """NSS's import by one process that is given a list of commands, one for each certificate."""
    ground.nss_database([])
    lines = []
    for number, der in enumerate(certificates):
        path = ground.write(f"one/{number}.der", der)
        lines.append(f"-A -d sql:imported -n person{number} -t ,, -i {path}\n")
    ground.write("batch", "".join(lines))
    return Entry("certutil", ["certutil", "-B", "-d", "sql:imported", "-i", "batch"], before=emptied(folder, "imported"),
                 limit_s=IMPORT_S, note="one process, a command for each certificate; no signature checked")


def gpgsm(ground, roots):
    home = ground.gpgsm_home(roots[0], []) if ground.has("gpgsm") else ground.folder / "g"
    return home, Entry("gpgsm", ["gpgsm", "--homedir", home, "--disable-dirmngr", "--import", "people.pem"],
                       before=remover(home, "pubring.kbx"), exits=(0, 2), limit_s=IMPORT_S)


def look_up(ground, folder, number, home):
    wanted = address(number // 2)
    entries = [Entry("signet", [ground.signet, "list", wanted, "--store", "ours.db", *AT], says=wanted),
               Entry("certutil", ["certutil", "-L", "-d", "sql:imported", "--email", wanted], says=f"person{number // 2}"),
               Entry("gpgsm", ["gpgsm", "--homedir", home, "--disable-dirmngr", "--list-keys", f"<{wanted}>"], says=wanted)]
    return Contest(f"W7 find peers {number}", f"One of {number} correspondents by address, in the peers' databases", entries, [],
                   folder=folder)


def contests(ground, full):
    """The look-up takes place in what the last round of the import left."""
    number = ground.variety.size(3000 if full else 300, "w7 peers")
    folder = ground.enter("w7-peers")
    roots, rows = people(number)
    certificates = [der for der, _ in rows]
    ground.pem("people.pem", roots + certificates)
    home, by_gpgsm = gpgsm(ground, roots)
    entries = [Entry("signet", [ground.signet, "import", "people.pem", "--store", "ours.db"], before=remover(folder, "ours.db"),
                     says=f"{number + CAS} certificates"), nss(ground, folder, certificates), by_gpgsm]
    yield Contest(f"W7 peers {number}", f"Import of {number} correspondents, beside NSS and gpgsm", entries, [], folder=folder)
    yield look_up(ground, folder, number, home)
