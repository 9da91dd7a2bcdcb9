"""What an endpoint is set up to do: limits, names, and choices that the RFC leaves open."""

from __future__ import annotations

from dataclasses import dataclass

from pathproof.reference.handshake import Settings
from pathproof.reference.migration import Address
from pathproof.reference.path_validation import FULL_SIZE
from pathproof.reference.transport_parameters import TransportParameters


@dataclass(frozen=True, slots=True)
class Configuration:
    """The set-up of an endpoint.

    Parameters
    ----------
    tls
        Application protocols, certificate, and whom to trust.
    idle_timeout
        Seconds of silence after which a connection is discarded; 0 for never.
    handshake_timeout
        Seconds within which the handshake has to be complete; 0 for ever.
    max_data, max_stream_data
        Bytes that the peer may be ahead of the application, on all streams and on each.
    max_streams
        Bidirectional, and as many unidirectional streams that the peer may open.
    active_connection_id_limit
        Connection IDs of the peer that are held at a time, 2 or more (18.2).
    connection_ids
        Connection IDs that are issued at most at a time, the first included.
    datagram_size
        Bytes of UDP payload in a full datagram, 1200 or more.
    disable_active_migration
        Whether the peer is asked to stay at its address (18.2).
    preferred_ipv4, preferred_ipv6
        Where the server would rather be reached.
    empty_connection_id
        Whether the peer addresses this endpoint by an empty connection ID.
    retries
        Whether each client has to prove its address before the server keeps state about it (8.1.2).
    most_half_open
        Handshakes that may be under way at a server before new clients have to prove their address.

    Examples
    --------
    >>> Configuration(Settings(("hq-interop",))).datagram_size
    1200
    """

    tls: Settings
    idle_timeout: float = 30.0
    handshake_timeout: float = 10.0
    max_data: int = 1 << 24
    max_stream_data: int = 1 << 22
    max_streams: int = 128
    active_connection_id_limit: int = 8
    connection_ids: int = 8
    datagram_size: int = FULL_SIZE
    disable_active_migration: bool = False
    preferred_ipv4: Address | None = None
    preferred_ipv6: Address | None = None
    empty_connection_id: bool = False
    retries: bool = False
    most_half_open: int = 256

    def parameters(self, source: bytes) -> TransportParameters:
        """What is declared to the peer, but for what a server adds of the first packets."""
        return TransportParameters(
            max_idle_timeout=int(self.idle_timeout * 1000),
            initial_max_data=self.max_data,
            initial_max_stream_data_bidi_local=self.max_stream_data,
            initial_max_stream_data_bidi_remote=self.max_stream_data,
            initial_max_stream_data_uni=self.max_stream_data,
            initial_max_streams_bidi=self.max_streams,
            initial_max_streams_uni=self.max_streams,
            disable_active_migration=self.disable_active_migration,
            active_connection_id_limit=self.active_connection_id_limit,
            initial_source_connection_id=source,
        )
