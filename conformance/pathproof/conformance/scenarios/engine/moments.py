"""What a timeline shows: moments with letters, and where each end was from when to when."""

from __future__ import annotations

import string
from dataclasses import dataclass
from itertools import groupby

from pathproof.conformance.scenarios.engine.seen import Mark, PathMark, Seen

LETTERS = string.ascii_lowercase + string.ascii_uppercase
SAYS = {
    "moved": "moves to",
    "validated": "has validated",
    "failed": "gives up validating",
    "reverted": "goes back to",
}
RUN = 4
"""So many alike moments in a row are told as one."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened: its letter, when, in which lane, and in words.

    Lanes are `network`, `attacker`, `observer`, and `path` for what ends say of paths.
    """

    letter: str
    at: float
    lane: str
    text: str


@dataclass(frozen=True, slots=True)
class Stay:
    """From when to when the packets of an end left from, or went to, an address."""

    start: float
    end: float
    address: str


def moments(seen: Seen) -> list[Moment]:
    """All that happened, in its order.

    Paths that are forgotten are left out, and a run of alike ones is told once: a storm would hide the rest.
    """
    found = [(mark.at, mark.lane, _by_whom(mark) + mark.text) for mark in seen.marks]
    for end in ends(seen):
        found += _of_paths(end, seen.paths(end, "moved", "validated", "failed", "reverted"))
    ended = [line for line in seen.said("quic-client", "ended") if line["at"] <= seen.began + seen.seconds]
    found += [
        (line["at"] - seen.began, "path", f"client: its connection ends, {line['outcome']}") for line in ended
    ]
    letters = LETTERS + "*" * len(found)
    return [Moment(letter, *one) for letter, one in zip(letters, sorted(found), strict=False)]


def ends(seen: Seen) -> list[str]:
    """The ends of the connection: the client, and each server."""
    return [name.removeprefix("quic-") for name in seen.lines if name.startswith("quic-")]


def _of_paths(end: str, marks: list[PathMark]) -> list[tuple[float, str, str]]:
    found = []
    for what, group in groupby(marks, key=lambda mark: mark.what):
        alike = list(group)
        if len(alike) >= RUN:
            span = alike[-1].at - alike[0].at
            last = _far(end, alike[-1])
            text = f"{end}: {SAYS[what]} {len(alike)} paths within {span:.2f} s, last {last}"
            found.append((alike[0].at, "path", text))
        else:
            found += [(mark.at, "path", f"{end}: {SAYS[what]} {_far(end, mark)}") for mark in alike]
    return found


def _by_whom(mark: Mark) -> str:
    return "" if mark.lane == "network" else f"{mark.lane}: "


def _far(end: str, mark: PathMark) -> str:
    """The client's address of a path, which is what changes."""
    return mark.local if end == "client" else mark.remote


def stays(seen: Seen, end: str) -> list[Stay]:
    """Where the client was, as this end of the first connection knows it."""
    first = next(seen.datagrams(end), None)
    if first is None:
        return []
    address = str(first.local if end == "client" else first.remote)
    found, start = [], 0.0
    for mark in seen.paths(end, "moved", "reverted"):
        found.append(Stay(start, mark.at, address))
        start, address = mark.at, _far(end, mark)
    return [*found, Stay(start, max(start, seen.seconds), address)]


def serving_end(seen: Seen) -> str:
    """The server that the client's connection is with: the one that has most packets of it."""
    servers = [end for end in ends(seen) if end != "client"]
    return max(servers, key=lambda end: sum(1 for _ in seen.packets(end, True)), default="server")
