"""A run of the machine `load_balancing` as a sequence chart that a reader of QUIC-LB follows."""

from __future__ import annotations

from collections.abc import Callable

from pathproof.conformance.chart import Chart, Step
from pathproof.conformance.load_balancing.forwarded import FORWARDED
from pathproof.conformance.load_balancing.rows import AGENT, ATTACKER, BALANCER, CLIENT, MOST_SERVERS, Rows
from pathproof.conformance.load_balancing.told import made_with, server
from pathproof.conformance.run_rows import by_table, framed
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.load_balancing import machine
from pathproof.model.vocabulary import get


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: what was configured, what was sent, and where it came out.

    >>> from pathproof.model.explorer.result import Run
    >>> from pathproof.model.execute import initial
    >>> run = Run("no_nonce_is_used_twice", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'State', 'State', 'Divider']
    """
    return framed(machine, run, rows_of(run), title)


def rows_of(run: Run) -> Rows:
    """The rows of a run, without a frame."""
    return Rows(run).tell(run, _tell)


def _tell(rows: Rows, step: RunStep) -> None:
    by_table(rows, machine, step, DESCRIBE)
    if step.after.stage == "ended" and step.before.stage != "ended":
        rows.event(Step(CLIENT, "the connection is over", ENDINGS[step.after.ended_by], kind="close"))


ENDINGS = {
    "server": "by a stateless reset of its server",
    "another server": "by a stateless reset of another server, while its own has it",
    "a server that cannot read the ID": "by a stateless reset of a server that cannot read its ID",
    "an old token": "by a token from an older configuration",
    "timer": "by its idle timer",
}


def home(step: RunStep) -> str:
    """The lane of the connection's server."""
    return server(step.before.home - 1)


def _connect(rows: Rows, step: RunStep) -> None:
    decodes_to = step.after.decodes_to
    looks = f"under a random ID that names {server(decodes_to - 1)}" if decodes_to else "under a random ID"
    if "codepoint" in step.arguments and decodes_to:
        looks += f" at codepoint {step.arguments['codepoint']}"
    wanted = f", and wants {server(step.after.wanted - 1)}" if step.after.wanted else ""
    rows.does(CLIENT, "begins a connection", looks + wanted)


def _hold_back(rows: Rows, step: RunStep) -> None:
    rows.message(CLIENT, BALANCER, "first flight, part 1", "it shows no name")
    rows.does(BALANCER, "holds the packet back")


def _answer(rows: Rows, step: RunStep) -> None:
    bars = ", with disable_active_migration" if step.after.barred == "yes" else ""
    rows.message(home(step), CLIENT, f"Handshake, source ID 0 ({made_with(step.after, 0)})", "answers" + bars)


def _supply(rows: Rows, step: RunStep) -> None:
    number = step.before.issued
    prior = get(step.after.sent_prior, number)
    rows.does(
        home(step),
        f"sends NEW_CONNECTION_ID {number} ({made_with(step.after, number)})",
        f"Retire Prior To {prior}",
    )


def _new_id(rows: Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    prior = get(step.before.sent_prior, number)
    rows.message(home(step), CLIENT, f"NEW_CONNECTION_ID {number}", f"Retire Prior To {prior}")


def _retirement(rows: Rows, step: RunStep) -> None:
    rows.message(CLIENT, home(step), f"RETIRE_CONNECTION_ID {step.arguments['number']}")


def _retire(rows: Rows, step: RunStep) -> None:
    rows.does(CLIENT, f"gives up ID {step.arguments['number']}")


def _speak(rows: Rows, step: RunStep) -> None:
    rows.does(CLIENT, f"sends a packet to ID {step.before.current}")


def _move(rows: Rows, step: RunStep) -> None:
    rows.does(CLIENT, f"migrates to 4-tuple {step.after.here}", f"under ID {step.arguments['number']}")


def _rebind(rows: Rows, step: RunStep) -> None:
    rows.does(CLIENT, f"comes from 4-tuple {step.after.here}", "a NAT has changed it")


def _make(rows: Rows, step: RunStep) -> None:
    rows.does(AGENT, f"makes configuration {step.after.made}")


def _to_balancer(rows: Rows, step: RunStep) -> None:
    rows.message(AGENT, BALANCER, f"configuration {step.before.made}")


def _to_server(rows: Rows, step: RunStep) -> None:
    for one in range(MOST_SERVERS):
        if get(step.after.configured, one) != get(step.before.configured, one):
            rows.message(AGENT, server(one), f"configuration {step.before.made}")


def _withdraw(rows: Rows, step: RunStep) -> None:
    rows.message(AGENT, BALANCER, f"withdraws configuration {step.arguments['configuration']}")


def _pool(rows: Rows, step: RunStep) -> None:
    rows.does(server(step.arguments["server"]), SAYS[step.action])


def _reassign(rows: Rows, step: RunStep) -> None:
    rows.message(AGENT, server(step.arguments["server"]), f"the server IDs of {home(step)}")


def _neighbour(rows: Rows, step: RunStep) -> None:
    where = f"on 4-tuple {step.before.here}, to {server(step.arguments['chosen'])}"
    rows.message(CLIENT, BALANCER, "packet of another connection of its own", where)


def _purge(rows: Rows, step: RunStep) -> None:
    rows.does(BALANCER, "clears a table by its timer")


def _of_home(rows: Rows, step: RunStep) -> None:
    rows.does(home(step), SAYS[step.action])


def _of_client(rows: Rows, step: RunStep) -> None:
    rows.does(CLIENT, SAYS[step.action])


def _reset_by_server(rows: Rows, step: RunStep) -> None:
    number, at = step.arguments["number"], server(step.arguments["server"])
    rows.message(CLIENT, at, f"packet to ID {number} ({made_with(step.before, number)})")
    rows.message(at, CLIENT, "Stateless Reset", f"with the token of ID {number}")


def _reset_by_client(rows: Rows, step: RunStep) -> None:
    to = server(step.arguments["chosen"])
    rows.message(CLIENT, BALANCER, "Stateless Reset", "under a random ID")
    rows.message(BALANCER, to, "Stateless Reset", "" if to == home(step) else "the wrong server")


def _copy(rows: Rows, step: RunStep) -> None:
    number, at = step.arguments["number"], server(step.arguments["server"])
    rows.message(ATTACKER, at, f"packet to ID {number} ({made_with(step.before, number)})", "", attack=True)
    rows.message(at, ATTACKER, "Stateless Reset", f"with the token of ID {number}")
    rows.message(ATTACKER, CLIENT, "Stateless Reset", "passed on", attack=True)


def _compare(rows: Rows, step: RunStep) -> None:
    pair = f"compares IDs {step.arguments['other']} and {step.arguments['number']}"
    rows.does(ATTACKER, pair, f"of two 4-tuples: linked {step.after.linked}", attack=True)


def _aim(rows: Rows, step: RunStep) -> None:
    to = server(step.arguments["server"])
    rows.message(ATTACKER, to, "first packet of a new connection", SAYS[step.action], attack=True)


def _spoof(rows: Rows, step: RunStep) -> None:
    where = f"from 4-tuple {step.before.here}, to an ID of {server(step.arguments['server'])}"
    rows.message(ATTACKER, BALANCER, "spoofed packet", where, attack=True)


def _old_token(rows: Rows, step: RunStep) -> None:
    detail = f"with the token that ID {step.arguments['number']} had before"
    rows.message(ATTACKER, CLIENT, "Stateless Reset", detail, attack=True)


SAYS = {
    "leave_pool": "leaves the pool, its connections end",
    "join_pool": "comes back into the pool",
    "restart": "loses the state of its connections",
    "server_times_out": "ends the connection by its idle timer",
    "serve_another_client": "makes a connection ID for another client",
    "client_times_out": "has heard nothing for too long",
    "client_forgets": "loses the state of the connection",
    "aim_with_own_id": "under an ID that this server has issued to the attacker",
    "aim_with_clear_id": "under an ID made up with the server ID in clear",
}
DESCRIBE: dict[str, Callable[[Rows, RunStep], None]] = {
    **FORWARDED,
    "connect": _connect,
    "connect_with_odd_id": _connect,
    "hold_back": _hold_back,
    "answer": _answer,
    "supply": _supply,
    "deliver_new_connection_id": _new_id,
    "deliver_retire_connection_id": _retirement,
    "retire": _retire,
    "speak": _speak,
    "move": _move,
    "rebind": _rebind,
    "make_configuration": _make,
    "deliver_to_balancer": _to_balancer,
    "deliver_to_server": _to_server,
    "withdraw": _withdraw,
    "leave_pool": _pool,
    "join_pool": _pool,
    "reassign": _reassign,
    "neighbour_connects": _neighbour,
    "purge_tuple": _purge,
    "purge_id": _purge,
    "restart": _of_home,
    "server_times_out": _of_home,
    "serve_another_client": _of_home,
    "client_times_out": _of_client,
    "client_forgets": _of_client,
    "reset_by_server": _reset_by_server,
    "reset_by_client": _reset_by_client,
    "copy_from_elsewhere": _copy,
    "compare": _compare,
    "aim_with_own_id": _aim,
    "aim_with_clear_id": _aim,
    "spoof_tuple": _spoof,
    "use_old_token": _old_token,
}

KNOWN = frozenset(DESCRIBE)
"""The actions that have rows of their own; any other is told in the words of its docstring."""
