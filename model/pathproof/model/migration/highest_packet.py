"""The server: only the highest-numbered non-probing packet moves the connection (RFC 9000 9.3-04)."""

from __future__ import annotations

from pathproof.model.migration.state import Migration, Parameters
from pathproof.model.vocabulary import has, larger


def is_duplicate(s: Migration, number: int) -> bool:
    """A packet with this number was received: copies are discarded."""
    return has(s.received, number)


def is_probing(s: Migration, number: int) -> bool:
    """The packet holds PATH_CHALLENGE, PATH_RESPONSE, NEW_CONNECTION_ID and PADDING alone (9.1, 12.4-34)."""
    return has(s.probing, number)


def is_newest(s: Migration, number: int) -> bool:
    """The number exceeds that of every packet before it that counts."""
    return number >= s.highest


def note_number(s: Migration, p: Parameters, number: int, probing: bool) -> None:
    """Probes count as well by `probes_counted` = all_packets (9.3.3-01), and not by the other reading."""
    if not probing or p.probes_counted == "all_packets":
        s.highest = larger(s.highest, number + 1)
