"""A run of the machine `connection` as a sequence chart: both ends, every path, and whoever attacks.

Between client and server each address of the client, as the network shows it, has a lane of its own: what is
under way has come as far as the lane of its path, and so has what reaches nobody.
"""

from __future__ import annotations

from typing import Any

from pathproof.conformance.chart import Chart, Message, Step
from pathproof.conformance.connection import endings, openings
from pathproof.conformance.connection.told import (
    ATTACKER,
    CHALLENGE,
    CLIENT,
    NEW,
    RESPONSE,
    RETIRE,
    SERVER,
    Rows,
    Teller,
    down,
    from_client,
    from_server,
    up,
)
from pathproof.conformance.run_rows import address_lane, by_table, framed, kind_of
from pathproof.model.connection import machine
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.vocabulary import get, has


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: which packets go under which connection ID, on which path, and who holds what.

    >>> from pathproof.model.execute import initial
    >>> run = Run("the_client_links_no_paths", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'State', 'Divider']
    """
    return framed(machine, run, rows_of(run), title)


def rows_of(run: Run) -> Rows:
    """The rows of a run, without a frame."""
    return Rows(run).tell(run, tell)


def tell(rows: Rows, step: RunStep) -> None:
    """The rows of one step, what it retires, and which end is open no longer."""
    by_table(rows, machine, step, ROWS)
    rows.ends(step, CLIENT)
    rows.ends(step, SERVER)
    rows.retirements(step)


# Packets with numbers.

LEAVES = {
    "client_sends": "",
    "client_moves_to": "the client moves to a new local address",
    "linking_client_moves_to": "the client moves, and keeps its connection ID",
    "client_probes": "PATH_CHALLENGE from a new local address",
    "client_goes_over_to": "the client moves to an address that works",
    "client_goes_back_to": "its validation failed, and the client goes back",
}


def _packet(s: Any, number: int) -> str:
    return f"{'probing packet' if has(s.moving_probing, number) else 'packet'} {number}"


def _leaves(rows: Rows, step: RunStep) -> None:
    number, after = step.before.moving_sent, step.after
    bears = f"to connection ID S{get(after.bears, number)}"
    detail = "; ".join(filter(None, (bears, LEAVES[step.action])))
    rows.leaves(("packet", number), up(_packet(after, number), get(after.moving_source, number), detail))


def _arrives(rows: Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    detail = "with NEW_CONNECTION_ID and PATH_CHALLENGE" if step.action == "packet_brings_frames" else ""
    row = up(_packet(step.before, number), get(step.before.moving_source, number), detail)
    rows.arrives(("packet", number), row)


def _copied(rows: Rows, step: RunStep) -> None:
    number, lane = step.arguments["number"], address_lane(step.arguments["address"])
    label = f"copy of {_packet(step.before, number)}"
    rows.event(Message(ATTACKER, SERVER, label, f"from {lane}, ahead of it", kind="attack", via=lane))


# Frames of paths, and data.


def _challenge(rows: Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    again = "once more" if step.action == "server_repeats_challenge" else ""
    detail = "; ".join(filter(None, (from_server(step.after, address), again)))
    rows.leaves((CHALLENGE, address), down(CHALLENGE, address, detail))


def _challenge_arrives(rows: Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    rows.arrives((CHALLENGE, address), down(CHALLENGE, address))
    rows.leaves((RESPONSE, address), up(RESPONSE, address, from_client(step.after, address)))


def _response_arrives(rows: Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    rows.arrives((RESPONSE, address), up(RESPONSE, address))


def _server_answers(rows: Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    lost = step.action == "server_answers_in_vain" or not has(step.before.moving_reachable, address)
    rows.event(down(RESPONSE, address, from_server(step.after, address), "lost" if lost else "plain"))


def _data(rows: Rows, step: RunStep) -> None:
    address = step.before.moving_current
    rows.leaves(("data", address), down("data", address, from_server(step.after, address)))


def _acknowledged(rows: Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    rows.arrives(("data", address), down("data", address))
    rows.event(up("ACK", step.before.moving_outer, f"of the data to {address_lane(address)}"))


# Frames of connection IDs.


def _client_issues(rows: Rows, step: RunStep) -> None:
    before, prior = step.before, step.arguments["prior"]
    number, address = before.client_ids_issued, before.moving_outer
    row = up(f"{NEW} C{number}, Retire Prior To {prior}", address, from_client(before, address))
    rows.leaves((NEW, "C", number), row)


def _server_issues(rows: Rows, step: RunStep) -> None:
    number, prior = step.before.server_ids_issued, step.arguments["prior"]
    rows.event(Step(SERVER, f"makes connection ID S{number}", f"with Retire Prior To {prior}"))


def _server_supplies(rows: Rows, step: RunStep) -> None:
    number, address = step.arguments["number"], step.before.moving_current
    label = f"{NEW} S{number}" if step.before.server_ids_issued > 1 else f"a datagram with {NEW}"
    rows.leaves((NEW, "S", number, address), down(label, address, from_server(step.after, address)))


def _new_id(letter: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        number, prior = step.arguments["number"], step.arguments.get("prior")
        label = f"{NEW} {letter}{number}" + ("" if prior is None else f", Retire Prior To {prior}")
        kind = kind_of(machine, step)
        detail = machine.actions[step.action].says.rstrip(".") if kind == "attack" else ""
        sent: tuple[Any, ...]
        if letter == "C":
            row, sent = up(label, step.before.moving_outer, detail, kind), (NEW, "C", number)
        else:
            address = step.arguments.get("address", step.before.moving_current)
            row, sent = down(label, address, detail, kind), (NEW, "S", number, address)
        if kind == "attack":
            rows.event(row)
        else:
            rows.arrives(sent, row)

    return show


def _retirement(letter: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        number, kind = step.arguments["number"], kind_of(machine, step)
        label = f"{RETIRE} {letter}{number}"
        detail = machine.actions[step.action].says.rstrip(".") if kind == "attack" else ""
        if letter == "S":
            row = up(label, step.before.moving_outer, detail, kind)
        else:
            row = down(label, step.before.moving_current, detail, kind)
        rows.arrives((RETIRE, letter, number), row)

    return show


# What an end does by itself.


def _at(lane: str, label: str, detail: str = "", kind: Any = "plain") -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        rows.event(Step(lane, _named(label, step), _named(detail, step), kind=kind))

    return show


def _named(text: str, step: RunStep) -> str:
    """The text with the names of what the step is about."""
    address, after = step.arguments.get("address"), step.after
    return text.format(
        a="" if address is None else address_lane(address),
        number=step.arguments.get("number", ""),
        here=address_lane(step.before.moving_outer),
        now=address_lane(step.before.moving_current),
        uses=after.server_ids_current,
        toward=from_server(after, after.moving_current),
        came_from=address_lane(step.before.frames_from),
        ticks="" if address is None else get(after.moving_ticks, address),
    )


ROWS: dict[str, Teller] = {
    **endings.ROWS,
    **openings.ROWS,
    **dict.fromkeys(LEAVES, _leaves),
    "packet_arrives": _arrives,
    "packet_arrives_from_elsewhere": _arrives,
    "packet_brings_frames": _arrives,
    "copy_arrives": _copied,
    "server_challenges": _challenge,
    "server_repeats_challenge": _challenge,
    "challenge_arrives": _challenge_arrives,
    "response_arrives": _response_arrives,
    "server_answers": _server_answers,
    "server_answers_in_vain": _server_answers,
    "server_sends_data": _data,
    "acknowledgment_arrives": _acknowledged,
    "client_issues": _client_issues,
    "server_issues": _server_issues,
    "server_supplies": _server_supplies,
    "client_id_arrives": _new_id("C"),
    "server_id_arrives": _new_id("S"),
    "rogue_client_sends_any_id": _new_id("C"),
    "rogue_client_reuses_an_id": _new_id("C"),
    "rogue_server_sends_any_id": _new_id("S"),
    "rogue_server_reuses_an_id": _new_id("S"),
    "client_retirement_arrives": _retirement("S"),
    "server_retirement_arrives": _retirement("C"),
    "rogue_client_retires_anything": _retirement("S"),
    "rogue_server_retires_anything": _retirement("C"),
    "its_id_is_processed": _at(SERVER, "takes the packet's NEW_CONNECTION_ID C{number}", "from {came_from}"),
    "its_challenge_is_processed": _at(SERVER, "takes the packet's PATH_CHALLENGE", "from {came_from}"),
    "client_turns_to": _at(CLIENT, "goes over to {a}", "under connection ID S{uses}"),
    "client_sends_again": _at(CLIENT, "sends a packet from {here}", "to connection ID S{uses}"),
    "client_changes_its_id": _at(CLIENT, "takes connection ID S{uses}", "for its packets from {here}"),
    "client_retires": _at(CLIENT, "gives up connection ID S{number}"),
    "client_waits": _at(CLIENT, "a PTO without an answer on its path from {here}"),
    "nat_rebinds": _at(CLIENT, "a NAT turns {here} into {a}", "which the client does not know"),
    "path_dies": _at(CLIENT, "is reached at {a} no longer"),
    "numbering_goes_on": _at(
        CLIENT,
        "what is under way is lost",
        "the model counts packets from 0 again; on the wire numbers go on",
    ),
    "server_has_data": _at(SERVER, "has data for the client"),
    "server_mirrors": _at(SERVER, "changes its connection ID as its peer did", "{now}: {toward}"),
    "server_gives_up_path": _at(SERVER, "forgets {a}"),
    "server_declares_lost": _at(SERVER, "declares the data to {a} lost"),
    "server_waits": _at(SERVER, "PTO {ticks} since the challenge to {a}"),
    "server_gives_up": _at(SERVER, "the validation of {a} fails"),
}

KNOWN = frozenset(ROWS)
"""The actions that have rows of their own; any other is told in the words of its docstring."""
