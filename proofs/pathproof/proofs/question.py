"""The formula of an obligation: unsatisfiable if and only if no named number lets the obligation fail."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import Any

import z3

from pathproof.model.domains import Below, Choice, Upto
from pathproof.model.lift import Tree, leaves
from pathproof.model.machine import Claim, Machine
from pathproof.model.symbolic import open_parameters, open_state
from pathproof.model.terms import NumberTerm, SetTerm, Term, TruthTerm
from pathproof.proofs import facts
from pathproof.proofs.encode import Encoder, conjunction
from pathproof.proofs.obligations import Obligation, claim_tree, named


@dataclass(frozen=True)
class Question:
    """The assertions of one obligation."""

    obligation: Obligation
    assertions: tuple[z3.BoolRef, ...]


def question(obligation: Obligation, hypotheses: Hypotheses, with_subsets: bool = True) -> Question:
    """Assume the hypotheses before the step, take the step, and ask for a state that breaks the claim.

    Without the facts about subsets the question is much shorter, and its `unsat` is a proof all the same.
    """
    encoder, witnesses = Encoder(), facts.Witnesses()
    goal = z3.Or(*(z3.And(encoder.path(c.step.path), encoder.path(c.goal)) for c in obligation.cases))
    assumed, begins = [goal], obligation.action is None
    terms = [*fields_of(hypotheses.machine), *_arguments(obligation)]
    points = [z3.IntVal(0), *(encoder.number(term) for term in terms)]
    asked = _closure(encoder)
    assumed += [] if begins else hypotheses.named(encoder, terms)
    assumed += [fact for numbers in list(encoder.counted) for fact in facts.counting(encoder, numbers)]
    if with_subsets:
        assumed += facts.subsets(encoder, witnesses, asked)
    assumed += facts.emptiness(encoder, witnesses, points)
    assumed += facts.lowest(encoder, points)
    fresh = [*witnesses.made.values(), *encoder.lows.values()]
    assumed += [] if begins else hypotheses.at(encoder, fresh)
    assumed += facts.positive(encoder, [*points, *fresh] if with_subsets else points, asked)
    assumed += limits(hypotheses.machine, encoder, obligation)
    return Question(obligation, tuple(assumed))


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


class Hypotheses:
    """Claims that an obligation may assume, lifted once for each number that they are assumed of."""

    def __init__(self, machine: Machine, claims: Iterable[Claim]) -> None:
        self.machine = machine
        self.claims = [claim for claim in claims if claim.sort == "always"]
        self._trees: dict[tuple[str, NumberTerm | int | None], Tree[bool]] = {}

    def of(self, claim: Claim, number: NumberTerm | int | None) -> Tree[bool]:
        """The claim about the state before the step, of this number."""
        if (claim.name, number) not in self._trees:
            state = open_state(self.machine)
            arguments = dict.fromkeys(claim.arguments, number)
            self._trees[claim.name, number] = claim_tree(self.machine, claim, state, state, arguments)
        return self._trees[claim.name, number]

    def named(self, encoder: Encoder, terms: list[NumberTerm]) -> Iterator[z3.BoolRef]:
        """Every claim, at every number that the question names."""
        for claim in self.claims:
            for term in terms if claim.arguments else [None]:
                yield _holds(encoder, self.of(claim, term))

    def at(self, encoder: Encoder, fresh: list[z3.ArithRef]) -> Iterator[z3.BoolRef]:
        """The claims at witnesses; those that count are left out, for they would name ever more sets."""
        for claim in self.claims:
            if claim.arguments and not _counts(self.of(claim, NumberTerm.make("number", "some"))):
                for point in fresh:
                    name = NumberTerm.make("number", point.decl().name())
                    yield _holds(encoder, self.of(claim, name))


def _holds(encoder: Encoder, tree: Tree[bool]) -> z3.BoolRef:
    return conjunction(z3.Not(encoder.path(path)) for path, holds in leaves(tree) if not holds)


def _counts(tree: Tree[bool]) -> bool:
    def inside(value: Any) -> bool:
        return isinstance(value, Term) and (
            value.op in ("count", "lowest", "empty", "not empty") or any(map(inside, value.args))
        )

    return any(inside(atom) for path, _ in leaves(tree) for atom, _ in path)


def limits(machine: Machine, encoder: Encoder, obligation: Obligation) -> Iterator[z3.BoolRef]:
    """Parameters, named values and arguments are in their domains, however large those are."""
    for declared in fields(machine.parameters):
        value, chosen = z3.Int(f"p.{declared.name}"), declared.metadata.get("domain")
        least, most = (0, len(chosen.names) - 1) if chosen else map(declared.metadata.get, ("least", "most"))
        yield z3.And(value >= least, value <= most)
    for name, domain in machine.domains().items():
        if isinstance(domain, Choice):
            yield z3.And(z3.Int(name) >= 0, z3.Int(name) < len(domain.names))
    for argument in _arguments(obligation):
        yield encoder.number(argument) >= 0
    if obligation.action is not None:
        for name, domain in obligation.action.arguments.items():
            yield encoder.truth(in_domain(named("a", [name])[name], domain, open_parameters(machine)))


def in_domain(number: NumberTerm, domain: Upto, parameters: Any) -> TruthTerm:
    """The atom that says that a number is no larger than its domain allows."""
    bound: NumberTerm = domain.limit(lambda name: getattr(parameters, name))
    return number < bound if isinstance(domain, Below) else number <= bound
