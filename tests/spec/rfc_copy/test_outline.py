"""Sections get the numbers that the tools of the RFC Editor give them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.spec.rfc_copy.outline import Outline


def test_a_number_counts_the_sections_before_it_on_each_level() -> None:
    """A level that is left out is none, and a new section starts its subsections anew."""
    outline = Outline()
    numbers = [outline.number(depth) for depth in (1, 2, 3, 3, 2, 1, 4, 3, 2, 2)]
    assert numbers == ["1", "1.1", "1.1.1", "1.1.2", "1.2", "2", "2.1", "2.2", "2.3", "2.4"]


def test_appendices_have_letters_while_there_are_any() -> None:
    """A to Z, and then no document is meant."""
    outline = Outline(appendices=True)
    assert [outline.number(1), outline.number(2), outline.number(1)] == ["A", "A.1", "B"]
    assert [outline.number(1) for _ in range(24)][-1] == "Z"
    with pytest.raises(ValueError, match="more than 26 appendices"):
        outline.number(1)


@given(st.lists(st.integers(1, 6)))
def test_numbers_ascend_and_begin_with_one(depths: list[int]) -> None:
    """No number comes twice, each is greater than the one before, and each place follows one less."""
    outline = Outline()
    numbers = [tuple(map(int, outline.number(depth).split("."))) for depth in depths]
    assert numbers == sorted(set(numbers))
    for number in numbers:
        *above, last = number
        assert not above or tuple(above) in numbers
        assert last == 1 or (*above, last - 1) in numbers
