"""Which connection ID of the peer is in our packets on a path: RFC 9000 9.5, 9.3 and 5.1.2."""

from __future__ import annotations

from collections.abc import Iterable

from pathproof.reference.cid_supply import Consumer
from pathproof.reference.migration.path import Path


def is_equipped(path: Path, consumer: Consumer) -> bool:
    """Whether packets on this path have a connection ID that is not retired."""
    return path.destination is not None and path.destination in consumer.active


def choice(path: Path, paths: Iterable[Path], consumer: Consumer) -> int | None:
    """The connection ID for packets on this path; without one nothing goes there (9.3-03, 9.5-09).

    It is the one that they bear already, or one that no packet has borne (9.5-03, 9.5-04). A peer that came
    with the connection ID of ours that it used elsewhere did not mean to move, and what we used toward it
    goes on (9.5-05).
    """
    if is_equipped(path, consumer):
        return path.destination
    if consumer.is_empty:
        return 0
    unmoved = _unmoved(path, paths, consumer)
    return consumer.spare() if unmoved is None else unmoved


def equip(path: Path, paths: Iterable[Path], consumer: Consumer) -> bool:
    """Take that connection ID for the packets on this path from now on, and say whether there is one."""
    if not is_equipped(path, consumer):  # mostly it has one
        path.destination = choice(path, paths, consumer)
    if path.destination is None:
        return False
    consumer.active[path.destination].used = True
    return True


def _unmoved(path: Path, paths: Iterable[Path], consumer: Consumer) -> int | None:
    for other in paths:
        alike = other is not path and other.local == path.local and other.source is not None
        if alike and other.source == path.source and is_equipped(other, consumer):
            return other.destination
    return None


def leave(path: Path, paths: Iterable[Path], consumer: Consumer) -> None:
    """The path is given up, and with it its connection ID, unless another path goes on with it (5.1.2-06)."""
    number, path.destination = path.destination, None
    if number is None or number not in consumer.active or consumer.is_empty:
        return
    if not any(other.destination == number for other in paths if other is not path):
        consumer.retire(number)
