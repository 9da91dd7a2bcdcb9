"""The limit of three times, followed beside the datagrams of a server: RFC 9000 8, 8.1 and 9.3.1.

The machine's own functions count what came from each address and what went there. Only a server's own trace
decides: what a client has not received may still have been sent.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from pathproof.conformance.anti_amplification import limit_rules, size_rules  # noqa: F401  (register rules)
from pathproof.conformance.anti_amplification.moments import Limited
from pathproof.conformance.events import Datagram, Missing, Packet
from pathproof.conformance.events import Parameters as Stated
from pathproof.conformance.judge.debts import GAP
from pathproof.conformance.judge.registry import apply
from pathproof.conformance.judge.scene import CARRIERS, FULL_SIZE, MOST_PLACES, Place, Scene
from pathproof.model.anti_amplification import AntiAmplification, Parameters, machine
from pathproof.model.anti_amplification.ledger import account, limit_allows, spend, take_in, validate
from pathproof.model.anti_amplification.state import FACTOR
from pathproof.model.intervals import IntervalNumbers
from pathproof.model.plain import PlainTable
from pathproof.model.vocabulary import get, has, put
from pathproof.spec.names import MAX_VARINT

ENTROPY = 8
"""Bytes of a connection ID that hold the 64 bits which may stand for a proof (8.1-02)."""
MOST_WAITING = 256
"""How many datagrams of the handshake wait until the trace has shown whether a token proved the address."""
TOKEN = "token of the client's Initial packets"
KIND = "data"
"""Which kind of datagram the machine is asked about: to the limit they are all one."""
NOWHERE: Place = ("", "")
"""The path of all datagrams whose addresses are not logged: what holds for each holds for their sum."""


def blank() -> AntiAmplification:
    """Return a state of the machine without accounts, whose tables and sets take any number of them."""
    state = AntiAmplification()
    state.leads, state.allowance, state.valid = PlainTable(), PlainTable(), IntervalNumbers()
    return state


@dataclass(slots=True, eq=False)
class Limits:
    """The accounts of a server's peer: one for each address, or for each path by `amplification_scope`.

    `free` are paths without a limit. `least` has, for each address, the path of the latest datagram that came
    from there, and a lower bound of what may go there: what this datagram alone allows, less what has gone
    since, so that it holds also for a server that forgot an address and began to count anew. `verdict` says
    of the latest datagram that went whether the limit allowed it, None where there was none. `has_token` says
    whether a token may have proved the client's address, None where that is not known.
    """

    scene: Scene
    s: AntiAmplification = field(default_factory=blank)
    paths: dict[Place, int] = field(default_factory=dict)
    addresses: dict[str, int] = field(default_factory=dict)
    free: set[Place] = field(default_factory=set)
    left: set[str] = field(default_factory=set)
    latest: str = ""
    least: dict[str, tuple[Place, int]] = field(default_factory=dict)
    counted: Datagram | None = None
    verdict: bool | None = None
    has_token: bool | None = None
    heard: set[int] = field(default_factory=set)
    own_ids: set[bytes] = field(default_factory=set)
    waiting: list[Limited] = field(default_factory=list)
    is_server: bool = field(init=False)
    p: Parameters = field(init=False)

    def __post_init__(self) -> None:
        """Let the machine count with the readings of this pass, and without a bound."""
        scope = self.scene.settings["amplification_scope"]
        self.is_server = self.scene.role("local") == "server"
        self.p = replace(machine.setting({"amplification_scope": scope}), most=MAX_VARINT)

    def datagram(self, at: Datagram, place: Place | None) -> None:
        """A datagram went or came."""
        if place is None:
            place = NOWHERE
        if at.sent and place[1] in self.least and not isinstance(at.size, Missing):
            where, room = self.least[place[1]]
            self.least[place[1]] = where, room - at.size
        if place in self.free:
            self.verdict = None
        else:
            self._count(at, place)
        if not at.sent and place[1] != self.latest:
            self._from_another(place)

    def _from_another(self, place: Place) -> None:
        """The client is heard at another address than before: by one reading a known one needs no proof."""
        if place[1] in self.left and self.scene.settings["rebinding_validation"] == "seen":
            self._lift(place)
        self.left.add(self.latest)
        self.latest = place[1]

    def _count(self, at: Datagram, place: Place) -> None:
        """The path has a limit, unless its address was validated on another one: let the machine count."""
        path = self._path(place)
        if path is None or isinstance(at.size, Missing) or has(self.s.valid, account(self.s, self.p, path)):
            self.verdict = None
            self.free.add(place)
        elif not at.sent:
            take_in(self.s, self.p, path, at.size, at.size)
        elif path in self.heard:
            room = get(self.s.allowance, account(self.s, self.p, path))
            self.verdict = limit_allows(self.s, self.p, path, at.size, KIND)
            spend(self.s, self.p, path, at.size)
            self._limited(at, place, room)
        if not at.sent and path is not None:
            self.heard.add(path)

    def _path(self, place: Place) -> int | None:
        """Return the machine's name of a path; None for those beyond what is followed."""
        path = self.paths.get(place)
        if path is None and len(self.paths) < MOST_PLACES:
            path = self.paths[place] = len(self.paths)
            address = self.addresses.setdefault(place[1], len(self.addresses))
            self.s.leads = put(self.s.leads, path, address)
        return path

    def _limited(self, at: Datagram, place: Place, room: int) -> None:
        """A datagram went to an address that is not validated."""
        scene, home = self.scene, self.scene.home
        elsewhere = home is not None and place[0] != home[0] and place[1] != home[1]
        limited = Limited(scene, at, place, self.verdict is True, room, not scene.proved, elsewhere)
        limited.unseen = GAP if not scene.whole else "" if scene.linked else CARRIERS
        if scene.proved:
            apply("limited", limited, scene.notes)
        elif len(self.waiting) < MOST_WAITING:
            self.waiting.append(limited)

    # What proves an address.

    def validate(self, place: Place) -> None:
        """A PATH_RESPONSE has validated this path (8.2.3-02)."""
        self._lift(place)

    def validate_any(self) -> None:
        """A PATH_RESPONSE has validated some path: the trace does not show which."""
        for known in self.paths:
            self._lift(known)

    def _lift(self, place: Place) -> None:
        path = self._path(place)
        if path is not None:
            validate(self.s, self.p, path)
        self.free.add(place)

    def token(self, token: bytes | Missing) -> None:
        """An Initial packet of the client's holds this token, which may prove the address (8.1.2, 8.1.3)."""
        if not isinstance(token, Missing):
            self.has_token = bool(token) or bool(self.has_token)

    def retried(self, stated: Stated) -> None:
        """The server's own parameters say whether the connection began with a Retry packet."""
        if stated.owner == "local" and isinstance(stated.retry_source_connection_id, bytes):
            self.has_token = True

    def long_header(self, packet: Packet, place: Place | None) -> None:
        """A packet of the handshake: what a client can show by it that it has heard the server (8.1)."""
        if packet.sent:
            if isinstance(packet.source, bytes) and len(packet.source) >= ENTROPY:
                self.own_ids.add(packet.source)
            return
        if packet.type == "initial":
            self.token(packet.token)
            if packet.destination in self.own_ids:
                self._lift(place or NOWHERE)
        elif packet.type == "handshake":
            self.prove(place)

    def prove(self, place: Place | None) -> None:
        """The client holds keys that it could only derive from what reached it (8.1-01).

        Which of the addresses so far this proves is left to the server.
        """
        for known in (*self.paths, place or NOWHERE):
            self._lift(known)
        self.settle()
        self.scene.proved = True

    def settle(self) -> None:
        """What went out in the handshake is judged by what is known of tokens by now."""
        if not self.has_token:
            for limited in self.waiting:
                limited.unseen = limited.unseen or ("" if self.has_token is False else TOKEN)
                apply("limited", limited, self.scene.notes)
        self.waiting.clear()

    # A lower bound.

    def opened(self, at: Datagram, place: Place | None) -> None:
        """A packet in this datagram was processed: a server that forgot the address counts from here."""
        if at is not self.counted and place is not None and not isinstance(at.size, Missing):
            self.counted = at
            self.least[place[1]] = place, FACTOR * at.size

    def had_room(self, size: int, place: Place) -> bool:
        """Whether, before a datagram of this size went there, the limit surely had room for 1200 bytes."""
        where, room = self.least.get(place[1], (None, 0))
        return where == place and room + size >= FULL_SIZE
