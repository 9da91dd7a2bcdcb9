"""Both ends through a move: what they use, what they retire, and what an observer can tell."""

from __future__ import annotations

from tests.model.connection.play import MOVED, SUPPLIED, after, at, did, holds, may

from pathproof.model.vocabulary import get, has


def test_a_move_takes_a_new_id_in_both_directions() -> None:
    """Client and server go on under connection IDs that no packet bore on the old path."""
    s = after(*MOVED)
    assert (s.moving_outer, s.moving_current) == (1, 1)
    assert (s.server_ids_current, s.client_ids_current) == (1, 1)
    assert has(s.moving_validated, 1)
    assert has(s.moving_works, 1)


def test_an_observer_sees_each_id_on_one_path() -> None:
    """After a move, the first connection IDs were seen at the first address, the second at the second."""
    s = after(*MOVED)
    assert sorted(s.seen_to_server.members) == [at(0, 0), at(1, 1)]
    assert sorted(s.seen_to_client.members) == [at(0, 0), at(1, 1)]


def test_what_the_old_path_bore_is_retired_on_both_sides() -> None:
    """Each end retires the other's old connection ID, and the issuer accepts it no longer."""
    s = after(
        *MOVED,
        did("client_retires", number=0),
        did("client_retirement_arrives", number=0),
        did("server_gives_up_path", address=0),
        did("server_retirement_arrives", number=0),
    )
    assert has(s.server_ids_invalidated, 0)
    assert has(s.client_ids_invalidated, 0)
    assert not has(s.moving_issued, 1)


def test_a_late_packet_under_a_retired_id_is_lost() -> None:
    """A packet from the old path that is overtaken by the retirement of its connection ID belongs nowhere."""
    s = after(
        *SUPPLIED,
        did("client_sends"),
        did("client_moves_to", address=1),
        did("client_retires", number=0),
        did("client_retirement_arrives", number=0),
    )
    assert not may(s, "packet_arrives", {}, number=0)
    assert may(s, "packet_arrives_from_elsewhere", {}, number=1)


def test_a_client_without_a_fresh_id_does_not_move() -> None:
    """A new local address takes a connection ID that no packet bore."""
    assert not may(after(), "client_moves_to", {}, address=1)
    assert may(after(*SUPPLIED[:3]), "client_moves_to", {}, address=1)


def test_a_server_without_a_spare_id_is_silent() -> None:
    """With no connection ID for the new address the server sends nothing there, until one arrives."""
    moved = (*SUPPLIED[:3], did("client_moves_to", address=1), did("packet_arrives_from_elsewhere", number=0))
    s = after(*moved)
    assert s.moving_current == 1
    assert not may(s, "server_challenges", {}, address=1)
    assert not may(s, "server_answers", {}, address=1)
    supplied = after(*moved, *SUPPLIED[3:])
    assert may(supplied, "server_challenges", {}, address=1)


def test_a_server_that_refuses_keeps_to_the_old_path() -> None:
    """By `exhausted_supply` = refuse, packets from the new address are dropped."""
    settings = {"exhausted_supply": "refuse"}
    s = after(*SUPPLIED[:3], did("client_moves_to", address=1), **settings)
    assert not may(s, "packet_arrives_from_elsewhere", settings, number=0)


def test_the_server_keeps_its_id_after_a_rebinding() -> None:
    """A NAT's change of address under the same connection ID is answered under the same one (9.5-05)."""
    s = after(
        *SUPPLIED,
        did("nat_rebinds", address=1),
        did("client_sends"),
        did("packet_arrives_from_elsewhere", number=0),
        did("server_challenges", address=1),
        network="rebinds",
        client="stays",
    )
    assert get(s.moving_cid_at, 1) == get(s.moving_cid_at, 0)
    assert holds(s, "the_server_links_no_paths", {"network": "rebinds"}, number=0, first=0, second=1)


def test_frames_of_one_packet_are_processed_in_their_order() -> None:
    """NEW_CONNECTION_ID retires what the path bears, and the answer to PATH_CHALLENGE bears the new one."""
    settings = {"prior": "rises", "frames_together": "yes"}
    run = (
        did("client_issues", prior=1),
        did("client_sends"),
        did("packet_brings_frames", number=0),
        did("its_id_is_processed", number=1),
    )
    s = after(*run, **settings)
    assert not may(s, "server_answers", settings, address=0)
    answered = after(*run, did("its_challenge_is_processed"), did("server_answers", address=0), **settings)
    assert get(answered.moving_cid_at, 0) == 2
    assert has(answered.seen_to_client, at(1, 0))
    assert not answered.bore_retired.members


def test_copies_of_an_attacker_undo_what_a_move_hides() -> None:
    """Who copies the first packet under a new ID from an address used before has the server keep its old ID.

    To the server the client is at the attacker's address under a new connection ID, so that it keeps its own;
    then it comes from yet another address under the same one, and by 9.5-05 the server keeps its own again.
    """
    settings = {"attacker": "persistent", "addresses": 3, "packets": 3}
    s = after(
        *SUPPLIED,
        did("client_sends"),
        did("copy_arrives", number=0, address=2),
        did("server_challenges", address=2),
        did("client_moves_to", address=1),
        did("client_sends"),
        did("copy_arrives", number=1, address=2),
        did("packet_arrives_from_elsewhere", number=2),
        did("server_challenges", address=1),
        **settings,
    )
    assert has(s.moving_spare, 2)
    assert not holds(s, "the_server_links_no_paths", settings, number=0, first=0, second=1)


def test_a_move_under_an_empty_id_shows_in_the_other_direction() -> None:
    """A server with an empty ID sees no new one, and so keeps the client's on the new path (9.5-05)."""
    settings = {"zero_length": "server"}
    s = after(
        *SUPPLIED[3:],
        did("client_moves_to", address=1),
        did("packet_arrives_from_elsewhere", number=0),
        did("server_challenges", address=1),
        **settings,
    )
    assert not holds(s, "the_server_links_no_paths", settings, number=0, first=0, second=1)
    assert may(after(**settings), "client_moves_to", settings, address=1)
    barred = {**settings, "zero_length_move": "barred"}
    assert not may(after(**barred), "client_moves_to", barred, address=1)


def test_a_client_that_silences_itself_is_promised_nothing() -> None:
    """It goes on under a connection ID that it has retired, and the server never hears where it went."""
    settings = {"numbering": "goes on", "packets": 1}
    rogue = {**settings, "peer": "rogue client"}
    s = after(
        *SUPPLIED[:3],
        did("client_moves_to", address=1),
        did("rogue_client_retires_anything", number=1),
        did("path_dies", address=0),
        **rogue,
    )
    assert not may(s, "packet_arrives_from_elsewhere", rogue, number=0)
    assert holds(s, "no_attacker_holds_it_for_ever", rogue)
    assert not holds(s, "no_attacker_holds_it_for_ever", settings)
