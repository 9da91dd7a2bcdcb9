"""Bytes from anyone: whatever they are, and whatever is given with them, they are read or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec.wire_image.made import ITEMS, garbled

from pathproof.spec.wire_image import (
    Item,
    Malformed,
    decode,
    decode_frame,
    decode_parameters,
    encode_parameters,
)
from pathproof.spec.wire_image.item import Packet, Sender
from pathproof.spec.wire_image.parameters import by_identifier

by_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)
told = [item for item in ITEMS if item.given]
by_told = pytest.mark.parametrize("item", told, ids=lambda item: item.name)
ABSURD = st.one_of(st.integers(-3, 40), st.sampled_from([-(2**200), -(2**63), 2**31, 2**63, 2**64, 2**200]))


def exhaust(item: Item, data: bytes, given_: Mapping[str, int], optional: bool, whole: bool) -> None:
    """Decode; only Malformed may be raised, with one line that names the item."""
    try:
        found = decode(item, data, given_, optional, whole)
    except Malformed as error:
        assert str(error).startswith(f"{error.item.name}: ")
        assert len(str(error)) < 500
        assert error.item is item
        assert "\n" not in str(error)
    else:
        assert found.size == len(data) if whole else found.size <= len(data)
        assert found.values.keys() == {field.name for field in item.fields}


@by_item
@settings(max_examples=60, deadline=None)
@given(data=st.data(), optional=st.booleans(), whole=st.booleans())
def test_any_bytes_are_read_or_refused(item: Item, data: st.DataObject, optional: bool, whole: bool) -> None:
    """As every item, with whatever is given from outside: negative, huge, or of another item."""
    absurd = {name: data.draw(ABSURD) for name in item.given}
    exhaust(item, data.draw(garbled(item)), absurd, optional, whole)


@by_told
def test_absurd_lengths_are_refused(item: Item) -> None:
    """A given length below zero or far beyond the data is Malformed, whichever of them it is."""
    for length in (-(2**70), -1, 2**31, 2**70):
        for name in item.given:
            for optional in (False, True):
                with pytest.raises(Malformed):
                    decode(item, bytes(64), {**dict.fromkeys(item.given, 4), name: length}, optional)


@by_told
def test_what_is_not_given_is_a_key_error(item: Item) -> None:
    """A length that the caller has to know is never guessed."""
    for name in item.given:
        given_ = {other: 4 for other in item.given if other != name}
        with pytest.raises(KeyError, match=name):
            decode(item, bytes(64), given_)


@by_item
def test_a_message_does_not_repeat_the_bytes(item: Item) -> None:
    """Refusals stay short, however much there is to refuse."""
    for filler in (b"\x00", b"\x55", b"\xaa", b"\xff"):
        exhaust(item, filler * 100_000, dict.fromkeys(item.given, 8), True, True)


@settings(max_examples=150, deadline=None)
@given(data=st.data(), packet=st.sampled_from(get_args(Packet)), optional=st.booleans())
def test_any_payload_is_read_or_refused(data: st.DataObject, packet: Packet, optional: bool) -> None:
    """Frame after frame, until one is refused or is none of ours."""
    item = data.draw(st.sampled_from([item for item in ITEMS if item.kind == "frame"]))
    left = data.draw(garbled(item)) + data.draw(garbled(item))
    while True:
        try:
            found = decode_frame(left, packet, optional)
        except Malformed:
            break
        if found is None:
            break
        assert 0 < found[1].size <= len(left)
        left = left[found[1].size :]


@settings(max_examples=150, deadline=None)
@given(data=st.data(), sender=st.sampled_from(get_args(Sender)), optional=st.booleans())
def test_any_parameters_are_read_or_refused(data: st.DataObject, sender: Sender, optional: bool) -> None:
    """Whole sequences of good and bad values, and the same with bytes changed."""
    identifiers = data.draw(st.lists(st.sampled_from(sorted(by_identifier())), max_size=4))
    pairs = [(identifier, data.draw(garbled(by_identifier()[identifier]))) for identifier in identifiers]
    written = bytearray(encode_parameters(pairs))
    if written and data.draw(st.booleans()):
        written[data.draw(st.integers(0, len(written) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = decode_parameters(bytes(written), sender, optional)
    except Malformed as error:
        assert error.error == "TRANSPORT_PARAMETER_ERROR"
    else:
        assert found.keys() <= {item.name for item in ITEMS}
