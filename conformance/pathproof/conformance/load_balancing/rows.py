"""The rows of a chart in the making."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pathproof.conformance.chart import Message, State, Step
from pathproof.conformance.load_balancing.told import server, tell_balancer, tell_client, tell_server
from pathproof.model.explorer.result import Run
from pathproof.model.load_balancing import machine
from pathproof.model.vocabulary import has

ATTACKER, CLIENT, BALANCER, AGENT = "attacker", "client", "load balancer", "agent"


class Rows:
    """The rows so far."""

    def __init__(self, run: Run) -> None:
        self.made: list[Any] = []
        self.count = max(2, *(1 + number for number in range(4) if has(run.start.members, number)))
        attacked = any(machine.actions[step.action].kind == "attacker" for step in run.steps)
        servers = tuple(server(number) for number in range(self.count))
        self.lanes = ((ATTACKER,) if attacked else ()) + (CLIENT, BALANCER, *servers, AGENT)

    def states(self, before: Any, after: Any) -> None:
        """What each party holds, where that has changed."""
        for lane, told in self.tellers():
            if before is None or told(before) != told(after):
                self.made.append(State(lane, told(after)))

    def tellers(self) -> list[tuple[str, Callable[[Any], str]]]:
        """For each lane with a state, how to tell it."""
        found: list[tuple[str, Callable[[Any], str]]] = [(CLIENT, tell_client), (BALANCER, tell_balancer)]
        for number in range(self.count):
            found.append((server(number), lambda s, n=number: tell_server(s, n)))  # type: ignore[misc]
        return found

    def message(self, source: str, target: str, label: str, detail: str = "", attack: bool = False) -> None:
        """A message that arrives."""
        self.made.append(Message(source, target, label, detail, kind="attack" if attack else "plain"))

    def does(self, lane: str, label: str, detail: str = "", attack: bool = False) -> None:
        """Something that a party does by itself."""
        self.made.append(Step(lane, label, detail, kind="attack" if attack else "plain"))
