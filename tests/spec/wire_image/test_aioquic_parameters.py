"""Transport parameters as aioquic reads and writes them, and every known difference."""

from __future__ import annotations

import ipaddress
from typing import Any

import pytest
from aioquic.buffer import Buffer
from aioquic.quic.packet import (
    PARAMS,
    QuicPreferredAddress,
    QuicTransportParameters,
    pull_quic_transport_parameters,
    push_quic_transport_parameters,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec.wire_image.aioquic_side import Known, parameters
from tests.spec.wire_image.made import garbled, least, made

from pathproof.spec.names import MAX_VARINT
from pathproof.spec.wire_image import Item, Malformed, cases, decode_parameters, encode, encode_parameters
from pathproof.spec.wire_image.amount import Value
from pathproof.spec.wire_image.item import Sender
from pathproof.spec.wire_image.parameters import by_identifier

PARAMETERS = by_identifier()
ERROR = "TRANSPORT_PARAMETER_ERROR"
TOKEN = Known("a stateless_reset_token may have any length", "RFC9000-18.2-07", ERROR, "")
CONNECTION_ID = Known(
    "a connection ID of the handshake may have more than 20 bytes, which no header could carry",
    "RFC 9000, Section 17.2",
    ERROR,
    "",
)
TWICE = Known("a parameter that comes twice is accepted", "RFC 9000, Section 7.4", ERROR, "")


def ours(data: bytes, sender: Sender, optional: bool = False) -> Malformed | None:
    """What we refuse parameters for, if we do."""
    try:
        decode_parameters(data, sender, optional)
    except Malformed as error:
        return error
    return None


def difference(error: Malformed) -> Known | None:
    """The known difference that what we refuse falls under."""
    if error.item.name == "stateless_reset_token" and error.check is error.item.truncated:
        return TOKEN
    if error.check.field == "connection_id":
        return CONNECTION_ID
    return None


def as_theirs(name: str, values: dict[str, Value]) -> Any:
    """The values of one of our parameters in the shape that aioquic has for it."""
    if name == "disable_active_migration":
        return True
    if name != "preferred_address":
        [value] = values.values()
        return value
    addresses: dict[str, Any] = {}
    for family, kind in (("ipv4", ipaddress.IPv4Address), ("ipv6", ipaddress.IPv6Address)):
        address = values[f"{family}_address"]
        shown = (str(kind(address)), values[f"{family}_port"])
        addresses[f"{family}_address"] = shown if any(bytes(address)) else None
    cid, token = bytes(values["connection_id"]), bytes(values["stateless_reset_token"])
    return QuicPreferredAddress(**addresses, connection_id=cid, stateless_reset_token=token)


@st.composite
def sequences(draw: st.DrawFn) -> tuple[bytes, dict[str, dict[str, Value]]]:
    """Any of our parameters, each once and in any order, and their values by name."""
    identifiers = draw(st.lists(st.sampled_from(sorted(PARAMETERS)), unique=True))
    found = [(identifier, draw(made(PARAMETERS[identifier]))) for identifier in identifiers]
    written = encode_parameters((identifier, one.data) for identifier, one in found)
    return written, {one.item.name: one.values for _, one in found}


def test_identifiers_are_those_of_aioquic() -> None:
    """Each of ours has the same name there."""
    assert {identifier: item.name for identifier, item in PARAMETERS.items()} == {
        identifier: PARAMS[identifier][0] for identifier in PARAMETERS
    }


@settings(max_examples=60, deadline=None)
@given(sequences())
def test_what_we_write_is_read_alike(sequence: tuple[bytes, dict[str, dict[str, Value]]]) -> None:
    """By the decoder, value by value, and by a connection, which accepts it."""
    written, values = sequence
    found = pull_quic_transport_parameters(Buffer(data=written))
    assert found == QuicTransportParameters(
        **{name: as_theirs(name, value) for name, value in values.items()}
    )
    assert parameters(written, "server")[0] == ""


@settings(max_examples=60, deadline=None)
@given(sequences(), st.integers(0, MAX_VARINT))
def test_what_aioquic_writes_is_read_alike(
    sequence: tuple[bytes, dict[str, dict[str, Value]]], idle: int
) -> None:
    """Among parameters that are not ours; an address of zeros has no port there, and has none again."""
    theirs = QuicTransportParameters(max_idle_timeout=idle, max_datagram_frame_size=idle)
    for name, value in sequence[1].items():
        setattr(theirs, name, as_theirs(name, value))
    buffer = Buffer(capacity=4096)
    push_quic_transport_parameters(buffer, theirs)
    found = decode_parameters(buffer.data, "server", optional=True)
    assert {name: as_theirs(name, value) for name, value in found.items()} == {
        name: as_theirs(name, value) for name, value in sequence[1].items()
    }


def outcomes(item: Item) -> set[tuple[Known | None, str, str]]:
    """What both make of the malformed cases of a parameter: a difference they fall under, both errors."""
    found = set()
    for case in cases(item, least(item).values):
        assert item.identifier is not None
        data = encode_parameters([(item.identifier, case.data)])
        sender: Sender = "client" if case.place else "server"
        error = ours(data, sender)
        assert error is not None
        found.add((difference(error), error.error, parameters(data, sender)[0]))
    return found


@pytest.mark.parametrize("item", PARAMETERS.values(), ids=lambda item: item.name)
def test_errors(item: Item) -> None:
    """Every malformed case is refused by both with one code, except where a difference is known."""
    for known, mine, theirs in outcomes(item):
        assert (mine, theirs) == ((known.ours, known.theirs) if known else (ERROR, ERROR))


@pytest.mark.clause("RFC9000-18.2-07")
def test_known_differences_are_still_there() -> None:
    """A change of aioquic is noticed: each is shown by some case, with both outcomes."""
    shown = {
        outcome for item in PARAMETERS.values() for outcome in outcomes(item) if outcome[1] != outcome[2]
    }
    assert shown == {(known, known.ours, known.theirs) for known in (TOKEN, CONNECTION_ID)}
    for size in range(40):
        data = encode_parameters([(2, bytes(size))])
        assert parameters(data, "server")[0] == TOKEN.theirs
        assert (ours(data, "server") is None) == (size == 16)


def test_a_parameter_that_comes_twice() -> None:
    """aioquic keeps the last one, where a receiver should refuse both."""
    twice = encode_parameters([(0x0E, b"\x02"), (0x0E, b"\x03")])
    error = ours(twice, "client", optional=True)
    assert error is not None
    theirs, found = parameters(twice, "client")
    assert (error.error, theirs) == (TWICE.ours, TWICE.theirs)
    assert found is not None
    assert decode_parameters(twice, "client")["active_connection_id_limit"]["value"] == 3
    assert found.active_connection_id_limit == 3


def test_a_port_without_an_address() -> None:
    """aioquic takes zeros for no address whatever the port is; the text asks for a port of zero as well."""
    item = PARAMETERS[0x0D]
    values = {**least(item).values, "ipv4_port": 443}
    written = encode_parameters([(0x0D, encode(item, values))])
    assert decode_parameters(written, "server")["preferred_address"]["ipv4_port"] == 443
    found = pull_quic_transport_parameters(Buffer(data=written))
    assert found.preferred_address is not None
    assert found.preferred_address.ipv4_address is None


@pytest.mark.clause("RFC9000-18.2-54", "RFC9000-18.2-55")
def test_every_connection_id_length_of_preferred_address() -> None:
    """Accepted by both from 1 to 20 bytes, and refused by both with one code elsewhere."""
    for length in range(256):
        value = bytes(24) + bytes([length]) + b"c" * length + bytes(16)
        data = encode_parameters([(0x0D, value)])
        error = ours(data, "server")
        assert parameters(data, "server")[0] == (error.error if error else "")
        assert (error is None) == (1 <= length <= 20)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_any_bytes_are_judged_alike(data: st.DataObject) -> None:
    """Garbled sequences are read by both with the same values, or refused by both, but for differences."""
    identifiers = data.draw(st.lists(st.sampled_from(sorted(PARAMETERS)), unique=True, max_size=3))
    pairs = [(identifier, data.draw(garbled(PARAMETERS[identifier]))) for identifier in identifiers]
    written = encode_parameters(pairs)
    written = written[: data.draw(st.integers(0, len(written)))] if data.draw(st.booleans()) else written
    error = ours(written, "server")
    theirs, found = parameters(written, "server")
    if error is None:
        assert theirs == ""
        values = {
            name: as_theirs(name, value) for name, value in decode_parameters(written, "server").items()
        }
        assert found == QuicTransportParameters(**values)
    elif not difference(error):
        assert theirs == error.error
