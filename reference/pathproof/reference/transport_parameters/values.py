"""What an endpoint declares in the handshake (RFC 9000 18.2), by the RFC's names, with its defaults."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass

from pathproof.spec.names import DEFAULT_ACTIVE_CONNECTION_ID_LIMIT


@dataclass(slots=True)
class PreferredAddress:
    """Addresses at which the server would rather be reached (18.2-50); zeros where a family has none.

    Examples
    --------
    >>> address = PreferredAddress.of(("192.0.2.1", 4433), None, b"id", bytes(16))
    >>> address.ipv4, address.ipv6
    (('192.0.2.1', 4433), None)
    """

    ipv4_address: bytes
    ipv4_port: int
    ipv6_address: bytes
    ipv6_port: int
    connection_id: bytes
    stateless_reset_token: bytes

    @classmethod
    def of(
        cls,
        ipv4: tuple[str, int] | None,
        ipv6: tuple[str, int] | None,
        connection_id: bytes,
        stateless_reset_token: bytes,
    ) -> PreferredAddress:
        """Return the parameter for addresses in text, of either family or both (18.2-43)."""
        four, six = ipv4 or ("0.0.0.0", 0), ipv6 or ("::", 0)
        return cls(
            ipaddress.IPv4Address(four[0]).packed,
            four[1],
            ipaddress.IPv6Address(six[0]).packed,
            six[1],
            connection_id,
            stateless_reset_token,
        )

    @property
    def ipv4(self) -> tuple[str, int] | None:
        """The IPv4 address and port, or None where both are zeros (18.2-43)."""
        if not any(self.ipv4_address) and not self.ipv4_port:
            return None
        return str(ipaddress.IPv4Address(self.ipv4_address)), self.ipv4_port

    @property
    def ipv6(self) -> tuple[str, int] | None:
        """The IPv6 address and port, or None where both are zeros (18.2-43)."""
        if not any(self.ipv6_address) and not self.ipv6_port:
            return None
        return str(ipaddress.IPv6Address(self.ipv6_address)), self.ipv6_port


@dataclass(slots=True)
class TransportParameters:
    """The transport parameters of one endpoint; times are in milliseconds, as on the wire.

    Examples
    --------
    >>> TransportParameters().active_connection_id_limit, TransportParameters().max_udp_payload_size
    (2, 65527)
    """

    original_destination_connection_id: bytes | None = None
    max_idle_timeout: int = 0
    stateless_reset_token: bytes | None = None
    max_udp_payload_size: int = 65527
    initial_max_data: int = 0
    initial_max_stream_data_bidi_local: int = 0
    initial_max_stream_data_bidi_remote: int = 0
    initial_max_stream_data_uni: int = 0
    initial_max_streams_bidi: int = 0
    initial_max_streams_uni: int = 0
    ack_delay_exponent: int = 3
    max_ack_delay: int = 25
    disable_active_migration: bool = False
    preferred_address: PreferredAddress | None = None
    active_connection_id_limit: int = DEFAULT_ACTIVE_CONNECTION_ID_LIMIT
    initial_source_connection_id: bytes | None = None
    retry_source_connection_id: bytes | None = None
    grease_quic_bit: bool = False
