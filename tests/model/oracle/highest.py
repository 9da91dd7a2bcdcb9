"""Which packet moves a connection, written again from the text with a log of packets: RFC 9000 9.3.

Nothing here comes from the machine. Every packet that arrived is kept with its number, its address and what
it held, and whoever asks goes through the whole log from its start.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Arrival:
    """A packet that was processed: its number, where it came from, whether it held probing frames only."""

    number: int
    address: object
    probing: bool


class Peer:
    """An endpoint that follows its peer."""

    def __init__(self, address: object, probes_count: bool) -> None:
        self.address = address
        self.probes_count = probes_count
        self.log: list[Arrival] = []

    def process(self, arrival: Arrival) -> bool:
        """Process a packet that is no duplicate; whether it moves the connection to its address."""
        before = list(self.log)
        self.log.append(arrival)
        if arrival.probing:
            return False
        for earlier in before:
            counts = self.probes_count or not earlier.probing
            if counts and earlier.number > arrival.number:
                return False
        moved = arrival.address != self.address
        self.address = arrival.address
        return moved

    def has_processed(self, number: int) -> bool:
        """Whether a packet with this number is in the log."""
        return any(earlier.number == number for earlier in self.log)
