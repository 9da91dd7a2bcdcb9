"""The machine's accounting of the limit against a second one, written from the text with lists and loops."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.model.objects import SORTS
from tests.model.oracle.limit import Consumer, Issuer
from tests.model.stateful import Driven, replayed, stateful

from pathproof.model import execute
from pathproof.model import mutant as mutation
from pathproof.model.cid_supply import machine
from pathproof.model.explorer import explore
from pathproof.model.machine import Action
from pathproof.model.mutant import applied

RUNS = settings(
    max_examples=60, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck)
)


def value(number: int) -> bytes:
    """The bytes of a connection ID."""
    return bytes(SORTS["connection ID"](number).value)


class Watched(Driven):
    """The machine with an issuer and a consumer beside it that keep lists."""

    def __init__(self) -> None:
        self.issuer = Issuer(self.parameters.limit, value(0))
        self.consumer = Consumer(self.parameters.limit, value(0))
        super().__init__()

    def stepped(self, action: Action, chosen: dict[str, Any], before: Any) -> None:
        """What the step did is done with lists too, and both hold the same."""
        match action.name:
            case "issue":
                assert self.issuer.may_send(chosen["prior"]), "the machine issues where the lists say no"
                self.issuer.send(value(before.issued), chosen["prior"])
            case "deliver_new_connection_id" | "send_any_frame":
                frame = chosen["number"], value(chosen["number"]), chosen["prior"]
                self.consumer.new_connection_id(*frame)
            case "exceed_limit":
                self.consumer.new_connection_id(chosen["number"], value(chosen["number"]), 0)
            case "retire":
                self.consumer.retire(chosen["number"])
            case "deliver_retire_connection_id":
                self.issuer.retire_connection_id(chosen["number"])
        self._agrees()

    def _agrees(self) -> None:
        machines_own = [value(number) for number in sorted(self.state.active.members)]
        assert self.consumer.active() == machines_own, "the lists hold other connection IDs"
        closed = self.state.error == "CONNECTION_ID_LIMIT_ERROR"
        assert self.consumer.closed == closed, "only one of the two has closed"
        if self.state.error == "none" and self.state.issued < self.parameters.cids:
            self._offers_the_same()

    def _offers_the_same(self) -> None:
        issue = self.machine.actions["issue"]
        for prior in range(self.parameters.cids):
            enabled = execute.step(issue, self.state, self.parameters, {"prior": prior}) is not None
            assert enabled == self.issuer.may_send(prior), f"issuing under Retire Prior To {prior}"


def without_other_breaches(chosen: dict[str, Any]) -> type[Driven]:
    """The machine without the breaches that have nothing to do with the limit."""
    kept = {"send_any_frame", "exceed_limit"}
    made = stateful(machine, machine.setting(chosen), Watched)
    for name, action in machine.actions.items():
        if action.kind == "attacker" and name not in kept:
            delattr(made, name)
    return made


CHOSEN = [
    {"rogue": "nobody", "cids": 6},
    {"rogue": "issuer", "cids": 6},
    {"rogue": "issuer", "cids": 8, "limit": 3},
]


@pytest.mark.parametrize("chosen", CHOSEN)
def test_limit_accounting_is_that_of_the_lists(chosen: dict[str, Any]) -> None:
    """On every run both issue under the same conditions, hold the same, and close on the same frame."""
    run_state_machine_as_test(without_other_breaches(chosen), settings=RUNS)


LIMIT_MUTANTS = ("limit_is_not_enforced", "limit_excludes_one", "late_number_is_stored", "retired_comes_back")


@pytest.mark.parametrize("name", LIMIT_MUTANTS)
def test_the_lists_notice_a_mutant(name: str) -> None:
    """A machine that counts wrong is found out by the lists alone, on a shortest run to its harm."""
    mutant = mutation.find(machine, name)
    chosen = machine.setting({"rogue": "issuer", **mutant.settings})
    with applied(machine, mutant):
        run = explore(machine, chosen, machine.made(chosen), jobs=1, haste=True).violation
        watched = stateful(machine, chosen, Watched)
        watched._holds = lambda self, *states: None  # type: ignore[method-assign]
        assert run is not None
        with pytest.raises(AssertionError, match=r"lists|closed|issuing"):
            replayed(watched, run.steps)
