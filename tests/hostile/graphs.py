# SPDX-License-Identifier: Apache-2.0
"""Graphs of CAs in which there are more paths than anybody can try."""

from pki import extensions as x
from pki import general_names as gn

from .forge import Forge, Holder

NAMINGS = ("distinct names and keys", "one name to a layer", "one key to a layer")
# Names that do not tell how far up a CA is.
BLURRED = {
    "one name": lambda row, column: "CA",
    "two names in turn": lambda row, column: f"CA {row % 2}",
    "five names in turn": lambda row, column: f"CA {row % 5}",
    "one name to a column": lambda row, column: f"CA {column}",
}


def holders(width, height, naming=NAMINGS[0]):
    """Rows of CAs, the lowest first."""
    def one(row, column):
        name = f"CA {row}" if naming == NAMINGS[1] else f"CA {row} {column}"
        name = BLURRED[naming](row, column) if naming in BLURRED else name
        return Holder(name, 1 + (row if naming == NAMINGS[2] else row * width + column))
    return [[one(row, column) for column in range(width)] for row in range(height)]


class Layers:
    """Every CA is certified by every CA of the row above it; the lowest first CA certifies Alice.

    `options(row, lower, upper)` gives what is special about the certificate of column `lower` by column `upper` of
    the row above, as keywords of `Forge.issue`; `person` what is special about Alice's.
    """

    def __init__(self, width, height, naming=NAMINGS[0], options=None, person=None):
        self.forge = Forge()
        self.rows = holders(width, height, naming)
        self.links = {}
        for row in range(height - 1):
            for lower in range(width):
                for upper in range(width):
                    special = options(row, lower, upper) if options else {}
                    self.links[row, lower, upper] = self.forge.issue(self.rows[row][lower], self.rows[row + 1][upper],
                                                                     **special)
        self.alice = self.forge.person(self.rows[0][0], **(person or {}))
        self.certs = list(self.links.values())

    @property
    def top(self):
        return self.rows[-1]

    def anchors(self, *chosen):
        return [self.forge.root(one) for one in chosen or self.top]

    def crls(self, revoked=()):
        """One of each CA; `revoked` are keys of `links`."""
        return [self.forge.crl(holder, [self.links[link] for link in revoked if link[0] == row and link[2] == column])
                for row in range(-1, len(self.rows) - 1) for column, holder in enumerate(self.rows[row + 1])]


FAULTS = {
    "expired": {"expired": True},
    "no CA": {"constraints": x.basic_constraints(False)},
    "of an unknown critical extension": {"extra": [x.private(critical=True)]},
    "without room for those below": {"constraints": x.basic_constraints(True, 0)},
    "excluding the person": {"extra": [x.name_constraints(excluded=[gn.email("example.com")])]},
}


class Dense:
    """Every CA is certified by every other one. Alice's issuer is the first.

    `options(lower, upper)` as for `Layers`, by number.
    """

    def __init__(self, count, options=None):
        self.forge = Forge()
        self.cas = [Holder(f"CA {number}", 1 + number) for number in range(count)]
        self.links = {(lower, upper): self.forge.issue(self.cas[lower], self.cas[upper],
                                                       **(options(lower, upper) if options else {}))
                      for lower in range(count) for upper in range(count) if lower != upper}
        self.alice = self.forge.person(self.cas[0])
        self.certs = list(self.links.values())
