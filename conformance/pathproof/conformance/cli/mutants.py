"""`pathproof mutants`: which property, proof and trace rule kills each recreated bug."""

from __future__ import annotations

import os
from dataclasses import asdict

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.options import as_json
from pathproof.conformance.mutants import Kill, examine
from pathproof.model import mutant as mutation
from pathproof.model.machines import NAMES, find
from pathproof.model.parallel import spread


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--jobs", type=click.IntRange(1), default=os.cpu_count() or 1, show_default="all cores")
@as_json
def mutants(names: tuple[str, ...], jobs: int, as_json: bool) -> int:
    """Recreate public bugs of QUIC stacks as small changes to the machines, and see what notices them.

    A mutant is killed by a property (the shortest run of an exploration breaks it), by a proof (an obligation
    fails, with a counterexample), or by a trace rule (the judge finds the run of the changed endpoint in
    violation of a clause). Exit status 1 means that some mutant lives.
    """
    wanted = [(machine, name) for machine in NAMES for name in mutation.mutants(find(machine))]
    if names:
        for name in names:
            mutation.find(find(NAMES[0]), name)
        wanted = [(machine, name) for machine, name in wanted if name in names]
    with output.progress("examining mutants", len(wanted)) as update:
        found: dict[str, Kill] = {}
        for done, kill in enumerate(spread(examine, wanted, jobs), 1):
            found[kill.mutant] = kill
            update(done)
    kills = [found[name] for _, name in wanted]
    output.emit({"mutants": [_as_dict(kill) for kill in kills]}) if as_json else _print(kills)
    return 0 if all(kill.killed for kill in kills) else 1


def _as_dict(kill: Kill) -> dict[str, object]:
    return {**asdict(kill), "killed": kill.killed}


def _print(kills: list[Kill]) -> None:
    shown = output.console()
    columns = ("mutant", "recreates", "property", "steps", "proof", "trace rule")
    table = output.table("", *columns, right=("steps",))
    for kill in kills:
        proof = "the same" if kill.proof == kill.broken != "" else kill.proof or "-"
        steps = str(kill.steps) if kill.broken else ""
        bugs, rules = _few(kill.bugs), _few(kill.trace_rules)
        table.add_row(kill.mutant, bugs, kill.broken or "-", steps, proof, rules or "-")
    shown.print(table)
    alive = [kill.mutant for kill in kills if not kill.killed]
    by = [sum(map(bool, each)) for each in zip(*(_ways(kill) for kill in kills), strict=True)]
    by_property, by_proof, by_rule = by
    shown.print(
        f"{len(kills) - len(alive)} of {len(kills)} killed: "
        f"{by_property} by a property, {by_proof} by a proof, {by_rule} by a trace rule"
    )
    if alive:
        shown.print(f"[bold red]alive: {', '.join(alive)}[/]")


def _ways(kill: Kill) -> tuple[object, object, object]:
    return kill.broken, kill.proof, kill.trace_rules


def _few(names: tuple[str, ...]) -> str:
    """The first name and how many more there are; `--json` has them all."""
    return f"{names[0]} +{len(names) - 1}" if len(names) > 1 else "".join(names)
