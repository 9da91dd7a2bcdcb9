"""Packets without keys: headers, numbers, Retry and Version Negotiation, and bytes of anyone."""

from __future__ import annotations

import pytest
from aioquic.buffer import Buffer
from aioquic.quic.packet import pull_quic_header
from hypothesis import given, settings
from hypothesis import strategies as st

from pathproof.reference import packet
from pathproof.reference.errors import Unreadable
from pathproof.reference.packet import PacketType

IDS = st.binary(max_size=20)
RETRY = bytes.fromhex("ff000000010008f067a5502a4262b5746f6b656e04a265ba2eff4d829058fb3f0f2496ba")
"""The Retry packet of RFC 9001 A.4."""
ORIGINAL = bytes.fromhex("8394c8f03e515708")


def read(datagram: bytes, offset: int = 0, length: int = 8, fixed_bit: bool = True) -> packet.Header:
    """The header at an offset, where connection IDs of ours have this length."""
    return packet.read_header(datagram, offset, lambda follows: length, fixed_bit)


@given(
    st.sampled_from([PacketType.INITIAL, PacketType.HANDSHAKE]), IDS, IDS, IDS, st.integers(1, 4), st.data()
)
def test_long_headers_are_read_as_written(
    kind: PacketType, destination: bytes, source: bytes, token: bytes, length: int, data: st.DataObject
) -> None:
    """Two coalesced packets: each has its own end, and the lengths were foretold."""
    token = token if kind is PacketType.INITIAL else b""
    size = data.draw(st.integers(0, 1200))
    head = packet.write_long_header(kind, destination, source, 7, length, size, token)
    whole = head + bytes(size + packet.TAG_LENGTH)
    for offset, datagram in ((0, whole), (3, b"abc" + whole), (0, whole + whole)):
        header = read(datagram, offset)
        assert (header.kind, header.version) == (kind, packet.VERSION)
        assert (header.destination, header.source, header.token) == (destination, source, token)
        assert (header.start, header.end) == (offset, offset + len(whole))
        assert header.number_offset == offset + len(head) - length
    assert packet.long_header_length(kind, destination, source, token) == len(head) - length


@given(st.sampled_from([PacketType.INITIAL, PacketType.HANDSHAKE]), IDS, IDS, IDS, st.integers(0, 1200))
def test_aioquic_reads_our_long_headers(
    kind: PacketType, destination: bytes, source: bytes, token: bytes, size: int
) -> None:
    """With the same connection IDs, token and length."""
    token = token if kind is PacketType.INITIAL else b""
    head = packet.write_long_header(kind, destination, source, 7, 2, size, token)
    theirs = pull_quic_header(Buffer(data=head + bytes(size + packet.TAG_LENGTH)), host_cid_length=8)
    assert theirs.packet_type.name == kind.name
    assert (theirs.destination_cid, theirs.source_cid, theirs.token) == (destination, source, token)
    assert theirs.packet_length == len(head) + size + packet.TAG_LENGTH


@given(IDS, st.integers(0, 2**62 - 1), st.integers(1, 4), st.integers(0, 1), st.booleans(), st.booleans())
def test_short_headers_are_read_as_written(
    destination: bytes, number: int, length: int, phase: int, spin: bool, fixed_bit: bool
) -> None:
    """Its connection ID has the length that the receiver knows."""
    head = packet.write_short_header(destination, number, length, phase, spin, fixed_bit)
    datagram = head + bytes(30)
    header = read(datagram, length=len(destination), fixed_bit=False)
    assert (header.kind, header.destination) == (PacketType.ONE_RTT, destination)
    assert (header.number_offset, header.end) == (1 + len(destination), len(datagram))
    assert head[0] >> 2 & 1 == phase
    assert head[-length:] == packet.write_number(number, length)


@settings(max_examples=500)
@given(
    st.one_of(
        st.binary(max_size=80),
        st.builds(
            lambda first, rest: bytes((first | 0xC0, 0, 0, 0, 1)) + rest, st.integers(0, 255), st.binary()
        ),
    ),
    st.integers(0, 5),
    st.integers(-1, 90),
    st.booleans(),
)
def test_any_bytes_are_a_header_or_unreadable(data: bytes, offset: int, length: int, fixed_bit: bool) -> None:
    """And what is read lies within the datagram, so that reading coalesced packets ends."""
    try:
        header = read(data, offset, length, fixed_bit)
    except Unreadable:
        return
    assert offset == header.start < header.number_offset <= header.end <= len(data)


@pytest.mark.parametrize(
    ("datagram", "says"),
    [
        ("", "no packet"),
        ("00" + 20 * "aa", "Fixed Bit"),
        ("8000000001" + "00" * 30, "Fixed Bit"),
        ("40" + 8 * "aa", "within the connection ID"),
        ("c000000001" + "15" + 21 * "aa" + "00", "20 bytes"),
        ("c00000000108aa", "within a connection ID"),
        ("c000000001000005aa", "within a long header"),  # the token
        ("c00000000100000005aa", "within a long header"),  # the payload
        ("e0000000010000", "within a long header"),  # Handshake without a length
        ("f0000000010000" + 15 * "aa", "within a long header"),  # Retry without a tag
    ],
)
def test_what_is_no_header_is_dropped(datagram: str, says: str) -> None:
    """Each reason once."""
    with pytest.raises(Unreadable, match=says):
        read(bytes.fromhex(datagram))


def test_the_fixed_bit_may_be_random_once_that_is_agreed() -> None:
    """A peer of an endpoint that sent grease_quic_bit clears it at will (RFC 9287 3.1)."""
    assert read(bytes(30), fixed_bit=False).kind is PacketType.ONE_RTT
    assert read(bytes.fromhex("a000000001000000"), fixed_bit=False).kind is PacketType.HANDSHAKE


def test_a_length_that_cannot_be_ours_is_unreadable() -> None:
    """A connection ID that encodes its length may say nonsense."""
    with pytest.raises(Unreadable):
        read(b"\x40" + bytes(30), length=-1)


@given(st.integers(2, 2**32 - 1), st.binary(max_size=255), st.binary(max_size=255), st.integers(0, 127))
def test_unknown_versions_are_answered(version: int, destination: bytes, source: bytes, unused: int) -> None:
    """With the connection IDs the other way round, however long they are (RFC 9000 17.2.1)."""
    ids = bytes((len(destination),)) + destination + bytes((len(source),)) + source
    odd = read(b"\x80" + version.to_bytes(4, "big") + ids + b"anything")
    assert (odd.kind, odd.destination, odd.source) == (PacketType.OTHER_VERSION, destination, source)
    answer = packet.write_version_negotiation(odd, unused, (packet.VERSION, 0x6B3343CF))
    header = read(answer)
    assert header.kind is PacketType.VERSION_NEGOTIATION
    assert (header.destination, header.source) == (source, destination)
    assert packet.versions_of(answer, header) == (packet.VERSION, 0x6B3343CF)
    assert answer[0] & 0x40


@pytest.mark.parametrize("versions", ["", "000000", "0000000100"])
def test_version_negotiation_with_no_version_or_half_a_one_is_dropped(versions: str) -> None:
    """RFC8999-6-09."""
    datagram = bytes.fromhex("c0000000000000" + versions)
    with pytest.raises(Unreadable):
        packet.versions_of(datagram, read(datagram))


def test_retry_of_rfc_9001() -> None:
    """A.4: the packet is written, and its tag checked, byte for byte."""
    header = read(RETRY)
    assert (header.kind, header.token, header.source.hex()) == (
        PacketType.RETRY,
        b"token",
        "f067a5502a4262b5",
    )
    assert packet.is_genuine(RETRY, header, ORIGINAL)
    assert packet.write_retry(b"", header.source, b"token", ORIGINAL, 0xF) == RETRY


@given(st.integers(0, len(RETRY) - 1), st.integers(1, 255))
def test_a_retry_with_any_byte_changed_is_not_genuine(place: int, flip: int) -> None:
    """It is another packet, unreadable, or its tag fails."""
    changed = bytearray(RETRY)
    changed[place] ^= flip
    try:
        header = read(bytes(changed))
    except Unreadable:
        return
    assert header.kind is not PacketType.RETRY or not packet.is_genuine(bytes(changed), header, ORIGINAL)


def test_a_retry_without_a_token_is_not_genuine() -> None:
    """However right its tag is (RFC 9000 17.2.5.2)."""
    retry = packet.write_retry(b"", b"id", b"", ORIGINAL)
    assert not packet.is_genuine(retry, read(retry), ORIGINAL)


@given(st.integers(0, 2**62 - 1), st.integers(0, 2**31 - 1), st.data())
def test_packet_numbers_come_back(number: int, waiting: int, data: st.DataObject) -> None:
    """Whatever arrived between what is acknowledged and the packet, its number is understood."""
    acknowledged = number - 1 - waiting
    length = (
        packet.length_of(number, acknowledged if acknowledged >= 0 else None) if waiting < 2**31 - 1 else 4
    )
    truncated = int.from_bytes(packet.write_number(number, length), "big")
    for largest in (max(acknowledged, -1), data.draw(st.integers(max(acknowledged, -1), number)), number - 1):
        assert packet.read_number(truncated, length, largest) == number


def test_the_length_of_a_long_header_has_two_bytes() -> None:
    """A longer payload is refused."""
    packet.write_long_header(PacketType.HANDSHAKE, b"", b"", 0, 4, packet.LONGEST)
    with pytest.raises(ValueError, match="too long"):
        packet.write_long_header(PacketType.HANDSHAKE, b"", b"", 0, 4, packet.LONGEST + 1)


def test_packet_numbers_of_rfc_9000() -> None:
    """A.2 and A.3, and the ends of what a length holds."""
    assert [packet.length_of(0xAC5C02, 0xABE8B3), packet.length_of(0xACE8FE, 0xABE8B3)] == [2, 3]
    assert packet.read_number(0x9B32, 2, 0xA82F30EA) == 0xA82F9B32
    assert [packet.length_of(n, None) for n in (0, 127, 128, 32767, 32768, 2**23, 2**31 - 1)] == [
        1, 1, 2, 2, 3, 4, 4,
    ]  # fmt: skip
    with pytest.raises(ValueError, match="too many"):
        packet.length_of(2**31, None)
