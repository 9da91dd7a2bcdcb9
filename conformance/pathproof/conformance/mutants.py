"""What notices a mutant: exploration, proof, and the judge on the run of the changed endpoint."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.conformance.judge import judge
from pathproof.conformance.judge.from_run import events_of_run
from pathproof.model import mutant as mutation
from pathproof.model.explorer.result import Run
from pathproof.model.explorer.search import explore
from pathproof.model.machine import Machine
from pathproof.model.machines import find
from pathproof.proofs.prove import refute

BOUND = {"cids": 3, "rogue": "nobody"}


@dataclass(frozen=True)
class Kill:
    """Who noticed a mutant: the name of a property and of a proof, and clauses; empty where nobody did."""

    mutant: str
    says: str
    bugs: tuple[str, ...]
    cites: tuple[str, ...]
    broken: str
    steps: int
    proof: str
    trace_rules: tuple[str, ...]

    @property
    def killed(self) -> bool:
        """Something that names a clause noticed it."""
        return bool(self.broken or self.proof or self.trace_rules)


def examine(machine_name: str, name: str) -> Kill:
    """Explore, prove and judge a machine with one mutant in it."""
    machine = find(machine_name)
    mutant = mutation.find(machine, name)
    parameters = machine.setting({**BOUND, **mutant.settings})
    with mutation.applied(machine, mutant):
        run = explore(machine, parameters, machine.made(parameters)).violation
    broken = run.claim if run else ""
    failed = refute(machine_name, name, broken)
    return Kill(
        mutant=name,
        says=mutant.says,
        bugs=mutant.bugs,
        cites=mutant.cites,
        broken=broken,
        steps=len(run.steps) if run else 0,
        proof=failed.claim if failed else "",
        trace_rules=_broken_rules(machine, parameters, run, mutant.endpoint) if run else (),
    )


def _broken_rules(machine: Machine, parameters: object, run: Run, endpoint: str) -> tuple[str, ...]:
    """The clauses that the judge, who knows nothing of the mutant, finds the changed endpoint to break."""
    report = judge(events_of_run(machine, parameters, run, endpoint))
    return tuple(verdict.clause for verdict in report.violated if verdict.subject == "local")
