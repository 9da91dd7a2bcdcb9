"""Strategies for frames, each with values that it may have."""

from __future__ import annotations

from hypothesis import strategies as st

from pathproof.reference import frames

NUMBERS = st.one_of(st.integers(0, 2**62 - 1), st.sampled_from([0, 63, 64, 16383, 16384, 2**30 - 1, 2**30]))
OFFSETS = st.integers(0, 2**62 - 1 - 64)
DATA = st.binary(max_size=64)
COUNTS = st.integers(0, 2**60)


@st.composite
def acks(draw: st.DrawFn) -> frames.Ack:
    """Ranges that lie apart by one number at least, the largest first."""
    smallest = draw(st.integers(0, 2**40))
    ranges = []
    for _ in range(draw(st.integers(1, 12))):
        largest = smallest + draw(st.integers(0, 300))
        ranges.append((smallest, largest))
        smallest = largest + 2 + draw(st.integers(0, 300))
    ecn = draw(st.none() | st.tuples(NUMBERS, NUMBERS, NUMBERS))
    return frames.Ack(tuple(reversed(ranges)), draw(NUMBERS), ecn)


@st.composite
def new_connection_ids(draw: st.DrawFn) -> frames.NewConnectionId:
    """Retire Prior To is at most the sequence number."""
    number = draw(NUMBERS)
    connection_id, token = draw(st.binary(min_size=1, max_size=20)), draw(st.binary(min_size=16, max_size=16))
    return frames.NewConnectionId(number, draw(st.integers(0, number)), connection_id, token)


EIGHT = st.binary(min_size=8, max_size=8)
FRAMES: st.SearchStrategy[frames.Frame] = st.one_of(
    st.builds(frames.Padding, st.integers(1, 50)),
    st.just(frames.Ping()),
    acks(),
    st.builds(frames.ResetStream, NUMBERS, NUMBERS, NUMBERS),
    st.builds(frames.StopSending, NUMBERS, NUMBERS),
    st.builds(frames.Crypto, OFFSETS, DATA),
    st.builds(frames.NewToken, st.binary(min_size=1, max_size=64)),
    st.builds(frames.Stream, NUMBERS, OFFSETS, DATA, st.booleans()),
    st.builds(frames.MaxData, NUMBERS),
    st.builds(frames.MaxStreamData, NUMBERS, NUMBERS),
    st.builds(frames.MaxStreams, COUNTS, st.booleans()),
    st.builds(frames.DataBlocked, NUMBERS),
    st.builds(frames.StreamDataBlocked, NUMBERS, NUMBERS),
    st.builds(frames.StreamsBlocked, COUNTS, st.booleans()),
    new_connection_ids(),
    st.builds(frames.RetireConnectionId, NUMBERS),
    st.builds(frames.PathChallenge, EIGHT),
    st.builds(frames.PathResponse, EIGHT),
    st.builds(frames.ConnectionClose, NUMBERS, st.none() | NUMBERS, st.text(max_size=20)),
    st.just(frames.HandshakeDone()),
)
