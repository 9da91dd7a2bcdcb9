"""The accounting of the limit, written again from the text with lists and loops: RFC 9000 5.1.1 and 5.1.2.

Nothing here comes from the machine. Connection IDs are bytes, every list is gone through from its start, and
nothing is kept that could be found out by looking again.
"""

from __future__ import annotations


class Consumer:
    """An endpoint that is sent connection IDs."""

    def __init__(self, limit: int, first: bytes) -> None:
        self.limit = limit
        self.seen: list[tuple[int, bytes]] = [(0, first)]
        self.retired: list[int] = []
        self.largest_prior = 0
        self.closed = False

    def new_connection_id(self, number: int, value: bytes, prior: int) -> None:
        """A frame arrives: what it asks to retire goes, what it brings comes, and then all is counted."""
        if (number, value) not in self.seen:
            self.seen.append((number, value))
        if prior > self.largest_prior:
            self.largest_prior = prior
        for known, _ in self.seen:
            if known < self.largest_prior and known not in self.retired:
                self.retired.append(known)
        if len(self.active()) > self.limit:
            self.closed = True

    def retire(self, number: int) -> None:
        """It gives a connection ID up by its own choice."""
        self.retired.append(number)

    def active(self) -> list[bytes]:
        """What it has and has not retired, oldest first."""
        return [value for number, value in sorted(self.seen) if number not in self.retired]


class Issuer:
    """An endpoint that sends connection IDs."""

    def __init__(self, limit: int, first: bytes) -> None:
        self.limit = limit
        self.sent: list[tuple[int, bytes, int]] = [(0, first, 0)]
        self.peer_retired: list[int] = []

    def may_send(self, prior: int) -> bool:
        """Whether one more is within the limit of a peer that gets this frame, and all before it, at last.

        A peer that has retired something counts it no longer, but the issuer may rely on that only where it
        was told, or where its own frames ask for it.
        """
        number = len(self.sent)
        if prior > number:
            return False
        for _, _, earlier in self.sent:
            if prior < earlier:
                return False
        counted = 1
        for known, _, _ in self.sent:
            if known >= prior and known not in self.peer_retired:
                counted += 1
        return counted <= self.limit

    def send(self, value: bytes, prior: int) -> None:
        """It sends the next one."""
        self.sent.append((len(self.sent), value, prior))

    def retire_connection_id(self, number: int) -> None:
        """It is told that one is retired."""
        self.peer_retired.append(number)
