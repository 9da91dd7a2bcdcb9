"""What the templates are told: the specification and everything that names it, asked of the code once."""

from __future__ import annotations

import importlib
import inspect
import json
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any, get_args

from sphinx.util.rst import escape

from pathproof.conformance.cli.explore.inventory import command
from pathproof.conformance.coverage import KINDS, Citation, Row, by_reason, citations, faults, head, rows
from pathproof.conformance.graph import phase_graph, render_svg
from pathproof.conformance.judge import rules
from pathproof.model import bounds, machines, mutant
from pathproof.model.bounds import Bounds, Settings
from pathproof.model.machine import Machine
from pathproof.proofs import prove
from pathproof.spec import clauses, documents, names, readings, wire_image
from pathproof.spec.clauses import Aside, Clause, Level, Section
from pathproof.spec.documents import Document
from pathproof.spec.wire_image.item import Kind


def grouped(things: Iterable[Any], by: str) -> dict[str, list[Any]]:
    """Things with the same value of an attribute, in the order in which those values come up."""
    found: dict[str, list[Any]] = {}
    for thing in things:
        found.setdefault(getattr(thing, by), []).append(thing)
    return found


def _titled(section: Section) -> str:
    shown = escape(f"{section.number} {section.title}")
    return f":doc:`{shown} <{section.document.lower()}/{section.number}>`"


class Facts:
    """The whole specification, with indexes over it."""

    kinds = KINDS
    head = staticmethod(head)
    crypto_error = names.CRYPTO_ERROR

    def __init__(self, tests: Path) -> None:
        """Collect what names clauses; `tests` is the folder that holds the tests."""
        if not tests.is_dir():
            raise ValueError(f"{tests}: no folder of tests, so no test could be told to name a clause")
        self.citations = list(citations(tests))
        self.rows = {row.clause.id: row for row in rows(self.citations)}
        self.faults = faults(self.citations)
        self.documents = list(documents.load().values())
        self.readings = list(readings.load().values())
        self.items = list(wire_image.load().values())
        self.errors = list(wire_image.errors().values())
        self.machines = [machines.find(name) for name in machines.NAMES]
        self.rules = list(rules())
        self.verified = tests.parent / "build" / "verify.json"
        self.section_count = len(clauses.sections())

    @property
    def items_by_kind(self) -> dict[str, list[Any]]:
        """The items of the wire image, by kind."""
        found = grouped(self.items, "kind")
        return {kind: found[kind] for kind in get_args(Kind) if kind in found}

    @property
    def rules_by_moment(self) -> dict[str, list[Any]]:
        """The rules of the judge, by the moment they look at."""
        return grouped(self.rules, "moment")

    @cached_property
    def _naming(self) -> dict[tuple[str, str], list[Citation]]:
        found: dict[tuple[str, str], list[Citation]] = {}
        for citation in self.citations:
            for clause in dict.fromkeys(citation.clauses):
                found.setdefault((clause, citation.kind), []).append(citation)
        return found

    def naming(self, clause: Clause, kind: str) -> list[Citation]:
        """What of one kind names a clause."""
        return self._naming.get((clause.id, kind), [])

    def code_naming(self, clause: Clause) -> list[tuple[str, list[Citation]]]:
        """What names a clause beside readings and tests, by kind; a proof only where its claim does not."""
        claims = {citation.name for citation in self.naming(clause, "invariant")}
        found = [(kind, self.naming(clause, kind)) for kind in KINDS if kind not in ("reading", "test")]
        return [
            (kind, left)
            for kind, of in found
            if (left := [one for one in of if kind != "proof" or one.name not in claims])
        ]

    def is_proved(self, clause: Clause, claim: Citation) -> bool:
        """Whether the prover is asked for a claim that names a clause."""
        return any(proof.name == claim.name for proof in self.naming(clause, "proof"))

    def tests_of(self, clause: Clause) -> dict[str, list[str]]:
        """The tests that name a clause, by the file they are in."""
        found: dict[str, list[str]] = {}
        for citation in self.naming(clause, "test"):
            file, _, test = citation.name.partition("::")
            found.setdefault(f"tests/{file}", []).append(test)
        return found

    def readings_of(self, clause: Clause) -> list[str]:
        """The readings that a clause leaves open, the one that its record names first."""
        return sorted(readings.of_clause(clause.id), key=lambda name: name != clause.reading)

    def taken_by(self, reading: Any) -> list[tuple[str, str]]:
        """The machines that have this reading as a parameter, and the trace rules that turn on it."""
        taking = [
            (m.name, "machine") for m in self.machines if reading.name in m.parameters.__dataclass_fields__
        ]
        return taking + [(rule.name, "rule") for rule in self.rules if reading.name in rule.readings]

    @staticmethod
    def question(name: str) -> str:
        """What a reading asks."""
        return readings.reading(name).question

    @staticmethod
    def aside(kind: Aside, count: int) -> str:
        """So many sentences that are no clauses, for one reason."""
        if kind == Aside.OUTSIDE:
            return f"{count} beyond the scope"
        return f"{count} {kind}{'' if count == 1 else 's'}"

    @staticmethod
    def is_read(name: str) -> bool:
        """Whether there is a record of this reading."""
        return name in readings.load()

    @staticmethod
    def sections_of(document: Document) -> list[Section]:
        """The sections of a document, in its order."""
        return [section for (name, _), section in clauses.sections().items() if name == document.name]

    @staticmethod
    def called(document: Document) -> str:
        """What titles call a document: a draft goes by the name in its clause ids."""
        return document.copies[0] if document.status == "standard" else document.name

    def rows_of(self, held: Iterable[Clause]) -> list[Row]:
        """The rows of the coverage table for these clauses."""
        return [self.rows[clause.id] for clause in held]

    def clauses_in(self, document: Document | None = None) -> list[Clause]:
        """The clauses of one document, or of all."""
        found = clauses.load().values()
        return [clause for clause in found if document is None or clause.document == document.name]

    def figures(self, held: Iterable[Clause]) -> dict[str, int]:
        """How many of these clauses there are, by level, by kind of citation, and covered or not."""
        of = self.rows_of(held)
        covered = sum(row.is_covered for row in of)
        return {
            "clauses": len(of),
            **{str(level): sum(row.clause.level == level for row in of) for level in Level},
            **{kind: sum(bool(row.by_kind.get(kind)) for row in of) for kind in KINDS},
            "covered": covered,
            "uncovered": len(of) - covered,
        }

    def by_document(self) -> list[tuple[str, dict[str, int]]]:
        """A line of the coverage table for each document, and one for all."""
        lines = [
            (f":ref:`{self.called(one)} <coverage-{one.name}>`", self.figures(self.clauses_in(one)))
            for one in self.documents
        ]
        return [*lines, ("**all**", self.figures(self.clauses_in()))]

    def by_sections(self, document: Document) -> list[tuple[str, dict[str, int]]]:
        """A line of the coverage table for each section of a document, and one for all of them."""
        lines = [(_titled(section), self.figures(section.clauses)) for section in self.sections_of(document)]
        return [*lines, ("**all**", self.figures(self.clauses_in(document)))]

    @property
    def waiting(self) -> list[tuple[str, list[Row]]]:
        """The uncovered clauses that wait for something to be written, by what that is, most first."""
        return by_reason(row for row in self.rows.values() if not row.is_covered and not row.clause.uncovered)

    @property
    def excused(self) -> list[Row]:
        """The clauses that nothing mechanical can check, in the order of the documents."""
        return [row for row in self.rows.values() if not row.is_covered and row.clause.uncovered]

    @staticmethod
    def by_section(held: Iterable[Row]) -> list[tuple[Section, list[Row]]]:
        """Rows with the sections that they are in."""
        found: dict[tuple[str, str], list[Row]] = {}
        for row in held:
            found.setdefault((row.clause.document, row.clause.section), []).append(row)
        return [(clauses.section(*key), of) for key, of in found.items()]

    def checks_with(self, error: str) -> list[tuple[Any, Any]]:
        """The wire items and their checks that mean this error."""
        return [(item, check) for item in self.items for check in item.all_checks if check.error == error]

    @staticmethod
    def described(machine: Machine) -> list[str]:
        """The paragraphs with which the package of a machine begins."""
        package = importlib.import_module(f"pathproof.model.{machine.name}")
        return (inspect.getdoc(package) or machine.name).split("\n\n")

    @staticmethod
    def parameters(machine: Machine) -> list[Any]:
        """The declared parameters of a machine."""
        return list(machine.parameters.__dataclass_fields__.values())

    @staticmethod
    def bounds(machine: Machine) -> Bounds:
        """At which bounds a machine is explored, and what fails at which."""
        return bounds.bounds(machine.name)

    def picture(self, machine: Machine) -> str:
        """The abstract states of a machine, drawn at its small bounds."""
        return render_svg(phase_graph(machine, machine.setting(self.bounds(machine).picture)))

    @staticmethod
    def failure(machine: Machine, claim: str) -> str:
        """A claim that fails somewhere, as a link, with what it says."""
        return f":claim:`{machine.name}.{claim}` ({machine.claims[claim].says.rstrip('.')})"

    command = staticmethod(command)

    def broken_by(self, reading: Any, value: str) -> list[tuple[Machine, str, Settings]]:
        """The claims that fail because this reading has this value, with their machine and settings."""
        return [
            (machine, claim, settings)
            for machine in self.machines
            for claim, settings in self.bounds(machine).failures
            if settings.get(reading.name, self.causes(machine, claim, settings).get(reading.name)) == value
        ]

    @cached_property
    def results(self) -> dict[tuple[str, str, str], dict[str, Any]]:
        """What `pathproof verify` found last, by job, name, and settings where claims fail."""
        if not self.verified.exists():
            return {}
        rows = json.loads(self.verified.read_text(encoding="utf-8"))["rows"]
        return {(row["job"], row["name"], row["figures"] if row["run"] else ""): row for row in rows}

    def measured(self, machine: Machine, row: str) -> dict[str, Any] | None:
        """The exploration of a machine at some bounds, with its time and its memory, if it was made."""
        return self.results.get((f"explore {machine.name}", row, ""))

    def failed(self, machine: Machine, claim: str, settings: Settings) -> dict[str, Any] | None:
        """The run that breaks a claim, if `pathproof verify` was run."""
        told = ", ".join(f"{name}={value}" for name, value in settings.items())
        return self.results.get((f"known failures of {machine.name}", claim, told))

    @staticmethod
    def causes(machine: Machine, claim: str, settings: Settings) -> Settings:
        """The settings because of which a claim is not made; all of them if none stands out."""
        return machine.claims[claim].excluded_by(machine.setting(settings)) or settings

    @staticmethod
    def mutants(machine: Machine) -> list[mutant.Mutant]:
        """The mutants that recreate public bugs in a machine."""
        return list(mutant.mutants(machine).values())

    @staticmethod
    def proved(machine: Machine) -> set[str]:
        """The names of the claims that the prover is asked for."""
        return {name for name, (_, role) in prove.provable(machine).items() if role == "claim"}

    @staticmethod
    def where(function: Any) -> str:
        """The module and the line of a function."""
        return Citation("", "", (), function).where
