"""The first packets: which connection IDs they settle, and which packets are answered or dropped.

RFC 9000 5.2.2, 7.2, 7.3, 10.2.3, 12.5 and 14.1. A connection ID that an end chose for itself is 1, any other
is 2, and 0 stands for none yet.
"""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.state import CONFIRMED, PROVED, UNDER_WAY

OF_SOURCE = 1  # what a genuine long header names; one more for any other


def takes_initial(settled: int, source: int) -> bool:
    """An Initial packet counts if it is the first, or names the same source ID (7.2-13, 7.2-14)."""
    return settled == 0 or settled == source


def server_takes_handshake_packet(s: Any, p: Any, source: int) -> bool:
    """A Handshake packet with another Source Connection ID is processed or dropped, by `later_source`."""
    return bool(source == s.to_client or p.later_source == "initials")


def client_takes_long_header(s: Any, source: int) -> bool:
    """The first packet settles it, and a client drops every later one with another source ID (7.2-11)."""
    return bool(s.to_server == 0 or source == s.to_server)


def is_large_enough(p: Any, datagram_is_large: bool, packet_is_large: bool) -> bool:
    """A packet of an unsupported version is answered where it could open a connection (5.2.2-01, -03)."""
    return packet_is_large if p.size_threshold == "packet" else datagram_is_large


def agrees(stated: str) -> bool:
    """The peer's transport parameters repeat the connection IDs of its first packets (7.3-05 to 7.3-11)."""
    return stated == "as they were"


def closes_in_initial(s: Any, p: Any) -> bool:
    """CONNECTION_CLOSE of the server goes into an Initial packet as well, by `server_initial_close`."""
    if s.hello == CONFIRMED:
        return False  # 10.2.3-01
    return bool(s.hello == UNDER_WAY or p.server_initial_close == "until_confirmed")


def closes_in_handshake(s: Any) -> bool:
    """CONNECTION_CLOSE of the server goes into a Handshake packet as well (10.2.3-03, 10.2.3-04)."""
    return bool(s.hello == UNDER_WAY or s.hello == PROVED)


def closes_in_one_rtt(s: Any) -> bool:
    """CONNECTION_CLOSE of the server goes into a 1-RTT packet: it has the keys since its own first flight."""
    return True


def belongs_in_zero_rtt(frame: str) -> bool:
    """PATH_RESPONSE and RETIRE_CONNECTION_ID answer what no 0-RTT packet can have seen (12.5)."""
    return frame == "NEW_CONNECTION_ID"
