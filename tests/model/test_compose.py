"""Machines made of machines: parts step together or not at all, and every engine sees the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import pytest

from pathproof.model.compose import Part, composed, together
from pathproof.model.connection.parts import PARTS
from pathproof.model.domains import Below, parameter
from pathproof.model.execute import initial, step
from pathproof.model.explorer import explore, explore_plainly
from pathproof.model.explorer.toy import TOY
from pathproof.model.machine import Machine
from pathproof.proofs.prove import lemmas_of

LEFT, RIGHT = Part("left", TOY, shared={"most": "many"}), Part("right", TOY, settings={"most": 2})
State: Any = composed("Pair", "Two takers.", (LEFT, RIGHT))


@dataclass(frozen=True)
class Parameters:
    """How many numbers the left taker has."""

    many: int = parameter(3, least=1)


def begin(s: Any, p: Parameters) -> None:
    """Both begin."""
    LEFT.begin(s, p)
    RIGHT.begin(s, p)


PAIR = Machine("pair", State, Parameters, begin)


@PAIR.action("protocol", "both")
def take(s: Any, p: Parameters) -> bool:
    """Both takers take, or neither does."""
    return together(s, p, (LEFT, "take", {}), (RIGHT, "take", {}))


@PAIR.action("protocol", "left")
def give_back(s: Any, p: Parameters, n: Annotated[int, Below("many")]) -> bool:
    """The left taker gives a number back."""
    return together(s, p, (LEFT, "give_back", {"n": n}))


@PAIR.always()
def right_gives_nothing_back(s: Any, p: Parameters) -> bool:
    """A part that no step involves stands still."""
    return bool(s.right_next == 0 or s.right_next == s.left_next)


def test_parts_step_together_or_not_at_all() -> None:
    """When the right taker has taken all, the left one cannot take either, although it could alone."""
    parameters = PAIR.setting()
    state = initial(PAIR, parameters)
    for _ in range(2):
        state = step(PAIR.actions["take"], state, parameters, {})
    assert (state.left_next, state.right_next) == (2, 2)
    assert step(PAIR.actions["take"], state, parameters, {}) is None


def test_every_engine_explores_the_whole() -> None:
    """Compiled and plain search find the same states of the whole, whose bounds are the parts'."""
    parameters = PAIR.setting({"many": 4})
    compiled, plain = explore(PAIR, parameters), explore_plainly(PAIR, parameters)
    assert (compiled.states, compiled.transitions) == (plain.states, plain.transitions)
    assert compiled.complete
    assert compiled.states == 1 + 2 + 4


def test_a_claim_of_a_part_is_asked_in_the_whole() -> None:
    """What is claimed of a part can be asked of it where it is."""
    parameters = PAIR.setting()
    assert LEFT.holds(initial(PAIR, parameters), parameters, "held_within_limit")


def test_a_field_that_a_part_does_not_have_is_refused() -> None:
    """A mistyped field of a part is an error, not a new field."""
    with pytest.raises(AttributeError, match="left_nxt"):
        LEFT.state(State()).nxt = 1


def test_a_part_may_lend_some_fields_and_derive_a_parameter() -> None:
    """A part of which the whole holds some fields only is asked by functions that touch no other."""
    half = Part("half", TOY, derived={"most": lambda p: p.many - 1}, only=("next",))
    assert [name for name, *_ in half.fields()] == ["half_next"]
    assert half.parameters(PAIR.setting({"many": 4})).most == 3
    whole = composed("Half", "A counter.", (half,))()
    assert half.state(whole).next == 0
    with pytest.raises(AttributeError, match="half_held"):
        half.state(whole).held = 1


def test_a_field_that_is_known_from_another_one_is_not_held() -> None:
    """What a part proves to be the same as another field is read there, and writing it has no effect."""
    part = Part("one", TOY, same={"spare": "next"})
    assert [name for name, *_ in part.fields()] == ["one_next", "one_held"]
    whole = composed("One", "A taker.", (part,))()
    whole.one_next = 2
    assert part.state(whole).spare == 2
    part.state(whole).spare = 1
    assert part.state(whole).next == 2


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_what_a_part_of_the_connection_reads_elsewhere_is_proved_to_be_the_same(part: Part) -> None:
    """A lemma of the part's own proof says that the two fields are equal, under a name that tells which."""
    known = {lemma.name for lemma in lemmas_of(part.machine)} if part.same else set()
    assert {f"{field}_is_{other}" for field, other in part.same.items()} <= known
