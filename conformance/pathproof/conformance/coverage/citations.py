"""Everything in the code that names a clause by its id."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pathproof.conformance.coverage.in_tests import marks
from pathproof.conformance.judge import rules
from pathproof.model import machines, mutant
from pathproof.proofs import prove
from pathproof.spec import readings, wire_image

KINDS = (
    "reading",
    "action",
    "invariant",
    "witness",
    "proof",
    "wire check",
    "trace rule",
    "vector",
    "mutant",
    "test",
)
"""What may name a clause. A reading and a mutant name it without covering it."""

COVERING = tuple(kind for kind in KINDS if kind not in ("reading", "mutant"))
"""What covers a clause: it carries it out, claims or checks it."""


def head(kind: str) -> str:
    """Return a kind of citation as the head of a narrow column.

    >>> head("wire check"), head("proof")
    ('wire', 'proof')
    """
    return {"wire check": "wire", "trace rule": "trace"}.get(kind, kind)


@dataclass(frozen=True, slots=True)
class Citation:
    """One thing that names clauses: what it is, its name, and the function that does it, if it is one.

    Examples
    --------
    >>> found = {citation.name: citation for citation in citations() if citation.kind == "action"}
    >>> "RFC9000-5.1.1-13" in found["cid_supply.issue"].clauses
    True
    """

    kind: str
    name: str
    clauses: tuple[str, ...]
    function: Callable[..., Any] | None = None

    @property
    def where(self) -> str:
        """Module and line of the function; empty where the name alone says it."""
        if self.function is None:
            return ""
        code = inspect.unwrap(self.function).__code__
        return f"{self.function.__module__}:{code.co_firstlineno}"


def citations(tests: Path | None = None) -> Iterator[Citation]:
    """Yield everything that names a clause; tests only if the folder that holds them is given.

    Raises
    ------
    pathproof.conformance.coverage.in_tests.UnreadableMark
        If a mark of a test cannot be read without running it.
    """
    yield from _in_spec()
    for name in machines.NAMES:
        yield from _in_machine(name)
    for rule in rules():
        yield Citation("trace rule", rule.name, rule.clauses, rule.function)
    if tests is not None:
        yield from (Citation("test", mark.test, mark.clauses) for mark in marks(tests) if mark.is_measured)


def _in_spec() -> Iterator[Citation]:
    for reading in readings.load().values():
        yield Citation("reading", reading.name, reading.clauses)
    for name, clauses in wire_image.citations():
        yield Citation("wire check", name, clauses)


def _in_machine(name: str) -> Iterator[Citation]:
    machine = machines.find(name)
    for action in machine.actions.values():
        yield Citation("action", f"{name}.{action.name}", action.cites, action.function)
    for claim in machine.claims.values():
        kind = "witness" if claim.sort == "sometimes" else "invariant"
        yield Citation(kind, f"{name}.{claim.name}", claim.cites, claim.function)
    for claim, role in prove.provable(machine).values():
        if role == "claim":
            yield Citation("proof", f"{name}.{claim.name}", claim.cites, claim.function)
    for changed in mutant.mutants(machine).values():
        yield Citation("mutant", f"{name}.{changed.name}", changed.cites)
