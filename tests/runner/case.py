# SPDX-License-Identifier: Apache-2.0
"""Declaring cases, and the description of one program run that a case returns."""

import importlib.util
from dataclasses import dataclass, field
from pathlib import Path

_collected = []


@dataclass
class Case:
    ids: str
    title: str
    build: object
    source: str = ""
    key_kind: str = "p256"

    @property
    def description(self):
        """Requirement ids are the leading words: the trace from requirement to test reads them there."""
        return f"{self.ids} {self.title}".strip()


def case(ids, title, keys="p256"):
    """Declares a case. The function gets a `Scene` and returns one `Run` or a list of them."""
    def add(function):
        _collected.append(Case(ids, title, function, key_kind=keys))
        return function
    return add


def load(path):
    """The cases of one file, in their order."""
    path = Path(path).resolve()
    source = f"{path.parent.name}/{path.stem}"
    _collected.clear()
    spec = importlib.util.spec_from_file_location(f"case_{path.parent.name}_{path.stem}", path)
    spec.loader.exec_module(importlib.util.module_from_spec(spec))
    found = list(_collected)
    for one in found:
        one.source = source
    return found


@dataclass
class Expectation:
    """What a run must show. A verdict may have alternatives: `BAD|UNKNOWN`; `ERROR` is exit status 2."""

    verdict: str = None
    exit: int = None
    codes: list = field(default_factory=list)
    any_codes: list = field(default_factory=list)
    only_codes: list = None
    forbid: list = field(default_factory=list)
    json: dict = field(default_factory=dict)
    policies: list = None
    path: list = None
    contains: list = field(default_factory=list)
    lacks: list = field(default_factory=list)
    stderr: list = field(default_factory=list)
    first: list = field(default_factory=list)
    signed: str = None
    signatures: list = None
    addresses: list = None
    parts: list = None
    broken: list = None


@dataclass
class Run:
    """One run of the program: files to write beside it, arguments, and what to expect. `memory` is the address space
    it may take, in MiB."""

    arguments: list
    files: dict
    expect: Expectation
    reads_json: bool = True
    stdin: bytes = None
    memory: int = None
