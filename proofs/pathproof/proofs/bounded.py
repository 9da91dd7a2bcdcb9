"""The same questions in a small universe, where an answer is a state that a reader can look at.

Here counting is a sum and quantifiers are conjunctions, so `sat` is a genuine counterexample to induction: a
state that keeps every hypothesis and a step that breaks the claim. It is turned into an executed state, and
the step is replayed by CPython; the two must agree. Such a state need not be reachable.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

import z3

from pathproof.model import execute
from pathproof.model.domains import Choice, Domain, SetOf, TableOf
from pathproof.model.lift import leaves
from pathproof.model.machine import Machine
from pathproof.model.plain import PlainNumbers, PlainTable
from pathproof.model.symbolic import open_state
from pathproof.model.terms import NumberTerm, SetTerm
from pathproof.proofs.encode import Encoder
from pathproof.proofs.obligations import Obligation, steps_of
from pathproof.proofs.question import Hypotheses, limits


class BoundedEncoder(Encoder):
    """Counts by adding up, over the numbers below `size`; every larger number is in no set."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.universe = [z3.IntVal(number) for number in range(size)]

    def count(self, numbers: SetTerm) -> z3.ArithRef:
        """The number of members in the universe."""
        return z3.Sum(*(z3.If(self.member(numbers, number), 1, 0) for number in self.universe))

    def empty(self, numbers: SetTerm) -> z3.BoolRef:
        """Nothing in the universe is a member."""
        return z3.Not(z3.Or(*(self.member(numbers, number) for number in self.universe)))

    def lowest(self, numbers: SetTerm) -> z3.ArithRef:
        """The first member in the universe."""
        low: z3.ArithRef = z3.IntVal(0)
        for number in reversed(self.universe):
            low = z3.If(self.member(numbers, number), number, low)
        return low


@dataclass(frozen=True)
class Counterexample:
    """A state that keeps every hypothesis, and a step from it that breaks a claim."""

    claim: str
    action: str
    arguments: Mapping[str, int]
    parameters: Any
    before: Any
    after: Any


class Disagreement(AssertionError):
    """The solver's counterexample does not replay in the executed engine."""


def find(
    obligation: Obligation, hypotheses: Hypotheses, size: int, timeout: int = 30_000
) -> Counterexample | None:
    """A counterexample with all numbers below `size`, or None if there is none.

    Raises `TimeoutError` where Z3 gives up, and `Disagreement` where the executed engine does not confirm it.
    """
    encoder = BoundedEncoder(size)
    solver = z3.Solver()
    solver.set("timeout", timeout)
    solver.add(*premises(obligation, hypotheses, encoder, size))
    cases = (z3.And(encoder.path(c.step.path), encoder.path(c.goal)) for c in obligation.cases)
    solver.add(z3.Or(*cases))
    answer = solver.check()
    if answer == z3.unknown:
        raise TimeoutError(f"Z3 gave up on {obligation.name} with numbers below {size}")
    return _read(obligation, hypotheses.machine, encoder, solver.model()) if answer == z3.sat else None


def premises(
    obligation: Obligation, hypotheses: Hypotheses, encoder: BoundedEncoder, size: int
) -> list[z3.BoolRef]:
    """The hypotheses at every number of the universe, and the domains of everything."""
    machine = hypotheses.machine
    assumed = [z3.Int("p.cids") <= size] if hasattr(machine.parameters(), "cids") else []
    assumed += limits(machine, encoder, obligation)
    if obligation.action is not None:
        for claim in hypotheses.claims:
            for number in range(size + 1) if claim.arguments else (None,):
                tree = hypotheses.of(claim, number)
                assumed += [z3.Not(encoder.path(path)) for path, holds in leaves(tree) if not holds]
    assumed += [z3.And(z3.Int(f"q.{n}") >= 0, z3.Int(f"q.{n}") <= size) for n in obligation.claim.arguments]
    return assumed


def is_possible(obligation: Obligation, hypotheses: Hypotheses, size: int) -> bool:
    """Some state keeps every hypothesis and lets the action happen: the obligation is about something."""
    encoder = BoundedEncoder(size)
    solver = z3.Solver()
    solver.add(*premises(obligation, hypotheses, encoder, size))
    steps = steps_of(hypotheses.machine, obligation.action)
    solver.add(z3.Or(*(encoder.path(step.path) for step in steps)))
    return bool(solver.check() == z3.sat)


def _read(
    obligation: Obligation, machine: Machine, encoder: BoundedEncoder, model: z3.ModelRef
) -> Counterexample:
    """The solver's state as an executed state, with the step replayed."""
    value = _reader(model)
    action, parameters = obligation.action, _parameters(machine, value)
    before = after = execute.initial(machine, parameters)
    arguments = {} if action is None else {name: value(z3.Int(f"a.{name}")) for name in action.arguments}
    if action is not None:
        terms = open_state(machine)
        for name, domain in machine.domains().items():
            setattr(before, name, _field(encoder, model, getattr(terms, name), domain))
        after = execute.step(action, before, parameters, arguments)
    about = {name: value(z3.Int(f"q.{name}")) for name in obligation.claim.arguments}
    states = (before, after) if obligation.claim.sort == "step" else (after,)
    if after is None or obligation.claim.function(*states, parameters, **about):
        raise Disagreement(f"{obligation.name}: the executed engine does not confirm the solver's state")
    name = action.name if action else "begin"
    return Counterexample(obligation.claim.name, name, arguments, parameters, before, after)


def _reader(model: z3.ModelRef) -> Callable[[z3.ArithRef], int]:
    return lambda number: int(model.eval(number, model_completion=True).as_long())


def _parameters(machine: Machine, value: Callable[[z3.ArithRef], int]) -> Any:
    chosen: dict[str, Any] = {}
    for declared in fields(machine.parameters):
        domain = declared.metadata.get("domain")
        place = value(z3.Int(f"p.{declared.name}"))
        chosen[declared.name] = domain.names[place] if domain else place
    return machine.setting(chosen)


def _field(encoder: BoundedEncoder, model: z3.ModelRef, term: Any, domain: Domain) -> Any:
    value = _reader(model)
    if isinstance(domain, Choice):
        return domain.names[value(encoder.choice(term))]
    if isinstance(domain, SetOf):
        inside = (n for n in encoder.universe if z3.is_true(model.eval(encoder.member(term, n), True)))
        return PlainNumbers(value(n) for n in inside)
    if isinstance(domain, TableOf):
        return PlainTable({value(n): value(encoder.entry(term, n)) for n in encoder.universe})
    assert isinstance(term, NumberTerm)
    return value(encoder.number(term))
