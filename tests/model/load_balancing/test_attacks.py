"""Resets between servers, and what an observer, a stranger and a client of the deployment can do."""

from __future__ import annotations

from typing import Any

from tests.model.load_balancing.play import BEGIN, ROTATE, ROUTABLE, UNROUTABLE, Did, after, did, may

from pathproof.model.load_balancing import machine

PLAIN = {"start": "unconfigured"}
COPY = did("copy_from_elsewhere", number=0, server=1)
MOVED = (*ROUTABLE, did("supply"), did("deliver_new_connection_id", number=1), did("move", number=1))


def test_an_unroutable_id_makes_an_oracle() -> None:
    """Servers that share a key and answer anything end the connection of another server."""
    assert after(*UNROUTABLE, COPY, resets="any", **PLAIN).ended_by == "another server"


def test_what_keeps_the_oracle_shut() -> None:
    """Resets for own server IDs alone, a key for each server, a table of IDs, or routable IDs."""
    assert not may(COPY, *UNROUTABLE, **PLAIN)
    assert not may(COPY, *UNROUTABLE, resets="any", reset_key="per_server", **PLAIN)
    assert not may(COPY, *UNROUTABLE, resets="any", cid_table="kept", **PLAIN)
    assert not may(COPY, *ROUTABLE, resets="any")


def test_an_early_withdrawal_opens_it_again() -> None:
    """An ID that was routable is so no longer, and the copy comes to the other server."""
    way = (*ROUTABLE, did("make_configuration"), did("withdraw", configuration=0), COPY)
    assert after(*way, resets="any", withdrawal="early").ended_by == "another server"


def test_a_server_that_lost_its_state_ends_the_connection() -> None:
    """Its own server ID is in the ID, so it may answer (21.11)."""
    way = (*ROUTABLE, did("restart"), did("reset_by_server", number=0, server=0))
    assert after(*way, restarts="server").ended_by == "server"


def test_a_server_resets_only_what_it_can_read() -> None:
    """An ID with 0b111 names no server, so that one without state cannot know it for its own."""
    gone, answer = (*UNROUTABLE, did("restart")), did("reset_by_server", number=0, server=0)
    assert not may(answer, *gone, restarts="server", **PLAIN)
    state = after(*gone, answer, restarts="server", resets="any", **PLAIN)
    assert state.ended_by == "a server that cannot read the ID"


def test_a_retired_id_ends_nothing() -> None:
    """The client no longer knows the token of an ID that it has retired."""
    replaced = (did("supply"), did("deliver_new_connection_id", number=1))
    way = (*ROUTABLE, *ROTATE, *replaced, did("restart"))
    assert not may(did("reset_by_server", number=0, server=0), *way, restarts="server")


def test_an_observer_links_clear_ids() -> None:
    """Both show the server ID; under a key, they show nothing."""
    compare = did("compare", number=1, other=0)
    assert after(*MOVED, compare, key="none", cids=4).linked == "by server ID"
    assert after(*MOVED, compare, cids=4).linked == "no"


def holds(claim: str, *way: Did, **settings: Any) -> bool:
    """Whether a claim holds at the end of a run, of connection IDs 0 and 1 and of every server."""
    state, parameters = after(*way, **settings), machine.setting(settings)
    function = machine.claims[claim].function
    return all(function(state, parameters, 1, 0, server) for server in range(parameters.servers))


def test_first_bits_single_out_who_is_ahead() -> None:
    """The first server with a new configuration is known by its codepoint, and one of many is not."""
    ahead = (*ROTATE[:3], *MOVED)
    assert not holds("no_codepoint_tells_the_server", *ahead)
    assert holds("no_codepoint_tells_the_server", *MOVED)
    assert holds("no_codepoint_tells_the_server", *ahead, rollout="at_once")
    assert holds("no_codepoint_tells_the_server", *ROTATE, *MOVED)


def test_first_bits_single_out_who_has_no_nonces() -> None:
    """A server that has used up its nonces issues 0b111, while another one has a configuration."""
    others = [did("serve_another_client")] * 3
    used_up = (*BEGIN[:-1], *others, BEGIN[-1], did("forward_handshake_by_table"), *MOVED[len(ROUTABLE) :])
    assert holds("no_unroutable_ids_tell_the_server", *MOVED)
    assert not holds("no_unroutable_ids_tell_the_server", *used_up, other_connections="some")


def test_anybody_aims_with_a_clear_id_and_a_client_with_its_own() -> None:
    """A routable ID in a first packet goes to its server, whoever made it."""
    clear, own = did("aim_with_clear_id", server=1), did("aim_with_own_id", server=1)
    assert may(clear, attacker="stranger", key="none")
    assert not may(clear, attacker="stranger")
    assert after(own, attacker="client").aimed == "yes"
    assert not may(own, attacker="stranger")


def test_a_reset_of_the_client_and_the_table() -> None:
    """It comes out anywhere, unless the load balancer has tracked the 4-tuple."""
    gone = (*ROUTABLE, did("rebind"), did("forward_by_id", number=0, late=0), did("client_forgets"))
    wrong = did("reset_by_client", names=0, chosen=1)
    right = did("reset_by_client", names=0, chosen=0)
    assert after(*gone, wrong, restarts="client").missed == "yes"
    assert not may(wrong, *gone, restarts="client", routable_reset="tracked")
    assert after(*gone, right, restarts="client", routable_reset="tracked").holds == "no"


def test_a_spoofed_packet_moves_what_is_tracked() -> None:
    """A client with a routable ID of its own overwrites what was noted of another client's 4-tuple."""
    tracked = {"restarts": "client", "routable_reset": "tracked", "attacker": "client"}
    way = (*ROUTABLE, did("client_forgets"), did("spoof_tuple", server=1))
    assert after(*way, did("reset_by_client", names=0, chosen=1), **tracked).missed == "yes"
    assert not may(did("spoof_tuple", server=1), *ROUTABLE, attacker="client")


def test_a_token_of_the_former_configuration() -> None:
    """When a codepoint is used anew, the key for tokens has to be new, too (9.5)."""
    way = (
        *ROTATE,
        did("withdraw", configuration=0),
        did("make_configuration"),
        did("deliver_to_balancer"),
        did("deliver_to_server", server=0),
        *ROUTABLE,
    )
    client = {"configurations": 3, "attacker": "client"}
    stolen = did("use_old_token", number=0)
    assert not may(stolen, *way, **client)
    assert after(*way, stolen, key_renewal="kept", **client).ended_by == "an old token"
