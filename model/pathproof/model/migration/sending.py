"""The server: whether a datagram may go to an address, and what is limited before validation (9.3-05, 9.3.1).

The unit is a datagram. Each packet from an address that is not validated lets three go there; the count of
what may go stops at three, as of an endpoint that is more careful than it need be.
"""

from __future__ import annotations

from pathproof.model.migration.connection_ids import can_equip, equip
from pathproof.model.migration.state import FACTOR, Migration, Parameters
from pathproof.model.vocabulary import get, has, put


def allow(s: Migration, address: int) -> None:
    """A packet came from this address: three datagrams may go there (8.1-04)."""
    s.allowance = put(s.allowance, address, FACTOR)


def is_unlimited(s: Migration, p: Parameters, address: int) -> bool:
    """The address is validated, or left unvalidated because it was seen recently (9.3.1-02)."""
    return has(s.validated, address) or is_trusted(s, p, address)


def is_trusted(s: Migration, p: Parameters, address: int) -> bool:
    """The address in use is neither validated nor under validation, by `rebinding_validation` = seen."""
    if p.rebinding_validation != "seen" or address != s.current:
        return False
    return not has(s.due, address) and not has(s.validating, address)


def may_send_to(s: Migration, p: Parameters, address: int) -> bool:
    """A datagram may go to this address: the limit permits it, and there is a connection ID for it."""
    if not is_unlimited(s, p, address) and get(s.allowance, address) == 0:
        return False
    return can_equip(s, p, address)


def send_to(s: Migration, p: Parameters, address: int) -> None:
    """A datagram goes to this address."""
    equip(s, p, address)
    count_datagram(s, address)


def count_datagram(s: Migration, address: int) -> None:
    """What goes to an address that is not validated is counted."""
    if not has(s.validated, address) and get(s.allowance, address) > 0:
        s.allowance = put(s.allowance, address, get(s.allowance, address) - 1)
