"""What happened in a run, and the sequence chart of its last part."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.reference.simulation.datagram import Datagram

from pathproof.conformance.chart import Chart, Divider, Message, Step, render_text
from pathproof.conformance.chart.rows import MessageKind
from pathproof.reference.frames import Ack, Crypto, Frame, Padding, Stream
from pathproof.reference.migration import Address

LAST = 60
"""Rows of a chart: the end of a run is what explains it."""


def text_of(address: Address) -> str:
    """An address as a lane is named by it."""
    return f"{address[0]}:{address[1]}"


def label_of(frames: Iterable[Frame]) -> str:
    """Frames in a few words, without padding."""
    words: dict[str, int] = {}
    for frame in frames:
        match frame:
            case Padding():
                continue
            case Ack(ranges):
                word = f"Ack to {ranges[0][1]}"
            case Stream(stream, offset):
                word = f"Stream {stream} from {offset}"
            case Crypto(offset):
                word = f"Crypto from {offset}"
            case _:
                word = type(frame).__name__
        words[word] = words.get(word, 0) + 1
    return ", ".join(word if count == 1 else f"{count} {word}" for word, count in words.items()) or "?"


@dataclass(slots=True)
class Entry:
    """One thing that happened: a datagram sent, come or lost, or something that a party did."""

    time: float
    what: str  # "sent", "came", "lost", "did"
    datagram: Datagram | None = None
    lane: str = ""
    says: str = ""


@dataclass(slots=True)
class Diary:
    """All entries of a run, in order."""

    entries: list[Entry] = field(default_factory=list)

    def sent(self, time: float, datagram: Datagram) -> None:
        """A datagram has left its sender."""
        self.entries.append(Entry(time, "sent", datagram))

    def came(self, time: float, datagram: Datagram) -> None:
        """A datagram has arrived where it was sent to."""
        self.entries.append(Entry(time, "came", datagram))

    def lost(self, time: float, datagram: Datagram, why: str) -> None:
        """A datagram will never arrive."""
        self.entries.append(Entry(time, "lost", datagram, says=why))

    def did(self, time: float, lane: str, says: str) -> None:
        """A party did something by itself."""
        self.entries.append(Entry(time, "did", None, lane, says))

    def chart(self, title: str, failure: str = "") -> str:
        """The last rows of the run as text."""
        entries = self.entries[-LAST:]
        rows: list[Message | Step | Divider] = []
        sent: dict[int, int] = {}  # datagram -> number of the row in which it left
        for number, entry in enumerate(entries, start=1):
            rows.append(_row(entry, sent))
            if entry.what == "sent" and entry.datagram is not None:
                sent[entry.datagram.number] = number
        if failure:
            rows.append(Divider(failure, "violation"))
        middle = dict.fromkeys(
            text for entry in entries if entry.datagram for text in entry.datagram.addresses_on_the_way()
        )
        lanes = ("client", *middle, "attacker", "server")
        footer = f"the last {len(entries)} of {len(self.entries)} rows"
        return render_text(
            Chart(title, lanes, tuple(rows), footer, tuple(middle)), width=max(100, 26 * len(lanes))
        )


def _row(entry: Entry, sent: dict[int, int]) -> Message | Step:
    datagram = entry.datagram
    if datagram is None:
        return Step(
            entry.lane,
            f"{entry.says} at {entry.time:.3f}",
            kind="attack" if entry.lane == "attacker" else "plain",
        )
    label, source, target = label_of(datagram.frames), datagram.sender, datagram.lane()
    detail = f"{len(datagram.data)} bytes at {entry.time:.3f}" + (f", {entry.says}" if entry.says else "")
    via = datagram.via() if {source, target} <= {"client", "server"} else ""
    at = sent.get(datagram.number)
    if entry.what == "sent":
        kind: MessageKind = "attack" if source == "attacker" else "plain"
        return Message(source, target, label, detail, delivered=False, kind=kind, via=via)
    return Message(
        source, target, label, detail, sent_at=at, kind="lost" if entry.what == "lost" else "plain", via=via
    )
