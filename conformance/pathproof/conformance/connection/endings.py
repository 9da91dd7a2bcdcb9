"""How a connection is closed, reset or dropped, as rows: who says so on which path, and who hears of it."""

from __future__ import annotations

from typing import Any

from pathproof.conformance.chart import Message, Step
from pathproof.conformance.connection.told import (
    ATTACKER,
    CHALLENGE,
    CLIENT,
    CLOSE,
    RESET,
    SERVER,
    Rows,
    Teller,
    down,
    from_client,
    up,
)
from pathproof.conformance.run_rows import address_lane
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.vocabulary import get


def client_close_leaves(rows: Rows, step: RunStep, address: int) -> None:
    """CONNECTION_CLOSE leaves the client from this address."""
    detail = _with_code(step.after, from_client(step.after, address))
    rows.leaves((CLOSE, CLIENT), up(CLOSE, address, detail))


def server_close_leaves(rows: Rows, step: RunStep, address: int) -> None:
    """CONNECTION_CLOSE leaves the server toward this address."""
    cid = step.after.close_under
    detail = _with_code(step.after, f"to connection ID C{cid - 1}" if cid else "")
    rows.leaves((CLOSE, SERVER), down(CLOSE, address, detail))


def _with_code(s: Any, detail: str) -> str:
    return "; ".join(filter(None, (detail, "" if s.code == "none" else f"error code: {s.code}")))


def _client_closes(rows: Rows, step: RunStep) -> None:
    rows.ends(step, CLIENT)
    client_close_leaves(rows, step, step.before.moving_outer)


def _server_closes(rows: Rows, step: RunStep) -> None:
    rows.ends(step, SERVER)
    if step.arguments["sends"]:
        server_close_leaves(rows, step, step.before.moving_current)


def _reaches_server(rows: Rows, step: RunStep) -> None:
    rows.arrives((CLOSE, CLIENT), up(CLOSE, step.before.moving_outer))
    rows.ends(step, SERVER)
    if step.arguments["sends"]:
        server_close_leaves(rows, step, step.before.moving_current)


def _reaches_client(rows: Rows, step: RunStep) -> None:
    rows.arrives((CLOSE, SERVER), down(CLOSE, step.before.moving_current))
    rows.ends(step, CLIENT)
    if step.arguments["sends"]:
        client_close_leaves(rows, step, step.before.moving_outer)


def _meets_closing_server(rows: Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    address = get(step.before.moving_source, number)
    rows.arrives(("packet", number), up(f"packet {number}", address))
    if step.arguments["sends"]:
        server_close_leaves(rows, step, address)


def _meets_closing_client(rows: Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    rows.arrives((CHALLENGE, address), down(CHALLENGE, address))
    client_close_leaves(rows, step, address)


def _stray(rows: Rows, step: RunStep) -> None:
    lane = address_lane(step.arguments["address"])
    label, detail = "datagram of no connection", f"from {lane}"
    rows.event(Message(ATTACKER, SERVER, label, detail, kind="attack", via=lane))
    server_close_leaves(rows, step, step.arguments["address"])


def _resets(rows: Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    detail = f"answers a packet to connection ID S{number}, with its token"
    rows.leaves((RESET, number), down(RESET, step.before.moving_outer, detail))


def _reset_arrives(rows: Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    row = down(RESET, step.before.moving_outer, f"with the token of connection ID S{number}")
    rows.arrives((RESET, number), row)


def _comes_to_nothing(rows: Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    detail = f"to connection ID S{number}, lost on the way, or unanswered"
    rows.event(up("packet", step.before.moving_outer, detail, "lost"))


def _forged_reset(rows: Rows, step: RunStep) -> None:
    rows.event(Message(ATTACKER, CLIENT, "datagram that ends in 16 bytes of its own", kind="attack"))


def _mute(lane: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        rows.event(Step(lane, "has no connection ID left for any packet"))

    return show


def _silent(lane: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        rows.event(Step(lane, "has heard nothing for the idle timeout"))

    return show


def _hears_nothing(lane: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        rows.event(Step(lane, "a PTO passes without a packet for it"))

    return show


def _lingers(lane: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        before, after = (getattr(s, f"{lane}_end") for s in (step.before, step.after))
        over = "is over" if after == "over" else f"goes on: PTO {getattr(step.after, f'{lane}_lingers')}"
        rows.event(Step(lane, f"its {before} state {over}"))

    return show


def _lost(rows: Rows, step: RunStep) -> None:
    rows.ends(step, SERVER)


ROWS: dict[str, Teller] = {
    "client_closes": _client_closes,
    "server_closes": _server_closes,
    "close_arrives_at_server": _reaches_server,
    "close_arrives_at_client": _reaches_client,
    "packet_meets_closing_server": _meets_closing_server,
    "packet_meets_closing_client": _meets_closing_client,
    "stray_datagram_meets_closing_server": _stray,
    "server_resets": _resets,
    "packet_comes_to_nothing": _comes_to_nothing,
    "reset_arrives": _reset_arrives,
    "forged_reset_arrives": _forged_reset,
    "client_without_id_is_over": _mute(CLIENT),
    "server_without_id_is_over": _mute(SERVER),
    "client_hears_nothing": _hears_nothing(CLIENT),
    "server_hears_nothing": _hears_nothing(SERVER),
    "client_falls_silent": _silent(CLIENT),
    "server_falls_silent": _silent(SERVER),
    "client_lingers": _lingers(CLIENT),
    "server_lingers": _lingers(SERVER),
    "server_loses_its_state": _lost,
}
