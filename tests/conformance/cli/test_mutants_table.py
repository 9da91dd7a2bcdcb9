"""The table of `pathproof mutants`: a checker that noticed nothing is told from one that did not look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pathproof.conformance.cli import mutants
from pathproof.conformance.cli.main import main
from pathproof.conformance.mutants import Kill

LATE = Kill(
    machine="cid_supply",
    mutant="late_number_is_stored",
    says="",
    bugs=("QG-06", "QG-07"),
    cites=(),
    broken="nothing_active_is_below_prior",
    is_endless=False,
    steps=4,
    by_its_clause="nothing_active_is_below_prior",
    proof="nothing_active_is_below_prior",
    trace_rules=("RFC9000-19.15-13",),
)
SHOWN = [
    (LATE, ("the same", "RFC9000-19.15-13")),
    (replace(LATE, proof="", trace_rules=()), ("-", "-")),
    (replace(LATE, proof="", trace_rules=(), is_endless=True), ("not asked", "not asked")),
    (replace(LATE, proof="", trace_rules=(), broken=""), ("not asked", "not asked")),
    (replace(LATE, machine="no_such_machine", proof="", trace_rules=()), ("not asked", "not asked")),
]


@pytest.mark.parametrize(("kill", "cells"), SHOWN)
def test_what_did_not_look_is_told_apart(
    kill: Kill, cells: tuple[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Proofs and trace rules look at the runs with an end of some machines; the legend says so."""
    monkeypatch.setenv("COLUMNS", "160")
    monkeypatch.setattr(mutants, "examine", lambda *_: kill)
    monkeypatch.setattr(mutants, "chosen", lambda _: [(kill.machine, kill.mutant)])
    monkeypatch.setattr(mutants, "spread", lambda function, all_, _: [function(*one) for one in all_])
    with pytest.raises(SystemExit):
        main(["mutants"])
    lines = capsys.readouterr().out.splitlines()
    [row] = [line for line in lines if line.startswith("late_number_is_stored")]
    assert tuple(cell.strip() for cell in row.split("  ") if cell.strip())[-2:] == cells
    assert any(line.startswith("-: looked, and noticed nothing") for line in lines)
    assert any(line.startswith("not asked: did not look") for line in lines)


@pytest.mark.parametrize(
    ("claim", "cell"), [("nothing_active_is_below_prior", "the same"), ("another", "another"), ("", "-")]
)
def test_the_table_says_whether_the_clause_is_the_mutants(claim: str, cell: str) -> None:
    """A property of the mutant's clause is named, and counted in the rate."""
    kill = replace(LATE, by_its_clause=claim)
    assert mutants._row(kill)[4] == cell
    assert f"1 by a property ({int(bool(claim))} of them by its clause)" in mutants.rate("cid_supply", [kill])
