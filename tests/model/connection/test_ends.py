"""How a connection ends: closes, silence, resets, and what nobody without keys can do."""

from __future__ import annotations

import pytest
from tests.model.connection.play import MOVED, SUPPLIED, after, did, holds, may

from pathproof.model.vocabulary import get, has

CLOSES = {"ends": "closes"}
LIMIT = {"parts": "migration and limit", "cids": 1, "most": 1, "volume": 5, "ends": "closes"}
RESET = {"parts": "supply and reset", "attacker": "off path"}


def test_a_close_ends_both_ends_and_then_nothing_is_left() -> None:
    """The closing end lingers, the other drains, and both are over."""
    s = after(
        did("client_closes"),
        did("close_arrives_at_server", sends=1),
        did("client_lingers"),
        did("client_lingers"),
        did("server_lingers"),
        did("server_lingers"),
        **CLOSES,
    )
    assert (s.client_end, s.server_end) == ("over", "over")


@pytest.mark.parametrize(("reading", "state"), [("may_stay", "closing"), ("drains", "draining")])
def test_a_close_reaches_a_closing_end(reading: str, state: str) -> None:
    """A closing end may answer on, or falls silent, by `close_in_closing`."""
    settings = {**CLOSES, "close_in_closing": reading}
    s = after(
        did("client_closes"),
        did("server_closes", sends=1),
        did("close_arrives_at_client", sends=0),
        **settings,
    )
    assert s.client_end == state


def test_a_closed_server_takes_part_in_nothing() -> None:
    """What is closed is closed for supply, paths and validation alike."""
    s = after(*SUPPLIED, did("client_moves_to", address=1), did("server_closes", sends=1), **CLOSES)
    for action in ("packet_arrives_from_elsewhere", "client_retirement_arrives"):
        assert not may(s, action, CLOSES, number=0)
    assert not may(s, "server_challenges", CLOSES, address=1)
    assert may(s, "packet_meets_closing_server", CLOSES, number=0, sends=0)


def test_identical_closing_packets_link_the_paths_of_a_client_that_moves() -> None:
    """The copy of a closing packet that answers from-elsewhere bears what the old path bore."""
    run = (
        *SUPPLIED,
        did("server_closes", sends=1),
        did("client_moves_to", address=1),
        did("packet_meets_closing_server", number=0, sends=1),
    )
    identical = {**CLOSES, "closing_answer": "identical"}
    claim = ("the_server_links_no_paths", identical)
    assert not holds(after(*run, **identical), *claim, number=0, first=0, second=1)
    apart = after(*run[:-1], **CLOSES)
    assert not may(apart, "packet_meets_closing_server", CLOSES, number=0, sends=1)


def test_one_ledger_pays_for_everything() -> None:
    """Three units may go to a new address for one that came: a full challenge, an answer, and no close."""
    run = (
        did("client_moves_to", address=1),
        did("packet_arrives_from_elsewhere", number=0),
        did("server_challenges", address=1),
        did("server_answers", address=1),
    )
    s = after(*run, **LIMIT)
    assert (get(s.limit_came_on, 1), get(s.limit_went_on, 1)) == (1, 3)
    assert not may(s, "server_closes", LIMIT, sends=1)
    closed = after(*run, did("server_closes", sends=0), **LIMIT)
    assert (closed.server_end, closed.server_close) == ("closing", "not sent")
    free = after(*run, did("challenge_arrives", address=1), did("response_arrives", address=1), **LIMIT)
    assert has(free.limit_valid, 1)
    assert may(free, "server_closes", LIMIT, sends=1)


def test_only_the_token_of_an_id_in_use_ends_it() -> None:
    """A reset for a retired connection ID does nothing, one for the current ID of a lost one ends it."""
    run = (
        did("server_issues", prior=0),
        did("server_id_arrives", number=1, prior=0, address=0),
        did("client_turns_to", address=1),
        did("client_retires", number=0),
        did("client_retirement_arrives", number=0),
        did("server_resets", number=0),
    )
    s = after(*run, did("reset_arrives", number=0), did("forged_reset_arrives"), **RESET)
    assert s.client_end == "open"
    assert not may(s, "server_resets", RESET, number=1)
    lost = after(
        *run,
        did("server_loses_its_state"),
        did("server_resets", number=1),
        did("reset_arrives", number=1),
        **RESET,
    )
    assert (lost.client_end, lost.ended_by) == ("draining", "a reset")


def test_a_path_that_loses_its_id_has_none_to_fall_back_to() -> None:
    """Retire Prior To takes the old path's ID, the new path fails and takes the other: none is left."""
    s = after(
        did("server_issues", prior=0),
        did("server_supplies", number=1),
        did("server_id_arrives", number=1, prior=0, address=0),
        did("client_issues", prior=1),
        did("client_moves_to", address=1),
        did("packet_arrives_from_elsewhere", number=0),
        did("client_id_arrives", number=1, prior=1),
        did("server_challenges", address=1),
        did("server_waits", address=1),
        did("server_gives_up", address=1),
        prior="rises",
    )
    assert s.moving_current == 0
    assert not s.client_ids_active.members
    assert may(s, "server_without_id_is_over", {"prior": "rises"})


def test_a_reused_id_is_a_breach() -> None:
    """A server that sends one connection ID under two numbers is closed on before the ID links two paths."""
    s = after(did("rogue_server_reuses_an_id", number=1, first=0), peer="rogue server", error_code="exact")
    assert (s.client_end, s.code) == ("closing", "the one that the clause names")


def test_a_packet_from_a_barred_address_ends_nothing() -> None:
    """A server that has barred its client from moving takes a copy from elsewhere for no error."""
    settings = {"disable_active_migration": "yes", "attacker": "off path"}
    s = after(did("client_sends"), did("copy_arrives", number=0, address=1), **settings)
    assert (s.server_end, s.ended_by) == ("open", "nobody")


def test_data_is_sent_again_after_a_move() -> None:
    """What was in flight on the old path is declared lost, and acknowledged on the new one."""
    s = after(
        did("server_has_data"),
        did("server_sends_data"),
        *MOVED,
        did("path_dies", address=0),
        did("server_declares_lost", address=0),
        did("server_sends_data"),
        did("acknowledgment_arrives", address=1),
        data="flows",
    )
    assert s.moving_pending == "nothing"
