"""What a sequence chart holds, before anything is drawn.

A chart is a title, some lanes (one for each party) and rows read from top to bottom. Messages and steps
are the events of a run, and each is numbered, from 1. States and dividers comment on the run and carry no
number. `Message.sent_at` gives such a number.

This module holds data and its consistency. Nothing here knows of text, SVG, models or traces.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

MessageKind: TypeAlias = Literal["plain", "attack", "lost"]
StepKind: TypeAlias = Literal["plain", "attack", "close"]
DividerKind: TypeAlias = Literal["plain", "violation"]


@dataclass(frozen=True, slots=True)
class Message:
    """A message that leaves one lane for another, or arrives from it.

    Parameters
    ----------
    source, target
        The lanes between which it travels.
    label, detail
        What it is, in a few words, and what else the reader may want to know.
    delivered
        False while it is in flight: a later row with `sent_at` delivers or loses it.
    sent_at
        The number of the row in which it was sent, if that was another row.
    kind
        "attack" if an attacker makes, delays or replays it; "lost" if it never arrives.
    via
        A lane between the two that stands for the path it takes, if there is one.
    """

    source: str
    target: str
    label: str
    detail: str = ""
    delivered: bool = True
    sent_at: int | None = None
    kind: MessageKind = "plain"
    via: str = ""

    def __post_init__(self) -> None:
        """Refuse a message that goes nowhere, or that arrives in a row where it is still in flight."""
        if self.source == self.target:
            raise ValueError(f"message {self.label!r} goes from {self.source!r} to itself: use a Step")
        if self.sent_at is not None and not self.arrives and self.kind != "lost":
            raise ValueError(
                f"message {self.label!r} was sent at {self.sent_at}, so this row delivers or loses it"
            )

    @property
    def arrives(self) -> bool:
        """Whether the message reaches its target in this row.

        >>> Message("a", "b", "ping").arrives, Message("a", "b", "ping", kind="lost").arrives
        (True, False)
        """
        return self.delivered and self.kind != "lost"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that a party does by itself."""

    lane: str
    label: str
    detail: str = ""
    kind: StepKind = "plain"


@dataclass(frozen=True, slots=True)
class State:
    """What a party holds after the event above. Two spaces in the text part phrases that stay whole."""

    lane: str
    text: str


@dataclass(frozen=True, slots=True)
class Divider:
    """A line across all lanes, such as the one where a property fails."""

    text: str
    kind: DividerKind = "plain"


Event: TypeAlias = Message | Step
Row: TypeAlias = Message | Step | State | Divider


@dataclass(frozen=True, slots=True)
class Chart:
    """A sequence chart: lanes from left to right, rows from top to bottom.

    Lanes in `paths` stand for paths, or addresses, and not for parties: they are drawn closer together.

    >>> rows = (Message("a", "b", "PING"), State("b", "pings 1"), Step("b", "closes"))
    >>> chart = Chart("A ping", ("a", "b"), rows)
    >>> chart.numbers
    (1, None, 2)
    """

    title: str
    lanes: tuple[str, ...]
    rows: tuple[Row, ...]
    footer: str = ""
    paths: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse lanes without a name, rows outside the lanes, and deliveries of what was never sent."""
        if not self.lanes or len(set(self.lanes)) != len(self.lanes) or not all(map(str.strip, self.lanes)):
            raise ValueError(f"lanes must be named, each with its own name: {self.lanes!r}")
        for row in self.rows:
            for lane in _lanes_of(row):
                if lane not in self.lanes:
                    raise ValueError(f"no lane {lane!r} among {self.lanes!r}")
            if isinstance(row, Message) and row.via:
                self._check_via(row)
        self._check_deliveries()

    def _check_via(self, row: Message) -> None:
        ends = sorted((self.lanes.index(row.source), self.lanes.index(row.target)))
        if row.via not in self.lanes[ends[0] + 1 : ends[1]]:
            raise ValueError(f"message {row.label!r} takes {row.via!r}, which is not between its ends")

    def _check_deliveries(self) -> None:
        sent: set[int | None] = {None}
        for number, row in enumerate(self.events, start=1):
            if isinstance(row, Message):
                if row.sent_at not in sent:
                    raise ValueError(f"row {number} was sent at {row.sent_at}, where no message was sent")
                sent.add(number)

    @property
    def events(self) -> tuple[Event, ...]:
        """The numbered rows: event 1 is the first."""
        return tuple(row for row in self.rows if isinstance(row, Message | Step))

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """The number of each row, None for states and dividers."""
        counted, numbers = 0, list[int | None]()
        for row in self.rows:
            counted += isinstance(row, Message | Step)
            numbers.append(counted if isinstance(row, Message | Step) else None)
        return tuple(numbers)


def _lanes_of(row: Row) -> tuple[str, ...]:
    match row:
        case Message(source, target):
            return source, target
        case Step(lane) | State(lane):
            return (lane,)
        case Divider():
            return ()
