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
from pathproof.model.preferred_address.server import server_path
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


@machine.fair("strong", "supply", "supply_on", "retire_path")
def numbers_are_replaced() -> None:
    """Connection IDs that no path needs are retired, and the server supplies others within the limit."""


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


@machine.eventually("RFC9000-8.2.4-02", "RFC9000-9.6.1-06", "RFC9000-8.2.4-01", given=("time_passes",))
def the_attempt_ends(s: PreferredAddress, p: Parameters) -> bool:
    """The validation of the preferred address succeeds, or is given up."""
    return s.attempt != "running" or not is_open(s)


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
    if count(s.equipped) > p.spares:
        return True  # a server without a connection ID for the client's new path is silent by 9.5-09
    return server_path(s, p) == seen_as(p, current(s))


@machine.eventually(
    "RFC9000-9.6.2-06",
    "RFC9000-9.6.2-04",
    given=("what_is_repeated_arrives", "time_passes", "the_attacker_gives_up"),
    fails_under={"old_address": "drops"},
)
def a_copied_connection_comes_back(s: PreferredAddress, p: Parameters) -> bool:
    """When a copier has given up, a server that follows newer packets at its old address finds its client.

    One that drops them (9.6.2-06) does not, whether the client discards what comes from an address that it
    does not use yet (9.6-03) or answers the challenge from there (8.2.2-01). A client that has answered may
    stay at the original address, as 9.6.1-03 only advises to leave it, and 9.6.1-06 binds it to stay when its
    own validation has failed.
    """
    return p.attacker != "copier" or not is_open(s) or server_path(s, p) == seen_as(p, current(s))


@machine.eventually(
    "RFC9000-9.6.1-03",
    "RFC9000-9.6.1-05",
    "RFC9000-5.1.1-20",
    given=("what_is_repeated_arrives", "time_passes", "the_attacker_gives_up", "the_client_tries"),
    fails_under={"spares": 0, "preferred_retry": "for_good"},
)
def the_preferred_address_is_reached(s: PreferredAddress, p: Parameters) -> bool:
    """A client that tries again and again, with connection IDs to do so, gets to the preferred address."""
    if not is_confirmed(s) or s.address == "none" or not fits(p, HOME):
        return True
    if s.victim == "yes" or has(s.blocked, PREFERRED):
        return True
    if get(s.bearing, HOME_PREFERRED) == 0 and is_empty(fresh(s)):
        return True
    return is_preferred(current(s))


@machine.eventually(
    "RFC9000-9.6.3-01",
    "RFC9000-8.2-09",
    "RFC9000-18.2-56",
    given=("what_is_repeated_arrives", "numbers_are_replaced"),
    fails_under={"limit": MIN_ACTIVE_CONNECTION_ID_LIMIT, "numbering": "ends"},
)
def both_addresses_can_be_probed(s: PreferredAddress, p: Parameters) -> bool:
    """A client that may still go to the preferred address gets two unused connection IDs, one for each path.

    A client that is probing uses up what it has, and gets others when it has done.
    """
    return not may_try(s, p) or count(fresh(s)) > 1 or not is_empty(s.probing)
