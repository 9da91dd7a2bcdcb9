"""Which connections of an endpoint have something to do: the others cost nothing when a datagram comes."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathproof.reference.connection import Connection, Outgoing


class Agenda:
    """Connections to which something has happened, and when each wants to be woken.

    Whatever gives a connection something to send, or may change its deadline, touches it: a datagram, time,
    the application. Those that were touched are asked what they send, in turn.

    Examples
    --------
    >>> agenda = Agenda()
    >>> agenda.deadline() is None, list(agenda.datagrams(now=0.0)), agenda.due(now=1.0)
    (True, [], [])
    """

    __slots__ = ("_at", "_touched")

    def __init__(self) -> None:
        """There is no connection."""
        self._at: dict[Connection, float] = {}  # when to wake each, infinity for never
        self._touched: dict[Connection, None] = {}  # a queue: the first was served longest ago

    def __len__(self) -> int:
        """How many connections are known."""
        return len(self._at)

    def touch(self, connection: Connection) -> None:
        """Something has happened to a connection."""
        self._touched[connection] = None

    def remove(self, connection: Connection) -> None:
        """A connection is over."""
        self._touched.pop(connection, None)
        self._at.pop(connection, None)

    def datagrams(self, now: float) -> Iterator[Outgoing]:
        """Yield what those have to send that were touched.

        Who takes only a part of it goes on with another connection the next time, and comes back to the one
        that has more to send.
        """
        for connection in list(self._touched):
            del self._touched[connection]
            self._touched[connection] = None
            yield from connection.datagrams(now)
            self._touched.pop(connection, None)
            self._note(connection)

    def deadline(self) -> float | None:
        """When the first connection wants to be woken, in seconds."""
        for connection in self._touched:
            self._note(connection)
        first = min(self._at.values(), default=inf)
        return None if first == inf else first

    def due(self, now: float) -> list[Connection]:
        """Those that want to be woken by now, or were touched since they were asked."""
        for connection in self._touched:
            self._note(connection)
        return [connection for connection, at in self._at.items() if at <= now]

    def _note(self, connection: Connection) -> None:
        at = connection.deadline()
        self._at[connection] = inf if at is None else at
