"""One path: a pair of addresses, what was proved of it, and what is known and owed there."""

from __future__ import annotations

from dataclasses import dataclass, field

from pathproof.reference.anti_amplification import Ledger
from pathproof.reference.congestion import NewReno
from pathproof.reference.path_validation import Responses, Validation
from pathproof.reference.rtt import RoundTrip

Address = tuple[str, int]
"""A host, as text, and a UDP port."""


@dataclass(slots=True, eq=False)
class Path:
    """A local address, a remote one, and the state that goes with the two.

    Examples
    --------
    >>> Path(("10.0.0.1", 1), ("10.0.0.2", 2)).is_validated
    False
    """

    local: Address
    remote: Address
    ledger: Ledger = field(default_factory=Ledger)
    round_trip: RoundTrip = field(default_factory=RoundTrip)
    congestion: NewReno = field(default_factory=NewReno)
    responses: Responses = field(default_factory=Responses)
    validation: Validation | None = None
    is_validated: bool = False
    is_of_full_size: bool = False  # datagrams of 1200 bytes get through (8.2.1-08)
    is_heard: bool = False  # a non-probing packet came from there (9-09)
    destination: int | None = None  # number of the peer's connection ID in our packets on this path
    source: int | None = None  # number of our connection ID in the peer's latest packet here

    def __str__(self) -> str:
        """The addresses, from here to there."""
        return f"{self.local[0]}:{self.local[1]} → {self.remote[0]}:{self.remote[1]}"


def keeps_context(former: Path, path: Path) -> bool:
    """Whether congestion control and round-trip estimate may go on: only the peer's port differs (9.4-03).

    >>> here, there = ("10.0.0.1", 1), Path(("10.0.0.1", 1), ("10.0.0.2", 2))
    >>> [keeps_context(there, Path(here, (host, 3))) for host in ("10.0.0.2", "10.0.0.3")]
    [True, False]
    """
    return former.local == path.local and former.remote[0] == path.remote[0]
