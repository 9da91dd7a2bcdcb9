"""One duty of one side, and what may hide that it was done."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.conformance.judge.notes import Sight
from pathproof.model.vocabulary import Numbers

GAP = "events in a gap of the trace"
REST = "what follows the end of the trace"
LOST = "packets of the peer that did not arrive"
PACKET_NUMBERS = "packet numbers"

Ranges = tuple[tuple[int, int], ...]


def covers(ranges: Ranges, number: int) -> bool:
    """Whether a packet number is acknowledged by these ranges.

    >>> covers(((7, 9), (1, 3)), 2), covers(((7, 9), (1, 3)), 5)
    (True, False)
    """
    return any(low <= number <= high for low, high in ranges)


@dataclass(slots=True, eq=False)
class Debt:
    """One duty.

    `carrier` is the number of the packet that brought it, None where that is not logged or plays no part.
    `numbers` are the sequence numbers still owed a frame, None for a duty to close with `code`. `done` says
    what was left undone. `since` is the order of the packet with the acknowledgment, None before it.
    `waited` says that an ack-eliciting packet left after that, without the duty done. `reading` names the
    reading one value of which makes this a duty; it is "" for what the text demands under all. `hidden` names
    what may hide that the duty was done.
    """

    clause: str
    sight: Sight
    done: str
    carrier: int | None
    numbers: Numbers | None = None
    code: int = 0
    reading: str = ""
    since: int | None = None
    waited: bool = False
    hidden: str = ""
