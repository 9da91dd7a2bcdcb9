"""`pathproof prove`: the claims of the machines, for every bound and under every reading."""

from __future__ import annotations

from typing import Any

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.options import as_json
from pathproof.conformance.cli.options import jobs as with_jobs
from pathproof.model.machine import Claim, UnknownName
from pathproof.model.machines import find
from pathproof.proofs import prove as prover
from pathproof.proofs.bounded import Counterexample
from pathproof.proofs.prove import Proof


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@with_jobs
@click.option(
    "--mutant", metavar="NAME", help="Prove of the machine with this mutant in it, to see a proof fail."
)
@as_json
def prove(names: tuple[str, ...], jobs: int, mutant: str | None, as_json: bool) -> int:
    """Prove the claims of every machine that has lemmas, or those named: a NAME is a machine or a claim.

    Each claim is shown to hold at the beginning and across every action, for all limits, any number of
    connection IDs and any run length, under every reading at once. Z3 refutes the opposite and cvc5 confirms
    it. A claim that fails is shown with the state before, the action and the state after. Exit status 1 means
    that some claim is not proved.
    """
    proofs = run(names, jobs, mutant)
    if as_json:
        output.emit({"proofs": [as_dict(proof) for proof in proofs]})
    else:
        _print(proofs, bool(names) and not set(names) <= set(prover.proved_machines()))
    return 0 if all(proof.status == "proved" for proof in proofs) else 1


def run(names: tuple[str, ...], jobs: int, mutant: str | None = None) -> list[Proof]:
    """The proofs of these machines or claims, with progress.

    Raises `UnknownName` for a name that is neither.
    """
    machines = prover.proved_machines()
    wanted: dict[str, list[str]] = {name: [] for name in machines if name in names or not names}
    for name in set(names) - set(machines):
        homes = [machine for machine in machines if name in prover.provable(find(machine))]
        if not homes:
            known = [claim for machine in machines for claim in prover.provable(find(machine))]
            raise UnknownName.among("no proof is asked of a machine or claim", name, [*machines, *known])
        wanted.setdefault(homes[0], []).append(name)
    proofs: list[Proof] = []
    for machine, claims in wanted.items():
        with output.progress(f"proving {machine}", 1) as update:
            proofs += prover.prove(machine, claims, mutant, jobs, lambda done, all_: update(done / all_))
    return proofs


def as_dict(proof: Proof) -> dict[str, Any]:
    """The proof as plain values for JSON."""
    found = proof.counterexample
    return {
        "claim": proof.claim.name,
        "role": proof.role,
        "says": proof.claim.says,
        "cites": list(proof.claim.cites),
        "status": proof.status,
        "scope": proof.scope,
        "not_claimed_under": proof.claim.exclusions,
        "obligations": len(proof.findings),
        "untouched": sum(finding.discharge.untouched for finding in proof.findings),
        "seconds": round(proof.seconds, 3),
        "assumes": "every other claim and lemma of the machine, before the step",
        "counterexample": _case_as_dict(found) if found else None,
    }


def _case_as_dict(found: Counterexample) -> dict[str, Any]:
    return {
        "action": found.action,
        "arguments": dict(found.arguments),
        "parameters": vars(found.parameters),
        "before": vars(found.before),
        "after": vars(found.after),
    }


def _print(proofs: list[Proof], some: bool) -> None:
    shown = output.console()
    table = output.table(
        "",
        "claim",
        "status",
        "scope",
        "not claimed under",
        "obligations",
        "seconds",
        right=("obligations", "seconds"),
    )
    for proof in proofs:
        readings = ", ".join(f"{name}={value}" for name, value in proof.claim.exclusions)
        name = proof.claim.name if proof.role == "claim" else f"  {proof.claim.name} (lemma)"
        table.add_row(
            name, proof.status, proof.scope, readings, str(len(proof.findings)), f"{proof.seconds:.1f}"
        )
    shown.print(table)
    for proof in proofs:
        if proof.counterexample:
            _print_case(proof.claim, proof.counterexample)
    left = [proof.claim.name for proof in proofs if proof.status != "proved"]
    if left:
        shown.print(f"not proved: {', '.join(left)}. Every other proof assumes that before the step.")
    elif some:
        shown.print(
            "Each proof assumes the machine's other claims before the step; prove them all to rely on it."
        )


def _print_case(claim: Claim, found: Counterexample) -> None:
    """The state before, the action and the state after, with what the action changed marked."""
    shown = output.console()
    arguments = ", ".join(f"{name}={value}" for name, value in found.arguments.items())
    cites = f" ({', '.join(claim.cites)})" if claim.cites else ""
    shown.print(f"\n{claim.name}: {claim.says}{cites}")
    shown.print("A state that keeps every other claim, reachable or not, and a step that breaks this one.")
    table = output.table(
        f"\n{found.claim}: broken by {found.action}({arguments})", "field", "before", "after", ""
    )
    for name, before in vars(found.before).items():
        after = vars(found.after)[name]
        table.add_row(name, str(before), str(after), "" if before == after else "changed")
    shown.print(table)
    shown.print("with " + ", ".join(f"{name}={value}" for name, value in vars(found.parameters).items()))
