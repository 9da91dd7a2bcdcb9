"""The first packets: Retry, Version Negotiation, and the connection IDs that both settle on (7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathproof.reference.connection.events import Ended
from pathproof.reference.errors import Unreadable
from pathproof.reference.migration import Path
from pathproof.reference.packet import Header, is_genuine, versions_of
from pathproof.reference.packet.header import VERSION
from pathproof.reference.protection import Protection
from pathproof.reference.spaces import PacketType, Space

if TYPE_CHECKING:
    from pathproof.reference.connection.connection import Connection


def take(c: Connection, datagram: bytes, header: Header) -> bool:
    """Retry or Version Negotiation has come: a client acts on one, before any other packet."""
    if not c.is_client or c.peer_source is not None or not c.ending.is_open:
        return False
    if header.kind is PacketType.RETRY:
        return _retry(c, datagram, header)
    is_answer = header.destination == c.issuer.first and header.source == c.consumer.first
    if c.retry_source is not None or not is_answer or not _offers_others(datagram, header):
        return False  # RFC 9000 6.2: neither after another packet, nor where it names our version
    c.ending.discard()
    c.end(Ended("version"))
    return True


def _offers_others(datagram: bytes, header: Header) -> bool:
    """Whether a Version Negotiation packet is whole, and the version of this endpoint is not in it."""
    try:
        return VERSION not in versions_of(datagram, header)
    except Unreadable:
        return False


def _retry(c: Connection, datagram: bytes, header: Header) -> bool:
    """Say hello again with the token, to the connection ID that Retry gives (7.2-08, 17.2.5).

    One that gives the connection ID which the client has made up is dropped (RFC 9000 17.2.5.1).
    """
    if c.retry_source is not None or header.source == c.original:
        return False
    if not is_genuine(datagram, header, c.original):
        return False
    c.retry_source, c.token = header.source, header.token
    c.consumer.replace_first(header.source)
    state = c.spaces[Space.INITIAL]
    state.protection = Protection.initial(header.source, True, c.failures)
    c.recovery.discard(Space.INITIAL, c.now)
    state.crypto.repeat()
    return True


def agrees(c: Connection, header: Header) -> bool:
    """Whether a long header has the Source Connection ID of the first one, or is dropped (7.2-11, 7.2-14)."""
    if header.kind is PacketType.ONE_RTT:
        return True
    if c.peer_source is None:
        c.peer_source = header.source
        if c.is_client:
            c.consumer.replace_first(header.source)
    return c.peer_source == header.source


def peer_has_handshake_keys(c: Connection, path: Path) -> None:
    """A Handshake packet came: the peer is at its address, and Initial keys have done their work (8.1)."""
    path.ledger.validated = path.is_validated = path.is_of_full_size = True
    c.paths.last_validated = path
    if not c.is_client:
        c.discard(Space.INITIAL)
