"""What aioquic makes of the same bytes, in a connection that no network is behind."""

from __future__ import annotations

from dataclasses import dataclass
from unittest.mock import ANY

from aioquic import tls
from aioquic.buffer import Buffer
from aioquic.quic.configuration import QuicConfiguration
from aioquic.quic.connection import QuicConnection, QuicConnectionError, QuicNetworkPath, QuicReceiveContext
from aioquic.quic.logger import QuicLogger
from aioquic.quic.packet import QuicErrorCode, QuicTransportParameters, pull_quic_transport_parameters

from pathproof.spec.wire_image.item import Packet, Sender

EPOCHS = {
    "Initial": tls.Epoch.INITIAL,
    "0-RTT": tls.Epoch.ZERO_RTT,
    "Handshake": tls.Epoch.HANDSHAKE,
    "1-RTT": tls.Epoch.ONE_RTT,
}


@dataclass(frozen=True)
class Known:
    """A difference that is known: what aioquic does otherwise, and the clause or section that it departs
    from."""

    says: str
    by: str
    ours: str
    theirs: str


def connection(is_client: bool) -> QuicConnection:
    """An endpoint as it is when the handshake is over, as far as our frames ask."""
    configuration = QuicConfiguration(is_client=is_client, quic_logger=QuicLogger())
    if is_client:
        made = QuicConnection(configuration=configuration)
    else:
        configuration.certificate = configuration.private_key = object()
        made = QuicConnection(configuration=configuration, original_destination_connection_id=b"original")
    made._peer_cid.sequence_number = 0
    made._host_cid_seq = 2**62  # any number may be retired
    return made


def frames(data: bytes, packet: Packet = "1-RTT") -> tuple[str, list[dict[str, object]]]:
    """The error that a payload ends the connection with, or nothing, and the frames that were logged."""
    made = connection(is_client=packet != "0-RTT")
    path = QuicNetworkPath(("192.0.2.1", 443))
    logged: list[dict[str, object]] = []
    context = QuicReceiveContext(EPOCHS[packet], b"another", path, logged, 0.0, 1)
    try:
        made._payload_received(context, data)
    except QuicConnectionError as error:
        return QuicErrorCode(error.error_code).name, logged
    return "", logged


def parameters(data: bytes, sender: Sender) -> tuple[str, QuicTransportParameters | None]:
    """The error that parameters end the connection with, or nothing, and what they are read as.

    Which connection IDs the handshake had is no matter of encoding, so any will do.
    """
    made = connection(is_client=sender == "server")
    made._remote_initial_source_connection_id = ANY
    made._original_destination_connection_id = made._retry_source_connection_id = ANY
    try:
        made._parse_transport_parameters(data)
    except QuicConnectionError as error:
        return QuicErrorCode(error.error_code).name, None
    return "", pull_quic_transport_parameters(Buffer(data=data))
