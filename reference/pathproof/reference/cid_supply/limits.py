"""How many connection IDs may be active, or wait: arithmetic alone (RFC 9000 5.1.1, 5.1.2)."""

from __future__ import annotations


def may_issue(issued: int, retired: int, below: int, limit: int) -> bool:
    """Whether one more connection ID stays within the peer's limit (5.1.1-13, 5.1.1-14).

    Parameters
    ----------
    issued
        How many connection IDs have been issued so far, the first ones included.
    retired
        How many of them the peer has retired.
    below
        How many more the new frame's Retire Prior To has the peer retire before it counts.
    limit
        The peer's active_connection_id_limit, 2 or more.

    Examples
    --------
    >>> may_issue(2, 0, 0, 2), may_issue(2, 1, 0, 2), may_issue(2, 0, 1, 2)
    (False, True, True)
    """
    return issued - retired - below < limit


def exceeds_limit(active: int, limit: int) -> bool:
    """Whether a consumer holds more active connection IDs than it is ready for (5.1.1-15).

    >>> exceeds_limit(2, 2), exceeds_limit(3, 2)
    (False, True)
    """
    return active > limit


def most_unacknowledged(limit: int) -> int:
    """How many retirements a consumer tracks at a time: twice its limit, and two (5.1.2-11, 5.1.2-12).

    >>> most_unacknowledged(2)
    6
    """
    return 2 * limit + 2


def takes_effect(prior: int, largest_prior: int) -> bool:
    """Whether a Retire Prior To says more than those before (19.15-11, 19.15-12).

    >>> takes_effect(2, 1), takes_effect(1, 1)
    (True, False)
    """
    return prior > largest_prior


def is_in_order(number: int, prior: int) -> bool:
    """Whether a frame's Retire Prior To is at most its own sequence number (19.15-09, 19.15-10).

    >>> is_in_order(3, 3), is_in_order(3, 4)
    (True, False)
    """
    return prior <= number
