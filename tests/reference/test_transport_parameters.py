"""Transport parameters: what is written is read, aioquic reads it too, and each rule is kept."""

from __future__ import annotations

import pytest
from aioquic.buffer import Buffer
from aioquic.quic.packet import pull_quic_transport_parameters
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.reference.made_frames import NUMBERS

from pathproof.reference import transport_parameters
from pathproof.reference.errors import ProtocolError, name_of
from pathproof.reference.transport_parameters import (
    PreferredAddress,
    TransportParameters,
    authenticate_client,
    authenticate_server,
)
from pathproof.reference.transport_parameters.layout import INTEGERS
from pathproof.spec.wire_image import Malformed, encode_parameters
from pathproof.spec.wire_image.parameters import by_identifier

IDS = st.binary(max_size=20)
TOKENS = st.binary(min_size=16, max_size=16)
PREFERRED = st.builds(
    PreferredAddress,
    st.binary(min_size=4, max_size=4),
    st.integers(0, 65535),
    st.binary(min_size=16, max_size=16),
    st.integers(0, 65535),
    st.binary(min_size=1, max_size=20),
    TOKENS,
)
COMMON = {
    "max_idle_timeout": NUMBERS,
    "max_udp_payload_size": st.integers(1200, 2**62 - 1),
    "initial_max_data": NUMBERS,
    "initial_max_stream_data_bidi_local": NUMBERS,
    "initial_max_stream_data_bidi_remote": NUMBERS,
    "initial_max_stream_data_uni": NUMBERS,
    "initial_max_streams_bidi": st.integers(0, 2**60),
    "initial_max_streams_uni": st.integers(0, 2**60),
    "ack_delay_exponent": st.integers(0, 20),
    "max_ack_delay": st.integers(0, 2**14 - 1),
    "disable_active_migration": st.booleans(),
    "active_connection_id_limit": st.integers(2, 2**62 - 1),
    "grease_quic_bit": st.booleans(),
}
OF_SERVERS = {
    "original_destination_connection_id": st.none() | IDS,
    "stateless_reset_token": st.none() | TOKENS,
    "preferred_address": st.none() | PREFERRED,
    "retry_source_connection_id": st.none() | IDS,
}
CLIENTS = st.builds(TransportParameters, initial_source_connection_id=st.none() | IDS, **COMMON)
SERVERS = st.builds(
    TransportParameters,
    initial_source_connection_id=st.none() | st.binary(min_size=1, max_size=20),
    **OF_SERVERS,
    **COMMON,
)


@settings(max_examples=200)
@given(SERVERS, st.binary(max_size=5))
def test_a_server_s_parameters_are_read_as_written(parameters: TransportParameters, reserved: bytes) -> None:
    """With a reserved parameter among them that nobody knows (RFC 9000 18.1)."""
    data = transport_parameters.write(parameters, [(31 * 7 + 27, reserved)])
    assert transport_parameters.read(data, sender_is_server=True) == parameters


@settings(max_examples=200)
@given(CLIENTS)
def test_aioquic_reads_a_client_s_parameters(parameters: TransportParameters) -> None:
    """The same values; what has its default is left out."""
    data = transport_parameters.write(parameters)
    assert transport_parameters.read(data, sender_is_server=False) == parameters
    theirs = pull_quic_transport_parameters(Buffer(data=data))
    for name in (*COMMON, "initial_source_connection_id"):
        if name == "grease_quic_bit":
            continue
        value = getattr(parameters, name)
        default = getattr(TransportParameters(), name)
        assert getattr(theirs, name) == value or (value == default and not getattr(theirs, name))


@settings(max_examples=500)
@given(
    st.one_of(
        st.binary(max_size=80),
        st.lists(st.tuples(st.integers(0, 18), st.binary(max_size=50)), max_size=6).map(encode_parameters),
    ),
    st.booleans(),
)
def test_any_bytes_are_read_or_refused(data: bytes, server: bool) -> None:
    """With no other error than TRANSPORT_PARAMETER_ERROR; and what is read can be written again."""
    try:
        found = transport_parameters.read(data, server)
    except ProtocolError as error:
        assert name_of(error.code) == "TRANSPORT_PARAMETER_ERROR"
    else:
        assert transport_parameters.read(transport_parameters.write(found), server) == found


PREFERRED_EMPTY = bytes(24) + b"\0" + bytes(16)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ("0104800000", "end within one"),
        ("01", "end within one"),
        ("01010a01010a", "comes twice"),
        ("1b00101b00", "end within one"),
        ("6abc006abc00", "comes twice"),  # one that nobody knows
        ("0101000502ffff", "no integer"),
        ("04020101", "and nothing else"),
        ("0100", "no integer"),
        ("030244af", "value is 1199"),  # max_udp_payload_size 1199
        ("0808d000000000000001", "more than"),  # 2^60 + 1 streams
        ("0908d000000000000001", "more than"),
        ("0a0115", "more than 20"),
        ("0b0480004000", "more than 16383"),
        ("0c0100", "disable_active_migration"),
        ("0e0101", "active_connection_id_limit"),
        ("0f15" + 21 * "00", "initial_source_connection_id"),
        ("6ab20100", "grease_quic_bit"),
        ("020f" + 15 * "00", "stateless_reset_token"),
        ("0d29" + PREFERRED_EMPTY.hex(), "preferred_address"),  # an empty connection ID in it
        ("0d2a" + bytes(24).hex() + "01aa" + 16 * "00" + "0f00", "empty connection ID"),
    ],
)
def test_each_rule_is_kept(data: str, says: str) -> None:
    """RFC 9000 7.4, 18.2: broken once each, by a server."""
    with pytest.raises(ProtocolError, match=says) as caught:
        transport_parameters.read(bytes.fromhex(data), sender_is_server=True)
    assert name_of(caught.value.code) == "TRANSPORT_PARAMETER_ERROR"


@pytest.mark.parametrize(
    "parameters",
    [
        TransportParameters(original_destination_connection_id=b""),
        TransportParameters(stateless_reset_token=bytes(16)),
        TransportParameters(preferred_address=PreferredAddress.of(None, ("::1", 1), b"id", bytes(16))),
        TransportParameters(retry_source_connection_id=b"id"),
    ],
)
def test_clients_do_not_send_what_only_servers_may(parameters: TransportParameters) -> None:
    """RFC9000-18.2-67, RFC9000-18.2-68."""
    data = transport_parameters.write(parameters)
    assert transport_parameters.read(data, sender_is_server=True) == parameters
    with pytest.raises(ProtocolError, match="a client sends"):
        transport_parameters.read(data, sender_is_server=False)


def test_every_parameter_is_known() -> None:
    """Each attribute is on the wire: by the wire image, as an integer, or as the one flag of RFC 9287."""
    names = {item.name for item in by_identifier().values()} | set(INTEGERS.values()) | {"grease_quic_bit"}
    assert names == set(TransportParameters.__slots__)
    assert transport_parameters.write(TransportParameters()) == b""


def test_nobody_declares_what_is_invalid() -> None:
    """The wire image's checks hold for the sender, too (RFC9000-18.2-58)."""
    with pytest.raises(Malformed):
        transport_parameters.write(TransportParameters(active_connection_id_limit=1))


@given(st.none() | st.just(("192.0.2.1", 4433)), st.none() | st.just(("2001:db8::1", 443)))
def test_a_preferred_address_has_either_family_or_both(
    ipv4: tuple[str, int] | None, ipv6: tuple[str, int] | None
) -> None:
    """Zeros stand for none (RFC9000-18.2-43)."""
    address = PreferredAddress.of(ipv4, ipv6, b"id", bytes(16))
    assert (address.ipv4, address.ipv6) == (ipv4, ipv6)


def test_connection_ids_of_the_handshake_are_authenticated() -> None:
    """Each one, absent or other than the packets' (RFC 9000 7.3); an empty one is declared all the same."""
    declared = TransportParameters(
        b"original", initial_source_connection_id=b"source", retry_source_connection_id=b"retry"
    )
    authenticate_server(declared, b"source", b"original", b"retry")
    authenticate_client(TransportParameters(initial_source_connection_id=b""), b"")
    seen = [(b"", b"original", b"retry"), (b"source", b"", b"retry"), (b"source", b"original", None)]
    for source, original, retry in seen:
        with pytest.raises(ProtocolError, match="TRANSPORT_PARAMETER_ERROR"):
            authenticate_server(declared, source, original, retry)
    with pytest.raises(ProtocolError, match="retry_source_connection_id"):
        authenticate_server(TransportParameters(b"o", initial_source_connection_id=b"s"), b"s", b"o", b"r")
    for absent in (lambda: authenticate_client(TransportParameters(), b""),
                   lambda: authenticate_server(TransportParameters(), b"", b"", None)):  # fmt: skip
        with pytest.raises(ProtocolError, match="initial_source_connection_id"):
            absent()
