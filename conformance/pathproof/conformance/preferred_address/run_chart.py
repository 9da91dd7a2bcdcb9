"""A run of the machine `preferred_address` as a sequence chart that a reader of the RFC follows.

The lanes are the client's two local addresses, the server's two addresses, and whoever else takes part.
"""

from __future__ import annotations

from typing import Any

from pathproof.conformance.chart import Chart, Divider, Message, State, Step
from pathproof.conformance.preferred_address.told import client_state, server_state
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.preferred_address import machine
from pathproof.model.vocabulary import get, has

HOME, AWAY = "client, first address", "client, other address"
ORIGINAL, PREFERRED = "server, original", "server, preferred"
OTHERS = "others"
LANES = (HOME, AWAY, ORIGINAL, PREFERRED, OTHERS)
LOCALS, SERVERS = (HOME, AWAY), (ORIGINAL, PREFERRED)
CHALLENGE, RESPONSE, PARAMETER = "PATH_CHALLENGE", "PATH_RESPONSE", "preferred_address"


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: what was sent, what arrived and when, and what each end then holds.

    >>> from pathproof.model.explorer.result import Run
    >>> from pathproof.model.execute import initial
    >>> run = Run("the_server_follows_its_client", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'Divider']
    """
    claim = machine.claims[run.claim]
    rows = _Rows()
    rows.states(None, run.start)
    for step in run.steps:
        _TOLD[step.action](rows, step)
        rows.after(step)
    rows.made.append(Divider(f"does not hold: {claim.says}", kind="violation"))
    footer = f"{claim.name}, by {', '.join(claim.cites)}. No run is shorter."
    return Chart(title or f"Shortest run that breaks {claim.name}", LANES, tuple(rows.made), footer)


class _Rows:
    """The rows so far."""

    def __init__(self) -> None:
        self.made: list[Any] = []

    def message(self, source: str, target: str, label: str, detail: str = "", kind: Any = "plain") -> None:
        self.made.append(Message(source, target, label, detail, kind=kind))

    def step(self, lane: str, label: str, detail: str = "", kind: Any = "plain") -> None:
        self.made.append(Step(lane, label, detail, kind))

    def after(self, step: RunStep) -> None:
        """What the server sends at once, what ends the connection, and the states that have changed."""
        for observed in range(5):
            if has(step.after.checking, observed) and not has(step.before.checking, observed):
                server = PREFERRED if observed >= 2 else ORIGINAL
                self.step(server, f"sends {CHALLENGE}", f"to {_source(observed)}")
        if step.after.error != step.before.error:
            lane = ORIGINAL if step.action == "state_as_client" else HOME
            self.step(lane, f"closes: {step.after.error}", kind="close")
        self.states(step.before, step.after)

    def states(self, before: Any, after: Any) -> None:
        for lane, told in ((HOME, client_state), (ORIGINAL, server_state)):
            if before is None or told(before) != told(after):
                self.made.append(State(lane, told(after)))


def _source(observed: int) -> str:
    return ("the first address", "the other address", "the first address", "the other address", "a stranger")[
        observed
    ]


def _ends(path: int) -> tuple[str, str]:
    """The lanes that one of the client's paths joins."""
    return LOCALS[path % 2], SERVERS[path // 2]


def _under(s: Any, path: int) -> str:
    number = get(s.bearing, path)
    return f"to connection ID {number - 1}" if number > 0 else ""


def _parameters(rows: _Rows, step: RunStep) -> None:
    offered = step.after.address != "none"
    detail = "with connection ID 1" if offered else ""
    rows.message(ORIGINAL, HOME, PARAMETER if offered else f"no {PARAMETER}", detail)


def _confirm(rows: _Rows, step: RunStep) -> None:
    rows.message(ORIGINAL, HOME, "HANDSHAKE_DONE")
    _probes(rows, step)


def _probes(rows: _Rows, step: RunStep) -> None:
    for path in range(4):
        if has(step.after.probing, path) and not has(step.before.probing, path):
            local, server = _ends(path)
            rows.step(local, f"sends {CHALLENGE}", f"to the {server}, {_under(step.after, path)}")


def _supply(rows: _Rows, step: RunStep) -> None:
    number = step.before.issued
    prior = ", Retire Prior To 2" if step.action == "withdraw" else ""
    rows.message(ORIGINAL, HOME, f"NEW_CONNECTION_ID {number}{prior}")


def _retire(rows: _Rows, step: RunStep) -> None:
    number = get(step.before.bearing, step.arguments["path"]) - 1
    rows.message(HOME, ORIGINAL, f"RETIRE_CONNECTION_ID {number}")


def _client_timer(rows: _Rows, step: RunStep) -> None:
    server = SERVERS[step.arguments["server"]]
    ticks = get(step.after.ticks, step.arguments["server"])
    does = "gives the validation up" if ticks == 3 else f"sends {CHALLENGE} again"
    rows.step(HOME, f"PTO {ticks} without an answer from the {server}: {does}")


def _move(rows: _Rows, step: RunStep) -> None:
    path = get(step.after.sent_on, step.after.generation)
    local, server = _ends(path)
    rows.step(local, "the client moves here", f"and sends to the {server}, {_under(step.after, path)}")


def _probe_arrives(rows: _Rows, step: RunStep) -> None:
    path = step.arguments["path"]
    local, server = _ends(path)
    rows.message(local, server, CHALLENGE)
    if has(step.after.server_answers, path) and not has(step.before.server_answers, path):
        rows.step(server, f"sends {RESPONSE}")
    elif not has(step.after.server_answers, path):
        rows.step(server, "has no connection ID to answer with")


def _server_answer_arrives(rows: _Rows, step: RunStep) -> None:
    local, server = _ends(step.arguments["path"])
    rows.message(server, local, RESPONSE)
    if step.after.generation != step.before.generation:
        _move(rows, step)


def _data_arrives(rows: _Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    local, server = _ends(get(step.before.sent_on, number))
    late = (
        "after a packet with a higher number" if "overtaken" in step.action else "the highest number so far"
    )
    rows.message(local, server, f"data of generation {number}", late)
    if step.action.startswith("drop"):
        rows.step(server, "drops the packet")


def _challenge_arrives(rows: _Rows, step: RunStep) -> None:
    observed = step.arguments["observed"]
    local = AWAY if observed % 2 == 1 else HOME
    rows.message(SERVERS[observed // 2], local, CHALLENGE)
    detail = "" if step.after.returned == step.before.returned else "to the address that it has left"
    rows.step(local, f"sends {RESPONSE}", detail or _under(step.after, observed))


def _client_answer_arrives(rows: _Rows, step: RunStep) -> None:
    observed = step.arguments["observed"]
    rows.message(AWAY if observed % 2 == 1 else HOME, SERVERS[observed // 2], RESPONSE)


def _server_timer(rows: _Rows, step: RunStep) -> None:
    observed = step.arguments["observed"]
    lane = PREFERRED if observed >= 2 else ORIGINAL
    rows.step(lane, f"no answer from {_source(observed)}: gives the validation up")


def _to_third(rows: _Rows, step: RunStep) -> None:
    rows.message(ORIGINAL, OTHERS, "data", "to the source of the copy")


def _copy(rows: _Rows, step: RunStep) -> None:
    server = SERVERS[step.arguments.get("server", 1)]
    what = "a probe" if step.action == "copy_probe" else "the client's newest packet"
    as_whom = "as if from the client's first address" if step.action == "copy_as_client" else "from elsewhere"
    rows.message(OTHERS, server, f"copy of {what}, before the original", as_whom, "attack")


def _cut(rows: _Rows, step: RunStep) -> None:
    does = "lets pass" if step.action == "mend" else "drops"
    rows.step(OTHERS, f"{does} all to and from the {SERVERS[step.arguments['server']]}", kind="attack")


def _spoofed_challenge(rows: _Rows, step: RunStep) -> None:
    local = LOCALS[step.arguments["local"]]
    rows.message(ORIGINAL, local, CHALLENGE, "as if from the victim's address", "attack")
    rows.message(local, OTHERS, RESPONSE, "to the victim")


def _breach(rows: _Rows, step: RunStep) -> None:
    says = machine.actions[step.action].says.rstrip(".")
    if step.action == "state_as_client":
        rows.message(HOME, ORIGINAL, PARAMETER, "from a client", "attack")
    else:
        rows.message(ORIGINAL, HOME, says, kind="attack")


_TOLD = {
    "receive_parameters": _parameters,
    "confirm": _confirm,
    "supply": _supply,
    "withdraw": _supply,
    "retire_path": _retire,
    "probe_preferred": _probes,
    "probe_original": _probes,
    "probe_both": _probes,
    "client_timer": _client_timer,
    "move_at_original": _move,
    "move_unprobed": _move,
    "move_at_preferred": _move,
    "deliver_probe": _probe_arrives,
    "deliver_server_answer": _server_answer_arrives,
    "deliver_data": _data_arrives,
    "deliver_overtaken_data": _data_arrives,
    "drop_barred_data": _data_arrives,
    "drop_newer_data": _data_arrives,
    "drop_overtaken_data": _data_arrives,
    "deliver_challenge": _challenge_arrives,
    "deliver_client_answer": _client_answer_arrives,
    "server_timer": _server_timer,
    "send_to_third": _to_third,
    "copy_as_client": _copy,
    "copy_as_third": _copy,
    "copy_probe": _copy,
    "cut": _cut,
    "mend": _cut,
    "challenge_as_the_victim": _spoofed_challenge,
} | {
    name: _breach
    for name in machine.actions
    if name.startswith("state_") or name in {"name_a_victim", "send_number_one_again", "send_from_elsewhere"}
}
