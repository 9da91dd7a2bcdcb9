"""The prover: every claim of a machine, on both cores, with one verdict each.

A claim is `proved` when both solvers refute every one of its obligations, for all bounds. Where Z3 does not,
the same obligation is asked in small universes: a counterexample there makes the claim `failed`, none makes
it `bounded`, and a solver that gives up makes it `unknown`.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from pathproof.model import mutant as mutation
from pathproof.model.machine import SAFETY, Claim, Machine, UnknownName
from pathproof.model.machines import NAMES, find
from pathproof.model.parallel import spread
from pathproof.proofs import bounded
from pathproof.proofs.discharge import Discharge, discharge
from pathproof.proofs.obligations import Obligation, obligations
from pathproof.proofs.question import Hypotheses
from pathproof.proofs.ranges import ranges

Status = Literal["proved", "failed", "bounded", "unknown"]
SIZES = (2, 3, 4)
BEGIN = "begin"


@dataclass(frozen=True)
class Finding:
    """One obligation with what the solvers said, and what a small universe says where they did not agree."""

    discharge: Discharge
    counterexample: bounded.Counterexample | None = None
    bound: int | None = None


@dataclass
class Proof:
    """The verdict on one claim, from all of its obligations."""

    claim: Claim
    role: str
    findings: list[Finding] = field(default_factory=list)

    @property
    def status(self) -> Status:
        """`proved`, `failed`, `bounded` or `unknown`: the worst of the obligations."""
        open_ones = [found for found in self.findings if not found.discharge.holds]
        if any(found.counterexample for found in open_ones):
            return "failed"
        if any(found.bound is None for found in open_ones):
            return "unknown"
        return "bounded" if open_ones else "proved"

    @property
    def scope(self) -> str:
        """`unbounded`, or the bound up to which the claim holds; empty where it does not or nobody knows."""
        bounds = [found.bound for found in self.findings if found.bound is not None]
        if self.status == "bounded":
            return f"up to {min(bounds)} connection IDs"
        return "unbounded" if self.status == "proved" else ""

    @property
    def seconds(self) -> float:
        """Processor time of the solvers, in seconds."""
        return sum(found.discharge.seconds for found in self.findings)

    @property
    def counterexample(self) -> bounded.Counterexample | None:
        """A state and a step that break the claim, if one was found."""
        return next((found.counterexample for found in self.findings if found.counterexample), None)


def proved_machines() -> tuple[str, ...]:
    """The machines whose claims are proved for every size: those that have a file of lemmas here.

    >>> "cid_supply" in proved_machines()
    True
    """
    return tuple(name for name in NAMES if importlib.util.find_spec(f"pathproof.proofs.{name}"))


def lemmas_of(machine: Machine) -> list[Claim]:
    """What only proofs need: the machine's own lemmas, and that every field stays in its range."""
    module = importlib.import_module(f"pathproof.proofs.{machine.name}")
    return [*module.lemmas, *ranges(machine)]


def provable(machine: Machine) -> dict[str, tuple[Claim, str]]:
    """Every claim that the prover is asked for, with its role, `claim` or `lemma`; none without lemmas."""
    if machine.name not in proved_machines():
        return {}
    claims = {claim.name: (claim, "claim") for claim in machine.claims.values() if claim.sort in SAFETY}
    return claims | {claim.name: (claim, "lemma") for claim in lemmas_of(machine)}


def prove(
    machine_name: str,
    names: Iterable[str] = (),
    mutant: str | None = None,
    jobs: int = 2,
    progress: Callable[[int, int], None] | None = None,
) -> list[Proof]:
    """Prove the named claims of a machine, or all of them, and call `progress` with obligations done and all.

    Raises `UnknownName` for a machine or claim that does not exist.
    """
    machine = find(machine_name)
    known = provable(machine)
    wanted = list(names) or list(known)
    for name in wanted:
        if name not in known:
            raise UnknownName.among(f"{machine_name} has no claim", name, known)
    proofs = {name: Proof(*known[name]) for name in wanted}
    parts = [(machine_name, mutant, action, tuple(wanted)) for action in (*machine.actions, BEGIN)]
    for done, findings in enumerate(spread(_part, parts, jobs, in_order=True), 1):
        for found in findings:
            proofs[found.discharge.claim].findings.append(found)
        if progress is not None:
            progress(done, len(parts))
    return list(proofs.values())


def _part(machine_name: str, mutant: str | None, action: str, names: tuple[str, ...]) -> list[Finding]:
    """All obligations of one action, in a process of its own."""
    machine = find(machine_name)
    with mutation.applied(machine, mutation.find(machine, mutant) if mutant else None):
        known = provable(machine)
        hypotheses = Hypotheses(machine, [claim for claim, _ in known.values()])
        wanted = [known[name][0] for name in names]
        over = None if action == BEGIN else machine.actions[action]
        return [examine(found, hypotheses) for found in obligations(machine, wanted, [over])]


def examine(obligation: Obligation, hypotheses: Hypotheses) -> Finding:
    """Discharge the obligation; where that fails, look for a counterexample in small universes.

    The short question comes first and settles most. A small counterexample settles the rest of those that
    fail, before the solvers spend their time on the long question.
    """
    said = discharge(obligation, hypotheses, with_subsets=False)
    if said.holds:
        return Finding(said)
    counterexample, bound = search(obligation, hypotheses)
    if counterexample is not None:
        return Finding(said, counterexample)
    said = discharge(obligation, hypotheses)
    return Finding(said) if said.holds else Finding(said, bound=bound)


def search(
    obligation: Obligation, hypotheses: Hypotheses
) -> tuple[bounded.Counterexample | None, int | None]:
    """A counterexample in a small universe, or the size of the largest universe that has none."""
    bound: int | None = None
    for size in SIZES:
        try:
            counterexample = bounded.find(obligation, hypotheses, size)
        except TimeoutError:
            break
        if counterexample is not None:
            return counterexample, None
        bound = size
    return None, bound


def refute(machine_name: str, mutant: str, first: str = "") -> bounded.Counterexample | None:
    """A counterexample to induction for the machine with a mutant in it: to the claim `first`, or to any.

    There is none where no proof is asked of the machine.
    """
    machine = find(machine_name)
    if not provable(machine):
        return None
    with mutation.applied(machine, mutation.find(machine, mutant)):
        claims = [claim for claim, _ in provable(machine).values()]
        hypotheses = Hypotheses(machine, claims)
        wanted = [claim for claim in claims if claim.name == first]
        for some in (wanted, claims):
            for obligation in obligations(machine, some):
                found = search(obligation, hypotheses)[0] if obligation.cases else None
                if found is not None:
                    return found
    return None
