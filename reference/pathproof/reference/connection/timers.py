"""What time brings to a connection, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathproof.reference.connection.events import Ended
from pathproof.reference.spaces import Space

if TYPE_CHECKING:
    from pathproof.reference.connection.connection import Connection


def deadline(c: Connection) -> float | None:
    """The earliest time at which anything happens without a datagram."""
    if not c.ending.is_open:
        return c.ending.ends_at
    times = [c.recovery.deadline(), c.paths.deadline(), c.idle.deadline(c.pto()), c.phased.deadline]
    if not c.recovery.blocked:
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
    c.phased.expire(now)
    c.paths.wake(now)
    if c.paths.is_given_up:
        _discard(c, "no path")  # 9.3.2-04
        return
    _recover(c, now)


def _discard(c: Connection, cause: str) -> None:
    c.ending.discard()
    c.end(Ended(cause))


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
