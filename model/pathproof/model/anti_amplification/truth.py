"""What really came and went, address by address: the measure of the claims, read by no endpoint."""

from __future__ import annotations

from pathproof.model.anti_amplification.state import FACTOR, AntiAmplification, Parameters
from pathproof.model.vocabulary import add, get, has, put


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


def may_come(s: AntiAmplification, p: Parameters, path: int, size: int) -> bool:
    """The bound of the exploration leaves room for a datagram from there; beyond it, none is sent."""
    if size < 1:
        return False
    if counts(s, path) and get(s.came, get(s.leads, path)) + size > p.most:
        return False
    return not counts_on(s, p, path) or get(s.came_on, path) + size <= p.most


def may_go(s: AntiAmplification, p: Parameters, path: int, size: int) -> bool:
    """The count of what went has room for a datagram: no claim holds any more where it has not."""
    if counts(s, path) and get(s.went, get(s.leads, path)) + size > p.volume:
        return False
    return not counts_on(s, p, path) or get(s.went_on, path) + size <= p.volume


def came_in(s: AntiAmplification, p: Parameters, path: int, size: int) -> None:
    """A datagram of this size has come from there."""
    address = get(s.leads, path)
    if counts(s, path):
        s.came = put(s.came, address, get(s.came, address) + size)
    if counts_on(s, p, path):
        s.came_on = put(s.came_on, path, get(s.came_on, path) + size)


def went_out(s: AntiAmplification, p: Parameters, path: int, size: int) -> None:
    """A datagram of this size has gone there."""
    address = get(s.leads, path)
    if counts(s, path):
        s.went = put(s.went, address, get(s.went, address) + size)
    if counts_on(s, p, path):
        s.went_on = put(s.went_on, path, get(s.went_on, path) + size)


def has_room(s: AntiAmplification, p: Parameters, path: int, size: int) -> bool:
    """By what really came and went, a datagram of this size is within the limit."""
    if p.amplification_scope == "path":
        return has(s.proven_on, path) or get(s.went_on, path) + size <= FACTOR * get(s.came_on, path)
    address = get(s.leads, path)
    return has(s.proven, address) or get(s.went, address) + size <= FACTOR * get(s.came, address)


def prove(s: AntiAmplification, path: int) -> None:
    """The client has answered what was sent to this path, so it receives at the address there."""
    address = get(s.leads, path)
    s.proven = add(s.proven, address)
    s.proven_on = add(s.proven_on, path)
    s.came = put(s.came, address, 0)
    s.went = put(s.went, address, 0)
    s.came_on = put(s.came_on, path, 0)
    s.went_on = put(s.went_on, path, 0)


def is_at_the_bound(s: AntiAmplification, p: Parameters, path: int, size: int) -> bool:
    """The exploration lets no datagram of this size come from there any more."""
    return not may_come(s, p, path, size)
