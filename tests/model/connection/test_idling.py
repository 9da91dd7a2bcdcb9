"""The idle timer of either end: what starts it anew, and which timers come before it."""

from __future__ import annotations

from tests.model.connection.play import after, did, may

from pathproof.model.vocabulary import get

IDLES = {"ends": "idles", "silence": 3, "packets": 1}
CLIENT, SERVER = 0, 1
SILENCE = did("client_hears_nothing")


def test_a_client_times_out_after_three_ptos_in_silence() -> None:
    """It does so neither at once nor after two of them."""
    for ptos in range(3):
        assert not may(after(*[SILENCE] * ptos, **IDLES), "client_falls_silent", IDLES)
    s = after(*[SILENCE] * 3, did("client_falls_silent"), **IDLES)
    assert (s.client_end, s.server_end, s.ended_by) == ("over", "open", "silence")


def test_where_ends_do_not_fall_silent_no_silence_is_counted() -> None:
    """Without `ends=idles` no idle timer runs."""
    assert not may(after(), "client_hears_nothing", {})
    assert not may(after(), "client_falls_silent", {})


def test_the_first_packet_after_a_packet_starts_the_timer_anew() -> None:
    """A client that begins to send has three PTOs more; a second packet adds nothing."""
    settings = {**IDLES, "packets": 2}
    begun = after(SILENCE, SILENCE, did("client_sends"), **settings)
    assert get(begun.idle, CLIENT) == 0
    again = after(SILENCE, SILENCE, did("client_sends"), SILENCE, did("client_sends"), **settings)
    assert get(again.idle, CLIENT) == 1


def test_a_packet_of_the_peer_starts_the_timer_anew() -> None:
    """The server has heard the client, and the client nothing: each has its own timer."""
    s = after(
        did("server_hears_nothing"), did("client_sends"), SILENCE, did("packet_arrives", number=0), **IDLES
    )
    assert (get(s.idle, CLIENT), get(s.idle, SERVER)) == (1, 0)


def test_a_validation_of_the_server_fails_before_its_idle_timer() -> None:
    """The PTOs in silence count for the validation too, which has to end first."""
    silence = did("server_hears_nothing")
    moved = (
        did("client_issues", prior=0),
        did("client_id_arrives", number=1, prior=0),
        did("server_issues", prior=0),
        did("server_supplies", number=1),
        did("server_id_arrives", number=1, prior=0, address=0),
        did("client_moves_to", address=1),
        did("packet_arrives_from_elsewhere", number=0),
        did("server_challenges", address=1),
    )
    s = after(*moved, *[silence] * 3, **IDLES)
    assert (get(s.idle, SERVER), get(s.moving_ticks, 1)) == (3, 1)
    assert not may(s, "server_falls_silent", IDLES)
    assert may(
        after(*moved, *[silence] * 3, did("server_gives_up", address=1), **IDLES),
        "server_falls_silent",
        IDLES,
    )


def test_what_is_in_flight_is_declared_lost_before_a_pto_in_silence() -> None:
    """The timer of one PTO comes before those of more."""
    settings = {**IDLES, "data": "flows"}
    flight = (did("server_has_data"), did("server_sends_data"))
    assert not may(after(*flight, **settings), "server_hears_nothing", settings)
    s = after(*flight, did("server_declares_lost", address=0), **settings)
    assert may(s, "server_hears_nothing", settings)
