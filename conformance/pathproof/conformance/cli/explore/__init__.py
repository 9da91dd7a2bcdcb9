"""`pathproof explore`: every reachable state of a machine, or the shortest run that breaks a claim."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from pathproof.conformance.chart import render_svg, render_text
from pathproof.conformance.cid_supply.run_chart import chart_of
from pathproof.conformance.cli import output
from pathproof.conformance.cli.options import as_json, settings, size
from pathproof.model.explorer import search
from pathproof.model.explorer.plain_search import explore_plainly
from pathproof.model.explorer.result import Exploration, Progress, Run
from pathproof.model.explorer.store import available_memory
from pathproof.model.machine import Claim, Machine, UnknownName
from pathproof.model.machines import find

HOLDS, BROKEN, INCOMPLETE = 0, 1, 3
MANY = 100_000  # states below which the first table's size is all that bytes per state would tell


@click.command()
@click.argument("machine_name", metavar="MACHINE")
@click.option(
    "--set",
    "numbers",
    multiple=True,
    metavar="NAME=VALUE",
    help="A bound or an option of the connection; may be repeated.",
)
@click.option(
    "--reading",
    "readings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A reading of the text; may be repeated.",
)
@click.option(
    "--claim", "names", multiple=True, metavar="NAME", help="Check this claim only; may be repeated."
)
@click.option(
    "--max-memory",
    metavar="SIZE",
    help="Stop before states take more than this, such as 8G. [default: 80% of free]",
)
@click.option("--max-depth", type=click.IntRange(0), metavar="N", help="Go no further than this many steps.")
@click.option("--engine", type=click.Choice(["compiled", "plain"]), default="compiled", show_default=True)
@click.option(
    "--svg", type=click.Path(dir_okay=False, path_type=Path), help="Write the chart of a violation here."
)
@click.option(
    "--list", "listed", is_flag=True, help="List parameters, readings and claims, and explore nothing."
)
@as_json
def explore(machine_name: str, numbers: tuple[str, ...], readings: tuple[str, ...], **options: Any) -> int:
    """Explore every reachable state of MACHINE, and check its claims in all of them.

    Claims that are known to fail under the chosen readings are left out, unless --claim names them. A
    violation is shown as the shortest run, replayed by the executed engine.

    \b
    pathproof explore cid_supply --set limit=3 --reading conflict=ignore
    pathproof explore cid_supply --set rogue=nobody --reading retransmission=updated \\
        --claim some_connection_id_is_left --svg run.svg
    """
    machine = find(machine_name)
    if options["listed"]:
        return _list(machine)
    parameters = machine.setting(settings(machine, numbers, readings))
    claims = chosen_claims(machine, parameters, options["names"])
    if options["svg"]:
        _write(options["svg"], "", "a")  # a path that cannot be written is said before the search, not after
    result = _run(machine, parameters, claims, options)
    if result.violation and options["svg"]:
        _write(options["svg"], render_svg(chart_of(result.violation)))
    elif options["svg"] and not options["svg"].stat().st_size:
        options["svg"].unlink()
    if options["as_json"]:
        output.emit({"machine": machine.name, "parameters": asdict(parameters), **as_dict(result, claims)})
    else:
        _print(machine, result, claims)
    return BROKEN if result.violation else HOLDS if result.complete else INCOMPLETE


def chosen_claims(machine: Machine, parameters: Any, names: tuple[str, ...]) -> list[Claim]:
    """The named claims, or all that are made under these readings; witnesses come with either.

    Raises `UnknownName` for a claim that does not exist.
    """
    for name in names:
        if name not in machine.claims:
            raise UnknownName.among(f"{machine.name} has no claim", name, machine.claims)
    if names:
        return [machine.claims[name] for name in names]
    return machine.made(parameters)


def _run(machine: Machine, parameters: Any, claims: list[Claim], options: dict[str, Any]) -> Exploration:
    if options["engine"] == "plain":
        return explore_plainly(machine, parameters, claims)
    with output.progress(f"compiling {machine.name}") as update:

        def tell(now: Progress) -> None:
            rate = now.states / now.seconds if now.seconds else 0
            update(now.expanded, f"{now.states:,} states, depth {now.depth}, {rate:,.0f} states/s")

        limit = size(options["max_memory"])
        limit = limit and min(limit, int(available_memory() * 0.8))
        return search.explore(machine, parameters, claims, limit, tell, options["max_depth"])


def as_dict(result: Exploration, claims: list[Claim]) -> dict[str, Any]:
    """The result as plain values for JSON."""
    return {
        "states": result.states,
        "transitions": result.transitions,
        "depth": result.depth,
        "complete": result.complete,
        "stopped": result.stopped,
        "seconds": round(result.seconds, 3),
        "compile_seconds": round(result.compile_seconds, 3),
        "states_per_second": round(result.states_per_second),
        "bytes_per_state": round(result.bytes_per_state, 1),
        "never_fired": list(result.never_fired),
        "never_reached": list(result.never_reached),
        "deadlocks": result.deadlocks,
        "claims": [claim.name for claim in claims if claim.sort != "sometimes"],
        "violation": _run_as_dict(result.violation) if result.violation else None,
    }


def _run_as_dict(run: Run) -> dict[str, Any]:
    steps = [{"action": s.action, "arguments": s.arguments, "after": vars(s.after)} for s in run.steps]
    return {"claim": run.claim, "start": vars(run.start), "steps": steps}


def _print(machine: Machine, result: Exploration, claims: list[Claim]) -> None:
    shown = output.console()
    table = output.table(f"{machine.name}", "", "value", right=("value",))
    for name, value in (
        ("distinct states", f"{result.states:,}"),
        ("transitions", f"{result.transitions:,}"),
        ("depth", f"{result.depth}"),
        (
            "seconds to search",
            f"{result.seconds:.2f}",
        ),
        ("seconds to compile before that", f"{result.compile_seconds:.2f}"),
        ("states per second", f"{result.states_per_second:,.0f}"),
        (
            "bytes per state",
            f"{result.bytes_per_state:.1f}" if result.states >= MANY else "(too few to tell)",
        ),
        ("states without a successor", f"{result.deadlocks:,}"),
    ):
        table.add_row(name, value)
    shown.print(table)
    for text, names in (("never fired", result.never_fired), ("never reached", result.never_reached)):
        shown.print(f"{text}: {', '.join(names) if names else 'none'}")
    checked = sum(claim.sort != "sometimes" for claim in claims)
    if result.stopped:
        shown.print(f"not complete: {result.stopped}")
    if result.violation:
        click.echo("\n" + render_text(chart_of(result.violation), width=min(shown.width, 120)))
    else:
        shown.print(f"{checked} claims hold in {'every state' if result.complete else 'the states found'}")


def _list(machine: Machine) -> int:
    shown = output.console()
    parameters = output.table("parameters and readings", "name", "default", "values", "meaning")
    for field in machine.parameters.__dataclass_fields__.values():
        domain = field.metadata.get("domain")
        values = ", ".join(domain.names) if domain else f"from {field.metadata['least']}"
        parameters.add_row(field.name, str(field.default), values, field.metadata["says"])
    shown.print(parameters)
    claims = output.table("\nclaims", "name", "sort", "says")
    for claim in machine.claims.values():
        claims.add_row(claim.name, claim.sort, claim.says)
    shown.print(claims)
    return HOLDS


def _write(path: Path, text: str, mode: str = "w") -> None:
    try:
        with path.open(mode, encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise click.FileError(str(path), error.strerror or str(error)) from None
