"""Who watches a world beside its rules: the machines, by refinement, and the judge, on both sides.

Both hear each sight of either endpoint, and look at the state whenever neither endpoint is at work.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from pathproof.conformance.judge import judge
from pathproof.conformance.refinement import NotRefined, Pair, Tally
from pathproof.conformance.watched import Watched
from pathproof.reference.connection import Connection
from pathproof.reference.frames import Frame, PathChallenge
from pathproof.reference.observer import Sight

if TYPE_CHECKING:
    from tests.reference.simulation.world import World

TALLY = Tally()
"""What the followers of all worlds of this process did."""
JUDGED_EVERY = 600
"""Events of one connection after which its trace is judged before it is over."""


class Watcher:
    """Hears what endpoints tell; each method may break the run."""

    def began(self, world: World) -> None:
        """The client is about to begin a connection."""

    def saw(self, world: World, name: str, sight: Sight) -> None:
        """An endpoint told this, maybe in the middle of its work."""

    def settled(self, world: World) -> None:
        """Neither endpoint is at work."""

    def crashed(self, world: World) -> None:
        """The server has lost its state."""

    def made(self, frames: Iterable[Frame]) -> None:
        """The client is about to send these, whatever it would send by itself."""

    def finished(self, world: World) -> None:
        """The run is over."""


class Refinement(Watcher):
    """The state of both ends is one that the machines allow, after every step."""

    def __init__(self) -> None:
        """Nothing is followed yet."""
        self.pair = Pair(TALLY)

    def began(self, world: World) -> None:
        """Each connection of the client's is followed anew."""
        self.pair = Pair(TALLY)

    def saw(self, world: World, name: str, sight: Sight) -> None:
        """The followers hear of it."""
        try:
            self.pair.saw(name, sight)
        except NotRefined as found:
            world.broken(found.clause, f"{name}: {found}")

    def settled(self, world: World) -> None:
        """The followers step and compare."""
        try:
            self.pair.settle(world.now)
        except NotRefined as found:
            world.broken(found.clause, str(found))

    def made(self, frames: Iterable[Frame]) -> None:
        """Challenges among these are of no attempt."""
        self.pair.made |= {frame.data for frame in frames if isinstance(frame, PathChallenge)}

    def crashed(self, world: World) -> None:
        """Nothing of the server is left to compare."""
        self.pair.lost("server")


class Judged(Watcher):
    """The judge finds no violation on either side, in the trace of either end."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self.traces: list[tuple[str, Connection, Watched]] = []
        self.due = JUDGED_EVERY

    def saw(self, world: World, name: str, sight: Sight) -> None:
        """Keep it for the trace of its connection."""
        connection = sight.connection
        if connection is None:
            return
        for _, known, watched in self.traces:
            if known is connection:
                watched(sight)
                return
        self.traces.append((name, connection, Watched(name, connection)))
        self.traces[-1][2](sight)

    def settled(self, world: World) -> None:
        """Now and then, judge what there is."""
        if self.traces and len(self.traces[-1][2].events) > self.due:
            self.due = 2 * len(self.traces[-1][2].events)
            self.finished(world)

    def finished(self, world: World) -> None:
        """Judge every trace."""
        for name, _, watched in self.traces:
            for verdict in judge(watched.trace()).violated:
                evidence = verdict.findings[0] if verdict.findings else verdict
                world.broken(
                    verdict.clause, f"the judge, of the {name}'s trace, {verdict.subject}: {evidence}"
                )


def all_watchers() -> list[Watcher]:
    """Every watcher, each with empty books."""
    return [Refinement(), Judged()]
