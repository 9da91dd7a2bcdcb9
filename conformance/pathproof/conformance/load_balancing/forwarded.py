"""The packets that the load balancer forwards, as rows: one message to it, and one from it to a server."""

from __future__ import annotations

from pathproof.conformance.load_balancing.rows import BALANCER, CLIENT, Rows
from pathproof.conformance.load_balancing.told import entries, made_with, server
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.vocabulary import get


def landing(rows: Rows, step: RunStep, label: str, to: int, how: str) -> None:
    """A packet goes from the client through the load balancer to a server."""
    late = step.arguments.get("late", 0)
    here = step.before.here if late == 0 else 1 - step.before.here
    rows.message(CLIENT, BALANCER, label, f"on 4-tuple {here}" + (", late or again" if late else ""))
    wrong = step.after.astray != "no" and to != step.after.home
    rows.message(BALANCER, server(to - 1), label, how + (", the wrong server" if wrong else ""))


def packet_to(step: RunStep) -> str:
    """A packet by its connection ID."""
    number = step.arguments["number"]
    return f"packet to ID {number} ({made_with(step.before, number)})"


def by_table(step: RunStep, key: int) -> int:
    """The server that the tables give."""
    s = step.before
    here = s.here if step.arguments.get("late", 0) == 0 else 1 - s.here
    return get(s.by_cid, key) or get(s.by_tuple, here)


def _part(step: RunStep) -> str:
    return f"first flight, part {step.arguments.get('part', 1) + 1}"


def _by_id(rows: Rows, step: RunStep) -> None:
    landing(rows, step, packet_to(step), step.before.owner, "by its ID")


def _misread(rows: Rows, step: RunStep) -> None:
    to = step.arguments["server"] + 1
    landing(rows, step, packet_to(step), to, "decoded with another configuration")


def _by_table(rows: Rows, step: RunStep) -> None:
    landing(rows, step, packet_to(step), by_table(step, step.arguments["number"]), "unroutable, by a table")


def _by_fallback(rows: Rows, step: RunStep) -> None:
    landing(rows, step, packet_to(step), step.arguments["server"] + 1, "unroutable, by the hash")


def _first_by_id(rows: Rows, step: RunStep) -> None:
    landing(rows, step, _part(step), step.arguments["server"] + 1, "its ID happens to be routable")


def _first_by_table(rows: Rows, step: RunStep) -> None:
    s = step.before
    source = get(s.by_source, s.here)
    keys = [key for key, _ in entries(s.by_cid)]
    to = source or (get(s.by_cid, keys[-1]) if keys else 0) or get(s.by_tuple, s.here)
    landing(rows, step, _part(step), to, "by a table")


def _first_by_fallback(rows: Rows, step: RunStep) -> None:
    landing(rows, step, _part(step), step.arguments["server"] + 1, "by the hash of the 4-tuple")


def _by_name(rows: Rows, step: RunStep) -> None:
    landing(rows, step, _part(step), step.before.wanted, "by the name in the ClientHello")


def _handshake_by_id(rows: Rows, step: RunStep) -> None:
    landing(rows, step, "Handshake packet to ID 0", step.before.owner, "by its ID")


def _handshake_misread(rows: Rows, step: RunStep) -> None:
    to = step.arguments["server"] + 1
    landing(rows, step, "Handshake packet to ID 0", to, "decoded with another configuration")


def _handshake_by_table(rows: Rows, step: RunStep) -> None:
    to = get(step.before.by_source, step.before.here) or by_table(step, 0)
    landing(rows, step, "Handshake packet to ID 0", to, "unroutable, by a table")


def _handshake_by_fallback(rows: Rows, step: RunStep) -> None:
    landing(rows, step, "Handshake packet to ID 0", step.arguments["server"] + 1, "unroutable, by the hash")


FORWARDED = {
    "forward_by_id": _by_id,
    "misforward": _misread,
    "forward_by_table": _by_table,
    "forward_by_fallback": _by_fallback,
    "forward_first_flight_by_id": _first_by_id,
    "forward_first_flight_by_table": _first_by_table,
    "forward_first_flight_by_fallback": _first_by_fallback,
    "decide_by_name": _by_name,
    "forward_handshake_by_id": _handshake_by_id,
    "misforward_handshake": _handshake_misread,
    "forward_handshake_by_table": _handshake_by_table,
    "forward_handshake_by_fallback": _handshake_by_fallback,
}
