"""The server: the path that was active before is challenged (RFC 9000 9.3.3).

An attacker that copies packets and sends them from its own address looks like a NAT that has rebound. If the
client is still at its former address, the challenge there makes it send packets, and the newest of them moves
the connection back.
"""

from __future__ import annotations

from pathproof.model.migration.state import Migration, Parameters
from pathproof.model.migration.validation import only
from pathproof.model.vocabulary import minus, union


def is_apparent(p: Parameters, known: bool, newly: bool) -> bool:
    """The change of address is an apparent migration (9.3.3-02), by the reading of this word.

    `known`: the new address was validated before. `newly`: the packet bore a connection ID not seen before.
    """
    if p.apparent_migration == "all":
        return True
    if p.apparent_migration == "unvalidated":
        return not known
    return not known and not newly


def challenge_former(s: Migration, p: Parameters, former: int, known: bool, newly: bool) -> None:
    """PATH_CHALLENGE is to go to the address that was in use before the move."""
    if is_apparent(p, known, newly):
        s.due = union(s.due, minus(only(s, p, former), s.validating))
