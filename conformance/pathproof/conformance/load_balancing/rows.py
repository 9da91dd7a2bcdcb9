"""The rows of a chart in the making."""

from __future__ import annotations

from functools import partial

from pathproof.conformance.chart import Message, Step
from pathproof.conformance.load_balancing.told import server, tell_balancer, tell_client, tell_server
from pathproof.conformance.run_rows import RunRows, Tellers
from pathproof.model.explorer.result import Run
from pathproof.model.load_balancing import machine
from pathproof.model.vocabulary import has

ATTACKER, CLIENT, BALANCER, AGENT = "attacker", "client", "load balancer", "agent"
MOST_SERVERS = 4
BY_AGENT = {"make_configuration", "deliver_to_balancer", "deliver_to_server", "withdraw", "reassign"}


class Rows(RunRows):
    """The rows so far."""

    def __init__(self, run: Run) -> None:
        count = max(2, *(1 + number for number in range(MOST_SERVERS) if has(run.start.members, number)))
        taken = {step.action for step in run.steps}
        before = (ATTACKER,) if any(machine.actions[name].kind == "attacker" for name in taken) else ()
        servers = {server(number): partial(tell_server, number=number) for number in range(count)}
        tellers: Tellers = {CLIENT: tell_client, BALANCER: tell_balancer, **servers}
        super().__init__((*before, *tellers, *((AGENT,) if taken & BY_AGENT else ())), tellers)

    def message(self, source: str, target: str, label: str, detail: str = "", attack: bool = False) -> None:
        """A message that arrives."""
        self.event(Message(source, target, label, detail, kind="attack" if attack else "plain"))

    def does(self, lane: str, label: str, detail: str = "", attack: bool = False) -> None:
        """Something that a party does by itself."""
        self.event(Step(lane, label, detail, kind="attack" if attack else "plain"))
