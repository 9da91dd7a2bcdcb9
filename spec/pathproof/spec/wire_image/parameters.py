"""Transport parameters on the wire: identifier, length and value, one after the other (RFC 9000, Section
18)."""

from collections.abc import Iterable, Iterator, Mapping

from pathproof.spec.wire_image import varint
from pathproof.spec.wire_image.amount import Value
from pathproof.spec.wire_image.decode import decode
from pathproof.spec.wire_image.item import Check, Item, Malformed, Sender
from pathproof.spec.wire_image.load import load

DUPLICATE = Check(
    "identifier", "TRANSPORT_PARAMETER_ERROR", "a parameter comes once", source="RFC 9000, Section 7.4"
)
"""A receiver may let a second copy pass; nobody sends one."""
BROKEN = Check(
    "", "TRANSPORT_PARAMETER_ERROR", "a parameter ends where its length says", source="RFC 9000, Section 7.4"
)
"""A sequence that ends within a parameter, whichever it is."""

_ANY = Item("transport parameters", "parameter", "A sequence of parameters.", (), (), BROKEN)


def by_identifier() -> Mapping[int, Item]:
    """Return the transport parameters in scope by their identifiers.

    >>> by_identifier()[0x0E].name
    'active_connection_id_limit'
    """
    return {item.identifier: item for item in load().values() if item.identifier is not None}


def decode_parameters(data: bytes, sender: Sender, optional: bool = False) -> dict[str, dict[str, Value]]:
    """Return the parameters in scope that `data` holds, by name, each with its fields; others are passed
    over.

    Raises
    ------
    Malformed
        If the sequence ends within a parameter, a client sends what only a server may send, or a value breaks
        a check; with `optional`, if one comes twice, too.

    Examples
    --------
    >>> decode_parameters(bytes.fromhex("0e01050c00"), "client")
    {'active_connection_id_limit': {'value': 5}, 'disable_active_migration': {}}
    """
    found: dict[str, dict[str, Value]] = {}
    known = by_identifier()
    seen: set[int] = set()
    for identifier, value in _split(data):
        if optional and identifier in seen:
            raise Malformed(known.get(identifier, _ANY), DUPLICATE, f"identifier {identifier:#x} comes twice")
        seen.add(identifier)
        if identifier in known:
            item = known[identifier]
            if item.misplaced and sender == "client":
                raise Malformed(item, item.misplaced, "a client sends it")
            found[item.name] = decode(item, value, optional=optional).values
    return found


def encode_parameters(parameters: Iterable[tuple[int, bytes]]) -> bytes:
    """Return the bytes of a sequence of parameters, each an identifier with the bytes of its value.

    Raises
    ------
    ValueError
        If an identifier does not fit into a variable-length integer.

    Examples
    --------
    >>> from pathproof.spec.wire_image import encode, item
    >>> limit = item("active_connection_id_limit")
    >>> encode_parameters([(limit.identifier, encode(limit, {"value": 5})), (27, b"any")]).hex()
    '0e01051b03616e79'
    """
    return b"".join(
        varint.write(identifier) + varint.write(len(value)) + value for identifier, value in parameters
    )


def _split(data: bytes) -> Iterator[tuple[int, bytes]]:
    offset = 0
    while offset < len(data):
        identifier = varint.read(data, offset)
        length = identifier and varint.read(data, offset + identifier[1])
        if not identifier or not length:
            raise Malformed(_ANY, BROKEN, f"ends within the parameter at byte {offset}")
        first = offset + identifier[1] + length[1]
        if first + length[0] > len(data):
            raise Malformed(_ANY, BROKEN, f"ends within the parameter at byte {offset}")
        yield identifier[0], data[first : first + length[0]]
        offset = first + length[0]
