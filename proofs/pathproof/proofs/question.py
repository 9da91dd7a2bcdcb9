"""The formula of an obligation: unsatisfiable if and only if no named number lets the obligation fail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

import z3

from pathproof.model.domains import Below, Choice, Upto
from pathproof.model.lift import Tree, leaves
from pathproof.model.machine import Claim, Machine
from pathproof.model.symbolic import open_parameters, open_state
from pathproof.model.terms import NumberTerm, SetTerm, Term, TruthTerm
from pathproof.proofs import facts
from pathproof.proofs.encode import Encoder
from pathproof.proofs.obligations import Obligation, claim_tree, named


@dataclass(frozen=True)
class Question:
    """The assertions of one obligation."""

    obligation: Obligation
    assertions: tuple[z3.BoolRef, ...]


def question(machine: Machine, obligation: Obligation, hypotheses: list[Claim]) -> Question:
    """Assume the hypotheses before the step, take the step, and ask for a state that breaks the claim."""
    encoder, witnesses = Encoder(), facts.Witnesses()
    goal = z3.Or(*(z3.And(encoder.path(c.step.path), encoder.path(c.goal)) for c in obligation.cases))
    terms = [*fields_of(machine), *_arguments(obligation)]
    points = [z3.IntVal(0), *(encoder.number(term) for term in terms)]
    asked = _closure(encoder)
    assumed = [] if obligation.action is None else list(_assume(machine, encoder, hypotheses, terms))
    known = list(encoder.counted)
    found = [fact for numbers in known for fact in facts.counting(encoder, numbers)]
    found += [
        facts.subset(encoder, witnesses, small, large)
        for small in asked
        for large in known
        if small is not large
    ]
    found += list(facts.emptiness(encoder, witnesses, points))
    found += list(facts.lowest(encoder, points))
    fresh = [*witnesses.made.values(), *encoder.lows.values()]
    if obligation.action is not None:
        assumed += list(_assume_at(machine, encoder, hypotheses, fresh))
    found += list(facts.positive(encoder, [*points, *fresh], asked))
    found += list(_limits(machine, encoder, obligation))
    return Question(obligation, (goal, *assumed, *found))


def fields_of(machine: Machine) -> list[NumberTerm]:
    """The numbers of the state before the step."""
    return [value for value in vars(open_state(machine)).values() if isinstance(value, NumberTerm)]


def _arguments(obligation: Obligation) -> list[NumberTerm]:
    action = {} if obligation.action is None else obligation.action.arguments
    return [*named("a", action).values(), *named("q", obligation.claim.arguments).values()]


def _closure(encoder: Encoder) -> list[SetTerm]:
    """The counted sets of the goal, with those that a counting fact compares them to."""
    waiting = list(encoder.counted)
    while waiting:
        before = len(encoder.counted)
        list(facts.counting(encoder, waiting.pop()))
        waiting += list(encoder.counted)[before:]
    return list(encoder.counted)


def _assume(
    machine: Machine, encoder: Encoder, hypotheses: list[Claim], terms: list[NumberTerm]
) -> Iterator[z3.BoolRef]:
    """The hypotheses at every number that the question names."""
    for claim in hypotheses:
        for term in terms if claim.arguments else [NumberTerm.make("number", "none")]:
            yield _holds(encoder, _tree(machine, claim, term))


def _assume_at(
    machine: Machine, encoder: Encoder, hypotheses: list[Claim], fresh: list[z3.ArithRef]
) -> Iterator[z3.BoolRef]:
    """The hypotheses at witnesses; those that count are left out, for they would name ever more sets."""
    for claim in hypotheses:
        if claim.arguments and not _counts(_tree(machine, claim, NumberTerm.make("number", "none"))):
            for point in fresh:
                name = NumberTerm.make("number", point.decl().name())
                yield _holds(encoder, _tree(machine, claim, name))


def _tree(machine: Machine, claim: Claim, term: NumberTerm) -> Tree[bool]:
    state = open_state(machine)
    return claim_tree(machine, claim, state, state, {name: term for name in claim.arguments})


def _holds(encoder: Encoder, tree: Tree[bool]) -> z3.BoolRef:
    return z3.And(*(z3.Not(encoder.path(path)) for path, holds in leaves(tree) if not holds))


def _counts(tree: Tree[bool]) -> bool:
    def inside(value: Any) -> bool:
        return isinstance(value, Term) and (
            value.op in ("count", "lowest", "empty", "not empty") or any(map(inside, value.args))
        )

    return any(inside(atom) for path, _ in leaves(tree) for atom, _ in path)


def _limits(machine: Machine, encoder: Encoder, obligation: Obligation) -> Iterator[z3.BoolRef]:
    """Parameters, named values and arguments are in their domains, however large those are."""
    for declared in fields(machine.parameters):
        if "least" in declared.metadata:
            yield z3.Int(f"p.{declared.name}") >= declared.metadata["least"]
    for name, domain in machine.domains().items():
        if isinstance(domain, Choice):
            yield z3.And(z3.Int(name) >= 0, z3.Int(name) < len(domain.names))
    for name, size in encoder.choices.items():
        yield z3.And(z3.Int(name) >= 0, z3.Int(name) < size)
    for argument in _arguments(obligation):
        yield encoder.number(argument) >= 0
    if obligation.action is not None:
        for name, domain in obligation.action.arguments.items():
            yield encoder.truth(in_domain(named("a", [name])[name], domain, open_parameters(machine)))


def in_domain(number: NumberTerm, domain: Upto, parameters: Any) -> TruthTerm:
    """The atom that says that a number is no larger than its domain allows."""
    bound = domain.bound if isinstance(domain.bound, int) else getattr(parameters, domain.bound)
    return number < bound if isinstance(domain, Below) else number <= bound
