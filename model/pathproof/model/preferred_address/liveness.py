"""What every fair run comes back to, and what is assumed of such runs."""

from __future__ import annotations

from pathproof.model.preferred_address.client import current, fits, fresh, may_try
from pathproof.model.preferred_address.handshake import machine
from pathproof.model.preferred_address.paths import (
    HOME,
    HOME_PREFERRED,
    PREFERRED,
    is_preferred,
    seen_as,
    server_of,
)
from pathproof.model.preferred_address.server import has_connection_id, server_path
from pathproof.model.preferred_address.state import Parameters, PreferredAddress, is_confirmed, is_open
from pathproof.model.vocabulary import count, get, has, is_empty
from pathproof.spec.names import MIN_ACTIVE_CONNECTION_ID_LIMIT


@machine.fair(
    "strong",
    "receive_parameters",
    "confirm",
    "deliver_probe",
    "deliver_server_answer",
    "deliver_data",
    "deliver_challenge",
    "deliver_client_answer",
)
def what_is_repeated_arrives() -> None:
    """What is sent again and again, on a path where it may arrive, arrives in the end."""


@machine.fair("weak", "client_timer", "server_timer")
def time_passes() -> None:
    """A timer that runs without end fires."""


@machine.fair("strong", "probe_preferred")
def the_client_tries() -> None:
    """A client that may validate the preferred address does so again and again."""


@machine.fair("strong", "supply", "supply_on", "retire_path", "let_go_of_path")
def numbers_are_replaced() -> None:
    """Both ends retire connection IDs that no path needs, and supply others within the limit."""


@machine.fair(
    "finite",
    "copy_as_client",
    "copy_as_third",
    "copy_probe",
    "cut",
    "challenge_as_the_victim",
    "send_from_elsewhere",
)
def the_attacker_gives_up() -> None:
    """Attackers do what they do finitely often."""


TRIED = ("what_is_repeated_arrives", "time_passes", "the_attacker_gives_up", "the_client_tries")
"""What is assumed of a client that tries the preferred address again and again."""


@machine.eventually("RFC9000-8.2.4-02", "RFC9000-9.6.1-06", "RFC9000-8.2.4-01", given=("time_passes",))
def the_attempt_ends(s: PreferredAddress, p: Parameters) -> bool:
    """The validation of the preferred address succeeds, or is given up."""
    return s.attempt != "running" or not is_open(s)


def is_silent(s: PreferredAddress, p: Parameters) -> bool:
    """The server has no connection ID for its client's path, and sends nothing there (9.3-03, 9.5-09)."""
    return not has_connection_id(s, p, seen_as(p, current(s)))


@machine.eventually(
    "RFC9000-9.6.2-03",
    "RFC9000-9.6.2-05",
    "RFC9000-9.3-02",
    "RFC9000-9.3.3-01",
    given=("what_is_repeated_arrives", "time_passes", "the_attacker_gives_up"),
    fails_under={"attacker": "copier", "challenge_when_disabled": "drop"},
)
def both_ends_use_one_path(s: PreferredAddress, p: Parameters) -> bool:
    """The server's packets go where the client's come from: the move completes at both ends or at none."""
    if not is_open(s) or has(s.blocked, server_of(current(s))):
        return True  # what is cut off for ever is lost
    if is_silent(s, p):
        return True
    return server_path(s, p) == seen_as(p, current(s))


@machine.eventually(
    "RFC9000-9.6.2-06",
    "RFC9000-9.6.2-04",
    given=("what_is_repeated_arrives", "time_passes", "the_attacker_gives_up"),
    fails_under={"old_address": "drops"},
)
def a_copied_connection_comes_back(s: PreferredAddress, p: Parameters) -> bool:
    """When a copier has given up, a server that follows newer packets at its old address finds its client.

    One that drops them (9.6.2-06) does not, if the client stays away from the preferred address, whether it
    discards what comes from an address that it does not use yet (9.6-03) or answers the challenge from there
    (8.2.2-01): 9.6.1-03 only advises it to go, and 9.6.1-06 binds it to stay when its validation has failed,
    for good or until it tries again. What a client gains that does try again is the next claim.
    """
    return agrees_after_copies(s, p) or is_silent(s, p)


@machine.eventually(
    "RFC9000-9.6.1-03",
    "RFC9000-9.6.1-05",
    "RFC9000-9.6.2-06",
    given=(*TRIED, "numbers_are_replaced"),
    fails_under={"preferred_retry": "for_good", "numbering": "ends"},
)
def a_copied_client_that_tries_comes_back(s: PreferredAddress, p: Parameters) -> bool:
    """When a copier has given up, a client that tries the preferred address again and again finds its server.

    It follows its server there, whether that one drops newer packets at its old address or follows them.
    """
    return agrees_after_copies(s, p)


def agrees_after_copies(s: PreferredAddress, p: Parameters) -> bool:
    """The server of a client that was copied sends to where the client sends from."""
    return p.attacker != "copier" or not is_open(s) or server_path(s, p) == seen_as(p, current(s))


def is_used_up(s: PreferredAddress, p: Parameters) -> bool:
    """One end has no connection ID left for the path from `HOME` to the preferred address."""
    if get(s.bearing, HOME_PREFERRED) == 0 and is_empty(fresh(s)):
        return True
    return not has_connection_id(s, p, seen_as(p, HOME_PREFERRED))


def is_there(s: PreferredAddress, p: Parameters) -> bool:
    """The client uses the preferred address, or there is none that it can reach."""
    if not is_confirmed(s) or s.address == "none" or not fits(p, HOME):
        return True
    if s.victim == "yes" or has(s.blocked, PREFERRED):
        return True
    return is_preferred(current(s))


@machine.eventually(
    "RFC9000-9.6.1-03",
    "RFC9000-9.6.1-05",
    given=TRIED,
    fails_under={"preferred_retry": "for_good"},
)
def the_preferred_address_is_reached(s: PreferredAddress, p: Parameters) -> bool:
    """A client that tries again and again gets to the preferred address, with connection IDs at both ends."""
    return is_there(s, p) or is_used_up(s, p)


@machine.eventually(
    "RFC9000-9.6.1-03",
    "RFC9000-9.6.1-05",
    "RFC9000-5.1.1-16",
    "RFC9000-5.1.1-20",
    given=(*TRIED, "numbers_are_replaced"),
    fails_under={"preferred_retry": "for_good", "numbering": "ends", "client_supply": "ends", "spares": 0},
)
def supplies_without_end_reach_it(s: PreferredAddress, p: Parameters) -> bool:
    """It gets there whatever both ends have used up before, if each replaces what the other retires.

    The client has to supply one connection ID beside the first (5.1.1-20).
    """
    return is_there(s, p)


@machine.eventually(
    "RFC9000-9.6.3-01",
    "RFC9000-8.2-09",
    "RFC9000-18.2-56",
    given=("what_is_repeated_arrives", "numbers_are_replaced"),
    fails_under={"limit": MIN_ACTIVE_CONNECTION_ID_LIMIT, "numbering": "ends", "cids": (2, 3)},
)
def both_addresses_can_be_probed(s: PreferredAddress, p: Parameters) -> bool:
    """A client that may still go to the preferred address gets two unused connection IDs, one for each path.

    A client that is probing uses up what it has, and gets others when it has done.
    """
    return not may_try(s, p) or count(fresh(s)) > 1 or not is_empty(s.probing)
