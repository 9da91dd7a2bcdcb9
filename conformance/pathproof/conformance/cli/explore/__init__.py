"""`pathproof explore`: every reachable state of a machine, or the shortest run that breaks a claim."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.explore.bounds import chosen, for_picture
from pathproof.conformance.cli.explore.drawing import draw
from pathproof.conformance.cli.explore.files import checkpoint_writable, needs_ending, writable, write
from pathproof.conformance.cli.explore.listing import listing
from pathproof.conformance.cli.explore.notes import notes
from pathproof.conformance.cli.explore.options import options_of_explore
from pathproof.conformance.cli.explore.refusing import refuse, refuse_undecidable
from pathproof.conformance.cli.explore.running import chosen_claims, explored, simulated
from pathproof.conformance.cli.explore.showing import as_dict, show
from pathproof.conformance.cli.explore.verdict import status
from pathproof.model.machines import find


@click.command()
@options_of_explore
@click.pass_context
def explore(
    context: click.Context,
    /,
    machine_name: str,
    numbers: tuple[str, ...],
    readings: tuple[str, ...],
    **options: Any,
) -> int:
    """Explore every reachable state of MACHINE, and check its claims in all of them.

    Claims that are known to fail under the chosen readings are left out, unless --claim names them. A
    violation is shown as the shortest run, replayed by the executed engine; a claim about endless runs that
    fails is shown as a run that goes round for ever. `pathproof explore MACHINE --list` says what can be set,
    what is claimed, and what is known to fail where.

    Exit status 0 means that every claim checked holds, 1 that one does not (or that a witness named by
    --claim is never reached), 2 bad input, 3 that the search ended early or that a claim named by --claim was
    not decided.

    \b
    pathproof explore cid_supply --set limit=3 --reading conflict=ignore
    pathproof explore cid_supply --set rogue=nobody --reading retransmission=updated \\
        --claim some_connection_id_is_left --svg run.svg
    pathproof explore migration --simulate 1000 --seed 7
    pathproof explore path_validation --graph states.svg
    """
    refuse(context)
    machine = find(machine_name)
    if options["listed"]:
        return listing(machine, options["as_json"])
    if options["graph"]:
        parameters, whose = for_picture(machine, numbers, readings, options["bounds"])
        return draw(machine, parameters, whose, options["graph"], options["as_json"])
    parameters = machine.setting(chosen(machine, numbers, readings, options["bounds"]))
    claims = chosen_claims(machine, parameters, options["names"])
    refuse_undecidable(options, claims)
    _look_at_files(options)  # a path that cannot be written is said before the search, not after
    run = simulated if options["simulate"] else explored
    outcome = run(machine, parameters, claims, options)
    if options["svg"] and outcome.chart(machine):
        write(options["svg"], outcome.svg(machine))
    said = notes(machine, parameters, outcome, claims, options)
    if options["as_json"]:
        told = {"machine": machine.name, "parameters": asdict(parameters), **as_dict(outcome, claims)}
        output.emit({**told, "notes": said})
    else:
        show(machine, outcome, claims, said)
    return status(outcome, claims, bool(options["names"]))


def _look_at_files(options: dict[str, Any]) -> None:
    picture: Path | None = options["svg"]
    if picture:
        needs_ending(picture, ".svg", "")  # a stream, such as a pipe, has no ending
        writable(picture)
    if options["checkpoint"]:
        checkpoint_writable(options["checkpoint"])
