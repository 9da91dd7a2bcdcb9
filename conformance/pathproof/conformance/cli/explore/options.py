"""The options of `pathproof explore`, in the order in which `--help` shows them."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from pathlib import Path
from typing import Any

import click

from pathproof.conformance.cli.options import MOST_JOBS, as_json
from pathproof.conformance.graph.phases import MOST

FILE = click.Path(dir_okay=False, path_type=Path)
SOME = "may be repeated."
MOST_RUNS, MOST_STEPS = 100_000_000, 1_000_000
"""Random runs, and steps of one, that a command may be asked for: memory grows with both."""

_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.argument("machine_name", metavar="MACHINE"),
    click.option("--bounds", metavar="NAME", help="Explore at these bounds; --list names them."),
    click.option(
        "--set", "numbers", multiple=True, metavar="NAME=VALUE",
        help=f"A bound or an option of the connection; {SOME}",
    ),
    click.option(
        "--reading", "readings", multiple=True, metavar="NAME=VALUE", help=f"A reading of the text; {SOME}"
    ),
    click.option(
        "--claim", "names", multiple=True, metavar="NAME", help=f"Check this claim only; {SOME}"
    ),
    click.option(
        "--endless/--no-endless", default=None,
        help="Judge endless runs, too, once every state is seen. "
        "[default: yes up to 2,000,000 states, and where --claim names such a claim]",
    ),
    click.option("--no-reduce", is_flag=True, help="Explore every state, not one of those that are alike."),
    click.option(
        "--jobs", type=click.IntRange(1, MOST_JOBS), metavar="N",
        help="Threads. [default: all cores for a long search]",
    ),
    click.option(
        "--max-memory", metavar="SIZE",
        help="Stop before states take more than this, such as 8G. [default: 80% of free]",
    ),
    click.option("--max-depth", type=click.IntRange(0), metavar="N", help="Go no further than this."),
    click.option(
        "--checkpoint", type=FILE,
        help="Write here, now and then and at Ctrl-C, from where a search can go on by --resume.",
    ),
    click.option(
        "--every", type=click.IntRange(1), default=60, show_default=True, metavar="SECONDS",
        help="How often, for --checkpoint.",
    ),
    click.option(
        "--resume", type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="Go on from a checkpoint, with the same machine, bounds, readings and claims.",
    ),
    click.option(
        "--simulate", type=click.IntRange(1, MOST_RUNS), metavar="N",
        help="Go N random runs instead of exploring. They judge no claim about endless runs.",
    ),
    click.option(
        "--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="For --simulate."
    ),
    click.option(
        "--depth", type=click.IntRange(1, MOST_STEPS), default=200, show_default=True, metavar="N",
        help="Steps of a run at most, for --simulate.",
    ),
    click.option(
        "--engine", type=click.Choice(["compiled", "plain"]), default="compiled", show_default=True,
        help="The plain one executes the machine as it is written, for thousands of states and not millions.",
    ),
    click.option(
        "--svg", type=FILE, help="Write the chart of a violation here; without one, nothing is drawn."
    ),
    click.option(
        "--graph", type=FILE,
        help="Explore nothing, and draw the abstract states here: .svg, .dot or .gv. It is done at the small "
        "bounds that --list names, or at those of --bounds; --set and --reading come on top. "
        f"Beyond {MOST:,} states nothing is drawn, and the exit status is 2.",
    ),
    click.option(
        "--list", "listed", is_flag=True,
        help="Explore nothing, and list parameters, bounds, actions, claims, and what fails where.",
    ),
    as_json,
)  # fmt: skip


def options_of_explore(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add all of them."""
    return reduce(lambda made, option: option(made), reversed(_OPTIONS), command)
