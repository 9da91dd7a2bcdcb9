"""What a connection sends: probes on the paths that want them, and all else on the path in use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pathproof.reference.anti_amplification import LEAST_ROOM
from pathproof.reference.connection.ending import Phase
from pathproof.reference.connection.packets import Draft, seal
from pathproof.reference.connection.space_state import SpaceState
from pathproof.reference.frames import (
    Ack,
    Crypto,
    Frame,
    HandshakeDone,
    NewConnectionId,
    NewToken,
    PathChallenge,
    PathResponse,
    Ping,
    RetireConnectionId,
)
from pathproof.reference.migration import Address, Path
from pathproof.reference.path_validation import FULL_SIZE
from pathproof.reference.spaces import Space

if TYPE_CHECKING:
    from pathproof.reference.connection.connection import Connection


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A datagram to be sent, from where to where."""

    data: bytes
    local: Address
    remote: Address


def datagrams(c: Connection, now: float) -> Iterator[Outgoing]:
    """Yield every datagram that may be sent now."""
    if not c.ending.is_open:
        if c.ending.is_due and c.ending.phase is Phase.CLOSING:
            c.ending.is_due = False
            yield from _close(c, now)
        return
    c.paced_until, c.paths.current.congestion.is_held_back = None, False
    for path in c.paths.probes(now):
        yield from _probe(c, path, now)
    while (built := _build(c, c.paths.current, now)) is not None:
        yield built


# On the path in use.


def _build(c: Connection, path: Path, now: float) -> Outgoing | None:
    """A datagram with what waits, in packets of each space for which there are keys (12.2).

    Where the limit keeps room for challenges alone, an acknowledgment still goes: it answers packets that
    have brought more room than it takes.
    """
    limit = path.ledger.room()
    c.is_cut_off = limit < LEAST_ROOM or not c.paths.equip(path)
    for_data = limit - _kept_for_challenges(path)
    c.recovery.blocked = c.is_cut_off or for_data < LEAST_ROOM
    if c.is_cut_off:
        return None
    room = min(c.configuration.datagram_size, limit if c.recovery.blocked else for_data)
    drafts: list[Draft] = []
    for state in c.spaces:
        if state.can_send and room >= LEAST_ROOM:
            draft = Draft(c, state, path, room)
            _fill(c, state, path, draft, now)
            if draft.frames:
                drafts.append(draft)
                room -= draft.size
    return _sent(c, path, drafts, now) if drafts else None


def _kept_for_challenges(path: Path) -> int:
    """Bytes of the limit that nothing but challenges may use (8.2.1, 8.2.4)."""
    return 0 if path.validation is None or path.ledger.validated else path.validation.reserve()


def _fill(c: Connection, state: SpaceState, path: Path, draft: Draft, now: float) -> None:
    """Put into a packet what this space has to say; beyond the window only acknowledgments and probes go."""
    is_last = state.space == Space.APPLICATION
    has_more = not state.crypto.is_idle or (is_last and c.was_complete and _has_data(c))
    may_send = (has_more or state.probes > 0) and _may_send(c, state, path, draft, now)
    due = state.received.deadline()
    if may_send or (due is not None and due <= now):
        _acknowledge(c, state, draft, now)
    if not may_send:
        return
    for crypto in state.crypto.frames(draft.room):
        draft.add(crypto)
    if is_last and c.was_complete:
        for frame, data in c.control.frames(draft.room, path.destination):
            draft.add(frame, data)
        for streamed in c.streams.frames(draft.room):
            draft.add(streamed)
    if state.probes:
        state.probes -= 1
        if not draft.eliciting:
            draft.add(Ping())


def _acknowledge(c: Connection, state: SpaceState, draft: Draft, now: float) -> None:
    """Put an acknowledgment into a packet, if one is owed (13.2.1)."""
    ack = state.received.frame(now, c.local.ack_delay_exponent, draft.room)
    if ack is not None:
        draft.add(ack)


def _may_send(c: Connection, state: SpaceState, path: Path, draft: Draft, now: float) -> bool:
    """Whether more than an acknowledgment may go: the limit, the window and the pacer have a say.

    A server's Initial packets that ask for an acknowledgment wait for a limit of 1200 bytes (14.1-03).
    """
    if c.recovery.blocked:
        return False
    if state.space == Space.INITIAL and not c.is_client and draft.total < FULL_SIZE:
        return False
    if state.probes:
        return True  # RFC 9002 7.5
    congestion, size = path.congestion, c.configuration.datagram_size
    if congestion.room < size:
        return False
    when = congestion.pacer.when(size, now, congestion.window, path.round_trip.smoothed)
    if when > now:
        c.paced_until, congestion.is_held_back = when, True
    return when <= now


def _has_data(c: Connection) -> bool:
    return not c.control.is_idle or not c.streams.is_idle


def _sent(c: Connection, path: Path, drafts: list[Draft], now: float) -> Outgoing:
    """Pad where the handshake asks for it (14.1), seal, and keep the books."""
    size = sum(draft.size for draft in drafts)
    initial = next((draft for draft in drafts if draft.state.space == Space.INITIAL), None)
    if initial is not None and (c.is_client or initial.eliciting):
        drafts[-1].pad(min(FULL_SIZE, path.ledger.room()) - size)
    packets = [seal(draft, now) for draft in drafts]
    out = Outgoing(b"".join(packets), path.local, path.remote)
    _tell(c, drafts, packets, out, now)
    path.ledger.went(len(out.data))
    c.idle.sent(now, any(draft.eliciting for draft in drafts))
    if c.is_client and any(draft.state.space == Space.HANDSHAKE for draft in drafts):
        c.discard(Space.INITIAL)  # RFC 9001 4.9.1
    return out


def _tell(c: Connection, drafts: list[Draft], packets: list[bytes], out: Outgoing, now: float) -> None:
    """Whoever watches sees the datagram, and what is in it."""
    number = c.boundary.datagram(c, now, True, out.local, out.remote, len(out.data))
    if c.boundary.is_watched:
        for draft, data in zip(drafts, packets, strict=True):
            c.boundary.tell(draft.seen(number, len(data), now))


# Path validation.


def _probe(c: Connection, path: Path, now: float) -> Iterator[Outgoing]:
    """PATH_CHALLENGE, PATH_RESPONSE or both, in 1200 bytes if the limit allows (8.2.1, 8.2.2).

    If it does not, padding would only take room from the next challenge.
    """
    state = c.spaces[Space.APPLICATION]
    room = min(FULL_SIZE, path.ledger.room())
    if not state.can_send or not c.was_complete or room < LEAST_ROOM:
        return
    draft, attempt = Draft(c, state, path, room), path.validation
    challenge: PathChallenge | None = None
    while path.responses and draft.room >= 9:
        response = path.responses.take()
        assert response is not None
        draft.add(response)
    if attempt is not None and attempt.is_due(now) and draft.room >= 9:
        challenge = attempt.challenge(now, c.random)
        draft.add(challenge)
    if path is c.paths.current and draft.room:
        draft.add(Ping())  # a non-probing packet, in answer to a challenge on an active path (9.3.3-03)
        _acknowledge(c, state, draft, now)
    if room == FULL_SIZE:
        draft.pad(room - draft.size)
    out = _sent(c, path, [draft], now)
    if challenge is not None and attempt is not None:
        attempt.sent(challenge.data, len(out.data))
    yield out


def owe_token(c: Connection, path: Path) -> None:
    """A client that was verified at an address gets a token for a connection from there (9.3-08, 8.1.3)."""
    if c.new_token is not None:
        c.control.owe(NewToken(c.new_token(path, c.now)))


# The end.


def _close(c: Connection, now: float) -> Iterator[Outgoing]:
    """CONNECTION_CLOSE, in packets of every type that the peer may be able to read (10.2.3)."""
    path, frame = c.paths.current, c.ending.frame
    room = min(FULL_SIZE, path.ledger.room())
    if frame is None or room < LEAST_ROOM or not c.paths.equip(path):
        return
    drafts = []
    for state in c.spaces:
        if state.can_send and room >= LEAST_ROOM:
            draft = Draft(c, state, path, room)
            draft.add_close(frame)
            drafts.append(draft)
            room -= draft.size
    if drafts:
        yield _sent(c, path, drafts, now)


# What becomes of frames.


def on_acknowledged(c: Connection, space: Space, frame: Frame) -> None:
    """A packet with this frame was acknowledged."""
    match frame:
        case Ack():
            c.spaces[space].received.acknowledged(frame)
        case Crypto():
            c.spaces[space].crypto.acked(frame)
        case Ping() | PathChallenge() | PathResponse() | HandshakeDone() | NewToken() | NewConnectionId():
            pass
        case RetireConnectionId():
            c.control.acknowledged(frame)
        case _:
            c.streams.acked(frame)  # type: ignore[arg-type]


def on_lost(c: Connection, space: Space, frame: Frame) -> None:
    """A packet with this frame was lost: neither acknowledgments nor probes of a path are repeated (13.3)."""
    match frame:
        case Ack() | Ping() | PathChallenge() | PathResponse():
            pass
        case Crypto():
            c.spaces[space].crypto.lost(frame)
        case RetireConnectionId() | HandshakeDone() | NewToken() | NewConnectionId():
            c.control.lost(frame)
        case _:
            c.streams.lost(frame)  # type: ignore[arg-type]
