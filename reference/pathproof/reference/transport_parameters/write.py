"""From what an endpoint declares to the extension of TLS (RFC 9000 18): what has its default is left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from pathproof.reference.transport_parameters.layout import GREASE_QUIC_BIT, INTEGERS
from pathproof.reference.transport_parameters.values import PreferredAddress, TransportParameters
from pathproof.reference.varint import write as write_integer
from pathproof.spec.wire_image import encode, encode_parameters
from pathproof.spec.wire_image.parameters import by_identifier

_KNOWN = by_identifier()
_DEFAULTS = TransportParameters()


def write(parameters: TransportParameters, extra: Iterable[tuple[int, bytes]] = ()) -> bytes:
    """Return the bytes of transport parameters.

    Parameters
    ----------
    parameters : TransportParameters
        What is declared.
    extra : Iterable[tuple[int, bytes]]
        Parameters that nobody knows, such as the reserved ones (RFC 9000 18.1), each by its identifier.

    Raises
    ------
    ValueError
        If a value breaks a rule of the wire image, or does not fit its field.

    Examples
    --------
    >>> declared = TransportParameters(active_connection_id_limit=5, disable_active_migration=True)
    >>> write(declared).hex()
    '0c000e0105'
    """
    names = {**{identifier: item.name for identifier, item in _KNOWN.items()}, **INTEGERS}
    stated = {i: getattr(parameters, name) for i, name in names.items()}
    values = [(i, _value(i, stated[i])) for i, name in names.items() if stated[i] != getattr(_DEFAULTS, name)]
    if parameters.grease_quic_bit:
        values.append((GREASE_QUIC_BIT, b""))
    return encode_parameters([*sorted(values), *extra])


def _value(identifier: int, value: Any) -> bytes:
    """The bytes of one value, by the wire image if that has the parameter."""
    if identifier not in _KNOWN:
        return write_integer(value)
    item = _KNOWN[identifier]
    if isinstance(value, PreferredAddress):
        return encode(item, {**asdict(value), "connection_id_length": len(value.connection_id)})
    return encode(item, {item.fields[0].name: value} if item.fields else {})
