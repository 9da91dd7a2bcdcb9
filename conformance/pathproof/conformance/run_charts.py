"""The chart of a run of any machine: each machine's own `run_chart` knows how its steps are told."""

from __future__ import annotations

import importlib
from dataclasses import replace

from pathproof.conformance.chart import Chart, Divider
from pathproof.model.explorer.liveness import Lasso
from pathproof.model.explorer.result import Run
from pathproof.model.machine import Machine


def chart_of_run(machine: Machine, run: Run, title: str | None = None) -> Chart:
    """The chart of a run that breaks a claim.

    >>> from pathproof.model.execute import initial
    >>> from pathproof.model.machines import find
    >>> machine = find("cid_supply")
    >>> chart_of_run(machine, Run("limit_is_kept", initial(machine, machine.setting()))).lanes
    ('issuer', 'consumer')
    """
    module = importlib.import_module(f"pathproof.conformance.{machine.name}.run_chart")
    chart = module.chart_of(run, title)
    assert isinstance(chart, Chart)
    return chart


def chart_of_lasso(machine: Machine, lasso: Lasso) -> Chart:
    """The chart of an endless run: the way to the cycle, and once round it."""
    title = f"Endless run that breaks {lasso.claim}"
    before = chart_of_run(machine, Run(lasso.claim, lasso.start, lasso.prefix))
    whole = chart_of_run(machine, Run(lasso.claim, lasso.start, (*lasso.prefix, *lasso.cycle)), title)
    knot = len(before.rows) - 1  # all but the line that says what does not hold
    again = "from here the same, for ever" if lasso.cycle else "from here nothing happens any more"
    rows = (*whole.rows[:knot], Divider(again), *whole.rows[knot:-1], _broken(machine, lasso))
    given = ", ".join(f"{one.name} ({one.strength})" for one in lasso.given) or "nothing"
    cites = ", ".join(machine.claims[lasso.claim].cites)
    return replace(
        whole, rows=rows, footer=f"{lasso.claim}, by {cites}. Assumed of the run, and met: {given}."
    )


def _broken(machine: Machine, lasso: Lasso) -> Divider:
    given = ", ".join(f"{name}={value}" for name, value in lasso.arguments.items())
    says = machine.claims[lasso.claim].says
    return Divider(f"never again: {says}{f' ({given})' if given else ''}", kind="violation")
