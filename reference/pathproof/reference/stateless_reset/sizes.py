"""How large a stateless reset is: arithmetic alone (RFC 9000 10.3, 10.3.3)."""

from __future__ import annotations

SMALLEST = 21  # bytes: a first byte, four that look like a packet, and the token (10.3-14)
SHORT = 43  # a packet of at most this many bytes is answered by one byte less (10.3-16)
SPREAD = 64  # resets of longer packets differ by up to so many bytes, so that their size tells nothing


def is_large_enough(trigger: int) -> bool:
    """Whether any reset may answer a datagram of this size, in bytes (10.3-19, 10.3.3-01).

    >>> is_large_enough(21), is_large_enough(22)
    (False, True)
    """
    return trigger > SMALLEST


def size_of_reset(trigger: int, draw: int) -> int:
    """The size of the reset that answers a datagram, in bytes.

    It is smaller than its trigger, so that two ends without state do not answer each other for ever
    (10.3.3-01), and so never three times larger (10.3-18).

    Parameters
    ----------
    trigger
        Size of the datagram to be answered, 22 bytes or more.
    draw
        Any number from 0 up: it spreads the sizes.

    Examples
    --------
    >>> size_of_reset(22, 0), size_of_reset(43, 9), size_of_reset(1200, 0), size_of_reset(1200, 63)
    (21, 42, 43, 106)
    """
    if trigger <= SHORT:
        return trigger - 1
    spread = trigger - SHORT
    return SHORT + draw % (spread if spread < SPREAD else SPREAD)


def is_loop_free(trigger: int, size: int) -> bool:
    """Whether answering a datagram of one size by a reset of the other comes to an end (10.3.3-01).

    >>> is_loop_free(43, 42), is_loop_free(43, 43)
    (True, False)
    """
    return SMALLEST <= size < trigger
