"""Runs a search, or random runs, and judges endless runs behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pathproof.conformance.chart import Chart, render_svg
from pathproof.conformance.cli import output
from pathproof.conformance.cli.options import size
from pathproof.conformance.run_charts import chart_of_lasso, chart_of_run
from pathproof.model.explorer import search
from pathproof.model.explorer.liveness import Checked, check
from pathproof.model.explorer.plain_search import explore_plainly
from pathproof.model.explorer.result import Exploration, Progress
from pathproof.model.explorer.simulation import Simulation, simulate
from pathproof.model.explorer.store import available_memory
from pathproof.model.machine import Claim, Machine, UnknownName

MANY = 2_000_000
"""States beyond which endless runs are judged only where that is asked for: edges cost more than states.

A claim about them that --claim names is asked for."""


@dataclass(frozen=True)
class Outcome:
    """What was found: by a search or by random runs, and, if they were judged, about endless runs."""

    exploration: Exploration | None = None
    simulation: Simulation | None = None
    seed: int = 0
    endless: Checked | None = None

    @property
    def broken(self) -> bool:
        """Some claim does not hold."""
        found = self.exploration or self.simulation
        return bool(found and found.violation) or bool(self.endless)

    @property
    def complete(self) -> bool:
        """Every reachable state was seen; random runs are complete when they have been gone."""
        return self.exploration is None or self.exploration.complete

    def chart(self, machine: Machine) -> Chart | None:
        """The chart of what breaks a claim, if something does."""
        found = self.exploration or self.simulation
        if found and found.violation:
            return chart_of_run(machine, found.violation, shortest=self.simulation is None)
        return chart_of_lasso(machine, self.endless[0]) if self.endless else None

    def svg(self, machine: Machine) -> str:
        """That chart as an SVG document, or nothing."""
        chart = self.chart(machine)
        return render_svg(chart) if chart else ""


def chosen_claims(machine: Machine, parameters: Any, names: tuple[str, ...]) -> list[Claim]:
    """The named claims, or all that are made under these readings, witnesses and all.

    Raises `UnknownName` for a claim that does not exist.
    """
    for name in names:
        if name not in machine.claims:
            raise UnknownName.among(f"{machine.name} has no claim", name, machine.claims)
    if names:
        return [machine.claims[name] for name in dict.fromkeys(names)]
    return machine.made(parameters)


def explored(machine: Machine, parameters: Any, claims: list[Claim], options: dict[str, Any]) -> Outcome:
    """Search all states, and then judge endless runs where that is asked for, or cheap."""
    with output.progress(f"compiling {machine.name}") as update:
        found = _searched(machine, parameters, claims, options, _telling(update, "states"))
        wanted = options["endless"]
        if wanted is None:
            wanted = found.complete and (found.states <= MANY or bool(options["names"]))
        endless = None
        if wanted and found.complete and any(claim.sort == "eventually" for claim in claims):
            limit, tell = _memory(options), _telling(update, "states; endless runs")
            endless = check(machine, parameters, claims, limit, tell, options["engine"])
    return Outcome(found, endless=endless)


def _searched(
    machine: Machine, parameters: Any, claims: list[Claim], options: dict[str, Any], tell: Any
) -> Exploration:
    if options["engine"] == "plain":
        return explore_plainly(machine, parameters, claims, options["max_depth"], not options["no_reduce"])
    return search.explore(
        machine,
        parameters,
        claims,
        max_memory=_memory(options),
        progress=tell,
        max_depth=options["max_depth"],
        jobs=options["jobs"],
        reduce=not options["no_reduce"],
        checkpoint=options["checkpoint"],
        every=options["every"],
        resume=options["resume"],
    )


def simulated(machine: Machine, parameters: Any, claims: list[Claim], options: dict[str, Any]) -> Outcome:
    """Go so many random runs."""
    with output.progress(f"compiling {machine.name}") as update:
        found = simulate(
            machine,
            parameters,
            claims,
            runs=options["simulate"],
            seed=options["seed"],
            depth=options["depth"],
            jobs=options["jobs"],
            progress=_telling(update, "states, about"),
            engine="executed" if options["engine"] == "plain" else None,
        )
    return Outcome(simulation=found, seed=options["seed"])


def _memory(options: dict[str, Any]) -> int | None:
    limit = size(options["max_memory"])
    return limit and min(limit, int(available_memory() * 0.8))


def _telling(update: Any, what: str) -> Callable[[Progress], None]:
    def tell(now: Progress) -> None:
        rate = now.states / now.seconds if now.seconds else 0
        update(now.expanded, f"{now.states:,} {what}, depth {now.depth}, {rate:,.0f}/s")

    return tell
