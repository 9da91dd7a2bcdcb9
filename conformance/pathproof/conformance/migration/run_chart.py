"""A run of the machine `migration` as a sequence chart that a reader follows without knowing the code.

Between client and server each address of the client, as the network shows it, has a lane of its own: what is
under way has come as far as the lane of its path, and so has what reaches nobody.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pathproof.conformance.chart import Chart, Message, Step
from pathproof.conformance.migration.told import ATTACKER, CLIENT, SERVER, client, network, server
from pathproof.conformance.run_rows import (
    RunRows,
    address_lane,
    addresses_in,
    by_table,
    framed,
    kind_of,
)
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.migration import machine
from pathproof.model.vocabulary import get, has

BY_ATTACKER = ("copy_packet", "copy_another", "relay_challenge", "speak_as_server")


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: what was sent on which path, what arrived, and where each end then stands.

    >>> from pathproof.model.explorer.result import Run
    >>> from pathproof.model.execute import initial
    >>> run = Run("a_probe_moves_nothing", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'State', 'Divider']
    """
    return framed(machine, run, rows_of(run), title)


def rows_of(run: Run) -> RunRows:
    """The rows of a run, without a frame."""
    return Rows(run).tell(run, tell)


class Rows(RunRows):
    """The rows so far, on lanes for both ends, for each address, and for an attacker if there is one."""

    key = "S1 is a connection ID that the server issued, C1 one that the client issued."

    def __init__(self, run: Run) -> None:
        seen = addresses_in(run, "own", "strangers", "paths")
        paths = {address_lane(address): network(address) for address in seen}
        attacked = any(step.action in BY_ATTACKER for step in run.steps)
        lanes = ((ATTACKER,) if attacked else ()) + (CLIENT, *paths, SERVER)
        super().__init__(lanes, {CLIENT: client, **paths, SERVER: server}, tuple(paths))


Teller = Callable[[Rows, RunStep], None]


def tell(rows: Rows, step: RunStep) -> None:
    """The rows of one step."""
    by_table(rows, machine, step, ROWS)


def up(label: str, address: int, detail: str = "", kind: Any = "plain") -> Message:
    """From the client to the server, on the path from this address."""
    return Message(CLIENT, SERVER, label, detail, kind=kind, via=address_lane(address))


def down(label: str, address: int, detail: str = "", kind: Any = "plain") -> Message:
    """From the server toward this address."""
    return Message(SERVER, CLIENT, label, detail, kind=kind, via=address_lane(address))


def _packet(s: Any, number: int) -> str:
    return f"{'probing packet' if has(s.probing, number) else 'packet'} {number}"


LEAVES = {
    "send": "",
    "probe": "PATH_CHALLENGE from a new local address",
    "probe_again": "PATH_CHALLENGE once more",
    "migrate": "the client moves to a new local address",
    "go_over": "the client moves to an address that it validated",
    "go_back": "its validation failed, and the client goes back",
    "spoof": "the client sends it from a victim's address",
    "move_despite_the_ban": "the client moves although it is barred",
}


def _leaves(rows: Rows, step: RunStep) -> None:
    """A packet of the client leaves, with what made it leave."""
    number, after = step.before.sent, step.after
    address = get(after.source, number)
    bears = f"to connection ID S{get(after.peer_cid, address)}"
    why = LEAVES[step.action]
    detail = f"{bears}; {why}" if why else bears
    rows.leaves(number, up(_packet(after, number), address, detail, kind_of(machine, step)))


def _arrives(rows: Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    rows.arrives(number, up(_packet(step.before, number), get(step.before.source, number)))


def _copied(rows: Rows, step: RunStep) -> None:
    number, lane = step.arguments["number"], address_lane(step.arguments["address"])
    label = f"copy of {_packet(step.before, number)}"
    rows.event(Message(ATTACKER, SERVER, label, f"from {lane}, ahead of it", kind="attack", via=lane))


def _challenge(rows: Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    rows.leaves(("challenge", address), down("PATH_CHALLENGE", address, _bears(step.after, address)))


def _bears(s: Any, address: int) -> str:
    cid = get(s.cid_at, address)
    return f"to connection ID C{cid}" if cid else ""


def _challenge_arrives(rows: Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    rows.arrives(("challenge", address), down("PATH_CHALLENGE", address))
    _response_leaves(rows, address, address)


def _relayed(rows: Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    detail = f"that came to {address_lane(address)}, handed on"
    rows.event(Message(ATTACKER, CLIENT, "PATH_CHALLENGE", detail, kind="attack"))
    _response_leaves(rows, address, step.before.outer)


def _response_leaves(rows: Rows, challenged: int, address: int) -> None:
    detail = "" if challenged == address else f"to the challenge that went to {address_lane(challenged)}"
    rows.leaves(("response", challenged), up("PATH_RESPONSE", address, detail))


def _response_arrives(rows: Rows, step: RunStep) -> None:
    challenged = step.arguments["address"]
    rows.arrives(("response", challenged), up("PATH_RESPONSE", challenged))


def _server_answers(rows: Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    kind = "lost" if step.action == "answer_in_vain" else "plain"
    rows.event(down("PATH_RESPONSE", address, _bears(step.after, address), kind))


def _data(rows: Rows, step: RunStep) -> None:
    address = step.before.current
    rows.leaves(("data", address), down("data", address, _bears(step.after, address)))


def _acknowledged(rows: Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    rows.arrives(("data", address), down("data", address))
    rows.event(up("ACK", step.before.outer, f"of the data to {address_lane(address)}"))


def _frame_down(label: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        rows.event(down(_named(label, step), step.before.current))

    return show


def _frame_up(label: str, detail: str = "") -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        rows.event(up(_named(label, step), step.before.outer, detail))

    return show


def _at(lane: str, label: str, detail: str = "", kind: Any = "plain") -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        rows.event(Step(lane, _named(label, step), _named(detail, step), kind=kind))

    return show


def _from_nowhere(rows: Rows, step: RunStep) -> None:
    detail = "from an address that the client does not know"
    rows.event(Message(ATTACKER, CLIENT, "packet of the server", detail, kind="attack"))


def _named(text: str, step: RunStep) -> str:
    """The text with the names of what the step is about."""
    address, after = step.arguments.get("address"), step.after
    return text.format(
        a="" if address is None else address_lane(address),
        cid=step.arguments.get("cid", ""),
        now=address_lane(step.before.current),
        here=address_lane(step.before.outer),
        ticks="" if address is None else get(after.ticks, address),
        server_cid=get(after.peer_cid, after.outer),
        client_cid=get(after.cid_at, after.current),
    )


ROWS: dict[str, Teller] = {
    **dict.fromkeys(LEAVES, _leaves),
    "deliver": _arrives,
    "deliver_from_elsewhere": _arrives,
    "copy_packet": _copied,
    "copy_another": _copied,
    "challenge": _challenge,
    "deliver_challenge": _challenge_arrives,
    "relay_challenge": _relayed,
    "deliver_path_response": _response_arrives,
    "answer": _server_answers,
    "answer_in_vain": _server_answers,
    "send_data": _data,
    "deliver_acknowledgment": _acknowledged,
    "deliver_retirement": _frame_down("RETIRE_CONNECTION_ID C{cid}"),
    "issue": _frame_up("NEW_CONNECTION_ID C{cid}"),
    "replace_all": _frame_up("NEW_CONNECTION_ID C{cid}", "Retire Prior To takes away all others"),
    "change_connection_id": _at(CLIENT, "takes connection ID S{server_cid}", "for its packets from {here}"),
    "mirror": _at(SERVER, "changes its connection ID as its peer did", "C{client_cid} toward {now}"),
    "end_without_path": _at(CLIENT, "has no path left and ends the connection", kind="close"),
    "abandon": _at(SERVER, "gives up the validation of {a}, which it has left"),
    "give_up_path": _at(SERVER, "forgets {a}"),
    "declare_lost": _at(SERVER, "declares the data to {a} lost"),
    "server_waits": _at(SERVER, "PTO {ticks} since the challenge to {a}"),
    "server_gives_up": _at(SERVER, "the validation of {a} fails"),
    "client_waits": _at(CLIENT, "a PTO without an answer on its path from {here}"),
    "time_runs_out": _at(SERVER, "{a} has not been seen for long: its validation counts no more"),
    "complete_handshake": _at(SERVER, "handshake complete"),
    "confirm_handshake": _frame_down("HANDSHAKE_DONE"),
    "speak_as_server": _from_nowhere,
    "rebind": _at(CLIENT, "a NAT turns {here} into {a}", "which the client does not know"),
    "lose_path": _at(CLIENT, "is reached at {a} no longer"),
    "go_on_numbering": _at(
        CLIENT,
        "what is under way is lost",
        "the model counts packets from 0 again; on the wire numbers go on",
    ),
    "produce": _at(SERVER, "has data for the client"),
}

KNOWN = frozenset(ROWS)
"""The actions that have rows of their own; any other is told in the words of its docstring."""
