"""Pictures to files: the abstract states of a machine, and charts of runs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pathproof.conformance.cli import output
from pathproof.conformance.graph import TooManyStates, phase_graph, render_dot, render_svg
from pathproof.model.machine import Machine

RENDER = {".svg": render_svg, ".dot": render_dot, ".gv": render_dot}


def draw(machine: Machine, parameters: Any, path: Path) -> int:
    """Write the picture of a machine's abstract states; the exit status is 0.

    Raises `click.ClickException` for another ending than .svg, .dot or .gv, and for too many states.
    """
    if path.suffix not in RENDER:
        raise click.BadParameter(f"{path} ends in none of {', '.join(RENDER)}")
    opened(path)
    try:
        graph = phase_graph(machine, parameters)
    except TooManyStates as error:
        path.unlink()
        raise click.ClickException(str(error)) from None
    write(path, RENDER[path.suffix](graph))
    many = f"{len(graph.phases)} abstract states of {graph.states:,}, {len(graph.moves)} ways between them"
    output.console().print(f"{path}: {many}")
    return 0


def opened(path: Path) -> None:
    """Make sure that a file can be written, without touching what is in it.

    Raises `click.FileError` where it cannot.
    """
    _write(path, "", "a")


def write(path: Path, text: str) -> None:
    """Write a file; where there is nothing to write, an empty file that was made for it goes.

    Raises `click.FileError` where it cannot be written.
    """
    if text:
        _write(path, text, "w")
    elif not path.stat().st_size:
        path.unlink()


def _write(path: Path, text: str, mode: str) -> None:
    try:
        with path.open(mode, encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise click.FileError(str(path), error.strerror or str(error)) from None
