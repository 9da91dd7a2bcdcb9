"""Two connections, one at each end, with all the followers that they are held against."""

from __future__ import annotations

from typing import Protocol

from pathproof.conformance.refinement.anti_amplification import AntiAmplification
from pathproof.conformance.refinement.base import Tally
from pathproof.conformance.refinement.cid_supply import CidSupply
from pathproof.conformance.refinement.ending import Ending
from pathproof.conformance.refinement.ends import End, Step
from pathproof.conformance.refinement.migration import Migration
from pathproof.conformance.refinement.path_responses import PathResponses
from pathproof.conformance.refinement.path_validation import PathValidation
from pathproof.conformance.refinement.stateless_reset import Resets, TokenUse
from pathproof.reference.connection import Connection
from pathproof.reference.observer import Sight


class Steps(Protocol):
    """What is stepped by each end."""

    def step(self, end: End, step: Step) -> None:
        """Something happened at this end."""


class Pair:
    """A client's connection and the server's, followed from their first sight.

    Hand each sight of either endpoint to `saw`, and call `settle` whenever neither is at work. Either raises
    `NotRefined`.

    Examples
    --------
    >>> pair = Pair(Tally())
    >>> pair.settle(0.0)
    >>> pair.ends
    {}
    """

    def __init__(self, tally: Tally) -> None:
        """Nothing is connected yet."""
        self.tally, self.ends = tally, dict[str, End]()
        self.followers: list[Steps] = []
        self.resets: dict[str, Resets] = {}
        self.made: set[bytes] = set()  # data of challenges that a test has an end send
        self.has_both, self.confirmed = False, set[str]()

    def connected(self, name: str, connection: Connection) -> None:
        """This connection is the one at this end."""
        if name not in self.ends:
            self.ends[name] = End(name, connection)
            if name == "server":
                self.followers.append(AntiAmplification(self.ends[name], self.tally))

    def lost(self, name: str) -> None:
        """The endpoint at this end has lost its state."""
        if name in self.ends:
            self.ends[name].is_lost = True

    def saw(self, name: str, sight: Sight) -> None:
        """An endpoint told something."""
        if sight.connection is None:
            if name not in self.resets:
                self.resets[name] = Resets(self.tally)
            self.resets[name].saw(sight)
            return
        self.connected(name, sight.connection)
        end = self.ends[name]
        if end.connection is not sight.connection or end.is_lost:
            return
        if end.is_due(sight):
            self._settle(end, sight.time)
        end.saw(sight)

    def settle(self, now: float) -> None:
        """Neither end is at work: step all followers, and compare."""
        for end in self.ends.values():
            if not end.is_lost and end.has_changed:
                self._settle(end, now)

    def _settle(self, end: End, now: float) -> None:
        self._begin()
        step = end.take(now)
        for follower in self.followers:
            follower.step(end, step)

    def _begin(self) -> None:
        """Followers of both ends begin as soon as their machine has its parameters."""
        for name, end in self.ends.items():
            if end.connection.is_confirmed and name not in self.confirmed:
                self.confirmed.add(name)
                self.followers += [PathValidation(end, self.made, self.tally), PathResponses(end, self.tally)]
                if not end.connection.is_client:
                    self.followers.append(Migration(end, self.tally))
        if self.has_both or len(self.ends) < 2:
            return
        client, server = self.ends["client"], self.ends["server"]
        if client.connection.remote is not None and server.connection.remote is not None:
            self.has_both = True
            self.followers.append(Ending(client, server, self.tally))
            for issuer, consumer in ((client, server), (server, client)):
                self.followers.append(CidSupply(issuer, consumer, self.tally))
                self.followers.append(TokenUse(issuer, consumer, self.tally))
