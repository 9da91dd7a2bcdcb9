"""Handshake bytes of one space (RFC 9000 7.5, 13.3, 19.6)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference.crypto_stream import MAX_BUFFERED, CryptoStream
from pathproof.reference.errors import ProtocolError, name_of
from pathproof.reference.frames import Crypto, write_frame


def test_data_too_far_ahead_closes_the_connection() -> None:
    """RFC 9000 7.5: up to the bound it is held; and at least 4096 bytes are."""
    stream = CryptoStream()
    assert stream.receive(Crypto(MAX_BUFFERED - 1, b"x")) == b""
    assert stream.receive(Crypto(0, b"ab")) == b"ab"
    assert stream.receive(Crypto(MAX_BUFFERED + 1, b"x")) == b""
    with pytest.raises(ProtocolError) as caught:
        stream.receive(Crypto(MAX_BUFFERED + 2, b"x"))
    assert name_of(caught.value.code) == "CRYPTO_BUFFER_EXCEEDED"
    assert MAX_BUFFERED >= 4096


@given(st.binary(max_size=3000), st.integers(0, 1500), st.randoms(use_true_random=False))
def test_the_handshake_arrives_whole_though_packets_are_lost(data: bytes, room: int, random: object) -> None:
    """Frames fit the room there is, and what is lost of them comes again until it is acknowledged."""
    chance = getattr(random, "random")  # noqa: B009
    here, there, arrived = CryptoStream(), CryptoStream(), b""
    here.write(data)
    for _ in range(20):
        while frames := list(here.frames(room)):
            assert sum(len(write_frame(frame)) for frame in frames) <= room
            for frame in frames:
                if chance() < 0.5:
                    here.lost(frame)
                else:
                    arrived += there.receive(frame)
                    here.acked(frame)
        if room < 12:
            break
    assert here.is_idle or room < 12
    assert arrived == data if here.is_idle else data.startswith(arrived)
    assert here.unacknowledged == len(data) - len(arrived)


def test_after_a_retry_all_is_sent_again() -> None:
    """RFC 9002 6.3."""
    stream = CryptoStream()
    stream.write(b"ClientHello")
    first = list(stream.frames(100))
    assert stream.is_idle
    stream.repeat()
    assert list(stream.frames(100)) == first == [Crypto(0, b"ClientHello")]
