"""For each expectation of a scenario, a change to what was seen under which it has to fail.

They are found by how the expectation's claim begins, so that a claim without one is noticed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from msgspec.structs import replace as changed

from pathproof.conformance.events import (
    Datagram,
    Event,
    NewConnectionId,
    Packet,
    Parameters,
    PathChallenge,
    PathResponse,
    Position,
    RetireConnectionId,
)
from pathproof.conformance.scenarios.engine.judged import judged
from pathproof.conformance.scenarios.engine.seen import Seen
from pathproof.conformance.scenarios.engine.watch import NOBODY, trace_of

Spoil = Callable[[Seen], Seen]
Line = dict[str, Any]


def lines(process: str, change: Callable[[list[Line]], list[Line]]) -> Spoil:
    """Change the lines of every process whose name begins so."""

    def spoil(seen: Seen) -> Seen:
        found = {
            name: change(list(said)) if name.startswith(process) else said
            for name, said in seen.lines.items()
        }
        return replace(seen, lines=found)

    return spoil


def events(end: str, change: Callable[[Event], Event | None]) -> Spoil:
    """Change the events of every trace of the ends whose name begins so; None leaves one out."""

    def spoil(seen: Seen) -> Seen:
        traces = dict(seen.traces)
        for name in [one for one in traces if one.startswith(end)]:
            traces[name] = {
                number: trace_of([made for one in trace.events if (made := change(one))], trace.vantage)
                for number, trace in traces[name].items()
            }
        return replace(seen, traces=traces)

    return spoil


def without(process: str, *what: str) -> Spoil:
    """No such thing happened to a path."""
    return lines(process, lambda said: [one for one in said if one.get("what") not in what])


def without_frames(end: str, sent: bool, kind: type) -> Spoil:
    """No packet that was sent, or received, had a frame of this kind."""

    def change(event: Event) -> Event:
        if isinstance(event, Packet) and event.sent is sent:
            return changed(event, frames=tuple(one for one in event.frames if not isinstance(one, kind)))
        return event

    return events(end, change)


def outcome(process: str, word: str) -> Spoil:
    """The connection ended otherwise."""
    said = {"event": "ended", "at": 0.0, "outcome": word, "connection": 0, "why": ""}
    return lines(process, lambda found: [said, *(one for one in found if one["event"] != "ended")])


def same_id(event: Event) -> Event:
    """All that the client sends bears one connection ID."""
    if isinstance(event, Packet) and event.sent and event.type == "1RTT":
        return changed(event, destination=bytes(8))
    return event


def larger(event: Event) -> Event:
    """All that is sent is far larger."""
    return changed(event, size=9999) if isinstance(event, Datagram) and event.sent else event


def raised(event: Event) -> Event:
    """NEW_CONNECTION_ID frames ask for the retirement of what has not been issued (19.15)."""
    if not isinstance(event, Packet):
        return event
    frames = tuple(
        changed(one, retire_prior_to=one.sequence_number + 5) if isinstance(one, NewConnectionId) else one
        for one in event.frames
    )
    return changed(event, frames=frames)


def rejudged(spoil: Spoil) -> Spoil:
    """The judge sees what was spoilt."""
    return lambda seen: replace(seen, judged=judged(spoil(seen).traces))


def to_first(said: list[Line]) -> list[Line]:
    """The balancer sent everything to one server."""
    return [one | {"server": "x"} if one["event"] == "routed" else one for one in said]


def to_many(said: list[Line]) -> list[Line]:
    """The balancer sent each address to a server of its own."""
    return [one | {"server": str(at)} if one["event"] == "routed" else one for at, one in enumerate(said)]


def first_move_only(said: list[Line]) -> list[Line]:
    """The server never came back."""
    moves = [one for one in said if one.get("what") in ("moved", "reverted")]
    return [one for one in said if one not in moves[1:]]


def validated(said: list[Line]) -> list[Line]:
    """Whatever the server moved to was validated."""
    return said + [one | {"what": "validated"} for one in said if one.get("what") == "moved"]


def doubled(said: list[Line]) -> list[Line]:
    """The victim got far more."""
    return [
        one | {"udp payload": one["udp payload"] * 2} if one["event"] == "passed" else one for one in said
    ]


def everywhere(said: list[Line]) -> list[Line]:
    """Every connection ID was seen at every place."""
    places = {one["place"] for one in said if one["event"] == "id"}
    return said + [one | {"place": place} for one in said if one["event"] == "id" for place in places]


def moved(line: Line) -> Line:
    """A line that says that the client moved."""
    at = {"local": ["10.1.0.2", 1], "remote": ["10.9.0.2", 2]}
    return {"event": "path", "at": line["at"], "what": "moved", "connection": 0, **at}


def shorter(said: list[Line]) -> list[Line]:
    """One validation is missing."""
    last = [one for one in said if one.get("what") == "validated"][-1]
    return [one for one in said if one is not last]


def later(seen: Seen) -> Seen:
    """The client sent something long after its end."""
    trace = seen.traces["client"][0]
    sent = Datagram(1e15, True, 10**6, "a:1", "b:1", 50, Position("", -1, 0))
    return replace(seen, traces=seen.traces | {"client": {0: trace_of([*trace.events, sent], "client")}})


def with_reset(seen: Seen) -> Seen:
    """A server sent a stateless reset."""
    at = Position("", -1, 0)
    datagram = Datagram(0.0, True, 0, "a:1", "b:1", 40, at)
    reset = Packet(0.0, True, "stateless_reset", 0, b"", b"", (), at, 0, 40)
    former = seen.traces["server-a"]
    return replace(
        seen, traces=seen.traces | {"server-a": former | {NOBODY: trace_of([datagram, reset], "server")}}
    )


def attacker_connects(seen: Seen) -> Seen:
    """The attacker's connection has 1-RTT packets, too."""
    former = seen.traces["server"]
    return replace(seen, traces=seen.traces | {"server": former | {1: former[0]}})


def to_ipv6(event: Event) -> Event:
    """The client never left the server's first address."""
    return changed(event, remote="[fd09::2]:4433") if isinstance(event, Datagram) else event


def not_declared(event: Event) -> Event | None:
    """No transport parameters came."""
    return None if isinstance(event, Parameters) else event


def stalled(seen: Seen) -> Seen:
    """The download never came to its end."""
    return replace(seen, quic=replace(seen.quic, outcome="stalled"))


SPOILERS: dict[str, Spoil] = {
    "The download goes on over the same connection": stalled,
    "The client goes on from": without("quic-client", "validated"),
    "The server's packets go to": without("quic-server", "moved"),
    "The server challenges the path": without_frames("server", True, PathChallenge),
    "The server challenges 1": without_frames("server", False, PathResponse),
    "No connection ID is used": events("client", same_id),
    "To no address": events("server", larger),
    "The server sees the client at another port": without("quic-server", "moved"),
    "The client hears nothing": lines("quic-client", lambda said: said + list(map(moved, said[:1]))),
    "Three paths are validated": lines("quic-server", shorter),
    "The client retires": without_frames("client", True, RetireConnectionId),
    "The client goes on toward": events("client", to_ipv6),
    "The server sends no data from there": without("quic-server", "validated"),
    "The client learns by a stateless reset": outcome("quic-client", "idle"),
    "Each reset is smaller": events("server-again", larger),
    "After the reset": later,
    "The server gave out a token": events("client", not_declared),
    "The migrated packets reach": lines("balancer", to_first),
    "No reset of a server": outcome("quic-client", "reset"),
    "The path is not validated": without("quic-client", "reverted"),
    "All 1-RTT packets reach": lines("balancer", to_many),
    "Every connection ID that the server issues": events("client", same_id),
    "No server sends": with_reset,
    "The attack draws": without("quic-server", "moved"),
    "No path to": lines("quic-server", validated),
    "The server comes back": lines("quic-server", first_move_only),
    "At most three bytes": lines("victim", doubled),
    "No handshake of the attacker's": attacker_connects,
    "The server takes copies for migrations": without("quic-server", "moved"),
    "No connection ID is seen": lines("observer", everywhere),
    "The judge finds": rejudged(events("server", raised)),
}


def spoiler(claim: str) -> Spoil:
    """The change for an expectation with this claim; there is one."""
    (found,) = [spoil for begins, spoil in SPOILERS.items() if claim.startswith(begins)]
    return found
