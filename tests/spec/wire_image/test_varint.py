"""Variable-length integers: every short one, the edges of the long ones, and what does not fit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathproof.spec.names import MAX_VARINT
from pathproof.spec.wire_image import varint

EDGES = {size: [0, 1, 2 ** (8 * size - 2) - 2, 2 ** (8 * size - 2) - 1] for size in varint.SIZES}


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("c2197c5eff14e88c", 151288809941952652),
        ("9d7f3e7d", 494878333),
        ("7bbd", 15293),
        ("25", 37),
        ("4025", 37),
    ],
)
def test_published_samples(written: str, number: int) -> None:
    """The five samples of RFC 9000, Appendix A.1, two of which have one value."""
    data = bytes.fromhex(written)
    assert varint.read(data, 0) == (number, len(data))
    assert varint.write(number, len(data)) == data


def test_every_integer_of_one_byte() -> None:
    """64 first bytes are whole integers, and the other 192 ask for more bytes."""
    read = [varint.read(bytes([first]), 0) for first in range(256)]
    assert read == [(value, 1) for value in range(64)] + [None] * 192
    assert [varint.write(value) for value in range(64)] == [bytes([value]) for value in range(64)]


def test_every_integer_of_two_bytes() -> None:
    """All 16384 of them, also those that one byte would hold."""
    for value in range(2**14):
        data = (0x4000 + value).to_bytes(2, "big")
        assert varint.read(data, 0) == (value, 2)
        assert varint.write(value, 2) == data
        assert len(varint.write(value)) == (1 if value < 64 else 2)


@pytest.mark.parametrize("size", varint.SIZES)
def test_edges(size: int) -> None:
    """The least and the largest values of each size, with data before and behind."""
    for value in EDGES[size]:
        data = varint.write(value, size)
        assert (len(data), data[0] >> 6) == (size, [1, 2, 4, 8].index(size))
        assert int.from_bytes(data, "big") % 2 ** (8 * size - 2) == value
        assert varint.read(b"\xff" + data + b"\xff", 1) == (value, size)
        assert varint.size_of(EDGES[size][-1]) == size


@pytest.mark.parametrize("size", varint.SIZES)
def test_what_ends_within_is_none(size: int) -> None:
    """Each proper prefix, and an offset at or behind the end."""
    data = varint.write(EDGES[size][-1])
    assert [varint.read(data[:end], 0) for end in range(size)] == [None] * size
    assert varint.read(data, size) is None
    assert varint.read(data, size + 1) is None


@pytest.mark.parametrize("size", varint.SIZES)
def test_what_does_not_fit_is_refused(size: int) -> None:
    """One more than the size holds, and anything below zero."""
    for value in (EDGES[size][-1] + 1, -1):
        with pytest.raises(ValueError, match=r"does not fit|more than"):
            varint.write(value, size)


def test_there_is_nothing_beyond_62_bits_and_no_other_size() -> None:
    """The bounds of Section 16."""
    assert len(varint.write(MAX_VARINT)) == 8
    for value in (MAX_VARINT + 1, -1):
        with pytest.raises(ValueError, match="does not fit"):
            varint.size_of(value)
    for size in (-1, 3, 5, 6, 7, 9, 16):
        with pytest.raises(ValueError, match="1, 2, 4 or 8 bytes"):
            varint.write(0, size)


@settings(deadline=None)
@given(st.integers(0, MAX_VARINT), st.sampled_from(varint.SIZES))
def test_any_value_survives_in_any_size_that_holds_it(value: int, size: int) -> None:
    """And the smallest size is the one that is taken by itself."""
    size = max(size, varint.size_of(value))
    assert varint.read(varint.write(value, size), 0) == (value, size)
    assert (
        len(varint.write(value))
        == varint.size_of(value)
        == min(s for s in (1, 2, 4, 8) if value < 2 ** (8 * s - 2))
    )


@settings(deadline=None)
@given(st.binary(max_size=10), st.integers(0, 12))
def test_what_is_read_is_what_was_written(data: bytes, offset: int) -> None:
    """Any bytes either end within an integer or are one, and that one is written in its size as it was."""
    found = varint.read(data, offset)
    if found is not None:
        value, size = found
        assert varint.write(value, size) == data[offset : offset + size]
    else:
        assert offset >= len(data) or len(data) - offset < 1 << (data[offset] >> 6)
