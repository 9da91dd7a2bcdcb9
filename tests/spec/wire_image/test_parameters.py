"""Sequences of transport parameters: what is passed over, what comes twice, who sends it, where it ends."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec.wire_image.made import least, made

from pathproof.spec.names import MAX_VARINT
from pathproof.spec.wire_image import Malformed, decode_parameters, encode_parameters, item, load, varint
from pathproof.spec.wire_image.item import Sender
from pathproof.spec.wire_image.parameters import BROKEN, DUPLICATE, by_identifier

PARAMETERS = by_identifier()
SENDERS: tuple[Sender, ...] = get_args(Sender)
ERROR = "TRANSPORT_PARAMETER_ERROR"
TOKEN = b"t" * 16


def one(name: str, value: bytes) -> bytes:
    """A sequence of one parameter."""
    identifier = item(name).identifier
    assert identifier is not None
    return encode_parameters([(identifier, value)])


def refused(data: bytes, sender: Sender = "server", optional: bool = False) -> Malformed | None:
    """What a sequence is refused for, if it is."""
    try:
        decode_parameters(data, sender, optional)
    except Malformed as error:
        assert error.error == ERROR
        return error
    return None


def preferred_address(length: int, held: int | None = None) -> bytes:
    """The value with a connection ID of this length, of which `held` bytes are there."""
    return bytes(24) + bytes([length]) + b"c" * (length if held is None else held) + TOKEN


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_sequence_is_read_back(data: st.DataObject) -> None:
    """In any order, among unknown ones, and with identifiers and lengths longer than they have to be."""
    wanted = data.draw(st.lists(st.sampled_from(sorted(PARAMETERS)), unique=True))
    unknown = data.draw(
        st.lists(st.integers(0, MAX_VARINT).filter(lambda i: i not in PARAMETERS), unique=True)
    )
    written, expected = bytearray(), {}
    for identifier in data.draw(st.permutations(wanted + unknown)):
        value = data.draw(st.binary(max_size=70))
        if identifier in PARAMETERS:
            found = data.draw(made(PARAMETERS[identifier]))
            value, expected[found.item.name] = found.data, found.values
        for number in (identifier, len(value)):
            sizes = [size for size in varint.SIZES if size >= varint.size_of(number)]
            written += varint.write(number, data.draw(st.sampled_from(sizes)))
        written += value
    assert decode_parameters(bytes(written), "server", optional=True) == expected


def test_unknown_and_reserved_parameters_are_passed_over() -> None:
    """Every identifier below 1000 but ours, and reserved ones of all sizes, with any value."""
    reserved = [31 * n + 27 for n in (0, 1, 2, 528, 34636833, (MAX_VARINT - 27) // 31)]
    for identifier in {*range(1000), *reserved} - {*PARAMETERS}:
        data = encode_parameters([(identifier, b"anything"), (0x0E, b"\x07")])
        assert decode_parameters(data, "client", optional=True) == {
            "active_connection_id_limit": {"value": 7}
        }
    assert not {identifier for identifier in PARAMETERS if identifier % 31 == 27}
    assert decode_parameters(b"", "client") == {}


def test_a_parameter_that_comes_twice() -> None:
    """It may be refused, known or not and however its identifier is written; else the last one counts."""
    twice = encode_parameters([(0x0E, b"\x02"), (0x0E, b"\x03")])
    assert decode_parameters(twice, "client") == {"active_connection_id_limit": {"value": 3}}
    longer = encode_parameters([(0x0E, b"\x02")]) + bytes.fromhex("400e0103")
    unknown = encode_parameters([(27, b""), (0x0C, b""), (27, b"")])
    for data in (twice, longer, unknown):
        found = refused(data, optional=True)
        assert found is not None
        assert found.check is DUPLICATE
        assert refused(data) is None


@pytest.mark.clause(
    "RFC9000-18.2-03",
    "RFC9000-18.2-04",
    "RFC9000-18.2-08",
    "RFC9000-18.2-42",
    "RFC9000-18.2-63",
    "RFC9000-18.2-64",
    "RFC9000-18.2-67",
    "RFC9000-18.2-68",
)
def test_what_only_a_server_may_send() -> None:
    """Four parameters are refused from a client, whatever they hold, and the others are not."""
    for parameter in PARAMETERS.values():
        value = least(parameter).data
        assert refused(one(parameter.name, value), "server") is None
        found = refused(one(parameter.name, value), "client")
        assert (found is not None) == (parameter.sender == "server")
        if found:
            assert found.check is parameter.misplaced
            assert refused(one(parameter.name, b"odd"), "client") is not None


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_every_end_that_comes_too_early(data: st.DataObject) -> None:
    """A sequence that ends between two parameters is whole, and one that ends within any is broken."""
    written, ends = b"", {0}
    for identifier in data.draw(st.lists(st.sampled_from(sorted(PARAMETERS)), unique=True, max_size=4)):
        written += encode_parameters([(identifier, data.draw(made(PARAMETERS[identifier])).data)])
        ends.add(len(written))
    for end in range(len(written) + 1):
        found = refused(written[:end])
        assert (found is None) == (end in ends)
        if found:
            assert found.check is BROKEN


def test_a_length_that_reaches_beyond_the_end() -> None:
    """Even by a lot, and for parameters that are passed over."""
    for identifier in (0x0F, 0x0C, 27):
        for length in (5, 63, 2**14, MAX_VARINT):
            found = refused(varint.write(identifier) + varint.write(length) + b"four")
            assert found is not None
            assert found.check is BROKEN


@pytest.mark.clause("RFC9000-18.2-48", "RFC9000-18.2-52", "RFC9000-18.2-54", "RFC9000-18.2-55")
def test_every_connection_id_length_of_preferred_address() -> None:
    """1 to 20 bytes; an empty one is refused, and a longer one is none of version 1."""
    check = {check.says: check for check in item("preferred_address").checks}
    empty, long = check.values()
    for length in range(256):
        found = refused(one("preferred_address", preferred_address(length)))
        wrong = empty if length == 0 else long if length > 20 else None
        assert (found and found.check) == wrong


@pytest.mark.clause("RFC9000-18.2-49", "RFC9000-18.2-50")
def test_every_length_of_preferred_address() -> None:
    """With a connection ID length of 8 it has 49 bytes and no other number."""
    parameter = item("preferred_address")
    for size in range(100):
        found = refused(one("preferred_address", (preferred_address(8) + bytes(60))[:size]))
        assert (found is None) == (size == 49)
        assert found is None or found.check is parameter.truncated
    for length in range(1, 21):
        found = refused(one("preferred_address", preferred_address(length, held=8)))
        assert (found is None) == (length == 8)


@pytest.mark.clause("RFC9000-18.2-58", "RFC9000-18.2-59")
def test_limits_below_two() -> None:
    """0 and 1 are refused in every size of integer, and 2 is the least limit."""
    for size in varint.SIZES:
        for value in (0, 1, 2, 3, 63):
            found = refused(one("active_connection_id_limit", varint.write(value, size)))
            assert (found is not None) == (value < 2)
    assert refused(one("active_connection_id_limit", varint.write(MAX_VARINT))) is None


@pytest.mark.clause("RFC9000-18.2-12")
def test_payload_sizes_below_1200() -> None:
    """1199 is refused and 1200 is not; nothing bounds it from above."""
    for value in (0, 63, 1199, 1200, 65527, 65528, MAX_VARINT):
        assert (refused(one("max_udp_payload_size", varint.write(value))) is not None) == (value < 1200)


@pytest.mark.clause("RFC9000-18.2-01")
def test_integers_that_do_not_fill_their_value() -> None:
    """One byte too few or too many, for each size of integer, and no byte at all."""
    for name, value in (("active_connection_id_limit", 5), ("max_udp_payload_size", 1400)):
        for size in varint.SIZES:
            if size >= varint.size_of(value):
                whole = varint.write(value, size)
                assert refused(one(name, whole)) is None
                for wrong in (whole[:-1], whole + b"\x00", b""):
                    found = refused(one(name, wrong))
                    assert found is not None
                    assert found.check is item(name).truncated


@pytest.mark.clause("RFC9000-18.2-07", "RFC9000-18.2-41")
def test_every_length_of_a_token_and_of_a_flag() -> None:
    """A token has 16 bytes and disable_active_migration none."""
    for size in range(40):
        assert (refused(one("stateless_reset_token", bytes(size))) is None) == (size == 16)
        assert (refused(one("disable_active_migration", bytes(size))) is None) == (size == 0)


@pytest.mark.clause("RFC9000-18.2-62")
def test_every_length_of_the_connection_ids_of_the_handshake() -> None:
    """0 to 20 bytes."""
    for name in ("original_destination", "initial_source", "retry_source"):
        for size in range(256):
            found = refused(one(f"{name}_connection_id", bytes(size)))
            assert (found is None) == (size <= 20)


def test_every_parameter_is_refused_with_one_code() -> None:
    """Whatever is wrong with transport parameters, the connection ends with the same error."""
    checks = [check for parameter in PARAMETERS.values() for check in parameter.all_checks]
    assert {check.error for check in (*checks, BROKEN, DUPLICATE)} == {ERROR}
    assert {parameter.kind for parameter in PARAMETERS.values()} == {"parameter"}
    assert len(PARAMETERS) == sum(found.kind == "parameter" for found in load().values())


@settings(deadline=None)
@given(st.binary(max_size=80), st.sampled_from(SENDERS), st.booleans())
def test_any_bytes_are_read_or_refused(data: bytes, sender: Sender, optional: bool) -> None:
    """Nothing but Malformed is raised, and always with the one code."""
    refused(data, sender, optional)
