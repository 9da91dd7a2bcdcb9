"""Frames in their packets: which may stand where, which may be refused there, and how types are written."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec.wire_image.made import least

from pathproof.spec.names import FrameType
from pathproof.spec.wire_image import Malformed, decode_frame, item, load, varint
from pathproof.spec.wire_image.item import Packet

FRAMES = {name: least(item(name)).data for name in FrameType.__members__}


def refused(data: bytes, packet: Packet = "1-RTT", optional: bool = False) -> str:
    """The error that the frame at the beginning is refused with, or nothing."""
    try:
        assert decode_frame(data, packet, optional)
    except Malformed as error:
        return error.error
    return ""


def test_frame_types_are_those_of_the_items() -> None:
    """Each type is the fixed value of the first field of the item with its name, and there are no more."""
    frames = {found.name: found.fields[0].value for found in load().values() if found.kind == "frame"}
    assert frames == {kind.name: int(kind) for kind in FrameType}


@pytest.mark.parametrize("name", FRAMES)
def test_a_frame_is_found_by_its_type(name: str) -> None:
    """What comes behind it is left alone, and its size says where that begins."""
    for behind in (b"", b"\x00", FRAMES["PATH_RESPONSE"]):
        found = decode_frame(FRAMES[name] + behind)
        assert found
        assert (found[0].name, found[1].size) == (name, len(FRAMES[name]))


def test_other_types_are_none_of_ours() -> None:
    """Every other type of one or two bytes, a type that is cut off, and nothing at all."""
    ours = {*FrameType}
    for kind in range(2**14):
        for size in varint.SIZES[kind > 63 :]:
            if kind not in ours:
                assert decode_frame(varint.write(kind, size) + bytes(40), "Initial") is None
    assert [decode_frame(data) for data in (b"", b"\x40", b"\x80\x00\x00", b"\xc0")] == [None] * 4


@pytest.mark.clause(
    "RFC9000-12.4-21",
    "RFC9000-12.4-22",
    "RFC9000-12.4-23",
    "RFC9000-12.4-24",
    "RFC9000-12.4-30",
    "RFC9000-12.4-31",
    "RFC9000-12.5-06",
)
def test_each_frame_in_each_packet() -> None:
    """None of the four may stand in Initial and Handshake packets, and all of them in 1-RTT packets; none has
    to be refused in 0-RTT packets, where Table 3 allows all but PATH_RESPONSE."""
    accepted = {
        (name, packet)
        for name, data in FRAMES.items()
        for packet in get_args(Packet)
        if not refused(data, packet)
    }
    assert accepted == {(name, packet) for name in FRAMES for packet in ("0-RTT", "1-RTT")}
    assert {name for name in FRAMES if "0-RTT" not in item(name).packets} == {"PATH_RESPONSE"}
    for name, data in FRAMES.items():
        for packet in get_args(Packet):
            assert refused(data, packet) in ("", "PROTOCOL_VIOLATION"), name


@pytest.mark.clause("RFC9000-12.5-07", "RFC9000-12.5-08")
def test_a_server_may_refuse_two_frames_in_0_rtt() -> None:
    """There is nothing to retire and nothing to answer there, which is refused on demand and only there."""
    for name, data in FRAMES.items():
        assert refused(data, "0-RTT", optional=True) == (
            "PROTOCOL_VIOLATION" if name in ("RETIRE_CONNECTION_ID", "PATH_RESPONSE") else ""
        )
        assert refused(data, "1-RTT", optional=True) == ""


@pytest.mark.clause("RFC9000-12.4-38", "RFC9000-12.4-39", "RFC9000-12.4-41")
def test_a_type_that_is_longer_than_it_has_to_be() -> None:
    """It may be refused, and does not have to be; the shortest form always passes."""
    for name, data in FRAMES.items():
        for size in (2, 4, 8):
            longer = varint.write(FrameType[name], size) + data[1:]
            found = decode_frame(longer)
            assert found
            assert (found[0].name, found[1].sizes["type"]) == (name, size)
            assert refused(longer, optional=True) == "PROTOCOL_VIOLATION"
        assert refused(data, optional=True) == ""


@pytest.mark.clause("RFC9000-12.4-01", "RFC9000-12.4-05")
def test_a_frame_that_the_packet_cuts_off() -> None:
    """Each proper prefix of each of the four."""
    for data in FRAMES.values():
        for end in range(1, len(data)):
            assert refused(data[:end]) == "FRAME_ENCODING_ERROR"
        assert refused(data) == ""


@settings(deadline=None)
@given(st.lists(st.sampled_from(sorted(FRAMES.values())), max_size=6))
def test_a_row_of_frames_is_read_to_its_end(frames: list[bytes]) -> None:
    """One after the other, each begins where the one before it ended."""
    data, read = b"".join(frames), []
    while data:
        found = decode_frame(data)
        assert found
        read.append(data[: found[1].size])
        data = data[found[1].size :]
    assert read == frames
