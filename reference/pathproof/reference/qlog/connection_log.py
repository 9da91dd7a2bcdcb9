"""The sights of one connection, one after the other, as events of its file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathproof.reference.frames import ConnectionClose
from pathproof.reference.migration import Path
from pathproof.reference.observer import (
    DatagramSeen,
    EndSeen,
    PacketDropped,
    PacketSeen,
    ParametersSeen,
    PathSeen,
    Sight,
)
from pathproof.reference.qlog.endings import closed
from pathproof.reference.qlog.file import RecordFile
from pathproof.reference.qlog.packets import datagram, dropped, packet
from pathproof.reference.qlog.parameters import parameters
from pathproof.reference.qlog.tuples import Tuples, end
from pathproof.reference.transport_parameters import TransportParameters

if TYPE_CHECKING:
    from pathproof.reference.connection import Connection

EXPONENT = TransportParameters().ack_delay_exponent
"""That of a peer that has not said anything else (18.2)."""


class ConnectionLog:
    """Turns sights into events; times are in milliseconds from the clock of the endpoint.

    It holds nothing of the connection but what names it. A sight without a connection is logged as well.

    Parameters
    ----------
    file
        Where the events go.
    """

    def __init__(self, file: RecordFile) -> None:
        """Nothing was seen yet."""
        self.file, self.is_over = file, False
        self._tuples = Tuples()
        self._latest: tuple[int, str] = (-1, "")  # number of the latest datagram, and its tuple
        self._exponents = {True: EXPONENT, False: EXPONENT}
        self._close: ConnectionClose | None = None  # the latest that has come
        self._is_started = False

    def take(self, sight: Sight) -> None:
        """Log what was seen. Raises `OSError` if that cannot be written."""
        match sight:
            case DatagramSeen():
                self._datagram(sight)
            case PacketSeen():
                self._packet(sight)
            case PacketDropped():
                self._dropped(sight)
            case ParametersSeen():
                self._exponents[sight.is_ours] = sight.parameters.ack_delay_exponent
                self._event(sight, "parameters_set", parameters(sight.parameters, sight.is_ours))
            case PathSeen():
                self._path(sight)
            case EndSeen():
                self.is_over = True
                self._event(sight, "connection_closed", closed(sight.ended, self._close))
        if self.is_over:
            self.file.flush()  # little comes after this, and nobody says when it was the last

    def _event(self, sight: Sight, name: str, data: dict[str, Any], of: str | None = None) -> None:
        record: dict[str, Any] = {"time": round(sight.time * 1000, 6), "name": f"quic:{name}"}
        if of is not None:
            record["tuple"] = of
        self.file.add({**record, "data": data}, sight.time)

    def _datagram(self, sight: DatagramSeen) -> None:
        """A datagram, after the addresses that it is the first between."""
        name = self._tuples.find(sight.local, sight.remote)
        if name is None:
            name, gone = self._tuples.add(sight.local, sight.remote)
            if gone is not None:
                self._event(sight, "tuple_assigned", {"tuple_id": gone})
            ends = {"tuple_remote": end(sight.remote), "tuple_local": end(sight.local)}
            self._event(sight, "tuple_assigned", {"tuple_id": name, **ends}, name)
        if not self._is_started and sight.connection is not None:
            self._is_started = True
            ends = {"local": end(sight.local), "remote": end(sight.remote)}
            self._event(sight, "connection_started", ends, name)
        self._latest = sight.number, name
        way = "sent" if sight.sent else "received"
        self._event(sight, f"udp_datagrams_{way}", datagram(sight), name)

    def _packet(self, sight: PacketSeen) -> None:
        if not sight.sent:
            closes = [one for one in sight.frames if isinstance(one, ConnectionClose)]
            self._close = closes[-1] if closes else self._close
        name = "packet_sent" if sight.sent else "packet_received"
        words = packet(sight, self._exponents[sight.sent])
        self._event(sight, name, words, self._tuple_of(sight.datagram))

    def _dropped(self, sight: PacketDropped) -> None:
        of = self._tuple_of(sight.datagram)
        if sight.kind is None:
            words = {"raw": {"length": sight.size}, "datagram_id": sight.datagram}
            self._event(sight, "udp_datagram_dropped", words, of)
        else:
            self._event(sight, "packet_dropped", dropped(sight), of)

    def _tuple_of(self, number: int) -> str | None:
        """The tuple of a datagram; packets are told right after theirs."""
        return self._latest[1] if self._latest[0] == number else None

    def _path(self, sight: PathSeen) -> None:
        path = sight.path
        if sight.what == "forgotten":
            gone = self._tuples.drop(path.local, path.remote)
            if gone is not None:
                self._event(sight, "tuple_assigned", {"tuple_id": gone})
            return
        words: dict[str, Any] = {"new": _state(sight.connection, sight.what, path)}
        name = self._tuples.find(path.local, path.remote)
        if name is not None:
            words["tuple_id"] = name
        words |= {"tuple_remote": end(path.remote), "tuple_local": end(path.local)}
        self._event(sight, "migration_state_updated", words, name)


def _state(connection: Connection, what: str, path: Path) -> str:
    """What qlog calls it; one that goes back to where it was has migrated there."""
    is_current = path is connection.paths.current
    if what == "moved":
        return "migration_complete" if path.is_validated else "migration_started"
    if what == "failed":
        return "migration_abandoned" if is_current else "probing_abandoned"
    if what == "validated":
        return "migration_complete" if is_current else "probing_successful"
    return "migration_complete"
