"""Datagrams and the addresses they go between, as far as the events so far have told them.

A tuple is told once and named by the events after it; draft-00 tells addresses where they change. What is
held is bounded: of too many tuples, the oldest is forgotten, and what names it has no address then.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.conformance.events import NOT_LOGGED, Datagram, Missing, Position, shown
from pathproof.conformance.qlog.dialects import Dialect
from pathproof.conformance.qlog.records import (
    DatagramsRecord,
    EndRecord,
    PacketRecord,
    RawRecord,
    TupleRecord,
)

MOST_TUPLES = 4096
"""Tuples that are known at a time."""
MOST_AT_ONCE = 64
"""Datagrams that one event without their sizes makes."""
LONGEST = 256
"""Characters of a tuple's ID, or of a host: what is longer is not kept, and so not known."""

Known = str | Missing
Ends = tuple[Known, Known]


def address(end: EndRecord | None) -> Known:
    """An address as events have it.

    >>> address(EndRecord(ip_v4="10.0.0.1", port_v4=443)), address(EndRecord(ip_v6="::1", port_v6=443))
    ('10.0.0.1:443', '[::1]:443')
    >>> address(EndRecord(ip_v4="10.0.0.1")), address(None)
    (NOT_LOGGED, NOT_LOGGED)
    """
    if end is None:
        return NOT_LOGGED
    for host, port in ((end.ip_v4, end.port_v4), (end.ip_v6, end.port_v6)):
        if host is not None and len(host) <= LONGEST and port is not None:
            return shown((host, port))
    return NOT_LOGGED


@dataclass(slots=True)
class Carriers:
    """What one iteration over a trace knows of them.

    `tuple_id` is that of the event in hand, `latest` the numbers of the latest datagram that has gone and of
    that which has come, by direction.
    """

    dialect: Dialect
    tuple_id: str | int = ""
    latest: dict[bool, int | Missing] = field(default_factory=lambda: {True: NOT_LOGGED, False: NOT_LOGGED})
    _tuples: dict[str | int, Ends] = field(default_factory=dict)
    _told: Ends = (NOT_LOGGED, NOT_LOGGED)
    _count: int = 0

    def assign(self, record: TupleRecord) -> None:
        """A tuple has these ends from now on; one without any is given up."""
        self._tuples.pop(record.tuple_id, None)
        is_over = record.tuple_local is None and record.tuple_remote is None
        if is_over or len(str(record.tuple_id)) > LONGEST:
            return
        if len(self._tuples) >= MOST_TUPLES:
            del self._tuples[next(iter(self._tuples))]
        self._tuples[record.tuple_id] = address(record.tuple_local), address(record.tuple_remote)

    def datagrams(
        self, record: DatagramsRecord, time: float, sent: bool, position: Position, has_header: bool
    ) -> tuple[Datagram, ...]:
        """The datagrams of one event; where `has_header`, it is not sure what a length alone counts."""
        local, remote = self._ends(record, sent)
        numbers = record.datagram_ids or record.datagram_payload_checksums or ()
        made = []
        for index, size in enumerate(self._sizes(record, has_header)):
            number = numbers[index] if index < len(numbers) else self._numbered(sent)
            self.latest[sent] = number
            made.append(Datagram(time, sent, number, local, remote, size, position))
        return tuple(made)

    def around(self, record: PacketRecord, sent: bool) -> int | Missing:
        """The number of the datagram around a packet; checksums name only one that was told right before."""
        if record.datagram_id is not None:
            return record.datagram_id
        checksum = record.datagram_payload_checksum
        if checksum is not None:
            return checksum if self.latest[sent] == checksum else NOT_LOGGED
        return self.latest[False] if self.dialect.datagram_first and not sent else NOT_LOGGED

    def _sizes(self, record: DatagramsRecord, has_header: bool) -> list[int | Missing]:
        """The size of each datagram; what `byte_length` counts is known of one dialect."""
        if record.byte_length is not None and self.dialect.changes_only:
            return [record.byte_length]
        sizes = [_size(raw, has_header) for raw in record.raw or ()]
        many = 1 if record.count is None and record.byte_length is not None else record.count or 0
        return sizes or [NOT_LOGGED] * min(many, MOST_AT_ONCE)

    def _numbered(self, sent: bool) -> int | Missing:
        """A number of our own, where the packets that follow can be known to be in the datagram."""
        if sent or not self.dialect.datagram_first:
            return NOT_LOGGED
        self._count += 1
        return self._count - 1

    def _ends(self, record: DatagramsRecord, sent: bool) -> Ends:
        """Both addresses, the local one first."""
        if not self.dialect.changes_only:
            return self._tuples.get(self.tuple_id, (NOT_LOGGED, NOT_LOGGED))
        told = address(record.addr_from), address(record.addr_to)
        local, remote = told if sent else (told[1], told[0])
        before = self._told
        self._told = (
            before[0] if isinstance(local, Missing) else local,
            before[1] if isinstance(remote, Missing) else remote,
        )
        return self._told


def _size(raw: RawRecord, has_header: bool) -> int | Missing:
    """The UDP payload in bytes."""
    if raw.payload_length is not None and has_header:
        return raw.payload_length
    return NOT_LOGGED if raw.length is None or has_header else raw.length
