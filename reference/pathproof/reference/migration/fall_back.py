"""What follows when nobody answers a challenge: RFC 9000 9.3.2 and 8.2.4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathproof.reference.migration.path import Path

if TYPE_CHECKING:
    from pathproof.reference.migration.paths import Paths


def fail(paths: Paths, path: Path) -> None:
    """The validation of this path was given up, so that it counts as unusable (8.2.4-05).

    A path that the peer has left, and from which nothing is heard, goes (9.3.3), unless it is what is left to
    go back to: 9.3.2-01 has the address validated last for that, whether it answers again or not. One that is
    in use and was validated before stays: the peer has come back to it, and its packets show where it is.
    """
    if path is paths.last_validated and not paths.current.is_validated:
        return
    if path is not paths.current:
        path.is_validated = False
        paths.forget(path)
    elif not path.is_validated or not path.is_of_full_size:
        go_back(paths, path)


def go_back(paths: Paths, failed: Path) -> None:
    """Go back to the peer address that was validated last, or discard the connection (9.3.2-01, 9.3.2-04).

    A client waits for another path of its own instead (9-06).
    """
    former = paths.last_validated
    target = paths.validated_before if former is failed else former
    if target is None:
        paths.is_given_up = not paths.is_client
        return
    paths.current = paths.last_validated = target
    paths.validated_before = None
    paths.tell("reverted", target)
    paths.forget(failed)
