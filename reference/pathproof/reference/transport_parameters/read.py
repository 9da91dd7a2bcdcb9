"""From the extension of TLS to the declarations of the peer (RFC 9000 7.4, 18)."""

from __future__ import annotations

from typing import Any

from pathproof.reference import varint
from pathproof.reference.errors import ProtocolError, code_of, of_malformed
from pathproof.reference.transport_parameters.layout import GREASE_QUIC_BIT, INTEGERS, MOST
from pathproof.reference.transport_parameters.values import PreferredAddress, TransportParameters
from pathproof.spec.wire_image import Item, Malformed, decode
from pathproof.spec.wire_image.parameters import by_identifier

_KNOWN = by_identifier()


def read(data: bytes, sender_is_server: bool) -> TransportParameters:
    """Return what the peer declares; parameters that are not known are passed over (RFC 9000 7.4.2).

    Raises
    ------
    ProtocolError
        TRANSPORT_PARAMETER_ERROR if one comes twice, is malformed, has an invalid value, or comes from a
        client where only servers may send it (18.2-68), or if a server with an empty connection ID has a
        preferred address (18.2-55).

    Examples
    --------
    >>> read(bytes.fromhex("0e01050c00"), sender_is_server=False).active_connection_id_limit
    5
    >>> read(bytes.fromhex("0a0115"), sender_is_server=False)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    pathproof.reference.errors.ProtocolError: ack_delay_exponent is 21, more than 20 (TRANSPORT_...)
    """
    found = TransportParameters()
    for identifier, value in _split(data).items():
        item = _KNOWN.get(identifier)
        if item:
            _take(found, item, value, sender_is_server)
        elif identifier in INTEGERS:
            setattr(found, INTEGERS[identifier], _integer(identifier, value))
        elif identifier == GREASE_QUIC_BIT:
            if value:
                raise _wrong("grease_quic_bit has a value")
            found.grease_quic_bit = True
    if found.preferred_address and found.initial_source_connection_id == b"":
        raise _wrong("a server with an empty connection ID has a preferred address")
    return found


def _wrong(says: str) -> ProtocolError:
    return ProtocolError(code_of("TRANSPORT_PARAMETER_ERROR"), says)


def _split(data: bytes) -> dict[int, bytes]:
    """The values by their identifiers, none of which comes twice (RFC 9000 7.4)."""
    found: dict[int, bytes] = {}
    offset = 0
    try:
        while offset < len(data):
            identifier, offset = varint.read(data, offset)
            length, offset = varint.read(data, offset)
            if offset + length > len(data):
                raise varint.Truncated
            if identifier in found:
                raise _wrong(f"parameter {identifier:#x} comes twice")
            found[identifier] = data[offset : offset + length]
            offset += length
    except varint.Truncated:
        raise _wrong("the parameters end within one") from None
    return found


def _take(found: TransportParameters, item: Item, value: bytes, sender_is_server: bool) -> None:
    """A parameter that the wire image has."""
    if item.sender == "server" and not sender_is_server:
        raise _wrong(f"a client sends {item.name}")
    try:
        fields: dict[str, Any] = decode(item, value).values
    except Malformed as wrong:
        raise of_malformed(wrong) from None
    if item.name == "preferred_address":
        del fields["connection_id_length"]
        found.preferred_address = PreferredAddress(**fields)
    else:
        setattr(found, item.name, next(iter(fields.values()), True))


def _integer(identifier: int, value: bytes) -> int:
    """An integer that fills the value and is not too large (RFC 9000 18.2)."""
    name = INTEGERS[identifier]
    try:
        number, end = varint.read(value, 0)
    except varint.Truncated:
        raise _wrong(f"{name} is no integer") from None
    if end != len(value):
        raise _wrong(f"{name} is no integer and nothing else")
    if number > MOST.get(identifier, number):
        raise _wrong(f"{name} is {number}, more than {MOST[identifier]}")
    return number
