"""Every machine, driven by Hypothesis with real objects: the claims hold on every run.

Each published row, and the settings of each mutant, get a search of their own, so that every option has its
turn. The searches are the same wherever the same tests run before them: what they reach has a floor.
"""

from __future__ import annotations

import re
from collections import Counter

import pytest
from hypothesis import reproduce_failure
from tests.model.roaming import published, roaming, search
from tests.model.stateful import IDLE, Driven

from pathproof.model import mutant as mutation
from pathproof.model.bounds import bounds
from pathproof.model.machine import Machine
from pathproof.model.machines import NAMES, find
from pathproof.model.mutant import Mutant, applied

MACHINES = pytest.mark.parametrize("name", NAMES)
EFFECTIVE = 0.7
"""At least this share of all steps changes the state; the rest find nothing enabled and begin again."""


def under_its_settings(machine: Machine, mutant: Mutant) -> type[Driven]:
    """The state machine in which a mutant is looked for."""
    return roaming(machine, {**bounds(machine.name).mutants, **mutant.settings})


def is_noticed(machine: Machine, mutant: Mutant, examples: int, steps: int) -> bool:
    """Whether a search notices that the mutant is in place."""
    with applied(machine, mutant):
        try:
            search(under_its_settings(machine, mutant), examples, steps, shrinks=False)
        except AssertionError:
            return True
    return False


@MACHINES
def test_claims_hold_on_every_run(name: str) -> None:
    """Under all settings no run breaks a claim; nearly all actions are taken, and most steps do something."""
    machine, fired = find(name), Counter[str]()
    for under in published(machine):
        driven = roaming(machine, under)
        search(driven, examples=MORE.get(name, 3), steps=45)
        fired += driven.fired
    taken = fired.keys() - {IDLE}
    missing = sorted(machine.actions.keys() - taken)
    assert len(taken) >= FIRED[name] * len(machine.actions), f"never taken: {missing}"
    assert fired[IDLE] <= (1 - EFFECTIVE) * fired.total()


MORE = {"stateless_reset": 7}
"""Runs under each setting where three are too few: what Hypothesis draws follows from the modules that are
loaded, too, for it tries the constants that it finds there."""
FIRED = dict.fromkeys(NAMES, 0.75)
"""The share of its actions that each machine takes in these searches, at the least."""


@MACHINES
def test_a_mutant_is_found_by_chance(name: str) -> None:
    """The search finds a recreated bug of each machine, and its blob shows the same run again."""
    machine = find(name)
    for mutant in mutation.mutants(machine).values():
        with applied(machine, mutant):
            try:
                search(under_its_settings(machine, mutant), examples=8, steps=40, shrinks=False)
            except AssertionError as error:
                _happens_again(machine, mutant, error)
                return
    pytest.fail("no mutant was noticed")


def _happens_again(machine: Machine, mutant: Mutant, error: AssertionError) -> None:
    printed = "\n".join(error.__notes__)
    blob = re.search(r"@reproduce_failure\('(.*)', b'(.*)'\)", printed)
    assert blob is not None, printed
    again = reproduce_failure(blob[1], blob[2].encode())(under_its_settings(machine, mutant))
    with pytest.raises(AssertionError, match=re.escape(str(error))):
        search(again, examples=1, steps=40, shrinks=False)


def test_a_failure_is_short_and_speaks_of_things() -> None:
    """What is found is made short, and told by the settings and the steps, with real objects."""
    machine = find("migration")
    mutant = mutation.find(machine, "any_packet_moves_it")
    with (
        applied(machine, mutant),
        pytest.raises(AssertionError, match="only_the_highest_non_probing_packet_moves_it does") as failure,
    ):
        search(under_its_settings(machine, mutant), examples=8, steps=40)
    told = "\n".join(failure.value.__notes__)
    assert re.search(r"state\.begins\(under='.*'\)", told)
    assert re.search(r"state\.takes\(step=\w+\(.*192\.0\.2\.\d+:\d+\)\)", told)
    assert told.count("state.takes") <= 6, told


NOTICED = {
    "cid_supply": 47,
    "path_validation": 37,
    "migration": 54,
    "stateless_reset": 21,
    "load_balancing": 40,
    "connection": 37,
}
"""How many of its mutants a search of 25 runs of 60 steps notices alone: measured, and asserted less two."""


@pytest.mark.thorough
@pytest.mark.parametrize("name", NOTICED)
def test_what_the_search_is_worth(name: str) -> None:
    """With each mutant in place, the random search alone notices about as many as were measured."""
    machine = find(name)
    mutants = mutation.mutants(machine).values()
    missed = [one.name for one in mutants if not is_noticed(machine, one, examples=25, steps=60)]
    assert len(mutants) - len(missed) >= NOTICED[name] - 2, f"not noticed: {missed}"
