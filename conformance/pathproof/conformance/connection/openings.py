"""The first packets of a connection as rows: connection IDs in long headers, versions, and early frames."""

from __future__ import annotations

from pathproof.conformance.chart import Message, Step
from pathproof.conformance.connection.told import ATTACKER, CLIENT, CLOSE, SERVER, Rows, Teller, down, up
from pathproof.conformance.run_rows import address_lane, kind_of, members
from pathproof.model.connection import machine
from pathproof.model.explorer.result import Step as RunStep

PACKETS = ("Initial", "Handshake", "1-RTT")


def _source(step: RunStep) -> str:
    return f"Source Connection ID: {'another' if step.arguments['source'] else 'the genuine one'}"


def _from_client(label: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        rows.event(up(label, 0, _source(step) if "source" in step.arguments else ""))

    return show


def _long_header(rows: Rows, step: RunStep) -> None:
    rows.event(down("Initial, Retry or Handshake packet", 0, _source(step)))


def _version(detail: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        kind = kind_of(machine, step)
        source = ATTACKER if kind == "attack" else CLIENT
        label = "packet of an unsupported version"
        rows.event(Message(source, SERVER, label, detail, kind=kind, via=address_lane(0)))
        if step.after.negotiated != step.before.negotiated:
            rows.event(down("Version Negotiation", 0))
        else:
            rows.event(Step(SERVER, "drops the packet"))

    return show


def _parameters(detail: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        rows.event(down("transport parameters", 0, detail, kind_of(machine, step)))

    return show


def _server_closes(rows: Rows, step: RunStep) -> None:
    rows.ends(step, SERVER)
    types = " and ".join(PACKETS[number] for number in members(step.after.close_in))
    rows.event(down(CLOSE, 0, f"in packets of type {types}; error code: {step.after.code}"))


def _early(rows: Rows, step: RunStep) -> None:
    rows.event(up("0-RTT packet", 0, "with PATH_RESPONSE or RETIRE_CONNECTION_ID", "attack"))


ROWS: dict[str, Teller] = {
    "initial_arrives_at_server": _from_client("Initial packet"),
    "handshake_packet_arrives_at_server": _from_client("Handshake packet"),
    "long_header_arrives_at_client": _long_header,
    "unsupported_version_fills_a_datagram": _version("in 1200 bytes of its own"),
    "unsupported_version_comes_behind_another": _version("short, behind another, in 1200 bytes"),
    "unsupported_version_comes_alone": _version("short, in a small datagram"),
    "parameters_arrive": _parameters("with the connection IDs of its first packets"),
    "other_parameters_arrive": _parameters("with another connection ID than in its first packets"),
    "parameters_lack_one": _parameters("lack a connection ID that they have to state, or have one more"),
    "handshake_is_confirmed": _from_client("Finished, which confirms the handshake"),
    "server_closes_in_handshake": _server_closes,
    "early_frame_arrives": _early,
}
