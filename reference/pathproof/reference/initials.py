"""A server and the first packet of a client: a new connection, or Retry (RFC 9000 5.2.2, 7.2, 8.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathproof.reference.address_tokens import RetryToken
from pathproof.reference.migration import Address, Path
from pathproof.reference.packet import Header, write_retry

if TYPE_CHECKING:
    from pathproof.reference.endpoint import Endpoint

LEAST_FIRST_ID = 8  # bytes of the destination that a client makes up (7.2-04)


def answer_initial(
    endpoint: Endpoint, datagram: bytes, header: Header, local: Address, remote: Address, now: float
) -> bytes | None:
    """Begin a connection, or answer with Retry, which is returned (8.1.2)."""
    opened = endpoint.tokens.open(header.token, *remote, now) if header.token else None
    is_retried = isinstance(opened, RetryToken)
    if len(header.destination) < (1 if is_retried else LEAST_FIRST_ID):
        return None
    if opened is None and endpoint.configuration.retries:
        source = endpoint.new_id()
        token = endpoint.tokens.retry(*remote, header.destination, source, now, endpoint.random)
        return write_retry(header.source, source, token, header.destination)
    _begin(endpoint, datagram, header, local, remote, opened, now)
    return None


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
        endpoint.index.remove(connection)
    else:
        endpoint.accepted.append(connection)
