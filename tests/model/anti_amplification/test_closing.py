"""The limits of the closing state: three times for the connection, and three times for each address."""

from __future__ import annotations

from tests.model.anti_amplification.play import after, did

from pathproof.model.vocabulary import get

CLOSE = did("close")


def test_an_answer_fits_three_times_its_trigger() -> None:
    """A packet of 300 bytes is answered by CONNECTION_CLOSE of 600, within 900."""
    state = after(CLOSE, did("receive_while_closing", path=0, size=1))
    assert (state.closing_came, state.closing_went, state.closing_allowance) == (1, 2, 1)


def test_a_larger_answer_waits_for_more() -> None:
    """CONNECTION_CLOSE of 1200 bytes needs two packets of 300, since 900 is less."""
    packet = did("receive_while_closing", path=0, size=1)
    assert after(CLOSE, packet, close=4).closing_went == 0
    assert after(CLOSE, packet, packet, close=4).closing_went == 4


def test_with_keys_there_is_no_total() -> None:
    """An endpoint that kept its keys counts nothing for the connection."""
    state = after(CLOSE, did("receive_while_closing", path=0, size=1), closing_keys="kept")
    assert (state.closing_went, state.flaw) == (0, "none")


def test_unattributed_datagrams_earn_nothing_for_the_connection() -> None:
    """A datagram of no connection is answered from what others have earned, by closing_unattributed=any."""
    stranger = did("receive_unattributed_while_closing", path=1, size=4)
    assert get(after(CLOSE, stranger).went, 1) == 0
    earned = did("receive_while_closing", path=0, size=4)
    assert get(after(CLOSE, earned, stranger).went, 1) == 2
    assert get(after(CLOSE, earned, stranger, closing_unattributed="attributed").went, 1) == 0


def test_an_unvalidated_address_has_its_limit_while_closing() -> None:
    """What an address got before counts: a victim gets three times in all, and not for each state."""
    way = [
        did("spoof_packet", path=1, size=1),
        did("send_challenge", path=1),
        did("send_data", size=2),
        CLOSE,
    ]
    state = after(*way, did("spoof_while_closing", path=1, size=1))
    assert (get(state.came, 1), get(state.went, 1)) == (2, 5)


def test_packets_from_an_unvalidated_address_may_be_discarded() -> None:
    """The other way that the text names: no answer at all."""
    spoof = did("spoof_while_closing", path=1, size=4)
    assert get(after(CLOSE, spoof, closing_unvalidated="discard").went, 1) == 0


def test_a_server_that_limits_its_rate_answers_less_and_less() -> None:
    """After the first answer one packet passes, after each later one two; without a limit none does."""
    packet, kept = did("receive_while_closing", path=0, size=4), {"closing_keys": "kept"}
    sent = [after(CLOSE, *[packet] * n, closing_rate="fewer", **kept).unanswered for n in range(8)]
    assert sent == [2, 0, 1, 0, 1, 2, 0, 1]
    assert after(CLOSE, packet, packet, closing_rate="each").unanswered == 0


def test_what_a_limited_rate_lets_pass_is_no_flaw() -> None:
    """The text leaves the rate open: a packet that passes without an answer breaks no claim."""
    packet = did("receive_while_closing", path=0, size=1)
    assert after(CLOSE, packet, packet, closing_rate="fewer").closing_went == 2
    assert after(CLOSE, packet, packet, closing_rate="fewer").flaw == "none"
