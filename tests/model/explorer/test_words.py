"""Every word, compiled, means what it means when executed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.model.explorer import expressions
from tests.model.explorer.compare import differences, reachable
from tests.model.explorer.expressions import NotHeld, meaning
from tests.model.explorer.machines import Bounds, Everything, everything, nothing

from pathproof.model.explorer import Compiled, Layout, RangeError, TroubleAhead
from pathproof.model.explorer.states import packed, repeated, words_of
from pathproof.model.explorer.words import Words
from pathproof.model.machine import Machine

SIZE, TOP = 4, 5
effects = st.fixed_dictionaries(
    {},
    optional={
        "a": expressions.numbers,
        "s": expressions.sets,
        "u": expressions.tables,
        "c": expressions.choices,
    },
)


def machine_of(condition: Any, effect: dict[str, Any], otherwise: dict[str, Any]) -> Machine:
    """A machine whose one action does one thing or another."""
    machine = Machine("random", Everything, Bounds, nothing)

    @machine.action("protocol", "one")
    def go(x: Everything, p: Bounds) -> bool:
        chosen = effect if meaning(condition, x, SIZE, TOP) else otherwise
        values = {name: meaning(one, x, SIZE, TOP) for name, one in chosen.items()}
        for name, value in values.items():
            setattr(x, name, value)
        return True

    return machine


def executed(machine: Machine, compiled: Compiled, state: Everything) -> int | None:
    """The packed state after the action, or None where some value cannot be held."""
    after = Everything(**vars(state))
    try:
        machine.actions["go"].function(after, compiled.layout.parameters)
        return compiled.layout.pack(after)
    except (NotHeld, RangeError):
        return None


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    expressions.truths,
    effects,
    effects,
    st.lists(expressions.states(SIZE, TOP), min_size=1, max_size=30),
    st.sampled_from([4, 8]),
    st.sampled_from([1, 2, 4]),
)
def test_random_expressions_mean_the_same_compiled_and_executed(
    condition: Any, effect: Any, otherwise: Any, states: list[Everything], lanes: int, words: int
) -> None:
    """Whatever is built from the vocabulary: same state after it, or trouble in both engines."""
    machine = machine_of(condition, effect, otherwise)
    compiled = Compiled(machine, machine.setting({"size": SIZE, "top": TOP}), lanes=lanes, words=words)
    for state in states:
        expected = executed(machine, compiled, state)
        try:
            [(_, _, after)] = compiled.successors(compiled.layout.pack(state))
        except TroubleAhead:
            assert expected is None, state
        else:
            assert after == expected, state


@settings(max_examples=300, deadline=None)
@given(expressions.states(SIZE, TOP), st.sampled_from([1, 2, 4]))
def test_states_come_back_from_their_words(state: Everything, words: int) -> None:
    """Packing and unpacking are inverse, also by way of an array, and words have 63 bits at most."""
    machine = everything()
    layout = Layout(machine, machine.setting({"size": SIZE, "top": TOP}), words)
    assert all(word < 1 << 63 for word in words_of(layout.pack(state), words))
    [row] = repeated(layout.pack(state), words, 1)
    assert layout.unpack(packed(row)) == state


@pytest.mark.parametrize("words", [1, 2, 4])
def test_every_action_goes_the_same_way_from_every_reachable_state(words: int) -> None:
    """Action by action and argument by argument, compiled and executed engine agree."""
    machine = everything()
    setting = machine.setting({"size": 2, "top": 2})
    assert differences(Compiled(machine, setting, words=words), reachable(machine, setting)) == []


def not_strict(self: Words, numbers: Any, bound: Any) -> Any:
    """`below` that lets the bound itself pass."""
    return _BELOW(self, numbers, bound + 1)


def no_borrow(self: Words, left: Any, right: Any) -> Any:
    """Subtraction that stops at 0."""
    return self._larger(left, right)


_BELOW = Words._below


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("_below", not_strict),
        ("_less", no_borrow),
        ("_lowest", lambda self, numbers: self.number(0)),
        ("_union", lambda self, numbers, others: self.mask(numbers)),
        ("_minus", lambda self, numbers, others: self.mask(numbers)),
        ("_discard", lambda self, numbers, number: self.mask(numbers)),
        ("_put", lambda self, table, key, value: self.entries(table)),
        ("_has", lambda self, numbers, number: self._empty(numbers)),
        ("_is", lambda self, choice, index: index == 0),
        ("_larger", lambda self, left, right: self.number(left)),
        ("_count", lambda self, numbers: self._lowest(numbers)),
    ],
)
def test_comparison_notices_a_word_that_is_compiled_wrongly(
    monkeypatch: pytest.MonkeyPatch, word: str, broken: Any
) -> None:
    """Break one word of the code generator, and states are found where the engines differ."""
    machine = everything()
    setting = machine.setting({"size": 2, "top": 2})
    states = reachable(machine, setting)
    monkeypatch.setattr(Words, word, broken)
    assert differences(Compiled(machine, setting, claims=()), states)
