"""Bytes that arrive in any order are put in order."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.errors import ProtocolError, name_of
from pathproof.reference.reassembly import MAX_PIECES, Reassembly


@given(st.binary(max_size=80), st.data())
def test_any_order_with_duplicates_and_overlaps_gives_the_same_bytes(
    whole: bytes, data: st.DataObject
) -> None:
    """Pieces of any length from anywhere, in any order, and read at any time."""
    starts = st.integers(0, len(whole))
    pieces = data.draw(st.lists(st.tuples(starts, starts), max_size=20))
    cuts = sorted({0, len(whole), *data.draw(st.lists(starts))})
    pieces += data.draw(st.permutations(list(pairwise(cuts))))
    buffer, taken = Reassembly(), b""
    for one, other in pieces:
        first, behind = min(one, other), max(one, other)
        buffer.receive(first, whole[first:behind])
        if data.draw(st.booleans()):
            taken += buffer.take()
            assert buffer.next == len(taken) and not buffer
    assert taken + buffer.take() == whole


def test_pieces_out_of_order_are_bounded() -> None:
    """RFC 9000 21.7: a peer that sends every other byte alone is told off before it costs much."""
    buffer = Reassembly()
    with pytest.raises(ProtocolError) as caught:
        for number in range(MAX_PIECES + 1):
            buffer.receive(1 + 2 * number, b"x")
    assert name_of(caught.value.code) == "INTERNAL_ERROR"


def test_clearing_forgets_what_is_held() -> None:
    """What comes later begins where the order had come to."""
    buffer = Reassembly()
    buffer.receive(0, b"ab")
    buffer.receive(5, b"f")
    buffer.clear()
    buffer.receive(2, b"cde")
    assert (buffer.take(), buffer.next) == (b"cde", 5)
