"""A run of the machine `path_validation` as a sequence chart for readers who do not know the code.

Between the two ends each path has a lane of its own, as far as which a frame has come that is under way.
"""

from __future__ import annotations

from typing import Any

from pathproof.conformance.chart import Chart, Message, Step
from pathproof.conformance.path_validation.parties import ATTACKER, RESPONDER, VALIDATOR, responder, validator
from pathproof.conformance.run_rows import RunRows, framed, kind_of, members, otherwise
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.path_validation import machine
from pathproof.model.vocabulary import get, has

CHALLENGES = {
    "send_challenge": "the first of an attempt",
    "repeat_challenge": "a PTO has passed without a response",
    "copy_challenge": "a PTO has passed without a response",
    "send_larger_challenge": "the limit has room for it now",
    "flood": "without waiting",
    "flood_with_small_datagrams": "without waiting, and not expanded",
}
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
    return framed(machine, run, rows_of(run), title)


def rows_of(run: Run) -> RunRows:
    """The rows of a run, without a frame."""
    paths = tuple(_path(number) for number in _paths_in(run))
    attacked = any(machine.actions[step.action].actor == "third party" for step in run.steps)
    lanes = ((ATTACKER,) if attacked else ()) + (VALIDATOR, *paths, RESPONDER)
    return RunRows(lanes, {VALIDATOR: validator, RESPONDER: responder}, paths).tell(run, _tell)


def _paths_in(run: Run) -> list[int]:
    """The paths that a run has to do with."""
    found = {step.arguments["path"] for step in run.steps if "path" in step.arguments}
    for state in (run.start, *(step.after for step in run.steps)):
        found |= {state.current, *(get(state.sent_on, frame) for frame in range(state.drawn))}
    return sorted(found)


def _path(number: int) -> str:
    return f"path {number}"


def _tell(rows: RunRows, step: RunStep) -> None:
    """The rows of one step, and whether the connection ends over it."""
    if step.after.drawn != step.before.drawn:
        _challenge_leaves(rows, step)
    elif step.action in TOLD:
        TOLD[step.action](rows, step)
    elif step.action in ALONE:
        _alone(rows, step)
    else:
        otherwise(rows, machine, step)
    if step.after.error != step.before.error:
        rows.event(Step(VALIDATOR, f"closes: {step.after.error}", kind="close"))


def _to_responder(label: str, path: int, detail: str = "", kind: Any = "plain") -> Message:
    return Message(VALIDATOR, RESPONDER, label, detail, kind=kind, via=_path(path))


def _to_validator(label: str, path: int, detail: str = "", kind: Any = "plain") -> Message:
    return Message(RESPONDER, VALIDATOR, label, detail, kind=kind, via=_path(path))


def _challenge_leaves(rows: RunRows, step: RunStep) -> None:
    frame, after = step.before.drawn, step.after
    size = "in 1200 bytes" if has(after.expanded, frame) else "in a small datagram"
    detail = f"{size}; {CHALLENGES.get(step.action, machine.actions[step.action].says)}"
    row = _to_responder(_challenge(after, frame), get(after.sent_on, frame), detail, kind_of(machine, step))
    rows.leaves(("challenge", frame), row)


def _alone(rows: RunRows, step: RunStep) -> None:
    """What an end, time or the network does by itself."""
    action, arguments = machine.actions[step.action], step.arguments
    lane = RESPONDER if action.actor == "responder" else VALIDATOR
    where = f"path {arguments['path']}" if "path" in arguments else ""
    where += f"challenge {arguments['frame']}" if "frame" in arguments else ""
    rows.event(Step(lane, ALONE[step.action], where, kind_of(machine, step)))


def _challenge(s: Any, frame: int) -> str:
    data = get(s.data, frame)
    return f"PATH_CHALLENGE {frame}" + (f", data as in {data}" if data != frame else "")


def _deliver_challenge(rows: RunRows, step: RunStep) -> None:
    after = step.after
    for frame in sorted({*members(after.reached)} - {*members(step.before.reached)}):
        row = _to_responder(_challenge(after, frame), get(after.sent_on, frame), SILENT.get(step.action, ""))
        rows.arrives(("challenge", frame), row)


def _relay_challenge(rows: RunRows, step: RunStep) -> None:
    frame, path = step.arguments["frame"], _path(step.arguments["path"])
    label = f"copy of PATH_CHALLENGE {frame}"
    rows.event(Message(ATTACKER, RESPONDER, label, f"ahead of it, on {path}", kind="attack", via=path))


def _send_response(rows: RunRows, step: RunStep) -> None:
    frame, after = step.arguments["frame"], step.after
    size = "in 1200 bytes" if has(after.full, frame) else "in a small datagram"
    wrong = "" if after.misdeed == step.before.misdeed else f", and wrong: {after.misdeed}"
    rows.leaves(("response", frame), _to_validator(_response(frame), get(after.came_on, frame), size + wrong))


def _response(frame: int) -> str:
    return f"PATH_RESPONSE to challenge {frame}"


def _deliver_response(rows: RunRows, step: RunStep) -> None:
    frame = step.arguments["frame"]
    rows.arrives(("response", frame), _to_validator(_response(frame), get(step.after.came_on, frame)))


def _relay_response(rows: RunRows, step: RunStep) -> None:
    frame, path = step.arguments["frame"], _path(step.arguments["path"])
    label = f"copy of the response to challenge {frame}"
    rows.event(Message(ATTACKER, VALIDATOR, label, f"ahead of it, on {path}", kind="attack"))


def _guess(rows: RunRows, step: RunStep) -> None:
    detail = machine.actions[step.action].says
    row = _to_validator("PATH_RESPONSE with data of no challenge", step.arguments["path"], detail, "attack")
    rows.event(row)


def _answer_anywhere(rows: RunRows, step: RunStep) -> None:
    label, detail = _response(step.arguments["frame"]), machine.actions[step.action].says
    rows.event(_to_validator(label, step.arguments["path"], detail, "attack"))


def _acknowledge(rows: RunRows, step: RunStep) -> None:
    forged = machine.actions[step.action].kind == "attacker"
    label = f"ACK of the packet with challenge {step.arguments['frame']}"
    detail = "which the responder did not get" if forged else ""
    rows.event(_to_validator(label, step.before.current, detail, "attack" if forged else "plain"))


def _tick(rows: RunRows, step: RunStep) -> None:
    path = step.arguments["path"]
    detail = (
        "a response waits, and not for congestion control" if step.after.misdeed == "response late" else ""
    )
    rows.event(Step(VALIDATOR, f"time {get(step.after.elapsed, path)} of the attempt on path {path}", detail))


def _hear(rows: RunRows, step: RunStep) -> None:
    path = step.arguments["path"]
    left = get(step.after.budget, path)
    rows.event(_to_validator("small datagram", path, f"{left * 300} bytes may go there now"))


TOLD = {
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
ALONE = {
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
KNOWN = frozenset((*CHALLENGES, *TOLD, *ALONE))
"""The actions that have rows of their own; any other is told in the words of its docstring."""
