"""What a message row shows besides its label: how much of its arrow, and when the other half happens.

The rows of a chart name each other in one direction only (`Message.sent_at`). A reader also needs the other
one, from the sending to the arrival, so it is worked out here, once for all renderers.
"""

from collections import defaultdict
from dataclasses import dataclass

from pathproof.conformance.chart.rows import Chart, Message


@dataclass(frozen=True, slots=True)
class Flight:
    """One message row, resolved.

    Attributes
    ----------
    leaves
        The arrow starts at the source's lane; otherwise the message was on its way already.
    arrives
        The arrow reaches the target's lane; otherwise the message stays in flight or is lost.
    note
        What the reader is told about the other half, e.g. "in flight, arrives at 7".
    """

    message: Message
    leaves: bool
    arrives: bool
    note: str


def flights(chart: Chart) -> dict[int, Flight]:
    """Resolve every message of a chart, by row number.

    >>> sent, came = Message("a", "b", "PING", delivered=False), Message("a", "b", "PING", sent_at=1)
    >>> [flight.note for flight in flights(Chart("late", ("a", "b"), (sent, came, came))).values()]
    ['in flight, arrives at 2 and 3', 'sent at 1', 'sent at 1, arrives again']
    """
    later: dict[int, list[tuple[int, Message]]] = defaultdict(list)
    found: dict[int, Flight] = {}
    sent = {at: row for at, row in enumerate(chart.events, start=1) if isinstance(row, Message)}
    for number, row in sent.items():
        if row.sent_at is not None:
            later[row.sent_at].append((number, row))
    for number, row in sent.items():
        sending = None if row.sent_at is None else sent[row.sent_at]
        before = [other for at, other in later.get(row.sent_at or 0, []) if at < number]
        notes = _origin(row, sending, before), _fate(row, later.get(number, []))
        leaves = sending is None or sending.source != row.source  # another party sends a copy of its own
        found[number] = Flight(row, leaves, row.arrives, "; ".join(filter(None, notes)))
    return found


def _origin(row: Message, sending: Message | None, before: list[Message]) -> str:
    """Say where the message comes from, if not from this row; `before` arrived or were lost earlier."""
    if sending is None:
        return "lost" if row.kind == "lost" else ""
    if row.kind == "lost":
        return f"lost, sent at {row.sent_at}"
    again = any(other.arrives and other.target == row.target for other in (sending, *before))
    return f"sent at {row.sent_at}" + (", arrives again" if again else "")


def _fate(row: Message, later: list[tuple[int, Message]]) -> str:
    """Say what becomes of the message in later rows."""
    lost = [at for at, other in later if not other.arrives]
    same = [at for at, other in later if other.arrives and other.target == row.target]
    passed = [at for at, other in later if other.arrives and other.target != row.target]
    fate = [
        f"{'arrives again' if row.arrives else 'arrives'} at {_listed(same)}" if same else "",
        f"passed on at {_listed(passed)}" if passed else "",
        f"lost at {_listed(lost)}" if lost else "",
    ]
    if row.arrives or row.kind == "lost":
        return ", ".join(filter(None, fate))
    return ", ".join(filter(None, ["in flight", *(fate if later else ["never arrives in this run"])]))


def _listed(numbers: list[int]) -> str:
    """Join numbers as a sentence does: 1, 2 and 3."""
    return " and ".join(filter(None, (", ".join(map(str, numbers[:-1])), str(numbers[-1]))))
