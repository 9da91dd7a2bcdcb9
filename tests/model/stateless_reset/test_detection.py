"""Which datagrams a consumer takes for a reset: token, address, form, size, and what came before."""

from __future__ import annotations

from typing import Any

import pytest
from tests.model.stateless_reset.play import ARRIVES, CRASH, SECOND_ID, Did, after, answer, did, may, packet

from pathproof.model.stateless_reset.consumer import is_compared
from pathproof.model.stateless_reset.state import Parameters

SHOWN = (packet(24), CRASH, answer(23), did("lose"))  # token 0 is known to an observer
RETIRED = (*SECOND_ID, did("switch", number=1), did("retire", number=0))
GIVEN_UP = (did("deliver_retire_connection_id", number=0), did("repeat_packet", number=0))


def forge(token: int, address: int = 0, form: int = 0) -> Did:
    """An attacker sends a datagram with this token."""
    return did("forge_reset", token=token, address=address, form=form)


def test_a_guess_ends_nothing() -> None:
    """Bytes that are no token do nothing, and neither does a token that was not shown."""
    assert after(forge(2), ARRIVES).end == "open"
    assert not may(after(), "forge_reset", {}, token=0, address=0, form=0)


def test_a_guesser_knows_no_token_that_was_shown() -> None:
    """Off the path, resets are not seen."""
    state = after(*SHOWN, attacker="guesser")
    assert not may(state, "forge_reset", {"attacker": "guesser"}, token=0, address=0, form=0)


@pytest.mark.parametrize("form", [0, 1])
def test_any_header_form_will_do(form: int) -> None:
    """A token that is known ends the connection behind a short header and behind a long one."""
    assert after(*SHOWN, forge(0, form=form), ARRIVES).end == "draining"


@pytest.mark.parametrize("attributed", [0, 1])
def test_it_does_not_matter_what_the_first_bytes_match(attributed: int) -> None:
    """Random bytes may equal a connection ID of the consumer, and the packet cannot be decrypted then."""
    assert after(packet(24), CRASH, answer(23), did("arrive", attributed=attributed)).end == "draining"


def test_an_empty_connection_id_matches_every_datagram() -> None:
    """A consumer with an empty connection ID finds the reset among packets that it cannot decrypt."""
    steps = (packet(24), CRASH, answer(23))
    assert not may(after(*steps, length=0), "arrive", {"length": 0}, attributed=0)
    assert after(*steps, did("arrive", attributed=1), length=0).end == "draining"


@pytest.mark.parametrize(
    ("form", "settings", "end"),
    [
        (2, {}, "open"),
        (2, {"compares": "always"}, "draining"),
        (3, {}, "draining"),
        (3, {"undecryptable_first": "skip"}, "open"),
        (3, {"undecryptable_first": "skip", "compares": "always"}, "draining"),
    ],
)
def test_a_valid_packet_in_the_datagram(form: int, settings: dict[str, Any], end: str) -> None:
    """A processed first packet permits to leave the comparison out; whether a later one does is a reading."""
    assert after(*SHOWN, forge(0, form=form), ARRIVES, **settings).end == end


def test_20_bytes_are_no_reset_and_21_are() -> None:
    """The smallest packet has 21 bytes, with a token of 16; an AEAD that expands more moves the bound."""
    assert [is_compared(Parameters(), size, "short", 0) for size in (20, 21)] == [False, True]
    larger = Parameters(expansion=20)
    assert [is_compared(larger, size, "short", 0) for size in (24, 25)] == [False, True]
    assert after(*SHOWN, did("forge_small_reset", token=0), ARRIVES).end == "open"


def test_another_address_is_ignored_by_scope() -> None:
    """A token counts from where its connection ID was used, or from anywhere by `token_scope`."""
    assert after(*SHOWN, forge(0, address=1), ARRIVES).end == "open"
    assert after(*SHOWN, forge(0, address=1), ARRIVES, token_scope="any").end == "draining"


def test_tokens_of_both_addresses_are_compared() -> None:
    """A consumer that uses two addresses watches each for the connection ID it uses there."""
    moved = (*SECOND_ID, did("go_to_second_address", number=1))
    assert after(*moved, packet(24), CRASH, answer(23), ARRIVES).end == "draining"
    late = (*moved, CRASH, did("repeat_packet", number=0), answer(23), ARRIVES)
    assert after(*late).end == "draining"


def test_unused_tokens_are_not_compared() -> None:
    """A token that arrived with a connection ID that no packet has borne ends nothing."""
    steps = (*SECOND_ID, did("reset_what_is_held", number=1), ARRIVES)
    assert after(*steps, rogue_issuer="yes").end == "open"


def test_a_retired_token_is_void_when_the_frame_has_left() -> None:
    """A late packet has the issuer show the token of a retired connection ID: no harm is done."""
    state = after(*RETIRED, *GIVEN_UP, answer(23), ARRIVES)
    assert (state.end, state.ignored) == ("open", "no")


def test_a_retired_token_that_waits_for_its_acknowledgment_ends_a_healthy_connection() -> None:
    """By token_lifetime=acknowledged, two ends that keep the rules lose a connection to a late packet."""
    waiting = {"token_lifetime": "acknowledged"}
    state = after(*RETIRED, *GIVEN_UP, answer(23), ARRIVES, **waiting)
    assert (state.end, state.holder, state.fate) == ("draining", "holds", "held")
    acknowledged = (*RETIRED, GIVEN_UP[0], did("deliver_acknowledgment", number=0), GIVEN_UP[1])
    assert after(*acknowledged, answer(23), ARRIVES, **waiting).end == "open"


def test_an_issuer_may_remember_late_packets() -> None:
    """One that remembers retired connection IDs sends no reset for them."""
    settings = {"late_packets": "dropped"}
    assert not may(after(*RETIRED, *GIVEN_UP, **settings), "answer", settings, beyond=3)


def test_a_token_that_comes_twice() -> None:
    """It may be met by a close, or taken in; then it ends the connection for either connection ID."""
    copied = did("reuse_token", number=1)
    assert after(copied, rogue_issuer="yes").end == "closed"
    kept = {"rogue_issuer": "yes", "token_reuse": "ignore"}
    used = (copied, did("switch", number=1), did("retire", number=0))
    assert after(*used, did("reset_what_is_held", number=0), ARRIVES, **kept).end == "draining"


def test_a_token_that_was_never_given_ends_nothing() -> None:
    """An issuer without state computes a token for a connection ID that came with another one."""
    kept = {"rogue_issuer": "yes", "token_reuse": "ignore"}
    lost = (did("reuse_token", number=1), did("switch", number=1), packet(24), CRASH, answer(23))
    assert after(*lost, ARRIVES, **kept).end == "open"
