"""A run of the machine `preferred_address` as a sequence chart that a reader of the RFC follows.

The lanes are the client's two local addresses, the server's two addresses, and whoever else takes part.
"""

from __future__ import annotations

from typing import Any

from pathproof.conformance.chart import Chart, Message, Step
from pathproof.conformance.preferred_address.told import client_state, server_state
from pathproof.conformance.run_rows import RunRows, by_table, framed
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.preferred_address import machine
from pathproof.model.vocabulary import get, has

HOME, AWAY = "client, first address", "client, other address"
ORIGINAL, PREFERRED = "server, original", "server, preferred"
ATTACKER, VICTIM = "attacker", "victim"
LANES = (HOME, AWAY, ORIGINAL, PREFERRED)
OTHERS = {
    ATTACKER: {"copy_as_client", "copy_as_third", "copy_probe", "send_to_third", "cut", "mend"},
    VICTIM: {"challenge_as_the_victim"},
}
LOCALS, SERVERS = (HOME, AWAY), (ORIGINAL, PREFERRED)
STRANGER = 4  # the path from whoever copied, to the preferred address
CHALLENGE, RESPONSE, PARAMETER = "PATH_CHALLENGE", "PATH_RESPONSE", "preferred_address"


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: what was sent, what arrived and when, and what each end then holds.

    >>> from pathproof.model.explorer.result import Run
    >>> from pathproof.model.execute import initial
    >>> run = Run("the_server_follows_its_client", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'Divider']
    """
    return framed(machine, run, rows_of(run), title)


def rows_of(run: Run) -> RunRows:
    """The rows of a run, without a frame."""
    taken = {step.action for step in run.steps}
    others = tuple(lane for lane, actions in OTHERS.items() if actions & taken)
    return _Rows((*LANES, *others), {HOME: client_state, ORIGINAL: server_state}).tell(run, _tell)


class _Rows(RunRows):
    """The rows so far."""

    def message(self, source: str, target: str, label: str, detail: str = "", kind: Any = "plain") -> None:
        self.event(Message(source, target, label, detail, kind=kind))

    def step(self, lane: str, label: str, detail: str = "", kind: Any = "plain") -> None:
        self.event(Step(lane, label, detail, kind))


def _tell(rows: _Rows, step: RunStep) -> None:
    """The step, what the server sends at once, and what ends the connection."""
    by_table(rows, machine, step, _TOLD)
    for observed in range(5):
        if has(step.after.checking, observed) and not has(step.before.checking, observed):
            _checks(rows, observed)
    if step.after.error != step.before.error:
        lane = ORIGINAL if step.action == "state_as_client" else HOME
        rows.step(lane, f"closes: {step.after.error}", kind="close")


def _checks(rows: _Rows, observed: int) -> None:
    """The server challenges a path on which a packet came."""
    if observed == STRANGER:
        rows.message(PREFERRED, ATTACKER, CHALLENGE, "to the source of the copy")
    else:
        local, server = _ends(observed)
        rows.leaves(("check", observed), Message(server, local, CHALLENGE))


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
            row = Message(*_ends(path), CHALLENGE, _under(step.after, path))
            rows.leaves(("probe", path), row)


def _supply(rows: _Rows, step: RunStep) -> None:
    number = step.arguments.get("cid", step.before.issued)
    prior = ", Retire Prior To 2" if step.action == "withdraw" else ""
    rows.message(ORIGINAL, HOME, f"NEW_CONNECTION_ID {number}{prior}")


def _retire(rows: _Rows, step: RunStep) -> None:
    number = get(step.before.bearing, step.arguments["path"]) - 1
    rows.message(HOME, ORIGINAL, f"RETIRE_CONNECTION_ID {number}")


def _client_timer(rows: _Rows, step: RunStep) -> None:
    server = SERVERS[step.arguments["server"]]
    ticks = get(step.after.ticks, step.arguments["server"])
    does = "gives the validation up" if ticks == 3 else f"sends {CHALLENGE} again"
    rows.step(HOME, f"PTO {ticks} without an answer", f"from the {server}; {does}")


def _move(rows: _Rows, step: RunStep) -> None:
    number = step.after.generation
    path = get(step.after.sent_on, number)
    detail = "; ".join(filter(None, ("the client moves here", _under(step.after, path))))
    rows.leaves(("data", number), Message(*_ends(path), f"packet {number}", detail))


def _probe_arrives(rows: _Rows, step: RunStep) -> None:
    path = step.arguments["path"]
    local, server = _ends(path)
    rows.arrives(("probe", path), Message(local, server, CHALLENGE))
    if has(step.after.server_answers, path) and not has(step.before.server_answers, path):
        rows.leaves(("answer", path), Message(server, local, RESPONSE))
    elif not has(step.after.server_answers, path):
        rows.step(server, "has no connection ID to answer with")


def _server_answer_arrives(rows: _Rows, step: RunStep) -> None:
    path = step.arguments["path"]
    local, server = _ends(path)
    rows.arrives(("answer", path), Message(server, local, RESPONSE))
    if step.after.generation != step.before.generation:
        _move(rows, step)


def _data_arrives(rows: _Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    local, server = _ends(get(step.before.sent_on, number))
    late = (
        "after a packet with a higher number" if "overtaken" in step.action else "the highest number so far"
    )
    rows.arrives(("data", number), Message(local, server, f"packet {number}", late))
    if step.action.startswith("drop"):
        rows.step(server, "drops the packet")


def _challenge_arrives(rows: _Rows, step: RunStep) -> None:
    observed = step.arguments["observed"]
    local, server = _ends(observed)
    rows.arrives(("check", observed), Message(server, local, CHALLENGE))
    detail = "" if step.after.returned == step.before.returned else "to the address that it has left"
    rows.leaves(("reply", observed), Message(local, server, RESPONSE, detail or _under(step.after, observed)))


def _client_answer_arrives(rows: _Rows, step: RunStep) -> None:
    observed = step.arguments["observed"]
    rows.arrives(("reply", observed), Message(*_ends(observed), RESPONSE))


def _server_timer(rows: _Rows, step: RunStep) -> None:
    observed = step.arguments["observed"]
    lane = PREFERRED if observed >= 2 else ORIGINAL
    rows.step(lane, f"no answer from {_source(observed)}: gives the validation up")


def _lets_go(rows: _Rows, step: RunStep) -> None:
    observed = step.arguments["observed"]
    name = _source(observed) if observed < 5 else "a stranger, from the original address"
    rows.step(ORIGINAL, f"retires the connection ID of its path to {name}", "the client supplies another")


def _to_third(rows: _Rows, step: RunStep) -> None:
    rows.message(ORIGINAL, ATTACKER, "data", "to the source of the copy")


def _copy(rows: _Rows, step: RunStep) -> None:
    server = SERVERS[step.arguments.get("server", 1)]
    what = "a probe" if step.action == "copy_probe" else "the client's newest packet"
    as_whom = "as if from the client's first address" if step.action == "copy_as_client" else "from elsewhere"
    rows.message(ATTACKER, server, f"copy of {what}, before the original", as_whom, "attack")


def _cut(rows: _Rows, step: RunStep) -> None:
    does = "lets pass" if step.action == "mend" else "drops"
    rows.step(ATTACKER, f"{does} all to and from the {SERVERS[step.arguments['server']]}", kind="attack")


def _spoofed_challenge(rows: _Rows, step: RunStep) -> None:
    local = LOCALS[step.arguments["local"]]
    rows.message(ORIGINAL, local, CHALLENGE, "as if from the victim's address", "attack")
    rows.message(local, VICTIM, RESPONSE, "to the victim's address")


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
    "supply_on": _supply,
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
    "let_go_of_path": _lets_go,
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

KNOWN = frozenset(_TOLD)
"""The actions that have rows of their own; any other is told in the words of its docstring."""
