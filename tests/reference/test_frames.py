"""Frames: what is written is read, and what is no frame, or none here, is refused with the right error."""

from __future__ import annotations

import pytest
from aioquic.buffer import Buffer
from aioquic.quic.packet import QuicFrameType, pull_ack_frame
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.made_frames import FRAMES, acks

from pathproof.reference import frames
from pathproof.reference.errors import ProtocolError, code_of, name_of
from pathproof.reference.frames.places import KNOWN, PERMITTED
from pathproof.reference.frames.readers import READERS
from pathproof.reference.spaces import PacketType
from pathproof.spec.wire_image import Malformed, item

KINDS = sorted(PERMITTED)


def read(payload: str | bytes, kind: PacketType = PacketType.ONE_RTT, **more: bool) -> list[frames.Frame]:
    """All frames of a payload, which may be in hexadecimal."""
    data = bytes.fromhex(payload) if isinstance(payload, str) else payload
    return list(frames.read_frames(data, kind, **more))


@settings(max_examples=400)
@given(st.lists(FRAMES, min_size=1, max_size=6))
def test_what_is_written_is_read(sent: list[frames.Frame]) -> None:
    """Frames come back as they went; PADDING next to PADDING is one."""
    joined: list[frames.Frame] = []
    for frame in sent:
        if isinstance(frame, frames.Padding) and joined and isinstance(joined[-1], frames.Padding):
            joined[-1] = frames.Padding(joined[-1].length + frame.length)
        else:
            joined.append(frame)
    assert read(b"".join(map(frames.write_frame, sent))) == joined


@settings(max_examples=400)
@given(FRAMES, st.data())
def test_a_frame_that_is_cut_off_is_refused(frame: frames.Frame, data: st.DataObject) -> None:
    """Wherever the payload ends within it, unless what is left is PADDING or a STREAM without a length."""
    whole = frames.write_frame(frame)
    if isinstance(frame, frames.Padding) or len(whole) == 1:
        return
    with pytest.raises(ProtocolError) as caught:
        read(whole[: data.draw(st.integers(1, len(whole) - 1))])
    assert name_of(caught.value.code) == "FRAME_ENCODING_ERROR"
    assert caught.value.frame_type == whole[0]


@settings(max_examples=600)
@given(
    st.one_of(
        st.binary(max_size=60), st.builds(lambda t, b: bytes((t,)) + b, st.integers(0, 31), st.binary())
    ),
    st.sampled_from(KINDS),
    st.booleans(),
)
def test_any_bytes_are_read_or_refused(payload: bytes, kind: PacketType, from_client: bool) -> None:
    """Nothing but a ProtocolError comes out of hostile bytes, and what is read can be written."""
    try:
        found = read(payload, kind, from_client=from_client)
    except ProtocolError as error:
        assert name_of(error.code) in ("FRAME_ENCODING_ERROR", "PROTOCOL_VIOLATION")
    else:
        written = b"".join(map(frames.write_frame, found))
        assert read(written, kind, from_client=from_client) == found


@pytest.mark.parametrize(
    ("payload", "error"),
    [
        ("", "PROTOCOL_VIOLATION"),  # no frame
        ("1f", "FRAME_ENCODING_ERROR"),  # unknown types
        ("4052", "FRAME_ENCODING_ERROR"),
        ("4001", "PROTOCOL_VIOLATION"),  # PING in two bytes
        ("40", "FRAME_ENCODING_ERROR"),  # a type that is cut off
        ("0205000006", "FRAME_ENCODING_ERROR"),  # ACK below packet 0, in the first range
        ("02050001030001", "FRAME_ENCODING_ERROR"),  # and in another
        ("06ffffffffffffffff0100", "FRAME_ENCODING_ERROR"),  # CRYPTO beyond 2^62 - 1
        ("0700", "FRAME_ENCODING_ERROR"),  # NEW_TOKEN without a token
        ("0e00ffffffffffffffff0100", "FRAME_ENCODING_ERROR"),  # STREAM beyond 2^62 - 1
        ("12d000000000000001", "FRAME_ENCODING_ERROR"),  # MAX_STREAMS of 2^60 + 1
        ("17d000000000000001", "FRAME_ENCODING_ERROR"),  # STREAMS_BLOCKED of 2^60 + 1
        ("1800000000", "FRAME_ENCODING_ERROR"),  # a connection ID of no bytes
        ("18000115" + 37 * "00", "FRAME_ENCODING_ERROR"),  # and of 21
        ("18000101aa" + 16 * "00", "FRAME_ENCODING_ERROR"),  # Retire Prior To above the sequence number
    ],
)
def test_malformed_payloads_are_refused(payload: str, error: str) -> None:
    """Each check, broken once."""
    with pytest.raises(ProtocolError) as caught:
        read(payload)
    assert name_of(caught.value.code) == error


def test_a_stream_without_length_fills_the_packet() -> None:
    """The bits of the type say which fields are there."""
    assert read("0804616263") == [frames.Stream(4, 0, b"abc")]
    assert read("0d0440406162") == [frames.Stream(4, 64, b"ab", fin=True)]
    assert read("0a04016101") == [frames.Stream(4, 0, b"a"), frames.Ping()]


def test_every_known_type_has_a_reader_and_aioquic_knows_it() -> None:
    """No type of version 1 is left out; DATAGRAM is an extension, and aioquic names STREAM once."""
    assert READERS.keys() == set(KNOWN)
    theirs = {int(kind) for kind in QuicFrameType if not kind.name.startswith("DATAGRAM")}
    assert set(KNOWN) == theirs | set(range(0x08, 0x10))


@given(acks())
def test_aioquic_reads_our_acknowledgments(ack: frames.Ack) -> None:
    """The same packet numbers and delay."""
    theirs, delay = pull_ack_frame(Buffer(data=frames.write_frame(ack)[1:]))
    assert tuple((range_.start, range_.stop - 1) for range_ in reversed(list(theirs))) == ack.ranges
    assert delay == ack.delay


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.label)
@pytest.mark.parametrize("frame_type", KNOWN, ids=hex)
def test_frames_stand_where_the_table_lets_them(frame_type: int, kind: PacketType) -> None:
    """A frame elsewhere is a PROTOCOL_VIOLATION, whatever comes behind its type (RFC9000-12.4-31)."""
    if frame_type in PERMITTED[kind]:
        return
    with pytest.raises(ProtocolError) as caught:
        read(bytes((frame_type,)) + bytes(40), kind)
    assert (caught.value.code, caught.value.frame_type) == (code_of("PROTOCOL_VIOLATION"), frame_type)


@pytest.mark.parametrize(
    "name", ["NEW_CONNECTION_ID", "RETIRE_CONNECTION_ID", "PATH_CHALLENGE", "PATH_RESPONSE"]
)
def test_the_table_agrees_with_the_wire_image(name: str) -> None:
    """The places of the four frames of the wire image, with those barred from 0-RTT by permission."""
    layout = item(name)
    for kind in KINDS:
        expected = kind.label in layout.packets and kind.label not in layout.barred_from
        assert (layout.fields[0].value in PERMITTED[kind]) == expected


@pytest.mark.parametrize("payload", ["070161", "1e"])
def test_frames_of_servers_are_refused_from_clients(payload: str) -> None:
    """NEW_TOKEN and HANDSHAKE_DONE (RFC 9000 19.7, 19.20)."""
    assert read(payload)
    with pytest.raises(ProtocolError, match="PROTOCOL_VIOLATION"):
        read(payload, from_client=True)


def test_nobody_writes_what_no_frame_may_say() -> None:
    """The wire image's checks hold for the sender, too (RFC9000-19.15-09)."""
    with pytest.raises(Malformed):
        frames.write_frame(frames.NewConnectionId(1, 2, b"id", bytes(16)))


def test_what_elicits_an_acknowledgment() -> None:
    """All but ACK, PADDING and CONNECTION_CLOSE (RFC 9000 13.2)."""
    silent = {frames.Ack, frames.Padding, frames.ConnectionClose}
    made = [frames.Ack(((0, 0),)), frames.Padding(), frames.ConnectionClose(0), frames.Ping()]
    made += [frames.PathResponse(b""), frames.Stream(0, 0, b""), frames.HandshakeDone()]
    assert {type(frame) for frame in made if not frames.is_ack_eliciting(frame)} == silent
