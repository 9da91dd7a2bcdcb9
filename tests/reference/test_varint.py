"""Variable-length integers are those of the wire image."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reference.made_frames import NUMBERS

from pathproof.reference import varint
from pathproof.spec.wire_image import varint as image


@given(NUMBERS, st.binary(max_size=3))
def test_what_is_written_is_read(number: int, before: bytes) -> None:
    """Anywhere in the data, with the size that was foretold, and as the wire image writes it."""
    written = varint.write(number)
    assert written == image.write(number)
    assert varint.size_of(number) == len(written)
    assert varint.read(before + written + b"\xff", len(before)) == (number, len(before) + len(written))


@given(st.binary(max_size=10), st.integers(0, 12))
def test_any_bytes_are_read_as_the_wire_image_reads_them(data: bytes, offset: int) -> None:
    """Or the data ends within the integer, for both."""
    expected = image.read(data, offset)
    if expected is None:
        with pytest.raises(varint.Truncated):
            varint.read(data, offset)
    else:
        assert varint.read(data, offset) == (expected[0], offset + expected[1])


@pytest.mark.parametrize("number", [-1, 2**62])
def test_numbers_that_do_not_fit_are_refused(number: int) -> None:
    """There are 62 bits."""
    with pytest.raises(ValueError, match="does not fit"):
        varint.write(number)
