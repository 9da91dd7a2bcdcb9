"""`pathproof mutants`: what kills each recreated bug, and which classes of bugs that covers."""

from __future__ import annotations

from dataclasses import asdict

import click

from pathproof.conformance.cli import output
from pathproof.conformance.cli.options import as_json
from pathproof.conformance.cli.options import jobs as with_jobs
from pathproof.conformance.mutants import FOLLOWED, ClassRate, Kill, by_class, examine
from pathproof.model import mutant as mutation
from pathproof.model.machine import UnknownName
from pathproof.model.machines import NAMES, find
from pathproof.model.parallel import spread
from pathproof.proofs.prove import proved_machines

LEGEND = """\
recreates: the public bug, and how many more; --json names them all; empty: a mutant of our own
property: the claim that a run breaks, in so many steps; for ever: the run goes round
by its clause: a claim that breaks and cites a clause of the mutant, `the same` being the property;
  -: what breaks cites others, as a close on an honest peer does, whatever the rule behind it
proof: the claim whose proof fails, `the same` being the property
trace rule: the clause that the judge finds broken in that run
-: looked, and noticed nothing
not asked: did not look: there is no proof or trace rule of this machine, or no run with an end"""


@click.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@with_jobs
@click.option("--by-class", "classes", is_flag=True, help="A table of the classes of public bugs as well.")
@as_json
def mutants(names: tuple[str, ...], jobs: int, classes: bool, as_json: bool) -> int:
    """Recreate public bugs of QUIC stacks as small changes to the machines, and see what notices them.

    A NAME is a machine or a mutant. A mutant is killed by a property (the shortest run of an exploration, or
    an endless one, breaks it), by a proof (an obligation fails, with a counterexample), or by a trace rule
    (the judge finds the run of the changed endpoint in violation of a clause). In the table, `-` means that
    the checker looked and noticed nothing, and `not asked` that it did not look: a machine may have no
    proofs, or runs that the judge cannot be shown. Exit status 1 means that some mutant lives.
    """
    wanted = chosen(names)
    with output.progress("examining mutants", len(wanted)) as update:
        found: dict[tuple[str, str], Kill] = {}
        for done, kill in enumerate(spread(examine, wanted, jobs), 1):
            found[kill.machine, kill.mutant] = kill
            update(done)
    kills = [found[one] for one in wanted]
    rates = by_class(kills)
    if as_json:
        output.emit({"mutants": [_as_dict(kill) for kill in kills], "classes": [asdict(r) for r in rates]})
    else:
        _print(kills)
        if classes:
            _print_classes(rates)
    return 0 if all(kill.killed for kill in kills) else 1


def chosen(names: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each mutant that a name means, with its machine; all of them where there is no name.

    Raises `UnknownName` for a name that is neither a machine nor a mutant.

    >>> chosen(("late_number_is_stored",))
    [('cid_supply', 'late_number_is_stored')]
    """
    known = [(machine, name) for machine in NAMES for name in mutation.mutants(find(machine))]
    for name in names:
        if not any(name in one for one in known):
            all_names = [*NAMES, *(mutant for _, mutant in known)]
            raise UnknownName.among("there is no machine or mutant", name, all_names)
    return [one for one in known if not names or set(one) & set(names)]


def _as_dict(kill: Kill) -> dict[str, object]:
    return {**asdict(kill), "killed": kill.killed}


def _print(kills: list[Kill]) -> None:
    shown = output.console()
    columns = ("mutant", "recreates", "property", "steps", "by its clause", "proof", "trace rule")
    for machine in dict.fromkeys(kill.machine for kill in kills):
        table = output.table(f"\n{machine}", *columns, right=("steps",))
        for kill in kills:
            if kill.machine == machine:
                table.add_row(*_row(kill))
        shown.print(table)
    shown.print(f"\n{LEGEND}\n")
    machines = list(dict.fromkeys(kill.machine for kill in kills))
    for machine in (*machines, *([""] if len(machines) > 1 else [])):
        shown.print(
            rate(machine or "all of these", [kill for kill in kills if machine in ("", kill.machine)])
        )
    alive = [f"{kill.machine}.{kill.mutant}" for kill in kills if not kill.killed]
    if alive:
        shown.print(f"[bold red]alive: {', '.join(alive)}[/]")


def _row(kill: Kill) -> tuple[str, ...]:
    proof = _same(kill.proof, kill) or _none(kill, proved_machines())
    steps = f"{kill.steps}{', for ever' if kill.is_endless else ''}" if kill.broken else ""
    rule = _few(kill.trace_rules) or _none(kill, FOLLOWED)
    own = _same(kill.by_its_clause, kill) or ("-" if kill.broken else "")
    return kill.mutant, _few(kill.bugs), kill.broken or "-", steps, own, proof, rule


def _same(claim: str, kill: Kill) -> str:
    """A claim's name, which need not be read twice."""
    return "the same" if claim == kill.broken != "" else claim


def _none(kill: Kill, asked: tuple[str, ...]) -> str:
    """Whether a checker that notices nothing has looked at all: at such a machine, and a run with an end."""
    return "-" if kill.machine in asked and kill.broken and not kill.is_endless else "not asked"


def rate(of: str, kills: list[Kill]) -> str:
    """How many of these mutants are killed, in all and by each checker, on one line."""
    by = [sum(map(bool, each)) for each in zip(*(_ways(kill) for kill in kills), strict=True)]
    by_property, by_proof, by_rule = by or (0, 0, 0)
    with_an_end = [kill for kill in kills if kill.broken and not kill.is_endless]
    provable = sum(kill.machine in proved_machines() for kill in with_an_end)
    judged = sum(kill.machine in FOLLOWED for kill in with_an_end)
    own = sum(bool(kill.by_its_clause) for kill in kills)
    return (
        f"{of}: {sum(kill.killed for kill in kills)} of {len(kills)} killed: {by_property} by a property "
        f"({own} of them by its clause), {by_proof} of {provable} asked by a proof, "
        f"{by_rule} of {judged} asked by a trace rule"
    )


def _print_classes(rates: list[ClassRate]) -> None:
    shown = output.console()
    columns = ("class", "bugs", "expressed", "mutants", "killed", "property", "proof", "trace rule")
    table = output.table("\nclasses of public bugs", *columns, right=columns[1:])
    for one in rates:
        if one.mutants:
            by = (one.by_property, one.by_proof, one.by_trace_rule)
            table.add_row(one.name, *map(str, (one.bugs, one.expressed, one.mutants, one.killed, *by)))
    shown.print(table)
    table = output.table("\nclasses without a mutant in this run", "class", "bugs", "why", right=("bugs",))
    for one in rates:
        if not one.mutants:
            table.add_row(one.name, str(one.bugs), one.not_expressed or "its mutants were not asked for")
    shown.print(table)
    left = output.table("\nsingle bugs that no mutant recreates", "bug", "class", "reason")
    for one in rates:
        for bug, reason in one.left.items():
            left.add_row(bug, one.name, reason)
    shown.print(left)


def _ways(kill: Kill) -> tuple[object, object, object]:
    return kill.broken, kill.proof, kill.trace_rules


def _few(names: tuple[str, ...]) -> str:
    """The first name and how many more there are; `--json` has them all."""
    return f"{names[0]} +{len(names) - 1}" if len(names) > 1 else "".join(names)
