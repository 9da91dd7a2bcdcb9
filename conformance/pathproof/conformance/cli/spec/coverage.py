"""`pathproof spec coverage`: clauses against what carries them out, claims, proves, judges and tests them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.options import as_json, tests_folder
from pathproof.conformance.cli.spec.filters import as_dict, chosen, filtered, is_filtered
from pathproof.conformance.coverage import KINDS, Row, by_reason, citations, faults, head, rows
from pathproof.spec.clauses import sections

FEW = 3
"""How many clauses are named beside a reason, where not all clauses are listed anyway."""
WIDE = 150
"""The width from which every kind of citation has a column of its own."""


@click.command()
@filtered
@click.option("--clauses", "each", is_flag=True, help="One line a clause, even without a filter.")
@tests_folder
@as_json
def coverage(each: bool, tests: Path | None, as_json: bool, **filters: Any) -> int:
    """Show which clause is covered by what, read from the code itself, and what nothing covers, with the
    reason.

    Without a filter there is a line for each section; with one, for each clause. A reading and a mutant name
    a clause and do not cover it. Exit status 1 means that something names a clause that does not exist, that
    a clause claims an action that does not cite it, or that a clause is uncovered without a reason.

    \b
    pathproof spec coverage
    pathproof spec coverage --section 5.1.2
    pathproof spec coverage --concept path_validation --json
    """
    named = list(citations(tests))
    wanted = {clause.id for clause in chosen(**filters)}
    found = [row for row in rows(named) if row.clause.id in wanted]
    wrong = faults(named)
    if as_json:
        output.emit(
            {"clauses": [_as_dict(row) for row in found], "faults": wrong, "tests_read": tests is not None}
        )
    else:
        brief = not each and not is_filtered(**filters)
        _print_sections(found) if brief else _print_clauses(found)
        _print_end(found, wrong, tests, brief)
    return 1 if wrong else 0


def _as_dict(row: Row) -> dict[str, Any]:
    named = {kind: list(row.by_kind.get(kind, ())) for kind in KINDS}
    return {
        **as_dict(row.clause),
        "named_by": named,
        "covered": row.is_covered,
        "reason": row.reason or None,
    }


def _print_clauses(found: list[Row]) -> None:
    """A line a clause, with a column a kind, or on a narrow terminal with the kinds in one column."""
    wide = output.console().width >= WIDE
    kinds = tuple(map(head, KINDS)) if wide else ("named by",)
    table = output.table("", "clause", "level", *kinds, "rule", right=kinds if wide else ())
    for row in found:
        numbers = [len(row.by_kind.get(kind, ())) for kind in KINDS]
        told = [f"{number} {head(kind)}" for kind, number in zip(KINDS, numbers, strict=True) if number]
        counts = map(_count, numbers) if wide else [", ".join(told) or "-"]
        why = "" if row.is_covered else f" [red]({row.reason or 'no reason'})[/]"
        table.add_row(row.clause.id, str(row.clause.level), *counts, row.clause.rule + why)
    output.console().print(table)


def _print_sections(found: list[Row]) -> None:
    """A line a section, with a column a kind where there is room for it."""
    kinds = KINDS if output.console().width >= WIDE else ()
    columns = ("section", "title", "clauses", *map(head, kinds), "covered", "uncovered")
    table = output.table("", *columns, right=columns[2:])
    for (document, number), section in sections().items():
        of = [row for row in found if (row.clause.document, row.clause.section) == (document, number)]
        if of:
            counts = (_count(sum(bool(row.by_kind.get(kind)) for row in of)) for kind in kinds)
            covered = sum(row.is_covered for row in of)
            ends = (_count(covered), _count(len(of) - covered))
            table.add_row(f"{document} {number}", _short(section.title), str(len(of)), *counts, *ends)
    output.console().print(table)


def _print_end(found: list[Row], wrong: list[str], tests: Path | None, brief: bool) -> None:
    shown = output.console()
    covered = sum(row.is_covered for row in found)
    shown.print(
        f"\n{covered} of {len(found)} clauses covered; counts are of clauses with a citation of that kind"
    )
    named = {kind for row in found for kind in row.by_kind}
    none = [kind for kind in KINDS if kind not in named and (kind != "test" or tests is not None)]
    if none:
        shown.print(f"of these kinds there is none here: {', '.join(none)}")
    if tests is None:
        shown.print("tests were not read: give the folder that holds them with --tests")
    _print_uncovered([row for row in found if not row.is_covered], brief)
    if wrong:
        shown.print(
            f"\n{len(wrong)} fault{'' if len(wrong) == 1 else 's'} between clauses and what names them"
        )
    for fault in wrong:
        shown.print(f"[bold red]{fault}[/]", soft_wrap=True)


def _print_uncovered(found: list[Row], brief: bool) -> None:
    """The reasons, most frequent first, each with the clauses it is given for."""
    table = output.table("\nuncovered", "clauses", "reason", "which", right=("clauses",))
    for reason, of in by_reason(found):
        ids = [row.clause.id for row in of]
        more = f" and {len(ids) - FEW} more (--clauses lists all)" if brief and len(ids) > FEW else ""
        table.add_row(str(len(ids)), reason, ", ".join(ids[:FEW] if brief else ids) + more)
    if found:
        output.console().print(table)


def _count(number: int) -> str:
    return str(number) if number else "-"


def _short(title: str) -> str:
    return title if len(title) <= 34 else title[:33] + "…"
