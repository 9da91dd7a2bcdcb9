"""Our four frames as aioquic reads them: the same values and errors, and every known difference is listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec.wire_image.aioquic_side import Known, frames
from tests.spec.wire_image.made import Made, garbled, least, made

from pathproof.spec.wire_image import Case, Item, Malformed, cases, decode_frame, load
from pathproof.spec.wire_image.amount import Value
from pathproof.spec.wire_image.item import Packet

FRAMES = [item for item in load().values() if item.kind == "frame"]
ORDER = Known(
    "a Retire Prior To above the number ends the connection with another code",
    "RFC9000-19.15-10",
    "FRAME_ENCODING_ERROR",
    "PROTOCOL_VIOLATION",
)
LOGGED_AS = {"reset_token": "stateless_reset_token"}


def ours(data: bytes, packet: Packet = "1-RTT", optional: bool = False) -> Malformed | None:
    """What we refuse a frame for, if we do."""
    try:
        assert decode_frame(data, packet, optional)
    except Malformed as error:
        return error
    return None


def difference(error: Malformed | None) -> Known | None:
    """The known difference that what we refuse falls under."""
    return ORDER if error and error.check.field == "retire_prior_to" else None


def as_logged(values: Mapping[str, Value]) -> dict[str, object]:
    """Values in the shape of aioquic's log; the type has a name there, and the length need not be logged."""
    shown = {name: value.hex() if isinstance(value, bytes) else value for name, value in values.items()}
    return {name: value for name, value in shown.items() if name != "type"}


@pytest.mark.parametrize("item", FRAMES, ids=lambda item: item.name)
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_values(item: Item, data: st.DataObject) -> None:
    """Frames of any values in order, followed by nothing or by a PING, are read alike."""
    one: Made = data.draw(made(item))
    error, logged = frames(one.data + data.draw(st.sampled_from([b"", b"\x01"])))
    assert error == ""
    found = {LOGGED_AS.get(name, name): value for name, value in logged[0].items() if name != "frame_type"}
    assert logged[0]["frame_type"] == item.name.lower()
    assert found == as_logged(one.values)


def compared(case: Case) -> tuple[Known | None, str, str]:
    """The known difference that a case falls under, our error and aioquic's."""
    packet: Packet = next(name for name in (*get_args(Packet), "1-RTT") if name == (case.place or "1-RTT"))
    error = ours(case.data, packet)
    return difference(error), error.error if error else "", frames(case.data, packet)[0]


@pytest.mark.parametrize("item", FRAMES, ids=lambda item: item.name)
def test_errors(item: Item) -> None:
    """Every malformed case is refused by both with one code, except where a difference is known."""
    one = least(item)
    for case in cases(item, one.values):
        known, mine, theirs = compared(case)
        assert (mine, theirs) == ((known.ours, known.theirs) if known else (mine, mine)), case.says


def assert_alike(data: bytes, packet: Packet = "1-RTT") -> None:
    """The first frame is accepted by both and ends at one place, or refused by both with one code."""
    try:
        found = decode_frame(data, packet)
    except Malformed as error:
        known, theirs = difference(error), frames(data, packet)[0]
        # where a difference is known, another fault may come first
        assert theirs == error.error or (known and theirs == known.theirs)
        return
    if found is not None:
        theirs, logged = frames(data[: found[1].size], packet)
        assert (theirs, len(logged)) == ("", 1)
        assert frames(data[: found[1].size - 1], packet)[0] == "FRAME_ENCODING_ERROR"


@pytest.mark.clause("RFC9000-19.15-03", "RFC9000-12.4-01")
def test_every_length_of_a_connection_id() -> None:
    """NEW_CONNECTION_ID with each length, with as many bytes as it says, with eight and with none."""
    for length in range(256):
        for held in (length, 8, 0):
            assert_alike(b"\x18\x01\x00" + bytes([length]) + b"c" * held + b"t" * 16)


@pytest.mark.clause("RFC9000-19.15-10")
def test_known_differences_are_still_there() -> None:
    """A change of aioquic is noticed: some case shows the one difference there is, with both codes."""
    shown = {
        (known, mine, theirs)
        for item in FRAMES
        for case in cases(item, least(item).values)
        for known, mine, theirs in [compared(case)]
        if mine != theirs
    }
    assert shown == {(ORDER, ORDER.ours, ORDER.theirs)}


@pytest.mark.clause("RFC9000-12.4-41", "RFC9000-12.5-08")
def test_permissions_that_aioquic_does_not_use() -> None:
    """It accepts longer frame types, and two frames in 0-RTT packets; a receiver need not."""
    permitted = [case for item in FRAMES for case in cases(item, least(item).values) if case.check.optional]
    assert {case.check.field or case.place for case in permitted} == {"type", "0-RTT"}
    for case in permitted:
        packet: Packet = "0-RTT" if case.place else "1-RTT"
        assert ours(case.data, packet) is None
        assert ours(case.data, packet, optional=True)
        assert frames(case.data, packet)[0] == ""


@settings(max_examples=150, deadline=None)
@given(data=st.data(), packet=st.sampled_from(get_args(Packet)))
def test_any_bytes_are_judged_alike(data: st.DataObject, packet: Packet) -> None:
    """Garbled frames are accepted by both, with as many bytes, or refused by both with one code."""
    assert_alike(data.draw(garbled(data.draw(st.sampled_from(FRAMES)))), packet)
