"""Integers, headers and version negotiation as aioquic reads them, and every known difference."""

from __future__ import annotations

import pytest
from aioquic.buffer import Buffer, encode_uint_var, size_uint_var
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.connection import QuicConnection, QuicConnectionState
from aioquic.quic.packet import (
    QuicErrorCode,
    QuicHeader,
    QuicPacketType,
    encode_quic_retry,
    encode_quic_version_negotiation,
    pull_quic_header,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec.wire_image.aioquic_side import Known
from tests.spec.wire_image.made import Made, garbled, made

from pathproof.spec.names import MAX_VARINT, ErrorCode
from pathproof.spec.wire_image import Malformed, decode, encode, item, varint

SERVER = ("192.0.2.1", 443)
NO_VERSION = Known(
    "a Version Negotiation packet without a version ends the attempt", "RFC8999-6-09", "ignored", "closed"
)
LONG = Known(
    "a connection ID of more than 20 bytes is not read in any version", "RFC8999-5.1-07", "read", "refused"
)


def header(data: bytes, length: int = 0) -> QuicHeader | None:
    """The header as aioquic reads it, or None if it refuses it."""
    try:
        return pull_quic_header(Buffer(data=data), host_cid_length=length)
    except ValueError:
        return None


@settings(deadline=None)
@given(st.integers(0, MAX_VARINT))
def test_integers_that_we_write(value: int) -> None:
    """The shortest form is the same, and longer forms are read."""
    assert encode_uint_var(value) == varint.write(value)
    assert size_uint_var(value) == varint.size_of(value)
    for size in varint.SIZES:
        if size >= varint.size_of(value):
            buffer = Buffer(data=varint.write(value, size))
            assert (buffer.pull_uint_var(), buffer.tell()) == (value, size)


@settings(deadline=None)
@given(st.binary(max_size=10))
def test_integers_from_any_bytes(data: bytes) -> None:
    """Both end within the integer, or read the same one."""
    buffer = Buffer(data=data)
    try:
        theirs = (buffer.pull_uint_var(), buffer.tell())
    except ValueError:
        theirs = None
    assert varint.read(data, 0) == theirs


def test_what_does_not_fit() -> None:
    """Neither writes an integer of 63 bits."""
    for write in (encode_uint_var, varint.write):
        with pytest.raises(ValueError, match="integer"):
            write(MAX_VARINT + 1)


def test_error_codes_are_those_of_aioquic() -> None:
    """It has one more, of an extension, and the first of the handshake's."""
    theirs = {code.name: int(code) for code in QuicErrorCode}
    assert theirs.pop("CRYPTO_ERROR") == 0x100
    assert theirs.pop("VERSION_NEGOTIATION_ERROR") == 0x11
    assert theirs == {code.name: int(code) for code in ErrorCode}


@pytest.mark.clause("RFC9000-17.3.1-13")
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_short_headers(data: st.DataObject) -> None:
    """1-RTT packets and resets have a header with the same connection ID; without a fixed bit none has."""
    one: Made = data.draw(made(item("one_rtt")))
    length = one.given["connection_id_length"]
    found = header(one.data, length)
    assert found is not None
    assert found.packet_type == QuicPacketType.ONE_RTT
    assert found.destination_cid == one.values["destination_connection_id"]
    assert header(bytes([one.data[0] ^ 0x40]) + one.data[1:], length) is None
    reset: Made = data.draw(made(item("stateless_reset")))
    assert header(reset.data, 8) is not None


@pytest.mark.clause("RFC8999-5.2-01", "RFC8999-5.2-05")
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_short_header(data: st.DataObject) -> None:
    """What is read as one has the connection ID that we read, and what ends within it is refused by both."""
    written = data.draw(garbled(item("short_header")))
    length = data.draw(st.integers(0, 20))
    written = bytes([0x40 | written[0] & 0x7F]) + written[1:] if written else b""
    found = header(written, length)
    try:
        ours = decode(item("short_header"), written, {"connection_id_length": length})
    except Malformed:
        assert found is None
    else:
        assert found is not None
        assert found.destination_cid == ours.values["destination_connection_id"]


@settings(max_examples=60, deadline=None)
@given(*[st.binary(max_size=20)] * 3, st.sampled_from([1, 0x6B3343CF]))
def test_long_headers_that_aioquic_writes(
    destination: bytes, source: bytes, token: bytes, version: int
) -> None:
    """Retry packets, the plainest of them, of both versions that it has."""
    written = encode_quic_retry(version, source, destination, b"original", token)
    found = decode(item("long_header"), written).values
    assert (found["version"], found["destination_connection_id"]) == (version, destination)
    assert found["source_connection_id"] == source
    assert bytes(found["version_specific_data"])[:-16] == token


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_version_negotiation(data: st.DataObject) -> None:
    """What we write is read alike, whatever the unused bits are, and what aioquic writes as well."""
    one: Made = data.draw(made(item("version_negotiation")))
    found, values = header(one.data), one.values
    names = ("destination_connection_id", "source_connection_id")
    cids = {name: bytes(values[name]) for name in names}
    if any(len(cid) > 20 for cid in cids.values()):
        assert found is None
        return
    assert found is not None
    assert (found.destination_cid, found.source_cid) == (*cids.values(),)
    first, further = values["first_version"], bytes(values["further_versions"])
    rest = [int.from_bytes(further[at : at + 4], "big") for at in range(0, len(further), 4)]
    assert found.supported_versions == [first, *rest]
    again = encode_quic_version_negotiation(found.source_cid, found.destination_cid, found.supported_versions)
    assert decode(item("version_negotiation"), again).values == {**values, "unused": again[0] & 0x7F}


def test_connection_ids_that_are_too_long_for_version_1() -> None:
    """aioquic reads none, though lengths mean the same in every version, and a server should read them."""
    for length in range(256):
        values = {
            "version_specific_bits": 0x40,
            "version": 0x0A0A0A0A,
            "destination_connection_id_length": length,
            "destination_connection_id": b"d" * length,
            "source_connection_id_length": 0,
            "source_connection_id": b"",
            "version_specific_data": b"\x00\x00\x00",
        }
        written = encode(item("long_header"), values)
        assert decode(item("long_header"), written).values == {**values, "header_form": 1}
        outcome = LONG.ours if header(written) else LONG.theirs
        assert outcome == (LONG.ours if length <= 20 else LONG.theirs)


def answered(versions: bytes) -> str:
    """What a client of aioquic does when its first packet is answered with this list of versions."""
    client = QuicConnection(configuration=QuicConfiguration(is_client=True))
    client.connect(SERVER, now=0.0)
    first = pull_quic_header(Buffer(data=client.datagrams_to_send(now=0.0)[0][0]))
    answer = encode_quic_version_negotiation(first.destination_cid, first.source_cid, [])
    client.receive_datagram(answer + versions, SERVER, now=0.1)
    return "closed" if client._state == QuicConnectionState.TERMINATED else "ignored"


@pytest.mark.clause("RFC8999-6-09")
def test_version_negotiation_without_a_whole_version() -> None:
    """Both drop one that is cut short; one without any version ends an attempt of aioquic, and must not."""
    head = bytes.fromhex("80000000000000")
    for size in range(1, 12):
        try:
            decode(item("version_negotiation"), head + b"v" * size)
            ours = True
        except Malformed:
            ours = False
        assert ours == (header(head + b"v" * size) is not None) == (size % 4 == 0)
    with pytest.raises(Malformed) as raised:
        decode(item("version_negotiation"), head)
    assert raised.value.error == "drop"
    assert answered(b"\x0a\x0a") == "ignored"
    assert answered(b"\x00\x00\x00\x01") == "ignored"
    assert answered(b"\x0a\x0a\x0a\x0a") == "closed"
    assert (NO_VERSION.ours, answered(b"")) == ("ignored", NO_VERSION.theirs)
