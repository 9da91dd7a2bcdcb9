"""NEW_CONNECTION_ID field by field: every length, every end, and both sides of every bound."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathproof.spec.names import MAX_VARINT
from pathproof.spec.wire_image import Malformed, decode, item, varint

FRAME = item("NEW_CONNECTION_ID")
TOKEN = b"t" * 16


def written(
    number: int = 3, prior: int = 2, length: int = 8, held: int | None = None, sizes: tuple[int, int] = (0, 0)
) -> bytes:
    """A frame, put together by hand; `held` is how many bytes of connection ID are there."""
    head = b"\x18" + varint.write(number, sizes[0]) + varint.write(prior, sizes[1])
    return head + bytes([length]) + b"c" * (length if held is None else held) + TOKEN


def refused(data: bytes) -> Malformed | None:
    """What the frame is refused for, if it is."""
    try:
        decode(FRAME, data)
    except Malformed as error:
        return error
    return None


@pytest.mark.clause("RFC9000-19.15-03")
def test_every_length() -> None:
    """1 to 20 bytes are a connection ID; each of the other 236 lengths ends the connection."""
    for length in range(256):
        found = refused(written(length=length))
        if 1 <= length <= 20:
            assert found is None
        else:
            assert found is not None
            assert (found.error, found.check.field) == ("FRAME_ENCODING_ERROR", "length")


@pytest.mark.clause("RFC9000-19.15-03", "RFC9000-12.4-01")
def test_a_length_that_does_not_say_how_many_bytes_there_are() -> None:
    """A wrong length is noticed by itself; a good one that reaches beyond the end is a frame cut off."""
    for length in range(256):
        found = refused(written(length=length, held=8))
        if length == 8:
            assert found is None
            continue
        assert found is not None
        assert found.error == "FRAME_ENCODING_ERROR"
        assert (found.check.field == "length") == (length not in range(1, 21))


@pytest.mark.clause("RFC9000-12.4-01", "RFC9000-12.4-05")
def test_every_end_that_comes_too_early() -> None:
    """Each proper prefix, for integers of every size and the least and the largest connection ID."""
    for sizes in ((1, 1), (2, 1), (4, 8), (8, 8)):
        for length in (1, 8, 20):
            whole = written(length=length, sizes=sizes)
            for end in range(len(whole)):
                found = refused(whole[:end])
                assert found is not None
                assert found.check == FRAME.truncated
                assert found.error == "FRAME_ENCODING_ERROR"
            assert refused(whole) is None


@pytest.mark.clause("RFC9000-19.15-09", "RFC9000-19.15-10")
def test_retire_prior_to_around_the_sequence_number() -> None:
    """Up to the number it is in order and above it never, in whichever sizes both are written."""
    for number_size in varint.SIZES:
        for prior_size in varint.SIZES:
            largest = (1 << varint.bits_of(min(number_size, prior_size))) - 1
            for number in (0, 1, largest - 1, largest):
                for prior in {max(0, number - 1), number, min(largest, number + 1)}:
                    found = refused(written(number, prior, sizes=(number_size, prior_size)))
                    assert (found is not None) == (prior > number)
                    if found:
                        assert (found.error, found.check.field) == ("FRAME_ENCODING_ERROR", "retire_prior_to")


@pytest.mark.clause("RFC9000-19.15-10")
def test_retire_prior_to_far_above_the_sequence_number() -> None:
    """A number that no smaller integer could hold is above it as well."""
    for number, prior in ((0, MAX_VARINT), (63, 64), (2**14 - 1, 2**14), (2**30 - 1, 2**30)):
        found = refused(written(number, prior))
        assert found is not None
        assert found.check.field == "retire_prior_to"
        assert refused(written(prior, number)) is None


@settings(deadline=None)
@given(
    number=st.integers(0, MAX_VARINT),
    prior=st.integers(0, MAX_VARINT),
    length=st.integers(0, 255),
    held=st.integers(0, 255),
    rest=st.binary(max_size=4),
)
def test_what_is_accepted_is_what_the_section_allows(
    number: int, prior: int, length: int, held: int, rest: bytes
) -> None:
    """The rules of Section 19.15, written a second time: bounds, order, and bytes enough for all of it."""
    data = written(number, prior, length, held) + rest
    enough = held + len(rest) >= length
    allowed = prior <= number and 1 <= length <= 20 and enough
    try:
        found = decode(FRAME, data, whole=False)
    except Malformed as error:
        assert not allowed
        assert error.error == "FRAME_ENCODING_ERROR"
    else:
        assert allowed
        assert found.values["connection_id"] == (b"c" * held + TOKEN + rest)[:length]
