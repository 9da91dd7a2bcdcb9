"""Where the machine and the wire image speak of the same bytes, neither may drift alone."""

from __future__ import annotations

import pytest

from pathproof.model.cid_supply import machine
from pathproof.model.cid_supply.consumer import frame_error
from pathproof.model.cid_supply.state import OPEN
from pathproof.model.machine import UnknownName
from pathproof.spec import names
from pathproof.spec.wire_image import Malformed, decode, encode, item


def refusal(name: str, values: dict[str, int | bytes]) -> str:
    """The error with which the wire image refuses an item of these values, or OPEN."""
    try:
        decode(item(name), encode(item(name), values, checked=False))
    except Malformed as error:
        return error.error
    return OPEN


@pytest.mark.clause("RFC9000-19.15-03", "RFC9000-19.15-10")
def test_a_frame_meets_one_error() -> None:
    """For every length that a byte can state, and Retire Prior To below, at and above the number."""
    found = set()
    for length in range(256):
        for prior in (0, 6, 7, 8):
            frame = {"sequence_number": 7, "retire_prior_to": prior, "length": length}
            data = {"connection_id": bytes(length), "stateless_reset_token": bytes(16)}
            error = frame_error(machine.setting(), 7, prior, length)
            assert error == refusal("NEW_CONNECTION_ID", {**frame, **data}), (length, prior)
            found.add(error)
    assert found == {OPEN, "FRAME_ENCODING_ERROR"}


@pytest.mark.clause("RFC9000-18.2-58", "RFC9000-18.2-59")
def test_a_limit_is_taken_by_both_or_neither() -> None:
    """The judge asks the machine which limits there may be, and codecs ask the wire image."""
    for limit in (0, 1, 2, 3, 63, 64, names.MAX_VARINT):
        try:
            machine.setting({"limit": limit})
            taken = True
        except UnknownName:
            taken = False
        assert taken == (refusal("active_connection_id_limit", {"value": limit}) == OPEN), limit


def test_a_token_has_one_length() -> None:
    """In the frame, in both parameters, and in the reset."""
    holders = ("NEW_CONNECTION_ID", "stateless_reset_token", "preferred_address", "stateless_reset")
    for name in holders:
        [token] = [field for field in item(name).fields if field.name == "stateless_reset_token"]
        assert token.bytes is not None
        assert token.bytes.in_terms_of({}) == names.STATELESS_RESET_TOKEN_LENGTH
