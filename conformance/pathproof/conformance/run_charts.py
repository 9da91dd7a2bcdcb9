"""The chart of a run of any machine: each machine's own `run_chart` knows how its steps are told."""

from __future__ import annotations

import importlib

from pathproof.conformance.chart import Chart, Divider
from pathproof.conformance.run_rows import Endless, RunRows, framed
from pathproof.model.explorer.liveness import Lasso
from pathproof.model.explorer.result import Run
from pathproof.model.machine import Machine


def chart_of_run(machine: Machine, run: Run, title: str | None = None, shortest: bool = True) -> Chart:
    """The chart of a run that breaks a claim; whether there is no shorter one is for the caller to say.

    >>> from pathproof.model.execute import initial
    >>> from pathproof.model.machines import find
    >>> machine = find("cid_supply")
    >>> chart_of_run(machine, Run("limit_is_kept", initial(machine, machine.setting()))).lanes
    ('issuer', 'consumer')
    """
    return framed(machine, run, _rows_of(machine, run), title, shortest)


def chart_of_lasso(machine: Machine, lasso: Lasso) -> Chart:
    """The chart of an endless run: the way to the cycle, and once round it."""
    run = Endless(lasso.claim, lasso.start, lasso.steps, len(lasso.prefix))
    rows = _rows_of(machine, run)
    given = ", ".join(f"{one.name} ({one.strength})" for one in lasso.given) or "nothing"
    rest = f"it goes round, in {len(lasso.cycle)}" if lasso.cycle else "nothing happens any more"
    long = f"{len(lasso.prefix)} steps lead to where {rest}."
    assumed = f"Assumed of the run, and met: {given}."
    cites = ", ".join(machine.claims[lasso.claim].cites)
    return Chart(
        f"Endless run that breaks {lasso.claim}",
        rows.lanes,
        (*rows.made, _broken(machine, lasso)),
        f"{lasso.claim}, by {cites}. {long} {assumed}{rows.key and ' '}{rows.key}",
        rows.paths,
    )


def _rows_of(machine: Machine, run: Run) -> RunRows:
    module = importlib.import_module(f"pathproof.conformance.{machine.name}.run_chart")
    rows = module.rows_of(run)
    assert isinstance(rows, RunRows)
    return rows


def _broken(machine: Machine, lasso: Lasso) -> Divider:
    given = ", ".join(f"{name}={value}" for name, value in lasso.arguments.items())
    says = machine.claims[lasso.claim].says
    return Divider(f"from here on never true again: {says}{f' ({given})' if given else ''}", kind="violation")
