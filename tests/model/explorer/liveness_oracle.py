"""Random machines of a few places, and an oracle that tries every set of states that a run may end up in."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Annotated

from hypothesis import strategies as st
from tests.model.explorer.liveness_machines import Bounds, Place, begin

from pathproof.model.domains import Below
from pathproof.model.machine import Machine, Strength

PLACES = 6
Hops = dict[int, int]
Which = Annotated[int, Below("lamps")]


@dataclass(frozen=True)
class Drawn:
    """A machine by its tables: each instance's hops, each action's fairness, where each claim holds.

    The first action has two instances, and the other two have one each. The claim has two instances.
    """

    hops: tuple[Hops, Hops, Hops, Hops]
    strengths: tuple[tuple[Strength, ...], tuple[Strength, ...], tuple[Strength, ...]]
    good: tuple[frozenset[int], frozenset[int]]

    def machine(self) -> Machine:
        """The machine itself."""
        machine = Machine("drawn", Place, Bounds, begin)
        for name, first in (("choose", 0), ("skip", 2), ("jump", 3)):
            _action(machine, name, self.hops[first : first + 2] if name == "choose" else (self.hops[first],))
        for name, strengths in zip(("choose", "skip", "jump"), self.strengths, strict=True):
            for strength in strengths:
                _fair(machine, strength, name)
        _claim(machine, self.good)
        return machine

    def assumed(self, strength: Strength) -> set[int]:
        """The instances that fairness of this strength is about."""
        return {i for i in range(4) if strength in self.strengths[max(i - 1, 0)]}

    def distances(self) -> Hops:
        """How far each reachable place is from the beginning."""
        far, waiting = {0: 0}, [0]
        for place in waiting:
            for hops in self.hops:
                if place in hops and hops[place] not in far:
                    far[hops[place]] = far[place] + 1
                    waiting.append(hops[place])
        return far

    def nearest_lasso(self, which: int) -> int | None:
        """The steps to the nearest fair cycle in which the claim never holds; None where there is none.

        A run visits some set of places for ever. It is as fair as it can be if it takes every step that there
        is between them, so one look at each set is enough.
        """
        far = self.distances()
        bad = sorted(set(far) - self.good[which])
        sets = (some for many in range(1, len(bad) + 1) for some in combinations(bad, many))
        return min((far[place] for some in sets if self._is_fair(set(some)) for place in some), default=None)

    def _is_fair(self, some: set[int]) -> bool:
        finite = self.assumed("finite")
        steps = [(i, a, b) for i, hops in enumerate(self.hops) if i not in finite for a, b in hops.items()]
        inside = [(i, a, b) for i, a, b in steps if {a, b} <= some]
        if any(_reached({(a, b) for _, a, b in inside}, place) != some for place in some):
            return False
        taken = {i for i, _, _ in inside}
        weak = all(i in taken or not some <= set(self.hops[i]) for i in self.assumed("weak"))
        return weak and all(i in taken or not some & set(self.hops[i]) for i in self.assumed("strong"))


def _reached(edges: set[tuple[int, int]], start: int) -> set[int]:
    found = {start}
    while more := {b for a, b in edges if a in found} - found:
        found |= more
    return found


def _action(machine: Machine, name: str, tables: tuple[Hops, ...]) -> None:
    def hop(x: Place, table: Hops) -> bool:
        for before, after in table.items():
            if x.at == before:
                x.at = after
                return True
        return False

    def choose(x: Place, p: Bounds, which: Which) -> bool:
        return hop(x, tables[which])

    def only(x: Place, p: Bounds) -> bool:
        return hop(x, tables[0])

    function = choose if len(tables) > 1 else only
    function.__name__ = name
    machine.action("environment", "walker")(function)


def _fair(machine: Machine, strength: Strength, action: str) -> None:
    def assumption() -> None:
        """It is assumed."""

    assumption.__name__ = f"{strength}_{action}"
    machine.fair(strength, action)(assumption)


def _claim(machine: Machine, good: tuple[frozenset[int], frozenset[int]]) -> None:
    @machine.eventually(given=tuple(machine.fairness))
    def returns(x: Place, p: Bounds, which: Which) -> bool:
        return any(x.at == place for place in good[which])


def _tables() -> st.SearchStrategy[Hops]:
    places = st.integers(0, PLACES - 1)
    return st.dictionaries(places, places, max_size=PLACES)


def drawn() -> st.SearchStrategy[Drawn]:
    """Any such machine; most places are bad, so that there is something to find."""
    kinds: st.SearchStrategy[Strength] = st.sampled_from(("weak", "strong", "finite"))
    strengths = st.lists(kinds, max_size=2, unique=True).map(tuple)
    good = st.frozensets(st.integers(0, PLACES - 1), max_size=3)
    return st.builds(
        Drawn,
        st.tuples(*[_tables()] * 4),
        st.tuples(*[strengths] * 3),
        st.tuples(good, good),
    )
