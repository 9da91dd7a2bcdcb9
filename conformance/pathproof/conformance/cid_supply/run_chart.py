"""A run of the machine `cid_supply` as a sequence chart that a reader follows without knowing the code."""

from __future__ import annotations

from typing import Any

from pathproof.conformance.chart import Chart, Message, Step
from pathproof.conformance.run_rows import RunRows, by_table, framed, members
from pathproof.model.cid_supply import machine
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.vocabulary import get, has, minus, union

ISSUER, CONSUMER = "issuer", "consumer"
LANES = (ISSUER, CONSUMER)


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: what was sent, what arrived and when, and what each end then holds.

    >>> from pathproof.model.explorer.result import Run
    >>> from pathproof.model.execute import initial
    >>> run = Run("limit_is_kept", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'Divider']
    """
    return framed(machine, run, rows_of(run), title)


def rows_of(run: Run) -> RunRows:
    """The rows of a run, without a frame."""
    return RunRows(LANES, {ISSUER: _issuer, CONSUMER: _consumer}).tell(run, _tell)


def _tell(rows: RunRows, step: RunStep) -> None:
    by_table(rows, machine, step, _TOLD)
    _retirements(rows, step)
    if step.after.error != step.before.error:
        rows.event(Step(_closer(step), f"closes: {step.after.error}", kind="close"))


def _retirements(rows: RunRows, step: RunStep) -> None:
    """RETIRE_CONNECTION_ID leaves for whatever the step has retired, and once more for a late frame."""
    new = union(
        minus(step.after.retired, step.before.retired),
        minus(step.after.unacknowledged, step.before.unacknowledged),
    )
    for number in members(new):
        label = f"{RETIRE} {number}"
        if has(step.after.active, step.after.current):
            rows.leaves((RETIRE, number), Message(CONSUMER, ISSUER, label))
        else:
            rows.event(Step(CONSUMER, f"has to send {label}", "and no connection ID to send it to"))


NEW, RETIRE = "NEW_CONNECTION_ID", "RETIRE_CONNECTION_ID"


def _frame(number: int, prior: int) -> str:
    return f"{NEW} {number}, Retire Prior To {prior}"


def _issue(rows: RunRows, step: RunStep) -> None:
    number, prior = step.before.issued, step.arguments["prior"]
    rows.leaves((NEW, number, prior), Message(ISSUER, CONSUMER, _frame(number, prior)))


def _deliver_new(rows: RunRows, step: RunStep) -> None:
    number, prior = step.arguments["number"], step.arguments["prior"]
    repeated = (
        "" if prior == get(step.before.sent_prior, number) else "sent again, with a larger Retire Prior To"
    )
    rows.arrives((NEW, number, prior), Message(ISSUER, CONSUMER, _frame(number, prior), repeated))


def _deliver_retire(rows: RunRows, step: RunStep) -> None:
    number = step.arguments["number"]
    carried = f"in a packet to connection ID {step.before.current}"
    rows.arrives((RETIRE, number), Message(CONSUMER, ISSUER, f"{RETIRE} {number}", carried))


def _acknowledge(rows: RunRows, step: RunStep) -> None:
    rows.event(Message(ISSUER, CONSUMER, f"ACK of {RETIRE} {step.arguments['number']}"))


def _retire(rows: RunRows, step: RunStep) -> None:
    rows.event(Step(CONSUMER, f"gives up connection ID {step.arguments['number']}"))


def _stop_serving(rows: RunRows, step: RunStep) -> None:
    number = next(n for n in range(step.before.retire_prior_to) if not has(step.before.invalidated, n))
    rows.event(Step(ISSUER, f"can serve connection ID {number} no longer"))


def _switch(rows: RunRows, step: RunStep) -> None:
    rows.event(Step(CONSUMER, f"switches to connection ID {step.arguments['number']}"))


def _move(rows: RunRows, step: RunStep) -> None:
    under = f"under connection ID {step.after.current}"
    rows.event(Step(CONSUMER, "goes on from a new local address", under))


def _attack_by_issuer(rows: RunRows, step: RunStep) -> None:
    number, prior = step.arguments.get("number", 0), step.arguments.get("prior", 0)
    rows.event(Message(ISSUER, CONSUMER, _frame(number, prior), _breach(step), kind="attack"))


def _attack_by_consumer(rows: RunRows, step: RunStep) -> None:
    label = f"{RETIRE} {step.arguments['number']}"
    rows.event(Message(CONSUMER, ISSUER, label, _breach(step), kind="attack"))


def _breach(step: RunStep) -> str:
    if step.after.breach == step.before.breach:
        return machine.actions[step.action].says
    first, breach = step.arguments.get("first"), str(step.after.breach)
    return breach + ("" if first is None else f" (that of number {first})")


def _closer(step: RunStep) -> str:
    """The end that received what closed the connection."""
    receives = machine.actions[step.action]
    if receives.kind == "attacker":
        return CONSUMER if receives.actor == ISSUER else ISSUER
    return receives.actor


def _issuer(s: Any) -> str:
    text: str = f"issued 0..{s.issued - 1}  Retire Prior To {s.retire_prior_to}"
    return text + (f"  retired by the peer {s.invalidated}" if members(s.invalidated) else "")


def _consumer(s: Any) -> str:
    text = f"holds {s.active}  " + (f"uses {s.current}" if has(s.active, s.current) else "can use none")
    text += f"  retired {s.retired}" if members(s.retired) else ""
    text += f"  unacknowledged {s.unacknowledged}" if members(s.unacknowledged) else ""
    return text + (f"  used elsewhere {s.elsewhere}" if members(s.elsewhere) else "")


_TOLD = {
    "issue": _issue,
    "deliver_new_connection_id": _deliver_new,
    "deliver_retire_connection_id": _deliver_retire,
    "deliver_acknowledgment": _acknowledge,
    "retire": _retire,
    "stop_serving": _stop_serving,
    "switch": _switch,
    "move": _move,
    "move_with_zero_length": _move,
} | {
    name: _attack_by_issuer if action.actor == ISSUER else _attack_by_consumer
    for name, action in machine.actions.items()
    if action.kind == "attacker"
}

KNOWN = frozenset(_TOLD)
"""The actions that have rows of their own; any other is told in the words of its docstring."""
