"""What every fair run comes back to, and what is assumed of it."""

from __future__ import annotations

from typing import Any

from pathproof.model.connection.actions import machine
from pathproof.model.connection.ending import is_ending
from pathproof.model.connection.parts import MOVING
from pathproof.model.connection.state import LOST, SequenceNumber, both_are_open
from pathproof.model.migration.connection_ids import can_equip
from pathproof.model.vocabulary import has

NETWORK = (
    "packet_arrives",
    "packet_arrives_from_elsewhere",
    "response_arrives",
    "acknowledgment_arrives",
    "challenge_arrives",
    "server_supplies",
    "server_id_arrives",
    "client_id_arrives",
    "client_retirement_arrives",
    "server_retirement_arrives",
    "server_answers",
)


@machine.fair("strong", *NETWORK)
def what_is_sent_again_and_again_arrives(s: Any, p: Any) -> bool:
    """A packet that is sent again and again, with new numbers or as it was, arrives at last."""
    return True


@machine.fair(
    "strong",
    "server_waits",
    "server_repeats_challenge",
    "server_gives_up",
    "client_waits",
    "server_declares_lost",
)
def time_passes(s: Any, p: Any) -> bool:
    """Timers that run fire."""
    return True


@machine.fair("strong", "client_lingers", "server_lingers")
def closing_takes_its_time(s: Any, p: Any) -> bool:
    """A PTO passes at an end that closes or drains."""
    return True


@machine.fair("strong", "server_challenges", "server_sends_data", "server_gives_up_path", "server_mirrors")
def the_server_acts(s: Any, p: Any) -> bool:
    """The server does what its rules let it do."""
    return True


@machine.fair("strong", "client_sends", "client_sends_again", "numbering_goes_on", "client_goes_back_to")
def the_client_goes_on_sending(s: Any, p: Any) -> bool:
    """The client sends packets for ever."""
    return True


@machine.fair("strong", "server_resets", "reset_arrives")
def resets_arrive(s: Any, p: Any) -> bool:
    """Of packets that come again and again to a server without state, one is answered, and that arrives."""
    return True


@machine.fair(
    "finite",
    "client_moves_to",
    "client_turns_to",
    "client_probes",
    "client_goes_over_to",
    "client_goes_back_to",
    "client_changes_its_id",
    "nat_rebinds",
    "path_dies",
)
def the_client_settles(s: Any, p: Any) -> bool:
    """At last the client's address changes no more, by its own will or by a NAT."""
    return True


@machine.fair("finite", "copy_arrives")
def the_attacker_gives_up(s: Any, p: Any) -> bool:
    """Whoever copies packets does so only finitely often."""
    return True


HONEST = (
    "what_is_sent_again_and_again_arrives",
    "time_passes",
    "the_server_acts",
    "the_client_goes_on_sending",
)


NOT_WHERE = {"numbering": "ends", "exhausted_supply": "refuse"}
"""The client stops sending, or the server goes on sending to an address that the client has left."""


def is_heard(p: Any) -> bool:
    """The client keeps its rules: one that retires what its packets bear silences itself."""
    return bool(p.peer != "rogue client")


def is_supplied(s: Any, p: Any) -> bool:
    """There is, or could be, a connection ID for packets to the address in use."""
    return can_equip(MOVING.state(s), MOVING.parameters(p), s.moving_current)


@machine.eventually(
    "RFC9000-9.3-02",
    "RFC9000-13.3-05",
    given=(*HONEST, "the_client_settles", "the_attacker_gives_up"),
    fails_under=NOT_WHERE,
)
def a_download_survives_every_move(s: Any, p: Any) -> bool:
    """After any moves within the supply, and any attack, what the server has to send is acknowledged."""
    if not is_heard(p) or not both_are_open(s) or not is_supplied(s, p):
        return True
    return bool(s.moving_pending == "nothing")


@machine.eventually(
    "RFC9000-9.3.2-01",
    given=(*HONEST, "the_client_settles", "the_attacker_gives_up"),
    fails_under={"numbering": "ends"},
)
def a_connection_dragged_away_comes_back(s: Any, p: Any) -> bool:
    """Once the attacker gives up, the server sends to no stranger."""
    return not both_are_open(s) or not has(s.moving_strangers, s.moving_current)


@machine.eventually("RFC9000-9.3.2-01", given=(*HONEST, "the_client_settles"), fails_under=NOT_WHERE)
def no_attacker_holds_it_for_ever(s: Any, p: Any) -> bool:
    """Even if an attacker never gives up, the server sends to the client's address again and again."""
    if not is_heard(p) or not both_are_open(s) or not is_supplied(s, p):
        return True
    return has(s.moving_reachable, s.moving_current)


@machine.eventually("RFC9000-10.2-08", "RFC9000-10.2-11", given=("closing_takes_its_time",))
def every_ending_comes_to_its_end(s: Any, p: Any) -> bool:
    """No end closes or drains for ever."""
    return not is_ending(s.client_end) and not is_ending(s.server_end)


@machine.eventually(
    "RFC9000-10.3-01",
    "RFC9000-10.3.1-11",
    given=("the_client_goes_on_sending", "resets_arrive", "closing_takes_its_time"),
    fails_under={"zero_length": ("server", "both")},
)
def the_peer_of_a_server_without_state_learns_of_it(s: Any, p: Any) -> bool:
    """A client that goes on sending to a server that has lost the connection does not stay open.

    A server with an empty connection ID has given out no token here. A reset answers a packet, so that a
    client which sends nothing may never learn of it: packets that were under way may all be lost.
    """
    return s.server_end != LOST or s.client_end != "open" or is_mute(s)


def is_mute(s: Any) -> bool:
    """The client has no connection ID to send to, and so sends nothing that a reset could answer."""
    return not has(s.server_ids_active, s.server_ids_current)


@machine.eventually(
    "RFC9000-5.1.2-06",
    given=(*HONEST, "the_client_settles", "the_attacker_gives_up"),
    fails_under=NOT_WHERE,
)
def a_retirement_reaches_the_client(s: Any, p: Any, number: SequenceNumber) -> bool:
    """RETIRE_CONNECTION_ID for what was given up with a path arrives."""
    if not is_heard(p) or not both_are_open(s) or not is_supplied(s, p):
        return True
    return not has(s.moving_retired, number + 1)
