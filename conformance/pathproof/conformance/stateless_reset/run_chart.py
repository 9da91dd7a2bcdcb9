"""A run of the machine `stateless_reset` as a sequence chart for readers who do not know the code."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pathproof.conformance.chart import Chart, Divider, Message, State, Step
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.stateless_reset import machine
from pathproof.model.vocabulary import has

CONSUMER, ISSUER, OTHER, ATTACKER = "consumer", "issuer", "another instance", "attacker"
RECEIVER = {"to the consumer": CONSUMER, "to the issuer": ISSUER, "to another instance": OTHER}
FORGED = ("forge_reset", "forge_small_reset")
STRAY = ("send_unknown_packet", "send_unknown_long_packet", "send_seen_connection_id")


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: what was sent, what answered it, and what each end then has of the connection.

    >>> from pathproof.model.explorer.result import Run
    >>> from pathproof.model.execute import initial
    >>> run = Run("nothing_is_sent_after_the_end", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'Divider']
    """
    claim = machine.claims[run.claim]
    rows = _Rows(run)
    rows.states(None, run.start)
    for step in run.steps:
        rows.step(step)
    rows.made.append(Divider(f"does not hold: {claim.says}", kind="violation"))
    footer = f"{claim.name}, by {', '.join(claim.cites)}. No run is shorter."
    return Chart(title or f"Shortest run that breaks {claim.name}", rows.lanes, tuple(rows.made), footer)


class _Rows:
    """The rows so far, and the datagram that is under way."""

    def __init__(self, run: Run) -> None:
        self.made: list[Any] = []
        self.flying: tuple[int, Message] | None = None
        self.left: dict[str, int] = {}
        self.lanes = _lanes(run)

    def event(self, row: Message | Step) -> int:
        self.made.append(row)
        return sum(isinstance(made, Message | Step) for made in self.made)

    def step(self, step: RunStep) -> None:
        name, before, after = step.action, step.before, step.after
        if before.size and (not after.size or name.startswith("answer")):
            self.ends_flight(name)
        if name in _INSIDE:
            lane, label = _INSIDE[name]
            self.event(Step(lane, label.format(**step.arguments, first=after.first)))
        elif name in _FRAMES:
            source, target, label = _FRAMES[name]
            attack = machine.actions[name].kind == "attacker"
            label = label.format(**step.arguments, next=before.issued)
            self.frame(
                name,
                Message(
                    source, target, label, delivered=name not in _LEAVES, kind="attack" if attack else "plain"
                ),
            )
        if after.size and (not before.size or name.startswith("answer")):
            self.begins_flight(step)
        self.outcome(step)
        self.states(before, after)

    def frame(self, name: str, row: Message) -> None:
        """A frame leaves, or arrives that left before."""
        arrived = Message(row.source, row.target, row.label, delivered=True, sent_at=self.left.get(row.label))
        at = self.event(row if name in _LEAVES or row.kind == "attack" else arrived)
        if name in _LEAVES:
            self.left[row.label] = at

    def begins_flight(self, step: RunStep) -> None:
        """A datagram leaves."""
        name, after = step.action, step.after
        attack = machine.actions[name].kind == "attacker"
        source = _source(step)
        target = RECEIVER[after.heading]
        detail = "" if after.form == "short" else _FORMS[after.form]
        if name in FORGED or name == "repeat_reset" or target == CONSUMER:
            detail = ", ".join(filter(None, (detail, "from the second address" if after.address else "")))
        label = f"{_what(step)}, {after.size} bytes"
        sent = Message(source, target, label, detail, delivered=False, kind="attack" if attack else "plain")
        self.flying = (self.event(sent), sent)

    def ends_flight(self, name: str) -> None:
        """It arrives, or is lost."""
        if self.flying is None:
            return
        at, sent = self.flying
        self.flying = None
        self.event(replace(sent, delivered=True, sent_at=at, kind="lost" if name == "lose" else sent.kind))

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
        elif after.end == "closed" and before.end != "closed":
            self.event(Step(CONSUMER, "closes: PROTOCOL_VIOLATION", kind="close"))

    def states(self, before: Any, after: Any) -> None:
        for lane, told in ((ISSUER, _issuer), (CONSUMER, _consumer)):
            if before is None or told(before) != told(after):
                self.made.append(State(lane, told(after)))


def _states(run: Run) -> list[Any]:
    return [run.start, *(step.after for step in run.steps)]


def _lanes(run: Run) -> tuple[str, ...]:
    lanes = [CONSUMER, ISSUER]
    if any(s.routed == "to another instance" or s.heading == "to another instance" for s in _states(run)):
        lanes.append(OTHER)
    if any(step.action in (*FORGED, *STRAY, "time_comparison") for step in run.steps):
        lanes.append(ATTACKER)
    return tuple(lanes)


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
    "time_out": (CONSUMER, "its idle timeout ends the connection"),
    "connect_again": (ISSUER, "another connection begins, under connection ID {first}"),
    "route_anew": (CONSUMER, "its packets reach another instance from now on"),
    "pass_interval": (ISSUER, "an interval of counted resets is over"),
    "time_comparison": (ATTACKER, "measures how long the comparison of guesses takes"),
}
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
