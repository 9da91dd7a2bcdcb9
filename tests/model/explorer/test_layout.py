"""Where fields live in a word, and what does not fit."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from tests.model.explorer.machines import Bounds, Everything, everything, nothing

from pathproof.model.domains import Below, numbers
from pathproof.model.explorer import BoundTooLarge, Layout, RangeError
from pathproof.model.explorer.places import Place, dealt
from pathproof.model.machine import Machine
from pathproof.model.plain import PlainNumbers, PlainTable
from pathproof.model.vocabulary import Numbers


def test_fields_follow_each_other_without_a_gap() -> None:
    """Numbers, sets, tables and choices take the bits that their ranges need."""
    machine = everything()
    layout = Layout(machine, machine.setting({"size": 3, "top": 4}))
    assert [(p.name, p.offset, p.bits) for p in layout.places.values()] == [
        ("a", 0, 3),
        ("b", 3, 3),
        ("s", 6, 3),
        ("t", 9, 3),
        ("u", 12, 9),
        ("c", 21, 2),
        ("d", 23, 2),
    ]
    assert layout.bits == 25


def test_two_words_are_as_even_as_the_fields_allow() -> None:
    """Within a word fields keep their order, and none straddles the two."""
    machine = everything()
    layout = Layout(machine, machine.setting({"size": 3, "top": 4}), words=2)
    assert (layout.words, layout.bits) == (2, 25)
    assert [(p.name, p.word, p.shift, p.bits) for p in layout.places.values()] == [
        ("a", 0, 0, 3),
        ("b", 0, 3, 3),
        ("s", 0, 6, 3),
        ("t", 1, 0, 3),
        ("u", 1, 3, 9),
        ("c", 0, 9, 2),
        ("d", 0, 11, 2),
    ]


@pytest.mark.parametrize(("size", "words"), [(13, 1), (14, 2), (29, 2), (30, 4), (31, 4)])
def test_state_takes_more_words_only_where_fewer_are_too_few(size: int, words: int) -> None:
    """With numbers up to 3, `size` takes four bits for each member, and the other fields eight."""
    machine = everything()
    layout = Layout(machine, machine.setting({"size": size, "top": 3}))
    assert (layout.bits, layout.words) == (8 + 4 * size, words)
    assert all(place.shift + place.bits <= 63 for place in layout.places.values())


@pytest.mark.parametrize(
    ("chosen", "words", "line"),
    [
        (
            {"size": 62, "top": 1},
            2,
            "at these bounds needs 192 bits of state; two words hold 126: lower top or size",
        ),
        ({"size": 30}, 2, "everything at these bounds needs 128 bits of state; two words hold 126: lower"),
        ({"size": 64, "top": 1}, None, "needs 198 bits of state, 64 of them for s, and a field may have 63"),
        ({"size": 14}, 1, "everything at these bounds needs 64 bits of state; one word holds 63: lower size"),
        ({"size": 32, "top": 1}, 2, "needs 102 bits of state, and its fields do not fit two words of 63"),
    ],
)
def test_state_that_does_not_fit_is_refused(chosen: dict[str, int], words: int | None, line: str) -> None:
    """One line says how many bits there are, how many there may be, and what to lower."""
    machine = everything()
    with pytest.raises(BoundTooLarge, match=line):
        Layout(machine, machine.setting(chosen), words)


@dataclass
class FiveSets(Everything):
    """More sets than words."""

    v: Numbers = numbers(Below("size"))
    w: Numbers = numbers(Below("size"))


def test_state_of_more_than_four_words_is_refused() -> None:
    """Each field would fit a word."""
    machine = Machine("five", FiveSets, Bounds, nothing)
    line = "five at these bounds needs 321 bits of state; four words hold 252: lower top or size"
    with pytest.raises(BoundTooLarge, match=line):
        Layout(machine, machine.setting({"size": 63, "top": 1}))


def fields_of(*bits: int) -> dict[str, Place]:
    """Sets of so many bits."""
    return {str(place): Place(str(place), size, 1, 1) for place, size in enumerate(bits)}


@pytest.mark.parametrize(
    "bits", [(32, 31, 20, 20, 23), (40, 30, 30, 23), (21,) * 12, (25, 25, 19, 19, 19, 19)]
)
def test_fields_are_dealt_to_words_wherever_there_is_a_way(bits: tuple[int, ...]) -> None:
    """Also where every word is full to its last bit, and where the largest first into the first is no way."""
    words = -(-sum(bits) // 63)
    chosen = dealt(fields_of(*bits), words)
    assert chosen is not None
    for word in range(words):
        assert sum(size for place, size in enumerate(bits) if chosen[str(place)] == word) <= 63


@pytest.mark.parametrize("bits", [(40, 40, 40, 40, 24), (63, 63, 63, 63, 1), (22,) * 9])
def test_fields_that_have_no_way_are_not_dealt(bits: tuple[int, ...]) -> None:
    """Four words are not enough, though for the first of these their bits together are."""
    assert dealt(fields_of(*bits), 4) is None


@pytest.mark.parametrize(
    ("field", "value", "line"),
    [
        ("a", 5, "5 to a, which ranges from 0 to 4"),
        ("a", -1, "-1 to a, which ranges from 0 to 4"),
        ("s", PlainNumbers({3}), r"\{3\} to s, which holds numbers below 3"),
        ("u", PlainTable({3: 1}), r"\{3: 1\} to u, which has keys below 3 and values up to 4"),
        ("u", PlainTable({0: 5}), r"\{0: 5\} to u, which has keys below 3 and values up to 4"),
    ],
)
def test_value_outside_its_domain_is_refused(field: str, value: object, line: str) -> None:
    """Nothing that a field cannot hold gets into a word."""
    machine = everything()
    layout = Layout(machine, machine.setting({"size": 3, "top": 4}))
    state = Everything(s=PlainNumbers(), t=PlainNumbers(), u=PlainTable())
    setattr(state, field, value)
    with pytest.raises(RangeError, match=line):
        layout.pack(state)
