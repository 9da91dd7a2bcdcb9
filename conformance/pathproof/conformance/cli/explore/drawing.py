"""Pictures of the abstract states of a machine, to files."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.explore.files import needs_ending, writable, write
from pathproof.conformance.graph import PhaseGraph, TooManyStates, phase_graph, render_dot, render_svg
from pathproof.conformance.graph.phases import MOST
from pathproof.model.machine import Machine

RENDER = {".svg": render_svg, ".dot": render_dot, ".gv": render_dot}
SMALL = "small bounds for pictures"


def draw(machine: Machine, parameters: Any, whose: str, path: Path, as_json: bool) -> int:
    """Write the picture of a machine's abstract states; `whose` bounds these are. The exit status is 0.

    Raises `click.ClickException` for another ending than .svg, .dot or .gv, and for too many states.
    """
    needs_ending(path, *RENDER)
    writable(path)
    try:
        graph = phase_graph(machine, parameters, MOST)
    except TooManyStates as error:
        hint = "" if whose == SMALL else f"; without --bounds and --set, {SMALL} are drawn"
        raise click.ClickException(f"{error}{hint}") from None
    write(path, RENDER[path.suffix](graph))
    if as_json:
        drawn = asdict(graph) | {"bounds": whose, "parameters": asdict(parameters), "most": MOST}
        output.emit({"file": str(path), **drawn})
    else:
        _print(graph, whose, path)
    return 0


def _print(graph: PhaseGraph, whose: str, path: Path) -> None:
    shown = output.console()
    many = f"{len(graph.phases)} abstract states of {graph.states:,}, {len(graph.moves)} ways between them"
    shown.print(f"{path}: {many}", markup=False, soft_wrap=True)
    others = f"--bounds, --set and --reading choose others, up to {MOST:,} states"
    shown.print(f"drawn at {graph.bounds} ({whose}), else defaults: {others}", markup=False)
