"""What notices a mutant: the followers of the machines, the rules of the simulation, the judge.

One run of the mutant's story has all three, and goes on when one of them has found something, so that each
has its say; what each found is noted by clause, and nothing ends the run but what would go on for ever.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.reference.mutants.registry import CodeMutant
from tests.reference.simulation.watching import TALLY, Judged, Refinement, Watcher
from tests.reference.simulation.world import World

from pathproof.conformance.judge import judge
from pathproof.conformance.refinement import NotRefined, Pair
from pathproof.reference.observer import Sight

FOLLOWER, RULE, JUDGE, CRASH = CHECKERS = ("follower", "rule", "judge", "crash")
Kills = dict[str, list[str]]
"""Checker -> what it found, by clause, each once; of a crash the exception, which names no clause."""
MOST_STEPS = 12_000
"""Times at which something happens in one story, at the most: no sound one has half as many."""
ENDLESS = ("RFC 9002 7", "RFC 9002 6.2.1")
"""Rules of which a breach would go on at one time for ever."""


class Stopped(Exception):
    """The run would have no end."""


class Noted(World):
    """A world in which whatever is found is noted, and the run goes on."""

    def __init__(self, **options: Any) -> None:
        """Begin as any world, with these watchers from the first sight on."""
        self.kills: Kills = {}
        self.steps = 0
        super().__init__(seed=1, **options)

    def note(self, checker: str, clause: str) -> None:
        """This checker has found a breach of this clause."""
        found = self.kills.setdefault(checker, [])
        if clause not in found:
            found.append(clause)

    def connect(self, token: bytes = b"") -> None:
        """Each connection is watched by these."""
        if not hasattr(self, "connection"):
            self.watchers: list[Watcher] = [Followed(), Verdicts()]
        super().connect(token)

    def broken(self, clause: str, says: str) -> None:
        """A rule is broken."""
        self.note(RULE, clause)
        if clause in ENDLESS:
            raise Stopped(says)

    def _step(self, now: float) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise Stopped("too much happens")
        super()._step(now)


class Followed(Refinement):
    """The followers, until one of them fails."""

    has_failed = False

    def began(self, world: World) -> None:
        """Each connection is followed anew."""
        self.pair, self.has_failed = Pair(TALLY), False

    def saw(self, world: World, name: str, sight: Sight) -> None:
        """The followers hear of it."""
        self._go_on(world, lambda: self.pair.saw(name, sight))

    def settled(self, world: World) -> None:
        """The followers step and compare."""
        self._go_on(world, lambda: self.pair.settle(world.now))

    def _go_on(self, world: World, what: Any) -> None:
        if self.has_failed:
            return
        try:
            what()
        except NotRefined as found:
            self.has_failed = True
            assert isinstance(world, Noted)
            world.note(FOLLOWER, found.clause)


class Verdicts(Judged):
    """The judge, when all is over."""

    def settled(self, world: World) -> None:
        """Nothing is judged before the end."""

    def finished(self, world: World) -> None:
        """Judge every trace."""
        assert isinstance(world, Noted)
        for _, _, watched in self.traces:
            judged = judge(watched.trace())
            for verdict in judged.violated:
                world.note(JUDGE, verdict.clause)
            for finding in judged.warnings:
                world.note(JUDGE, finding.clause)
        self.traces.clear()


def begin(world: Noted) -> None:
    """A download begins, if the handshake comes to its end."""
    if world.until(lambda: world.connection.is_confirmed and world.served is not None, 10.0):
        world.application.request(10, 200_000)
        world.run(0.1)


def kills_of(mutant: CodeMutant) -> Kills:
    """What notices the mutant in its story, and is not noticed in the story without it.

    >>> from tests.reference.mutants import MUTANTS
    >>> kills_of(MUTANTS["small_challenges"])["judge"]
    ['RFC9000-8.2.1-06', 'RFC9000-8.2.2-05']
    """
    alone = noticed_in(mutant, mutated=False)
    with_it = noticed_in(mutant, mutated=True)
    kills = {checker: sorted(set(with_it[checker]) - set(alone.get(checker, ()))) for checker in with_it}
    return {checker: kills[checker] for checker in CHECKERS if kills.get(checker)}


def noticed_in(mutant: CodeMutant, mutated: bool) -> Kills:
    """What is noticed in the mutant's story, with the mutant or without it.

    A story may have a client that breaks rules: the judge then says so also without the mutant.
    """
    with pytest.MonkeyPatch.context() as patch:
        if mutated and mutant.early:
            mutant.patch(patch)
        world = Noted(**{"server": {"connection_ids": 4}, **mutant.options})
        try:
            begin(world)
            if mutated and not mutant.early:
                mutant.patch(patch)
            mutant.story(world)
        except Stopped:
            pass
        except Exception as error:  # whatever a mutant does: it is noted, and compared with what is known
            if not mutated:
                raise
            world.note(CRASH, type(error).__name__)
        world.watched()
        return world.kills


def section(clause: str) -> str:
    """The section of a clause, however a rule writes it.

    >>> section("RFC9000-8.2.1-06"), section("RFC 9000 2.2"), section("RFC9002-7-01")
    ('RFC9000-8.2.1', 'RFC9000-2.2', 'RFC9002-7')
    """
    loose = re.match(r"RFC (\d+) (.*)", clause)
    return f"RFC{loose[1]}-{loose[2]}" if loose else re.sub(r"-\d\d$", "", clause)


def names_it(mutant: CodeMutant, kills: Kills) -> list[str]:
    """The checkers that notice a mutant by a clause of its section, or by what it is seen as."""
    wanted = {section(mutant.clause), *map(section, mutant.seen_as)}
    return [
        checker
        for checker, clauses in kills.items()
        if checker != CRASH and wanted & set(map(section, clauses))
    ]


__all__ = ["CHECKERS", "CRASH", "Kills", "kills_of", "names_it", "noticed_in", "section"]
