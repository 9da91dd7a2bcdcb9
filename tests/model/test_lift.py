"""The lift: every branch once, one answer for one question, and nothing changed behind a false guard."""

from __future__ import annotations

from typing import Any

import pytest

from pathproof.model.cid_supply import machine
from pathproof.model.lift import TooManyBranches, leaves, lift
from pathproof.model.machine import Action
from pathproof.model.symbolic import ChangedUnderFalseGuard, lift_action, open_parameters, open_state
from pathproof.model.terms import ChoiceTerm, NumberTerm, SetTerm, TruthTerm

N, M = NumberTerm.make("n"), NumberTerm.make("m")


def test_a_question_asked_twice_has_one_answer() -> None:
    """Two equal questions make two branches and not four."""
    assert [value for _, value in leaves(lift(lambda: (bool(N > 3), bool(N > 3))))] == [
        (True, True),
        (False, False),
    ]


def test_a_question_and_its_opposite_have_opposite_answers() -> None:
    """`n > 3` and `n <= 3` are one atom."""
    assert [value for _, value in leaves(lift(lambda: (bool(N > 3), bool(N <= 3))))] == [
        (True, False),
        (False, True),
    ]


def test_names_exclude_each_other() -> None:
    """A choice that is one name is no other, and of two names it is one."""
    three, two = ChoiceTerm.over("three", ("a", "b", "c")), ChoiceTerm.over("two", ("a", "b"))
    assert len(list(leaves(lift(lambda: (bool(three == "a"), bool(three == "b")))))) == 3
    assert len(list(leaves(lift(lambda: (bool(two == "a"), bool(two == "b")))))) == 2


def test_less_equal_and_greater_exclude_each_other() -> None:
    """Of the eight combinations of `n < m`, `n == m` and `m < n`, no more than four are visited."""
    answers = {v for _, v in leaves(lift(lambda: (bool(N < M), bool(N == M), bool(M < N))))}
    assert answers == {(True, False, False), (False, True, False), (False, False, True), (False,) * 3}


def test_too_many_branches_are_refused() -> None:
    """A loop over numbers with a branch inside belongs into the vocabulary, and is refused here."""
    numbers = SetTerm.make("set", "many")
    with pytest.raises(TooManyBranches):
        lift(lambda: [bool(numbers._has(n)) for n in range(40)], most=1000)


def test_truth_outside_a_lift_is_refused() -> None:
    """A term has no truth value of its own."""
    with pytest.raises(TypeError, match="outside a lift"):
        bool(TruthTerm.atom("lt", N, M))


@pytest.mark.parametrize("term", [N, SetTerm.make("set", "s")])
def test_numbers_and_sets_have_no_truth(term: Any) -> None:
    """`if s.number` would mean one thing in CPython and another in a proof."""
    with pytest.raises(TypeError):
        bool(term)


def test_an_action_that_changes_state_behind_a_false_guard_is_refused() -> None:
    """Guard and effect are apart: what answers False has changed nothing."""

    def careless(s: Any, p: Any) -> bool:
        s.issued = s.issued + 1
        return bool(s.issued < p.cids)

    action = Action("careless", careless, "protocol", "issuer", (), {})
    with pytest.raises(ChangedUnderFalseGuard, match="careless"):
        lift_action(action, open_state(machine), open_parameters(machine), {})
