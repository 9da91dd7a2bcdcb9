"""Malformed cases, made from the data: each is refused for its own reason, and each reason is needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.spec.wire_image.made import ITEMS, least, made

from pathproof.spec.wire_image import (
    Amount,
    Case,
    Check,
    Field,
    Item,
    Malformed,
    cases,
    decode,
    decode_frame,
    decode_parameters,
    encode_parameters,
)

by_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.name)


def read(case: Case, item: Item | None = None) -> None:
    """Decode a case as its item, or as another one, where it stands."""
    item = item or case.item
    if case.place == "client":
        assert item.identifier is not None
        decode_parameters(encode_parameters([(item.identifier, case.data)]), "client")
    elif case.place:
        decode_frame(case.data, case.place, optional=True)  # type: ignore[arg-type]
    else:
        decode(item, case.data, case.given, optional=True)


def refusal(case: Case, item: Item | None = None) -> Malformed:
    """What a case is refused for."""
    with pytest.raises(Malformed) as raised:
        read(case, item)
    return raised.value


@by_item
def test_every_check_is_broken_by_some_case(item: Item) -> None:
    """No check of the data is one that nothing can break; its cases break it and nothing before it."""
    one = least(item)
    broken = [case.check for case in cases(item, one.values, one.given)]
    for check in item.all_checks:
        assert any(case is check for case in broken), check.says
    assert {id(check) for check in broken} <= {id(check) for check in item.all_checks}


@by_item
def test_every_case_is_refused_with_the_error_that_the_data_names(item: Item) -> None:
    """For the least values that are in order: by the very check, in an item with the right error."""
    one = least(item)
    for case in cases(item, one.values, one.given):
        found = refusal(case)
        assert (found.check, found.item, found.error) == (case.check, item, case.check.error), case.says


@by_item
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_every_case_of_any_values_is_refused(item: Item, data: st.DataObject) -> None:
    """Whatever the values are that a case was made from; and one whose values are in order is accepted."""
    one = data.draw(made(item))
    decode(item, one.data, one.given, optional=True)
    for case in cases(item, one.values, one.given):
        assert refusal(case).check is case.check, case.says


def own_cases(item: Item) -> list[Case]:
    """The cases that break a check on a value, rather than on an end or a place."""
    one = least(item)
    return [case for case in cases(item, one.values, one.given) if not is_cut(case) and not case.place]


def is_cut(case: Case) -> bool:
    """Whether the bytes of a case were cut off, or one more was added."""
    return case.says.startswith(("the first ", "one byte "))


def changed(item: Item, check: Check, to: Check | None) -> Item:
    """The item with another check instead of this one, or with none."""
    checks = [to if other is check else other for other in item.checks]
    return replace(item, checks=tuple(other for other in checks if other is not None))


@by_item
def test_every_check_is_needed(item: Item) -> None:
    """Without the check, its cases pass: nothing else in the item refuses them."""
    for case in own_cases(item):
        read(case, changed(item, case.check, None))


def looser(check: Check) -> Iterator[Check]:
    """The check with one of its bounds moved by one, or without what else it asks for."""
    if check.least:
        yield replace(check, least=Amount(check.least.name, check.least.plus - 1))
    if check.most:
        yield replace(check, most=Amount(check.most.name, check.most.plus + 1))
    if check.multiple_of > 1:
        yield replace(check, multiple_of=1)
    if check.shortest:
        yield replace(check, shortest=False)


@by_item
def test_every_bound_is_met_exactly(item: Item) -> None:
    """With any bound looser by one, some case of that check passes."""
    for check in item.checks:
        for loose in looser(check):
            assert any(passes(case, changed(item, check, loose)) for case in own_cases(item)), check.says


def passes(case: Case, item: Item) -> bool:
    """Whether a case is accepted as this item."""
    try:
        read(case, item)
    except Malformed:
        return False
    return True


@by_item
def test_optional_checks_are_made_on_demand(item: Item) -> None:
    """What the text lets a receiver refuse is accepted unless it is asked to refuse it."""
    for case in own_cases(item):
        if case.check.optional:
            decode(item, case.data, case.given)
        else:
            with pytest.raises(Malformed):
                decode(item, case.data, case.given)


def test_a_bound_that_cannot_be_exceeded_has_no_case() -> None:
    """No integer lies above the largest one, so nothing is above a number that is the largest."""
    [item] = [item for item in ITEMS if item.name == "NEW_CONNECTION_ID"]
    one = least(item)
    values = {**one.values, "sequence_number": 2**62 - 1}
    assert "retire_prior_to" not in {case.check.field for case in cases(item, values)}
    assert "retire_prior_to" in {case.check.field for case in cases(item, one.values)}


@pytest.mark.parametrize(
    ("least", "most", "wrong"), [(0, 255, []), (1, 255, [0]), (0, 254, [255]), ("low", "high", [8, 5])]
)
def test_a_case_lies_just_beyond_each_bound(least: int | str, most: int | str, wrong: list[int]) -> None:
    """Where the field has room for it, and in terms of other fields where the bounds are."""
    fields = tuple(Field(name, "A number.", bits=8) for name in ("low", "high", "number"))
    bounds = Check("number", "drop", "it lies between", least=Amount.of(least), most=Amount.of(most))
    item = Item("odd", "packet", "Numbers.", (), fields, Check("", "drop", "its end is wrong"), (bounds,))
    found = [case.data for case in cases(item, {"low": 6, "high": 7, "number": 6}) if case.check is bounds]
    assert sorted(found) == sorted(bytes([6, 7, number]) for number in wrong)


def test_a_case_has_one_thing_wrong() -> None:
    """What a case does not break stays as it was, as far as there is room for it."""
    [item] = [item for item in ITEMS if item.name == "NEW_CONNECTION_ID"]
    values = {**least(item).values, "length": 3, "connection_id": b"abc", "stateless_reset_token": b"t" * 16}
    found = {
        case.says: case.data
        for case in cases(item, values)
        if case.check.field in ("length", "retire_prior_to")
    }
    assert found == {
        "retire_prior_to is 1, although Retire Prior To is at most the sequence number": (
            bytes.fromhex("18000103") + b"abc" + b"t" * 16
        ),
        "length is 0, although a connection ID has 1 to 20 bytes": bytes.fromhex("18000000") + b"t" * 16,
        "length is 21, although a connection ID has 1 to 20 bytes": (
            bytes.fromhex("18000015") + b"abc" + bytes(18) + b"t" * 16
        ),
    }


def test_every_remainder_has_a_case() -> None:
    """What has to be a multiple is one, two and three more than that."""
    [item] = [item for item in ITEMS if item.name == "version_negotiation"]
    one = least(item)
    found = [case for case in cases(item, one.values) if case.check.field == "further_versions"]
    assert [len(case.data) - len(one.data) for case in found] == [1, 2, 3]
