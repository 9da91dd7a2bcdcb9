"""The lanes of the machine `connection`, what each of them holds, and the rows that a run is told in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pathproof.conformance.chart import Message, Step
from pathproof.conformance.migration.told import network
from pathproof.conformance.run_rows import RunRows, address_lane, addresses_in, letters, members
from pathproof.model.connection import machine
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.result import Step as RunStep
from pathproof.model.vocabulary import get, has

ATTACKER, CLIENT, SERVER = "attacker", "client", "server"
OFF_PATH = "off-path attacker"
CLOSE, CHALLENGE, RESPONSE = "CONNECTION_CLOSE", "PATH_CHALLENGE", "PATH_RESPONSE"
NEW, RETIRE, RESET = "NEW_CONNECTION_ID", "RETIRE_CONNECTION_ID", "Stateless Reset"

# Each end, where its state and the error it has found are told, and what its end is called.
ENDS = {CLIENT: ("client_end", "server_ids_error"), SERVER: ("server_end", "client_ids_error")}
ENDING = {
    "closing": "closes",
    "draining": "drains",
    "over": "drops the connection",
    "lost": "restarts, and has lost the connection",
}


class Rows(RunRows):
    """The rows so far, on lanes for both ends, for each address, and for an attacker if there is one."""

    key = "S0 is the first connection ID that the server issued, C0 the first that the client issued."

    def __init__(self, run: Run) -> None:
        seen = addresses_in(run, "moving_own", "moving_strangers", "moving_paths")
        paths = {address_lane(address): network(address, "moving_") for address in seen}
        attacked = any(machine.actions[step.action].actor == OFF_PATH for step in run.steps)
        lanes = ((ATTACKER,) if attacked else ()) + (CLIENT, *paths, SERVER)
        super().__init__(lanes, {CLIENT: client, **paths, SERVER: server}, tuple(paths))
        self._ended: set[str] = set()

    def ends(self, step: RunStep, lane: str) -> None:
        """Say once that an end is open no longer, and over which error."""
        end, error = ENDS[lane]
        if getattr(step.before, end) != "open" or getattr(step.after, end) == "open" or lane in self._ended:
            return
        self._ended.add(lane)
        found = getattr(step.after, error)
        detail = f"over {found}" if found != getattr(step.before, error) else ""
        self.event(Step(lane, ENDING[getattr(step.after, end)], detail, kind="close"))

    def retirements(self, step: RunStep) -> None:
        """RETIRE_CONNECTION_ID leaves for whatever the step has retired."""
        before, after = step.before, step.after
        for number in sorted({*members(after.server_ids_retired)} - {*members(before.server_ids_retired)}):
            row = up(f"{RETIRE} S{number}", after.moving_outer, from_client(after, after.moving_outer))
            self.leaves((RETIRE, "S", number), row)
        for number in sorted({*members(after.client_ids_retired)} - {*members(before.client_ids_retired)}):
            row = down(f"{RETIRE} C{number}", after.moving_current, from_server(after, after.moving_current))
            self.leaves((RETIRE, "C", number), row)


Teller = Callable[[Rows, RunStep], None]


def up(label: str, address: int, detail: str = "", kind: Any = "plain") -> Message:
    """From the client to the server, on the path from this address."""
    return Message(CLIENT, SERVER, label, detail, kind=kind, via=address_lane(address))


def down(label: str, address: int, detail: str = "", kind: Any = "plain") -> Message:
    """From the server toward this address."""
    return Message(SERVER, CLIENT, label, detail, kind=kind, via=address_lane(address))


def from_client(s: Any, address: int) -> str:
    """Under which connection ID the client's packets from an address go."""
    bound = get(s.under, address)
    number = bound - 1 if bound and address != s.moving_outer else s.server_ids_current
    return f"to connection ID S{number}"


def from_server(s: Any, address: int) -> str:
    """Under which connection ID the server's packets toward an address go."""
    cid = get(s.moving_cid_at, address)
    return f"to connection ID C{cid - 1}" if cid else ""


def client(s: Any) -> str:
    """Where the client is, and the server's connection IDs that it holds.

    >>> from pathproof.model.execute import initial
    >>> client(initial(machine, machine.setting()))
    'at address A  holds S0  uses S0'
    """
    text = f"at {address_lane(s.moving_outer)}  holds {ids('S', s.server_ids_active)}"
    text += f"  uses S{s.server_ids_current}"
    return text if s.client_end == "open" else f"{s.client_end}  {text}"


def server(s: Any) -> str:
    """Where the server sends, the client's connection IDs that it holds, and its own that it takes.

    >>> from pathproof.model.execute import initial
    >>> server(initial(machine, machine.setting()))
    'sends to address A  holds C0  takes S0'
    """
    text = f"sends to {address_lane(s.moving_current)}"
    text += f"  challenged {letters(s.moving_validating)}" if members(s.moving_validating) else ""
    text += f"  holds {ids('C', s.client_ids_active)}"
    taken = [number for number in range(s.server_ids_issued) if not has(s.server_ids_invalidated, number)]
    text += f"  takes {', '.join(f'S{number}' for number in taken) or 'none'}"
    return text if s.server_end == "open" else f"{s.server_end}  {text}"


def ids(letter: str, numbers: Any) -> str:
    """Connection IDs of a set, by their sequence numbers."""
    return ", ".join(f"{letter}{number}" for number in members(numbers)) or "none"
