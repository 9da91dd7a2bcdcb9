"""A run of the machine `stateless_reset` as a sequence chart for readers who do not know the code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

from pathproof.conformance.chart import Chart, Message, State, Step
from pathproof.conformance.run_rows import RunRows, framed, kind_of, otherwise
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.stateless_reset import machine
from pathproof.model.vocabulary import has

CONSUMER, ISSUER, OTHER, ATTACKER = "consumer", "issuer", "another instance", "attacker"
RECEIVER = {"to the consumer": CONSUMER, "to the issuer": ISSUER, "to another instance": OTHER}
FORGED = ("forge_reset", "forge_small_reset")
_ANSWERS = ("answer", "answer_elsewhere", "answer_back")
STRAY = ("send_unknown_packet", "send_unknown_long_packet", "send_seen_connection_id")


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: what was sent, what answered it, and what each end then has of the connection.

    >>> from pathproof.model.explorer.result import Run
    >>> from pathproof.model.execute import initial
    >>> run = Run("nothing_is_sent_after_the_end", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'Divider']
    """
    return framed(machine, run, rows_of(run), title)


def rows_of(run: Run) -> RunRows:
    """The rows of a run, without a frame."""
    return _Rows(run).tell(run, _Rows.step)


class _Rows(RunRows):
    """The rows so far, and the datagram that is under way."""

    def __init__(self, run: Run) -> None:
        super().__init__(_lanes(run), {ISSUER: _issuer, CONSUMER: _consumer})
        self.flying: tuple[int, Message] | None = None
        self.steered = False  # what answers the datagram under way comes to the attacker

    def step(self, step: RunStep) -> None:
        """Tell one step: what lands, what happens inside, what leaves, and what comes of it."""
        name, before, after = step.action, step.before, step.after
        replaced = name in _ANSWERS
        if before.size and (not after.size or replaced):
            self.ends_flight(name)
        if name in _INSIDE:
            lane, label = _INSIDE[name]
            self.event(Step(lane, label.format(**step.arguments, first=after.first), kind=_kind(step)))
        elif name in _FRAMES:
            self.frame(step)
        elif name not in FLIGHTS:
            otherwise(self, machine, step)
        if after.size and (not before.size or replaced):
            self.begins_flight(step)
        self.outcome(step)

    def frame(self, step: RunStep) -> None:
        """A frame leaves, or arrives that left before."""
        source, target, label = _FRAMES[step.action]
        row = Message(source, target, label.format(**step.arguments, next=step.before.issued))
        if step.action in _LEAVES:
            self.leaves(row.label, row)
        elif _kind(step) == "attack":
            self.event(replace(row, kind="attack"))
        else:
            self.arrives(row.label, row)

    def begins_flight(self, step: RunStep) -> None:
        """A datagram leaves; what answers an attacker passes through its hands."""
        name, after = step.action, step.after
        source, target = _source(step), RECEIVER[after.heading]
        detail = "" if after.form == "short" else _FORMS[after.form]
        if target == CONSUMER and after.address:
            detail = ", ".join(filter(None, (detail, "from the second address")))
        sent = Message(source, target, f"{_what(step)}, {after.size} bytes", detail, kind=_kind(step))
        if name in _ANSWERS and self.steered and target == CONSUMER:
            self.event(replace(sent, target=ATTACKER))
            passed = "passed on, as if from where its packets go"
            sent = replace(sent, source=ATTACKER, detail=passed, kind="attack")
        self.steered = name == "send_seen_connection_id"
        self.flying = self.event(replace(sent, delivered=False)), sent

    def ends_flight(self, name: str) -> None:
        """It arrives, or is lost; where nothing has happened since it left, one row tells both."""
        if self.flying is None:
            return
        at, sent = self.flying
        self.flying = None
        landed = replace(sent, kind="lost" if name == "lose" else sent.kind)
        since = next(place for place, row in enumerate(reversed(self.made)) if not isinstance(row, State))
        if self.made[-1 - since] == replace(sent, delivered=False):
            self.made[-1 - since] = landed
        else:
            self.event(replace(landed, sent_at=at))

    def outcome(self, step: RunStep) -> None:
        """What an arrival or a frame has done to the consumer."""
        before, after = step.before, step.after
        if step.action == "arrive":
            matched = (
                "its first packet cannot be decrypted"
                if step.arguments["attributed"]
                else "its first packet is unknown"
            )
            ended = after.end != before.end
            label = "takes it for a reset: the connection ends" if ended else "drops it"
            self.event(Step(CONSUMER, label, matched, kind="close" if ended else "plain"))
        elif step.action == "drop":
            self.event(Step(RECEIVER[before.heading], "answers with no reset"))
        elif after.end == "closed" and before.end != "closed":
            self.event(Step(CONSUMER, "closes: PROTOCOL_VIOLATION", kind="close"))


def _states(run: Run) -> list[Any]:
    return [run.start, *(step.after for step in run.steps)]


def _lanes(run: Run) -> tuple[str, ...]:
    attacked = any(step.action in (*FORGED, *STRAY, "time_comparison") for step in run.steps)
    lanes = [ATTACKER] * attacked + [CONSUMER, ISSUER]
    if any(s.routed == "to another instance" or s.heading == "to another instance" for s in _states(run)):
        lanes.append(OTHER)
    return tuple(lanes)


def _kind(step: RunStep) -> Literal["plain", "attack"]:
    return kind_of(machine, step)


def _source(step: RunStep) -> str:
    """Who sends the datagram that the step puts under way."""
    name = step.action
    if name in FORGED or name in STRAY:
        return ATTACKER
    if name in ("send_packet", "probe", "repeat_packet", "answer_back"):
        return CONSUMER
    return OTHER if name == "answer_elsewhere" else ISSUER


def _what(step: RunStep) -> str:
    """What the datagram is."""
    name, after = step.action, step.after
    known = step.before.issued > after.names or after.issued > after.names
    if name in FORGED:
        return (
            f"datagram that ends in token {after.names}" if known else "datagram that ends in 16 other bytes"
        )
    if RECEIVER[after.heading] == CONSUMER:
        token = f"token {after.names}" if known else "another token"
        return f"late reset, {token}" if name == "repeat_reset" else f"Stateless Reset, {token}"
    if name == "answer_back":
        return "Stateless Reset, another token"
    kind = {"probe": "probing packet", "repeat_packet": "late packet"}.get(name, "packet")
    return f"{kind} to " + (f"connection ID {after.names}" if known else "no connection")


def _issuer(s: Any) -> str:
    text: str = _HOLDER[s.holder]
    text += f"  connection IDs 0..{s.issued - 1}"
    gone = [n for n in range(s.issued) if has(s.invalidated, n)]
    return text + (f"  retired by the peer {_list(gone)}" if gone else "")


def _consumer(s: Any) -> str:
    text = f"{s.end}  uses {s.current}" if s.end == "open" else str(s.end)
    known = range(s.issued)
    idle = [n for n in known if has(s.received, n) and not has(s.used, n) and not has(s.retired, n)]
    retired = [n for n in known if has(s.retired, n)]
    probed = [n for n in known if has(s.probed, n)]
    text += f"  has unused {_list(idle)}" if idle else ""
    text += f"  probes with {_list(probed)}" if probed else ""
    return text + (f"  retired {_list(retired)}" if retired else "")


def _list(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


_FORMS = {
    "long": "with a long header",
    "valid first": "behind a packet that can be decrypted",
    "valid later": "behind one that cannot be decrypted and one that can",
}
_HOLDER = {
    "holds": "has the connection",
    "closing": "closing",
    "discarded": "has discarded the connection",
    "restarted": "restarted, without the connection",
}
_INSIDE = {
    "switch": (CONSUMER, "switches to connection ID {number}"),
    "go_to_second_address": (CONSUMER, "sends to a second address, under connection ID {number}"),
    "restart_issuer": (ISSUER, "crashes and starts again"),
    "reach_integrity_limit": (ISSUER, "reaches an integrity limit and gives the connection up"),
    "close_silently": (ISSUER, "has no validated address left and discards the connection"),
    "end_closing": (ISSUER, "its closing state is over"),
    "end_draining": (CONSUMER, "its closing or draining state is over"),
    "restart_consumer": (CONSUMER, "crashes and starts again"),
    "hear_nothing": (CONSUMER, "a PTO passes without a packet for it"),
    "time_out": (CONSUMER, "its idle timeout ends the connection"),
    "connect_again": (ISSUER, "another connection begins, under connection ID {first}"),
    "route_anew": (CONSUMER, "its packets reach another instance from now on"),
    "pass_interval": (ISSUER, "an interval of counted resets is over"),
    "time_comparison": (ATTACKER, "measures how long the comparison of guesses takes"),
}
FLIGHTS = (
    *_ANSWERS,
    *FORGED,
    *STRAY,
    "send_packet",
    "probe",
    "repeat_packet",
    "repeat_reset",
    "reset_what_is_held",
    "arrive",
    "drop",
    "lose",
)
_LEAVES = ("issue", "retire", "close")
_FRAMES = {
    "issue": (ISSUER, CONSUMER, "NEW_CONNECTION_ID {next} with its token"),
    "deliver_new_connection_id": (ISSUER, CONSUMER, "NEW_CONNECTION_ID {number} with its token"),
    "retire": (CONSUMER, ISSUER, "RETIRE_CONNECTION_ID {number}"),
    "deliver_retire_connection_id": (CONSUMER, ISSUER, "RETIRE_CONNECTION_ID {number}"),
    "deliver_acknowledgment": (ISSUER, CONSUMER, "ACK of RETIRE_CONNECTION_ID {number}"),
    "close": (ISSUER, CONSUMER, "CONNECTION_CLOSE"),
    "deliver_connection_close": (ISSUER, CONSUMER, "CONNECTION_CLOSE"),
    "reuse_token": (ISSUER, CONSUMER, "NEW_CONNECTION_ID {number} with the token of the first one"),
}

KNOWN = frozenset((*FLIGHTS, *_INSIDE, *_FRAMES))
"""The actions that have rows of their own; any other is told in the words of its docstring."""
