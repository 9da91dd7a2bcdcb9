"""The packet number spaces (RFC 9000 12.3), and the types of packets that are numbered in them (17)."""

from __future__ import annotations

from enum import IntEnum


class Space(IntEnum):
    """A packet number space; 0-RTT is not supported, so that APPLICATION holds 1-RTT packets alone.

    Examples
    --------
    >>> [space.name for space in Space]
    ['INITIAL', 'HANDSHAKE', 'APPLICATION']
    """

    INITIAL = 0
    HANDSHAKE = 1
    APPLICATION = 2


class PacketType(IntEnum):
    """What a packet is: the four long header types by their two bits (RFC 9000 17.2), and the others.

    OTHER_VERSION is a long header of which only the invariants can be read (RFC 8999 5.1).

    Examples
    --------
    >>> PacketType.HANDSHAKE.space
    <Space.HANDSHAKE: 1>
    >>> PacketType.RETRY.space is None, PacketType.ONE_RTT.label
    (True, '1-RTT')
    """

    INITIAL = 0
    ZERO_RTT = 1
    HANDSHAKE = 2
    RETRY = 3
    ONE_RTT = 4
    VERSION_NEGOTIATION = 5
    OTHER_VERSION = 6

    @property
    def space(self) -> Space | None:
        """The space that its packets are numbered in; Retry and Version Negotiation have no number."""
        return _SPACES.get(self)

    @property
    def label(self) -> str:
        """The name that RFC 9000 gives it."""
        return _LABELS[self]

    @classmethod
    def of(cls, space: Space) -> PacketType:
        """Return the type of the packets that an endpoint sends in a space.

        >>> PacketType.of(Space.APPLICATION).name
        'ONE_RTT'
        """
        return _TYPES[space]


_SPACES = {
    PacketType.INITIAL: Space.INITIAL,
    PacketType.ZERO_RTT: Space.APPLICATION,
    PacketType.HANDSHAKE: Space.HANDSHAKE,
    PacketType.ONE_RTT: Space.APPLICATION,
}
_TYPES = (PacketType.INITIAL, PacketType.HANDSHAKE, PacketType.ONE_RTT)
_LABELS = ("Initial", "0-RTT", "Handshake", "Retry", "1-RTT", "Version Negotiation", "other version")
