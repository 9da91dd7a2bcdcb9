"""Bugs in what follows a failed validation, and in how connections end."""

from __future__ import annotations

from pathproof.model.migration import fall_back as rule
from pathproof.model.migration import moving, validation
from pathproof.model.migration.connection_ids import leave
from pathproof.model.migration.state import CLOSED, DISCARDED, Migration, Parameters
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import discard, has

recreates = Recreated()
# Kept from before any mutant is in place.
RULE_MOVE = moving.move
RULE_CONFIRM = validation.confirm
RULE_FALL_BACK = rule.fall_back


@recreates("QN-05", replaces="move", cites=("RFC9000-9.3.2-01",), at="server", network="steady")
def the_last_address_counts_as_validated(s: Migration, p: Parameters, address: int, newly: bool) -> None:
    """A second move overwrites the last validated address with one that never was."""
    if address != s.current:
        s.fallback = s.current
        RULE_MOVE(s, p, address, newly)


@recreates(
    "S2-08",
    replaces="confirm",
    cites=("RFC9000-9-09", "RFC9000-9.3.2-01"),
    at="server",
    client="probes",
    probed_path="validated",
    packets=2,
)
def a_probed_path_is_fallen_back_to(s: Migration, p: Parameters, address: int) -> None:
    """A path that was validated, but never active, is the one to go back to."""
    RULE_CONFIRM(s, p, address)
    s.fallback = address


@recreates("MV-08", replaces="fall_back", cites=("RFC9000-9.3.2-01", "RFC9000-9-03"), at="server", packets=2)
def a_failed_validation_closes(s: Migration, p: Parameters) -> None:
    """A validation that fails closes the connection, which a spoofer may bring about."""
    s.connection = CLOSED


@recreates("QL-06", replaces="fall_back", cites=("RFC9000-9.3.2-01",), at="server", packets=2)
def a_raced_connection_is_given_up(s: Migration, p: Parameters) -> None:
    """After a copy won the race and its address was not validated, the connection does not survive."""
    s.connection = DISCARDED


@recreates("QL-06", replaces="fall_back", cites=("RFC9000-9.3.2-01",), at="server", packets=2)
def it_stays_where_nobody_answers(s: Migration, p: Parameters) -> None:
    """After a failed validation the server goes on to send where nobody answers."""


@recreates(
    replaces="discard_connection",
    cites=("RFC9000-9.3.2-04",),
    at="server",
    remembers="no",
    packets=2,
    addresses=2,
)
def state_outlives_the_connection(s: Migration, p: Parameters) -> None:
    """The connection ends and its paths stay."""
    s.connection = DISCARDED


@recreates(
    "QN-04",
    replaces="return_to_path",
    cites=("RFC9000-9.4-01",),
    at="server",
    data="flows",
    packets=2,
    addresses=2,
)
def a_failed_move_costs_what_was_learnt(s: Migration) -> None:
    """After a failed validation the old path begins with initial values."""
    s.ecn = "testing"
    s.grown = discard(s.grown, s.fallback)


@recreates(
    "CQ-18",
    "GQ-12",
    "QL-08",
    "KW-18",
    "MS-24",
    "QG-39",
    replaces="give_up_connection_id",
    cites=("RFC9000-5.1.2-06",),
    at="server",
    packets=2,
    addresses=2,
)
def an_old_connection_id_is_dropped(s: Migration, p: Parameters, address: int) -> None:
    """What was used toward an address that is left is not retired."""
    leave(s, address)


@recreates(
    "CQ-18",
    "NG-44",
    "MS-06",
    replaces="is_idle",
    cites=("RFC9000-5.1.2-06",),
    at="server",
    attacker="nobody",
    network="steady",
    numbering="goes on",
    packets=1,
    prior="raised",
    zero_length="client",
    addresses=2,
)
def old_paths_are_kept(s: Migration, p: Parameters, address: int) -> bool:
    """State about an address that is left is kept for ever, and its connection ID with it."""
    return False


@recreates(replaces="note_last_validated", cites=("RFC9000-9.3.2-01",), at="server", client="stays")
def the_handshakes_address_is_for_ever(s: Migration, address: int) -> None:
    """Whatever was validated since, the server goes back to the address of the handshake."""


@recreates(
    replaces="note_last_validated", cites=("RFC9000-9.3.2-01",), at="server", packets=2, client="stays"
)
def an_answer_from_an_address_left_counts_for_nothing(s: Migration, address: int) -> None:
    """An address that was left before its answer came is validated, and not gone back to."""
    if has(s.validated, s.current):
        s.fallback = s.current


@recreates(replaces="return_to_path", cites=("RFC9000-9.3.2-01",), at="server", packets=2, client="stays")
def it_goes_back_to_the_handshakes_address(s: Migration) -> None:
    """After a failed validation the server sends to the address of the handshake."""
    s.ecn = "testing"
    s.fallback = 0
