"""Where each field lies, on bytes that were put together by hand from the figures of the RFCs."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from pathproof.spec.wire_image import decode, encode, item, load
from pathproof.spec.wire_image.amount import Value

LONG = "c0" + "00000001" + "02" + "d1d2" + "03" + "a1a2a3"
TOKEN = bytes(range(0xA0, 0xB0))


def lies(
    name: str,
    written: str,
    values: Mapping[str, Value],
    given: Mapping[str, int] | None = None,
    fixed: int = 0,
) -> None:
    """Bytes and values are two ways to say the same; `fixed` fields are not among the values."""
    data = bytes.fromhex(written)
    found = decode(item(name), data, given).values
    assert {field: found[field] for field in values} == values
    assert len(found) == len(values) + fixed
    assert encode(item(name), values, given) == data


@pytest.mark.clause("RFC9000-12.4-06", "RFC9000-19.15-02")
def test_new_connection_id() -> None:
    """Type, two integers, one byte of length, that many bytes, and 16 bytes of token."""
    values = {
        "sequence_number": 1 << 29,
        "retire_prior_to": 100,
        "length": 3,
        "connection_id": b"\xc1\xc2\xc3",
        "stateless_reset_token": TOKEN,
    }
    lies("NEW_CONNECTION_ID", "18" + "a0000000" + "4064" + "03" + "c1c2c3" + TOKEN.hex(), values, fixed=1)


@pytest.mark.clause("RFC9000-19.16-05")
def test_retire_connection_id() -> None:
    """Type and one integer."""
    lies("RETIRE_CONNECTION_ID", "19" + "c000000100000000", {"sequence_number": 1 << 32}, fixed=1)


@pytest.mark.clause("RFC9000-19.17-02", "RFC9000-19.18-02", "RFC9000-19.18-03")
def test_path_frames() -> None:
    """Type and eight bytes, in both of them."""
    lies("PATH_CHALLENGE", "1a" + "0001020304050607", {"data": bytes(range(8))}, fixed=1)
    lies("PATH_RESPONSE", "1b" + "0001020304050607", {"data": bytes(range(8))}, fixed=1)
    assert load()["PATH_CHALLENGE"].fields[1].width == load()["PATH_RESPONSE"].fields[1].width


@pytest.mark.clause(
    "RFC9000-18.2-44",
    "RFC9000-18.2-45",
    "RFC9000-18.2-46",
    "RFC9000-18.2-47",
    "RFC9000-18.2-48",
    "RFC9000-18.2-49",
    "RFC9000-18.2-50",
    "RFC9000-18.2-52",
)
def test_preferred_address() -> None:
    """Both addresses with their ports, the connection ID behind its length, and the token."""
    ipv6 = "20010db8000000000000000000000001"
    values = {
        "ipv4_address": bytes([192, 0, 2, 1]),
        "ipv4_port": 443,
        "ipv6_address": bytes.fromhex(ipv6),
        "ipv6_port": 0x1234,
        "connection_id_length": 2,
        "connection_id": b"\xc1\xc2",
        "stateless_reset_token": TOKEN,
    }
    lies("preferred_address", "c0000201" + "01bb" + ipv6 + "1234" + "02" + "c1c2" + TOKEN.hex(), values)


@pytest.mark.clause(
    "RFC9000-18.2-01", "RFC9000-18.2-07", "RFC9000-18.2-10", "RFC9000-18.2-41", "RFC9000-18.2-56"
)
def test_other_parameters() -> None:
    """Integers have the variable length, a token 16 bytes, a flag none, and a connection ID all there are."""
    lies("active_connection_id_limit", "08", {"value": 8})
    lies("max_udp_payload_size", "45c0", {"value": 1472})
    lies("stateless_reset_token", TOKEN.hex(), {"stateless_reset_token": TOKEN})
    lies("disable_active_migration", "", {})
    for name in ("original_destination", "initial_source", "retry_source"):
        lies(f"{name}_connection_id", "c1c2c3", {"connection_id": b"\xc1\xc2\xc3"})
        lies(f"{name}_connection_id", "", {"connection_id": b""})


def test_parameters_have_their_identifiers_and_senders() -> None:
    """As RFC 9000, Section 18.2, assigns them; four are for servers alone."""
    parameters = [found for found in load().values() if found.kind == "parameter"]
    assert {found.name: found.identifier for found in parameters} == {
        "original_destination_connection_id": 0x00,
        "stateless_reset_token": 0x02,
        "max_udp_payload_size": 0x03,
        "disable_active_migration": 0x0C,
        "preferred_address": 0x0D,
        "active_connection_id_limit": 0x0E,
        "initial_source_connection_id": 0x0F,
        "retry_source_connection_id": 0x10,
    }
    assert {found.name for found in parameters if found.sender == "server"} == {
        "original_destination_connection_id",
        "stateless_reset_token",
        "preferred_address",
        "retry_source_connection_id",
    }


@pytest.mark.clause(
    "RFC8999-4-01",
    "RFC8999-4-02",
    "RFC8999-5-03",
    "RFC8999-5.1-01",
    "RFC8999-5.1-02",
    "RFC8999-5.1-04",
    "RFC8999-5.1-05",
    "RFC8999-5.1-06",
    "RFC8999-5.1-07",
    "RFC8999-5.1-08",
    "RFC8999-5.1-09",
    "RFC8999-5.1-10",
)
def test_long_header() -> None:
    """One bit, seven of the version, four bytes of version, and both connection IDs behind their lengths."""
    values = {
        "version_specific_bits": 0x40,
        "version": 1,
        "destination_connection_id_length": 2,
        "destination_connection_id": b"\xd1\xd2",
        "source_connection_id_length": 3,
        "source_connection_id": b"\xa1\xa2\xa3",
        "version_specific_data": b"rest",
    }
    lies("long_header", LONG + b"rest".hex(), values, fixed=1)
    longest = "80" + "00000001" + "ff" + "d1" * 255 + "ff" + "a1" * 255
    assert decode(item("long_header"), bytes.fromhex(longest)).values["source_connection_id"] == b"\xa1" * 255


@pytest.mark.clause(
    "RFC8999-6-03", "RFC8999-6-04", "RFC8999-6-05", "RFC8999-6-06", "RFC8999-6-07", "RFC8999-6-08"
)
def test_version_negotiation() -> None:
    """A long header with version 0 and a list of versions; the seven unused bits may be anything."""
    values = {
        "unused": 0x2A,
        "destination_connection_id_length": 1,
        "destination_connection_id": b"\xd1",
        "source_connection_id_length": 0,
        "source_connection_id": b"",
        "first_version": 1,
        "further_versions": bytes.fromhex("6b3343cf"),
    }
    written = "aa" + "00000000" + "01" + "d1" + "00" + "00000001" + "6b3343cf"
    lies("version_negotiation", written, values, fixed=2)
    for unused in range(128):
        assert decode(item("version_negotiation"), bytes([0x80 + unused, *bytes.fromhex(written[2:])]))
    header = decode(item("long_header"), bytes.fromhex(written)).values
    assert header["version"] == 0
    assert header["destination_connection_id"] == values["destination_connection_id"]


@pytest.mark.clause(
    "RFC8999-5-03", "RFC8999-5.2-01", "RFC8999-5.2-02", "RFC8999-5.2-03", "RFC8999-5.2-04", "RFC8999-5.2-05"
)
def test_short_header() -> None:
    """One bit, seven of the version, and a connection ID whose length is known beforehand or not at all."""
    for length in (0, 2, 20, 21, 300):
        values = {
            "version_specific_bits": 0x7F,
            "destination_connection_id": b"\xd1" * length,
            "version_specific_data": b"rest",
        }
        given = {"connection_id_length": length}
        lies("short_header", "7f" + "d1" * length + b"rest".hex(), values, given, fixed=1)


@pytest.mark.clause(
    "RFC9000-17.3.1-01",
    "RFC9000-17.3.1-03",
    "RFC9000-17.3.1-04",
    "RFC9000-17.3.1-05",
    "RFC9000-17.3.1-11",
    "RFC9000-17.3.1-14",
)
def test_one_rtt() -> None:
    """Six fields in the first byte; the last of them is one less than the bytes of the packet number."""
    for length in range(4):
        values = {
            "fixed_bit": 1,
            "spin_bit": 1,
            "reserved_bits": 0,
            "key_phase": 1,
            "packet_number_length": length,
            "destination_connection_id": b"\xd1\xd2",
            "packet_number": b"\x0f" * (length + 1),
            "packet_payload": b"\x01",
        }
        written = f"{0b01100100 + length:02x}" + "d1d2" + "0f" * (length + 1) + "01"
        lies("one_rtt", written, values, {"connection_id_length": 2}, fixed=1)


@pytest.mark.clause("RFC9000-10.3-11", "RFC9000-10.3-12", "RFC9000-10.3-20")
def test_stateless_reset() -> None:
    """The first two bits of a short header, noise, and the token in the last 16 bytes."""
    values = {"unpredictable_bits": 0x2A, "unpredictable_bytes": b"noise", "stateless_reset_token": TOKEN}
    lies("stateless_reset", "6a" + b"noise".hex() + TOKEN.hex(), values, fixed=1)
    as_short = decode(
        item("short_header"), bytes.fromhex("6a" + "00" * 4) + TOKEN, {"connection_id_length": 0}
    )
    assert as_short.values["version_specific_bits"] == 0x6A


@pytest.mark.clause(
    "QUICLB-3-01", "QUICLB-3.1-01", "QUICLB-3.3-02", "QUICLB-3.4-01", "QUICLB-5.2-01", "QUICLB-5.4-04"
)
def test_quic_lb() -> None:
    """Two plaintext and four ciphertext connection IDs that Appendix B of the draft publishes.

    Its second one is printed with two digits out of place (20a... for 2a..., and a nonce of nine digits), and
    its last one with configuration 3 for bytes that say 0.
    """
    for written, config, server, nonce in (
        ("07c4605e4504cc4f", 0, "c4605e", "4504cc4f"),
        ("2a350d28b42003487d970b", 1, "350d28b420", "03487d970b"),
    ):
        values = {
            "config_rotation": config,
            "length_self_description": len(written) // 2 - 1,
            "server_id": bytes.fromhex(server),
            "nonce": bytes.fromhex(nonce),
            "server_use": b"",
        }
        given = {"server_id_length": len(server) // 2, "nonce_length": len(nonce) // 2}
        lies("quic_lb_plaintext", written, values, given)
    for written, config in (
        ("0720b1d07b359d3c", 0),
        ("2fcc381bc74cb4fbad2823a3d1f8fed2", 1),
        ("504dd2d05a7b0de9b2b9907afb5ecf8cc3", 2),
        ("125779c9cc86beb3a3a4a3ca96fce4bfe0cdbc", 0),
    ):
        block = len(written) // 2 - 1
        values = {
            "config_rotation": config,
            "length_self_description": block,
            "ciphertext": bytes.fromhex(written[2:]),
            "server_use": b"",
        }
        lies("quic_lb_encrypted", written, values, {"block_length": block})


@pytest.mark.clause("QUICLB-3.2-04", "QUICLB-3.2-05")
def test_quic_lb_unroutable() -> None:
    """Three bits that are set, five of length, and that many bytes."""
    values = {"length_self_description": 7, "random_bytes": b"randoms"}
    lies("quic_lb_unroutable", "e7" + b"randoms".hex(), values, fixed=1)
