"""What really came and went, address by address: the measure of the claims, read by no endpoint.

Only the difference between three times what came and what went matters to the limit. So a count of what came
that is full stays full, and three times each further byte is taken off what went: no run ends because a
number is too large. Only what comes while nothing has gone out for a full count is not counted at all, by the
server (`ledger`) as little as here: it is like a server that makes no use of it.
"""

from __future__ import annotations

from pathproof.model.anti_amplification.ledger import smaller
from pathproof.model.anti_amplification.state import FACTOR, AntiAmplification, Parameters
from pathproof.model.vocabulary import add, get, has, larger, put


def address_of(s: AntiAmplification, path: int) -> int:
    """The address of the client to which a path leads."""
    return get(s.leads, path)


def is_held(s: AntiAmplification, path: int) -> bool:
    """The client receives what goes to this path."""
    return has(s.held, get(s.leads, path))


def counts(s: AntiAmplification, path: int) -> bool:
    """What goes to the address of this path still counts: the client has not shown that it receives there."""
    return not has(s.proven, get(s.leads, path))


def counts_on(s: AntiAmplification, p: Parameters, path: int) -> bool:
    """What goes over this path still counts by itself."""
    if p.amplification_scope == "address":
        return counts(s, path)
    return not has(s.proven_on, path)


def surplus(came: int, size: int, most: int) -> int:
    """The bytes of a datagram that a count has no room for."""
    return larger(came + size, most) - most


def came_in(s: AntiAmplification, p: Parameters, path: int, size: int) -> None:
    """A datagram of this size has come from there."""
    address = get(s.leads, path)
    over = surplus(came_by_account(s, p, path), size, p.most)
    back = smaller(went_by_account(s, p, path), FACTOR * over)
    if counts(s, path):
        s.came = put(s.came, address, smaller(get(s.came, address) + size - over, p.volume))
        s.went = put(s.went, address, larger(get(s.went, address), back) - back)
    if counts_on(s, p, path):
        s.came_on = put(s.came_on, path, get(s.came_on, path) + size - over)
        s.went_on = put(s.went_on, path, larger(get(s.went_on, path), back) - back)


def came_by_account(s: AntiAmplification, p: Parameters, path: int) -> int:
    """What came that counts for the limit of this path: from its address, or over the path itself."""
    return get(s.came_on, path) if p.amplification_scope == "path" else get(s.came, get(s.leads, path))


def went_by_account(s: AntiAmplification, p: Parameters, path: int) -> int:
    """What went that counts against the limit of this path: to its address, or over the path itself."""
    return get(s.went_on, path) if p.amplification_scope == "path" else get(s.went, get(s.leads, path))


def room(s: AntiAmplification, p: Parameters, path: int) -> int:
    """What the limit has left by what really came and went."""
    allowed = FACTOR * came_by_account(s, p, path)
    return larger(allowed, went_by_account(s, p, path)) - went_by_account(s, p, path)


def went_out(s: AntiAmplification, p: Parameters, path: int, size: int) -> None:
    """A datagram of this size has gone there; beyond `volume`, one that is far too much is as bad as more."""
    address = get(s.leads, path)
    if counts(s, path):
        s.went = put(s.went, address, smaller(get(s.went, address) + size, p.volume))
    if counts_on(s, p, path):
        s.went_on = put(s.went_on, path, smaller(get(s.went_on, path) + size, p.volume))


def has_room(s: AntiAmplification, p: Parameters, path: int, size: int) -> bool:
    """By what really came and went, a datagram of this size is within the limit."""
    if not counts_on(s, p, path):
        return True
    return size <= room(s, p, path)


def prove(s: AntiAmplification, path: int) -> None:
    """The client has answered what was sent to this path, so it receives at the address there."""
    address = get(s.leads, path)
    s.proven = add(s.proven, address)
    s.proven_on = add(s.proven_on, path)
    s.came = put(s.came, address, 0)
    s.went = put(s.went, address, 0)
    s.came_on = put(s.came_on, path, 0)
    s.went_on = put(s.went_on, path, 0)
