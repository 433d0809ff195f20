# SPDX-License-Identifier: Apache-2.0
"""Other names, keys, serials, orders and sizes by a seed, so that a number that holds for one shape only is noticed.
Seed 0 is the shape that the published results speak of."""

import random

import hostile.forge
import pki.names
from pki import keys
from pki.world import World

WORDS = ("Amber", "Bureau of", "Cascade", "Department", "Elm", "Federal", "Guild", "Harbour", "Institute", "Junction",
         "Kiosk", "Limited", "Müller", "North", "Österreich", "Personal", "Quay", "Région", "Société", "Trust")


class Variety:
    def __init__(self, seed=0):
        self.seed = seed

    def random(self, what):
        """A source of numbers of its own for each `what`."""
        return random.Random(f"{self.seed}/{what}")

    def shuffled(self, items, what):
        items = list(items)
        if self.seed:
            self.random(what).shuffle(items)
        return items

    def pick(self, usual, others, what):
        return self.random(what).choice(others) if self.seed else usual

    def size(self, usual, what):
        """About as many: from 3/4 to 5/4 of the usual number."""
        return self.random(what).randint(usual * 3 // 4, usual * 5 // 4) if self.seed else usual


def _other_names(variety):
    """Subjects of other lengths, and in another order; the same for the same name."""
    usual, made = pki.names.example, {}

    def example(name, *rest, **options):
        if rest or options:
            return usual(name, *rest, **options)
        if name not in made:
            chance = variety.random(f"name {name}")
            unit = " ".join(chance.choices(WORDS, k=chance.randint(1, 4)))
            rdns = [("O", "Example"), ("OU", unit), ("CN", name)]
            chance.shuffle(rdns)
            made[name] = pki.names.dn(*rdns)
        return made[name]
    pki.names.example = example


def _other_keys(variety):
    chance = variety.random("keys")
    offset, usual = chance.randint(1, 400), hostile.forge.key
    hostile.forge.key = lambda number: usual(number + offset)

    def key_for(self, name):
        if self.key_kind.startswith("rsa"):
            fitting = [one for one in keys.names() if one.startswith((self.key_kind + "-0", self.key_kind + "-1"))]
            return keys.get(variety.shuffled(fitting, "rsa")[len(self.entities) % len(fitting)])
        return keys.get(f"{self.key_kind}:{variety.seed} {name}")
    World.key_for = key_for


def _other_serials(variety):
    """Of up to twenty octets, as CAs give them."""
    def next_serial(self):
        self._serial += 1
        chance = variety.random(f"serial {self._serial}")
        return chance.getrandbits(chance.choice((24, 64, 100, 138))) << 20 | self._serial
    World.next_serial = next_serial
    usual = hostile.forge.Forge.__init__

    def begin(self):
        usual(self)
        self._serial = variety.random("forge").getrandbits(120) << 24
    hostile.forge.Forge.__init__ = begin


def vary(seed):
    """Makes the generators of the tests, which all workloads use, hand out other things than usual."""
    variety = Variety(seed)
    if seed:
        _other_names(variety)
        _other_keys(variety)
        _other_serials(variety)
    return variety
