"""A run of the machine `migration` as a sequence chart that a reader follows without knowing the code."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pathproof.conformance.chart import Chart, Divider, Message, State, Step
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.migration import machine
from pathproof.model.vocabulary import Numbers, get, has

CLIENT, ATTACKER, SERVER = "client", "attacker", "server"
NAMES = "ABCDEFGH"


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: what was sent and from where, what arrived, and where each end then stands.

    >>> from pathproof.model.explorer.result import Run
    >>> from pathproof.model.execute import initial
    >>> run = Run("a_probe_moves_nothing", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'Divider']
    """
    claim = machine.claims[run.claim]
    third = any(machine.actions[step.action].kind == "attacker" for step in run.steps)
    lanes = (CLIENT, ATTACKER, SERVER) if third else (CLIENT, SERVER)
    rows = _Rows()
    rows.states(None, run.start)
    for step in run.steps:
        _ROWS[step.action](rows, step)
        rows.states(step.before, step.after)
    rows.made.append(Divider(f"does not hold: {claim.says}", kind="violation"))
    footer = f"{claim.name}, by {', '.join(claim.cites)}. No run is shorter."
    return Chart(title or f"Shortest run that breaks {claim.name}", lanes, tuple(rows.made), footer)


class _Rows:
    """The rows so far, and where each packet was sent."""

    def __init__(self) -> None:
        self.made: list[Any] = []
        self.sent: dict[int, int] = {}

    def event(self, row: Message | Step) -> int:
        self.made.append(row)
        return sum(isinstance(made, Message | Step) for made in self.made)

    def states(self, before: Any, after: Any) -> None:
        for lane, told in ((CLIENT, _client), (SERVER, _server)):
            if before is None or told(before) != told(after):
                self.made.append(State(lane, told(after)))


def _packet(s: Any, number: int) -> str:
    kind = "probing packet" if has(s.probing, number) else "packet"
    return f"{kind} {number} from {NAMES[get(s.source, number)]}"


def _leaves(rows: _Rows, step: RunStep) -> None:
    """A packet of the client leaves, with what made it leave."""
    number, after = step.before.sent, step.after
    why = {
        "send": "",
        "probe": "PATH_CHALLENGE from a new local address",
        "probe_again": "PATH_CHALLENGE once more",
        "migrate": "the client moves to a new local address",
        "go_over": "the client moves to an address that it validated",
        "go_back": "its validation failed, and the client goes back",
        "spoof": "sent from a victim's address",
        "move_despite_the_ban": "the client moves although it is barred",
    }[step.action]
    bears = f"to connection ID {get(after.peer_cid, get(after.source, number))}"
    detail = f"{bears}; {why}" if why else bears
    row = Message(CLIENT, SERVER, _packet(after, number), detail, delivered=False)
    rows.sent[number] = rows.event(row)


def _arrives(rows: _Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    rows.event(Message(CLIENT, SERVER, _packet(step.before, number), sent_at=rows.sent.get(number)))


def _copied(rows: _Rows, step: RunStep) -> None:
    number, address = step.arguments["number"], step.arguments["address"]
    label = f"copy of {_packet(step.before, number)}"
    rows.event(Message(ATTACKER, SERVER, label, f"from {NAMES[address]}, ahead of it", kind="attack"))


def _challenge(rows: _Rows, step: RunStep) -> None:
    address = step.arguments["address"]
    bears = f"to connection ID {get(step.after.cid_at, address)}"
    rows.event(Message(SERVER, CLIENT, f"PATH_CHALLENGE to {NAMES[address]}", bears, delivered=False))


def _from_server(label: str, detail: str = "", kind: Any = "plain") -> Callable[[_Rows, RunStep], None]:
    def show(rows: _Rows, step: RunStep) -> None:
        rows.event(Message(SERVER, CLIENT, _named(label, step), _named(detail, step), kind=kind))

    return show


def _from_client(label: str, detail: str = "") -> Callable[[_Rows, RunStep], None]:
    def show(rows: _Rows, step: RunStep) -> None:
        rows.event(Message(CLIENT, SERVER, _named(label, step), _named(detail, step)))

    return show


def _at(lane: str, label: str, detail: str = "", kind: Any = "plain") -> Callable[[_Rows, RunStep], None]:
    def show(rows: _Rows, step: RunStep) -> None:
        rows.event(Step(lane, _named(label, step), _named(detail, step), kind=kind))

    return show


def _relayed(rows: _Rows, step: RunStep) -> None:
    label = f"PATH_CHALLENGE to {NAMES[step.arguments['address']]}"
    rows.event(Message(ATTACKER, CLIENT, label, "handed on, and answered", kind="attack"))


def _named(text: str, step: RunStep) -> str:
    """The text with the names of what the step is about."""
    address = step.arguments.get("address")
    return text.format(
        a="" if address is None else NAMES[address],
        cid=step.arguments.get("cid", ""),
        now=NAMES[step.before.current],
        here=NAMES[step.before.outer],
        ticks="" if address is None else get(step.after.ticks, address),
    )


def _client(s: Any) -> str:
    text = f"at {NAMES[s.outer]}"
    text += f"  validated {_letters(s.works)}"
    return text + ("  owes a packet" if s.owes != "nothing" else "")


def _server(s: Any) -> str:
    if s.connection != "open":
        return f"connection {s.connection}"
    text = f"sends to {NAMES[s.current]}"
    text += f" (falls back to {NAMES[s.fallback]})" if s.fallback != s.current else ""
    for label, members in (
        ("validated", s.validated),
        ("challenged", s.validating),
        ("to be challenged", s.due),
    ):
        text += f"  {label} {_letters(members)}" if _members(members) else ""
    text += f"  spare IDs {s.spare}" if _members(s.spare) else "  no spare ID"
    return text + (f"  retired {s.retired}" if _members(s.retired) else "")


def _letters(numbers: Numbers) -> str:
    return " ".join(NAMES[number] for number in _members(numbers)) or "nothing"


def _members(numbers: Numbers) -> list[int]:
    return sorted(getattr(numbers, "members", ()))


_ROWS: dict[str, Callable[[_Rows, RunStep], None]] = {
    **dict.fromkeys(("send", "probe", "probe_again", "migrate", "go_over", "go_back", "spoof"), _leaves),
    "move_despite_the_ban": _leaves,
    "deliver": _arrives,
    "deliver_from_elsewhere": _arrives,
    "copy_packet": _copied,
    "copy_another": _copied,
    "challenge": _challenge,
    "deliver_challenge": _from_server("PATH_CHALLENGE to {a}", "arrives, and is answered"),
    "relay_challenge": _relayed,
    "deliver_path_response": _from_client("PATH_RESPONSE", "to the challenge that went to {a}"),
    "answer": _from_server("PATH_RESPONSE to {a}"),
    "answer_in_vain": _from_server("PATH_RESPONSE to {a}", "reaches nobody", "lost"),
    "send_data": _from_server("data to {now}", "under way"),
    "deliver_acknowledgment": _from_client("ACK", "of data that was sent to {a}"),
    "deliver_retirement": _from_server("RETIRE_CONNECTION_ID {cid}"),
    "issue": _from_client("NEW_CONNECTION_ID {cid}"),
    "replace_all": _from_client("NEW_CONNECTION_ID {cid}", "Retire Prior To takes away all others"),
    "change_connection_id": _at(CLIENT, "changes the connection ID in its packets"),
    "mirror": _at(SERVER, "changes its connection ID as its peer did"),
    "end_without_path": _at(CLIENT, "has no path left and ends the connection", kind="close"),
    "abandon": _at(SERVER, "gives up the validation of {a}, which it has left"),
    "give_up_path": _at(SERVER, "forgets {a}"),
    "declare_lost": _at(SERVER, "declares data lost that was sent to {a}"),
    "server_waits": _at(SERVER, "a PTO passes", "PTO {ticks} since the challenge to {a}"),
    "server_gives_up": _at(SERVER, "validation of {a} fails"),
    "client_waits": _at(CLIENT, "a PTO passes"),
    "time_runs_out": _at(SERVER, "{a} has not been seen for long: its validation counts no more"),
    "complete_handshake": _at(SERVER, "handshake complete"),
    "confirm_handshake": _from_server("HANDSHAKE_DONE"),
    "speak_as_server": _at(CLIENT, "gets a packet from an unknown server address", kind="attack"),
    "rebind": _at(CLIENT, "a NAT turns {here} into {a}", "which the client does not know"),
    "lose_path": _at(CLIENT, "is reached at {a} no longer"),
    "go_on_numbering": _at(CLIENT, "what is under way is lost", "packets are numbered from 0 again"),
    "produce": _at(SERVER, "has data for the client"),
}
