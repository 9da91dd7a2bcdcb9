"""A run of the machine `path_validation` as a sequence chart for readers who do not know the code."""

from __future__ import annotations

from typing import Any

from pathproof.conformance.chart import Chart, Divider, Message, State, Step
from pathproof.conformance.path_validation.parties import (
    ATTACKER,
    LANES,
    RESPONDER,
    VALIDATOR,
    members,
    responder,
    validator,
)
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.path_validation import machine
from pathproof.model.vocabulary import get, has

SILENT = {
    "deliver_challenge_after_retirement": "NEW_CONNECTION_ID that retires the path's own ID comes first"
}


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: which challenge left on which path, what came back, and what each end makes of it.

    >>> from pathproof.model.explorer.result import Run
    >>> from pathproof.model.execute import initial
    >>> run = Run("validation_ends", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'Divider']
    """
    claim = machine.claims[run.claim]
    rows = _Rows(run)
    for step in run.steps:
        rows.step(step)
    rows.made.append(Divider(f"does not hold: {claim.says}", kind="violation"))
    footer = f"{claim.name}, by {', '.join(claim.cites)}. No run is shorter."
    lanes = LANES if rows.attacked else LANES[:2]
    return Chart(title or f"Shortest run that breaks {claim.name}", lanes, tuple(rows.made), footer)


class _Rows:
    """The rows so far, and the row in which each challenge and response left."""

    def __init__(self, run: Run) -> None:
        self.made: list[Any] = []
        self.sent: dict[tuple[str, int], int] = {}
        self.attacked = any(machine.actions[step.action].actor == "third party" for step in run.steps)
        self.states(None, run.start)

    def event(self, row: Message | Step) -> int:
        self.made.append(row)
        return sum(isinstance(made, Message | Step) for made in self.made)

    def step(self, step: RunStep) -> None:
        if step.after.drawn != step.before.drawn:
            self.challenge(step)
        elif step.action in _TOLD:
            _TOLD[step.action](self, step)
        else:
            self.alone(step)
        if step.after.error != step.before.error:
            self.event(Step(VALIDATOR, f"closes: {step.after.error}", kind="close"))
        self.states(step.before, step.after)

    def challenge(self, step: RunStep) -> None:
        """A PATH_CHALLENGE leaves."""
        frame, after = step.before.drawn, step.after
        size = "1200 bytes" if has(after.expanded, frame) else "a small datagram"
        detail = f"in {size}: {machine.actions[step.action].says}"
        kind: Any = "attack" if machine.actions[step.action].kind == "attacker" else "plain"
        self.sent["challenge", frame] = self.event(
            Message(VALIDATOR, RESPONDER, _challenge(after, frame), detail, delivered=False, kind=kind)
        )

    def alone(self, step: RunStep) -> None:
        """What an end, time or the network does by itself."""
        action = machine.actions[step.action]
        lane = RESPONDER if action.actor == "responder" else VALIDATOR
        where = f"path {step.arguments['path']}" if "path" in step.arguments else ""
        self.event(Step(lane, _ALONE[step.action], where, "attack" if action.kind == "attacker" else "plain"))

    def states(self, before: Any, after: Any) -> None:
        for lane, told in ((VALIDATOR, validator), (RESPONDER, responder)):
            if before is None or told(before) != told(after):
                self.made.append(State(lane, told(after)))


def _challenge(s: Any, frame: int) -> str:
    return f"PATH_CHALLENGE, data {get(s.data, frame)}, on path {get(s.sent_on, frame)}"


def _response(s: Any, frame: int, path: int) -> str:
    return f"PATH_RESPONSE to challenge {frame}, on path {path}"


def _deliver_challenge(rows: _Rows, step: RunStep) -> None:
    for frame in members(step.after.reached) - members(step.before.reached):
        sent = rows.sent.get(("challenge", frame))
        detail = SILENT.get(step.action, "")
        rows.event(Message(VALIDATOR, RESPONDER, _challenge(step.after, frame), detail, sent_at=sent))


def _relay_challenge(rows: _Rows, step: RunStep) -> None:
    frame, path = step.arguments["frame"], step.arguments["path"]
    label = f"copy of challenge {frame}, from path {path}"
    rows.event(Message(ATTACKER, RESPONDER, label, "passed on from another address", kind="attack"))


def _send_response(rows: _Rows, step: RunStep) -> None:
    frame, came_on = step.arguments["frame"], get(step.after.came_on, step.arguments["frame"])
    size = "in 1200 bytes" if has(step.after.full, frame) else "in a small datagram"
    wrong = "" if step.after.misdeed == step.before.misdeed else f", and wrong: {step.after.misdeed}"
    label = f"PATH_RESPONSE to challenge {frame}, which came on path {came_on}"
    rows.sent["response", frame] = rows.event(
        Message(RESPONDER, VALIDATOR, label, size + wrong, delivered=False)
    )


def _deliver_response(rows: _Rows, step: RunStep) -> None:
    frame = step.arguments["frame"]
    label = _response(step.after, frame, get(step.after.came_on, frame))
    rows.event(Message(RESPONDER, VALIDATOR, label, sent_at=rows.sent.get(("response", frame))))


def _relay_response(rows: _Rows, step: RunStep) -> None:
    frame, path = step.arguments["frame"], step.arguments["path"]
    label = f"copy of the response to challenge {frame}, from path {path}"
    rows.event(Message(ATTACKER, VALIDATOR, label, "passed on from another address", kind="attack"))


def _guess(rows: _Rows, step: RunStep) -> None:
    label = f"PATH_RESPONSE with data of no challenge, on path {step.arguments['path']}"
    rows.event(Message(RESPONDER, VALIDATOR, label, machine.actions[step.action].says, kind="attack"))


def _answer_anywhere(rows: _Rows, step: RunStep) -> None:
    label = _response(step.after, step.arguments["frame"], step.arguments["path"])
    rows.event(Message(RESPONDER, VALIDATOR, label, machine.actions[step.action].says, kind="attack"))


def _acknowledge(rows: _Rows, step: RunStep) -> None:
    forged = machine.actions[step.action].kind == "attacker"
    label = f"ACK of the packet with challenge {step.arguments['frame']}"
    detail = "which the responder did not get" if forged else ""
    rows.event(Message(RESPONDER, VALIDATOR, label, detail, kind="attack" if forged else "plain"))


def _tick(rows: _Rows, step: RunStep) -> None:
    path = step.arguments["path"]
    detail = (
        "a response waits, and not for congestion control" if step.after.misdeed == "response late" else ""
    )
    rows.event(Step(VALIDATOR, f"time {get(step.after.elapsed, path)} of the attempt on path {path}", detail))


def _hear(rows: _Rows, step: RunStep) -> None:
    path = step.arguments["path"]
    label, left = f"small datagram from path {path}", get(step.after.budget, path)
    rows.event(Message(RESPONDER, VALIDATOR, label, f"{left * 300} bytes may go there now"))


_TOLD = {
    "deliver_challenge": _deliver_challenge,
    "deliver_challenge_after_retirement": _deliver_challenge,
    "deliver_two_challenges": _deliver_challenge,
    "relay_challenge": _relay_challenge,
    "send_response": _send_response,
    "deliver_response": _deliver_response,
    "relay_response": _relay_response,
    "guess_response": _guess,
    "answer_anywhere": _answer_anywhere,
    "deliver_acknowledgment": _acknowledge,
    "forge_acknowledgment": _acknowledge,
    "tick": _tick,
    "hear": _hear,
}
_ALONE = {
    "want_validation": "means to validate a path",
    "hold_challenge": "has a challenge to send, and the limit lets none out",
    "give_up": "gives the attempt up: three PTOs have passed",
    "abandon": "abandons the attempt",
    "move": "sends from another address from now on",
    "discard_connection": "has no path left",
    "signal_no_viable_path": "has no path left that carries 1200 bytes",
    "hold_response": "has a response to send, and cannot now",
    "supply": "gets a new connection ID",
    "congest": "may send nothing: its congestion window is full",
    "relieve": "may send again",
}
