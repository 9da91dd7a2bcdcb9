"""A run of the machine `anti_amplification` as a sequence chart that a reader follows without the code.

Between the parties each address has a lane of its own. What comes from an attacker passes the lane of the
source address that it bears, and what goes to an address that is not the client's ends there, at a victim.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pathproof.conformance.anti_amplification.told import ATTACKER, CLIENT, SERVER, address, lane, server
from pathproof.conformance.chart import Chart, Message, Step
from pathproof.conformance.run_rows import RunRows, by_table, framed, kind_of
from pathproof.model.anti_amplification import machine
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.vocabulary import get, has


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: every datagram with its size, and what may still go to each address.

    >>> from pathproof.model.execute import initial
    >>> run = Run("a_blocked_server_has_no_timer", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'State', 'Divider']
    """
    return framed(machine, run, rows_of(run), title)


def rows_of(run: Run) -> RunRows:
    """The rows of a run, without a frame."""
    return Rows(run).tell(run, tell)


class Rows(RunRows):
    """The rows so far, on lanes for both ends, for each address, and for an attacker if there is one."""

    key = "Sizes are in units: as many as the parameter padded says make 1200 bytes."

    def __init__(self, run: Run) -> None:
        highest = max((1, *getattr(run.start.leads, "entries", {}).values()))
        lanes = {lane(number): address(number) for number in range(highest + 1)}
        attacked = any(machine.actions[step.action].kind == "attacker" for step in run.steps)
        everybody = ((ATTACKER,) if attacked else ()) + (CLIENT, *lanes, SERVER)
        super().__init__(everybody, {**lanes, SERVER: server}, tuple(lanes))


Teller = Callable[[Rows, RunStep], None]


def tell(rows: Rows, step: RunStep) -> None:
    """The rows of one step."""
    by_table(rows, machine, step, ROWS)


def _path(step: RunStep) -> int:
    return int(step.arguments.get("path", step.before.current))


def _via(step: RunStep) -> str:
    return lane(get(step.before.leads, _path(step)))


def _detail(step: RunStep) -> str:
    """What else there is to say of a datagram."""
    path, arguments = _path(step), step.arguments
    parts = (
        f"over path {path}" if path > get(step.before.leads, path) else "",
        f"{arguments['processed']} of it in packets" if "processed" in arguments else "",
        f"token given to address {arguments['origin']}" if "origin" in arguments else "",
    )
    return ", ".join(filter(None, parts))


def _sized(label: str, step: RunStep) -> str:
    return f"{label}, size {step.arguments['size']}" if "size" in step.arguments else label


def _up(label: str) -> Teller:
    """A datagram arrives at the server: from the client, or from an attacker with this source address."""

    def show(rows: Rows, step: RunStep) -> None:
        kind = kind_of(machine, step)
        source, parts = (ATTACKER, [f"source: {_via(step)}"]) if kind == "attack" else (CLIENT, [])
        detail = ", ".join(filter(None, (*parts, _detail(step))))
        rows.event(Message(source, SERVER, _sized(label, step), detail, kind=kind, via=_via(step)))

    return show


def _down(rows: Rows, step: RunStep, label: str, what: Any = None) -> None:
    """A datagram goes to an address; there it is the client's, at once or later, or it is a victim's."""
    path = _path(step)
    to = get(step.before.leads, path)
    grown = get(step.after.went, to) - get(step.before.went, to)
    size = step.arguments.get("size", grown)
    row = Message(SERVER, CLIENT, f"{label}, size {size}" if size else label, _detail(step), via=lane(to))
    if not has(step.before.held, to):
        rows.event(replace(row, target=lane(to), via=""))
    elif what is None:
        rows.event(row)
    else:
        rows.leaves(what, row)


def _sends(label: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        _down(rows, step, label)

    return show


def _flight(rows: Rows, step: RunStep) -> None:
    number = step.arguments.get("part", step.before.sent_parts)
    again = " once more, on PTO" if step.action == "retransmit" else ""
    _down(rows, step, f"datagram {number + 1} of the first flight{again}", ("flight", number))


def _acknowledgment(rows: Rows, step: RunStep) -> None:
    _down(rows, step, "ACK of the Initial packet", "ACK")


def _challenge(rows: Rows, step: RunStep) -> None:
    _down(rows, step, "PATH_CHALLENGE", ("challenge", step.arguments["path"]))


def _reaches_client(rows: Rows, step: RunStep) -> None:
    what, label = _sent(step)
    rows.arrives(what, Message(SERVER, CLIENT, label, via=_via(step)))


def _is_lost(rows: Rows, step: RunStep) -> None:
    """Something under way is lost, if a row tells that it left for the client."""
    what, label = _sent(step)
    if what == "packet":
        rows.arrives(what, Message(CLIENT, SERVER, label, kind="lost", via=_via(step)))
    elif rows.has_left(what):
        rows.arrives(what, Message(SERVER, CLIENT, label, kind="lost", via=_via(step)))
    else:
        rows.event(Step(SERVER, f"{label}: nothing comes of it", _via(step)))


def _sent(step: RunStep) -> tuple[Any, str]:
    """What is under way, and what it is called."""
    if "part" in step.arguments:
        return (
            "flight",
            step.arguments["part"],
        ), f"datagram {step.arguments['part'] + 1} of the first flight"
    if step.action == "lose_challenge":
        return ("challenge", step.arguments["path"]), "PATH_CHALLENGE, or its answer"
    if step.action == "lose_client_packet":
        return "packet", "packet of the client"
    return "ACK", "ACK of the Initial packet"


def _answered(size: str) -> Teller:
    """The client, which is there, got the challenge and has answered it."""

    def show(rows: Rows, step: RunStep) -> None:
        row = Message(SERVER, CLIENT, f"PATH_CHALLENGE {size}", via=_via(step))
        rows.arrives(("challenge", step.arguments["path"]), row)
        rows.event(Message(CLIENT, SERVER, "PATH_RESPONSE", size, via=_via(step)))

    return show


def _client_packet(why: str) -> Teller:
    """A packet of the client leaves."""

    def show(rows: Rows, step: RunStep) -> None:
        kind = "Initial" if step.after.probe_out == "initial" else "Handshake"
        rows.leaves("packet", Message(CLIENT, SERVER, f"{kind} packet", why, via=_via(step)))

    return show


def _client_packet_arrives(label: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        rows.arrives("packet", Message(CLIENT, SERVER, label, _detail(step), via=_via(step)))

    return show


def _alone(at: str, label: str) -> Teller:
    def show(rows: Rows, step: RunStep) -> None:
        where = _via(step) if "path" in step.arguments else ""
        number = step.arguments.get("address")
        rows.event(Step(at, label, lane(number) if number is not None else where))

    return show


def _while_closing(label: str) -> Teller:
    """What arrives in the closing state, and its answer."""

    def show(rows: Rows, step: RunStep) -> None:
        _up(label)(rows, step)
        to = get(step.before.leads, _path(step))
        answered = step.after.closing_went > step.before.closing_went
        if answered or get(step.after.went, to) > get(step.before.went, to):
            target, via = (CLIENT, lane(to)) if has(step.before.held, to) else (lane(to), "")
            rows.event(Message(SERVER, target, "CONNECTION_CLOSE", via=via))

    return show


def _close(rows: Rows, step: RunStep) -> None:
    """The server closes, with a packet where the limit has room."""
    if step.before.went == step.after.went and not has(
        step.before.proven, get(step.before.leads, _path(step))
    ):
        rows.event(Step(SERVER, "closes, and the limit has no room to say so", kind="close"))
        return
    rows.event(Step(SERVER, "closes", kind="close"))
    _down(rows, step, "CONNECTION_CLOSE")


JUNK = "datagram that nobody can decrypt"
ROWS: dict[str, Teller] = {
    "open_connection": _up("first Initial packet, 1200 bytes"),
    "answer_statelessly": _sends("Retry or Version Negotiation"),
    "open_with_token": _up("first Initial packet with a token, 1200 bytes"),
    "token_from_an_earlier_connection": _alone(CLIENT, "has a token from NEW_TOKEN"),
    "send_flight": _flight,
    "send_acknowledgment": _acknowledgment,
    "send_early_data": _sends("1-RTT packets"),
    "retransmit": _flight,
    "send_ping": _sends("Handshake PING, on PTO"),
    "send_client_probe": _client_packet("a probe, on PTO"),
    "finish": _client_packet("the client has the whole flight: its last Handshake packet"),
    "deliver_initial_probe": _client_packet_arrives("Initial packet, 1200 bytes"),
    "deliver_handshake_packet": _client_packet_arrives("Handshake packet"),
    "deliver_undecryptable": _up(JUNK),
    "deliver_flight": _reaches_client,
    "deliver_acknowledgment": _reaches_client,
    "lose_flight": _is_lost,
    "lose_acknowledgment": _is_lost,
    "lose_client_packet": _is_lost,
    "time_passes": _alone(SERVER, "a PTO goes by"),
    "gain_address": _alone(CLIENT, "gets another address"),
    "lose_address": _alone(CLIENT, "loses an address"),
    "let_time_pass": _alone(SERVER, "a long time goes by"),
    "client_sends": _up("non-probing packet"),
    "client_challenges": _up("PATH_CHALLENGE"),
    "send_data": _sends("data"),
    "send_challenge": _challenge,
    "send_response": _sends("PATH_RESPONSE"),
    "deliver_answer_to_small": _answered("in less than 1200 bytes"),
    "deliver_answer_to_full": _answered("in 1200 bytes"),
    "lose_challenge": _is_lost,
    "give_up_validation": _alone(SERVER, "gives up validating"),
    "spoof_open": _up("first Initial packet, 1200 bytes"),
    "spoof_open_with_token": _up("first Initial packet with a token, 1200 bytes"),
    "spoof_handshake_packet": _up("Handshake packet"),
    "spoof_packet": _up("non-probing packet"),
    "forward_copy": _up("copy of a genuine packet"),
    "spoof_challenge": _up("PATH_CHALLENGE"),
    "close": _close,
    "receive_while_closing": _while_closing("packet of the connection"),
    "spoof_while_closing": _while_closing("packet of the connection"),
    "receive_unattributed_while_closing": _while_closing("datagram of no connection"),
}

KNOWN = frozenset(ROWS)
"""The actions that have rows of their own; any other is told in the words of its docstring."""
