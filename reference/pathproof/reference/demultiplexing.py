"""Which connection a datagram belongs to: by connection ID, whatever its address (RFC 9000 5.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathproof.reference.connection import Connection


class Demultiplexer:
    """The connections of an endpoint, by every connection ID that they accept.

    An empty connection ID finds a connection only where there is one alone (5.2-04).

    Examples
    --------
    >>> index = Demultiplexer()
    >>> index.find(b"12345678") is None
    True
    """

    __slots__ = ("_by_id", "_ids")

    def __init__(self) -> None:
        """There is none to begin with."""
        self._by_id: dict[bytes, Connection] = {}
        self._ids: dict[Connection, set[bytes]] = {}

    def __iter__(self) -> Iterator[Connection]:
        """Each connection once."""
        return iter(self._ids)

    def __contains__(self, connection_id: bytes) -> bool:
        """Whether the connection ID is taken."""
        return connection_id in self._by_id

    def accept(self, connection_id: bytes, connection: Connection) -> None:
        """Packets to this connection ID belong to this connection from now on (5.1.1-08)."""
        self._by_id[connection_id] = connection
        self._ids.setdefault(connection, set()).add(connection_id)

    def forget(self, connection_id: bytes) -> None:
        """Packets to this connection ID belong to nobody."""
        connection = self._by_id.pop(connection_id, None)
        if connection is not None:
            self._ids[connection].discard(connection_id)

    def find(self, connection_id: bytes) -> Connection | None:
        """The connection of a packet with this destination."""
        return self._by_id.get(connection_id)

    def remove(self, connection: Connection) -> None:
        """The connection is over: none of its connection IDs is accepted (10.2-11)."""
        for connection_id in self._ids.pop(connection, ()):
            del self._by_id[connection_id]
