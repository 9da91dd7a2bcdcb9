"""What the client guarantees, whatever its server and the network do."""

from __future__ import annotations

from pathproof.model.preferred_address.client import current, probed_at
from pathproof.model.preferred_address.handshake import machine
from pathproof.model.preferred_address.paths import (
    AWAY_ORIGINAL,
    AWAY_PREFERRED,
    HOME_ORIGINAL,
    HOME_PREFERRED,
    ORIGINAL,
    is_preferred,
)
from pathproof.model.preferred_address.state import (
    OPEN,
    PROBES,
    PROTOCOL_VIOLATION,
    TRANSPORT_PARAMETER_ERROR,
    ConnectionId,
    Parameters,
    Path,
    PreferredAddress,
    is_open,
)
from pathproof.model.vocabulary import discard_below, get, has, is_empty

# Where its packets go.


@machine.always("RFC9000-9.6.2-01", "RFC9000-21.5.3-01", "RFC9000-9.6.1-05", "RFC9000-8.2.3-01")
def non_probing_packets_wait_for_validation(s: PreferredAddress, p: Parameters) -> bool:
    """Other packets than probes go to the preferred address only if the server has answered there."""
    return not is_preferred(current(s)) or not is_empty(discard_below(s.server_answers, HOME_PREFERRED))


@machine.always("RFC9000-21.5.3-01", "RFC9000-9.6.2-01")
def nothing_but_probes_reaches_a_victim(s: PreferredAddress, p: Parameters) -> bool:
    """A server that names somebody else's address gets nothing but probes sent there."""
    return s.victim == "no" or not is_preferred(current(s))


@machine.always("RFC9000-9.6.1-03", "RFC9000-9-01")
def nothing_begins_before_confirmation(s: PreferredAddress, p: Parameters) -> bool:
    """Before the handshake is confirmed, the client neither moves nor begins to validate another path."""
    if s.stage == "confirmed" or not is_open(s):
        return True
    return s.generation == 0 and s.attempt == "none" and is_empty(s.probing)


@machine.always("RFC9000-9.6.1-06", "RFC9000-9.6.3-03")
def a_failed_attempt_leaves_the_original_address(s: PreferredAddress, p: Parameters) -> bool:
    """While validation has not succeeded, all other packets than probes go to the original address."""
    return s.attempt == "done" or not is_preferred(current(s))


@machine.always("RFC9000-9.6.1-05", "RFC9000-9.6.3-02")
def a_valid_preferred_address_is_used(s: PreferredAddress, p: Parameters) -> bool:
    """Once the preferred address is validated, the client uses it, and probes the original one no more."""
    if s.attempt != "done":
        return True
    return is_preferred(current(s)) and is_empty(probed_at(s, ORIGINAL))


@machine.always("RFC9000-9.6.1-05", fails_under={"preferred_answer_path": "challenged"})
def nothing_returns_to_the_original_address(s: PreferredAddress, p: Parameters) -> bool:
    """Once it uses the preferred address, the client sends nothing to the original one."""
    return s.returned == "no"


@machine.always("RFC9000-9.6.3-06", "RFC9000-9.6.1-02", "RFC9000-18.2-43")
def a_path_joins_addresses_of_one_family(s: PreferredAddress, p: Parameters) -> bool:
    """The client sends only to addresses that were offered, and from local ones of the same family."""
    home = p.offered == "both" or p.offered == "ipv4"
    away = p.offered == "both" or (p.offered == "ipv6") == (p.network == "dual")
    if get(s.bearing, HOME_PREFERRED) > 0 and not home:
        return False
    if get(s.bearing, AWAY_PREFERRED) > 0 and (p.offered == "none" or not away):
        return False
    return get(s.bearing, AWAY_ORIGINAL) == 0 or p.network == "ipv4"


@machine.always("RFC9000-7.4.1-08", "RFC9000-7.4.1-09", "RFC9000-9.6.2-08", "RFC9000-9.6.2-09")
def the_address_is_of_this_handshake(s: PreferredAddress, p: Parameters) -> bool:
    """No address is used that another connection was told of."""
    return s.address != "former" and (s.address == "none" or p.offered != "none")


@machine.always("RFC9000-9-10", "RFC9000-9.6-02", "RFC9000-9.6-03", "RFC9000-9-07", "RFC9000-21.5-02")
def the_server_never_moves_its_client(s: PreferredAddress, p: Parameters) -> bool:
    """What comes from an address that the client never heard of is discarded."""
    return s.taken_in == "from known"


# Under which connection IDs.


@machine.always("RFC9000-9.5-03", "RFC9000-9.5-04")
def one_connection_id_serves_one_path(s: PreferredAddress, p: Parameters, path: Path, other: Path) -> bool:
    """No connection ID is used from two local addresses, nor toward two addresses of the server."""
    if path == other or get(s.bearing, path) == 0:
        return True
    return get(s.bearing, path) != get(s.bearing, other)


@machine.always("RFC9000-5.1.2-04", "RFC9000-5.1.2-10")
def what_paths_bear_is_active(s: PreferredAddress, p: Parameters, path: Path, cid: ConnectionId) -> bool:
    """No packet leaves under a connection ID that was retired or never supplied."""
    return get(s.bearing, path) != cid + 1 or has(s.active, cid)


@machine.always("RFC9000-5.1.1-04", "RFC9000-5.1.1-10", "RFC9000-18.2-51")
def number_one_comes_with_the_parameter(s: PreferredAddress, p: Parameters) -> bool:
    """The connection ID of the parameter is number 1, and is there to be used."""
    if s.address == "none" or not is_open(s):
        return True
    return s.number_one == "parameter" and s.issued > 1


@machine.always(
    "RFC9000-9.6.1-04",
    "RFC9000-9.6.3-07",
    "RFC9000-9.6.3-08",
    fails_under={"preferred_timing": "any_unused"},
)
def number_one_serves_the_preferred_address(s: PreferredAddress, p: Parameters) -> bool:
    """The connection ID of the parameter is used toward the preferred address alone."""
    if p.offered == "none" or p.offered == "ipv6":
        return True
    return get(s.bearing, HOME_ORIGINAL) != 2 and get(s.bearing, AWAY_ORIGINAL) != 2


# What disable_active_migration bars.


@machine.always("RFC9000-9-02", "RFC9000-18.2-39", "RFC9000-18.2-40", "RFC9000-5.2.3-02")
def the_bar_holds_until_the_client_has_acted(s: PreferredAddress, p: Parameters) -> bool:
    """A barred client sends to the original address from one local address, until it acted on the other."""
    return p.disabled == "no" or s.attempt != "none" or get(s.bearing, AWAY_ORIGINAL) == 0


@machine.always("RFC9000-18.2-38", "RFC9000-18.2-39", fails_under={"disabled_migration_scope": "lifted"})
def the_bar_holds_at_the_original_address(s: PreferredAddress, p: Parameters) -> bool:
    """A server that does not support migration at its original address sees none there."""
    return p.disabled == "no" or get(s.bearing, AWAY_ORIGINAL) == 0


# What a victim gets.


@machine.always(
    "RFC9000-21.5.3-01",
    "RFC9000-8.2.1-04",
    "RFC9000-9.6.1-06",
    fails_under={"preferred_retry": "may_retry", "attacker": "forger"},
)
def a_victim_gets_few_probes(s: PreferredAddress, p: Parameters) -> bool:
    """A server that names a victim has the client send no more than three datagrams from each address."""
    return s.to_victim <= 2 * PROBES


@machine.always("RFC9000-21.5.3-01", "RFC9000-8.2.2-07", fails_under={"preferred_retry": "may_retry"})
def a_victim_gets_one_answer_for_a_challenge(s: PreferredAddress, p: Parameters) -> bool:
    """Beyond the few probes a victim gets one datagram for each challenge sent as if from it, and no more."""
    return s.to_victim <= 2 * PROBES + s.from_victim


# Errors.


@machine.always("RFC9000-18.2-52", "RFC9000-18.2-53", "RFC9000-18.2-54", "RFC9000-18.2-55", "RFC9000-18.2-50")
def a_malformed_parameter_meets_its_error(s: PreferredAddress, p: Parameters) -> bool:
    """preferred_address that no server may send meets TRANSPORT_PARAMETER_ERROR."""
    if s.breach == "empty connection ID" or s.breach == "long connection ID":
        return s.error == TRANSPORT_PARAMETER_ERROR
    if s.breach == "short parameter" or s.breach == "parameter despite empty connection ID":
        return s.error == TRANSPORT_PARAMETER_ERROR
    return True


@machine.always("RFC9000-18.2-42", "RFC9000-18.2-67", "RFC9000-18.2-68")
def a_clients_parameter_meets_its_error(s: PreferredAddress, p: Parameters) -> bool:
    """preferred_address from a client meets TRANSPORT_PARAMETER_ERROR."""
    return s.breach != "parameter of a client" or s.error == TRANSPORT_PARAMETER_ERROR


@machine.always("RFC9000-19.15-07", "RFC9000-18.2-51", fails_under={"conflict": "ignore"})
def a_second_number_one_meets_its_error(s: PreferredAddress, p: Parameters) -> bool:
    """NEW_CONNECTION_ID with the number of the parameter and another content meets PROTOCOL_VIOLATION."""
    return s.breach != "number 1 twice" or s.error == PROTOCOL_VIOLATION


@machine.always("RFC9000-18.2-43", "RFC9000-9.6.3-06")
def honest_peers_are_never_closed_on(s: PreferredAddress, p: Parameters) -> bool:
    """Neither end closes on a peer that keeps the rules, whichever families it offers or has."""
    return s.breach != "none" or s.error == OPEN
