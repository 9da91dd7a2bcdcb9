"""Legitimate moves: a migration, a probe, a rebinding, and where each of them is not allowed."""

from __future__ import annotations

from typing import Any

from pathproof.model.vocabulary import get, has


def test_a_migration_takes_new_connection_ids_in_both_directions(story: Any) -> None:
    """The client moves with a new one, the server answers with a new one, and the old path is given up."""
    told = story().do("issue", cid=2).do("migrate", address=1).do("deliver_from_elsewhere", number=0)
    assert told.s.current == 1
    told.do("challenge", address=1)
    assert (get(told.s.peer_cid, 1), get(told.s.cid_at, 1)) == (2, 2)
    told.do("deliver_challenge", address=1).do("deliver_path_response", address=1)
    assert told.s.fallback == 1
    told.do("give_up_path", address=0).do("deliver_retirement", cid=1).do("issue", cid=1)
    assert has(told.s.spare, 1)


def test_a_probe_moves_nothing_and_is_answered(story: Any) -> None:
    """The server answers a probe on its path and sends data where it did before."""
    told = story(client="probes").do("issue", cid=2).do("probe", address=1)
    told.do("deliver_from_elsewhere", number=0).do("answer", address=1)
    assert told.s.current == 0
    assert has(told.s.works, 1)
    told.do("go_over", address=1).do("deliver", number=1)
    assert told.s.current == 1


def test_a_rebinding_is_validated_and_keeps_its_connection_id(story: Any) -> None:
    """The packet bears the former connection ID, so both paths are challenged and the server's ID goes on."""
    told = story().do("rebind", address=1).do("send").do("deliver_from_elsewhere", number=0)
    assert has(told.s.due, 0) and has(told.s.due, 1)
    told.do("challenge", address=1)
    assert get(told.s.cid_at, 1) == get(told.s.cid_at, 0) == 1


def test_a_wanted_move_need_not_challenge_the_former_path(story: Any) -> None:
    """By the default reading a new connection ID is no apparent migration; by `all` it is one."""
    for reading, challenged in (("rebinding", False), ("unvalidated", True), ("all", True)):
        told = story(apparent_migration=reading).do("migrate", address=1)
        told.do("deliver_from_elsewhere", number=0)
        assert has(told.s.due, 0) is challenged


def test_only_the_highest_number_moves(story: Any) -> None:
    """One lower stays where it is, one higher moves."""
    told = story(network="steady").do("send").do("migrate", address=1)
    told.do("deliver_from_elsewhere", number=1).do("deliver", number=0)
    assert told.s.current == 1
    told = story(network="steady").do("send").do("migrate", address=1)
    told.do("deliver", number=0).do("deliver_from_elsewhere", number=1)
    assert told.s.current == 1


def test_a_probe_counts_or_not(story: Any) -> None:
    """A non-probing packet that a probe overtook moves by `non_probing` alone."""
    for reading, place in (("all_packets", 0), ("non_probing", 1)):
        told = story(client="probes", probes_counted=reading, packets=3, server_cids=3)
        told.do("probe", address=1).do("deliver_from_elsewhere", number=0).do("issue", cid=2)
        told.do("answer", address=1).do("go_over", address=1).do("probe", address=2)
        told.do("deliver_from_elsewhere", number=2).do("deliver", number=1)
        assert told.s.current == place


def test_no_move_before_confirmation(story: Any) -> None:
    """The client waits for HANDSHAKE_DONE, and the server drops what comes from elsewhere until then."""
    told = story(handshake="under way").cannot("migrate", address=1).do("rebind", address=1).do("send")
    told.cannot("deliver_from_elsewhere", number=0).do("complete_handshake").cannot("migrate", address=2)
    told.do("confirm_handshake").do("deliver_from_elsewhere", number=0)
    assert told.s.current == 1


def test_a_barred_client_stays(story: Any) -> None:
    """With disable_active_migration no packet leaves from another address; a rebinding still works."""
    told = story(disable_active_migration="yes").cannot("migrate", address=1)
    told.do("rebind", address=1).do("send").do("deliver_from_elsewhere", number=0)
    assert told.s.current == 1
    dropped = story(disable_active_migration="yes", challenge_when_disabled="drop")
    dropped.do("rebind", address=1).do("send").cannot("deliver_from_elsewhere", number=0)


def test_the_bar_ends_with_the_preferred_address(story: Any) -> None:
    """In use, it lifts the bar; after the client has gone back, the readings differ."""
    settings = {"disable_active_migration": "yes"}
    story(**settings, preferred_address="in use").do("migrate", address=1)
    story(**settings, preferred_address="left").do("migrate", address=1)
    scoped = {"disabled_migration_scope": "handshake_address", "preferred_address": "left"}
    story(**settings, **scoped).cannot("migrate", address=1)


def test_a_zero_length_connection_id_serves_every_path(story: Any) -> None:
    """The server needs no spare one; by the other reading it can send nothing to the new address."""
    told = story(zero_length="client").do("migrate", address=1).do("deliver_from_elsewhere", number=0)
    told.do("challenge", address=1)
    barred = story(zero_length="client", zero_length_move="barred").do("migrate", address=1)
    barred.do("deliver_from_elsewhere", number=0).cannot("challenge", address=1)
