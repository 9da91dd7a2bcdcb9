"""What every fair run comes back to: packets arrive, rotations end, parties learn of the end."""

from __future__ import annotations

from pathproof.model.load_balancing.actions import machine
from pathproof.model.load_balancing.client import fresh_ones
from pathproof.model.load_balancing.configurations import newest_at
from pathproof.model.load_balancing.state import (
    FIRST_FLIGHT,
    FORGOTTEN,
    HANDSHAKE,
    OPEN,
    LoadBalancing,
    Number,
    Parameters,
)
from pathproof.model.vocabulary import count, get, has, is_empty


def is_out_of_nonces(s: LoadBalancing, p: Parameters, configuration: int) -> bool:
    """The server has used all its nonces for this configuration, and makes IDs with 0b111 (9.6-05)."""
    return get(s.counter, configuration if p.keys == "renewed" else 0) == p.nonces


def cannot_rotate(s: LoadBalancing, p: Parameters) -> bool:
    """The client has no ID of the newest configuration, and the server can make none any more.

    It has issued all that it may, or has no nonce for it.
    """
    if get(s.live_with, s.made) > 0:
        return False
    return s.issued >= p.cids or is_out_of_nonces(s, p, s.made)


# What is assumed.


@machine.fair(
    "strong",
    "forward_first_flight_by_id",
    "forward_first_flight_by_table",
    "forward_first_flight_by_fallback",
    "hold_back",
    "decide_by_name",
    "forward_handshake_by_id",
    "forward_handshake_by_table",
    "forward_handshake_by_fallback",
    "forward_by_id",
    "forward_by_table",
    "forward_by_fallback",
    "deliver_new_connection_id",
    "deliver_retire_connection_id",
)
def what_is_repeated_arrives() -> None:
    """A packet or frame that is sent again and again arrives at last."""


@machine.fair("weak", "answer", "supply", "speak", "retire")
def the_ends_go_on() -> None:
    """Client and server do at last what they can do all the time, retiring old IDs included."""


@machine.fair("weak", "deliver_to_balancer", "deliver_to_server", "withdraw")
def the_agent_goes_on() -> None:
    """The configuration agent delivers what it has made, and withdraws what nobody uses."""


@machine.fair("weak", "client_times_out", "server_times_out")
def time_passes() -> None:
    """An idle timer that runs expires."""


@machine.fair("finite", "rebind", "move", "leave_pool", "join_pool", "purge_tuple", "purge_id")
def the_network_settles() -> None:
    """Addresses, pool and tables change finitely often."""


# What follows.


@machine.eventually(
    "RFC8999-5.3-01",
    "QUICLB-2-04",
    "QUICLB-4.2-02",
    given=("what_is_repeated_arrives", "the_ends_go_on", "time_passes", "the_network_settles"),
    fails_under={
        "start": "unconfigured",
        "withdrawal": "early",
        "delivery": "any_order",
        "precaution": "none",
    },
)
def what_the_client_sends_arrives(s: LoadBalancing, p: Parameters) -> bool:
    """The client has nothing under way that its server has not received, or the connection is over.

    Nothing is asked for what bears 0b111 for want of nonces (9.6-05) under a later ID, or after a change of
    the 4-tuple: what leads to another server then does so for ever.
    """
    return s.waiting == "no" or s.stage == HANDSHAKE or may_be_lost_for_want_of_nonces(s, p)


def may_be_lost_for_want_of_nonces(s: LoadBalancing, p: Parameters) -> bool:
    """The ID in use bears 0b111 since its server has no nonces, and need not lead there from this 4-tuple."""
    if s.stage != OPEN or get(s.made_with, s.current) != p.configurations:
        return False
    if s.current > 0:
        return True
    newest = newest_at(s, s.home - 1)
    return s.settled == "no" and newest > 0 and is_out_of_nonces(s, p, newest - 1)


@machine.eventually(
    "QUICLB-4.2-06",
    "QUICLB-4.3.2-03",
    given=("what_is_repeated_arrives", "the_ends_go_on", "time_passes", "the_network_settles"),
    fails_under={
        "initials": "any",
        "shapes": "odd",
        "tuple_table": "none",
        "neighbour": "yes",
        "early_rebinding": "happens",
        "purges": "early",
        "precaution": "none",
        "routable_reset": "tracked",
    },
)
def a_handshake_ends(s: LoadBalancing, p: Parameters) -> bool:
    """A connection that has begun is established at last, or is over."""
    return s.stage != FIRST_FLIGHT and s.stage != HANDSHAKE


@machine.eventually(
    "QUICLB-3.1-06",
    "QUICLB-3.1-05",
    given=("what_is_repeated_arrives", "the_ends_go_on", "the_agent_goes_on", "time_passes"),
    fails_under={"first_configuration": "stays"},
)
def every_live_id_is_of_the_newest_configuration(s: LoadBalancing, p: Parameters, number: Number) -> bool:
    """After a rotation, no connection ID of an older configuration is left, where the server can make others.

    It cannot where it has issued all that it may before the newest configuration came, or where its nonces
    are used up. What it makes then bears 0b111, and stays.
    """
    if s.stage != OPEN or s.holds == "no" or number >= s.issued or has(s.invalidated, number):
        return True
    made_with = get(s.made_with, number)
    if made_with == p.configurations and is_out_of_nonces(s, p, s.made):
        return True
    return made_with == s.made or cannot_rotate(s, p)


@machine.eventually(
    "QUICLB-3.1-03",
    "QUICLB-3.1-04",
    given=("what_is_repeated_arrives", "the_ends_go_on", "the_agent_goes_on", "time_passes"),
)
def a_rotation_ends(s: LoadBalancing, p: Parameters) -> bool:
    """Load balancer and servers have the newest configuration, and the load balancer no other.

    A server that can make no ID of it cannot replace the older ones, and is waited for.
    """
    return cannot_rotate(s, p) or (
        has(s.active, s.made) and count(s.active) == 1 and get(s.servers_with, s.made) == p.servers
    )


@machine.eventually("RFC9000-21.11-03", given=("time_passes",))
def the_client_of_a_lost_server_learns_of_it(s: LoadBalancing, p: Parameters) -> bool:
    """No client goes on for ever toward a server that has lost its connection."""
    return s.home == 0 or s.holds == "yes" or (s.stage != OPEN and s.stage != HANDSHAKE)


@machine.eventually("QUICLB-6-01", given=("time_passes",))
def the_server_of_a_lost_client_learns_of_it(s: LoadBalancing, p: Parameters) -> bool:
    """No server keeps the connection of a client for ever that has lost it: by a reset or by its timer."""
    return s.stage != FORGOTTEN or s.holds == "no"


@machine.eventually(
    "QUICLB-9-01",
    "RFC9000-5.1.1-11",
    given=("what_is_repeated_arrives", "the_ends_go_on", "time_passes", "the_network_settles"),
    fails_under={
        "plaintext_supply": "one",
        "first_configuration": "stays",
        "fallback_codepoint": "unconfigured",
    },
)
def the_client_can_move(s: LoadBalancing, p: Parameters) -> bool:
    """The client holds a connection ID that it has not used, unless the server has issued all that it may.

    A server without a configuration gives it none (3.2-06), nor does one without nonces that has barred it.
    """
    if s.stage != OPEN or s.holds == "no" or not is_empty(fresh_ones(s)):
        return True
    newest = newest_at(s, s.home - 1)
    if newest == 0 or (s.barred == "yes" and is_out_of_nonces(s, p, newest - 1)):
        return True
    return s.issued + p.configurations - newest >= p.cids
