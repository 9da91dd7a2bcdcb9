"""The machine's rule of the highest-numbered non-probing packet against a second one that keeps a log."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.model.oracle.highest import Arrival, Peer
from tests.model.stateful import Driven, replayed, stateful

from pathproof.model import mutant as mutation
from pathproof.model.explorer import explore
from pathproof.model.machine import Action
from pathproof.model.migration import machine
from pathproof.model.mutant import applied
from pathproof.model.vocabulary import get, has

RUNS = settings(
    max_examples=60, stateful_step_count=60, deadline=None, suppress_health_check=list(HealthCheck)
)
RECEIVING = ("deliver", "deliver_from_elsewhere", "copy_packet", "copy_another")


class Watched(Driven):
    """The machine with a peer beside it that keeps a log of all packets."""

    def __init__(self) -> None:
        super().__init__()
        counted = self.parameters.probes_counted == "all_packets"
        self.peer = Peer(self.state.current, counted)
        self.processed: set[int] = set()

    def stepped(self, action: Action, chosen: dict[str, Any], before: Any) -> None:
        """A packet that was received moves the connection in both, or in neither."""
        if action.name not in RECEIVING:
            self.peer.address = self.state.current  # a validation failed, or the peer answered
            return
        number = chosen["number"]
        assert not self.peer.has_processed(number), "a copy was processed a second time"
        address = self._address(action, chosen, before)
        self.peer.address = before.current
        moved = self.peer.process(Arrival(number, address, has(before.probing, number)))
        assert moved == (self.state.current != before.current), "only one of the two has moved"
        assert self.state.current == self.peer.address, "they have moved to different addresses"

    def _address(self, action: Action, chosen: dict[str, Any], before: Any) -> int:
        """Where the packet came from: its sender's address, or the one that a copy was sent from."""
        if action.name.startswith("deliver"):
            return get(before.source, chosen["number"])
        place = next(name for name, domain in action.arguments.items() if domain.sort == "address")
        return self.number(action, place, chosen)


CHOSEN = [
    {},
    {"client": "probes", "attacker": "nobody"},
    {"client": "probes", "relay": "yes"},
    {"client": "probes", "probes_counted": "non_probing"},
    {"client": "probes", "probes_counted": "non_probing", "probe_order": "highest", "packets": 4},
]


@pytest.mark.parametrize("chosen", CHOSEN, ids=str)
def test_only_the_highest_packet_moves_both(chosen: dict[str, Any]) -> None:
    """On every run, a packet moves the machine if and only if it moves whoever keeps a log."""
    run_state_machine_as_test(stateful(machine, machine.setting(chosen), Watched), settings=RUNS)


def mutants_of_the_rule() -> list[str]:
    """The recreated bugs that touch the rule."""
    touched = ("is_newest", "is_probing", "note_number", "is_duplicate")
    return [one.name for one in mutation.mutants(machine).values() if one.replaces in touched]


@pytest.mark.parametrize("name", mutants_of_the_rule())
def test_the_log_notices_a_mutant(name: str) -> None:
    """A machine that follows another packet is found out by the log alone, on a shortest run to its harm."""
    mutant = mutation.find(machine, name)
    chosen = machine.setting({"client": "probes", "network": "rebinds", **mutant.settings})
    with applied(machine, mutant):
        run = explore(machine, chosen, machine.made(chosen), jobs=1, haste=True).violation
        watched = stateful(machine, chosen, Watched)
        watched._holds = lambda self, *states: None  # type: ignore[method-assign]
        assert run is not None
        with pytest.raises(AssertionError, match=r"moved|copy"):
            replayed(watched, run.steps)


def test_there_are_such_mutants() -> None:
    """The test before this one is about something."""
    assert len(mutants_of_the_rule()) >= 2
