"""The server that `migration` follows: the machine's state, names, and what is looked up before each step."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pathproof.conformance.refinement.base import Follower, Tally
from pathproof.conformance.refinement.ends import End
from pathproof.conformance.refinement.names import Names
from pathproof.model.intervals import IntervalNumbers
from pathproof.model.migration import machine
from pathproof.model.migration.state import CONFIRMED
from pathproof.model.plain import PlainNumbers, PlainTable
from pathproof.reference.anti_amplification import LEAST_ROOM
from pathproof.reference.migration import Path

MUCH = 1 << 60
APPARENT = ("all", "unvalidated", "rebinding")  # readings of when the former path is challenged (9.3.3-02)
RESPONSES = ("moved", "each_address")  # readings of when a fresh connection ID is taken (9.5-05)


def parameters(end: End) -> Any:
    """The machine's parameters, without a bound."""
    c = end.connection
    empty = {
        (False, False): "neither",
        (True, False): "server",
        (False, True): "client",
        (True, True): "both",
    }
    options = {
        "probes_counted": "non_probing",
        "zero_length": empty[c.issuer.is_empty, c.consumer.is_empty],
        "disable_active_migration": "yes" if c.local.disable_active_migration else "no",
        "client": "stays",
    }
    unbounded = {"addresses": MUCH, "packets": MUCH, "cids": MUCH, "server_cids": MUCH, "paths": MUCH}
    return replace(machine.setting(options), ptos=1, **unbounded)


class ServerState(Follower):
    """The state of the machine for one server, from the confirmation of its handshake on."""

    def __init__(self, server: End, tally: Tally) -> None:
        """The server is at the path of the handshake."""
        super().__init__(machine, parameters(server), tally)
        self.end, self.names = server, Names()
        self.s.handshake = CONFIRMED
        self.s.received = self.s.probing = IntervalNumbers()
        self.s.highest = server.connection.paths.highest + 1
        self.challenges: dict[bytes, int] = {}  # data of challenges of present attempts -> their address
        self.numbers: dict[bytes, int] = {}  # the peer's connection ID -> its name here
        self.bearing: dict[bytes, int] = {}  # ours -> its name here
        self.borne: set[int] = set()  # names of the peer's connection IDs that packets of ours bore
        self.answered_last = 0  # the path whose challenge was answered last
        self.is_over = False  # the server has come to a second address of its own
        self.names.of(server.connection.paths.current)
        self._learn()
        self.borne.add(1)

    def _learn(self) -> None:
        """Names of connection IDs, which the handshake and frames brought."""
        c = self.end.connection
        for number, supplied in c.consumer.active.items():
            self.numbers[supplied.connection_id] = number + 1
        for number, issued in c.issuer.active.items():
            self.bearing[issued.connection_id] = number + 1

    def _view(self) -> None:
        """What other machines follow."""
        c, s = self.end.connection, self.s
        live = {number + 1 for number in c.consumer.active} | ({1} if c.consumer.is_empty else set())
        s.issued = PlainNumbers(live)
        s.retired = PlainNumbers()
        s.spare = PlainNumbers(live - self.borne)
        # as `forget_pairs` does for the three connection IDs of the server that the machine has at most
        s.pair = PlainTable({peer: ours for peer, ours in s.pair.entries.items() if ours in live})
        known = {self.names.of(path): path for path in c.paths.known}
        s.asked = PlainNumbers(number for number, path in known.items() if path.responses)
        ready = {number: 3 for number, path in known.items() if path.ledger.room() >= LEAST_ROOM}
        s.allowance = PlainTable(ready)

    def _number(self, path: Path) -> int:
        return self.names.of(path)

    def _matters(self, number: int) -> bool:
        """Whether the reference knows the path; one that it has forgotten in the same step shows nothing."""
        return any(self._number(path) == number for path in self.end.connection.paths.known)

    def _to_validate(self) -> set[int]:
        """Paths under validation in the reference, for their address and not for 1200 bytes alone."""
        return {self._number(path) for path in self.end.connection.paths.known if path.validation is not None}
