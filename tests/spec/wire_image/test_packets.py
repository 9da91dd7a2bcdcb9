"""What makes packets and connection IDs be dropped, and what ends the connection."""

from __future__ import annotations

import pytest

from pathproof.spec.wire_image import Malformed, decode, encode, item


def refused(name: str, data: bytes, optional: bool = False, **given: int) -> str:
    """The error that these bytes are refused with as this item, or nothing."""
    try:
        decode(item(name), data, given, optional)
    except Malformed as error:
        return error.error
    return ""


@pytest.mark.clause("RFC9000-17.3.1-06", "RFC9000-17.3.1-08", "RFC9000-17.3.1-09")
def test_every_first_byte_of_a_1_rtt_packet() -> None:
    """A long header is another item, a packet has the fixed bit set, and reserved bits are zero."""
    for first in range(256):
        found = refused("one_rtt", bytes([first]) + b"\x00" * 4 + b"\x01", connection_id_length=0)
        if first & 0xC0 != 0x40:
            assert found == "drop"
        else:
            assert found == ("PROTOCOL_VIOLATION" if first & 0x18 else "")


@pytest.mark.clause("RFC9000-12.4-03", "RFC9000-12.4-04", "RFC9000-17.3.1-16")
def test_a_1_rtt_packet_without_a_frame() -> None:
    """A header alone ends the connection; one that is cut off itself is dropped."""
    for number_length in range(4):
        header = bytes([0x40 + number_length]) + b"d" * 8 + b"n" * (number_length + 1)
        assert refused("one_rtt", header + b"\x00", connection_id_length=8) == ""
        assert refused("one_rtt", header, connection_id_length=8) == "PROTOCOL_VIOLATION"
        for end in range(len(header)):
            assert refused("one_rtt", header[:end], connection_id_length=8) == "drop"


@pytest.mark.clause("RFC9000-17.3.1-03")
def test_connection_ids_of_1_rtt_packets() -> None:
    """They have 0 to 20 bytes, and no other length can be asked for."""
    for length in (-(2**70), -1, 0, 20, 21, 255, 2**70):
        data = b"\x40" + b"d" * min(max(0, length), 300) + b"n\x01"
        assert refused("one_rtt", data, connection_id_length=length) == ("" if 0 <= length <= 20 else "drop")


@pytest.mark.clause("RFC8999-6-09")
def test_version_negotiation_without_a_whole_version() -> None:
    """No version, or one cut short, and the packet is ignored."""
    head = bytes.fromhex("80000000000000")
    for size in range(41):
        expected = "" if size and size % 4 == 0 else "drop"
        assert refused("version_negotiation", head + b"v" * size) == expected


@pytest.mark.clause("RFC8999-5.1-01")
def test_long_headers_that_end_too_early() -> None:
    """Each proper prefix of the part that all versions share is dropped."""
    header = bytes.fromhex("c0000000010411223344025566")
    assert [refused("long_header", header[:end]) for end in range(len(header))] == ["drop"] * len(header)
    assert refused("long_header", header) == ""


@pytest.mark.clause("RFC8999-5.2-01")
def test_short_headers_that_end_too_early() -> None:
    """Each proper prefix of the first byte and the connection ID is dropped."""
    for length in (0, 1, 20):
        header = b"\x40" + b"d" * length
        assert [
            refused("short_header", header[:end], connection_id_length=length) for end in range(len(header))
        ] == ["drop"] * len(header)
        assert refused("short_header", header, connection_id_length=length) == ""


@pytest.mark.clause("RFC9000-10.3-14", "RFC9000-10.3-19")
def test_resets_that_are_too_small() -> None:
    """Under 21 bytes a datagram is no packet of this version, and so no reset."""
    for size in range(64):
        data = (b"\x40" + b"u" * size)[:size]
        assert refused("stateless_reset", data) == ("" if size >= 21 else "drop")


@pytest.mark.clause("QUICLB-3.1-02", "QUICLB-4.1-02")
def test_configuration_7_cannot_be_routed() -> None:
    """The other seven can, whatever the low bits of the first octet are."""
    for first in range(256):
        data = bytes([first]) + b"s" + b"n" * 4
        expected = "drop" if first >> 5 == 7 else ""
        assert refused("quic_lb_plaintext", data, server_id_length=1, nonce_length=4) == expected
        assert refused("quic_lb_encrypted", data, block_length=5) == expected


@pytest.mark.clause("QUICLB-5.1-03", "QUICLB-5.3-04", "QUICLB-5.3-05", "QUICLB-5.3-06", "QUICLB-4.1-03")
def test_lengths_of_server_id_and_nonce() -> None:
    """1 and 4 bytes at least and 19 at most together, in a connection ID of at most 20 bytes."""
    for server in (*range(-1, 21), 2**70):
        for nonce in (*range(-1, 21), 2**70):
            sound = server >= 1 and nonce >= 4 and server + nonce <= 19
            for size in range(23):
                fits = 1 + server + nonce <= size <= 20
                found = refused("quic_lb_plaintext", bytes(size), server_id_length=server, nonce_length=nonce)
                assert found == ("" if sound and fits else "drop")


@pytest.mark.clause("QUICLB-5.3-04", "QUICLB-5.3-06", "QUICLB-5.4-04", "QUICLB-4.1-03")
def test_lengths_of_the_ciphertext() -> None:
    """5 to 19 bytes, and further bytes of the server up to 20 in all."""
    for block in (*range(-1, 23), 2**70):
        for size in range(23):
            fits = 5 <= block <= 19 and 1 + block <= size <= 20
            assert refused("quic_lb_encrypted", bytes(size), block_length=block) == ("" if fits else "drop")


@pytest.mark.clause("QUICLB-3.2-05", "QUICLB-3.2-10")
def test_unroutable_connection_ids_say_how_long_they_are() -> None:
    """Any other length is wrong, beyond 20 bytes none is right, and under 8 bytes it may be refused."""
    for length in range(32):
        for held in range(34):
            data = bytes([0xE0 + length]) + b"r" * held
            right = length == held and held <= 19
            assert refused("quic_lb_unroutable", data) == ("" if right else "drop")
            expected = "" if right and length >= 7 else "drop"
            assert refused("quic_lb_unroutable", data, optional=True) == expected
    with pytest.raises(Malformed):
        encode(item("quic_lb_unroutable"), {"length_self_description": 6, "random_bytes": bytes(6)})
