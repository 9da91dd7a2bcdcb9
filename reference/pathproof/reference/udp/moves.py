"""When a client moves during a download, and how."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.reference.migration import Address, NoSpareConnectionId
from pathproof.reference.udp.client import Client


@dataclass(frozen=True, slots=True)
class Move:
    """After so many bytes, go on from another address.

    Parameters
    ----------
    after
        Bytes of files that have come.
    local
        Where to go; None for another port. A host with port 0 takes a free one.
    is_rebinding
        Whether that happens as behind a NAT: to another port, and nobody tells the connection.

    Examples
    --------
    >>> str(Move(1000)), str(Move(1000, is_rebinding=True))
    ('migrate after 1000 bytes', 'rebind after 1000 bytes')
    """

    after: int
    local: Address | None = None
    is_rebinding: bool = False

    def __str__(self) -> str:
        """What is done, and when."""
        to = f" to {self.local[0]}" if self.local else ""
        return f"{'rebind' if self.is_rebinding else 'migrate'}{to} after {self.after} bytes"


class Mover:
    """Makes moves in their order, one at a time: the next waits until the path in use is validated.

    Attributes
    ----------
    waiting
        Those that were not made yet.
    made
        How many were made.
    refused
        Why no further move is made, if so.
    """

    def __init__(self, client: Client, moves: tuple[Move, ...]) -> None:
        self.client = client
        self.waiting = sorted(moves, key=lambda move: move.after)
        self.made = 0
        self.refused = ""

    def work(self, received: int) -> None:
        """Make the next move if so many bytes have come."""
        connection = self.client.connection
        is_due = self.waiting and received >= self.waiting[0].after and not self.refused
        if is_due and connection.is_confirmed and connection.paths.current.is_validated:
            try:
                self._make(self.waiting[0])
            except NoSpareConnectionId:
                return  # the peer may supply more
            except (OSError, ValueError) as error:
                self.refused = f"{self.waiting[0]}: {getattr(error, 'strerror', None) or error}"
                return
            del self.waiting[0]
            self.made += 1

    def _make(self, move: Move) -> None:
        if move.is_rebinding:
            self.client.rebind()
        else:
            self.client.migrate(move.local)
