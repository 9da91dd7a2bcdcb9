"""Bugs in the choice of connection IDs for the paths, and in supplying them."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.preferred_address.handshake import is_within_limit
from pathproof.model.preferred_address.state import Parameters, PreferredAddress, is_open
from pathproof.model.vocabulary import add, discard, get, has, minus, put

recreates = Recreated()
REUSE = ("RFC9000-9.5-03", "RFC9000-9.5-04", "RFC9000-9.6.1-04")


@recreates(replaces="may_answer", cites=REUSE, at="client", attacker="copier", limit=2)
def it_answers_without_a_spare(s: PreferredAddress, p: Parameters, path: int) -> bool:
    """A client with no connection ID for a path answers there under the first that it has had."""
    return True


@recreates(replaces="may_bear", cites=REUSE, at="client")
def one_serves_all_paths(s: PreferredAddress, path: int, cid: int) -> bool:
    """A path may take whatever connection ID is active."""
    return has(s.active, cid)


@recreates(replaces="bear", cites=("RFC9000-9.5-03", "RFC9000-9.6.1-04"), at="client")
def only_the_last_is_remembered(s: PreferredAddress, path: int, cid: int) -> None:
    """Only the connection ID that was taken last is known to have been used."""
    s.bearing = put(s.bearing, path, cid + 1)
    s.spent = add(minus(s.spent, s.spent), cid)


@recreates(replaces="retire", cites=("RFC9000-5.1.2-04",), at="client")
def the_path_keeps_a_retired_one(s: PreferredAddress, path: int) -> None:
    """The connection ID of a path is retired, and the path goes on with it."""
    s.active = discard(s.active, get(s.bearing, path) - 1)


@recreates(
    replaces="may_retire",
    cites=("RFC9000-9.6.3-01", "RFC9000-5.1.1-16"),
    at="client",
    numbering="goes on",
    cids=4,
    generations=2,
    preferred_retry="for_good",
    spares=1,
)
def none_is_retired(s: PreferredAddress, path: int) -> bool:
    """The client keeps the connection ID of each path that it has probed, so that it gets no other."""
    return False


@recreates(
    replaces="confirm",
    cites=("RFC9000-9.6.1-03", "RFC9000-9.6.1-04"),
    at="client",
    preferred_timing="own_number",
)
def number_one_is_left_for_others(s: PreferredAddress, p: Parameters) -> bool:
    """A client that means to use number 1 toward the preferred address leaves it to whatever comes first."""
    if not is_open(s) or s.stage != "parameters":
        return False
    s.stage = "confirmed"
    return True


@recreates(
    "MV-10", replaces="is_within_limit", cites=("RFC9000-18.2-57", "RFC9000-5.1.1-13"), at="server", limit=2
)
def too_many_are_supplied(s: PreferredAddress, p: Parameters) -> bool:
    """The server supplies more connection IDs than its client is ready to hold."""
    return True


@recreates(replaces="supply", cites=("RFC9000-9.6.3-08",), at="server")
def number_one_is_taken_back(s: PreferredAddress, p: Parameters) -> bool:
    """With another connection ID, the server takes the unused number 1 back."""
    if not is_open(s) or s.stage == "handshake" or p.zero_length == "yes":
        return False
    if s.issued >= p.cids or not is_within_limit(s, p):
        return False
    s.active = add(discard(s.active, 1), s.issued)
    s.issued = s.issued + 1
    return True


@recreates(
    "PQ-10",
    replaces="supply",
    cites=("RFC9000-5.1.1-16", "RFC9000-9.6.3-01"),
    at="server",
    disabled="yes",
    numbering="goes on",
    cids=4,
    generations=2,
)
def a_barred_client_is_not_supplied(s: PreferredAddress, p: Parameters) -> bool:
    """A server that sent disable_active_migration issues no connection IDs."""
    if not is_open(s) or s.stage == "handshake" or p.disabled == "yes":
        return False
    if s.issued >= p.cids or not is_within_limit(s, p):
        return False
    s.active = add(s.active, s.issued)
    s.issued = s.issued + 1
    return True
