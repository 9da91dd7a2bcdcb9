"""A run of the machine `anti_amplification` as a sequence chart that a reader follows without the code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pathproof.conformance.chart import Chart, Divider, Message, State, Step
from pathproof.model.anti_amplification import machine
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.vocabulary import get, has

SERVER, CLIENT, ELSEWHERE, ATTACKER = "server", "client at 0", "address 1", "attacker"


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: every datagram with its size, and what may still go to each address.

    Sizes are in the machine's unit. An attacker's datagram is drawn from the attacker; its label says which
    source address it bears.

    >>> from pathproof.model.execute import initial
    >>> run = Run("a_blocked_server_has_no_timer", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'Divider']
    """
    claim = machine.claims[run.claim]
    rows: list[Any] = []
    states(rows, None, run.start)
    for step in run.steps:
        rows += ROWS[step.action](step)
        states(rows, step.before, step.after)
    rows.append(Divider(f"does not hold: {claim.says}", kind="violation"))
    footer = f"{claim.name}, by {', '.join(claim.cites)}. No run is shorter."
    lanes = (SERVER, CLIENT, ELSEWHERE, *more_addresses(run), ATTACKER)
    return Chart(title or f"Shortest run that breaks {claim.name}", lanes, tuple(rows), footer)


def more_addresses(run: Run) -> tuple[str, ...]:
    """The lanes of addresses beyond the second, where a run has such."""
    highest = max(getattr(run.start.leads, "entries", {}).values(), default=0)
    return tuple(f"address {n}" for n in range(2, highest + 1))


def lane_of(state: Any, path: int) -> str:
    """The lane of the address to which a path leads."""
    address = get(state.leads, path)
    return CLIENT if address == 0 else f"address {address}"


def over(state: Any, path: int) -> str:
    """Which of several paths to one address a datagram takes."""
    return f"over path {path}" if path > get(state.leads, path) else ""


def states(rows: list[Any], before: Any, after: Any) -> None:
    """What the server and each address hold, where that has changed."""
    if before is None or server_text(before) != server_text(after):
        rows.append(State(SERVER, server_text(after)))
    for address in (0, 1):
        told = address_text(after, address)
        if (before is None and told and address == 0) or (
            before is not None and told != address_text(before, address)
        ):
            rows.append(State(CLIENT if address == 0 else f"address {address}", told))


def server_text(s: Any) -> str:
    """What the server believes, in a line."""
    if s.stage == "idle":
        return "holds no connection"
    told = s.stage if s.stage == "closing" else f"{s.stage}, sends to {lane_of(s, s.current)}"
    told += f"  valid {s.valid}  may still send {s.allowance}"
    told += f"  validating {s.validating}" if getattr(s.validating, "members", ()) else ""
    told += f"  PTO timer {s.timer}" if s.stage == "handshake" else ""
    told += "  PTO overdue" if s.overdue == "yes" else ""
    return told + (f"  may answer {s.closing_allowance} in all" if s.stage == "closing" else "")


def address_text(s: Any, address: int) -> str:
    """Whose an address is, and what really came from it and went to it."""
    whose = "the client's" if has(s.held, address) else "somebody else's"
    if has(s.proven, address):
        return f"{whose}, has answered"
    return f"{whose}  sent {get(s.came, address)}  got {get(s.went, address)}"


def from_client(label: str) -> Callable[[RunStep], list[Any]]:
    """A datagram that the client sends on a path."""

    def rows(step: RunStep) -> list[Any]:
        path = step.arguments.get("path", step.before.current)
        size = step.arguments.get("size")
        told = label if size is None else f"{label}, size {size}"
        return [Message(lane_of(step.before, path), SERVER, told, detail(step, path))]

    return rows


def detail(step: RunStep, path: int) -> str:
    """What else there is to say of a datagram."""
    processed = step.arguments.get("processed")
    origin = step.arguments.get("origin")
    parts = [over(step.before, path)]
    parts.append("" if processed is None else f"{processed} of it in packets")
    parts.append("" if origin is None else f"token given to address {origin}")
    return ", ".join(part for part in parts if part)


def from_attacker(label: str) -> Callable[[RunStep], list[Any]]:
    """A datagram with a source address at which its sender does not receive."""

    def rows(step: RunStep) -> list[Any]:
        path, size = step.arguments["path"], step.arguments.get("size")
        told = label if size is None else f"{label}, size {size}"
        source = f"source: {lane_of(step.before, path)}"
        more = detail(step, path)
        return [Message(ATTACKER, SERVER, told, f"{source}, {more}" if more else source, kind="attack")]

    return rows


def from_server(label: str) -> Callable[[RunStep], list[Any]]:
    """A datagram that leaves the server; its size is what the address got, or what was asked for."""

    def rows(step: RunStep) -> list[Any]:
        path = step.arguments.get("path", step.before.current)
        address = get(step.before.leads, path)
        grown = get(step.after.went, address) - get(step.before.went, address)
        size = step.arguments.get("size", grown)
        told = f"{label}, size {size}" if size else label
        return [Message(SERVER, lane_of(step.before, path), told, detail(step, path), delivered=False)]

    return rows


def to_client(label: str) -> Callable[[RunStep], list[Any]]:
    """What the server had sent arrives."""

    def rows(step: RunStep) -> list[Any]:
        part = step.arguments.get("part")
        told = label if part is None else f"{label} {part + 1}"
        return [Message(SERVER, lane_of(step.before, step.before.current), told)]

    return rows


def alone(lane: str, label: str) -> Callable[[RunStep], list[Any]]:
    """Something that happens at one place."""

    def rows(step: RunStep) -> list[Any]:
        where = ", ".join(f"{name} {value}" for name, value in step.arguments.items())
        return [Step(lane, label, where)]

    return rows


def closing_rows(first: Callable[[RunStep], list[Any]]) -> Callable[[RunStep], list[Any]]:
    """What arrives in the closing state, and its answer."""

    def rows(step: RunStep) -> list[Any]:
        made = first(step)
        path = step.arguments["path"]
        address = get(step.before.leads, path)
        answered = step.after.closing_went > step.before.closing_went
        if answered or get(step.after.went, address) > get(step.before.went, address):
            made.append(Message(SERVER, lane_of(step.before, path), "CONNECTION_CLOSE"))
        return made

    return rows


def close_rows(step: RunStep) -> list[Any]:
    """The server closes, with a packet where the limit has room."""
    if step.before.went == step.after.went and not has(step.before.proven, 0):
        return [Step(SERVER, "closes, and the limit has no room to say so", kind="close")]
    lane = lane_of(step.before, step.before.current)
    return [Step(SERVER, "closes", kind="close"), Message(SERVER, lane, "CONNECTION_CLOSE", delivered=False)]


JUNK = "a datagram nobody can decrypt"
ROWS: dict[str, Callable[[RunStep], list[Any]]] = {
    "open_connection": from_client("first Initial packet, 1200 bytes"),
    "answer_statelessly": from_server("Retry or Version Negotiation"),
    "open_with_token": from_client("first Initial packet with a token, 1200 bytes"),
    "token_from_an_earlier_connection": alone(CLIENT, "has a token from NEW_TOKEN"),
    "send_flight": from_server("next datagram of the first flight"),
    "send_acknowledgment": from_server("ACK of the Initial packet"),
    "send_early_data": from_server("1-RTT packets"),
    "retransmit": from_server("a datagram of the first flight, on PTO"),
    "send_ping": from_server("Handshake PING, on PTO"),
    "send_client_probe": alone(CLIENT, "PTO expires: sends a probe"),
    "finish": alone(CLIENT, "has the whole flight: sends its last Handshake packet"),
    "deliver_initial_probe": from_client("Initial probe, 1200 bytes"),
    "deliver_handshake_packet": from_client("Handshake packet"),
    "deliver_undecryptable": from_client(JUNK),
    "deliver_flight": to_client("datagram of the first flight:"),
    "deliver_acknowledgment": to_client("ACK of the Initial packet"),
    "lose_flight": alone(SERVER, "a datagram of the first flight is lost"),
    "lose_acknowledgment": alone(SERVER, "the ACK is lost"),
    "lose_client_packet": alone(CLIENT, "its packet is lost"),
    "time_passes": alone(SERVER, "a PTO goes by"),
    "gain_address": alone(CLIENT, "gets another address"),
    "lose_address": alone(CLIENT, "loses an address"),
    "let_time_pass": alone(SERVER, "a long time goes by"),
    "client_sends": from_client("non-probing packet"),
    "client_challenges": from_client("PATH_CHALLENGE"),
    "send_data": from_server("data"),
    "send_challenge": from_server("PATH_CHALLENGE"),
    "send_response": from_server("PATH_RESPONSE"),
    "deliver_answer_to_small": from_client("PATH_RESPONSE to the small challenge"),
    "deliver_answer_to_full": from_client("PATH_RESPONSE to the challenge in 1200 bytes"),
    "lose_challenge": alone(SERVER, "challenges on their way, or their answers, are lost"),
    "give_up_validation": alone(SERVER, "gives up validating"),
    "spoof_open": from_attacker("first Initial packet, 1200 bytes"),
    "spoof_open_with_token": from_attacker("first Initial packet with a token, 1200 bytes"),
    "spoof_handshake_packet": from_attacker("Handshake packet"),
    "spoof_packet": from_attacker("non-probing packet"),
    "forward_copy": from_attacker("copy of a genuine packet"),
    "spoof_challenge": from_attacker("PATH_CHALLENGE"),
    "close": close_rows,
    "receive_while_closing": closing_rows(from_client("packet of the connection")),
    "spoof_while_closing": closing_rows(from_attacker("packet of the connection")),
    "receive_unattributed_while_closing": closing_rows(from_attacker("datagram of no connection")),
}
