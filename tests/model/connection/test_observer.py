"""What an observer of every path can link, and what it cannot."""

from __future__ import annotations

from typing import Any

import pytest
from tests.model.connection.play import MOVED, SUPPLIED, after, at, did, holds

from pathproof.model.connection import machine
from pathproof.model.connection.bounds import CONFIGURATIONS, ROTATING
from pathproof.model.connection.encoding import AT_ANOTHER_SERVER, AT_THE_SAME_END, have_in_common
from pathproof.model.connection.observer import are_two_paths
from pathproof.model.connection.state import CLIENT, SERVER
from pathproof.model.explorer import explore_plainly
from pathproof.model.mutant import Mutant, applied, find
from pathproof.model.vocabulary import has

PAIR = {"number": 0, "other": 1, "first": 0, "second": 1}
SHOWN = (
    "nothing_shown_is_of_this_connection_alone",
    "nothing_shown_tells_the_server",
    "no_id_is_made_from_one_of_the_peers",
)


def test_a_move_leaves_nothing_to_link() -> None:
    """After a move in both directions, what the IDs of the two paths show is in everybody's IDs."""
    s = after(*MOVED)
    assert are_two_paths(s, 0, 1)
    assert all(holds(s, claim, {}, **PAIR) for claim in SHOWN)


def test_a_server_id_in_clear_tells_the_server_and_not_the_connection() -> None:
    """Both paths show one server ID, which other connections at that server show as well."""
    settings = {"server_id": "plaintext"}
    s = after(*MOVED, **settings)
    assert not holds(s, "nothing_shown_tells_the_server", settings, **PAIR)
    assert holds(s, "nothing_shown_is_of_this_connection_alone", settings, **PAIR)


def test_a_new_configuration_parts_the_servers() -> None:
    """While only some servers have a new configuration, two IDs made with it tell which servers it may be."""
    s = after(
        did("server_issues", prior=1),
        did("server_id_arrives", number=1, prior=1, address=0),
        did("server_issues", prior=1),
        did("server_id_arrives", number=2, prior=1, address=0),
        did("client_turns_to", address=1),
        **ROTATING,
    )
    assert has(s.seen_to_server, at(1, 0)) and has(s.seen_to_server, at(2, 1))
    pair = {"number": 1, "other": 2, "first": 0, "second": 1}
    assert not holds(s, "nothing_shown_tells_the_server", dict(ROTATING), **pair)
    assert holds(s, "nothing_shown_is_of_this_connection_alone", dict(ROTATING), **pair)
    assert holds(s, "nothing_shown_tells_the_server", dict(ROTATING), **{**pair, "number": 0})


@pytest.mark.parametrize("whose", [CLIENT, SERVER])
@pytest.mark.parametrize("crowd", [AT_THE_SAME_END, AT_ANOTHER_SERVER])
def test_ids_of_a_crowd_show_the_same(whose: int, crowd: int) -> None:
    """By default nothing that two IDs of an end have in common tells them from those of the crowd."""
    parameters = machine.setting({"cids": 3})
    assert not any(
        have_in_common(parameters, whose, n, m, crowd) for n in range(3) for m in range(3) if n != m
    )


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("ids_are_computed_from_the_first", SHOWN[:2]),
        ("the_length_tells_the_connection", SHOWN[:2]),
        ("appended_octets_name_the_server", SHOWN[1:2]),
    ],
)
def test_each_way_of_making_ids_breaks_its_claim(name: str, broken: tuple[str, ...]) -> None:
    """What tells the connection breaks both claims; what tells the server only that about servers."""
    s = after(*MOVED)
    with applied(machine, find(machine, name)):
        assert {claim for claim in SHOWN if not holds(s, claim, {}, **PAIR)} == set(broken)


def test_an_issuer_that_takes_ids_over_links_the_two_directions() -> None:
    """The client's second ID is the server's first one, so that each direction shows the other's path."""
    s = after(*MOVED)
    with applied(machine, find(machine, "ids_are_taken_over_from_the_peer")):
        assert not holds(s, SHOWN[2], {}, **PAIR)
        assert holds(s, SHOWN[0], {}, **PAIR)


@pytest.mark.parametrize(
    ("made", "broken"),
    [("at random", ()), ("in sequence", SHOWN[:2]), ("from the peer's", SHOWN[2:])],
)
def test_how_ids_are_made_is_what_keeps_them_apart(made: str, broken: tuple[str, ...]) -> None:
    """IDs drawn at random show nothing, those in sequence link paths, and so do those of the peer."""
    settings = {"made": made}
    s = after(*MOVED, **settings)
    pairs = (PAIR, {**PAIR, "number": 1, "other": 0}, {"number": 1, "other": 0, "first": 1, "second": 0})
    failed = {claim for claim in SHOWN for pair in pairs if not holds(s, claim, settings, **pair)}
    assert failed == set(broken)


def unseen(s: Any, p: Any, address: int, number: int) -> None:
    """An observer that sees nothing."""


@pytest.mark.parametrize(
    ("blinded", "witness"),
    [
        ("sees_packet_of_client", "two_ids_of_the_server_were_seen_on_two_paths"),
        ("sees_packet_of_server", "two_ids_of_the_client_were_seen_on_two_paths"),
    ],
)
def test_an_observer_that_sees_nothing_is_noticed(blinded: str, witness: str) -> None:
    """Two IDs on two paths are seen in either direction, and where packets of one are not, that is missed."""
    parameters, claim = machine.setting({"packets": 1}), machine.claims[witness]
    assert witness not in explore_plainly(machine, parameters, [claim]).never_reached
    with applied(machine, Mutant(unseen.__name__, blinded, unseen, (), (), "client")):
        assert witness in explore_plainly(machine, parameters, [claim]).never_reached


@pytest.mark.parametrize("zero_length", ["client", "server"])
def test_an_empty_id_of_one_end(zero_length: str) -> None:
    """Where one end alone has an empty ID, a move under it puts it on two paths, unless that is barred."""
    settings: dict[str, Any] = {"zero_length": zero_length}
    supplied = SUPPLIED[:3] if zero_length == "client" else SUPPLIED[3:]
    s = after(
        *supplied,
        did("client_moves_to", address=1),
        did("packet_arrives_from_elsewhere", number=0),
        did("server_challenges", address=1),
        **settings,
    )
    assert not holds(s, "an_empty_id_is_on_one_path", settings, first=0, second=1)
    shown = s.seen_to_client if zero_length == "client" else s.seen_to_server
    assert shown.members == {at(0, 0), at(0, 1)}


def test_a_nat_under_an_empty_id_is_no_move_of_the_client() -> None:
    """The observer sees the server's empty ID from two addresses, of which the client chose one."""
    settings = dict(CONFIGURATIONS["zero-length connection ID of the server, a NAT, zero_length_move=barred"])
    s = after(did("nat_rebinds", address=1), did("client_sends"), **settings)
    assert s.seen_to_server.members == {at(0, 0), at(0, 1)}
    assert holds(s, "an_empty_id_is_on_one_path", settings, first=0, second=1)


def test_what_retires_an_id_shows_the_next_one() -> None:
    """RETIRE_CONNECTION_ID leaves under the ID that takes the place of the retired one, and is seen."""
    s = after(
        did("server_issues", prior=1),
        did("server_supplies", number=1),
        did("server_id_arrives", number=1, prior=1, address=0),
        prior="rises",
        cids=3,
    )
    assert has(s.seen_to_server, at(1, 0))
