"""How a server counts what came and what may go: RFC 9000 8 and 8.1, whatever the datagrams carry."""

from __future__ import annotations

from pathproof.model.anti_amplification.state import FACTOR, AntiAmplification, Parameters
from pathproof.model.vocabulary import add, get, has, larger, put


def account(s: AntiAmplification, p: Parameters, path: int) -> int:
    """Whose limit a datagram on this path counts against: the address's, or by the reading the path's."""
    if p.amplification_scope == "path":
        return path
    return get(s.leads, path)


def is_valid(s: AntiAmplification, p: Parameters, path: int) -> bool:
    """No limit holds for what goes to this path."""
    return has(s.valid, account(s, p, path))


def credit(size: int, processed: int) -> int:
    """What a datagram adds to the allowance (8.1-05, 8.1-06).

    All its bytes count, once, however many of them were in packets that could be processed.
    """
    return FACTOR * size


def take_in(s: AntiAmplification, p: Parameters, path: int, size: int, processed: int) -> None:
    """A datagram has come that belongs to the connection."""
    if not is_valid(s, p, path):
        whose = account(s, p, path)
        earned = get(s.allowance, whose) + credit(size, processed)
        s.allowance = put(s.allowance, whose, smaller(earned, FACTOR * p.most))


def smaller(one: int, other: int) -> int:
    """The smaller of two numbers.

    >>> smaller(2, 5)
    2
    """
    return one + other - larger(one, other)


def is_withheld(s: AntiAmplification, p: Parameters, path: int) -> bool:
    """The server sends nothing to a port that attacks often aim at that is not valid yet (21.5.6-05)."""
    return p.ports == "guarded" and has(s.guarded, get(s.leads, path)) and not is_valid(s, p, path)


def limit_allows(s: AntiAmplification, p: Parameters, path: int, size: int, kind: str) -> bool:
    """A datagram of this size may go there (8-01); what `kind` it is of makes no difference."""
    return is_valid(s, p, path) or size <= get(s.allowance, account(s, p, path))


def may_send(s: AntiAmplification, p: Parameters, path: int, size: int, kind: str) -> bool:
    """The server may send this datagram there."""
    return limit_allows(s, p, path, size, kind) and not is_withheld(s, p, path)


def cost(size: int) -> int:
    """What a datagram takes from the allowance: all its bytes."""
    return size


def spend(s: AntiAmplification, p: Parameters, path: int, size: int) -> None:
    """A datagram goes out."""
    if not is_valid(s, p, path):
        whose = account(s, p, path)
        left = get(s.allowance, whose)
        s.allowance = put(s.allowance, whose, left - cost(size) if cost(size) <= left else 0)


def validate(s: AntiAmplification, p: Parameters, path: int) -> None:
    """The address counts as valid: its limit falls."""
    s.valid = add(s.valid, account(s, p, path))
    s.allowance = put(s.allowance, account(s, p, path), 0)


def is_blocked(s: AntiAmplification, p: Parameters, path: int) -> bool:
    """Nothing at all may go there before more has come."""
    return not is_valid(s, p, path) and get(s.allowance, account(s, p, path)) == 0
