"""Bugs in keeping supply and paths together, in the limit, and in what is in flight at a move."""

from __future__ import annotations

from typing import Any

from pathproof.model.cid_supply.consumer import retire_one
from pathproof.model.connection import connection_ids
from pathproof.model.connection.parts import CLIENT_IDS, MOVING
from pathproof.model.migration.connection_ids import is_equipped
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import discard, has

recreates = Recreated()
LIMITED = {"parts": "migration and limit", "cids": 1, "most": 1, "volume": 5}
RULE_PATHS_FOLLOW = connection_ids.paths_follow_supply  # kept from before any mutant is in place


@recreates(
    "CQ-18",
    "GQ-12",
    "QL-08",
    "KW-18",
    "MS-24",
    replaces="supply_follows_path",
    cites=("RFC9000-5.1.2-06", "RFC9000-5.1.2-03"),
    at="server",
)
def an_old_path_keeps_its_id_for_ever(s: Any, cid: int) -> None:
    """The connection ID of a path that was given up is never retired."""


@recreates("NG-01", "NG-22", replaces="supply_follows_path", cites=("RFC9000-5.1.2-06",), at="server")
def the_id_in_use_is_retired_with_the_path(s: Any, cid: int) -> None:
    """Giving a path up retires what the path in use bears."""
    if has(s.moving_retired, cid) and has(s.client_ids_active, s.client_ids_current):
        s.client_ids_active = discard(s.client_ids_active, s.client_ids_current)
        retire_one(CLIENT_IDS.state(s), s.client_ids_current)


@recreates(
    "GQ-15",
    replaces="paths_follow_supply",
    cites=("RFC9000-9.3-03", "RFC9000-9.5-09"),
    at="server",
)
def a_late_id_serves_no_path(s: Any, p: Any, number: int) -> None:
    """A connection ID that arrives after the supply was exhausted is never used to finish a validation."""
    before = s.moving_spare
    RULE_PATHS_FOLLOW(s, p, number)
    s.moving_spare = before


@recreates(
    "CQ-16",
    replaces="is_lost",
    cites=("RFC9002-6.2.1-01", "RFC9000-13.3-05"),
    at="server",
    data="flows",
    numbering="goes on",
    packets=1,
)
def no_timer_runs_for_the_old_path(s: Any, address: int) -> bool:
    """Data that was sent to an address that was left is never declared lost."""
    return has(s.moving_flight, address) and address == s.moving_current


@recreates(
    replaces="keep_to_validated",
    cites=("RFC9000-8-01",),
    at="server",
    parts="migration and limit",
    cids=1,
    most=1,
    volume=5,
)
def a_forgotten_address_stays_unlimited(s: Any, p: Any) -> None:
    """What was validated once counts as validated after all state about it is gone."""


@recreates(
    replaces="challenge_size",
    cites=("RFC9000-8-01", "RFC9000-8.2.1-06"),
    at="server",
    parts="migration and limit",
    cids=1,
    most=1,
    volume=5,
    padded=2,
)
def challenges_are_not_limited(s: Any, p: Any, address: int) -> int:
    """PATH_CHALLENGE fills 1200 bytes whatever the limit."""
    return int(p.padded)


@recreates(
    "NG-19",
    replaces="goes_as_it_is",
    cites=("RFC9000-8-01",),
    at="server",
    parts="all",
    most=1,
    volume=5,
    padded=2,
)
def frames_of_supply_are_not_limited(s: Any, p: Any) -> bool:
    """Frames about connection IDs go to an address that is not validated, whatever the limit."""
    return is_equipped(MOVING.state(s), s.moving_current)


@recreates(replaces="pay", cites=("RFC9000-8-01",), at="server", attacker="off path", **LIMITED)
def nothing_is_charged(s: Any, p: Any, address: int, size: int) -> None:
    """What goes to an address that is not validated is not counted."""


@recreates(replaces="lift_limit", cites=("RFC9000-8.2.3-04",), at="server", **LIMITED)
def a_validated_address_stays_limited(s: Any, p: Any, address: int) -> None:
    """The limit goes on after the address was validated."""
