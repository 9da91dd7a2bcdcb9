"""`pathproof explore`: every reachable state of a machine, or the shortest run that breaks a claim."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.explore.drawing import draw, opened, write
from pathproof.conformance.cli.explore.listing import listing
from pathproof.conformance.cli.explore.options import options_of_explore
from pathproof.conformance.cli.explore.running import Outcome, chosen_claims, explored, simulated
from pathproof.conformance.cli.explore.showing import as_dict, show
from pathproof.conformance.cli.options import settings
from pathproof.model.bounds import bounds
from pathproof.model.machine import Machine, UnknownName
from pathproof.model.machines import find

HOLDS, BROKEN, INCOMPLETE = 0, 1, 3


@click.command()
@options_of_explore
def explore(machine_name: str, numbers: tuple[str, ...], readings: tuple[str, ...], **options: Any) -> int:
    """Explore every reachable state of MACHINE, and check its claims in all of them.

    Claims that are known to fail under the chosen readings are left out, unless --claim names them. A
    violation is shown as the shortest run, replayed by the executed engine; a claim about endless runs that
    fails is shown as a run that goes round for ever.

    \b
    pathproof explore cid_supply --set limit=3 --reading conflict=ignore
    pathproof explore cid_supply --set rogue=nobody --reading retransmission=updated \\
        --claim some_connection_id_is_left --svg run.svg
    pathproof explore migration --simulate 1000 --seed 7
    pathproof explore path_validation --graph states.svg
    """
    machine = find(machine_name)
    if options["listed"]:
        return listing(machine)
    if options["graph"]:
        return draw(machine, small(machine, numbers, readings, options["bounds"]), options["graph"])
    parameters = machine.setting(chosen(machine, numbers, readings, options["bounds"]))
    claims = chosen_claims(machine, parameters, options["names"])
    picture: Path | None = options["svg"]
    if picture:
        opened(picture)  # a path that cannot be written is said before the search, not after
    run = simulated if options["simulate"] else explored
    outcome = run(machine, parameters, claims, options)
    if picture:
        write(picture, outcome.svg(machine))
    if options["as_json"]:
        output.emit({"machine": machine.name, "parameters": asdict(parameters), **as_dict(outcome, claims)})
    else:
        show(machine, outcome, claims)
    return status(outcome)


def status(outcome: Outcome) -> int:
    """The exit status: 1 for a violation, 3 where not everything was seen."""
    return BROKEN if outcome.broken else HOLDS if outcome.complete else INCOMPLETE


def chosen(
    machine: Machine, numbers: tuple[str, ...], readings: tuple[str, ...], named: str | None
) -> dict[str, Any]:
    """The settings of the bounds of that name, if there is one, and on top of them those given one by one.

    Raises `UnknownName` for bounds, a parameter or a value that does not exist.
    """
    base = dict(bounds(machine.name).named(named)) if named else {}
    return base | settings(machine, numbers, readings)


def small(machine: Machine, numbers: tuple[str, ...], readings: tuple[str, ...], named: str | None) -> Any:
    """Parameters for a picture: the machine's small bounds where nothing else is said.

    Raises `UnknownName` as `chosen` does.
    """
    base = {} if named else bounds(machine.name).picture
    try:
        return machine.setting({**base, **chosen(machine, numbers, readings, named)})
    except UnknownName as error:
        raise UnknownName(f"{error}, for a picture of {machine.name}") from None
