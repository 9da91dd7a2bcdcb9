"""Where output goes: tables and JSON to standard output, progress to standard error if it is a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

WIDTH_WITHOUT_TERMINAL = 160
NARROW = 110
"""Below this width every column may wrap, since a cut name is worse than a broken one."""
IDS = ("clause", "section", "reading", "item")
"""Columns whose text never wraps, however narrow the table: a broken id cannot be searched for."""
PROSE = ("rule", "meaning", "values", "says", "figures", "file", "reason", "which")
"""Columns whose text may wrap; names and numbers never do."""


class Output(Console):
    """A console that leaves a broken pipe to the caller, who knows the exit status for it."""

    def on_broken_pipe(self) -> None:
        """Raise what went wrong."""
        raise BrokenPipeError


def console() -> Output:
    """Standard output; where it is no terminal, as wide as COLUMNS says or wide enough for every table."""
    fixed = os.environ.get("COLUMNS") or sys.stdout.isatty()
    return Output(width=None if fixed else WIDTH_WITHOUT_TERMINAL, highlight=False)


def emit(value: Any) -> None:
    """One JSON object on standard output."""
    click.echo(json.dumps(value, indent=2, default=str))


def table(title: str, *columns: str, right: tuple[str, ...] = ()) -> Table:
    """A table with these columns; those in `right` are aligned to the right."""
    made = Table(title=title or None, title_justify="left", title_style="bold", box=None, pad_edge=False)
    made.min_width = min(len(title), WIDTH_WITHOUT_TERMINAL)  # so that a long title keeps to one line
    narrow = console().width < NARROW
    for column in columns:
        wraps = (narrow or column in PROSE) and column not in IDS
        justify: Literal["left", "right"] = "right" if column in right else "left"
        made.add_column(column, justify=justify, no_wrap=not wraps, overflow="fold")
    return made


@contextmanager
def progress(text: str, total: float | None = None) -> Iterator[Any]:
    """A bar on standard error; yields a function that takes the work done and, if given, a new text."""
    shown = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=shown, transient=True, disable=not shown.is_terminal) as bars:
        task = bars.add_task(text, total=total)

        def update(done: float, description: str | None = None) -> None:
            bars.update(task, completed=done, description=description or text)

        yield update
