"""Bugs of servers: when they go over to the preferred address, and what they drop."""

from __future__ import annotations

from pathproof.model.mutant import Recreated
from pathproof.model.preferred_address import server
from pathproof.model.preferred_address.paths import (
    AWAY_ORIGINAL,
    AWAY_PREFERRED,
    at_preferred,
    from_original,
    from_third,
)
from pathproof.model.preferred_address.server import can_send, send
from pathproof.model.preferred_address.state import Parameters, PreferredAddress
from pathproof.model.vocabulary import add, count, discard, has, larger

recreates = Recreated()
UNNUMBERED = ("RFC9000-9.5-03", "RFC9000-9.5-04", "RFC9000-9.5-09", "RFC9000-9.3-03")
MOVE = ("RFC9000-9.6.2-03", "RFC9000-9.6.2-05")


@recreates(
    "NG-10", replaces="is_dropped", cites=("RFC9000-9.6.2-06",), at="server", attacker="copier", limit=2
)
def the_old_address_is_served_on(
    s: PreferredAddress, p: Parameters, observed: int, number: int, overtaken: bool
) -> bool:
    """Newer packets are taken in at the handshake address after the move."""
    return False


@recreates(
    "PQ-03",
    replaces="is_barred_here",
    cites=("RFC9000-18.2-40", "RFC9000-9-03"),
    at="server",
    disabled="yes",
)
def the_bar_reaches_the_preferred_address(p: Parameters, observed: int) -> bool:
    """A server that sent disable_active_migration refuses new addresses of its client for ever."""
    return p.disabled == "yes" and observed in (AWAY_ORIGINAL, AWAY_PREFERRED)


@recreates(replaces="server_path", cites=MOVE, at="server")
def it_goes_over_unvalidated(s: PreferredAddress, p: Parameters) -> int:
    """The server sends from the preferred address once a packet came there, validated or not."""
    return s.peer


@recreates(replaces="server_path", cites=("RFC9000-9.3-02",), at="server")
def it_waits_after_the_move(s: PreferredAddress, p: Parameters) -> int:
    """After the move, the server stays with the last validated path until the client's new one is."""
    if not at_preferred(s.peer) or server.has_moved(s):
        return s.settled if server.has_moved(s) else s.peer
    return from_original(s.peer) if p.meanwhile == "follows" else s.settled


@recreates(replaces="has_connection_id", cites=UNNUMBERED, at="server", spares=0)
def one_connection_id_is_enough(s: PreferredAddress, p: Parameters, observed: int) -> bool:
    """The server sends on every path, whether its client has supplied a connection ID for it or not."""
    return True


@recreates(
    replaces="may_let_go",
    cites=("RFC9000-5.1.2-04", "RFC9000-9.5-09"),
    at="server",
    client_supply="goes on",
    spares=1,
)
def a_path_in_use_is_let_go(s: PreferredAddress, p: Parameters, observed: int) -> bool:
    """The server retires connection IDs of paths that it uses."""
    return has(s.equipped, observed) and count(s.equipped) > p.spares


@recreates(
    replaces="may_let_go",
    cites=("RFC9000-9.6.1-03", "RFC9000-5.1.1-16"),
    at="server",
    numbering="goes on",
    client_supply="goes on",
    generations=2,
    limit=2,
    spares=1,
)
def no_path_is_let_go(s: PreferredAddress, p: Parameters, observed: int) -> bool:
    """The server keeps the connection ID of each path that it has ever used, so that it gets no other."""
    return False


@recreates(
    replaces="let_go",
    cites=("RFC9000-9.3-03", "RFC9000-9.6.3-05"),
    at="server",
    attacker="copier",
    copies=2,
    client_supply="goes on",
    spares=1,
)
def a_late_supply_is_not_used(s: PreferredAddress, p: Parameters, observed: int) -> None:
    """A server that had no connection ID for the path it follows does not challenge it when it gets one."""
    s.equipped = discard(s.equipped, observed)


@recreates(replaces="complete", cites=MOVE, at="server")
def any_packet_completes_the_move(s: PreferredAddress) -> None:
    """The server counts the path of the highest packet as validated."""
    s.settled = s.peer


@recreates(replaces="take_in_answer", cites=MOVE, at="server")
def validation_alone_moves_it(s: PreferredAddress, observed: int) -> None:
    """The server goes over as soon as it has validated the path, before its client has."""
    s.checking = discard(s.checking, observed)
    s.checked = add(s.checked, observed)
    s.peer = observed
    s.settled = observed


@recreates(replaces="is_newer", cites=("RFC9000-9.6.2-06", "RFC9000-9.6.2-07"), at="server")
def late_ones_are_dropped_too(s: PreferredAddress, p: Parameters, number: int, overtaken: bool) -> bool:
    """A server that means to take in delayed packets drops everything at the old address."""
    return True


@recreates(
    replaces="has_room",
    cites=("RFC9000-9.6.3-04", "RFC9000-9.3.1-01"),
    at="server",
    attacker="copier",
    limit=2,
)
def a_stranger_gets_all(s: PreferredAddress) -> bool:
    """The server does not limit what it sends to an address that is not validated."""
    return True


@recreates(
    replaces="send",
    cites=("RFC9000-9.6.3-04", "RFC9000-9.3.1-01"),
    at="server",
    attacker="copier",
    limit=2,
)
def what_a_stranger_gets_is_not_counted(s: PreferredAddress, observed: int) -> None:
    """The server means to keep the limit, and forgets what it has sent to an address not validated."""
    s.equipped = add(s.equipped, observed)


@recreates(
    replaces="check", cites=("RFC9000-9.6.2-04", "RFC9000-9.6.3-04"), at="server", attacker="copier", limit=2
)
def a_new_source_is_trusted(s: PreferredAddress, p: Parameters, observed: int) -> None:
    """The server counts every path from which a packet came as validated."""
    s.checked = add(s.checked, observed)


@recreates(replaces="check", cites=("RFC9000-9.6.2-04", "RFC9000-9.6.3-05"), at="server")
def no_path_is_probed(s: PreferredAddress, p: Parameters, observed: int) -> None:
    """The server never probes a path toward its client."""


@recreates(replaces="take_in_probe", cites=("RFC9000-9.6.2-04", "RFC9000-9.6.3-05"), at="server")
def a_probe_is_only_answered(s: PreferredAddress, p: Parameters, observed: int, number: int) -> bool:
    """The server answers a probe at its preferred address, and does not probe the path itself."""
    s.largest = larger(s.largest, number)
    if not can_send(s, p, observed):
        return False
    send(s, observed)
    return True


@recreates(replaces="is_new_maximum", cites=("RFC9000-9.3-04", "RFC9000-9.6.2-05"), at="server")
def every_packet_moves_it(s: PreferredAddress, p: Parameters, number: int, overtaken: bool) -> bool:
    """A packet that was overtaken moves the server too."""
    return True


@recreates(replaces="take_in_data", cites=("RFC9000-9.3-04", "RFC9000-9.6.2-05"), at="server")
def the_last_number_is_remembered(
    s: PreferredAddress, p: Parameters, observed: int, number: int, overtaken: bool
) -> None:
    """The server remembers the number of the last packet instead of the largest."""
    s.largest = number
    s.largest_wish = number
    s.peer = observed
    server.complete(s)
    server.check(s, p, observed)


@recreates(replaces="give_up", cites=("RFC9000-9.3.2-01", "RFC9000-9.6.3-04"), at="server")
def it_does_not_go_back(s: PreferredAddress, observed: int) -> None:
    """The server stays with a path whose validation has failed."""
    s.checking = discard(s.checking, observed)


@recreates(
    replaces="can_send", cites=("RFC9000-9.5-09", "RFC9000-9.3.1-01"), at="server", attacker="copier", limit=2
)
def only_connection_ids_are_counted(s: PreferredAddress, p: Parameters, observed: int) -> bool:
    """The server answers a stranger as often as it is asked."""
    return not from_third(observed) or s.from_third > 0


@recreates(
    replaces="is_dropped",
    cites=("RFC9000-9.6.2-06", "RFC9000-9.3.3-01"),
    at="server",
    attacker="copier",
    old_address="follows",
    limit=2,
)
def it_drops_what_it_means_to_follow(
    s: PreferredAddress, p: Parameters, observed: int, number: int, overtaken: bool
) -> bool:
    """A server that means to follow newer packets at its old address drops all but delayed ones there."""
    return server.has_moved(s) and not at_preferred(observed) and number >= s.moved_at
