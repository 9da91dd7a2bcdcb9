"""A server and the first packet of a client: a new connection, or Retry (RFC 9000 5.2.2, 7.2, 8.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathproof.reference.address_tokens import RetryToken, is_retry
from pathproof.reference.errors import ProtocolError, Undecryptable
from pathproof.reference.frames import ConnectionClose, write_frame
from pathproof.reference.migration import Address, Path
from pathproof.reference.packet import Header, PacketType, write_long_header, write_retry
from pathproof.reference.protection import Protection
from pathproof.spec.names import ErrorCode

if TYPE_CHECKING:
    from pathproof.reference.endpoint import Endpoint

INVALID_TOKEN = ConnectionClose(ErrorCode.INVALID_TOKEN, 0, "")
LEAST_FIRST_ID = 8  # bytes of the destination that a client makes up (7.2-04)


def answer_initial(
    endpoint: Endpoint, datagram: bytes, header: Header, local: Address, remote: Address, now: float
) -> tuple[PacketType, bytes] | None:
    """Begin a connection, or answer with a packet, which is returned: with Retry, or a close (8.1.2).

    Retry is also the answer while so many connections are half open that a flood from forged addresses is
    likely: each costs keys and a handshake, and Retry costs nothing that lasts.
    """
    opened = endpoint.tokens.open(header.token, *remote, now) if header.token else None
    is_retried = isinstance(opened, RetryToken)
    if len(header.destination) < (1 if is_retried else LEAST_FIRST_ID):
        return None
    if opened is None and is_retry(header.token):
        refusal = refuse_token(datagram, header)
        return None if refusal is None else (PacketType.INITIAL, refusal)
    if opened is None and is_token_wanted(endpoint):
        source = endpoint.new_id()
        token = endpoint.tokens.retry(*remote, header.destination, source, now, endpoint.random)
        return PacketType.RETRY, write_retry(header.source, source, token, header.destination)
    _begin(endpoint, datagram, header, local, remote, opened, now)
    return None


def refuse_token(datagram: bytes, header: Header) -> bytes | None:
    """CONNECTION_CLOSE for a client that has a token from Retry, and not a valid one (8.1.2-05).

    It would take no other Retry. There is no state about it, and none comes of this.
    """
    protection = Protection.initial(header.destination)
    try:
        protection.open(datagram, header, -1)
    except (Undecryptable, ProtocolError):
        return None
    payload = write_frame(INVALID_TOKEN)
    written = write_long_header(PacketType.INITIAL, header.source, header.destination, 0, 1, len(payload))
    return protection.seal(written, payload, 0)


def is_token_wanted(endpoint: Endpoint) -> bool:
    """Whether a client has to show first that it is at its address."""
    configuration = endpoint.configuration
    return configuration.retries or len(endpoint.half_open) >= configuration.most_half_open


def _begin(
    endpoint: Endpoint,
    datagram: bytes,
    header: Header,
    local: Address,
    remote: Address,
    opened: object,
    now: float,
) -> None:
    """Keep state about a client, whose address a token has proved, or nothing yet."""
    path = Path(local, remote)
    path.ledger.validated = opened is not None  # 8.1.3
    first = b"" if endpoint.configuration.empty_connection_id else endpoint.new_id()
    connection = endpoint.make(False, path, first, header.source, now)
    connection.begin_at(header.destination)
    parameters = connection.local
    parameters.original_destination_connection_id = header.destination
    if isinstance(opened, RetryToken):
        parameters.original_destination_connection_id = opened.original
        parameters.retry_source_connection_id = header.destination
    endpoint.index.accept(header.destination, connection)
    connection.start()
    connection.receive(datagram, local, remote, now)
    if connection.peer_source is None:  # nothing authentic came (10.2.3-11)
        endpoint.forget(connection)
    else:
        endpoint.half_open.add(connection)
        endpoint.accepted.append(connection)
