"""A claim is true of a state in one engine if it is in the others, not only an action's effect."""

from __future__ import annotations

import random
from typing import Any

import pytest
import z3
from tests.model import engines

from pathproof.model.bounds import bounds
from pathproof.model.cid_supply import machine
from pathproof.model.explorer.compiled import Compiled
from pathproof.model.lift import Branch
from pathproof.model.machine import Claim, Machine, instances
from pathproof.model.machines import NAMES, find
from pathproof.model.symbolic import lift_claim, open_parameters, open_state
from pathproof.proofs.bounded import BoundedEncoder
from pathproof.proofs.obligations import named

PARAMETERS = machine.setting({"cids": 3, "unserved": "closes", "raises": "waits", "retirements": 1})
CLAIMS = [
    (name, claim.name) for name in NAMES for claim in find(name).claims.values() if claim.sort != "step"
]


def parameters_of(name: str) -> Any:
    """Parameters of a machine, at the bounds of its picture."""
    return PARAMETERS if name == machine.name else find(name).setting(bounds(name).picture)


def drawn(of: Machine, parameters: Any, seed: int) -> Any:
    """A state, reachable or not."""
    draw = random.Random(seed)
    if seed % 2:
        return engines.drawn_state(of, parameters, draw)
    return engines.walked(of, parameters, draw)


def executed(claim: Claim, parameters: Any, state: Any) -> bool:
    """The claim for all of its arguments, by CPython."""
    return all(claim.function(state, parameters, **chosen) for chosen in instances(claim, parameters))


def proved(of: Machine, claim: Claim, parameters: Any, state: Any) -> bool:
    """The claim for all of its arguments, by Z3 over the lifted terms."""
    return all(_proved(of, claim, parameters, state, chosen) for chosen in instances(claim, parameters))


def _proved(of: Machine, claim: Claim, parameters: Any, state: Any, chosen: dict[str, int]) -> bool:
    size = engines.universe(of, parameters)
    encoder, arguments = BoundedEncoder(size), named("a", claim.arguments)
    asked = engines.Question(of, claim, parameters, state, chosen)  # type: ignore[arg-type]
    model = engines.model_of(asked, encoder, arguments, size)
    opened = open_parameters(of) if of is machine else parameters
    tree = lift_claim(claim, open_state(of), opened, **arguments)
    while isinstance(tree, Branch):
        tree = tree.yes if z3.is_true(model.eval(encoder.truth(tree.condition), True)) else tree.no
    return tree.value


@pytest.mark.parametrize(("name", "claim"), CLAIMS)
def test_claims_agree_between_cpython_and_z3(name: str, claim: str) -> None:
    """In states of every kind, a lifted claim is true if and only if the function says so."""
    of, parameters = find(name), parameters_of(name)
    states = [drawn(of, parameters, seed) for seed in range(12)]
    by_z3 = [proved(of, of.claims[claim], parameters, state) for state in states]
    assert by_z3 == [executed(of.claims[claim], parameters, state) for state in states]


@pytest.mark.parametrize("name", NAMES)
def test_claims_agree_between_cpython_and_native_code(name: str) -> None:
    """Native code notes a violated claim exactly in the states in which CPython finds one."""
    of, parameters = find(name), parameters_of(name)
    idle = Machine(of.name, of.state, of.parameters, of.begin)  # without actions it compiles at once
    broken = 0
    for claim in of.of("always"):
        code = Compiled(idle, parameters, [claim], haste=True)
        for seed in range(60):
            state = drawn(of, parameters, seed)
            violates = code.violates(code.layout.pack(state))
            assert violates != executed(claim, parameters, state), (claim.name, state)
            broken += violates
    assert broken


TRAPS = {
    "sets compared": lambda s, p: s.used != s.active,
    "a look-up": lambda s, p: s.breach in {"none", "limit exceeded"},
    "a dictionary": lambda s, p: {"none": True}.get(s.breach, False),
    "a text": lambda s, p: f"{s.breach}" == "none",
    "a number's truth": lambda s, p: bool(s.issued),
}


@pytest.mark.parametrize("trap", TRAPS)
def test_python_that_no_lift_can_follow_is_refused(trap: str) -> None:
    """What would mean one thing in CPython and another when lifted is an error, and not a wrong proof."""
    claim = Claim("trap", TRAPS[trap], "always", (), {})
    with pytest.raises(TypeError):
        lift_claim(claim, open_state(machine), open_parameters(machine))


def test_truths_may_be_compared() -> None:
    """Whether two conditions are equally true is a question about both, in a lift as in CPython."""
    claim = Claim("both", lambda s, p: (s.issued > 1) == (s.largest > 0), "always", (), {})
    states = [drawn(machine, PARAMETERS, seed) for seed in range(40)]
    by_z3 = [proved(machine, claim, PARAMETERS, state) for state in states]
    assert by_z3 == [executed(claim, PARAMETERS, state) for state in states]
