"""Paths by number: which local address and server address they join, and how the other end sees them.

The client numbers its paths local + 2 * server. The server sees them under the same numbers, and one more:
from a stranger's source to its preferred address. A sixth leads from its original address to that stranger.
"""

from __future__ import annotations

from pathproof.model.preferred_address.state import Parameters

HOME, AWAY = 0, 1  # the client's local addresses, as sources
ORIGINAL, PREFERRED = 0, 1  # server addresses
ELSEWHERE = 2  # an address that the client never heard of
HOME_ORIGINAL, AWAY_ORIGINAL, HOME_PREFERRED, AWAY_PREFERRED = 0, 1, 2, 3
THIRD_PREFERRED, THIRD_ORIGINAL = 4, 5
NOBODY = 4


def path_of(local: int, server: int) -> int:
    """The client's path between these two addresses."""
    return local + 2 * server


def is_preferred(path: int) -> bool:
    """The client's path leads to the preferred address."""
    return path >= HOME_PREFERRED


def server_of(path: int) -> int:
    """The server address at the end of the client's path."""
    return PREFERRED if path >= HOME_PREFERRED else ORIGINAL


def is_away(path: int) -> bool:
    """The client's path starts from the address that it did not have in the handshake."""
    if path == AWAY_ORIGINAL:
        return True
    return path == AWAY_PREFERRED


def seen_as(p: Parameters, path: int) -> int:
    """The path that the server observes when the client sends on this one."""
    if path == HOME_PREFERRED and p.nat == "per_destination":
        return AWAY_PREFERRED
    return path


def leads_to(p: Parameters, observed: int) -> int:
    """The client's path whose end the server reaches on this path, or `NOBODY`'s."""
    if observed >= THIRD_PREFERRED:
        return NOBODY
    if p.nat == "none":
        return observed
    if observed == AWAY_PREFERRED:
        return HOME_PREFERRED
    return HOME_ORIGINAL if observed == HOME_ORIGINAL else NOBODY


def at_preferred(observed: int) -> bool:
    """Where this is a path that the server takes packets on: they come to its preferred address."""
    return observed >= HOME_PREFERRED


def from_third(observed: int) -> bool:
    """The other end of what the server observes is none of the client's addresses."""
    return observed >= THIRD_PREFERRED


def leaves_preferred(observed: int) -> bool:
    """What the server sends on this path leaves from its preferred address."""
    return observed >= HOME_PREFERRED and observed != THIRD_ORIGINAL


def from_original(observed: int) -> int:
    """The path from the original address to the source that this path to the preferred one has."""
    return THIRD_ORIGINAL if observed == THIRD_PREFERRED else observed - 2
