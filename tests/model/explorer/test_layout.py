"""Where fields live in a word, and what does not fit."""

from __future__ import annotations

import pytest
from tests.model.explorer.machines import Everything, everything

from pathproof.model.explorer import Layout, RangeError
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
