#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""signet.conf: the layers, what is refused, and what is printed."""

import json
import sys
import tempfile
from pathlib import Path

from place import Plan, expect
from runner.execute import execute

plan = Plan()


class Room:
    """A folder with a user's file, `signet.conf` given by --config, and nothing of the system."""

    def __enter__(self):
        self.room = tempfile.TemporaryDirectory(prefix="signet-config-")
        self.folder = Path(self.room.name)
        return self

    def __exit__(self, *_):
        self.room.cleanup()

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def run(self, *arguments, users=False, **changes):
        variables = {"SIGNET_CONFIG": None if users else "", "XDG_CONFIG_HOME": str(self.folder / "config"), **changes}
        return execute(["config", *arguments], self.folder, changes=variables)

    def values(self, *arguments, **options):
        outcome = self.run("--json", *arguments, **options)
        if outcome.exit != 0:
            raise AssertionError(outcome.stderr.decode())
        rows = [json.loads(line) for line in outcome.stdout.decode().splitlines()]
        return [(row["section"], row["key"], row["value"], row["from"]) for row in rows]


def value(rows, section, key):
    return [(text, source) for one, name, text, source in rows if (one, name) == (section, key)]


@plan.add("", "defaults hold where nothing is said")
def _():
    with Room() as room:
        rows = room.values()
        return expect(deadline=(value(rows, "retrieve", "deadline"), [("10s", "default")]),
                      issuers=(value(rows, "retrieve", "issuers"), [("4", "default")]),
                      crls=(value(rows, "retrieve", "crls"), [("yes", "default")]))


@plan.add("", "the user's file, then --config's; each value tells where it is from")
def _():
    with Room() as room:
        room.write("config/signet/signet.conf", "[retrieve]\ndeadline = 3s\nissuers = 0 ; none\n[judge]\nanchor = a.pem\n"
                                                "anchor = b.pem\n")
        room.write("more.conf", "# more\n\n[retrieve]\ndeadline=500ms\n[judge]\nanchor = c.pem\n[ldap \"work\"]\n"
                                "url = ldap://ldap.example.com/dc=example\n")
        users, more = room.values(users=True), room.values("--config", "more.conf", users=True)
        return expect(users=(value(users, "retrieve", "deadline")[0][0], "3s"),
                      line=(value(users, "retrieve", "issuers")[0][1].endswith("signet.conf:3"), True),
                      list=([text for text, _ in value(users, "judge", "anchor")], ["a.pem", "b.pem"]),
                      later=(value(more, "retrieve", "deadline"), [("500ms", "more.conf:4")]),
                      kept=(value(more, "retrieve", "issuers")[0][0], "0"),
                      lines=([source.rsplit(":", 1)[-1] for _, source in value(users, "judge", "anchor")], ["5", "6"]),
                      anew=([text for text, _ in value(more, "judge", "anchor")], ["c.pem"]),
                      place=(value(more, 'ldap "work"', "url"), [("ldap://ldap.example.com/dc=example", "more.conf:8")]))


@plan.add("", "SIGNET_CONFIG stands in for the system's and the user's files")
def _():
    with Room() as room:
        room.write("config/signet/signet.conf", "[nonsense]\nx = y\n")
        room.write("other.conf", "[retrieve]\noffline = on\n")
        rows = room.values(users=True, SIGNET_CONFIG=str(room.folder / "other.conf"))
        return expect(offline=(value(rows, "retrieve", "offline")[0][0], "on"), usual=(room.run(users=True).exit, 2))


@plan.add("", "what signet config prints can be read again and says the same")
def _():
    with Room() as room:
        room.write("one.conf", "[retrieve]\nbytes = 5M\n[dns]\nforward = 192.0.2.53@53\n[http \"x\"]\n"
                               "url = https://keys.example.com/?email={address}\n")
        first = room.run("--config", "one.conf").stdout
        room.write("two.conf", first.decode())
        second = room.values("--config", "two.conf")
        return expect(same=([row[:3] for row in second], [row[:3] for row in room.values("--config", "one.conf")]))


WRONG = [
    ("[retrieve]\n\nno-such-key = 1\n", ":3:", "no key"),
    ("[nowhere]\nx = 1\n", ":2:", "no section"),
    ("x = 1\n", ":1:", "first [section]"),
    ("[retrieve]\ndeadline = soon\n", ":2:", "duration"),
    ("[retrieve]\ndeadline = -1s\n", ":2:", "duration"),
    ("[retrieve]\ndeadline = 99999999999999999999d\n", ":2:", "duration"),
    ("[retrieve]\nbytes = 1T\n", ":2:", "octets"),
    ("[retrieve]\nissuers = few\n", ":2:", "a number"),
    ("[retrieve]\ncrls = maybe\n", ":2:", "yes or no"),
    ("[retrieve]\nfirst = ftp\n", ":2:", "http or ldap"),
    ("[judge]\nrevocation = soft\n", ":2:", "require"),
    ("[lookup]\norder = database, ldap\n", ":2:", "words of"),
    ("[lookup]\norder = dns dns\n", ":2:", "words of"),
    ("[lookup]\norder = \n", ":2:", "words of"),
    ("[retrieve]\ndeadline 10s\n", ":2:", "its value"),
    ("[retrieve\n", ":1:", "[section]"),
    ('[ldap "work"]\nhost = x\n', ":2:", "only url"),
    ('[ldap "work"]\nurl = http://x/\n', ":2:", "ldap://"),
    ('[http "work"]\nurl = http://x/\n', ":2:", "{address}"),
    ("[ldap work]\nurl = ldap://x/\n", ":2:", "no section"),
    ('[ldap ""]\nurl = ldap://x/\n', ":2:", "no section"),
    ("[retrieve]\n" + "x" * 9000 + " = 1\n", ":2:", "too long"),
    ("[retrieve]\nproxy = http://a\0b\n", ":2:", "NUL"),
    ("[retrieve]\nproxy = \x1b[31mhttp://a\n", ":2:", "control characters"),
    ("[retrieve]\nproxy = \u202ehttp://a\n", ":2:", "control characters"),
    ('[ldap "\x1b[31m"]\nurl = ldap://x/\n', ":2:", "control characters"),
    ("[retrieve]\n  deadline = 3s\n   5s\n", ":3:", "its value"),
]


@plan.add("", "an unknown key and a bad value are errors with their file and line")
def _():
    wrong = []
    with Room() as room:
        for text, *words in WRONG:
            room.write("wrong.conf", text)
            outcome = room.run("--config", "wrong.conf")
            told = outcome.stderr.decode()
            missing = [word for word in ("wrong.conf", *words) if word not in told]
            if outcome.exit != 2 or missing or outcome.stdout or told.count("\n") != 1:
                wrong.append(f"{text[:60]!r}: {outcome.exit} {told!r} lacks {missing}")
        outcome = room.run("--config", "nowhere.conf")
        wrong += expect(absent=(outcome.exit, 2), told=("nowhere.conf" in outcome.stderr.decode(), True))
        outcome = room.run("--config", ".")
        wrong += expect(folder=(outcome.exit, 2), what=(outcome.stderr, b"signet: .: Is a directory\n"))
    return wrong


@plan.add("", "settings of judging hold unless an option says otherwise")
def _():
    with Room() as room:
        room.write("signet.conf", "[judge]\nrevocation = off\nprofile = strict\n")
        told = room.run("--config", "signet.conf", "--json").stdout.decode()
        verify = execute(["verify", "--config", "signet.conf", "--revocation", "sometimes", "x"], room.folder,
                         changes={"SIGNET_CONFIG": ""})
        return expect(config=("strict" in told, True), usage=(verify.exit, 2))


@plan.add("", "the manual page of signet.conf names every key")
def _():
    page = (Path(__file__).resolve().parents[2] / "man" / "signet.conf.5.scd").read_text()
    with Room() as room:
        keys = {(section, key) for section, key, _, _ in room.values()}
    return [f"[{section}] {key} is not in the manual page" for section, key in sorted(keys) if f"*{key}*" not in page]


sys.exit(plan.run())
