"""Bugs in validating addresses, new and former ones."""

from __future__ import annotations

from pathproof.model.migration import server_actions, timers, validation
from pathproof.model.migration.sending import may_send_to, send_to
from pathproof.model.migration.state import CONFIRMED, Address, Migration, Parameters, is_open
from pathproof.model.migration.truth import went_out
from pathproof.model.mutant import Recreated
from pathproof.model.vocabulary import add, discard, has, is_empty

recreates = Recreated()
# Kept from before any mutant is in place.
RULE_CHALLENGE_NEW = validation.challenge_new
RULE_CONFIRM = validation.confirm
RULE_SERVER_WAITS = timers.server_waits
RULE_CHALLENGE = server_actions.challenge


@recreates(
    "NX-14",
    "XQ-09",
    replaces="challenge_new",
    cites=("RFC9000-9-04", "RFC9000-9.3-02"),
    at="server",
    packets=2,
)
def a_new_address_is_not_validated(s: Migration, p: Parameters, address: int) -> None:
    """The server follows its peer without validation."""


@recreates(
    "LS-08",
    replaces="challenge_new",
    cites=("RFC9000-9-04", "RFC9000-9.3-02"),
    at="server",
    handshake="under way",
    packets=2,
    attacker="nobody",
)
def an_early_change_is_not_validated(s: Migration, p: Parameters, address: int) -> None:
    """An address that changes before the client has confirmation is followed, and gets no challenge."""
    if s.handshake == CONFIRMED:
        RULE_CHALLENGE_NEW(s, p, address)


@recreates("NQ-07", replaces="challenge_new", cites=("RFC9000-9-04",), at="server", differ="port", packets=2)
def a_new_port_is_not_validated(s: Migration, p: Parameters, address: int) -> None:
    """The server takes a change of port alone for no change."""
    if p.differ != "port":
        RULE_CHALLENGE_NEW(s, p, address)


@recreates(
    "QN-53",
    "MS-09",
    "NX-14",
    replaces="challenge_former",
    cites=("RFC9000-9.3.3-02",),
    at="server",
    packets=2,
)
def the_former_path_is_not_challenged(
    s: Migration, p: Parameters, former: int, known: bool, newly: bool
) -> None:
    """An apparent migration challenges the new address alone."""


@recreates("NG-37", replaces="confirm", cites=("RFC9000-9-04", "RFC9000-8.2-03"), at="server", packets=2)
def success_challenges_the_former_path(s: Migration, p: Parameters, address: int) -> None:
    """After a validation has succeeded, the path used before is validated in its turn."""
    former = s.fallback
    RULE_CONFIRM(s, p, address)
    if former != s.current and has(s.paths, former):
        s.due = add(s.due, former)


@recreates(
    "XQ-09",
    replaces="is_unlimited",
    cites=("RFC9000-9.3-05",),
    at="server",
    data="flows",
    packets=2,
    addresses=2,
)
def nothing_is_limited(s: Migration, p: Parameters, address: int) -> bool:
    """An address that is not validated may be sent any number of datagrams."""
    return True


@recreates(
    "NO-01",
    replaces="server_waits",
    cites=("RFC9000-8.2.4-02", "RFC9000-9.3.3-02"),
    at="server",
    packets=2,
    addresses=2,
    numbering="goes on",
    prior="raised",
    client="stays",
    network="steady",
)
def the_former_path_has_no_timer(s: Migration, p: Parameters, address: int) -> bool:
    """No timer runs for the challenge on the path that was active before."""
    return address == s.current and RULE_SERVER_WAITS(s, p, address)


@recreates(
    "AQ-04",
    "MV-07",
    replaces="send_data",
    cites=("RFC9000-9.3-02",),
    at="server",
    data="flows",
    packets=2,
    attacker="nobody",
)
def data_goes_before_the_challenge(s: Migration, p: Parameters) -> bool:
    """Data takes what may be sent to a new address, and the challenge waits."""
    if not is_open(s) or s.pending == "nothing" or not is_empty(s.flight):
        return False
    if not may_send_to(s, p, s.current):
        return False
    send_to(s, p, s.current)
    went_out(s, p, s.current)
    s.flight = add(s.flight, s.current)
    return True


@recreates(
    "NQ-13",
    replaces="is_marked",
    cites=("RFC9000-9.2-06",),
    at="server",
    ecn_marks="vanish with their packet",
    attacker="nobody",
    network="steady",
    numbering="goes on",
    packets=1,
    prior="raised",
    zero_length="client",
    addresses=2,
)
def challenges_stay_marked(s: Migration, address: int) -> bool:
    """Every PATH_CHALLENGE bears an ECN mark, also where marked packets vanish."""
    return True


@recreates(replaces="challenge", cites=("RFC9000-9.3.3-02",), at="server", packets=1, client="stays")
def the_challenge_of_the_former_path_is_dropped(s: Migration, p: Parameters, address: Address) -> bool:
    """The server notes that it owes the former path a challenge, and forgets about it."""
    if is_open(s) and has(s.due, address) and address != s.current:
        s.due = discard(s.due, address)
        return True
    return RULE_CHALLENGE(s, p, address)


@recreates(
    replaces="challenge",
    cites=("RFC9000-9.3.3-02",),
    at="server",
    packets=1,
    addresses=2,
    numbering="goes on",
    prior="raised",
    client="stays",
    network="steady",
)
def the_challenge_of_the_former_path_is_put_off(s: Migration, p: Parameters, address: Address) -> bool:
    """The server owes the former path a challenge, and never sends it."""
    return address == s.current and RULE_CHALLENGE(s, p, address)


@recreates(replaces="send_data", cites=("RFC9000-9.3-02",), at="server", data="flows", packets=1, addresses=2)
def data_goes_to_the_last_validated_address(s: Migration, p: Parameters) -> bool:
    """Until the new address is validated, data goes on to the former one."""
    if not is_open(s) or s.pending == "nothing" or not is_empty(s.flight):
        return False
    if has(s.due, s.current) or has(s.due, s.fallback) or not may_send_to(s, p, s.fallback):
        return False
    send_to(s, p, s.fallback)
    s.flight = add(s.flight, s.fallback)
    return True
