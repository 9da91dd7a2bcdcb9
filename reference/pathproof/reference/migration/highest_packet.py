"""Which packet moves a connection: the highest-numbered one, if it is no probe (RFC 9000 9.1, 9.3)."""

from __future__ import annotations

from collections.abc import Iterable

from pathproof.reference.frames import Frame, NewConnectionId, Padding, PathChallenge, PathResponse

PROBING = (PathChallenge, PathResponse, NewConnectionId, Padding)
"""The probing frames; a packet of these alone is a probing packet (9.1)."""


def is_probing(frames: Iterable[Frame]) -> bool:
    """Whether a packet with these frames is a probing packet.

    >>> is_probing([PathChallenge(bytes(8)), Padding(1)]), is_probing([])
    (True, True)
    """
    return all(isinstance(frame, PROBING) for frame in frames)


def moves(number: int, highest: int) -> bool:
    """Whether a non-probing packet may turn our packets to where it came from (9.3-04).

    Parameters
    ----------
    number
        Its packet number.
    highest
        The largest number of any non-probing packet before it, or -1.

    Examples
    --------
    >>> moves(3, 2), moves(2, 2), moves(0, -1)
    (True, False, True)
    """
    return number > highest
