"""A run of the machine `connection` as a sequence chart: both ends, and whoever acts from elsewhere."""

from __future__ import annotations

from typing import Any, Literal

from pathproof.conformance.chart import Chart, Divider, Message, State, Step
from pathproof.model.connection import machine
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.vocabulary import get, has

CLIENT, SERVER, OTHER = "client", "server", "attacker or network"
LANES = (CLIENT, SERVER, OTHER)
LETTERS = "ABC"
Kind = Literal["plain", "attack", "lost"]


def chart_of(run: Run, title: str | None = None) -> Chart:
    """The chart of a run: which packets go under which connection ID, from where, and what each end holds.

    >>> from pathproof.model.execute import initial
    >>> run = Run("the_client_links_no_paths", initial(machine, machine.setting()))
    >>> [type(row).__name__ for row in chart_of(run).rows]
    ['State', 'State', 'Divider']
    """
    claim = machine.claims[run.claim]
    rows = _Rows()
    rows.states(None, run.start)
    for step in run.steps:
        rows.step(step)
    rows.made.append(Divider(f"does not hold: {claim.says}", kind="violation"))
    footer = f"{claim.name}, by {', '.join(claim.cites)}. No run is shorter."
    return Chart(title or f"Shortest run that breaks {claim.name}", LANES, tuple(rows.made), footer)


class _Rows:
    """The rows so far, and where each packet of the client was sent."""

    def __init__(self) -> None:
        self.made: list[Any] = []
        self.sent: dict[tuple[str, int], int] = {}

    def event(self, row: Message | Step) -> int:
        self.made.append(row)
        return sum(isinstance(made, Message | Step) for made in self.made)

    def step(self, step: RunStep) -> None:
        describe = _EVENTS.get(step.action)
        if describe is None:
            _otherwise(self, step)
        else:
            describe(self, step)
        self.states(step.before, step.after)

    def states(self, before: Any, after: Any) -> None:
        for lane, told in ((CLIENT, _client), (SERVER, _server)):
            if before is None or told(before) != told(after):
                self.made.append(State(lane, told(after)))


def _place(address: int) -> str:
    return f"address {LETTERS[address]}"


def _to_server(number: int) -> str:
    return f"to connection ID S{number}"


def _to_client(s: Any, address: int) -> str:
    cid = get(s.moving_cid_at, address)
    return f"to {_place(address)}" + (f", connection ID C{cid - 1}" if cid else "")


def _packet_sent(rows: _Rows, step: RunStep) -> None:
    number = step.before.moving_sent
    source = get(step.after.moving_source, number)
    what = "probing packet" if has(step.after.moving_probing, number) else "packet"
    if source != step.before.moving_outer:
        rows.event(Step(CLIENT, _says(step)))
    detail = f"from {_place(source)}, {_to_server(get(step.after.bears, number))}"
    rows.sent["packet", number] = rows.event(
        Message(CLIENT, SERVER, f"{what} {number}", detail, delivered=False)
    )


def _packet_arrives(rows: _Rows, step: RunStep) -> None:
    number = step.arguments["number"]
    detail = f"from {_place(get(step.before.moving_source, number))}"
    rows.event(Message(CLIENT, SERVER, f"packet {number}", detail, sent_at=rows.sent.get(("packet", number))))


def _copy_arrives(rows: _Rows, step: RunStep) -> None:
    number, address = step.arguments["number"], step.arguments["address"]
    rows.event(Message(OTHER, SERVER, f"copy of packet {number}", f"from {_place(address)}", kind="attack"))


def _from_server(label: str, lost: bool = False) -> Any:
    def describe(rows: _Rows, step: RunStep) -> None:
        address = step.arguments.get("address", step.before.moving_current)
        kind: Kind = "lost" if lost else "plain"
        gone = not has(step.before.moving_reachable, address)
        detail = _to_client(step.after, address)
        rows.event(Message(SERVER, OTHER if gone else CLIENT, label, detail, kind=kind))

    return describe


def _issues(source: str, target: str, letter: str, field: str) -> Any:
    def describe(rows: _Rows, step: RunStep) -> None:
        number = getattr(step.before, field)
        label = f"NEW_CONNECTION_ID {letter}{number}, Retire Prior To {step.arguments['prior']}"
        rows.sent[letter, number] = rows.event(Message(source, target, label, delivered=False))

    return describe


def _id_arrives(source: str, target: str, letter: str) -> Any:
    def describe(rows: _Rows, step: RunStep) -> None:
        number = step.arguments["number"]
        attack = _is_attack(step)
        prior = step.arguments.get("prior")
        label = f"NEW_CONNECTION_ID {letter}{number}" + (
            "" if prior is None else f", Retire Prior To {prior}"
        )
        detail = _says(step) if attack else ""
        kind: Kind = "attack" if attack else "plain"
        rows.event(Message(source, target, label, detail, sent_at=rows.sent.get((letter, number)), kind=kind))

    return describe


def _retirement(source: str, target: str, letter: str) -> Any:
    def describe(rows: _Rows, step: RunStep) -> None:
        rows.event(Message(source, target, f"RETIRE_CONNECTION_ID {letter}{step.arguments['number']}"))

    return describe


def _message(source: str, target: str, label: str) -> Any:
    def describe(rows: _Rows, step: RunStep) -> None:
        address = step.arguments.get("address")
        detail = "" if address is None else f"at {_place(address)}"
        kind: Kind = "attack" if _is_attack(step) else "plain"
        rows.event(Message(source, target, label, detail, kind=kind))

    return describe


def _server_closes(rows: _Rows, step: RunStep) -> None:
    rows.event(Step(SERVER, "The server closes", kind="close"))
    if step.arguments["sends"]:
        _from_server("CONNECTION_CLOSE")(rows, step)


def _meets_closing_server(rows: _Rows, step: RunStep) -> None:
    _packet_arrives(rows, step)
    if step.arguments["sends"]:
        address = get(step.before.moving_source, step.arguments["number"])
        cid = step.after.close_under
        detail = f"to {_place(address)}" + (f", connection ID C{cid - 1}" if cid else "")
        rows.event(Message(SERVER, CLIENT, "CONNECTION_CLOSE once more", detail))


def _otherwise(rows: _Rows, step: RunStep) -> None:
    """A step at one end, in the words of its action."""
    actor = machine.actions[step.action].actor
    address, number = step.arguments.get("address"), step.arguments.get("number")
    detail = "" if address is None else _place(address)
    detail += "" if number is None else f"number {number}"
    attack = _is_attack(step)
    lane = actor if actor in LANES else OTHER
    rows.event(Step(lane, _says(step), detail, kind="attack" if attack else "plain"))


def _is_attack(step: RunStep) -> bool:
    return machine.actions[step.action].kind == "attacker"


def _says(step: RunStep) -> str:
    return machine.actions[step.action].says.rstrip(".")


def _client(s: Any) -> str:
    text = f"at {_place(s.moving_outer)}  holds S{s.server_ids_active}  uses S{s.server_ids_current}"
    return text if s.client_end == "open" else f"{s.client_end}  {text}"


def _server(s: Any) -> str:
    text = f"sends to {_place(s.moving_current)}  holds C{s.client_ids_active}"
    text += f"  accepts below S{s.server_ids_issued}"
    text += f" but not {s.server_ids_invalidated}" if _some(s.server_ids_invalidated) else ""
    return text if s.server_end == "open" else f"{s.server_end}  {text}"


def _some(numbers: Any) -> bool:
    return bool(getattr(numbers, "members", ()))


_EVENTS = {
    "client_sends": _packet_sent,
    "client_moves_to": _packet_sent,
    "client_probes": _packet_sent,
    "client_goes_over_to": _packet_sent,
    "client_goes_back_to": _packet_sent,
    "packet_arrives": _packet_arrives,
    "packet_arrives_from_elsewhere": _packet_arrives,
    "packet_brings_frames": _packet_arrives,
    "packet_meets_closing_server": _meets_closing_server,
    "copy_arrives": _copy_arrives,
    "client_issues": _issues(CLIENT, SERVER, "C", "client_ids_issued"),
    "server_issues": _issues(SERVER, CLIENT, "S", "server_ids_issued"),
    "client_id_arrives": _id_arrives(CLIENT, SERVER, "C"),
    "its_id_is_processed": _id_arrives(CLIENT, SERVER, "C"),
    "server_id_arrives": _id_arrives(SERVER, CLIENT, "S"),
    "rogue_client_sends_any_id": _id_arrives(CLIENT, SERVER, "C"),
    "rogue_client_reuses_an_id": _id_arrives(CLIENT, SERVER, "C"),
    "rogue_server_sends_any_id": _id_arrives(SERVER, CLIENT, "S"),
    "rogue_server_reuses_an_id": _id_arrives(SERVER, CLIENT, "S"),
    "client_retirement_arrives": _retirement(CLIENT, SERVER, "S"),
    "server_retirement_arrives": _retirement(SERVER, CLIENT, "C"),
    "server_challenges": _from_server("PATH_CHALLENGE"),
    "server_repeats_challenge": _from_server("PATH_CHALLENGE"),
    "server_answers": _from_server("PATH_RESPONSE"),
    "server_answers_in_vain": _from_server("PATH_RESPONSE", lost=True),
    "server_sends_data": _from_server("data"),
    "challenge_arrives": _message(CLIENT, SERVER, "PATH_RESPONSE"),
    "response_arrives": _message(CLIENT, SERVER, "PATH_RESPONSE arrives"),
    "acknowledgment_arrives": _message(CLIENT, SERVER, "ACK of the data"),
    "client_closes": _message(CLIENT, SERVER, "CONNECTION_CLOSE"),
    "server_closes": _server_closes,
    "close_arrives_at_server": _message(CLIENT, SERVER, "CONNECTION_CLOSE arrives"),
    "close_arrives_at_client": _message(SERVER, CLIENT, "CONNECTION_CLOSE arrives"),
    "reset_arrives": _message(SERVER, CLIENT, "Stateless Reset"),
    "forged_reset_arrives": _message(OTHER, CLIENT, "16 bytes that are no token"),
    "stray_datagram_meets_closing_server": _message(OTHER, SERVER, "stray datagram"),
}
