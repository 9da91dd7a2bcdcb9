"""The first packets: which connection IDs stand, what is answered, and in what a server closes."""

from __future__ import annotations

import pytest
from tests.model.connection.play import after, did, may

FIRST = {"parts": "first packets"}
HELLO = did("initial_arrives_at_server", source=0)


def test_the_first_source_id_stands() -> None:
    """A later Initial packet with another Source Connection ID is dropped, at either end."""
    s = after(HELLO, did("long_header_arrives_at_client", source=0), **FIRST)
    assert (s.to_client, s.to_server) == (1, 1)
    assert not may(s, "initial_arrives_at_server", FIRST, source=1)
    assert not may(s, "long_header_arrives_at_client", FIRST, source=1)


@pytest.mark.parametrize(("reading", "heard"), [("initials", True), ("long_headers", False)])
def test_a_handshake_packet_with_another_source(reading: str, heard: bool) -> None:
    """It is processed or dropped, by `later_source`."""
    settings = {**FIRST, "later_source": reading}
    assert may(after(HELLO, **settings), "handshake_packet_arrives_at_server", settings, source=1) == heard


@pytest.mark.parametrize(("reading", "answered"), [("datagram", True), ("packet", False)])
def test_a_short_packet_in_a_large_datagram(reading: str, answered: bool) -> None:
    """Version Negotiation answers it by `size_threshold` = datagram, and never one in a small datagram."""
    settings = {**FIRST, "size_threshold": reading}
    behind = after(did("unsupported_version_comes_behind_another"), **settings)
    assert behind.negotiated == ("a datagram" if answered else "no")
    assert after(did("unsupported_version_fills_a_datagram"), **settings).negotiated == "a packet"
    assert after(did("unsupported_version_comes_alone"), **settings).negotiated == "no"


@pytest.mark.parametrize(("reading", "types"), [("keys_held", {1, 2}), ("until_confirmed", {0, 1, 2})])
def test_a_close_after_the_first_handshake_packet(reading: str, types: set[int]) -> None:
    """A server with Initial keys dropped closes in an Initial packet or not, by `server_initial_close`."""
    settings = {**FIRST, "server_initial_close": reading}
    proved = (HELLO, did("handshake_packet_arrives_at_server", source=0))
    assert after(*proved, did("server_closes_in_handshake"), **settings).close_in.members == types
    confirmed = after(*proved, did("handshake_is_confirmed"), did("server_closes_in_handshake"), **settings)
    assert confirmed.close_in.members == {2}


def test_other_ids_in_transport_parameters_are_an_error() -> None:
    """A client closes on a server that states other connection IDs than it used, or leaves one out."""
    begun = (HELLO, did("long_header_arrives_at_client", source=0))
    for wrong in ("other_parameters_arrive", "parameters_lack_one"):
        assert after(*begun, did(wrong), **FIRST).client_end == "closing"
    assert after(*begun, did("parameters_arrive"), **FIRST).client_end == "open"
