"""A run of the machine `cid_supply` as a sequence chart that a reader follows without knowing the code."""

from __future__ import annotations

from typing import Any

from pathproof.conformance.chart import Chart, Divider, Message, State, Step
from pathproof.model.cid_supply import machine
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.vocabulary import Numbers, get, has, minus

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
    claim = machine.claims[run.claim]
    rows = _Rows()
    rows.states(None, run.start)
    for step in run.steps:
        rows.step(step)
    rows.made.append(Divider(f"does not hold: {claim.says}", kind="violation"))
    footer = f"{claim.name}, by {', '.join(claim.cites)}. No run is shorter."
    return Chart(title or f"Shortest run that breaks {claim.name}", LANES, tuple(rows.made), footer)


class _Rows:
    """The rows so far, and where each frame was sent."""

    def __init__(self) -> None:
        self.made: list[Any] = []
        self.sent: dict[tuple[str, int, int], int] = {}

    def event(self, row: Message | Step) -> int:
        self.made.append(row)
        return sum(isinstance(made, Message | Step) for made in self.made)

    def step(self, step: RunStep) -> None:
        attack = machine.actions[step.action].kind == "attacker"
        describe = _ATTACKS if attack else _EVENTS
        describe[step.action](self, step)
        self.retirements(step)
        if step.after.error != step.before.error:
            self.event(Step(_closer(step), f"closes: {step.after.error}", kind="close"))
        self.states(step.before, step.after)

    def retirements(self, step: RunStep) -> None:
        """RETIRE_CONNECTION_ID leaves for whatever the step has retired."""
        for number in _members(minus(step.after.retired, step.before.retired)):
            if not has(step.after.active, step.after.current):
                self.event(
                    Step(CONSUMER, f"has to send {RETIRE} {number}", "and no connection ID to send it to")
                )
                continue
            label = f"RETIRE_CONNECTION_ID {number}"
            self.sent[RETIRE, number, 0] = self.event(Message(CONSUMER, ISSUER, label, delivered=False))

    def states(self, before: Any, after: Any) -> None:
        for lane, told in ((ISSUER, _issuer), (CONSUMER, _consumer)):
            if before is None or told(before) != told(after):
                self.made.append(State(lane, told(after)))


NEW, RETIRE = "NEW_CONNECTION_ID", "RETIRE_CONNECTION_ID"


def _frame(number: int, prior: int) -> str:
    return f"{NEW} {number}, Retire Prior To {prior}"


def _issue(rows: _Rows, step: RunStep) -> None:
    number, prior = step.before.issued, step.arguments["prior"]
    rows.sent[NEW, number, prior] = rows.event(
        Message(ISSUER, CONSUMER, _frame(number, prior), delivered=False)
    )


def _deliver_new(rows: _Rows, step: RunStep) -> None:
    number, prior = step.arguments["number"], step.arguments["prior"]
    sent = rows.sent.get((NEW, number, prior))
    repeated = (
        "" if prior == get(step.before.sent_prior, number) else "sent again, with a larger Retire Prior To"
    )
    rows.event(Message(ISSUER, CONSUMER, _frame(number, prior), repeated, sent_at=sent))


def _deliver_retire(rows: _Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    carried = f"in a packet to connection ID {step.before.current}"
    sent = rows.sent.get((RETIRE, number, 0))
    rows.event(Message(CONSUMER, ISSUER, f"{RETIRE} {number}", carried, sent_at=sent))


def _acknowledge(rows: _Rows, step: RunStep) -> None:
    rows.event(Message(ISSUER, CONSUMER, f"ACK of {RETIRE} {step.arguments['number']}"))


def _retire(rows: _Rows, step: RunStep) -> None:
    rows.event(Step(CONSUMER, f"gives up connection ID {step.arguments['number']}"))


def _stop_serving(rows: _Rows, step: RunStep) -> None:
    number = next(n for n in range(step.before.retire_prior_to) if not has(step.before.invalidated, n))
    rows.event(Step(ISSUER, f"can serve connection ID {number} no longer"))


def _switch(rows: _Rows, step: RunStep) -> None:
    rows.event(Step(CONSUMER, f"switches to connection ID {step.arguments['number']}"))


def _move(rows: _Rows, step: RunStep) -> None:
    under = f"under connection ID {step.after.current}"
    rows.event(Step(CONSUMER, "goes on from a new local address", under))


def _attack_by_issuer(rows: _Rows, step: RunStep) -> None:
    number, prior = step.arguments.get("number", 0), step.arguments.get("prior", 0)
    rows.event(Message(ISSUER, CONSUMER, _frame(number, prior), _breach(step), kind="attack"))


def _attack_by_consumer(rows: _Rows, step: RunStep) -> None:
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
    return text + (f"  retired by the peer {s.invalidated}" if _members(s.invalidated) else "")


def _consumer(s: Any) -> str:
    text = f"holds {s.active}  " + (f"uses {s.current}" if has(s.active, s.current) else "can use none")
    text += f"  retired {s.retired}" if _members(s.retired) else ""
    text += f"  unacknowledged {s.unacknowledged}" if _members(s.unacknowledged) else ""
    return text + (f"  used elsewhere {s.elsewhere}" if _members(s.elsewhere) else "")


def _members(numbers: Numbers) -> list[int]:
    return sorted(getattr(numbers, "members", ()))


_EVENTS = {
    "issue": _issue,
    "deliver_new_connection_id": _deliver_new,
    "deliver_retire_connection_id": _deliver_retire,
    "deliver_acknowledgment": _acknowledge,
    "retire": _retire,
    "stop_serving": _stop_serving,
    "switch": _switch,
    "move": _move,
    "move_with_zero_length": _move,
}
_ATTACKS = {
    name: _attack_by_issuer if action.actor == ISSUER else _attack_by_consumer
    for name, action in machine.actions.items()
    if action.kind == "attacker"
}
