"""Streams between two ends: data, limits, ends, and a peer that breaks the rules (RFC 9000 2 to 4)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathproof.reference import frames
from pathproof.reference.errors import ProtocolError, name_of
from pathproof.reference.frames import MaxData, MaxStreamData, MaxStreams, ResetStream, StopSending, Stream
from pathproof.reference.stream import SendingStopped, StreamData, StreamReset
from pathproof.reference.streams import StreamFrame, Streams
from pathproof.reference.transport_parameters import TransportParameters

LIMITS = TransportParameters(
    initial_max_data=1000,
    initial_max_stream_data_bidi_local=400,
    initial_max_stream_data_bidi_remote=300,
    initial_max_stream_data_uni=200,
    initial_max_streams_bidi=3,
    initial_max_streams_uni=2,
)


def pair() -> tuple[Streams, Streams]:
    """A client and a server that know each other's limits."""
    client, server = Streams(True, LIMITS), Streams(False, LIMITS)
    client.state_limits(LIMITS)
    server.state_limits(LIMITS)
    return client, server


def opened(streams: Streams, bidirectional: bool = True) -> int:
    """A stream that could be opened."""
    stream = streams.open(bidirectional)
    assert stream is not None
    return stream


def deliver(sender: Streams, receiver: Streams, room: int = 1200) -> list[StreamFrame]:
    """One packet goes and is acknowledged: its frames."""
    sent = list(sender.frames(room))
    assert sum(len(frames.write_frame(frame)) for frame in sent) <= room
    for frame in sent:
        receiver.receive(frame)
        sender.acked(frame)
    return sent


def settle(one: Streams, other: Streams) -> None:
    """Packets go to and fro until neither has anything to send."""
    for _ in range(1000):
        if not deliver(one, other) and not deliver(other, one):
            return
    raise AssertionError("it goes on for ever")


# Violations.

CLIENT_UNI, SERVER_BIDI, SERVER_UNI = 2, 1, 3
VIOLATIONS: list[tuple[str, list[StreamFrame]]] = [
    ("STREAM_STATE_ERROR", [Stream(SERVER_UNI, 0, b"x")]),  # sent to one that only sends there
    ("STREAM_STATE_ERROR", [ResetStream(SERVER_UNI, 0, 0)]),
    ("STREAM_STATE_ERROR", [frames.StreamDataBlocked(SERVER_UNI, 0)]),
    ("STREAM_STATE_ERROR", [MaxStreamData(CLIENT_UNI, 9)]),  # controls one that only receives there
    ("STREAM_STATE_ERROR", [StopSending(CLIENT_UNI, 0)]),
    ("STREAM_STATE_ERROR", [Stream(SERVER_BIDI, 0, b"x")]),  # nobody has opened it
    ("STREAM_STATE_ERROR", [MaxStreamData(SERVER_BIDI, 9)]),
    ("STREAM_STATE_ERROR", [StopSending(SERVER_BIDI, 0)]),
    ("STREAM_STATE_ERROR", [StopSending(SERVER_UNI, 0)]),
    ("STREAM_LIMIT_ERROR", [Stream(12, 0, b"")]),
    ("STREAM_LIMIT_ERROR", [ResetStream(10, 0, 0)]),
    ("STREAM_LIMIT_ERROR", [StopSending(12, 0)]),
    ("STREAM_LIMIT_ERROR", [MaxStreamData(12, 9)]),
    ("FLOW_CONTROL_ERROR", [Stream(0, 300, b"x")]),
    ("FLOW_CONTROL_ERROR", [Stream(0, 2**62 - 2, b"x")]),
    ("FLOW_CONTROL_ERROR", [ResetStream(0, 0, 301)]),
    ("FLOW_CONTROL_ERROR", [Stream(CLIENT_UNI, 200, b"x")]),
    ("FLOW_CONTROL_ERROR", [Stream(n, 299, b"x") for n in (0, 4, 8)] + [ResetStream(2, 0, 101)]),
    ("FINAL_SIZE_ERROR", [Stream(0, 0, b"ab", fin=True), Stream(0, 2, b"c")]),
    ("FINAL_SIZE_ERROR", [Stream(0, 1, b"b", fin=True), Stream(0, 0, b"a", fin=True)]),
    ("FINAL_SIZE_ERROR", [Stream(0, 0, b"ab"), Stream(0, 1, b"", fin=True)]),
    ("FINAL_SIZE_ERROR", [Stream(0, 1, b"b", fin=True), ResetStream(0, 0, 3)]),
    ("FINAL_SIZE_ERROR", [Stream(0, 1, b"b"), ResetStream(0, 0, 1)]),
    ("FINAL_SIZE_ERROR", [ResetStream(0, 0, 1), ResetStream(0, 0, 2)]),
    ("FINAL_SIZE_ERROR", [ResetStream(0, 0, 1), Stream(0, 1, b"b")]),
]


@pytest.mark.parametrize(("name", "sent"), VIOLATIONS)
def test_a_violation_has_its_error(name: str, sent: list[StreamFrame]) -> None:
    """The last frame is what a server must not accept from a client; those before it are right."""
    server = pair()[1]
    for frame in sent[:-1]:
        server.receive(frame)
    with pytest.raises(ProtocolError) as caught:
        server.receive(sent[-1])
    assert name_of(caught.value.code) == name
    assert caught.value.frame_type is not None


ARBITRARY = st.one_of(
    st.builds(Stream, st.integers(0, 20), st.integers(0, 400), st.binary(max_size=50), st.booleans()),
    st.builds(ResetStream, st.integers(0, 20), st.integers(0, 9), st.integers(0, 400)),
    st.builds(StopSending, st.integers(0, 20), st.integers(0, 9)),
    st.builds(MaxData, st.integers(0, 2000)),
    st.builds(MaxStreamData, st.integers(0, 20), st.integers(0, 2000)),
    st.builds(MaxStreams, st.integers(0, 20), st.booleans()),
    st.builds(frames.StreamDataBlocked, st.integers(0, 20), st.integers(0, 400)),
    st.builds(frames.StreamsBlocked, st.integers(0, 20), st.booleans()),
)


@given(st.lists(ARBITRARY, max_size=40), st.booleans())
def test_no_frame_does_more_than_end_the_connection(sent: list[StreamFrame], reads: bool) -> None:
    """Whatever a peer sends is accepted or raises the one error; and what is sent keeps its limits."""
    server = pair()[1]
    for _ in range(2):
        server.write(opened(server), b"x" * 500, fin=True)
    try:
        for frame in sent:
            server.receive(frame)
            if reads:
                list(server.read())
            for answer in server.frames(100):
                frames.write_frame(answer)
    except ProtocolError:
        pass


# Opening, limits and their updates.


def test_streams_are_opened_up_to_the_peers_limit() -> None:
    """RFC 9000 2.1, 4.6: STREAMS_BLOCKED says when that is too low, once, and again if it was lost."""
    client, server = pair()
    assert [client.open() for _ in range(4)] == [0, 4, 8, None]
    assert [client.open(bidirectional=False) for _ in range(3)] == [2, 6, None]
    assert [server.open(), server.open(bidirectional=False)] == [1, 3]
    assert client.open() is None
    blocked = frames.StreamsBlocked(3, True)
    assert list(client.frames(100)) == [blocked, frames.StreamsBlocked(2, False)]
    client.lost(blocked)
    assert list(client.frames(100)) == [blocked]
    client.receive(MaxStreams(2, True))  # lower limits are ignored
    assert client.open() is None
    client.receive(MaxStreams(4, True))
    client.lost(blocked)
    assert client.is_idle or list(client.frames(100)) == []
    assert client.open() == 12


def test_closed_streams_make_room_for_others() -> None:
    """RFC 9000 4.6: MAX_STREAMS, again if it was lost, goes when both directions are at their end."""
    client, server = pair()
    for _ in range(2):
        stream = opened(client)
        client.write(stream, b"request", fin=True)
        deliver(client, server)
        assert list(server.read()) == [StreamData(stream, b"request", True)]
        server.write(stream, b"answer", fin=True)
        deliver(server, client)
        assert list(client.read()) == [StreamData(stream, b"answer", True)]
    limit = MaxStreams(5, True)
    assert list(server.frames(100)) == [limit]
    server.lost(limit)
    assert list(server.frames(100)) == [limit]
    server.lost(MaxStreams(3, True))
    assert list(server.frames(100)) == []


def test_data_for_a_stream_at_its_end_is_ignored() -> None:
    """A copy that comes late finds no stream, and opens none."""
    client, server = pair()
    client.write(opened(client), b"x", fin=True)
    sent = deliver(client, server)
    list(server.read())
    server.write(0, b"", fin=True)
    deliver(server, client)
    for frame in [*sent, ResetStream(0, 1, 1), StopSending(0, 1), MaxStreamData(0, 9999)]:
        server.receive(frame)
    assert list(server.read()) == []
    server.write(0, b"late")  # nobody hears it, and that is no error
    assert server.unacknowledged(0) == 0


def test_limits_rise_when_data_is_read_and_not_before() -> None:
    """RFC 9000 4.1, 4.2: in steps of half a window, both of the stream and of the connection."""
    client, server = pair()
    stream = opened(client)
    client.write(stream, b"x" * 1000)
    deliver(client, server)
    blocked = list(client.frames(100))
    assert blocked == [] and list(server.frames(100)) == []
    assert [len(event.data) for event in server.read() if isinstance(event, StreamData)] == [300]
    assert list(server.frames(100)) == [MaxStreamData(stream, 600)]
    server.lost(MaxStreamData(stream, 600))
    assert list(server.frames(100)) == [MaxStreamData(stream, 600)]
    server.lost(MaxStreamData(stream, 300))
    assert list(server.frames(100)) == []
    client.receive(MaxStreamData(stream, 500))
    client.receive(MaxStreamData(stream, 400))  # it does not fall
    deliver(client, server)
    assert [len(event.data) for event in server.read() if isinstance(event, StreamData)] == [200]
    answer = list(server.frames(100))
    assert answer == [MaxStreamData(stream, 800), MaxData(1500)]
    server.lost(answer[1])
    assert list(server.frames(100)) == [MaxData(1500)]
    server.lost(MaxData(1000))
    assert list(server.frames(100)) == []


def test_a_blocked_sender_says_so_once_for_each_limit() -> None:
    """RFC 9000 4.1: and again when it is lost, or as a reminder, as long as it is blocked."""
    client, server = pair()
    streams = [opened(client) for _ in range(3)] + [opened(client, False), opened(client, False)]
    for stream in streams:
        client.write(stream, b"x" * 1000)
    first = deliver(client, server, room=3000)
    told = [frame for frame in first if not isinstance(frame, Stream)]
    assert frames.DataBlocked(1000) in told
    assert frames.StreamDataBlocked(streams[0], 300) in told
    assert list(client.frames(100)) == []
    client.lost(frames.DataBlocked(1000))
    assert list(client.frames(100)) == [frames.DataBlocked(1000)]
    client.remind()
    assert frames.DataBlocked(1000) in list(client.frames(200))
    client.receive(MaxData(1001))
    client.lost(frames.DataBlocked(1000))
    assert [frame for frame in client.frames(200) if isinstance(frame, frames.DataBlocked)] == [
        frames.DataBlocked(1001)
    ]


# Ends.


def test_a_reset_ends_a_stream_and_counts_all_that_was_sent() -> None:
    """RFC 9000 3.1, 4.5: RESET_STREAM goes until it is acknowledged, and STREAM frames no more."""
    client, server = pair()
    stream = opened(client)
    client.write(stream, b"x" * 250)
    sent = list(client.frames(150))
    client.reset(stream, 7)
    client.lost(sent[0])
    size = len(sent[0].data) if isinstance(sent[0], Stream) else 0
    reset = ResetStream(stream, 7, size)
    assert list(client.frames(1200)) == [reset]
    client.lost(reset)
    assert deliver(client, server) == [reset]
    client.lost(reset)
    assert list(client.frames(1200)) == []
    assert list(server.read()) == [StreamReset(stream, 7)]
    client.write(stream, b"more")  # dropped
    assert list(client.frames(1200)) == []
    server.receive(reset)
    assert list(server.read()) == []


def test_a_reset_after_all_has_arrived_takes_nothing_back() -> None:
    """RFC 9000 3.2: the data is delivered."""
    server = pair()[1]
    server.receive(Stream(0, 0, b"all", fin=True))
    server.receive(ResetStream(0, 7, 3))
    assert list(server.read()) == [StreamData(0, b"all", True)]


def test_a_reset_right_behind_the_data_is_still_a_reset() -> None:
    """Its final size is what has arrived, and yet no FIN has said that this is all."""
    server = pair()[1]
    server.receive(Stream(0, 0, b"part"))
    assert list(server.read()) == [StreamData(0, b"part", False)]
    server.receive(ResetStream(0, 7, 4))
    assert list(server.read()) == [StreamReset(0, 7)]


def test_a_peer_that_wants_no_more_gets_a_reset_with_its_code() -> None:
    """RFC 9000 3.5: STOP_SENDING is answered, and told to the application."""
    client, server = pair()
    stream = opened(client)
    client.write(stream, b"x" * 100)
    deliver(client, server)
    server.stop(stream, 9)
    stop = StopSending(stream, 9)
    assert list(server.frames(100)) == [stop]
    server.lost(stop)
    assert deliver(server, client) == [stop]
    assert list(client.read()) == [SendingStopped(stream, 9)]
    assert deliver(client, server) == [ResetStream(stream, 9, 100)]
    assert list(server.read()) == []  # who asked for it needs no word
    server.lost(stop)
    assert list(server.frames(100)) == []
    client.receive(stop)
    assert list(client.read()) == []


def test_data_that_nobody_wants_still_gives_room_back() -> None:
    """RFC 9000 3.5: it is counted, and the peer may send as much on other streams."""
    client, server = pair()
    stream = opened(client)
    client.write(stream, b"x" * 300)
    deliver(client, server)
    server.stop(stream, 9)
    other = opened(client)
    client.write(other, b"y" * 300)
    deliver(client, server)
    server.stop(other, 9)
    assert MaxData(1600) in list(server.frames(100))


def test_a_reset_gives_back_what_was_never_read() -> None:
    """RFC 9000 4.5: by its final size, also what never arrived."""
    server = pair()[1]
    server.receive(Stream(0, 100, b"x"))
    server.receive(ResetStream(0, 1, 300))
    server.receive(Stream(0, 200, b"late"))  # changes nothing
    assert list(server.frames(100)) == []
    server.receive(ResetStream(4, 1, 300))
    assert list(server.frames(100)) == [MaxData(1600)]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda streams: streams.write(0, b"x"),
        lambda streams: streams.write(CLIENT_UNI, b"x"),
        lambda streams: streams.reset(8, 0),
        lambda streams: streams.stop(8, 0),
        lambda streams: streams.stop(SERVER_UNI, 0),
        lambda streams: (streams.write(SERVER_UNI, b"", fin=True), streams.write(SERVER_UNI, b"x")),
    ],
)
def test_what_an_application_cannot_do_is_a_value_error(wrong: Callable[[Streams], object]) -> None:
    """A server, with a unidirectional stream of its own and one of its client."""
    server = pair()[1]
    opened(server, bidirectional=False)
    server.receive(Stream(CLIENT_UNI, 0, b"x"))
    with pytest.raises(ValueError, match="stream"):
        wrong(server)


# Sending.


def test_streams_take_turns() -> None:
    """Each packet goes on where the last one stopped; lost data goes first."""
    client, _ = pair()
    streams = [opened(client) for _ in range(3)]
    for stream in streams:
        client.write(stream, b"x" * 250)
    sent = [next(iter(client.frames(60))) for _ in range(6)]
    assert [frame.stream for frame in sent if isinstance(frame, Stream)] == [0, 4, 8, 0, 4, 8]
    list(client.frames(2000))
    client.lost(sent[4])
    assert list(client.frames(100)) == [sent[4]]
    for stream in streams[:2]:
        client.write(stream, b"new")
    client.lost(sent[5])
    assert next(iter(client.frames(100))) == sent[5]


def test_frames_fill_the_room_and_no_more() -> None:
    """Down to a few bytes; nothing goes into less than a frame takes."""
    for room in range(80):
        client, _ = pair()
        client.write(opened(client), b"x" * 300)
        size = sum(len(frames.write_frame(frame)) for frame in client.frames(room))
        assert room - 1 <= size <= room if room > 3 else size == 0


DOWN = st.lists(st.tuples(st.integers(0, 4), st.binary(min_size=1, max_size=400)), max_size=12)


@settings(max_examples=60)
@given(DOWN, st.randoms(use_true_random=False), st.integers(20, 400))
def test_loss_never_loses_data(writes: list[tuple[int, bytes]], random: object, room: int) -> None:
    """Packets are lost, swapped and doubled in both directions: every stream arrives byte for byte, once."""
    chance = getattr(random, "random")  # noqa: B009
    client, server = pair()
    streams = [opened(client) for _ in range(3)] + [opened(client, False) for _ in range(2)]
    sent, arrived = dict.fromkeys(streams, b""), dict.fromkeys(streams, b"")
    for at, data in writes:
        client.write(streams[at], data)
        sent[streams[at]] += data
    for stream in streams:
        client.write(stream, b"", fin=True)
    ended: list[int] = []
    held: list[tuple[Streams, Streams, list[StreamFrame]]] = []
    for _ in range(3000):
        for one, other in ((client, server), (server, client)):
            packet = list(one.frames(room))
            held += [(one, other, packet)] if packet else []
        if not held:
            break
        sender, receiver, packet = held.pop(int(chance() * len(held)))
        fate = chance()
        for frame in packet:
            if fate < 0.7:
                receiver.receive(frame)
                sender.acked(frame)
            else:
                sender.lost(frame)
            if fate < 0.1:
                receiver.receive(frame)
        for event in server.read():
            assert isinstance(event, StreamData)
            arrived[event.stream] += event.data
            ended += [event.stream] if event.fin else []
    assert arrived == sent
    assert sorted(ended) == sorted(streams)
    settle(client, server)
    assert client.is_idle and server.is_idle
    assert all(not client.unacknowledged(stream) for stream in streams)
