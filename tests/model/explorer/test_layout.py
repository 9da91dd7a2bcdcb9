"""Where fields live in a word, and what does not fit."""

from __future__ import annotations

import pytest
from tests.model.explorer.machines import Everything, everything

from pathproof.model.explorer import BoundTooLarge, Layout, RangeError
from pathproof.model.plain import PlainNumbers, PlainTable


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


@pytest.mark.parametrize(("size", "words"), [(13, 1), (14, 2), (29, 2)])
def test_state_takes_two_words_only_where_one_is_too_small(size: int, words: int) -> None:
    """With numbers up to 3, `size` takes four bits for each member, and the other fields eight."""
    machine = everything()
    layout = Layout(machine, machine.setting({"size": size, "top": 3}))
    assert (layout.bits, layout.words) == (8 + 4 * size, words)
    assert all(place.shift + place.bits <= 63 for place in layout.places.values())


@pytest.mark.parametrize(
    ("chosen", "words", "line"),
    [
        ({"size": 30}, None, "everything at these bounds needs 128 bits of state; two words hold 126: lower"),
        ({"size": 14}, 1, "everything at these bounds needs 64 bits of state; one word holds 63: lower size"),
        ({"size": 32, "top": 1}, None, "needs 102 bits of state, and its fields do not fit two words of 63"),
    ],
)
def test_state_that_does_not_fit_is_refused(chosen: dict[str, int], words: int | None, line: str) -> None:
    """One line says how many bits there are, how many there may be, and what to lower."""
    machine = everything()
    with pytest.raises(BoundTooLarge, match=line):
        Layout(machine, machine.setting(chosen), words)


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
