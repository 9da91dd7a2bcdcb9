"""Every machine has four lives: executed, followed, explored and proved give the same answer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model import engines

from pathproof.model import mutant as mutation
from pathproof.model.bounds import bounds
from pathproof.model.cid_supply import machine
from pathproof.model.intervals import IntervalNumbers
from pathproof.model.machines import NAMES, find
from pathproof.model.plain import PlainNumbers
from pathproof.proofs.bounded import BoundedEncoder

SETTINGS: list[dict[str, Any]] = [
    {},
    {"limit": 3, "unseen_below": "at_once", "late_frame": "again", "retransmission": "updated"},
    {"retire_overflow": "close", "retirements": 1, "excess": "never", "preferred_address": "yes"},
    {"conflict": "ignore", "token_reuse": "ignore", "self_retire": "accept"},
    {"zero_length": "yes"},
    {"unserved": "closes", "raises": "waits"},
    {"lower_prior": "sent", "rogue": "nobody"},
    {"zero_length": "yes", "zero_length_move": "barred", "rogue": "nobody"},
]
PARAMETERS = [machine.setting({"cids": 3, **chosen}) for chosen in SETTINGS]
MOST = 2  # settings of each other machine that are compiled, which takes seconds


def settings_of(name: str) -> list[Any]:
    """Parameters of a machine: those of its picture, and of every configuration that `verify` explores."""
    if name == machine.name:
        return PARAMETERS
    known = bounds(name)
    return [find(name).setting(chosen) for chosen in (known.picture, *known.configurations.values())]


def some_settings_of(name: str) -> list[Any]:
    """As many of them as can be compiled in a short time, from all over the list."""
    chosen = settings_of(name)
    return chosen if name == machine.name else chosen[:: -(-len(chosen) // MOST)]


def asked(chosen: list[Any], name: str, place: int, seed: int) -> engines.Question:
    """The question that a seed draws under one of the parameters."""
    return engines.question(find(name), chosen[place % len(chosen)], seed)


def answers(question: engines.Question) -> dict[str, Any]:
    """What each engine says; beyond the range of a field, native code has to refuse.

    It may refuse as well where a value on the way to the next state cannot be held, and the small universe in
    which Z3 answers holds nothing beyond the range.
    """
    found = {name: engine(question) for name, engine in engines.ENGINES.items()}
    refused, fits = found["explored"] == engines.OUT_OF_RANGE, engines.fits(question, found["executed"])
    assert refused or fits
    if refused and (engines.is_checked(question) or not fits):
        del found["explored"]
    if not fits:
        del found["proved"]
    return found


def agree(chosen: list[Any], name: str, place: int, seed: int) -> None:
    """All engines give the answer of the executed one."""
    found = answers(asked(chosen, name, place, seed))
    assert all(answer == found["executed"] for answer in found.values()), found


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=400, deadline=None)  # the first question of each setting compiles
@given(st.integers(0, 7), st.integers(0, 2**32))
def test_engines_agree_on_every_action(name: str, place: int, seed: int) -> None:
    """In any state, reachable or not, every action does the same in all four engines."""
    agree(some_settings_of(name), name, place, seed)


@pytest.mark.thorough
@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=3000, deadline=None)
@given(st.integers(0, 63), st.integers(0, 2**32))
def test_engines_agree_under_all_settings(name: str, place: int, seed: int) -> None:
    """The same under the settings of every configuration that is explored."""
    agree(settings_of(name), name, place, seed)


@pytest.mark.parametrize("name", NAMES)
def test_drawn_questions_are_about_something(name: str) -> None:
    """The draw enables nearly every action in some state: the comparison is not about refusals only.

    An action that takes a long and rare run before it, one in ten at most, may be missed.
    """
    of, chosen = find(name), settings_of(name)
    left = dict(of.actions)
    for seed in range(30_000):
        about = list(left.values())[seed // len(chosen) % len(left)]
        if engines.executed(engines.question(of, chosen[seed % len(chosen)], seed, about)) is not None:
            del left[about.name]
        if len(left) * 10 <= len(of.actions):
            return
    pytest.fail(f"never enabled: {', '.join(left)}")


def disagreement() -> engines.Question | None:
    """The first question on which some engine differs from the executed one."""
    for seed in range(3000):
        found = answers(asked(PARAMETERS, machine.name, 0, seed))
        if any(answer != found["executed"] for answer in found.values()):
            return asked(PARAMETERS, machine.name, 0, seed)
    return None


def below_with_one_too_many(numbers: Any, bound: int) -> Any:
    """What a carrier with an off-by-one answers to `below`."""
    if isinstance(numbers, PlainNumbers):
        return PlainNumbers(n for n in numbers.members if n <= bound)
    return IntervalNumbers((low, min(high, bound + 1)) for low, high in numbers.spans)


@pytest.mark.parametrize("carrier", [PlainNumbers, IntervalNumbers])
def test_a_broken_carrier_is_noticed(carrier: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An executed or followed engine whose `below` takes one number too many disagrees with the others."""
    monkeypatch.setattr(carrier, "_below", below_with_one_too_many)
    assert disagreement() is not None


def test_a_broken_encoder_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A prover that counts one too few disagrees with the other engines."""
    right = BoundedEncoder.count
    monkeypatch.setattr(BoundedEncoder, "count", lambda self, numbers: right(self, numbers) - 1)
    assert disagreement() is not None


def test_a_broken_code_generator_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Native code that was made from another rule disagrees with the other engines."""
    mutant = mutation.find(machine, "late_number_is_stored")
    engines.compiled.cache_clear()
    with mutation.applied(machine, mutant):
        engines.compiled(machine.name, PARAMETERS[0])
    found = disagreement()
    engines.compiled.cache_clear()
    assert found is not None
