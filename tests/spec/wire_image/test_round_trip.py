"""What is encoded is decoded to the same values, and what is decoded is encoded to the same bytes."""

from __future__ import annotations

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st
from tests.spec.wire_image.made import ITEMS, least, made

from pathproof.spec.wire_image import Item, Malformed, decode, encode

by_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)


@by_item
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_values_survive(item: Item, data: st.DataObject) -> None:
    """Values, sizes of integers and the size of the whole come back, however long the integers are made."""
    one = data.draw(made(item))
    bytes_ = encode(item, one.values, one.given, one.sizes)
    found = decode(item, bytes_, one.given, optional=True)
    assert (found.values, found.sizes, found.size) == (one.values, one.sizes, len(bytes_))


@by_item
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_bytes_survive(item: Item, data: st.DataObject) -> None:
    """Bytes that are accepted at all, changed at random from good ones, come back as they were."""
    one = data.draw(made(item))
    changed = bytearray(one.data)
    for _ in range(data.draw(st.integers(0, 2))):
        if changed:
            changed[data.draw(st.integers(0, len(changed) - 1))] = data.draw(st.integers(0, 255))
    try:
        found = decode(item, bytes(changed), one.given, optional=True)
    except Malformed:
        event("refused")
        return
    event("accepted")
    assert encode(item, found.values, one.given, found.sizes) == changed


@by_item
def test_a_frame_ends_where_it_ends_and_other_items_fill_their_bytes(item: Item) -> None:
    """Bytes behind a frame are left alone; behind another item of fixed length they are refused."""
    one = least(item)
    longer = one.data + b"\x01\x01\x01\x01"
    if not any(field.takes_rest for field in item.fields):
        assert decode(item, longer, one.given, whole=False).size == len(one.data)
        with pytest.raises(Malformed, match="4 bytes follow its last field") as raised:
            decode(item, longer, one.given)
        assert raised.value.check is item.truncated
    else:
        assert decode(item, longer, one.given, whole=False).size == len(longer)


@by_item
def test_fixed_values_may_be_left_out_and_no_other_may(item: Item) -> None:
    """Each value that is not fixed has to be stated, as has all that is given."""
    one = least(item)
    for field in item.fields:
        rest = {name: value for name, value in one.values.items() if name != field.name}
        if field.value is not None:
            assert encode(item, rest, one.given) == one.data
        else:
            with pytest.raises(ValueError, match=f"no value for {field.name}"):
                encode(item, rest, one.given)
    for name in item.given:
        rest_given = {other: value for other, value in one.given.items() if other != name}
        with pytest.raises(KeyError, match=name):
            encode(item, one.values, rest_given)
        with pytest.raises(KeyError, match=name):
            decode(item, one.data, rest_given)


@by_item
def test_fixed_values_tell_an_item_from_others(item: Item) -> None:
    """Another value there is refused both ways, and no connection ends for it."""
    one = least(item)
    for field in item.fields:
        if field.value is None:
            continue
        other = {**one.values, field.name: field.value ^ 1}
        with pytest.raises(Malformed, match=field.name) as raised:
            encode(item, other, one.given)
        assert raised.value.error == "drop"
        with pytest.raises(Malformed, match=field.name) as raised:
            decode(item, encode(item, other, one.given, checked=False), one.given)
        assert raised.value.error == "drop"


@by_item
def test_values_that_do_not_fit_are_refused(item: Item) -> None:
    """Numbers below zero or too large, bytes for numbers, numbers for bytes, and lengths not as stated."""
    one = least(item)
    for field in item.fields:
        bits = 62 if field.varint else field.bits
        wrong: list[int | bytes] = [-1, 1 << bits, b""] if field.bytes is None else [0]
        if field.bytes is not None and not field.takes_rest:
            wrong.append(bytes(one.values[field.name]) + b"\x00")
        for value in wrong:
            with pytest.raises(ValueError, match=item.name) as raised:
                encode(item, {**one.values, field.name: value}, one.given)
            assert not isinstance(raised.value, Malformed)


def test_names_that_are_of_no_field_are_refused() -> None:
    """A misspelt value or size would otherwise be left out without a word."""
    [retire] = [item for item in ITEMS if item.name == "RETIRE_CONNECTION_ID"]
    with pytest.raises(ValueError, match="no field number"):
        encode(retire, {"sequence_number": 1, "number": 2})
    [challenge] = [item for item in ITEMS if item.name == "PATH_CHALLENGE"]
    with pytest.raises(ValueError, match="data is no variable-length integer"):
        encode(challenge, {"data": bytes(8)}, sizes={"data": 8})
