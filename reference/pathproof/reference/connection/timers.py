"""What time brings to a connection, and when."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

from pathproof.reference.connection.events import Ended
from pathproof.reference.frames import ConnectionClose
from pathproof.reference.spaces import Space
from pathproof.spec.names import ErrorCode

if TYPE_CHECKING:
    from pathproof.reference.connection.connection import Connection


def deadline(c: Connection) -> float | None:
    """The earliest time at which anything happens without a datagram."""
    if not c.ending.is_open:
        return c.ending.ends_at
    times = [c.recovery.deadline(), c.paths.deadline(), c.idle.deadline(c.pto()), c.phased.deadline]
    times += [c.paced_until, None if c.was_complete or c.handshake_ends == inf else c.handshake_ends]
    if not c.is_cut_off:
        times += [state.received.deadline() for state in c.spaces if state.can_send]
    return min((time for time in times if time is not None), default=None)


def wake(c: Connection, now: float) -> None:
    """Let every timer that has run out do its work."""
    if not c.ending.is_open:
        c.ending.wake(now)
        return
    idle_at = c.idle.deadline(c.pto())
    if idle_at is not None and now >= idle_at:
        _discard(c, "idle")
        return
    if not c.was_complete and now >= c.handshake_ends:
        _give_up_handshake(c)
        return
    c.phased.expire(now)
    c.paths.wake(now)
    if c.paths.is_given_up:
        _discard(c, "no path")  # 9.3.2-04
        return
    _recover(c, now)


def _discard(c: Connection, cause: str) -> None:
    c.ending.discard()
    c.end(Ended(cause))


def _give_up_handshake(c: Connection) -> None:
    """Nobody is there, or the handshake takes too long, and a peer that was heard is told (10.2.3)."""
    if c.peer_source is None:
        _discard(c, "no answer")
    else:
        c.abandon(ConnectionClose(ErrorCode.NO_ERROR, 0, "the handshake takes too long"), "handshake")


def _recover(c: Connection, now: float) -> None:
    """Packets count as lost, or probes ask what became of them (RFC 9002 6)."""
    woken = c.recovery.wake(now)
    c.lost(woken.lost)
    for space in woken.probes:
        state = c.spaces[space]
        if state.can_send:
            state.probes = 2
            oldest = c.recovery.oldest(space)
            if oldest is not None:
                c.lost((oldest,))
            elif space != Space.APPLICATION:
                state.crypto.repeat()
