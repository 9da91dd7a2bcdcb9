"""Which options of `pathproof explore` go together.

What would be ignored is refused instead, in one line: an option that changes nothing looks as if it had.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from pathproof.model.machine import Claim

FIXED = {"machine_name", "as_json", "bounds", "numbers", "readings"}
SEARCH = {"no_reduce", "max_memory", "max_depth", "checkpoint", "every", "resume"}
"""What is about a search of all states."""
COMPILED = {"jobs", "max_memory", "checkpoint", "every", "resume"}
"""What the compiled engine can do and the plain one cannot."""
RANDOM = {"seed", "depth"}
"""What is about random runs."""


def given(context: click.Context) -> set[str]:
    """The names of the options that are on the command line."""
    return {
        name for name in context.params if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    }


def refuse(context: click.Context) -> None:
    """Refuse what is empty, and options that have nothing to say beside others.

    Raises `click.UsageError`, in one line.
    """
    options, there = context.params, given(context)
    flags = {option.name or "": option.opts[0] for option in context.command.params}
    _refuse_empty(options, flags)
    for one, (without, why) in _alone(options).items():
        idle = sorted(flags[name] for name in there & without)
        if idle:
            raise click.UsageError(f"{', '.join(idle)} {'means' if len(idle) == 1 else 'mean'} nothing {why}")
        if one in ("listed", "graph"):
            return
    _refuse_same_file(options, flags)


def _alone(options: Mapping[str, Any]) -> dict[str, tuple[Set[str], str]]:
    """Which options mean nothing, and why, given what is chosen."""
    rest: Set[str] = set(options) - FIXED
    simulates, plain = options["simulate"] is not None, options["engine"] == "plain"
    if options["listed"]:
        return {"listed": (set(options) - {"machine_name", "as_json", "listed"}, "beside --list")}
    if options["graph"]:
        return {"graph": (rest - {"graph"}, "beside --graph, which draws and judges nothing")}
    found: dict[str, tuple[Set[str], str]] = {}
    if simulates:
        endless = {"endless"} if options["endless"] else set()
        found["simulate"] = (SEARCH | endless, "beside --simulate, which sees some runs and not all states")
    else:
        found["search"] = (RANDOM, "without --simulate")
        if plain:
            found["plain"] = (COMPILED, "beside --engine plain, which has one thread and no files")
    if options["checkpoint"] is None:
        found["unsaved"] = ({"every"}, "without --checkpoint")
    return found


def _refuse_empty(options: Mapping[str, Any], flags: Mapping[str, str]) -> None:
    for name, value in options.items():
        for one in value if isinstance(value, tuple) else (value,):
            if (isinstance(one, str) and not one.strip()) or one == Path():
                called = "MACHINE" if name == "machine_name" else flags[name]
                raise click.UsageError(f"{called} is empty")


def _refuse_same_file(options: Mapping[str, Any], flags: Mapping[str, str]) -> None:
    """A chart would replace a checkpoint; going on and writing to one and the same file is of use."""
    picture: Path | None = options["svg"]
    for name in ("checkpoint", "resume"):
        if picture and options[name] and picture.absolute() == options[name].absolute():
            raise click.UsageError(f"--svg and {flags[name]} name the same file, {picture}")


def refuse_undecidable(options: Mapping[str, Any], claims: list[Claim]) -> None:
    """Refuse a run that can decide nothing of what is asked: claims about endless runs need a search.

    Raises `click.UsageError`, in one line.
    """
    names = ", ".join(claim.name for claim in claims)
    endless = [claim for claim in claims if claim.sort == "eventually"]
    if options["endless"] and not endless:
        raise click.UsageError("--endless means nothing here: none of the claims is about endless runs")
    if not options["names"] or len(endless) < len(claims):
        return
    about = f"{names} {'is' if len(claims) == 1 else 'are'} about endless runs"
    if options["simulate"] is not None:
        raise click.UsageError(f"{about}, and random runs end: explore without --simulate")
    if options["endless"] is False:
        raise click.UsageError(f"{about}, which --no-endless leaves out")
