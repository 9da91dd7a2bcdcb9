"""`pathproof spec`: the clauses, what covers them, and whether they are all there."""

from __future__ import annotations

import click

from pathproof.conformance.cli.spec.audit import audit
from pathproof.conformance.cli.spec.coverage import coverage
from pathproof.conformance.cli.spec.listing import list_clauses
from pathproof.conformance.cli.spec.others import list_readings, list_wire
from pathproof.conformance.cli.spec.show import show


@click.group()
def spec() -> None:
    """Read the specification: every normative sentence in scope is a clause with an id.

    \b
    pathproof spec list --section 9.3    the clauses of Section 9.3 and of those within it
    pathproof spec show RFC9000-9.3-03   one clause, and everything that names it
    pathproof spec readings              the questions that the text leaves open
    pathproof spec wire                  frames, parameters, packets and connection IDs
    pathproof spec coverage              what covers which clause, and what nothing covers yet
    pathproof spec audit rfc9000.txt     your copy of the RFC against the records

    Exit status 0 means that all is well, 1 that the audit found a gap or a citation is wrong, 2 bad input.
    """


for command in (list_clauses, list_readings, list_wire, show, coverage, audit):
    spec.add_command(command)
