"""The connection IDs of the handshake, authenticated by repeating them (RFC 9000 7.3)."""

from __future__ import annotations

from pathproof.reference.errors import ProtocolError, code_of
from pathproof.reference.transport_parameters.values import TransportParameters


def authenticate_server(
    parameters: TransportParameters, source: bytes, original: bytes, retry: bytes | None
) -> None:
    """Return if what a server declares is what its client saw.

    Parameters
    ----------
    parameters : TransportParameters
        What the server declares.
    source : bytes
        The Source Connection ID of the server's first Initial packet (7.3-02).
    original : bytes
        The Destination Connection ID of the client's very first Initial packet (7.3-03).
    retry : bytes or None
        The Source Connection ID of the Retry packet, if one was acted on (7.3-04).

    Raises
    ------
    ProtocolError
        TRANSPORT_PARAMETER_ERROR if one is absent or differs (7.3-07, 7.3-09, 7.3-10, 7.3-11).

    Examples
    --------
    >>> declared = TransportParameters(b"o", initial_source_connection_id=b"s")
    >>> authenticate_server(declared, b"s", b"o", None)
    >>> authenticate_server(declared, b"s", b"o", b"r")
    Traceback (most recent call last):
    pathproof.reference.errors.ProtocolError: retry_source_connection_id is not what the packets had \
(TRANSPORT_PARAMETER_ERROR)
    """
    _same("initial_source_connection_id", parameters.initial_source_connection_id, source)
    _same("original_destination_connection_id", parameters.original_destination_connection_id, original)
    _same("retry_source_connection_id", parameters.retry_source_connection_id, retry)


def authenticate_client(parameters: TransportParameters, source: bytes) -> None:
    """Return if a client declares the Source Connection ID that its Initial packets had.

    Raises
    ------
    ProtocolError
        TRANSPORT_PARAMETER_ERROR if it is absent or differs (7.3-07, 7.3-11).

    Examples
    --------
    >>> authenticate_client(TransportParameters(initial_source_connection_id=b""), b"")
    """
    _same("initial_source_connection_id", parameters.initial_source_connection_id, source)


def _same(name: str, declared: bytes | None, seen: bytes | None) -> None:
    if declared != seen:
        says = f"{name} is not what the packets had"
        raise ProtocolError(code_of("TRANSPORT_PARAMETER_ERROR"), says)
