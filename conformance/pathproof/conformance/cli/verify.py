"""`pathproof verify`: explore, prove, and judge real traces at default bounds, as one table."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pathproof.conformance import verification
from pathproof.conformance.cli import output
from pathproof.conformance.cli.explore.files import folder_writable, write
from pathproof.conformance.cli.options import as_json
from pathproof.conformance.cli.options import jobs as with_jobs
from pathproof.conformance.verification import Row


@click.command()
@with_jobs
@click.option(
    "--save", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE",
    help="Write the rows as JSON, with a chart of each run, for the documents.",
)  # fmt: skip
@as_json
def verify(jobs: int, save: Path | None, as_json: bool) -> int:
    """Explore every machine under every reading, prove every claim, and judge the shipped traces.

    Claims that a reading is known to break are explored there as well: the run that shows it must be found.
    Over all explorations, every action must have fired and every witness must have been reached. Endless runs
    are judged where the states are not too many; the table says where they are not, and every reading must be
    in a row where they are.

    Exit status 0 means that all of it holds, 1 that something does not.
    """
    if save is not None:
        folder_writable(save)
    rows: list[Row] = []
    with output.progress("verifying", 100) as update:
        total = verification.jobs_in_all()
        for row in verification.verify(jobs):
            rows.append(row)
            update(len(rows) / total * 100, f"{row.job}: {row.name}")
    passed = all(row.passed for row in rows)
    told = {"passed": passed, "rows": [row.as_dict() for row in rows]}
    if save is not None:
        write(save, json.dumps(told))
    output.emit(told) if as_json else _print(rows, passed)
    return 0 if passed else 1


def _print(rows: list[Row], passed: bool) -> None:
    shown = output.console()
    table = output.table("", "job", "what", "result", "figures", "seconds", right=("seconds",))
    last = ""
    for row in rows:
        result = f"[{_colour(row)}]{row.result}[/]"
        table.add_row(row.job if row.job != last else "", row.name, result, row.figures, f"{row.seconds:.1f}")
        last = row.job
    shown.print(table)
    failed = sum(not row.passed for row in rows)
    verdict = "[bold green]all hold[/]" if passed else f"[bold red]{failed} do not hold[/]"
    unjudged = sum(not row.judged for row in rows)
    beside = f"; {unjudged} rows are not judged, for the reason that each gives" if unjudged else ""
    shown.print(f"\n{len(rows) - unjudged} checks: {verdict}{beside}")


def _colour(row: Row) -> str:
    if not row.passed:
        return "bold red"
    return "green" if row.judged else "yellow"
