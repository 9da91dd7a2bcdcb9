"""Bugs with the first packets of a connection."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.state import CONFIRMED
from pathproof.model.mutant import Recreated

recreates = Recreated()
FIRST = {"parts": "first packets"}


@recreates(
    "S2-15",
    replaces="takes_initial",
    cites=("RFC9000-7.2-13", "RFC9000-7.2-14"),
    at="server",
    **FIRST,
)
def a_later_initial_packet_is_followed(settled: int, source: int) -> bool:
    """The server sends to the Source Connection ID of the last Initial packet."""
    return True


@recreates(
    "LX-19",
    "GQ-19",
    replaces="client_takes_long_header",
    cites=("RFC9000-7.2-11", "RFC9000-7.2-12"),
    at="client",
    **FIRST,
)
def a_client_follows_every_long_header(s: Any, source: int) -> bool:
    """The client sends to the Source Connection ID of the last packet with a long header."""
    return True


@recreates("HA-08", replaces="agrees", cites=("RFC9000-7.3-05", "RFC9000-7.3-06"), at="client", **FIRST)
def parameters_are_not_compared(stated: str) -> bool:
    """Connection IDs in transport parameters are not compared with those of packets."""
    return True


@recreates(
    "NG-26",
    "NQ-04",
    "LX-14",
    replaces="belongs_in_zero_rtt",
    cites=("RFC9000-12.5-07", "RFC9000-12.5-08"),
    at="server",
    **FIRST,
)
def early_frames_are_processed(frame: str) -> bool:
    """A 0-RTT packet may bring any frame."""
    return True


@recreates(replaces="is_large_enough", cites=("RFC9000-5.2.2-03",), at="server", **FIRST)
def small_packets_are_negotiated_about(p: Any, datagram_is_large: bool, packet_is_large: bool) -> bool:
    """Version Negotiation answers whatever comes."""
    return True


@recreates(replaces="closes_in_initial", cites=("RFC9000-10.2.3-03",), at="server", **FIRST)
def closes_are_in_handshake_packets_only(s: Any, p: Any) -> bool:
    """A server closes under keys that its client may not have yet."""
    return False


@recreates(replaces="closes_in_handshake", cites=("RFC9000-10.2.3-01",), at="server", **FIRST)
def closes_never_leave_the_handshake(s: Any) -> bool:
    """A server with a confirmed handshake closes in Handshake packets, too."""
    return bool(s.hello != CONFIRMED or s.hello == CONFIRMED)
