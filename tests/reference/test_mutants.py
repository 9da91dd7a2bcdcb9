"""Each mutant of the reference is noticed by those checkers that are known to, and by its clause."""

from __future__ import annotations

import pytest
from tests.reference.mutants import MUTANTS
from tests.reference.mutants.__main__ import main
from tests.reference.mutants.checkers import CRASH, kills_of, names_it, noticed_in
from tests.reference.mutants.known_kills import known_kills
from tests.reference.mutants.survivors import SURVIVORS
from tests.reference.mutants.table import table

from pathproof.spec.clauses import clause

KNOWN = known_kills()
FIRST = {one.concept: name for name, one in sorted(MUTANTS.items(), reverse=True)}
"""A mutant of each concept, which is run wherever tests are; the others are for thorough runs."""
LOOSE = ("RFC9000-2.2", "RFC9002-7")
"""Sections that the clauses of this project leave out."""
RUN = [
    pytest.param(name, marks=() if name in FIRST.values() else pytest.mark.thorough)
    for name in sorted(MUTANTS)
]


@pytest.mark.parametrize("name", RUN)
def test_it_is_noticed_as_known(name: str) -> None:
    """The same checkers notice it by the same clauses, and one of them by its own section, or none does."""
    kills = kills_of(MUTANTS[name])
    assert kills == KNOWN[name]
    assert bool(names_it(MUTANTS[name], kills)) == (name not in SURVIVORS)


def test_every_mutant_is_known() -> None:
    """None is without a record, and no record without its mutant."""
    assert set(KNOWN) == set(MUTANTS)


def test_survivors_are_those_that_survive() -> None:
    """Each has the reason, and what is noticed by its clause has none."""
    assert {name for name in MUTANTS if not names_it(MUTANTS[name], KNOWN[name])} == set(SURVIVORS)


def test_every_checker_notices_some_alone() -> None:
    """Followers, rules and judge each have mutants that nothing else notices."""
    alone = [set(kills) - {CRASH} for kills in KNOWN.values()]
    assert all({checker} in alone for checker in ("follower", "rule", "judge"))


def test_mutants_break_clauses_of_the_specification() -> None:
    """Each clause has a record, but for sections that the specification leaves out."""
    for one in MUTANTS.values():
        assert one.clause in LOOSE or clause(one.clause).id == one.clause
        assert one.says and len(set(one.bugs)) == len(one.bugs)


STORIES = {one.story: one for _, one in sorted(MUTANTS.items(), reverse=True)}


@pytest.mark.thorough
@pytest.mark.parametrize("name", sorted(one.name for one in STORIES.values()))
def test_without_it_no_rule_is_broken(name: str) -> None:
    """The same story with the reference as it is: only a client that breaks rules by design is told of."""
    noticed = noticed_in(MUTANTS[name], mutated=False)
    assert "follower" not in noticed or name in FOLLOWED_TOO_FAR, noticed
    assert "rule" not in noticed or "retired" in name, noticed


FOLLOWED_TOO_FAR = ("retirements_without_bound",)
"""More connection IDs come than the machine `stateless_reset` has a spare one for at a time."""


def test_the_table_counts_what_is_known() -> None:
    """The line of all has every mutant."""
    assert table(KNOWN).splitlines()[-1].split()[:2] == ["all", str(len(MUTANTS))]


def test_a_mutant_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """One line, and status 2."""
    assert main(["nobody"]) == 2
    assert capsys.readouterr().err == "there is no mutant 'nobody'\n"


def test_the_command_compares(capsys: pytest.CaptureFixture[str]) -> None:
    """What is as known has status 0, and the table is shown."""
    assert main(["small_challenges"]) == 0
    assert "path_frames" in capsys.readouterr().out
