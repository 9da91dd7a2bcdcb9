"""`pathproof scenario`: migration in real networks, QUIC beside TCP."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.explore.files import needs_ending, writable, write
from pathproof.conformance.cli.options import as_json
from pathproof.conformance.cli.transfer import needs
from pathproof.model.machine import UnknownName

if TYPE_CHECKING:
    from pathproof.conformance.scenarios.engine.running import Result, Scenario

NOT_PERMITTED = 3


@click.group()
def scenario() -> None:
    """Watch migrations in real networks, beside what becomes of TCP under the same events.

    \b
    pathproof scenario list                                   what there is, and whether it may run here
    pathproof scenario run wifi-to-cellular --svg run.svg     a timeline to read, and one to look at
    pathproof scenario run --all                              QUIC beside TCP, a row for each scenario

    They run on Linux, as somebody who may make network namespaces, veth pairs and raw sockets: most often
    root. What they make has names of its own, and is removed when they end, also by an interrupt.
    """


@scenario.command("list")
@as_json
def list_(as_json: bool) -> int:
    """List the scenarios, what each expects by clause, and whether they may run here."""
    with needs.endpoint():
        from pathproof.conformance.scenarios.catalogue import SCENARIOS
        from pathproof.conformance.scenarios.engine.namespaces import lacks
    lacking = lacks()
    if as_json:
        known = [_described(one) for one in SCENARIOS.values()]
        output.emit({"may_run": not lacking, "lacks": lacking, "scenarios": known})
        return 0
    table = output.table("", "scenario", "what happens", "says")
    table.columns[2].header = "expects, by clause"
    for one in SCENARIOS.values():
        clauses = dict.fromkeys(clause for expected in one.expects for clause in expected.clauses)
        table.add_row(one.name, one.title, ", ".join(clause.removeprefix("RFC9000-") for clause in clauses))
    shown = output.console()
    shown.print(table)
    shown.print(f"\n{f'They cannot run here: {lacking}' if lacking else 'They may run here.'}", markup=False)
    return 0


@scenario.command("run")
@click.argument("name", required=False)
@click.option("--all", "all_", is_flag=True, help="Run every scenario, and print QUIC beside TCP as a table.")
@click.option(
    "--svg",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Draw the timeline into this file, too.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63),
    default=1,
    show_default=True,
    help="Decides which packets the network loses, and what the file is.",
)
@click.option("--quick", is_flag=True, help="A smaller file, and TCP is watched for less than a second.")
@as_json
def run_(name: str | None, all_: bool, svg: Path | None, seed: int, quick: bool, as_json: bool) -> int:
    """Run a scenario in network namespaces of its own, and show what happened over time.

    A client downloads a file over QUIC, and another the same file over TCP, while interfaces go down,
    addresses change, servers crash or attackers copy packets. Each scenario expects what clauses of the RFCs
    say of that; the judge watches every end. Networks are veth pairs; delays, losses, rates and translators
    of addresses are made by a process between them, since the losses of the kernel's netem follow from no
    seed. All of it is removed at the end.

    Exit status 0 means that all expectations held, 1 that one did not or that the run broke, 3 that no
    namespaces may be made here.
    """
    with needs.endpoint():
        from pathproof.conformance.scenarios.catalogue import SCENARIOS
    if all_ == (name is not None):
        raise click.UsageError("name one scenario, or give --all")
    if name is not None and name not in SCENARIOS:
        raise UnknownName.among("there is no scenario", name, list(SCENARIOS))
    if svg is not None:
        if all_:
            raise click.UsageError("--svg is for one scenario")
        needs_ending(svg, ".svg")
        writable(svg)
    chosen = [SCENARIOS[name]] if name is not None else list(SCENARIOS.values())
    return _run(chosen, seed, quick, svg, as_json, all_)


def _run(chosen: list[Scenario], seed: int, quick: bool, svg: Path | None, as_json: bool, all_: bool) -> int:
    """Run these scenarios, show them, and return the exit status."""
    from pathproof.conformance.scenarios.engine import running
    from pathproof.conformance.scenarios.engine.namespaces import NotPermitted
    from pathproof.conformance.scenarios.engine.world import FULL, QUICK

    results: list[Result] = []
    broken: dict[str, str] = {}
    with output.progress("scenarios", len(chosen)) as update:
        for done, one in enumerate(chosen):
            update(done, one.name)
            try:
                results.append(running.run(one, seed, QUICK if quick else FULL))
            except NotPermitted as error:
                click.echo(f"pathproof: scenarios cannot run here: {error}", err=True)
                return NOT_PERMITTED
            except running.BROKEN as error:
                broken[one.name] = " ".join(str(error).split())
    if svg is not None and results:
        from pathproof.conformance.scenarios.engine.picture import render_svg

        write(svg, render_svg(results[0]))
    _show(results, broken, as_json, all_)
    return 0 if not broken and all(result.holds for result in results) else 1


def _show(results: list[Result], broken: dict[str, str], as_json: bool, all_: bool) -> None:
    from pathproof.conformance.scenarios.engine.report import as_dict

    if as_json:
        told = [as_dict(result) for result in results]
        told += [{"scenario": name, "held": False, "broke": why} for name, why in broken.items()]
        output.emit({"scenarios": told} if all_ else told[0])
    elif all_:
        _print_all(results)
    else:
        for result in results:
            _print(result)
    for name, why in broken.items():
        click.echo(f"pathproof: {name} broke: {why}", err=True)


def _print(result: Result) -> None:
    """The timeline of one run, and each expectation."""
    from pathproof.conformance.scenarios.engine import timeline

    shown = output.console()
    is_poor = not shown.encoding.lower().startswith("utf")
    for line in timeline.drawn(result, shown.width, is_poor):
        shown.print(line, soft_wrap=True)
    shown.print()
    for line in timeline.verdicts(result.answers):
        shown.print(line, soft_wrap=True)


def _print_all(results: list[Result]) -> None:
    """QUIC beside TCP, a row for each scenario, and below it what failed."""
    columns = ("scenario", "expectations", "QUIC", "seconds", "stalled", "TCP", "seconds", "stalled")
    table = output.table("", *columns, right=("seconds", "stalled"))
    for result in results:
        held = sum(answer.held for _, answer in result.answers)
        style = "green" if result.holds else "bold red"
        counted = f"[{style}]{held} of {len(result.answers)} held[/]"
        row = [result.scenario.name, counted]
        for flow in (result.seen.quic, result.seen.tcp):
            part = (
                "" if flow.outcome == "finished" else f", {100 * flow.received // flow.asked} % of the bytes"
            )
            row += [flow.outcome + part, f"{flow.until:.2f}", f"{flow.stalled:.2f}"]
        table.add_row(*row)
    shown = output.console()
    shown.print(table)
    for result in results:
        for one, answer in result.answers:
            if not answer.held:
                shown.print(
                    f"{result.scenario.name}: {one.claim}: {answer.evidence}", style="red", markup=False
                )


def _described(one: Scenario) -> dict[str, Any]:
    expects = [{"claim": expected.claim, "clauses": list(expected.clauses)} for expected in one.expects]
    return {"name": one.name, "title": one.title, "expects": expects}
