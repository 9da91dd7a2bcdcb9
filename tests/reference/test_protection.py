"""Packet protection: the samples of RFC 9001 appendix A, aioquic's packets, and what does not open."""

from __future__ import annotations

import pytest
from aioquic.quic.crypto import CryptoContext
from aioquic.tls import CipherSuite
from hypothesis import given
from hypothesis import strategies as st

from pathproof.reference import packet
from pathproof.reference.errors import ProtocolError, Undecryptable, Unreadable, name_of
from pathproof.reference.frames import Ack, Crypto, read_frames
from pathproof.reference.keys import initial_keys, keys_of, next_keys
from pathproof.reference.packet import PacketType, read_header
from pathproof.reference.protection import (
    CONFIDENTIALITY_LIMIT,
    INTEGRITY_LIMIT,
    Failures,
    Protection,
    counted,
)

SUITES = list(CONFIDENTIALITY_LIMIT)
ORIGINAL = bytes.fromhex("8394c8f03e515708")
SERVER_PAYLOAD = bytes.fromhex(
    "02000000000600405a020000560303eefce7f7b37ba1d1632e96677825ddf73988cfc79825df566dc5430b9a045a1200130100"
    "002e00330024001d00209d3c940d89690b84d08a60993c144eca684d1081287c834d5311bcf32bb9da1a002b00020304"
)
SERVER_HEADER = bytes.fromhex("c1000000010008f067a5502a4262b50040750001")
SERVER_PACKET = bytes.fromhex(
    "cf000000010008f067a5502a4262b5004075c0d95a482cd0991cd25b0aac406a5816b6394100f37a1c69797554780bb38cc5a9"
    "9f5ede4cf73c3ec2493a1839b3dbcba3f6ea46c5b7684df3548e7ddeb9c3bf9c73cc3f3bded74b562bfb19fb84022f8ef4cdd9"
    "3795d77d06edbb7aaf2f58891850abbdca3d20398c276456cbc42158407dd074ee"
)
"""The server's Initial packet of RFC 9001 A.3."""
CLIENT_CRYPTO = bytes.fromhex(
    "060040f1010000ed0303ebf8fa56f12939b9584a3896472ec40bb863cfd3e86804fe3a47f06a2b69484c000004130113020100"
    "00c000000010000e00000b6578616d706c652e636f6dff01000100000a00080006001d0017001800100007000504616c706e00"
    "05000501000000000033002600"
    "24001d00209370b2c9caa47fbabaf4559fedba753de171fa71f50f1ce15d43e994ec74d748002b0003020304000d0010000e04"
    "03050306030203080408050806002d00020101001c00024001003900320408ffffffffffffffff05048000ffff07048000ffff"
    "0801100104800075300901100f088394c8f03e51570806048000ffff"
)
"""The CRYPTO frame of RFC 9001 A.2, which PADDING makes 1162 bytes long."""


def one_way(suite: CipherSuite) -> tuple[Protection, Protection]:
    """Two sides, of which the first seals for the second."""
    keys = keys_of(suite, bytes(range(48 if suite == CipherSuite.AES_256_GCM_SHA384 else 32)))
    return Protection(write=keys), Protection(read=keys)


def short(number: int, length: int) -> bytes:
    """A short header to an empty connection ID."""
    return packet.write_short_header(b"", number, length)


def test_server_initial_of_rfc_9001() -> None:
    """A.3, sealed and opened."""
    server, client = Protection.initial(ORIGINAL), Protection.initial(ORIGINAL, client=True)
    assert server.seal(SERVER_HEADER, SERVER_PAYLOAD, 1) == SERVER_PACKET
    opened = client.open(SERVER_PACKET, read_header(SERVER_PACKET, 0, len), -1)
    assert opened == (1, SERVER_PAYLOAD, 0xC1)
    ack, crypto = read_frames(SERVER_PAYLOAD, PacketType.INITIAL)
    assert isinstance(ack, Ack) and isinstance(crypto, Crypto)
    assert (ack.ranges, len(crypto.data)) == (((0, 0),), 90)


def test_client_initial_of_rfc_9001() -> None:
    """A.2: the header is the sample's, and the packet begins and ends as printed there."""
    client, server = Protection.initial(ORIGINAL, client=True), Protection.initial(ORIGINAL)
    payload = CLIENT_CRYPTO.ljust(1162, b"\0")
    header = packet.write_long_header(PacketType.INITIAL, ORIGINAL, b"", 2, 4, len(payload))
    assert header.hex() == "c300000001088394c8f03e5157080000449e00000002"
    sealed = client.seal(header, payload, 2)
    assert sealed[:22].hex() == "c000000001088394c8f03e5157080000449e7b9aec34"
    assert (sealed[22:38].hex(), sealed[-16:].hex()) == (
        "d1b1c98dd7689fb8ec11d242b123dc9b",
        "e221af44860018ab0856972e194cd934",
    )
    assert len(sealed) == 1200
    assert server.open(sealed, read_header(sealed, 0, len), -1)[:2] == (2, payload)


def test_chacha20_packet_of_rfc_9001() -> None:
    """A.5, with the secret after it."""
    secret = bytes.fromhex("9ac312a7f877468ebe69422748ad00a15443f18203a07d6060f688f30f21632b")
    keys = keys_of(CipherSuite.CHACHA20_POLY1305_SHA256, secret)
    sealed = keys.seal(bytes.fromhex("4200bff4"), b"\x01", 654360564)
    assert sealed.hex() == "4cfe4189655e5cd55c41f69080575d7999c25a5bfb"
    header = read_header(sealed, 0, lambda follows: 0)
    assert Protection(read=keys).open(sealed, header, 654360563) == (654360564, b"\x01", 0x42)
    assert next_keys(keys).secret.hex() == "1223504755036d556342ee9361d253421a826c9ecdf3c7148684b36b714881f9"


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
@given(
    st.binary(min_size=3, max_size=1300), st.integers(0, 2**62 - 1), st.integers(1, 4), st.binary(max_size=9)
)
def test_aioquic_opens_what_is_sealed(
    suite: CipherSuite, payload: bytes, number: int, length: int, before: bytes
) -> None:
    """With each cipher suite, at any place in a datagram; and what aioquic seals is opened."""
    sender, receiver = one_way(suite)
    assert sender.write is not None
    theirs = CryptoContext()
    theirs.setup(cipher_suite=suite, secret=sender.write.secret, version=packet.VERSION)
    header = short(number, length)
    sealed = sender.seal(header, payload, number)
    assert sealed == theirs.encrypt_packet(header, payload, number)
    assert theirs.decrypt_packet(sealed, 1, number)[:3] == (header, payload, number)
    there = read_header(before + sealed, len(before), lambda follows: 0)
    assert receiver.open(before + sealed, there, number - 1) == (number, payload, header[0])


@given(st.data(), st.sampled_from(SUITES))
def test_a_packet_with_any_bit_changed_does_not_open(data: st.DataObject, suite: CipherSuite) -> None:
    """It is dropped and counted, whichever bit of header, number, payload or tag it is."""
    sender, receiver = one_way(suite)
    sealed = bytearray(sender.seal(short(7, 2), b"payload", 7))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= 1 << data.draw(st.integers(0, 5 if place == 0 else 7))
    with pytest.raises(Undecryptable):
        receiver.open(bytes(sealed), read_header(bytes(sealed), 0, lambda follows: 0), 6)
    assert receiver.failures.count == 1


@given(st.binary(max_size=100))
def test_any_bytes_do_not_open(data: bytes) -> None:
    """Nothing but Undecryptable comes of them."""
    _, receiver = one_way(CipherSuite.AES_128_GCM_SHA256)
    try:
        header = read_header(data, 0, lambda follows: 4)
    except Unreadable:
        return
    with pytest.raises(Undecryptable):
        receiver.open(data, header, -1)


def test_a_packet_too_short_for_a_sample_is_dropped_uncounted() -> None:
    """RFC9001-5.4.2-05: nothing was decrypted. A sender makes no such packet (RFC9001-5.4.2-06)."""
    sender, receiver = one_way(CipherSuite.AES_128_GCM_SHA256)
    sealed = sender.seal(short(0, 1), b"123", 0)
    assert len(sealed) == 21
    with pytest.raises(Undecryptable, match="sample"):
        receiver.open(sealed[:-1], read_header(sealed[:-1], 0, lambda follows: 0), -1)
    assert receiver.failures.count == 0
    with pytest.raises(ValueError, match="fewer than 4"):
        sender.seal(short(0, 1), b"12", 0)


@pytest.mark.parametrize("header", ["48", "50", "58"])
def test_reserved_bits_of_short_headers_end_the_connection(header: str) -> None:
    """RFC9000-17.3.1-09: only in an authentic packet."""
    sender, receiver = one_way(CipherSuite.AES_128_GCM_SHA256)
    sealed = sender.seal(bytes.fromhex(header) + b"\0", b"frames", 0)
    with pytest.raises(ProtocolError, match="PROTOCOL_VIOLATION"):
        receiver.open(sealed, read_header(sealed, 0, lambda follows: 0), -1)


def test_reserved_bits_of_long_headers_end_the_connection() -> None:
    """RFC 9000 17.2."""
    client, server = Protection.initial(ORIGINAL, client=True), Protection.initial(ORIGINAL)
    header = bytearray(packet.write_long_header(PacketType.INITIAL, ORIGINAL, b"", 0, 1, 6))
    header[0] |= 0x04
    sealed = client.seal(bytes(header), b"frames", 0)
    with pytest.raises(ProtocolError, match="PROTOCOL_VIOLATION"):
        server.open(sealed, read_header(sealed, 0, len), -1)


def test_without_keys_nothing_is_sealed_or_opened() -> None:
    """Before there are keys, and after they are discarded (RFC 9001 4.9)."""
    sender, receiver = one_way(CipherSuite.AES_128_GCM_SHA256)
    sealed = sender.seal(short(0, 1), b"frames", 0)
    receiver.discard()
    sender.discard()
    with pytest.raises(Undecryptable):
        receiver.open(sealed, read_header(sealed, 0, lambda follows: 0), -1)
    with pytest.raises(ValueError, match="no keys"):
        sender.seal(short(1, 1), b"frames", 1)


@pytest.mark.parametrize("suite", SUITES, ids=lambda suite: suite.name)
def test_limits_of_the_aead_end_the_connection(suite: CipherSuite) -> None:
    """The last packet below each limit is still sealed or dropped, and the next one is too many."""
    limit = CONFIDENTIALITY_LIMIT[suite]
    assert counted(limit - 1, suite) == limit
    failures = Failures(INTEGRITY_LIMIT[suite] - 1)
    failures.note(suite)
    for one_too_many in (lambda: counted(limit, suite), lambda: failures.note(suite)):
        with pytest.raises(ProtocolError) as caught:
            one_too_many()
        assert name_of(caught.value.code) == "AEAD_LIMIT_REACHED"


def test_all_spaces_count_into_one_limit() -> None:
    """Packets that fail to open are counted over the whole connection (RFC 9001 6.6)."""
    failures = Failures(INTEGRITY_LIMIT[CipherSuite.AES_128_GCM_SHA256])
    server = Protection.initial(ORIGINAL, failures=failures)
    sealed = Protection(write=initial_keys(b"another one")[0]).seal(SERVER_HEADER, SERVER_PAYLOAD, 1)
    with pytest.raises(ProtocolError, match="AEAD_LIMIT_REACHED"):
        server.open(sealed, read_header(sealed, 0, len), -1)
