"""Transport parameters in the words of qlog, which are those of RFC 9000 18.2."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from pathproof.reference.transport_parameters import PreferredAddress, TransportParameters


def parameters(declared: TransportParameters, is_ours: bool) -> dict[str, Any]:
    """All parameters of one side, with the defaults of those that it did not send.

    Examples
    --------
    >>> told = parameters(TransportParameters(initial_source_connection_id=b"id"), True)
    >>> told["initiator"], told["active_connection_id_limit"], told["initial_source_connection_id"]
    ('local', 2, '6964')
    >>> "stateless_reset_token" in told
    False
    """
    words: dict[str, Any] = {"initiator": "local" if is_ours else "remote"}
    for field in fields(declared):
        value = getattr(declared, field.name)
        if isinstance(value, PreferredAddress):
            words[field.name] = _preferred(value)
        elif value is not None:
            words[field.name] = value.hex() if isinstance(value, bytes) else value
    return words


def _preferred(address: PreferredAddress) -> dict[str, Any]:
    words: dict[str, Any] = {}
    for family, at in (("v4", address.ipv4), ("v6", address.ipv6)):
        if at is not None:
            words |= {f"ip_{family}": at[0], f"port_{family}": at[1]}
    words["connection_id"] = address.connection_id.hex()
    words["stateless_reset_token"] = address.stateless_reset_token.hex()
    return words
