"""What notices a mutant: exploration, liveness, proof, and the judge on the run of the changed endpoint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pathproof.conformance.judge import judge
from pathproof.conformance.judge.from_run import events_of_run
from pathproof.model import mutant as mutation
from pathproof.model.bounds import bounds
from pathproof.model.bugs import BugClass, classes
from pathproof.model.explorer.breaking import breaking
from pathproof.model.explorer.liveness import Lasso
from pathproof.model.explorer.result import Run
from pathproof.model.machine import Claim, Machine
from pathproof.model.machines import find
from pathproof.model.mutant import Mutant
from pathproof.proofs.prove import refute

FOLLOWED = ("cid_supply",)
"""Machines whose runs the judge can be shown as the events of an endpoint."""


@dataclass(frozen=True)
class Kill:
    """Who noticed a mutant: the name of a property and of a proof, and clauses; empty where nobody did.

    `steps` are those of the shortest run that breaks the property, or of the lasso for a property of endless
    runs (`is_endless`). `by_its_clause` is a property that breaks, too, and cites a clause of the mutant: the
    same one where it does, another where it does not, and empty where each that breaks is of other clauses.
    """

    machine: str
    mutant: str
    says: str
    bugs: tuple[str, ...]
    cites: tuple[str, ...]
    broken: str
    is_endless: bool
    steps: int
    by_its_clause: str
    proof: str
    trace_rules: tuple[str, ...]

    @property
    def killed(self) -> bool:
        """Something that names a clause noticed it."""
        return bool(self.broken or self.proof or self.trace_rules)


def explored_under(machine_name: str, mutant: Mutant) -> Any:
    """The parameters under which a mutant of this machine is explored.

    >>> explored_under("cid_supply", mutation.find(find("cid_supply"), "limit_excludes_one")).rogue
    'issuer'
    """
    return find(machine_name).setting({**bounds(machine_name).mutants, **mutant.settings})


def examine(machine_name: str, name: str) -> Kill:
    """Explore, prove and judge a machine with one mutant in it."""
    machine = find(machine_name)
    mutant = mutation.find(machine, name)
    parameters = explored_under(machine_name, mutant)
    with mutation.applied(machine, mutant):
        found = breaking(machine, parameters)
        by_its_clause = _by_its_clause(machine, parameters, mutant, found.claim) if found else ""
    run = found if isinstance(found, Run) else None
    broken = found.claim if found else ""
    failed = refute(machine_name, name, broken) if run else None  # proofs are of safety
    return Kill(
        machine=machine_name,
        mutant=name,
        says=mutant.says,
        bugs=mutant.bugs,
        cites=mutant.cites,
        broken=broken,
        is_endless=isinstance(found, Lasso),
        steps=len(found.steps) if found else 0,
        by_its_clause=by_its_clause,
        proof=failed.claim if failed else "",
        trace_rules=_broken_rules(machine, parameters, run, mutant.endpoint) if run else (),
    )


def shares_a_clause(claim: Claim, mutant: Mutant) -> bool:
    """The claim cites one of the clauses that the mutant breaks."""
    return not set(claim.cites).isdisjoint(mutant.cites)


def _by_its_clause(machine: Machine, parameters: object, mutant: Mutant, broken: str) -> str:
    """A property that breaks and cites one of the mutant's clauses; the one that broke first, if it does."""
    if shares_a_clause(machine.claims[broken], mutant):
        return broken
    others = [claim for claim in machine.made(parameters) if shares_a_clause(claim, mutant)]
    found = breaking(machine, parameters, others) if others else None
    return found.claim if found else ""


def _broken_rules(machine: Machine, parameters: object, run: Run, endpoint: str) -> tuple[str, ...]:
    """The clauses that the judge, who knows nothing of the mutant, finds the changed endpoint to break."""
    if machine.name not in FOLLOWED:
        return ()
    report = judge(events_of_run(machine, parameters, run, endpoint))
    return tuple(verdict.clause for verdict in report.violated if verdict.subject == "local")


@dataclass(frozen=True)
class ClassRate:
    """How the mutants of one class of bugs fare, and why there are none where there are none.

    `left` has the reasons for single bugs that no mutant stands for, in a class that has some.
    """

    name: str
    bugs: int
    expressed: int
    mutants: int
    killed: int
    by_property: int
    by_proof: int
    by_trace_rule: int
    not_expressed: str
    left: Mapping[str, str]


def by_class(kills: list[Kill]) -> list[ClassRate]:
    """A line for each class of public bugs; a mutant counts in every class that it stands for."""
    return [_rate(one, kills) for one in classes().values()]


def _rate(one: BugClass, kills: list[Kill]) -> ClassRate:
    own = [kill for kill in kills if set(kill.bugs) & set(one.bugs)]
    return ClassRate(
        name=one.name,
        bugs=len(one.bugs),
        expressed=len({bug for kill in own for bug in kill.bugs} & set(one.bugs)),
        mutants=len(own),
        killed=sum(kill.killed for kill in own),
        by_property=sum(bool(kill.broken) for kill in own),
        by_proof=sum(bool(kill.proof) for kill in own),
        by_trace_rule=sum(bool(kill.trace_rules) for kill in own),
        not_expressed=one.not_expressed,
        left=one.left,
    )
