"""Stateless resets: sizes, tokens, comparison and rate."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.stateless_reset import Resetter, is_large_enough, is_reset, size_of_reset, token_of
from pathproof.reference.stateless_reset.sizes import SHORT, is_loop_free


@given(st.integers(0, 3000), st.integers(0, 10**6))
def test_every_reset_is_smaller_than_its_trigger(trigger: int, draw: int) -> None:
    """It has 21 bytes or more, is smaller, and one byte smaller than a short packet (10.3-16, 10.3.3-01)."""
    if is_large_enough(trigger):
        size = size_of_reset(trigger, draw)
        assert is_loop_free(trigger, size)
        assert size == trigger - 1 or trigger > SHORT
    else:
        assert trigger <= 21


@given(st.integers(22, 3000))
def test_two_resetters_come_to_rest(trigger: int) -> None:
    """Ends without state that answer each other's resets fall silent."""
    draw, size, exchanged = random.Random(trigger), trigger, 0
    while is_large_enough(size):
        size, exchanged = size_of_reset(size, draw.randrange(256)), exchanged + 1
    assert exchanged <= trigger


def test_a_reset_looks_like_a_short_packet_with_the_token_at_its_end() -> None:
    """Two fixed bits, bytes that nobody predicts, and the token of the packet's destination (10.3-11)."""
    resetter = Resetter(b"k" * 32, random.Random(1).randbytes)
    for _ in range(50):
        reset = resetter.answer(b"12345678", 500, now=0.0)
        assert reset is not None
        assert reset[0] >> 6 == 1
        assert is_reset(reset, [token_of(b"k" * 32, b"87654321"), token_of(b"k" * 32, b"12345678")])
        assert not is_reset(reset, [token_of(b"K" * 32, b"12345678")])


@pytest.mark.parametrize(("connection_id", "trigger"), [(b"", 100), (b"12345678", 21), (b"12345678", 0)])
def test_what_cannot_be_answered_is_not(connection_id: bytes, trigger: int) -> None:
    """A packet with an empty connection ID, or too small for any reset, gets none."""
    assert Resetter(bytes(32), bytes).answer(connection_id, trigger, 0.0) is None


def test_the_rate_of_resets_is_bounded() -> None:
    """A flood gets what the rate allows, and no more."""
    resetter = Resetter(bytes(32), bytes, burst=5, rate=8.0)
    sent = [resetter.answer(b"1", 100, now=at / 1024) for at in range(1025)]
    assert sum(reset is not None for reset in sent) == 13
