"""A short fair cycle through a component that has one.

It grows greedily: while the cycle as it is would be unfair to some instance, go on to the nearest step that
takes such an instance, or the nearest state that disables it.
"""

from __future__ import annotations

from typing import Protocol

from pathproof.model.explorer.liveness.fair import Assumed

Hop = tuple[int, int]
"""A step: which instance it takes, and the number of the state after it."""


class Region(Protocol):
    """A component of the graph, as the cycle builder sees it."""

    def enabled(self, state: int) -> frozenset[int]:
        """The instances that are enabled in a state."""

    def way(self, state: int, goal: int) -> list[Hop]:
        """A shortest way inside from one state to another."""

    def nearest(self, state: int, takes: frozenset[int], disables: frozenset[int]) -> list[Hop]:
        """A shortest way inside that ends by taking one instance, or where one is disabled."""


def fair_cycle(region: Region, entry: int, given: Assumed) -> list[int]:
    """The instances taken on a fair cycle from `entry` back to it; none where stopping there is fair."""
    hops: list[Hop] = []
    while True:
        state = hops[-1][1] if hops else entry
        whole = hops + region.way(state, entry)
        takes, disables = unmet(region, entry, whole, given)
        if not takes:
            return [instance for instance, _ in _without_detours(region, entry, whole, given)]
        hops += region.nearest(state, takes, disables)


def unmet(
    region: Region, entry: int, hops: list[Hop], given: Assumed
) -> tuple[frozenset[int], frozenset[int]]:
    """The instances to which a cycle is unfair: those it has to take, and those it may also see disabled."""
    taken = {instance for instance, _ in hops}
    enabled = [region.enabled(state) for state in {entry, *(state for _, state in hops)}]
    always, sometimes = frozenset.intersection(*enabled), frozenset.union(*enabled)
    weak = (given.weak & always) - taken
    return weak | ((given.strong & sometimes) - taken), weak


def _without_detours(region: Region, entry: int, hops: list[Hop], given: Assumed) -> list[Hop]:
    """The cycle without the loops in it that fairness does not need, the longest first."""
    states = [entry, *(state for _, state in hops)]
    for length in range(len(hops) - 1, 0, -1):
        for first in range(len(hops) - length + 1):
            shorter = hops[:first] + hops[first + length :]
            loops = states[first] == states[first + length]
            if loops and not unmet(region, entry, shorter, given)[0]:
                return _without_detours(region, entry, shorter, given)
    return hops
