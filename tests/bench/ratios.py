"""What threads and reductions are worth: ratios of two searches, made one after the other in one process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tests.model.explorer.reduced import roaming
from tests.model.oracle.quic_cid import ORACLE, SMALL

from pathproof.model.explorer import Exploration, explore

ROUNDS = 3
ROAMING = {"addresses": 4, "paths": 2, "top": 2}


@dataclass(frozen=True)
class Ratio:
    """A search with something and one without it."""

    without: Exploration
    having: Exploration

    @property
    def seconds(self) -> float:
        """How many times longer the search without it takes."""
        return self.without.seconds / self.having.seconds

    @property
    def states(self) -> float:
        """How many times more states the search without it finds."""
        return self.without.states / self.having.states


def threads(jobs: int = 2, words: int = 1, bounds: dict[str, int] | None = None) -> Ratio:
    """One thread and several, on the same search: the best of some rounds of each."""
    parameters = ORACLE.setting(bounds or SMALL)
    pairs = [
        [explore(ORACLE, parameters, words=words, jobs=many) for many in (1, jobs)] for _ in range(ROUNDS)
    ]
    return Ratio(*(min(tried, key=lambda done: done.seconds) for tried in zip(*pairs, strict=True)))


def reductions(bounds: dict[str, int] | None = None) -> Ratio:
    """A machine with interchangeable names, without and with its reductions."""
    machine = roaming()
    parameters: Any = machine.setting(bounds or ROAMING)
    without, having = (explore(machine, parameters, reduce=reduce, jobs=1) for reduce in (False, True))
    return Ratio(without, having)
