"""Proofs: one line a claim, and one for all lemmas of a machine."""

from __future__ import annotations

from collections.abc import Iterator

from pathproof.conformance.verification.row import Row
from pathproof.model.machines import find
from pathproof.proofs.prove import Proof, provable, prove, proved_machines


def proof_names() -> list[str]:
    """What lines there will be: the claims of every machine that has lemmas, and one more for each."""
    return [
        name
        for machine in proved_machines()
        for name in (*(n for n, (_, role) in provable(find(machine)).items() if role == "claim"), "lemmas")
    ]


def proofs(name: str, jobs: int) -> Iterator[Row]:
    """The lines of one machine."""
    found = prove(name, jobs=jobs)
    for proof in found:
        if proof.role == "claim":
            yield _row(name, proof.claim.name, [proof])
    yield _row(name, "lemmas", [proof for proof in found if proof.role == "lemma"])


def _row(machine: str, name: str, found: list[Proof]) -> Row:
    statuses = {proof.status for proof in found}
    proved = statuses == {"proved"}
    scope = "unbounded" if proved else "; ".join(sorted(proof.scope for proof in found))
    except_under = ", ".join(f"{n}={v}" for proof in found for n, v in proof.claim.exclusions)
    obligations = sum(len(proof.findings) for proof in found)
    figures = f"{obligations} obligations" + (f", not claimed under {except_under}" if except_under else "")
    result = f"proved, {scope}" if proved else f"{', '.join(sorted(statuses))}, {scope}"
    return Row(f"prove {machine}", name, result, figures, sum(p.seconds for p in found), proved)
